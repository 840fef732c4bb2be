"""Lists behind the screens and the API: few columns, one page at a time, counted up to a limit."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import sqlalchemy as sa

from evenhand.workbench import tables
from evenhand.workbench.filters import Activity, Incidents, Origins, Queue, Reports, Speakers

PAGE = 50
MOST = 10_000
"""Counted no further than this: `more than 10,000` is all that is said."""


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A value that the list can be narrowed to, and how many have it."""

    value: str
    count: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list. `total` is counted up to 10,000; `capped` says that there are more."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: int
    capped: bool = False
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Facet]] = {}


Conditions = list[sa.ColumnElement[bool]]


def page_of(
    connection: sa.Connection,
    query: sa.Select[Any],
    page: int,
    order: Sequence[Any],
    columns: Sequence[str],
    total: int | None = None,
) -> Listing:
    """One page of a query; `total` where it is known."""
    counted = sa.select(sa.func.count()).select_from(
        query.with_only_columns(sa.literal(1), maintain_column_froms=True).limit(MOST + 1).subquery()
    )
    if total is None:
        total = connection.scalar(counted) or 0
    found = connection.execute(query.order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    rows = [dict(row._mapping) for row in found]
    pages = max(1, -(-min(total, MOST) // PAGE))
    return Listing(
        columns=tuple(columns), rows=rows, total=min(total, MOST), capped=total > MOST, page=page, pages=pages
    )


def facet(connection: sa.Connection, column: sa.Column[Any], where: Conditions, most: int = 12) -> list[Facet]:
    """The commonest values of a column under conditions."""
    query = (
        sa.select(column, sa.func.count().label("number")).where(*where, column.is_not(None), column != "")
        .group_by(column).order_by(sa.desc("number"), column).limit(most)
    )  # fmt: skip
    return [Facet(value=str(row[0]), count=row.number) for row in connection.execute(query)]


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

    Counted once after each decision or assessment, whatever is asked for then.
    """
    noted = sa.select(tables.meta.c.name, tables.meta.c.value).where(tables.meta.c.name.in_(["applied", "made from"]))
    stands = str(sorted(tuple(row) for row in connection.execute(noted)))
    known = _TALLIES.get(connection.engine)
    if known is None or known[0] != stands:
        table = tables.items.c
        columns = (table.kind, table.state, table.label, table.outlet)
        counted = connection.execute(sa.select(*columns, sa.func.count()).group_by(*columns))
        known = stands, [((row[0], row[1], row[2], row[3]), row[4]) for row in counted]
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


def speakers(connection: sa.Connection, asked: Speakers) -> Listing:
    """Who speaks, how often and when; with a name, what this one said over time and what became of it."""
    table = tables.items.c
    if asked.name:
        return said(connection, asked)
    where: Conditions = [table.kind == "statement"]
    if asked.q:
        where.append(table.speaker.ilike(f"%{_literal(asked.q)}%", escape="\\"))
    query = (
        sa.select(table.speaker, sa.func.count().label("statements"), sa.func.min(table.published).label("first"),
                  sa.func.max(table.published).label("last"))
        .where(*where).group_by(table.speaker)
    )  # fmt: skip
    found = connection.execute(query.order_by(sa.desc("statements"), table.speaker).limit(MOST)).all()
    start = (asked.page - 1) * PAGE
    rows = [dict(row._mapping) for row in found[start : start + PAGE]]
    return Listing(
        columns=("speaker", "statements", "first", "last"), rows=rows, total=len(found), page=asked.page,
        pages=max(1, -(-len(found) // PAGE)),
    )  # fmt: skip


def said(connection: sa.Connection, asked: Speakers) -> Listing:
    """A speaker's statements in order of their dates, each with the incidents its claims went into."""
    table = tables.items.c
    columns = ("report", "item", "label", "words", "outlet", "published", "state")
    query = sa.select(*(table[name] for name in columns)).where(table.kind == "statement", table.speaker == asked.name)
    found = page_of(connection, query, asked.page, (table.published, table.report, table.position), columns)
    became = became_of(connection, found.rows) if found.rows else {}
    for row in found.rows:
        row["incidents"] = became.get((row["report"], row["item"]), [])
    return msgspec.structs.replace(found, columns=(*columns, "incidents"))


def origins(connection: sa.Connection, asked: Origins) -> Listing:
    """Origins with the outlets that carry them and the reasons why they count as one."""
    table = tables.origins.c
    where: Conditions = [table.party == asked.party] if asked.party else []
    if asked.outlet:
        quoted = json.dumps(asked.outlet, ensure_ascii=False)
        where.append(table.outlets.like(f"%{_literal(quoted)}%", escape="\\"))
    grouped = (
        sa.select(table.name, table.family, table.party, table.interest, sa.func.count().label("incidents"))
        .where(*where).group_by(table.name, table.family, table.party, table.interest)
    )  # fmt: skip
    columns = ("name", "family", "party", "interest", "incidents", "outlets", "why")
    found = page_of(connection, grouped, asked.page, (sa.desc("incidents"), table.name, table.interest), columns)
    for row in found.rows:
        same = sa.select(table.outlets, table.why).where(
            table.name == row["name"], table.family.is_not_distinct_from(row["family"]),
            table.interest == row["interest"],
        )  # fmt: skip
        outlets: dict[str, None] = {}
        why: dict[str, None] = {}
        for one in connection.execute(same.limit(60)):
            outlets |= dict.fromkeys(json.loads(one.outlets))
            why |= dict.fromkeys(json.loads(one.why))
        row["outlets"], row["why"] = list(outlets), list(why)
    return found


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


def became_of(
    connection: sa.Connection, rows: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """For statements (report, id): the incidents that the claims in their words went into, and how these stand."""
    items, about = tables.items.c, tables.incidents.c
    query = (
        sa.select(items.report, items.within, about.id, about.number, about.title, about.occurrence)
        .join(tables.incidents, about.id == items.incident)
        .where(items.report.in_({row["report"] for row in rows}), items.kind == "claim", items.within.is_not(None))
        .distinct()
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in connection.execute(query):
        found.setdefault((row.report, row.within), []).append(
            {"id": row.id, "number": row.number, "title": row.title, "occurrence": row.occurrence}
        )
    return found


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows for a spreadsheet: a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = value.replace("\0", "�")
        if value.lstrip(" \"';").startswith(_FORMULA):
            return f"'{value}"
    return value


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
