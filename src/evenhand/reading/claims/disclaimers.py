"""Who says that the deed was not theirs: "denied any involvement", "was not involved in the raid", "played no part in".

Such words name no act of their own. They stand against the act they mention, or, where they mention none, against the
last one told: a claim of that kind, by whoever disclaims it, denied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.reading.claims import clauses
from evenhand.reading.claims.company import company
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence


@dataclass(frozen=True)
class Disclaimer:
    """The word that disclaims, who does, and the event of the sentence that is disclaimed (None: one told before)."""

    word: int
    actor: int
    event: Event | None


def disclaimers(s: Sentence, events: Sequence[Event]) -> list[Disclaimer]:
    """Every disclaimer of a sentence; `events` are those found in it."""
    found: list[Disclaimer] = []
    for i, word in enumerate(s.lower):
        actor = _of_noun(s, i) if word in words("shares") else _of_adjective(s, i) if word in words("sharing") else None
        if actor is None or s.lower[actor] in ("no", "nobody", "one", "none"):
            continue
        found.append(Disclaimer(i, actor, _act(s, i, events)))
    return found


def _of_noun(s: Sentence, i: int) -> int | None:
    """Who "denies involvement", "denies that it played a part", "had no role"."""
    head = s.heads[i]
    if head < 0 or not clauses.is_verb(s, head) or s.relations[i] not in ("obj", "xcomp", "ccomp", "nsubj:pass"):
        return None
    none = any(s.lower[j] in ("no", "any") and s.relations[j] == "det" for j in s.children[i])
    if begins(s.lower[head], "disclaiming"):
        return clauses.doer(s, head)
    no = any(s.lower[j] == "no" for j in s.children[i])
    negated = any(s.lower[j] in ("not", "n't", "never") for j in s.children[head])
    if s.lower[head] in words("having") and (no or (negated and none)):
        return clauses.doer(s, head)
    return None


def _of_adjective(s: Sentence, i: int) -> int | None:
    """Who "was not involved", "is not responsible"."""
    negated = any(s.lower[j] in ("not", "n't", "never", "neither") for j in s.children[i])
    if not negated:
        return None
    found = s.child(i, "nsubj", "nsubj:pass")
    return found if found is not None else clauses.subject(s, i)


def _act(s: Sentence, i: int, events: Sequence[Event]) -> Event | None:
    """The act disclaimed: what stands behind "in", "for", "of" the word, or behind the verb it belongs to."""
    for at in (i, s.heads[i]):
        behind = company(s, at, "in", "for", "of", "with") if at >= 0 else None
        if behind is not None and behind > i:
            below = set(s.subtree(behind))
            act = next((e for e in events if e.head in below), None)
            if act is not None:
                return act
    return None
