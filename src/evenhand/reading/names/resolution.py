"""From sources as written to speakers: one pass over the names and sources of a report in text order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from evenhand.model.evidence import Span
from evenhand.model.profile import Profile
from evenhand.reading.names import antecedents
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.phrases import Phrase, parts, roles_beside, understand
from evenhand.reading.names.register import Draft, Register
from evenhand.reading.names.tokens import Name, Named, described, usable

_PRONOUN = re.compile(r"\b(?:he|she|they|him|them|his|her|their)\b", re.IGNORECASE)
_WINDOW = 40  # how many of the latest candidates are weighed
_ADJECTIVE = ("an", "ian", "ish", "ese", "i", "ic", "ch")
_REACH = 12  # how many statements ahead "a monitoring group" may be named


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement that wants its speaker: its source as written, where it stands, whose content holds it."""

    source: Span | None
    cue: Span | None
    at: int
    parent: int | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the entity's index in `Resolved.drafts` order, name and body as the ledger wants them."""

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
    return _Resolution(text, sentences, names, asked, Register(profile, on, hint)).run()


@dataclass(slots=True)
class _Turn:
    index: int
    phrases: list[Phrase] = field(default_factory=list)


def _loose() -> frozenset[str]:
    return lexicon().generic


class _Resolution:
    def __init__(self, text: str, sentences: Sequence[Span], names: Sequence[Named], asked: Sequence[Asked],
                 register: Register) -> None:  # fmt: skip
        self.text, self.asked, self.register = text, asked, register
        self.starts = [s for s, _ in sentences]
        self.names = usable(text, names)
        self.described = described(text, names)
        self.name_starts = [n.span[0] for n in self.names]
        self.turns = [_Turn(i) for i in range(len(asked))]
        self.speakers: list[list[Draft]] = [[] for _ in asked]
        self.recent: dict[int, Draft] = {}
        self.said_by: dict[Span, list[Draft]] = {}

    def run(self) -> Resolved:
        order = sorted(range(len(self.asked)), key=lambda i: (self._position(i), self._depth(i)))
        self.ahead = [self.turns[i] for i in order]
        self.rank = {i: r for r, i in enumerate(order)}
        for i in order:
            self._understand(i)
        self._register_names(order)
        events: list[tuple[int, int, int]] = [(n.span[0], 1, i) for i, n in enumerate(self.names)]
        events += [(self._position(i), 0, i) for i in order]
        events += [(s, 2, i) for i, (s, _) in enumerate(self.described)]
        events += [(m.start(), 3, m.end()) for m in _PRONOUN.finditer(self.text)]
        self.sources = {a.source[0] for a in self.asked if a.source}
        turn = 0
        for at, kind, i in sorted(events, key=lambda e: (e[0], e[1])):
            if kind == 1:
                self._meet(self.names[i], at)
            elif kind == 2:
                self._describe(self.described[i])
            elif kind == 3:
                self._pronoun((at, i), turn)
            else:
                self._speak(i, turn, order)
                turn += 1
        return Resolved([self._speaker(i) for i in range(len(self.asked))], self.register.drafts)

    # -- first pass: understand every source, register every name ----------------------------------------
    def _position(self, i: int) -> int:
        source = self.asked[i].source
        return source[0] if source else self.asked[i].at

    def _depth(self, i: int) -> int:
        depth, parent = 0, self.asked[i].parent
        while parent is not None and depth < 20:
            depth, parent = depth + 1, self.asked[parent].parent
        return depth

    def _overlapping(self, span: Span) -> list[Name]:
        i = max(0, bisect_right(self.name_starts, span[0]) - 1)
        out = []
        while i < len(self.names) and self.names[i].span[0] < span[1]:
            if self.names[i].span[1] > span[0]:
                out.append(self.names[i])
            i += 1
        return out

    def _understand(self, i: int) -> None:
        source = self.asked[i].source
        if source is None or source[0] >= source[1]:
            return
        names = self._overlapping(source)
        for part in parts(self.text, source, names):
            inside = [n for n in names if n.span[0] < part[1] and part[0] < n.span[1]]
            self.turns[i].phrases.append(understand(self.text, part, inside))

    def _register_names(self, order: list[int]) -> None:
        """Full names first, so that a surname or a part of a body's name finds its owner wherever it stands."""
        spoken = [p for i in order for p in self.turns[i].phrases if p.name]
        for n in sorted(self.names, key=lambda n: -len(self.text[slice(*n.span)].split())):
            if n.kind in ("person", "organisation"):
                self.register.named(self.text[slice(*n.span)], n.kind)
        for p in spoken:
            for alias in p.aliases:
                self.register.introduce(self._of(p.name), alias)
        for p in sorted(spoken, key=lambda p: -len(self._of(p.name).split())):
            draft = self.register.named(self._of(p.name), self._name_kind(p))
            if p.head:
                draft.heads.add(p.head)
            draft.gender = draft.gender or p.gender
            for alias in p.aliases:
                self.register.alias(draft, alias)

    def _name_kind(self, p: Phrase) -> str | None:
        return None if p.name_kind in ("place", "people") else p.name_kind

    def _of(self, span: Span | None) -> str:
        return self.text[slice(*span)] if span else ""

    # -- second pass: in text order -----------------------------------------------------------------------
    def _sentence(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def _meet(self, name: Name, at: int) -> None:
        written = self._of(name.span)
        draft = self.register.named(written, name.kind, span=name.span)
        if draft.kind == "person":
            for head in roles_beside(self.text, name.span):
                draft.heads.add(head)
                draft.gender = draft.gender or lexicon().gender(head)
        self._touch(draft, at)

    def _describe(self, span: Span) -> None:
        """A group described but not named keeps its mentions together by its words."""
        if span[0] in self.sources:
            return
        draft = self.register.group(self._of(span))
        if all(m[0] != span for m in draft.mentions):
            draft.mentions.append((span, "nominal"))

    def _pronoun(self, span: Span, turn: int) -> None:
        """A pronoun that is nobody's source: whom it stands for is noted, who speaks next does not depend on it."""
        if span[0] in self.sources:
            return
        low = self._of(span).lower()
        gender = "m" if low in words.HE else "f" if low in words.SHE else None
        phrase = Phrase(span, "pronoun", pronoun=low, gender=gender, plural=low in words.THEY)
        draft = antecedents.choose(phrase, self._candidates(), self._sentence(span[0]), turn)
        if draft is not None:
            draft.mentions.append((span, "pronoun"))

    def _touch(self, draft: Draft, at: int) -> None:
        draft.seen = self._sentence(at)
        self.recent.pop(draft.order, None)
        self.recent[draft.order] = draft

    def _candidates(self, but: int | None = None) -> list[Draft]:
        """The latest candidates; a description inside a statement is not of that statement's own speaker."""
        above = list(self.speakers[but]) if but is not None else []
        if but is not None and (parent := self.asked[but].parent) is not None:
            above += self.speakers[parent]
        return [d for d in list(self.recent.values())[-_WINDOW:] if d not in above]

    def _speak(self, i: int, turn: int, order: list[int]) -> None:
        asked, phrases = self.asked[i], self.turns[i].phrases
        if not phrases:
            if asked.source is None and (asked.cue is None or asked.direct):
                self.speakers[i] = self._previous(i, order, turn)
        elif asked.source in self.said_by:  # one source of two statements
            self.speakers[i] = list(self.said_by[asked.source])
        else:
            for phrase in phrases:
                draft = self._draft(phrase, i, turn)
                if draft is not None and draft not in self.speakers[i]:
                    self.speakers[i].append(draft)
        if asked.source is not None:
            self.said_by[asked.source] = self.speakers[i]
        for draft in self.speakers[i]:
            draft.speaks = turn
            self._touch(draft, self._position(i))

    def _previous(self, i: int, order: list[int], turn: int) -> list[Draft]:
        """A quotation without a word on who speaks is the last speaker's at the same level."""
        for k in range(turn - 1, max(-1, turn - 50), -1):
            j = order[k]
            if self.asked[j].parent == self.asked[i].parent and self.speakers[j]:
                return list(self.speakers[j])
        return []

    def _draft(self, p: Phrase, i: int, turn: int) -> Draft | None:
        sentence = self._sentence(p.span[0])
        if p.pronoun:
            return self._of_pronoun(p, i, sentence, turn)
        if p.name is not None:
            return self._of_name(p, sentence, turn)
        if p.head_class == "document":
            return self._of_document(p, i, sentence, turn)
        found = None
        lasting = p.determiner == "definite" or (p.head_class == "body" and not p.plural) or (
            p.determiner == "bare" and p.plural)  # fmt: skip
        if lasting and not p.fresh:
            candidates = self._candidates(i)
            if p.determiner == "bare" and p.plural and p.head_class != "body":
                candidates = [d for d in candidates if not d.named]
            found = antecedents.choose(p, candidates, sentence, turn)
            if found is None and p.head_class == "body":
                found = self._named_later(p, i)
        if found is None:
            found = self._unnamed(p)
        if p.head:
            found.heads.add(p.head)
        found.gender = found.gender or p.gender
        self._mention(found, p, "nominal")
        return found

    def _of_pronoun(self, p: Phrase, i: int, sentence: int, turn: int) -> Draft | None:
        parent = self.asked[i].parent
        if p.pronoun in words.SPEAKER and parent is not None and self.speakers[parent]:
            found: Draft | None = self.speakers[parent][0]
        elif p.pronoun in words.RELATIVE:
            found = self._just_before(p.span[0])
        else:
            found = antecedents.choose(p, self._candidates(), sentence, turn)
        if found is not None:
            if p.gender and found.kind == "person":
                found.gender = found.gender or p.gender
            self._mention(found, p, "pronoun")
        elif p.pronoun in words.OTHER_PRONOUNS | words.SPEAKER:
            found = self.register.unnamed(p, self._label(p), None)
            self._mention(found, p, "pronoun")
        return found

    def _just_before(self, at: int) -> Draft | None:
        near = [d for d in self._candidates() if d.mentions and 0 <= at - d.mentions[-1][0][1] <= 4]
        if near:
            return near[-1]
        latest = self._candidates()
        return latest[-1] if latest else None

    def _owner(self, p: Phrase, sentence: int, turn: int) -> Draft | None:
        """Whose "its head X" is: the antecedent of a possessive that begins the phrase."""
        first = self._of(p.span).split(" ", 1)[0].lower()
        if first not in ("its", "their", "his", "her"):
            return None
        owner = Phrase(p.span, "pronoun", pronoun=first, plural=first == "their")
        return antecedents.choose(owner, self._candidates(), sentence, turn)

    def _of_name(self, p: Phrase, sentence: int, turn: int) -> Draft:
        owner = self._owner(p, sentence, turn) if p.org is None else None
        draft = self.register.named(self._of(p.name), self._name_kind(p), span=p.name)
        if p.head and (lexicon().is_person(p.head) or p.head in lexicon().body):
            draft.heads.add(p.head)
        draft.gender = draft.gender or p.gender
        if p.role and draft.role is None:
            draft.role = self._of(p.role).lower() if not self._of(p.role).isupper() else self._of(p.role)
        if p.org is not None and draft.org is None and draft.kind == "person":
            draft.org = self._body(p.org)
            draft.party = draft.party or (draft.org.party if draft.org else None)
        if owner is not None and draft.org is None and draft.kind == "person" and owner is not draft:
            draft.org, draft.party = owner, draft.party or owner.party
        if draft.kind == "person":
            self.register.describe(draft, self._of(p.span))
        return draft

    def _is_body(self, span: Span) -> bool:
        """Not a bare place or adjective of origin ("Syrian", "in Homs")."""
        kinds = [n.kind for n in self._overlapping(span)]
        low = self._of(span).lower().split()
        lex = lexicon()
        if "person" in kinds or low[0] in lex.title:
            return False
        if any(w in lex.body or w in lex.body_name for w in low):
            return True
        if "place" in kinds or "people" in kinds or (len(low) == 1 and low[0].endswith(_ADJECTIVE)):
            return False
        return "organisation" in kinds or self._of(span).isupper() or self.register.is_known(self._of(span))

    def _body(self, span: Span) -> Draft | None:
        """The body named in a phrase; a mere noun ("the ministry's spokesman") points back to one."""
        written = self._of(span)
        if not written.islower():
            return self.register.named(written, "organisation", span=span) if self._is_body(span) else None
        described = Phrase(span, "body", head=written.split()[-1], determiner="definite")
        return antecedents.choose(described, self._candidates(), self._sentence(span[0]), -1)

    def _of_document(self, p: Phrase, i: int, sentence: int, turn: int) -> Draft:
        if p.org is not None or self._of(p.span).split(" ", 1)[0].lower() in ("its", "their"):
            maker = self._body(p.org) if p.org is not None else self._owner(p, sentence, turn)
            if maker is not None:
                self._mention(maker, p, "nominal")
                return maker
        if p.determiner == "definite" and not p.plural:
            found = antecedents.choose(p, self._candidates(i), sentence, turn)
            if found is not None:
                self._mention(found, p, "nominal")
                return found
        found = self._unnamed(p)
        self._mention(found, p, "nominal")
        return found

    def _named_later(self, p: Phrase, i: int) -> Draft | None:
        """A lead that says "a monitoring group" and names it further down."""
        ahead = [(q.span[0], q.name, self._name_kind(q)) for t in self.ahead[self.rank[i] + 1 :][:_REACH]
                 for q in t.phrases if q.name is not None and q.span[0] > p.span[1] and q.name_kind != "person"]  # fmt: skip
        first = bisect_right(self.name_starts, p.span[1])
        ahead += [(n.span[0], n.span, n.kind) for n in self.names[first : first + _WINDOW] if n.kind == "organisation"]
        head = p.head or ""
        for _, span, kind in sorted(ahead, key=lambda a: a[0]):
            draft = self.register.named(self._of(span), kind)
            if draft in self.speakers[i] or (p.sort and not antecedents.alike(p.sort, draft.sort)):
                continue
            if draft.kind != "person" and (head in draft.fits or (head in draft.heads and head not in _loose())):
                return draft
        return None

    def _unnamed(self, p: Phrase) -> Draft:
        org = self._body(p.org) if p.org is not None else None
        return self.register.unnamed(p, self._label(p), org)

    def _label(self, p: Phrase) -> str:
        label = " ".join(self._of(p.span).split())
        first = label.split(" ")[0]
        runs = p.modifiers
        if first.lower() not in runs and (len(first) == 1 or not first.isupper()):
            label = label[0].lower() + label[1:]
        return label

    def _mention(self, draft: Draft, p: Phrase, form: str) -> None:
        if all(m[0] != p.span for m in draft.mentions):
            draft.mentions.append((p.span, form))  # type: ignore[arg-type]

    def _speaker(self, i: int) -> Speaker:
        drafts = self.speakers[i]
        if not drafts:
            return Speaker()
        orgs = [o for d in drafts if (o := self._org(d))]
        return Speaker(drafts[0], "; ".join(d.name for d in drafts), "; ".join(dict.fromkeys(orgs)) or None)

    def _org(self, draft: Draft) -> str | None:
        if draft.org is not None:
            return draft.org.name
        if draft.named and draft.kind != "person":
            return draft.name
        return draft.stands_for
