"""The exchange itself: names for names, ids for ids, country codes for country codes; nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from evenhand.audit.alignment import Alignment, Piece
from evenhand.model.evidence import Span

_PATIENCE = 8


@dataclass(frozen=True, slots=True)
class Swapped:
    """An exchanged text, how its positions lie to those before, and the names that were left as they are.

    `held` are spans of the text as it was: names that, exchanged, would make another name with the words beside
    them, so that exchanging again would not give the text back.
    """

    text: str
    alignment: Alignment
    held: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """What stands for what; what is in no table stays.

    Every table is its own inverse, but for other spellings of a name, which go where it goes and come back as it
    ("U.S." for "US").

    `names` are words as printed (whole words, the longest first; a name mapped to itself keeps the names within it);
    `ids` are those of parties and outlets, `countries` ISO codes. `kept` lists names without a counterpart.
    """

    label: tuple[str, str]
    names: Mapping[str, str]
    ids: Mapping[str, str]
    countries: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self.names:
            return None
        longest_first = sorted(self.names, key=lambda name: (-len(name), name))
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    @cached_property
    def _lowered(self) -> Exchange:
        """The same for the labels of bodies and people without a name of their own, which have no capitals."""
        return Exchange(self.label, {one.lower(): other.lower() for one, other in self.names.items()}, {})

    def swap(self, text: str) -> Swapped:
        """`text` with the names exchanged, whole words only; linear in the text for a given table."""
        held: set[Span] = set()
        for round_ in count():
            found = [span for span in self._matches(text) if span not in held]
            swapped, pieces = self._replaced(text, found)
            doubtful = self._doubtful(swapped, pieces, held)
            if not doubtful:
                return Swapped(swapped, Alignment(pieces), tuple(sorted(held)))
            if round_ >= _PATIENCE:  # keeps the number of rounds below that of names, whatever the text
                names = {text[start:end] for start, end in doubtful}
                doubtful = {(start, end) for start, end in found if text[start:end] in names}
            held |= doubtful
        raise AssertionError("every round holds at least one more name")

    def text(self, text: str) -> str:
        """The words of `swap` alone: for names, titles, addresses."""
        return self.swap(text).text

    def id(self, identity: str | None) -> str | None:
        """The id that stands for this one: a party's or an outlet's."""
        return self.ids.get(identity, identity) if identity is not None else None

    def word(self, value: str) -> str:
        """An id or a name, whichever it is, also after a kind ("outlet:tpo"): fields of records that hold both."""
        kind, colon, rest = value.rpartition(":")
        if rest in self.ids and " " not in kind:
            return kind + colon + self.ids[rest]
        return self._lowered.text(value) if " " in rest and value == value.lower() else self.text(value)

    def country(self, code: str) -> str:
        """The country code that stands for this one."""
        return self.countries.get(code, code)

    def _matches(self, text: str) -> list[Span]:
        """The names in the text that have another for a counterpart."""
        if self._pattern is None:
            return []
        return [found.span() for found in self._pattern.finditer(text) if self.names[found.group()] != found.group()]

    def _replaced(self, text: str, spans: list[Span]) -> tuple[str, tuple[Piece, ...]]:
        parts: list[str] = []
        pieces: list[Piece] = []
        at = length = 0
        for start, end in spans:
            name = self.names[text[start:end]]
            parts += [text[at:start], name]
            length += start - at + len(name)
            pieces.append(Piece((start, end), (length - len(name), length)))
            at = end
        return "".join([*parts, text[at:]]), tuple(pieces)

    def _doubtful(self, swapped: str, pieces: tuple[Piece, ...], held: set[Span]) -> set[Span]:
        """Names whose exchange cannot be told back: exchanged again, other words would be taken for the name."""
        alignment = Alignment(pieces)
        again = set(self._matches(swapped))
        wanted = {piece.after: piece.before for piece in pieces}
        doubtful = {wanted[after] for after in wanted.keys() - again}
        for extra in again - wanted.keys():
            touched = [piece.before for piece in alignment.within_exchanged(extra)]
            if alignment.back(extra) not in held or touched:
                doubtful.update(touched)
        return doubtful
