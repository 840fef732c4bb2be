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
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_TIME = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ]\d|\s*\Z)")
_WEEK = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{0,3}", re.I)
# How far a day without a year may lie from the day that completes it.
NEAR_DAYS = 31


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day in the text: its words and its readings, one unless the order of day and month is open.

    Without a year `days` is empty and `month_day` says which day of a year it is.
    """

    span: Span
    days: tuple[date, ...] = ()
    month_day: tuple[int, int] | None = None

    def choose(self, hints: Iterable[date]) -> date | None:
        """The one reading, or the only one within a few days of a hint; None where it stays open."""
        if len(self.days) <= 1:
            return self.days[0] if self.days else None
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
    for literal in find_literals(text, start, end):
        if found := _printed(text, literal):
            yield found


def _printed(text: str, literal: DateLiteral) -> PrintedDay | None:
    figures = _FIGURES.fullmatch(text, *literal.span)
    if figures and literal.reason:
        one, other, year = int(figures[1]), int(figures[3]), int(figures[4])
        both = {made for made in (_day(year, other, one), _day(year, one, other)) if made}
        return PrintedDay(literal.span, tuple(sorted(both))) if both else None
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
            if len(found.days) == 1:
                return found.days[0]
            return _in_order(cell, found.span, order)
    return None


def _in_order(cell: str, span: Span, order: str | None) -> date | None:
    figures = _FIGURES.fullmatch(cell, *span)
    if figures is None or order is None:
        return None
    one, other, year = int(figures[1]), int(figures[3]), int(figures[4])
    return _day(year, one, other) if order == "mdy" else _day(year, other, one)


def order_of(cells: Iterable[str]) -> str | None:
    """The order that a column's own cells show (a figure above 12), "dmy" or "mdy", or None if none or both."""
    shown: set[str] = set()
    for cell in cells:
        if match := _FIGURES.match(cell.strip()):
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
