"""Records that are lent by where they are kept, some at a time, so that a case need not fit in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import TypeVar

R = TypeVar("R")

HELD = 1000
"""Records kept after use, and so all of a small case; a full reading takes some 100 kB."""
AT_ONCE = 50
"""Records asked for together when all are gone through."""


class Lent(Mapping[str, R]):
    """Records by id, in the order of the ids.

    `fetch` gives those of some ids, in their order; it is asked again for what was not used for a while.
    """

    def __init__(self, ids: Iterable[str], fetch: Callable[[Sequence[str]], Iterable[R]], held: int = HELD) -> None:
        self._ids = dict.fromkeys(ids)
        self._fetch, self.most = fetch, held
        self._held: OrderedDict[str, R] = OrderedDict()

    @classmethod
    def of(cls, records: Iterable[R], name: Callable[[R], str]) -> Lent[R]:
        """Records that are in memory anyway; of two with one id the later."""
        own = {name(record): record for record in records}
        return cls(own, lambda some: [own[one] for one in some])

    def __getitem__(self, one: str) -> R:
        if one not in self._held:
            if one not in self._ids:
                raise KeyError(one)
            self.take([one])
        self._held.move_to_end(one)
        return self._held[one]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, one: object) -> bool:
        return one in self._ids

    def take(self, ids: Iterable[str]) -> None:
        """Have these at hand together, asking once for those that are not; ids that name nothing are passed over."""
        wanted = [one for one in dict.fromkeys(ids) if one in self._ids]
        missing = [one for one in wanted if one not in self._held]
        self._held.update(zip(missing, self._fetch(missing), strict=True) if missing else ())
        for one in wanted:
            self._held.move_to_end(one)
        while len(self._held) > max(self.most, len(wanted)):
            self._held.popitem(last=False)

    def each(self, ids: Iterable[str]) -> Iterator[R]:
        """The records of these ids in their order, some at a time; none of them is kept."""
        for part in parts(ids):
            yield from self._fetch(part)

    def values(self) -> ValuesView[R]:
        """All records, some at a time; they are kept if all may be."""
        return _Values(self)


class _Values(ValuesView[R]):
    _mapping: Lent[R]

    def __iter__(self) -> Iterator[R]:
        lent = self._mapping
        if len(lent) > lent.most:
            return lent.each(lent)
        lent.take(lent)
        return (lent[one] for one in lent)


def parts(ids: Iterable[str], size: int = AT_ONCE) -> Iterator[list[str]]:
    """Ids some at a time."""
    part: list[str] = []
    for one in ids:
        part.append(one)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
