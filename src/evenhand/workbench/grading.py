"""Incidents graded anew from what stands, and their rows; only those that a decision can touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from evenhand.model.evidence import to_json
from evenhand.model.incident import Incident
from evenhand.reviewing import version_of
from evenhand.workbench import kept, rows, tables
from evenhand.workbench.desk import Desk, records


@dataclass(frozen=True, slots=True)
class Change:
    """A question of an incident whose grade changed."""

    incident: str
    number: int
    title: str
    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why grades are worked out again: when, in words, and by which decision."""

    at: str
    because: str
    decision: str | None = None


def regrade(desk: Desk, connection: sa.Connection, names: Iterable[str], cause: Cause) -> list[Change]:
    """Grade incidents anew, write rows and history; returns what changed. What comes out the same is left alone."""
    wanted = sorted({name for name in names if name})
    table = tables.incidents.c
    query = sa.select(table.id, table.record, table.cluster).where(table.id.in_(wanted))
    rows_now = {row.id: row for row in connection.execute(query)} if wanted else {}
    old = {name: msgspec.json.decode(row.record, type=Incident) for name, row in rows_now.items()}
    new = desk.assess(connection, wanted)
    changes: list[Change] = []
    for name in wanted:
        changes += changes_of(desk, name, old.get(name), new.get(name))
        if name not in new:
            desk.versions.pop(name, None)
    otherwise = [name for name in wanted if name not in new or not _same(desk, rows_now.get(name), new[name])]
    write(desk, connection, otherwise, [new[name] for name in otherwise if name in new], at=cause.at)
    told = [
        {"incident": one.incident, "at": cause.at, "question": one.question, "before": one.before,
         "after": one.after, "because": cause.because, "decision": cause.decision}
        for one in changes
    ]  # fmt: skip
    if told:
        connection.execute(sa.insert(tables.history), told)
    put_base(desk, connection)
    return changes


def _same(desk: Desk, row: Any, found: Incident) -> bool:
    """Whether an incident's row holds this very record and cluster."""
    if row is None or row.record != to_json(found) or row.cluster != to_json(desk.piles.clusters[found.id]):
        return False
    return desk.versions.get(found.id) is not None


def rewrite(desk: Desk, connection: sa.Connection, names: Iterable[str]) -> None:
    """Write rows of incidents anew whose grades stay: a name is hidden in them now, or no longer."""
    wanted = sorted(names)
    table = tables.incidents.c
    query = sa.select(table.id, table.changed_at).where(table.id.in_(wanted))
    when = {row.id: row.changed_at for row in connection.execute(query)}
    found = records(connection, wanted)
    for at in sorted({when[name] for name in found}, key=str):
        same = [one for name, one in found.items() if when[name] == at]
        write(desk, connection, [one.id for one in same], same, at=at)


def write(
    desk: Desk, connection: sa.Connection, names: Sequence[str], found: Sequence[Incident], *, at: str | None
) -> None:
    """Put the rows of these incidents in place of those under these names."""
    if not names:
        return
    before = kept.origins_of(connection, names)
    for table, column in ((tables.incidents, tables.incidents.c.id), (tables.origins, tables.origins.c.incident)):
        connection.execute(sa.delete(table).where(column.in_(names)))
    after = put_incidents(desk, connection, found, at=at)
    kept.origins_changed(connection, before, after)
    _rehome(connection, names, found)


def changes_of(desk: Desk, name: str, old: Incident | None, new: Incident | None) -> list[Change]:
    """The questions graded otherwise than before; an incident that comes or goes is one change."""
    one = new or old
    if one is None:
        return []
    title = one.title
    number = desk.number_of(name)
    if old is None or new is None:
        return [
            Change(name, number, title, "incident", None if old is None else "there", None if new is None else "there")
        ]
    was, now = rows.graded(old), rows.graded(new)
    return [Change(name, number, title, asked, was[asked], now[asked]) for asked in now if was[asked] != now[asked]]


def put_incidents(
    desk: Desk, connection: sa.Connection, found: Sequence[Incident], *, at: str | None
) -> list[rows.Row]:
    """Write the rows of incidents that have none; returns those of their origins, which are not counted yet."""
    desk.versions.update({one.id: version_of(one) for one in found})
    desk.sign()
    made: list[rows.Row] = []
    told: list[rows.Row] = []
    for one in found:
        stands = rows.Stand(desk.number_of(one.id), desk.signs.get(one.id), at)
        made.append(rows.incident_row(one, desk.piles.clusters[one.id], stands, desk.names))
        told += rows.origin_rows(one, desk.outlets, desk.names)
    for table, every in ((tables.incidents, made), (tables.origins, told)):
        if every:
            connection.execute(sa.insert(table), every)
    return told


def _rehome(connection: sa.Connection, names: Sequence[str], found: Sequence[Incident]) -> None:
    """Say of each claim which incident it is in, where that is another one than before."""
    items = tables.items.c
    query = sa.select(items.report, items.item, items.incident).where(items.incident.in_(names))
    was = {(row.report, row.item): row.incident for row in connection.execute(query)}
    now = {(ref.report, ref.claim): one.id for one in found for ref in one.claims}
    gone = [{"r": r, "i": i, "n": None} for r, i in was.keys() - now.keys()]
    moved = [{"r": r, "i": i, "n": name} for (r, i), name in now.items() if was.get((r, i)) != name]
    if gone or moved:
        change = sa.update(tables.items).where(items.report == sa.bindparam("r"), items.item == sa.bindparam("i"))
        connection.execute(change.values(incident=sa.bindparam("n")), [*gone, *moved])


def put_base(desk: Desk, connection: sa.Connection) -> None:
    """Write down the clusters of the machine that changed."""
    dirty = desk.base.dirty
    if dirty:
        connection.execute(sa.delete(tables.base).where(tables.base.c.id.in_(dirty)))
        fresh = [
            {"id": name, "record": to_json(desk.base.clusters[name])} for name in dirty if name in desk.base.clusters
        ]
        if fresh:
            connection.execute(sa.insert(tables.base), fresh)
    desk.base.dirty, desk.piles.dirty = set(), set()
