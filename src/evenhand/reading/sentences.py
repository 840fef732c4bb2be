"""Where sentences end, in news prose and in text that lost its punctuation.

A sentence ends at `.`, `!`, `?` or `…` (with closing marks) unless the words around it say otherwise, at a
blank line, and at a line's end that no wrapping explains. The word lists are general English; no names.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from importlib.resources import files

from evenhand.model.evidence import Span

_CLOSERS = "\"'”’»›)]}"
_CANDIDATE = re.compile(r"[.!?…]{1,20}[" + re.escape(_CLOSERS) + r"]{0,4}(?: ?\[\d{1,3}\]){0,3}|\n[^\S\n]*\n|\n|[。؟۔]")
_LONGEST_WORD = 40
_SPACE = re.compile(r"\s{0,200}")
_NEXT_WORD = re.compile(r"[\"'“‘«„(\[]{0,3}([\w'’-]{1,40})")
_DIGIT_LED = re.compile(r"[\"'“‘«„(\[]{0,3}\d")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
_GLUED = re.compile(r"[A-Z][a-z]|[“\"][A-Z]")
_SAYS_SO = re.compile(
    r"[\"'“‘]?(?:[A-Z][\w'’.-]{0,30}\s){1,4}(?:said|says|asked|asks|told|wrote|writes|added|tweeted|replied)\b"
)

_LISTS: dict[str, str] = tomllib.loads((files("evenhand.reading") / "sentences.toml").read_text(encoding="utf-8"))
# Stand before a name or a number and never end a sentence.
_BEFORE_A_NAME = frozenset(_LISTS["before_a_name"].split())
# End a sentence only before a word that commonly begins one.
_MAYBE = frozenset(_LISTS["maybe"].split())
# Words that, capitalised, begin a sentence far oftener than they stand in a name.
_BEGINS = frozenset(_LISTS["begins"].split())


def split(text: str) -> tuple[Span, ...]:
    """The sentences of `text` as ordered, disjoint spans (code points), trimmed of blanks.

    Every non-blank character lies in exactly one span. Any text is accepted; linear time.
    """
    width = _Widths(text)
    out: list[Span] = []
    start = 0
    for end in _ends(text, width):
        _append(out, text, start, end)
        start = end
    _append(out, text, start, len(text))
    return tuple(out)


def begins_sentences(word: str) -> bool:
    """Whether a word, capitalised, begins a sentence far oftener than it stands in a name."""
    return word.lower() in _BEGINS


def _append(out: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append((start, end))


def _ends(text: str, width: _Widths) -> Iterator[int]:
    for match in _CANDIDATE.finditer(text):
        mark = match.group()
        start, end = match.span()
        if mark[0] == "\n":
            if len(mark) > 1 or width.breaks_at(start):
                yield end
        elif mark[0] in "。؟۔" or _is_end(text, start, end, mark):
            yield end


def _is_end(text: str, start: int, end: int, mark: str) -> bool:
    gap = _SPACE.match(text, end)
    after = gap.end() if gap else end
    if after == len(text):
        return True
    if after == end:
        return _is_glued_end(text, start, end, mark)
    word = _NEXT_WORD.match(text, after)
    following = word.group(1) if word else ""
    if mark[0] in "!?…" or mark.startswith(".."):
        return _after_outcry(text, after, following, mark)
    if not following:
        return text[after] not in "/,;:)]}%&-–—" and not text[after].isalnum()
    if following[0].islower():
        return _opens_quotation(text, after) and len(mark) > 1
    return _after_stop(text, start, after, following, mark)


def _is_glued_end(text: str, start: int, end: int, mark: str) -> bool:
    """`Syria.The`: a lost blank, not an abbreviation or an address."""
    before = text[max(0, start - 2) : start]
    return mark == "." and len(before) == 2 and before.islower() and bool(_GLUED.match(text, end))


def _after_outcry(text: str, after: int, following: str, mark: str) -> bool:
    if not following or following[0].islower():
        return not following and text[after] not in ",;:)]}-–—"
    return mark[-1] not in "\"'”’»" or not _SAYS_SO.match(text, after)


def _after_stop(text: str, start: int, after: int, following: str, mark: str) -> bool:
    before = _word_before(text, start)
    bare = before.lower()
    begins = following.lower() in _BEGINS or _opens_quotation(text, after)
    if len(mark) > 1:  # a closing mark stands after the stop
        return True
    if bare in _BEFORE_A_NAME:
        return bool(bare in {"no", "al", "sec"} and begins and not _DIGIT_LED.match(text, after))
    if (len(before) == 1 and before.isalpha() and before.isupper()) or _DOTTED.match(before) or bare in _MAYBE:
        return begins and not _DIGIT_LED.match(text, after)
    numbered = before.isdigit() and len(before) <= 2 and _at_line_start(text, start - len(before))
    return not numbered  # "1. First"


def _word_before(text: str, end: int) -> str:
    start = end
    floor = max(0, end - _LONGEST_WORD)
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in "\"“‘«(['":
        start -= 1
    return text[start:end]


def _at_line_start(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _opens_quotation(text: str, at: int) -> bool:
    return text[at] in '"“‘«„'


class _Widths:
    """Tells a line that was wrapped from a line that was ended: the next word would still have fitted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: dict[int, int] = {}
        block, widest, starts = 0, 0, [0]
        for match in re.finditer(r"[^\n]+|\n[^\S\n]*\n", text):
            if match.group()[0] == "\n":
                self._blocks[block] = widest
                block, widest = match.end(), 0
                starts.append(block)
            else:
                widest = max(widest, len(match.group().strip()))
        self._blocks[block] = widest
        self._starts = starts

    def breaks_at(self, newline: int) -> bool:
        text = self._text
        gap = re.compile(r"\s*").match(text, newline)
        after = gap.end() if gap else newline
        if after >= len(text):
            return False
        line_start = text.rfind("\n", 0, newline) + 1
        line = text[line_start:newline].strip()
        if not line:
            return True
        first = text[after]
        if first.islower() or first in ",;:.)]}%":
            return False
        if line[-1] in ".!?…:" or (line[-1] in _CLOSERS and line[-2:-1] in tuple(".!?…")):
            return not self._wrapped(line_start, len(line), after) or (line[-1] != ":" and self._ended(newline))
        return not self._wrapped(line_start, len(line), after)

    def _ended(self, newline: int) -> bool:
        """Whether the full stop before a line's end is one that ends a sentence."""
        text, end = self._text, newline
        while end > 0 and text[end - 1].isspace():
            end -= 1
        start = end
        while start > 0 and end - start < 24 and text[start - 1] in ".!?…" + _CLOSERS:
            start -= 1
        return _is_end(text, start, end, text[start:end]) if start < end else False

    def _wrapped(self, line_start: int, length: int, after: int) -> bool:
        widest = self._blocks[self._block_of(line_start)]
        if widest > 200 or widest < 30:
            return False
        word = _NEXT_WORD.match(self._text, after)
        return length + 1 + (word.end() - after if word else 1) > widest

    def _block_of(self, at: int) -> int:
        return self._starts[bisect_right(self._starts, at) - 1]
