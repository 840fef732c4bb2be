"""Decisions as the activity log shows them: one row each, whether it stands, and whether it found its place."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from evenhand.reviewing import Decision
from evenhand.workbench import rows, tables
from evenhand.workbench.desk import Desk


def told(desk: Desk, one: Decision) -> str:
    """A decision in a line; an undo says what it took back."""
    if one.action != "undo":
        return rows.summary_of(one, desk.numbers)
    if one.target.item in desk.known:
        return f"took back: {rows.summary_of(desk.known[one.target.item], desk.numbers)}"
    return f"took back: {sum(each.batch == one.target.item for each in desk.decisions)} decisions"


def note_decisions(desk: Desk, connection: sa.Connection, decisions: Sequence[Decision], first: int) -> None:
    """Write rows of decisions that have none, numbered from `first`."""
    made = [
        {"position": number, "id": one.id, "at": one.at, "who": one.who, "action": one.action,
         "kind": one.target.kind, "report": one.target.report, "item": one.target.item, "summary": told(desk, one),
         "why": one.why, "batch": one.batch, "stands": True, "orphan": None}
        for number, one in enumerate(decisions, first)
    ]  # fmt: skip
    if made:
        connection.execute(sa.insert(tables.decisions), made)


def restage(desk: Desk, connection: sa.Connection) -> None:
    """Write where incidents stand on the way to their signature, where that changed."""
    before = {name: sign.stage for name, sign in desk.signs.items()}
    desk.sign()
    after = {name: sign.stage for name, sign in desk.signs.items()}
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in names:
        stage = after.get(name, "draft")
        connection.execute(sa.update(tables.incidents).where(tables.incidents.c.id == name).values(stage=stage))


def settle(desk: Desk, connection: sa.Connection, changed: Sequence[Decision]) -> None:
    """Write which of these decisions stand, and which of all found no place, where that is news."""
    table = tables.decisions
    if any(one.action == "undo" for one in desk.decisions[-1:]):
        stands = {one.id for one in desk.force}
        news = [{"one": one.id, "now": one.id in stands} for one in changed]
        if news:
            change = sa.update(table).where(table.c.id == sa.bindparam("one")).values(stands=sa.bindparam("now"))
            connection.execute(change, news)
    _tell_orphans(desk, connection)


def settle_all(desk: Desk, connection: sa.Connection) -> None:
    """Write of all decisions which stand, and which found no place."""
    stands, table = {one.id for one in desk.force}, tables.decisions
    back = [{"one": one.id} for one in desk.decisions if one.id not in stands and one.action != "undo"]
    if back:
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("one")).values(stands=False), back)
    _tell_orphans(desk, connection)


def _tell_orphans(desk: Desk, connection: sa.Connection) -> None:
    fresh = {name: why for name, why in desk.orphans.items() if desk.told_orphans.get(name, "") != why}
    if fresh:
        table = tables.decisions
        change = sa.update(table).where(table.c.id == sa.bindparam("one")).values(orphan=sa.bindparam("why_not"))
        connection.execute(change, [{"one": name, "why_not": why or None} for name, why in fresh.items()])
    desk.orphans = {name: why for name, why in desk.orphans.items() if why}
    desk.told_orphans = dict(desk.orphans)
