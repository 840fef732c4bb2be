"""Scored pairs of happenings, kept by the report that tells the later one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from evenhand.grouping.pieces import Pieces
from evenhand.grouping.postings import Numbers, Postings
from evenhand.model.evidence import Record

_AT_ONCE = 1000
"""Reports whose pairs are rewritten at a time: bounds memory."""
NEAR, AT_MOST = 1, 2
Columns = tuple[Any, Any, Any, Any]
"""Arrays of one length: later, earlier (32-bit numbers), scores (64-bit), near (8-bit)."""


class Edges(Record, frozen=True, kw_only=True):
    """Scored pairs whose later happening is of one report, as arrays: 32-bit numbers, 64-bit scores, 8-bit `near`.

    `near` holds NEAR where the pair stands by nearness, not only because the reports share text, and AT_MOST where the
    score is the most that it can be, 0 or less, and yet to be worked out.
    """

    later: bytes
    earlier: bytes
    scores: bytes
    near: bytes


_EMPTY: Columns = tuple(np.empty(0, dtype=kind) for kind in (np.uint32, np.uint32, np.float64, np.uint8))  # type: ignore[assignment]


class ScoredPairs:
    """The pairs of a case in its pieces. `joins`: which happenings once scored above 0 with which, either way round."""

    def __init__(self, pieces: Pieces, report: Callable[[int], int]) -> None:
        """`report` gives the report that tells a happening."""
        self._pieces, self._report = pieces, report
        self.joins = Postings()

    def of(self, reports: Sequence[int]) -> Columns:
        """The pairs of these reports, in the order of the reports."""
        found = [_EMPTY, *(rows for _, rows in self._each(sorted(reports)))]
        later, earlier, scores, near = (np.concatenate([rows[at] for rows in found]) for at in range(4))
        return later, earlier, scores, near

    def _each(self, reports: Sequence[int]) -> Iterator[tuple[int, Columns]]:
        decoder = msgspec.msgpack.Decoder(Edges)
        found = self._pieces.get("edges", reports)
        for report in reports:
            if report in found:
                one = decoder.decode(found[report])
                later, earlier = (np.frombuffer(side, dtype=np.uint32) for side in (one.later, one.earlier))
                yield report, (later, earlier, np.frombuffer(one.scores), np.frombuffer(one.near, dtype=np.uint8))

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

    def join(self, later: Numbers, earlier: Numbers) -> None:
        """These pairs score above 0."""
        keys = np.concatenate((later, earlier)).astype(np.uint64)
        self.joins.add(keys, np.concatenate((earlier, later)))

    def joined(self, numbers: Sequence[int]) -> list[int]:
        """The happenings that score above 0 with one of these, or did."""
        _, found = self.joins.find(np.array(numbers, dtype=np.uint64))
        distinct: list[int] = np.unique(found).tolist()
        return distinct

    def settle(self, later: Numbers, earlier: Numbers, scores: npt.NDArray[np.float64], open_: Any) -> None:
        """Put scores of pairs that were left for later; where `open_` holds, better knowledge of the most."""
        keys = later.astype(np.uint64) << np.uint64(32) | earlier
        order = np.argsort(keys)
        keys, scores, flags = keys[order], scores[order], np.where(open_[order], AT_MOST, 0).astype(np.uint8)
        reports = sorted(set(map(self._report, np.unique(later).tolist())))
        for start in range(0, len(reports), _AT_ONCE):
            for report, rows in self._each(reports[start : start + _AT_ONCE]):
                mine = rows[0].astype(np.uint64) << np.uint64(32) | rows[1]
                at = np.minimum(np.searchsorted(keys, mine), len(keys) - 1)
                hit = keys[at] == mine
                near = np.where(hit, rows[3] & NEAR | flags[at], rows[3])
                self.put(report, (rows[0], rows[1], np.where(hit, scores[at], rows[2]), near))


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
