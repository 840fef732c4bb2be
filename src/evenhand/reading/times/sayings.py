"""Whether a time is of the saying or of what is said: "said on Tuesday" dates no event."""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

from evenhand.model.evidence import Span
from evenhand.model.wordlist import word_set
from evenhand.reading.times.mention import TimeMention

_WORD = re.compile(r"\w+|[^\w\s]")
_LISTS = tomllib.loads((Path(__file__).parent / "sayings.toml").read_text("utf-8"))
_FINITE, _MADE_PUBLIC, _MADE_THINGS = (word_set(_LISTS[name]) for name in ("finite", "made_public", "made_things"))
_REPORTED = frozenset(("that", "who", "which", "when", "after", ".", ";", '"', "“", ":"))
_PUT_OUT = 6
_SAID, _SMALL = word_set(_LISTS["said"]), word_set(_LISTS["small"])
_TAKES_A_STAND = word_set(_LISTS["takes_a_stand"]) | word_set(_LISTS["counts"])
"""Verbs that never follow what is said: "X on Monday claimed responsibility for", "on Monday named 50 as killed"."""
_TELLS = word_set(_LISTS["tells"])
"""Verbs of saying of which the day before them is only where nothing was told yet: "X on Monday said that"."""
_RESPONSIBILITY = re.compile(
    r"\b(?:claim|den(?:y|i)|accept|admit|acknowledg)\w*\s(?:the\s)?responsibility(?:\s(?:on|late|early))*\s?\Z",
    re.IGNORECASE,
)
"""Before the day of a claim: "claimed responsibility on Friday for the attack"."""
_TOLL_ROSE = re.compile(
    r"\b(?:tolls?|number of (?:dead|deaths|victims|those killed|people killed))\b[^.;:\"]{0,80}?"
    r"\b(?:rose|rises|risen|climbed|climbs|reached|grew|grown|stood|stands|jumped|increased|mounted|raised|revised)\b"
    r"[^.;:,\"]{0,24}\Z",
    re.IGNORECASE,
)
_RAISED_TOLL = re.compile(
    r"[\s,]{0,2}(?:(?:as|when) [^.;:,\"]{2,60}? )?"
    r"(?:raised|raises|revised|updated|put|puts|increased|lowered|placed)\b[^.;:,\"]{0,20}"
    r"\b(?:tolls?|number of (?:the )?\w+)\b",
    re.IGNORECASE,
)
_PUT_TOLL = re.compile(
    r"\b(?:put|puts|gave|gives|placed|places)\b[^.;:\"]{0,30}?"
    r"\b(?:tolls?|dead|number of (?:dead|deaths|victims|those killed|people killed))\b"
    r"[^.;:,\"]{0,12}?\bat\b[^.;:,\"]{0,24}\Z",
    re.IGNORECASE,
)
"""Before the day of a count: "put the death toll at 141 on Friday"."""
_OF_THE_LAST = re.compile(
    r",\s(?:and\s)?the\s(?:last|latest|most\srecent)(?:\s(?:one|victim|person))?(?:\sof\s(?:them|whom|these|those))?"
    r"(?:\s(?!was\b|were\b|is\b)[^\s.;:,]{1,20}){0,8}\s\Z",
    re.IGNORECASE,
)
"""Before the day of one of many: "13 have died so far, the last of them in hospital on Thursday"."""
_COUNTS = ("toll", "dead", "number of")
"""One of these stands in whatever the three patterns find."""
NEAR = 7
"""A day printed within so many words after a saying, with no verb between, is the day of the saying."""
FAR = 200
"""A time that opens a sentence belongs to a saying within so many code points."""


def words_of(text: str, start: int, end: int) -> list[str]:
    """The words and signs of `text[start:end]` in small letters."""
    return [w.lower() for w in _WORD.findall(text, max(start, 0), end)]


def is_saying(text: str, sentence: Span, mention: TimeMention, cues: Sequence[Span], triggers: Sequence[Span]) -> bool:
    """Whether a mention dates the saying. `cues` and `triggers` are spans in text order.

    Sayings are known by their `cues` and by a few plain verbs right before the time.
    """
    if mention.bound is not None or _names_an_act(text, mention, triggers):
        return False
    of_a_day = mention.precision in (1, 2, None) and mention.kind in ("date", "time")
    if of_a_day and _OF_THE_LAST.search(text, max(sentence[0], mention.span[0] - FAR), mention.span[0]):
        return True
    if of_a_day and _said_before(text, mention, cues, triggers):
        return True
    if of_a_day and _dates_a_count(text, mention):
        return True
    if of_a_day and _takes_a_stand(text, sentence, mention, triggers):
        return True
    return _said_after(text, sentence, mention, cues, triggers)


def _takes_a_stand(text: str, sentence: Span, mention: TimeMention, triggers: Sequence[Span]) -> bool:
    """Reads "X on Monday claimed", "claimed responsibility on Monday for", or first "X on Monday said"."""
    start, end = mention.span
    following = set(words_of(text, end, end + 12)[:1])
    if following & _TAKES_A_STAND or _RESPONSIBILITY.search(text, max(sentence[0], start - 60), start):
        return True
    opened = start - sentence[0] > len("On ") and not _event_between(triggers, sentence[0], start)
    return bool(following & _TELLS) and opened


def _names_an_act(text: str, mention: TimeMention, triggers: Sequence[Span]) -> bool:
    """Reads "said the 3 October attack": a day between an article and an act tells which act is meant."""
    start, end = mention.span
    at = bisect_left(triggers, (end, -1))
    beside = at < len(triggers) and triggers[at][0] <= end + 1
    return beside and "the" in words_of(text, start - 5, start)[-1:] + words_of(text, start, end)[:1]


def _dates_a_count(text: str, mention: TimeMention) -> bool:
    """Reads "the toll rose to 335 on Monday", "on Monday raised the toll to 272", "put the toll at 141 on Monday"."""
    start, end = mention.span
    near = text[max(0, start - FAR) : end + FAR].lower()
    if not any(word in near for word in _COUNTS):
        return False
    counted = any(told.search(text, max(0, start - FAR), start) for told in (_TOLL_ROSE, _PUT_TOLL))
    return counted or _RAISED_TOLL.match(text, end, end + FAR) is not None


def _said_before(text: str, mention: TimeMention, cues: Sequence[Span], triggers: Sequence[Span]) -> bool:
    """Reads "said on Tuesday", "told a press briefing late on Monday", "published on Wednesday"."""
    before = words_of(text, mention.span[0] - 40, mention.span[0])
    if set(before[-2:]) & _MADE_PUBLIC or _plain_saying(before) or _put_out(before):
        return True
    at = bisect_right(cues, (mention.span[0], mention.span[0])) - 1
    if at < 0 or not 0 <= mention.span[0] - cues[at][1] <= 90:
        return False
    if _event_between(triggers, cues[at][1], mention.span[0]):
        return False
    between = words_of(text, cues[at][1], mention.span[0])
    verb = any(w in _FINITE or (w.endswith("ed") and len(w) > 4 and w != "united") for w in between)
    return len(between) <= NEAR and not verb and not set(between) & _REPORTED


def _put_out(before: Sequence[str]) -> bool:
    """Reads "in a video released on the internet on" with nothing but small words and a name between."""
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _MADE_PUBLIC), None)
    if not at or before[at - 1] not in _MADE_THINGS:
        return False
    return len(before) - at <= _PUT_OUT and not set(before[at + 1 :]) & _REPORTED


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
    opening = mention.span[0] - sentence[0]
    if opening > 40 or len(words_of(text, sentence[0], mention.span[0])) > 3:
        return False
    at = bisect_right(cues, (mention.span[1], -1))
    if at == len(cues) or cues[at][0] >= sentence[1] or cues[at][0] - mention.span[1] > FAR:
        return False
    described = {"who", "which"} & set(
        words_of(text, mention.span[1], cues[at][0])
    )  # "the group, which watches attacks"
    if not described and _event_between(triggers, mention.span[1], cues[at][0]):
        return False
    after = words_of(text, cues[at][1], min(cues[at][1] + 60, sentence[1]))[:6]
    if after[:1] == [","]:
        return False  # "In March, officials said, troops shelled …"
    return "that" in after or (mention.precision or 5) > 2


def _event_between(triggers: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(triggers, (start, -1))
    return at < len(triggers) and triggers[at][1] <= end
