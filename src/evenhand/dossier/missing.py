"""What is missing: sides that are blamed or harmed and not heard, sides of the case that are silent, open questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evenhand.dossier.matrix import unanswered
from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Missing:
    """Names of sides, and questions; each tuple may be empty."""

    blamed: tuple[str, ...]
    named: tuple[str, ...]
    elsewhere: tuple[str, ...]
    questions: tuple[str, ...]


def heard(incident: Incident) -> frozenset[str]:
    """The parties that speak on the incident themselves."""
    return frozenset(origin.party for origin in incident.origins if origin.party)


def blamed(incident: Incident) -> frozenset[str]:
    """The parties that some origin blames."""
    found: set[str] = set()
    for origin in incident.origins:
        verb, _, parties = origin.stance.responsibility.partition(":")
        if verb == "blames":
            found.update(parties.split("/"))
    return frozenset(found)


def named(incident: Incident, shelf: Shelf) -> frozenset[str]:
    """The parties named as acting or as harmed in the incident's claims."""
    return frozenset(
        party
        for report, claim in shelf.claims_of(incident)
        for who in (claim.actor, claim.target)
        if who is not None and (party := shelf.party_of(report, who))
    )


def missing(incident: Incident, shelf: Shelf, sides: Collection[str]) -> Missing:
    """What is missing of an incident; `sides` are the parties heard anywhere in the case."""
    speaking = heard(incident)
    # a coalition and its leader are one family: one heard, both heard
    families = {family for party in speaking if (family := _family(party, shelf))}
    accused = sorted(p for p in blamed(incident) if not {p, _family(p, shelf)} & (speaking | families))
    told_of = sorted(named(incident, shelf) - speaking - set(accused))
    others = sorted(set(sides) - speaking - set(accused) - set(told_of))
    return Missing(
        blamed=_names(accused, shelf),
        named=_names(told_of, shelf),
        elsewhere=_names(others, shelf),
        questions=unanswered(incident, shelf),
    )


def _family(party: str, shelf: Shelf) -> str:
    known = shelf.profile.party(party)
    return (known.family or party) if known else party


def _names(parties: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    return tuple(sorted(shelf.party(party) for party in parties))
