"""Two numbers that are one: "10 to 15", "between $1 and $2 million", "three or four"."""

from collections.abc import Sequence

from msgspec.structs import replace

from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.numbers import Core, core_at
from evenhand.reading.quantities.tokens import CURRENCY, Token, word_at

_UNITS = w.LENGTHS | w.DURATIONS | w.MONEY_WORDS
_DASHES = ("-", "–", "—")
_JOINING = (*_DASHES, "to", "and", "or")


def with_range(tokens: Sequence[Token], core: Core, closed: bytearray, *, money: bool) -> tuple[Core, int, bool]:
    """The number with a second one after "to", "-", "or" or (after "between") "and".

    Returns the number, the token after it, and whether a second was found.
    """
    alone = core, core.last, False
    if core.last >= len(tokens) or core.reason or core.vague:
        return alone
    at = _past_unit(tokens, core.last)
    opening = _opening_word(tokens, core.first)
    if not _joins(tokens, core, at, opening, money):
        return alone
    second = _second(tokens, at, closed, money)
    if second is None or (at > core.last and word_at(tokens, second.last) != word_at(tokens, core.last)):
        return alone
    low, high = _scaled_alike(core, second), second.high
    falling = opening == "from" and word_at(tokens, at) == "to" and low > high
    if not (low < high or falling) or (word_at(tokens, at) == "or" and high > low + max(3.0, low)):
        return alone
    if opening == "from" and _rising_toll(tokens, core.first):
        return alone
    return Core(core.first, core.last, low, high, figures=core.figures), second.last, True


def _joins(tokens: Sequence[Token], core: Core, at: int, opening: str, money: bool) -> bool:
    """Whether the word at `at` makes a range; "rose by 3 to 5" tells a step and a sum."""
    joint = word_at(tokens, at)
    if joint == "and":
        return opening == "between"
    bare = at == core.last == core.first + 1 and not money
    return joint in _DASHES or joint == "or" or (joint == "to" and (opening != "by" or bare))


def _second(tokens: Sequence[Token], at: int, closed: bytearray, money: bool) -> Core | None:
    after = at + 1
    while after < at + 4 and (word_at(tokens, after) in CURRENCY or word_at(tokens, after) == "to"):
        after += 1
    if after >= len(tokens) or closed[after]:
        return None
    second = core_at(tokens, after, money=money)
    return None if second is None or second.reason or second.share or second.vague else second


def _past_unit(tokens: Sequence[Token], at: int) -> int:
    """The token after a unit of the first number: "5% to 6%", "15 days to 20 days"."""
    if word_at(tokens, at) == "per" and word_at(tokens, at + 1) == "cent":
        return at + 2
    if word_at(tokens, at) in ("%", "percent") or word_at(tokens, at) in _UNITS:
        return at + 1 if word_at(tokens, at + 1) in _JOINING else at
    return at


def _opening_word(tokens: Sequence[Token], first: int) -> str:
    at = first - 1
    while at >= max(0, first - 4) and tokens[at].word in CURRENCY:
        at -= 1
    return word_at(tokens, at)


def _scaled_alike(core: Core, second: Core) -> float:
    """The low number under the scale printed once for both: "1 to 2 thousand", "$1.25 to $1.5 million"."""
    single = core.last - core.first == 1
    if not single or second.last - second.first < 2:
        return core.low
    scale = next((s for s in (10**12, 10**9, 10**6, 1000, 100) if second.high >= s), 1)
    return core.low * scale if core.low * scale < second.high else core.low


def _rising_toll(tokens: Sequence[Token], first: int) -> bool:
    """Whether two figures of a running total stand here: "the toll rose from 20 to 35" is no range."""
    moved = word_at(tokens, first - 1) == "from" and word_at(tokens, first - 2) in w.MOVES | _PASSED
    return moved or any(t.word in w.TOLL_WORDS or t.word in w.CUES for t in tokens[max(0, first - 8) : first])


_PASSED = word_set("passed passes went goes gone moved revised raised corrected")


def signed(tokens: Sequence[Token], core: Core) -> Core:
    """The number with its minus: "minus 5", "minus-130", "$-50.8bn"."""
    at = core.first - 1
    if core.vague or core.reason or core.low != core.high:
        return core
    if word_at(tokens, at) == "-" and word_at(tokens, at - 1) in ("minus", "$"):
        at -= 1 if word_at(tokens, at - 1) == "minus" else 0
    elif word_at(tokens, at) != "minus":
        return core
    return replace(core, first=at, low=-core.low, high=-core.high)
