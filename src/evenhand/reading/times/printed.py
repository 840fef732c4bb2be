"""What several rules read alike: parts of the day, "early" and "late", the year after a month."""

from datetime import date

from evenhand.model.dates import DateLiteral
from evenhand.model.wordlist import word_set
from evenhand.reading.times import calendar
from evenhand.reading.times.calendar import Days
from evenhand.reading.times.clock import Clock, Hit, When
from evenhand.reading.times.mention import Anchor

_PART_OF_DAY = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF",
    "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV", "night": "NI",
    "nights": "NI", "nighttime": "NI", "nightfall": "NI", "overnight": "NI", "tonight": "NI",
    "midnight": "NI", "noon": "MI", "midday": "MI", "daytime": "DT", "lunchtime": "MI",
}  # fmt: skip

_EARLY = word_set("early beginning start opening onset")

_MID = word_set("mid middle")

_LATE = word_set("late end latter close final")


def part_of_day(word: str) -> str:
    """TimeML suffix of a part of the day ("TMO"), "" for another word."""
    code = _PART_OF_DAY.get(word)
    return f"T{code}" if code else ""


def which_part(hit: Hit, group: str = "e") -> str | None:
    """Of early, mid, late, start and end, what the words before say; None if none."""
    for piece in hit.pieces(group):
        if piece.word in ("beginning", "start", "onset"):
            return "start"
        if piece.word in ("end", "close"):
            return "end"
        if piece.word in _EARLY:
            return "early"
        if piece.word in _MID:
            return "mid"
        if piece.word in _LATE:
            return "late"
    return None


def narrowed(hit: Hit, days: Days | None, unit: str, group: str = "e") -> Days | None:
    """The early, middle or late part of the days, if the words say so."""
    which = which_part(hit, group)
    return calendar.part(days, unit, which) if days and which else days


def literal_of(hit: Hit, group: str) -> DateLiteral:
    """The printed date of a group."""
    literal = hit.piece(group).literal
    assert literal is not None
    return literal


def on_day(day: date, hit: Hit, anchor: Anchor) -> When:
    """One day, with the part of it that the words name."""
    suffix = next((s for s in (part_of_day(p.word) for p in hit.pieces("part")) if s), "")
    return When(day.isoformat() + suffix, (day, day), "day", "date", anchor)


def names_a_year(hit: Hit) -> bool:
    """Whether the words say of which year it is, known or not: "in July of that year"."""
    if "year" not in hit.match.re.groupindex or not hit.has("year"):
        return False
    last = hit.pieces("year")[-1]
    return last.letter == "Y" or last.word == "year"


def year_printed(hit: Hit, clock: Clock) -> tuple[int | None, Anchor]:
    """The year that stands after the month: a number, or "of that year", "of last year"."""
    if not names_a_year(hit):
        return None, "unknown"
    piece = hit.pieces("year")[-1]
    if piece.letter == "Y":
        return int(piece.value or 0), "absolute"
    words = hit.words("year").removeprefix("of ").removeprefix("the ")
    if words.startswith(("last", "this", "next", "current", "past")) and clock.published and not clock.narrative:
        return clock.published.year + {"l": -1, "p": -1, "n": 1}.get(words[0], 0), "published"
    if clock.reference is None:
        return None, "unknown"
    step = -1 if "previous" in words or "preceding" in words else 1 if "follow" in words or "next" in words else 0
    return clock.reference[0].year + step, "earlier mention"
