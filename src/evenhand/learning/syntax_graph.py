"""The sums of the parser's network as two ONNX graphs without weights, built node by node.

    python -m evenhand.learning.syntax_graph src/evenhand/reading/syntax/weights

`trees.onnx` goes from word vectors to word classes and arc scores, `relations.onnx` from heads to relations. The
weights stay in `parser.npz` alone: `reading.syntax.network` hands them in by name when it loads. Needs `onnx`
(`train` extra).
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from evenhand.reading.syntax.network import DILATIONS, WIDTHS, weights_of

_EPSILON = 1e-5


class _Graph:
    """Nodes so far, the weights they ask for, and small constants."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.used: list[Any] = []

    def weight(self, name: str) -> str:
        """A weight that stands in no graph: declared with its shape, given by the one who runs it."""
        if all(held.name != name for held in self.used):
            held = TensorProto(name=name, dims=self.weights[name].shape, data_type=TensorProto.FLOAT)
            held.data_location = TensorProto.EXTERNAL
            held.external_data.add(key="location", value="parser.npz")
            self.used.append(held)
        return name

    def constant(self, name: str, *values: int) -> str:
        self.used.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def linear(self, name: str, x: str, output: str) -> str:
        return self.node("Gemm", [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")], output)

    def active(self, name: str, x: str, output: str) -> str:
        return self.node("Relu", [self.linear(name, x, f"{name}.out")], output)

    def norm(self, name: str, x: str, output: str) -> str:
        inputs = [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.node("LayerNormalization", inputs, output, axis=-1, epsilon=_EPSILON)

    def model(self, inputs: Mapping[str, Sequence[Any]], outputs: Mapping[str, Sequence[Any]]) -> bytes:
        """The graph in bytes; a size is a name or a number, integers are int64, the rest float32."""
        ends = [
            [helper.make_tensor_value_info(name, _type(name), list(sizes)) for name, sizes in these.items()]
            for these in (inputs, outputs)
        ]
        graph = helper.make_graph(self.nodes, "evenhand parser", *ends, self.used)
        opsets = [helper.make_opsetid("", 17)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="evenhand")
        return bytes(model.SerializeToString())


def _type(name: str) -> int:
    whole = name.startswith(("before", "behind")) or name in ("dependents", "places", "heads", "tags", "relations")
    return int(TensorProto.INT64 if whole else TensorProto.FLOAT)


def trees(weights: Mapping[str, Any]) -> bytes:
    """Inputs and outputs as `reading.syntax.network.Network.trees` describes them."""
    g = _Graph(weights)
    h = g.active("enter", "vectors", "entered")
    nothing = g.weight("nothing")
    for i, dilation in enumerate(DILATIONS):
        here = g.norm(f"norms.{i}", h, f"here{i}")
        padded = g.node("Concat", [here, nothing], f"padded{i}", axis=0)
        before = g.node("Gather", [padded, f"before{dilation}"], f"left{i}", axis=0)
        behind = g.node("Gather", [padded, f"behind{dilation}"], f"right{i}", axis=0)
        window = g.node("Concat", [before, here, behind], f"window{i}", axis=1)
        h = g.node("Add", [h, g.active(f"convs.{i}", window, f"seen{i}")], f"layer{i}")
    h = g.norm("last", h, "last")
    g.node("ArgMax", [g.linear("tag", h, "tag.scores")], "tags", axis=1, keepdims=0)
    rooted = g.node("Concat", [g.weight("root"), h], "rooted", axis=0)
    _arcs(g, h, rooted)
    g.active("rel_dependent", h, "below")
    g.active("rel_head", rooted, "above")
    width, rel = WIDTHS[0] + WIDTHS[1] + WIDTHS[2] + WIDTHS[3], WIDTHS[6]
    sides = {f"{side}{d}": ["words"] for d in sorted(set(DILATIONS)) for side in ("before", "behind")}
    return g.model(
        {
            "vectors": ["words", width],
            **sides,
            "dependents": ["sentences", "longest"],
            "places": ["sentences", "reach"],
            "near": ["longest", "reach"],
            "open": ["sentences", 1, "reach"],
        },
        {
            "tags": ["words"],
            "arcs": ["sentences", "longest", "reach"],
            "below": ["words", rel],
            "above": ["rows", rel],
        },
    )


def _arcs(g: _Graph, h: str, rooted: str) -> None:
    """Arc scores of every sentence, all as long as the longest: `dependents` and `places` say which row is where."""
    dependent = g.node("MatMul", [g.active("dependent", h, "dependent"), g.weight("bilinear")], "asking.flat")
    asking = g.node("Gather", [dependent, "dependents"], "asking", axis=0)
    head = g.active("head", rooted, "head")
    answering = g.node("Gather", [head, "places"], "answering", axis=0)
    turned = g.node("Transpose", [answering], "answering.turned", perm=[0, 2, 1])
    bias = g.node("Gather", [g.linear("head_bias", head, "bias.flat"), "places"], "bias", axis=0)
    added = g.node("Add", [g.node("Transpose", [bias], "bias.turned", perm=[0, 2, 1]), "open"], "added")
    scores = g.node("Add", [g.node("MatMul", [asking, turned], "both"), added], "biased")
    g.node("Add", [scores, "near"], "arcs")


def relations(weights: Mapping[str, Any]) -> bytes:
    """Inputs `below` and `above` of `trees` and `heads`, the row of each word's head; output `relations`."""
    g = _Graph(weights)
    above = g.node("Gather", ["above", "heads"], "chosen", axis=0)
    linear = g.linear("rel_linear", g.node("Concat", ["below", above], "pair", axis=1), "linear")
    count, rel = weights["rel_linear.bias"].shape[0], WIDTHS[6]
    asking = g.node("MatMul", ["below", g.weight("rel")], "asking.flat")
    asking = g.node("Reshape", [asking, g.constant("shape", -1, count, rel)], "asking")
    last = g.constant("last", 2)
    both = g.node("MatMul", [asking, g.node("Unsqueeze", [above, last], "column")], "both")
    scores = g.node("Add", [g.node("Squeeze", [both, last], "flat"), linear], "scores")
    g.node("ArgMax", [scores], "relations", axis=1, keepdims=0)
    return g.model(
        {"below": ["words", rel], "above": ["rows", rel], "heads": ["words"]},
        {"relations": ["words"]},
    )


def write(folder: Path) -> None:
    """Both graphs, beside the weights in `folder`."""
    with np.load(folder / "parser.npz") as arrays:
        weights = weights_of(dict(arrays))
    (folder / "trees.onnx").write_bytes(trees(weights))
    (folder / "relations.onnx").write_bytes(relations(weights))


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path, help="holds parser.npz; the graphs are written there")
    write(ap.parse_args().folder)


if __name__ == "__main__":
    main()
