"""Who says a claim and in what way: its statement's source, who is overheard in the outlet's words, or the outlet."""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.assessing.called import bare
from evenhand.assessing.claimed import as_a_party, claimed_by_another, claims_it_itself, owned_in
from evenhand.assessing.described import is_finding
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.making_out import PERCEIVED, made_out, perceiving, through
from evenhand.assessing.naming import Namer
from evenhand.assessing.overheard import claims_the_deed, overheard, source_named, speaker_before
from evenhand.assessing.phrases import patterns
from evenhand.assessing.relevance import day_of
from evenhand.assessing.sources import each_of, said_at, source_of, speaking_of
from evenhand.model.evidence import Record, Span, overlaps
from evenhand.model.incident import CopyGroup
from evenhand.model.reading import Claim, ClaimType, Entity, Reading, Statement
from evenhand.model.report import Report

CLAIMED = patterns("tellers")["claimed"]
"""Cues of a deed told with pride: "claimed responsibility" serves its side and is no admission against it."""
OWN_WORDS = frozenset({"our", "we", "us", "my"})
_VIOLENCE: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "ground_attack", "armed_clash", "mines_or_explosives",
})  # fmt: skip
_REGION = 5
"""UCDP's where_prec from which on a place is a stretch of land or a whole country."""
_CONDEMNS = re.compile(
    r"\b(?:condemn|denounc|deplor|decr(?:y|ie)|slam|criticis|criticiz|mourn|lament|welcom|praise|regret)\w*",
    re.IGNORECASE,
)
"""Cues of who judges a deed: it has heard of it, and tells nothing of it."""
_WE = frozenset({"we", "i"})
_IN_A_TOWN = re.compile(r"\s{0,4}(?:In|From) (?P<town>[A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20}){0,2}),?\s")
_OPINIONS = frozenset({"believes", "hopes", "intends", "demands", "asks", "warns"})


class Teller(Record, frozen=True, kw_only=True):
    """Who says a claim and how. `boasts`: it claims the deed as its own; `statement`: None for the outlet's words."""

    who: Identity
    span: Span
    attitude: str = "asserts"
    cue: str = ""
    own_voice: bool = False
    boasts: bool = False
    statement: Statement | None = None


def text_of(report: Report, group: CopyGroup | None, readings: Mapping[str, Reading]) -> str | None:
    """Whose text another outlet prints: the wire's, else that of the outlet that had it first; None of its own."""
    if group is None:
        wire = report.wires[0] if len(report.wires) == 1 else None
    else:
        wire = group.of
        if wire is None:
            kept = [readings[key].report for key in group.reports if key in readings]
            first = min(kept or [report], key=lambda one: (one.published or "9999", one.id))
            wire = first.outlet
    return wire if wire != report.outlet else None


def tellers_of(
    reading: Reading,
    claim: Claim,
    group: CopyGroup | None,
    readings: Mapping[str, Reading],
    namer: Namer,
    ground: str | None = None,
) -> list[Teller]:
    """Those who say a claim: of sources that say it together each, else who is overheard, else the outlet.

    `ground`: the country that the report tells of, where the claim has no place.
    """
    report = reading.report
    on = day_of(report.published) or day_of(claim.time.start if claim.time else None)
    country = where_told(claim, ground)
    statement = owned_in(reading, claim) or _told_by_somebody(claim.statement, reading)
    sentence = sentence_of(reading, claim)
    relative = _relative(statement, report.text)
    relative = relative if relative and speaker_before(reading, relative, on, country) is not None else None
    if statement is not None and relative is None and _names_someone(statement) and not _is_a_deed(statement, reading):
        entities = {entity.id: entity for entity in reading.entities}
        speaking = speaking_of(statement, reading)
        country = namer.land_of(_said_where(report.text, speaking), on) or country
        if _is_nobody(statement, report.text):
            page = _own_voice(report, group, readings, namer, (on, country))
            return [Teller(who=page, span=sentence, attitude="believes", own_voice=True)]
        source = source_of(speaking, entities, report, on, country, said_at(reading))
        if (other := claimed_by_another(reading, claim, sentence, statement)) is not None:
            about = Source(name="", outlet=report.outlet, on=on, country=country)
            return [_claiming(source_named(other, reading, about), other, statement.content[0], reading, namer)]
        since = statement.cue[0] if statement.cue else sentence[0]
        cue, scene = report.text[slice(*statement.cue)] if statement.cue else "", (on, country)
        said, carried = (speaking, statement), text_of(report, group, readings)
        page = _own_voice(report, group, readings, namer, scene)
        if page.kind is not None and _for_its_page(source, speaking, report.text):
            return [
                Teller(who=page, cue=cue, span=statement.content[0], attitude=statement.attitude, statement=statement)
            ]
        boasts = claims_it_itself(report.text, statement, since, claim.trigger[1]) or claims_the_deed(
            report.text, since, claim
        )
        told = [
            Teller(
                who=through(perceiving(made_out(one, said, reading, namer), cue), statement, namer, scene),
                cue=cue, span=statement.content[0],
                attitude=statement.attitude, statement=statement, boasts=boasts,
            )
            for one in (with_changes(each, text_of=carried) for each in each_of(source))
        ]  # fmt: skip
        return [_as_claimant(one, source, entities.get(statement.speaker or "")) for one in told] if boasts else told
    if statement is not None and statement.cue is not None:
        spoken = speaker_before(reading, relative or statement.cue, on, country)
        if spoken is not None:
            cue = report.text[slice(*statement.cue)]
            who = namer.identify_in(spoken, reading)
            return [
                Teller(
                    who=who, cue=cue, span=statement.content[0], attitude=statement.attitude, statement=statement,
                )
            ]  # fmt: skip
    span = claim.evidence[0] if claim.evidence else sentence
    found = overheard(reading, claim, sentence, on, country)
    if found is not None:
        attitude = "denies" if found.denies_it else "asserts"
        who = namer.identify_in(with_changes(found.source, text_of=text_of(report, group, readings)), reading)
        if found.claims_it:
            who = as_a_party(who, found.source, body=False)
        return [Teller(who=who, span=span, boasts=found.claims_it, attitude=attitude)]
    who = _own_voice(report, group, readings, namer, (on, country))
    return [Teller(who=who, span=span, own_voice=who.kind is None)]  # what an organisation publishes is its own word


def _claiming(source: Source, entity: Entity, span: Span, reading: Reading, namer: Namer) -> Teller:
    """Somebody who is told to have claimed the deed, in the words of another."""
    return _as_claimant(Teller(who=namer.identify_in(source, reading), span=span, boasts=True), source, entity)


def _as_claimant(teller: Teller, source: Source, entity: Entity | None) -> Teller:
    """Who claims a deed, as a party to it where nobody else makes it out."""
    body = (
        entity is not None and entity.kind in {"organisation", "armed_group"} and not entity.name.startswith("unnamed:")
    )
    return with_changes(teller, who=as_a_party(teller.who, source, body=body))


def _relative(statement: Statement | None, text: str) -> Span | None:
    """Where who speaks ends, if the source is a clause about them: "the group, | which met 41 witnesses, said"."""
    if statement is None or statement.source is None or not _CLAUSE.match(text[slice(*statement.source)]):
        return None
    end = len(text[: statement.source[0]].rstrip(" ,"))
    return end, end


_CLAUSE = re.compile(r"(?:which|who|whose)\s\S", re.IGNORECASE)


def _told_by_somebody(statement_id: str | None, reading: Reading) -> Statement | None:
    """The statement of a claim; where its subject says nothing, the one around it.

    So in "20 are said | to have died", and in "told the committee | which is looking into | the deaths that 20 died".
    """
    by_id = {one.id: one for one in reading.statements}
    found = by_id.get(statement_id or "")
    for _ in reading.statements:
        if found is None or not _says_nothing(found, reading.report.text):
            return found
        found = by_id.get(found.parent or "")
    return None


def _for_its_page(source: Source, speaking: Statement, text: str) -> bool:
    """Whether a body's own page speaks for the body: "we can confirm", "latest figures show" that nobody tells of."""
    found = speaking.source is not None and is_finding(text[slice(*speaking.source)])
    return bare(source.name).casefold() in _WE or (found and not source.org)


def _is_nobody(statement: Statement, text: str) -> bool:
    """Whether it is told that nobody says it: "no group | has said | it was behind the bombing"."""
    return statement.source is not None and patterns("tellers")["nobody"].match(text, *statement.source) is not None


def _is_passive(statement: Statement, text: str) -> bool:
    """Whether the one named is who is spoken of: "N | are believed | to be"."""
    cue, source = statement.cue, statement.source
    if cue is None or source is None or source[1] > cue[0] or not statement.content:
        return False
    if patterns("tellers")["is_blamed"].fullmatch(text[source[1] : cue[1]].strip()) is not None:
        return True
    spoken_of = patterns("tellers")["spoken_of"].fullmatch(text[source[1] : cue[1]].strip())
    said = text[source[1] : cue[1]].strip() == "said"  # "18 men | said | to be officers"
    return (spoken_of is not None or said) and text.startswith("to ", statement.content[0][0])


def _is_turned(statement: Statement, text: str) -> bool:
    """Whether who is taken for the speaker is the subject of what is said: "it said | rebels | attacked the post"."""
    cue, source = statement.cue, statement.source
    if cue is None or source is None or source[0] < cue[1] or text[cue[1] : source[0]].strip():
        return False
    return patterns("tellers")["pronoun_before"].search(text, max(0, cue[0] - 12), cue[0]) is not None


def _examines(statement: Statement, text: str) -> bool:
    """Whether a statement within another is only what somebody looks into."""
    if statement.cue is None or statement.parent is None:
        return False
    return patterns("tellers")["examines"].match(text[slice(*statement.cue)]) is not None


def _says_nothing(statement: Statement, text: str) -> bool:
    """Whether the one named says nothing of it: he is spoken of, is what is told of, or only looks into it."""
    return _is_passive(statement, text) or _is_turned(statement, text) or _examines(statement, text)


def _said_where(text: str, statement: Statement) -> str | None:
    """The town in which its paragraph opens, where a statement's source has no owner: "In Ost, … The army said"."""
    if statement.source is None:
        return None
    start = text.rfind("\n", 0, statement.source[0]) + 1
    found = _IN_A_TOWN.match(text, start, statement.source[0] + 1)
    return found["town"] if found is not None else None


def where_told(claim: Claim, ground: str | None) -> str | None:
    """The country of a claim: that of a place in it, else the report's; "near the border with X" is not X."""
    if claim.place is None or claim.place.country is None:
        return ground
    return claim.place.country if (claim.place.precision or 0) < _REGION else ground


def is_opinion(teller: Teller) -> bool:
    """Whether what is said is no account: what one believes, fears, wants or condemns, and has not perceived.

    Nor is what somebody is said not to say: "does not claim its attacks"; nor what was told him or her.
    """
    silent = any(patterns("tellers")[name].search(teller.cue) for name in ("silent", "was_told"))
    judged = silent or teller.attitude in _OPINIONS or bool(_CONDEMNS.search(teller.cue))
    return judged and not PERCEIVED.search(teller.cue)


def _names_someone(statement: Statement) -> bool:
    return bool(statement.speaker_name or statement.speaker_org or len(statement.chain) > 1)


def _own_voice(
    report: Report,
    group: CopyGroup | None,
    readings: Mapping[str, Reading],
    namer: Namer,
    scene: tuple[date | None, str | None],
) -> Identity:
    """The outlet's own voice; of a copy, the wire's, else that of the outlet that had the text first."""
    return namer.outlet(text_of(report, group, readings) or report.outlet, *scene)


def _is_a_deed(statement: Statement, reading: Reading) -> bool:
    """Whether what was taken for the word of saying is the deed itself: in a headline "X | air strikes | kill ten"."""
    if statement.cue is None:
        return False
    return any(one.type in _VIOLENCE and overlaps(one.trigger, statement.cue) for one in reading.claims)


def sentence_of(reading: Reading, claim: Claim) -> Span:
    """The sentence in which a claim's trigger stands; the trigger itself where no sentence holds it."""
    return next((s for s in reading.sentences if s[0] <= claim.trigger[0] < s[1]), claim.trigger)
