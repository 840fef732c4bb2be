"""Who says what: speakers and their statements over time, origins and the outlets that carry them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from evenhand.workbench import tables
from evenhand.workbench.filters import Origins, Speakers
from evenhand.workbench.listing import Conditions, Listing, literal, page_of

_SHOWN = 20  # incidents of an origin that its outlets and reasons are taken from


def speakers(connection: sa.Connection, asked: Speakers) -> Listing:
    """Who speaks, how often and when; with a name, what this one said over time and what became of it."""
    if asked.name:
        return said(connection, asked)
    table, items = tables.speakers.c, tables.items.c
    where: Conditions = [table.number > 0]
    if asked.q:
        where.append(table.speaker.ilike(f"%{literal(asked.q)}%", escape="\\"))
    query = sa.select(table.speaker, table.number.label("statements")).where(*where)
    columns = ("speaker", "statements", "first", "last")
    found = page_of(connection, query, asked.page, (sa.desc(table.number), table.speaker), columns)
    for row in found.rows:
        mine = (items.speaker == row["speaker"], items.kind == "statement", items.published.is_not(None))
        ends = sa.select(
            sa.select(sa.func.min(items.published)).where(*mine).scalar_subquery(),
            sa.select(sa.func.max(items.published)).where(*mine).scalar_subquery(),
        )
        row["first"], row["last"] = connection.execute(ends).one()
    return found


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
    kinds, table = tables.origin_kinds.c, tables.origins.c
    columns = ("name", "family", "party", "interest", "incidents", "outlets", "why")
    about = (kinds.kind, kinds.name, kinds.family, kinds.party, kinds.interest)
    where: Conditions = [kinds.number > 0, *([kinds.party == asked.party] if asked.party else [])]
    if asked.outlet:
        quoted = json.dumps(asked.outlet, ensure_ascii=False)
        carried = (
            sa.select(table.kind, sa.func.count().label("incidents"))
            .where(table.outlets.like(f"%{literal(quoted)}%", escape="\\")).group_by(table.kind).subquery()
        )  # fmt: skip
        number: Any = carried.c.incidents
        query = sa.select(*about, number).join(carried, carried.c.kind == kinds.kind).where(*where)
    else:
        number = kinds.number
        query = sa.select(*about, number.label("incidents")).where(*where)
    found = page_of(connection, query, asked.page, (sa.desc(number), kinds.name, kinds.interest), columns)
    for row in found.rows:
        same = sa.select(table.outlets, table.why).where(table.kind == row.pop("kind")).limit(_SHOWN)
        outlets: dict[str, None] = {}
        why: dict[str, None] = {}
        for one in connection.execute(same):
            outlets |= dict.fromkeys(json.loads(one.outlets))
            why |= dict.fromkeys(json.loads(one.why))
        row["outlets"], row["why"] = list(outlets), list(why)
    return found


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
