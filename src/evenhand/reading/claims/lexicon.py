"""The tables of trigger words and noun classes, read once from `data/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from evenhand.model.reading import ClaimType
from evenhand.reading.claims.inflection import noun_forms, singular, verb_forms


@dataclass(frozen=True)
class Sense:
    """One sense of a word that tells a claim; see the head of `data/triggers.toml` for the fields."""

    part: str
    type: str = ""
    roles: str = "agent"
    rest: tuple[str, ...] = ()
    object: Mapping[str, str] = field(default_factory=dict)
    subject: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    only_with: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    not_particle: frozenset[str] = frozenset()
    only_governor: frozenset[str] = frozenset()
    of: str = "none"
    attack: bool = False
    between: bool = False
    only_force: bool = False
    only_place: bool = False
    only_at: bool = False
    only_counted: bool = False
    weak: bool = False
    target_of: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Senses by printed form: verbs, nouns and adjectives apart, in the order of the file."""

    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, tuple[Sense, ...]]
    adjectives: Mapping[str, tuple[Sense, ...]]
    suffixes: tuple[tuple[str, Sense], ...]
    classes: Mapping[str, frozenset[str]]
    told_by: frozenset[str]
    """All the printed forms above: no other word tells a claim, but for those with a suffix behind a hyphen."""

    def is_a(self, word: str, name: str) -> bool:
        """Whether a lower-case noun is of a class."""
        words = self.classes[name]
        if word in words or singular(word) in words:
            return True
        tail = word.rsplit("-", 1)[-1]
        return tail != word and (tail in words or singular(tail) in words)


_SETS = ("only_with", "not_with", "not_particle", "only_governor")
_OWN = {"lemmas", "nouns", "words", "endings"}


def _sense(part: str, row: dict[str, Any], rest: tuple[str, ...] = ()) -> Sense:
    values: dict[str, Any] = {k: frozenset(v) if k in _SETS else v for k, v in row.items() if k not in _OWN}
    return Sense(part=part, rest=rest, **values)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The packaged tables."""
    folder = files("evenhand.reading.claims") / "data"
    table = tomllib.loads((folder / "triggers.toml").read_text("utf-8"))
    classes = tomllib.loads((folder / "classes.toml").read_text("utf-8"))
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    adjectives: dict[str, list[Sense]] = {}
    for row in table["verb"]:
        for lemma in row["lemmas"]:
            first, *rest = lemma.split()
            sense = _sense("verb", row, tuple(rest))
            for form in verb_forms(first):
                # a sense that asks for more words is tried before a bare one
                verbs.setdefault(form, []).insert(0, sense) if rest else verbs.setdefault(form, []).append(sense)
    for row in table["noun"]:
        for noun in row["nouns"]:
            for form in set(noun_forms(noun)):
                nouns.setdefault(form, []).append(_sense("noun", row))
    for row in table["adjective"]:
        for word in row["words"]:
            adjectives.setdefault(word, []).append(_sense("adjective", row))
    suffixes = tuple((e, _sense("adjective", row)) for row in table["suffix"] for e in row["endings"])
    return Lexicon(
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        {k: tuple(v) for k, v in adjectives.items()},
        suffixes,
        {k: frozenset(cast(str, v).split()) for k, v in classes.items()},
        frozenset((*verbs, *nouns, *adjectives)),
    )


def claim_type(name: str) -> ClaimType:
    """A type's name as the model's literal; the table is checked by a test."""
    return cast(ClaimType, name)
