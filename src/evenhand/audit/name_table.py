"""The table of which name stands for which while it is filled: names of one form, and their other spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from evenhand.audit.organ_phrases import OrganPhrases
from evenhand.model.name_key import fold, name_words
from evenhand.reading.tagging.stand_ins import ARTICLE, bare

_WORD = re.compile(r"\w+(?:[.\-]{1,9}\w+)*")  # linear: "[\w.-]*\w" looks at a row of dots again from each dot


@dataclass
class NameTable:
    """The pairs so far; `ground` tells names of places and peoples; `occurs` which names the reports print.

    `labels` are words that take a side: a name that holds one ("Xian rebels") is a label and is not exchanged.
    """

    ground: Callable[[str], str]
    occurs: Callable[[str], bool]
    organs: OrganPhrases
    labels: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def put(self, one: str, other: str) -> bool:
        """Pair two names with their plurals and capitals; False where one of them is taken."""
        if one == other or one in self.names or other in self.names:
            return False
        self.names[one], self.names[other] = other, one
        if _has_plural(one) or _has_plural(other):  # also the possessive of a text that lost its apostrophes
            self.put(f"{one}s", f"{other}s")
        if one.upper() != one and other.upper() != other:
            self.put(one.upper(), other.upper())
        return True

    def pair(self, ones: Iterable[str], others: Iterable[str], forms: int | None = None) -> None:
        """Pair two lists: names of one form in order, the form taken ever less strictly (in `forms` steps).

        A name that holds a paired one is left to it: "Xian army" is exchanged within, whatever the other side lists.
        """
        left, right = (
            sorted(filter(self._is_free, bare(names)), key=lambda name: not self.occurs(name))
            for names in (ones, others)
        )
        for form in self._forms()[:forms]:
            waiting: dict[object, list[str]] = {}
            for name in right:
                if name not in self.names:
                    waiting.setdefault(form(name), []).append(name)
            for name in left:
                if name not in self.names and waiting.get(form(name)):
                    self.put(name, waiting[form(name)].pop(0))
        self.kept += [name for name in (*left, *right) if name not in self.names]

    def _is_free(self, name: str) -> bool:
        """Whether a name may be paired whole; one with a remark in brackets is the profile's, and nobody prints it."""
        if " " in name and not self.labels.isdisjoint(fold(name).split()):
            return False
        return "(" not in name and not self._holds(name) and not self.organs.begins(name)

    def _holds(self, name: str) -> bool:
        """Whether a paired name stands within this longer one, word for word."""
        words = _WORD.findall(name)
        spans = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
        return name not in self.names and any(span in self.names for span in spans)

    def _forms(self) -> tuple[Callable[[str], object], ...]:
        """What two names must have in common, from strict to loose; the last asks no more for ground with ground."""
        ground, abbreviated = self.ground, str.isupper

        def always(name: str) -> tuple[object, ...]:
            return self.organs.ending(name), name[:1].isupper(), " " in name and name.endswith("s")

        def written(name: str) -> tuple[object, ...]:
            return *always(name), abbreviated(name), len(name.split())

        return (
            lambda name: (ground(name), *written(name), name.endswith("s")),
            lambda name: (ground(name), *written(name)),
            lambda name: (ground(name), *always(name), abbreviated(name)),
            lambda name: (ground(name), *always(name)),
            written,
        )

    def pair_all(self, ones: Iterable[str], others: Iterable[str]) -> None:
        """Pair two lists, whatever form their names have: those the reports print first."""
        left, right = (sorted(bare(names), key=lambda name: not self.occurs(name)) for names in (ones, others))
        for name, its in zip(left, right, strict=False):
            self.put(name, its)
        self.kept += [name for name in (*left, *right) if name not in self.names]


def respelled(table: NameTable) -> dict[str, str]:
    """Names without a counterpart that are a paired one written otherwise: they go where it goes.

    So "U.S." goes with "US", "Xian Army" with "Xian army" and "Abu al Xan" with "Abu al-Xan". Else they would stay
    behind with the side that lost the name, and the name would be nobody's in the exchanged world.
    """
    there: dict[tuple[str, ...], str] = {}
    for name, other in sorted(table.names.items(), key=lambda pair: pair[0].isupper()):
        there.setdefault(name_words(name).strict, other)
    titles = [" ".join(word[:1].upper() + word[1:] for word in name.split()) for name in table.names if " " in name]
    titles += [name[0].lower() + name[1:] for name in table.names if " " in name and ARTICLE.match(name)]
    unhyphened = [name.replace("-", " ") for name in table.names if "-" in name]
    return {
        name: there[key]
        for name in (*table.kept, *titles, *unhyphened)
        if name not in table.names and (key := name_words(name).strict) in there
    }


def _has_plural(name: str) -> bool:
    """A letter in small print at its end: "Xians", and "Ada Xans" in a text that lost its apostrophes."""
    return name[-1].isalpha() and name[-1].islower() and not name.endswith("s")
