"""Reading one number: figures, number words, scales, vague plurals, fractions."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.reading.quantities.bounds import PLURALS
from evenhand.reading.quantities.numerals import SCALES, TENS, UNITS
from evenhand.reading.quantities.tokens import Token

_GLUED = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12, "million": 10**6,
          "billion": 10**9, "trillion": 10**12, "mio": 10**6}  # fmt: skip
_FRACTIONS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
              "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10, "sixth": 6, "eighth": 8}  # fmt: skip
_SCALE_WORDS = {**SCALES, "dozen": 12, "score": 20, "gross": 144}


@dataclass(frozen=True, slots=True)
class Core:
    """A number read from tokens `first` … `last - 1`; `low` ≠ `high` for vague words; `share`: a fraction of a whole."""

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
    if token.kind != "word":
        return None
    return _vague(tokens, at) or _fraction(tokens, at) or _words(tokens, at)


def _why(written: str) -> str:
    if "o" in written:
        return "a letter among the figures"
    return "a comma that may part thousands or decimals"


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if at < len(tokens) and tokens[at].kind == "word" else ""


def _scaled(tokens: Sequence[Token], at: int, value: float) -> tuple[int, float]:
    """Scale words after a number: "4 hundred million"."""
    for _ in range(3):
        word = _word(tokens, at)
        step = at
        if tokens[at].word == "-" if at < len(tokens) else False:
            word, step = _word(tokens, at + 1), at + 1
        if word not in _SCALE_WORDS or word == "score":
            return at, value
        value *= _SCALE_WORDS[word]
        at = step + 1
    return at, value


def _figures(tokens: Sequence[Token], at: int, money: bool) -> Core:
    token = tokens[at]
    value = token.value or 0.0
    after = at + 1
    if after < len(tokens) and tokens[after].start == token.end and tokens[after].kind == "word":
        glued = tokens[after].word
        if glued in _GLUED and (money or glued not in ("m", "b") or tokens[after].capital):
            return Core(at, after + 1, value * _GLUED[glued], value * _GLUED[glued], figures=True)
        return Core(at, after, value, value, figures=True)
    if _word(tokens, after) in ("mn", "bn", "mln", "tn"):
        factor = _GLUED[_word(tokens, after)]
        return Core(at, after + 1, value * factor, value * factor, figures=True)
    last, scaled = _scaled(tokens, after, value)
    if last == after and _word(tokens, after) == "and" and _word(tokens, after + 1) == "a":
        if _word(tokens, after + 2) == "half":
            last, scaled = _scaled(tokens, after + 3, value + 0.5)
    return Core(at, last, scaled, scaled, figures=True)


def _vague(tokens: Sequence[Token], at: int) -> Core | None:
    """"dozens", "tens of thousands", "several hundred", "a few", "a couple of"."""
    word = _word(tokens, at)
    first = at
    if word in ("a", "the") and _word(tokens, at + 1) in ("few", "couple"):
        at += 1
        word = _word(tokens, at)
    elif word == "few":
        return None
    if word not in PLURALS:
        return None
    low, high = PLURALS[word]
    last = at + 1
    if word == "couple" and _word(tokens, last) == "of":
        return Core(first, last + 1 if _word(tokens, last + 1) in _SCALE_WORDS else last, low, high, vague=False)
    if word in ("few", "several"):
        scale = _SCALE_WORDS.get(_word(tokens, last))
        if scale and _word(tokens, last) != "score":
            return Core(first, last + 1, low * scale, high * scale + (scale - 1 if scale > 12 else 0), vague=True)
    elif _word(tokens, last) == "of" and _word(tokens, last + 1) in ("thousands", "millions", "hundreds", "billions"):
        unit = {"hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}[_word(tokens, last + 1)]
        low, high, last = low * unit, (high + 1) * unit - 1, last + 2
        if _word(tokens, last) == "of" and _word(tokens, last + 1) in ("thousands", "millions"):
            factor = 1000 if _word(tokens, last + 1) == "thousands" else 10**6
            low, high, last = low * factor, (high + 1) * factor - 1, last + 2
    return Core(first, last, low, high, vague=low != high)


def _fraction(tokens: Sequence[Token], at: int) -> Core | None:
    """"half", "a third", "two-thirds", "one in five", "half a million" (a number, no share)."""
    word = _word(tokens, at)
    if word == "half" and _word(tokens, at + 1) in ("a", "of"):
        scale = _SCALE_WORDS.get(_word(tokens, at + 2))
        if scale and _word(tokens, at + 1) == "a":
            return Core(at, at + 3, scale / 2, scale / 2)
    if word == "half":
        following = _word(tokens, at + 1)
        if following in ("of", "the", "its", "their", "are", "were", "was") or at + 1 == len(tokens):
            return Core(at, at + 1, 0.5, 0.5, share=True)
        return None
    dash = at + 1 < len(tokens) and tokens[at + 1].word == "-"
    over = 1 if word in ("a", "one") else UNITS.get(word, 0)
    part = _word(tokens, at + 2) if dash else _word(tokens, at + 1)
    last = at + 3 if dash else at + 2
    if over and part in _FRACTIONS and (over > 1) == part.endswith("s") | (part == "half" and False):
        if part == "half" and _word(tokens, last) != "of":
            return None
        if over == 1 and _word(tokens, last) not in ("of", "the"):
            return None
        return Core(at, last, over / _FRACTIONS[part], over / _FRACTIONS[part], share=True)
    joint = (_word(tokens, at + 1), _word(tokens, at + 2))
    under_at = at + 2 if joint[0] == "in" else at + 3 if joint == ("out", "of") else None
    if over and under_at is not None and under_at < len(tokens):
        under = tokens[under_at].value if tokens[under_at].kind == "number" else UNITS.get(_word(tokens, under_at))
        if under and under > over and under <= 1000 and under != int(over):
            return Core(at, under_at + 1, over / under, over / under, share=True)
    return None


def _words(tokens: Sequence[Token], at: int) -> Core | None:
    """"two hundred and fifty thousand", "twenty-one", "a hundred", "a dozen"."""
    first = at
    word = _word(tokens, at)
    if word in ("a", "an") and _word(tokens, at + 1) in _SCALE_WORDS and _word(tokens, at + 1) not in ("score", "gross"):
        at += 1
        word = _word(tokens, at)
    if word not in UNITS and word not in TENS and word not in _SCALE_WORDS:
        return None
    if word in ("score", "gross", "bn", "mln", "tn") or (word in _SCALE_WORDS and first == at):
        return None
    total, current, at = 0.0, 0.0, at
    expect = "any"
    while at < len(tokens):
        word = _word(tokens, at)
        if word == "and" and current >= 100 and expect == "scale" and _small(tokens, at + 1):
            at += 1
            continue
        if tokens[at].word == "-" and expect == "unit" and 0 < UNITS.get(_word(tokens, at + 1), 0) < 10:
            at += 1
            continue
        if word in UNITS and expect in ("any", "unit", "scale") and not (expect == "scale" and current % 100):
            current += UNITS[word]
            expect = "scale-only"
        elif word in TENS and expect in ("any", "scale") and not current % 100:
            current += TENS[word]
            expect = "unit"
        elif word in ("hundred", "dozen") and expect != "none":
            current = max(current, 1) * _SCALE_WORDS[word]
            expect = "scale"
        elif word in _SCALE_WORDS and word not in ("score", "gross"):
            total += max(current, 1) * _SCALE_WORDS[word]
            current, expect = 0.0, "scale"
        else:
            break
        at += 1
    if at == first:
        return None
    if _word(tokens, at) == "and" and _word(tokens, at + 1) == "a" and _word(tokens, at + 2) == "half":
        at, value = _scaled(tokens, at + 3, total + current + 0.5)
        return Core(first, at, value, value)
    return Core(first, at, total + current, total + current)


def _small(tokens: Sequence[Token], at: int) -> bool:
    return _word(tokens, at) in UNITS or _word(tokens, at) in TENS
