"""The parser's network: convolutions over word, affix and shape vectors; head by bilinear score.

After Dozat and Manning, "Deep biaffine attention for neural dependency parsing" (2017), with convolutions in
place of the recurrent layers so that a whole report runs in a few matrix products, which onnxruntime does: twice as
fast as numpy on one thread.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Row = tuple[int, int, int, int]

WIDTHS = (64, 32, 16, 8, 128, 80, 40)
"""Width of word, suffix, prefix and shape vectors, of the layers, of arc and relation vectors."""
DILATIONS = (1, 1, 2, 4, 1)
AFFIX_ROWS = 3072
FIRST = 16
"""What the shape of a sentence's first word has more."""
_SIZES = 128
"""Sentence lengths for which the scores of distance are kept."""
_EMBEDDINGS = ("word.weight", "suffix.weight", "prefix.weight")
_TABLES = (*_EMBEDDINGS, "shape.weight")
_OF_RELATIONS = ("rel", "rel_linear.weight", "rel_linear.bias")
_OUTPUTS = ["tags", "arcs", "below", "above"]


class Read(NamedTuple):
    """What the network makes of sentences.

    `tags` (words,) are the best word classes, `arcs` (sentences, longest, longest + 1) scores: row = dependent,
    column = head, column 0 the root, -inf where no word is. `below` and `above` are for `Network.relations`.
    """

    tags: Ints
    arcs: Floats
    below: Floats
    above: Floats


def _row(affix: str) -> int:
    return zlib.crc32(affix.encode("utf-8", "surrogatepass")) % AFFIX_ROWS


def _shape(word: str, first: bool) -> int:
    kind = (
        1 if word.isdigit() else 2 if word.isupper() and len(word) > 1
        else 3 if word[:1].isupper() else 4 if word.islower() else 5 if any(c.isdigit() for c in word) else 6
        if any(c.isalpha() for c in word) else 7
    )  # fmt: skip
    return kind + 8 * ("-" in word) + FIRST * first


def features(words: Sequence[str], index: Mapping[str, int]) -> Ints:
    """One row a word: word row (0 padding, 1 unknown), suffix row, prefix row, shape."""
    rows = [numbers_of(word, i == 0, index) for i, word in enumerate(words)]
    return np.array(rows, np.int64).reshape(-1, 4)


def numbers_of(word: str, first: bool, index: Mapping[str, int]) -> Row:
    """The numbers of one word: its row, its suffix's, its prefix's, its shape."""
    lower = word.lower()
    return index.get(lower, 1), _row("s" + lower[-3:]), _row("p" + lower[:3]), _shape(word, first)


def quantize(state: Mapping[str, Any], path: Path) -> None:
    """Write the weights: embeddings as int8 with a scale a row, the rest as float16."""
    out: dict[str, Any] = {}
    for name, value in state.items():
        array = np.asarray(value, np.float32)
        if name in _EMBEDDINGS:
            scale = np.maximum(np.abs(array).max(1, keepdims=True), 1e-8) / 127
            out[name] = np.round(array / scale).astype(np.int8)
            out[name + ".scale"] = scale.astype(np.float16)
        else:
            out[name] = array.astype(np.float16)
    np.savez_compressed(path, **out)


def weights_of(arrays: Mapping[str, Any]) -> dict[str, Floats]:
    """What `quantize` wrote, by name and shaped as the graphs of `learning.syntax_graph` multiply it, in float32."""
    w = {k: np.asarray(v, np.float32) for k, v in arrays.items()}
    for name in _EMBEDDINGS:
        w[name] = w[name] * w.pop(name + ".scale")
    for i in range(len(DILATIONS)):
        w[f"convs.{i}.weight"] = w[f"convs.{i}.weight"].transpose(2, 1, 0).reshape(-1, WIDTHS[4])
    for name in ("enter", "tag", "dependent", "head", "head_bias", "rel_dependent", "rel_head", "rel_linear"):
        w[f"{name}.weight"] = w[f"{name}.weight"].T
    w["rel"] = w["rel"].transpose(1, 0, 2).reshape(WIDTHS[6], -1)
    w["root"], w["nothing"] = w["root"][None, :], np.zeros((1, WIDTHS[4]), np.float32)
    return {k: np.ascontiguousarray(v) for k, v in w.items()}


class Network:
    """The weights, ready to run on one thread. All sums are in float32."""

    def __init__(self, arrays: Mapping[str, Any], graphs: Mapping[str, bytes]) -> None:
        """`arrays` of `parser.npz`; `graphs` "trees" and "relations" of `learning.syntax_graph`.

        Raises KeyError or ValueError where they do not fit together.
        """
        w = weights_of(arrays)
        self._tables = [w[name] for name in _TABLES]
        self._distance = w["distance"]
        self._kept: dict[int, Floats] = {}
        apart = {*_TABLES, "distance", *_OF_RELATIONS}
        self._trees = _session(graphs["trees"], {name: value for name, value in w.items() if name not in apart})
        self._relations = _session(graphs["relations"], {name: w[name] for name in _OF_RELATIONS})

    def trees(self, x: Ints, lengths: Sequence[int]) -> Read:
        """Word classes and arc scores of sentences that follow one another in `x` (features of `numbers_of`)."""
        total, longest = len(x), max(lengths)
        sizes = np.array(lengths, np.int64)
        ends = sizes.cumsum()
        at, first, last = np.arange(total), np.repeat(ends - sizes, sizes), np.repeat(ends, sizes)
        given: dict[str, Any] = {"vectors": np.concatenate([t[x[:, i]] for i, t in enumerate(self._tables)], 1)}
        for dilation in sorted(set(DILATIONS)):
            before, behind = at - dilation, at + dilation
            given[f"before{dilation}"] = np.where(before >= first, before, total)
            given[f"behind{dilation}"] = np.where(behind < last, behind, total)
        places = np.arange(longest)
        beyond = places >= sizes[:, None]
        given["dependents"] = np.where(beyond, 0, (ends - sizes)[:, None] + places)
        heads = np.zeros((len(sizes), longest + 1), np.int64)
        heads[:, 1:] = given["dependents"] + 1
        given["places"], given["near"] = heads, self._near(longest)
        open_ = np.zeros((len(sizes), 1, longest + 1), np.float32)
        open_[:, 0, 1:][beyond] = -np.inf
        given["open"] = open_
        tags, arcs, below, above = self._trees.run(_OUTPUTS, given)
        arcs[:, :, 0][beyond] = -np.inf
        return Read(tags, arcs, below, above)

    def relations(self, read: Read, heads: Ints) -> Ints:
        """The best relation of every word of all sentences, given the row of its head (0 = root, else 1-based)."""
        best: Ints = self._relations.run(None, {"below": read.below, "above": read.above, "heads": heads})[0]
        return best

    def _near(self, size: int) -> Floats:
        """What the distance of each word from each other word adds, after a column for the root; none is its own."""
        if size not in self._kept:
            if len(self._kept) >= _SIZES:
                self._kept.clear()
            offsets = np.clip(np.arange(size)[:, None] - np.arange(size)[None, :], -16, 16) + 16
            near = np.zeros((size, size + 1), np.float32)
            near[:, 1:] = self._distance[offsets]
            np.fill_diagonal(near[:, 1:], -np.inf)
            self._kept[size] = near
        return self._kept[size]


def _session(graph: bytes, weights: Mapping[str, Floats]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(value) for name, value in weights.items()}
    options.add_external_initializers(list(values), list(values.values()))
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no class in common below Exception
        raise ValueError(f"a graph does not fit the weights: {error}") from error
