"""What names may stand for: everything that a profile lists, by name. Built once per profile; it does not change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.model.name_key import Words, name_words
from evenhand.model.parties import (
    Basis,
    Organ,
    Organisation,
    OrganKind,
    OrganWords,
    Outlet,
    Party,
    Person,
)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a name may stand for; `party` None means: known, and of no party."""

    basis: Basis
    party: str | None
    organ: str | None
    name: str
    why: str
    source: str
    since: str | None = None
    until: str | None = None
    whole: bool = False
    kind: OrganKind | None = None


def term(since: str | None, until: str | None) -> str:
    """`since`–`until` in words, empty where neither is known."""
    if since and until:
        return f" from {since} to {until}"
    if since:
        return f" since {since}"
    return f" until {until}" if until else ""


def of_party(basis: Basis, party: Party, why: str, *, whole: bool = False, kind: OrganKind | None = None) -> Entry:
    """A party, as such an entry (`basis`) of its own."""
    return Entry(basis, party.id, None, party.name, why, party.source, party.since, party.until, whole, kind)


class Listing:
    """Names → entries, and owners, organs and other words by which a source is described."""

    __slots__ = (
        "distance", "exact", "fighters", "heads", "kinds", "longest", "loose", "outsiders", "owner_heads", "owners",
        "parties", "press", "roles", "titles",
    )  # fmt: skip

    def __init__(
        self,
        outlets: Iterable[Outlet],
        parties: Iterable[Party],
        organisations: Iterable[Organisation],
        words: OrganWords,
    ) -> None:
        self.exact: dict[Key, list[Entry]] = {}
        self.loose: dict[Key, list[Entry]] = {}
        self.owners: dict[Key, list[tuple[str, str]]] = {}
        self.kinds = {name_words(phrase).strict: (phrase, kind) for phrase, kind in words.organs}
        self.fighters: dict[Key, tuple[str, OrganKind]] = {
            name_words(phrase).strict: (phrase, "army") for phrase in words.fighters
        }
        self.roles = _keys(words.roles) | _keys(words.titles)
        self.titles = tuple(name_words(title).strict for title in words.titles)
        self.distance = _keys(words.distance)
        self.outsiders = _keys(words.outsiders)
        self.press = _keys(words.press)
        self.parties = {party.id: party for party in parties}
        for party in self.parties.values():
            self._add_party(party)
        for outlet in outlets:
            self._add_outlet(outlet)
        for organisation in organisations:
            self._add_organisation(organisation)
        self.longest = max((len(key) for key in self.exact), default=0)
        self.heads = _heads(self.exact), _heads(self.loose)
        self.owner_heads = frozenset(key[0] for key in self.owners if key)

    def entries(self, words: Words, start: int, end: int) -> list[Entry]:
        """What these words are the name of: as they are written, else as they sound."""
        exact = self.exact.get(words.strict[start:end])
        return exact if exact is not None else self.loose.get(words.loose[start:end], [])

    def owned(self, key: Key) -> list[tuple[str, str]]:
        """(party, the word as listed) of each party that these words, before or after an organ, stand for."""
        found = self.owners.get(key)
        if found is None and key[-1].endswith("s"):  # "Xs army": a possessive whose apostrophe was lost
            found = self.owners.get((*key[:-1], key[-1][:-1]))
        return found or []

    def is_states(self, entry: Entry) -> bool:
        """Whether it is a government by its country's or its capital's name, whose press is not the government's."""
        party = self.parties.get(entry.party or "")
        return entry.basis in {"party", "seat"} and party is not None and party.kind == "government"

    def _add(self, names: Iterable[str], entry: Entry) -> None:
        for name in names:
            words = name_words(name)
            self._add_key(words, entry)

    def _add_key(self, words: Words, entry: Entry) -> None:
        for table, key in ((self.exact, words.strict), (self.loose, words.loose)):
            entries = table.setdefault(key, [])
            if key and entry not in entries:
                entries.append(entry)

    def _add_party(self, party: Party) -> None:
        governs = party.kind == "government"
        self._add((party.name, *party.names), of_party("party", party, f"names {party.name}", whole=governs))
        self._add(party.seats, of_party("seat", party, f"a seat that stands for {party.name}", whole=True))
        if not governs:
            self._add(party.adjectives, of_party("party", party, f"an adjective of {party.name}", whole=True))
        for owner in (*party.adjectives, *party.seats, party.name, *party.names):
            owned = self.owners.setdefault(name_words(owner).strict, [])
            if (party.id, owner) not in owned:
                owned.append((party.id, owner))
        organs = {organ.id: organ for organ in party.organs}
        for organ in party.organs:
            why = f"{organ.name}: {organ.kind} of {party.name}"
            entry = Entry("organ", party.id, organ.id, organ.name, why, organ.source, party.since, party.until,
                           kind=organ.kind)  # fmt: skip
            self._add((organ.name, *organ.names), entry)
        for person in party.persons:
            self._add_person(party, organs.get(person.organ or ""), person)

    def _add_person(self, party: Party, organ: Organ | None, person: Person) -> None:
        of = f"{organ.name}, {organ.kind} of {party.name}" if organ else party.name
        why = f"{person.name}: {person.office}{term(person.since, person.until)}; of {of}"
        entry = Entry("person", party.id, organ.id if organ else None, person.name, why, person.source,
                       person.since, person.until, kind=organ.kind if organ else None)  # fmt: skip
        self._add((person.name, *person.names), entry)
        office = name_words(person.office).strict
        for title in self.titles:
            if _contains(office, title):
                surname = name_words(person.name)
                loose = tuple(name_words(" ".join(title)).loose)
                self._add_key(Words((*title, surname.strict[-1]), (*loose, surname.loose[-1])), entry)

    def _add_outlet(self, outlet: Outlet) -> None:
        owner = f", owner: {outlet.owner}" if outlet.owner else ""
        why = f"{outlet.name}: {outlet.kind} outlet{owner}{term(outlet.since, outlet.until)}"
        if outlet.party:
            why += f"; of {self.parties[outlet.party].name}"
        # a newspaper called by one everyday word ("The Dawn") must not be found inside other names
        for name in (outlet.id, outlet.name, *outlet.names):
            whole = not outlet.wire and len(name_words(name).strict) == 1
            since, until = outlet.since, outlet.until
            entry = Entry("outlet", outlet.party, None, outlet.name, why, outlet.source, since, until, whole)
            self._add((name,), entry)

    def _add_organisation(self, body: Organisation) -> None:
        why = f"{body.name}: {body.kind}"
        if body.party:
            why += f"; counted with {self.parties[body.party].name}: {body.reason}"
        self._add((body.name, *body.names), Entry("organisation", body.party, None, body.name, why, body.source))


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in name_words(phrase).strict)


def _heads(names: Iterable[Key]) -> dict[str, int]:
    """The first word of each name → the words of the longest name that begins with it."""
    found: dict[str, int] = {}
    for name in names:
        if name:
            found[name[0]] = max(len(name), found.get(name[0], 0))
    return found


def _contains(words: Key, part: Key) -> bool:
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))
