"""Under which statement a word stands: the innermost whose content holds it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement


class Tellers:
    """Looks statements up by position. A statement without a depth (a ring of parents) counts as outermost."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.by_id: Mapping[str, Statement] = {st.id: st for st in statements}
        ranked = [(self._depth(st), -sum(e - a for a, e in st.content), n, st) for n, st in enumerate(statements)]
        ranked.sort(key=lambda r: r[:3])
        self._segments = sorted(
            ((segment, rank) for rank, (_, _, _, st) in enumerate(ranked) for segment in st.content),
        )
        self._starts = [segment[0] for segment, _ in self._segments]
        self._ranked = [st for *_, st in ranked]

    def _depth(self, statement: Statement) -> int:
        depth, seen = 0, {statement.id}
        parent = statement.parent
        while parent is not None and parent not in seen and parent in self.by_id:
            seen.add(parent)
            depth += 1
            parent = self.by_id[parent].parent
        return depth

    def in_sentence(self, span: Span) -> list[Statement]:
        """The statements whose content begins in the span."""
        low = bisect_left(self._starts, span[0])
        high = bisect_left(self._starts, span[1])
        return list(dict.fromkeys(self._ranked[rank] for _, rank in self._segments[low:high]))

    def of(self, span: Span) -> tuple[Statement | None, Span | None]:
        """The innermost statement that holds the span, and the segment of its content that does."""
        best: tuple[int, Span] | None = None
        for segment, rank in self._segments[: bisect_right(self._starts, span[0])]:
            if segment[0] <= span[0] and span[1] <= segment[1] and (best is None or rank > best[0]):
                best = (rank, segment)
        if best is None:
            return None, None
        return self._ranked[best[0]], best[1]
