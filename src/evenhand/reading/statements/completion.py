"""Contents made whole within their sentence: what the network left out, or took from next door.

News prose attributes whole clauses: what stands before ", X said" is said from the sentence's start on, what follows
"X said" begins right behind it, and an unquoted content does not jump into another sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.reading.quotations import Quotations
from evenhand.reading.statements.blocks import unmarked_speech
from evenhand.reading.statements.shape import Shape

_LONGEST_CLAUSE = 400
_BEGINS = re.compile(
    r"(?:the|a|an|its|his|her|their|our|at least|more than|some|about|nearly|up to|no|all|many|most|several|both|"
    r"\d[\d,.]*)\b",
    re.IGNORECASE,
)
_NO_CLAUSE = re.compile(r"\b(?:that|on|at|in|to|told|said|says|according)\s*\Z|[:;\"“”]")
_ADVERBIAL = re.compile(
    r"(?:also |earlier |later |meanwhile |but |and )?(?:in|on|at|for|since|during|after|before|under|within|among|over|"
    r"until|besides|despite|elsewhere|meanwhile|earlier|later|today|yesterday)\b",
    re.IGNORECASE,
)
_ABOUT_SOURCE = re.compile(r"(?:which|who|whose)\b", re.IGNORECASE)
_CONJUNCTION = re.compile(r"(?:and|but|or|so|however|yet|still|also|meanwhile)[,\s]*", re.IGNORECASE)
_SHORT_LEAD = 60


def complete(text: str, shapes: Sequence[Shape], sentences: Sequence[Span], marks: Quotations) -> None:
    """Bring every content of the outermost level into the form above."""
    taken = _Taken(shapes)
    starts = [s for s, _ in sentences]
    for shape in shapes:
        if shape.parent is not None or shape.cue is None:
            continue
        i = bisect_right(starts, shape.cue[0]) - 1
        if i < 0:
            continue
        sentence = sentences[i]
        _end_with_sentence(text, shape, sentence, marks)
        _stay_in_sentence(text, shape, sentence, marks)
        _interrupted(text, shape, sentence, taken)
        _from_the_start(text, shape, sentence, taken, marks)
        _from_the_cue(text, shape, taken, marks)


def _end_with_sentence(text: str, shape: Shape, sentence: Span, marks: Quotations) -> None:
    """An unquoted content does not run over its sentence's border, unless its quotation marks were lost."""
    if unmarked_speech(text, shape):
        return
    for k, (start, end) in enumerate(shape.content):
        inside = max(start, sentence[0]), min(end, sentence[1])
        if inside != (start, end) and inside[1] - inside[0] >= _SHORT_LEAD // 3 and not marks.quoted((start, end)):
            shape.content[k] = inside


def _stay_in_sentence(text: str, shape: Shape, sentence: Span, marks: Quotations) -> None:
    here = [s for s in shape.content if s[0] < sentence[1] and sentence[0] < s[1]]
    if len(here) > 1 and shape.source is not None:  # "according to the report, which could not be verified"
        at = shape.source[1]
        here = [s for s in here if not (at <= s[0] <= at + 2 and _ABOUT_SOURCE.match(text, s[0]))] or here
        shape.content = [s for s in shape.content if s in here or not sentence[0] <= s[0] < sentence[1]]
    if here and len(here) < len(shape.content):
        shape.content = [s for s in shape.content if s in here or marks.quoted(s) >= 0.5 * (s[1] - s[0])]


def _interrupted(text: str, shape: Shape, sentence: Span, taken: _Taken) -> None:
    """As in "In the north, X said, P": what leads a clause is followed by the clause."""
    first = shape.content[0]
    behind = max(p[1] for p in (shape.cue, shape.source) if p)
    before = min(p[0] for p in (shape.cue, shape.source) if p)
    if len(shape.content) > 1 or first[0] != sentence[0] or not first[1] < before <= first[1] + 3:
        return
    if first[1] - first[0] > _SHORT_LEAD or not _ADVERBIAL.match(text, *first):
        return
    rest = (behind + 2, sentence[1])
    if text[behind : behind + 2] == ", " and rest[1] - rest[0] > _SHORT_LEAD // 5 and taken.free(rest, shape):
        shape.content.append(rest)


def _from_the_start(text: str, shape: Shape, sentence: Span, taken: _Taken, marks: Quotations) -> None:
    """As in "P, X said": P is all of the sentence up to there."""
    first = shape.content[0]
    at = min(p[0] for p in (shape.cue, shape.source) if p)
    if not sentence[0] < first[0] < at or first[1] > at or marks.quoted(first) or first[1] > sentence[1]:
        return
    if (
        first[1] - first[0] < _SHORT_LEAD // 3
        or sentence[1] - max(p[1] for p in (shape.cue, shape.source) if p) > _SHORT_LEAD
    ):
        return
    if _CONJUNCTION.fullmatch(text, sentence[0], first[0]):
        return
    gap, rest = (sentence[0], first[0]), (first[1], at)
    if max(gap[1] - gap[0], rest[1] - rest[0]) > _LONGEST_CLAUSE or len(shape.content) > 1:
        return
    whole = text[sentence[0] : at]
    if taken.free(gap, shape) and taken.free(rest, shape) and not re.search(r"[\"“”:]", whole):
        shape.content[0] = (sentence[0], at)


def _from_the_cue(text: str, shape: Shape, taken: _Taken, marks: Quotations) -> None:
    """As in "X said the number of | people rose": the clause begins right behind the cue."""
    first = shape.content[0]
    assert shape.cue is not None
    gap = (shape.cue[1], first[0])
    if not 1 < gap[1] - gap[0] <= _SHORT_LEAD or marks.at(first[0]) is not None:
        return
    words = text[gap[0] : gap[1]]
    if words[0] == " " and _BEGINS.match(words.strip()) and not _NO_CLAUSE.search(words) and taken.free(gap, shape):
        shape.content[0] = (gap[0], first[1])


class _Taken:
    """Where cues, sources and contents of the outermost level stand."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        spans: list[tuple[int, int, int]] = []
        for shape in shapes:
            if shape.parent is None:
                spans += [(p[0], p[1], id(shape)) for p in (*shape.content, shape.cue, shape.source) if p]
        self._spans = sorted(spans)
        self._starts = [s for s, _, _ in self._spans]

    def free(self, gap: Span, shape: Shape) -> bool:
        """Whether no cue or source, and no other statement's content, stands in the gap."""
        for p in (shape.cue, shape.source):
            if p and p[0] < gap[1] and gap[0] < p[1]:
                return False
        i = max(0, bisect_left(self._starts, gap[0]) - 3)
        while i < len(self._spans) and self._spans[i][0] < gap[1]:
            s, e, whose = self._spans[i]
            if whose != id(shape) and s < gap[1] and gap[0] < e:
                return False
            i += 1
        return True
