"""Where and when: each reported value with the origins that give it, and the value that most reports share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record
from evenhand.model.incident import Evidence, Value
from evenhand.model.reading import Place, Time

_EARTH_KM = 6371.0088  # IUGG mean radius
_DEFAULT_KM = 10.0
_SLACK_KM = 20.0
_PROVINCES = (3, 4)  # UCDP's where_prec of a district and of a province


class Where(Record, frozen=True, kw_only=True):
    """The incident's place (the most precise that most reports give) and all values; `apart` as in figures."""

    place: Place | None
    values: tuple[Value, ...]
    giving: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


class When(Record, frozen=True, kw_only=True):
    """The incident's time (the narrowest that most reports give) and all values; `apart` as in figures."""

    time: Time | None
    values: tuple[Value, ...]
    giving: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


def where(voices: Iterable[Voice]) -> Where:
    """What is reported of the place."""
    placed = [(voice, voice.claim.place) for voice in voices if voice.claim.place is not None and not voice.denied]
    by_name: defaultdict[str, list[tuple[Voice, Place]]] = defaultdict(list)
    for voice, place in placed:
        by_name[place.gazetteer or place.name.casefold()].append((voice, place))
    provinces = {place.name.casefold(): place for _, place in placed if place.precision in _PROVINCES}
    nearest = {key: _meant([p for _, p in by_name[key]]) for key in by_name}
    either = {key for key, p in nearest.items() if p.precision not in _PROVINCES and p.name.casefold() in provinces}
    # of places that as many reports tell a town that bears its province's name comes last: "in Xa" may be either
    ranked = sorted(by_name, key=lambda key: (-len({v.report for v, _ in by_name[key]}), key in either, key))
    chosen = _most_precise([nearest[key] for key in ranked])
    values = tuple(_value(by_name[key][0][1].name, [v for v, _ in by_name[key]], "place") for key in sorted(by_name))
    # many voices of an origin name one place: each is compared once
    told = {(voice.who.name, place.name, place.position, radius_km(place)): place for voice, place in placed}
    sides = [(key[0], place) for key, place in told.items()]
    apart = {
        origin
        for (one, here), (two, there) in combinations(sides, 2)
        if one != two and _disjoint(here, there)
        and not (_is_its_province(here, there, provinces) or _is_its_province(there, here, provinces))
        for origin in (one, two)
    }  # fmt: skip
    return Where(
        place=chosen, values=values, giving=frozenset(voice.who.name for voice, _ in placed), apart=frozenset(apart)
    )


def when(voices: Iterable[Voice]) -> When:
    """What is reported of the time."""
    timed = [
        (voice, voice.claim.time)
        for voice in voices
        if voice.claim.time is not None and voice.claim.time.start is not None and not voice.denied
    ]
    by_span: defaultdict[tuple[str, str], list[tuple[Voice, Time]]] = defaultdict(list)
    for voice, time in timed:
        by_span[_bounds(time)].append((voice, time))
    ranked = sorted(by_span, key=lambda key: (_days(key) > 1, -len({v.report for v, _ in by_span[key]}), key))
    chosen = min((time for _, time in by_span[ranked[0]]), key=_time_order) if ranked else None
    values = tuple(_value(_span_words(key), [v for v, _ in by_span[key]], "time") for key in sorted(by_span))
    apart = {
        origin
        for one in by_span
        for two in by_span
        if one[1] < two[0]
        for voice, _ in (*by_span[one], *by_span[two])
        for origin in (voice.who.name,)
    }
    if len({voice.who.name for voice, _ in timed}) < 2:
        apart = set()
    return When(
        time=chosen, values=values, giving=frozenset(voice.who.name for voice, _ in timed), apart=frozenset(apart)
    )


def _meant(places: list[Place]) -> Place:
    """Of several extents of one place the smallest; of a province the whole, where only some tell a side of it."""
    whole = [place for place in places if place.precision in _PROVINCES]
    return min(whole or places, key=_place_order)


def _most_precise(ranked: list[Place]) -> Place | None:
    """The first place, or a smaller one that lies within it: a town rather than its province."""
    if not ranked:
        return None
    chosen = ranked[0]
    for place in ranked[1:]:
        if radius_km(place) < radius_km(chosen) and _within(place, chosen):
            chosen = place
    return chosen


def _within(inner: Place, outer: Place) -> bool:
    apart = distance_km(inner, outer)
    return apart is not None and apart <= radius_km(outer)


def _is_its_province(town: Place, other: Place, provinces: Mapping[str, Place]) -> bool:
    """Whether a town bears the name of a province that is told of and holds the other place: "in Xa" may be either."""
    province = provinces.get(town.name.casefold())
    return province is not None and _within(other, province)


def _disjoint(one: Place, two: Place) -> bool:
    apart = distance_km(one, two)
    return apart is not None and apart > radius_km(one) + radius_km(two) + _SLACK_KM


def radius_km(place: Place) -> float:
    """Km around a place within which it may lie; ten where that is not known or it is a country."""
    return place.radius_km if place.radius_km is not None and place.position is not None else _DEFAULT_KM


def distance_km(one: Place, two: Place) -> float | None:
    """Great-circle km by the haversine formula, None where a coordinate is not known."""
    if one.position is None or two.position is None:
        return None
    (lat, lon), (other_lat, other_lon) = one.position, two.position
    north, east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    half = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _place_order(place: Place) -> tuple[bool, float, str]:
    return place.position is None, radius_km(place), place.name


def _bounds(time: Time) -> tuple[str, str]:
    start = time.start or time.end or ""
    return start, time.end or start


def _days(bounds: tuple[str, str]) -> int:
    return 1 if bounds[0] == bounds[1] else 2


def _time_order(time: Time) -> tuple[int, str, str]:
    return time.precision or 9, time.start or "", time.end or ""


def _span_words(bounds: tuple[str, str]) -> str:
    return bounds[0] if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"


def _value(words: str, voices: list[Voice], which: str) -> Value:
    spans = set()
    for voice in voices:
        said = voice.claim.place if which == "place" else voice.claim.time
        spans.add((voice.report, said.span if said is not None and said.span is not None else voice.claim.trigger))
    return Value(
        value=words,
        origins=tuple(sorted({voice.who.name for voice in voices})),
        evidence=tuple(Evidence(report=report, span=span) for report, span in sorted(spans)),
    )
