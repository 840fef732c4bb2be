"""Rules for times that name a month or a season, or a part of a month or year."""

from datetime import date

from evenhand.reading.times import calendar
from evenhand.reading.times.amount import Amount, amount_of, iso_duration
from evenhand.reading.times.calendar import SEASONS, Days
from evenhand.reading.times.clock import NO_YEAR, OUTSIDE, Clock, Hit, When, dated, looks_ahead, unresolved
from evenhand.reading.times.mention import Anchor
from evenhand.reading.times.printed import literal_of, names_a_year, narrowed, year_printed


def month_and_year(hit: Hit, clock: Clock) -> When | None:
    """Reads "March 2016", "early October 2016"."""
    literal = literal_of(hit, "date")
    if literal.year is None or literal.month is None:
        return None
    return _month(hit, literal.year, literal.month, "absolute", clock)


def _month(hit: Hit, year: int, number: int, anchor: Anchor, clock: Clock) -> When:
    whole = calendar.month(year, number)
    days = narrowed(hit, whole, "month")
    if whole is None or days is None:
        return unresolved("null", "month", OUTSIDE)
    now = clock.published
    if anchor == "published" and now and days[0] <= now < days[1] and not looks_ahead(hit):
        days = (days[0], now)
    return When(calendar.name(whole, "month"), days, "month", "date", anchor)


_FIRST_NAMES = frozenset(("april", "june", "may", "august", "march"))


def bare_month(hit: Hit, clock: Clock) -> When | None:
    """Reads "August", "late June", "last March", "August of that year"."""
    piece = hit.piece("month")
    number = int(piece.value or 0)
    alone = hit.last - hit.first == 1
    if alone and piece.word in _FIRST_NAMES and hit.letter(-1) not in "i+<kmeolnt-&crda(":
        verb = piece.word in ("may", "march") and hit.letter(-1) in "^._" and hit.letter(0) != "$"
        if verb or hit.written(0)[:1].isupper():
            return None
    if alone and piece.word in _FIRST_NAMES and hit.letter(-1) == "(" and hit.written(0)[:1].isupper():
        return None  # "(May Cadera)" is a name
    year, anchor = year_printed(hit, clock)
    if year is None and not names_a_year(hit):
        year, anchor = clock.year_of_month(number, None, looks_ahead(hit))
        year = _last_or_next(hit, clock, year, number)
    if year is None:
        return unresolved(f"XXXX-{number:02d}", "month", NO_YEAR)
    return _month(hit, year, number, anchor, clock)


def _last_or_next(hit: Hit, clock: Clock, year: int | None, number: int) -> int | None:
    now = clock.published
    word = hit.words("which")
    if not word or year is None:
        return year
    if word in ("previous", "preceding") and clock.reference is not None:
        known = clock.reference[0]
        return known.year if number < known.month else known.year - 1
    if now is None or clock.narrative:
        return year
    if word in ("last", "past"):
        return now.year if number < now.month else now.year - 1
    if word in ("next", "coming", "upcoming"):
        return now.year if number > now.month else now.year + 1
    return now.year


def season(hit: Hit, clock: Clock) -> When | None:
    """Reads "the summer of 2012", "last winter", "spring"."""
    word = hit.words("season").removesuffix("time")
    if word == "fall" and not (hit.has("year") or hit.has("which") or _in_the_fall(hit)):
        return None
    code, first_month = SEASONS[word]
    year, anchor = year_printed(hit, clock)
    if year is None and clock.published is not None and not clock.narrative:
        year, anchor = _season_by_report(hit, clock.published, first_month), "published"
    if year is None and clock.reference is not None:
        year, anchor = clock.reference[0].year, "earlier mention"
        if hit.words("which") in ("next", "following"):
            year += 1
    if year is None:
        return unresolved(f"XXXX-{code}", "season", NO_YEAR)
    days = narrowed(hit, calendar.season(year, word), "season")
    if days is None:
        return unresolved("null", "season", OUTSIDE)
    return When(f"{year:04d}-{code}", days, "season", "date", anchor)


def _in_the_fall(hit: Hit) -> bool:
    """Reads "in the fall", but not "in the fall of the city"."""
    before = hit.letter(-2) if hit.letter(-1) == "d" else hit.letter(-1)
    return before in "i<+" and hit.letter(0) != "o"


def _season_by_report(hit: Hit, now: date, first_month: int) -> int:
    started = first_month <= now.month
    word = hit.words("which")
    if word in ("next", "coming") or (not word and looks_ahead(hit)):
        return now.year + 1 if started else now.year
    running = first_month <= now.month < first_month + 3
    if word in ("last", "past", "previous") and running:
        return now.year - 1
    if word in ("this", "current") and not started:
        return now.year - 1 if now.month < 3 and first_month == 12 else now.year
    return now.year if started else now.year - 1


def part_of_a_date(hit: Hit, clock: Clock) -> When | None:
    """Reads "the first week of October", "the last two months of 2016", "the second half of 2008"."""
    inner = _inner_days(hit, clock)
    unit = hit.words("unit")
    if unit in ("half", "quarter"):
        return _half_or_quarter(hit, inner, unit)
    unit = unit.removesuffix("s")
    amount = amount_of(hit.pieces("amount")) or Amount(1, 1)
    value = iso_duration(amount, unit)
    if inner is None or amount.low is None:
        return unresolved(value, unit, NO_YEAR, "duration")
    first, last = inner[0], inner[1]
    word = hit.words("which")
    count = round(amount.low)
    if word in ("last", "final", "close", "end"):
        reach = calendar.reaching(calendar.shifted(last, 1) or last, unit, -count)
        days = reach and calendar.span_of(max(first, reach[0]), last)
    else:
        nth = 1 if word in ("opening", "start", "beginning") else int(hit.piece("which").value or 1)
        days = _nth_units(first, unit, nth, count)
        days = days and calendar.span_of(days[0], min(days[1], last))
    if days is None:
        return unresolved(value, unit, OUTSIDE, "duration")
    return When(value, days, unit, "date", inner[2])


def _nth_units(first: date, unit: str, nth: int, count: int) -> Days | None:
    """The `count` units from the nth on, counted from `first`."""
    skipped = calendar.reaching(first, unit, nth - 1)
    start = skipped[1] if skipped and nth > 1 else first
    reach = calendar.reaching(start, unit, count)
    return reach and calendar.span_of(start, calendar.shifted(reach[1], -1))


def _inner_days(hit: Hit, clock: Clock) -> tuple[date, date, Anchor] | None:
    """The month or year a part is said to be of, and what it was counted from."""
    anchor: Anchor = "absolute"
    piece = hit.piece("of")
    if piece.letter == "Y":
        days = calendar.years(int(piece.value or 0), int(piece.value or 0))
    elif piece.letter == "K":
        literal = literal_of(hit, "of")
        days = calendar.month(literal.year or 0, literal.month or 1)
    elif piece.letter == "M":
        number = int(piece.value or 0)
        year, anchor = clock.year_of_month(number, None, looks_ahead(hit))
        days = calendar.month(year, number) if year is not None else None
    else:
        unit = hit.pieces("of")[-1].word
        base, anchor = clock.now(unit)
        step = {"last": -1, "next": 1}.get(hit.pieces("of")[0].word, 0)
        days = calendar.moved(base, unit, step) if base else None
    return days and (days[0], days[1], anchor)


def _half_or_quarter(hit: Hit, inner: tuple[date, date, Anchor] | None, unit: str) -> When | None:
    piece = hit.piece("which")
    pieces = 2 if unit == "half" else 4
    nth = pieces if piece.word in ("last", "latter", "final") else 1 if piece.letter in "ex" else int(piece.value or 1)
    if inner is None or not 1 <= nth <= pieces:
        return unresolved("null", "half", NO_YEAR)
    first, last, anchor = inner
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    if whole_year:
        size = 12 // pieces
        days = calendar.span_of(
            date(first.year, (nth - 1) * size + 1, 1), (calendar.month(first.year, nth * size) or (first, last))[1]
        )
        value = f"{first.year:04d}-{'H' if unit == 'half' else 'Q'}{nth}"
    else:
        length = (last - first).days + 1
        start = calendar.shifted(first, (nth - 1) * length // pieces)
        days = calendar.span_of(start, calendar.shifted(first, nth * length // pieces - 1))
        value = calendar.name((first, last), "month")
    return dated(days, "month", anchor, value)
