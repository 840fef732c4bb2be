"""Speech without quotation marks: "The minister said:" and a text below it; speech whose marks were stripped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.reading.quotations import Quotations
from evenhand.reading.sentences import begins_sentences
from evenhand.reading.statements.shape import Shape, trim, trim_content

_COLON_BREAK = re.compile(r"\s*:\s*\n\s*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_ENDS = re.compile(r"(?:\s*(?:ends|notes? (?:to|for) editors?|further information|media (?:enquiries|contact)s?|"
                   r"background|read (?:more|also)|###|\*\*\*|contact)\b)", re.IGNORECASE)  # fmt: skip
_FIRST_WORD = re.compile(r"[^\W\d_]+")


_HANDS_OVER = re.compile(
    r"^(?P<lead>[^\n:\"“”]{3,200}?)\s(?P<cue>said|says|stated|declared|commented|added|wrote|(?:issued|made|released)\s"
    r"(?:the\sfollowing|this|a)\s(?:statement|comment|remarks))(?P<rest>[^\n:.\"“”]{0,80}):[^\S\n]*\n\s*(?=\S)",
    re.MULTILINE,
)
_SURE = 0.6


def handed_over(text: str, shapes: Sequence[Shape], borders: Sequence[int]) -> list[Shape]:
    """Texts below "The minister said:" that no statement holds: the colon and the break are their quotation marks."""
    out: list[Shape] = []
    cues = sorted(s.cue for s in shapes if s.cue)
    for match in _HANDS_OVER.finditer(text):
        cue = match.span("cue")
        i = bisect_left(cues, (cue[0] - 40, 0))
        if any(c[0] < match.end() and match.start("cue") < c[1] for c in cues[i : i + 4]):
            continue
        start = max(match.start("lead"), borders[bisect_right(borders, cue[0]) - 1] if borders else 0)
        source = trim(text, _speaker(text, start, match.end("lead")))
        content = trim_content(text, (match.end(), _line_end(text, match.end())))
        if source is not None and content is not None:
            out.append(Shape([content], cue, source, _SURE))
    return out


def _speaker(text: str, start: int, end: int) -> Span:
    """The noun phrase before the cue: with its apposition in commas, without what leads the sentence."""
    words = text[start:end]
    parts = words.rstrip(", ").split(", ")
    kept = 2 if words.rstrip().endswith(",") else 1
    return start + sum(len(p) + 2 for p in parts[:-kept]), end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


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
