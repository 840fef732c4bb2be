"""The people and bodies of one report: every name under which each appears, merged."""

from __future__ import annotations

import re
from datetime import date

from evenhand.model.evidence import Span
from evenhand.model.profile import Profile
from evenhand.model.reading import EntityKind
from evenhand.reading.names.draft import Draft
from evenhand.reading.names.known import Entry, Known, words_of
from evenhand.reading.names.lexicon import lexicon, plural
from evenhand.reading.names.phrases import Phrase

_ARTICLE = re.compile(r"\A(?:the|a|an|so-called)\s+(?:so-called\s+)?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


_SPELLED = 3  # letters of an acronym that a report's own name may spell

_NO_PART = (("state",),)
"""What opens "State television said" is no short name of a body with "State" in its name."""


class Register:
    """Drafts by name. Names are merged by profile, acronym, surname, and part of a body's name."""

    def __init__(self, profile: Profile, on: date | None, hint: str | None) -> None:
        self._known = Known(profile, on, hint)
        self.drafts: list[Draft] = []
        self._keys: dict[tuple[str, str], Draft] = {}
        self._surnames: dict[str, list[Draft]] = {}
        self._groups: dict[str, Draft] = {}
        self._body_words: dict[str, list[Draft]] = {}

    def named(self, written: str, kind: str | None, *, span: Span | None = None) -> Draft:
        """The draft for a name as written, found or made; the mention is noted where a span is given."""
        name = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip(" ,.") or written
        name = self._without_lost_apostrophe(name, kind)
        met = self._keys.get(("", " ".join(words_of(name).loose)))
        # "SLA" behind the full name of one army is not another country's group that goes by the same letters
        spelled = met if met is not None and name.isupper() and name.isalpha() and len(name) >= _SPELLED else None
        known = spelled or self._of_profile(name, kind) or met
        if known is not None and kind == "person" and known.kind != "person":
            known = None
        key = words_of(known.name if known else name)
        draft = known or self._same(name, kind)
        if draft is None:
            draft = self._make(name, self._kind(name, kind))
        self._note_keys(draft, name, key.loose)
        if draft.kind == "person" and not draft.canonical and len(name.split()) > len(draft.name.split()):
            draft.name = name
        if span is not None:
            draft.note(span, "name")
            if draft.printed is not None and len(name) > len(draft.printed) and _alike(name, draft.listed):
                draft.name = draft.printed = name  # what this report calls it
        return draft

    def _without_lost_apostrophe(self, name: str, kind: str | None) -> str:
        """As in "Observatorys" where the text lost its apostrophes: the name without its s, if that one is known."""
        if not name.endswith("s") or len(name) < 4 or self._keys.get(("", " ".join(words_of(name).loose))):
            return name
        bare = name[:-1]
        known = self._keys.get(("", " ".join(words_of(bare).loose)))
        if known or self._known.is_body(bare):
            return name if self._known.is_body(name) else bare
        part = self._part_of_body(bare, words_of(bare).loose) if kind != "person" else None
        return bare if part is not None else name

    def introduce(self, written: str, alias: str) -> None:
        """A full name whose bracketed acronym is already known stands for the same body."""
        name = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip(" ,.")
        known = self._of_profile(alias, "organisation")
        if known is not None and self._of_profile(name, "organisation") is None:
            self._note_keys(known, name, ())

    def alias(self, draft: Draft, alias: str) -> None:
        """Note another name, e.g. the acronym printed in brackets behind the full one."""
        self._keys.setdefault(("", " ".join(words_of(alias).loose)), draft)

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
        own = phrase.determiner == "definite" and phrase.head_class == "body"
        if draft.party is None and (found := self._known.member(label, own=own)):
            draft.party = found.party
            if org is None:
                draft.stands_for = self._known.stands_for(found)
        self.drafts.append(draft)
        return draft

    def describe(self, draft: Draft, phrase: str) -> None:
        """What the whole phrase around a person's name says of his or her side ("<adjective> President X")."""
        if draft.party is None and (found := self._known.member(phrase)):
            draft.party, draft.stands_for = found.party, self._known.stands_for(found)

    def side(self, phrase: str) -> Draft | None:
        """The government that a description names by its owner ("the government of President X"), as a draft."""
        entry = self._known.government(phrase)
        return self._listed(entry) if entry is not None else None

    def is_known(self, name: str) -> bool:
        """Whether the profile or the report itself already knows a body of this name."""
        found = self._keys.get(("", " ".join(words_of(name).loose)))
        if found is not None and found.kind != "place":
            return True
        return self._known.is_body(name)

    def is_listed(self, name: str) -> bool:
        """Whether the profile lists a body or a side of this name."""
        return self._known.is_body(name) or self._known.member(name) is not None

    def group(self, written: str) -> Draft:
        """A body or people described without a name ("government forces"); one draft for the same words."""
        label = _BLANKS.sub(" ", _ARTICLE.sub("", written)).strip().lower()
        found = self._groups.get(label)
        if found is None:
            last = label.split(" ")[-1]
            kind: EntityKind = "people" if lexicon().is_person(last) else "organisation"
            found = Draft(label, kind, False, len(self.drafts), plural=plural(last), heads={last})
            member = self._known.member(label)
            found.party = self._coalition(label) or (member.party if member else None)
            self.drafts.append(found)
            self._groups[label] = found
        return found

    def _coalition(self, label: str) -> str | None:
        """Of "coalition jets" the one coalition that the report names."""
        if not label.startswith("coalition"):
            return None
        named = {draft.party for draft in self.drafts if draft.named and draft.party is not None}
        found = [party for party in named if self._known.is_coalition(party)]
        return found[0] if len(found) == 1 else None

    # -- finding ----------------------------------------------------------------------------------------
    def _of_profile(self, name: str, kind: str | None) -> Draft | None:
        entry = self._known.find(name, kind)
        return self._listed(entry) if entry is not None else None

    def _listed(self, entry: Entry) -> Draft:
        """The draft of a listed name, under the name the profile gives it."""
        key = ("=", entry.name)
        draft = self._keys.get(key)
        if draft is None:
            draft = self._make(entry.name, entry.kind)
            draft.party, draft.canonical = entry.party, True
            draft.printed, draft.listed = ("" if entry.organ else None), entry.name
            draft.stands_for = entry.stands_for or draft.stands_for
            if entry.sort is not None:
                draft.sort, draft.fits = entry.sort, lexicon().fits.get(entry.sort, frozenset())
            draft.heads.clear()
            self._keys[key] = draft
            self._note_keys(draft, entry.name, words_of(entry.name).loose)
        return draft

    def _same(self, name: str, kind: str | None) -> Draft | None:
        loose = words_of(name).loose
        found = self._keys.get(("", " ".join(loose)))
        if found is not None and not (kind == "person" and found.kind != "person" and len(loose) > 1):
            return found
        if kind in (None, "person") and loose:
            same = [d for d in self._surnames.get(loose[-1], ()) if _one_person(loose, words_of(d.name).loose)]
            if same:
                return same[-1]
        if kind != "person":
            return self._part_of_body(name, loose)
        return None

    def _part_of_body(self, name: str, loose: tuple[str, ...]) -> Draft | None:
        """As in "the Observatory", "the Security Council": a part, with a body's word in it, of a longer name."""
        lex = lexicon()
        if loose in _NO_PART:
            return None
        for word in loose:
            if (word in lex.body or word in lex.body_name) and not name.islower():
                same = [d for d in self._body_words.get(word, ()) if set(loose) <= d.words]
                if same:
                    return same[-1]
        return None

    def _kind(self, name: str, hint: str | None) -> EntityKind:
        if hint in ("person", "people", "place", "weapon", "facility", "organisation"):
            return hint  # type: ignore[return-value]
        member = self._known.member(name)
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
        member = self._known.member(name) if kind not in ("place", "weapon") else None
        if member is not None and not (member.basis in ("party", "seat") and kind == "people"):
            draft.party = member.party
            draft.stands_for = self._known.stands_for(member) if kind == "person" else None
        self.drafts.append(draft)
        return draft

    def _note_keys(self, draft: Draft, name: str, key: tuple[str, ...]) -> None:
        words = words_of(name).loose
        self._keys.setdefault(("", " ".join(words)), draft)
        draft.words |= frozenset(words) | frozenset(key)
        if draft.kind == "person":
            self._note_surname(draft, name)
            return
        if not (
            draft.canonical and draft.sort in ("government", "coalition")
        ):  # "Government of X" is the profile's word
            draft.heads |= {w.lower() for w in name.split()}
            if draft.kind == "armed_group":
                draft.heads -= lexicon().of_a_state
        for word in words:
            drafts = self._body_words.setdefault(word, [])
            if draft not in drafts:
                drafts.append(draft)
        capitals = "".join(w[0] for w in name.split() if w[0].isupper())
        if len(capitals) >= 3:
            self._keys.setdefault(("", words_of(capitals).loose[0]), draft)

    def _note_surname(self, draft: Draft, name: str) -> None:
        words = words_of(name).loose
        drafts = self._surnames.setdefault(words[-1], []) if words else []
        if words and draft not in drafts:
            drafts.append(draft)


def _one_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names of one surname can be one person's: the shorter's given names occur in the longer's."""
    if len(short) > len(full):
        short, full = full, short
    given = short[:-1]
    return all(g in full or any(f.startswith(g) for f in full if len(g) == 1) for g in given)


def _alike(name: str, listed: str) -> bool:
    """Whether a printed name of two words or more is a form of the listed one: half of the shorter's words agree."""
    if not all(word[0].isupper() for word in name.split()):
        return False  # "the … army" describes; it is no spelling of its own
    ours, theirs = set(words_of(name).loose), set(words_of(listed).loose)
    return min(len(ours), len(theirs)) > 1 and 2 * len(ours & theirs) > min(len(ours), len(theirs))
