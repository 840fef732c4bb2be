"""The best tag path of many windows at once, and how sure each of its tags is.

Windows are short and tags few, so that a step costs what calling numpy costs. All windows of a text, at all its
levels, therefore go step by step together, each with its own transitions.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

NEVER = -1e4  # what a forbidden move costs
TOGETHER = 24  # windows that go in step: bounds the memory on long texts
SCALED_EVERY = 8  # steps between two scalings: far from what a float can hold, either way


class Path(NamedTuple):
    """One window's tags (pieces,) and the marginal probability of each (pieces,)."""

    tags: np.ndarray
    sure: np.ndarray


def best_paths(emissions: Sequence[np.ndarray], moves: Sequence[np.ndarray]) -> list[Path]:
    """The best path of every window (Viterbi 1967) and the marginal probability of each of its tags.

    `emissions[i]` holds a window's tag scores (pieces, tags), at least one piece; `moves[i]` the score of every move
    (from tag, to tag). A window begins as if behind tag 0. Marginals by forward-backward.
    """
    found: list[Path] = []
    for first in range(0, len(emissions), TOGETHER):
        found += _together(emissions[first : first + TOGETHER], moves[first : first + TOGETHER])
    return found


def _together(emissions: Sequence[np.ndarray], moves: Sequence[np.ndarray]) -> list[Path]:
    tags = max(rows.shape[1] for rows in emissions)
    square = np.zeros((len(moves), tags, tags))
    for i, one in enumerate(moves):
        square[i, : len(one), : len(one)] = one
    paths = _best(emissions, square)
    return [Path(*both) for both in zip(paths, _marginals(emissions, moves, paths), strict=True)]


def _best(emissions: Sequence[np.ndarray], moves: np.ndarray) -> list[np.ndarray]:
    """The best tags of each window. `moves` is (windows, from, to), filled up for windows with fewer tags."""
    lengths = [len(rows) for rows in emissions]
    count, tags = len(emissions), moves.shape[1]
    score = np.zeros((max(lengths), count, tags))
    for i, rows in enumerate(emissions):
        score[: lengths[i], i, : rows.shape[1]] = rows
        score[:, i, rows.shape[1] :] = -np.inf  # tags that this window does not have
        score[0, i] += np.where(moves[i, 0] > NEVER / 2, 0.0, NEVER)
    by_from = np.ascontiguousarray(moves.transpose(1, 0, 2))  # so that the best "from" is looked for along whole rows
    ways, best = np.empty((tags, count, tags)), np.empty((count, tags))
    for before, here in itertools.pairwise(score):
        np.add(before.T[:, :, None], by_from, out=ways)
        np.maximum.reduce(ways, axis=0, out=best)
        np.add(here, best, out=here)
    return _traced(score, moves, lengths)


def _traced(score: np.ndarray, moves: np.ndarray, lengths: list[int]) -> list[np.ndarray]:
    """Back from each window's best last tag, by the sums that led there."""
    steps, count, tags = score.shape
    into = np.ascontiguousarray(moves.transpose(0, 2, 1)).reshape(count * tags, tags)
    windows, ways = np.arange(count) * tags, np.empty((count, tags))
    ends: dict[int, list[int]] = {}
    for i, length in enumerate(lengths):
        ends.setdefault(length - 1, []).append(i)
    path = np.zeros((steps, count), dtype=np.int64)
    at = path[-1].copy()
    for t in range(steps - 1, -1, -1):
        if t in ends:
            at[ends[t]] = score[t, ends[t]].argmax(1)
        path[t] = at
        if t:
            into.take(at + windows, axis=0, out=ways, mode="clip")
            np.add(ways, score[t - 1], out=ways)
            ways.argmax(1, out=at)
    return [path[:length, i] for i, length in enumerate(lengths)]


def _marginals(
    emissions: Sequence[np.ndarray], moves: Sequence[np.ndarray], paths: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """The probability of each tag of each path: the same steps forward and, over the turned window, backward."""
    lengths, count = [len(rows) for rows in emissions], len(emissions)
    tags = max(rows.shape[1] for rows in emissions)
    state, ways = np.ones((max(lengths), 2 * count, tags)), np.zeros((2 * count, tags, tags))
    for i, (rows, one) in enumerate(zip(emissions, moves, strict=True)):
        length, own = rows.shape
        seen = np.exp(rows - rows.max(axis=1, keepdims=True))
        state[:length, i, :own], state[:length, count + i, :own] = seen, seen[::-1]
        state[:, i, own:] = state[:, count + i, own:] = 0.0
        state[0, i, :own] *= one[0] > NEVER / 2
        ways[i, :own, :own] = np.exp(one)
        ways[count + i] = ways[i].T
    step, rows = np.empty((2 * count, 1, tags)), state[:, :, None, :]
    for t in range(1, len(rows)):
        np.matmul(rows[t - 1], ways, out=step)
        np.multiply(rows[t], step, out=rows[t])
        if t % SCALED_EVERY == 0:
            rows[t] /= rows[t].sum(-1, keepdims=True)
    sure = []
    for i, (path, length) in enumerate(zip(paths, lengths, strict=True)):
        both = state[:length, i].copy()
        both[:-1] *= state[: length - 1, count + i][::-1] @ ways[count + i]
        sure.append(both[np.arange(length), path] / both.sum(1))
    return sure
