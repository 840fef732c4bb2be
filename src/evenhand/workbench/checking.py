"""What a person asks for, checked against the case as it stands: a decision, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from evenhand.errors import RefusedError
from evenhand.model.incident import ClaimRef
from evenhand.reviewing import Anchor, Author, Decision, Ground, Proposal, propose, propose_group
from evenhand.reviewing.anchors import anchor_of
from evenhand.reviewing.records import OF_A_REPORT
from evenhand.workbench import tables
from evenhand.workbench.desk import Desk


def checked(desk: Desk, connection: sa.Connection, asked: Proposal, author: Author) -> Decision:
    """A decision. Raises RefusedError, or ConflictError with both versions."""
    if asked.kind in OF_A_REPORT and "incident" not in asked.fields:
        if asked.report is None or asked.report not in desk.keys:
            raise RefusedError(f"{asked.report or 'no report'}: no such report in this case")
        return propose(asked, desk.machine(asked.report), desk.by_report.get(asked.report, ()), author)[0]
    return propose_group(asked, _ground(desk, connection), author)


def _ground(desk: Desk, connection: sa.Connection) -> Ground:
    def anchor(ref: ClaimRef) -> Anchor | None:
        if ref.report not in desk.keys:
            return None
        standing = desk.standing(connection, ref.report)
        claim = standing.item("claim", ref.claim)
        return anchor_of(ref.report, standing.reading.report.text, claim) if claim is not None else None

    return Ground(
        clusters=desk.piles.clusters, versions=desk.versions, anchor=anchor, reports=frozenset(desk.keys),
        copies=_Pairs(connection), parties=frozenset(one.id for one in desk.profile.parties), signed=desk.signs,
    )  # fmt: skip


class _Pairs(dict):  # type: ignore[type-arg]
    """Compared pairs, looked up one at a time."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple):
            return False
        first, second = key
        table = tables.copies.c
        query = sa.select(table.first).where(table.first == first, table.second == second)
        return self._connection.scalar(query) is not None


def resting_on(desk: Desk, after: Sequence[Decision]) -> list[str]:
    """Reports where something may rest on what an undo takes back: a later decision stands, an earlier comes back."""
    now, then = {one.id for one in desk.force}, {one.id for one in after}
    found: set[str] = set()
    for report, mine in desk.by_report.items():
        gone = [number for number, one in enumerate(mine) if one.id not in then]
        if gone and any(one.id in then for one in mine[gone[0] :]):
            found.add(report)
    found |= {one.target.report or "" for one in after if one.id not in now and one.target.kind in OF_A_REPORT}
    return sorted(found & desk.keys.keys())
