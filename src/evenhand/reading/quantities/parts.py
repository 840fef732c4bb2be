"""Which numbers count some of those that another counts: after "including", "of them", or listed in an aside."""

from collections.abc import Sequence

from evenhand.model.wordlist import word_set
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.singles import Draft
from evenhand.reading.quantities.tokens import Token, word_at

_OF_THE_HARMED = word_set("dead injured wounded victims killed casualties detainees hostages bodies")
_OF_THEM = (("of", "them"), ("of", "whom"), ("of", "which"), ("of", "those"), ("among", "them"), ("among", "whom"))


def part_of(
    tokens: Sequence[Token], drafts: Sequence[Draft], index: int, done: Sequence[QuantityMention]
) -> int | None:
    """The whole of "including three children", "three of them", "five of the injured"."""
    _, first, last = drafts[index]
    opened = (
        word_at(tokens, first - 1) == "including"
        or (word_at(tokens, first - 2), word_at(tokens, first - 1)) in _OF_THEM
    )
    after = (word_at(tokens, last), word_at(tokens, last + 1))
    told = after in _OF_THEM or (after == ("of", "the") and word_at(tokens, last + 2) in _OF_THE_HARMED)
    if opened or told:
        return _whole_before(tokens, drafts, index, done, told=told)
    chained = word_at(tokens, first - 1) in ("and", ",") and index > 0 and drafts[index - 1][2] >= first - 5
    return done[index - 1].part_of if chained else None


def _whole_before(
    tokens: Sequence[Token], drafts: Sequence[Draft], index: int, done: Sequence[QuantityMention], *, told: bool
) -> int | None:
    """The nearest count before that can hold this one; "five of the injured" may reach into the sentence before."""
    mention, first, _ = drafts[index]
    for back in range(index - 1, max(-1, index - 6), -1):
        whole, whole_first, _ = drafts[back]
        if first - whole_first > (60 if told else 30):
            return None
        if not told and any(t.kind == "stop" for t in tokens[whole_first:first]):
            return None
        smaller = whole.high is not None and mention.low is not None and mention.low > whole.high
        if done[back].part_of is None and whole.kind == "count" and not smaller:
            return back
    return None


_DASHES = ("—", "–", "-")
_LONGEST_ASIDE = 40
_ANYBODY = word_set("people persons civilians")
"""Who is counted by no more than this is told apart by what follows a comma: "12 people, five women and a child"."""
_GOES_ON = word_set("were was have had died are")


def aside_end(tokens: Sequence[Token], drafts: Sequence[Draft], index: int) -> int:
    """The token after an aside that tells apart those whom a number counts; 0 where none follows it.

    Reads "22 people — 12 staff and 10 patients — were killed", "19 people (14 civilians and five officers)" and "12
    people, five children and three women, were killed". The first number of the aside stands at its beginning.
    """
    mention, _, last = drafts[index]
    if mention.kind != "count" or mention.role != "other" or index + 1 == len(drafts):
        return 0
    stop = mention.of_span[1] if mention.of_span else 0
    opens = next((i for i in range(last, min(len(tokens), last + 8)) if tokens[i].start >= stop), len(tokens))
    following = drafts[index + 1]
    if following[1] != opens + 1 or following[0].kind != "count":
        return 0
    if mention.low is not None and following[0].low is not None and following[0].low > mention.low:
        return 0
    return _closed(tokens, opens, anybody=(mention.of or "").lower() in _ANYBODY)


def _closed(tokens: Sequence[Token], opens: int, *, anybody: bool) -> int:
    sign = tokens[opens].word
    closing = {"(": (")",), **dict.fromkeys(_DASHES, _DASHES)}.get(sign, (",",) if sign == "," and anybody else ())
    spaced = sign not in _DASHES or tokens[opens].end < tokens[opens + 1].start
    for place in range(opens + 1, min(len(tokens), opens + _LONGEST_ASIDE)) if closing and spaced else ():
        if tokens[place].kind == "stop":
            return 0
        ends = tokens[place].word in closing and tokens[place - 1].end <= tokens[place].start
        if ends and (sign != "," or word_at(tokens, place + 1) in _GOES_ON):
            if sign in _DASHES and place + 1 < len(tokens) and tokens[place].end == tokens[place + 1].start:
                continue  # the hyphen of a word
            return place + 1
    return 0
