"""What two texts share, word by word: the 5-grams and the longest runs, as spans in both."""

from typing import Any

import numpy as np

from evenhand.grouping.shingles import SHINGLE, Hashes, Shingles
from evenhand.model.evidence import Record
from evenhand.model.incident import Passage

LEAST_PASSAGE = 8
"""Words of the shortest run that is shown as a passage."""
_REPEATS = 4
"""Most places in the second text at which one 5-gram of the first is looked for; bounds hostile repetition."""


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


def overlap_of(first: Shingles, second: Shingles, least: int = 1) -> Overlap:
    """Compare two texts exactly; passages are looked for only where at least `least` 5-grams are common."""
    common = _common(first.distinct, second.distinct)
    quoted = (
        common[np.isin(common, first.quoted) & np.isin(common, second.quoted)] if len(common) >= least else common[:0]
    )
    free = np.setdiff1d(common, quoted, assume_unique=True) if len(quoted) else common
    passages = _passages(first, second) if len(common) >= least else ()
    smaller = min(len(first.distinct), len(second.distinct))
    return Overlap(shared=free, smaller=smaller, quoted=len(quoted), passages=passages)


def _common(first: Hashes, second: Hashes) -> Hashes:
    """What two sorted arrays without repeats share, sorted: half the time of np.intersect1d."""
    if len(second) == 0:
        return second
    at = np.searchsorted(second, first)
    at[at == len(second)] = 0
    found: Hashes = first[second[at] == first]
    return found


def _passages(first: Shingles, second: Shingles) -> tuple[Passage, ...]:
    """Common runs, longest first where they compete, without overlap in either text."""
    runs = _runs(first, second)
    taken_first = np.zeros(len(first.starts), dtype=np.bool_)
    taken_second = np.zeros(len(second.starts), dtype=np.bool_)
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
    right = np.minimum(np.searchsorted(ranked, first.hashes, side="right"), left + _REPEATS)
    counts = right - left
    ones = np.repeat(np.arange(len(first.hashes)), counts)
    if len(ones) == 0:
        return []
    within = np.arange(len(ones)) - np.repeat(np.cumsum(counts) - counts, counts)
    shifts = order[np.repeat(left, counts) + within] - ones
    by_diagonal = np.lexsort((ones, shifts))
    ones, shifts = ones[by_diagonal], shifts[by_diagonal]
    starts = np.flatnonzero(np.r_[True, (np.diff(shifts) != 0) | (np.diff(ones) != 1)])
    lengths = np.diff(np.r_[starts, len(ones)]) + SHINGLE - 1
    return [
        (int(length), int(ones[at]), int(ones[at] + shifts[at]))
        for at, length in zip(starts, lengths, strict=True)
        if length >= LEAST_PASSAGE
    ]
