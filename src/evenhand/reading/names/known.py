"""What the profile knows of a name: whose it is, under which name it is listed, which nouns may stand for it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import msgspec

from evenhand.model.name_key import name_words
from evenhand.model.profile import Membership, Profile
from evenhand.model.reading import EntityKind

_GENERIC_TAIL = re.compile(
    r"\s{1,8}(?:(?:official|state|news|press|media|satellite)\s{1,8}){0,3}(?:agency|channel|network|newspaper|daily|television|tv|"
    r"radio|website|service|monitoring\s{1,8}group|group|outlet)\Z"
)
words_of = lru_cache(maxsize=8192)(name_words)


class Entry(msgspec.Struct, frozen=True):
    """A listed person or body; `sort` is its kind in the word lists, `stands_for` the organ or party of a person.

    `organ`: it is an organ with several listed names, of which a report's own is kept.
    """

    name: str
    kind: EntityKind
    party: str | None
    sort: str | None = None
    stands_for: str | None = None
    organ: bool = False


class Known:
    """Look-ups in a profile for the day of a report. `hint`: the party whose organ the report's outlet is."""

    def __init__(self, profile: Profile, on: date | None, hint: str | None) -> None:
        self._profile, self._on, self._hint = profile, on, hint

    def member(self, phrase: str, *, own: bool = False) -> Membership | None:
        """Whose a phrase says its bearer is; `own`: a bare organ ("the army") is that of the outlet's party."""
        return self._profile.owner_of(phrase, on=self._on, hint=self._hint if own else None)

    def is_body(self, name: str) -> bool:
        """Whether an outlet or organisation has this name."""
        return bool(self._profile.organisation_named(name) or self._profile.outlet_named(name))

    def is_coalition(self, party: str) -> bool:
        """Whether a party is a coalition of several."""
        found = self._profile.party(party)
        return found is not None and found.kind == "coalition"

    def stands_for(self, member: Membership) -> str | None:
        """The organ a member belongs to, by name, else the party."""
        party = self._profile.party(member.party)
        if party is None:
            return None
        return next((o.name for o in party.organs if o.id == member.organ), party.name)

    def government(self, phrase: str) -> Entry | None:
        """The government that a description names by its owner ("the government of President X")."""
        member = self.member(phrase)
        party = self._profile.party(member.party) if member is not None else None
        if party is None or party.kind != "government":
            return None
        return Entry(party.name, "government", party.id, party.kind)

    def find(self, name: str, kind: str | None) -> Entry | None:
        """The entry of a name; `kind` is the network's ("person", "organisation", …) or None."""
        if kind == "person" and self._names_a_side(name):
            kind = None  # the network took a country or a body for a person
        if kind != "person" and (body := self._body(name)) is not None:
            return body
        member = self.member(name)
        if member is None:
            return None
        if member.basis == "person" and kind in (None, "person"):
            return Entry(member.name, "person", member.party, stands_for=self.stands_for(member))
        if kind == "person" or len(words_of(name).strict) > len(member.matched.split()) + 1:
            return None
        return self._of_party(member)

    def _body(self, name: str) -> Entry | None:
        if body := self._profile.organisation_named(name):
            return Entry(body.name, "organisation", body.party, body.kind)
        outlet = self._profile.outlet_named(name) or self._profile.outlet_named(_GENERIC_TAIL.sub("", name))
        if outlet is None or not name[:1].isupper():
            return None
        if outlet.kind in ("monitor", "un"):
            return Entry(outlet.name, "organisation", outlet.party, outlet.kind)
        return Entry(outlet.name, "outlet", outlet.party, "wire" if outlet.wire else "outlet")

    def _of_party(self, member: Membership) -> Entry | None:
        party = self._profile.party(member.party)
        if party is None:
            return None
        state: EntityKind = "armed_group" if party.kind == "armed_group" else "government"
        if member.basis in ("party", "seat"):
            named = state if party.kind in ("armed_group", "government") else "organisation"
            return Entry(party.name, named, party.id, party.kind)
        if member.basis != "organ":
            return None
        organ = next((o for o in party.organs if o.id == member.organ), None)
        if organ is not None and organ.kind in ("media", "agency"):
            return Entry(member.name, "outlet", party.id, "outlet")
        return Entry(member.name, state, party.id, organ.kind if organ else None, organ=True)

    def _names_a_side(self, name: str) -> bool:
        if self.is_body(name):
            return True
        member = self.member(name)
        if member is None or member.basis == "person":
            return False
        return len(member.matched.split()) >= len(words_of(name).strict)
