"""Which figures are parts of a larger total, and which of them a later one of the same origin has replaced."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from evenhand.assessing.numbers import Number
from evenhand.model.evidence import Span
from evenhand.model.incident import Figure


def marked(figures: list[Figure], families: Mapping[str, str], lowered: frozenset[tuple[str, Span]]) -> list[Figure]:
    """Parts of a larger total of the same report and origin, and totals that the same family later replaced.

    The dead grow more as they are found: a lower total of a later day is no update but another account, and both stand,
    unless it is said to replace the higher one (`lowered`: report and span).

    A figure that comes as superseded was given as an earlier one ("up from 30"): any other of its family replaces it.
    """
    ordered = sorted(figures, key=lambda f: (not f.superseded, f.as_of or "", least(f) or 0, f.report, f.span))
    whole: defaultdict[tuple[str, str | None], Number] = defaultdict(int)
    for figure in ordered:
        if not figure.part and not figure.vague and not figure.superseded:
            key = (figure.report, figure.origin)
            whole[key] = max(whole[key], least(figure) or 0)
    parted = [
        _with(f, part=f.part or (not f.vague and (most(f) or 0) < whole[f.report, f.origin]), superseded=f.superseded)
        for f in ordered
    ]
    latest: dict[str, Figure] = {}
    for figure in parted:
        if figure.origin is not None and not figure.part and not figure.vague:
            family = families.get(figure.origin, figure.origin)
            held = latest.get(family)
            latest[family] = figure if held is None or held.superseded or _replaces(figure, held, lowered) else held
    together: defaultdict[tuple[str, Span], set[str]] = defaultdict(set)
    for figure in parted:
        if figure.origin is not None:
            together[figure.report, figure.span].add(families.get(figure.origin, figure.origin))
    return [
        _with(f, part=f.part, superseded=_is_superseded(f, latest, families) or _is_raised(f, latest, together))
        for f in parted
    ]


def _is_raised(
    figure: Figure, latest: Mapping[str, Figure], together: Mapping[tuple[str, Span], Collection[str]]
) -> bool:
    """Whether one of those who gave a number together ("medics and residents said") gave a higher one later."""
    tellers = together.get((figure.report, figure.span), ())
    held = [latest[family] for family in tellers if family in latest] if len(tellers) > 1 else []
    return any((one.as_of or "") > (figure.as_of or "") and (least(one) or 0) > (least(figure) or 0) for one in held)


def _replaces(later: Figure, earlier: Figure, lowered: frozenset[tuple[str, Span]]) -> bool:
    """Whether a figure that comes later (or, of one day, is higher) is an update: no lower one, or said to be one."""
    return (later.report, later.span) in lowered or (least(later) or 0) >= (least(earlier) or 0)


def _is_superseded(figure: Figure, latest: Mapping[str, Figure], families: Mapping[str, str]) -> bool:
    if figure.superseded or figure.origin is None or figure.vague:
        return figure.superseded
    held = latest.get(families.get(figure.origin, figure.origin))
    if held is None or (held.low, held.best, held.high) == (figure.low, figure.best, figure.high):
        return False
    lower = figure.high is not None and (figure.as_of or "") > (held.as_of or "")  # "at least N" says nothing against
    return figure.part or not lower


def _with(figure: Figure, *, part: bool, superseded: bool) -> Figure:
    return Figure(
        low=figure.low, best=figure.best, high=figure.high, origin=figure.origin, report=figure.report,
        span=figure.span, as_of=figure.as_of, superseded=superseded, part=part, vague=figure.vague,
    )  # fmt: skip


def least(figure: Figure) -> Number | None:
    """The lower end of what was said."""
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    return min(known, default=None)


def most(figure: Figure) -> Number | None:
    """The upper end of what was said; "at least N" says no more than N."""
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    return max(known, default=None)
