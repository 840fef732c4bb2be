"""Rules for times that are recognised but lie on no calendar: durations, sets, "now", "recently"."""

from evenhand.model.wordlist import word_set
from evenhand.reading.times.amount import amount_of, iso_duration, unit_of
from evenhand.reading.times.clock import NO_EARLIER, VAGUE, Clock, Hit, When, unresolved
from evenhand.reading.times.printed import part_of_day

_LENGTH = "a length of time, not a date"
_OFTEN = "said of every such time"
_BEFORE_PLURAL = word_set(
    "for in within over during after of through throughout since about nearly almost these those and many "
    "several few past last"
)


def duration(hit: Hit, clock: Clock) -> When | None:
    """Reads "three days", "for two years", "ten-day", "more than a month"."""
    unit = unit_of(hit.words("unit"))
    if unit == "night" and not hit.has("amount"):
        return None
    amount = amount_of(hit.pieces("amount"))
    if unit == "season":
        return None
    if part_of_day(unit):
        if amount is None or amount.low is None or amount.low != 1:
            return unresolved(iso_duration(amount, "day"), "day", _LENGTH, "duration")
        return unresolved("XXXX-XX-XX" + part_of_day(unit), "day", VAGUE, "time")
    return unresolved(iso_duration(amount, unit), unit, _LENGTH, "duration")


def plural(hit: Hit, clock: Clock) -> When | None:
    """Reads "months", "for days": a length without a number."""
    unit = unit_of(hit.words("unit"))
    if hit.word(-1) not in _BEFORE_PLURAL and hit.letter(0) != "o" and hit.letter(-1) != "&":
        return None
    return unresolved(iso_duration(None, unit), unit, _LENGTH, "duration")


_SET_VALUES = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "hour": "XXXX-XX-XXTXX",
    "weekend": "XXXX-WXX-WE", "daily": "XXXX-XX-XX", "everyday": "XXXX-XX-XX", "weekly": "XXXX-WXX",
    "monthly": "XXXX-XX", "yearly": "XXXX", "annual": "XXXX", "annually": "XXXX", "hourly": "XXXX-XX-XXTXX",
    "nightly": "XXXX-XX-XXTNI", "fortnightly": "P2W",
}  # fmt: skip


def often(hit: Hit, clock: Clock) -> When | None:
    """Reads "daily", "every week", "per month", "each Friday"."""
    word = unit_of(hit.words("unit"))
    if hit.has("each") and hit.words("each") == "per":
        return unresolved(iso_duration(amount_of([]), word).replace("X", "1"), word, _OFTEN, "set")
    suffix = part_of_day(word)
    value = f"XXXX-XX-XX{suffix}" if suffix else _SET_VALUES.get(word, "XXXX-WXX")
    return unresolved(value, "day", _OFTEN, "set")


def reference(hit: Hit, clock: Clock) -> When | None:
    """Reads "now", "recently", "former", "the future", "the past"."""
    word = hit.pieces("word")[-1].word
    if word in ("now", "currently", "nowadays", "presently"):
        return unresolved("PRESENT_REF", "day", VAGUE, "reference")
    if word == "future":
        return unresolved("FUTURE_REF", "day", VAGUE, "reference")
    if word == "past" and (hit.word(-1) in ("half", "quarter") or hit.word(-2) == "march"):
        return None
    return unresolved("PAST_REF", "day", VAGUE, "reference")


def that_time(hit: Hit, clock: Clock) -> When | None:
    """Reads "at the time", "at that time": the day last mentioned; "this time" is now."""
    which = hit.words("which")
    word = hit.words("word")
    if word in ("times", "point") or hit.letter(0) == "o" or hit.letter(-1) not in "im<+":
        return None
    if which == "the" and hit.word(-1) not in ("at", "by", "during"):
        return None
    value = "PRESENT_REF" if which in ("this", "current") and word == "time" else "null"
    if which in ("this", "current"):
        return unresolved(value, "day", VAGUE, "reference")
    if clock.day is None or clock.narrative:
        return unresolved(value, "day", NO_EARLIER, "reference")
    return When(value, clock.day, "day", "date", "earlier mention", moves=False)
