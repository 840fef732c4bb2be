"""A decision carried out: what it changed, report by report, then the grades that this can move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from evenhand.model.evidence import to_json
from evenhand.reviewing import Decision, rule_on_copies
from evenhand.reviewing.records import OF_A_REPORT
from evenhand.workbench import catching_up, grading, noting, restanding, rows, tables
from evenhand.workbench.desk import Desk, copies_now
from evenhand.workbench.grading import Cause, Change
from evenhand.workbench.regrouping import about_incident, regrouped

REPORTS_AT_ONCE = 200
INCIDENTS_AT_ONCE = 20
"""So many are brought up to date before the answer; the rest follows at once in the background, in the same order."""


def carry_out(
    desk: Desk, connection: sa.Connection, decisions: Sequence[Decision], first: str = "", *, behind: bool = True
) -> tuple[list[Change], list[str]]:
    """Apply decisions to the desk and the tables; returns the grades that changed and the incidents touched.

    `first`: the incident that is looked at, graded before all others. `behind`: there is still something put off.
    """
    changed = desk.take(decisions)
    number = len(desk.decisions) - len(decisions) + 1
    noting.note_decisions(desk, connection, decisions, number)
    last = decisions[-1]
    because = f"{len(decisions)} decisions at once" if len(decisions) > 1 else noting.told(desk, last)
    cause = Cause(last.at, f"{last.who} {because}", last.id)
    touched: dict[str, None] = {}
    about = [one for one in changed if about_incident(one)]
    touched |= dict.fromkeys(regrouped(desk, connection, about) if about else ())
    reports = sorted({one.target.report or "" for one in changed if one.target.kind in OF_A_REPORT} & desk.keys.keys())
    for report in reports[:REPORTS_AT_ONCE]:
        touched |= dict.fromkeys(sorted(restanding.restand(desk, connection, report)))
    touched |= dict.fromkeys(_copies(desk, connection, changed))
    touched |= dict.fromkeys(_origins(connection, changed))
    _marks(desk, connection, changed)
    order = sorted(touched, key=lambda name: (name != first, name in desk.piles.clusters and name in desk.versions))
    changes = grading.regrade(desk, connection, order[:INCIDENTS_AT_ONCE], cause)
    if behind:
        catching_up.done(connection, order[:INCIDENTS_AT_ONCE])
    catching_up.put_off(connection, "report", reports[REPORTS_AT_ONCE:], cause)
    catching_up.put_off(connection, "incident", order[INCIDENTS_AT_ONCE:], cause)
    noting.restage(desk, connection)
    noting.settle(desk, connection, changed)
    return changes, order


def _copies(desk: Desk, connection: sa.Connection, changed: Sequence[Decision]) -> list[str]:
    """Pairs of reports that were ruled on, and the incidents of all reports that carry the same text then or now."""
    ruled = [one for one in changed if one.target.kind == "copy"]
    if not ruled:
        return []
    pairs = {(one.target.report or "", one.target.item) for one in ruled}
    near = {report for pair in pairs for report in pair}
    near |= {other for report in near if report in desk.groups for other in desk.groups[report].reports}
    table = tables.copies
    for first, second in pairs:
        connection.execute(sa.delete(table).where(table.c.first == first, table.c.second == second))
    fresh = copies_now(rule_on_copies(desk.store.copies_of(pairs), desk.force), pairs)
    if fresh:
        connection.execute(sa.insert(table), fresh)
    desk.regroup_copies(connection)
    near |= {other for report in near if report in desk.groups for other in desk.groups[report].reports}
    return sorted(_of_reports(desk, connection, near))


def _of_reports(desk: Desk, connection: sa.Connection, reports: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for report, standing in desk.standings(connection, sorted(reports)).items():
        found |= desk.piles.of_report(report, [one.id for one in standing.reading.claims])
    return found


def _origins(connection: sa.Connection, changed: Sequence[Decision]) -> list[str]:
    """The incidents of origins that were ruled on."""
    ruled = [one for one in changed if one.target.kind == "origin"]
    names = {rows.cut_name(each.item) for one in ruled for each in (one.target, *one.others)}
    if not names:
        return []
    table = tables.origins.c
    return sorted(connection.scalars(sa.select(table.incident).where(table.name.in_(names)).distinct()))


def _marks(desk: Desk, connection: sa.Connection, changed: Sequence[Decision]) -> None:
    """A person marked, or no longer: every report that names them and its incidents are written anew, at once."""
    names = {one.target.label for one in changed if one.action == "mark" and one.target.kind == "entity"}
    for name in sorted(name for name in names if name):
        words = to_json(name)[1:-1]
        table = tables.reports.c
        found = sa.func.instr if connection.dialect.name == "sqlite" else _position
        hits = connection.scalars(sa.select(table.id).where(found(table.record, words) > 0).order_by(table.id)).all()
        for report, standing in desk.standings(connection, hits).items():
            restanding.put_report(desk, connection, standing)
            incidents = desk.piles.of_report(report, [one.id for one in standing.reading.claims])
            grading.rewrite(desk, connection, incidents)


def _position(column: sa.ColumnElement[bytes], words: bytes) -> sa.ColumnElement[int]:
    return sa.func.position(sa.text("CAST(:words AS bytea) IN wb_reports.record").bindparams(words=words))
