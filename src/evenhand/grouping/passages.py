"""What two texts share, word by word: the 5-grams and the longest runs, as spans in both."""

from typing import Any

import numpy as np

from evenhand.grouping.shingles import SHINGLE, Shingles
from evenhand.model.evidence import Record
from evenhand.model.incident import Passage

LEAST_PASSAGE = 8
"""Words of the shortest run that is shown and counted as a passage."""


class Overlap(Record, frozen=True, kw_only=True):
    """`shared`: hashes of the common 5-grams outside quotation marks; `smaller`: 5-grams of the shorter text.

    `quoted`: common 5-grams that stand within quotation marks in both. `passages` are in order of the first text.
    """

    shared: Any
    smaller: int
    quoted: int
    passages: tuple[Passage, ...] = ()

    def weight(self, quoted: float) -> float:
        """Common 5-grams, those within quotation marks counted as `quoted` each."""
        return len(self.shared) + quoted * self.quoted


def overlap_of(first: Shingles, second: Shingles) -> Overlap:
    """Compare two texts exactly."""
    common = np.intersect1d(first.hashes, second.hashes)
    free = np.union1d(
        np.intersect1d(first.hashes[first.own], common), np.intersect1d(second.hashes[second.own], common)
    )
    smaller = min(len(np.unique(first.hashes)), len(np.unique(second.hashes)))
    passages = _passages(first, second) if len(common) else ()
    return Overlap(shared=free, smaller=smaller, quoted=len(common) - len(free), passages=passages)


def _passages(first: Shingles, second: Shingles) -> tuple[Passage, ...]:
    """Common runs, longest first where they compete, without overlap in either text."""
    runs = _runs(first, second)
    taken_first = np.zeros(len(first.words), dtype=np.bool_)
    taken_second = np.zeros(len(second.words), dtype=np.bool_)
    kept = []
    for length, one, two in sorted(runs, key=lambda run: (-run[0], run[1], run[2])):
        if taken_first[one : one + length].any() or taken_second[two : two + length].any():
            continue
        taken_first[one : one + length] = True
        taken_second[two : two + length] = True
        kept.append((one, two, length))
    return tuple(
        Passage(first=first.span(one, length), second=second.span(two, length)) for one, two, length in sorted(kept)
    )


def _runs(first: Shingles, second: Shingles) -> list[tuple[int, int, int]]:
    """Maximal diagonals of equal 5-grams as (words, start in first, start in second)."""
    order = np.argsort(second.hashes, kind="stable")
    ranked = second.hashes[order]
    left = np.searchsorted(ranked, first.hashes, side="left")
    right = np.minimum(np.searchsorted(ranked, first.hashes, side="right"), left + 4)
    open_runs: dict[int, int] = {}
    runs: list[tuple[int, int, int]] = []
    for one in range(len(first.hashes)):
        seen = {int(order[at]) - one for at in range(int(left[one]), int(right[one]))}
        for shift in [shift for shift in open_runs if shift not in seen]:
            _close(runs, open_runs.pop(shift), one, shift)
        for shift in seen:
            open_runs.setdefault(shift, one)
    for shift, start in open_runs.items():
        _close(runs, start, len(first.hashes), shift)
    return runs


def _close(runs: list[tuple[int, int, int]], start: int, end: int, shift: int) -> None:
    length = end - start + SHINGLE - 1
    if length >= LEAST_PASSAGE:
        runs.append((length, start, start + shift))
