"""From sources as written to speakers: one pass over the names and sources of a report in text order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.profile import Profile
from evenhand.reading.names import antecedents
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.bodies import listed_bodies
from evenhand.reading.names.cast import WINDOW, Cast, form_of, name_kind
from evenhand.reading.names.draft import Draft
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.phrases import Phrase, noun_before, parts, understand
from evenhand.reading.names.register import Register
from evenhand.reading.names.tokens import Named, described

_PRONOUN = re.compile(r"\b(?:he|she|they|him|them|his|her|their)\b", re.IGNORECASE)
_REACH = 12  # how many statements ahead "a monitoring group" may be named
_BACK = 50  # how many statements back a quotation without a source looks for its speaker
_DEEPEST = 20
_OF_A_PERSON = 2  # words: a body may be listed under its head's name, too
_NOT_LAST = 2
_GOVERNMENTS = ("government", "regime", "administration", "authorities")


class Asked(msgspec.Struct, frozen=True):
    """One statement that wants its speaker: its source as written, where it stands, whose content holds it."""

    source: Span | None
    cue: Span | None
    at: int
    parent: int | None = None
    direct: bool = False


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks, with name and body as the ledger wants them."""

    draft: Draft | None = None
    name: str | None = None
    org: str | None = None


@dataclass(slots=True)
class Resolved:
    """Speakers in the order asked, and everyone met."""

    speakers: list[Speaker]
    drafts: list[Draft]


def resolve(text: str, sentences: Sequence[Span], names: Sequence[Named], asked: Sequence[Asked], *,
            profile: Profile, on: date | None = None, hint: str | None = None) -> Resolved:  # fmt: skip
    """Decide who speaks each of `asked` (in any order; parents by index).

    `on`: the report's day; `hint`: the party whose organ the outlet is, to which a bare "the army" belongs.
    Never raises on any text.
    """
    people = {n.span for n in names if n.kind == "person" and len(text[slice(*n.span)].split()) <= _OF_A_PERSON}
    listed = [span for span in listed_bodies(text, profile) if span not in people]
    cast = Cast(text, sentences, names, Register(profile, on, hint), listed)
    return _Resolution(cast, asked, described(text, names)).run()


@dataclass(slots=True)
class _Turn:
    index: int
    phrases: list[Phrase] = field(default_factory=list)


class _Resolution:
    def __init__(self, cast: Cast, asked: Sequence[Asked], groups: Sequence[Span]) -> None:
        self.cast, self.register, self.asked = cast, cast.register, asked
        self.turns = [_Turn(i) for i in range(len(asked))]
        self.speakers: list[list[Draft]] = [[] for _ in asked]
        self.said_by: dict[Span, list[Draft]] = {}
        self.order = sorted(range(len(asked)), key=lambda i: (self._position(i), self._depth(i)))
        self.rank = {i: r for r, i in enumerate(self.order)}
        sources = {a.source[0] for a in asked if a.source}
        self.groups = [s for s in groups if s[0] not in sources]
        self.pronouns = [m.span() for m in _PRONOUN.finditer(cast.text) if m.start() not in sources]

    def run(self) -> Resolved:
        for i in self.order:
            self._understand(i)
        self._register_names()
        events = [(n.span[0], 1, i) for i, n in enumerate(self.cast.names)]
        events += [(self._position(i), 0, r) for r, i in enumerate(self.order)]
        events += [(s, 2, i) for i, (s, _) in enumerate(self.pronouns)]
        turn = 0  # counts statements that stand in no other: who spoke last is who spoke outermost
        for _, kind, i in sorted(events):
            if kind == 0:
                self._speak(self.order[i], turn)
                turn += self.asked[self.order[i]].parent is None
            elif kind == 1:
                self.cast.meet(self.cast.names[i])
            else:
                self.cast.pronoun(self.pronouns[i], turn)
        self._first_persons()
        known = {span for d in self.register.drafts for span in d.mentions}
        for span in self.groups:
            if span in known:
                continue
            self.register.group(self.cast.of(span)).note(span, "nominal")
        return Resolved([self._speaker(i) for i in range(len(self.asked))], self.register.drafts)

    # -- first pass: understand every source, register every name ----------------------------------------
    def _position(self, i: int) -> int:
        source = self.asked[i].source
        return source[0] if source else self.asked[i].at

    def _depth(self, i: int) -> int:
        depth, parent = 0, self.asked[i].parent
        while parent is not None and depth < _DEEPEST:
            depth, parent = depth + 1, self.asked[parent].parent
        return depth

    def _understand(self, i: int) -> None:
        source = self.asked[i].source
        if source is None or source[0] >= source[1]:
            return
        names = self.cast.overlapping(source)
        for part in parts(self.cast.text, source, names):
            inside = [n for n in names if n.span[0] < part[1] and part[0] < n.span[1]]
            self.turns[i].phrases.append(understand(self.cast.text, part, inside, self.cast.listed))

    def _register_names(self) -> None:
        """Full names first, so that a surname or a part of a body's name finds its owner wherever it stands."""
        of, register = self.cast.of, self.register
        spoken = [p for i in self.order for p in self.turns[i].phrases if p.name]
        for n in sorted(self.cast.names, key=lambda n: -len(of(n.span).split())):
            if n.kind in ("person", "organisation"):
                register.named(of(n.span), n.kind)
        for p in spoken:
            for alias in p.aliases:
                register.introduce(of(p.name), alias)
        for p in sorted(spoken, key=lambda p: -len(of(p.name).split())):
            draft = register.named(of(p.name), name_kind(p))
            if p.head:
                draft.heads.add(p.head)
            draft.gender = draft.gender or p.gender
            for alias in p.aliases:
                register.alias(draft, alias)

    # -- second pass: in text order -----------------------------------------------------------------------
    def _speak(self, i: int, turn: int) -> None:
        asked, phrases = self.asked[i], self.turns[i].phrases
        if asked.source is not None and asked.source in self.said_by:  # one source of two statements
            self.speakers[i] = list(self.said_by[asked.source])
        elif phrases:
            for phrase in phrases:
                draft = self._draft(phrase, i, turn)
                if draft is not None and draft not in self.speakers[i]:
                    self.speakers[i].append(draft)
        elif asked.source is None and (asked.cue is None or self._same_sentence(i)):
            self.speakers[i] = self._previous(i)
        if asked.source is not None:
            self.said_by[asked.source] = self.speakers[i]
        nested = asked.parent is not None  # who is reported within another's words is not who spoke last
        for draft in self.speakers[i]:
            draft.speaks = max(draft.speaks, turn - _NOT_LAST) if nested else turn
            self.cast.touch(draft, self._position(i))

    def _first_persons(self) -> None:
        """As in "We hope": "we" within a statement is its speaker, who may be named behind it."""
        for i in self.order:
            parent, phrases = self.asked[i].parent, self.turns[i].phrases
            if parent is None or len(phrases) != 1 or phrases[0].pronoun not in words.SPEAKER:
                continue
            if self.speakers[parent] and self.speakers[i] != self.speakers[parent]:
                for draft in self.speakers[i]:
                    draft.mentions.pop(phrases[0].span, None)
                self.speakers[i] = list(self.speakers[parent])
                self.speakers[i][0].note(phrases[0].span, "pronoun")

    def _same_sentence(self, i: int) -> bool:
        """Whether the statement before has its cue in the same sentence ("X said P, saying Q")."""
        cue, rank = self.asked[i].cue, self.rank[i]
        before = self.asked[self.order[rank - 1]].cue if rank else None
        if cue is None or before is None:
            return False
        return self.cast.sentence(cue[0]) == self.cast.sentence(before[0])

    def _previous(self, i: int) -> list[Draft]:
        """A quotation without a word on who speaks is the last speaker's at the same level."""
        rank = self.rank[i]
        for j in reversed(self.order[max(0, rank - _BACK) : rank]):
            if self.asked[j].parent == self.asked[i].parent and self.speakers[j]:
                return list(self.speakers[j])
        return []

    def _draft(self, p: Phrase, i: int, turn: int) -> Draft | None:
        if p.name is not None:
            return self.cast.named(p, turn)
        if p.pronoun:
            found = self._of_pronoun(p, i, turn)
        elif p.head_class == "document":
            found = self._of_document(p, i, turn)
        else:
            found = self._of_description(p, i, turn)
        if found is not None:
            if found.kind == "person" and p.gender:
                found.gender = found.gender or p.gender
            found.note(p.span, form_of(p))
        return found

    def _others(self, i: int) -> list[Draft]:
        """Whom a description in a statement does not mean: the speaker above it, the other half of a joint source."""
        parent = self.asked[i].parent
        return self.speakers[i] + (self.speakers[parent] if parent is not None else [])

    def _of_description(self, p: Phrase, i: int, turn: int) -> Draft:
        found = None
        bare = p.determiner == "bare" and p.plural
        if (p.determiner == "definite" or (p.head_class == "body" and not p.plural) or bare) and not p.fresh:
            but = self._others(i)
            if bare and p.head_class != "body":
                but += [d for d in self.cast.latest() if d.named]
            if p.head in _GOVERNMENTS and p.modifiers - {p.head}:
                found = self.register.side(self.cast.of(p.span))
            found = found or self.cast.choose(p, turn, but)
            if found is None and p.head_class == "body" and (not p.plural or p.determiner == "definite"):
                found = self._named_later(p, i)
        if found is None:
            found = self.cast.unnamed(p)
        if p.head:
            found.heads.add(p.head)
        return found

    def _of_pronoun(self, p: Phrase, i: int, turn: int) -> Draft | None:
        parent = self.asked[i].parent
        if p.pronoun in words.SPEAKER and parent is not None and self.speakers[parent]:
            return self.speakers[parent][0]
        if p.pronoun in words.RELATIVE:
            return self.cast.just_before(p.span[0]) or self._before_relative(p, i, turn)
        found = self.cast.choose(p, turn)
        if found is None and p.pronoun in words.OTHER_PRONOUNS | words.SPEAKER:
            return self.cast.unnamed(p)
        return found

    def _before_relative(self, p: Phrase, i: int, turn: int) -> Draft | None:
        """The noun phrase that a relative pronoun continues: "the coalition which has said"."""
        before = noun_before(self.cast.text, p.span[0])
        if before is None:
            return None
        phrase = understand(self.cast.text, before, self.cast.overlapping(before))
        return self._draft(phrase, i, turn) if phrase.pronoun is None else None

    def _of_document(self, p: Phrase, i: int, turn: int) -> Draft:
        """A report or statement speaks for its maker: the body named in it, its owner, else who spoke last."""
        found = self.cast.body(p.org) if p.org is not None else self.cast.owner(p, turn)
        if found is None and p.determiner == "definite" and not p.plural:
            found = self.cast.choose(p, turn, self._others(i))
        return found or self.cast.unnamed(p)

    def _named_later(self, p: Phrase, i: int) -> Draft | None:
        """A lead that says "a monitoring group" and names it further down."""
        cast, at = self.cast, p.span[1]
        ahead = [
            (q.span[0], q.name, name_kind(q))
            for j in self.order[self.rank[i] + 1 :][:_REACH]
            for q in self.turns[j].phrases
            if q.name is not None and q.span[0] > at and q.name_kind != "person"
        ]
        spoken = {span for _, span, _ in ahead}
        named = cast.names[bisect_right(cast.name_starts, at) :][:WINDOW]
        ahead += [(n.span[0], n.span, n.kind) for n in named if n.kind == "organisation"]
        head = p.head or ""
        for _, span, kind in sorted(ahead, key=lambda a: a[0]):
            draft = self.register.named(cast.of(span), kind)
            if draft in self.speakers[i] or (p.sort and not antecedents.alike(p.sort, draft.sort)):
                continue
            if span not in spoken and _owns(cast.text, span[1]):
                continue  # "X's envoy", further down, does not make X "the government" here
            known = head in draft.heads and head not in lexicon().generic
            if draft.kind != "person" and (head in draft.fits or known):
                return draft
        return None

    def _speaker(self, i: int) -> Speaker:
        drafts = self.speakers[i]
        if not drafts:
            return Speaker()
        orgs = dict.fromkeys(o for d in drafts if (o := d.speaks_for))
        return Speaker(drafts[0], "; ".join(d.name for d in drafts), "; ".join(orgs) or None)


def _owns(text: str, end: int) -> bool:
    """Whether a name that ends here owns what follows: "X | 's envoy"."""
    return text[end : end + 2] in {"'s", "’s", "s'", "s’"}
