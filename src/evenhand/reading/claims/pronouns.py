"""Whom a pronoun that does or suffers an act stands for, where the sentence or the statement itself says it.

The report's entities are resolved before anything is parsed. With the tree at hand two cases are surer: "the rebels
took houses from which they attack" (the plural subject before it), "the army said it had shelled" (who says so).
"""

from __future__ import annotations

from collections.abc import Callable

from evenhand.model.evidence import Span
from evenhand.model.reading import Entity, Statement
from evenhand.reading.claims.lexicon import load
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

EntityAt = Callable[[Span], Entity | None]
_MANY = ("they", "them", "their")
_ONE = ("it", "its")
_ARMED = ("armed_group", "government")
_SUBJECTS = ("nsubj", "nsubj:pass")


def antecedent(s: Sentence, i: int, event: int) -> int | None:
    """The word of the sentence that a pronoun at word i stands for, several persons or a force.

    For "they" and "them" the last such subject before it, for "their" on the word of the event ("after their attack")
    the last such word. None for another word, or where there is none.
    """
    own = s.lower[i] == "their"
    if s.lower[i] not in _MANY or (own and s.heads[i] != event):
        return None
    for j in range(i - 1, -1, -1):
        subject = s.relations[j] in _SUBJECTS
        if subject and not own and s.lower[j] in words("relative") and (who := _of_relative(s, j)) is not None:
            return who  # "militants, who killed ten when they attacked"
        if subject and s.lower[j] in words("pronouns") and not (own and s.lower[j] in words("relative")):
            return None  # "they": the same ones, or others still; left to the report
        if (subject or own) and _is_several(s, j) and (own or i not in s.subtree(j)):
            return j
    return None


def _of_relative(s: Sentence, j: int) -> int | None:
    """Whom the relative pronoun at word j, a subject, takes up: the several before its clause."""
    verb = s.heads[j]
    if verb < 0 or s.relations[verb] != "acl:relcl":
        return None
    head = s.heads[verb]
    return head if 0 <= head < j and _is_several(s, head) else None


def owner_of_deed(s: Sentence, i: int, event: int) -> int | None:
    """The word that "its" on the word of the event stands for: the subject of the verb that the event belongs to.

    "The front has increased its attacks on the pipelines", "the army resumed its shelling". None for another word.
    """
    if s.lower[i] != "its" or s.heads[i] != event:
        return None
    verb = s.heads[event]
    if verb < 0 or s.relations[event] not in ("obj", "obl", "xcomp") or not s.tags[verb].startswith("VB"):
        return None
    who = next((j for j in s.children[verb] if s.relations[j] == "nsubj" and j < i), None)
    if who is None or s.tags[who] not in ("NN", "NNP") or s.lower[who] in words("abstract"):
        return None
    return who if s.tags[who] == "NNP" or load().is_a(s.lower[who], "force") else None


def told_before(s: Sentence, i: int, before: Sentence, teller: Statement | None) -> int | None:
    """The word of the sentence before that "They" at word i takes up: its main subject, several persons or a force.

    Only within one quotation ("The occupiers knew. They fired on people"), where nobody else can have been meant.
    """
    if s.lower[i] != "they" or teller is None or any(s.relations[j] in _SUBJECTS for j in range(i)):
        return None
    first = next((j for j, r in enumerate(before.relations) if r in _SUBJECTS and _is_told(before, j, teller)), None)
    return first if first is not None and _is_several(before, first) else None


def _is_told(s: Sentence, j: int, teller: Statement) -> bool:
    return any(a <= s.tokens[j].start < b for a, b in teller.content)


def _is_several(s: Sentence, j: int) -> bool:
    lexicon = load()
    plural = s.tags[j] in ("NNS", "NNPS") or s.lower[j] in ("troops", "police", "people")
    return plural and (lexicon.is_a(s.lower[j], "force") or lexicon.is_a(s.lower[j], "person"))


def is_who_says(s: Sentence, i: int, teller: Statement | None, entity_at: EntityAt) -> bool:
    """Whether the pronoun at word i stands for the source of the statement that it stands in.

    "The army said it had shelled", "the group said they seized": an armed body or a government that speaks of itself;
    residents who say "they opened fire" speak of others.
    """
    if teller is None or teller.source is None or (s.lower[i] not in _MANY and s.lower[i] not in _ONE):
        return False
    source = entity_at(teller.source) or entity_at((teller.source[1] - 1, teller.source[1]))
    at = s.tokens[i].start
    inside = any(a <= at < b for a, b in teller.content) and teller.source[0] < at
    if not inside or source is None or source.id != teller.speaker:
        return False
    return source.kind in _ARMED or (s.lower[i] in _ONE and source.kind == "organisation")
