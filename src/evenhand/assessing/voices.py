"""Each claim of an incident as a voice: who says it at the end of its chain, of whom, and in which words."""

import re
from collections.abc import Iterable, Mapping

from evenhand.assessing.counted import earlier_of, feared_of, lowered_of, parts_of, sums_of, totals_of
from evenhand.assessing.grounds import ground_of
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.naming import Namer
from evenhand.assessing.relevance import (
    day_of,
    is_answered,
    is_bare_attack,
    is_causal,
    is_foiled,
    is_general_charge,
    is_general_denial,
    is_judged,
    is_left_open,
    is_only_named,
    is_owned_fault,
    is_rejected,
    is_repelled,
    is_specific,
    is_told_not_to_be,
)
from evenhand.assessing.shortened import is_unmade, named_elsewhere
from evenhand.assessing.tellers import CLAIMED, Teller, is_opinion, own_side, sentence_of, tellers_of
from evenhand.model.evidence import Record, Span, overlaps
from evenhand.model.incident import CopyGroup
from evenhand.model.reading import Claim, ClaimType, Entity, Participant, Reading, Statement

_FORCES = frozenset({"armed_group", "government", "weapon"})
_FORCE_WORDS = frozenset({
    "soldier", "soldiers", "troops", "forces", "army", "police", "fighter", "fighters", "policemen", "pilot",
    "pilots", "crew", "helicopter", "aircraft", "warplane", "warplanes", "plane", "jet", "jets", "tank", "tanks",
    "ship", "base", "checkpoint", "servicemen", "crewmen", "officer", "officers", "serviceman", "militants",
    "gunmen", "terrorists", "insurgents", "rebels", "combatants", "jihadists", "extremists", "positions", "bunker",
    "bunkers", "trench", "trenches", "artillery", "mercenaries", "headquarters",
})  # fmt: skip
_CHARGES = re.compile(r"\b(?:accus|blam|charg)", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s*(?P<who>[^.;:,]{2,60}?) (?:of|for) ")
_ON_WHOM = re.compile(
    r"[^.;:]{0,20}? on (?P<who>[^.;:,]{2,40}?)(?= who\b| which\b| that\b| saying\b| after\b|[.;:,\"]|$)"
)
_BEFORE = 60
_BEGINS = 5
_TALKERS = frozenset({
    "ministry", "minister", "president", "presidency", "embassy", "council", "parliament", "spokesman", "spokeswoman",
    "ambassador", "secretary", "office",
})  # fmt: skip
"""Words for offices that speak and do not fight."""
_WORDS_BEFORE = 4
_ARTICLES = frozenset({"the", "a", "an", "this", "these", "that", "those", "its", "their", "his"})
_OWNERS = frozenset({"government", "regime", "army", "coalition", "military"})
_OF_FORCES = _OWNERS | {"forces", "troops", "air", "force", "warplane", "jet", "helicopter", "artillery", "naval"}
_DEEDS_TOLD = (
    "strike", "raid", "attack", "shelling", "bombing", "bombardment", "fire", "assault", "offensive", "ambush",
    "operation", "massacre", "missile", "barrage", "incursion",
)  # fmt: skip
"""How nouns of an attack end."""
_ATTACKS: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "ground_attack", "execution",
})  # fmt: skip


class Voice(Record, frozen=True, kw_only=True):
    """One claim as said by one origin. `actors`: parties said to have done it, `targets`: parties said to be harmed.

    `forces` are the targets that are a party's own armed men or works, not its people; `armed`: the target is armed
    men or works, of whichever party. `causal`: the claim is of the
    incident's own kind or of the harm it did, so that its actor is whoever is said to have done it. `span` is what
    the dossier shows: the statement's content, else the claim's evidence. `aside`: why the claim is of another
    incident than this one (see `bearing.py`), else empty. `refutes`: it denies it in so many
    words; `foiled`: as an attack that did not come about; `charging`: said in a charge against somebody.
    `answered`: it gives the reason of another deed ("in retaliation for"). `specific`: it says of this one deed when,
    where or how many, or is told of it by "the". `parts`, `feared`: numbers that count only some of the dead, or what
    their number may become or a war's; `earlier`: numbers given before and no longer; `lowered`: those said to replace
    a higher one; `sums`: groups of numbers that count different dead of one deed.
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
    of_another: bool = False
    refutes: bool = False
    foiled: bool = False
    charging: bool = False
    specific: bool = True
    answered: bool = False
    aside: str = ""
    parts: frozenset[Span] = frozenset()
    feared: frozenset[Span] = frozenset()
    earlier: frozenset[Span] = frozenset()
    lowered: frozenset[Span] = frozenset()
    sums: tuple[tuple[Span, ...], ...] = ()


class Incoming(Record, frozen=True, kw_only=True):
    """What voices are made from: the readings of a cluster's reports and how their texts are related."""

    readings: Mapping[str, Reading]
    groups: tuple[CopyGroup, ...]


def voices_of(refs: Iterable[tuple[str, str]], kind: ClaimType, incoming: Incoming, namer: Namer) -> tuple[Voice, ...]:
    """A voice for each claim (report id, claim id) and each who says it together, in that order."""
    texts = {report: group for group in incoming.groups for report in group.reports}
    grounds: dict[str, str | None] = {}
    told = sorted(refs)
    claims = _claims_of(told, incoming.readings)
    bare = _only_bare(claims, kind, incoming.readings)
    voices: list[Voice] = []
    reports = sorted({report for report, _ in told})
    met: dict[tuple[str, str], Identity | None] = {}
    for report, claim_id in told:
        reading, claim = incoming.readings[report], claims[report, claim_id]
        if report not in grounds:
            grounds[report] = ground_of(reading)
        ground = grounds[report]
        for teller in tellers_of(reading, claim, texts.get(report), incoming.readings, namer, ground):
            name = _unmade_name(teller)
            if name and (report, name) not in met:
                others = [incoming.readings[one] for one in reports if one != report]
                met[report, name] = named_elsewhere(name, others, namer)
            who = (met[report, name] if name else None) or teller.who
            voices.append(_voice(reading, claim, kind, with_changes(teller, who=who), (namer, ground), bare=bare))
    return tuple(voices)


def _begins_with_another(reading: Reading, claim: Claim) -> bool:
    """Whether the sentence of a claim begins with somebody who neither acts nor is harmed in it: it is of him."""
    first, _ = sentence_of(reading, claim)
    inside = {part.entity for part in (claim.actor, claim.target) if part is not None}
    return any(
        first <= mention.span[0] <= first + _BEGINS and mention.span[1] <= claim.trigger[0]
        for entity in reading.entities
        if _talks(entity) and entity.id not in inside
        for mention in entity.mentions
        if mention.form == "name"
    )


def _talks(entity: Entity) -> bool:
    """Whether it is a person with a name or an office that speaks and does not fight."""
    named = entity.kind == "person" and all(word[:1].isupper() for word in entity.name.split())
    return named or bool(_TALKERS.intersection(words_of(entity.name)))


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
    country = (claim.place.country if claim.place else None) or ground
    about = Source(name="", outlet=report.outlet, on=on, country=country)
    actor = None if _is_only_the_speaker(claim.actor, teller.statement, teller.cue) else claim.actor
    actors = (frozenset() if teller.own_voice else own_side(actor, teller)) or _parties(actor, entities, namer, about)
    actors = actors or _named_so(actor, reading, namer)
    actors = actors or _charged(report.text, claim, teller, namer, about)
    actors = actors or _named_before(report.text, claim, span, namer, about)
    repelled = claim.actor is None and is_repelled(report.text, claim)
    actors = frozenset() if repelled and attitude == "admits" else actors
    foiled = is_foiled(report.text, span, claim)
    rejected = foiled or is_rejected(report.text, span, claim)
    targets, armed = _parties(claim.target, entities, namer, about), _armed(claim.target, entities)
    return Voice(
        who=teller.who, report=report.id, claim=claim, span=span, published=report.published,
        outlet=report.outlet,
        actors=actors, targets=targets, forces=targets if armed else frozenset(), armed=armed,
        causal=is_causal(claim, kind, attitude, bare=bare or is_bare_attack(report.text, claim))
        and not _is_general(reading, claim, attitude),
        denied=claim.polarity == "denied" or attitude == "denies" or rejected,
        admitted=(attitude == "admits" and not repelled and not CLAIMED.search(teller.cue))
        or is_owned_fault(report.text, span, claim),
        own_voice=teller.own_voice, of_another=teller.own_voice and _begins_with_another(reading, claim),
        opinion=is_opinion(teller) or is_left_open(report.text, span, claim) or _judges(report.text, teller, claim),
        hedged=claim.modality == "possible",
        parts=parts_of(report.text, claim), feared=feared_of(report.text, claim) | totals_of(report.text, claim),
        earlier=earlier_of(report.text, claim), lowered=lowered_of(report.text, claim),
        sums=sums_of(report.text, claim), charging=attitude == "blames",
        answered=is_answered(report.text, claim),
        refutes=attitude == "denies"
        or rejected
        or is_told_not_to_be(report.text, span, claim),
        foiled=foiled, specific=teller.boasts or is_specific(report.text, sentence_of(reading, claim), claim),
    )  # fmt: skip


def _judges(text: str, teller: Teller, claim: Claim) -> bool:
    statement = teller.statement
    named = statement is not None and statement.cue is not None and is_only_named(text, statement.cue, claim)
    return named or is_judged(text, teller.span, claim)


def _parties(
    participant: Participant | None, entities: Mapping[str, Entity], namer: Namer, about: Source
) -> frozenset[str]:
    """The parties that an actor or target may be; "A or B" are two that are not told apart."""
    if participant is None or participant.name.startswith("unnamed:"):
        return frozenset()  # a source that is not named is no actor

    def party_of(name: str) -> str | None:
        return namer.party_of(Source(name=name, outlet=about.outlet, on=about.on, country=about.country))

    entity = entities.get(participant.entity or "")
    found = {party for name in _alternatives(participant.name) if (party := party_of(name)) is not None}
    if not found and entity is not None:
        party = entity.party or party_of(entity.name)
        return frozenset({party} if party else ())
    return frozenset(found)


def _named_so(actor: Participant | None, reading: Reading, namer: Namer) -> frozenset[str]:
    """The party that the report names by the words for an actor without an owner: "the rebels"."""
    party = namer.named_so(actor.name, reading) if actor is not None else None
    return frozenset({party} if party else ())


def _charged(text: str, claim: Claim, teller: Teller, namer: Namer, about: Source) -> frozenset[str]:
    """The party charged where no actor was made out: "accused X of", "blamed X for", "blamed the attack on X"."""
    statement = teller.statement
    if claim.actor is not None or statement is None or statement.cue is None or not _CHARGES.search(teller.cue):
        return frozenset()
    start, end = claim.trigger
    found = _OF_WHAT.match(text[statement.cue[1] : start]) if statement.cue[1] <= start else None
    found = found or _ON_WHOM.match(text[end : end + _BEFORE])
    if found is None:
        return frozenset()
    party = namer.party_of(Source(name=found["who"].strip(), outlet=about.outlet, on=about.on, country=about.country))
    return frozenset({party} if party else ())


def _named_before(text: str, claim: Claim, content: Span, namer: Namer, about: Source) -> frozenset[str]:
    """The party in the words right before an attack, where no actor was made out: "X army shelling", "Y air strikes".

    Only names and words for forces that stand within what is said are read so; the speaker stands before it.
    """
    if claim.type not in _ATTACKS:
        return frozenset()
    start = claim.trigger[0]
    since = max(0, start - _BEFORE, content[0] if content[0] <= start else 0)
    named: list[str] = []
    for word in reversed(re.split(r"[.,;:!?\n\"]", text[since:start])[-1].split()[-_WORDS_BEFORE:]):
        if word.casefold() in _ARTICLES or not (
            word[:1].isupper() or word.endswith("-led") or word.casefold() in _OF_FORCES
        ):
            break
        named.insert(0, word)
    if not any(word[:1].isupper() or word.casefold() in _OWNERS for word in named):
        return frozenset()
    told = text[claim.trigger[0] : claim.trigger[1]].rsplit(maxsplit=1)[-1].casefold()
    if not told.rstrip("s").endswith(_DEEDS_TOLD) and not any(word.casefold() in _OF_FORCES for word in named):
        return frozenset()  # before a verb an adjective alone is not who does it: "the words in Xian lay on the grass"
    party = namer.party_of(Source(name=" ".join(named), outlet=about.outlet, on=about.on, country=about.country))
    return frozenset({party} if party else ())


def _is_only_the_speaker(actor: Participant | None, statement: Statement | None, cue: str) -> bool:
    """Whether an actor stands outside the words said, where only the speaker stands.

    Who says something is not thereby who did it, save where it denies, admits or claims the deed.
    """
    if actor is None or actor.span is None or statement is None:
        return False
    if statement.attitude in {"denies", "admits"} or CLAIMED.search(cue):
        return False
    return not any(start <= actor.span[0] < end for start, end in statement.content) and (
        actor.entity == statement.speaker or (statement.source is not None and overlaps(actor.span, statement.source))
    )


def _alternatives(name: str) -> list[str]:
    parts = [name]
    for separator in (" and/or ", " or ", " and ", "/"):
        parts = [piece for part in parts for piece in part.split(separator)]
    stripped = [part.strip() for part in parts if part.strip()]
    head = stripped[-1].split()[-1] if len(stripped) > 1 and len(stripped[-1].split()) > 1 else ""
    spelt = [part if not head or part.endswith(head) else f"{part} {head}" for part in stripped]
    return list(dict.fromkeys((name, *stripped, *spelt)))


def _armed(target: Participant | None, entities: Mapping[str, Entity]) -> bool:
    """Whether a target is armed men or works of a party rather than its people."""
    if target is None:
        return False
    entity = entities.get(target.entity or "")
    if entity is not None and entity.kind in _FORCES:
        return True
    return bool(_FORCE_WORDS.intersection(words_of(target.name)))


def _is_general(reading: Reading, claim: Claim, attitude: str) -> bool:
    text, sentence = reading.report.text, sentence_of(reading, claim)
    return is_general_denial(text[slice(*sentence)], claim, attitude) or is_general_charge(
        text, sentence, claim, attitude
    )
