"""Tolls: every reported number with its origin and words, and the range over those that stand. Never an average."""

from collections import Counter
from collections.abc import Iterable, Mapping

from evenhand.assessing.numbers import Number, figures_of
from evenhand.assessing.phrases import table
from evenhand.assessing.settings import BestRule
from evenhand.assessing.updates import least, marked, most
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record
from evenhand.model.incident import Figure

_OFFICIALS = "class:officials"


class Range(Record, frozen=True, kw_only=True):
    """Bounds over the figures that stand; `apart` are origins whose latest figures cannot both be so."""

    figures: tuple[Figure, ...]
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    giving: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    why: tuple[str, ...] = ()


def toll(
    voices: Iterable[Voice], role: str, known: Mapping[str, bool], graded: Mapping[str, int], best: BestRule
) -> Range:
    """The range of one measure (`killed`, `injured`).

    `known`: origin name → whether it has own knowledge; `graded`: origin name → rank, 0 for the one to be preferred
    where the user asks for the latest figure of the best-graded origin.
    """
    heard = list(voices)
    families = {voice.who.name: voice.counts_for or voice.who.family for voice in heard}
    lowered = frozenset((voice.report, span) for voice in heard for span in voice.lowered)
    figures = marked(list(figures_of(heard, role, known)), families, lowered)
    known_by_name = {
        (voice.report, quantity.span)
        for voice in heard if voice.who.posted and voice.who.family == _OFFICIALS
        for quantity in voice.claim.quantities
    }  # fmt: skip
    named = [figure for figure in figures if _stands(figure) and figure.origin in known]
    exact = [figure for figure in named if not figure.vague]
    identified = [
        figure for figure in named
        if _identified(figure, families) or (figure.report, figure.span) in known_by_name
    ]  # fmt: skip
    standing = [figure for figure in exact if figure in identified] or exact or identified or named
    if not standing:
        loose = [figure for figure in figures if _stands(figure)] or [one for one in figures if not one.part]
        standing = [figure for figure in loose if not figure.vague] or loose
    lows = [value for figure in standing if (value := least(figure)) is not None]
    highs = [value for figure in standing if (value := most(figure)) is not None]
    giving = frozenset(figure.origin for figure in standing if figure.origin in known)
    return Range(
        figures=tuple(figures),
        low=min(lows, default=None),
        high=max(highs, default=None),
        best=_best(standing, best, known, graded),
        giving=frozenset(origin for origin in giving if origin is not None),
        apart=_apart([figure for figure in standing if figure.origin and known.get(figure.origin)]),
        why=_why(figures, standing, best),
    )


def _identified(figure: Figure, families: Mapping[str, str]) -> bool:
    """Whether it is of somebody whom the profile or a role makes out, or who has a name: officials without one are not.

    Whoever gives a toll under a name of his own ("Senator Xan Yish") can be asked for it; "the figures" cannot.
    """
    family = families.get(figure.origin or "", "")
    if family.startswith("name:"):
        return _is_a_name(figure.origin or "")
    return family != _OFFICIALS


def _is_a_name(origin: str) -> bool:
    """Whether every word but articles and the like begins with a capital, as words of a sentence do not."""
    words = origin.replace("-", " ").split()
    small = frozenset(table("counted")["kinds"]["in_names"])
    return len(words) > 1 and all(word[:1].isupper() or word in small for word in words)


def _stands(figure: Figure) -> bool:
    return not figure.part and not figure.superseded


def _apart(figures: list[Figure]) -> frozenset[str]:
    """Origins whose totals cannot both be so: no number is in both, and the lower one is not merely the earlier.

    A toll rises as the dead are found: a lower figure of an earlier day is compatible with a higher later one.
    An open bound ("at least 20") excludes nothing above it.
    """
    apart: set[str] = set()
    for one in figures:
        for two in figures:
            if one.origin is None or two.origin is None or one.origin == two.origin:
                continue
            top, bottom = _ceiling(one), least(two)
            if top is None or bottom is None or top >= bottom:
                continue
            if not (one.as_of and two.as_of and one.as_of < two.as_of):
                apart |= {one.origin, two.origin}
    return frozenset(apart)


def _ceiling(figure: Figure) -> Number | None:
    return figure.high


def _best(figures: list[Figure], rule: BestRule, known: Mapping[str, bool], graded: Mapping[str, int]) -> Number | None:
    if rule == "none":
        return None
    if rule == "most_conservative":
        return min((value for figure in figures if (value := least(figure)) is not None), default=None)
    ranked = sorted(
        (figure for figure in figures if figure.origin and known.get(figure.origin)),
        key=lambda f: (graded.get(f.origin or "", 99), f.origin or ""),
    )
    if not ranked:
        return None
    chosen = [figure for figure in ranked if figure.origin == ranked[0].origin]
    last = max(chosen, key=lambda f: (f.as_of or "", f.report, f.span))
    return last.best if last.best is not None else last.low


def _why(figures: Iterable[Figure], standing: Iterable[Figure], best: BestRule) -> tuple[str, ...]:
    """How many figures move no bound, each for one reason, and by which rule there is a best."""
    counted = {id(figure) for figure in standing}
    reasons = Counter(_left_out(figure) for figure in figures if id(figure) not in counted)
    left_out = [f"{reasons[words]} {words}" for words in _REASONS if reasons[words]]
    notes = [f"not counted: {', '.join(left_out)}"] if left_out else []
    if best != "none":
        notes.append(f"best by the rule that the user chose: {best.replace('_', ' ')}")
    return tuple(notes)


_REASONS = (
    "of some of the dead or wounded", "replaced by another of the same origin or given as an earlier one",
    "in words without a number", "without a named origin", "of a source that nobody makes out beside one that is known",
)  # fmt: skip


def _left_out(figure: Figure) -> str:
    """Why a figure moves no bound."""
    states = (figure.part, figure.superseded, figure.vague, figure.origin is None, True)
    return next(words for words, holds in zip(_REASONS, states, strict=True) if holds)
