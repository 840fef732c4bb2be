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

    `heirs`: a record that was merged into another → that other one. `was`: what decisions found by its words then →
    the id under which it stands, though later decisions may have changed the words.
    """

    reading: Reading
    touched: Mapping[str, Touch] = {}
    rejected: tuple[Rejected, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    heirs: Mapping[str, str] = {}
    was: Mapping[str, str] = {}

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
    was: dict[str, str] = {}
    for decision in chosen:
        before = draft.saved()
        found = None if decision.target.kind == "passage" else draft.find(decision.target)
        try:
            apply(draft, decision)
            if found is not None:
                was.setdefault(_key(decision.target), found)
        except RefusedError as problem:
            draft.restore(before)  # whole or not at all
            orphans.append(Orphan(decision=decision.id, why=str(problem)))
    return Superseded(
        reading=draft.finished(), touched=dict(draft.touched), rejected=tuple(draft.rejected),
        orphans=tuple(orphans), heirs=dict(draft.heirs), was=was,
    )  # fmt: skip


def located(standing: Superseded, anchor: Anchor) -> str | None:
    """The id under which what an anchor names stands in a superseded reading, or None."""
    found = Draft(standing.reading).find(anchor) or standing.was.get(_key(anchor))
    while found is not None and found in standing.heirs:
        found = standing.heirs[found]
    return found if found is not None and standing.item(anchor.kind, found) is not None else None


def _key(anchor: Anchor) -> str:
    return f"{anchor.kind} {anchor.spans} {anchor.label}"
