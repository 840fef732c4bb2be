"""What the names of a text say together: which countries it is about, and which provinces its places lie in.

A name is no witness for itself: what is asked for one name is counted over all others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evenhand.reading.places.records import Entry

_TELLING = 2.0
"""Weight of what else a text names from which it says enough about countries."""
_NOTHING: dict[str, float] = {}

Scored = tuple[float, Entry, tuple[str, ...]]
"""(score, candidate, reasons)"""


class Countries:
    """Weights of the countries that each (folded) name of a text speaks for."""

    def __init__(self, about: dict[str, dict[str, float]]) -> None:
        self._about = about
        self._total = _added(about.values())
        self._sum: float = sum(self._total.values())

    def says_enough(self, name: str) -> bool:
        """Whether the rest of the text says enough about countries to judge `name` by."""
        return self._sum - sum(self._about.get(name, _NOTHING).values()) >= _TELLING

    def share(self, name: str, country: str) -> float:
        """How much of what the text names beside `name` is of `country`, 0 to 1."""
        own = self._about.get(name, _NOTHING)
        total: float = self._sum - sum(own.values())
        return (self._total.get(country, 0.0) - own.get(country, 0.0)) / total if total > 0.01 else 0.0

    def most(self) -> str:
        """The country that the text is about most; empty where it names none."""
        return max(sorted(self._total), key=lambda country: self._total[country], default="")


class Provinces:
    """How much each name speaks for each province: the softmax of its candidates' scores, 1 a name."""

    def __init__(self, scored: Mapping[str, Sequence[Scored]], temperature: float) -> None:
        self._votes: dict[str, dict[str, float]] = {}
        for name, candidates in scored.items():
            top = candidates[0][0]
            odds = [(math.exp((score - top) / temperature), entry) for score, entry, _ in candidates]
            total = sum(odd for odd, _ in odds)
            votes: defaultdict[str, float] = defaultdict(float)
            for odd, entry in odds:
                if area := province_of(entry):
                    votes[area] += odd / total
            self._votes[name] = votes
        self._total = _added(self._votes.values())

    def share(self, name: str, entry: Entry) -> float:
        """The share of the other names that speak for the candidate's province; 0 where there are none."""
        area = province_of(entry)
        others = len(self._votes) - (name in self._votes)
        if not area or others < 1:
            return 0.0
        return (self._total.get(area, 0.0) - self._votes.get(name, _NOTHING).get(area, 0.0)) / others


def province_of(entry: Entry) -> str:
    """The reference of the province in which an entry lies, or which it is; empty where none is known."""
    return entry.ref if entry.kind == "adm1" else entry.adm1


def _added(weights: Iterable[dict[str, float]]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for each in weights:
        for name, weight in each.items():
            total[name] += weight
    return total
