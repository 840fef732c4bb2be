"""Words of a text with their places, cut the way the parser was trained: hyphens stay, clitics are cut off.

Works on any text in one pass; a token never holds a blank. The texts meant here have often lost their
apostrophes and commas, so nothing relies on either.
"""

import re

import msgspec

from evenhand.model.evidence import Span
from evenhand.reading.runs import RUN

_NUMBER = r"\d+(?:[.,:/]\d+)*[A-Za-z]*(?:-[A-Za-z]+)*"
_ABBREVIATION = r"(?:[A-Z]\.){2,}(?:-[a-z]+)*|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Prof|St|No)\.(?=\s)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=\s)"
_WORD = r"[^\W\d_]+(?:[-‐‑][^\W_]+|[.&/](?=[A-Za-z]{1,3}\b)[^\W\d_]+|\d+)*"
_TOKEN = re.compile(
    rf"{RUN}|n['’]t\b|['’](?:s|S|re|ve|ll|d|m)\b|{_ABBREVIATION}|{_MONTH}|{_NUMBER}|{_WORD}|\S", re.UNICODE
)


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word and where it stands, in code points of the text it was cut from."""

    text: str
    start: int
    end: int


def tokenize(text: str, span: Span) -> list[Token]:
    """The tokens of `text[start:end]`; positions are those of the whole text."""
    tokens: list[Token] = []
    reached = -1
    for match in _TOKEN.finditer(text, *span):
        word = match.group()
        start, end = match.span()
        if word[-1] == " ":
            for plain in word.split():
                tokens.append(Token(plain, start, start + len(plain)))
                start += len(plain) + 1
            continue
        if word[-1] in "nN" and len(word) > 1 and text[end : end + 1] in _APOSTROPHES and text[end + 1 : end + 2] in _T:
            tokens.append(Token(word[:-1], start, end - 1))  # "didn't" → "did", "n't"
            reached = end + 2
            tokens.append(Token(text[end - 1 : reached], end - 1, reached))
            continue
        if reached > start:  # the "'t" that went with the "n" before it
            start = reached
            if start >= end:
                continue
            word = text[start:end]
        tokens.append(Token(word, start, end))
        reached = end
    return tokens


_APOSTROPHES = ("'", "’")
_T = ("t", "T")
