"""Rules for times named by their place in the calendar of the report: "Tuesday", "yesterday", "last week"."""

from datetime import date

from evenhand.model.wordlist import word_set
from evenhand.reading.times import calendar
from evenhand.reading.times.amount import iso_duration
from evenhand.reading.times.calendar import Days
from evenhand.reading.times.clock import (
    NO_DATE,
    NO_EARLIER,
    OUTSIDE,
    VAGUE,
    Clock,
    Hit,
    When,
    dated,
    looks_ahead,
    unresolved,
)
from evenhand.reading.times.mention import Anchor
from evenhand.reading.times.printed import narrowed, part_of_day

_FEASTS = word_set("good great holy palm easter ash maundy shrove whit bloody black")
"""Before a weekday with a capital of its own they name one day of history or of a moving feast: "Good Friday"."""
_FROM_EARLIER = word_set("following previous preceding subsequent ensuing")


def weekday(hit: Hit, clock: Clock) -> When | None:
    """Reads "Tuesday", "early on Tuesday", "last Friday", "Monday night", "Mondays raids"."""
    piece = hit.piece("weekday")
    number = int(piece.value or 0)
    value = f"XXXX-WXX-{number + 1}"
    if (piece.letter == "w" and (hit.word(-1) in ("on", "and") or not hit.word(0).isalpha())) or hit.has("every"):
        return unresolved(value, "day", "said of every such day", "set")
    if piece.letter == "w" and hit.letter(0) == "g":
        return unresolved(value, "day", "counted back from the report by weeks")
    if hit.letter(-1) == " " and hit.word(-1) in _FEASTS and hit.written(-1)[:1].isupper():
        return unresolved(value, "day", "the name of a feast or of a day in history")
    if clock.narrative and clock.day is not None and clock.published is None:
        return unresolved(value, "day", NO_DATE)
    now = clock.published
    if now is None:
        return unresolved(value, "day", NO_DATE)
    if clock.narrative:
        return _weekday_in_history(number, clock)
    word = hit.words("which")
    days = clock.weekday(number, looks_ahead(hit) or word in ("next", "coming"))
    if days and word in ("last", "past") and days[0] == now:
        days = calendar.span_of(calendar.shifted(now, -7), calendar.shifted(now, -7))
    if days and word in ("next", "coming") and days[0] == now:
        days = calendar.span_of(calendar.shifted(now, 7), calendar.shifted(now, 7))
    if days is None:
        return unresolved(value, "day", OUTSIDE)
    suffix = next((s for s in (part_of_day(p.word) for p in (*hit.pieces("part"), *hit.pieces("before"))) if s), "")
    return When(days[0].isoformat() + suffix, days, "day", "date", "published")


def _weekday_in_history(number: int, clock: Clock) -> When:
    if clock.day is None:
        return unresolved(f"XXXX-WXX-{number + 1}", "day", NO_EARLIER)
    known = clock.day[0]
    ahead = (number - known.weekday()) % 7
    day = calendar.shifted(known, ahead)
    return dated(calendar.span_of(day, day), "day", "earlier mention")


def weekday_of_last_week(hit: Hit, clock: Clock) -> When | None:
    """Reads "Tuesday last week", "on Tuesday of last week", "last week's Tuesday", "a week ago on Tuesday"."""
    group = "named" if "named" in hit.match.re.groupindex and hit.has("named") else "weekday"
    week = next((p.word for p in hit.pieces_of("U")), "")
    if week != "week":
        return None
    number = int(hit.piece(group).value or 0)
    if clock.published is None or clock.narrative:
        return unresolved(f"XXXX-WXX-{number + 1}", "day", NO_DATE)
    whole = calendar.moved(clock.published, "week", -1)
    day = calendar.shifted(whole[0], number) if whole else None
    return dated(calendar.span_of(day, day), "day", "published")


def weekday_before_last(hit: Hit, clock: Clock) -> When | None:
    """Reads "the Thursday before last": the one before the last that is past."""
    number = int(hit.piece("weekday").value or 0)
    last = clock.weekday(number, ahead=False)
    if last is None or clock.narrative or clock.published is None:
        return unresolved(f"XXXX-WXX-{number + 1}", "day", NO_DATE)
    day = calendar.shifted(last[0], -14 if last[0] == clock.published else -7)
    return dated(calendar.span_of(day, day), "day", "published")


_DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def deictic(hit: Hit, clock: Clock) -> When | None:
    """Reads "today", "yesterday morning", "overnight" (the night that ends on the report's day)."""
    word = hit.words("day")
    if clock.published is None or clock.narrative:
        value = {"today": "PRESENT_REF", "overnight": "XXXX-XX-XXTNI", "tonight": "XXXX-XX-XXTNI"}.get(
            word, "XXXX-XX-XX"
        )
        if word == "overnight" and clock.day is not None:
            return When(clock.day[0].isoformat() + "TNI", clock.day, "day", "date", "earlier mention")
        return unresolved(value, "day", NO_DATE, "reference" if word == "today" else "date")
    step = _DEICTIC[word]
    day = calendar.shifted(clock.published, step)
    if day is None:
        return unresolved("null", "day", OUTSIDE)
    suffix = next((s for s in (part_of_day(p.word) for p in (*hit.pieces("part"), *hit.pieces("day"))) if s), "")
    days = (calendar.shifted(day, -1) if word == "overnight" else day, day)
    return When(day.isoformat() + suffix, days, "day", "date", "published")


def beside(hit: Hit, clock: Clock) -> When | None:
    """Reads "the day before yesterday", "the day after tomorrow"."""
    step = {"yesterday": -2, "tomorrow": 2}.get(hit.words("day"))
    if step is None or clock.published is None or clock.narrative:
        return unresolved("XXXX-XX-XX", "day", NO_DATE)
    day = calendar.shifted(clock.published, step)
    return dated(calendar.span_of(day, day), "day", "published")


_BEGUN = 2
"""On a Monday or Tuesday "earlier this week" is said of the days before it, too: the six before the report."""


_ENDING = 5
"""On a Saturday or Sunday "last week" is said of the week that ends, too."""


def period(hit: Hit, clock: Clock) -> When | None:
    """Reads "last week", "this year", "late last month", "next month", "the following day", "the same day"."""
    unit = hit.words("unit")
    which = hit.pieces("which")[-1].word if hit.has("which") else "the"
    if part_of_day(unit):
        return _part_of_a_day(unit, which, clock)
    if unit in ("hour", "minute", "season"):
        return unresolved("null", unit, VAGUE, "duration" if unit != "season" else "date")
    if which in _FROM_EARLIER or (unit == "day" and which in ("next", "last")):
        return _from_earlier(hit, clock, unit, which)
    if which in ("that", "same", "those", "very", "the"):
        return _same(hit, clock, unit)
    step = {"last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}.get(which, 0)
    if clock.published is None or clock.narrative:
        if clock.reference is None:
            return unresolved("null", unit, NO_DATE)
        return dated(narrowed(hit, calendar.moved(clock.reference[0], unit, step), unit), unit, "earlier mention",
                     _unit_name(calendar.moved(clock.reference[0], unit, step), unit))  # fmt: skip
    if unit == "weekend":
        whole = _weekend(clock.published, which, step, looks_ahead(hit))
    else:
        whole = calendar.moved(clock.published, unit, step)
    if whole is None:
        return unresolved("null", unit, OUTSIDE)
    days = narrowed(hit, whole, unit)
    words = [p.word for p in hit.pieces("e")]
    if step == 0 and "earlier" in words:
        since = calendar.shifted(clock.published, -6) if unit == "week" and clock.published.weekday() < _BEGUN else None
        days = calendar.span_of(since or whole[0], clock.published) or whole
    elif step == 0 and "later" in words:
        days = calendar.span_of(clock.published, whole[1]) or whole
    elif (unit, which) == ("week", "last") and clock.published.weekday() >= _ENDING and days == whole:
        days = calendar.span_of(whole[0], calendar.shifted(clock.published, -1)) or whole
    value = _unit_name(whole, unit)
    if which == "past" and unit not in ("weekend", "day"):
        value = iso_duration(None, unit).replace("X", "1")
    return dated(days, unit, "published", value)


def _unit_name(days: Days | None, unit: str) -> str:
    return calendar.name(days, unit) if days else "null"


def _weekend(now: date, which: str, step: int, ahead: bool) -> Days | None:
    """Reads "This weekend" early in a week is the one just gone, unless the words look ahead."""
    if step == 0 and now.weekday() < 3 and not ahead:
        step = -1
    return calendar.moved(now, "weekend", step)


def bare_weekend(hit: Hit, clock: Clock) -> When | None:
    """Reads "over the weekend": the last one, or the running one."""
    if hit.words("unit") != "weekend":
        return None
    if clock.published is None or clock.narrative:
        return unresolved("XXXX-WXX-WE", "weekend", NO_DATE)
    ahead = looks_ahead(hit)
    step = 0 if ahead or clock.published.weekday() >= 5 else -1
    whole = calendar.moved(clock.published, "weekend", step)
    return dated(whole, "weekend", "published")


def end_of_unit(hit: Hit, clock: Clock) -> When | None:
    """Reads "month's end", "year end": the last day of the running month or year."""
    unit = hit.words("unit")
    if hit.words("end") != "end" or unit not in ("year", "month", "week"):
        return None
    base, anchor = clock.now(unit)
    whole = calendar.moved(base, unit, 0) if base else None
    if whole is None:
        return unresolved("null", unit, NO_EARLIER)
    return When(calendar.name(whole, unit), (whole[1], whole[1]), unit, "date", anchor, moves=False)


def _part_of_a_day(unit: str, which: str, clock: Clock) -> When:
    suffix = part_of_day(unit)
    if which in ("this", "last", "next", "current") and clock.published and not clock.narrative:
        day = calendar.shifted(clock.published, {"last": -1, "next": 1}.get(which, 0))
    elif clock.day is not None:
        step = {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(which, 0)
        day = calendar.shifted(clock.day[0], step)
        return _that_part(day, suffix, "earlier mention")
    else:
        return unresolved("XXXX-XX-XX" + suffix, "day", NO_EARLIER if clock.published else NO_DATE)
    return _that_part(day, suffix, "published")


def _that_part(day: date | None, suffix: str, anchor: Anchor) -> When:
    if day is None:
        return unresolved("null", "day", OUTSIDE)
    return When(day.isoformat() + suffix, (day, day), "day", "date", anchor)


def _from_earlier(hit: Hit, clock: Clock, unit: str, which: str) -> When:
    base, anchor = clock.base(unit)
    if base is None:
        return unresolved("null" if unit != "day" else "XXXX-XX-XX", unit, NO_EARLIER)
    back = which in ("previous", "preceding", "last")
    if unit == "day" and clock.reference and clock.reference_unit not in ("day",) and clock.narrative:
        return unresolved("XXXX-XX-XX", unit, "the earlier mention is longer than a day")
    start = base if back or clock.reference is None else clock.reference[1] if clock.reference_unit == "day" else base
    whole = calendar.moved(start, unit, -1 if back else 1)
    return dated(narrowed(hit, whole, unit), unit, anchor, _unit_name(whole, unit))


def _same(hit: Hit, clock: Clock, unit: str) -> When:
    base, anchor = clock.base(unit)
    value = {"day": "XXXX-XX-XX", "month": "XXXX-XX", "year": "XXXX", "week": "XXXX-WXX"}.get(unit, "null")
    if base is None or (unit == "day" and clock.day is None and anchor == "earlier mention"):
        return unresolved(value, unit, NO_EARLIER)
    if unit == "day" and clock.day is not None:
        base = clock.day[0]
    whole = calendar.moved(base, unit, 0)
    return dated(narrowed(hit, whole, unit), unit, anchor, _unit_name(whole, unit))


def part_of_that(hit: Hit, clock: Clock) -> When | None:
    """Reads "the end of the year", "later in the month", "month's end"."""
    unit = hit.words("unit")
    if unit in ("hour", "minute", "day", "season"):
        if unit == "day" and clock.published and not clock.narrative and "earlier" in hit.words("e"):
            return dated((clock.published, clock.published), "day", "published")
        return None
    base, anchor = clock.base(unit)
    if clock.published and not clock.narrative:
        base, anchor = clock.published, "published"
    if base is None:
        return unresolved("null", unit, NO_EARLIER)
    whole = calendar.moved(base, unit, 0)
    return dated(narrowed(hit, whole, unit), unit, anchor, _unit_name(whole, unit))
