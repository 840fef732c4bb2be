"""Days as reports, tables and file names print them.

Only whole days count, in the years 1900 to 2100. A day in figures whose order is open ("05-07-2015") keeps both
readings; who asks decides by other evidence or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.model.dates import DateLiteral, find_literals
from evenhand.model.evidence import Span

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)")
# Pages lose the blank after a date: "16.04.2017Get short URL".
_GLUED = re.compile(r"(?<![\w./-])\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?=[A-Z][a-z])")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_TIME = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ]\d|\s*\Z)")
_WEEK = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{0,3}", re.I)
# How far a day without a year may lie from the day that completes it.
NEAR_DAYS = 31


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day in the text: its words and its readings, one unless the order of day and month is open.

    Of two readings the first takes the day first. Without a year `days` is empty and `month_day` says which day
    of a year it is.
    """

    span: Span
    days: tuple[date, ...] = ()
    month_day: tuple[int, int] | None = None

    def choose(self, hints: Iterable[date], order: str | None = None) -> date | None:
        """The one reading, that of `order`, or the only one within a few days of a hint; None where it stays open."""
        if len(self.days) <= 1:
            return self.days[0] if self.days else None
        if order is not None:
            return self.days[0 if order == "dmy" else 1]
        for hint in hints:
            near = [day for day in self.days if abs((day - hint).days) <= 3]
            if len(near) == 1:
                return near[0]
        return None

    def complete(self, hints: Iterable[date]) -> date | None:
        """The day itself, or the day without a year put into the year nearest to the first hint that is near."""
        if self.month_day is None:
            return self.choose(hints)
        for hint in hints:
            if day := nearest_year(*self.month_day, hint):
                return day
        return None


def nearest_year(month: int, day: int, hint: date) -> date | None:
    """The month and day in the year that brings it nearest to `hint`, if that is within NEAR_DAYS."""
    found = [made for year in (hint.year - 1, hint.year, hint.year + 1) if (made := _day(year, month, day))]
    best = min(found, key=lambda made: abs((made - hint).days), default=None)
    return best if best and abs((best - hint).days) <= NEAR_DAYS else None


def printed_days(text: str, start: int, end: int) -> Iterator[PrintedDay]:
    """Whole days, and days without a year, in `text[start:end]`, left to right."""
    found = [day for literal in find_literals(text, start, end) if (day := _printed(text, literal))]
    glued = [day for match in _GLUED.finditer(text, start, end) if (day := _figures(text, match.span()))]
    yield from sorted((*found, *glued), key=lambda day: day.span)


def _figures(text: str, span: Span) -> PrintedDay | None:
    """A day in figures with all its readings; a dot always means that the day comes first."""
    match = _FIGURES.match(text, *span)
    if match is None or match.end() != span[1]:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    first, second = _day(year, other, one), _day(year, one, other)
    readings = [first] if match[2] == "." else [first, second]
    days = tuple(dict.fromkeys(day for day in readings if day))
    return PrintedDay(span, days) if days else None


def _printed(text: str, literal: DateLiteral) -> PrintedDay | None:
    if figures := _figures(text, literal.span):
        return figures
    if literal.reason or literal.month is None or literal.day is None:
        return None
    if literal.year is None:
        return PrintedDay(literal.span, (), (literal.month, literal.day))
    made = _day(literal.year, literal.month, literal.day)
    return PrintedDay(literal.span, (made,)) if made else None


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def cell_day(cell: str, order: str | None = None) -> date | None:
    """The day a table's cell or a page's metadata names: ISO (with a time), in words, or in figures.

    `order` ("dmy" or "mdy") reads figures whose order is open; without it they give None.
    """
    cell = cell.strip()[:100]
    if match := _ISO_TIME.match(cell):
        return iso_day(match[1])
    if match := _COMPACT.fullmatch(cell):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    start = match.end() if (match := _WEEK.match(cell)) else 0
    for found in printed_days(cell, start, len(cell)):
        if found.span[0] == start and found.days:
            return found.choose((), order)
    return None


def order_of(cells: Iterable[str]) -> str | None:
    """The order that a column's own cells show (a figure above 12), "dmy" or "mdy", or None if none or both."""
    shown: set[str] = set()
    for cell in cells:
        if match := _FIGURES.search(cell, 0, 200):
            one, other = int(match[1]), int(match[3])
            if one > 12 >= other:
                shown.add("dmy")
            elif other > 12 >= one:
                shown.add("mdy")
    return shown.pop() if len(shown) == 1 else None


def user_date(cell: str) -> date | None:
    """The day a user's table names, None where it cannot be read in one way only."""
    return cell_day(cell)


def iso_day(text: str) -> date | None:
    """The day of `YYYY-MM-DD`, None where there is no such day."""
    try:
        made = date.fromisoformat(text)
    except ValueError:
        return None
    return made if _FIRST_YEAR <= made.year <= _LAST_YEAR else None


def filename_day(file: str) -> date | None:
    """The one day a file's name (or path, or URL) holds as year, month, day; None where there are none or several."""
    days = {made for match in _COMPACT.finditer(file) if (made := _day(int(match[1]), int(match[3]), int(match[4])))}
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?!\d)", file):
        days |= {made} if (made := _day(*map(int, match.groups()))) else set()
    return days.pop() if len(days) == 1 else None
