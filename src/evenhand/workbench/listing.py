"""What every list is: few columns, one page at a time, counted up to a limit; and the same for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

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


def literal(words: str) -> str:
    """Words for LIKE in which signs mean nothing; the escape sign is the backslash."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
