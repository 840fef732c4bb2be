"""Which records carry a key: sorted arrays that grow by segments; adding costs what is added, not what is there."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
_GROWTH = 2
"""A segment is merged into the one before it unless that is at least this many times as long: O(log n) segments."""


class Postings:
    """A multimap of 64-bit keys to record numbers; the numbers of a key come out in the order they were added."""

    def __init__(self) -> None:
        self._segments: list[tuple[Keys, Numbers]] = []
        self.saved = 0  # leading segments that are as `dump` last gave them, or as they were loaded

    def __len__(self) -> int:
        return sum(len(keys) for keys, _ in self._segments)

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Take in rows; within a key they must be in order, and after all rows of earlier calls."""
        if len(keys) == 0:
            return
        order = np.argsort(keys, kind="stable")
        self._segments.append((keys[order], numbers[order]))
        while len(self._segments) > 1 and len(self._segments[-2][0]) < _GROWTH * len(self._segments[-1][0]):
            late, early = self._segments.pop(), self._segments.pop()
            self.saved = min(self.saved, len(self._segments))
            both = np.concatenate((early[0], late[0]))
            order = np.argsort(both, kind="stable")
            self._segments.append((both[order], np.concatenate((early[1], late[1]))[order]))

    def counts(self, keys: Keys) -> npt.NDArray[np.int64]:
        """How many numbers each key has."""
        total = np.zeros(len(keys), dtype=np.int64)
        for held, _ in self._segments:
            total += np.searchsorted(held, keys, side="right") - np.searchsorted(held, keys, side="left")
        return total

    def find(self, keys: Keys) -> tuple[npt.NDArray[np.int64], Numbers]:
        """Every (position in `keys`, number) there is; oldest segment first."""
        positions, numbers = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.uint32)]
        for held, values in self._segments:
            left = np.searchsorted(held, keys, side="left")
            lengths = np.searchsorted(held, keys, side="right") - left
            rows = runs(left, lengths)
            positions.append(np.repeat(np.arange(len(keys)), lengths))
            numbers.append(values[rows])
        return np.concatenate(positions), np.concatenate(numbers)

    def lengths(self) -> list[int]:
        """Rows in each segment, oldest first."""
        return [len(keys) for keys, _ in self._segments]

    def dump(self, start: int = 0) -> Iterator[bytes]:
        """The segments from `start` on as bytes, oldest first. From `saved` on, they are new since then."""
        for keys, numbers in self._segments[start:]:
            yield keys.tobytes() + numbers.tobytes()
        self.saved = len(self._segments)

    def load(self, length: int, data: bytes) -> None:
        """Put back a segment that `dump` gave, of this many rows; call in the same order."""
        keys = np.frombuffer(data, dtype=np.uint64, count=length)
        self._segments.append((keys, np.frombuffer(data, dtype=np.uint32, offset=keys.nbytes)))
        self.saved = len(self._segments)


def runs(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers start, start + 1, … of every run, one run after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def ranks(keys: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows sorted by key, stable: (order, start of the row's run in that order, rank of the row within its run)."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]] if len(keys) else np.empty(0, dtype=np.bool_)
    starts = np.maximum.accumulate(np.where(first, np.arange(len(keys)), 0))
    return order, starts, np.arange(len(keys)) - starts
