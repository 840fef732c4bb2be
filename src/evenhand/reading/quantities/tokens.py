"""A text cut into words, figures and signs for the reader of quantities."""

import re
import string
from collections.abc import Sequence

import msgspec

from evenhand.reading.runs import RUN

_TOKEN = re.compile(
    rf"""(?P<run>{RUN})
    """
    r"""| (?P<plain>[^\W\d_]++(?=[ ,](?![\d-])))  # a word as most are: what follows leaves it no other meaning
    | (?P<skip>https?://\S{1,300}|www\.\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.\w{1,20}
        |\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?|\+\d[\d\s()-]{6,20}\d|\d{3}-\d{3,4}-\d{4}|\d{3}-\d{4}\b
        |\d{1,4}(?:[./-]\d{1,4}){2,4}|24/7\b|9/11\b)
    | (?P<money>(?<!\w)(?:US\$|\$US|\$A|A\$|HK\$|C\$|NZ\$|S\$|R\$|USD|EUR|GBP|AUD|CAD|CHF|RUB|TRY|SYP|IQD|UAH
        |RM(?=\d+\.\d\d)|PS(?=\d{1,3}(?:,\d{3}|\.\d|m\b|bn\b)))(?=\s?-?\d)|Y=(?=\d))
    | (?P<name>(?!(?:minus|sub|plus|mid|over|some|about|nearly|almost)-)
        [^\W\d_]{1,30}-?\d[\w-]{0,30}(?:[.,]\d{1,9}\w{0,3}){0,4}
        |\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    | (?P<bad>\d[\dOo,.]{0,20}(?<![,.])[Oo][\dOo,]{0,20}(?![\w])
        |[Oo]\d[\dOo]{0,20}(?!\w)
        |\d{1,12},\d{1,2}(?![\d,])|\d{1,3}(?:,\d{1,2}){2,5}(?![\d,])|\d{1,12}(?:,\d{4,12}){1,5}(?!\d))
    | (?P<ratio>\d{1,3}[/⁄]\d{1,3}(?![\d/]))
    | (?P<number>\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?(?![\d])|\.\d{1,9})
    | (?P<digits>\d+)
    | (?P<word>(?<=\d\s)(?:[A-Z]\.){2,4}|(?:[A-Z]\.){2,4}(?=\s[a-z])
        |[^\W\d_]+(?:['’](?!s\b)[^\W\d_]{1,3})?)
    | (?P<own>['’]s\b)
    | (?P<break>\n[ \t\r]*\n)
    | (?P<sign>[^\w\s])""",
    re.VERBOSE,
)


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, figure or sign: span in code points, kind, the word in small letters, the number if it is one.

    Kinds: `word`, `number`, `bad` (figures that cannot be read for sure), `ratio` ("1/16"), `name` (a letter
    and figure name such as "T-72"; an ordinal), `skip`, `money` (a currency before a number; its word is "$"),
    `sign`, `stop` (sentence end), `own` ("'s").
    """

    start: int
    end: int
    kind: str
    word: str
    value: float | None = None
    capital: bool = False
    """Whether a word begins with a capital."""


_NO_CAPITALS = bytes(set(range(256)) - set(string.ascii_uppercase.encode()))
_NO_LETTERS = bytes(set(range(256)) - set(string.ascii_letters.encode()))


def _is_shouted(text: str) -> bool:
    """Whether more than four letters in five are capitals."""
    if text.isascii():
        letters = text.encode().translate(None, _NO_LETTERS)
        return len(letters.translate(None, _NO_CAPITALS)) > 0.8 * len(letters)
    sample = [c for c in text if c.isalpha()]
    return sum(map(str.isupper, sample)) > 0.8 * len(sample)


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens. Linear in the text; never raises on any string."""
    out: list[Token] = []
    shouted = _is_shouted(text[:4000])  # old wires: capitals say nothing
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        written = match.group()
        start, end = match.span()
        if kind == "run":
            for word in written.split():
                end = start + len(word)
                out.append(Token(start, end, "word", word.lower(), None, word[0].isupper() and not shouted))
                start = end + 1
            continue
        if kind == "plain":
            out.append(Token(start, end, "word", written.lower(), None, written[0].isupper() and not shouted))
            continue
        value = None
        if kind == "number":
            value = float(written.replace(",", ""))
        elif kind == "digits":
            kind = "skip"
        elif kind == "break" or (kind == "sign" and written in ".!?;…"):
            kind = "stop"
        word = "$" if kind == "money" else written.lower()
        out.append(Token(start, end, kind or "sign", word, value, written[0].isupper() and not shouted))
    return out


CURRENCY = frozenset("$€£¥₽₪")


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word or sign of a token in small letters, "" beyond the text."""
    return tokens[at].word if 0 <= at < len(tokens) else ""
