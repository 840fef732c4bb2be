"""Days of what followed a deed: of a charge, a verdict, a burial, not of the deed that it is about."""

import re
import tomllib
from bisect import bisect_left
from pathlib import Path

from evenhand.model.evidence import Span, overlaps
from evenhand.model.wordlist import word_set
from evenhand.reading.times.mention import TimeMention

_LISTS = tomllib.loads((Path(__file__).parent / "proceedings.toml").read_text("utf-8"))
_FINDS = word_set(_LISTS["finds"])
_FOLLOWED = word_set(_LISTS["courts"]) | word_set(_LISTS["graves"]) | set(_LISTS["phrases"])
_INQUIRIES = re.compile(r"\b(?:" + "|".join(sorted(word_set(_LISTS["inquiries"]))) + r")\b", re.IGNORECASE)
_PROCEEDINGS, _VERB = (
    re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(verbs))) + r")\b", re.IGNORECASE)
    for verbs in (_FOLLOWED, _FOLLOWED | _FINDS)
)
_EDGE = re.compile(
    r"[;:]|\b(?:that|who|which|when|while|after|before|because|although|though|but|until|where|since|as)\b"
)
_OF_THE_WEEK = re.compile(r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_REACH = 120
_RIGHT_BEFORE = re.compile(r",? ?(?:\w+ ){0,2}\Z")  # "on Wednesday formally | sentenced"


def proceedings_in(text: str, sentence: Span) -> tuple[Span, ...]:
    """The words of a sentence for what follows a deed, in text order."""
    return tuple(found.span() for found in _VERB.finditer(text, *sentence))


def is_of_proceedings(text: str, sentence: Span, mention: TimeMention, trigger: Span, verbs: tuple[Span, ...]) -> bool:
    """Whether a day of the week dates one of `verbs` and not the event of `trigger`.

    It does right before the verb, and behind it within the same clause; a date with a month or a year behind it may be
    the deed's ("convicted of the killings of 3 May"). What happens in the proceedings themselves keeps its day.
    """
    if _is_of_an_inquiry(text, sentence, mention, trigger):
        return True
    if not verbs or not _OF_THE_WEEK.search(text[slice(*mention.span)]):
        return False
    if any(overlaps(verb, trigger) for verb in verbs):
        return False
    at = bisect_left(verbs, mention.span)
    if at < len(verbs) and _RIGHT_BEFORE.fullmatch(text[mention.span[1] : verbs[at][0]]):
        behind = verbs[at][1]  # "who died on Sunday were buried on Monday": its own day stands behind it
        edge = _EDGE.search(text, behind, min(sentence[1], behind + _REACH))
        return _OF_THE_WEEK.search(text, behind, edge.start() if edge else min(sentence[1], behind + _REACH)) is None
    if at == 0 or mention.span[0] - verbs[at - 1][1] > _REACH:
        return False
    return _EDGE.search(text, verbs[at - 1][1], mention.span[0]) is None


def _is_of_an_inquiry(text: str, sentence: Span, mention: TimeMention, trigger: Span) -> bool:
    """Whether a time before the act dates who looks into it: "On 14 May monitors examined the crater of the blast"."""
    if mention.span[1] > trigger[0] or trigger[0] - mention.span[1] > 2 * _REACH:
        return False
    found = _INQUIRIES.search(text, mention.span[1], trigger[0])
    return found is not None and _EDGE.search(text, mention.span[1], found.start()) is None


def is_find(words: str) -> bool:
    """Whether the words of an event tell that the dead were found ("found dead"), not how they died."""
    return words.partition(" ")[0].lower() in _FINDS


def stands_before_proceedings(text: str, counted: Span, trigger: Span) -> bool:
    """Whether who is counted is charged with a deed named behind: "Four soldiers were charged with | murder"."""
    if not counted[1] <= trigger[0] <= counted[1] + _REACH:
        return False
    found = _PROCEEDINGS.search(text, counted[1], trigger[0])
    return found is not None and _EDGE.search(text, counted[1], trigger[0]) is None
