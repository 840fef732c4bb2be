"""Informants without a name: which class of people they are, by words that serve every war alike."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from evenhand.model.evidence import Record

_WORD = re.compile(r"[^\W_]+")
_LOCATIVES = frozenset({"at", "in", "near", "outside", "inside"})
_ANYWHERE = frozenset({"reporter", "residents"})
"""People whom the place where they stand does not make its own."""
_TITLES = frozenset({"dr"})
"""Words that say what somebody is only where nothing else does: a minister may be a doctor."""


class InformantClass(Record, frozen=True, kw_only=True):
    """`own`: they claim to have seen, treated or counted it; `partisan`: by their name they act for a side."""

    id: str
    name: str
    own: bool
    partisan: bool


@cache
def _phrases() -> tuple[dict[tuple[str, ...], tuple[int, InformantClass]], int]:
    """Each phrase with its rank and class, and the words of the longest; of equal phrases the earlier row's."""
    rows = tomllib.loads((Path(__file__).parent / "informants.toml").read_text("utf-8"))["classes"]
    found: dict[tuple[str, ...], tuple[int, InformantClass]] = {}
    for row in rows:
        kind = InformantClass(id=row["id"], name=row["name"], own=row["own"], partisan=row["partisan"])
        for phrase in row["words"]:
            found.setdefault(tuple(phrase.split()), (len(found), kind))
    return found, max(map(len, found))


@lru_cache(maxsize=1 << 14)  # the names of a case return in report after report
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, case folded."""
    return tuple(word.casefold() for word in _WORD.findall(name))


def informant_class(*descriptions: str | None) -> InformantClass | None:
    """The class that a source's name, role or words as written speak of.

    Of people joined by "and" the first; then longer phrases win, then the last one ("the town's hospital workers": the
    head of an English name comes last), then earlier rows.
    """
    for description in descriptions:
        for part in _conjuncts(words_of(description or "")[:40]):
            if (there := _at_a_place(part)) is not None:
                return there
            untitled = tuple(word for word in part if word not in _TITLES)
            for words in (untitled, part):
                best = min(_found(words), key=lambda one: one[:3], default=None)
                if best is not None:
                    return best[3]
    return None


def _at_a_place(words: tuple[str, ...]) -> InformantClass | None:
    """The reporters, residents or witnesses at a place of others: "a reporter at the hospital" is no medical staff."""
    end = next((at for at, word in enumerate(words) if word in _LOCATIVES), len(words))
    if end == len(words):
        return None
    best = min(_found(words[:end]), key=lambda one: one[:3], default=None)
    return best[3] if best is not None and best[3].id in _ANYWHERE else None


def _conjuncts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    start = 0
    for at, word in enumerate((*words, "and")):
        if word in ("and", "or"):
            yield words[start:at]
            start = at + 1


def _found(words: tuple[str, ...]) -> Iterator[tuple[int, int, int, InformantClass]]:
    phrases, longest = _phrases()
    for size in range(1, min(longest, len(words)) + 1):
        for end in range(size, len(words) + 1):
            if (known := phrases.get(words[end - size : end])) is not None:
                yield -size, -end, *known
