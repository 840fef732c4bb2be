"""Which name of one party stands for which of the other: like with like, in the order of the profile.

Names are paired field by field (names, adjectives, seats, organs of one kind, persons, outlets of one kind), in
order, a name with one of its own form: a capitalised one only with another, one that ends in a word for armed forces
("army", "air force") only with one that ends alike, and, as far as they go, a name of ground (a country, a seat) or of
a people with another, abbreviations with abbreviations, as many words with as many words, plurals with plurals. A name
that holds paired names is exchanged word by word within; any other that is left over keeps its words, and with them
its place in the profile. So the table is its own inverse whatever the lists' lengths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evenhand.assessing.informants import words_of
from evenhand.audit.exchange import Exchange
from evenhand.audit.name_table import NameTable, respelled
from evenhand.audit.organ_phrases import OrganPhrases
from evenhand.model.name_key import fold
from evenhand.model.parties import Organ, Outlet, Party, Person
from evenhand.model.profile import Profile
from evenhand.reading.tagging.stand_ins import PARTICLE, bare

Item = TypeVar("Item")
_SAME_WORDS = 2  # of the forms: as far as names have as many words
_LONGEST_SURNAME_LESS = 2  # a one-word name has no surname of its own


@dataclass(frozen=True)
class Pairing:
    """What decides which name stands for which.

    `ground` gives "" or what ground a name names ("place", "people"); `occurs` tells the names that the reports
    print, which are paired first; `given` are pairs of names that come before all.
    """

    profile: Profile
    ground: Callable[[str], str]
    occurs: Callable[[str], bool]
    given: Sequence[tuple[str, str]] = ()


def _table(pairing: Pairing) -> NameTable:
    labels = frozenset(fold(word) for one in pairing.profile.wording for word in (one.word, *one.forms))
    return NameTable(pairing.ground, pairing.occurs, OrganPhrases(pairing.profile.words), labels)


def exchange_of_parties(pairing: Pairing, one: str, other: str) -> Exchange:
    """The exchange of two parties of a profile, with the outlets of each, and their allies where they pair.

    Allies are exchanged where both have as many of a kind of party, not counting common ones; else an ally has no
    counterpart and its tie follows the exchanged party. KeyError where a party is not in the profile.
    """
    profile, table = pairing.profile, _table(pairing)
    for name, its in pairing.given:
        table.put(name, its)
    sides = [(_party(profile, one), _party(profile, other))]
    sides += _allies(profile, *sides[0])
    ids: dict[str, str] = {}
    for mine, theirs in sides:
        _pair_parties(table, mine, theirs)
        ids.update({mine.id: theirs.id, theirs.id: mine.id})
        for outlet, counterpart in _outlets(profile, mine, theirs):
            _pair_outlets(table, outlet, counterpart)
            ids.update({outlet.id: counterpart.id, counterpart.id: outlet.id})
    return _finished(profile, table, (one, other), ids, _countries(table, *sides[0]))


def exchange_of_outlets(pairing: Pairing, one: str, other: str) -> Exchange:
    """The exchange of two outlets' names, addresses and ids; what they are stays with whose reports they carry."""
    outlets = {outlet.id: outlet for outlet in pairing.profile.outlets}
    table = _table(pairing)
    if one in outlets and other in outlets:
        _pair_outlets(table, outlets[one], outlets[other])
    ids = {one: other, other: one}
    for mine, theirs in ((one, other), (other, one)):  # an outlet of no profile is a family by the words of its name
        ids.setdefault("-".join(words_of(mine)), "-".join(words_of(theirs)))
        if mine not in outlets or theirs not in outlets:
            ids.setdefault(pairing.profile.outlet_in_print(mine), pairing.profile.outlet_in_print(theirs))
    return _finished(pairing.profile, table, (one, other), ids, {})


def _finished(
    profile: Profile, table: NameTable, label: tuple[str, str], ids: dict[str, str], countries: dict[str, str]
) -> Exchange:
    names = dict(table.names)
    if names:
        paired = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")
        foreign = [name for name in _names_of_others(profile, ids) if name not in names and paired.search(name)]
        names.update({name: name for name in foreign})  # another's name is not torn apart
    names.update(respelled(table))
    kept = tuple(dict.fromkeys(name for name in table.kept if name not in names))
    return Exchange(label, names, ids, countries, kept)


def _party(profile: Profile, party_id: str) -> Party:
    party = profile.party(party_id)
    if party is None:
        raise KeyError(party_id)
    return party


def _pair_parties(table: NameTable, one: Party, other: Party) -> None:
    _pair_persons(table, one, other)  # before all: a surname may stand for the party, too ("the X government")
    for short in (True, False):  # first names of one word, that longer ones hold
        for mine, theirs in (
            ((one.name, *one.names), (other.name, *other.names)),
            (one.adjectives, other.adjectives),
            (one.seats, other.seats),
        ):
            table.pair(_of_length(mine, short), _of_length(theirs, short))
    same = {organ.id for organ in one.organs} & {organ.id for organ in other.organs}
    for organ, its in _in_kind(
        one.organs, other.organs, lambda organ: (organ.kind, organ.id if organ.id in same else "")
    ):
        table.pair(_names(organ), _names(its))


def _pair_persons(table: NameTable, one: Party, other: Party) -> None:
    ones, others = _once(one.persons, table), _once(other.persons, table)
    for person, its_person in _in_kind(ones, others, lambda one: PARTICLE.match(one.name.split()[-1]) is None):
        table.pair(_of_length(_names(person), False), _of_length(_names(its_person), False), _SAME_WORDS)
        if any(table.occurs(name) for name in (*_names(person), *_names(its_person))):
            table.pair(_surname(person), _surname(its_person))  # of those who are named: "Power" is a word, too
        table.pair(_of_length(_names(person), True), _of_length(_names(its_person), True))


def _pair_outlets(table: NameTable, one: Outlet, other: Outlet) -> None:
    table.pair_all((one.name, *one.names), (other.name, *other.names))
    table.pair(one.domains, other.domains)
    for outlet, its in ((one, other), (other, one)):
        for name in bare(outlet.names):  # a name that is the outlet's id, too, must go where the id goes
            if name.casefold() == outlet.id:
                table.put(name, its.id.upper())


def _allies(profile: Profile, one: Party, other: Party) -> list[tuple[Party, Party]]:
    common = {*set(one.allies) & set(other.allies), one.id, other.id}
    lists = [[_party(profile, ally) for ally in party.allies if ally not in common] for party in (one, other)]
    kinds = dict.fromkeys(party.kind for party in lists[0])
    found: list[tuple[Party, Party]] = []
    for kind in kinds:
        mine, theirs = ([party for party in side if party.kind == kind] for side in lists)
        if len(mine) == len(theirs):
            found += zip(mine, theirs, strict=True)
    return found


def _outlets(profile: Profile, one: Party, other: Party) -> list[tuple[Outlet, Outlet]]:
    mine, theirs = ([outlet for outlet in profile.outlets if outlet.party == party.id] for party in (one, other))
    organs = {name for party in (one, other) for organ in party.organs for name in bare(_names(organ))}

    def kind(outlet: Outlet) -> object:  # a ministry that publishes is no television
        return outlet.kind, outlet.wire, not organs.isdisjoint(bare((outlet.name, *outlet.names)))

    return _in_kind(mine, theirs, kind)


def _in_kind(ones: Iterable[Item], others: Iterable[Item], kind: Callable[[Item], object]) -> list[tuple[Item, Item]]:
    waiting: dict[object, list[Item]] = {}
    for item in others:
        waiting.setdefault(kind(item), []).append(item)
    return [(item, waiting[kind(item)].pop(0)) for item in ones if waiting.get(kind(item))]


def _of_length(names: Iterable[str], short: bool) -> list[str]:
    return [name for name in names if (" " not in name.strip()) == short]


def _names(item: Organ | Person) -> tuple[str, ...]:
    return (item.name, *item.names)


def _once(persons: Iterable[Person], table: NameTable) -> list[Person]:
    """Each person once, whatever offices are held; those whom the reports name first."""
    once = list({person.name: person for person in persons}.values())
    return sorted(once, key=lambda person: not any(table.occurs(name) for name in _names(person)))


def _surname(person: Person) -> tuple[str, ...]:
    words = person.name.split()
    return (PARTICLE.sub("", words[-1]),) if len(words) >= _LONGEST_SURNAME_LESS else ()


def _countries(table: NameTable, one: Party, other: Party) -> dict[str, str]:
    """The two country codes for each other, where the names of the countries are exchanged."""
    if not one.country or not other.country or one.country == other.country:
        return {}
    theirs = {name for name in other.names if table.ground(name) == "place"}
    if not any(table.names.get(name) in theirs for name in one.names if table.ground(name) == "place"):
        return {}
    return {one.country: other.country, other.country: one.country}


def _names_of_others(profile: Profile, ids: dict[str, str]) -> list[str]:
    """The printed names of everyone who is not exchanged."""
    found: list[str] = []
    for party in profile.parties:
        if party.id not in ids:
            found += [party.name, *party.names, *party.adjectives, *party.seats]
            found += [name for organ in party.organs for name in _names(organ)]
            found += [name for person in party.persons for name in _names(person)]
    for outlet in profile.outlets:
        if outlet.id not in ids:
            found += [outlet.name, *outlet.names]
    for body in profile.organisations:
        found += [body.name, *body.names]
    return bare(found)
