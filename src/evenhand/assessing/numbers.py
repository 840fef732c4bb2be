"""The numbers that the claims of an incident give of its dead or wounded, each as a figure with what it counts."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce

from evenhand.assessing.identity import with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.phrases import table
from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record, overlaps
from evenhand.model.incident import Figure
from evenhand.model.reading import Quantity, Time

Number = float | int
_FEW_DAYS = timedelta(3)
"""What goes on for some days ("since Sunday") has one toll; a week of strikes has many."""
_ARMED = frozenset(table("counted")["kinds"]["of_a_force"]) | frozenset(table("counted")["kinds"]["armed"])
_MEMBERS = {"members"}
"""Of a force where armed men are harmed, else of a family."""
_HARM = {"killing", "injury"}
_PEOPLE_ARE = {"killed": {"killing", "execution", "mass_grave"}, "injured": {"injury"}}


def figures_of(voices: Iterable[Voice], role: str, known: Mapping[str, bool]) -> Iterable[Figure]:
    """A figure for each number of one measure (`killed`, `injured`); `known` as in `figures.toll`."""
    heard = list(voices)
    heard = [voice for voice in heard if not voice.aside]
    largest = _Largest.of(heard, role)
    deniers = {voice.who.family for voice in heard if voice.denied and voice.claim.type not in _HARM}
    for voice in heard:
        spares = role == "killed" and voice.nobody is not None and voice.who.family not in deniers
        of_all = voice.nobody in ("", "people") or largest.counts(voice.nobody or "")
        if spares and of_all and _is_somebodys(voice, known):  # who says that there was no raid counts nobody's dead
            yield Figure(
                low=0, best=0, high=0, report=voice.report, span=voice.claim.trigger, origin=voice.who.name,
                as_of=voice.published,
            )  # fmt: skip
        if voice.denied or voice.claim.modality not in {"asserted", "possible"}:
            continue
        for quantity in _summed(voice):
            if quantity.span in voice.feared or _is_of_the_actor(quantity, voice):
                continue
            total = not quantity.cumulative or _of_few_days(voice.claim.time)
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
    of_a_force: bool

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
            of_a_force=any(
                _ARMED.intersection(words_of(one.of or ""))
                for voice in voices for one in voice.claim.quantities if one.role == role
            ),
        )  # fmt: skip

    def counts(self, whom: str) -> bool:
        """Whether those of whom none died are those whom others count: "no soldiers" where 600 servicemen died."""
        return whom in _ARMED and self.of_a_force

    def holds(self, voice: Voice, quantity: Quantity) -> bool:
        """Whether it counts only some of the dead ("eleven children") while a larger number is told of all.

        Of men of one force ("13 policemen") only where their teller gives the larger number: they may be all.
        """
        counted, size, kinds = set(words_of(quantity.of or "")), _size(quantity), table("counted")["kinds"]
        if counted.intersection(kinds["some"]) or counted.intersection(kinds["kin"]) or quantity.span in voice.some:
            return size < self.everywhere
        if quantity.of is None and quantity.low == quantity.high == 1:
            return size < self.everywhere  # "bodies, one still in a bus"
        of_a_force = counted.intersection(kinds["of_a_force"]) or (voice.armed and counted & _MEMBERS)
        return bool(of_a_force) and size < self.of_family.get(voice.who.family, 0)

    def gives_another(self, voice: Voice, quantity: Quantity) -> bool:
        """Whether it is a first number and its teller gives another one in the same report."""
        given = self.numbers.get((voice.report, voice.who.family), frozenset())
        return quantity.span in voice.firsts and bool(given - {_size(quantity)})


def _of_few_days(time: Time | None) -> bool:
    """A rising toll of a few days, or told without a day, is that of what it is told of; of a longer time it is not."""
    start, end = (day_of(time.start), day_of(time.end)) if time is not None else (None, None)
    return start is None or (end or start) - start <= _FEW_DAYS


def _is_vague(quantity: Quantity) -> bool:
    return quantity.op == "plural"
