"""What a decision touches beyond what is worked out before the answer: put down, and done in the background.

The list stands in the tables, in the transaction of the decision: a server that is killed goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from evenhand.workbench import grading, restanding, tables
from evenhand.workbench.desk import Desk
from evenhand.workbench.grading import Cause

_AT_ONCE = 20


def put_off(connection: sa.Connection, kind: str, names: Iterable[str], cause: Cause) -> None:
    """Put reports or incidents down that are to be brought up to date; one that is down already keeps its place."""
    table = tables.stale
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return
    there = set(connection.scalars(sa.select(table.c.name).where(table.c.kind == kind)))
    last = connection.scalar(sa.select(sa.func.max(table.c.position))) or 0
    fresh = [
        {"kind": kind, "name": name, "position": number, "at": cause.at, "because": cause.because,
         "decision": cause.decision}
        for number, name in enumerate((one for one in wanted if one not in there), last + 1)
    ]  # fmt: skip
    if fresh:
        connection.execute(sa.insert(table), fresh)


def done(connection: sa.Connection, incidents: Iterable[str]) -> None:
    """These incidents are up to date."""
    table = tables.stale.c
    connection.execute(sa.delete(tables.stale).where(table.kind == "incident", table.name.in_(list(incidents))))


def left(connection: sa.Connection) -> int:
    """How many reports and incidents are still to be brought up to date."""
    return connection.scalar(sa.select(sa.func.count()).select_from(tables.stale)) or 0


def catch_up(desk: Desk, connection: sa.Connection, only: str | None = None) -> int:
    """Bring some of them up to date, reports first, or `only` that incident; returns how many."""
    table = tables.stale
    query = sa.select(table).order_by(sa.desc(table.c.kind), table.c.position)
    if only is not None:
        query = query.where(table.c.kind == "incident", table.c.name == only)
    found = connection.execute(query.limit(_AT_ONCE)).all()
    graded: dict[Cause, list[str]] = {}
    for row in found:
        cause = Cause(row.at, row.because, row.decision)
        connection.execute(sa.delete(table).where(table.c.kind == row.kind, table.c.name == row.name))
        if row.kind == "report":
            put_off(connection, "incident", sorted(restanding.restand(desk, connection, row.name)), cause)
        else:
            graded.setdefault(cause, []).append(row.name)
    for cause, names in graded.items():
        grading.regrade(desk, connection, names, cause)
    return len(found)
