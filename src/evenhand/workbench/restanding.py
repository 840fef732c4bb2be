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
    """Write all rows of a report anew."""
    report = standing.reading.report.id
    before = kept.items_of(connection, report)
    for table in (tables.items, tables.docs):
        connection.execute(sa.delete(table).where(table.c.report == report))
    connection.execute(sa.delete(tables.reports).where(tables.reports.c.id == report))
    kept.items_changed(connection, before, insert_report(desk, connection, [standing]))


def insert_report(desk: Desk, connection: sa.Connection, standings: Sequence[Superseded]) -> list[rows.Row]:
    """Write the rows of reports that have none; returns those of their records, which are not counted yet."""
    made: dict[sa.Table, list[rows.Row]] = {tables.reports: [], tables.items: [], tables.docs: []}
    for standing in standings:
        reading = standing.reading
        report, veil, outlet = reading.report.id, desk.veil(reading), desk.outlet(reading.report)
        made[tables.reports].append(rows.report_row(standing, desk.numbers[report], desk.keys[report], outlet, veil))
        made[tables.items] += rows.item_rows(standing, outlet, veil, _home(desk, report))
        made[tables.docs] += rows.doc_rows(reading, veil)
    for table, every in made.items():
        if every:
            connection.execute(sa.insert(table), every)
    return made[tables.items]


def _home(desk: Desk, report: str) -> Callable[[str], str | None]:
    return lambda claim: desk.piles.home.get(ClaimRef(report=report, claim=claim))
