"""Reading one number: figures, number words, scales, vague plurals, fractions."""

from collections.abc import Sequence

import msgspec

from evenhand.model.wordlist import word_set
from evenhand.reading.quantities.bounds import PLURALS
from evenhand.reading.quantities.numerals import SCALES, TENS, UNITS
from evenhand.reading.quantities.tokens import Token
from evenhand.reading.quantities.words import PERSONS

_GLUED = {"k": 10**3, "m": 10**6, "b": 10**9, **{word: n for word, n in SCALES.items() if n >= 10**6}, "mn": 10**6}
_FRACTIONS = {
    **{"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4},
    **{"fifth": 5, "fifths": 5, "sixth": 6, "eighth": 8, "tenth": 10, "tenths": 10},
}
_SCALE_WORDS = {**SCALES, "dozen": 12}


STARTS = frozenset((*UNITS, *TENS, *PLURALS, "a", "an", "the", "half"))
"""Words a number can start with."""


class Core(msgspec.Struct, frozen=True):
    """A number read from tokens `first` … `last - 1`; `low` ≠ `high` for vague words; `share`: of a whole."""

    first: int
    last: int
    low: float
    high: float
    vague: bool = False
    share: bool = False
    figures: bool = False
    reason: str | None = None


def core_at(tokens: Sequence[Token], at: int, *, money: bool = False) -> Core | None:
    """The number that starts at token `at`, or None. `money`: a currency sign stands before ("$40m")."""
    token = tokens[at]
    if token.kind == "bad":
        return Core(at, at + 1, 0, 0, figures=True, reason=_why(token.word))
    if token.kind == "ratio":
        over, under = (int(part) for part in token.word.replace("⁄", "/").split("/"))
        return Core(at, at + 1, over / under, over / under, share=True, figures=True) if under else None
    if token.kind == "number":
        return _figures(tokens, at, money)
    if token.kind != "word" or token.word not in STARTS:
        return None
    return _vague(tokens, at) or _fraction(tokens, at) or _words(tokens, at)


def _why(written: str) -> str:
    if "o" in written:
        return "a letter among the figures"
    return "a comma that may part thousands or decimals"


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) and tokens[at].kind == "word" else ""


def _scaled(tokens: Sequence[Token], at: int, value: float) -> tuple[int, float]:
    """Scale words after a number: "4 hundred million"."""
    for _ in range(3):
        hyphen = at < len(tokens) and tokens[at].word == "-"
        step = at + 1 if hyphen else at
        word = _word(tokens, step)
        if word not in _SCALE_WORDS:
            return at, value
        value *= _SCALE_WORDS[word]
        at = step + 1
    return at, value


def _figures(tokens: Sequence[Token], at: int, money: bool) -> Core:
    token = tokens[at]
    value = token.value or 0.0
    after = at + 1
    glued = _word(tokens, after)
    if after < len(tokens) and tokens[after].start == token.end and tokens[after].kind == "word":
        # "4.3M", "$40m", "8bn"; a small "m" or "b" without a currency is a unit.
        if glued in _GLUED and (money or glued not in ("m", "b") or tokens[after].capital):
            return Core(at, after + 1, value * _GLUED[glued], value * _GLUED[glued], figures=True)
        return Core(at, after, value, value, figures=True)
    last, scaled = _scaled(tokens, after, value)
    if last == after and _and_a_half(tokens, after):
        last, scaled = _scaled(tokens, after + 3, value + 0.5)
    return Core(at, last, scaled, scaled, figures=True)


def _and_a_half(tokens: Sequence[Token], at: int) -> bool:
    return tuple(_word(tokens, at + step) for step in range(3)) == ("and", "a", "half")


_GROUPS = {"hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
_AFTER_SCORES = word_set("of more were have dead killed wounded injured others")


def _vague(tokens: Sequence[Token], at: int) -> Core | None:
    """Reads "dozens", "tens of thousands", "several hundred", "a few", "a couple of"."""
    first = at
    if _word(tokens, at) in ("a", "the") and _word(tokens, at + 1) in ("few", "couple"):
        at += 1
    elif _word(tokens, at) == "few":
        return None
    word, last = _word(tokens, at), at + 1
    if word not in PLURALS or (word == "scores" and _word(tokens, last) not in _AFTER_SCORES):
        return None
    low, high = PLURALS[word]
    scale = _SCALE_WORDS.get(_word(tokens, last))
    if word in ("few", "several") and scale:
        return Core(first, last + 1, low * scale, high * scale + (scale - 1 if scale > 12 else 0), vague=True)
    for _ in range(2):
        if _word(tokens, last) == "of" and _word(tokens, last + 1) in _GROUPS:
            unit = _GROUPS[_word(tokens, last + 1)]
            low, high, last = low * unit, (high + 1) * unit - 1, last + 2
    return Core(first, last, low, high, vague=low != high)


def _fraction(tokens: Sequence[Token], at: int) -> Core | None:
    """Reads "half of", "a third of", "two-thirds", "one in five"; "half a million" is a number and no share."""
    if _word(tokens, at) == "half":
        return _half(tokens, at)
    dash = at + 1 < len(tokens) and tokens[at + 1].word == "-"
    over = 1 if _word(tokens, at) in ("a", "one") else UNITS.get(_word(tokens, at), 0)
    last = at + 3 if dash else at + 2
    part = _word(tokens, last - 1)
    scale = _SCALE_WORDS.get(_word(tokens, last + 2))
    if over and part in _FRACTIONS and scale and (_word(tokens, last), _word(tokens, last + 1)) == ("of", "a"):
        return Core(at, last + 3, over * scale / _FRACTIONS[part], over * scale / _FRACTIONS[part])
    if over and part in _FRACTIONS and (over > 1) == part.endswith("s"):
        named = over > 1 or (_word(tokens, last) == "of" and not (part == "quarter" and _word(tokens, at - 1) == "in"))
        share = over / _FRACTIONS[part]
        return Core(at, last, share, share, share=True) if named else None
    return _one_in(tokens, at, over)


def _half(tokens: Sequence[Token], at: int) -> Core | None:
    scale = _SCALE_WORDS.get(_word(tokens, at + 2))
    if scale and _word(tokens, at + 1) == "a":
        return Core(at, at + 3, scale / 2, scale / 2)
    if _word(tokens, at + 1) in ("of", "the", "its", "their", "are", "were", "was") or at + 1 == len(tokens):
        return Core(at, at + 1, 0.5, 0.5, share=True)
    return None


def _one_in(tokens: Sequence[Token], at: int, over: int) -> Core | None:
    """Reads "one in five children", "one out of three"; not "killed one in two attacks"."""
    out_of = (_word(tokens, at + 1), _word(tokens, at + 2)) == ("out", "of")
    under_at = at + 3 if out_of else at + 2
    if not over or under_at >= len(tokens) or not (out_of or _word(tokens, at + 1) == "in"):
        return None
    under = tokens[under_at].value if tokens[under_at].kind == "number" else UNITS.get(_word(tokens, under_at))
    if not under or not over < under <= 1000:
        return None
    after = tokens[under_at + 1] if under_at + 1 < len(tokens) else None
    if not out_of and not (after is not None and (after.word in PERSONS or after.capital)):
        return None
    return Core(at, under_at + 1, over / under, over / under, share=True)


def _words(tokens: Sequence[Token], at: int) -> Core | None:
    """Reads "two hundred and fifty thousand", "twenty-one", "a hundred", "a dozen"."""
    first = at
    if _word(tokens, at) in ("a", "an") and _word(tokens, at + 1) in _SCALE_WORDS:
        at += 1
    elif _word(tokens, at) not in UNITS and _word(tokens, at) not in TENS:
        return None
    total, current, expect = 0.0, 0.0, "any"
    while at < len(tokens):
        word = _word(tokens, at)
        joined = word == "and" and current >= 100 and expect == "scale" and _small(tokens, at + 1)
        hyphen = tokens[at].word == "-" and expect == "unit" and 0 < UNITS.get(_word(tokens, at + 1), 0) < 10
        if joined or hyphen:
            pass
        elif word in UNITS and (expect in ("any", "unit") or (expect == "scale" and not current % 100)):
            current, expect = current + UNITS[word], "scale-only"
        elif word in TENS and expect in ("any", "scale") and not current % 100:
            current, expect = current + TENS[word], "unit"
        elif word in ("hundred", "dozen"):
            current, expect = max(current, 1) * _SCALE_WORDS[word], "scale"
        elif word in _SCALE_WORDS:
            total, current, expect = total + max(current, 1) * _SCALE_WORDS[word], 0.0, "scale"
        else:
            break
        at += 1
    if _and_a_half(tokens, at):
        at, value = _scaled(tokens, at + 3, total + current + 0.5)
        return Core(first, at, value, value)
    return Core(first, at, total + current, total + current)


def _small(tokens: Sequence[Token], at: int) -> bool:
    return _word(tokens, at) in UNITS or _word(tokens, at) in TENS
