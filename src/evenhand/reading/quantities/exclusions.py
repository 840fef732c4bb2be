"""Numbers that count nothing: names, years, ages, results of games, the "one" of "no one"."""

from collections.abc import Sequence

from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.counted import Counted
from evenhand.reading.quantities.numbers import Core
from evenhand.reading.quantities.tokens import Token, word_at

_COUNTED_WITH_WORDS = ("age", "area", "number", "top")
_AGES = word_set("age ages")
_YOUNGER = word_set("under below over above")
_ALL_OF_AN_AGE = word_set("aged all both mostly most many half")
"""After persons these tell how old they are: "children below 8", "women over 60"."""


def is_name(text: str, tokens: Sequence[Token], core: Core) -> bool:
    """Whether it is part of a name or an age: "Resolution 2254", "Group of Seven", "F-16", "father of four"."""
    if core.first == 0:
        return False
    before = tokens[core.first - 1]
    if before.word == "of" and word_at(tokens, core.first - 2) in w.PARENTS | _AGES:
        return True
    if before.word in _YOUNGER and word_at(tokens, core.first - 2) in w.PERSONS | _AGES | _ALL_OF_AN_AGE:
        return True
    in_capitals = before.word == "number" and before.capital and tokens[core.first].capital  # "Hospital Number Nine"
    if before.word in w.NUMBERED and (core.figures or in_capitals or before.word not in _COUNTED_WITH_WORDS):
        return not core.vague
    titled = text[tokens[core.first].start].isupper() and word_at(tokens, core.first - 2) == "group"
    if before.word == "of" and titled:
        return True
    if not core.figures or before.end != tokens[core.first].start or before.word not in ("-", "/", "_", "#", "@", ":"):
        return False
    outer = tokens[core.first - 2] if core.first > 1 else None
    if outer is not None and outer.word in ("minus", "sub", "plus"):
        return False
    touching = outer is not None and outer.end == before.start and outer.kind in ("word", "name")
    return before.word != "-" or touching


def is_no_quantity(
    text: str, tokens: Sequence[Token], core: Core, counted: Counted, operator: str | None, closed: bytearray
) -> bool:
    """Whether the number counts nothing: a time of day, a bare "one", an age, an address, a year, an item."""
    alone = core.last - core.first == 1
    if alone and tokens[core.first].word in ("one", "zero"):
        return operator is None and _bare_one(tokens, core)
    if not core.figures:
        return False
    if alone and tokens[core.first].word.startswith("0") and core.low >= 1:
        return True  # "01", "007": a mark
    if word_at(tokens, core.last) in w.NOT_COUNTED or _last_word(counted) in w.STREETS:
        return True
    if alone and word_at(tokens, core.first - 1) == "[" and word_at(tokens, core.last) == "]":
        return True  # the mark of a note
    if core.last < len(closed) and closed[core.last] and counted.text is None and tokens[core.last].kind != "word":
        return True  # "1838 11.10.2017": the hour before a date, and no "rose to 30 today"
    if operator is not None:
        return False
    return (
        _is_age(tokens, core)
        or _is_year(tokens, core, counted)
        or _is_title(tokens, core, counted)
        or (alone and counted.text is None and _is_item(tokens, core))
    )


def _last_word(counted: Counted) -> str:
    return counted.text.split()[-1].lower() if counted.text else ""


def _is_year(tokens: Sequence[Token], core: Core, counted: Counted) -> bool:
    """Four bare figures from 1900 to 2100 that count no people and no weapons."""
    plain = len(tokens[core.first].word) == 4 and 1900 <= core.low <= 2100 and core.low == int(core.low)
    return plain and counted.kind == "count" and _last_word(counted) not in w.PERSONS | w.WEAPONS


def _is_title(tokens: Sequence[Token], core: Core, counted: Counted) -> bool:
    """A number after a capital and before a capital or nothing: "Tower 42", "Galaxy 10 Plus"."""
    before = tokens[core.first - 1] if core.first else None
    if before is None or before.kind != "word" or not before.capital or before.word in w.CUES:
        return False
    if counted.kind != "count" or _opens(tokens, core.first - 1) or word_at(tokens, core.last) in w.CUES:
        return False
    return counted.text is None or counted.text[0].isupper()


def _is_item(tokens: Sequence[Token], core: Core) -> bool:
    """The "1." that opens a line of a list."""
    return _opens(tokens, core.first) and word_at(tokens, core.last) == "." and core.low < 100


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].kind == "stop"


def _is_age(tokens: Sequence[Token], core: Core) -> bool:
    """Reads "A. Writer, 25, said"."""
    named = core.first > 1 and tokens[core.first - 2].capital
    between_commas = word_at(tokens, core.first - 1) == "," and word_at(tokens, core.last) in (",", ".", ")")
    return named and between_commas and 0 < core.low < 120 and core.last - core.first == 1


def is_score(tokens: Sequence[Token], core: Core) -> bool:
    """Either number of "2-0" or "89-89", the result of a game."""
    for left, sign, right in ((core.first, core.last, core.last + 1), (core.first - 2, core.first - 1, core.first)):
        if left < 0 or right >= len(tokens) or tokens[sign].word not in ("-", "–") or not core.figures:
            continue
        a, b = tokens[left], tokens[right]
        touching = a.end == tokens[sign].start and b.start == tokens[sign].end
        if touching and a.kind == b.kind == "number" and (b.value or 0) <= (a.value or 0) < 200:
            return True
    return False


_NOT_ONE_BEFORE = word_set(
    "no this that the which any every each some a another same 's my first second third fourth last next other only"
)
_NOT_ONE_AFTER = word_set(
    "another day time should can could may might would must thing 's ’s side hopes such way has is if they that"
)


_KIN = word_set("family household clan")
"""In "ten members of one family" the family says who the ten are; it is not counted."""


def _bare_one(tokens: Sequence[Token], core: Core) -> bool:
    """Whether "one" is no number: "no one", "one another", "the one", "one day", "of one family"."""
    before, after = word_at(tokens, core.first - 1), word_at(tokens, core.last)
    if before == "of" and after in _KIN:
        return True
    if after in w.PERSONS and before not in ("no", "the", "some"):
        return False
    titled = core.first > 0 and tokens[core.first].capital and tokens[core.first - 1].capital
    ends = core.last < len(tokens) and tokens[core.last].kind != "word" and before not in w.CUES
    return titled or ends or before in _NOT_ONE_BEFORE or after in _NOT_ONE_AFTER
