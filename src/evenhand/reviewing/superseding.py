"""A machine's reading and people's decisions to the reading that stands. The machine's own is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.errors import RefusedError
from evenhand.model.evidence import Record
from evenhand.model.reading import Reading
from evenhand.reviewing.anchors import Item
from evenhand.reviewing.applying import apply
from evenhand.reviewing.draft import Draft
from evenhand.reviewing.records import OF_A_REPORT, Anchor, Decision, Orphan, Rejected, Touch


class Superseded(Record, frozen=True, kw_only=True):
    """The reading that stands, what people touched in it, what they struck out, and which decisions found no place.

    `heirs`: a record that was merged into another → that other one.
    """

    reading: Reading
    touched: Mapping[str, Touch] = {}
    rejected: tuple[Rejected, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    heirs: Mapping[str, str] = {}

    def item(self, kind: str, item: str) -> Item | None:
        """A record by kind and id."""
        found: dict[str, tuple[Item, ...]] = {
            "statement": self.reading.statements, "entity": self.reading.entities, "claim": self.reading.claims,
        }  # fmt: skip
        return next((one for one in found.get(kind, ()) if one.id == item), None)


def of_report(decisions: Iterable[Decision], report: str) -> tuple[Decision, ...]:
    """The decisions that are applied to this report's reading."""
    return tuple(
        one
        for one in decisions
        if one.target.kind in OF_A_REPORT and one.target.report == report and "incident" not in one.fields
    )


def supersede(reading: Reading, decisions: Iterable[Decision]) -> Superseded:
    """Apply the decisions in force, in their order, to a reading.

    A decision whose words are not in the report, or whose record is gone and was not kept, is listed as an orphan
    with the reason; all others stand. The same reading and decisions give the same result.
    """
    chosen = of_report(decisions, reading.report.id)
    if not chosen:
        return Superseded(reading=reading)
    draft = Draft(reading)
    orphans = []
    for decision in chosen:
        before = draft.saved()
        try:
            apply(draft, decision)
        except RefusedError as problem:
            draft.restore(before)  # whole or not at all
            orphans.append(Orphan(decision=decision.id, why=str(problem)))
    return Superseded(
        reading=draft.finished(), touched=dict(draft.touched), rejected=tuple(draft.rejected),
        orphans=tuple(orphans), heirs=dict(draft.heirs),
    )  # fmt: skip


def located(standing: Superseded, anchor: Anchor) -> str | None:
    """The id under which what an anchor names stands in a superseded reading, or None."""
    return Draft(standing.reading).find(anchor)
