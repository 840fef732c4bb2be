"""Speech without quotation marks: "The minister said:" and a text below it; speech whose marks were stripped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.reading.quotations import Quotations
from evenhand.reading.sentences import begins_sentences
from evenhand.reading.statements.shape import Shape, trim_content

_COLON_BREAK = re.compile(r"\s*:\s*\n\s*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_ENDS = re.compile(r"(?:\s*(?:ends|notes? (?:to|for) editors?|further information|media (?:enquiries|contact)s?|"
                   r"background|read (?:more|also)|###|\*\*\*|contact)\b)", re.IGNORECASE)  # fmt: skip
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def extend(text: str, shapes: Sequence[Shape], marks: Quotations) -> None:
    """A cue that closes its line with a colon hands over to all that follows, paragraph by paragraph.

    It ends at the next such hand-over or at the text's end matter.
    """
    leads = [(m, s) for s in shapes if s.parent is None and s.cue and (m := _COLON_BREAK.match(text, _lead(s)))]
    leads.sort(key=lambda lead: lead[0].start())
    for k, (colon, shape) in enumerate(leads):
        at = colon.end()
        if marks.at(at) is not None or not at <= shape.start + 2 <= at + 80:
            continue
        following = next((s for m, s in leads[k + 1 : k + 2] if m.start() > shape.start), None)
        end = text.rfind("\n", 0, following.anchor[0]) if following is not None else len(text)
        content = _paragraphs(text, at, end)
        if content:
            shape.content = content
            shape.block = True


def _lead(shape: Shape) -> int:
    """Where the words that say who speaks are over."""
    return max(p[1] for p in (shape.cue, shape.source) if p)


def _paragraphs(text: str, start: int, end: int) -> list[Span]:
    out: list[Span] = []
    for match in _PARAGRAPH.finditer(text, start, max(start, end)):
        if _ENDS.match(match.group()):
            break
        if span := trim_content(text, match.span()):
            out.append(span)
    return out


def unmarked_speech(text: str, shape: Shape) -> bool:
    """`He said Around 15 people …`: a capital where none belongs, right behind the cue, is a lost opening mark."""
    if shape.cue is None or not 1 <= shape.start - shape.cue[1] <= 2 or shape.start < shape.cue[1]:
        return False
    word = _FIRST_WORD.match(text, shape.start)
    return word is not None and word.group()[0].isupper() and begins_sentences(word.group())
