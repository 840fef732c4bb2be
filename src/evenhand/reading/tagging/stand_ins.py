"""Names of the profile as the network reads them: each as one piece that says its class, never whose it is.

A network that reads "the Xian army said" and "the Yish army said" as the same pieces cannot tell two parties apart,
so it marks both alike: what `evenhand audit` asks for. The classes follow the grammar of a name only, the same for
every party, outlet and person; names that no profile lists are read as they are printed.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.profile import Profile

Class = Literal["name", "adjective", "people", "person"]
CLASSES: tuple[Class, ...] = ("name", "adjective", "people", "person")
CAPITALS_FROM = 4  # letters: shorter names in capitals are other words ("US", "IS")

_WORD = re.compile(r"\w+")
_MID_SENTENCE = re.compile(r"[a-z,;] \Z")
_GOES_ON = re.compile(r"[ -](?:[A-Z0-9])")  # a surname that stands alone is followed by no further name
PARTICLE = re.compile(r"\A[a-z]{1,3}[-'’](?=[A-Z])")
ARTICLE = re.compile(r"[A-Z][a-z][-'’](?=[A-Z])")
_MONTHS = frozenset(calendar.month_name)


class StandIn(msgspec.Struct, frozen=True):
    """A name in a text (code points) and the class the network reads in its place."""

    span: Span
    kind: Class


class KnownNames:
    """The names of one profile, found in texts: whole words, as listed or in capitals, the longest first."""

    def __init__(self, profile: Profile, is_word: Callable[[str], bool] = lambda word: False) -> None:
        """`is_word` tells surnames that are words, too: they count only where a text shows that a name is meant."""
        self._kinds: dict[str, Class] = {}
        persons = [name for party in profile.parties for one in party.persons for name in (one.name, *one.names)]
        names = [name for outlet in profile.outlets for name in (outlet.name, *outlet.names)]
        for party in profile.parties:
            names += [party.name, *party.names, *party.seats]
            names += [name for organ in party.organs for name in (organ.name, *organ.names)]
        adjectives = [name for party in profile.parties for name in party.adjectives]
        self._add(persons, "person")
        self._add(names, "name")
        self._add(adjectives, "adjective")
        surnames = {words[-1] for name in bare(persons) if len(words := name.split()) > 1}
        surnames |= {PARTICLE.sub("", name) for name in surnames}  # "al-Xan" is called "Xan", too
        surnames -= self._kinds.keys()
        self._doubtful = frozenset(name for name in surnames if is_word(name.lower()))
        self._shown_by_place = self._doubtful - _MONTHS
        self._surnames = frozenset(surnames)
        for name in sorted(surnames):  # read as "Xan" is, which may be an adjective: "the Xan government"
            self._add([name], "person")
        sizes: dict[str, set[int]] = {}
        for name in self._kinds:
            if first := _WORD.match(name):
                sizes.setdefault(first.group(), set()).add(len(name))
        self._sizes = {first: sorted(those, reverse=True) for first, those in sizes.items()}

    def _add(self, names: Iterable[str], kind: Class) -> None:
        listed = bare(names)
        spelled = [name.replace("-", " ") for name in listed if "-" in name]  # "Abu al Xan"
        spelled += [
            name[0].lower() + name[1:] for name in listed if " " in name and ARTICLE.match(name)
        ]  # "the al-Xan Front"
        spelled += [" ".join(word[:1].upper() + word[1:] for word in name.split()) for name in listed if " " in name]
        for name in (*listed, *spelled):
            self._kinds.setdefault(name, kind)
            if name[-1].isalpha() and not name.endswith("s"):  # a plural, or a possessive that lost its apostrophe
                self._kinds.setdefault(f"{name}s", "people" if kind == "adjective" else kind)
            if len(name) >= CAPITALS_FROM:
                self._kinds.setdefault(name.upper(), kind)

    def find(self, text: str) -> tuple[StandIn, ...]:
        """The names in a text, in order, never overlapping; linear in the text for a given profile."""
        found = list(self._matches(text))
        shown = {text[slice(*span)].rsplit(None, 1)[-1] for span in found if " " in text[slice(*span)]}
        shown |= {
            word for start, end in found
            if (word := text[start:end]) in self._shown_by_place
            and _MID_SENTENCE.search(text, max(0, start - 2), start)
        }  # fmt: skip
        return tuple(
            StandIn((start, end), self._kinds[name])
            for start, end in found
            if (name := text[start:end]) not in self._doubtful or name in shown
        )

    def _matches(self, text: str) -> Iterator[Span]:
        reached = 0
        sizes = self._sizes
        for word in _WORD.finditer(text):
            first = word.group()
            if first not in sizes or (start := word.start()) < reached:
                continue
            for size in sizes[first]:  # lengths of the names that begin so, the longest first
                end = start + size
                name = text[start:end]
                behind = text[end : end + 1]
                if name in self._kinds and len(name) == size and not (behind.isalnum() or behind == "_"):
                    if name in self._surnames and _GOES_ON.match(text, end):
                        continue  # "Khan" of a town, "May" of a date
                    yield start, end
                    reached = end
                    break


def within(stand_ins: Sequence[StandIn], start: int, end: int) -> tuple[StandIn, ...]:
    """Those wholly inside a stretch of the text, with positions counted from its start."""
    first = bisect_left(stand_ins, start, key=lambda one: one.span[0])
    last = bisect_right(stand_ins, end, key=lambda one: one.span[1])
    return tuple(StandIn((one.span[0] - start, one.span[1] - start), one.kind) for one in stand_ins[first:last])


def bare(names: Iterable[str]) -> list[str]:
    """Each proper name once, without article and the marks a credit is printed with; common nouns are no names."""
    plain = (name.strip("/- ").removeprefix("the ").removeprefix("The ") for name in names)
    found = (name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in plain)
    return [name for name in dict.fromkeys(found) if name != name.lower() or "." in name]
