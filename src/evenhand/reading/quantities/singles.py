"""Numbers without a figure: "a woman was killed", "no casualties", "at least once"."""

from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.bounds import bounds_of
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.operators import operator_before
from evenhand.reading.quantities.tokens import Token, word_at

Draft = tuple[QuantityMention, int, int]
"""A mention, its first token and the one after its last."""

_HARMED_AFTER = word_set(
    "was is has had killed injured wounded died dead were and detained arrested abducted kidnapped shot who in from"
)
_HARM_ONLY_WITH_MORE = word_set("toll lives claimed held lost")


_THEIRS = ("his", "her", "their")
_ANOTHER = (*_THEIRS, "a", "an", "two")
SINGLES = frozenset(("no", "a", "an", "once", "twice", *_THEIRS))
"""Words that a number without a figure begins with."""


def single_at(text: str, tokens: Sequence[Token], at: int, reached: int) -> Draft | None:
    """The number without a figure that starts at token `at`: none, one person, once."""
    word = tokens[at].word
    if word == "no":
        return _none(text, tokens, at)
    if word in ("a", "an") or (word in _THEIRS and word_at(tokens, at - 1) in ("and", ",")):
        return _one_person(text, tokens, at)
    if word in ("once", "twice"):
        return _occasions(tokens, at, reached)
    return None


def _draft(tokens: Sequence[Token], first: int, last: int, value: int, of: str, of_span: Span) -> Draft:
    span = (tokens[first].start, tokens[last - 1].end)
    mention = QuantityMention(span, "=", value, value, value, "other", "count", value, of, of_span)
    return mention, first, last


def _none(text: str, tokens: Sequence[Token], at: int) -> Draft | None:
    """Reads "no casualties", "no civilian deaths"; the span is "no"."""
    if word_at(tokens, at + 1) in ("longer", "one", "more"):
        return None
    noun = next((k for k in (at + 1, at + 2) if word_at(tokens, k) in w.HARM_NOUNS), None)
    if noun is None or tokens[at + 1].kind != "word":
        return None
    span = (tokens[noun].start, tokens[noun].end)
    return _draft(tokens, at, at + 1, 0, text[slice(*span)], span)


def _one_person(text: str, tokens: Sequence[Token], at: int) -> Draft | None:
    """Reads "a woman was killed", "killing a young child"; the span takes the noun in."""
    start = at + 1
    if [word_at(tokens, start + k) for k in range(1, 5)] == ["-", "year", "-", "old"]:
        start += 5  # "a 16-year-old boy"
    for noun in range(start, min(start + 3, len(tokens))):
        if tokens[noun].kind != "word":
            break
        if word_at(tokens, noun) == "family" and word_at(tokens, noun + 1) == "of":  # "a family of six" are six
            return None
        if (tokens[noun].word in w.SINGLE or _is_of_a_land(tokens, noun)) and _harmed(tokens, at, noun):
            span = (tokens[noun].start, tokens[noun].end)
            return _draft(tokens, at, noun + 1, 1, text[slice(*span)], span)
        if tokens[noun].word in w.STOPS:
            break
    return None


_LANDS = ("an", "i", "ese")


def _is_of_a_land(tokens: Sequence[Token], noun: int) -> bool:
    """Whether one is called by where he is from, told by the form alone: "killed an Israeli", not "a Syrian rocket"."""
    token, after = tokens[noun], tokens[noun + 1] if noun + 1 < len(tokens) else None
    if not token.capital or len(token.word) <= 4 or not token.word.endswith(_LANDS):
        return False
    return after is None or after.kind not in ("word", "name", "own") or after.word in w.STOPS or after.word in w.CUES


def _harmed(tokens: Sequence[Token], first: int, noun: int) -> bool:
    """Whether harm is said of the one person: "killing a child", "including a child", "a woman was killed"."""
    before = word_at(tokens, first - 1)
    if before in w.CUES or before in ("including", "among"):
        return True
    if before == "them" and word_at(tokens, first - 2) == "among":
        return True
    if before in ("and", ",") and word_at(tokens, first - 2) in w.SINGLE | w.PERSONS:
        return True
    goes_on = word_at(tokens, noun + 1) in (",", "and") and word_at(tokens, noun + 2) in _ANOTHER
    after = [token.word for token in tokens[noun + 1 : noun + (14 if goes_on else 7)]]
    for position, word in enumerate(after):
        if word in w.CUES and word not in _HARM_ONLY_WITH_MORE:
            return position == 0 or after[0] in _HARMED_AFTER or goes_on
        if word in (".", ";", "said", "told", "who"):
            return False
    return False


def _occasions(tokens: Sequence[Token], at: int, reached: int) -> Draft | None:
    """Reads "at least once", "more than twice"; a bare "once" is no number."""
    value = 1 if tokens[at].word == "once" else 2
    first, operator = operator_before(tokens, at, reached)
    if operator not in ("at least", "more", "up to"):
        return None
    bounds = bounds_of(value, operator)
    span = (tokens[first].start, tokens[at].end)
    mention = QuantityMention(
        span, bounds.op, bounds.low, bounds.best, bounds.high, "other", "count", value, "occasions"
    )
    return mention, first, at + 1
