"""What is found: a time in a text, with the days it covers and the reason where it covers none."""

from datetime import date
from typing import Literal

import msgspec

from evenhand.model.evidence import Span

Kind = Literal["date", "time", "duration", "set", "reference"]
Anchor = Literal["published", "absolute", "earlier mention", "unknown"]
Bound = Literal["since", "until", "before"]

SINCE_CLAUSE = "since an event"
"""Rule name of a span that opens with an event and its date: "since the siege began in May"."""
AFTER_EVENT = "counted from an event"
"""Rule name of "a day after" in a report's opening: the days are those of the event that the words behind it tell."""


class TimeMention(msgspec.Struct, frozen=True):
    """A time in the text: span in code points, first and last day (inclusive) or None with the `reason`.

    `precision` is UCDP date_prec of the days covered: 1 one day, 2 two to six days, 3 a week, 4 a month,
    5 longer or open on one side. `anchor` says what the days were counted from, `rule` which rule read them.
    `value` is a TimeML TIMEX3 value ("2016-12-22", "2016-W51", "P3D", "PAST_REF", "null"); it names the
    calendar unit that is printed, so "early October" has the value of October. `bound` is set when the
    words before it open or close a span ("since Monday", "until March"): start and end then say so.
    `parts` are the times a range or list is made of ("from March to May 2016"), else empty.
    """

    span: Span
    start: date | None
    end: date | None
    precision: int | None
    anchor: Anchor
    rule: str
    reason: str | None = None
    kind: Kind = "date"
    value: str = "null"
    bound: Bound | None = None
    parts: tuple["TimeMention", ...] = ()


def precision_of(start: date | None, end: date | None) -> int | None:
    """UCDP date_prec (GED codebook, "date_prec") of an inclusive span of days; None when both ends are open."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        return 5
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5
