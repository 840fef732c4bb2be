"""Rules for times that name a day, month, season, year, decade or century."""

from datetime import date

from evenhand.model.dates import DateLiteral
from evenhand.reading.times import calendar
from evenhand.reading.times.amount import Amount, amount_of, iso_duration
from evenhand.reading.times.calendar import SEASONS, Days
from evenhand.reading.times.clock import NO_EARLIER, NO_YEAR, OUTSIDE, Clock, Hit, When, dated, looks_ahead, unresolved

_PART_OF_DAY = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF",
    "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV", "night": "NI",
    "nights": "NI", "nighttime": "NI", "nightfall": "NI", "overnight": "NI", "tonight": "NI",
    "midnight": "NI", "noon": "MI", "midday": "MI", "daytime": "DT", "lunchtime": "MI",
}  # fmt: skip
_EARLY = frozenset("early beginning start opening onset".split())
_MID = frozenset("mid middle".split())
_LATE = frozenset("late end latter close final".split())


def part_of_day(word: str) -> str:
    """TimeML suffix of a part of the day ("TMO"), "" for another word."""
    code = _PART_OF_DAY.get(word)
    return f"T{code}" if code else ""


def which_part(hit: Hit, group: str = "e") -> str | None:
    """"early", "mid", "late", "start", "end", as the words before say; None if they say none of these."""
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


def full_day(hit: Hit, clock: Clock) -> When | None:
    """"22 December 2016", with a weekday or part of the day."""
    day = literal_of(hit, "date").as_date()
    if day is None:
        return unresolved("null", "day", OUTSIDE)
    return _on(day, hit, "absolute")


def _on(day: date, hit: Hit, anchor: str) -> When:
    suffix = next((s for s in (part_of_day(p.word) for p in hit.pieces("part")) if s), "")
    return When(day.isoformat() + suffix, (day, day), "day", "date", "absolute" if anchor == "absolute"
                else "published" if anchor == "published" else "earlier mention")  # fmt: skip


def day_of_month(hit: Hit, clock: Clock) -> When | None:
    """"December 22", "July 25 of that year"."""
    literal = literal_of(hit, "date")
    assert literal.month is not None and literal.day is not None
    year, anchor = _year_printed(hit, clock)
    if year is None:
        year, anchor = clock.year_of_month(literal.month, literal.day, looks_ahead(hit))
    if year is None:
        return unresolved(f"XXXX-{literal.month:02d}-{literal.day:02d}", "day", NO_YEAR)
    day = calendar.same_day(year, literal.month, literal.day)
    if day is None:
        return unresolved("null", "day", f"no such day: {literal.day} in month {literal.month} of {year}")
    return _on(day, hit, anchor)


def _year_printed(hit: Hit, clock: Clock) -> tuple[int | None, str]:
    """The year that stands after the month: a number, or "of that year", "of last year"."""
    if "year" not in hit.match.re.groupindex or not hit.has("year"):
        return None, "unknown"
    piece = hit.pieces("year")[-1]
    if piece.letter == "Y":
        return int(piece.value or 0), "absolute"
    words = hit.words("year")
    if words.startswith(("last", "this", "next", "the current", "past")) and clock.published and not clock.narrative:
        return clock.published.year + {"l": -1, "p": -1, "n": 1}.get(words[0], 0), "published"
    if clock.reference is None:
        return None, "unknown"
    step = -1 if "previous" in words or "preceding" in words else 1 if "follow" in words or "next" in words else 0
    return clock.reference[0].year + step, "earlier mention"


def impossible(hit: Hit, clock: Clock) -> When | None:
    """"31 February", "5/6/2016": nothing is resolved, the reason says why."""
    return unresolved("null", "day", literal_of(hit, "date").reason or OUTSIDE)


def month_and_year(hit: Hit, clock: Clock) -> When | None:
    """"March 2016", "early October 2016"."""
    literal = literal_of(hit, "date")
    if literal.year is None or literal.month is None:
        return None
    return _month(hit, literal.year, literal.month, "absolute", clock)


def _month(hit: Hit, year: int, number: int, anchor: str, clock: Clock) -> When:
    whole = calendar.month(year, number)
    days = narrowed(hit, whole, "month")
    if whole is None or days is None:
        return unresolved("null", "month", OUTSIDE)
    now = clock.published
    if anchor == "published" and now and days[0] <= now < days[1] and not looks_ahead(hit):
        days = (days[0], now)
    kind: tuple[str, str] = (calendar.name(whole, "month"), anchor)
    return When(kind[0], days, "month", "date", "absolute" if anchor == "absolute" else
                "published" if anchor == "published" else "earlier mention")  # fmt: skip


_FIRST_NAMES = frozenset(("april", "june", "may", "august", "march"))


def bare_month(hit: Hit, clock: Clock) -> When | None:
    """"August", "late June", "last March", "August of that year"."""
    piece = hit.piece("month")
    number = int(piece.value or 0)
    alone = hit.last - hit.first == 1
    if alone and piece.word in _FIRST_NAMES and hit.letter(-1) not in "i+<kmeolnt-&crda(":
        if hit.written(0)[:1].isupper() or (
            piece.word in ("may", "march") and hit.letter(-1) in "^._" and hit.letter(0) != "$"
        ):
            return None
    year, anchor = _year_printed(hit, clock)
    if year is None:
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


_COUNTED_AFTER = frozenset(
    "people civilians men women children persons soldiers fighters militants families villages homes houses "
    "troops casualties deaths residents refugees prisoners tons tonnes sq square meters metres kilometers "
    "kilometres miles km dollars euros shells rockets vehicles members others of square percent per".split()
)
_NUMBERED = frozenset(
    "resolution no nos number article page flight room unit decree law act bill section paragraph convention "
    "channel model route highway pp vol chapter brigade division regiment battalion".split()
)


def bare_year(hit: Hit, clock: Clock) -> When | None:
    """"2016", "early 1980", "the end of 2016", "the year 1950"."""
    piece = hit.piece("year")
    year = int(piece.value or 0)
    if hit.last - hit.first == 1 and not _is_year(hit, year):
        return None
    days = calendar.years(year, year)
    return dated(narrowed(hit, days, "year"), "year", "absolute", f"{year:04d}")


def _is_year(hit: Hit, year: int) -> bool:
    before, after = hit.word(-1), hit.word(0)
    if before in _NUMBERED or hit.written(-1) in "$€£#№" and hit.written(-1):
        return False
    if hit.letter(0) in "'_" and hit.written(0) in ("%", "°", "$", "€", "/"):
        return hit.written(0) == "/"
    if after in _COUNTED_AFTER and after != "of":
        return False
    certain = hit.letter(-1) in "i+<kmo(e,-&^.)'" or before in ("the", "year", "its", "their", "his", "of")
    if 1900 <= year <= 2100:
        if before in ("some", "about", "around", "over", "than", "least", "nearly", "almost", "approximately"):
            return before in ("about", "around") and not after.endswith("s")
        return certain or not after.endswith("s") or after in ("was", "is", "has", "as", "this")
    if before in ("than", "least", "some", "nearly", "almost", "over", "about", "approximately"):
        return False
    return certain and not (after.isalpha() and hit.letter(-1) in "&,-^." and not _ends(hit))


def _ends(hit: Hit) -> bool:
    return hit.letter(0) in ".,;)$-&i'" or hit.letter(0) in "br"


def short_year(hit: Hit, clock: Clock) -> When | None:
    """"'99": the latest such year up to the text's own time."""
    figures = int(hit.piece("year").value or 0)
    known = clock.reference[0].year if clock.reference and (clock.narrative or not clock.published) else None
    known = known or (clock.published.year if clock.published else None)
    if known is None:
        return unresolved(f"XX{figures:02d}", "year", NO_YEAR)
    year = known - (known - figures) % 100
    return dated(calendar.years(year, year), "year", "published" if clock.published else "earlier mention")


def before_christ(hit: Hit, clock: Clock) -> When | None:
    """"480 BC": recognised, outside the calendar used here."""
    written = hit.piece("year").value
    year = int(written or 0)
    month = hit.pieces("month")
    value = f"BC{year:04d}" + (f"-{int(month[0].value or 0):02d}" if month else "")
    return unresolved(value, "year", "before the year 1")


def years_before_christ(hit: Hit, clock: Clock) -> When | None:
    """"499-493 BC": recognised, outside the calendar used here."""
    ends = [(hit.match.start(group), int(hit.piece(group).value or 0)) for group in ("year", "last")]
    parts = tuple((at, unresolved(f"BC{year:04d}", "year", "before the year 1")) for at, year in ends)
    whole = unresolved("/".join(when.value for _, when in parts), "year", "before the year 1")
    return When(whole.value, unit="year", reason=whole.reason, moves=False, parts=parts)


def part_of_a_date(hit: Hit, clock: Clock) -> When | None:
    """"the first week of October", "the last two months of 2016", "the second half of 2008"."""
    inner = _inner_days(hit, clock)
    unit = hit.words("unit")
    if unit in ("half", "quarter"):
        return _half_or_quarter(hit, inner, unit)
    unit = unit.removesuffix("s")
    amount = amount_of(hit.pieces("amount")) or Amount(1, 1)
    value = iso_duration(amount, unit)
    if inner is None or inner[2] is None or amount.low is None:
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
    return When(value, days, unit, "date", inner[2])  # type: ignore[arg-type]


def _nth_units(first: date, unit: str, nth: int, count: int) -> Days | None:
    """The `count` units from the nth on, counted from `first`."""
    skipped = calendar.reaching(first, unit, nth - 1)
    start = skipped[1] if skipped and nth > 1 else first
    reach = calendar.reaching(start, unit, count)
    return reach and calendar.span_of(start, calendar.shifted(reach[1], -1))


def _inner_days(hit: Hit, clock: Clock) -> tuple[date, date, str] | None:
    """The month or year a part is said to be of, and what it was counted from."""
    piece = hit.piece("of")
    if piece.letter == "Y":
        days, anchor = calendar.years(int(piece.value or 0), int(piece.value or 0)), "absolute"
    elif piece.letter == "K":
        literal = literal_of(hit, "of")
        days = calendar.month(literal.year or 0, literal.month or 1)
        anchor = "absolute"
    elif piece.letter == "M":
        number = int(piece.value or 0)
        year, anchor = clock.year_of_month(number, None, looks_ahead(hit))
        days = calendar.month(year, number) if year is not None else None
    else:
        unit = hit.pieces("of")[-1].word
        base, anchor = (clock.published, "published") if not clock.narrative else clock.base(unit)
        step = {"last": -1, "next": 1}.get(hit.pieces("of")[0].word, 0)
        days = calendar.moved(base, unit, step) if base else None
    return days and (days[0], days[1], anchor)


def _half_or_quarter(hit: Hit, inner: tuple[date, date, str] | None, unit: str) -> When | None:
    piece = hit.piece("which")
    pieces = 2 if unit == "half" else 4
    nth = pieces if piece.word in ("last", "latter", "final") else 1 if piece.letter in "ex" else int(piece.value or 1)
    if inner is None or not 1 <= nth <= pieces:
        return unresolved("null", "half", NO_YEAR)
    first, last, anchor = inner
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    if whole_year:
        size = 12 // pieces
        days = calendar.span_of(date(first.year, (nth - 1) * size + 1, 1), (calendar.month(first.year, nth * size) or (first, last))[1])
        value = f"{first.year:04d}-{'H' if unit == 'half' else 'Q'}{nth}"
    else:
        length = (last - first).days + 1
        start = calendar.shifted(first, (nth - 1) * length // pieces)
        days = calendar.span_of(start, calendar.shifted(first, nth * length // pieces - 1))
        value = calendar.name((first, last), "month")
    return dated(days, "month", anchor, value)  # type: ignore[arg-type]


def decade(hit: Hit, clock: Clock) -> When | None:
    """"the 1990s", "the late sixties", "the '80s"."""
    piece = hit.piece("decade")
    if piece.value is None:
        tens = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
        first = 20 + 10 * tens.index(piece.word)
    else:
        first = int(piece.value)
    if first < 100:
        if hit.letter(-1) not in "ied'_(" and not hit.has("e") and "the" not in hit.words("e"):
            return None
        known = clock.reference[0].year if clock.narrative and clock.reference else None
        known = known or (clock.published.year if clock.published else 2000)
        first = known - (known - first) % 100
    if first % 100 == 0 and hit.scan.letters[hit.last : hit.last + 1] == "B":
        return unresolved("null", "decade", "before the year 1")
    days = calendar.years(first, first + 9)
    return dated(narrowed(hit, days, "decade"), "decade", "absolute", f"{first:04d}"[:3])


def century(hit: Hit, clock: Clock) -> When | None:
    """"the 20th century", "eighteenth-century"."""
    if hit.words("unit") != "century":
        return None
    number = int(hit.piece("number").value or 0)
    if hit.has("bc"):
        return unresolved(f"BC{number - 1:02d}", "century", "before the year 1")
    days = calendar.years((number - 1) * 100 or 1, number * 100 - 1)
    return dated(narrowed(hit, days, "century"), "century", "absolute", f"{number - 1:02d}")


def season(hit: Hit, clock: Clock) -> When | None:
    """"the summer of 2012", "last winter", "spring"."""
    word = hit.words("season").removesuffix("time")
    if word == "fall" and not (hit.has("year") or hit.has("which") or _in_the_fall(hit)):
        return None
    code, first_month = SEASONS[word]
    year, anchor = _year_printed(hit, clock)
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
    named = anchor if anchor in ("absolute", "published") else "earlier mention"
    return When(f"{year:04d}-{code}", days, "season", "date", named)  # type: ignore[arg-type]


def _in_the_fall(hit: Hit) -> bool:
    """"in the fall", but not "in the fall of the city"."""
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


def festival(hit: Hit, clock: Clock) -> When | None:
    """"Christmas 2016"; feasts that move have no day here."""
    word = hit.words("feast")
    year, anchor = _year_printed(hit, clock)
    if word != "christmas":
        return unresolved("null", "day", "the day of this feast changes from year to year") if hit.has("year") else None
    if year is None:
        year, anchor = clock.year_of_month(12, 25, looks_ahead(hit))
    if year is None:
        return unresolved("XXXX-12-25", "day", NO_EARLIER)
    return _on(date(year, 12, 25), hit, anchor)


def years_joined(hit: Hit, clock: Clock) -> When | None:
    """"1914-18", "1980-1981": one span of years."""
    first, last = int(hit.piece("year").value or 0), int(hit.piece("last").value or 0)
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 120:
        return None
    ends = ((hit.match.start("year"), first), (hit.match.start("last"), last))
    parts = tuple((at, dated(calendar.years(year, year), "year", "absolute", f"{year:04d}")) for at, year in ends)
    days = calendar.years(first, last)
    return When(f"{first:04d}/{last:04d}", days or (None, None), "year", "date", "absolute", parts=parts)


def september_11(hit: Hit, clock: Clock) -> When | None:
    """"9/11": the day the figures became a name of."""
    start, end = hit.scan.span(hit.first, hit.last)
    if hit.scan.text[start:end] != "9/11":
        return None
    return dated((date(2001, 9, 11), date(2001, 9, 11)), "day", "absolute")


def ordinal_day(hit: Hit, clock: Clock) -> When | None:
    """"the 20th": of the month last mentioned."""
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


def days_before(hit: Hit, clock: Clock) -> When | None:
    """"10 and 15 October", "10–15 October 2016": a span of days with its parts."""
    literal = literal_of(hit, "date")
    return _days_listed(hit, clock, literal, first="days", dates_last=True)


def days_after(hit: Hit, clock: Clock) -> When | None:
    """"October 10–15", "October 10 and 15, 2016": a span of days with its parts."""
    return _days_listed(hit, clock, literal_of(hit, "date"), first="date", dates_last=False)


def _days_listed(hit: Hit, clock: Clock, literal: DateLiteral, *, first: str, dates_last: bool) -> When | None:
    if literal.month is None or literal.day is None:
        return None
    year: int | None = literal.year
    anchor = "absolute"
    if year is None and "year" in hit.match.re.groupindex and hit.has("year"):
        year = int(hit.piece("year").value or 0)
    if year is None:
        year, anchor = clock.year_of_month(literal.month, literal.day, looks_ahead(hit))
    places = range(*hit.match.span("days"))
    listed = [(i, int(hit.scan.pieces[i].value or 0)) for i in places if hit.scan.letters[i] == "D"]
    at = hit.match.start("date")
    listed = [*listed, (at, literal.day)] if dates_last else [(at, literal.day), *listed]
    parts: list[tuple[int, When]] = []
    for place, number in listed:
        day = calendar.same_day(year, literal.month, number) if year is not None else None
        if day is None:
            reason = NO_YEAR if year is None else f"no such day: {number} in month {literal.month}"
            parts.append((place, unresolved(f"XXXX-{literal.month:02d}-{number:02d}", "day", reason)))
        else:
            parts.append((place, dated((day, day), "day", anchor)))  # type: ignore[arg-type]
    del first
    known = [w.days for _, w in parts if w.days[0] and w.days[1]]
    if len(known) < len(parts) or known != sorted(known):  # type: ignore[type-var]
        if len(known) < len(parts):
            return When("null", reason=parts[0][1].reason or NO_YEAR, moves=False, parts=tuple(parts))
        return None
    value = f"{parts[0][1].value}/{parts[-1][1].value}"
    whole = (known[0][0], known[-1][1])
    return When(value, whole, "day", "date", parts[0][1].anchor, parts=tuple(parts))
