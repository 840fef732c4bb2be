"""An incident over time: when it is said to have happened, apart from when that was published, and the tolls.

All coordinates are worked out here, in units of the drawing's own width (`WIDTH`); the template only draws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log10

from evenhand.dossier import words
from evenhand.dossier.shelf import Cite, Shelf
from evenhand.model.incident import Figure, Incident

WIDTH = 760.0
LEFT, RIGHT = 128.0, 12.0  # what the names of the lanes and the last label need
_BAR, _GAP = 15.0, 6.0
_TOLL_HEIGHT = 150.0
_MOST_BARS = 8
_MOST_ORIGINS = 8  # as many shapes as can be told apart
_LOG_FROM = 40.0  # from this ratio of highest to lowest figure on, the scale is logarithmic
_TICKS = 6
_STEPS = (1, 2, 7, 14, 30, 61, 91, 183, 365, 730, 1826, 3652)  # days between ticks
SHAPES = ("circle", "square", "diamond", "up", "down", "cross", "plus", "ring")


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days in which it is said to have happened."""

    x: float
    width: float
    y: float
    label: str
    origins: tuple[str, ...]
    main: bool
    before: bool  # it begins before the axis does
    after: bool


@dataclass(frozen=True, slots=True)
class Published:
    """The reports of one day."""

    x: float
    day: str
    reports: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one origin: a mark at its best or lowest number, a line over its range; `open`: no upper end."""

    x: float
    y: float
    top: float
    bottom: float
    open: bool
    label: str
    href: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one origin in the order of their days."""

    origin: str
    shape: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line through the marks, as SVG points."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True, slots=True)
class TollChart:
    """Tolls over time: series by origin, the scale's ticks (y, label) and what is not drawn."""

    measure: str
    series: tuple[Series, ...]
    scale: tuple[tuple[float, str], ...]
    logarithmic: bool
    left_out: int
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything drawn, and its text twin in `bars` and `published`."""

    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    more_bars: int
    bars_height: float
    published: tuple[Published, ...]
    undated: int
    charts: tuple[TollChart, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins; days beyond the axis lie at its edge."""
        return self._at((min(max(day, self.first), self.last + timedelta(days=1)) - self.first).days)

    def noon(self, day: date) -> float:
        """The middle of a day: where what is of that day and has no length is drawn."""
        return self._at((day - self.first).days + 0.5)

    def _at(self, days: float) -> float:
        whole = (self.last - self.first).days + 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * days / whole, 1)


def timeline(incident: Incident, shelf: Shelf) -> Timeline | None:
    """The incident's timeline, or None where no date is known."""
    spans = _spans(incident, shelf)
    published = [(day, r) for r in incident.reports if (day := _day(shelf.readings[r].report.published))]
    tolls = (("killed", incident.questions.killed.figures), ("injured", incident.questions.injured.figures))
    counted = [day for _, all_figures in tolls for figure in all_figures if (day := _day(figure.as_of))]
    axis = _axis(incident, list(spans), [day for day, _ in published] + counted)
    if axis is None:
        return None
    bars = _bars(spans, incident, axis)
    return Timeline(
        ticks=_ticks(axis),
        bars=bars[:_MOST_BARS],
        more_bars=max(0, len(bars) - _MOST_BARS),
        bars_height=min(len(bars), _MOST_BARS) * (_BAR + _GAP),
        published=_published(published, axis, shelf),
        undated=len(incident.reports) - len(published),
        charts=tuple(chart for name, found in tolls if (chart := _chart(name, found, axis, shelf))),
    )


def _axis(incident: Incident, spans: Sequence[tuple[date, date]], seen: Sequence[date]) -> _Axis | None:
    """From the incident's own time to the last report of it; spans that reach further are cut off at the edge.

    Without that, one report that reckons "since 2011" would press all days of the incident into one line.
    """
    own = incident.time
    first, last = (_day(own.start), _day(own.end)) if own else (None, None)
    days = [day for day in (first, last, *seen) if day]
    if not days:
        days = [day for span in spans for day in span]
    if not days:
        return None
    room = timedelta(days=max(2, (max(days) - min(days)).days // 12))
    return _Axis(min(days) - room, max(days) + room)


def _spans(incident: Incident, shelf: Shelf) -> dict[tuple[date, date], set[str]]:
    """(first day, last day) as said, and the origins that say so."""
    found: defaultdict[tuple[date, date], set[str]] = defaultdict(set)
    for origin in incident.origins:
        for ref in origin.claims:
            claim = shelf.claim(ref.report, ref.claim)
            if claim is None or claim.time is None or claim.polarity == "denied":
                continue
            first = _day(claim.time.start)
            if first is not None:
                found[first, _day(claim.time.end) or first].add(origin.name)
    return dict(found)


def _bars(spans: dict[tuple[date, date], set[str]], incident: Incident, axis: _Axis) -> tuple[Bar, ...]:
    """One bar a span, the incident's own first; what lies wholly outside the axis is a stub at its edge."""
    chosen = (_day(incident.time.start), _day(incident.time.end)) if incident.time else (None, None)
    ranked = sorted(spans, key=lambda s: (s != chosen, -len(spans[s]), s))
    bars = []
    for number, (first, last) in enumerate(ranked):
        x, end = axis.x(first), axis.x(last + timedelta(days=1))
        bars.append(
            Bar(
                x=min(x, WIDTH - RIGHT - 3.0), width=max(3.0, end - x), y=number * (_BAR + _GAP),
                label=_from_to(first, last), origins=tuple(sorted(spans[first, last])),
                main=(first, last) == chosen, before=first < axis.first, after=last > axis.last,
            )
        )  # fmt: skip
    return tuple(bars)


def _from_to(first: date, last: date) -> str:
    if first == last:
        return words.day(first.isoformat())
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} to {last.day} {last:%b %Y}"


def _published(found: Iterable[tuple[date, str]], axis: _Axis, shelf: Shelf) -> tuple[Published, ...]:
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for day, report in found:
        by_day[day].append(report)
    return tuple(
        Published(axis.noon(day), words.day(day.isoformat()), tuple(shelf.cite(report) for report in by_day[day]))
        for day in sorted(by_day)
    )


def _chart(measure: str, found: Sequence[Figure], axis: _Axis, shelf: Shelf) -> TollChart | None:
    drawn = [figure for figure in found if _day(figure.as_of) and not figure.part and _at(figure) is not None]
    by_origin: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in drawn:
        by_origin[figure.origin or "not attributed"].append(figure)
    names = sorted(by_origin, key=lambda name: (-len(by_origin[name]), name))[:_MOST_ORIGINS]
    kept = [figure for name in names for figure in by_origin[name]]
    if not kept:
        return None
    scale = _Scale.of([number for figure in kept for number in (_at(figure), figure.high, figure.low) if number])
    series = tuple(
        Series(name, shape, tuple(_point(figure, axis, scale, shelf) for figure in sorted(by_origin[name], key=_order)))
        for name, shape in zip(names, SHAPES, strict=False)
    )
    return TollChart(measure, series, scale.ticks(), scale.logarithmic, len(found) - len(kept), _TOLL_HEIGHT)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Numbers to heights: from nought, or logarithmic where the figures lie far apart."""

    top: float
    logarithmic: bool

    @classmethod
    def of(cls, numbers: Sequence[float]) -> _Scale:
        top = max([*numbers, 1.0])
        least = min([number for number in numbers if number > 0], default=1.0)
        return cls(top, top / least >= _LOG_FROM)

    def y(self, number: float) -> float:
        share = log10(1 + max(0.0, number)) / log10(1 + self.top) if self.logarithmic else number / self.top
        return round(_TOLL_HEIGHT * (1 - min(1.0, share)), 1)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        if self.logarithmic:
            numbers = [0.0] + [10.0**power for power in range(7) if 10.0**power <= self.top]
        else:
            step = _step(self.top)
            numbers = [step * count for count in range(int(self.top / step) + 1)]
        return tuple((self.y(number), words.number(number)) for number in numbers)


def _step(top: float) -> float:
    """1, 2 or 5 times a power of ten, so that at most six lines stand in the chart."""
    power = 10 ** int(log10(max(1.0, top)))
    for step in (power / 5, power / 2, power, 2 * power):
        if step >= 1 and top / step <= _TICKS:
            return float(step)
    return float(2 * power)


def _at(figure: Figure) -> float | None:
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)


def _point(figure: Figure, axis: _Axis, scale: _Scale, shelf: Shelf) -> Point:
    at, day = _at(figure), _day(figure.as_of)
    assert at is not None and day is not None  # _chart keeps no other
    low = figure.low if figure.low is not None else at
    high = figure.high if figure.high is not None else at
    label = f"{words.span_of(figure.low, figure.high)}, as of {words.day(figure.as_of)}"
    return Point(
        axis.noon(day), scale.y(at), scale.y(high), scale.y(low), figure.high is None, label,
        shelf.to_span(figure.report, figure.span), figure.superseded,
    )  # fmt: skip


def _order(figure: Figure) -> tuple[str, float, str, tuple[int, int]]:
    return figure.as_of or "", _at(figure) or 0.0, figure.report, figure.span


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    days = (axis.last - axis.first).days
    step = next((step for step in _STEPS if days / step <= _TICKS), max(1, days // _TICKS))
    found = []
    day = axis.first + timedelta(days=1)
    while day < axis.last:
        found.append(Tick(axis.noon(day), _short(day) if step < 183 and days < 300 else f"{day:%b %Y}"))
        day += timedelta(days=step)
    return tuple(found)


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}" if day.day == 1 and day.month == 1 else f"{day.day} {day:%b}"


def _day(value: str | None) -> date | None:
    """An ISO date, whole; None for what is none."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
