"""What a store is: it keeps records under their ids and decides nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evenhand.model.incident import Cluster, CopyPair, Incident
from evenhand.model.reading import Reading

Piece = tuple[str, int, bytes]
"""(kind, number, bytes): what a stage keeps for itself, of no meaning to the store."""


Encoded = tuple[str, bytes]
"""(id, record as one line of JSON): what another process has made ready to be kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step of a growing case does to the assessment; every part is read once, one record at a time.

    `gone`: ids under which neither cluster nor incident stands any more. `copies_anew`, `incidents_anew`: whether those
    that are there go first; otherwise records replace those of the same id or pair.
    """

    gone: Sequence[str] = ()
    clusters: Iterable[Cluster] = ()
    copies: Iterable[CopyPair] = ()
    incidents: Iterable[Incident | Encoded] = ()
    pieces: Iterable[Piece] = ()
    copies_anew: bool = False
    incidents_anew: bool = False


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

    def records(self, keys: Sequence[str]) -> Iterator[bytes]:
        """The readings under these keys as they are kept: their bytes in the ledger. KeyError if one is missing."""
        ...

    def reports(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The ids of the reports whose readings are kept under these keys, in order. KeyError if one is missing."""
        ...

    def clusters(self, ids: Sequence[str] | None = None) -> tuple[Cluster, ...]:
        """The clusters of the last grouping, so that ids outlast a new one: all, or those of these ids; by id."""
        ...

    def put_assessment(
        self, clusters: Sequence[Cluster], copies: Sequence[CopyPair], incidents: Sequence[Incident]
    ) -> None:
        """Replace the last grouping and assessment by this one, whole or not at all."""
        ...

    def change_assessment(self, change: Change) -> None:
        """Change the last grouping and assessment where the step says so, whole or not at all."""
        ...

    def pieces(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of the numbered pieces of this kind that are there."""
        ...

    def put_pieces(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces, whole or not at all; one that is there is replaced."""
        ...

    def drop_pieces(self) -> None:
        """Forget all pieces."""
        ...

    def put_current(self, keys: Sequence[str]) -> None:
        """Replace the list of readings that the last assessment was made from."""
        ...

    def current(self) -> tuple[str, ...]:
        """The keys of the readings that the last assessment was made from, in their order."""
        ...

    def incident_ids(self) -> tuple[str, ...]:
        """The ids of the incidents of the last assessment, in their order."""
        ...

    def incidents(self, ids: Sequence[str] | None = None) -> tuple[Incident, ...]:
        """The incidents of the last assessment in order of their ids, or those of these ids in that order.

        KeyError if one of the ids is missing.
        """
        ...

    def copies(self) -> tuple[CopyPair, ...]:
        """The compared pairs of the last grouping, in order of the two ids."""
        ...

    def forget(self) -> None:
        """Take away all readings and all that was made of them, for good; people's accounts stay."""
        ...

    def close(self) -> None:
        """Let go of the file or connection."""
        ...
