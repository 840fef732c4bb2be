"""Calendar dates as English prints them: one reader for datelines, headers and running text.

Only dates that name themselves are read here ("December 27, 2016", "27-Dec-2016", "2016-12-27",
"18-07-2015", "16.12.99", "7 Aug. '08", "Oct. 17", "March 2016"); nothing is resolved against a report's date.
Day-month order in figures: dots are always day first; slashes and hyphens only where one order is possible.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from evenhand.model.evidence import Span

_FULL = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS: dict[str, int] = {name.lower(): n for n, name in enumerate(_FULL, 1)}
_SHORT = {name[:3]: n for n, name in enumerate(_FULL, 1) if name != "May"} | {"Sept": 9}
MONTHS.update({name.lower(): n for name, n in _SHORT.items()})
WEEKDAYS: dict[str, int] = {
    name: n
    for n, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

# "may" and "march" in small letters are verbs; abbreviations count only beside a number.
_LOWER = [name.lower() for name in _FULL if name not in ("March", "May")]
_NAMES = [*_FULL, *(n.upper() for n in _FULL), *_LOWER]
_ABBREVIATED = [*_SHORT, *(n.upper() for n in _SHORT)]
_MONTH = (
    "(?:"
    + "|".join(sorted(_NAMES, key=len, reverse=True))
    + "|(?:"
    + "|".join(sorted(_ABBREVIATED, key=len, reverse=True))
    + r")\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORD = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
_S = r"\s{1,3}"
_YEAR = r"(?:[12]\d{3}|\d{5,6})(?![\d%]|[.,]\d)"

LITERAL = re.compile(
    rf"""(?<![\w$€£])(?<!\d[.,])(?:
      (?P<iso>(?P<iy>\d{{4}})(?P<is>[-/])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})(?!\d))
    | (?P<num>(?P<n1>\d{{1,2}})(?P<ns>[./-])(?P<n2>\d{{1,2}})(?P=ns)(?P<ny>\d{{4}})(?![\w/-]))
    | (?P<dot>(?P<td>0[1-9]|[12]\d|3[01])\.(?P<tm>0[1-9]|1[0-2])\.(?P<ty>\d\d)(?![\w%]|[.,]\d))
    | (?P<glued>(?P<gm>{_MONTH}){_S}(?P<gd>{_DAY})(?P<gy>(?:19|20)\d\d)(?!\w))
    | (?P<hyph>(?P<hd>{_DAY})[-/](?P<hm>{_MONTH})[-/](?P<hy>\d{{4}}|\d\d)(?!\w))
    | (?P<dmy>(?P<dd>{_DAY}){_ORD}(?:{_S}|-)(?:of{_S})?(?P<dm>{_MONTH})\b
        (?:\s{{0,3}},?\s{{0,3}}(?:of{_S})?(?<!\w)(?P<dy>{_YEAR})
            |\.?\s{{0,2}}['’‘](?P<dy3>\d\d)(?![\w'’])
            |\s(?P<dy2>\d\d)(?=\s{{0,2}}(?:[(\[\n]|--)))?)
    | (?P<mdy>(?P<mm>{_MONTH}){_S}(?:the{_S})?(?P<md>{_DAY}){_ORD}(?![\w:]|[.,]\d|\s?%)
        (?:\s{{0,2}},\s{{0,3}}(?:of{_S})?(?P<my>{_YEAR})|{_S}(?:of{_S})?(?P<my2>(?:19|20)\d\d(?![\d%,.]\d)\b))?)
    | (?P<mon>(?P<om>{_MONTH})(?:\s{{0,2}},)?{_S}(?:of{_S})?(?P<oy>{_YEAR})\b)
    )(?:(?!\w)|(?=T\d))""",
    re.VERBOSE,
)

_FIGURES = re.compile(r"\d+")
_MONTH_HERE = re.compile(_MONTH)
_BEFORE_FIGURES = 32  # a month's name, its stop and comma, "the", "of" and the blanks between: at most so many

_COUNTED = re.compile(r"\s{1,3}(?:people|persons|men|women|children|civilians|families)\b")
_PLURAL = re.compile(r"\s{1,3}(?!(?:was|has|is|as|this|its|his|reports|says)\b)[a-z]{3,20}s\b")


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """A printed date: span in code points; `year` or `day` is None where not printed.

    `reason` is set, and nothing may be resolved, when the date cannot exist or its order is open.
    """

    span: Span
    year: int | None
    month: int | None
    day: int | None
    reason: str | None = None

    def as_date(self) -> date | None:
        """The calendar day, when year, month and day are all printed and such a day exists."""
        if self.reason or self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def days_in_month(year: int, month: int) -> int:
    """Number of days of a month of the Gregorian calendar; years 1 to 9999."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _checked(span: Span, year: int | None, month: int, day: int | None) -> DateLiteral:
    reason = None
    if year is not None and not 1 <= year <= 2999:
        reason = f"no such year: {year}"
    elif not 1 <= month <= 12:
        reason = f"no such month: {month}"
    elif day is not None and not 1 <= day <= days_in_month(year or 2000, month):
        reason = f"no such day: {day} in month {month}"
    return DateLiteral(span, year, month, day, reason)


def _in_figures(span: Span, first: int, sign: str, second: int, year: int) -> DateLiteral:
    if sign == "." or first > 12 or first == second:
        return _checked(span, year, second, first)
    if second > 12:
        return _checked(span, year, first, second)
    return DateLiteral(span, year, None, None, "day and month cannot be told apart")


def _named(text: str, match: re.Match[str]) -> DateLiteral:
    span = match.span()
    group = match.group
    if group("dmy"):
        short = group("dy2") or group("dy3")
        year = int(group("dy")) if group("dy") else _full_year(short) if short else None
        return _checked(span, year, month_number(group("dm")), int(group("dd")))
    if group("mdy"):
        written = group("my") or group("my2")
        if group("my2") and _is_count(text, span[1], group("my2")):
            # "On August 10 2000 people fled": the punctuation is lost and the number counts people.
            span, written = (span[0], len(text[: match.start("my2")].rstrip())), ""
        return _checked(span, int(written) if written else None, month_number(group("mm")), int(group("md")))
    if group("glued"):
        return _checked(span, int(group("gy")), month_number(group("gm")), int(group("gd")))
    if group("dot"):
        return _checked(span, _full_year(group("ty")), int(group("tm")), int(group("td")))
    if group("hyph"):
        return _checked(span, _full_year(group("hy")), month_number(group("hm")), int(group("hd")))
    return _checked(span, int(group("oy")), month_number(group("om")), None)


def _full_year(figures: str) -> int:
    """Two figures mean 1970 to 2069; four stand for themselves."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 70 else 1900)


def _is_count(text: str, end: int, figures: str) -> bool:
    """Whether four figures after a day count what follows: people, or a round number of anything."""
    return _COUNTED.match(text, end) is not None or (figures.endswith("00") and _PLURAL.match(text, end) is not None)


def month_number(word: str) -> int:
    """1 to 12 for an English month name or abbreviation, with or without a full stop.

    Raises KeyError for any other word.
    """
    return MONTHS[word.rstrip(".").lower()]


@lru_cache(maxsize=4)
def all_literals(text: str) -> tuple[DateLiteral, ...]:
    """`find_literals` over a whole text, which the readers of times and of quantities both ask for."""
    return tuple(find_literals(text))


def find_literals(text: str, start: int = 0, end: int | None = None) -> Iterator[DateLiteral]:
    """Every printed date in `text[start:end]`, left to right, never overlapping. Linear in the text."""
    stop = len(text) if end is None else end
    reached = start
    for at in _openings(text, start, stop):
        match = LITERAL.match(text, at, stop) if at >= reached else None
        if match is None:
            continue
        reached = match.end()
        if match.group("iso"):
            yield _checked(match.span(), int(match["iy"]), int(match["im"]), int(match["id"]))
        elif match.group("num"):
            yield _in_figures(match.span(), int(match["n1"]), match["ns"], int(match["n2"]), int(match["ny"]))
        else:
            yield _named(text, match)


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a date may begin, in order: at figures, or at a month's name that figures follow."""
    reached = start
    for figures in _FIGURES.finditer(text, start, end):
        at = figures.start()
        for month in _MONTH_HERE.finditer(text, max(reached, at - _BEFORE_FIGURES), at):
            yield month.start()
        yield at
        reached = figures.end()


HEAD = 400
"""Code points at the start of a text in which a date line is looked for."""

_LABEL = re.compile(r"\b(?:publi\w+|updated|posted|date[ds]?|created|released|issued|filed|printed)\W*$", re.I)
_OF_AN_EVENT = re.compile(
    r"\b(?:on|in|since|from|until|till|by|of|before|after|between|and|to|for|during|late|early|mid|the|this|that)"
    r"(?:\s+(?:" + "|".join(WEEKDAYS) + r"))?,?\s*$",
    re.I,
)


def headline_date(text: str) -> tuple[date, Span] | None:
    """The date line at the head of a text: the day and its span, or None.

    Taken is the first full date of the first 400 code points that is no part of a sentence ("On 5 March
    2014 rebels …" is about an event; "Published on 5 March 2014" and "Sunday 8 Oct 2017" are date lines).
    Years before 1900 are not datelines.
    """
    for literal in find_literals(text, 0, min(len(text), HEAD)):
        day = literal.as_date()
        if day is None or day.year < 1900 or day.year > 2100:
            continue
        before = text[max(0, literal.span[0] - 60) : literal.span[0]]
        opening = _OF_AN_EVENT.search(before)
        if opening and not _LABEL.search(before[: opening.start()] + " "):
            continue
        return day, literal.span
    return None
