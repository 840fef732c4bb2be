"""The parser's network in numpy: convolutions over word, affix and shape vectors; head by bilinear score.

After Dozat and Manning, "Deep biaffine attention for neural dependency parsing" (2017), with convolutions in
place of the recurrent layers so that a whole report runs in a few matrix products.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Row = tuple[int, int, int, int]

WIDTHS = (64, 32, 16, 8, 128, 80, 40)
"""Width of word, suffix, prefix and shape vectors, of the layers, of arc and relation vectors."""
DILATIONS = (1, 1, 2, 4, 1)
AFFIX_ROWS = 3072
_SIZES = 128
"""Sentence lengths for which the scores of distance are kept."""
_EMBEDDINGS = ("word.weight", "suffix.weight", "prefix.weight")


def _row(affix: str) -> int:
    return zlib.crc32(affix.encode("utf-8", "surrogatepass")) % AFFIX_ROWS


def _shape(word: str, first: bool) -> int:
    kind = (
        1 if word.isdigit() else 2 if word.isupper() and len(word) > 1
        else 3 if word[:1].isupper() else 4 if word.islower() else 5 if any(c.isdigit() for c in word) else 6
        if any(c.isalpha() for c in word) else 7
    )  # fmt: skip
    return kind + 8 * ("-" in word) + 16 * first


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


def _offsets(size: int) -> Ints:
    """How far each word stands from each other word, cut at 16 either way, as rows of the distance table."""
    offsets: Ints = np.clip(np.arange(size)[:, None] - np.arange(size)[None, :], -16, 16) + 16
    return offsets


class Network:
    """The weights, ready to run. All sums are in float32 on one thread's worth of small products."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        w = {k: np.asarray(v, np.float32) for k, v in arrays.items()}
        for name in _EMBEDDINGS:
            w[name] = w[name] * w.pop(name + ".scale")
        self._w = w
        self._rel = np.ascontiguousarray(w["rel"].reshape(len(w["rel"]), -1).T)
        self._distances: dict[int, Floats] = {}
        self._convs = [
            np.ascontiguousarray(w[f"convs.{i}.weight"].transpose(2, 1, 0).reshape(-1, WIDTHS[4]))
            for i in range(len(DILATIONS))
        ]

    def encode(self, x: Ints, lengths: Sequence[int]) -> Floats:
        """Vectors of all words of all sentences, sentences laid end to end with gaps that stay zero."""
        w, gap = self._w, max(DILATIONS)
        total = len(x)
        row = np.empty(total, np.int64)
        at, done = gap, 0
        for length in lengths:
            row[done : done + length] = np.arange(at, at + length)
            at, done = at + length + gap, done + length
        parts = [w[f"{n}.weight"][x[:, i]] for i, n in enumerate(("word", "suffix", "prefix", "shape"))]
        h = np.maximum(self._linear("enter", np.concatenate(parts, 1)), 0)
        padded = np.zeros((at, WIDTHS[4]), np.float32)
        for i, dilation in enumerate(DILATIONS):
            padded[row] = here = self._norm(f"norms.{i}", h)
            window = np.concatenate([padded[row - dilation], here, padded[row + dilation]], 1) @ self._convs[i]
            window += w[f"convs.{i}.bias"]
            h = h + np.maximum(window, 0, out=window)
        return self._norm("last", h)

    def tags(self, h: Floats) -> Ints:
        """The best word class of every word."""
        best: Ints = self._linear("tag", h).argmax(1)
        return best

    def arcs(self, h: Floats, lengths: Sequence[int]) -> Iterator[Floats]:
        """Scores of one sentence after the other: row = dependent, column = head, column 0 the root."""
        w = self._w
        dependent = np.maximum(self._linear("dependent", h), 0) @ w["bilinear"]
        head = np.maximum(self._linear("head", np.concatenate([w["root"][None, :], h])), 0)
        bias = self._linear("head_bias", head).T
        at = 1
        for size in lengths:
            rooted = np.concatenate([head[:1], head[at : at + size]])
            scores: Floats = dependent[at - 1 : at - 1 + size] @ rooted.T
            scores[:, :1] += bias[:, :1]
            scores[:, 1:] += bias[:, at : at + size]
            scores[:, 1:] += self._distance(size)
            yield scores
            at += size

    def relations(self, h: Floats, heads: Ints) -> Ints:
        """The best relation of every word of all sentences, given the row of its head (0 = root, else 1-based)."""
        d = np.maximum(self._linear("rel_dependent", h), 0)
        g = np.maximum(self._linear("rel_head", np.concatenate([self._w["root"][None, :], h])), 0)[heads]
        pairs = (d[:, :, None] * g[:, None, :]).reshape(len(h), -1)
        scores = pairs @ self._rel + self._linear("rel_linear", np.concatenate([d, g], 1))
        best: Ints = scores.argmax(1)
        return best

    def _distance(self, size: int) -> Floats:
        """What the distance of each word from each other word adds, in a sentence of `size` words."""
        if size not in self._distances:
            if len(self._distances) >= _SIZES:
                self._distances.clear()
            self._distances[size] = self._w["distance"][_offsets(size)]
        return self._distances[size]

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._w[f"{name}.weight"].T
        out += self._w[f"{name}.bias"]
        return out

    def _norm(self, name: str, x: Floats) -> Floats:
        size = x.shape[1]
        centred = x - np.add.reduce(x, 1, keepdims=True) / size
        out: Floats = centred / np.sqrt(np.add.reduce(centred * centred, 1, keepdims=True) / size + 1e-5)
        out *= self._w[f"{name}.weight"]
        out += self._w[f"{name}.bias"]
        return out
