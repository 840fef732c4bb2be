"""The word lists of `data/words.toml`, and the questions asked of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("evenhand.reading.claims") / "data" / "words.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of whole words."""
    return frozenset(_tables()["words"][name].split())


@cache
def attack_signs() -> tuple[tuple[str, frozenset[str]], ...]:
    """Kinds of attack with the words that tell them, in the order in which they are asked."""
    return tuple((kind, frozenset(line.split())) for kind, line in _tables()["kinds"].items())


@cache
def _beginnings(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    entries = _tables()["begins"][name].split()
    return tuple(e for e in entries if e[-1] != "$"), frozenset(e[:-1] for e in entries if e[-1] == "$")


def begins(word: str, name: str) -> bool:
    """Whether a lower-case word begins with (or, where the list says so, is) an entry of a list of beginnings."""
    starts, whole = _beginnings(name)
    return word.startswith(starts) or word in whole
