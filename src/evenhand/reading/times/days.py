"""Rules for times that name a day."""

from datetime import date

from evenhand.reading.times import calendar
from evenhand.reading.times.clock import NO_EARLIER, NO_YEAR, OUTSIDE, Clock, Hit, When, dated, looks_ahead, unresolved
from evenhand.reading.times.mention import Anchor
from evenhand.reading.times.printed import literal_of, names_a_year, on_day, year_printed


def full_day(hit: Hit, clock: Clock) -> When | None:
    """Reads "22 December 2016", with a weekday or part of the day."""
    day = literal_of(hit, "date").as_date()
    if day is None:
        return unresolved("null", "day", OUTSIDE)
    return on_day(day, hit, "absolute")


def day_of_month(hit: Hit, clock: Clock) -> When | None:
    """Reads "December 22", "July 25 of that year"."""
    literal = literal_of(hit, "date")
    assert literal.month is not None and literal.day is not None
    year, anchor = year_printed(hit, clock)
    if year is None and not names_a_year(hit):
        year, anchor = clock.year_of_month(literal.month, literal.day, looks_ahead(hit))
    if year is None:
        return unresolved(f"XXXX-{literal.month:02d}-{literal.day:02d}", "day", NO_YEAR)
    day = calendar.same_day(year, literal.month, literal.day)
    if day is None:
        return unresolved("null", "day", f"no such day: {literal.day} in month {literal.month} of {year}")
    return on_day(day, hit, anchor)


def impossible(hit: Hit, clock: Clock) -> When | None:
    """Reads "31 February", "5/6/2016": nothing is resolved, the reason says why."""
    return unresolved("null", "day", literal_of(hit, "date").reason or OUTSIDE)


def ordinal_day(hit: Hit, clock: Clock) -> When | None:
    """Reads "the 20th": of the month last mentioned."""
    number = int(hit.piece("dom").value or 0)
    start, _ = hit.scan.span(hit.match.start("dom"), hit.last)
    if not hit.scan.text[start].isdigit() or not 1 <= number <= 31 or clock.reference is None:
        return None
    if hit.letter(0) not in ".,;)&-$" and hit.written(0)[:1].isalpha() and hit.letter(0) == " ":
        return None
    known = clock.reference[0]
    if clock.reference_unit not in ("day", "month"):
        return None
    day = calendar.same_day(known.year, known.month, number)
    return dated(calendar.span_of(day, day), "day", "earlier mention")


def day_of_a_month(hit: Hit, clock: Clock) -> When | None:
    """Reads "the 3rd of this month", "the 20th of last month", "the 5th of that month"."""
    number, (start, _) = int(hit.piece("dom").value or 0), hit.scan.span(hit.match.start("dom"), hit.last)
    if hit.words("unit") != "month" or not hit.scan.text[start].isdigit() or not 1 <= number <= 31:
        return None
    which = hit.words("which")
    base, anchor = clock.base("month") if which in ("that", "those") else (clock.published, "published")
    whole = calendar.moved(base, "month", -1 if which in ("last", "past", "previous") else 0) if base else None
    if whole is None:
        return unresolved("XXXX-XX-XX", "day", NO_EARLIER)
    day = calendar.same_day(whole[0].year, whole[0].month, number)
    return dated(calendar.span_of(day, day), "day", anchor)


def new_year(hit: Hit, clock: Clock) -> When | None:
    """Reads "New Year's Eve", "New Year's Day 2017"."""
    if hit.words("unit") != "year" or hit.word(-1) != "new" or hit.words("eve") not in ("eve", "day"):
        return None
    month, number = (12, 31) if hit.words("eve") == "eve" else (1, 1)
    year, anchor = year_printed(hit, clock)
    if year is None:
        year, anchor = clock.year_of_month(month, number, looks_ahead(hit))
    if year is None:
        return unresolved(f"XXXX-{month:02d}-{number:02d}", "day", NO_EARLIER)
    day = calendar.same_day(year, month, number)
    return on_day(day, hit, anchor) if day else unresolved("null", "day", OUTSIDE)


def days_before(hit: Hit, clock: Clock) -> When | None:
    """Reads "10 and 15 October", "10–15 October 2016", "3/4 October": a span of days with its parts."""
    return _days_listed(hit, clock, dated_last=True)


def days_after(hit: Hit, clock: Clock) -> When | None:
    """Reads "October 10–15", "October 10 and 15, 2016": a span of days with its parts."""
    return _days_listed(hit, clock, dated_last=False)


def _days_listed(hit: Hit, clock: Clock, *, dated_last: bool) -> When | None:
    literal = literal_of(hit, "date")
    if literal.month is None or literal.day is None:
        return None
    year: int | None = literal.year
    anchor: Anchor = "absolute"
    if year is None and "year" in hit.match.re.groupindex and hit.has("year"):
        year = int(hit.piece("year").value or 0)
    if year is None:
        year, anchor = clock.year_of_month(literal.month, literal.day, looks_ahead(hit))
    signs = [hit.scan.pieces[at].word for at in range(*hit.match.span("days")) if hit.scan.letters[at] == "_"]
    listed = [
        (at, int(hit.scan.pieces[at].value or 0))
        for at in range(*hit.match.span("days"))
        if hit.scan.letters[at] in "DO"
    ]
    figures = all(hit.scan.text[hit.scan.pieces[at].start].isdigit() for at, _ in listed)
    if not figures or any(sign != "/" for sign in signs) or not all(1 <= day <= 31 for _, day in listed):
        return None
    printed = (hit.match.start("date"), literal.day)
    listed = [*listed, printed] if dated_last else [printed, *listed]
    parts = tuple((at, _listed_day(year, literal.month, number, anchor)) for at, number in listed)
    known = [when.days[0] for _, when in parts if when.days[0] is not None]
    if len(known) < len(parts):
        reason = next(when.reason for _, when in parts if when.reason is not None)
        return When("null", reason=reason, moves=False, parts=parts)
    if known != sorted(known):
        return None
    value = f"{parts[0][1].value}/{parts[-1][1].value}"
    return When(value, (known[0], known[-1]), "day", "date", anchor, parts=parts)


def _listed_day(year: int | None, month: int, number: int, anchor: Anchor) -> When:
    day = calendar.same_day(year, month, number) if year is not None else None
    if day is not None:
        return dated((day, day), "day", anchor)
    reason = NO_YEAR if year is None else f"no such day: {number} in month {month}"
    return unresolved(f"XXXX-{month:02d}-{number:02d}", "day", reason)


def festival(hit: Hit, clock: Clock) -> When | None:
    """Reads "Christmas 2016", "Christmas Eve"; feasts that move have no day here."""
    word = hit.words("feast")
    year, anchor = year_printed(hit, clock)
    if word != "christmas":
        return unresolved("null", "day", "the day of this feast changes from year to year") if hit.has("year") else None
    number = 24 if hit.has("eve") else 25
    if year is None:
        year, anchor = clock.year_of_month(12, number, looks_ahead(hit))
    if year is None:
        return unresolved(f"XXXX-12-{number}", "day", NO_EARLIER)
    day = calendar.same_day(year, 12, number)
    return on_day(day, hit, anchor) if day else unresolved("null", "day", OUTSIDE)


def september_11(hit: Hit, clock: Clock) -> When | None:
    """Reads "9/11": the day the figures became a name of."""
    start, end = hit.scan.span(hit.first, hit.last)
    if hit.scan.text[start:end] != "9/11":
        return None
    return dated((date(2001, 9, 11), date(2001, 9, 11)), "day", "absolute")
