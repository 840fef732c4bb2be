"""Scored pairs of happenings, kept by the report that tells the later one."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from evenhand.grouping.pieces import Pieces
from evenhand.grouping.postings import Numbers
from evenhand.model.evidence import Record

LATER = float("-inf")
"""Stands for a score that cannot be above 0, whatever the words: worked out only where both ends are in a component."""
Columns = tuple[Any, Any, Any, Any]
"""Arrays of one length: later, earlier (32-bit numbers), scores (64-bit), near (8-bit)."""


class Edges(Record, frozen=True, kw_only=True):
    """Scored pairs whose later happening is of one report, as arrays: 32-bit numbers, 64-bit scores, 8-bit `near`.

    `near` is 1 where the pair stands by nearness, 0 where it does only because the reports share text. A score of minus
    infinity is 0 at most, and yet to be worked out.
    """

    later: bytes
    earlier: bytes
    scores: bytes
    near: bytes


class ScoredPairs:
    """The pairs of a case in its pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces

    def of(self, reports: Sequence[int]) -> Columns:
        """The pairs of these reports, in the order of the reports."""
        decoder = msgspec.msgpack.Decoder(Edges)
        kinds = (np.uint32, np.uint32, np.float64, np.uint8)
        found = [decoder.decode(data) for _, data in sorted(self._pieces.get("edges", reports).items())]
        columns = [
            np.concatenate([np.empty(0, dtype=kind), *(np.frombuffer(getattr(one, name), dtype=kind) for one in found)])
            for name, kind in zip(Edges.__struct_fields__, kinds, strict=True)
        ]
        return columns[0], columns[1], columns[2], columns[3]

    def put(self, report: int, rows: Columns) -> None:
        """Replace the pairs of a report."""
        names = Edges.__struct_fields__
        edges = Edges(**{name: column.tobytes() for name, column in zip(names, rows, strict=True)})
        self._pieces.put([("edges", report, msgspec.msgpack.encode(edges))])

    def add(self, report: int, rows: Columns) -> None:
        """Put pairs after those that a report has."""
        before = self.of([report])
        self.put(
            report,
            (
                np.concatenate((before[0], rows[0])),
                np.concatenate((before[1], rows[1])),
                np.concatenate((before[2], rows[2])),
                np.concatenate((before[3], rows[3])),
            ),
        )


def united(
    near: Sequence[tuple[Numbers, Numbers]], copied: Sequence[tuple[Numbers, Numbers]]
) -> tuple[Numbers, Numbers, Any]:
    """All pairs, each once, as (later, earlier, whether it stands by nearness)."""
    sides = [[np.asarray(pair[side], dtype=np.uint64) for pair in (*near, *copied)] for side in (0, 1)]
    later, earlier = (np.concatenate([np.empty(0, dtype=np.uint64), *side]) for side in sides)
    by_nearness = np.arange(len(later)) < sum(len(pair[0]) for pair in near)
    pairs, first = np.unique((later << np.uint64(32)) | earlier, return_index=True)
    # np.unique names the first of equals, and those by nearness stand first
    return (
        (pairs >> np.uint64(32)).astype(np.uint32),
        (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        by_nearness[first].astype(np.uint8),
    )
