"""Tolls: every reported number with its origin and words, and the range over those that stand. Never an average."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce

from evenhand.assessing.identity import with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.settings import BestRule
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record, Span, overlaps
from evenhand.model.incident import Figure
from evenhand.model.reading import Quantity, Time

Number = float | int
_SOME = frozenset({
    "child", "children", "minors", "infants", "babies", "girls", "boys", "woman", "women", "elderly", "medics",
    "doctors", "nurses", "teachers", "pupils", "students", "journalists", "volunteers", "attackers", "attacker",
    "assailants", "assailant", "gunmen", "gunman", "bombers", "bomber",
})  # fmt: skip
_OF_A_FORCE = frozenset({
    "policemen", "policeman", "policewomen", "police", "gendarmes", "guards", "soldiers", "troops",
    "servicemen", "forces", "members",
})  # fmt: skip
_OFFICIALS = "class:officials"
_PEOPLE_ARE = {"killed": {"killing", "execution", "mass_grave"}, "injured": {"injury"}}


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
    families = {voice.who.name: voice.who.family for voice in heard}
    lowered = frozenset((voice.report, span) for voice in heard for span in voice.lowered)
    figures = _mark(list(_figures(heard, role, known)), families, lowered)
    named = [figure for figure in figures if _stands(figure) and figure.origin in known]
    exact = [figure for figure in named if not figure.vague]
    standing = [figure for figure in exact if _identified(figure, families)] or exact
    standing = standing or [figure for figure in named if _identified(figure, families)] or named
    if not standing:
        loose = [figure for figure in figures if _stands(figure)] or [one for one in figures if not one.part]
        standing = [figure for figure in loose if not figure.vague] or loose
    lows = [value for figure in standing if (value := _least(figure)) is not None]
    highs = [value for figure in standing if (value := _most(figure)) is not None]
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


def _figures(voices: Iterable[Voice], role: str, known: Mapping[str, bool]) -> Iterable[Figure]:
    heard = list(voices)
    heard = [voice for voice in heard if not voice.aside]
    largest = _Largest.of(heard, role)
    for voice in heard:
        if voice.denied or voice.claim.modality not in {"asserted", "possible"}:
            continue
        for quantity in _summed(voice):
            if quantity.span in voice.feared or _is_of_the_actor(quantity, voice):
                continue
            total = not quantity.cumulative or _of_one_day(voice.claim.time)
            if total and _measures(quantity.role, voice.claim.type, role):
                yield Figure(
                    low=_rounded(quantity, quantity.low), best=quantity.best, high=_rounded(quantity, quantity.high),
                    report=voice.report, span=quantity.span,
                    origin=voice.who.name if _is_somebodys(voice, known) and quantity.span not in voice.known else None,
                    as_of=voice.published, vague=_is_vague(quantity),
                    superseded=quantity.span in voice.earlier or largest.gives_another(voice, quantity),
                    part=quantity.part_of is not None or quantity.span in voice.parts
                    or largest.holds(voice, quantity),
                )  # fmt: skip


def _summed(voice: Voice) -> Iterable[Quantity]:
    """The numbers of a claim; two that count different dead of one deed ("120 fighters and 60 mercenaries") as one."""
    by_span = {quantity.span: quantity for quantity in voice.claim.quantities}
    taken = {span for group in voice.sums for span in group}
    for group in voice.sums:
        yield reduce(_added, (by_span[span] for span in group))
    yield from (quantity for quantity in voice.claim.quantities if quantity.span not in taken)


def _added(first: Quantity, second: Quantity) -> Quantity:
    return with_changes(  # all told: no longer only the children of "22 children and six teachers"
        first, of=None, span=(first.span[0], second.span[1]), op=first.op if first.op == second.op else "range",
        low=_plus(first.low, second.low), best=_plus(first.best, second.best), high=_plus(first.high, second.high),
    )  # fmt: skip


def _rounded(quantity: Quantity, bound: float | None) -> float | None:
    """A bound of "about N", which a claim has rounded outwards, to the nearest whole number: about 32 are 29 to 35."""
    if quantity.op != "~" or quantity.best is None or bound is None or bound != int(bound):
        return bound
    tenths = 9 * quantity.best if bound < quantity.best else 11 * quantity.best  # a half goes outwards: 112.5 to 112
    return math.ceil(tenths / 10 - 0.5) if bound < quantity.best else math.floor(tenths / 10 + 0.5)


def _plus(one: Number | None, two: Number | None) -> Number | None:
    return one + two if one is not None and two is not None else None


def _is_somebodys(voice: Voice, known: Mapping[str, bool]) -> bool:
    """Whether a number is of an origin: said by somebody, known to the outlet, or of the party whose organ it is."""
    if not voice.own_voice or known.get(voice.who.name):
        return True
    return voice.who.party is not None and voice.who.engaged and voice.who.own is None


def _is_of_the_actor(quantity: Quantity, voice: Voice) -> bool:
    """Whether it counts who did it: "a suicide bomber killed 30"."""
    actor = voice.claim.actor
    return actor is not None and actor.span is not None and overlaps(actor.span, quantity.span)


def _measures(counted: str, kind: str, role: str) -> bool:
    """Whether a number counts the dead (or injured): by its role, or as people in a claim of killing (or injury)."""
    return counted == role or (counted == "people" and kind in _PEOPLE_ARE[role])


def _size(quantity: Quantity) -> Number:
    return max((value for value in (quantity.low, quantity.best) if value is not None), default=0)


class _Largest(Record, frozen=True, kw_only=True):
    """The largest number told of one measure: `everywhere`, and by family; `numbers`: all that each gave, by report."""

    everywhere: Number
    of_family: Mapping[str, Number]
    numbers: Mapping[tuple[str, str], frozenset[Number]]

    @classmethod
    def of(cls, voices: Iterable[Voice], role: str) -> "_Largest":
        """Over these voices, without what is feared."""
        numbers: defaultdict[tuple[str, str], set[Number]] = defaultdict(set)
        for voice in voices:
            for one in voice.claim.quantities:
                if one.role == role and one.span not in voice.feared and one.op != "plural":
                    numbers[voice.report, voice.who.family].add(_size(one))
        largest: defaultdict[str, Number] = defaultdict(int)
        for (_, family), sizes in numbers.items():
            largest[family] = max(largest[family], *sizes)
        return cls(
            everywhere=max(largest.values(), default=0), of_family=largest,
            numbers={key: frozenset(sizes) for key, sizes in numbers.items()},
        )  # fmt: skip

    def holds(self, voice: Voice, quantity: Quantity) -> bool:
        """Whether it counts only some of the dead ("eleven children") while a larger number is told of all.

        Of men of one force ("13 policemen") only where their teller gives the larger number: they may be all.
        """
        counted, size = set(words_of(quantity.of or "")), _size(quantity)
        if counted & _SOME or quantity.span in voice.some:
            return size < self.everywhere
        return bool(counted & _OF_A_FORCE) and size < self.of_family.get(voice.who.family, 0)

    def gives_another(self, voice: Voice, quantity: Quantity) -> bool:
        """Whether it is a first number and its teller gives another one in the same report."""
        given = self.numbers.get((voice.report, voice.who.family), frozenset())
        return quantity.span in voice.firsts and bool(given - {_size(quantity)})


def _of_one_day(time: Time | None) -> bool:
    """A rising toll of one day, or told without a day, is that of what it is told of; one of a longer time is not."""
    return time is None or time.start is None or time.start == time.end


def _is_vague(quantity: Quantity) -> bool:
    return quantity.op == "plural"


def _mark(figures: list[Figure], families: Mapping[str, str], lowered: frozenset[tuple[str, Span]]) -> list[Figure]:
    """Parts of a larger total of the same report and origin, and totals that the same family later replaced.

    The dead grow more as they are found: a lower total of a later day is no update but another account, and both stand,
    unless it is said to replace the higher one (`lowered`: report and span).

    A figure that comes as superseded was given as an earlier one ("up from 30"): any other of its family replaces it.
    """
    ordered = sorted(figures, key=lambda f: (not f.superseded, f.as_of or "", _least(f) or 0, f.report, f.span))
    whole: defaultdict[tuple[str, str | None], Number] = defaultdict(int)
    for figure in ordered:
        if not figure.part and not figure.vague and not figure.superseded:
            key = (figure.report, figure.origin)
            whole[key] = max(whole[key], _least(figure) or 0)
    parted = [
        _with(f, part=f.part or (not f.vague and (_most(f) or 0) < whole[f.report, f.origin]), superseded=f.superseded)
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
    return any((one.as_of or "") > (figure.as_of or "") and (_least(one) or 0) > (_least(figure) or 0) for one in held)


def _replaces(later: Figure, earlier: Figure, lowered: frozenset[tuple[str, Span]]) -> bool:
    """Whether a figure that comes later (or, of one day, is higher) is an update: no lower one, or said to be one."""
    return (later.report, later.span) in lowered or (_least(later) or 0) >= (_least(earlier) or 0)


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


def _identified(figure: Figure, families: Mapping[str, str]) -> bool:
    """Whether it is of somebody whom the profile or a role makes out: a bare name is not, nor are "officials"."""
    family = families.get(figure.origin or "", "")
    return not family.startswith("name:") and family != _OFFICIALS


def _stands(figure: Figure) -> bool:
    return not figure.part and not figure.superseded


def _least(figure: Figure) -> Number | None:
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    return min(known, default=None)


def _most(figure: Figure) -> Number | None:
    """The upper end of what was said; "at least N" says no more than N."""
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    return max(known, default=None)


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
            top, bottom = _ceiling(one), _least(two)
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
        return min((value for figure in figures if (value := _least(figure)) is not None), default=None)
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
