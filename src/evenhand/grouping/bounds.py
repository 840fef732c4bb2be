"""The most that two happenings of two reports can score, from a few numbers of each: most pairs need no more.

In a dense case nearly all pairs of a bucket are of other kinds, other places or other weeks. What is kept here of each
happening says so, some 80 bytes, many pairs at a time; only pairs that may score above 0 are read and compared. A
feature that is not known here counts as present wherever it would help (tests/grouping/test_bounds.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.grouping.comparing import NEAR_DAYS, TELLING, Weights, kind_of, most_by_words
from evenhand.grouping.happenings import Happening, Spot
from evenhand.grouping.incidents import NEWS_DAYS
from evenhand.grouping.postings import Numbers
from evenhand.grouping.spots import BEYOND_KM, EARTH_KM, distance_km, narrowest
from evenhand.model.evidence import Record

NEVER = -(2**31)
"""Stands for a day that is not known."""
_MARGIN_KM = 0.01
_LEAD, _CUMULATIVE, _LOCATED, _BACK, _ACTORS = 1, 2, 4, 8, 16
_NO_SPOT, _COVERED, _SPOTS = 0, 1, 2
"""No place; places that all lie in one circle; places of which one has no coordinates or no name."""
_APART = 3
"""How many times the other a number of dead must be to speak against one happening."""
_NONE = -1.0
"""No number of dead or injured."""
_ROW = np.dtype([
    ("start", "<i4"), ("end", "<i4"), ("published", "<i4"), ("flags", "u1"), ("spots", "u1"), ("kind", "<u2"),
    ("lat", "<f8"), ("lon", "<f8"), ("radius", "<f8"), ("name", "<u8"), ("written", "<u8"),
    ("killed", "<u8"), ("injured", "<u8"), ("most_killed", "<f8"), ("most_injured", "<f8"), ("targets", "<u8"),
])  # fmt: skip
_TIMES = (
    "same_day", "day_wide", "day_near", "day_near_wide", "day_far",
    "published_near", "published_back", "published_later", "published_far", "too_early",
)  # fmt: skip
_PLACES = ("same_spot", "next_spot", "near_spot", "other_spot", "far_spot", "same_name", "other_name")
_TOLLS = ("toll_near", "toll_grown", "toll_apart", "toll_far")
_SEEN = {
    *_TIMES, *_PLACES, *_TOLLS, "bias", "no_place", "same_type", "kin_type", "same_harm", "other_type", "toll_equal",
    "actor", "actor_apart", "target", "words", "opening", "news", "news_far", "cumulative", "both_lead", "one_lead",
    "unlocated",
    "same_words", "copies",  # which hold only between reports that share text
}  # fmt: skip


class Traits(Record, frozen=True, kw_only=True):
    """A happening's row, and the types of its claims, which the case numbers."""

    row: bytes
    types: tuple[str, ...]


def traits(one: Happening) -> Traits:
    """What can be told of any pair that this happening is in."""
    row = np.zeros((), dtype=_ROW)
    for name in ("start", "end", "published"):
        day = getattr(one, name)
        row[name] = NEVER if day is None else day
    flags = ((_LEAD, one.lead), (_CUMULATIVE, one.cumulative), (_LOCATED, one.located), (_BACK, one.back))
    row["flags"] = sum(bit for bit, holds in (*flags, (_ACTORS, bool(one.actors))) if holds)
    row["spots"] = _NO_SPOT if not one.spots else _SPOTS
    called = all(spot.called for spot in one.spots)
    if one.spots and called and (circle := _circle(narrowest(one.spots))) is not None:
        row["spots"] = _COVERED
        row["lat"], row["lon"], row["radius"] = circle
        row["name"] = _bits(spot.name for spot in one.spots)
        row["written"] = _bits(spot.written for spot in one.spots if spot.written)
    for name, tolls in (("killed", one.killed), ("injured", one.injured)):
        row[name] = _bits(f"{low:g}" for low, high in tolls if low == high and low >= TELLING)
        row[f"most_{name}"] = max((low for low, _ in tolls), default=_NONE)
    row["targets"] = _bits(one.targets)
    return Traits(row=row.tobytes(), types=one.types)


def _circle(spots: Sequence[Spot]) -> tuple[float, float, float] | None:
    """Degrees and km of a circle that holds the circles of all spots; None where one has no coordinates."""
    middle = spots[0]
    if middle.lat is None or middle.lon is None:
        return None
    radius = middle.radius
    for spot in spots[1:]:
        apart = distance_km(middle, spot)
        if apart is None:
            return None
        radius = max(radius, apart + spot.radius)
    return middle.lat, middle.lon, radius


def _bits(words: Iterable[str]) -> int:
    """One bit of 64 for each word: what has no bit in common has no word in common."""
    found = 0
    for word in words:
        found |= 1 << (_hash(word) >> 58)
    return found


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") | 1


class Bounds:
    """The traits of all happenings of a case, by number."""

    def __init__(self, weights: Weights) -> None:
        self._weights, self._table = weights, weights.between
        self._rows = np.empty(0, dtype=_ROW)
        self._length = 0
        self._kinds: dict[tuple[str, ...], int] = {}
        self._by_kinds: dict[int, float] = {}
        unknown = (value for name, value in self._table.items() if name not in _SEEN)
        self._before = self._of("bias") + most_by_words(weights, (1.0, 0.0)) + sum(max(0.0, one) for one in unknown)

    @property
    def by_text(self) -> float:
        """What a pair can score more than `most` says where its reports share text."""
        return max(0.0, self._most_of("same_words", "copies"))

    def _of(self, name: str) -> float:
        return self._table.get(name, 0.0)

    def _most_of(self, *names: str) -> float:
        return max(self._of(name) for name in names)

    def add(self, found: Sequence[Traits]) -> None:
        """Number the happenings on."""
        fresh = np.frombuffer(b"".join(one.row for one in found), dtype=_ROW).copy()
        fresh["kind"] = [self._kinds.setdefault(one.types, len(self._kinds)) for one in found]
        if self._length + len(fresh) > len(self._rows):
            self._rows = np.concatenate((self._rows[: self._length], fresh, np.empty(self._length // 4, dtype=_ROW)))
        else:
            self._rows[self._length : self._length + len(fresh)] = fresh
        self._length += len(fresh)

    def most(self, ones: Numbers, twos: Numbers) -> npt.NDArray[np.float64]:
        """What each pair scores at most, if their reports share no text."""
        one, two = self._rows[ones], self._rows[twos]
        both, either = one["flags"] & two["flags"], one["flags"] | two["flags"]
        total = np.full(len(ones), self._before)
        total += self._by_time(one, two, either)
        total += self._by_place(one, two)
        total += self._by_kind(one["kind"], two["kind"])
        lead = self._of("both_lead") + max(0.0, self._of("opening")) + self._by_news(one, two)
        total += np.where(both & _LEAD, lead, np.where(either & _LEAD, self._of("one_lead"), 0.0))
        total += np.where(
            ((both ^ either) & _CUMULATIVE != 0) & (one["killed"] & two["killed"] == 0), self._of("cumulative"), 0.0
        )
        total += np.where(both & _LOCATED, 0.0, self._of("unlocated"))
        total += np.where(both & _ACTORS, self._most_of("actor", "actor_apart"), 0.0)
        total += np.where(one["targets"] & two["targets"], max(0.0, self._of("target")), 0.0)
        for what in ("killed", "injured"):
            total += self._by_toll(*(each[name] for name in (what, f"most_{what}") for each in (one, two)))
        return total

    def _by_time(self, one: Any, two: Any, either: Any) -> Any:
        days = [each[name].astype(np.int64) for name in ("start", "end", "published") for each in (one, two)]
        known = np.logical_and.reduce([each != NEVER for each in days[:4]])
        gap = np.maximum(days[0], days[1]) - np.minimum(days[2], days[3])
        precise = (days[2] - days[0] <= 1) & (days[3] - days[1] <= 1)
        meet = np.where(precise, self._of("same_day"), self._of("day_wide"))
        near = np.where(precise, self._of("day_near"), self._of("day_near_wide"))
        timed = np.where(gap <= 0, meet, np.where(gap == 1, near, self._of("day_far")))
        later = self._most_of("published_later", "published_far")
        far = np.where(either & _BACK, np.maximum(later, self._of("published_back")), later)
        soon = np.abs(days[4] - days[5]) <= NEAR_DAYS
        for start, end, after in ((days[0], days[2], days[5]), (days[1], days[3], days[4])):
            soon |= (start != NEVER) & (end != NEVER) & (end - start <= 1) & (after - end <= NEAR_DAYS)
        told = np.where(soon, max(self._of("published_near"), later), far)
        return np.where(known, timed, np.where((days[4] != NEVER) & (days[5] != NEVER), told, 0.0))

    def _by_news(self, one: Any, two: Any) -> Any:
        known = (one["published"] != NEVER) & (two["published"] != NEVER)
        gap = np.abs(one["published"].astype(np.int64) - two["published"])
        late = np.where(gap > 2 * NEWS_DAYS, self._of("news_far"), 0.0)
        return np.where(known, np.where(gap <= NEWS_DAYS, self._of("news"), late), 0.0)

    def _by_place(self, one: Any, two: Any) -> Any:
        covered = (one["spots"] == _COVERED) & (two["spots"] == _COVERED)
        another = (one["name"] & two["name"] | one["written"] & two["written"]) == 0
        beyond = _distance_km(one, two) - one["radius"] - two["radius"]
        far = covered & another & (beyond > BEYOND_KM + _MARGIN_KM)
        near = np.where(far, self._of("far_spot"), max(0.0, self._most_of(*_PLACES)))
        return np.where((one["spots"] == _NO_SPOT) | (two["spots"] == _NO_SPOT), self._of("no_place"), near)

    def _by_kind(self, ones: Any, twos: Any) -> Any:
        pairs, at = np.unique(ones.astype(np.int64) << 16 | twos, return_inverse=True)
        names = list(self._kinds) if any(pair not in self._by_kinds for pair in pairs.tolist()) else []
        for pair in pairs.tolist():
            if pair not in self._by_kinds:
                kind = kind_of(names[pair >> 16], names[pair & 0xFFFF], self._weights)
                self._by_kinds[pair] = self._of(kind)
        return np.array([self._by_kinds[pair] for pair in pairs.tolist()])[at]

    def _by_toll(self, ones: Any, twos: Any, most: Any, other_most: Any) -> Any:
        counted = (most != _NONE) & (other_most != _NONE)
        equal = (ones & twos) != 0
        apart = np.maximum(most, other_most) > _APART * np.maximum(1.0, np.minimum(most, other_most))
        other = np.where(
            apart, self._most_of(*(one for one in _TOLLS if one != "toll_near")), max(0.0, self._of("toll_near"))
        )
        return np.where(counted, np.where(equal, np.maximum(self._of("toll_equal"), other), other), 0.0)

    def dump(self) -> dict[str, Any]:
        """The state as plain values."""
        return {"rows": self._rows[: self._length].tobytes(), "kinds": list(self._kinds)}

    def load(self, state: Mapping[str, Any]) -> None:
        """Put back what `dump` gave."""
        self._rows = np.frombuffer(state["rows"], dtype=_ROW)
        self._length = len(self._rows)
        self._kinds = {tuple(kinds): number for number, kinds in enumerate(state["kinds"])}


def _distance_km(one: Any, two: Any) -> Any:
    """By the haversine formula, as `distance_km`."""
    lats, lons = ([np.radians(each[name]) for each in (one, two)] for name in ("lat", "lon"))
    half = np.sin((lats[1] - lats[0]) / 2) ** 2
    half += np.cos(lats[0]) * np.cos(lats[1]) * np.sin((lons[1] - lons[0]) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
