"""What times are counted from: the report's date, and in a history or an undated text the times before."""

import re
from dataclasses import dataclass, field
from datetime import date

import msgspec

from evenhand.model.wordlist import word_set
from evenhand.reading.times import calendar
from evenhand.reading.times.calendar import Days
from evenhand.reading.times.mention import Anchor, Kind
from evenhand.reading.times.tokens import Piece, Scan

NO_DATE = "the report has no date to count from"
NO_EARLIER = "no earlier time in the report to count from"
NO_YEAR = "no year printed, and the report has no date to count from"
OUTSIDE = "outside the calendar (years 1 to 9999)"
VAGUE = "vague: no number of days can be given"


class When(msgspec.Struct, frozen=True):
    """What a rule makes of its words; `unit` is the calendar unit named, `moves` whether later times count on it."""

    value: str
    days: tuple[date | None, date | None] = (None, None)
    unit: str = "day"
    kind: Kind = "date"
    anchor: Anchor = "unknown"
    reason: str | None = None
    moves: bool = True
    parts: tuple[tuple[int, "When"], ...] = ()
    """Piece index and reading of each day of a list ("10 and 15 October")."""


@dataclass(slots=True)
class Hit:
    """A rule's match: the pieces `first` … `last - 1` of the scan."""

    scan: Scan
    match: re.Match[str]
    first: int = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.last = self.match.span()

    def has(self, group: str) -> bool:
        """Whether the group took part in the match with at least one piece."""
        return self.match.start(group) < self.match.end(group)

    def pieces(self, group: str) -> tuple[Piece, ...]:
        """The pieces of a group, empty if it took no part."""
        start, end = self.match.span(group)
        return self.scan.pieces[start:end] if start >= 0 else ()

    def piece(self, group: str) -> Piece:
        """The first piece of a group that took part."""
        return self.scan.pieces[self.match.start(group)]

    def words(self, group: str) -> str:
        """The small-letter words of a group, blank between."""
        return " ".join(p.word for p in self.pieces(group))

    def pieces_of(self, letter: str) -> tuple[Piece, ...]:
        """The pieces of the match that are of one class."""
        return tuple(self.scan.pieces[at] for at in range(self.first, self.last) if self.scan.letters[at] == letter)

    def letter(self, offset: int) -> str:
        """Class letter before (`-1`, `-2`) the match or after it (`0`, `1`, …); "^" and "$" beyond the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return self.scan.letters[at] if 0 <= at < len(self.scan.letters) else "^" if at < 0 else "$"

    def word(self, offset: int) -> str:
        """Small-letter word before or after the match, "" beyond the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return self.scan.pieces[at].word if 0 <= at < len(self.scan.pieces) else ""

    def written(self, offset: int) -> str:
        """The word before or after the match as printed."""
        at = self.first + offset if offset < 0 else self.last + offset
        if not 0 <= at < len(self.scan.pieces):
            return ""
        piece = self.scan.pieces[at]
        return self.scan.text[piece.start : piece.end]


# Words that set what follows in the future, and words of saying that end their reach.
_FUTURE = word_set(
    "will shall scheduled due expected plans plan planned planning upcoming forthcoming set ahead pave paves "
    "paving postponed invited slated would"
)
_SAYING = word_set(
    "said says told announced reported stated added wrote confirmed claimed declared noted revealed "
    "killed died wounded injured attacked struck seized remembered recalled"
)
_REACH = 18
_TITLE = 4  # letters


def looks_ahead(hit: Hit) -> bool:
    """Whether the words before the match, back to a saying or the sentence's start, speak of what is to come."""
    pieces, letters = hit.scan.pieces, hit.scan.letters
    for at in range(hit.first - 1, max(-1, hit.first - _REACH), -1):
        if letters[at] in ".;X" and not pieces[at].word.isalpha() and not _shortened(hit, at):
            return False
        word = pieces[at].word
        if word in _SAYING or word == "since":  # "would be the worst since it began in March"
            return False
        if word in _FUTURE:
            return _speaks_of_future(word, pieces[at + 1].word)
    return False


def _shortened(hit: Hit, at: int) -> bool:
    """Whether the dot at a piece ends a title ("Gen. X") and no sentence."""
    before = hit.scan.pieces[at - 1] if at else None
    written = hit.scan.text[before.start : before.end] if before is not None else ""
    return written[:1].isupper() and len(written) <= _TITLE


def _speaks_of_future(word: str, after: str) -> bool:
    """Not in "had set the fires", "set up checkpoints", "would have begun"."""
    if word == "set":
        return after in ("to", "for")
    return word != "would" or after != "have"


@dataclass(slots=True)
class Clock:
    """Reads years and days that are not printed. `narrative`: count from earlier mentions, not the report."""

    published: date | None
    narrative: bool
    reference: Days | None = None
    reference_unit: str = "day"
    day: Days | None = None
    """The last single day mentioned."""
    stops: int = 0
    """How many full stops have been passed, those of abbreviations too."""
    passing: int | None = None
    """A year printed in the middle of the sentence now read; it holds to the sentence's end only."""

    def new_sentence(self, stops: int = 1) -> None:
        """A year in passing ends with its sentence; `stops` full stops have been passed."""
        self.passing = None
        self.stops += stops

    def note(self, when: When, *, opens: bool = True) -> None:
        """Remember a resolved date for the times that follow; `opens`: it opens its sentence."""
        start, end = when.days
        if not when.moves or when.kind not in ("date", "time") or start is None or end is None:
            return
        if when.unit == "year" and not opens and self.reference is not None:
            self.passing = start.year
            return
        self.passing = None
        self.reference, self.reference_unit = (start, end), when.unit
        if start == end:
            self.day = (start, end)

    def year_of_month(self, number: int, day: int | None, ahead: bool) -> tuple[int | None, Anchor]:
        """The year of a month, or a day of a month, printed without one; None if nothing says."""
        if self.published is None or self.narrative:
            return self._year_by_reference(number), "earlier mention"
        return self._year_by_report(number, day or 1, day is None, ahead), "published"

    def _year_by_reference(self, number: int) -> int | None:
        if self.passing is not None:
            return self.passing
        if self.reference is None:
            return None
        known = self.reference[1] if self.reference_unit in ("day", "month", "week") else self.reference[0]
        if self.reference_unit in ("day", "month", "week") and known.month >= 10 and number <= 3:
            return known.year + 1
        return known.year

    def _year_by_report(self, number: int, day: int, whole_month: bool, ahead: bool) -> int:
        """The latest such month or day not after the report; the next one where the words look ahead.

        A day up to 45 days ahead (a month up to 2) is nearer than one eleven months ago and is taken.
        """
        assert self.published is not None
        now = self.published
        distance = (number - now.month) % 12
        if whole_month:
            passed = number <= now.month
            near = distance <= 2
        else:
            passed = (number, day) <= (now.month, now.day)
            near = distance <= 1 and distance * 30 + day - now.day <= 45
        if passed and not (ahead and (now.month, now.day) != (number, day) and distance != 0):
            return now.year
        if passed:
            return now.year + 1
        return now.year if ahead or near else now.year - 1

    def weekday(self, number: int, ahead: bool) -> Days | None:
        """The last such day up to the report's own, or the next from it on when the words look ahead."""
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % 7
        day = calendar.shifted(self.published, (7 - back) % 7 if ahead else -back)
        return calendar.span_of(day, day)

    def now(self, unit: str) -> tuple[date | None, Anchor]:
        """The day "the end of the year" is said on: the report's, in a history the time just told."""
        if self.narrative:
            return self.base(unit)
        return self.published, "published"

    def base(self, unit: str) -> tuple[date | None, Anchor]:
        """The day "the next day" or "two years later" counts from: the earlier mention, else the report."""
        if self.reference is not None:
            fine = unit in ("day", "hour", "minute", "second", "week", "weekend")
            if fine and self.day is not None and self.reference_unit != "day" and not self.narrative:
                return self.day[0], "earlier mention"
            return self.reference[0], "earlier mention"
        return (None, "unknown") if self.narrative else (self.published, "published")


def unresolved(value: str, unit: str, reason: str, kind: Kind = "date") -> When:
    """A time that is recognised but names no days, with the reason."""
    return When(value, unit=unit, kind=kind, reason=reason, moves=False)


def dated(days: Days | None, unit: str, anchor: Anchor, value: str | None = None, kind: Kind = "date") -> When:
    """A time with its days; a reason instead where they lie outside the calendar."""
    if days is None:
        return unresolved(value or "null", unit, OUTSIDE, kind)
    return When(value or calendar.name(days, unit), days, unit, kind, anchor)
