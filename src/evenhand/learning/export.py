"""The trained network as an int8 ONNX file for onnxruntime, built node by node.

Matrix products use DynamicQuantizeMatMul: weights in 7 bits, one scale a column (7, so that processors
without VNNI cannot saturate and every processor computes the same integers), activations in 8 bits with
a range per window. A window is run alone, so no other text can change its result.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from evenhand.learning.network import HEADS, HIDDEN, Network
from evenhand.reading.tagging.labels import LINKS, WIDTH

MICROSOFT = "com.microsoft"


class _Graph:
    def __init__(self, bits: int) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.top = 2 ** (bits - 1) - 1

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def rows(self, name: str, table: np.ndarray, ids: str) -> str:
        """Look up rows of an int8 table with one scale a row."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        held = self.constant(f"{name}.int8", np.round(table / scale).astype(np.int8))
        scales = self.constant(f"{name}.scale", scale.astype(np.float32))
        picked = self.node("Gather", [held, ids], f"{name}.picked")
        as_float = self.node("Cast", [picked], f"{name}.float", to=TensorProto.FLOAT)
        return self.node("Mul", [as_float, self.node("Gather", [scales, ids], f"{name}.scales")], f"{name}.out")

    def product(self, name: str, x: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """X @ weight.T (+ bias), weight (out, in) in int8 columns."""
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / self.top
        held = self.constant(f"{name}.int8", np.round(weight / scale[:, None]).astype(np.int8).T)
        inputs = [x, held, self.constant(f"{name}.scale", scale.astype(np.float32)), ""]
        if bias is not None:
            inputs.append(self.constant(f"{name}.bias", bias.astype(np.float32)))
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", MICROSOFT)

    def norm(self, name: str, x: str, module: torch.nn.LayerNorm) -> str:
        scale = self.constant(f"{name}.weight", _array(module.weight))
        bias = self.constant(f"{name}.bias", _array(module.bias))
        return self.node("LayerNormalization", [x, scale, bias], f"{name}.out", axis=-1, epsilon=1e-12)


def _array(tensor: torch.Tensor) -> np.ndarray:
    return np.asarray(tensor.detach().float().numpy())


def to_onnx(network: Network, bits: int = 7) -> bytes:
    """Inputs ids (pieces,) and features (pieces, 3), int64; output (pieces, WIDTH) float32."""
    g = _Graph(bits)
    x = g.rows("words", _array(network.words.weight), "ids")
    size = g.node("Shape", ["ids"], "size")
    zero, one = g.constant("zero", np.array(0)), g.constant("one", np.array(1))
    count = g.node("Squeeze", [size], "count")
    where = g.node("Range", [zero, count, one], "where")
    x = g.node("Add", [x, g.rows("positions", _array(network.positions.weight), where)], "placed")
    for i, table in enumerate(network.features):
        column = g.constant(f"column{i}", np.array(i))
        ids = g.node("Gather", ["features", column], f"feature{i}", axis=1)
        held = g.constant(f"feature{i}.table", _array(table.weight))
        x = g.node("Add", [x, g.node("Gather", [held, ids], f"feature{i}.out")], f"featured{i}")
    x = g.norm("norm", x, network.norm)
    for i, layer in enumerate(network.layers):
        x = _layer(g, f"layer{i}", x, layer)
    weight = g.constant("heads.weight", _array(network.heads.weight).T)
    bias = g.constant("heads.bias", _array(network.heads.bias))
    g.node("Gemm", [x, weight, bias], "out")
    pieces = ["pieces"]
    graph = helper.make_graph(
        g.nodes,
        "evenhand tagger",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, pieces),
            helper.make_tensor_value_info("features", TensorProto.INT64, ["pieces", 3]),
        ],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["pieces", WIDTH])],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="evenhand")
    return bytes(model.SerializeToString())


def _layer(g: _Graph, name: str, x: str, layer: Any) -> str:
    qkv = g.product(f"{name}.qkv", x, _array(layer.qkv.weight), _array(layer.qkv.bias))
    batch = g.node("Unsqueeze", [qkv, g.constant(f"{name}.first", np.array([0]))], f"{name}.batch")
    parts = [f"{name}.{part}" for part in "qkv"]
    sizes = g.constant(f"{name}.sizes", np.array([HIDDEN] * 3))
    g.nodes.append(helper.make_node("Split", [batch, sizes], parts, axis=2))
    seen = g.node("MultiHeadAttention", parts, f"{name}.seen", MICROSOFT, num_heads=HEADS)
    flat = g.node("Squeeze", [seen, f"{name}.first"], f"{name}.flat")
    out = g.product(f"{name}.attended", flat, _array(layer.out.weight), _array(layer.out.bias))
    x = g.norm(f"{name}.norm1", g.node("Add", [x, out], f"{name}.sum1"), layer.norm1)
    up = g.product(f"{name}.up", x, _array(layer.up.weight), None)
    bias = g.constant(f"{name}.up.bias", _array(layer.up.bias))
    active = g.node("BiasGelu", [up, bias], f"{name}.gelu", MICROSOFT)
    down = g.product(f"{name}.down", active, _array(layer.down.weight), _array(layer.down.bias))
    return g.norm(f"{name}.norm2", g.node("Add", [x, down], f"{name}.sum2"), layer.norm2)


def to_numbers(network: Network) -> dict[str, Any]:
    """The decoding numbers: transitions and link parameters, as tagging.decoding.Numbers reads them."""

    def listed(tensor: torch.Tensor) -> Any:
        return np.round(_array(tensor).astype(np.float64), 5).tolist()

    return {
        "transitions": {
            "outer": listed(network.transitions[0]),
            "inner": listed(network.transitions[1]),
            "names": listed(network.name_transitions),
        },
        "eagerness": {"outer": 0.0, "inner": 0.0},
        "links": {
            link: {
                "nothing": listed(network.nothing[link]),
                "distance": listed(network.distance[link]),
                "rank": listed(network.rank[link]),
                "bias": listed(network.bias[link])[0],
            }
            for link in LINKS
        },
    }


def check(data: bytes) -> None:
    """Raise if the file is not a well-formed ONNX model (custom operators are not looked into)."""
    onnx.load_model_from_string(data)
