"""Average linkage over many sparse scores in arrays: the groups that `average_linkage` makes of the same scores.

Most happenings of a dense case are tied to dozens of others and join none of them. So nothing is made of a pair but a
row of an array until one of its ends joins a group, and then only that end's pairs are gone through (decision 0152).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import Any

import numpy as np

Ask = Callable[[Sequence[tuple[int, int]]], Sequence[int]]
"""The scores of (lower, higher) pairs that were left for later; none of them is above what was given for it."""


def linked(count: int, pairs: tuple[Any, Any, Any], left: Any, unseen: int, ask: Ask) -> list[list[int]]:
    """Groups of the numbers below `count`, each in order, in the order of their first.

    `pairs`: arrays of the lower and the higher number of each pair, and its score as a whole number. Where `left` holds
    that is the most the score can be, 0 or less, and counts until two groups would join by it: then it is asked for.
    """
    linkage = _Linkage(count, pairs, left, unseen, ask)
    linkage.join()
    return sorted(map(sorted, linkage.members()))


class _Linkage:
    """Groups by number: first the items themselves, then each that was joined of two.

    The total of two groups is the sum over their pairs of what these score above `unseen`. Only what was joined has a
    row of its totals; its keys may be groups that have joined others since.
    """

    def __init__(self, count: int, pairs: tuple[Any, Any, Any], left: Any, unseen: int, ask: Ask) -> None:
        low, high, scores = pairs
        self._unseen, self._ask = unseen, ask
        self._near = _Neighbours(count, low, high, scores - unseen)
        self._left = _Neighbours(count, low[left], high[left], scores[left])
        self._asked: set[tuple[int, int]] = set()
        self._top = list(range(count))
        self._members: dict[int, list[int]] = {}
        self._first = list(range(count))
        self._rows: dict[int, dict[int, int]] = {}
        self._later: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)  # what an item's pairs turned out less
        above = scores > 0
        ends = zip(scores[above].tolist(), low[above].tolist(), high[above].tolist(), strict=True)
        self._heap = [(-float(score), one, two, one, two) for score, one, two in ends]
        heapify(self._heap)

    def join(self) -> None:
        """Join groups, the closest first, while any can be."""
        top, heap, unseen = self._top, self._heap, self._unseen
        while heap:
            *_, one, two = heappop(heap)
            if top[one] != one or top[two] != two:
                continue
            row = self._merged(one, two)
            fresh = len(top)
            top[one] = top[two] = fresh
            top.append(fresh)
            members = self._members[fresh] = self._members.pop(one, [one]) + self._members.pop(two, [two])
            self._first.append(min(self._first[one], self._first[two]))
            self._rows[fresh] = row
            for other, total in row.items():
                size = len(members) * len(self._members.get(other, (other,)))
                if total + unseen * size > 0:
                    self._push(fresh, other, size)

    def members(self) -> Iterator[list[int]]:
        """The groups as they are."""
        alone = ([number] for number in range(self._near.count) if self._top[number] == number)
        return chain(alone, self._members.values())

    def _merged(self, one: int, two: int) -> dict[int, int]:
        """The rows of two groups as one."""
        row: dict[int, int] = {}
        for other, value in chain(self._row(one), self._row(two)):
            root = self._root(other)
            row[root] = row.get(root, 0) + value
        row.pop(one, None)
        row.pop(two, None)
        return row

    def _row(self, group: int) -> Iterator[tuple[int, int]]:
        if group in self._rows:
            return iter(self._rows.pop(group).items())
        return chain(self._near.of(group), self._later.pop(group, ()))

    def _root(self, number: int) -> int:
        top = self._top
        while top[number] != number:
            top[number] = top[top[number]]
            number = top[number]
        return number

    def _push(self, one: int, two: int, size: int) -> None:
        """Two groups may join if their mean is above 0; what is left of their pairs is asked for now."""
        total = self._rows[one][two]
        if pairs := self._open(one, two):
            less = sum(self._ask([pair for pair, _ in pairs])) - sum(most for _, most in pairs)
            self._asked.update(pair for pair, _ in pairs)
            total += less
            self._rows[one][two] = total
            if two in self._rows:
                self._rows[two][one] = self._rows[two].get(one, 0) + less
            else:
                self._later[two].append((one, less))
        mean = total / size + self._unseen
        if mean > 0:
            low, high = sorted((self._first[one], self._first[two]))
            heappush(self._heap, (-round(mean, 9), low, high, min(one, two), max(one, two)))

    def _open(self, one: int, two: int) -> list[tuple[tuple[int, int], int]]:
        """The pairs of two groups of which no score is known, with the most that it can be."""
        ones, twos = (self._members.get(group, [group]) for group in (one, two))
        few, other = (ones, two) if len(ones) <= len(twos) else (twos, one)
        found = []
        for number in few:
            for near, most in self._left.of(number):
                pair = (number, near) if number < near else (near, number)
                if self._root(near) == other and pair not in self._asked:
                    found.append((pair, most))
        return found


class _Neighbours:
    """What each number is paired with, and the value of the pair."""

    def __init__(self, count: int, low: Any, high: Any, values: Any) -> None:
        self.count = count
        ends = np.concatenate((low, high))
        order = np.argsort(ends, kind="stable")
        self._others = np.concatenate((high, low))[order].tolist()
        self._values = np.concatenate((values, values))[order].tolist()
        self._starts = [0, *np.cumsum(np.bincount(ends, minlength=count)).tolist()]

    def of(self, number: int) -> Iterator[tuple[int, int]]:
        """(the other number, the value) of each pair."""
        mine = slice(self._starts[number], self._starts[number + 1])
        return zip(self._others[mine], self._values[mine], strict=True)
