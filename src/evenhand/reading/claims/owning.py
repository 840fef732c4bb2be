"""Who says that a deed told before was theirs, or is said to have done it, in words that do not name it again.

"Claimed responsibility", "said they were behind it", "had staged it", "the crime was committed by". Such words tell the
last deed once more: a claim of that kind, by whom they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from evenhand.reading.claims import clauses
from evenhand.reading.claims.company import company
from evenhand.reading.claims.disclaimers import NOBODY, Disclaimer, is_side
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence


def owned(s: Sentence, events: Sequence[Event], world: World) -> list[Disclaimer]:
    """Every word of a sentence that takes up a deed told before, with who did it; `events` are those found in it.

    A pronoun as the doer is kept: in what somebody says of himself it is the speaker.
    """
    found: list[Disclaimer] = []
    signs = _signs()
    for i, word in enumerate(s.lower):
        if word not in signs:
            continue
        who = _owner(s, i, word, events)
        if who is None or _is_shaded(s, i) or any(s.lower[j] in words("shading") for j in s.children[who]):
            continue
        if is_pronoun(s, who) or (s.lower[who] not in NOBODY and is_side(s, who, world)):
            found.append(Disclaimer(i, who, None))
    return found


def is_pronoun(s: Sentence, who: int) -> bool:
    """Whether the doer is told by a pronoun of those who may speak of themselves."""
    return s.lower[who] in words("themselves")


def taken_up(s: Sentence, event: Event) -> bool:
    """Whether an event's own word says nothing of what was done but that it was told: "these atrocities".

    "The crimes committed by X" may be any; "the crime was committed by X" is the one told.
    """
    i = event.head
    shown = any(s.lower[j] in words("showing") for j in s.children[i] if j < i)
    told = shown or (_is_definite(s, i) and s.relations[i] == "nsubj:pass")
    return event.type == "other" and not event.verbal and told and s.lower[i] in words("deeds")


@cache
def _signs() -> frozenset[str]:
    """The words by which `_owner` knows that a deed is taken up."""
    told = words("credit") | words("deeds") | words("handiwork") | words("attackers")
    return told | {"responsible", "it", "this"}


def _owner(s: Sentence, i: int, word: str, events: Sequence[Event]) -> int | None:
    head = s.heads[i]
    if word in words("credit"):
        if head < 0 or not begins(s.lower[head], "claiming") or s.relations[i] not in ("obj", "nsubj:pass"):
            return None
        return None if _names_act(s, i, events) or _names_act(s, head, events) else clauses.doer(s, head)
    if word == "responsible" and s.child(i, "cop") is not None and not _names_act(s, i, events):
        who = s.child(i, "nsubj")
        return who if who is not None and is_pronoun(s, who) else None  # who is named is charged (`charges`)
    if word in ("it", "this") and s.child(i, "cop") is not None and "behind" in _cases(s, i):
        return s.child(i, "nsubj")
    if word in words("handiwork") | words("attackers"):
        return _belonging(s, i, word)
    taken = word in ("it", "this") or (word in words("deeds") and _is_definite(s, i))
    if not taken or any(event.head == i for event in events) or head < 0:
        return None
    if s.relations[i] in ("obj", "nsubj:pass") and begins(s.lower[head], "perpetrating") and clauses.is_verb(s, head):
        return clauses.doer(s, head)
    return None


def _belonging(s: Sentence, i: int, word: str) -> int | None:
    """Who did it by "it was the work of X", "the attackers were members of X"; "from X" tells where they come from."""
    if word in words("handiwork"):
        return company(s, i, "of") if s.child(i, "cop") is not None else None
    head = s.heads[i]
    if head < 0 or s.relations[i] != "nsubj" or s.child(head, "cop") is None or not _is_definite(s, i):
        return None
    return None if _cases(s, head) else company(s, head, "of") or head


def _names_act(s: Sentence, i: int, events: Sequence[Event]) -> bool:
    """Whether "for" behind word i names an act that is a claim of its own."""
    act = company(s, i, "for", "of")
    return act is not None and any(event.head in s.subtree(act) for event in events)


def _cases(s: Sentence, i: int) -> set[str]:
    return {s.lower[j] for j in s.children[i] if s.relations[j] == "case"}


def _is_definite(s: Sentence, i: int) -> bool:
    return any(s.lower[j] in words("definite") for j in s.children[i] if j < i)


def _is_shaded(s: Sentence, i: int) -> bool:
    """Whether what is owned is negated, asked or only possible: "had not claimed", "may be behind it", "whether"."""
    over = [i, *([s.heads[i]] if s.heads[i] >= 0 else [])]
    for at in over:
        for j in s.children[at]:
            if s.relations[j] in ("aux", "advmod", "mark", "neg", "cc") and s.lower[j] in words("shading"):
                return True
    return False
