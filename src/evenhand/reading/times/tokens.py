"""Words of a text as a string of one-letter classes, so that the rules are small regular expressions.

`scan` cuts the text into words, figures and signs, finds the printed dates among them, and gives each piece
one class letter (the table below). Rules then match over the letters: the text is read once, and a match of
n letters is n pieces.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

import msgspec

from evenhand.model.dates import MONTHS, WEEKDAYS, DateLiteral, all_literals
from evenhand.model.evidence import Span
from evenhand.reading.quantities.numerals import ORDINALS, SCALES, TENS, UNITS, word_value
from evenhand.reading.runs import run

# Class letters. Capitals are time words, small letters are the words around them.
#   F full date      K month and year   H month and day   X date that cannot be   M month   μ "Sept"   Y year
#   W weekday        w weekdays         D 1–31 in figures O ordinal   N other number  C clock time
#   U unit           V units            P part of a day   S season    f "fall"   Z decade   B BC   G AM/PM
#   T today …        R now, recently …  E every, each, per              Q daily, weekly …  J festival
#   d the  a a/an/one   l last, past  n next, following  t this, these  q that, those  s same  o of
#   e early, late …  x start, end …  i in, on, at …   + since  < until  k between  m from  & and/or  - dash, to, through
#   g ago  b before, earlier  r later, after  v few, several  c about, over (before a number)
#   p "period, time"  y old  ' 's   , comma   . stop   ( )  _ other sign   space: any other word
#   h half, quarter  j half-way words ("day", as in "day five") are U; z "eve"


def _table() -> dict[str, str]:
    table: dict[str, str] = {}

    def put(letter: str, words: str) -> None:
        for word in words.split():
            table.setdefault(word, letter)

    put("U", "day week month year decade century hour minute weekend fortnight season")
    put("V", "days weeks months years decades centuries hours minutes seconds weekends fortnights")
    put("P", "morning afternoon evening night nights dawn dusk noon midday midnight nightfall daybreak sunrise "
             "sunset nighttime daytime lunchtime mornings evenings afternoons")  # fmt: skip
    put("S", "spring summer autumn winter springtime summertime wintertime")
    put("f", "fall")
    put("T", "today yesterday tomorrow tonight overnight")
    put("R", "now currently nowadays presently recently recent lately former formerly future")
    put("E", "every each per")
    put("Q", "daily weekly monthly yearly annually nightly hourly annual fortnightly everyday")
    put("J", "christmas easter ramadan eid")
    put("d", "the")
    put("a", "a an")
    put("l", "last past previous preceding")
    put("n", "next coming following subsequent upcoming ensuing")
    put("t", "this these current")
    put("q", "that those")
    put("s", "same very")
    put("o", "of")
    put("e", "early late mid middle latter earlier later")
    put("x", "beginning start end close opening final onset rest")
    put("i", "in on at by during around about within throughout for over through circa")
    put("+", "since")
    put("<", "until till untill")
    put("k", "between")
    put("m", "from")
    put("&", "and or")
    put("-", "to")
    put("g", "ago back")
    put("b", "before previously prior")
    put("r", "after afterwards afterward")
    put("v", "few several many couple some numerous")
    put("c", "nearly almost approximately roughly least than more less only just under another additional")
    put("p", "time period point moment times")
    put("y", "old")
    put("h", "half quarter part")
    put("z", "eve")
    put("G", "am pm gmt est utc")
    put("N", " ".join([*TENS, *SCALES, "dozen"]))
    put("N", " ".join(w for w in UNITS if w != "one"))
    put("a", "one")
    put("O", " ".join(ORDINALS))
    for word in ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"):
        table[word] = "Z"
    return table


_WORDS = _table()
_SIGNS = {"-": "-", "–": "-", "—": "-", ",": ",", ".": ".", "(": "(", ")": ")", "&": "&", ";": ";",
          "!": ".", "?": ".", "…": "."}  # fmt: skip
_RUN = run(but=r"BCE?\b")
_PIECE = re.compile(
    rf"""(?P<run>{_RUN})
    """
    r"""| (?P<bc>(?<!\w)B\.C\.?(?:E\.)?|(?<!\w)BCE?\b)
    | (?P<word>[^\W\d_]+(?:-(?:one|two|three|four|five|six|seven|eight|nine|first|second|third)\b)?)
    | (?P<own>['’]s\b)
    | (?P<short>['’‘]\d\d\b(?!['’]))
    | (?P<decade>\d{1,3}0['’]?s\b)
    | (?P<ord>\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    | (?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|hrs\b)
        |\d{1,4}\s?(?:[ap]\.m\.|[ap]m\b|A\.?M\b\.?|P\.?M\b\.?|hrs\b|o['’]clock\b)
        |(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b|[0-2]\d[0-5]\d\s(?=GMT\b|hours\b|UTC\b)(?:GMT|hours|UTC))
    | (?P<number>\d{1,12}(?:,\d{3}(?!\d)){0,6}(?:\.\d{1,9})?)
    | (?P<digits>\d+)
    | (?P<para>\n[ \t\r]*\n)
    | (?P<sign>[^\w\s])""",
    re.VERBOSE,
)
_WEEKDAY_SHORT = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One word, figure, sign or printed date: span in code points, class letter, its value if it has one."""

    start: int
    end: int
    letter: str
    value: int | float | None = None
    word: str = ""
    literal: DateLiteral | None = None


_Run = tuple[int, int, list[str]]
"""The index of its first word, where that starts, its words."""


class Pieces(Sequence[Piece]):
    """The pieces of a text; a word is made one when it is asked for, as few are: rules read the letters.

    `found` holds a piece, a word's match, or a word of one of the `runs`.
    """

    __slots__ = ("_found", "_runs")

    def __init__(self, found: list[Piece | re.Match[str] | str], runs: list[_Run]) -> None:
        self._found, self._runs = found, runs

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Piece: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Piece, ...]: ...
    def __getitem__(self, at: int | slice) -> Piece | tuple[Piece, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self._found))))
        found = self._found[at]
        if not isinstance(found, Piece):
            written = found if isinstance(found, str) else found.group()
            start = self._start_in_run(at) if isinstance(found, str) else found.start()
            found = self._found[at] = Piece(start, start + len(written), *_class_of(written), written.lower())
        return found

    def _start_in_run(self, at: int) -> int:
        first, start, words = self._runs[bisect_right(self._runs, at, key=lambda run: run[0]) - 1]
        return start + sum(map(len, words[: at - first])) + at - first


@dataclass(frozen=True, slots=True)
class Scan:
    """A text cut into pieces; `letters[i]` is the class of `pieces[i]`."""

    text: str
    pieces: Pieces
    letters: str

    def span(self, first: int, last: int) -> Span:
        """Code-point span of the pieces `first` … `last - 1`."""
        return self.pieces[first].start, self.pieces[last - 1].end


def _literal_piece(literal: DateLiteral) -> Piece:
    if literal.reason:
        letter = "X"
    elif literal.day is None:
        letter = "K"
    else:
        letter = "H" if literal.year is None else "F"
    return Piece(literal.span[0], literal.span[1], letter, None, "", literal)


@lru_cache(maxsize=20_000)
def _class_of(written: str) -> tuple[str, int | None]:
    """Class letter and value of a word."""
    word = written.lower()
    letter: str
    value: int | None = None
    if word in MONTHS and len(word) > 2:
        letter = " "
        full = len(word) > 4 or word in ("may", "june", "july")
        if full and (written[0].isupper() or word not in ("may", "march")):
            letter = "M"
        elif not full and written[0].isupper():
            letter = "μ"  # an abbreviation: a month only after "in", "since" and the like
        if letter != " ":
            value = MONTHS[word]
    elif word in WEEKDAYS and written[0].isupper():
        letter, value = ("ω" if word in _WEEKDAY_SHORT else "W"), WEEKDAYS[word]
    elif word.endswith("s") and word[:-1] in WEEKDAYS and len(word) > 6 and written[0].isupper():
        letter, value = "w", WEEKDAYS[word[:-1]]
    else:
        letter = _WORDS.get(word, " ")
        if letter == " " and "-" in word:
            first = word_value(word)
            letter = "N" if first is not None else "O" if word in ORDINALS else " "
        if letter in "NaO":
            value = ORDINALS.get(word) if letter == "O" else 1 if letter == "a" else _worth(word)
    return letter, value


def _worth(word: str) -> int | None:
    return 12 if word == "dozen" else SCALES.get(word, word_value(word))


def _number_piece(match: re.Match[str]) -> Piece:
    start, end = match.span()
    written = match.group()
    if "," in written or "." in written:
        return Piece(start, end, "N", float(written.replace(",", "")), written)
    value = int(written)
    if len(written) == 4 and 1000 <= value <= 2199:
        return Piece(start, end, "Y", value, written)
    if value and len(written) <= 2 and value <= 31:
        return Piece(start, end, "D", value, written)
    return Piece(start, end, "N", value, written)


def _piece(match: re.Match[str]) -> Piece:
    kind = match.lastgroup
    start, end = match.span()
    written = match.group()
    if kind == "number":
        return _number_piece(match)
    if kind == "ord":
        value = int(re.match(r"\d+", written).group())  # type: ignore[union-attr]
        return Piece(start, end, "O", value, written.lower())
    if kind == "decade":
        figures = int("".join(c for c in written if c.isdigit()))
        return Piece(start, end, "Z" if len(written) > 2 else "N", figures, written)
    if kind == "short":
        return Piece(start, end, "ý", int(written[1:]), written)
    letters = {"own": "'", "clock": "C", "bc": "B", "digits": "#", "para": "."}
    letter = letters.get(kind or "", "") or _SIGNS.get(written, "_")
    return Piece(start, end, letter, None, written)


def scan(text: str) -> Scan:
    """Cut a text into classed pieces. Linear in the text; never raises on any string."""
    found: list[Piece | re.Match[str] | str] = []
    letters: list[str] = []
    runs: list[_Run] = []
    at = 0
    for literal in (*all_literals(text), None):
        for match in _PIECE.finditer(text, at, literal.span[0] if literal is not None else len(text)):
            if match.lastgroup == "run":
                words = match.group().split()
                runs.append((len(found), match.start(), words))
                found += words
                letters += [_class_of(word)[0] for word in words]
            elif match.lastgroup == "word":
                found.append(match)
                letters.append(_class_of(match.group())[0])
            else:
                found.append(piece := _piece(match))
                letters.append(piece.letter)
        if literal is not None:
            found.append(piece := _literal_piece(literal))
            letters.append(piece.letter)
            at = literal.span[1]
    return Scan(text, Pieces(found, runs), "".join(letters))
