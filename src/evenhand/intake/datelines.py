"""The dateline: place, date and agency before the first sentence, in the forms that wires print.

    MOSCOW, December 27. /TASS/.      BEIRUT (Reuters) -       AMMAN, Jordan (AP) _
    DAMASCUS, SANA –                  KYIV. October 5 (X) --   GENEVA, 5 October 2017 –      BEIRUT:

A dateline is known by its form: a place in capitals or capitalised words, then an agency in brackets or slashes,
or a date, or a dash that ends it. Where the form alone does not tell, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

from evenhand.intake.agencies import Named, all_named, lookup
from evenhand.intake.printed_dates import PrintedDay, printed_days
from evenhand.intake.settings import Outlets
from evenhand.model.dates import WEEKDAYS
from evenhand.model.evidence import Span

_REACH = 160
_LONGEST_SHORT = 6  # of a state: "SAN DIEGO, Calif."
_HEAD = 900
_FIRST_LINES = 8
_BRACKETED = re.compile(
    r"(?P<place>[^()\[\]\n]{2,100})(?:\((?P<round>[^()\n]{2,60})\)|\[(?P<square>[^\[\]\n]{2,60})\])"
)
_SLASHED = re.compile(r"(?P<place>[^/()\n]{2,100})/(?P<round>[^/\n]{2,60})/(?P<square>\Z)?")
_ROUND = re.compile(r"\((?P<place>[^()\n]{2,60})\)[ \t]{0,2}(?:[–—―]|-{1,2})(?=\s)")
"""As organisations date their releases: "(Beirut, May 4, 2031) – "."""
_AFTER = re.compile(r"[ \t]{0,2}[.:,]?(?:[ \t]{0,2}(?:[-–—―−_]{1,3}|:))?(?=\s|\Z|[A-Z“\"‘])")
_DASH = re.compile(
    r"[ \t]{0,2}(?:[–—―]{1,2}|(?<=\s)[-−]{1,3}(?=\s)|--|-(?=[ \t])|(?<=\s)_(?=\s)|\.-{1,2}(?=\s))[ \t]{0,2}"
)
_COLON = re.compile(r":(?=\s)")
_STOP = re.compile(r"\.[ \t]{1,3}(?=[A-Z“\"‘])")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’‘ʼ`.\-]){0,30}")
_PLACE_WORD = re.compile(r"[^\s,/]+")
_JOINERS = frozenset(("of", "and", "de", "al", "el", "the", "la", "le", "in", "near", "on", "du", "upon"))
# The full stop of "CONCORD, N.H." belongs to the place, that of "KYIV. Oct 5" does not.
_ABBREVIATED = re.compile(r",[ ](?:[A-Z][a-z]{1,5}|(?:[A-Z]\.){1,3}[A-Z])\.\Z")
_NOT_FIRST = frozenset(("on", "in", "at", "by", "for", "from", "after", "since", "with", "near", "this", *WEEKDAYS))
_CAPITALS = re.compile(r"(?<!\S)[A-Z]{4}")
_BARE = re.compile(
    r"(?P<place>[A-Z]{4,20}(?:[ -][A-Z]{2,20}){0,3}(?=[ ]))"
    r"(?P<region>[ ][A-Z][a-z]{2,20}(?=[ ][A-Z]))?[ ](?=[A-Z0-9“\"])"
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline as printed: all its words, the place, the day if there is one, the agency if it is known."""

    span: Span
    place: str
    day: PrintedDay | None
    agency: Named | None


def find_dateline(
    text: str, starts: Iterable[int], outlets: Outlets, is_place: Callable[[str], bool] | None = None
) -> FoundDateline | None:
    """The first dateline at one of `starts` (after a header, title or date line) or at an early line's start.

    Elsewhere in the head one counts only with its place in capitals and a known agency in brackets.
    """
    tried: set[int] = set()
    for start in (*starts, *_line_starts(text)):
        at = _skip_blank(text, start)
        if at in tried:
            continue
        tried.add(at)
        if found := _at(text, at, outlets, is_place):
            return found
    for match in _CAPITALS.finditer(text, 0, _HEAD):
        found = _bracketed(text, match.start(), outlets, is_place)
        if found and found.agency:
            return found
    return None


def _line_starts(text: str) -> Iterator[int]:
    start, lines = 0, 0
    while lines < _FIRST_LINES and start < _HEAD:
        yield start
        newline = text.find("\n", start, _HEAD)
        if newline < 0:
            return
        lines += bool(text[start:newline].strip())
        start = newline + 1


def _skip_blank(text: str, start: int) -> int:
    while start < len(text) and start < _HEAD and (text[start].isspace() or text[start] in ",;|)-–—•*"):
        start += 1
    return start


def _at(text: str, at: int, outlets: Outlets, is_place: Callable[[str], bool] | None) -> FoundDateline | None:
    return (
        _bracketed(text, at, outlets, is_place)
        or _round(text, at, outlets, is_place)
        or _dashed(text, at, outlets, is_place)
        or (_bare(text, at, outlets, is_place) if is_place is not None else None)
    )


def _bare(text: str, at: int, outlets: Outlets, is_place: Callable[[str], bool]) -> FoundDateline | None:
    """A place in capitals whose sign is lost ("BEIRUT A Russian helicopter"), only where it is known as a place's."""
    match = _BARE.match(text, at)
    if match is None or not is_place(match["place"]) or lookup(match["place"], outlets):
        return None
    region = match["region"]
    if region and not is_place(region.strip()):
        region = None
    end = match.end("region") if region else match.end("place")
    after = text[end : end + 40].split()
    if not any(word[0].islower() for word in after[:4]):
        return None
    return FoundDateline((at, end), text[at:end], None, None)


def _bracketed(text: str, at: int, outlets: Outlets, is_place: Callable[[str], bool] | None) -> FoundDateline | None:
    window = at + _REACH
    for form in (_BRACKETED, _SLASHED):
        match = form.match(text, at, window)
        if match is None:
            continue
        group = "round" if match["round"] else "square"
        named = all_named(text, match.span(group), outlets)
        head = _head(text, match.span("place"))
        after = _AFTER.match(text, match.end())
        if head is None or after is None or lookup(head[0], outlets):
            continue
        place, day = head
        agency = named[0] if named else None
        marked = bool(after.group().strip(" \t,."))
        if agency is None and not (
            marked and (_in_capitals(place) or (is_place is not None and is_place(_first(place))))
        ):
            continue
        end = match.end() + len(after.group().rstrip())
        return FoundDateline((at, end), place, day, agency)
    return None


def _round(text: str, at: int, outlets: Outlets, is_place: Callable[[str], bool] | None) -> FoundDateline | None:
    match = _ROUND.match(text, at)
    head = _head(text, match.span("place")) if match is not None else None
    if match is None or head is None or lookup(head[0], outlets):
        return None
    if not (_in_capitals(head[0]) or head[1] or (is_place is not None and is_place(_first(head[0])))):
        return None
    return FoundDateline((at, match.end()), head[0], head[1], None)


def _dashed(text: str, at: int, outlets: Outlets, is_place: Callable[[str], bool] | None) -> FoundDateline | None:
    newline = text.find("\n", at, at + 100)
    end = min(len(text), at + 100 if newline < 0 else newline)
    ends = [match for form in (_DASH, _COLON, _STOP) if (match := form.search(text, at + 2, end))]
    for match in sorted(ends, key=lambda m: m.start()):
        if match.end() >= end or not _begins_sentence(text, match.end()):
            continue
        inner = (at, match.start())
        agency = _last_part(text, inner, outlets)
        head = _head(text, (at, agency.span[0]) if agency else inner)
        if head is None:
            continue
        place, day = head
        if agency is None and lookup(place, outlets):
            continue
        if _strong_enough(place, day, agency, match.re, is_place):
            # A full stop belongs to the dateline, the blanks after its sign do not.
            closing = match.start() + len(match.group().rstrip())
            return FoundDateline((at, closing), place, day, agency)
    return None


def _strong_enough(
    place: str,
    day: PrintedDay | None,
    agency: Named | None,
    sign: re.Pattern[str],
    is_place: Callable[[str], bool] | None,
) -> bool:
    """Two signs make a dateline: capitals, a date, an agency, a dash, a name known as a place's."""
    dash = sign is _DASH or (sign is _COLON and _in_capitals(place) and len(_first(place)) > 3)
    known = is_place is not None and is_place(_first(place))
    short = len(place.split()) <= 3
    capitals = _in_capitals(place)
    signs = 2 * (agency is not None) + (day is not None) + dash + known + capitals
    return signs >= 2 if is_place is not None or capitals or day or agency else dash and short


def _last_part(text: str, span: Span, outlets: Outlets) -> Named | None:
    """The agency after the last comma: "DAMASCUS, SANA –"."""
    comma = text.rfind(",", *span)
    if comma < 0:
        return None
    named = all_named(text, (comma + 1, span[1]), outlets)
    return named[0] if named else None


def _head(text: str, span: Span) -> tuple[str, PrintedDay | None] | None:
    """Place and day of the words before the agency or the sign; None where they are not these two only."""
    start, end = span
    days = list(printed_days(text, start, end))
    day = days[-1] if days else None
    if len(days) > 1 or (day and text[day.span[1] : end].strip(" .,\t")):
        return None
    place = text[start : day.span[0] if day else end].rstrip(" \t,–—-")
    if place.endswith(".") and not _ABBREVIATED.search(place):
        place = place.rstrip(".")
    return (place, day) if _is_place_like(place) else None


def _is_place_like(place: str) -> bool:
    """Up to eight words, all capitalised but for joiners, no figures, no sign of a sentence."""
    words = _PLACE_WORD.findall(place)
    if not 1 <= len(words) <= 8 or len(place) > 70 or place.casefold() in _no_places():
        return False
    if words[-1].casefold() in _JOINERS or words[0].casefold() in _NOT_FIRST:
        return False
    for word in words:
        if word.casefold() in _JOINERS and word is not words[0]:
            continue
        if not _WORD.fullmatch(word) or not word[0].isupper() or (word.endswith(".") and len(word) > _LONGEST_SHORT):
            return False
    return True


def _begins_sentence(text: str, at: int) -> bool:
    rest = text[at : at + 4].lstrip(" \t\"“‘'«(")
    return bool(rest) and (rest[0].isupper() or rest[0].isdigit())


def _in_capitals(place: str) -> bool:
    """Whether the place, a region behind a comma aside, is printed in capitals."""
    first = _first(place)
    return first.isupper() and len(first) > 2


def _first(place: str) -> str:
    return re.split(r"[,/]", place)[0].strip()


@cache
def _no_places() -> frozenset[str]:
    """Words that stand before a dash or colon and are no places ("BREAKING", "Update")."""
    table = loads((files("evenhand.intake") / "words.toml").read_text(encoding="utf-8"))
    return frozenset(word.casefold() for word in table["no_places"])
