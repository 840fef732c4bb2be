"""Rules for times a number of units away, and for times within a day: "two years ago", "a day later", "dawn"."""

from datetime import date

from msgspec.structs import replace

from evenhand.reading.times import calendar
from evenhand.reading.times.amount import amount_of, iso_duration, unit_of
from evenhand.reading.times.clock import NO_DATE, NO_EARLIER, OUTSIDE, VAGUE, Clock, Hit, When, dated, unresolved
from evenhand.reading.times.mention import Anchor
from evenhand.reading.times.printed import part_of_day


def last_units(hit: Hit, clock: Clock) -> When | None:
    """Reads "in the last three days", "the past few weeks", "the next six months", "recent weeks"."""
    unit = unit_of(hit.words("unit"))
    amount = amount_of(hit.pieces("amount"))
    value = iso_duration(amount, unit)
    which = hit.pieces("which")[0].word
    if clock.published is None or clock.narrative:
        return unresolved(value, unit, NO_DATE, "duration")
    if amount is None or amount.low is None or which == "recent":
        return unresolved(value, unit, VAGUE, "duration")
    ahead = which in ("next", "coming", "upcoming", "following")
    to_date = which == "previous" and unit == "hour" and clock.reference is None  # of a report: up to its own day
    if which in ("previous", "preceding", "subsequent", "ensuing") and not to_date:
        return unresolved(value, unit, VAGUE, "duration")
    high = amount.high if amount.high is not None else amount.low
    far = calendar.reaching(clock.published, unit, round(high) if ahead else -round(high))
    if far is None:
        return unresolved(value, unit, OUTSIDE, "duration")
    return When(value, far, unit, "duration", "published", moves=False)


def ago(hit: Hit, clock: Clock) -> When | None:
    """Reads "three days ago", "two years ago", "a few months ago"."""
    unit = unit_of(hit.words("unit"))
    amount = amount_of(hit.pieces("amount"))
    if clock.published is None or clock.narrative:
        return unresolved("PAST_REF", unit, NO_DATE)
    if amount is None or amount.low is None:
        return unresolved("PAST_REF", unit, VAGUE)
    return _counted(clock.published, unit, -1, amount.low, amount.high, "published")


def ago_to_the_day(hit: Hit, clock: Clock) -> When | None:
    """Reads "ten years ago today", "a month ago this week", "two years ago on 5 February": a day's, not the report's.

    Who only wants the year or month reads the words before it by `ago`.
    """
    unit, amount = unit_of(hit.words("unit")), amount_of(hit.pieces("amount"))
    if clock.published is None or clock.narrative:
        return unresolved("PAST_REF", unit, NO_DATE)
    if amount is None or amount.low is None or amount.low != amount.high or not float(amount.low).is_integer():
        return None
    to, months = hit.pieces("to")[-1], {"month": 1, "year": 12}.get(unit)
    if to.letter == "T" and to.word != "today":
        return None
    if months is None:
        days = {"day": 1, "week": 7}.get(unit, 0) * int(amount.low)
        day = calendar.shifted(clock.published, -days) if days and to.letter == "T" else None
        return dated((day, day), "day", "published") if day else None
    count = clock.published.year * 12 + clock.published.month - 1 - months * int(amount.low)
    if to.literal is not None:
        if unit != "year" or to.literal.month is None or to.literal.day is None:
            return None
        day = calendar.same_day(count // 12, to.literal.month, to.literal.day)
        return dated(calendar.span_of(day, day), "day", "published")
    day = calendar.same_day(count // 12, count % 12 + 1, clock.published.day)
    if to.letter == "T" or day is None:
        return dated(calendar.span_of(day, day), "day", "published")
    whole = calendar.moved(day, to.word, 0) if to.word in ("week", "month") else None
    return dated(whole, to.word, "published") if whole else None


def _counted(base: date, unit: str, sign: int, low: float, high: float | None, anchor: Anchor) -> When:
    """The unit that lies `low` … `high` units away; a vague count gives the whole reach."""
    near = calendar.moved(base, unit, sign * int(low))
    far = calendar.moved(base, unit, sign * int(high if high is not None else low))
    if near is None or far is None:
        return unresolved("null", unit, OUTSIDE)
    if near == far:
        return dated(near, unit, anchor, calendar.name(near, "day" if unit in ("hour", "minute") else unit))
    days = (min(near[0], far[0]), max(near[1], far[1]))
    return When("PAST_REF" if sign < 0 else "FUTURE_REF", days, unit, "date", anchor, moves=False)


_OPENING = 3  # full stops: a headline, a date and the first sentence of the story tell the news of the report's day
_COMES = ("comes", "came", "come", "coming")
_LONGEST = 31  # days that are counted exactly
_WEEK = 7


def after_event(hit: Hit, clock: Clock) -> When | None:
    """Reads "a day after" an event in a report's opening: what is news on its day happened so long after the event.

    So does "the shelling comes a day after" anywhere. The day counted from is the one just named ("on Monday agreed …,
    a day after"), else the report's.
    """
    amount, word = amount_of(hit.pieces("amount")), hit.words("way")
    opens = clock.stops <= _OPENING or hit.word(-1) in _COMES
    if word != "after" or unit_of(hit.words("unit")) != "day" or not opens:
        return None
    if clock.published is None or clock.narrative or amount is None or amount.low is None or amount.low != amount.high:
        return None
    if (
        hit.letter(0) in "FHWMYT"
        or hit.letter(-1) == "b"
        or not float(amount.low).is_integer()
        or amount.low > _LONGEST
    ):
        return None
    named = clock.day[0] if clock.day is not None else clock.published
    since = named if 0 <= (clock.published - named).days < _WEEK else clock.published
    day = calendar.shifted(since, -int(amount.low))
    when = dated(calendar.span_of(day, day), "day", "published", "null")
    return replace(when, moves=False)


def apart(hit: Hit, clock: Clock) -> When | None:
    """Reads "a day earlier", "two weeks later", "the day before"; counted from the earlier mention.

    "Two days after the siege" counts from an event, not a date: recognised, no days given.
    """
    unit = unit_of(hit.words("unit"))
    amount = amount_of(hit.pieces("amount")) if hit.has("amount") else amount_of(hit.pieces("the"))
    word = hit.words("way")
    sign = -1 if word in ("earlier", "before", "previously", "prior") else 1
    vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if amount is None or amount.low is None:
        return unresolved(vague, unit, VAGUE)
    if word in ("before", "after", "prior") and (hit.letter(0) in " dqtFHMWaswONDn" or hit.word(0) == "to"):
        following = hit.scan.letters[hit.last : hit.last + 1]
        if not (following and following in "FHW"):
            return unresolved("null", unit, "counted from an event, not from a date")
    base, anchor = clock.base(unit)
    if base is None:
        return unresolved(vague, unit, NO_EARLIER)
    if unit in ("day", "hour", "week") and clock.reference is not None and clock.day is None:
        return unresolved("XXXX-XX-XX", unit, "the earlier mention is longer than a day")
    if unit in ("hour", "minute") and amount.low < 24:
        return unresolved("null", unit, VAGUE)
    return _counted(base, unit, sign, amount.low, amount.high, anchor)


def day_apart(hit: Hit, clock: Clock) -> When | None:
    """Reads "the day before", "the week after", "the day following"; followed by more words it counts from an event."""
    unit = hit.words("unit")
    word = hit.words("way")
    if word not in ("before", "after", "earlier", "later", "following", "previously", "prior", "afterwards"):
        return None
    if hit.letter(0) in " dqtFHMaswlT":
        return unresolved("XXXX-XX-XX" if unit == "day" else "null", unit, "counted from an event, not from a date")
    base, anchor = clock.base(unit)
    if base is None or (unit == "day" and clock.day is None and anchor == "earlier mention"):
        return unresolved("XXXX-XX-XX" if unit == "day" else "null", unit, NO_EARLIER)
    sign = -1 if word in ("before", "earlier", "previously", "prior") else 1
    return _counted(base, unit, sign, 1, 1, anchor)


def eve(hit: Hit, clock: Clock) -> When | None:
    """Reads "on the eve" in the English of Russian agencies (накануне): the day before the report."""
    if hit.letter(0) == "o":
        return unresolved("null", "day", "the day before an event, not before a date")
    if clock.published is None or clock.narrative:
        return unresolved("null", "day", NO_DATE)
    day = calendar.shifted(clock.published, -1)
    return dated(calendar.span_of(day, day), "day", "published")


def time_of_day(hit: Hit, clock: Clock) -> When | None:
    """Reads "in the morning", "at dawn", "night": the day last mentioned, if one is."""
    word = hit.words("part").split()[0]
    printed = hit.scan.span(hit.last - 1, hit.last)[0]
    if hit.scan.text[printed].isupper() and hit.letter(-1) not in "^.":
        return None
    suffix = part_of_day(word)
    generic = hit.word(-1) not in ("the", "that", "in", "by", "until", "since")
    if clock.day is None or (generic and word in ("night", "nights", "nighttime", "daytime")):
        return unresolved("XXXX-XX-XX" + suffix, "day", NO_EARLIER, "time")
    return When(clock.day[0].isoformat() + suffix, clock.day, "day", "time", "earlier mention")


def clock_time(hit: Hit, clock: Clock) -> When | None:
    """Reads "5:34 AM", "0300 GMT": on the day last mentioned, else the report's."""
    start, end = hit.scan.span(hit.first, hit.first + 1)
    stamp = _stamp(hit.scan.text[start:end])
    if stamp is None:
        return None
    if clock.day is not None:
        return When(clock.day[0].isoformat() + stamp, clock.day, "day", "time", "earlier mention")
    now = clock.published
    if now is None or clock.narrative:
        return unresolved(f"XXXX-XX-XX{stamp}", "day", NO_EARLIER, "time")
    return When(now.isoformat() + stamp, (now, now), "day", "time", "published")


def _stamp(written: str) -> str | None:
    figures = "".join(c if c.isdigit() else " " for c in written).split()
    if not figures:
        return None
    if len(figures) > 1:
        hour, minute = int(figures[0]), int(figures[1])
    elif len(figures[0]) > 2:
        hour, minute = int(figures[0][:-2]), int(figures[0][-2:])
    else:
        hour, minute = int(figures[0]), 0
    small = written.lower().replace(".", "")
    if "pm" in small and hour < 12:
        hour += 12
    if "am" in small and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None
