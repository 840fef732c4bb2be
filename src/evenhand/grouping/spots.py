"""Where two happenings were, side by side: what two sets of places say of being one, under the name of a weight."""

import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from rapidfuzz.distance import Indel

from evenhand.grouping.happenings import Spot
from evenhand.model.name_key import name_words

EARTH_KM = 6371.0088  # IUGG mean radius
BEYOND_KM = 20.0
WIDE_KM = 100.0
_EXACT_KM = 15.0
_SPOTS = 4
_APART_KM = 3.0
_LONG_NAME = 6  # letters: of shorter names two that are alike are two
_LETTERS_ALIKE = 0.8
_OWN_WORD = 4  # letters: shorter ones are "al", "bin", "san"
Found = tuple[int, str, str, str, float | None]
"""How near (0 to 4), the name of the weight or none, the two names, km apart."""


def compared(ones: tuple[Spot, ...], twos: tuple[Spot, ...]) -> Found | None:
    """The two places, one of each, that say most of being one; None where they say nothing. Neither may be empty."""
    if len(ones) == len(twos) == 1:  # as nearly all have it
        found = _spots(ones[0], twos[0])
        return found if found[1] else None
    pairs = [_spots(one, two) for one in narrowest(ones) for two in narrowest(twos)]
    best = max(pairs, key=lambda found: found[0])
    measured = {found[1] for found in pairs if found[4] is not None}
    if best[1] == "same_name" and "far_spot" in measured and measured <= {"far_spot", ""}:
        return None  # towns far apart, and one province or country around both
    return best if best[1] else None


def distance_km(one: Spot, two: Spot) -> float | None:
    """Great-circle distance by the haversine formula, or None where a coordinate is not known."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return _haversine_km(one.lat, one.lon, two.lat, two.lon)


@lru_cache(maxsize=100_000)  # the places of a case return in report after report
def _haversine_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    north = radians(other_lat - lat) / 2
    east = radians(other_lon - lon) / 2
    half = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def called(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Those with a name of their own: "the village" is another one in every report."""
    for spot in spots:
        if not spot.called:
            return tuple(one for one in spots if one.called) or spots[:0]
    return spots


@lru_cache(maxsize=50_000)
def narrowest(spots: tuple[Spot, ...]) -> list[Spot]:
    """The smallest places, without those that only say in what wider one they lie: the district, not its city.

    Where a province bears the name of its town, which of the two is meant is not sure.
    """
    kept: list[Spot] = []
    for spot in sorted(spots[: 2 * _SPOTS], key=lambda one: (one.radius, one.name)):
        if not any(one.radius < spot.radius and one.name != spot.name and _holds(spot, one) for one in kept):
            kept.append(spot)
    return kept[:_SPOTS]


def _holds(wide: Spot, one: Spot) -> bool:
    """Whether the middle of the one lies in the circle of the wider; of a named village, in that of a country."""
    outer, inner = wide.circle, one.circle
    if inner is None:  # in no list, under a name of its own
        return wide.radius > WIDE_KM and one.radius <= _EXACT_KM and bool(one.written)
    return outer is not None and _haversine_km(*outer[:2], *inner[:2]) <= outer[2]


def _spots(one: Spot, two: Spot) -> tuple[int, str, str, str, float | None]:
    apart = distance_km(one, two)
    rank, name = _rank(one, two, apart)
    return rank, name, one.name, two.name, apart


def _rank(one: Spot, two: Spot, apart: float | None) -> tuple[int, str]:
    if one.written and one.written == two.written and (apart is None or min(one.radius, two.radius) <= _EXACT_KM):
        return 3, "same_spot" if apart is not None and apart <= _EXACT_KM else "same_name"
    if apart is None:
        return _unmeasured(one, two)
    beyond = apart - one.radius - two.radius
    if one.name != two.name and beyond > _APART_KM and beyond <= BEYOND_KM:
        return 0, "other_spot"
    if max(one.radius, two.radius) <= _EXACT_KM and apart <= _EXACT_KM:
        return (4, "same_spot") if one.name == two.name else (3, "next_spot")
    if beyond > BEYOND_KM:
        return 0, "far_spot"
    if max(one.radius, two.radius) > WIDE_KM or beyond > 0:
        return 1, ""
    return (3, "same_name") if one.name == two.name else (2, "near_spot")


def _unmeasured(one: Spot, two: Spot) -> tuple[int, str]:
    """By their names, where one of them is in no list, or no more is known than the province."""
    if one.name == two.name or (one.written and two.written and _spelled_alike(one.written, two.written)):
        return 3, "same_name"
    if min(one.radius, two.radius) <= _EXACT_KM and max(one.radius, two.radius) <= WIDE_KM and _in_name(one, two):
        return 3, "same_name"
    if _two_names(one, two):
        return 0, "other_name"
    return (0, "far_spot") if _beyond_circles(one, two) else (1, "")


def _beyond_circles(one: Spot, two: Spot) -> bool:
    """Whether a province or country, somewhere in which the one was, is far from where the other was."""
    first, second = one.circle, two.circle
    if first is None or second is None:
        return False
    return _haversine_km(*first[:2], *second[:2]) - first[2] - second[2] > BEYOND_KM


@lru_cache(maxsize=100_000)
def _spelled_alike(one: str, two: str) -> bool:
    """Whether two names, one of them in no list, are one transliterated twice: four letters in five, in order."""
    if min(len(one), len(two)) < _LONG_NAME:
        return False
    first, second = sorted(" ".join(name_words(name).loose) for name in (one, two))
    if Indel.normalized_similarity(first, second) < _LETTERS_ALIKE - 1e-6:  # by the most letters in order: quick
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LETTERS_ALIKE


def _in_name(one: Spot, two: Spot) -> bool:
    """Whether one name holds all words of the other: "the hospital of Xa" and "Xa", "Xa al-Ba base" and "Xa"."""
    if not (one.written and two.written):
        return False
    ones, twos = _own_words(one.written), _own_words(two.written)
    least, most = sorted((ones, twos), key=len)
    return bool(least) and least <= most and max(map(len, least)) >= _OWN_WORD


@lru_cache(maxsize=10_000)
def _own_words(name: str) -> frozenset[str]:
    """The words of a name but those of what kind of place it is, or of which side of it."""
    return frozenset(name_words(name).loose) - _place_words()


@cache
def _place_words() -> frozenset[str]:
    table = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    return frozenset(word for words in table["places"].values() for word in words)


def _two_names(one: Spot, two: Spot) -> bool:
    """Whether two small places, one of them in no list, bear names of which neither holds the other."""
    small = max(one.radius, two.radius) <= _EXACT_KM
    return small and bool(one.written and two.written) and one.name not in two.name and two.name not in one.name
