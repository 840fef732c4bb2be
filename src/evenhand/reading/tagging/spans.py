"""What a span may begin and end with: the ledger's conventions for contents, cues and sources."""

from __future__ import annotations

import re

Span = tuple[int, int]

_EDGE = frozenset(' \t\r\n\f\v\u00a0\u200b\ufeff,;"\u201c\u201d\u201e\u00ab\u00bb')
_THAT = re.compile(r"that\b[\s,]*")  # "That convoy" points; only the small word joins clauses
_INITIALS = re.compile(r"(?:\b[A-Za-z]\.){2}\Z")


def trim(text: str, span: Span) -> Span | None:
    """Narrow `span` until no edge is blank, comma or quotation mark; None when nothing is left."""
    start, end = span
    while True:
        while start < end and (text[start] in _EDGE or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
            end -= 1
        if not _in_single_marks(text, start, end):
            break
        start, end = start + 1, end - 1
    return (start, end) if end > start else None


def trim_content(text: str, span: Span) -> Span | None:
    """Like `trim`, and without a leading "that", a final full stop or a colon left at either edge."""
    trimmed = trim(text, span)
    while trimmed is not None:
        start, end = trimmed
        leading = _THAT.match(text, start, end)
        if leading and leading.end() < end:
            start = leading.end()
        if text[start] in ":.":
            start += 1
        elif text[end - 1] == ":" or (text[end - 1] == "." and not _INITIALS.search(text, max(start, end - 8), end)):
            end -= 1
        if (start, end) == trimmed:
            break
        trimmed = trim(text, (start, end))
    return trimmed


def _in_single_marks(text: str, start: int, end: int) -> bool:
    """A pair of single quotation marks around the whole span; a lone one may be an apostrophe."""
    return end - start > 2 and text[start] in "'\u2018" and text[end - 1] in "'\u2019"
