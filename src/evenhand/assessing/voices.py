"""Each claim of an incident as a voice: who says it at the end of its chain, of whom, and in which words."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from evenhand.assessing.counted import counts_of, nobody_of
from evenhand.assessing.grounds import ground_of
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.naming import Namer
from evenhand.assessing.participants import actors_of, is_armed, own_men, parties_of
from evenhand.assessing.phrases import patterns
from evenhand.assessing.relevance import (
    answers_a_charge,
    day_of,
    goes_over,
    is_answered,
    is_bare_attack,
    is_by_anybody,
    is_causal,
    is_denied_as_a_rule,
    is_foiled,
    is_general_charge,
    is_general_denial,
    is_judged,
    is_left_open,
    is_made_safe,
    is_of_one_deed,
    is_only_named,
    is_owned_fault,
    is_rejected,
    is_repelled,
    is_specific,
    is_told_not_to_be,
    is_unsaid,
    is_verdict,
    said_on,
    takes_up,
)
from evenhand.assessing.shortened import is_unmade, named_elsewhere
from evenhand.assessing.tellers import CLAIMED, Teller, is_opinion, sentence_of, tellers_of, where_told
from evenhand.model.evidence import Record, Span, contains
from evenhand.model.incident import CopyGroup
from evenhand.model.reading import Claim, ClaimType, Entity, EntityKind, Reading

_BEGINS = 5
_TELLS = frozenset({"asserts", "admits"})
_TALKERS = frozenset({
    "ministry", "minister", "president", "presidency", "embassy", "council", "parliament", "spokesman", "spokeswoman",
    "ambassador", "secretary", "office",
})  # fmt: skip
"""Words for offices that speak and do not fight."""


class Voice(Record, frozen=True, kw_only=True):
    """One claim as said by one origin. `actors`: parties said to have done it, `targets`: parties said to be harmed.

    `forces` are the targets that are a party's own armed men or works, not its people; `armed`: the target is armed
    men or works, of whichever party. `causal`: the claim is of the incident's own kind or of the harm it did, so that
    its actor is whoever is said to have done it; `fault`: it calls the deed one. `span` is what the dossier shows: the
    statement's content, else the claim's evidence. `aside`: why the claim is of another incident than this one (see
    `bearing.py`), else empty. `refutes`: it denies it in so many
    words; `foiled`: as an attack that did not come about; `charging`: said in a charge against somebody.
    `answered`: it gives the reason of another deed ("in retaliation for"); `over`: its sentence goes over to another
    ("Earlier this month,"). `specific`: it says of this one deed when,
    where or how many, or is told of it by "the". `parts`, `feared`: numbers that count only some of the dead, or what
    their number may become or a war's; `earlier`: numbers given before and no longer; `lowered`: those said to replace
    a higher one; `firsts`: first numbers, which hold until their teller gives another; `some`: numbers of those seen by
    somebody or of one's own people, no totals beside a larger one; `known`: numbers that only say which deed is
    judged; `sums`: groups of numbers that count different dead of one deed; `nobody`: of whom it says that none died
    ("" of anybody), None where it does not say so; `counts_for`: the family whose numbers its own go on, if another's.
    `one_deed`: its sentence names one deed; `said_on`: the day on which it was said, where that is printed.
    """

    who: Identity
    report: str
    claim: Claim
    span: Span
    published: str | None
    outlet: str | None
    actors: frozenset[str]
    targets: frozenset[str]
    forces: frozenset[str]
    armed: bool
    causal: bool
    denied: bool
    admitted: bool
    opinion: bool
    hedged: bool
    own_voice: bool
    fault: bool = False
    of_another: bool = False
    refutes: bool = False
    foiled: bool = False
    charging: bool = False
    specific: bool = True
    answered: bool = False
    over: bool = False
    aside: str = ""
    parts: frozenset[Span] = frozenset()
    feared: frozenset[Span] = frozenset()
    earlier: frozenset[Span] = frozenset()
    lowered: frozenset[Span] = frozenset()
    firsts: frozenset[Span] = frozenset()
    some: frozenset[Span] = frozenset()
    known: frozenset[Span] = frozenset()
    sums: tuple[tuple[Span, ...], ...] = ()
    nobody: str | None = None
    counts_for: str = ""
    one_deed: bool = False
    said_on: date | None = None


class Incoming(Record, frozen=True, kw_only=True):
    """What voices are made from: the readings of a cluster's reports and how their texts are related."""

    readings: Mapping[str, Reading]
    groups: tuple[CopyGroup, ...]


def voices_of(refs: Iterable[tuple[str, str]], kind: ClaimType, incoming: Incoming, namer: Namer) -> tuple[Voice, ...]:
    """A voice for each claim (report id, claim id) and each who says it together, in that order."""
    texts = {report: group for group in incoming.groups for report in group.reports}
    told = sorted(refs)
    grounds = _grounds(sorted({report for report, _ in told}), incoming.readings, namer)
    claims = _claims_of(told, incoming.readings)
    bare = _only_bare(claims, kind, incoming.readings)
    voices: list[Voice] = []
    reports = sorted({report for report, _ in told})
    met: dict[tuple[str, str], Identity | None] = {}
    for report, claim_id in told:
        reading, claim = incoming.readings[report], claims[report, claim_id]
        ground = grounds[report]
        for teller in tellers_of(reading, claim, texts.get(report), incoming.readings, namer, ground):
            name = _unmade_name(teller)
            if name and (report, name) not in met:
                others = [incoming.readings[one] for one in reports if one != report]
                met[report, name] = named_elsewhere(name, others, namer)
            who = (met[report, name] if name else None) or teller.who
            voices.append(_voice(reading, claim, kind, with_changes(teller, who=who), (namer, ground), bare=bare))
    return _of_bodies_concerned(voices)


def _of_bodies_concerned(voices: list[Voice]) -> tuple[Voice, ...]:
    """The same voices; who speaks for a body that no profile lists, but that is said to have done it or to be harmed.

    Such a body knows its own acts and losses, and has a stake.
    """
    named = {words_of(part.name) for one in voices for part in (one.claim.actor, one.claim.target) if part is not None}
    found = []
    for voice in voices:
        body = words_of(voice.who.body)
        if body and voice.who.own is False and any(_stands_in(body, words) for words in named):
            why = f"{voice.who.name}, for {voice.who.body}, which is said to have done it or to be harmed by it"
            who = with_changes(voice.who, name=voice.who.body, own=True, partisan=True, why=why)
            found.append(with_changes(voice, who=who))
        else:
            found.append(voice)
    return tuple(found)


def _stands_in(part: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _grounds(reports: list[str], readings: Mapping[str, Reading], namer: Namer) -> dict[str, str | None]:
    """The country that each report tells of: where it places what it tells, or the only one that it names.

    Else that of the others: reports of one incident tell of one country.
    """
    found = {report: ground_of(readings[report]) for report in reports}
    others = {country for country in found.values() if country is not None}
    for report in reports:
        if found[report] is None:
            found[report] = namer.country_named(readings[report], others)
    return found


def _begins_with_another(reading: Reading, claim: Claim) -> bool:
    """Whether the sentence of a claim begins with somebody who neither acts nor is harmed in it: it is of him."""
    first, _ = sentence_of(reading, claim)
    inside = {part.entity for part in (claim.actor, claim.target) if part is not None}
    return any(
        first <= mention.span[0] <= first + _BEGINS and mention.span[1] <= claim.trigger[0]
        for entity in reading.entities
        if _talks(entity.kind, entity.name) and entity.id not in inside
        for mention in entity.mentions
        if mention.form == "name"
    )


@lru_cache(maxsize=1 << 14)  # asked of every entity of a report for each of its claims
def _talks(kind: EntityKind, name: str) -> bool:
    """Whether it is a person with a name or an office that speaks and does not fight."""
    named = kind == "person" and all(word[:1].isupper() for word in name.split())
    return named or bool(_TALKERS.intersection(words_of(name)))


def _unmade_name(teller: Teller) -> str:
    """The name of a speaker whom his or her own report does not make out; empty for any other."""
    statement = teller.statement
    if statement is None or statement.speaker is None or not is_unmade(teller.who):
        return ""
    return statement.speaker_name or ""


def _claims_of(refs: Iterable[tuple[str, str]], readings: Mapping[str, Reading]) -> dict[tuple[str, str], Claim]:
    wanted = set(refs)
    return {
        (report, claim.id): claim
        for report in {report for report, _ in wanted}
        for claim in readings[report].claims
        if (report, claim.id) in wanted
    }


def _only_bare(claims: Mapping[tuple[str, str], Claim], kind: ClaimType, readings: Mapping[str, Reading]) -> bool:
    """Whether the incident is of its kind only by the word "attack", so that any way of attacking is of it."""
    own = [(report, claim) for (report, _), claim in claims.items() if claim.type == kind]
    return kind == "ground_attack" and all(is_bare_attack(readings[report].report.text, claim) for report, claim in own)


def _voice(
    reading: Reading, claim: Claim, kind: ClaimType, teller: Teller, scene: tuple[Namer, str | None], *, bare: bool
) -> Voice:
    namer, ground = scene
    report, span, attitude = reading.report, teller.span, teller.attitude
    on = day_of(report.published) or day_of(claim.time.start if claim.time else None)
    entities = {entity.id: entity for entity in reading.entities}
    country = where_told(claim, ground)
    about = Source(name="", outlet=report.outlet, on=on, country=country)
    actors = actors_of(reading, claim, teller, namer, about)
    repelled = claim.actor is None and is_repelled(report.text, claim)
    leaves_open = _leaves_open(report.text, teller, claim)  # "is concerned by reports that X did it": names nobody
    unsure = leaves_open and attitude == "believes"
    actors = frozenset() if unsure or (repelled and attitude == "admits") else actors
    foiled, fault = is_foiled(report.text, span, claim), is_owned_fault(report.text, span, claim)
    rejected = foiled or is_rejected(report.text, span, claim)
    lost = own_men(claim, teller)
    targets = parties_of(claim.target, entities, namer, about) or lost
    armed = is_armed(claim.target, entities)
    return Voice(
        who=teller.who, report=report.id, claim=claim, span=span, published=report.published,
        outlet=report.outlet,
        actors=actors, targets=targets, forces=targets if armed else lost, armed=armed,
        causal=is_causal(
            claim, kind, attitude,
            bare=bare or is_bare_attack(report.text, claim), taken_up=takes_up(report.text, claim),
        )
        and not _is_general(reading, claim, attitude)
        and not is_made_safe(report.text, claim)
        and not (kind == "mass_grave" and claim.type != kind and _of_one(claim, entities)),
        denied=claim.polarity == "denied" or attitude == "denies" or rejected,
        admitted=fault or (attitude == "admits" and not repelled and not CLAIMED.search(teller.cue)), fault=fault,
        own_voice=teller.own_voice, of_another=teller.own_voice and _begins_with_another(reading, claim),
        opinion=is_opinion(teller)
        or leaves_open
        or is_unsaid(report.text, span, claim)
        or (claim.polarity != "denied" and _judges(report.text, teller, claim)),
        hedged=claim.modality == "possible",
        **(counts_of(report.text, claim) if claim.quantities else {}), charging=attitude == "blames",
        said_on=said_on(report.text, sentence_of(reading, claim), claim, day_of(report.published)),
        one_deed=is_of_one_deed(report.text, sentence_of(reading, claim)),
        nobody=nobody_of(report.text, claim)
        if attitude in _TELLS and is_told_not_to_be(report.text, span, claim)
        else None,
        answered=is_answered(report.text, claim), over=goes_over(report.text, sentence_of(reading, claim)),
        refutes=(attitude == "denies" or rejected or is_told_not_to_be(report.text, span, claim))
        and not answers_a_charge(report.text, claim),
        foiled=foiled, specific=teller.boasts or is_specific(report.text, sentence_of(reading, claim), claim, span),
    )  # fmt: skip


def _leaves_open(text: str, teller: Teller, claim: Claim) -> bool:
    """Whether it leaves open what it speaks of; who confirms reports of a deed says that it was done."""
    return is_left_open(text, teller.span, claim) and not patterns("relevance")["confirms"].search(teller.cue)


def _of_one(claim: Claim, entities: Mapping[str, Entity]) -> bool:
    """Whether it tells of one person with a name, who is not the dead of a grave."""
    span = claim.target.span if claim.target is not None else None
    people = [one for one in entities.values() if one.kind == "person" and not one.name.startswith("unnamed:")]
    return span is not None and any(
        mention.form == "name" and contains(span, mention.span) for one in people for mention in one.mentions
    )


def _judges(text: str, teller: Teller, claim: Claim) -> bool:
    statement = teller.statement
    named = statement is not None and statement.cue is not None and is_only_named(text, statement.cue, claim)
    return named or is_judged(text, teller.span, claim) or is_verdict(text, claim)


def _is_general(reading: Reading, claim: Claim, attitude: str) -> bool:
    text, sentence = reading.report.text, sentence_of(reading, claim)
    return (
        is_general_denial(text[slice(*sentence)], claim, attitude)
        or is_denied_as_a_rule(text, claim, attitude)
        or is_by_anybody(claim)
        or is_general_charge(text, sentence, claim, attitude)
    )
