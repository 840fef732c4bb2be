"""How things are put in plain words: grades, interests, attitudes, dates, ranges."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files

from evenhand.model.incident import Toll
from evenhand.model.reading import Place, Time

# Sign, word, and what it means in one sentence; the sign keeps grades apart without colour.
GRADES: dict[str, tuple[str, str, str]] = {
    "acknowledged": ("◆", "acknowledged", "A party says so itself, though it tells against that party."),
    "corroborated": ("●", "corroborated", "Two or more independent origins say so from own knowledge, at least one of "
                     "them without an interest in it."),
    "contested": ("⇄", "contested", "An origin with own knowledge denies it, or says what cannot be squared with it."),
    "single_origin": ("◐", "single origin", "One origin says so, without an interest in it."),
    "party_only": ("◭", "one side only", "Only origins with an interest in it say so."),
    "unattributed": ("○", "unattributed", "No origin can be named that claims own knowledge of it."),
}  # fmt: skip
_AREA = 3
"""From this UCDP where_prec on a place is an area: a circle on a map, never a point."""
NOT_SAID = ("·", "not said", "The reports say nothing about it.")

INTERESTS = {
    "interested": "serves its own side",
    "against_interest": "speaks against its own side",
    "neutral": "no side",
    "unknown": "side not known",
}

ATTITUDES = {
    "asserts": "says", "denies": "denies", "admits": "admits", "blames": "blames", "believes": "believes",
    "hopes": "hopes", "intends": "intends", "demands": "demands", "asks": "asks", "warns": "warns",
}  # fmt: skip

MODALITIES = {
    "asserted": "said to have happened", "possible": "said to be possible", "planned": "planned", "hoped": "hoped for",
    "hypothetical": "supposed, not said", "called_for": "called for",
}  # fmt: skip

_OPEN = "or more"


def grade(value: str | None) -> tuple[str, str, str]:
    """Sign, word and meaning of a grade."""
    return GRADES.get(value or "", NOT_SAID)


def kind(value: str) -> str:
    """A claim type in words: `mass_grave` → `mass grave`."""
    return value.replace("_", " ")


def day(value: str | None) -> str:
    """An ISO date as `22 December 2016`; what is no ISO date stays as it is."""
    if not value:
        return "date not known"
    try:
        at = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{at.day} {at:%B %Y}"


def iso_span(value: str) -> str:
    """`2024-03-04 to 2024-03-05` of the ledger's values, in words."""
    return " to ".join(day(part) for part in value.split(" to "))


def when(time: Time | None) -> str:
    """A time as a day or from–to, never more precise than what is known."""
    if time is None or not (time.start or time.end):
        return "date not known"
    if time.start == time.end:
        return day(time.start)
    if not time.start:
        return f"until {day(time.end)}"
    return f"{day(time.start)} to {day(time.end)}" if time.end else f"since {day(time.start)}"


@cache
def _countries() -> dict[str, str]:
    packed = files("evenhand.dossier").joinpath("data/countries.json").read_text("utf-8")
    return dict(json.loads(packed))


def country(code: str) -> str:
    """A country's name by its ISO 3166-1 alpha-2 code, as GeoNames writes it; a code it does not know as it is."""
    return _countries().get(code, code)


def where(place: Place | None) -> str:
    """A place with its country, and how far the uncertainty reaches."""
    if place is None:
        return "place not known"
    named = country(place.country) if place.country else ""
    after = f", {named}" if named and named != place.name else ""
    radius = f" (within {place.radius_km:.0f} km)" if place.radius_km and place.position is not None else ""
    if radius and is_area(place):
        radius = f" (an area about {2 * (place.radius_km or 0):.0f} km across)"
    return f"{place.name}{after}{radius}"


def gazetteer_note(place: Place, printed: str) -> str:
    """What the gazetteer adds to a printed name: its own name if that is another, country, uncertainty."""
    own = "" if place.name.casefold() == printed.casefold() else f"{place.name}, "
    named = country(place.country) if place.country else "country not known"
    if place.position is None and named in (printed, place.name):
        return f"{own}a country; no point on the map"
    if place.position is None:
        return f"{own}{named}; no point on the map"
    if is_area(place):
        return f"{own}{named}; an area about {2 * (place.radius_km or 0):.0f} km across"
    return f"{own}{named}" + (f"; within {place.radius_km:.0f} km" if place.radius_km else "")


def is_area(place: Place) -> bool:
    """Whether it is a district, province or side of a country: on a map a circle, never a point."""
    return place.position is not None and (place.precision or 1) >= _AREA


def number(value: float | None) -> str:
    """A number with thousands apart; whole numbers without a point."""
    if value is None:
        return "?"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def span_of(low: float | None, high: float | None) -> str:
    """A range in words: `24–99`, `70 or more`, `up to 9`, `12`."""
    if low is None and high is None:
        return "not said"
    if low is None:
        return f"up to {number(high)}"
    if high is None:
        return f"{number(low)} {_OPEN}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def toll(value: Toll) -> str:
    """A toll's range, and the best figure when the user's rule gives one."""
    if not value.figures:
        return "not said"
    best = f", best {number(value.best)}" if value.best is not None and value.low != value.high else ""
    return span_of(value.low, value.high) + best


def count(number_of: int, one: str, many: str | None = None) -> str:
    """`1 report`, `3 reports`."""
    return f"{number_of:,} {one if number_of == 1 else many or one + 's'}"


def some(names: list[str] | tuple[str, ...], most: int) -> str:
    """`a, b and 3 others` when there are more than `most`."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[:most])} and {count(len(names) - most, 'other')}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
