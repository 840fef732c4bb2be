"""Finding whose a named source is: the index behind `Profile.owner_of`.

Longest match first. A name of a person, organ, outlet or organisation may stand inside a longer description ("a
spokesman for the X ministry"); the name of a country or a capital counts only where it is the whole name or stands
beside a word for an organ ("X's army", "the defence ministry in Y"). Where two parties match equally well, or the
words say that the source stands apart from the party ("X-backed", "victims of"), there is no answer: abstain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.model.name_key import Words, name_words
from evenhand.model.parties import (
    Basis,
    Membership,
    Organ,
    Organisation,
    OrganKind,
    OrganWords,
    Outlet,
    Party,
    Person,
)

_MOST_WORDS = 40  # a source's description is shorter; bounds the work on hostile input
_KEPT = 20_000
_BELONGING = frozenset(("of", "from", "at", "with", "for", "inside"))  # "<anyone> of the X army" is of it
_PASSING = frozenset(("in", "near", "against", "by", "to", "on", "among", "under", "about"))  # only roles are
_PREPOSITIONS = _BELONGING | _PASSING
_LINKS = frozenset(("of", "in", "for"))
_BASIS_ORDER: tuple[Basis, ...] = (
    "person", "organ", "organisation", "outlet", "organ_words", "party", "seat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
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


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    entry: _Entry


def in_force(since: str | None, until: str | None, on: date | None) -> bool:
    """Whether `on` lies within [since, until]; partial ISO dates cover the whole year or month they name."""
    if on is None:
        return True
    day = on.isoformat()
    return (since is None or since <= day[: len(since)]) and (until is None or until >= day[: len(until)])


def term(since: str | None, until: str | None) -> str:
    """`since`–`until` in words, empty where neither is known."""
    if since and until:
        return f" from {since} to {until}"
    if since:
        return f" since {since}"
    return f" until {until}" if until else ""


def _of_party(basis: Basis, party: Party, why: str, *, whole: bool = False, kind: OrganKind | None = None) -> _Entry:
    return _Entry(basis, party.id, None, party.name, why, party.source, party.since, party.until, whole, kind)


class MembershipIndex:
    """Names → what they stand for. Built once per profile; holds no state that changes."""

    __slots__ = (
        "_answered",
        "_distance",
        "_exact",
        "_fighters",
        "_heads",
        "_kinds",
        "_listed",
        "_longest",
        "_loose",
        "_matched",
        "_outsiders",
        "_owner_heads",
        "_owners",
        "_press",
        "_roles",
        "_titles",
        "_undated",
    )

    def __init__(
        self,
        outlets: Iterable[Outlet],
        parties: Iterable[Party],
        organisations: Iterable[Organisation],
        words: OrganWords,
    ) -> None:
        self._exact: dict[tuple[str, ...], list[_Entry]] = {}
        self._loose: dict[tuple[str, ...], list[_Entry]] = {}
        self._owners: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._kinds = {name_words(phrase).strict: (phrase, kind) for phrase, kind in words.organs}
        self._fighters: dict[tuple[str, ...], tuple[str, OrganKind]] = {
            name_words(phrase).strict: (phrase, "army") for phrase in words.fighters
        }
        self._roles = _keys(words.roles) | _keys(words.titles)
        self._titles = tuple(name_words(title).strict for title in words.titles)
        self._distance = _keys(words.distance)
        self._outsiders = _keys(words.outsiders)
        self._press = _keys(words.press)
        listed = {party.id: party for party in parties}
        self._listed = listed
        for party in listed.values():
            self._add_party(party)
        for outlet in outlets:
            self._add_outlet(outlet)
        for organisation in organisations:
            self._add_organisation(organisation)
        self._longest = max((len(key) for key in self._exact), default=0)
        self._heads = _heads(self._exact), _heads(self._loose)
        self._owner_heads = frozenset(key[0] for key in self._owners if key)
        self._matched: dict[Words, tuple[_Match, ...]] = {}  # caches of pure functions, never part of a result
        self._answered: dict[tuple[str, date | None, str | None], Membership | None] = {}
        self._undated: dict[tuple[str, str | None], Membership | None] = {}

    # --- building -----------------------------------------------------------------------------------------------

    def _add(self, names: Iterable[str], entry: _Entry) -> None:
        for name in names:
            words = name_words(name)
            self._add_key(words, entry)

    def _add_key(self, words: Words, entry: _Entry) -> None:
        for table, key in ((self._exact, words.strict), (self._loose, words.loose)):
            entries = table.setdefault(key, [])
            if key and entry not in entries:
                entries.append(entry)

    def _add_party(self, party: Party) -> None:
        governs = party.kind == "government"
        self._add((party.name, *party.names), _of_party("party", party, f"names {party.name}", whole=governs))
        self._add(party.seats, _of_party("seat", party, f"a seat that stands for {party.name}", whole=True))
        if not governs:
            self._add(party.adjectives, _of_party("party", party, f"an adjective of {party.name}", whole=True))
        for owner in (*party.adjectives, *party.seats, party.name, *party.names):
            owned = self._owners.setdefault(name_words(owner).strict, [])
            if (party.id, owner) not in owned:
                owned.append((party.id, owner))
        organs = {organ.id: organ for organ in party.organs}
        for organ in party.organs:
            why = f"{organ.name}: {organ.kind} of {party.name}"
            entry = _Entry("organ", party.id, organ.id, organ.name, why, organ.source, party.since, party.until,
                           kind=organ.kind)  # fmt: skip
            self._add((organ.name, *organ.names), entry)
        for person in party.persons:
            self._add_person(party, organs.get(person.organ or ""), person)

    def _add_person(self, party: Party, organ: Organ | None, person: Person) -> None:
        of = f"{organ.name}, {organ.kind} of {party.name}" if organ else party.name
        why = f"{person.name}: {person.office}{term(person.since, person.until)}; of {of}"
        entry = _Entry("person", party.id, organ.id if organ else None, person.name, why, person.source,
                       person.since, person.until, kind=organ.kind if organ else None)  # fmt: skip
        self._add((person.name, *person.names), entry)
        office = name_words(person.office).strict
        for title in self._titles:
            if _contains(office, title):
                surname = name_words(person.name)
                loose = tuple(name_words(" ".join(title)).loose)
                self._add_key(Words((*title, surname.strict[-1]), (*loose, surname.loose[-1])), entry)

    def _add_outlet(self, outlet: Outlet) -> None:
        owner = f", owner: {outlet.owner}" if outlet.owner else ""
        why = f"{outlet.name}: {outlet.kind} outlet{owner}{term(outlet.since, outlet.until)}"
        if outlet.party:
            why += f"; of {self._listed[outlet.party].name}"
        # a newspaper called by one everyday word ("The Dawn") must not be found inside other names
        for name in (outlet.id, outlet.name, *outlet.names):
            whole = not outlet.wire and len(name_words(name).strict) == 1
            since, until = outlet.since, outlet.until
            entry = _Entry("outlet", outlet.party, None, outlet.name, why, outlet.source, since, until, whole)
            self._add((name,), entry)

    def _add_organisation(self, body: Organisation) -> None:
        why = f"{body.name}: {body.kind}"
        if body.party:
            why += f"; counted with {self._listed[body.party].name}: {body.reason}"
        self._add((body.name, *body.names), _Entry("organisation", body.party, None, body.name, why, body.source))

    # --- looking up ---------------------------------------------------------------------------------------------

    def owner_of(self, name: str, on: date | None = None, hint: str | None = None) -> Membership | None:
        """The party a source called `name` is of on that day, with the reason; None: of no party, or not known.

        `hint` is the party to which a bare organ belongs ("the army" in a report of one government's organ).
        """
        if (name, hint) in self._undated:
            return self._undated[name, hint]
        asked = (name, on, hint)
        if asked not in self._answered:
            for kept in (self._answered, self._undated):
                if len(kept) >= _KEPT:
                    kept.clear()
            words = Words(*(keys[:_MOST_WORDS] for keys in name_words(name)))
            found = self._matches(words) if words.strict else ()
            answer = self._owner_of(words, found, on, hint)
            if all(one.entry.since is None and one.entry.until is None for one in found):
                self._undated[name, hint] = answer  # as most are: the same in reports of whatever day
                return answer
            self._answered[asked] = answer
        return self._answered[asked]

    def _owner_of(self, words: Words, found: Sequence[_Match], on: date | None, hint: str | None) -> Membership | None:
        if not words.strict:
            return None
        best = self._longest_of([one for one in found if in_force(one.entry.since, one.entry.until, on)])
        if not best:
            return self._bare(words, hint) if hint else None
        if len({match.entry.party for match in best}) > 1:
            best = [match for match in best if hint is not None and match.entry.party == hint]
            if not best:
                return None
        chosen = min(best, key=lambda match: _BASIS_ORDER.index(match.entry.basis))
        if chosen.entry.party is None or self._stands_apart(words, chosen):
            return None
        return self._membership(chosen.entry, " ".join(words.strict[chosen.start : chosen.end]))

    def _matches(self, words: Words) -> tuple[_Match, ...]:
        """All that the words may stand for, on whatever day; the same sources return in report after report."""
        found = self._matched.get(words)
        if found is None:
            if len(self._matched) >= _KEPT:
                self._matched.clear()
            found = self._matched[words] = (*self._named(words), *self._described(words))
        return found

    @staticmethod
    def _membership(entry: _Entry, matched: str) -> Membership:
        assert entry.party is not None
        return Membership(
            entry.party, entry.organ, entry.name, entry.why, entry.source, entry.basis, matched, entry.kind
        )

    @staticmethod
    def _longest_of(matches: list[_Match]) -> list[_Match]:
        """The longest matches; of equally long ones, names listed as such before descriptions."""
        size = max((match.end - match.start for match in matches), default=0)
        longest = [match for match in matches if match.end - match.start == size]
        return [match for match in longest if match.entry.basis != "organ_words"] or longest

    def _named(self, words: Words) -> Iterator[_Match]:
        size = len(words.strict)
        exact, loose = self._heads
        for start in range(size):
            longest = max(exact.get(words.strict[start], 0), loose.get(words.loose[start], 0))
            for end in range(start + 1, min(size, start + longest) + 1):
                around = (*words.strict[:start], *words.strict[end:])
                for entry in self._entries(words, start, end):
                    if entry.whole and not all(word in self._roles for word in around):
                        continue
                    if not (self._is_states(entry) and any(word in self._press for word in around)):
                        yield _Match(start, end, entry)

    def _is_states(self, entry: _Entry) -> bool:
        """Whether it is a government by its country's or its capital's name, whose press is not the government's."""
        party = self._listed.get(entry.party or "")
        return entry.basis in {"party", "seat"} and party is not None and party.kind == "government"

    def _entries(self, words: Words, start: int, end: int) -> list[_Entry]:
        exact = self._exact.get(words.strict[start:end])
        return exact if exact is not None else self._loose.get(words.loose[start:end], [])

    def _described(self, words: Words) -> Iterator[_Match]:
        """Matches of "<owner> <organ>" ("Xian foreign ministry") and "<organ> of <owner>"."""
        strict = words.strict
        heads = self._owner_heads
        begin = [word in heads or (word[-1:] == "s" and word[:-1] in heads) for word in strict]
        if not any(begin):
            return
        named = ((s, e, key) for s, e, key in _spans(strict, 5) if begin[s] and self._owned(key))
        owners = [(s, e, key) for s, e, key in named if not self._goes_on(strict, s, e)]
        for start, end, organ in _spans(strict, 5) if owners else ():
            organs, fighters = self._kinds.get(organ), self._fighters.get(organ)
            if not organs and not fighters:
                continue
            for left, right, owner in owners:
                before = self._is_before(strict, right, start)
                after = left == end + 1 and strict[end] in _LINKS
                if after and strict[end] == "in" and self._has_another(strict, start, owner, owners):
                    continue
                if not before and not after:
                    continue
                for party_id, written in self._owned(owner):
                    party = self._listed[party_id]
                    phrase = organs or (fighters if party.kind != "government" else None)
                    if phrase:
                        entry = _of_party("organ_words", party, _reason(party, written, *phrase), kind=phrase[1])
                        yield _Match(min(left, start), max(right, end), entry)

    def _is_before(self, strict: tuple[str, ...], right: int, start: int) -> bool:
        """Whether an owner ending at `right` stands before an organ starting at `start`, with only roles between."""
        return right <= start and all(word in self._roles for word in strict[right:start])

    def _has_another(
        self,
        strict: tuple[str, ...],
        start: int,
        owner: tuple[str, ...],
        owners: list[tuple[int, int, tuple[str, ...]]],
    ) -> bool:
        """Whether the organ has another owner before it: "the Xian army in Y" is X's, and not Y's army."""
        here = {party for party, _ in self._owned(owner)}
        return any(
            self._is_before(strict, right, start) and not here.intersection(party for party, _ in self._owned(key))
            for _, right, key in owners
        )

    def _goes_on(self, strict: tuple[str, ...], start: int, end: int) -> bool:
        """Whether an owner but begins another's listed name: "Xian" in "vice-president of the Xian Coalition"."""
        parties = {party for party, _ in self._owned(strict[start:end])}
        longest = min(len(strict), start + self._longest)
        longer = (self._exact.get(strict[start:stop], ()) for stop in range(end + 1, longest + 1))
        return any(entry.party not in parties for entries in longer for entry in entries)

    def _owned(self, key: tuple[str, ...]) -> list[tuple[str, str]]:
        found = self._owners.get(key)
        if found is None and key[-1].endswith("s"):  # "Xs army": a possessive whose apostrophe was lost
            found = self._owners.get((*key[:-1], key[-1][:-1]))
        return found or []

    def _bare(self, words: Words, hint: str) -> Membership | None:
        party = self._listed.get(hint)
        organs = [(s, e, key) for s, e, key in _spans(words.strict, 5) if key in self._kinds]
        if not organs or party is None:
            return None
        start, end, organ = max(organs, key=lambda span: span[1] - span[0])
        rest = words.strict[:start] + words.strict[end:]
        known = self._roles | _PREPOSITIONS | {word for key in self._kinds for word in key}
        if any(word not in known for word in rest):
            return None
        phrase, kind = self._kinds[organ]
        why = f'"{phrase}" names an organ ({kind}); without an owner it is read as of {party.name}, whose report it is'
        return Membership(hint, None, party.name, why, party.source, "organ_words", " ".join(organ), kind)

    def _stands_apart(self, words: Words, match: _Match) -> bool:
        """Whether the words around the match say that the source is not of the party it names."""
        before, after = words.strict[: match.start], words.strict[match.end :]
        if not before and not after:
            return False
        if any(word in self._outsiders for word in (*before, *after)):
            return True
        if (before and before[-1] in self._distance) or (after and after[0] in self._distance):
            return True
        links = [i for i, word in enumerate(before) if word in _PREPOSITIONS]
        if not links or before[links[-1]] in _BELONGING:
            return False
        return not any(word in self._roles for word in before[: links[-1]])


def _reason(party: Party, owner: str, phrase: str, kind: str) -> str:
    return f'"{owner}" stands for {party.name} and "{phrase}" names an organ ({kind})'


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in name_words(phrase).strict)


def _heads(names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The first word of each name → the words of the longest name that begins with it."""
    found: dict[str, int] = {}
    for name in names:
        if name:
            found[name[0]] = max(len(name), found.get(name[0], 0))
    return found


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))


def _spans(words: tuple[str, ...], longest: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + longest) + 1):
            yield start, end, words[start:end]
