"""Which words stand between quotation marks: pairing that survives what newsrooms and scrapers do to marks.

Straight, curly, low and angle marks of two families (double, single); apostrophes are no marks; a quotation
over several paragraphs repeats its opening mark and closes once; an opening mark that never closes ends with
its paragraph (or, where the text has no paragraphs, its sentence). The text is read once, left to right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from evenhand.model.evidence import Span

_DOUBLE_OPEN = "“„«‟〝"
_DOUBLE_CLOSE = "”»〞"
_DOUBLE = '"' + _DOUBLE_OPEN + _DOUBLE_CLOSE
_SINGLE = "'‘’‚‹›"
_EVENT = re.compile(r"``|''|[" + re.escape(_DOUBLE + _SINGLE) + r"]|\n\s*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)")
_BEFORE_OPENING = frozenset(" \t\n([{—–-/:,") | frozenset(_DOUBLE) | {"", "‘", " ", "'"}
_DEEPEST = 4
_LONGEST_SINGLE = 1500


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between one pair of marks.

    `segments`: the quoted words, one span a paragraph, without marks and outer blanks. `outer`: from the opening
    mark to after the closing one. `closed`: whether a closing mark was found. `depth` 0 = not within another.
    """

    outer: Span
    segments: tuple[Span, ...]
    depth: int
    closed: bool
    double: bool


@dataclass(slots=True)
class _Open:
    at: int
    inside: int
    double: bool
    mark: str
    paragraph_ends: list[int] = field(default_factory=list)
    resumes: list[int] = field(default_factory=list)
    spoken_for: int = 0


class Quotations:
    """The quotations of one text in order of their opening marks, and look-ups by position."""

    def __init__(self, found: tuple[Quotation, ...]) -> None:
        self.all = found
        self._outermost = [q for q in found if q.depth == 0]
        self._starts = [q.outer[0] for q in self._outermost]
        segments = [s for q in self._outermost for s in q.segments]
        self._segment_starts = [s for s, _ in segments]
        self._segment_ends = [e for _, e in segments]
        self._sums = [0, *accumulate(e - s for s, e in segments)]
        self._all_starts = [q.outer[0] for q in found]

    def at(self, position: int) -> Quotation | None:
        """The outermost quotation that holds this position between its marks (marks included)."""
        i = bisect_right(self._starts, position) - 1
        if i >= 0 and position < self._outermost[i].outer[1]:
            return self._outermost[i]
        return None

    def within(self, span: Span) -> tuple[Quotation, ...]:
        """The outermost quotations that share a character with the span, in order."""
        i = max(0, bisect_right(self._starts, span[0]) - 1)
        j = bisect_left(self._starts, span[1])
        return tuple(q for q in self._outermost[i:j] if q.outer[1] > span[0])

    def at_edges(self, span: Span) -> tuple[Quotation, ...]:
        """The outermost quotations that the span's edges cut or touch: those wholly within need no look."""
        i = max(0, bisect_right(self._starts, span[0]) - 1)
        j = bisect_left(self._starts, span[1])
        near = self._outermost[i : min(i + 2, j)] + self._outermost[max(i + 2, j - 1) : j]
        return tuple(q for q in near if q.outer[1] > span[0])

    def inside(self, holder: Quotation) -> tuple[Quotation, ...]:
        """The quotations one level down in another."""
        i = bisect_right(self._all_starts, holder.outer[0])
        j = bisect_left(self._all_starts, holder.outer[1])
        return tuple(q for q in self.all[i:j] if q.depth == holder.depth + 1)

    def quoted(self, span: Span) -> int:
        """How many code points of the span stand inside quotation marks (marks not counted)."""
        return self._before(span[1]) - self._before(span[0])

    def _before(self, position: int) -> int:
        i = bisect_right(self._segment_starts, position) - 1
        if i < 0:
            return 0
        return self._sums[i] + min(position, self._segment_ends[i]) - self._segment_starts[i]

    @property
    def outermost(self) -> tuple[Quotation, ...]:
        """The quotations that stand in no other, in order."""
        return tuple(self._outermost)


def find(text: str) -> Quotations:
    """Pair the quotation marks of `text`. Any text is accepted; linear time."""
    return Quotations(_Pairing(text).run())


class _Pairing:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.done: list[Quotation] = []
        self.single_closers = [m.start() for m in re.finditer(r"['’›]", text) if self._may_close_single(m.start())]
        self.breaks = [m.start() for m in _BLANK_LINE.finditer(text)]

    def run(self) -> tuple[Quotation, ...]:
        for match in _EVENT.finditer(self.text):
            mark, at = match.group(), match.start()
            if mark[0] == "\n":
                self._line_end(at, match.end(), blank="\n" in mark[1:])
            elif mark in ("``", "''") or mark in _DOUBLE:
                self._double(mark, at, match.end())
            else:
                self._single(mark, at)
        while self.stack:
            self._abandon(len(self.text))
        return tuple(sorted(self.done, key=lambda q: (q.outer[0], -q.outer[1])))

    # -- marks ------------------------------------------------------------------------------------------
    def _double(self, mark: str, at: int, end: int) -> None:
        level = self._level(double=True)
        top = self.stack[level] if level is not None else None
        opens, closes = self._sides(at, end)
        if mark in _DOUBLE_OPEN or mark == "``":
            closing = top is not None and ((top.mark == "„" and mark in "“‟") or (mark == "«" and top.mark == "»"))
            if not closing:
                if top is not None and top.mark not in _DOUBLE_OPEN + '"' and closes and not opens:
                    self._close(level, at, end)
                elif top is not None and at == top.spoken_for:
                    pass  # the opening mark repeated at a new paragraph
                elif top is not None and closes and not opens:
                    self._close(level, at, end)
                else:
                    self._open(mark, at, end, double=True)
                return
        if top is not None and at == top.spoken_for and not (closes and not opens):
            return
        if top is not None and (mark != '"' or closes or not opens):
            self._close(level, at, end)
        elif (opens and not closes) or (mark == '"' and not closes and top is None):
            self._open(mark, at, end, double=True)

    def _single(self, mark: str, at: int) -> None:
        before, after = self._around(at, at + 1)
        if before.isalnum() and after.isalnum():
            return
        level = self._level(double=False)
        if mark in "‘‚‹" or mark == "'":
            opening = (before in _BEFORE_OPENING or before.isspace()) and (after.isalpha() or after in '"“[(')
            if opening and level is None and self._closes_later(at, mark):
                self._open(mark, at, at + 1, double=False)
                return
        if level is not None and self._may_close_single(at):
            if before in "sS" and after == " " and self._another_closer(at):
                return  # "the rebels' positions"
            self._close(level, at, at + 1)

    def _sides(self, start: int, end: int) -> tuple[bool, bool]:
        before, after = self._around(start, end)
        opens = (before in _BEFORE_OPENING or before.isspace()) and after != "" and not after.isspace()
        closes = before != "" and not before.isspace() and before not in "([{" and not after.isalnum()
        return opens, closes

    def _around(self, start: int, end: int) -> tuple[str, str]:
        return self.text[start - 1 : start] if start else "", self.text[end : end + 1]

    def _may_close_single(self, at: int) -> bool:
        before, after = self._around(at, at + 1)
        return before != "" and not before.isspace() and not after.isalnum()

    def _closes_later(self, at: int, mark: str) -> bool:
        """A single mark opens only if one that can close follows in its paragraph and within reach."""
        i = bisect_right(self.single_closers, at + 1)
        if i == len(self.single_closers):
            return False
        closer = self.single_closers[i]
        j = bisect_right(self.breaks, at)
        limit = self.breaks[j] if j < len(self.breaks) else len(self.text)
        return closer < limit and closer - at <= (_LONGEST_SINGLE if mark != "'" else 300)

    def _another_closer(self, at: int) -> bool:
        i = bisect_right(self.single_closers, at)
        j = bisect_right(self.breaks, at)
        limit = self.breaks[j] if j < len(self.breaks) else len(self.text)
        return i < len(self.single_closers) and self.single_closers[i] < min(limit, at + 300)

    # -- the stack --------------------------------------------------------------------------------------
    def _level(self, *, double: bool) -> int | None:
        for i in range(len(self.stack) - 1, -1, -1):
            if self.stack[i].double is double:
                return i
        return None

    def _open(self, mark: str, at: int, end: int, *, double: bool) -> None:
        level = self._level(double=double)
        if level is not None:  # the same family is open: its closing mark was lost
            while len(self.stack) > level:
                self._abandon(at)
        if len(self.stack) < _DEEPEST:
            self.stack.append(_Open(at, end, double, mark))

    def _close(self, level: int | None, at: int, end: int) -> None:
        assert level is not None
        while len(self.stack) > level + 1:
            self._abandon(at)
        self._emit(self.stack.pop(), at, end, closed=True)

    def _line_end(self, at: int, after: int, *, blank: bool) -> None:
        if not self.stack:
            return
        following = self.text[after : after + 1]
        doubles = [o for o in self.stack if o.double]
        resumed = bool(doubles) and following != "" and (following in _DOUBLE_OPEN or following == '"')
        if resumed and self._sides(after, after + 1)[0]:
            while self.stack and not self.stack[-1].double:
                self._abandon(at)
            opened = self.stack[-1]
            opened.paragraph_ends.append(at)
            opened.resumes.append(after + 1)
            opened.spoken_for = after
        elif blank:
            while self.stack:
                self._abandon(at)

    def _abandon(self, limit: int) -> None:
        """End an opening mark that never closed: with its paragraph, else its sentence."""
        opened = self.stack.pop()
        if not opened.double:
            return  # an apostrophe after all
        begin = opened.resumes[-1] if opened.resumes else opened.inside
        if limit == len(self.text) or self.text[limit : limit + 1] != "\n":
            line = self.text.find("\n", begin, limit)
            if line >= 0:
                limit = line
            else:
                stop = _SENTENCE_END.search(self.text, begin, min(limit, begin + 2000))
                limit = stop.end() if stop else limit
        self._emit(opened, limit, limit, closed=False)

    def _emit(self, opened: _Open, inner_end: int, outer_end: int, *, closed: bool) -> None:
        begins = [opened.inside, *opened.resumes]
        ends = [*opened.paragraph_ends, inner_end]
        segments = tuple(s for b, e in zip(begins, ends, strict=True) if (s := self._trimmed(b, e)))
        if segments:
            self.done.append(
                Quotation(
                    (opened.at, max(outer_end, segments[-1][1])), segments, len(self.stack), closed, opened.double
                )
            )

    def _trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None
