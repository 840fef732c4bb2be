"""Average linkage over sparse scores: groups that hold together as a whole, never by a chain of neighbours.

UPGMA (Sokal and Michener 1958) stopped at the threshold: two groups join while the mean score over all pairs
between them is above 0; a pair that was never compared counts as `unseen`. The result does not depend on the
order of items: ties go to the smaller keys.
"""

import heapq
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """A key that can be sorted."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Ordered)


def average_linkage(
    items: list[K],
    scores: Mapping[tuple[K, K], float],
    unseen: float = -4.0,
    left: Sequence[tuple[K, K]] = (),
    score: Callable[[Sequence[tuple[K, K]]], Sequence[float]] = lambda pairs: [],
) -> tuple[tuple[K, ...], ...]:
    """Groups of items, each sorted, in order of their first; `scores` are keyed (smaller, larger).

    `left` are further pairs that cannot score above 0; `score` gives the scores of some of them, and is asked only
    where two groups would join if these scored 0. Whole numbers add up exactly: with them as scores and `unseen`, what
    a group of items comes to does not depend on the items that are in no group with them.
    """
    order = sorted(items)
    linkage = _Linkage(order, unseen, score)
    linkage.put(scores, left)
    return tuple(tuple(order[number] for number in sorted(group)) for group in sorted(linkage.joined(), key=min))


class _Linkage(Generic[K]):
    """Groups by number; of each pair of groups that has any the sum of its scores over `unseen`, and what is left."""

    def __init__(
        self, order: list[K], unseen: float, score: Callable[[Sequence[tuple[K, K]]], Sequence[float]]
    ) -> None:
        self._order, self._unseen, self._score = order, unseen, score
        self._members: dict[int, list[int]] = {number: [number] for number in range(len(order))}
        self._first: dict[int, int] = {number: number for number in range(len(order))}
        self._sums: dict[int, dict[int, float]] = {number: {} for number in range(len(order))}
        self._left: dict[int, dict[int, list[tuple[int, int]]]] = {}
        self._heap: list[tuple[float, int, int, int, int]] = []

    def put(self, scores: Mapping[tuple[K, K], float], left: Sequence[tuple[K, K]]) -> None:
        at = {key: number for number, key in enumerate(self._order)}
        sums, waiting = self._sums, self._left
        for (one, two), score in scores.items():
            sums[at[one]][at[two]] = sums[at[two]][at[one]] = score - self._unseen
        for one, two in left:
            low, high = at[one], at[two]
            waiting.setdefault(low, {})[high] = waiting.setdefault(high, {})[low] = [(low, high)]
        for low, row in sums.items():
            for high in row:
                if low < high:
                    self._push(low, high)

    def joined(self) -> list[list[int]]:
        """Join groups, the closest first, while any can be."""
        fresh, members, heap = len(self._order), self._members, self._heap
        while heap:
            _, _, _, one, two = heapq.heappop(heap)
            if one not in members or two not in members:
                continue
            merged = _merged(self._sums, one, two)
            if self._left:
                self._left[fresh] = _merged(self._left, one, two)
                for other, pairs in self._left[fresh].items():
                    self._left[other][fresh] = pairs
            members[fresh] = members.pop(one) + members.pop(two)
            self._first[fresh] = min(self._first[one], self._first[two])
            self._sums[fresh] = merged
            for other, total in merged.items():
                self._sums[other][fresh] = total
                self._push(fresh, other)
            fresh += 1
        return list(members.values())

    def _push(self, one: int, two: int) -> None:
        """Two groups may join if their mean is above 0; what is left of their pairs is asked for where it matters."""
        sums, size = self._sums, len(self._members[one]) * len(self._members[two])
        total = sums[one][two]
        left = self._left.get(one, {}).get(two) if self._left else None
        if left and (total - len(left) * self._unseen) / size + self._unseen > 0:
            pairs = [(self._order[low], self._order[high]) for low, high in left]
            total += sum(score - self._unseen for score in self._score(pairs))
            sums[one][two] = sums[two][one] = total
            del self._left[one][two], self._left[two][one]
        elif left:
            return
        mean = total / size + self._unseen
        if mean > 0:
            low, high = sorted((self._first[one], self._first[two]))
            heapq.heappush(self._heap, (-round(mean, 9), low, high, min(one, two), max(one, two)))


def _merged(table: dict[int, dict[int, Any]], one: int, two: int) -> dict[int, Any]:
    """The rows of two groups as one, and neither of them in the others' rows any more."""
    merged = table.pop(one, {})
    for other, value in table.pop(two, {}).items():
        merged[other] = merged[other] + value if other in merged else value
    merged.pop(one, None)
    merged.pop(two, None)
    for other in merged:
        table[other].pop(one, None)
        table[other].pop(two, None)
    return merged
