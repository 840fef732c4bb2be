"""Every time in a text: match the rules, keep the longest, read them in order, join ranges."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evenhand.model.evidence import Span
from evenhand.model.wordlist import word_set
from evenhand.reading.times import calendar
from evenhand.reading.times.clock import OUTSIDE, Clock, Hit, When
from evenhand.reading.times.mention import SINCE_CLAUSE, Bound, TimeMention, precision_of
from evenhand.reading.times.rules import RULES, Rule
from evenhand.reading.times.tokens import Scan, scan

_Found = tuple[int, int, TimeMention]
"""First and last piece of a mention, and the mention."""


def find(
    text: str, *, published: date | None, sentences: Sequence[Span] | None = None, narrative: bool | None = None
) -> tuple[TimeMention, ...]:
    """Every time in `text`, in order.

    Mentions do not overlap, but for "since the siege began in May", which stands beside its "May".

    `published` is the report's date, the day that "Tuesday" and "last week" count from; without it they are
    found but carry no days. `sentences` are the report's sentences (code points): a range never crosses one.
    `narrative` says whether years that are not printed count from the times before (a history) and not from
    the report; None decides by the share of printed past years. Raises nothing on any string.
    """
    scanned = scan(text)
    if narrative is None:
        narrative = is_narrative(scanned, published)
    clock = Clock(published, narrative)
    found: list[_Found] = []
    stop, seen, reached = -1, 0, 0
    for first, rule, match in _matches(scanned):
        if first < reached:
            continue
        last_stop, stops = scanned.letters.rfind(".", seen, first), scanned.letters.count(".", seen, first)
        seen = first
        if last_stop >= 0:
            stop = last_stop
            clock.new_sentence(stops)
        hit = Hit(scanned, match)
        when = rule.read(hit, clock)
        if when is None:
            continue
        reached = hit.last
        clock.note(when, opens=first - stop <= _OPENING)
        found.append((hit.first, hit.last, _mention(scanned, rule, hit, when, clock)))
    edges = frozenset(start for start, _ in sentences) if sentences else frozenset()
    return tuple(sorted([*_joined(scanned, found, edges), *_since_events(scanned, found, clock)], key=lambda m: m.span))


_DATE = len("2016-12-22")
"""A TIMEX3 value of a part of a day goes on after its date: "2016-12-22TMO"."""
_NEWS = 80
"""Words and signs of a text's opening."""
_OPENING = 6
"""A time that stands within so many pieces of its sentence's start sets the time of what follows."""


def _matches(scanned: Scan) -> list[tuple[int, Rule, re.Match[str]]]:
    """Every match of every rule: leftmost first, then longest, then by the order of the table."""
    present = frozenset(scanned.letters)
    hits = [
        (match.start(), -match.end(), order, match)
        for order, rule in enumerate(RULES)
        if not rule.needs.isdisjoint(present)
        for match in rule.pattern.finditer(scanned.letters)
        if match.end() > match.start()
    ]
    hits.sort(key=lambda hit: hit[:3])
    return [(start, RULES[order], match) for start, _, order, match in hits]


def is_narrative(scanned: Scan, published: date | None) -> bool:
    """Whether the text is a history: many printed years, nearly all two or more years before the report.

    A text without a date counts from what it prints itself. One that opens with a weekday or "today" is news, whatever
    list of dates stands below it.
    """
    if published is None:
        return True
    if not frozenset("WT").isdisjoint(scanned.letters[:_NEWS]):
        return False
    printed: list[int] = []
    for piece in (scanned.pieces[i] for i, letter in enumerate(scanned.letters) if letter in "FKY"):
        if piece.letter in "FK" and piece.literal is not None and piece.literal.year is not None:
            printed.append(piece.literal.year)
        elif piece.letter == "Y" and piece.value is not None:
            printed.append(int(piece.value))
    told = sum(scanned.letters.count(letter) for letter in "WTg")
    past = sum(1 for year in printed if year <= published.year - 2)
    return len(printed) >= 6 and past >= 0.8 * len(printed) and len(printed) >= 3 * told


def _mention(scanned: Scan, rule: Rule, hit: Hit, when: When, clock: Clock) -> TimeMention:
    start, end = when.days
    bound = _bound(scanned, hit) if when.kind in ("date", "time") else None
    if bound == "since" and start is not None:
        now = clock.published
        end = now if now is not None and now >= start and not clock.narrative else None
    elif bound == "until" and end is not None:
        start = None
    elif bound == "before" and "T" in when.value[_DATE:]:
        bound = None  # "before dawn on Wednesday" is that Wednesday
    elif bound == "before" and start is not None:
        end = calendar.shifted(start, -1)
        start = None
    parts = tuple(
        TimeMention(
            (p.start, p.end),
            w.days[0],
            w.days[1],
            precision_of(*w.days),
            w.anchor,
            rule.name,
            w.reason,
            w.kind,
            w.value,
        )
        for p, w in ((scanned.pieces[i], w) for i, w in when.parts)
    )
    return TimeMention(
        span=scanned.span(hit.first, hit.last),
        start=start,
        end=end,
        precision=precision_of(start, end),
        anchor=when.anchor,
        rule=rule.name,
        reason=when.reason or (OUTSIDE if start is None and end is None else None),
        kind=when.kind,
        value=when.value,
        bound=bound,
        parts=parts,
    )


def _bound(scanned: Scan, hit: Hit) -> Bound | None:
    before = hit.letter(-1)
    if before == "d":
        before = hit.letter(-2)
    if before == "+":
        return "since"
    if before == "<":
        return "until"
    return "before" if before == "b" and hit.word(-1) == "before" else None


def _since_events(scanned: Scan, found: list[_Found], clock: Clock) -> list[TimeMention]:
    """Reads "since the siege began in May": from May to the report's date, beside the plain "in May"."""
    now = clock.published
    if now is None or clock.narrative:
        return []
    out = []
    for first, _, mention in found:
        opening = _opening(scanned, first)
        if opening is None or mention.start is None or mention.bound or mention.kind != "date" or mention.start > now:
            continue
        span = (scanned.pieces[opening].start, mention.span[1])
        out.append(TimeMention(span, mention.start, now, precision_of(mention.start, now), mention.anchor,
                               SINCE_CLAUSE, None, "date", mention.value, "since", (mention,)))  # fmt: skip
    return out


_BEGINNINGS = word_set("started began erupted broke")


def _opening(scanned: Scan, first: int) -> int | None:
    """The piece "since", or "which" before "began", that opens the clause a time stands in; None if none does."""
    joined = False  # an "and" that is no "between X and Y"
    for at in range(first - 1, max(-1, first - 15), -1):
        letter, word = scanned.letters[at], scanned.pieces[at].word
        if letter in ".;TWFH" or word in ("but", "when"):
            return None
        joined = word == "and" or (joined and word != "between")
        if letter == "+":
            return at if first - at > 2 and not joined else None
        if word in ("which", "that") and scanned.pieces[at + 1].word in _BEGINNINGS:
            return at
    return None


def _joined(scanned: Scan, found: list[_Found], edges: frozenset[int]) -> list[TimeMention]:
    """Join "from A to B", "between A and B", "A–B" and "A and B" into one mention with its parts."""
    out: list[TimeMention] = []
    at = 0
    while at < len(found):
        first, last, mention = found[at]
        if at + 1 < len(found):
            mention = _year_from_next(scanned, found[at], found[at + 1])
            mention = _hour_of_next(scanned, (first, last, mention), found[at + 1])
            mention = _weekday_before_next(scanned, (first, last, mention), found[at + 1])
            found[at] = (first, last, mention)
            joined = _range(scanned, found[at], found[at + 1], edges)
            if joined is not None:
                out.append(joined)
                at += 2
                continue
        out.append(mention)
        at += 1
    return out


def _range(scanned: Scan, left: _Found, right: _Found, edges: frozenset[int]) -> TimeMention | None:
    first, last, a = left
    following, _, b = right
    between = scanned.letters[last:following]
    if between not in _CONNECTORS or a.kind != "date" or b.kind != "date" or a.parts or b.parts:
        return None
    if any(edge in edges for edge in range(a.span[1], b.span[0] + 1)):
        return None
    opening = scanned.letters[first - 1 : first] if first else ""
    listed = "&" in between and opening != "k"
    if listed and not _unit(a) == _unit(b) == _A_DAY:
        return None
    if a.bound == "until" or (b.bound == "until" and opening != "m"):
        return None
    start, end = a.start, b.end
    if start is None or end is None or start > end:
        return None
    anchor = b.anchor if a.anchor in (b.anchor, "absolute") else a.anchor
    return TimeMention((a.span[0], b.span[1]), start, end, precision_of(start, end), anchor,
                       "list" if listed else "range", None, "date", f"{a.value}/{b.value}", None, (a, b))  # fmt: skip


def _year_from_next(scanned: Scan, left: _Found, right: _Found) -> TimeMention:
    """Reads "April and June 1955": the year printed with the second holds for the first."""
    a, b = left[2], right[2]
    printed = b.anchor == "absolute" and b.start is not None and b.rule in ("full date", "month and year")
    bare = a.rule in ("day of month", "month") and a.anchor != "absolute" and a.value != "null"
    if printed and bare and b.start and scanned.letters[left[1] : right[0]] in _CONNECTORS:
        return _with_year(a, b.start)
    return a


_UP_TO_A_DAY = frozenset(("", "i", ",", ",i", "i ", " p", " pi", "p", "pi", " ", " i", "_"))
"""Between an hour and its day: nothing, "on", "local time on"."""
_TO_THE_NEXT = frozenset(("-", "&", "-d"))


def _hour_of_next(scanned: Scan, left: _Found, right: _Found) -> TimeMention:
    """Reads "11:09 pm on Monday", "14:55 local time on Tuesday": the hour is of the day named right behind it."""
    a, b = left[2], right[2]
    alone = a.rule == "clock" and a.kind == "time"
    if not alone or b.kind != "date" or b.precision != 1 or b.bound or b.parts:
        return a
    if scanned.letters[left[1] : right[0]] not in _UP_TO_A_DAY:
        return a
    value = b.value.split("T")[0] + a.value[_DATE:]
    return replace(a, start=b.start, end=b.end, precision=b.precision, anchor="earlier mention", value=value)


def _weekday_before_next(scanned: Scan, left: _Found, right: _Found) -> TimeMention:
    """Reads "from Friday to Saturday" on a Friday: the day before that Saturday, and not the report's own."""
    a, b = left[2], right[2]
    if a.rule != "weekday" or b.rule != "weekday" or a.start is None or b.start is None or a.parts or b.parts:
        return a
    later = 0 < (a.start - b.start).days < _A_WEEK
    if not later or scanned.letters[left[1] : right[0]] not in _TO_THE_NEXT:
        return a
    day = calendar.shifted(a.start, -_A_WEEK)
    if day is None or (b.start - day).days != 1:  # "Sunday and Monday" of which Monday is today
        return a
    return replace(a, start=day, end=day, value=day.isoformat() + a.value[_DATE:])


_A_WEEK = 7
_CONNECTORS = frozenset(("-", "&", "<", "-d", "&d", "<d", "i", "&i", "-i"))


_A_DAY = len("2016-12-22")


def _unit(mention: TimeMention) -> int:
    return len(mention.value.split("T")[0])


def _with_year(mention: TimeMention, other: date) -> TimeMention:
    """A month or day without a year takes the year printed at the other end of its range."""
    number, day = _month_and_day(mention.value)
    for year in (other.year, other.year - 1):
        if day is None:
            days = calendar.month(year, number)
            unit = "month"
        else:
            at = calendar.same_day(year, number, day)
            days, unit = calendar.span_of(at, at), "day"
        if days and days[0] <= other:
            value = calendar.name(days, unit)
            return TimeMention(mention.span, *days, precision_of(*days), "absolute", mention.rule, value=value)
    return mention


def _month_and_day(value: str) -> tuple[int, int | None]:
    fields = value.split("T", maxsplit=1)[0].split("-")
    return int(fields[1]), int(fields[2]) if len(fields) > 2 else None


def dated_spans(mentions: Sequence[TimeMention]) -> tuple[Span, ...]:
    """Spans of the mentions that are dates or times of day, for the reader of quantities to leave alone."""
    return tuple(m.span for m in mentions if m.kind in ("date", "time") and m.rule != SINCE_CLAUSE)
