"""Word lists for place expressions, and the tokens they are looked up by."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from evenhand.reading.capitals import common_words
from evenhand.reading.runs import RUN

ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "at", "ad", "az", "an", "ez", "es", "er", "ed"})
ENGLISH_ARTICLES = frozenset({"at", "as", "an", "i", "e"})
"""Particles that are English words too: they belong to a name only when a hyphen ties them to it."""
JOINERS = frozenset(
    {"bin", "ibn", "abu", "umm", "de", "del", "la", "le", "du", "da", "el", "al", "ez", "e", "i", "ul"} | ARTICLES
)
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’‘`ʿʾʼ][^\W\d_]+)*", re.UNICODE)
_IN_RUNS = re.compile(f"{RUN}|{_TOKEN.pattern}")
_POSSESSIVE = ("'s", "’s", "‘s", "`s")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word; `gap` is what stands between it and the word before. `end` leaves out a possessive 's."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    gap: str
    possessive: bool
    first: bool


def tokenise(text: str, sentences: tuple[tuple[int, int], ...]) -> list[Token]:
    """The words of `text`; `first` marks the first word of a sentence."""
    opens = sorted(s for s, _ in sentences)
    opens.append(len(text) + 1)
    out: list[Token] = []
    last, at, next_open = 0, 0, opens[0]
    for match in _IN_RUNS.finditer(text):
        after = match.start()
        for word in match.group().split():
            start, after = after, after + len(word) + 1
            low, cap, possessive = _form(word)
            first = not out
            while next_open <= start:
                first, at = True, at + 1
                next_open = opens[at]
            end = after - 3 if possessive else after - 1
            bare = word[:-2] if possessive else word
            out.append(Token(start, end, bare, low, cap, text[last:start], possessive, first))
            last = end
    return out


@functools.lru_cache(20_000)
def _form(word: str) -> tuple[str, bool, bool]:
    """Its small letters without a possessive 's, whether it is capitalised (or without case), whether it had the 's."""
    possessive = len(word) > 2 and word.endswith(_POSSESSIVE)
    head = word[0]
    cap = head.isupper() or (head.isalpha() and not head.islower()) or head.isdigit()
    return (word[:-2] if possessive else word).lower(), cap, possessive


def capitalised(text: str) -> Iterator[str]:
    """The words of `text` that are no small letters, in lower case; a possessive 's is left out."""
    for word in _TOKEN.findall(text):
        if not word[0].islower():
            yield _form(word)[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of words.toml and demonyms.toml as sets, and the common words of all of reading."""

    generic: dict[str, str]
    streets: frozenset[str]
    within: frozenset[str]
    capitals_of_others: frozenset[str]
    lines: frozenset[str]
    invoked: frozenset[str]
    before: frozenset[str]
    directions: frozenset[str]
    near: frozenset[str]
    outskirts: frozenset[str]
    locative: frozenset[str]
    strong: frozenset[str]
    temporal: frozenset[str]
    peoples: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    speech: frozenset[str]
    rule: frozenset[str]
    hyphen: frozenset[str]
    reaching: frozenset[str]
    deeds: frozenset[str]
    villages: frozenset[str]
    borders: frozenset[str]
    referring: dict[str, str]
    demonyms: dict[str, str]
    common: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The shipped lists, read once."""
    files = importlib.resources.files(__package__)
    words = tomllib.loads(files.joinpath("words.toml").read_text(encoding="utf-8"))
    people = tomllib.loads(files.joinpath("demonyms.toml").read_text(encoding="utf-8"))
    demonyms = {}
    for code, names in people.items():
        for name in names.lower().split():
            demonyms[name.replace("-", " ")] = code
            demonyms.setdefault(name.replace("-", " ") + "s", code)
    generic = {word: kind for kind, group in words["generic"].items() for word in group}

    def group(name: str, key: str = "words") -> frozenset[str]:
        return frozenset(words[name][key])

    return Lexicon(
        generic=generic,
        streets=group("streets"),
        within=group("within"),
        capitals_of_others=group("capitals_of_others"),
        lines=group("lines"),
        invoked=group("invoked"),
        before=group("before"),
        directions=group("directions"),
        near=group("near"),
        outskirts=group("outskirts"),
        locative=group("locative"),
        strong=group("locative", "strong"),
        temporal=group("temporal"),
        peoples=group("peoples"),
        titles=group("titles") | group("divine"),
        organisations=group("organisations"),
        speech=group("speech"),
        rule=group("rule"),
        hyphen=group("hyphen"),
        reaching=group("reaching"),
        deeds=group("deeds"),
        villages=group("villages"),
        borders=group("borders"),
        referring=dict(words["common"]),
        demonyms=demonyms,
        common=common_words(),
    )
