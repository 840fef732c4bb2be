"""The people and bodies of one report: every name under which each appears, merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from evenhand.model.evidence import Span
from evenhand.model.name_key import name_words
from evenhand.model.profile import Membership, Profile
from evenhand.model.reading import EntityKind, Form
from evenhand.reading.names.lexicon import lexicon, plural
from evenhand.reading.names.phrases import Phrase

_ARTICLE = re.compile(r"\A(?:the|a|an|so-called)\s+(?:so-called\s+)?", re.IGNORECASE)
_GENERIC_TAIL = re.compile(
    r"\s+(?:(?:official|state|news|press|media|satellite)\s+){0,3}(?:agency|channel|network|newspaper|daily|television|tv|"
    r"radio|website|service|monitoring\s+group|group|outlet)\Z"
)
_BLANKS = re.compile(r"\s+")


_words_of = lru_cache(maxsize=8192)(name_words)


@dataclass(slots=True, eq=False)
class Draft:
    """One person or body while the report is being read; becomes an Entity at the end."""

    name: str
    kind: EntityKind
    named: bool
    order: int
    gender: str | None = None
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    role: str | None = None
    org: Draft | None = None
    party: str | None = None
    stands_for: str | None = None
    fits: frozenset[str] = frozenset()
    sort: str | None = None
    canonical: bool = False
    indefinite: bool = False
    words: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    mentions: dict[Span, Form] = field(default_factory=dict)
    last: Span | None = None
    spoke: int = -1
    spoke_at: int = -1
    seen: int = -1
    speaks: int = -1

    def note(self, span: Span, form: Form) -> None:
        """Add a mention; the first reading of a span stays."""
        self.mentions.setdefault(span, form)
        self.last = span

    @property
    def speaks_for(self) -> str | None:
        """The body in whose name it speaks: its own, for a body."""
        if self.org is not None:
            return self.org.name
        return self.name if self.named and self.kind != "person" else self.stands_for

    @property
    def many(self) -> bool:
        """Whether "they" is the natural pronoun: described in the plural, or named by a plural ("… Forces")."""
        return self.plural or (self.kind != "person" and plural(self.name.rsplit(" ", 1)[-1].lower()))

    @property
    def human(self) -> bool:
        """Whether "he" or "she" may stand for it."""
        return self.kind in ("person", "people")


class Register:
    """Drafts by name. Names are merged by profile, acronym, surname, and part of a body's name."""

    def __init__(self, profile: Profile, on: date | None, hint: str | None) -> None:
        self._profile, self._on, self._hint = profile, on, hint
        self.drafts: list[Draft] = []
        self._keys: dict[tuple[str, str], Draft] = {}
        self._surnames: dict[str, list[Draft]] = {}
        self._groups: dict[str, Draft] = {}
        self._body_words: dict[str, list[Draft]] = {}

    def named(self, written: str, kind: str | None, *, span: Span | None = None) -> Draft:
        """The draft for a name as written, found or made; the mention is noted where a span is given."""
        name = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip(" ,.") or written
        name = self._without_lost_apostrophe(name, kind)
        known = self._of_profile(name, kind) or self._keys.get(("", " ".join(_words_of(name).loose)))
        if known is not None and kind == "person" and known.kind != "person":
            known = None
        key = _words_of(known.name if known else name)
        draft = known or self._same(name, kind)
        if draft is None:
            draft = self._make(name, self._kind(name, kind))
        self._note_keys(draft, name, key.loose)
        if draft.kind == "person" and not draft.canonical and len(name.split()) > len(draft.name.split()):
            draft.name = name
        if span is not None:
            draft.note(span, "name")
        return draft

    def _without_lost_apostrophe(self, name: str, kind: str | None) -> str:
        """As in "Observatorys" where the text lost its apostrophes: the name without its s, if that one is known."""
        if not name.endswith("s") or len(name) < 4 or self._keys.get(("", " ".join(_words_of(name).loose))):
            return name
        bare = name[:-1]
        known = self._keys.get(("", " ".join(_words_of(bare).loose)))
        if known or self._profile.outlet_named(bare) or self._profile.organisation_named(bare):
            return bare if not self._profile.outlet_named(name) else name
        part = self._part_of_body(bare, _words_of(bare).loose) if kind != "person" else None
        return bare if part is not None else name

    def introduce(self, written: str, alias: str) -> None:
        """A full name whose bracketed acronym is already known stands for the same body."""
        name = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip(" ,.")
        known = self._of_profile(alias, "organisation")
        if known is not None and self._of_profile(name, "organisation") is None:
            self._note_keys(known, name, ())

    def alias(self, draft: Draft, alias: str) -> None:
        """Note another name, e.g. the acronym printed in brackets behind the full one."""
        self._keys.setdefault(("", " ".join(_words_of(alias).loose)), draft)

    def unnamed(self, phrase: Phrase, label: str, org: Draft | None) -> Draft:
        """A new speaker without a name: "unnamed: a medical source"."""
        head = phrase.head or ""
        kind: EntityKind = "person" if phrase.head_class == "person" and not phrase.plural else "people"
        if phrase.head_class == "body" and not phrase.plural:
            kind = "organisation"
        draft = Draft(f"unnamed: {label}", kind, False, len(self.drafts), phrase.gender, phrase.plural, {head})
        draft.org, draft.modifiers = org, phrase.modifiers
        draft.indefinite = phrase.pronoun is not None
        draft.role = head if phrase.head_class == "person" else None
        draft.party = org.party if org else None
        # "the army" in a government's own organ is that government's; "an official", "local authorities" need not be
        hint = self._hint if phrase.determiner == "definite" and phrase.head_class == "body" else None
        if draft.party is None and (found := self._profile.owner_of(label, on=self._on, hint=hint)):
            draft.party = found.party
            if org is None:
                draft.stands_for = self._organ_name(found)
        self.drafts.append(draft)
        return draft

    def describe(self, draft: Draft, phrase: str) -> None:
        """What the whole phrase around a person's name says of his or her side ("<adjective> President X")."""
        if draft.party is None and (found := self._profile.owner_of(phrase, on=self._on)):
            draft.party, draft.stands_for = found.party, self._organ_name(found)

    def side(self, phrase: str) -> Draft | None:
        """The party that a description names by its owner ("the government of President X"), as a draft."""
        member = self._profile.owner_of(phrase, on=self._on)
        party = self._profile.party(member.party) if member is not None else None
        if member is None or party is None or party.kind != "government":
            return None
        return self._canonical(party.name, "government", party.id, party.kind)

    def is_known(self, name: str) -> bool:
        """Whether the profile or the report itself already knows a body of this name."""
        found = self._keys.get(("", " ".join(_words_of(name).loose)))
        if found is not None and found.kind != "place":
            return True
        return bool(self._profile.organisation_named(name) or self._profile.outlet_named(name))

    def group(self, written: str) -> Draft:
        """A body or people described without a name ("government forces"); one draft for the same words."""
        label = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip().lower()
        found = self._groups.get(label)
        if found is None:
            last = label.split(" ")[-1]
            kind: EntityKind = "people" if lexicon().is_person(last) else "organisation"
            found = Draft(label, kind, False, len(self.drafts), plural=plural(last), heads={last})
            member = self._profile.owner_of(label, on=self._on)
            found.party = member.party if member else None
            self.drafts.append(found)
            self._groups[label] = found
        return found

    # -- finding ----------------------------------------------------------------------------------------
    def _of_profile(self, name: str, kind: str | None) -> Draft | None:
        profile = self._profile
        if kind == "person" and self._names_a_side(name):
            kind = None  # the network took a country or a body for a person
        if kind != "person":
            if body := profile.organisation_named(name):
                return self._canonical(body.name, "organisation", body.party, body.kind)
            outlet = profile.outlet_named(name) or profile.outlet_named(_GENERIC_TAIL.sub("", name))
            if outlet and name[0].isupper():
                body_kind: EntityKind = "organisation" if outlet.kind in ("monitor", "un") else "outlet"
                sort = outlet.kind if outlet.kind in ("monitor", "un") else "wire" if outlet.wire else "outlet"
                return self._canonical(outlet.name, body_kind, outlet.party, sort)
        member = profile.owner_of(name, on=self._on)
        if member is None:
            return None
        if member.basis == "person" and kind in (None, "person"):
            draft = self._canonical(member.name, "person", member.party, None)
            self._note_surname(draft, member.name)
            draft.stands_for = self._organ_name(member)
            return draft
        party = profile.party(member.party)
        if party is None or kind == "person" or len(_words_of(name).strict) > len(member.matched.split()) + 1:
            return None
        if member.basis in ("party", "seat"):
            armed = party.kind == "armed_group"
            body_kind = "armed_group" if armed else "government" if party.kind == "government" else "organisation"
            return self._canonical(party.name, body_kind, party.id, party.kind)
        if member.basis == "organ":
            organ = next((o for o in party.organs if o.id == member.organ), None)
            media = organ is not None and organ.kind in ("media", "agency")
            organ_kind: EntityKind = (
                "outlet" if media else "armed_group" if party.kind == "armed_group" else "government"
            )
            organ_sort = "outlet" if media else organ.kind if organ else None
            return self._canonical(member.name, organ_kind, party.id, organ_sort)
        return None

    def _names_a_side(self, name: str) -> bool:
        if self._profile.outlet_named(name) or self._profile.organisation_named(name):
            return True
        member = self._profile.owner_of(name, on=self._on)
        if member is None or member.basis == "person":
            return False
        return len(member.matched.split()) >= len(_words_of(name).strict)

    def _organ_name(self, member: Membership) -> str | None:
        """The organ a member belongs to, by name, else the party."""
        party = self._profile.party(member.party)
        if party is None:
            return None
        return next((o.name for o in party.organs if o.id == member.organ), party.name)

    def _canonical(self, name: str, kind: EntityKind, party: str | None, sort: str | None) -> Draft:
        key = ("=", name)
        draft = self._keys.get(key)
        if draft is None:
            draft = self._make(name, kind)
            draft.party, draft.canonical = party, True
            if sort is not None:
                draft.sort, draft.fits = sort, lexicon().fits.get(sort, frozenset())
            draft.heads.clear()
            self._keys[key] = draft
            self._note_keys(draft, name, _words_of(name).loose)
        return draft

    def _same(self, name: str, kind: str | None) -> Draft | None:
        loose = _words_of(name).loose
        found = self._keys.get(("", " ".join(loose)))
        if found is not None and not (kind == "person" and found.kind != "person" and len(loose) > 1):
            return found
        if kind in (None, "person") and loose:
            same = [d for d in self._surnames.get(loose[-1], ()) if _one_person(loose, _words_of(d.name).loose)]
            if same:
                return same[-1]
        if kind != "person":
            return self._part_of_body(name, loose)
        return None

    def _part_of_body(self, name: str, loose: tuple[str, ...]) -> Draft | None:
        """As in "the Observatory", "the Security Council": a part, with a body's word in it, of a longer name."""
        lex = lexicon()
        for word in loose:
            if (word in lex.body or word in lex.body_name) and not name.islower():
                same = [d for d in self._body_words.get(word, ()) if set(loose) <= d.words]
                if same:
                    return same[-1]
        return None

    def _kind(self, name: str, hint: str | None) -> EntityKind:
        if hint in ("person", "people", "place", "weapon", "facility", "organisation"):
            return hint  # type: ignore[return-value]
        member = self._profile.owner_of(name, on=self._on)
        lows = [w.lower() for w in name.split()]
        if member is not None and member.basis != "person":
            return "government"
        if any(w in lexicon().body_name or w in lexicon().body for w in lows) or name.isupper() or len(lows) > 4:
            return "organisation"
        return "person"

    def _make(self, name: str, kind: EntityKind) -> Draft:
        draft = Draft(name, kind, True, len(self.drafts))
        if kind not in ("person", "place"):
            sorts = [k for w in name.lower().split() if (k := lexicon().kind_of_word.get(w))]
            draft.sort = sorts[-1] if sorts else None
            draft.fits = lexicon().fits.get(draft.sort or "", frozenset())
        member = self._profile.owner_of(name, on=self._on, hint=None) if kind not in ("place", "weapon") else None
        if member is not None and not (member.basis in ("party", "seat") and kind == "people"):
            draft.party = member.party
            draft.stands_for = self._organ_name(member) if kind == "person" else None
        self.drafts.append(draft)
        return draft

    def _note_keys(self, draft: Draft, name: str, key: tuple[str, ...]) -> None:
        words = _words_of(name).loose
        self._keys.setdefault(("", " ".join(words)), draft)
        draft.words |= frozenset(words) | frozenset(key)
        if draft.kind == "person":
            self._note_surname(draft, name)
            return
        if not (
            draft.canonical and draft.sort in ("government", "coalition")
        ):  # "Government of X" is the profile's word
            draft.heads |= {w.lower() for w in name.split()}
        for word in words:
            drafts = self._body_words.setdefault(word, [])
            if draft not in drafts:
                drafts.append(draft)
        capitals = "".join(w[0] for w in name.split() if w[0].isupper())
        if len(capitals) >= 3:
            self._keys.setdefault(("", _words_of(capitals).loose[0]), draft)

    def _note_surname(self, draft: Draft, name: str) -> None:
        words = _words_of(name).loose
        drafts = self._surnames.setdefault(words[-1], []) if words else []
        if words and draft not in drafts:
            drafts.append(draft)


def _one_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names of one surname can be one person's: the shorter's given names occur in the longer's."""
    if len(short) > len(full):
        short, full = full, short
    given = short[:-1]
    return all(g in full or any(f.startswith(g) for f in full if len(g) == 1) for g in given)
