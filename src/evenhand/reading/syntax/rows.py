"""The network's numbers of the words of sentences, as the network is to see them.

A sentence all in capitals is read as if it were in small letters, and so are the known words of a headline In Which
Every Word Has One; states, nationalities and acronyms are each seen as one word, so that the tree does not depend on
whose forces a sentence is about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from evenhand.reading.syntax.network import FIRST, Ints, numbers_of
from evenhand.reading.syntax.tokens import Token

_KEPT = 20_000
_FEW, _MOSTLY, _HEADLINE = 3, 0.7, 0.75
_ACRONYM = 3, 6
_ANY_ACRONYM = "*"


class Rows:
    """Numbers by word; those of a newspaper's few thousand words are kept."""

    def __init__(self, index: Mapping[str, int]) -> None:
        self._index = index
        self._known: dict[str, int] = {}
        self._rows = np.zeros((_KEPT, 4), np.int64)
        self._signs = np.zeros((_KEPT, 4), np.int64)

    def of(self, pieces: Sequence[Sequence[Token]]) -> Ints:
        """One row a word of all sentences: `network.numbers_of`. A sentence has at least one word."""
        words = [token.text for piece in pieces for token in piece]
        numbers = self._numbers(words)
        starts = np.cumsum([0, *map(len, pieces)])[:-1]
        rows: Ints = self._rows[numbers]
        long, upper, full, capital = np.add.reduceat(self._signs[numbers], starts).T
        loud = (long > _FEW) & (upper > _MOSTLY * long)
        for at in np.flatnonzero(loud | ((full > _FEW) & (capital >= _HEADLINE * full))).tolist():
            first, end = starts[at], starts[at] + len(pieces[at])
            rows[first:end] = [
                numbers_of(w, False, self._index) for w in self._lowered(words[first:end], bool(loud[at]))
            ]
        rows[starts, 3] += FIRST
        return rows

    def _numbers(self, words: Sequence[str]) -> list[int]:
        """Where the rows of the words stand."""
        if len(self._known) + len(words) > _KEPT:
            self._known.clear()
        known = self._known
        for word in [one for one in {*words} if one not in known]:
            number = known[word] = len(known)
            self._rows[number] = numbers_of(_anyone(word), False, self._index)
            self._signs[number] = _signs(word)
        return [known[word] for word in words]

    def _lowered(self, words: Sequence[str], loud: bool) -> list[str]:
        if loud:
            return [word.lower() for word in words]
        return [w.lower() if w.istitle() and w.lower() in self._index else _anyone(w) for w in words]


def _signs(word: str) -> tuple[bool, bool, bool, bool]:
    """Whether a word is long enough to tell how a sentence is printed, is in capitals, is full, has a capital."""
    long = len(word) > 1 and word[0].isalpha()
    full = long and len(word) > _FEW
    return long, long and word.isupper(), full, full and word[0].isupper()


def _anyone(word: str) -> str:
    if not word[:1].isupper():
        return word
    if word.isupper() and _ACRONYM[0] <= len(word) <= _ACRONYM[1] and word.isalpha():
        return _same_for_all()[_ANY_ACRONYM]
    head, dash, tail = word.partition("-")  # as in "<nationality>-backed"
    return _same_for_all().get(head.lower(), head) + dash + tail


@lru_cache(maxsize=1)
def _same_for_all() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
    same = {word: table["as"][kind] for kind in ("states", "nationalities") for word in table[kind].split()}
    return same | {_ANY_ACRONYM: table["as"]["acronyms"]}
