"""Who is meant by a short name: the mission, the General Staff, a spokesman of the armed forces.

A report gives a body its full name once and a short one after. The short one is the full one's where it is a part of
it, holds a word for a body, and no other body of the report has that part in its name. A short name that two bodies
share is nobody's. Across reports of one incident only persons are followed, by their names.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from evenhand.assessing.forces import ARTICLES
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.naming import Namer
from evenhand.assessing.phrases import patterns
from evenhand.assessing.relevance import day_of
from evenhand.assessing.sources import said_at, source_of
from evenhand.model.reading import Entity, Reading, Statement

_BODIES = frozenset({
    "agency", "alliance", "army", "association", "authority", "bureau", "centre", "center", "coalition", "command",
    "commission", "committee", "council", "court", "department", "directorate", "federation", "force", "forces",
    "foundation", "front", "guard", "headquarters", "league", "military", "ministry", "mission", "movement", "network",
    "observatory", "office", "organisation", "organization", "police", "society", "staff", "tribunal", "union",
})  # fmt: skip
"""Words of which a body's name is made, in any war; one of them must stand in the short name."""
_SPEAK = frozenset({"organisation", "armed_group", "government"})
_LEAST = 2
_BEGINS = 5
"""Code points that may stand between the beginning of what is said and a name: an article."""
"""Words of a body's name that the office of a person must have: "military spokesman" is of any military."""
_SPOKESMAN = re.compile(r"(?:the |a |its )?spokes(?:man|woman|person)\b(?! (?:for|of)\b)", re.IGNORECASE)
_UNMADE = frozenset({"class:officials", "class:fighters", "class:hearsay"})
"""Families of people who are of some body, though it is not known of which."""


def is_unmade(who: Identity) -> bool:
    """Whether nothing yet shows which body or party a source is of."""
    return who.party is None and not who.nobodys and (who.family.startswith("name:") or who.family in _UNMADE)


def in_full(source: Source, reading: Reading, namer: Namer) -> Identity | None:
    """The body that a source's short name, or the office of a person, stands for in this report; None if not one."""
    short = next((words for words in _shortened(source.name) if _BODIES.intersection(words)), None)
    office = None if short is not None or source.name.startswith("unnamed:") else _office(source)
    if short is None and not office:
        return None
    found: dict[str, Identity] = {}
    key = reading.report.id, source.on, source.country
    if key not in namer.bodies:
        namer.bodies[key] = tuple(_bodies(reading, namer, source.on, source.country))
    for name, who in namer.bodies[key]:
        words = words_of(name)
        if (short is not None and _within(short, words)) or (office and _serves(office, words)):
            found.setdefault(who.family, who)
    if len(found) != 1:
        return None
    (who,) = found.values()
    return with_changes(who, why=f"{source.name}: short for {who.name}, which the report names; {who.why}")


def of_the_last(source: Source, statement: Statement, reading: Reading, namer: Namer) -> Identity | None:
    """The body for which "a spokesman, X" speaks of whom no more is said: the one that spoke right before him.

    Where what he says begins with another body ("the agency's staff saw, spokesman X said"), it is not shown which.
    """
    officer = patterns("offices")["rank"].match(source.written or "") is not None
    taken_up = patterns("offices")["taken_up"].match(source.org or "") is not None
    told = officer or _SPOKESMAN.match(source.written or "") is not None
    if statement.source is None or not (taken_up or (told and not source.org)):
        return None
    before = [one for one in reading.statements if one.source is not None and one.source[1] <= statement.source[0]]
    last = max(before, key=lambda one: one.source or (0, 0), default=None)
    if last is None:
        return None
    entities = {entity.id: entity for entity in reading.entities}
    spoke = source_of(last, entities, reading.report, source.on, source.country, said_at(reading))
    who = namer.identify_in(spoke, reading)
    if is_unmade(who):
        who = in_full(spoke, reading, namer) or who
    if _begins_with_a_body(statement, reading, who, namer):
        return None
    if (
        who.unnamed
        or (who.party is None and who.kind is None)
        or (officer and not taken_up and not _is_armys(spoke, entities.get(last.speaker or ""), who))
    ):
        return None
    what = f"of {source.org}" if taken_up else "an officer" if officer else "a spokesman"
    return with_changes(who, why=f"{source.name}, {what}, speaks right after {who.name}; {who.why}")


def _begins_with_a_body(statement: Statement, reading: Reading, who: Identity, namer: Namer) -> bool:
    """Whether what is said begins with the name of a body that is made out as another than `who`."""
    start = statement.content[0][0]
    for entity in reading.entities:
        if entity.kind not in _SPEAK or not any(start <= one.span[0] <= start + _BEGINS for one in entity.mentions):
            continue
        other = namer.identify(Source(name=entity.name, outlet=reading.report.outlet))
        if not is_unmade(other) and other.family != who.family:
            return True
    return False


def _is_armys(spoke: Source, entity: Entity | None, who: Identity) -> bool:
    """Whether an army spoke, and no person by name: an officer of no other side is then its man."""
    return who.field and (spoke.name.startswith("unnamed:") or (entity is not None and entity.kind != "person"))


def named_elsewhere(name: str, others: Iterable[Reading], namer: Namer) -> Identity | None:
    """Who a person is whom other reports of the same incident give an office: the same name, or the same surname alone.

    None where no other report makes the name out, or two make it out differently.
    """
    own = words_of(name)
    found: dict[str, Identity] = {}
    for reading in others:
        entities = {entity.id: entity for entity in reading.entities}
        for statement in reading.statements:
            speaker = entities.get(statement.speaker or "")
            if speaker is None or speaker.kind != "person":
                continue
            called = words_of(speaker.name)
            if called == own or (len(own) == 1 and len(called) > 1 and called[-1:] == own):
                day = day_of(reading.report.published)
                who = namer.identify(source_of(statement, entities, reading.report, day, None, said_at(reading)))
                if not is_unmade(who) and not who.unnamed:
                    found.setdefault(who.family, who)
    if len(found) != 1:
        return None
    (who,) = found.values()
    return with_changes(who, why=f"{name}: so called in another report of it; {who.why}")


def _shortened(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name without articles, and those of its owner: "the mission" of "the mission's division"."""
    bare = name.removeprefix("unnamed:").strip()
    lost = re.match(r"the (\w+)s \w+$", bare)  # "the networks investigators", where the apostrophe was lost
    for part in dict.fromkeys((bare, bare.replace("’", "'").split("'s ")[0], *((lost[1],) if lost else ()))):
        yield tuple(word for word in words_of(part) if word not in ARTICLES)


def _office(source: Source) -> tuple[str, ...]:
    """The words beside a person's name: "armed forces spokesman colonel"."""
    own = frozenset(words_of(source.name))
    given = " ; ".join(part for part in (source.written, source.called or source.beside, source.org) if part)
    return tuple(word for word in words_of(given) if word not in own)


def _bodies(reading: Reading, namer: Namer, on: date | None, country: str | None) -> Iterator[tuple[str, Identity]]:
    """The bodies of a report that are made out, each under the name it has there and those it is known by."""
    for entity in reading.entities:
        if entity.kind not in _SPEAK or entity.name.startswith("unnamed:"):
            continue
        who = namer.identify(Source(name=entity.name, outlet=reading.report.outlet, on=on, country=country))
        if who.unnamed or (who.party is None and who.kind is None):
            continue
        for name in dict.fromkeys((entity.name, *namer.known_as(entity.name, on))):
            yield name, who


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words stand together in the longer name."""
    size = len(short)
    return size < len(full) and any(full[at : at + size] == short for at in range(len(full) - size + 1))


def _serves(office: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two words of a body's name or more, one of them a word for a body, stand together in an office."""
    return any(_BODIES.intersection(run) and (_within(run, office) or run == office) for run in _runs(full, _LEAST))


def _runs(words: tuple[str, ...], least: int) -> Iterable[tuple[str, ...]]:
    return (words[start : start + least] for start in range(len(words) - least + 1))
