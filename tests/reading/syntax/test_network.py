"""The parser's graphs make the sums that the model card describes."""

from pathlib import Path

import numpy as np
import pytest

import evenhand.reading.syntax
from evenhand.reading.syntax.network import DILATIONS, Network, weights_of

FOLDER = Path(evenhand.reading.syntax.__file__).parent / "weights"
LENGTHS = [1, 7, 3, 24]


@pytest.fixture(scope="module")
def arrays():
    with np.load(FOLDER / "parser.npz") as held:
        return dict(held)


@pytest.fixture(scope="module")
def network(arrays):
    return Network(arrays, {name: (FOLDER / f"{name}.onnx").read_bytes() for name in ("trees", "relations")})


@pytest.fixture(scope="module")
def x():
    chance = np.random.default_rng(3)
    return np.stack([chance.integers(0, high, sum(LENGTHS)) for high in (14000, 3072, 3072, 32)], 1)


def norm(rows, w, name):
    centred = rows - rows.mean(1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(1, keepdims=True) + 1e-5)
    return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]


def linear(rows, w, name):
    return rows @ w[f"{name}.weight"] + w[f"{name}.bias"]


def sentence_vectors(x, w):
    """One sentence's word vectors, word by word: nothing stands before its first word or behind its last."""
    parts = [w[f"{n}.weight"][x[:, i]] for i, n in enumerate(("word", "suffix", "prefix", "shape"))]
    h = np.maximum(linear(np.concatenate(parts, 1), w, "enter"), 0)
    for i, dilation in enumerate(DILATIONS):
        here = norm(h, w, f"norms.{i}")
        outside = np.zeros((dilation, h.shape[1]))
        padded = np.concatenate([outside, here, outside])
        window = np.concatenate([padded[: len(h)], here, padded[2 * dilation :]], 1)
        h = h + np.maximum(linear(window, w, f"convs.{i}"), 0)
    return norm(h, w, "last")


def test_classes_arcs_and_relations_are_those_of_the_formulas(network, arrays, x):
    w = weights_of(arrays)
    read = network.trees(x, LENGTHS)
    heads = np.array([i % (sum(LENGTHS) + 1) for i in range(0, 5 * sum(LENGTHS), 5)])
    related = network.relations(read, heads)
    vectors, at = [], 0
    for n, size in enumerate(LENGTHS):
        h = sentence_vectors(x[at : at + size], w)
        rooted = np.concatenate([w["root"], h])
        head = np.maximum(linear(rooted, w, "head"), 0)
        asking = np.maximum(linear(h, w, "dependent"), 0) @ w["bilinear"]
        offsets = np.clip(np.arange(size)[:, None] - np.arange(size)[None, :], -16, 16) + 16
        expected = asking @ head.T + linear(head, w, "head_bias").T
        expected[:, 1:] += w["distance"][offsets]
        np.fill_diagonal(expected[:, 1:], -np.inf)
        np.testing.assert_allclose(read.arcs[n, :size, : size + 1], expected, atol=2e-3)
        assert np.isneginf(read.arcs[n, :, size + 1 :]).all()
        assert np.isneginf(read.arcs[n, size:, 0]).all()
        vectors.append(h)
        at += size
    h = np.concatenate(vectors)
    assert (read.tags == linear(h, w, "tag").argmax(1)).all()
    below = np.maximum(linear(h, w, "rel_dependent"), 0)
    above = np.maximum(linear(np.concatenate([w["root"], h]), w, "rel_head"), 0)[heads]
    rel = w["rel"].reshape(40, -1, 40)
    scores = np.einsum("ni,irj,nj->nr", below, rel, above) + linear(np.concatenate([below, above], 1), w, "rel_linear")
    assert (related == scores.argmax(1)).all()


def test_the_graphs_are_those_that_the_package_builds():
    pytest.importorskip("onnx", reason="onnx comes with the extra `train`")
    from evenhand.learning import syntax_graph

    with np.load(FOLDER / "parser.npz") as held:
        weights = weights_of(dict(held))
    assert (FOLDER / "trees.onnx").read_bytes() == syntax_graph.trees(weights)
    assert (FOLDER / "relations.onnx").read_bytes() == syntax_graph.relations(weights)
