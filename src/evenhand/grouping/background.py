"""What outlets print under every report: 5-grams that stand in several texts which are no copies of each other."""

from array import array
from collections.abc import Callable

import numpy as np

from evenhand.grouping.postings import Keys, Postings

_WAITING = 20_000
"""Rows held in a dictionary before they go to the sorted arrays."""


class Background:
    """Learns 5-grams pair by pair; one that has become background stays it, so that the past is not gone through again.

    Only pairs that are no copies count: copies share their outlet's paragraph and are one carrier of it. Of each 5-gram
    the few texts that carry it and the pairs that share it are kept as sorted arrays, 12 bytes a row.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._known: set[int] = set()
        self.carriers, self.pairs = Postings(), Postings()
        self._waiting: dict[int, tuple[list[int], list[int]]] = {}
        self._rows = 0

    def __contains__(self, gram: int) -> bool:
        return gram in self._known

    def add(self, pair: int, ends: tuple[int, int], grams: Keys, root: Callable[[int], int]) -> tuple[int, ...]:
        """Take in the 5-grams that a pair shares; returns the pairs whose label this may change.

        `root` gives the one report that stands for all copies of a report, as known now.
        """
        fresh = [gram for gram in grams.tolist() if gram not in self._known]
        if not fresh:
            return ()
        carried: dict[int, list[int]] = {}
        positions, texts = self.carriers.find(np.array(fresh, dtype=np.uint64))
        for at, text in zip(positions.tolist(), texts.tolist(), strict=True):
            carried.setdefault(fresh[at], []).append(text)
        roots = [(end, root(end)) for end in ends]
        touched: list[int] = []
        for gram in fresh:
            carriers, pairs = self._waiting.setdefault(gram, ([], []))
            held = {root(one) for one in (*carried.get(gram, ()), *carriers)}
            for end, stands in roots:
                if stands not in held:
                    held.add(stands)
                    carriers.append(end)
            pairs.append(pair)
            if len(held) >= self._least:
                self._known.add(gram)
                touched.extend(self.pairs.find(np.array([gram], dtype=np.uint64))[1].tolist())
                touched.extend(pairs)
        self._rows += len(fresh)
        if self._rows >= _WAITING:
            self.settle()
        return tuple(touched)

    def settle(self) -> None:
        """Put what waits into the sorted arrays."""
        for which, postings in enumerate((self.carriers, self.pairs)):
            grams = [gram for gram, both in self._waiting.items() for _ in both[which]]
            numbers = array("I", (one for both in self._waiting.values() for one in both[which]))
            postings.add(np.array(grams, dtype=np.uint64), np.array(numbers, dtype=np.uint32))
        self._waiting, self._rows = {}, 0

    def dump(self) -> bytes:
        """The 5-grams that are background; the rest stands in `carriers` and `pairs`, once `settle` was called."""
        return np.array(sorted(self._known), dtype=np.uint64).tobytes()

    def load(self, known: bytes) -> None:
        """Put back what `dump` gave."""
        self._known = set(np.frombuffer(known, dtype=np.uint64).tolist())
