"""Noun phrases as spans of the text: from a head word to the words to point at."""

from __future__ import annotations

from evenhand.model.evidence import Span
from evenhand.reading.claims.company import CALENDAR
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

_OUTSIDE = (
    "acl:relcl",
    "parataxis",
    "advcl",
    "cc",
    "mark",
    "cop",
    "aux",
    "nsubj",
    "dep",
    "ccomp",
    "csubj",
    "discourse",
)
_LONGEST = 40
_DAY_LED = ("on", "last", "this", "late", "early")
_EDGE = frozenset(",;:.\"“”'‘’`-–—()[] ")


def _of_number(s: Sentence, i: int) -> bool:
    """Whether a preposition is none, but belongs to a number: "at least 24", "about 300"."""
    if s.lower[i] == "to" and (i == 0 or s.lower[i - 1] != "up"):
        return False
    return s.lower[i] in words("round") and i + 1 < len(s.tags) and s.tags[i + 1] in ("CD", "JJS", "RBS", "JJR", "RBR")


def _is_edge(s: Sentence, i: int) -> bool:
    return s.relations[i] in ("punct", "cc", "case") or s.lower[i] in _EDGE


def _next_clauses(s: Sentence, head: int) -> set[int]:
    """What the tree wrongly draws in: the next clause's subject, a relative clause that it takes for a participle."""
    out: set[int] = set()
    for j in s.children[head]:
        if j < head or s.relations[j] not in ("conj", "acl"):
            continue
        inside = s.subtree(j)
        follows = s.tags[inside[-1] + 1 : inside[-1] + 2]
        relative = s.relations[j] == "acl" and s.lower[inside[0]] in words("relative")
        if relative or (s.relations[j] == "conj" and follows in (("VBD",), ("VBP",), ("VBZ",), ("MD",))):
            out |= set(inside)  # "destroyed three buildings and people were missing"
    return out


def phrase(s: Sentence, head: int, text: str, within: Span | None = None, without: int | None = None) -> Span:
    """The phrase that `head` is the head of, without leading preposition, relative clause and outer marks.

    `without` is a word under `head` that is left out with all below it ("clashes between X and Y": X).
    `within` cuts the span (a statement's content). The head word itself is always in the span.
    """
    members = set(s.subtree(head, _OUTSIDE))
    members -= _next_clauses(s, head)
    members -= {j for j in s.children[head] if s.relations[j] == "case" and j < head and not _of_number(s, j)}
    if without is not None and without != head:
        members -= set(s.subtree(without))
    start = end = head
    while start - 1 in members and head - start < _LONGEST:
        start -= 1
    while end + 1 in members and end - head < _LONGEST:
        end += 1
    if start and s.lower[start] in ("least", "most") and s.lower[start - 1] == "at":
        start -= 1  # wherever the tree has hung it
    keep = start
    if start > 1 and s.lower[start - 2 : start + 1] == ("as", "many", "as"):
        start -= 2
    while (
        start < head
        and s.lower[start] != "as"
        and not (start == keep and s.lower[start : start + 2] in (("at", "least"), ("at", "most")))
        and not _of_number(s, start)
        and (_is_edge(s, start) or s.lower[start] == "to")
    ):
        start += 1
    while end > head and ((s.relations[end] == "punct" and s.lower[end] != ")") or s.relations[end] in ("cc", "case")):
        end -= 1
    while end - 1 > head and s.lower[end] in CALENDAR and s.lower[end - 1] in _DAY_LED:  # "a base on Saturday"
        end -= 2
    a, b = s.tokens[start].start, s.tokens[end].end
    if within is not None and within[0] <= s.tokens[head].start and s.tokens[head].end <= within[1]:
        a, b = max(a, within[0]), min(b, within[1])
    while a < b and text[a] in _EDGE and a < s.tokens[head].start:
        a += 1
    while b > a and text[b - 1] in " ,;:" and b > s.tokens[head].end:
        b -= 1
    return a, b
