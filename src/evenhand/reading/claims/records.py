# ruff: noqa: D102  (the fields are those of the named modules, told there)
"""The records of places, times and quantities as they come in, and as they stand in a claim.

The kinds of record are those of `reading/places`, `reading/times` and `reading/quantities`, written down here as
the few fields that are needed, so that a test can hand in its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from evenhand.model.evidence import Span
from evenhand.model.reading import Operator, Place, Quantity, QuantityRole, Time


class PlaceLike(Protocol):
    """What `places.resolve` gives for one place expression."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def gazetteer(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def radius_km(self) -> float | None: ...
    @property
    def precision(self) -> int | None: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def circle(self) -> tuple[float, float, float] | None: ...


class MentionLike(Protocol):
    """What `places.find` gives for one place expression."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def use(self) -> str: ...
    @property
    def inside(self) -> int | None: ...


class TimeLike(Protocol):
    """What `times.find` gives for one time expression."""

    @property
    def span(self) -> Span: ...
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def precision(self) -> int | None: ...
    @property
    def reason(self) -> str | None: ...


def record_of(place: PlaceLike, *, inherited: bool = False) -> Place:
    """The ledger's place; an area or a country comes as its circle. `why`: why there is no point, or taken over."""
    why = None
    if place.lat is None:
        why = place.reasons[-1] if place.reasons else "not found in the gazetteer"
    if inherited:
        why = "not said here: taken over from another event of the report" + (f"; {why}" if why else "")
    lat, lon, km = place.circle if place.lat is None and place.circle else (place.lat, place.lon, place.radius_km)
    return Place(
        name=place.name,
        span=(place.start, place.end),
        country=place.country,
        gazetteer=place.gazetteer,
        lat=lat,
        lon=lon,
        radius_km=km,
        precision=place.precision,
        why=why,
    )


def joint_place(text: str, places: Sequence[PlaceLike]) -> Place:
    """The place of a figure that is told for several towns together: their words, unresolved."""
    start, end = min(p.start for p in places), max(p.end for p in places)
    countries = {p.country for p in places}
    return Place(
        name=text[start:end],
        span=(start, end),
        country=countries.pop() if len(countries) == 1 else None,
        why="one figure for several places",
    )


def time_record(mention: TimeLike, *, inherited: bool = False) -> Time:
    """The ledger's time; a day taken over from elsewhere in the report keeps the words it was told in."""
    why = mention.reason if mention.start is None and mention.end is None else None
    if inherited:
        why = "not said here: taken over from another event of the report" + (f"; {why}" if why else "")
    return Time(
        span=mention.span,
        start=mention.start.isoformat() if mention.start else None,
        end=mention.end.isoformat() if mention.end else None,
        precision=mention.precision,
        why=why,
    )


class QuantityLike(Protocol):
    """What `quantities.find` gives for one number."""

    @property
    def span(self) -> Span: ...
    @property
    def role(self) -> QuantityRole: ...
    @property
    def op(self) -> Operator: ...
    @property
    def low(self) -> int | float | None: ...
    @property
    def best(self) -> int | float | None: ...
    @property
    def high(self) -> int | float | None: ...
    @property
    def of(self) -> str | None: ...
    @property
    def part_of(self) -> int | None: ...
    @property
    def cumulative(self) -> bool: ...
    @property
    def reason(self) -> str | None: ...


def quantity_record(all_: Sequence[QuantityLike], index: int, chosen: Sequence[int]) -> Quantity:
    """The ledger's quantity; `part_of` becomes its whole's place among the claim's own quantities."""
    found = all_[index]
    whole = found.part_of
    return Quantity(
        role=found.role,
        span=found.span,
        op=found.op,
        low=found.low,
        best=found.best,
        high=found.high,
        of=found.of,
        part_of=list(chosen).index(whole) if whole is not None and whole in chosen else None,
        cumulative=found.cumulative,
        why=found.reason,
    )


def placed(places: Sequence[PlaceLike]) -> list[PlaceLike]:
    """Places sorted by position; of nested expressions the outermost stays."""
    kept: list[PlaceLike] = []
    for place in sorted(places, key=lambda p: (p.start, -p.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept
