"""The people and bodies of one report while it is read: who was met, and what a phrase of theirs means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.model.reading import Form
from evenhand.reading.names import antecedents
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.draft import Draft
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.phrases import Phrase, roles_beside
from evenhand.reading.names.register import Register
from evenhand.reading.names.tokens import Name, Named, usable

WINDOW = 40  # how many of the latest candidates are weighed
_PART_OF_LAND = re.compile(
    r"\s(?:suburbs?|areas?|regions?|countryside|provinces?|governorates?|districts?|neighbou?rhoods?|outskirts|border)\b"
)
_ADJECTIVE = ("an", "ian", "ish", "ese", "i", "ic", "ch")


class Cast:
    """Register, names in text order, and who was met last. Grows while a report is read."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        names: Sequence[Named],
        register: Register,
        listed: Sequence[Span] = (),
    ) -> None:
        """`listed`: where bodies are named as the profile lists them; they stand for what the network found within."""
        self.text, self.register = text, register
        self.listed = frozenset(listed)
        found = [n for n in usable(text, names) if not any(s <= n.span[0] and n.span[1] <= e for s, e in listed)]
        self.names = sorted([*found, *(Name(span, "organisation") for span in listed)], key=lambda n: n.span)
        self.name_starts = [n.span[0] for n in self.names]
        self._starts = [s for s, _ in sentences]
        self._recent: dict[int, Draft] = {}

    def of(self, span: Span | None) -> str:
        """The words of a span."""
        return self.text[slice(*span)] if span else ""

    def sentence(self, at: int) -> int:
        """The number of the sentence at a position."""
        return bisect_right(self._starts, at)

    def overlapping(self, span: Span) -> list[Name]:
        """The names that share a character with a span."""
        i = max(0, bisect_right(self.name_starts, span[0]) - 1)
        out = []
        while i < len(self.names) and self.names[i].span[0] < span[1]:
            if self.names[i].span[1] > span[0]:
                out.append(self.names[i])
            i += 1
        return out

    def latest(self, but: Sequence[Draft] = ()) -> list[Draft]:
        """The candidates met last, the latest at the end."""
        return [d for d in list(self._recent.values())[-WINDOW:] if d not in but]

    def touch(self, draft: Draft, at: int) -> None:
        """Note that someone was met here."""
        draft.seen = self.sentence(at)
        self._recent.pop(draft.order, None)
        self._recent[draft.order] = draft

    def choose(self, p: Phrase, turn: int, but: Sequence[Draft] = ()) -> Draft | None:
        """Whom a pronoun or description points back to."""
        return antecedents.choose(p, self.latest(but), self.sentence(p.span[0]), turn)

    # -- what stands in the text outside sources ------------------------------------------------------------
    def meet(self, name: Name) -> None:
        """A name in the text: its mention, the roles beside it."""
        draft = self.register.named(self.of(name.span), name.kind, span=name.span)
        if draft.kind == "person":
            for head in roles_beside(self.text, name.span):
                draft.heads.add(head)
                draft.gender = draft.gender or lexicon().gender(head)
        self.touch(draft, name.span[0])

    def pronoun(self, span: Span, turn: int) -> None:
        """A pronoun that is nobody's source: whom it stands for is noted; who speaks next does not depend on it."""
        low = self.of(span).lower()
        gender = "m" if low in words.HE else "f" if low in words.SHE else None
        phrase = Phrase(span, "pronoun", pronoun=low, gender=gender, plural=low in words.THEY)
        draft = self.choose(phrase, turn)
        if draft is not None:
            draft.note(span, "pronoun")

    # -- what a source's phrase means -----------------------------------------------------------------------
    def named(self, p: Phrase, turn: int) -> Draft:
        """The one a phrase names, with role, body and side."""
        owner = self.owner(p, turn) if p.org is None else None
        draft = self.register.named(self.of(p.name), name_kind(p), span=p.name)
        if p.head and (lexicon().is_person(p.head) or p.head in lexicon().body):
            draft.heads.add(p.head)
        draft.gender = draft.gender or p.gender
        if draft.kind != "person":
            return draft
        if p.role and draft.role is None:
            role = self.of(p.role)
            draft.role = role if role.isupper() else role.lower()
        if draft.org is None:
            org = self.body(p.org) if p.org is not None else owner
            if org is not None and org is not draft:
                draft.org, draft.party = org, draft.party or org.party
        self.register.describe(draft, self.of(p.span))
        return draft

    def owner(self, p: Phrase, turn: int) -> Draft | None:
        """Whose "its head X" is: the antecedent of a possessive that begins the phrase."""
        first = self.of(p.span).split(" ", 1)[0].lower()
        if first not in ("its", "their", "his", "her"):
            return None
        return self.choose(Phrase(p.span, "pronoun", pronoun=first, plural=first == "their"), turn)

    def body(self, span: Span) -> Draft | None:
        """The body named in a phrase; a mere noun ("the ministry's spokesman") points back to one."""
        written = self.of(span)
        if _PART_OF_LAND.match(self.text, span[1]):
            return None  # "clinics in the Xa suburbs" are of no body that Xa stands for
        if not written.islower():
            return self.register.named(written, "organisation", span=span) if self._is_body(span) else None
        found = self.choose(Phrase(span, "body", head=written.split()[-1], determiner="definite"), -1)
        if found is not None:
            found.note(span, "nominal")
        return found

    def _is_body(self, span: Span) -> bool:
        """Not a person, a bare place or an adjective of origin ("Syrian", "in Homs")."""
        written, lex = self.of(span), lexicon()
        if " " not in written and written.lower().endswith(_ADJECTIVE) and not self.register.is_listed(written):
            return False
        if self.register.is_known(written):
            return True
        kinds = [n.kind for n in self.overlapping(span) if span[0] <= n.span[0] and n.span[1] <= span[1]]
        low = written.lower().split()
        if "person" in kinds or low[0] in lex.title:
            return False
        if any(w in lex.body or w in lex.body_name for w in low):
            return True
        if "place" in kinds or "people" in kinds or (len(low) == 1 and low[0].endswith(_ADJECTIVE)):
            return False
        return "organisation" in kinds or written.isupper()

    def just_before(self, at: int) -> Draft | None:
        """Whom a "who" or "which" at this position continues."""
        latest = self.latest()
        near = [d for d in latest if d.last is not None and 0 <= at - d.last[1] <= 4]
        return near[-1] if near else None

    def unnamed(self, p: Phrase) -> Draft:
        """A new speaker without a name."""
        org = self.body(p.org) if p.org is not None else None
        return self.register.unnamed(p, self._label(p), org)

    def _label(self, p: Phrase) -> str:
        label = " ".join(self.of(p.span).split())
        first = label.split(" ")[0]
        common = first.lower() not in p.modifiers or first.lower() == p.head
        compound = "-" in first  # "US-backed rebels" keep their capital
        if common and not compound and (len(first) == 1 or first[1:].islower()):
            label = label[0].lower() + label[1:]
        return label


def name_kind(p: Phrase) -> str | None:
    """The kind of a phrase's name as far as it decides who speaks: a place that speaks is no place."""
    return None if p.name_kind in ("place", "people") else p.name_kind


def form_of(p: Phrase) -> Form:
    """How a phrase mentions its speaker."""
    return "pronoun" if p.pronoun else "name" if p.name is not None else "nominal"
