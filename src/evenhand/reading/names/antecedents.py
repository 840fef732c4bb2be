"""Who a pronoun or a description stands for: every earlier candidate is scored, the best one above a bar is taken.

Features: gender and number where the words give them, kind, whether the noun fits what is known of the candidate,
distance in sentences, and who spoke last. Weights tuned on `gold/statements` and GUM (benchmarks/quality).
"""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.reading.names import lexicon as words
from evenhand.reading.names.draft import Draft
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.phrases import Phrase

LAST_SPEAKER = 2.0
HAS_SPOKEN = 1.0
HEAD_KNOWN = 4.0
HEAD_FITS = 3.0
ROLE_UNKNOWN = 1.0
PER_SENTENCE = 0.12
NAMED = 0.5
SAME_NUMBER = 1.0
MODIFIER_CLASH = 3.0
MODIFIER_SHARED = 1.5
PRONOUN_BAR = 0.0
NOUN_BAR = 1.5


def choose(phrase: Phrase, candidates: Iterable[Draft], sentence: int, turn: int) -> Draft | None:
    """The candidate the phrase points back to. `turn` counts statements; None: nobody is likely enough."""
    best: tuple[float, int] | None = None
    chosen: Draft | None = None
    for draft in candidates:
        if draft.indefinite:
            continue
        if phrase.head in lexicon().anyone and phrase.head not in draft.heads and not _spoke_last(draft, turn):
            continue  # "the person said": who was called so, or spoke last
        score = _pronoun(phrase, draft) if phrase.pronoun else _noun(phrase, draft)
        if score is None:
            continue
        score += _presence(draft, sentence, turn)
        if best is None or (score, draft.seen) > best:
            best, chosen = (score, draft.seen), draft
    bar = PRONOUN_BAR if phrase.pronoun else NOUN_BAR
    return chosen if best is not None and best[0] >= bar else None


def _spoke_last(draft: Draft, turn: int) -> bool:
    return draft.speaks >= 0 and draft.speaks == turn - 1


def _presence(draft: Draft, sentence: int, turn: int) -> float:
    score = -PER_SENTENCE * max(0, sentence - draft.seen)
    if draft.speaks >= 0:
        score += HAS_SPOKEN
        if draft.speaks == turn - 1:
            score += LAST_SPEAKER
    return score + (NAMED if draft.named else 0.0)


def _pronoun(phrase: Phrase, draft: Draft) -> float | None:
    low = phrase.pronoun or ""
    if low in words.HE or low in words.SHE:
        if draft.kind != "person" or draft.plural or (draft.gender and draft.gender != phrase.gender):
            return None
        return SAME_NUMBER if draft.gender else 0.5
    if low in words.IT:
        if draft.human or draft.plural:
            return None
        return 0.0 if draft.kind in ("place", "weapon", "facility") else SAME_NUMBER
    if low in words.THEY:
        if draft.kind == "person" and not draft.plural:
            return None
        if draft.kind in ("place", "weapon", "facility", "outlet"):
            return None  # an outlet is told of it; "they" are those it tells of
        return SAME_NUMBER if draft.many or draft.kind == "people" else 0.3
    return None


def _noun(phrase: Phrase, draft: Draft) -> float | None:
    head = phrase.head or ""
    if phrase.head_class == "document":
        if draft.kind in ("place", "weapon", "facility", "people") or not draft.named:
            return None
        legal = head in lexicon().legal
        if draft.kind == "person":
            return None if legal or draft.speaks < 0 else 0.0
        if legal and draft.kind == "organisation":
            return 1.2
        return 0.5 if draft.speaks >= 0 else None
    if phrase.sort and not alike(phrase.sort, draft.sort) and (draft.sort or head in lexicon().generic):
        return None
    known = head in draft.heads or words.singular(head) in draft.heads
    score = _fit(phrase, draft, head, known=known)
    if score is None:
        return None
    if phrase.sort and draft.sort == phrase.sort:
        score += 1.0
    mods = phrase.modifiers - {head} - lexicon().title
    if mods:
        own = {w.lower() for w in draft.name.split()} | draft.modifiers | draft.words
        if draft.org is not None:
            own |= draft.org.words | {w.lower() for w in draft.org.name.split()}
        if not mods & own and phrase.head_class == "body":
            return None  # "the government of X" is not the government of Y
        score += MODIFIER_SHARED if mods & own else -MODIFIER_CLASH
    if phrase.determiner != "definite":
        score -= 1.0
    return score


_PRESS = frozenset(("wire", "outlet"))
_CIVIL = frozenset(("monitor", "ngo", "medical", "rescue", "un"))


def alike(one: str, other: str | None) -> bool:
    """Whether two kinds of body may be one: a rights group may be listed as a monitor or an aid organisation."""
    return one == other or any(one in group and other in group for group in (_CIVIL, _PRESS))


def _fit(phrase: Phrase, draft: Draft, head: str, *, known: bool) -> float | None:
    if phrase.head_class == "person":
        return _fit_person(phrase, draft, known=known)
    if draft.kind in ("person", "place", "weapon", "facility"):
        return None
    fits = head in draft.fits
    if phrase.plural and not draft.plural and (phrase.determiner != "definite" or not (known or fits)):
        return None
    if known:
        return HEAD_KNOWN
    if fits:  # "the government" is not just any government that was mentioned: it must have spoken
        return HEAD_FITS if draft.speaks >= 0 or draft.kind not in ("government", "armed_group") else 0.5
    return 0.5 if head in lexicon().generic and not draft.fits else None


def _fit_person(phrase: Phrase, draft: Draft, *, known: bool) -> float | None:
    if phrase.plural != draft.plural and not (phrase.plural and draft.kind == "people"):
        return None
    if (not draft.human and not known) or (phrase.gender and draft.gender and phrase.gender != draft.gender):
        return None
    if known or (phrase.head in lexicon().anyone and draft.kind == "person"):
        return HEAD_KNOWN
    if phrase.owned or not draft.named or draft.kind != "person" or (draft.speaks < 0 and not draft.heads):
        return None  # "the source" is not the earlier "resident", nor whoever was merely named
    offices = lexicon().offices
    asked, held = offices.get(words.singular(phrase.head or "")), {offices[h] for h in draft.heads if h in offices}
    if asked is not None and held and asked not in held:
        return None  # "the mayor" is not the spokesman who spoke before
    return ROLE_UNKNOWN + (1.0 if any(lexicon().is_person(h) for h in draft.heads) else 0.0)
