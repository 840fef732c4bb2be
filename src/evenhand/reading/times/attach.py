"""Which time is an event's: the one in its clause, never the one of the saying; then, by its kind, an earlier one."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from evenhand.model.dates import headline_date
from evenhand.model.evidence import Span, contains, overlaps
from evenhand.model.wordlist import word_set
from evenhand.reading.times.mention import AFTER_EVENT, SINCE_CLAUSE, TimeMention
from evenhand.reading.times.proceedings import is_find, is_of_proceedings, proceedings_in
from evenhand.reading.times.sayings import is_saying, words_of

_CLAUSE = word_set(
    "that who which when while after before because although though but until where since whereas as whose if ;"
)
_DONE = word_set("tried attempted managed began begun begins started failed used able continued ordered")
_WISHED = word_set(
    "urged urges urging urge called calls calling demanded demands demanding asked asks asking ordered plans "
    "planned agreed vowed threatened pledged"
)
_NOT_SINCE = re.compile(
    r"\b(?:worst|first|most|(?:dead|cost)liest|bloodiest|biggest|largest|greatest|heaviest|fiercest|highest|gravest"
    r"|strongest|harshest|longest)\b[^.;:]{0,50}?\b(since)\b[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
"""Up to the end of a time that only compares: "the bloodiest strike since the campaign began in March"."""
_COMPARED = 130
_AS_OF = re.compile(r"\bas (?:of|at)\s*(?:the )?\Z", re.IGNORECASE)  # when it was counted, not when it happened
_BEFORE = 12
_AT_THE_TIME = "that time"
"""Rule of "at the time": when the deed was that is told of, not on the day named last, which may be the telling's."""
_MOMENTS = re.compile(r"\b(?:seconds?|minutes?|moments?)\b", re.IGNORECASE)
NEAREST = 12
"""Of the times of a sentence so many on either side of an event are looked at."""
FARTHEST = 800
"""A time farther than so many code points from an event is not its own."""

Candidate = tuple[int, TimeMention]


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
    inside = [(i, m) for i, m in enumerate(mentions) if contains(sentence, m.span)]
    found = _of_events(text, sentence, inside, sorted(cues), sorted(triggers or (trigger,)))
    followed = proceedings_in(text, sentence)
    candidates = [c for c in found if not is_of_proceedings(text, sentence, c[1], trigger, followed)]
    return _nearest(text, sentence, trigger, candidates)


def _of_events(
    text: str, sentence: Span, inside: Sequence[Candidate], cues: Sequence[Span], triggers: Sequence[Span]
) -> list[Candidate]:
    """The times of a sentence that can be an event's."""
    return [
        (i, m)
        for i, m in inside
        if _usable(m) and not _is_moments_apart(text, m)
        and not _AS_OF.search(text, max(0, m.span[0] - _BEFORE), m.span[0])
        and not is_saying(text, sentence, m, cues, triggers)
    ]  # fmt: skip


def _usable(mention: TimeMention) -> bool:
    """Dates, and lengths of time that are counted from the report ("in the last three days") or vague.

    "Days after the siege" is counted from another event and says nothing of this one.
    """
    if mention.kind in ("date", "time"):
        counted = mention.rule in ("units apart", "day apart", "on the eve", "period")
        return not (counted and mention.start is None and mention.end is None)
    return mention.rule in ("last units", "recent units", "units back")


def _is_moments_apart(text: str, mention: TimeMention) -> bool:
    """As in "a few seconds later", "minutes before": told of a day that is known, it names none."""
    return mention.rule == "units apart" and _MOMENTS.search(text, *mention.span) is not None


def _nearest(text: str, sentence: Span, trigger: Span, candidates: Sequence[Candidate]) -> int | None:
    before = words_of(text, max(sentence[0], trigger[0] - 30), trigger[0])
    wanted = before[-1:] == ["to"] and not set(before[-2:-1]) & _DONE
    at = bisect_right(candidates, trigger, key=lambda c: c[1].span)
    best: tuple[float, int] | None = None
    for index, mention in candidates[max(0, at - NEAREST) : at + NEAREST]:
        if mention.span[1] <= trigger[0] and (wanted or _wished(text, mention.span[1], trigger[0])):
            continue
        if _compares(text, sentence, trigger, mention):
            continue
        since_clause = mention.rule == SINCE_CLAUSE
        if since_clause and trigger[0] >= mention.span[0]:
            continue
        if mention.rule == AFTER_EVENT and not _told_behind(text, mention.span[1], trigger[0]):
            continue
        hour = 0 if mention.kind != "time" else 20 if _of_no_day(mention) else 4
        cost = _distance(text, trigger, mention) + hour - (14 if since_clause else 0)
        if cost < FARTHEST and (best is None or cost < best[0]):
            best = (cost, index)
    return best[1] if best else None


def _of_no_day(mention: TimeMention) -> bool:
    """Whether an hour stands without the day that it is of: it is counted to the report's, and a named day is surer."""
    return mention.kind == "time" and mention.anchor == "published"


def _compares(text: str, sentence: Span, trigger: Span, mention: TimeMention) -> bool:
    """Whether a time only says since when nothing was like it: "the worst since May, killed ten".

    An act told between "since" and the time, or right behind it, is of that time: "the first since a raid on Monday
    that killed ten".
    """
    end = mention.span[1]
    found = _NOT_SINCE.search(text, max(sentence[0], end - _COMPARED), end)
    if found is None:
        return False
    return trigger[0] < found.start(1) or (trigger[0] >= end and "," in text[end : trigger[0]][:FARTHEST])


def _told_behind(text: str, start: int, trigger: int) -> bool:
    """Whether an event is the one that "a day after" counts from: behind it, with no comma between."""
    return start <= trigger and trigger - start <= FARTHEST and "," not in text[start:trigger]


def _wished(text: str, start: int, end: int) -> bool:
    """Whether a demand or plan and its infinitive stand between: "on Tuesday urged them to stop the shelling"."""
    between = words_of(text, start, min(end, start + 400))
    at = next((i for i, w in enumerate(between) if w in _WISHED), None)
    return at is not None and "to" in between[at:]


def _distance(text: str, trigger: Span, mention: TimeMention) -> float:
    """Words between trigger and mention; a clause's edge between counts as twelve, a comma as two."""
    if overlaps(mention.span, trigger):
        return 0.0
    gap = (mention.span[1], trigger[0]) if mention.span[1] <= trigger[0] else (trigger[1], mention.span[0])
    if gap[1] - gap[0] > FARTHEST:
        return float(FARTHEST)
    if trigger[1] <= mention.span[0] and _TOOK_PLACE.match(text[slice(*gap)]):
        return 1.0
    return sum(12.0 if w in _CLAUSE else 2.0 if w in (",", "and") else 1.0 for w in words_of(text, *gap))


_TOOK_PLACE = re.compile(
    r"[^.;:,]{0,60},?\s(?:which|that)\s(?:was\s(?:committed|perpetrated|carried\sout|conducted|staged|launched)"
    r"|(?:took\splace|occurred|happened))\b[^.;:,]{0,30}\Z"
)
"""Between an act and the day that a clause of its own gives it: "the raid on Xa, which was carried out on | Monday"."""


_SINCE = re.compile(r"\bsince\s[^.;,]{0,38}$")
_OTHERWISE = re.compile(r"\W{0,3}(?:Elsewhere|Separately|In (?:a |other )?separate|In another|In other)\b")
"""Words that open the telling of something else."""
INCIDENT_KINDS = word_set(
    "killing injury airstrike shelling bombing ground_attack armed_clash chemical_attack execution abduction "
    "destruction mass_grave sexual_violence torture"
)
"""Kinds of event that a report goes on telling without repeating the day."""
_IN_GENERAL = word_set(
    "can could may might will would continue continues continued planned potential possible any preparing "
    "prepare prepares further more escalating escalate against if should must previously threatening"
)
TOLD_ON = 10
WAITS = 4
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
    head = headline_date(text)
    starts = [s for s, _ in sentences]
    by_sentence: dict[int, list[int]] = {}
    for i, mention in enumerate(mentions):
        if head is None or not _of_the_date_line(mention, head[1]):
            by_sentence.setdefault(bisect_right(starts, mention.span[0]) - 1, []).append(i)
    places = [bisect_right(starts, t[0]) - 1 for t in triggers]
    events: dict[int, list[int]] = {}
    for event, place in enumerate(places):
        events.setdefault(place, []).append(event)
    own: list[int | None] = [None] * len(triggers)
    for place, local in events.items():
        span = sentences[place] if 0 <= place < len(sentences) else (0, len(text))
        inside = [(i, mentions[i]) for i in by_sentence.get(place, [])]
        candidates = _of_events(text, span, inside, known, sorted(triggers[e] for e in local))
        followed = proceedings_in(text, span) if candidates else ()
        for event in local:
            mine = [c for c in candidates if not is_of_proceedings(text, span, c[1], triggers[event], followed)]
            own[event] = _nearest(text, span, triggers[event], mine)
    for event, index in enumerate(own):
        if index is not None and mentions[index].rule == _AT_THE_TIME and kinds[event] in INCIDENT_KINDS:
            own[event] = None
    allowed = [
        kind in INCIDENT_KINDS and (may_inherit is None or may_inherit[i]) and not _told_in_general(text, triggers[i])
        for i, kind in enumerate(kinds)
    ]
    giving = [
        kind in INCIDENT_KINDS and not is_find(text[slice(*t)]) and not _SINCE.search(text, max(0, t[0] - 40), t[0])
        for kind, t in zip(kinds, triggers, strict=True)
    ]
    apart = [
        0 <= place < len(sentences) and _OTHERWISE.match(text, sentences[place][0]) is not None for place in places
    ]
    return _told_on(triggers, own, places, allowed, mentions, giving, apart)


def _of_the_date_line(mention: TimeMention, line: Span) -> bool:
    """Whether a mention is the report's own date line, or the hour beside it."""
    beside = mention.kind == "time" and line[0] - 12 <= mention.span[1] and mention.span[0] <= line[1] + 12
    return beside or overlaps(mention.span, line)


def _told_in_general(text: str, trigger: Span) -> bool:
    """Reads "have killed", "can destroy", "planned", "to attack": no one act of a known day."""
    before = words_of(text, trigger[0] - 50, trigger[0])
    if set(before[-2:]) & {"has", "have", "’ve"}:
        return "to" not in before[-3:-1]  # "are feared to have been killed" is of one deed
    if before[-1:] == ["to"] and not set(before[-2:-1]) & _DONE:
        return True
    return bool(set(before[-4:]) & _IN_GENERAL)


def _told_on(
    triggers: Sequence[Span],
    own: Sequence[int | None],
    places: Sequence[int],
    allowed: Sequence[bool],
    mentions: Sequence[TimeMention],
    giving: Sequence[bool],
    apart: Sequence[bool],
) -> tuple[int | None, ...]:
    """The own times, and those taken over.

    `giving` is False for what gives no other its day, as what only dates another act ("ten have died since fighting
    erupted on May 5"); `apart` is True for what a report turns to ("Elsewhere, …"): it gives none to what stands before
    it and takes none from there.
    """
    out = list(own)
    last: tuple[int, int] | None = None
    waiting: list[int] = []
    for i in sorted(range(len(triggers)), key=lambda i: triggers[i]):
        index = own[i]
        if apart[i] and (last is None or last[1] != places[i]):
            last, waiting = None, []
        if index is not None:
            if giving[i] and mentions[index].precision in (1, 2):
                last = (index, places[i])
                if _of_no_day(mentions[index]):
                    waiting = []
                elif mentions[index].rule != AFTER_EVENT:  # what stands before it is of another day and waits
                    for j in waiting:
                        out[j] = index if places[i] - places[j] <= WAITS else None
                    waiting = []
        elif allowed[i] and last is not None and places[i] - last[1] <= TOLD_ON:
            out[i] = last[0]
        elif allowed[i] and last is None:
            waiting.append(i)
    return tuple(out)
