"""Pairs of happenings worth comparing: near in time and near in place, or alike in rare words, or copies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from evenhand.grouping.happenings import Happening
from evenhand.model.incident import CopyPair

Key = tuple[str, str]
_DAYS = 3
"""Days in a bucket of time: windows up to this far apart still meet in one bucket."""
_DEGREES = 1.0
_BUCKET = 60
"""Most happenings of one bucket that are compared each with each; a longer bucket is compared with the nearest."""
_RARE_WORDS = 4


def candidates(
    happenings: list[Happening], pairs: Mapping[Key, CopyPair], vectors: Mapping[Key, Mapping[str, float]]
) -> Iterator[tuple[Happening, Happening]]:
    """Each pair once, smaller key first, in order.

    Each bucket is bounded, so the pairs grow with the number of happenings and not with its square.
    """
    by_key = {happening.key: happening for happening in happenings}
    buckets: defaultdict[tuple[object, ...], list[Key]] = defaultdict(list)
    for happening in happenings:
        for bucket in _buckets(happening, vectors[happening.key]):
            buckets[bucket].append(happening.key)
    found: set[tuple[Key, Key]] = set()
    for keys in buckets.values():
        found.update(_neighbours(sorted(keys), by_key))
    by_report: defaultdict[str, list[Key]] = defaultdict(list)
    for key in by_key:
        by_report[key[0]].append(key)
    for one, two in pairs:
        found.update((min(first, second), max(first, second)) for first in by_report[one] for second in by_report[two])
    for keys in by_report.values():
        found.update(combinations(sorted(keys), 2))
    for first, second in sorted(found):
        copied = (min(first[0], second[0]), max(first[0], second[0])) in pairs
        if copied or _may_meet(by_key[first], by_key[second]):
            yield by_key[first], by_key[second]


def _may_meet(one: Happening, two: Happening) -> bool:
    """Whether the times do not already speak against it."""
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return True
    return max(one.start, two.start) - min(one.end, two.end) <= 1


def _buckets(happening: Happening, vector: Mapping[str, float]) -> Iterator[tuple[object, ...]]:
    days = _days(happening)
    for spot in happening.spots:
        places: list[object] = [spot.name]
        if spot.lat is not None and spot.lon is not None:
            row, column = int(spot.lat // _DEGREES), int(spot.lon // _DEGREES)
            places += [(row + north, column + east) for north in (0, 1) for east in (0, 1)]
        for day in days:
            for place in places:
                yield ("place", place, day)
    rare = sorted(vector, key=lambda term: (-vector[term], term))[:_RARE_WORDS]
    for term in rare:
        for day in days:
            yield ("word", term, day)


def _days(happening: Happening) -> list[int]:
    """The buckets of days in which it may have been: two overlapping rows, so that neighbours always meet."""
    start, end = happening.start, happening.end
    if start is None or end is None or end - start > 31:
        if happening.published is None:
            return [0]
        start, end = happening.published - _DAYS, happening.published
    return sorted({number for day in (start - 1, end + 1) for number in range(day // _DAYS, day // _DAYS + 1)})


def _neighbours(keys: list[Key], by_key: Mapping[Key, Happening]) -> Iterator[tuple[Key, Key]]:
    if len(keys) <= _BUCKET:
        yield from combinations(keys, 2)
        return
    ordered = sorted(keys, key=lambda key: (_nearness(by_key[key]), key))
    for number, one in enumerate(ordered):
        for two in ordered[number + 1 : number + 1 + _BUCKET]:
            yield min(one, two), max(one, two)


def _nearness(happening: Happening) -> tuple[object, ...]:
    """Like happenings stand next to each other: by place, then day, then kind."""
    spot = happening.spots[0] if happening.spots else None
    return (spot.name if spot else "", happening.start or happening.published or 0, happening.types[0])
