"""The day a report says it was published: a header, or a date line in its first lines or at its end.

A full date in running text is not a date line: "killed on July 18 2014" says when something happened. A date
counts where it stands alone on its line, at the very beginning, after a label ("Published", "Last update:"), after
a time, after an agency's name or after the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.intake.agencies import Named, trailing
from evenhand.intake.printed_dates import PrintedDay, iso_day, printed_days
from evenhand.intake.settings import Outlets

_HEADER = re.compile(r"\s{0,8}date:?[ \t]{1,3}(\d{4}-\d{2}-\d{2})(?=\s|\Z)", re.I)
_HEAD, _TAIL = 500, 400
_LONGEST_LINE = 90
_WEEKDAY = re.compile(r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s{0,2}\Z", re.I)
LABEL = re.compile(
    r"(?:\A|[\s|(.])(?:(?:Last|First)[ \t]{1,2})?"
    r"(?:DATE|PUBLISHED|POSTED|UPDATED?|Dated?|Published|Posted|Publication|Updated?|Created|Issued|Released|Modified"
    r"|(?<=Last )(?:updated?|modified)|(?<=First )(?:published|posted))"
    r"(?:[ \t]{1,2}(?:on|at|of|date|online|time|publication)){0,2}[ \t]{0,2}[:|–—-]?[ \t]{0,2}\Z"
)
_TIME = re.compile(r"(?:\A|\s)\d{1,2}:?\d{2}(?::\d{2})?[ \t]{0,2}(?:[AaPp]\.?[Mm]\.?|[A-Z]{2,4})?,?[ \t|]{0,3}\Z")
_TIME_AFTER = re.compile(r"[ \t]{1,3}\d{1,2}:?\d{2}(?::\d{2})?[ \t]{0,2}(?:[AaPp]\.?[Mm]\b|GMT|UTC)")
_PREPOSITIONS = frozenset(("on", "since", "until", "by", "from", "of", "before", "after", "this", "last", "and", "to"))
_NOISE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|last|first|date[ds]?|published|posted|publication"
    r"|updated?|created|issued|released|modified|on|at|of|by|time|online|[ap]\.?m|gmt|utc|[a-z]{2,4}t|ksa|hrs?|\d{1,2}"
    r"|\d{1,2}[:.]?\d{2}(?:[:.]\d{2})?",
    re.I,
)
_SENTENCE_GOES_ON = re.compile(r"[,;]?\s{1,2}(?:was|is|were|marks?|marked|will|when|in|and|that|as|to|the)\b")
# A photograph's caption: "in Ariha August 3 2015 (name)".
_CAPTION = re.compile(r"\.?\s{0,2}\((?!updated|Updated|UPDATED)")
_WORDS = re.compile(r"[^\s|,;:–—-]+")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A day that the report prints as its own; `end` is where the words after it begin."""

    day: PrintedDay
    is_header: bool
    end: int


def find_header(text: str) -> DateLine | None:
    """A leading ` date YYYY-MM-DD `."""
    match = _HEADER.match(text)
    if match is None or (day := iso_day(match[1])) is None:
        return None
    return DateLine(PrintedDay(match.span(1), (day,)), True, match.end())


def find_date_line(text: str, title: str | None, outlets: Outlets) -> DateLine | None:
    """The first date line in the head of the text, else a labelled one at its end."""
    for day in printed_days(text, 0, min(len(text), _HEAD)):
        if day.days and _is_date_line(text, day, title, outlets):
            return DateLine(day, False, day.span[1])
    start = max(_HEAD, len(text) - _TAIL)
    for day in printed_days(text, start, len(text)):
        if day.days and LABEL.search(_before(text, day)):
            return DateLine(day, False, day.span[1])
    return None


def after_title(text: str, title: str | None) -> int:
    """Where the text goes on after repeating its title (or the title's beginning, 20 characters at least), else 0."""
    if not title:
        return 0
    start = len(text) - len(text.lstrip()) if text[:1].isspace() else 0
    length = 0
    for one, other in zip(text[start : start + 300], title.strip(), strict=False):
        if one.casefold() != other.casefold():
            break
        length += 1
    whole = length == len(title.strip())
    return start + length if length >= (3 if whole else 20) else 0


def agency_before(text: str, day: PrintedDay, outlets: Outlets) -> Named | None:
    """The agency printed right before a date line: "AFP Sunday 8 Oct 2017"."""
    stop = before_date(text, day)
    return trailing(text, max(0, stop - 80), stop, outlets)


def before_date(text: str, day: PrintedDay) -> int:
    """Where the date begins with its weekday."""
    return max(0, day.span[0] - 80) + len(_before(text, day))


def _before(text: str, day: PrintedDay) -> str:
    """The words before the date, its weekday left out."""
    before = text[max(0, day.span[0] - 80) : day.span[0]]
    return before[: match.start()] if (match := _WEEKDAY.search(before)) else before


def _is_date_line(text: str, day: PrintedDay, title: str | None, outlets: Outlets) -> bool:
    start, end = day.span
    if _alone_on_line(text, day):
        return True
    if _SENTENCE_GOES_ON.match(text, end) or _CAPTION.match(text, end):
        return False
    before = _before(text, day)
    stop = max(0, start - 80) + len(before)
    if not text[:stop].strip() or LABEL.search(before) or _TIME.search(before) or _TIME_AFTER.match(text, end):
        return True
    after = after_title(text, title)
    if after and after <= stop and not text[after:stop].strip(" \t\n|.-–—"):
        return True
    if agency_before(text, day, outlets):
        return True
    weekday = stop < start and bool(_WEEKDAY.search(text, stop, start))
    last = before.split()[-1:] or [""]
    if not weekday or before.rstrip().endswith(","):
        return False
    return (last[0][:1].isupper() and start < _HEAD // 2) or (stop <= 25 and last[0] not in _PREPOSITIONS)


def _alone_on_line(text: str, day: PrintedDay) -> bool:
    start, end = day.span
    left = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    if left == 0 and start > _LONGEST_LINE:
        return False
    right = text.find("\n", end, end + _LONGEST_LINE)
    if right < 0:
        if len(text) > end + _LONGEST_LINE:
            return False
        right = len(text)
    if right - left > _LONGEST_LINE or (left == 0 and right == len(text)):
        return False
    rest = text[left:start] + " " + text[end:right]
    words = [word.strip("().[]") for word in _WORDS.findall(rest)]
    others = [word for word in words if word and not _NOISE.fullmatch(word)]
    return len(others) <= 3 and all(word[0].isupper() or not word[0].isalpha() for word in others)
