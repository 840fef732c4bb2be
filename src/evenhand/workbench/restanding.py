"""Reports as they stand, written into the tables: rows made anew where a decision changed a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from evenhand.model.incident import ClaimRef
from evenhand.model.reading import Claim
from evenhand.reviewing import Superseded, supersede
from evenhand.workbench import kept, rows, tables
from evenhand.workbench.desk import Desk
from evenhand.workbench.placing import place

_GROUPING_FIELDS = ("type", "trigger", "place", "time", "modality", "quantities")


def restand(desk: Desk, connection: sa.Connection, report: str) -> set[str]:
    """Apply the decisions in force to one report anew and write its rows; returns the incidents it touches."""
    old = desk.standing(connection, report).reading
    new = supersede(desk.machine(report), desk.by_report.get(report, ()))
    before, after = {one.id: one for one in old.claims}, {one.id: one for one in new.reading.claims}
    touched = desk.piles.of_report(report, before)
    gone = [ClaimRef(report=report, claim=one) for one in before.keys() - after.keys()]
    moved = [
        ClaimRef(report=report, claim=one.id)
        for one in after.values()
        if one.id not in before or _grouped_otherwise(before[one.id], one)
    ]
    desk.keep(new)
    note_orphans(desk, new)
    for piles in (desk.base, desk.piles):
        piles.take(gone)
    if moved:
        pinned = {one.target.item for one in desk.force if one.target.report == report and "incident" in one.fields}
        place(desk, connection, [ref for ref in moved if ref.claim not in pinned])
    put_report(desk, connection, new)
    return touched | desk.piles.of_report(report, after)


def note_orphans(desk: Desk, standing: Superseded) -> None:
    """Remember which decisions about a report found no place in it, and which found one again (no reason)."""
    desk.orphans |= {one.id: "" for one in desk.by_report.get(standing.reading.report.id, ())}
    desk.orphans |= {one.decision: one.why for one in standing.orphans}


def _grouped_otherwise(one: Claim, two: Claim) -> bool:
    return any(getattr(one, name) != getattr(two, name) for name in _GROUPING_FIELDS)


def put_report(desk: Desk, connection: sa.Connection, standing: Superseded) -> None:
    """Bring the rows of a report up to what stands; those that are as they were are left alone."""
    report = standing.reading.report.id
    made = rows_of(desk, standing)
    connection.execute(sa.update(tables.reports).where(tables.reports.c.id == report).values(made[tables.reports][0]))
    items, docs = tables.items, tables.docs
    known = {
        row.item: dict(row._mapping) for row in connection.execute(sa.select(items).where(items.c.report == report))
    }
    now = {row["item"]: row for row in made[items]}
    gone = [row for name, row in known.items() if now.get(name) != row]
    fresh = [row for name, row in now.items() if known.get(name) != row]
    if gone:
        names = [row["item"] for row in gone]
        connection.execute(sa.delete(items).where(items.c.report == report, items.c.item.in_(names)))
    if fresh:
        connection.execute(sa.insert(items), fresh)
    kept.items_changed(connection, gone, fresh)
    query = sa.select(docs.c.report, docs.c.kind, docs.c.item, docs.c.body).where(docs.c.report == report)
    before = [dict(row._mapping) for row in connection.execute(query.order_by(docs.c.id))]
    if before != [{name: row[name] for name in ("report", "kind", "item", "body")} for row in made[docs]]:
        connection.execute(sa.delete(docs).where(docs.c.report == report))
        connection.execute(sa.insert(docs), made[docs])


def rows_of(desk: Desk, standing: Superseded) -> dict[sa.Table, list[rows.Row]]:
    """All rows of a report."""
    reading = standing.reading
    report, veil, outlet = reading.report.id, desk.veil(reading), desk.outlet(reading.report)
    return {
        tables.reports: [rows.report_row(standing, desk.numbers[report], desk.keys[report], outlet, veil)],
        tables.items: rows.item_rows(standing, outlet, veil, _home(desk, report)),
        tables.docs: rows.doc_rows(reading, veil),
    }


def insert_report(desk: Desk, connection: sa.Connection, standings: Sequence[Superseded]) -> None:
    """Write the rows of reports that have none; their records are not counted yet."""
    made = [rows_of(desk, standing) for standing in standings]
    for table in (tables.reports, tables.items, tables.docs):
        every = [row for one in made for row in one[table]]
        if every:
            connection.execute(sa.insert(table), every)


def _home(desk: Desk, report: str) -> Callable[[str], str | None]:
    return lambda claim: desk.piles.home.get(ClaimRef(report=report, claim=claim))
