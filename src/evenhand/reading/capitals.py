"""Prose printed in capitals throughout, as old wires and some headlines are: there a capital marks no name."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files

from evenhand.model.evidence import Span

_NO_SMALL = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEWEST = 4
"""Words, of which one is common: fewer may be a name or two, or a list of acronyms."""
_SHARE = 1 / 3
"""Of the words in capitals, how many are common ones of three letters or more, at least: it is prose."""
_LEAST_LETTERS = 3


@cache
def common_words() -> frozenset[str]:
    """English words of news that are hardly ever names, in lower case."""
    return frozenset(files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8").split())


class Capitals:
    """Where a text is prose in capitals."""

    def __init__(self, text: str) -> None:
        self.stretches = tuple(_stretches(text))
        self._starts = [start for start, _ in self.stretches]

    def holds(self, at: int) -> bool:
        """Whether the character at `at` is within such prose."""
        k = bisect_right(self._starts, at) - 1
        return k >= 0 and at < self.stretches[k][1]

    def marks_nothing(self, at: int, word: str) -> bool:
        """Whether the capital of a (lower-case) word that begins at `at` is only the print's: "IS" is no acronym."""
        return bool(self.stretches) and word in common_words() and self.holds(at)


@lru_cache(maxsize=4)
def capitals(text: str) -> Capitals:
    """The same, looked for once in a text."""
    return Capitals(text)


def _stretches(text: str) -> list[Span]:
    """Runs of words without a small letter that are long enough, and of which enough are common."""
    found: list[Span] = []
    run: list[tuple[int, int, str]] = []
    for match in _NO_SMALL.finditer(text):
        if match.group().isupper():
            run.append((*match.span(), match.group().lower()))
            continue
        _keep(run, found)
        run = []
    _keep(run, found)
    return found


def _keep(run: list[tuple[int, int, str]], found: list[Span]) -> None:
    common = [word for _, _, word in run if len(word) >= _LEAST_LETTERS and word in common_words()]
    if len(run) >= _FEWEST and len(common) >= _SHARE * len(run):
        found.append((run[0][0], run[-1][1]))
