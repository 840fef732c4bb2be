"""Where positions of a text lie after names in it were exchanged, and back again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from evenhand.model.evidence import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One exchanged name: its span before and after, in code points."""

    before: Span
    after: Span


@dataclass(frozen=True)
class Alignment:
    """The exchanged names of one text in order; what lies between them is the same words on both sides.

    Positions between names and at their edges map exactly. A name is exchanged as a whole, so a position within one
    has no counterpart: a span that begins or ends there is widened to the name's edge, the same on both sides.
    """

    pieces: tuple[Piece, ...]

    @cached_property
    def _befores(self) -> tuple[int, ...]:
        return tuple(piece.before[0] for piece in self.pieces)

    @cached_property
    def _afters(self) -> tuple[int, ...]:
        return tuple(piece.after[0] for piece in self.pieces)

    def there(self, span: Span) -> Span:
        """A span of the text as it was, in the exchanged text."""
        return self._there(span[0], 0), self._there(span[1], 1)

    def back(self, span: Span) -> Span:
        """A span of the exchanged text, in the text as it was."""
        return self._back(span[0], 0), self._back(span[1], 1)

    def widened(self, span: Span) -> Span:
        """A span of the text as it was, widened where it begins or ends within an exchanged name."""
        return self.back(self.there(span))

    def within(self, span: Span) -> tuple[Piece, ...]:
        """The exchanged names that share words with a span of the text as it was."""
        return self._touching(self._befores, span, lambda piece: piece.before)

    def within_exchanged(self, span: Span) -> tuple[Piece, ...]:
        """The exchanged names that share words with a span of the exchanged text."""
        return self._touching(self._afters, span, lambda piece: piece.after)

    def _touching(self, starts: Sequence[int], span: Span, side: Callable[[Piece], Span]) -> tuple[Piece, ...]:
        first = max(0, bisect_right(starts, span[0]) - 1)
        last = bisect_left(starts, span[1])
        return tuple(
            piece for piece in self.pieces[first:last] if side(piece)[0] < span[1] and span[0] < side(piece)[1]
        )

    def _there(self, at: int, edge: int) -> int:
        number = bisect_right(self._befores, at) - 1
        if number < 0:
            return at
        before, after = self.pieces[number].before, self.pieces[number].after
        return _moved(at, before, after, edge)

    def _back(self, at: int, edge: int) -> int:
        number = bisect_right(self._afters, at) - 1
        if number < 0:
            return at
        before, after = self.pieces[number].before, self.pieces[number].after
        return _moved(at, after, before, edge)


def _moved(at: int, here: Span, other: Span, edge: int) -> int:
    """`at` lies at or after the start of `here`: its place relative to `other`, or the edge of it."""
    if at == here[0]:
        return other[0]
    return other[1] + at - here[1] if at >= here[1] else other[edge]
