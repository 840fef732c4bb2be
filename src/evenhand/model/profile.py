"""The profile: who belongs to whom, as one frozen value that every stage is given as an argument.

Records live in `evenhand.model.parties`, the matching of names in `evenhand.model.membership`; both are meant to
be imported from here. Data and their loader: `evenhand.profiles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from evenhand.model.listing import term
from evenhand.model.membership import MembershipIndex, in_force
from evenhand.model.name_key import Words, fold, name_words
from evenhand.model.parties import (
    Basis,
    CasePlace,
    Labels,
    LoadedWord,
    Membership,
    Organ,
    Organisation,
    OrganisationKind,
    OrganKind,
    OrganWords,
    Outlet,
    OutletKind,
    Party,
    PartyKind,
    Person,
    Tie,
    TieKind,
)

__all__ = [
    "Basis", "CasePlace", "Labels", "LoadedWord", "Membership", "Organ", "OrganKind", "OrganWords", "Organisation",
    "OrganisationKind", "Outlet", "OutletKind", "Party", "PartyKind", "Person", "Profile", "Tie", "TieKind",
    "in_force", "term",
]  # fmt: skip

_ABBREVIATED = 3
"""Letters up to which an id is an abbreviation: "mpa"."""


_OFFICES = frozenset({"organ", "organ_words"})
"""How a name is known for that of an office or force of a party."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Outlets, parties and organisations with their ties, and the lookups over them; `title` is the case's.

    Parties' `allies` and `adversaries` are those of `ties` at any time; `allied` and `opposed` ask for a day.
    """

    outlets: tuple[Outlet, ...] = ()
    parties: tuple[Party, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    ties: tuple[Tie, ...] = ()
    wording: tuple[LoadedWord, ...] = ()
    places: tuple[CasePlace, ...] = ()
    words: OrganWords = field(default_factory=OrganWords)
    title: str = ""
    _index: MembershipIndex = field(init=False, repr=False, compare=False)
    _outlets: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _domains: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _parties: dict[str, Party] = field(init=False, repr=False, compare=False)
    _bodies: dict[tuple[str, ...], Organisation] = field(init=False, repr=False, compare=False)
    _body_heads: frozenset[str] = field(init=False, repr=False, compare=False)
    _peoples: frozenset[str] = field(init=False, repr=False, compare=False)
    _at_home: dict[str, tuple[Party, ...]] = field(init=False, repr=False, compare=False)
    _ties: dict[tuple[TieKind, str, str], tuple[Tie, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ties: dict[tuple[TieKind, str, str], tuple[Tie, ...]] = {}
        for tie in self.ties:
            for pair in (tie.between, tie.between[::-1]):
                ties[(tie.kind, *pair)] = (*ties.get((tie.kind, *pair), ()), tie)
        index = MembershipIndex(self.outlets, self.parties, self.organisations, self.words)
        named: dict[str, Outlet] = {}
        for outlet in self.outlets:
            for name in (outlet.name, *outlet.names):
                named.setdefault(_plain(name), outlet)
        named.update({_plain(outlet.id): outlet for outlet in self.outlets})
        bodies: dict[tuple[str, ...], Organisation] = {}
        for body in self.organisations:
            for name in (body.name, *body.names):
                words = name_words(name)
                bodies.setdefault(words.strict, body)
                bodies.setdefault(words.loose, body)
        set_once = object.__setattr__  # the one place where derived fields of this frozen record are filled
        set_once(self, "_index", index)
        set_once(self, "_outlets", named)
        set_once(self, "_domains", {host: outlet for outlet in self.outlets for host in outlet.domains})
        set_once(self, "_parties", {party.id: party for party in self.parties})
        set_once(self, "_bodies", bodies)
        set_once(self, "_body_heads", frozenset(key[0] for key in bodies if key))
        set_once(self, "_ties", ties)
        at_home: dict[str, tuple[Party, ...]] = {}
        for party in self.parties:
            for country in {party.country or "", *party.ground}:
                at_home[country] = (*at_home.get(country, ()), party)
        set_once(self, "_at_home", at_home)
        set_once(self, "_peoples", frozenset(name for party in self.parties for name in party.adjectives))

    def outlet_named(self, name: str) -> Outlet | None:
        """The outlet with this id, name or printed form ("/TASS/", "ITAR-TASS"); case and punctuation are free."""
        return self._outlets.get(_plain(name))

    def outlet_in_print(self, outlet: str) -> str:
        """An outlet's name from its id: as it is listed, else its words with capitals ("the-daily-star")."""
        known = self.outlet_named(outlet)
        return known.name if known is not None else in_print(outlet)

    def outlet_for_domain(self, host: str) -> Outlet | None:
        """The outlet of a host name or URL; a subdomain belongs to the nearest listed domain above it."""
        try:
            name = urlsplit(host if "//" in host else f"//{host}").hostname or ""
        except ValueError:
            return None
        labels = name.strip(".").split(".")
        for start in range(len(labels) - 1):
            if outlet := self._domains.get(".".join(labels[start:])):
                return outlet
        return None

    def organisation_named(self, name: str) -> Organisation | None:
        """The organisation (monitor, UN body, medics, rescuers) with this name or abbreviation."""
        words = name_words(name)
        return self._bodies.get(words.strict) or self._bodies.get(words.loose)

    def may_begin_organisation(self, words: Words) -> bool:
        """Whether the name of an organisation may begin with the first of these words."""
        return words.strict[0] in self._body_heads or words.loose[0] in self._body_heads

    def party(self, party_id: str) -> Party | None:
        """The party with this id."""
        return self._parties.get(party_id)

    def at_home(self, country: str | None) -> tuple[Party, ...]:
        """The parties whose own a country is or was (see `Party.is_at_home`), in the profile's order."""
        return self._at_home.get(country, ()) if country else ()

    def family_of(self, party_id: str) -> str:
        """The id under which a party's organs count as one origin: its own, or that of its coalition's leader."""
        party = self._parties.get(party_id)
        return party.family if party and party.family else party_id

    def owner_of(self, name: str, *, on: date | None = None, hint: str | None = None) -> Membership | None:
        """Whose a source is, and why; None where it is of no party or is not known. `on`: the report's day.

        `hint` is the id of the party whose report it is, for a bare organ ("the army", "state television").
        """
        return self._index.owner_of(name, on, hint)

    def party_of_outlet(self, outlet: str | None, *, on: date | None = None) -> Membership | None:
        """The party whose own organ an outlet is, by the outlet's id or name: what an unnamed source counts as.

        Of one that no list has, the party whose page its name says it is: "Xian Ministry of Defence".
        """
        found = self.outlet_named(outlet) if outlet else None
        if found is None and outlet:
            return self._page_of(outlet, on)
        if found is None or found.party is None or not in_force(found.since, found.until, on):
            return None
        owner = f", owner: {found.owner}" if found.owner else ""
        party = self._parties[found.party]
        why = f"{found.name}: {found.kind} outlet{owner}{term(found.since, found.until)}; of {party.name}"
        return Membership(party.id, None, found.name, why, found.source, "outlet", found.id)

    def _page_of(self, outlet: str, on: date | None) -> Membership | None:
        printed = self.outlet_in_print(outlet)
        owner = self.owner_of(printed, on=on)
        if owner is None or not (
            owner.basis in _OFFICES or (owner.basis == "party" and fold(owner.matched) == fold(printed))
        ):
            return None  # a page that only has a party's name in its own may be anybody's
        why = f"{owner.name} on its own page: {owner.why}"
        return Membership(owner.party, owner.organ, owner.name, why, owner.source, "outlet", owner.matched, owner.kind)

    def is_people(self, words: str) -> bool:
        """Whether a party has these words for an adjective: the name of its people."""
        return words in self._peoples

    def opposed(self, one: str, other: str, *, on: date | None = None) -> Tie | None:
        """The tie that makes two parties adversaries on that day (None: at any time), or None."""
        return self._tie("adversaries", one, other, on)

    def allied(self, one: str, other: str, *, on: date | None = None) -> Tie | None:
        """The tie that makes two parties allies on that day, or None."""
        return self._tie("allies", one, other, on)

    def _tie(self, kind: TieKind, one: str, other: str, on: date | None) -> Tie | None:
        for tie in self._ties.get((kind, one, other), ()):
            if in_force(tie.since, tie.until, on):
                return tie
        return None


def in_print(outlet: str) -> str:
    """The short id of an outlet that no profile lists as a name: "The Daily Star" of "the-daily-star"."""
    if len(outlet) <= _ABBREVIATED:
        return outlet.upper()
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_ ]", outlet) if word)


@lru_cache(maxsize=1 << 13)  # the names of a case return in report after report
def _plain(name: str) -> str:
    """Letters and digits only, folded: the form under which outlets' names and credits are compared."""
    return "".join(char for char in fold(name) if char.isalnum())
