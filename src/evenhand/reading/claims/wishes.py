"""What is hoped for, intended, demanded or asked: the main act of such a statement is a claim, whatever its kind.

The lexicon knows acts of war and their kin; a demand can be for anything ("to form a government", "to comply"). So
the main verb of a statement with such an attitude, and a verb under "must" or "should", is a claim of type `other`
unless it, or what it acts on, is told by an event already found.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement
from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.lexicon import Sense
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

WISHING = {"hopes", "intends", "demands", "asks"}
_REQUIRED = {"must", "should", "ought"}
_ACT = Sense(part="verb", type="other")
_THING = Sense(part="noun", type="other", of="target")
_MOST = 3


def wished_for(s: Sentence, statements: Sequence[Statement], found: Sequence[Event]) -> list[Event]:
    """Claims of type `other` for what the sentence's wishing statements and its "must" verbs ask for."""
    taken = {e.head for e in found}
    tops: list[int] = []
    for statement in statements:
        if statement.attitude in WISHING:
            for segment in statement.content:
                if segment[0] < s.span[1] and s.span[0] < segment[1]:
                    tops += _tops(s, segment)
    for i, word in enumerate(s.lower):
        if word in _REQUIRED and s.relations[i] == "aux" and s.heads[i] >= 0:
            tops.append(s.heads[i])
    out: list[Event] = []
    for top in dict.fromkeys(tops):
        for i in _coordinated(s, top)[:_MOST]:
            if not _told(s, i, taken):
                taken.add(i)
                sense = _ACT if clauses.is_verb(s, i) else _THING
                token = s.tokens[i]
                out.append(Event(i, sense, "other", (token.start, token.end), verbal=sense is _ACT))
    return out


def _tops(s: Sentence, segment: Span) -> list[int]:
    """The main act of a content: its highest verb, the "to" verb on its highest noun, or that noun."""
    inside = [i for i, t in enumerate(s.tokens) if segment[0] <= t.start and t.end <= segment[1]]
    held = set(inside)
    highest = [i for i in inside if s.heads[i] not in held and s.tags[i] != "PUNCT" and s.relations[i] != "mark"]
    top = next((i for i in highest if clauses.is_verb(s, i)), None)
    if top is not None:
        if begins(s.lower[top], "wishing"):  # "we hope that they will leave": the leaving
            top = next((j for j in s.children[top] if s.relations[j] in ("ccomp", "xcomp")), top)
        return [_led_by(s, top)]
    below = [j for i in highest for j in s.children[i] if j in held and s.relations[j] in ("acl", "xcomp", "advcl")]
    verbs = [j for j in below if s.tags[j] in ("VB", "VBP")]
    if verbs:
        return [_led_by(s, verbs[0])]
    later = [j for j in inside if s.tags[j] == "VB" and s.child(j, "mark", "aux") is not None]
    return later[:1] or [i for i in highest if s.tags[i].startswith("NN")][:1]


def _led_by(s: Sentence, verb: int) -> int:
    """The verb that "work to", "continue to" only leads to, else the verb itself."""
    led = next((j for j in s.children[verb] if s.relations[j] in ("xcomp", "advcl") and s.tags[j] == "VB"), None)
    return led if led is not None and s.lower[verb] in words("leading_on") else verb


def _coordinated(s: Sentence, top: int) -> list[int]:
    verbal = clauses.is_verb(s, top)
    return [top, *(j for j in s.children[top] if s.relations[j] == "conj" and clauses.is_verb(s, j) == verbal)]


def _told(s: Sentence, i: int, taken: set[int]) -> bool:
    """Whether the act is told by an event found already: itself, its object, or the act it only leads to."""
    if i in taken or s.lower[i] in ("be", "is", "are"):
        return True
    near = [j for j in s.children[i] if s.relations[j] in ("xcomp", "nsubj:pass", "ccomp")]
    if any(j in taken for j in near) and s.lower[i] not in words("pressing"):
        return True
    empty = s.lower[i] in words("empty") or begins(s.lower[i], "light")
    return empty and any(j in taken for j in s.children[i])
