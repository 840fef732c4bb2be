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
    """The best tags of each window. `moves` is (windows, from, to), filled up for windows with fewer tags.

    Each window is gone through from both ends at once, to its middle, where the best pair of tags is chosen: half as
    many steps, twice as many rows in each, and a row costs little beside a step.
    """
    count, tags = len(emissions), moves.shape[1]
    sizes = np.array([len(rows) for rows in emissions])
    ahead = (sizes + 1) // 2
    lengths = np.concatenate([ahead, sizes - ahead])  # the second half of a window is read backwards
    both = np.concatenate([moves, moves.transpose(0, 2, 1)])
    score = np.zeros((int(ahead.max()), 2 * count, tags))
    for i, (rows, middle) in enumerate(zip(emissions, ahead.tolist(), strict=True)):
        own = rows.shape[1]
        score[:middle, i, :own] = rows[:middle]
        score[: len(rows) - middle, count + i, :own] = rows[middle:][::-1]
        score[:, [i, count + i], own:] = -np.inf  # tags that this window does not have
        score[0, i] += np.where(moves[i, 0] > NEVER / 2, 0.0, NEVER)
    by_from = np.ascontiguousarray(both.transpose(1, 0, 2))  # so that the best "from" is looked for along whole rows
    ways, best = np.empty((tags, 2 * count, tags)), np.empty((2 * count, tags))
    add, most = np.add, np.maximum.reduce
    for before, here in zip(score.transpose(0, 2, 1)[:-1, :, :, None], score[1:], strict=True):
        add(before, by_from, out=ways)
        most(ways, axis=0, out=best)
        add(here, best, out=here)
    first, second = score[lengths - 1, np.arange(2 * count)].reshape(2, count, tags)
    pairs = np.where(sizes[:, None, None] > 1, moves + second[:, None, :], 0.0) + first[:, :, None]
    middle_pair = pairs.reshape(count, -1).argmax(1)
    last = np.concatenate([middle_pair // tags, middle_pair % tags])
    path = _traced(score, both, lengths, last)
    return [
        np.concatenate([path[:near, i], path[:far, count + i][::-1]])
        for i, (near, far) in enumerate(lengths.reshape(2, count).T.tolist())
    ]


def _traced(score: np.ndarray, moves: np.ndarray, lengths: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Back from each row's last tag, by the sums that led there: (steps, rows) tags; beyond a row's length its last."""
    steps, count, tags = score.shape
    into = np.ascontiguousarray(moves.transpose(0, 2, 1)).reshape(count * tags, tags)
    first, ways = np.arange(count) * tags, np.empty((count, tags))
    path = np.empty((steps, count), dtype=np.int64)
    ends = lengths.tolist()
    shortest = min(ends)
    at, chosen = last.copy(), np.empty_like(last)
    for t in range(steps - 1, -1, -1):
        path[t] = at
        if t:
            np.add(at, first, out=chosen)
            into.take(chosen, axis=0, out=ways, mode="clip")
            np.add(ways, score[t - 1], out=ways)
            ways.argmax(1, out=at)
            if t >= shortest:  # rows that have not begun yet
                np.copyto(at, last, where=lengths <= t)
    return path


def _marginals(
    emissions: Sequence[np.ndarray], moves: Sequence[np.ndarray], paths: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """The probability of each tag of each path: the same steps forward and, over the turned window, backward.

    Windows with the same moves are rows of one matrix, and the matrices of all moves stand beside each other: one
    product a step, with the moves along the diagonal of one matrix.
    """
    kinds = [move for i, move in enumerate(moves) if all(move is not other for other in moves[:i])]
    at = [next(k for k, kind in enumerate(kinds) if kind is move) for move in moves]
    row = [at[:i].count(k) for i, k in enumerate(at)]
    edges = np.cumsum([0, *(2 * len(kind) for kind in kinds)]).tolist()
    width = edges[-1]
    ways, same = np.zeros((width, width)), np.zeros((width, width))
    spots: list[tuple[slice, slice]] = []  # where the tags of each kind stand, forward and backward
    for kind, first in zip(kinds, edges, strict=False):
        own = len(kind)
        spots.append((slice(first, first + own), slice(first + own, first + 2 * own)))
        powers = np.exp(kind)
        for spot, led in zip(spots[-1], (powers, powers.T), strict=True):
            ways[spot, spot], same[spot, spot] = led, 1.0
    lengths = [len(rows) for rows in emissions]
    state = np.ones((max(lengths), max(row) + 1, width))
    for rows, k, r in zip(emissions, at, row, strict=True):
        length, (ahead, back) = len(rows), spots[k]
        seen = np.exp(rows - rows.max(axis=1, keepdims=True))
        state[:length, r, ahead], state[:length, r, back] = seen, seen[::-1]
        state[0, r, ahead] *= kinds[k][0] > NEVER / 2
    step = np.empty(state.shape[1:])
    multiply, led_by = np.multiply, np.dot
    for t, (before, here) in enumerate(itertools.pairwise(state), start=1):
        led_by(before, ways, out=step)
        multiply(here, step, out=here)
        if t % SCALED_EVERY == 0:
            np.divide(here, led_by(here, same), out=here)
    sure = []
    for path, length, k, r in zip(paths, lengths, at, row, strict=True):
        ahead, back = spots[k]
        both = state[:length, r, ahead].copy()
        both[:-1] *= state[: length - 1, r, back][::-1] @ ways[back, back]
        sure.append(both[np.arange(length), path] / both.sum(1))
    return sure
