"""Who a source is: by its name, by what its report says of it elsewhere, or by its own words."""

import re
from datetime import date

from evenhand.assessing.described import (
    bears_arms,
    has_lived_it,
    headed,
    holders,
    holds_a_post,
    is_a_document,
    was_there,
)
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import informant_class
from evenhand.assessing.naming import Namer
from evenhand.assessing.phrases import patterns
from evenhand.assessing.shortened import in_full, is_unmade, of_the_last
from evenhand.assessing.unlisted import of_class
from evenhand.model.reading import Reading, Statement

PERCEIVED = re.compile(r"\b(?:saw|seen|witness\w*|watched|observed|counted|heard|treated|found)\b", re.IGNORECASE)
"""Cues of what a source has perceived itself, which is no opinion."""
_QUOTED = 3
"""Links of a chain in which somebody between the outlet and the source quotes it."""
_AGED = re.compile(r"\b\d{1,2}-year-old\b")
_LOCAL_OFFICE = frozenset({"class:local_officials", "class:councils", "class:medics", "class:health_officials"})
"""Holders of offices that any side appoints, staff of hospitals that any runs: whose they are the report may say."""


def made_out(source: Source, statements: tuple[Statement, Statement], reading: Reading, namer: Namer) -> Identity:
    """Who a source is by its name, else by what the report says of it elsewhere, else by its own words.

    `statements`: the one in which the source stands in words, and the one that is told.
    """
    statement, said = statements
    key = reading.report.id, statement.id, said.id, source
    if key not in namer.made_out:  # several claims stand in one statement
        namer.made_out[key] = _from_others(_by_its_report(source, statement, said, reading, namer), reading)
    return namer.made_out[key]


def _from_others(who: Identity, reading: Reading) -> Identity:
    """A body of no side, without own knowledge where the report says that it was not there and has it from others."""
    if who.kind is None or not who.own or who.party is not None:
        return who
    said = patterns("tellers")
    for start, end in reading.sentences:
        told = reading.report.text[start:end]
        if said["from_others"].search(told) and not said["others"].search(told):
            return with_changes(who, own=False, why=f"{who.why}; by the report it has it from others")
    return who


def _by_its_report(source: Source, statement: Statement, said: Statement, reading: Reading, namer: Namer) -> Identity:
    who = namer.identify_in(source, reading)
    if who.family == "class:residents" and bears_arms(statement, reading):  # "a survivor, contract soldier N"
        armed = informant_class("military")
        return of_class(who.name, armed, f"{source.name}, who bears arms for a side") if armed is not None else who
    if not is_unmade(who) and who.family not in _LOCAL_OFFICE:
        return who
    by = (found for whom in holders(statement, reading) if (found := namer.held_by(whom, source)) is not None)
    if (holder := next(by, None)) is not None or not is_unmade(who):
        return holder or who
    return (
        in_full(source, reading, namer)
        or of_the_last(source, statement, reading, namer)
        or _head(source, statement, reading, namer)
        or namer.follower(source)
        or namer.head_of_state(source, reading)
        or namer.opponents_at_home(source)
        or namer.army_at_home(source, reading)
        or namer.staff_of(source)
        or (_witness(who, source, said, reading) or who)
    )  # fmt: skip


def _head(source: Source, statement: Statement, reading: Reading, namer: Namer) -> Identity | None:
    """The body that a named person of whom no office is made out is said to lead."""
    for body in headed(statement, reading):
        who = namer.identify(Source(name=body, outlet=source.outlet, on=source.on, country=source.country))
        if not is_unmade(who) and not who.unnamed:
            return with_changes(who, why=f"{source.name}, who leads {body}; {who.why}")
    return None


def _witness(who: Identity, source: Source, statement: Statement, reading: Reading) -> Identity | None:
    """One who holds no office and is quoted is a witness by what he or she tells, or by how the report describes them.

    Who is quoted in words of what he or she saw or lost, or is said to have fled, lost somebody or to be of an age. Who
    is said to have been there may hold a trade; an office or arms make nobody a bystander.
    """
    if source.org or holds_a_post(source.role or "") or not who.family.startswith("name:"):
        return None
    if is_a_document(source.name) or bears_arms(statement, reading):
        return None
    quoted = " ".join(reading.report.text[start:end] for start, end in statement.content)
    person = any(one.id == statement.speaker and one.kind == "person" for one in reading.entities)
    described = _described(source, statement, reading) if person else ""
    told_first_hand = tells_first_hand(quoted) or patterns("first_hand")["mine"].search(quoted) is not None
    if not described and (statement.kind == "indirect" or not told_first_hand):
        return None
    kind = informant_class("witness")
    told = "tells what he or she saw or lost" if not described else f"quoted as one who was there ({described})"
    why = f"{source.name}, of whom no office is given, {told}"
    return of_class(who.name, kind, why) if kind is not None else None


def _described(source: Source, statement: Statement, reading: Reading) -> str:
    """The words that describe a speaker as one who was there; of who is quoted a home, a trade or an age are enough."""
    if statement.kind == "indirect":
        return was_there(statement, reading)
    return has_lived_it(statement, reading) or " ".join(_AGED.findall(source.name))


def tells_first_hand(words: str) -> bool:
    """Whether words are those of one who was there: "I heard a whistle", "we were standing"."""
    return patterns("first_hand")["saw"].search(words) is not None


def through(who: Identity, statement: Statement, namer: Namer, scene: tuple[date | None, str | None]) -> Identity:
    """People without a name whom only a party's organ quotes count as that party: their word is its word."""
    if len(statement.chain) < _QUOTED or not who.family.startswith("class:"):
        return who
    organ = namer.outlet(statement.chain[-2], *scene)
    if organ.party is None or not organ.engaged:
        return who
    why = f"{who.name}, without a name, quoted by {organ.name}; {organ.why}"
    return with_changes(organ, why=why, unnamed=True)


def perceiving(who: Identity, cue: str) -> Identity:
    """A body that speaks from afar has own knowledge of what it says that it saw or counted."""
    if who.own is False and who.kind is not None and PERCEIVED.search(cue):
        return with_changes(who, own=True)
    return who
