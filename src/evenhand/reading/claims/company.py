"""What stands with a word in a parsed sentence: prepositional phrases, modifiers, the noun that follows."""

from __future__ import annotations

from evenhand.reading.claims.inflection import singular
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

CALENDAR = words("calendar")
_ROUND = words("round")
_PHRASAL = {"obl", "nmod", "obl:agent", "advcl", "acl", "dep", "xcomp", "conj"}
_BEFORE_NOUN = ("DT", "PRP$", "CD", "PDT", "POS", "RB", "RBR", "JJR", "VBN")
_BEFORE_NUMBER = ("CD", "JJS", "RBS", "RBR", "JJR", "IN", "RB")
_NOUN_REACH = 14
_MOST = ("most", "much", "all", "half")


def company(s: Sentence, i: int, *prepositions: str) -> int | None:
    """The head word of the first phrase on word i that begins with one of the prepositions; no days or months."""
    for j in s.children[i]:
        if s.relations[j] in _PHRASAL and s.lower[j] not in CALENDAR:
            for c in s.children[j]:
                if s.relations[c] in ("case", "mark") and s.lower[c] in prepositions:
                    return j
    return None


def next_behind(s: Sentence, i: int, prepositions: tuple[str, ...], reach: int = 10) -> int | None:
    """The head of the first phrase after word i that begins with a preposition, wherever the tree has hung it."""
    for k in range(i + 1, min(i + 1 + reach, len(s.tokens))):
        if s.lower[k] in prepositions and s.relations[k] == "case" and s.lower[s.heads[k]] not in CALENDAR:
            return s.heads[k] if s.heads[k] > k else None
    return None


def noun_after(s: Sentence, i: int) -> int | None:
    """The head of the noun phrase that begins straight after word i, read off the words alone."""
    if i + 2 < len(s.tokens) and s.lower[i + 1] == "on" and s.lower[i + 2] in CALENDAR:
        i += 2  # "targeted on Sunday the town"
    last = None
    for j in range(i + 1, min(i + _NOUN_REACH, len(s.tokens))):
        tag = s.tags[j]
        if s.lower[j] in _MOST and s.lower[j + 1 : j + 2] == ("of",):
            continue  # "control most of the north"
        if s.lower[j] == "of" and s.lower[j - 1] in _MOST:
            continue
        rounds = s.lower[j] in _ROUND and j + 1 < len(s.tokens) and s.tags[j + 1] in _BEFORE_NUMBER
        leads = tag in _BEFORE_NOUN or tag.startswith("JJ") or rounds
        ends = j + 1 == len(s.tokens) or s.tags[j + 1] == "PUNCT"
        if tag.startswith("NN") or (tag.startswith("JJ") and ends and last is None):  # "hold most of the north,"
            last = j
        elif not leads or (last is not None and tag != "POS"):
            break
    return last if last is not None and s.lower[last] not in CALENDAR else None


def of_those(s: Sentence, i: int) -> int | None:
    """Those counted behind the word's "of", read off the words: "the lives of at least 30 herders"."""
    at = i + 1
    if s.lower[at : at + 1] != ("of",):
        return None
    while s.lower[at + 1 : at + 2] and (s.lower[at + 1] == "at" or s.lower[at + 1] in _ROUND):
        at += 1
    return noun_after(s, at)


def cases(s: Sentence, i: int) -> set[str]:
    """The prepositions of the phrase whose head is word i."""
    return {s.lower[j] for j in s.children[i] if s.relations[j] == "case"}


def modifiers(s: Sentence, i: int) -> list[int]:
    """Adjectives and nouns that qualify word i, nearest layers only."""
    found = [j for j in s.children[i] if s.relations[j] in ("amod", "compound", "nmod:poss", "nummod", "advmod", "det")]
    for j in list(found):
        found += [k for k in s.children[j] if s.relations[k] in ("amod", "compound", "conj", "advmod")]
    return found


_NEAR = frozenset({"nsubj", "nsubj:pass", "obj", "compound", "amod", "nmod", "compound:prt", "nmod:poss", "iobj"})
_WIDE = _NEAR | {"obl", "obl:agent", "xcomp", "advmod", "nummod", "acl", "advcl", "conj"}
_INNER = frozenset({"compound", "amod", "nmod", "nmod:poss"})
_INNER_WIDE = _INNER | {"conj", "case", "obj", "advmod"}


def words_near(s: Sentence, i: int, *, wide: bool) -> set[str]:
    """Words near word i, as printed and in the singular: modifiers, subject, object; wide: obliques too."""
    inner = _INNER_WIDE if wide else _INNER
    found: set[str] = set()
    for j in s.children[i]:
        if s.relations[j] not in (_WIDE if wide else _NEAR):
            continue
        _add(s, j, found)
        for k in s.children[j]:
            if s.relations[k] in inner:
                _add(s, k, found)
                for m in s.children[k] if wide else ():
                    if s.relations[m] in ("compound", "amod", "nmod"):
                        _add(s, m, found)
    return found


def _add(s: Sentence, i: int, found: set[str]) -> None:
    found.add(s.lower[i])
    found.add(singular(s.lower[i]))


def names_of(s: Sentence, i: int) -> set[str]:
    """Word i and its modifiers, as printed and in the singular."""
    found: set[str] = set()
    for k in (i, *modifiers(s, i)):
        _add(s, k, found)
    return found
