"""Whose "the army", "the coalition", "the rebels" is without an owner: by the ground, or the report's own words."""

import re
from collections import Counter
from datetime import date

from evenhand.assessing.forces import ARTICLES, holds_state_office, is_office, without_deed, without_holder
from evenhand.assessing.identity import Identity, Source, family_of, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.phrases import patterns, table
from evenhand.model.profile import Membership, Party, Profile, in_force
from evenhand.model.reading import Place, Reading

_LETTERS = r"[^\W_]+"
_SAID = patterns("offices")
_WHEN, _ITS, _MILITARY = (frozenset(table("offices")["alone"][name]) for name in ("when", "its", "military"))
_STATES = frozenset({"state", "official"})
_OF_A_STATE = frozenset({"government", "state media"})
_MEDIA = _STATES | {"run", "news", "press", "agency", "television", "tv", "radio", "media", "channel", "broadcaster"}
_GROUP_WORDS = frozenset({
    "rebel", "rebels", "insurgent", "insurgents", "separatist", "separatists", "militant", "militants", "guerrilla",
    "guerrillas", "militia", "militias", "militiamen", "jihadist", "jihadists",
})  # fmt: skip
"""Words for who fights a state, which a report uses again for the one that it has named so."""
_CORPS = frozenset(table("offices")["alone"]["corps"])
"""Kinds of soldiers: whose "the Marines" are the report says where it names them first."""
_AGAINST_STATES = _GROUP_WORDS | {"opposition"}
_SOLDIERS = frozenset({"soldiers", "troops", "security forces", "army", "military"})
_FORCES = r"(?:army|military|troops|soldiers|security forces|armed forces)\b"
_FORCES_OR_DEEDS = rf"(?:{_FORCES}|(?:{'|'.join(table('offices')['words']['deeds'])})\b)"
_QUIET = ARTICLES | {"those", "these", "armed"}
_NAMED = r"(?:(?:pro-)?(?:[A-Z][\w’'-]{1,30}|(?:[A-Z]\.){2,3}) ){1,3}(?:armed |military )?"
_ALIGNED = re.compile(r"\b[\w.]{1,20}-(?:aligned|backed|allied|linked|supported|affiliated) ", re.IGNORECASE)
"""What stands before a group's name and says who helps it, not whose it is."""


_STRETCH = 5
"""UCDP's where_prec of a stretch of land ("the border with X"), which may be on either side."""


def is_firm(place: Place) -> bool:
    """Whether a place tells the country: not a stretch of land that may be on either side of a border."""
    return place.precision != _STRETCH


def ground_of(reading: Reading) -> str | None:
    """The country that most claims of a report are placed in; None where none is or two share it."""
    places = [claim.place for claim in reading.claims if claim.place is not None and claim.place.country]
    firm = [place for place in places if is_firm(place)] or places
    placed = Counter(place.country for place in firm)
    ranked = placed.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def country_named(reading: Reading, found: frozenset[str], placed: set[str], profile: Profile) -> str | None:
    """The country of the only government whose name, people or seat a report names (`found`).

    Of several, or where it names none, the one where the other reports of it place it (`placed`), if that is one.
    """
    if len(found) == 1:
        return next(iter(found))
    both = placed & found if found else placed or _of_groups(reading, profile)
    return next(iter(both)) if len(both) == 1 else None


def _of_groups(reading: Reading, profile: Profile) -> set[str]:
    """The countries of the armed groups that a report names, where it names no country."""
    parties = (profile.party(entity.party) for entity in reading.entities if entity.party is not None)
    return {one.country for one in parties if one is not None and one.kind == "armed_group" and one.country is not None}


def countries_in(text: str, profile: Profile) -> frozenset[str]:
    """The countries whose governments, peoples or seats a text names, with capitals as they are spelt."""
    words = " ".join(re.findall(_LETTERS, text))
    spaced = f" {words} "
    return frozenset(
        party.country
        for party in profile.parties
        if party.kind == "government" and party.country is not None
        and any(f" {' '.join(re.findall(_LETTERS, name))} " in spaced for name in _called(party))
    )  # fmt: skip


def _called(party: Party) -> tuple[str, ...]:
    return (*party.names, *party.adjectives, *party.seats)


def at_home(word: str, source: Source, profile: Profile) -> str | None:
    """Whose "the army" or "the rebels" are without an owner: the country's that is spoken of, if it has one."""
    governments = [party for party in profile.at_home(source.country) if party.kind == "government"]
    if word in _OF_A_STATE:  # asked of the party itself: its name may be another's words ("Xian government in exile")
        found = {party.id for party in governments if in_force(party.since, party.until, source.on)}
    elif called := [party for party in profile.at_home(source.country) if _is_called(party, word, source.on)]:
        found = {party.id for party in called}
    else:
        owners = [
            profile.owner_of(f"{adjective} {word}", on=source.on)
            for party in governments
            for adjective in party.adjectives[:1]
        ]
        found = {owner.party for owner in owners if owner is not None}
    return found.pop() if len(found) == 1 else None


def _is_called(party: Party, word: str, on: date | None) -> bool:
    """Whether the user's case lets a bare word ("rebels") name a party that is there on that day."""
    return word in party.adjectives and in_force(party.since, party.until, on)


def people_at_home(name: str, source: Source, profile: Profile) -> Membership | None:
    """Whose "Xan officials" or "Xan forces" are where one side of the country is called by its people's name there.

    "Yan officials" are of many countries; told of X they are those whom "Xan Yan officials" names.
    """
    words = [word for word in name.split() if word.casefold() not in ARTICLES]
    if not words or not words[0][:1].isupper():
        return None
    found: dict[str, Membership] = {}
    for home in profile.at_home(source.country):
        if home.kind != "government":
            continue
        for adjective in home.adjectives:
            people = f"{adjective} {words[0]}"  # as the profile spells it: "Xian Y", not "Xian opposition"
            if not profile.is_people(people):
                continue
            owner = profile.owner_of(f"{adjective} {' '.join(words)}", on=source.on)
            party = profile.party(owner.party) if owner is not None else None
            if owner is not None and party is not None and party.id != home.id and people in party.adjectives:
                found.setdefault(party.id, owner)
    return found.popitem()[1] if len(found) == 1 else None


def coalition_on(source: Source, profile: Profile) -> str | None:
    """Whose "the coalition" is without a leader's name: the one that fights for or against a party of the country."""
    if "coalition" not in source.name.casefold():
        return None
    here = [party.id for party in profile.at_home(source.country)]
    ties = (profile.allied, profile.opposed)
    found = {
        party.id
        for party in profile.parties
        if party.kind == "coalition" and any(tie(party.id, one, on=source.on) for one in here for tie in ties)
    }
    return found.pop() if len(found) == 1 else None


def followers_of(words: str, source: Source, profile: Profile) -> str | None:
    """Whose "N's forces" or "fighters loyal to N" are: of the one side of the country of whom N is listed."""
    found = _SAID["followers"].search(words)
    if found is None:
        return None
    name = (found["whose"] or found["whom"]).casefold()
    sides = {
        party.id
        for party in profile.parties
        if party.is_at_home(source.country)
        for person in party.persons
        if person.name.split()[-1].casefold() == name and in_force(person.since, person.until, source.on)
    }
    return sides.pop() if len(sides) == 1 else None


def state_media(name: str, source: Source, profile: Profile) -> Identity | None:
    """Whose "state television" is without an owner: the government's on whose ground it is, where it has media."""
    plain = tuple(word for word in words_of(name) if word not in ARTICLES | _WHEN)
    if len(plain) < 2 or plain[0] not in _STATES or not _MEDIA.issuperset(plain):
        return None
    why = f"{name}: state media without an owner, of the government on whose ground it happened"
    return _of_state("state media", at_home("state media", source, profile), profile, why)


def state_hospital(name: str, source: Source, profile: Profile) -> Identity | None:
    """Whose "the government hospital" is without an owner: of the one government whose ground is spoken of."""
    if _SAID["state_hospital"].search(name) is None:
        return None
    why = f"{name}: a hospital of the state, of the government on whose ground it happened"
    found = _of_state("state hospitals", at_home("government", source, profile), profile, why)
    return with_changes(found, field=True) if found is not None else None


def state_office(name: str, source: Source, profile: Profile) -> Identity | None:
    """Whose "the police chief" is without an owner: of the one government whose ground is spoken of.

    Not in the organ of another government, whose own police that may be.
    """
    printed = profile.party_of_outlet(source.outlet, on=source.on)
    if printed is not None and printed.party != at_home("government", source, profile):
        return None
    unnamed = source.name.startswith("unnamed:") or is_office(name)
    name = without_holder(name) if unnamed else name
    own = "" if unnamed else name
    parts = (
        (name,)
        if unnamed and is_office(name)
        else (source.role, source.written, source.beside, name if unnamed else "")
    )
    described = " ".join(part for part in parts if part)
    words = words_of(described)
    if not holds_state_office(described, own) or _AGAINST_STATES.intersection(words) or _ITS.intersection(words[:1]):
        return None  # "the rebels' military spokesman" and "its military wing" hold no office of the state
    if (is_office(name) and _another_has(words, source.country, profile)) or _has_other_police(words, source, profile):
        return None
    why = f"{name}: an office of a state, of the government on whose ground it happened"
    found = _of_state("officials", at_home("government", source, profile), profile, why)
    soldier = bool(_MILITARY.intersection(words_of(described)))
    return with_changes(found, by_ground=soldier) if found is not None else None


def _another_has(words: tuple[str, ...], country: str | None, profile: Profile) -> bool:
    """Whether a side of the country that does not govern it has a body so called: "the ministry" may be its."""
    wanted = frozenset(words) - ARTICLES
    return any(
        wanted <= frozenset(words_of(name))
        for party in profile.at_home(country)
        if party.kind != "government"
        for organ in party.organs
        for name in (organ.name, *organ.names)
    )


def _has_other_police(words: tuple[str, ...], source: Source, profile: Profile) -> bool:
    """Whether "a police source" may be another's: where a side that does not govern the country has police, too."""
    if "police" not in words:
        return False
    return any(
        organ.kind == "police" and in_force(party.since, party.until, source.on)
        for party in profile.at_home(source.country)
        if party.kind != "government"
        for organ in party.organs
    )


def _of_state(what: str, party_id: str | None, profile: Profile, why: str) -> Identity | None:
    owner = profile.party(party_id) if party_id is not None else None
    if owner is None or party_id is None:
        return None
    family = family_of(party_id, profile)
    return Identity(name=f"{what} of {owner.name}", family=family, party=party_id, why=why, governs=True)


def named_so(name: str, text: str, on: date | None, profile: Profile) -> str | None:
    """The party that a report itself names by the word: after "Xian rebels" "the rebels" are those.

    Of "the coalition" the one coalition that the report names. None where it names several so, or none.
    """
    plain = [word for word in words_of(without_deed(name) or name) if word not in _QUIET]
    if " ".join(plain) in _SOLDIERS:
        return _soldiers_of(text, on, profile)
    if len(plain) != 1 or not (plain[0] in _GROUP_WORDS | _CORPS or plain[0] == "coalition"):
        return None
    found: set[str] = set()
    word = re.escape(plain[0]) if plain[0] not in _CORPS else rf"[{plain[0][0]}{plain[0][0].upper()}]{plain[0][1:-1]}s?"
    for named in re.finditer(_NAMED + word + r"\b", text):
        phrase = _ALIGNED.sub("", named[0]).removeprefix("The ")
        owner = profile.owner_of(phrase, on=on) if phrase[:1].isupper() else None
        if owner is not None:
            found.add(owner.party)
    return found.pop() if len(found) == 1 else None


def _soldiers_of(text: str, on: date | None, profile: Profile) -> str | None:
    """The one government whose army, troops or soldiers a report names: whose "soldiers" are there is no other's."""
    found = forces_in(text, on, profile)
    return found.pop() or None if len(found) == 1 else None


def forces_in(text: str, on: date | None, profile: Profile, *, deeds: bool = False) -> set[str]:
    """The governments whose army, troops or soldiers a report names, with "" for those of others; `deeds`: or strikes.

    "An Xian air strike" names the forces of X as much as "the Xian army".
    """
    found: set[str] = set()
    for named in re.finditer(_NAMED + (_FORCES_OR_DEEDS if deeds else _FORCES), text):
        phrase = named[0].removeprefix("The ")  # "The army" at a sentence's beginning names nobody
        owner = profile.owner_of(_SAID["deed"].sub("army", phrase), on=on) if phrase[:1].isupper() else None
        party = profile.party(owner.party) if owner is not None else None
        if party is not None:
            found.add(party.id if party.kind == "government" else "")
    return found
