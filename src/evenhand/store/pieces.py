"""A stage's own pieces of bytes in the store, written many at a time."""

from collections.abc import Iterable, Mapping, Sequence

from evenhand.store.base import Piece, Store

_MANY = 4000
_BYTES = 1 << 24


class StoredPieces:
    """Gathers pieces and writes them in one transaction when they are many, or at `flush`; reads see all of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[tuple[str, int], bytes] = {}
        self._bytes = 0

    def get(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of the numbers that are there."""
        own = {number: data for number in numbers if (data := self._waiting.get((kind, number))) is not None}
        rest = [number for number in numbers if number not in own] if own else numbers
        return {**self._store.pieces(kind, rest), **own} if rest else own

    def put(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces; one that is there is replaced."""
        for kind, number, data in pieces:
            self._waiting[kind, number] = data
            self._bytes += len(data)
        if len(self._waiting) >= _MANY or self._bytes >= _BYTES:
            self.flush()

    def flush(self, more: Iterable[Piece] = ()) -> None:
        """Write what is waiting, and `more` after it, in one transaction."""
        self._store.put_pieces([*((*key, data) for key, data in self._waiting.items()), *more])
        self._waiting, self._bytes = {}, 0
