"""A state of many values kept as blocks, of which only those are written that changed since the last time."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from evenhand.grouping.pieces import Piece, Pieces

_BLOCK = 1 << 16
"""Bytes of a block. What is added to at its end, or changed here and there, leaves most blocks as they were."""
_MOST = 1 << 24
"""Blocks a value can have; the n-th value begins at block n times this."""


class Blocks:
    """One state under a kind of piece. Values are bytes or what msgpack takes, in dictionaries in any depth."""

    def __init__(self, pieces: Pieces, kind: str) -> None:
        self._pieces, self._kind = pieces, kind
        self._kept: dict[int, bytes] = {}

    def changed(self, state: Mapping[str, Any]) -> Iterator[Piece]:
        """What is to be written, in one transaction, so that `read` gives this state; then it counts as written."""
        names, at = [], 1
        for name, value in _leaves(state, ()):
            data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
            names.append((name, isinstance(value, bytes), len(data)))
            for block in range(-(-len(data) // _BLOCK)):
                part = data[block * _BLOCK : (block + 1) * _BLOCK]
                digest = blake2b(part, digest_size=16).digest()
                if self._kept.get(number := at * _MOST + block) != digest:
                    self._kept[number] = digest
                    yield self._kind, number, part
            at += 1
        yield self._kind, 0, msgspec.msgpack.encode(names)

    def read(self) -> dict[str, Any]:
        """The state that was written last; empty where there is none."""
        head = self._pieces.get(self._kind, [0]).get(0)
        state: dict[str, Any] = {}
        for at, (path, plain, length) in enumerate(msgspec.msgpack.decode(head) if head else (), 1):
            numbers = range(at * _MOST, at * _MOST - (-length // _BLOCK))
            found = self._pieces.get(self._kind, numbers)
            self._kept |= {number: blake2b(part, digest_size=16).digest() for number, part in found.items()}
            data = b"".join(found[number] for number in numbers)
            inner = state
            for name in path[:-1]:
                inner = inner.setdefault(name, {})
            inner[path[-1]] = data if plain else msgspec.msgpack.decode(data)
        return state


def _leaves(state: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in state.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value
