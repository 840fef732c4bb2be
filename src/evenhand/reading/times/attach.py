"""Which time is an event's: the one in its clause, never the one of the saying; then, by its kind, an earlier one."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from evenhand.model.dates import headline_date
from evenhand.model.evidence import Span, overlaps
from evenhand.model.wordlist import word_set
from evenhand.reading.times.mention import TimeMention

_WORD = re.compile(r"\w+|[^\w\s]")
_CLAUSE = word_set(
    "that who which when while after before because although though but until where since whereas as whose if"
)
_FINITE = word_set(
    "was were is are be been had has have did would will could may might killed died wounded injured hit struck"
)
_REPORTED = frozenset(("that", "who", "which", "when", "after", ".", ";", '"', "“", ":"))
_MADE_PUBLIC = word_set("published released issued posted broadcast aired dated televised printed adopted")
NEAR_SAYING = 7
"""A day printed within so many words after a saying, with no verb between, is the day of the saying."""


def _words(text: str, start: int, end: int) -> list[str]:
    return [w.lower() for w in _WORD.findall(text, start, end)]


def _verb_between(words: Sequence[str]) -> bool:
    return any(w in _FINITE or (w.endswith("ed") and len(w) > 4 and w != "united") for w in words)


def _said_before(text: str, mention: TimeMention, cues: Sequence[Span], triggers: Sequence[Span]) -> bool:
    """Reads "said on Tuesday", "told a press briefing late on Monday", "published on Wednesday"."""
    before = _words(text, max(0, mention.span[0] - 40), mention.span[0])
    if set(before[-2:]) & _MADE_PUBLIC:
        return True
    if _plain_saying(before):
        return True
    at = bisect_right(cues, (mention.span[0], mention.span[0])) - 1
    if at < 0:
        return False
    cue = cues[at]
    if cue[1] > mention.span[0] or mention.span[0] - cue[1] > 90:
        return False
    if any(cue[1] <= t[0] and t[1] <= mention.span[0] for t in triggers):
        return False
    between = _words(text, cue[1], mention.span[0])
    return len(between) <= NEAR_SAYING and not set(between) & _REPORTED and not _verb_between(between)


_SAID = word_set("said says told added announced stated reported wrote tweeted confirmed")
_SMALL = word_set("on late early in a the statement interview press briefing conference reporters journalists")


def _plain_saying(before: Sequence[str]) -> bool:
    """Reads "said", "told reporters" right before, whether or not the statements' reader marked it a cue."""
    for word in reversed(before):
        if word in _SAID:
            return True
        if word not in _SMALL:
            return False
    return False


def _said_after(
    text: str, sentence: Span, mention: TimeMention, cues: Sequence[Span], triggers: Sequence[Span]
) -> bool:
    """Reads "On Saturday the group, which …, said that": a time that opens the sentence of a saying with "that"."""
    if len(_words(text, sentence[0], mention.span[0])) > 3:
        return False
    at = bisect_right(cues, (mention.span[1], -1))
    if at == len(cues) or cues[at][0] >= sentence[1] or cues[at][0] - mention.span[1] > 160:
        return False
    cue = cues[at]
    if any(mention.span[1] <= t[0] and t[1] <= cue[0] for t in triggers):
        return False
    after = _words(text, cue[1], min(cue[1] + 60, sentence[1]))[:6]
    return "that" in after or (mention.precision or 5) > 2


def _is_saying(text: str, sentence: Span, mention: TimeMention, cues: Sequence[Span], triggers: Sequence[Span]) -> bool:
    """Whether a mention dates the saying, not what is said."""
    if mention.bound is not None:
        return False
    of_a_day = mention.precision in (1, 2, None) and mention.kind in ("date", "time")
    if of_a_day and _said_before(text, mention, cues, triggers):
        return True
    return _said_after(text, sentence, mention, cues, triggers)


def _wished(text: str, start: int, end: int) -> bool:
    """Whether a demand or plan and its infinitive stand between: "on Tuesday urged them to stop the shelling"."""
    between = _words(text, start, min(end, start + 400))
    at = next((i for i, w in enumerate(between) if w in _WISHED), None)
    return at is not None and "to" in between[at:]


def _distance(text: str, trigger: Span, mention: TimeMention) -> float:
    """Words between trigger and mention; a clause's edge between counts as twelve, a comma as two."""
    if mention.span[1] <= trigger[0]:
        gap = (mention.span[1], trigger[0])
    elif trigger[1] <= mention.span[0]:
        gap = (trigger[1], mention.span[0])
    else:
        return 0.0
    cost = 0.0
    for word in _words(text, gap[0], min(gap[1], gap[0] + 2000)):
        cost += 12 if word in _CLAUSE or word == ";" else 2 if word in (",", "and") else 1
    return cost


def _usable(mention: TimeMention) -> bool:
    """Dates, and lengths of time that are counted from the report ("in the last three days") or vague."""
    if mention.kind in ("date", "time"):
        return "event" not in (mention.reason or "")
    return mention.rule in ("last units", "recent units", "units back")


def time_of_event(
    text: str,
    sentence: Span,
    trigger: Span,
    mentions: Sequence[TimeMention],
    *,
    cues: Sequence[Span] = (),
    triggers: Sequence[Span] = (),
) -> int | None:
    """The index in `mentions` of the time said of the event whose words are `trigger`, or None.

    Looked at are the times of its own `sentence`; of these the nearest, clause edges counting as twelve
    words. A time that belongs to a saying (`cues`, spans of "said", "told") is not the event's. `triggers`
    are the spans of all events: an event between saying and time takes the time. All spans in code points.
    """
    known = sorted(cues)
    before = _words(text, max(sentence[0], trigger[0] - 30), trigger[0])
    wanted = before[-1:] == ["to"] and not set(before[-2:-1]) & _DONE
    best: tuple[float, int] | None = None
    for index, mention in enumerate(mentions):
        if not (sentence[0] <= mention.span[0] and mention.span[1] <= sentence[1] and _usable(mention)):
            continue
        if _is_saying(text, sentence, mention, known, triggers or (trigger,)):
            continue
        if mention.span[1] <= trigger[0] and (wanted or _wished(text, mention.span[1], trigger[0])):
            continue
        since_clause = mention.rule == SINCE_CLAUSE
        if since_clause and trigger[0] >= mention.span[0]:
            continue
        cost = _distance(text, trigger, mention) + (4 if mention.kind == "time" else 0) - (14 if since_clause else 0)
        if best is None or cost < best[0]:
            best = (cost, index)
    return best[1] if best else None


SINCE_CLAUSE = "since an event"
"""Rule name of a span that opens with an event and its date: "since the siege began in May"."""

INCIDENT_KINDS = word_set(
    "killing injury airstrike shelling bombing ground_attack armed_clash chemical_attack execution abduction "
    "destruction mass_grave sexual_violence torture"
)
"""Kinds of event that a report goes on telling without repeating the day."""
_IN_GENERAL = word_set(
    "can could may might will would continue continues continued planned potential possible any preparing "
    "prepare prepares further more escalating escalate against if should must previously threatening"
)
_DONE = word_set("tried attempted managed began begun begins started failed used able continued ordered")
_WISHED = word_set(
    "urged urges urging urge called calls calling demanded demands demanding asked asks asking ordered plans "
    "planned agreed vowed threatened pledged"
)
TOLD_ON = 8
"""For so many sentences an act told without a new day keeps the day of the last one."""


def times_of_events(
    text: str,
    sentences: Sequence[Span],
    triggers: Sequence[Span],
    kinds: Sequence[str],
    mentions: Sequence[TimeMention],
    *,
    cues: Sequence[Span] = (),
    may_inherit: Sequence[bool] | None = None,
) -> tuple[int | None, ...]:
    """For every event (trigger span and claim type) the index of its time in `mentions`, or None.

    First the time of its own sentence (`time_of_event`); the date line at the head is nobody's. Then an act of
    violence told on without a new day takes the day of the last such act before it, and what stands before any
    (a headline) that of the first one after. `may_inherit` is False for an event that is planned, hoped or
    denied in general.
    """
    known = sorted(cues)
    dateline = headline_date(text)
    head = (dateline[1][0] - 12, dateline[1][1] + 12) if dateline else None
    starts = [s for s, _ in sentences]
    by_sentence: dict[int, list[int]] = {}
    for i, mention in enumerate(mentions):
        if (
            head is None
            or not overlaps(mention.span, head)
            or (mention.span[0] > head[1] - 12 and mention.kind != "time")
        ):
            by_sentence.setdefault(bisect_right(starts, mention.span[0]) - 1, []).append(i)
    places = [bisect_right(starts, t[0]) - 1 for t in triggers]
    near: dict[int, list[Span]] = {}
    for place, trigger in zip(places, triggers, strict=True):
        near.setdefault(place, []).append(trigger)
    own: list[int | None] = []
    for place, trigger in zip(places, triggers, strict=True):
        local = by_sentence.get(place, [])
        span = sentences[place] if 0 <= place < len(sentences) else (0, len(text))
        found = time_of_event(text, span, trigger, [mentions[i] for i in local], cues=known, triggers=near[place])
        own.append(local[found] if found is not None else None)
    allowed = [
        kind in INCIDENT_KINDS and (may_inherit is None or may_inherit[i]) and not _told_in_general(text, triggers[i])
        for i, kind in enumerate(kinds)
    ]
    return _told_on(triggers, kinds, own, places, allowed, mentions)


def _told_in_general(text: str, trigger: Span) -> bool:
    """Reads "have killed", "can destroy", "planned", "to attack": no one act of a known day."""
    before = _words(text, max(0, trigger[0] - 50), trigger[0])
    if set(before[-2:]) & {"has", "have", "’ve"}:
        return True
    if before[-1:] == ["to"] and not set(before[-2:-1]) & _DONE:
        return True
    return bool(set(before[-4:]) & _IN_GENERAL)


def _told_on(
    triggers: Sequence[Span],
    kinds: Sequence[str],
    own: Sequence[int | None],
    places: Sequence[int],
    allowed: Sequence[bool],
    mentions: Sequence[TimeMention],
) -> tuple[int | None, ...]:
    out = list(own)
    last: tuple[int, int] | None = None
    waiting: list[int] = []
    for i in sorted(range(len(triggers)), key=lambda i: triggers[i]):
        index = own[i]
        if index is not None:
            if kinds[i] in INCIDENT_KINDS and mentions[index].precision in (1, 2):
                last = (index, places[i])
                for j in waiting:
                    out[j] = index
                waiting = []
        elif allowed[i] and last is not None and places[i] - last[1] <= TOLD_ON:
            out[i] = last[0]
        elif allowed[i] and last is None:
            waiting.append(i)
    return tuple(out)
