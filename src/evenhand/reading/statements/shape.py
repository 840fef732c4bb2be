"""Statements while they are being put together, and what a content span may begin and end with."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from evenhand.model.evidence import Span

_EDGE = frozenset(' \t\r\n\f\v \u200b\ufeff,;"“”„«»‟`')
_LEADING = re.compile(r"(?:that|and that|but that|And|But)\b[\s,:]*(?=\S)")
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.){2}\Z|\b(?:Inc|Ltd|Jr|Sr|Co|Corp|a\.m|p\.m|etc)\.\Z")
_OPENERS, _CLOSERS = "'‘", "'’"


class Shape(msgspec.Struct, eq=False):
    """One statement on its way: the network's spans, brought into the gold's form step by step."""

    content: list[Span]
    cue: Span | None
    source: Span | None
    confidence: float
    denial: float = 0.0
    parent: Shape | None = None
    inserts: list[Span] = msgspec.field(default_factory=list)
    continues: bool = False
    block: bool = False

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.content[-1][1]

    @property
    def size(self) -> int:
        """Code points of content."""
        return sum(e - s for s, e in self.content)

    @property
    def anchor(self) -> Span:
        """Where the statement is made: its cue, else its source, else its content's first character."""
        return self.cue or self.source or (self.start, self.start + 1)


def trim(text: str, span: Span) -> Span | None:
    """`span` without blanks, commas and quotation marks at its edges; None when nothing is left."""
    start, end = max(0, span[0]), min(len(text), span[1])
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    if end - start > 2 and text[start] in _OPENERS and text[end - 1] in _CLOSERS:
        return trim(text, (start + 1, end - 1))
    return (start, end) if start < end else None


def trim_content(text: str, span: Span) -> Span | None:
    """`trim`, and without a leading "that", "And" or "But", a closing full stop, colons and dashes at the edges."""
    for _ in range(12):
        trimmed = trim(text, span)
        if trimmed is None:
            return None
        start, end = trimmed
        if (leading := _LEADING.match(text, start, end)) and leading.end() < end:
            start = leading.end()
        elif text[start] in ":.–—" or (text[start] == "-" and text[start + 1 : start + 2].isspace()):
            start += 1
        elif text[end - 1] in ":–—" or _is_full_stop(text, start, end):
            end -= 1
        if (start, end) == trimmed:
            return trimmed
        span = (start, end)
    return trimmed


def _is_full_stop(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and not _ABBREVIATED.search(text, max(start, end - 8), end)


_CLAUSE = re.compile(r"(?:\s{0,8},)?\s{1,8}(?:who|which|whom|whose)\b", re.IGNORECASE)


def clean_source(text: str, span: Span, cue: Span | None, borders: Sequence[int]) -> Span | None:
    """A source within one sentence (the one nearer its cue), without a "who" or "which" clause; None: nothing left.

    `borders`: where sentences begin, ascending.
    """
    start, end = span
    i, j = bisect_right(borders, start), bisect_left(borders, end)
    if i < j:
        if cue is not None and cue[0] >= end:
            start = borders[j - 1]
        elif cue is None or cue[1] <= start:
            end = borders[i]
        else:
            start = max(start, borders[j - 1])
    clause = _CLAUSE.search(text, start, end)
    if clause is not None and clause.start() > start:
        end = clause.start()
    return trim(text, (start, end))


def dice(a: list[Span], b: list[Span]) -> float:
    """Overlap of two lists of ordered, disjoint spans: 2 · shared / (|a| + |b|)."""
    if not a or not b or a[-1][1] <= b[0][0] or b[-1][1] <= a[0][0]:
        return 0.0  # as most pairs are, nothing shared
    shared = i = j = 0
    while i < len(a) and j < len(b):
        shared += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    total = sum(e - s for s, e in a) + sum(e - s for s, e in b)
    return 2 * shared / total if total else 0.0


def united(spans: list[Span]) -> list[Span]:
    """Ordered and disjoint: spans that touch or overlap become one."""
    out: list[Span] = []
    for s, e in sorted(spans):
        if out and s <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], e))
        else:
            out.append((s, e))
    return out


def covers(outer: list[Span], inner: list[Span], *, slack: int = 2) -> bool:
    """Whether every inner span lies within some outer one (up to `slack` code points at the edges)."""
    return all(any(o[0] - slack <= s and e <= o[1] + slack for o in outer) for s, e in inner)
