"""Spans of days of the Gregorian calendar, and their TimeML names.

A span is `(first day, last day)`, inclusive; None where a day would fall outside the years 1 to 9999.
"""

from datetime import date, timedelta

from evenhand.model.dates import days_in_month

Days = tuple[date, date]

SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
"""Season → TimeML code and first month of its three (meteorological seasons of the northern half)."""


def shifted(day: date, days: int) -> date | None:
    """`day` moved by whole days, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def span_of(first: date | None, last: date | None) -> Days | None:
    """A span from two days if both exist, in order."""
    return None if first is None or last is None or first > last else (first, last)


def month(year: int, number: int) -> Days | None:
    """All days of a month; `number` may run past 12 or below 1 and carries into the year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, number, 1), date(year, number, days_in_month(year, number))


def years(first: int, last: int) -> Days | None:
    """All days from one year to another."""
    if not 1 <= first <= last <= 9999:
        return None
    return date(first, 1, 1), date(last, 12, 31)


def week(day: date) -> Days | None:
    """The Monday-to-Sunday week that holds `day` (ISO 8601)."""
    monday = shifted(day, -day.weekday())
    return span_of(monday, monday and shifted(monday, 6))


def weekend(day: date) -> Days | None:
    """Saturday and Sunday of the week of `day`."""
    saturday = shifted(day, 5 - day.weekday())
    return span_of(saturday, saturday and shifted(saturday, 1))


def season(year: int, name: str) -> Days | None:
    """The three months of a season; winter runs into the next year."""
    first = month(year, SEASONS[name][1])
    last = month(year, SEASONS[name][1] + 2)
    return first and last and (first[0], last[1])


def same_day(year: int, number: int, day: int) -> date | None:
    """The calendar day if there is one."""
    if not (1 <= year <= 9999 and 1 <= number <= 12 and 1 <= day <= days_in_month(year, number)):
        return None
    return date(year, number, day)


def moved(day: date, unit: str, count: int) -> Days | None:
    """The unit of the calendar that lies `count` units after the one holding `day` (before, if negative).

    Units: day, week, weekend, fortnight, month, year, decade, century; an hour or less stays on the day
    unless it fills whole days.
    """
    if abs(count) > 200_000:
        return None
    if unit in ("day", "hour", "minute", "second"):
        per_day = {"day": 1, "hour": 24, "minute": 1440, "second": 86400}[unit]
        at = shifted(day, int(count / per_day))
        return span_of(at, at)
    if unit in ("week", "fortnight", "weekend"):
        at = shifted(day, count * (14 if unit == "fortnight" else 7))
        return (weekend(at) if unit == "weekend" else week(at)) if at else None
    if unit == "month":
        return month(day.year, day.month + count)
    if unit == "decade":
        return years((day.year // 10 + count) * 10, (day.year // 10 + count) * 10 + 9)
    if unit == "century":
        return years((day.year // 100 + count) * 100, (day.year // 100 + count) * 100 + 99)
    return years(day.year + count, day.year + count)


def reaching(day: date, unit: str, count: int) -> Days | None:
    """The days from `day` to the one `count` units away, in order: "the last three days", "the next year"."""
    if abs(count) > 200_000:
        return None
    whole = {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400, "day": 1, "week": 7, "weekend": 7,
             "fortnight": 14}  # fmt: skip
    if unit in whole:
        days = count * whole[unit]
        far = shifted(day, int(days) if abs(days) >= 1 or days == 0 else (1 if days > 0 else -1))
    else:
        months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200, "season": 3}.get(unit, 12)
        there = month(day.year, day.month + months)
        far = there and there[0].replace(day=min(day.day, there[1].day))
    return None if far is None else span_of(min(far, day), max(far, day))


def part(days: Days, unit: str, which: str) -> Days:
    """Reads "Early", "mid", "late", "start", "end" of a span of days.

    Month: 1–10, 11–20, 21–end. Week: Monday–Wednesday, Tuesday–Thursday, Thursday–Sunday. Longer spans:
    thirds; "the start of" and "the end of" a year are its first and last month.
    """
    first, last = days
    length = (last - first).days + 1
    if unit == "month":
        cut = {"early": (0, 9), "mid": (10, 19), "late": (20, length - 1)}
    elif unit == "week":
        cut = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}
    elif unit == "year" and which in ("start", "end"):
        cut = {"early": (0, 30), "late": (length - 31, length - 1)}
    else:
        third = max(length // 3, 1)
        cut = {"early": (0, third - 1), "mid": (third, 2 * third - 1), "late": (2 * third, length - 1)}
    low, high = cut[{"start": "early", "end": "late"}.get(which, which)] if length > 2 else (0, length - 1)
    return first + timedelta(days=low), first + timedelta(days=min(high, length - 1))


def name(days: Days, unit: str) -> str:
    """The TimeML value of a calendar unit."""
    first = days[0]
    if unit == "week":
        year, number, _ = first.isocalendar()
        return f"{year:04d}-W{number:02d}"
    if unit == "weekend":
        year, number, _ = first.isocalendar()
        return f"{year:04d}-W{number:02d}-WE"
    if unit == "month":
        return f"{first.year:04d}-{first.month:02d}"
    if unit == "year":
        return f"{first.year:04d}"
    if unit == "decade":
        return f"{first.year:04d}"[:3]
    if unit == "century":
        return f"{first.year:04d}"[:2]
    return first.isoformat()
