"""The lists behind the screens and the API: the queue, incidents, reports, decisions, and what changed."""

from __future__ import annotations

from collections import Counter
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import sqlalchemy as sa

from evenhand.workbench import tables
from evenhand.workbench.filters import Activity, Incidents, Queue, Reports
from evenhand.workbench.listing import Conditions, Facet, Listing, facet, page_of


def queue_conditions(asked: Queue) -> Conditions:
    """The conditions of a queue; what the machine found and nobody looked at, unless asked otherwise."""
    table = tables.items.c
    found: Conditions = []
    if asked.state != "all":
        found.append(table.state == (asked.state or "machine"))
    for name in ("kind", "label", "outlet", "speaker", "incident", "report"):
        if getattr(asked, name):
            found.append(table[name] == getattr(asked, name))
    return found


QUEUE_COLUMNS = (
    "report", "item", "kind", "state", "confidence", "label", "speaker", "words", "outlet", "published", "place", "day",
    "incident", "version",
)  # fmt: skip


def queue(connection: sa.Connection, asked: Queue) -> Listing:
    """Statements and claims to review: the least sure first, or in the order of the reports."""
    table = tables.items.c
    where = queue_conditions(asked)
    order = (table.report, table.position) if asked.sort == "order" else (table.confidence, table.report, table.item)
    query = sa.select(*(table[name] for name in QUEUE_COLUMNS)).where(*where)
    if asked.speaker or asked.incident or asked.report:
        found = page_of(connection, query, asked.page, order, QUEUE_COLUMNS)
        facets = {name: facet(connection, table[name], where) for name in ("kind", "label", "outlet")}
        return msgspec.structs.replace(found, facets=facets)
    fits = _tallied(connection, asked)
    total = sum(count for _, count in fits)
    found = page_of(connection, query, asked.page, order, QUEUE_COLUMNS, total)
    facets = {}
    for place, name in ((0, "kind"), (2, "label"), (3, "outlet")):
        counted: Counter[str] = Counter()
        for values, count in fits:
            counted[values[place]] += count
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
        facets[name] = [Facet(value=value, count=number) for value, number in ranked if value]
    return msgspec.structs.replace(found, facets=facets)


Tally = list[tuple[tuple[str, str, str, str], int]]
_TALLIES: WeakKeyDictionary[sa.Engine, tuple[str, Tally]] = WeakKeyDictionary()


def _tallied(connection: sa.Connection, asked: Queue) -> Tally:
    """How many items there are of each kind, state, label and outlet that the filter lets through.

    Read once after each decision or assessment, whatever is asked for then.
    """
    noted = sa.select(tables.meta.c.name, tables.meta.c.value).where(tables.meta.c.name.in_(["applied", "made from"]))
    stands = str(sorted(tuple(row) for row in connection.execute(noted)))
    known = _TALLIES.get(connection.engine)
    if known is None or known[0] != stands:
        table = tables.tallies.c
        query = sa.select(table.kind, table.state, table.label, table.outlet, table.number).where(table.number > 0)
        kept = connection.execute(query)
        known = stands, [((row[0], row[1], row[2], row[3]), row[4]) for row in kept]
        _TALLIES[connection.engine] = known
    state = "" if asked.state == "all" else asked.state or "machine"
    wanted = (asked.kind, state, asked.label, asked.outlet)
    return [
        (values, count)
        for values, count in known[1]
        if all(not one or one == value for one, value in zip(wanted, values, strict=True))
    ]


INCIDENT_COLUMNS = (
    "id", "number", "title", "type", "place", "country", "lat", "lon", "radius_km", "start", "end", "occurrence",
    "responsibility", "killed_low", "killed_high", "reports", "origins", "stage", "changed_at", "version",
)  # fmt: skip


def incident_conditions(asked: Incidents) -> Conditions:
    """The conditions of a list of incidents."""
    table = tables.incidents.c
    found: Conditions = []
    if asked.grade:
        found.append(table.occurrence.is_(None) if asked.grade == "none" else table.occurrence == asked.grade)
    for name in ("type", "place", "country", "stage"):
        if getattr(asked, name):
            found.append(table[name] == getattr(asked, name))
    if asked.since:
        found.append(sa.func.coalesce(table.end, table.start) >= asked.since)
    if asked.until:
        found.append(table.start <= asked.until)
    return found


def incidents(connection: sa.Connection, asked: Incidents) -> Listing:
    """Incidents: what rests on most origins and is told by most reports first."""
    table = tables.incidents.c
    where = incident_conditions(asked)
    query = sa.select(*(table[name] for name in INCIDENT_COLUMNS)).where(*where)
    order = (
        (table.start, table.id)
        if asked.show == "timeline"
        else (sa.desc(table.origins), sa.desc(table.reports), table.id)
    )
    found = page_of(connection, query, asked.page, order, INCIDENT_COLUMNS)
    facets = {name: facet(connection, table[name], where) for name in ("occurrence", "type", "country", "place")}
    return msgspec.structs.replace(found, facets=facets)


def by_grade(connection: sa.Connection) -> dict[str, int]:
    """How many incidents have each grade of occurrence; `none` where the reports say nothing."""
    table = tables.incidents.c
    query = sa.select(table.occurrence, sa.func.count().label("number")).group_by(table.occurrence)
    return {row[0] or "none": row.number for row in connection.execute(query)}


REPORT_COLUMNS = (
    "id", "number", "outlet", "title", "published", "language", "file", "unread", "statements", "claims", "open",
)  # fmt: skip


def reports(connection: sa.Connection, asked: Reports) -> Listing:
    """Reports in their order."""
    table = tables.reports.c
    where: Conditions = [table.outlet == asked.outlet] if asked.outlet else []
    states = {"open": table.open > 0, "done": table.open == 0, "unread": table.unread.is_not(None)}
    if asked.state:
        where.append(states[asked.state])
    query = sa.select(*(table[name] for name in REPORT_COLUMNS)).where(*where)
    found = page_of(connection, query, asked.page, (table.number,), REPORT_COLUMNS)
    return msgspec.structs.replace(found, facets={"outlet": facet(connection, table.outlet, where)})


DECISION_COLUMNS = (
    "position", "id", "at", "who", "action", "kind", "report", "item", "summary", "why", "batch", "stands", "orphan",
)  # fmt: skip


def activity(connection: sa.Connection, asked: Activity) -> Listing:
    """Decisions, newest first."""
    table = tables.decisions.c
    where: Conditions = [
        table[name] == getattr(asked, name) for name in ("who", "action", "report") if getattr(asked, name)
    ]
    if asked.state:
        where.append(table.stands.is_(False) if asked.state == "undone" else table.orphan.is_not(None))
    query = sa.select(*(table[name] for name in DECISION_COLUMNS)).where(*where)
    found = page_of(connection, query, asked.page, (sa.desc(table.position),), DECISION_COLUMNS)
    facets = {name: facet(connection, table[name], where) for name in ("who", "action")}
    return msgspec.structs.replace(found, facets=facets)


def history(connection: sa.Connection, incident: str) -> list[dict[str, Any]]:
    """How an incident's grades came to be what they are, newest first."""
    table = tables.history.c
    query = sa.select(table.at, table.question, table.before, table.after, table.because, table.decision)
    found = connection.execute(query.where(table.incident == incident).order_by(sa.desc(table.id)))
    return [dict(row._mapping) for row in found]


def changed_since(connection: sa.Connection, at: str, most: int = 30) -> list[dict[str, Any]]:
    """Grades that changed since a moment, newest first, with the incident's number and title."""
    table, about = tables.history.c, tables.incidents.c
    query = (
        sa.select(table.at, table.incident, table.question, table.before, table.after, table.because, about.number,
                  about.title)
        .join(tables.incidents, about.id == table.incident, isouter=True)
        .where(table.at > at).order_by(sa.desc(table.id)).limit(most)
    )  # fmt: skip
    return [dict(row._mapping) for row in connection.execute(query)]
