"""Whose a deed is by words of responsibility: "X is responsible for the raid", "the responsibility of X for the raid".

The deed is told by a noun; who answers for it stands elsewhere in the clause.
"""

from __future__ import annotations

from evenhand.reading.claims import clauses
from evenhand.reading.claims.company import CALENDAR, cases, company, noun_after
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

_BACK = 14
"""Words before the deed within which "the responsibility of X" stands."""
_FOR = ("for", "in", "of")


def answerable(s: Sentence, i: int, head: int, relation: str) -> int | None:
    """Who is said to answer for the deed of noun i, which hangs on word `head` by `relation`; None if nobody is."""
    found = _of_responsibility(s, i)
    if found is not None or head < 0:
        return found
    word = s.lower[head]
    if word in ("responsible", "accountable", "answerable", "culpable", "guilty"):
        return _of_responsible(s, head)
    if word.startswith("blam") and "for" in cases(s, i) and _is_infinitive(s, head):
        return clauses.subject(s, head)  # "X is to blame for the raid"
    if word in words("handiwork") | words("answering") and relation == "nsubj" and s.child(head, "cop") is not None:
        of = company(s, head, "of")
        return of if of is not None else s.child(head, "nmod:poss")  # "the raid was the work of X", "was its work"
    if word in words("perpetrators") and "of" in cases(s, i):
        return _of_perpetrators(s, head)
    if word in words("answering") and cases(s, i) & set(_FOR):
        return _of_bearing(s, head)
    if begins(word, "bearing") and "for" in cases(s, i) and clauses.is_verb(s, head):
        borne = s.child(head, "obj")  # "X bears | responsibility | for the raid"
        return clauses.subject(s, head) if borne is not None and s.lower[borne] in words("answering") else None
    return None


def pointed_at(s: Sentence, i: int) -> int | None:
    """At whom evidence is said to point by verb i: "all evidence leads to units of X", "the traces point to X"."""
    if s.lower[i] not in words("pointing") or not clauses.is_verb(s, i):
        return None
    sign = clauses.subject(s, i)
    return (
        company(s, i, "to", "at", "toward", "towards")
        if sign is not None and s.lower[sign] in words("evidence")
        else None
    )


def _of_responsible(s: Sentence, head: int) -> int | None:
    """Who "is responsible", or whom somebody "holds responsible"."""
    who = s.child(head, "nsubj")
    over = s.heads[head]
    if who is None and over >= 0 and begins(s.lower[over], "holding"):
        who = s.child(over, "obj", "nsubj:pass")
    if who is None and over >= 0 and s.relations[head] in ("amod", "acl", "appos") and s.tags[over].startswith("NN"):
        return None  # "those responsible for the raid": nobody by name
    return who


def _of_perpetrators(s: Sentence, noun: int) -> int | None:
    """Who "is the perpetrator of" it, or whom somebody "identified as" that."""
    if s.child(noun, "cop") is not None:
        return s.child(noun, "nsubj")
    verb = s.heads[noun]
    return s.child(verb, "obj", "nsubj:pass") if verb >= 0 and "as" in cases(s, noun) else None


def _of_bearing(s: Sentence, noun: int) -> int | None:
    """Who bears or shares the responsibility of this noun, or whose it is: "X's responsibility"."""
    whose = s.child(noun, "nmod:poss")
    if whose is not None and s.lower[whose] not in CALENDAR:
        return whose
    of = company(s, noun, "of")
    verb = s.heads[noun]
    if of is not None or verb < 0:
        return of
    if s.relations[noun] != "obj" or not begins(s.lower[verb], "bearing"):
        return None
    if clauses.is_verb(s, verb):
        return clauses.subject(s, verb)
    return verb - 1 if verb and s.tags[verb - 1].startswith("NN") else None  # "bore", taken for a noun


def _of_responsibility(s: Sentence, i: int) -> int | None:
    """Who stands behind "the responsibility of" where "in" or "for" and the deed follow, whatever the tree says."""
    for k in range(i - 1, max(-1, i - _BACK), -1):
        if s.lower[k] in words("answering") and s.lower[k + 1 : k + 2] == ("of",):
            of = noun_after(s, k + 1)
            end = of if of is None or s.tags[of + 1 : of + 2] != ("PUNCT",) else of + 1  # "…of the army" in the raid
            joined = end is not None and end + 1 < i and s.lower[end + 1] in ("in", "for")
            plain = joined and not any(s.tags[at].startswith("VB") for at in range((of or 0) + 1, i))
            return of if plain else None
    return None


def _is_infinitive(s: Sentence, i: int) -> bool:
    return any(s.lower[j] == "to" and s.relations[j] in ("mark", "aux") for j in s.children[i])
