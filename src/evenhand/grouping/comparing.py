"""Two happenings side by side: every feature says what it contributes to holding them to be one."""

import tomllib
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from evenhand.grouping.happenings import Happening, Spot
from evenhand.model.evidence import Record
from evenhand.model.name_key import name_words

EARTH_KM = 6371.0088  # IUGG mean radius
BEYOND_KM = 20.0
_EXACT_KM = 15.0
_WIDE_KM = 100.0
_FAR = 20
_MASS = 1000
_SPOTS = 4
BACK_DAYS = 31
"""Days after which a report that gives no day is no longer taken to go back to what was told before."""
_APART_KM = 3.0
_LONG_NAME = 6  # letters: of shorter names two that are alike are two
_LETTERS_ALIKE = 0.8
_ALIKE = 0.4
"""Likeness beyond which words show no more: two texts about two strikes may be worded alike."""
_ROUNDING = 1e-3
_NO_KIND = frozenset({"other"})
"""Beside the dead and wounded it says nothing of what they died of."""
TELLING = 3
"""The smallest exact number that, told twice, shows anything: one or two dead there are every day."""


class Part(Record, frozen=True, kw_only=True):
    """One feature: the name of its weight, what it adds, and the fact it rests on."""

    name: str
    value: float
    fact: str


class Comparison(Record, frozen=True, kw_only=True):
    """The sum of its parts; above 0 speaks for one happening."""

    score: float
    parts: tuple[Part, ...]


class Weights(Record, frozen=True, kw_only=True):
    """The tables of `weights.toml`."""

    between: Mapping[str, float]
    within: Mapping[str, float]
    effects: frozenset[str]
    causes: tuple[frozenset[str], ...]
    lethal: frozenset[str]
    mixed: frozenset[str]
    states: frozenset[str]


@cache
def packaged_weights() -> Weights:
    """The weights that ship with evenhand."""
    table = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    kinds = table["kinds"]
    groups = (*kinds["causes"], kinds["alone"], kinds["talk"], kinds["relief"])
    return Weights(
        between=table["between"],
        within=table["within"],
        effects=frozenset(kinds["effects"]),
        causes=tuple(frozenset(group) for group in groups),
        lethal=frozenset(kinds["lethal"]),
        mixed=frozenset(kinds["mixed"]),
        states=frozenset(kinds["states"]),
    )


def most_by_words(weights: Weights, *, openings: bool = True) -> float:
    """The most that likeness of words (and openings) can add to what two happenings score without it."""
    table = weights.between
    opening = max(0.0, table.get("opening", 0.0)) if openings else 0.0
    return max(0.0, table.get("words", 0.0)) * _ALIKE + opening + _ROUNDING


class Scale:
    """Adds up parts under one table of weights; a feature without a weight there contributes nothing.

    Only where it is asked to explain does it keep the parts: most pairs are compared and never shown.
    """

    def __init__(self, table: Mapping[str, float], *, explain: bool = False) -> None:
        self._table = table
        self.score = table["bias"]
        self._parts: list[Part] | None = None
        if explain:
            self._parts = [Part(name="bias", value=table["bias"], fact="before anything is compared")]

    def add(self, name: str, fact: str, *values: object, times: float = 1.0) -> None:
        """Put one feature on the scale; `fact` is completed with the values by str.format."""
        value = self._table.get(name, 0.0) * times
        if value:
            self.score += value
            if self._parts is not None:
                self._parts.append(Part(name=name, value=round(value, 4), fact=fact.format(*map(_shown, values))))

    def comparison(self) -> Comparison:
        """What lies on the scale."""
        return Comparison(score=round(self.score, 4), parts=tuple(self._parts or ()))


def put_common(scale: Scale, one: Happening, two: Happening, cosine: float, weights: Weights) -> None:
    """The features that hold between any two happenings, of one report or of two."""
    _time(scale, one, two)
    if one.report == two.report:
        _place(scale, one.spots, two.spots)
    else:
        ones, twos = _called(one.spots), _called(two.spots)
        if (ones and twos) or not (one.spots and two.spots):
            _place(scale, ones, twos)
    _kind(scale, one, two, weights)
    _toll(scale, "dead", one.killed, two.killed)
    _toll(scale, "injured", one.injured, two.injured)
    if one.actors and two.actors:
        shared = one.actors & two.actors
        scale.add("actor" if shared else "actor_apart", "who did it, names in common: {}", shared or "none")
    if shared := one.targets & two.targets:
        scale.add("target", "who was harmed: {}", shared)
    if one.cumulative != two.cumulative:
        scale.add("cumulative", "one is a total over a longer time")
    if one.lead and two.lead:
        scale.add("both_lead", "both open their report" if one.report != two.report else "both open the report")
    elif one.lead != two.lead:
        scale.add("one_lead", "one opens its report, the other does not")
    if not (one.located and two.located):
        scale.add("unlocated", "one has neither day nor place")
    if cosine > 0:
        scale.add("words", "likeness of the words {}", cosine, times=min(cosine, _ALIKE))


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


def _time(scale: Scale, one: Happening, two: Happening) -> None:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        if one.published is not None and two.published is not None:
            gap = abs(one.published - two.published)
            name = "published_near" if gap <= 3 else "published_back" if _goes_back(one, two) else "published_far"
            if _is_before(one, two) or _is_before(two, one):
                name = "published_far"
            scale.add(name, "no time in one; published {} days apart", gap)
        return
    gap = max(one.start, two.start) - min(one.end, two.end)
    if gap <= 0:
        both = one.precise and two.precise
        scale.add("same_day" if both else "day_wide", "the same day" if both else "times meet, one is wide")
    elif gap == 1:
        scale.add("day_near" if one.precise and two.precise else "day_near_wide", "one day apart")
    else:
        scale.add("day_far", "{} days apart", gap)


def _is_before(one: Happening, two: Happening) -> bool:
    """Whether the first came out before the day of the second: it cannot tell of it."""
    return one.start is None and two.start is not None and one.published is not None and one.published < two.start


def _goes_back(one: Happening, two: Happening) -> bool:
    """Whether the later report, without a day, speaks of what was told before of the same place, some weeks ago."""
    first, later = (one, two) if (one.published or 0) <= (two.published or 0) else (two, one)
    if not later.back or first.published is None or later.published is None:
        return False
    return later.published - first.published <= BACK_DAYS and any(
        spot.radius < _WIDE_KM and (spot.name == other.name or (spot.written and spot.written == other.written))
        for spot in later.spots
        for other in first.spots
    )


def _place(scale: Scale, ones: tuple[Spot, ...], twos: tuple[Spot, ...]) -> None:
    if not ones or not twos:
        scale.add("no_place", "no place in one of them")
        return
    if len(ones) == len(twos) == 1:  # as nearly all have it
        _, name, one, two, apart = _spots(ones[0], twos[0])
        if name:
            scale.add(name, "{} and {}: {} km", one, two, "?" if apart is None else apart)
        return
    _, name, one, two, apart = max(
        (_spots(one, two) for one in narrowest(ones) for two in narrowest(twos)), key=lambda found: found[0]
    )
    if name:
        scale.add(name, "{} and {}: {} km", one, two, "?" if apart is None else apart)


def _called(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Those with a name of their own: "the village" is another one in every report."""
    for spot in spots:
        if not spot.called:
            return tuple(one for one in spots if one.called) or spots[:0]
    return spots


@lru_cache(maxsize=10_000)
def narrowest(spots: tuple[Spot, ...]) -> list[Spot]:
    """The smallest places, without those that only say in what wider one they lie: the district, not its city."""
    kept: list[Spot] = []
    for spot in sorted(spots[: 2 * _SPOTS], key=lambda one: (one.radius, one.name)):
        inside = (distance_km(spot, one) for one in kept if one.radius < spot.radius)
        if not any(apart is not None and apart <= spot.radius for apart in inside):
            kept.append(spot)
    return kept[:_SPOTS]


def _spots(one: Spot, two: Spot) -> tuple[int, str, str, str, float | None]:
    apart = distance_km(one, two)
    rank, name = _rank(one, two, apart)
    return rank, name, one.name, two.name, apart


def _rank(one: Spot, two: Spot, apart: float | None) -> tuple[int, str]:
    if one.written and one.written == two.written and (apart is None or min(one.radius, two.radius) <= _EXACT_KM):
        return 3, "same_spot" if apart is not None and apart <= _EXACT_KM else "same_name"
    if apart is None:
        if one.name == two.name or (one.written and two.written and _spelled_alike(one.written, two.written)):
            return 3, "same_name"
        return (0, "other_name") if _two_names(one, two) else (1, "")
    beyond = apart - one.radius - two.radius
    if one.name != two.name and beyond > _APART_KM and beyond <= BEYOND_KM:
        return 0, "other_spot"
    if max(one.radius, two.radius) <= _EXACT_KM and apart <= _EXACT_KM:
        return (4, "same_spot") if one.name == two.name else (3, "next_spot")
    if beyond > BEYOND_KM:
        return 0, "far_spot"
    if max(one.radius, two.radius) > _WIDE_KM or beyond > 0:
        return 1, ""
    return (3, "same_name") if one.name == two.name else (2, "near_spot")


@lru_cache(maxsize=100_000)
def _spelled_alike(one: str, two: str) -> bool:
    """Whether two names, one of them in no list, are one transliterated twice: four letters in five, in order."""
    if min(len(one), len(two)) < _LONG_NAME:
        return False
    first, second = sorted(" ".join(name_words(name).loose) for name in (one, two))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LETTERS_ALIKE


def _two_names(one: Spot, two: Spot) -> bool:
    """Whether two small places, one of them in no list, bear names of which neither holds the other."""
    small = max(one.radius, two.radius) <= _EXACT_KM
    return small and bool(one.written and two.written) and one.name not in two.name and two.name not in one.name


def kind_of(ones: tuple[str, ...], twos: tuple[str, ...], weights: Weights) -> str:
    """The name of the weight that two happenings of these kinds have by them."""
    return _kinds(ones, twos, weights.effects, weights.mixed, weights.causes)[0]


def _kind(scale: Scale, one: Happening, two: Happening, weights: Weights) -> None:
    name, shared = _kinds(one.types, two.types, weights.effects, weights.mixed, weights.causes)
    if name == "same_type":
        scale.add(name, "both: {}", shared)
    else:
        scale.add(name, _KINDS[name], frozenset(one.types), frozenset(two.types))


_KINDS = {"kin_type": "{} with {}", "other_type": "{} against {}"}


@lru_cache(maxsize=10_000)  # the kinds of two happenings are a few hundred combinations
def _kinds(
    one: tuple[str, ...],
    two: tuple[str, ...],
    effects: frozenset[str],
    mixed: frozenset[str],
    groups: tuple[frozenset[str], ...],
) -> tuple[str, frozenset[str]]:
    """The name of the weight, and the kinds in common."""
    ones, twos = frozenset(one), frozenset(two)
    told = [kinds - _NO_KIND if kinds & effects else kinds for kinds in (ones, twos)]  # "violence in which 22 died"
    causes = (told[0] - effects, told[1] - effects)
    shared = causes[0] & causes[1] or ((ones & twos) if not all(causes) else frozenset())
    if shared:
        return "same_type", shared
    kin = _kin(causes[0] or ones, causes[1] or twos, effects, effects | mixed | groups[0], groups)
    return "kin_type" if kin else "other_type", shared


def _kin(
    ones: frozenset[str],
    twos: frozenset[str],
    effects: frozenset[str],
    violent: frozenset[str],
    groups: tuple[frozenset[str], ...],
) -> bool:
    for some, others in ((ones, twos), (twos, ones)):
        if some & effects and others & violent:
            return True
    return any(ones & group and twos & group for group in groups)


def _toll(
    scale: Scale, what: str, ones: tuple[tuple[float, float], ...], twos: tuple[tuple[float, float], ...]
) -> None:
    if not ones or not twos:
        return
    if any(one == two and one[0] == one[1] and one[0] >= TELLING for one in ones for two in twos):
        scale.add("toll_equal", "the same number of {}", what)
        return
    top = sorted(max(low for low, _ in tolls) for tolls in (ones, twos))
    if top[1] > _FAR * max(1.0, top[0]) and top[1] >= _MASS:
        scale.add("toll_far", "{}: {} and {}", what, top[0], top[1])
    elif top[1] > 3 * max(1.0, top[0]):
        scale.add("toll_apart", "{}: {} and {}", what, top[0], top[1])
    else:
        scale.add("toll_near", "{}: {} and {}", what, top[0], top[1])


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
