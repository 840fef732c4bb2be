"""Counts that are kept beside the rows they count, so that a list of 100,000 records opens without counting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from evenhand.workbench import tables

Row = Mapping[str, Any]
_TALLY = ("kind", "state", "label", "outlet")
_ORIGIN = ("kind", "name", "family", "party", "interest")


def make_anew(connection: sa.Connection) -> None:
    """Count everything once, after all rows were written."""
    items, origins = tables.items.c, tables.origins.c
    for table in (tables.tallies, tables.speakers, tables.origin_kinds):
        connection.execute(sa.delete(table))
    number = sa.func.count()
    columns = [items[name] for name in _TALLY]
    connection.execute(
        sa.insert(tables.tallies).from_select([*_TALLY, "number"], sa.select(*columns, number).group_by(*columns))
    )
    spoken = sa.select(items.speaker, number).where(items.kind == "statement").group_by(items.speaker)
    connection.execute(sa.insert(tables.speakers).from_select(["speaker", "number"], spoken))
    columns = [origins[name] for name in _ORIGIN]
    connection.execute(
        sa.insert(tables.origin_kinds).from_select([*_ORIGIN, "number"], sa.select(*columns, number).group_by(*columns))
    )


def items_changed(connection: sa.Connection, before: Iterable[Row], after: Iterable[Row]) -> None:
    """Count a report's records otherwise than before."""
    tallies: Counter[tuple[Any, ...]] = Counter()
    speakers: Counter[tuple[Any, ...]] = Counter()
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            tallies[tuple(row[name] for name in _TALLY)] += sign
            if row["kind"] == "statement":
                speakers[(row["speaker"],)] += sign
    _add(connection, tables.tallies, _TALLY, tallies)
    _add(connection, tables.speakers, ("speaker",), speakers)


def origins_of(connection: sa.Connection, incidents: Sequence[str]) -> list[Row]:
    """The origins of these incidents, as far as they are counted."""
    table = tables.origins.c
    query = sa.select(*(table[name] for name in _ORIGIN)).where(table.incident.in_(incidents))
    return [dict(row._mapping) for row in connection.execute(query)]


def origins_changed(connection: sa.Connection, before: Iterable[Row], after: Iterable[Row]) -> None:
    """Count origins otherwise than before."""
    counted: Counter[str] = Counter()
    about: dict[str, Row] = {}
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            counted[row["kind"]] += sign
            about[row["kind"]] = row
    fresh = {(kind,): {name: about[kind][name] for name in _ORIGIN} for kind in counted}
    _add(connection, tables.origin_kinds, ("kind",), Counter({(kind,): n for kind, n in counted.items()}), fresh)


def _add(
    connection: sa.Connection, table: sa.Table, key: Sequence[str], change: Counter[tuple[Any, ...]],
    fresh: Mapping[tuple[Any, ...], Row] | None = None,
) -> None:  # fmt: skip
    """Add to the numbers under these keys; a key that had none gets a row, one that is at 0 counts for nothing."""
    rows = [
        {**(fresh[values] if fresh is not None else dict(zip(key, values, strict=True))), "number": number}
        for values, number in sorted(change.items())
        if number
    ]
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    put: Any = insert(table)
    together = table.c.number + put.excluded.number
    connection.execute(put.on_conflict_do_update(index_elements=list(key), set_={"number": together}), rows)
