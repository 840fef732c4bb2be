"""What outlets print under every report: 5-grams that stand in several texts which are no copies of each other."""

from array import array
from collections.abc import Callable

import numpy as np

from evenhand.grouping.postings import Keys, Postings

_WAITING = 20_000
"""Rows held in a dictionary before they go to the sorted arrays."""


class Background:
    """Learns 5-grams pair by pair; one that has become background stays it, so that the past is not gone through again.

    Only pairs that are no copies count: copies share their outlet's paragraph and are one carrier of it. Which pairs
    share a 5-gram is kept as sorted arrays, 12 bytes each: there are some hundred of them a pair.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._known: set[int] = set()
        self.postings = Postings()
        self._waiting: dict[int, list[int]] = {}
        self._rows = 0

    def __contains__(self, gram: int) -> bool:
        return gram in self._known

    def add(self, pair: int, grams: Keys, roots: Callable[[int], tuple[int, int]]) -> tuple[int, ...]:
        """Take in the 5-grams that a pair shares; returns the pairs whose label this may change.

        `roots`: of a pair's two reports, the one that stands for all copies of each as known now.
        """
        touched: list[int] = []
        values = grams.tolist()
        carried: dict[int, list[int]] = {}
        positions, pairs = self.postings.find(grams)
        for at, earlier in zip(positions.tolist(), pairs.tolist(), strict=True):
            carried.setdefault(values[at], []).append(earlier)
        for gram in values:
            if gram in self._known:
                continue
            self._waiting.setdefault(gram, []).append(pair)
            self._rows += 1
            mine = [*carried.get(gram, ()), *self._waiting[gram]]
            if 2 * len(mine) < self._least:  # so few pairs cannot be that many texts
                continue
            if len({end for one in mine for end in roots(one)}) >= self._least:
                self._known.add(gram)
                touched.extend(mine)
        if self._rows >= _WAITING:
            self.settle()
        return tuple(touched)

    def settle(self) -> None:
        """Put what waits into the sorted arrays."""
        grams = [gram for gram, pairs in self._waiting.items() for _ in pairs]
        pairs = array("I", (pair for each in self._waiting.values() for pair in each))
        self.postings.add(np.array(grams, dtype=np.uint64), np.array(pairs, dtype=np.uint32))
        self._waiting, self._rows = {}, 0

    def dump(self) -> bytes:
        """The 5-grams that are background; the rest of the state stands in `postings`, once `settle` was called."""
        return np.array(sorted(self._known), dtype=np.uint64).tobytes()

    def load(self, known: bytes) -> None:
        """Put back what `dump` gave."""
        self._known = set(np.frombuffer(known, dtype=np.uint64).tolist())
