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

from evenhand.model.listing import Entry, Key, Listing, of_party
from evenhand.model.name_key import Words, name_words
from evenhand.model.parties import Basis, Membership, Organisation, OrganWords, Outlet, Party

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
class _Match:
    start: int
    end: int
    entry: Entry


def in_force(since: str | None, until: str | None, on: date | None) -> bool:
    """Whether `on` lies within [since, until]; partial ISO dates cover the whole year or month they name."""
    if on is None:
        return True
    day = on.isoformat()
    return (since is None or since <= day[: len(since)]) and (until is None or until >= day[: len(until)])


class MembershipIndex:
    """Names → what they stand for. Built once per profile; holds no state that changes."""

    __slots__ = ("_answered", "_listed", "_matched", "_undated")

    def __init__(
        self,
        outlets: Iterable[Outlet],
        parties: Iterable[Party],
        organisations: Iterable[Organisation],
        words: OrganWords,
    ) -> None:
        self._listed = Listing(outlets, parties, organisations, words)
        self._matched: dict[Words, tuple[_Match, ...]] = {}  # caches of pure functions, never part of a result
        self._answered: dict[tuple[str, date | None, str | None], Membership | None] = {}
        self._undated: dict[tuple[str, str | None], Membership | None] = {}

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
    def _membership(entry: Entry, matched: str) -> Membership:
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
        exact, loose = self._listed.heads
        for start in range(size):
            longest = max(exact.get(words.strict[start], 0), loose.get(words.loose[start], 0))
            for end in range(start + 1, min(size, start + longest) + 1):
                around = (*words.strict[:start], *words.strict[end:])
                for entry in self._listed.entries(words, start, end):
                    if entry.whole and not all(word in self._listed.roles for word in around):
                        continue
                    if not (self._listed.is_states(entry) and any(word in self._listed.press for word in around)):
                        yield _Match(start, end, entry)

    def _described(self, words: Words) -> Iterator[_Match]:
        """Matches of "<owner> <organ>" ("Xian foreign ministry") and "<organ> of <owner>"."""
        strict = words.strict
        heads = self._listed.owner_heads
        begin = [word in heads or (word[-1:] == "s" and word[:-1] in heads) for word in strict]
        if not any(begin):
            return
        named = ((s, e, key) for s, e, key in _spans(strict, 5) if begin[s] and self._listed.owned(key))
        owners = [(s, e, key) for s, e, key in named if not self._goes_on(strict, s, e)]
        for start, end, organ in _spans(strict, 5) if owners else ():
            organs, fighters = self._listed.kinds.get(organ), self._listed.fighters.get(organ)
            if not organs and not fighters:
                continue
            for left, right, owner in owners:
                before = self._is_before(strict, right, start)
                after = left == end + 1 and strict[end] in _LINKS
                if after and strict[end] == "in" and self._has_another(strict, start, owner, owners):
                    continue
                if not before and not after:
                    continue
                for party_id, written in self._listed.owned(owner):
                    party = self._listed.parties[party_id]
                    phrase = organs or (fighters if party.kind != "government" else None)
                    if phrase:
                        entry = of_party("organ_words", party, _reason(party, written, *phrase), kind=phrase[1])
                        yield _Match(min(left, start), max(right, end), entry)

    def _is_before(self, strict: Key, right: int, start: int) -> bool:
        """Whether an owner ending at `right` stands before an organ starting at `start`, with only roles between."""
        return right <= start and all(word in self._listed.roles for word in strict[right:start])

    def _has_another(
        self,
        strict: Key,
        start: int,
        owner: Key,
        owners: list[tuple[int, int, Key]],
    ) -> bool:
        """Whether the organ has another owner before it: "the Xian army in Y" is X's, and not Y's army."""
        here = {party for party, _ in self._listed.owned(owner)}
        return any(
            self._is_before(strict, right, start)
            and not here.intersection(party for party, _ in self._listed.owned(key))
            for _, right, key in owners
        )

    def _goes_on(self, strict: Key, start: int, end: int) -> bool:
        """Whether an owner but begins another's listed name: "Xian" in "vice-president of the Xian Coalition"."""
        parties = {party for party, _ in self._listed.owned(strict[start:end])}
        longest = min(len(strict), start + self._listed.longest)
        longer = (self._listed.exact.get(strict[start:stop], ()) for stop in range(end + 1, longest + 1))
        return any(entry.party not in parties for entries in longer for entry in entries)

    def _bare(self, words: Words, hint: str) -> Membership | None:
        party = self._listed.parties.get(hint)
        organs = [(s, e, key) for s, e, key in _spans(words.strict, 5) if key in self._listed.kinds]
        if not organs or party is None:
            return None
        start, end, organ = max(organs, key=lambda span: span[1] - span[0])
        rest = words.strict[:start] + words.strict[end:]
        known = self._listed.roles | _PREPOSITIONS | {word for key in self._listed.kinds for word in key}
        if any(word not in known for word in rest):
            return None
        phrase, kind = self._listed.kinds[organ]
        why = f'"{phrase}" names an organ ({kind}); without an owner it is read as of {party.name}, whose report it is'
        return Membership(hint, None, party.name, why, party.source, "organ_words", " ".join(organ), kind)

    def _stands_apart(self, words: Words, match: _Match) -> bool:
        """Whether the words around the match say that the source is not of the party it names."""
        before, after = words.strict[: match.start], words.strict[match.end :]
        if not before and not after:
            return False
        if any(word in self._listed.outsiders for word in (*before, *after)):
            return True
        if (before and before[-1] in self._listed.distance) or (after and after[0] in self._listed.distance):
            return True
        links = [i for i, word in enumerate(before) if word in _PREPOSITIONS]
        if not links or before[links[-1]] in _BELONGING:
            return False
        return not any(word in self._listed.roles for word in before[: links[-1]])


def _reason(party: Party, owner: str, phrase: str, kind: str) -> str:
    return f'"{owner}" stands for {party.name} and "{phrase}" names an organ ({kind})'


def _spans(words: Key, longest: int) -> Iterator[tuple[int, int, Key]]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + longest) + 1):
            yield start, end, words[start:end]
