"""Where a grouping keeps what it may need again: numbered pieces of bytes, in memory or in the case's store."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

Piece = tuple[str, int, bytes]
"""(kind, number, bytes)."""


class Pieces(Protocol):
    """Numbered bytes by kind. What is put is there at once and lasts when the store next commits."""

    def get(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of the numbers that are there."""
        ...

    def put(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces; one that is there is replaced."""
        ...


class MemoryPieces:
    """`Pieces` for one run that keeps nothing."""

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, int], bytes] = {}

    def get(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of the numbers that are there."""
        return {number: self._pieces[kind, number] for number in numbers if (kind, number) in self._pieces}

    def put(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces; one that is there is replaced."""
        for kind, number, data in pieces:
            self._pieces[kind, number] = data
