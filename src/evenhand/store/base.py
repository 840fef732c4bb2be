"""What a store is: it keeps records under their ids and decides nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from evenhand.model.incident import Cluster, CopyPair, Incident
from evenhand.model.reading import Reading


class Store(Protocol):
    """The working state of a case.

    A reading is kept under a key that names everything it was made from (report, software, weights,
    profile): the same key always holds the same bytes, so writing twice changes nothing.
    """

    def keys_read(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys under which a reading is kept."""
        ...

    def add_readings(self, readings: Iterable[tuple[str, Reading]]) -> None:
        """Keep readings; when this returns they outlast a crash."""
        ...

    def readings(self, keys: Sequence[str]) -> Iterator[Reading]:
        """The readings under these keys, in the order of the keys. KeyError if one is missing."""
        ...

    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters of the last grouping, so that ids outlast a new one."""
        ...

    def put_assessment(
        self, clusters: Sequence[Cluster], copies: Sequence[CopyPair], incidents: Sequence[Incident]
    ) -> None:
        """Replace the last grouping and assessment by this one, whole or not at all."""
        ...

    def put_current(self, keys: Sequence[str]) -> None:
        """Replace the list of readings that the last assessment was made from."""
        ...

    def current(self) -> tuple[str, ...]:
        """The keys of the readings that the last assessment was made from, in their order."""
        ...

    def incidents(self) -> tuple[Incident, ...]:
        """The incidents of the last assessment, in the order given."""
        ...

    def copies(self) -> tuple[CopyPair, ...]:
        """The compared pairs of the last grouping, in the order given."""
        ...

    def close(self) -> None:
        """Let go of the file or connection."""
        ...
