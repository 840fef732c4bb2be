"""Which event a number belongs to: the word that gave its role, the thing it counts, else the nearest act."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span, contains, overlaps
from evenhand.model.wordlist import word_set
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.spared import verb_of_others
from evenhand.reading.quantities.words import PERPETRATORS
from evenhand.reading.times.proceedings import stands_before_proceedings

_LIST = re.compile(r"(?=.)(?:,\s(?:an?|the)\s[\w-]+(?:\s(?!and\b)[\w-]+){0,3}){0,6},?\s*(?:and\s)?")
_WORD = re.compile(r"\w+|[^\w\s]")
_CLAUSE = word_set("that who which when while after before because although but until where since whereas as")
_KINDS_OF_ROLE: dict[str, frozenset[str]] = {
    "killed": word_set("killing execution mass_grave"),
    "injured": word_set("injury"),
    "detained": word_set("abduction detention agreement other"),
    "displaced": word_set("displacement return evacuation"),
    "evacuated": word_set("evacuation displacement"),
    "area": word_set("territory_taken territory_held"),
}
_HARM = word_set(
    "killing injury execution abduction detention displacement evacuation mass_grave sexual_violence torture"
)
_HARM_ROLES = frozenset(("killed", "injured", "detained", "displaced", "evacuated"))
FARTHEST = 18.0
"""A number farther than so many words from every act (clause edges count twelve) belongs to none."""


def quantities_of_event(
    text: str,
    sentence: Span,
    trigger: Span,
    mentions: Sequence[QuantityMention],
    *,
    kind: str | None = None,
    others: Sequence[tuple[Span, str]] = (),
) -> tuple[int, ...]:
    """Indices in `mentions` of the quantities said of the event whose words are `trigger`.

    Only quantities of its `sentence` are looked at. `kind` is the claim's type; `others` are the other events
    of the sentence with theirs: a number goes to the act it is nearest to. Spans in code points. Lengths of
    time are taken only where they measure the event itself ("an eight-hour truce"); ages never.
    """
    events = [(trigger, kind or "other"), *others]
    inside = [i for i, m in enumerate(mentions) if contains(sentence, m.span)]
    return tuple(i for i in inside if 0 in _owners(text, events, mentions, i))


def quantities_of_events(
    text: str,
    sentences: Sequence[Span],
    triggers: Sequence[Span],
    kinds: Sequence[str],
    mentions: Sequence[QuantityMention],
) -> tuple[tuple[int, ...], ...]:
    """For every event (trigger span and claim type) the indices of its quantities in `mentions`.

    `sentences` and `mentions` are in text order. A number goes to the act that the word of harm beside it
    names, to the act it counts, or to the nearest in its sentence; it goes to several where they share their
    words or are joined ("killed and injured"). Linear: of a sentence with very many acts only the nearest count.
    """
    starts = [s for s, _ in sentences]
    by_sentence: dict[int, list[int]] = {}
    for event in sorted(range(len(triggers)), key=lambda e: triggers[e]):
        by_sentence.setdefault(bisect_right(starts, triggers[event][0]) - 1, []).append(event)
    places = {place: [triggers[e][0] for e in events] for place, events in by_sentence.items()}
    out: list[list[int]] = [[] for _ in triggers]
    before: tuple[int, ...] = ()
    place = -1
    for index, mention in enumerate(mentions):
        here = bisect_right(starts, mention.span[0]) - 1
        local = by_sentence.get(here, [])
        at = bisect_right(places.get(here, []), mention.span[0])
        local = sorted(local[max(0, at - NEAREST) : at + NEAREST])
        events = [(triggers[e], kinds[e]) for e in local]
        owners = tuple(local[owner] for owner in _owners(text, events, mentions, index))
        counted = mention.of_span is not None and any(overlaps(mention.of_span, t) for t, _ in events)
        if here == place and before and not counted and _goes_on(text, mentions, index):
            owners = before
        for owner in owners:
            if not stands_before_proceedings(text, mention.span, triggers[owner]):
                out[owner].append(index)
        before, place = owners, here
    _deal_out(triggers, kinds, out)
    return tuple(tuple(indices) for indices in out)


NEAREST = 12
"""Of the acts of a sentence so many on either side of a number are looked at."""


def _goes_on(text: str, mentions: Sequence[QuantityMention], index: int) -> bool:
    """Whether a number goes on a list of things: "two jeeps, three trucks and 20 huts"."""
    last, this = mentions[index - 1], mentions[index]
    if this.cue is not None or this.kind != last.kind or (this.role in _HARM_ROLES) != (last.role in _HARM_ROLES):
        return False
    end = max(last.span[1], last.of_span[1] if last.of_span and last.of_span[1] <= this.span[0] else 0)
    return _LIST.fullmatch(text[end : this.span[0]][:120].lstrip()) is not None


def _deal_out(triggers: Sequence[Span], kinds: Sequence[str], out: list[list[int]]) -> None:
    """As many numbers as claims on one word, one each: "One was killed on Friday and one on Saturday"."""
    groups: dict[tuple[Span, str], list[int]] = {}
    for event, trigger in enumerate(triggers):
        groups.setdefault((trigger, kinds[event]), []).append(event)
    for events in groups.values():
        shared = list(out[events[0]])
        if 1 < len(events) == len(shared) and all(out[e] == shared for e in events):
            for event, index in zip(events, shared, strict=True):
                out[event] = [index]


def _owners(
    text: str, events: Sequence[tuple[Span, str]], mentions: Sequence[QuantityMention], index: int
) -> tuple[int, ...]:
    """The events a quantity belongs to: the cheapest, those on the same words, those joined to it by "and"."""
    mention = mentions[index]
    if (
        mention.kind == "age"
        or not events
        or _perpetrators(text, mention)
        or _speakers(text, mention)
        or _is_whole(text, mentions, index)
    ):
        return ()
    costs = [_cost(text, trigger, kind, mention) for trigger, kind in events]
    spared = verb_of_others(text, mention.span[0])
    if spared is not None:  # theirs is the release, never the killing told beside it
        theirs = [overlaps(trigger, spared) for trigger, _ in events]
        costs = [cost if own else FARTHEST + 1 for cost, own in zip(costs, theirs, strict=True)]
    whole = mentions[mention.part_of] if mention.part_of is not None else None
    if whole is not None and 0 < mention.span[0] - whole.span[0] < 200:
        costs = [min(c, 2 + _cost(text, *event, whole)) for c, event in zip(costs, events, strict=True)]
    best = min(range(len(events)), key=lambda e: costs[e])
    if costs[best] > FARTHEST:
        return ()
    trigger = events[best][0]
    alike = (e for e, (other, _) in enumerate(events) if other == trigger or _conjoined(text, trigger, other))
    return tuple(sorted({best, *alike}))


def _perpetrators(text: str, mention: QuantityMention) -> bool:
    """Whether those counted did it: "a suicide bomber killed four", but not "two bombers were killed"."""
    head = (mention.of or "").lower().split()[-1:]
    if not head or head[0] not in PERPETRATORS or mention.of_span is None:
        return False
    if mention.cue is None:
        return True
    active = mention.of_span[1] <= mention.cue[0] and not text[mention.of_span[1] : mention.cue[0]].strip()
    return active and text[mention.cue[1] : mention.cue[1] + 4] not in (" in ", " by ", " on ", " as ", ".", "")


def _is_whole(text: str, mentions: Sequence[QuantityMention], index: int) -> bool:
    """Whether the number is what the one before it is a part of ("two of the seven prisoners"), or no count at all."""
    mention = mentions[index]
    if mention.role == "other" and mention.low == mention.high == 1 and text.startswith(" of ", mention.span[1]):
        return True  # "one of its closest positions"
    some = _SOME_OF.search(text, max(0, mention.span[0] - _REACH), mention.span[0])
    if _named_dead(text, mention):
        return False
    if some:
        return True
    before = text[mentions[index - 1].span[1] : mentions[index].span[0]].split() if index else []
    return before[:1] == ["of"] and len(before) == 2 and before[1] in ("the", "its", "their", "his", "her", "our")


def _named_dead(text: str, mention: QuantityMention) -> bool:
    """Whether a word of death says who is counted: "a list of 96 killed villagers", "six of the 19 people killed in".

    Not "a register of 63 who hid", nor "two of the 19 prisoners were killed".
    """
    if mention.role != "killed" or mention.cue is None or mention.cue[0] < mention.span[1]:
        return False
    end = max(mention.of_span[1] if mention.of_span else 0, mention.span[1])
    return mention.cue[0] <= end + 1 or text[end : mention.cue[0]].split() in _WHO


_WHO = (["who", "were"], ["who"], ["who", "had", "been"], ["that", "were"], ["reported"], ["confirmed"])
_REACH = 24
_SOME_OF = re.compile(
    r"\b(?:some|many|most|several|few|part|any|none|each|half|out)\sof\s(?:the|its|their|his|her|our)\s"
    r"(?:about\s|around\s|nearly\s|roughly\s|estimated\s)?\Z"
    r"|\b(?P<roll>register|registry|list|roster|crowd|population|audience|congregation|gathering)\sof\s"
    r"(?:about\s|around\s|nearly\s|roughly\s|some\s)?\Z",
    re.IGNORECASE,
)
"""What stands before a number of all those of whom some were harmed, or who were there: "some of the 5,000"."""
_SAYING = re.compile(r"\s*(?:,\s*)?(?:both\s)?(?:said|says|told|say|reported|announced|claimed|confirmed)\b")


def _speakers(text: str, mention: QuantityMention) -> bool:
    """Whether those counted do not suffer the act but tell of it: "killing a guard, two officers said"."""
    if mention.of_span is None or mention.of_span[0] < mention.span[0]:
        return False
    if mention.cue is not None and not text[mention.cue[1] : mention.span[0]].strip():
        return False  # "killed 10 civilians said the monitor", where a comma was lost
    return _SAYING.match(text, mention.of_span[1], mention.of_span[1] + 40) is not None


def _conjoined(text: str, a: Span, b: Span) -> bool:
    """Reads "killed and injured": two acts with nothing but a conjunction between."""
    first, second = sorted((a, b))
    between = text[first[1] : second[0]].strip(" ,").lower()
    return second[0] - first[1] < 12 and between in ("and", "or", "and/or")


def _cost(text: str, trigger: Span, kind: str, mention: QuantityMention) -> float:
    if mention.cue is not None and overlaps(mention.cue, trigger):
        return 0.0
    counts_it = mention.of_span is not None and overlaps(mention.of_span, trigger)
    if mention.kind in ("duration", "money", "measure") and mention.role != "area":
        return _measure_cost(text, trigger, kind, mention)
    if counts_it:
        return 0.5
    told_of = mention.of_span
    if told_of and told_of[1] <= trigger[0] and text[told_of[1] : trigger[0]].strip() in ("", "to", "that"):
        return 0.8  # what is counted does it: "40 shells hit", "caused several houses to collapse"
    cost = 1.0 + _distance(text, trigger, mention)
    wanted = _KINDS_OF_ROLE.get(mention.role)
    if wanted is not None:
        cost += 0 if kind in wanted else 20
    elif mention.role in ("weapons", "other") and kind in _HARM and mention.of is not None:
        cost += 12
    elif mention.role == "other" and mention.of is not None:
        cost += 6
    elif mention.role == "people" and kind not in _HARM:
        cost += 4
    return cost


_MOVING = frozenset(("movement", "ground_attack", "territory_taken"))
_DISTANCES = frozenset(
    ("kilometers", "kilometres", "kilometer", "kilometre", "km", "miles", "mile", "meters", "metres")
)


def _measure_cost(text: str, trigger: Span, kind: str, mention: QuantityMention) -> float:
    """A measure belongs to the act it stands right before ("an eight-hour truce"), a distance to an advance."""
    if kind in _MOVING and mention.unit in _DISTANCES and trigger[1] <= mention.span[0]:
        return 1.0 + _distance(text, trigger, mention)
    return 1.0 if _adjacent(text, mention, trigger) else 1e9


def _adjacent(text: str, mention: QuantityMention, trigger: Span) -> bool:
    """Reads "an eight-hour truce": the measure stands right before the act."""
    between = text[mention.span[1] : trigger[0]] if mention.span[1] <= trigger[0] else "x x x x"
    return len(_WORD.findall(between)) <= 3 and "-" in between


def _distance(text: str, trigger: Span, mention: QuantityMention) -> float:
    first, last = mention.span
    if mention.of_span is not None and mention.of_span[1] <= first:
        first, last = mention.of_span  # "the number of shells … rose to 40"
    if last <= trigger[0]:
        gap = (last, trigger[0])
    elif trigger[1] <= first:
        gap = (trigger[1], first)
    else:
        return 0.0
    if gap[1] - gap[0] > FARTHEST * 20:
        return FARTHEST + 1
    cost = 0.0
    for word in _WORD.findall(text, *gap):
        small = word.lower()
        cost += 12 if small in _CLAUSE or small == ";" else 2 if small in (",", "and") else 1
    return cost
