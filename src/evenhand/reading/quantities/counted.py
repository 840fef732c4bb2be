"""What a number counts: the unit or the noun phrase after it."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from evenhand.model.evidence import Span
from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.mention import QuantityKind
from evenhand.reading.quantities.tokens import Token, word_at

_CURRENCY_SIGNS = frozenset("€£$¥₽₪")
LONGEST = 6
"""A counted noun phrase is looked for in so many words."""


HARMED = word_set("dead injured wounded displaced missing detained killed")
"""Nouns after "the": "half of the dead", "five of the injured"."""


_THINGS = w.PERSONS | w.WEAPONS
_NO_PEOPLE = w.STOPS | w.MONEY_WORDS
_HYPHENED = w.PERSONS | {"member", "person"}


class Counted(msgspec.Struct, frozen=True):
    """Kind of quantity, the words counted with their span (code points), the unit, the token after them."""

    kind: QuantityKind
    text: str | None
    span: Span | None
    unit: str | None
    last: int


def counted_after(text: str, tokens: Sequence[Token], at: int, *, money: bool = False) -> Counted:
    """What stands after a number that ends before token `at`."""
    step = (
        at + 1
        if word_at(tokens, at) in ("-", "–") and at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
        else at
    )
    if word_at(tokens, step) == "and" and word_at(tokens, step + 1) == "-":
        step += 2
    if step > at and word_at(tokens, step) in _HYPHENED:
        step = at
    unit = _unit(text, tokens, step)
    if unit is not None:
        return unit
    if money:
        return Counted("money", None, None, "$", at)
    return _noun_phrase(text, tokens, step)


def _unit(text: str, tokens: Sequence[Token], at: int) -> Counted | None:
    word = word_at(tokens, at)
    if word == "%" or word in w.PERCENT_WORDS or (word == "per" and word_at(tokens, at + 1) == "cent"):
        last = at + (2 if word == "per" else 1)
        while word_at(tokens, last) in w.PERCENT_WORDS:
            last += 1
        return replace(whole_after(text, tokens, last), unit="percent")
    if word in ("square", "sq") and at + 1 < len(tokens):
        span = (tokens[at].start, tokens[at + 1].end)
        return Counted("measure", text[slice(*span)], span, "area", at + 2)
    if word in w.AREA_UNITS:
        return Counted(
            "measure", text[tokens[at].start : tokens[at].end], (tokens[at].start, tokens[at].end), "area", at + 1
        )
    if word in w.DURATIONS:
        following = word_at(tokens, at + 1) if word_at(tokens, at + 1) != "-" else word_at(tokens, at + 2)
        kind: QuantityKind = "age" if following == "old" else "duration"
        span = (tokens[at].start, tokens[at].end)
        return Counted(kind, text[slice(*span)], span, word, at + 1)
    if (word in w.MONEY_WORDS and not _describes(tokens, at)) or word in _CURRENCY_SIGNS:
        span = (tokens[at].start, tokens[at].end)
        return Counted("money", text[slice(*span)], span, word, at + 1)
    if word in w.LENGTHS and not (
        word in ("points", "point", "barrels", "barrel") and word_at(tokens, at + 1) == "bombs"
    ):
        if len(word) == 1 and at and tokens[at].start != tokens[at - 1].end:
            return None
        span = (tokens[at].start, tokens[at].end)
        return Counted("measure", text[slice(*span)], span, word, at + 1)
    return None


def _describes(tokens: Sequence[Token], at: int) -> bool:
    """Whether "US" says whose people are counted ("13 US troops") and not in which money."""
    if tokens[at].word != "us" or at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return False
    return tokens[at + 1].word not in _NO_PEOPLE


def whole_after(text: str, tokens: Sequence[Token], at: int) -> Counted:
    """The denominator of a percentage: "of the territory in the east"."""
    if word_at(tokens, at) != "of":
        return Counted("percent", None, None, None, at)
    first, last = at + 1, at + 1
    while last < len(tokens) and last - first < LONGEST and tokens[last].kind in ("word", "own", "name"):
        if tokens[last].word in HARMED and tokens[last - 1].word == "the":
            last += 1
            break
        if tokens[last].word in w.STOPS and tokens[last].word not in ("in", "of"):
            break
        last += 1
    while last > first and tokens[last - 1].word in ("in", "of", "the", "a", "its", "their", "on"):
        last -= 1
    if last == first:
        return Counted("percent", None, None, None, at)
    span = (tokens[first].start, tokens[last - 1].end)
    return Counted("percent", text[slice(*span)], span, None, last)


_SKIPPED = word_set(
    "of the number them whom which their its his our these those more other additional further fellow such"
)


def _noun_phrase(text: str, tokens: Sequence[Token], at: int) -> Counted:
    first = at
    while first < len(tokens) and first - at < 4 and (tokens[first].word in _SKIPPED or _is_adverb(tokens, first)):
        first += 1
    last, head, longest = first, None, LONGEST
    while last < len(tokens) and last - first < longest:
        if last > first and _is_an_abbreviation(tokens, last):  # "103 Uplands Navy (UN) personnel"
            last, longest = last + 3, longest + 3
            continue
        token = tokens[last]
        joined = token.word == "-" and last > first and last + 1 < len(tokens) and tokens[last + 1].start == token.end
        if token.kind not in ("word", "name") and not joined:
            break
        if token.word in HARMED and last and tokens[last - 1].word == "the":
            last += 1
            head = last
            break
        if token.word in w.STOPS and not (token.word in w.CUES and word_at(tokens, last + 1) in w.PERSONS):
            break
        last += 1
        known = token.word in w.PERSONS or (token.word.endswith("s") and token.word in w.WEAPONS)
        if known and not _goes_on(token.word, word_at(tokens, last)):
            head = last
            break
    last = head or _shared_head(tokens, first, last) or last
    while last > first and tokens[last - 1].word == "-":
        last -= 1
    if last == first:
        return _number_of(text, tokens, at)
    last = _at_plural(tokens, first, last, head or (last if tokens[last - 1].word in w.PERSONS else None))
    span = (tokens[first].start, tokens[last - 1].end)
    return Counted("count", text[slice(*span)], span, None, last)


def _is_an_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name's short form in brackets stands here, with more of what is counted behind it."""
    if (word_at(tokens, at), word_at(tokens, at + 2)) != ("(", ")") or at + 3 >= len(tokens):
        return False
    return tokens[at + 1].capital and tokens[at + 3].kind == "word" and tokens[at + 3].word not in w.STOPS


def _shared_head(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The end of a phrase whose two parts share their noun: "70 regime and rebel fighters"; None where it does not."""
    if last == first or last - first > 2 or word_at(tokens, last) not in ("and", "or"):
        return None
    end = None
    for at in range(last + 1, min(len(tokens), last + 4)):
        if tokens[at].kind != "word" or tokens[at].word in w.STOPS:
            break
        if tokens[at].word in w.PERSONS and at > last + 1:
            end = at + 1
    return end


_NUMBER_OF = 44
"""Tokens back to "the number of": "the number of people killed in the strike on … in …, … Province, has risen to"."""


def _number_of(text: str, tokens: Sequence[Token], at: int) -> Counted:
    """Reads "the number of munitions … now totals 6,602": what is counted stands before."""
    for place in range(at - 2, max(0, at - _NUMBER_OF), -1):
        if tokens[place].kind == "stop":
            break
        if tokens[place].word == "of" and tokens[place - 1].word == "number":
            last = place + 1
            while last < at and last - place < LONGEST and tokens[last].kind in ("word", "name"):
                if tokens[last].word in w.STOPS or tokens[last - 1].word in _THINGS:
                    break
                last += 1
            if last > place + 1:
                span = (tokens[place + 1].start, tokens[last - 1].end)
                return Counted("count", text[slice(*span)], span, None, at)
    return Counted("count", None, None, None, at)


def family_of(text: str, tokens: Sequence[Token], first: int) -> Counted | None:
    """What "a family of six" counts: its members."""
    if first < 2 or word_at(tokens, first - 1) != "of" or word_at(tokens, first - 2) not in ("family", "crew"):
        return None
    span = (tokens[first - 2].start, tokens[first - 2].end)
    return Counted("count", text[slice(*span)], span, None, first)


def _is_adverb(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].word.endswith("ly") and word_at(tokens, at + 1) in w.CUES


def _goes_on(noun: str, following: str) -> bool:
    """Whether the noun only describes the next: "two soldier friends", "three bomber attacks"."""
    if noun in HARMED and following in w.PERSONS:
        return True  # "displaced people", "wounded soldiers"
    described = following.endswith("s") and following not in w.STOPS
    return described and (following in _THINGS or not noun.endswith("s"))


def _at_plural(tokens: Sequence[Token], first: int, last: int, head: int | None) -> int:
    """The phrase ends with its first plural noun where no known noun heads it."""
    if head is not None:
        return last
    for at in range(first, last):
        word = tokens[at].word
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "ous")):
            return at + 1
    return last
