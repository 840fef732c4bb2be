"""A headline in plain text: a short first line that stands apart from what follows."""

from __future__ import annotations

import re

from evenhand.intake.agencies import all_named
from evenhand.intake.date_lines import DateLine
from evenhand.intake.datelines import FoundDateline
from evenhand.intake.settings import Outlets
from evenhand.model.evidence import overlaps

_FIRST_LINE = re.compile(r"\s{0,50}(?P<line>[^\r\n\x85]{8,250}?)[ \t]{0,20}(?P<end>\r\n|\n|\r|\x85)")
_WORDS = (3, 30)


def find_headline(
    text: str, dateline: FoundDateline | None, date_line: DateLine | None, outlets: Outlets
) -> str | None:
    """The first line where it is a headline: 3 to 30 words, no full stop or comma at its end, and a longer text below.

    A line that holds the dateline, a date line or an agency's credit is none.
    """
    match = _FIRST_LINE.match(text)
    if match is None:
        return None
    line, span = match["line"], match.span("line")
    words = line.split()
    rest = text[match.end() :].strip()
    if not _WORDS[0] <= len(words) <= _WORDS[1] or line[-1] in ".,;:" or len(rest) < 1.5 * len(line):
        return None
    if (dateline and dateline.span and overlaps(span, dateline.span)) or (
        date_line and overlaps(span, date_line.day.span)
    ):
        return None
    if not (line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'") or all_named(text, span, outlets):
        return None
    return line
