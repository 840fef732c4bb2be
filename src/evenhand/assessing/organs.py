"""Whose an outlet is: the party whose organ prints a report, and whether that party is one of the conflict's."""

from evenhand.assessing.forces import ARTICLES, names_the_state
from evenhand.assessing.identity import Source
from evenhand.assessing.informants import words_of
from evenhand.model.profile import Membership, Profile

SIDES = frozenset({"opposition", "rebel", "rebels", "insurgent", "insurgents"})
"""Words for a side without a name, which is not the side whose organ speaks of it."""
_STATES_SIDE = frozenset({"government", "regime"})


def organ_of(source: Source, profile: Profile) -> str | None:
    """The party whose organ prints it: a government's only in reports from its own ground."""
    owner = profile.party_of_outlet(source.outlet, on=source.on)
    party = profile.party(owner.party) if owner else None
    if party is None:
        return None
    home = party.is_at_home(source.country) or party.country == source.country  # neither is known: not abroad
    return party.id if party.kind != "government" or home else None


def hint_of(source: Source, profile: Profile) -> str | None:
    """The party whose army "the army" is: that of the outlet's party, where it reports from that party's ground.

    In the organ of a group that fights abroad "the army" is the army of the country.
    """
    found = organ_of(source, profile)
    party = profile.party(found) if found is not None else None
    if party is None or (source.country and party.country and not party.is_at_home(source.country)):
        return None
    return party.id


def is_engaged(party_id: str, source: Source, profile: Profile) -> bool:
    """Whether a party is one of the conflict's: of the country, no government, or tied to one of the country."""
    party = profile.party(party_id)
    if party is None or party.kind != "government" or source.country is None or party.is_at_home(source.country):
        return True
    here = [one.id for one in profile.at_home(source.country)]
    ties = (profile.opposed, profile.allied)
    return any(tie(party_id, other, on=source.on) for other in here for tie in ties)


def is_from_elsewhere(name: str, source: Source, profile: Profile) -> bool:
    """Whether "the army" was read as of the outlet's own government in a report from another country."""
    owner = profile.party_of_outlet(source.outlet, on=source.on)
    if owner is None or owner.party != source.party or source.country is None:
        return False
    party = profile.party(owner.party)
    plain = [word for word in words_of(name) if word not in ARTICLES]
    abroad = party is not None and party.kind == "government" and not party.is_at_home(source.country)
    return abroad and names_the_state(plain)


def is_adverse(name: str, owner: Membership, profile: Profile) -> bool:
    """Whether a side without a name is the other side of the party whose organ quotes it."""
    party, words = profile.party(owner.party), frozenset(words_of(name))
    governs = party is not None and party.kind == "government"
    return bool(words & (SIDES if governs else _STATES_SIDE))
