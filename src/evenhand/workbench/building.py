"""The tables brought up to the case: made anew after an assessment, caught up after a stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec
import sqlalchemy as sa

from evenhand.custody import Entry
from evenhand.model.evidence import content_id, to_json
from evenhand.model.incident import Cluster, Incident
from evenhand.reviewing import Decision, Superseded, rule_on_copies, supersede
from evenhand.standing import LOGGED, decisions_in
from evenhand.workbench import desk as desks
from evenhand.workbench import grading, kept, restanding, rows, tables
from evenhand.workbench.desk import Desk
from evenhand.workbench.piles import Piles

Progress = Callable[[int, int], None]
_TOGETHER = 200


def stamp() -> str:
    """The time now, UTC, ISO to the microsecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def of_entries(entries: Sequence[Entry]) -> list[Decision]:
    """The decisions among log entries."""
    return list(decisions_in((entry.what, entry.payload) for entry in entries))


def assessed_at(entries: Sequence[Entry]) -> int:
    """How many decisions the last assessment had before it."""
    last = max((number for number, entry in enumerate(entries) if entry.what == "assessed"), default=len(entries))
    return len(of_entries([entry for entry in entries[:last] if entry.what == LOGGED]))


def fingerprint(desk: Desk, assessed: int) -> str:
    """What the tables were made from; when it is another, they are made anew."""
    return content_id("tables", tables.VERSION, str(assessed), *desk.store.current())


def build(desk: Desk, connection: sa.Connection, progress: Progress | None = None) -> None:
    """Make the tables from the last assessment, under the decisions it was made with. Numbers and history are kept."""
    keys = desk.store.current()
    known = _kept(connection)
    tables.drop(connection)
    tables.make(connection)
    incidents = desk.store.incidents()
    why = {one.id: one.why for one in desk.store.clusters()}
    desk.base = Piles(desk.store.clusters())
    desk.piles = Piles(_cluster_of(one, why.get(one.id, ())) for one in incidents)
    _number(desk.numbers, known.reports, ())
    waiting: list[Superseded] = []
    for count, (key, reading) in enumerate(zip(keys, desk.store.readings(keys), strict=True), 1):
        report = reading.report.id
        if report in desk.keys:
            continue
        desk.keys[report] = key
        _number(desk.numbers, {}, (report,))
        desk.outlets[report] = desk.outlet(reading.report)
        desk.stubs[report] = desks.stub(report, reading.report.wires)
        waiting.append(supersede(reading, desk.by_report.get(report, ())))
        restanding.note_orphans(desk, waiting[-1])
        if len(waiting) >= _TOGETHER:
            restanding.insert_report(desk, connection, waiting)
            waiting.clear()
        if progress is not None:
            progress(count, len(keys))
    if waiting:
        restanding.insert_report(desk, connection, waiting)
    write_copies(desk, connection)
    desk.regroup_copies(connection)
    desk.incident_numbers = dict(known.incidents)
    _number(desk.incident_numbers, {}, [one.id for one in sorted(incidents, key=_order)])
    grading.put_incidents(desk, connection, incidents, at=None)
    connection.execute(sa.delete(tables.base))
    whole = [{"id": one.id, "record": to_json(one)} for one in desk.base.clusters.values()]
    if whole:
        connection.execute(sa.insert(tables.base), whole)
    kept.make_anew(connection)
    _tell(desk, connection, known, incidents)
    tables.look_over(connection)


class Kept(msgspec.Struct):
    """What outlasts the making anew: numbers, the history so far, and the incidents as they were."""

    reports: dict[str, int]
    incidents: dict[str, int]
    history: list[rows.Row]
    old: dict[str, Incident]


def _kept(connection: sa.Connection) -> Kept:
    if tables.version(connection) != tables.VERSION:
        return Kept({}, {}, [], {})
    reports = connection.execute(sa.select(tables.reports.c.id, tables.reports.c.number))
    before = connection.execute(sa.select(tables.incidents.c.id, tables.incidents.c.number, tables.incidents.c.record))
    history = [dict(row._mapping) for row in connection.execute(sa.select(tables.history))]
    numbers, old = {}, {}
    for row in before:
        numbers[row.id], old[row.id] = row.number, msgspec.json.decode(row.record, type=Incident)
    return Kept({row.id: row.number for row in reports}, numbers, history, old)


def _number(numbers: dict[str, int], known: dict[str, int], fresh: Sequence[str]) -> None:
    numbers.update(known)
    highest = max(numbers.values(), default=0)
    for one in fresh:
        if not numbers.get(one):
            highest += 1
            numbers[one] = highest


def _order(incident: Incident) -> tuple[int, int, str]:
    return -incident.independent_origins, -len(incident.reports), incident.id


def _cluster_of(incident: Incident, why: tuple[str, ...]) -> Cluster:
    return Cluster(
        id=incident.id, type=incident.type, claims=incident.claims, reports=incident.reports, why=why,
        aliases=incident.aliases,
    )  # fmt: skip


def write_copies(desk: Desk, connection: sa.Connection) -> None:
    """Write down which reports share text, under people's decisions."""
    every = desks.copies_now(rule_on_copies(desk.store.copies(), desk.force))
    connection.execute(sa.delete(tables.copies))
    if every:
        connection.execute(sa.insert(tables.copies), every)


def _tell(desk: Desk, connection: sa.Connection, known: Kept, incidents: Sequence[Incident]) -> None:
    """History across an assessment: which grades changed, and since which reports came in."""
    at, told = stamp(), list(known.history)
    if known.old:
        was = {alias: name for name, one in known.old.items() for alias in (name, *one.aliases)}
        for new in incidents:
            names = [was[one] for one in (new.id, *new.aliases) if one in was]
            old = known.old.get(names[0]) if names else None
            fresh = [report for report in new.reports if report not in known.reports]
            since = ", ".join(f"R-{desk.numbers[one]}" for one in fresh[:5])
            because = f"since {since} {'was' if len(fresh) == 1 else 'were'} added" if fresh else "assessed again"
            told += [
                {"incident": one.incident, "at": at, "question": one.question, "before": one.before,
                 "after": one.after, "because": because, "decision": None}
                for one in grading.changes_of(desk, new.id, old, new)
            ]  # fmt: skip
    if told:
        connection.execute(sa.insert(tables.history), [{k: v for k, v in row.items() if k != "id"} for row in told])
        last = {row["incident"]: row["at"] for row in told}
        for name in last.keys() & {one.id for one in incidents}:
            connection.execute(
                sa.update(tables.incidents).where(tables.incidents.c.id == name).values(changed_at=last[name])
            )


__all__ = ["LOGGED", "assessed_at", "build", "fingerprint", "of_entries", "stamp"]
