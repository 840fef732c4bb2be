"""Under which statement a word stands: the innermost whose content holds it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement
from evenhand.reading.claims.events import Event
from evenhand.reading.syntax.parser import Sentence


class Tellers:
    """Looks statements up by position, among those of one report."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_id = {st.id: st for st in statements}
        ranked = sorted(
            ((s, -e, self._depth(st), n, st) for n, st in enumerate(statements) for s, e in st.content),
            key=lambda r: r[:4],
        )
        self._segments: list[tuple[Span, Statement]] = [((start, -end), st) for start, end, _, _, st in ranked]
        self._starts = [start for start, *_ in ranked]
        self._holder: list[int] = []  # for every segment the last one before it that reaches over its start
        open_: list[int] = []
        for k, (segment, _) in enumerate(self._segments):
            while open_ and self._segments[open_[-1]][0][1] <= segment[0]:
                open_.pop()
            self._holder.append(open_[-1] if open_ else -1)
            open_.append(k)

    def _depth(self, statement: Statement) -> int:
        depth, seen = 0, {statement.id}
        parent = statement.parent
        while parent is not None and parent not in seen and parent in self._by_id:
            seen.add(parent)
            depth += 1
            parent = self._by_id[parent].parent
        return depth

    def in_sentence(self, span: Span) -> list[Statement]:
        """The statements whose content begins in the span."""
        low, high = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return list({st.id: st for _, st in self._segments[low:high]}.values())

    def of_act(self, s: Sentence, event: Event) -> tuple[Statement | None, Span | None]:
        """The same for an act.

        Where a content begins one word late, behind the verb ("has used | chemical weapons"), the verb is of it, too.
        """
        found, segment = self.of(event.trigger)
        after = next((t.start for t in s.tokens if t.start >= event.trigger[1]), None)
        if not event.verbal or after is None:
            return found, segment
        k = bisect_left(self._starts, after)
        if k < len(self._starts) and self._starts[k] == after:
            late, statement = self._segments[k]
            told = (
                statement.cue is not None and statement.cue[1] <= event.trigger[0] and statement.attitude == "asserts"
            )
            if told and statement.parent == (found.id if found is not None else None):
                return statement, late
        return found, segment

    def of(self, span: Span) -> tuple[Statement | None, Span | None]:
        """The innermost statement that holds the span, and the segment of its content that does."""
        k = bisect_right(self._starts, span[0]) - 1
        while k >= 0:
            segment, statement = self._segments[k]
            if segment[0] <= span[0] and span[1] <= segment[1]:
                return statement, segment
            k = self._holder[k]
        return None, None
