"""Informants without a name: which class of people they are, by words that serve every war alike."""

import re
import tomllib
from functools import cache
from pathlib import Path

from evenhand.model.evidence import Record

_WORD = re.compile(r"[^\W_]+")


class InformantClass(Record, frozen=True, kw_only=True):
    """`own`: they claim to have seen, treated or counted it; `partisan`: by their name they act for a side."""

    id: str
    name: str
    own: bool
    partisan: bool


@cache
def _phrases() -> tuple[tuple[tuple[tuple[str, ...], InformantClass], ...], int]:
    rows = tomllib.loads((Path(__file__).parent / "informants.toml").read_text("utf-8"))["classes"]
    found = []
    for row in rows:
        kind = InformantClass(id=row["id"], name=row["name"], own=row["own"], partisan=row["partisan"])
        found += [(tuple(phrase.split()), kind) for phrase in row["words"]]
    return tuple(found), max(len(words) for words, _ in found)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, case folded."""
    return tuple(word.casefold() for word in _WORD.findall(name))


def informant_class(*descriptions: str | None) -> InformantClass | None:
    """The class that a source's name, role or words as written speak of; longer phrases win, then earlier rows."""
    best: tuple[int, int, InformantClass] | None = None
    for description in descriptions:
        words = words_of(description or "")[:40]
        for rank, (phrase, kind) in enumerate(_phrases()[0]):
            size = len(phrase)
            if any(words[at : at + size] == phrase for at in range(len(words) - size + 1)):
                candidate = (-size, rank, kind)
                if best is None or candidate[:2] < best[:2]:
                    best = candidate
        if best is not None:
            return best[2]
    return None
