"""Whether what a voice says is of this incident or of another that the same reports mention beside it.

Claims are grouped by report, and a report tells of more than one thing: yesterday's raid on the next village, the
dead of the war. Such a claim stays with the incident's reports, but it is no account of the incident: it makes
nobody an origin of it and moves no figure. Each claim that is set aside says why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.assessing.forces import MEANS
from evenhand.assessing.identity import with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.relevance import day_of
from evenhand.assessing.spreads import distance_km, radius_km
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Span
from evenhand.model.reading import ClaimType, Place, Time

_NEAR_KM = 10.0
"""Between the edges of two places: a village is often told by the town that it lies near."""
_EFFECTS: frozenset[ClaimType] = frozenset({"killing", "injury", "destruction"})
_BATTLES: frozenset[ClaimType] = frozenset({"armed_clash", "territory_taken"})
"""Of these the armed are the dead, whoever else the few claims of their own kind say was struck."""
_FROM_AFAR: frozenset[ClaimType] = frozenset({"airstrike", "shelling", "bombing", "chemical_attack"})
_BY_HAND: frozenset[ClaimType] = frozenset({"execution", "torture", "abduction", "detention"})
_SMALL_KM = 15.0
_BESIDE = 200
"""Code points from what is said within which a day stands in its own sentence, not in one before it."""
_COUNTRY = 6
"""UCDP's where_prec of a country."""
_DAYS = 1
_SHORT = 2
_FEW = 0.2
_TELLING = 3
_EVERYWHERE = frozenset({
    "the", "and", "area", "areas", "town", "towns", "city", "cities", "village", "villages", "district", "districts",
    "neighbourhood", "neighbourhoods", "neighborhood", "neighborhoods", "civilians", "people", "residents", "held",
    "rebel", "government", "controlled", "targets", "positions", "northern", "southern", "eastern", "western",
})  # fmt: skip
"""Words of a target that any town has: to share them shows nothing."""
_PRECISE_DAYS = 2
_NEVER = 1 << 60
"""Behind every position of a text."""
_TAKEN_OVER = "not said here"
"""How a place or day that a claim takes over from another begins to say why (`reading/claims/records.py`)."""


def bearing(voices: Iterable[Voice], kind: ClaimType, place: Place | None, time: Time | None) -> tuple[Voice, ...]:
    """The same voices; those that tell of another happening have `aside` set to the reason and are not causal."""
    heard = list(voices)
    told = {voice.report for voice in heard if voice.claim.type == kind and not voice.answered}
    here = [
        one for one in heard
        if not (_elsewhere(one.claim.place, place) or _another_day(one.claim.time, time) or _answered(one, told))
    ]  # fmt: skip
    core = _Core.of(heard, kind, here, [one for one in here if _is_at(one, place)])
    apart = {
        _words(voice) for voice in heard if core.spares(voice) and not (_is_at(voice, place) and core.answers(voice))
    }
    with_cause = {_words(voice) for voice in heard if voice.claim.type == kind}
    linked = {_words(voice) for voice in heard if core.counts_alike(voice)}
    first: dict[str, int] = {}
    for voice in heard:
        if not voice.over:
            first[voice.report] = min(voice.claim.trigger[0], first.get(voice.report, _NEVER))
    found = []
    for voice in heard:
        why = _another_deed(voice, kind) or _said_before(voice, time)
        why = why or ("tells of what it is said to answer" if _answered(voice, told) else "")
        if not why and _words(voice) not in linked and not _answers(voice):
            why = (
                _elsewhere(voice.claim.place, place)
                or ("" if _counts_on(voice, time) else _another_day(voice.claim.time, time))
                or _at_large(voice, place)
            )
        if not why and voice.over and voice.claim.trigger[0] > first.get(voice.report, _NEVER):
            why = "" if _is_said_at(voice, place) else "tells of another deed, to which its report goes over"
        if not why and _words(voice) not in with_cause:
            if _words(voice) in apart:
                why = "tells of harm to armed men or their works, which the accounts of the incident itself do not"
            elif not _is_at(voice, place) and core.struck_back(voice):
                why = "tells what those who were struck did to others"
            elif core.leaves_out(voice):
                why = f"tells of {voice.claim.type.replace('_', ' ')}, and nothing shows that it is this"
        found.append(with_changes(voice, aside=why, causal=False) if why else voice)
    return _with_their_cause(found, kind)


def _with_their_cause(voices: list[Voice], kind: ClaimType) -> tuple[Voice, ...]:
    """Harm that is told together with nothing but another attack, which is set aside, goes with it."""
    kept = {_words(voice) for voice in voices if voice.claim.type not in _EFFECTS and not voice.aside}
    caused = {_words(voice): voice.aside for voice in voices if voice.aside and voice.claim.type in _FROM_AFAR - {kind}}
    return tuple(
        with_changes(voice, aside=caused[_words(voice)], causal=False)
        if not voice.aside and voice.claim.type in _EFFECTS and _words(voice) in caused.keys() - kept
        else voice
        for voice in voices
    )


def _answered(voice: Voice, told: set[str]) -> bool:
    """Whether it gives the reason for the incident, which its report tells of beside it ("in response to")."""
    return voice.answered and voice.report in told


def _answers(voice: Voice) -> bool:
    """Whether it denies and itself names no place and no day: it answers what is told around it."""
    told = [part.why or "" for part in (voice.claim.place, voice.claim.time) if part is not None]
    return voice.denied and all(why.startswith(_TAKEN_OVER) for why in told)


def _words(voice: Voice) -> tuple[str, Span]:
    return voice.report, voice.span


@dataclass(frozen=True, slots=True)
class _Core:
    """What the claims of the incident's own kind say: by whom and on what; and in which reports each number stands.

    `accusing`: each family with the parties that it says did it.
    """

    kind: ClaimType
    actors: frozenset[str]
    words: frozenset[str]
    only_unarmed: bool
    harmed: frozenset[str]
    numbers: Mapping[tuple[str, float], frozenset[str]]
    accusing: frozenset[tuple[str, frozenset[str]]]

    @classmethod
    def of(cls, voices: list[Voice], kind: ClaimType, here: list[Voice], at: list[Voice]) -> "_Core":
        """From all voices; `here`: none of another place or day; `at`: those of its very place."""
        own = [voice for voice in voices if voice.claim.type == kind]
        struck = [voice for voice in own if voice.claim.target is not None]
        numbers: defaultdict[tuple[str, float], set[str]] = defaultdict(set)
        for voice in here:
            for number in _numbers(voice):
                numbers[number].add(voice.report)
        return cls(
            kind=kind,
            actors=frozenset().union(*(voice.actors for voice in own)),
            words=frozenset().union(*(_target_words(voice) for voice in own)),
            harmed=frozenset().union(*(one.targets for one in at if one.claim.type in {kind, *_EFFECTS})),
            only_unarmed=kind not in _EFFECTS | _BATTLES
            and bool(struck)
            and sum(voice.armed for voice in struck) <= len(struck) * _FEW,
            numbers={number: frozenset(reports) for number, reports in numbers.items()},
            accusing=frozenset((one.who.family, one.actors) for one in here if one.causal and one.actors),
        )

    def counts_alike(self, voice: Voice) -> bool:
        """Whether another report gives one of its exact numbers: so rarely by chance that place and day may differ."""
        return any(self.numbers.get(number, frozenset()) - {voice.report} for number in _numbers(voice))

    def struck_back(self, voice: Voice) -> bool:
        """Whether it tells of harm that those harmed by the incident did to others: the answer to it, or its cause."""
        others = bool(voice.actors) and not voice.actors & self.actors
        return (
            self.kind in _FROM_AFAR
            and others
            and bool(self.actors and voice.actors & self.harmed)
            and bool(voice.targets and not voice.targets & voice.actors)
        )

    def spares(self, voice: Voice) -> bool:
        """Whether it tells of harm to the armed, where the incident struck nobody armed and nothing of theirs."""
        harmed = voice.armed and voice.claim.type in _EFFECTS
        return self.only_unarmed and harmed and not _target_words(voice) & self.words and not self.owns(voice)

    def answers(self, voice: Voice) -> bool:
        """Whether a party that others accuse tells of its own deed on the spot: "its troops killed 30 militants"."""
        if self.kind in _FROM_AFAR or voice.who.party not in voice.actors:
            return False
        return any(voice.who.party in actors for family, actors in self.accusing if family != voice.who.family)

    def owns(self, voice: Voice) -> bool:
        """Whether a party tells its own deed by what the incident's kind is done with: whom it hit is in dispute."""
        actor = voice.claim.actor
        by = frozenset(words_of(actor.name)) if actor is not None else frozenset[str]()
        return voice.who.party in voice.actors and bool(by & MEANS.get(self.kind, frozenset()))

    def leaves_out(self, voice: Voice) -> bool:
        """Whether a claim of another cause, by others or on others than the incident is told of, has nothing of it."""
        if voice.claim.type in {self.kind, *_EFFECTS} or voice.actors & self.actors:
            return False
        if self.kind == "armed_clash" and voice.claim.type == "ground_attack":
            return False
        others = bool(self.actors and voice.actors) or bool(self.words and _target_words(voice))
        return others and not (_target_words(voice) & self.words or self.counts_alike(voice))


def _target_words(voice: Voice) -> frozenset[str]:
    target = voice.claim.target
    words = words_of(target.name) if target is not None else ()
    return frozenset(word for word in words if len(word) > _SHORT) - _EVERYWHERE


def _numbers(voice: Voice) -> frozenset[tuple[str, float]]:
    """Exact numbers of dead or wounded, large enough to show something."""
    return frozenset(
        (q.role, float(q.low))
        for q in voice.claim.quantities
        if q.role in {"killed", "injured"} and q.low is not None and q.low == q.best and q.low >= _TELLING
    )


def _another_deed(voice: Voice, kind: ClaimType) -> str:
    """Who was executed did not die of the shelling, nor who was shelled of the execution."""
    for one, others in ((kind, voice.claim.type), (voice.claim.type, kind)):
        if one in _FROM_AFAR and others in _BY_HAND:
            return f"tells of {voice.claim.type.replace('_', ' ')}, not of {kind.replace('_', ' ')}"
    return ""


def _elsewhere(said: Place | None, place: Place | None) -> str:
    if said is None or place is None or max(radius_km(said), radius_km(place)) > _SMALL_KM:
        return ""
    apart = distance_km(said, place)
    if apart is None or apart <= radius_km(said) + radius_km(place) + _NEAR_KM:
        return ""
    return f"tells of {said.name}, {apart:.0f} km from {place.name}"


def _is_said_at(voice: Voice, place: Place | None) -> bool:
    """Whether it is told of the incident's own place in words of its own."""
    said = voice.claim.place
    if said is None or place is None or (said.why or "").startswith(_TAKEN_OVER):
        return False
    return said.name == place.name or (said.position is not None and _is_at(voice, place))


def _is_at(voice: Voice, place: Place | None) -> bool:
    """Whether it is told of the incident's own place, and not only of the land about it."""
    said = voice.claim.place
    return said is not None and place is not None and radius_km(said) <= _SMALL_KM and not _elsewhere(said, place)


def _at_large(voice: Voice, place: Place | None) -> str:
    """What somebody says of a whole country, and of no day, is no account of what happened in one place of it."""
    said, when = voice.claim.place, voice.claim.time
    if voice.own_voice or said is None or place is None or (place.precision or 0) >= _COUNTRY:
        return ""
    if voice.admitted and voice.specific:
        return ""  # who owns a fault owns one deed, though only the country is said
    if voice.one_deed and any(quantity.cumulative for quantity in voice.claim.quantities):
        return ""  # "after a mine attack in the country's north, bringing the number of dead to 18"
    if said.country != place.country:  # another country is more often misread than told of
        return ""
    own_day = when is not None and when.span is not None and abs(when.span[0] - voice.span[0]) < _BESIDE
    if (said.precision or 0) < _COUNTRY or own_day:
        return ""
    return f"tells of the whole of {said.name} and of no day"


def _another_day(said: Time | None, time: Time | None) -> str:
    theirs, ours = _days(said), _days(time)
    if theirs is None or ours is None:
        return ""
    gap = max((theirs[0] - ours[1]).days, (ours[0] - theirs[1]).days)
    return f"tells of {theirs[0].isoformat()}, {gap} days apart" if gap > _DAYS else ""


def _said_before(voice: Voice, time: Time | None) -> str:
    """What was said before the incident's day tells of another deed."""
    ours = _days(time)
    if voice.said_on is None or ours is None or (ours[0] - voice.said_on).days <= _DAYS:
        return ""
    return f"was said on {voice.said_on.isoformat()}, before it"


def _counts_on(voice: Voice, time: Time | None) -> bool:
    """Whether it gives a running total as it stood on a later day: "13 have died so far, the last on Thursday"."""
    said, told = _days(voice.claim.time), _days(time)
    running = any(quantity.cumulative and quantity.role == "killed" for quantity in voice.claim.quantities)
    return running and said is not None and told is not None and said[0] >= told[1]


def _days(time: Time | None) -> tuple[date, date] | None:
    """First and last day, where they are known to two days."""
    if time is None:
        return None
    start = day_of(time.start) or day_of(time.end)
    end = day_of(time.end) or start
    if start is None or end is None or (end - start).days >= _PRECISE_DAYS:
        return None
    return start, end
