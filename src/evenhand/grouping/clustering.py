"""Average linkage over sparse scores: groups that hold together as a whole, never by a chain of neighbours.

UPGMA (Sokal and Michener 1958) stopped at the threshold: two groups join while the mean score over all pairs
between them is above 0; a pair that was never compared counts as `unseen`. The result does not depend on the
order of items: ties go to the smaller keys.
"""

import heapq
from collections.abc import Hashable, Mapping
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """A key that can be sorted."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Ordered)


def average_linkage(
    items: list[K], scores: Mapping[tuple[K, K], float], unseen: float = -5.0
) -> tuple[tuple[K, ...], ...]:
    """Groups of items, each sorted, in order of their first; `scores` are keyed (smaller, larger)."""
    order = sorted(items)
    at = {key: number for number, key in enumerate(order)}
    members: dict[int, list[int]] = {number: [number] for number in range(len(order))}
    first: dict[int, int] = {number: number for number in range(len(order))}
    sums: dict[int, dict[int, float]] = {number: {} for number in range(len(order))}
    for (left, right), score in scores.items():
        sums[at[left]][at[right]] = sums[at[right]][at[left]] = score - unseen
    heap: list[tuple[float, int, int, int, int]] = []

    def push(one: int, two: int) -> None:
        mean = sums[one][two] / (len(members[one]) * len(members[two])) + unseen
        if mean > 0:
            low, high = sorted((first[one], first[two]))
            heapq.heappush(heap, (-round(mean, 9), low, high, min(one, two), max(one, two)))

    for one, row in sums.items():
        for two in row:
            if one < two:
                push(one, two)
    fresh = len(order)
    while heap:
        _, _, _, one, two = heapq.heappop(heap)
        if one not in members or two not in members:
            continue
        merged = _merge_rows(sums, one, two)
        members[fresh] = members.pop(one) + members.pop(two)
        first[fresh] = min(first[one], first[two])
        sums[fresh] = merged
        for other, total in merged.items():
            sums[other][fresh] = total
            push(fresh, other)
        fresh += 1
    return tuple(tuple(order[number] for number in sorted(group)) for group in sorted(members.values(), key=min))


def _merge_rows(sums: dict[int, dict[int, float]], one: int, two: int) -> dict[int, float]:
    merged = sums.pop(one)
    for other, total in sums.pop(two).items():
        merged[other] = merged.get(other, 0.0) + total
    merged.pop(one, None)
    merged.pop(two, None)
    for other in merged:
        sums[other].pop(one, None)
        sums[other].pop(two, None)
    return merged
