"""Full text over reports, statements, speakers and places. Signs in what is asked mean nothing but themselves."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa

from evenhand.model.evidence import Span
from evenhand.workbench import tables
from evenhand.workbench.filters import Search
from evenhand.workbench.listing import PAGE, Facet, Listing

MOST = 1000
_WORD = re.compile(r"\w+")
_AROUND = 90


def terms(words: str) -> list[str]:
    """The words that are looked for, at most 12."""
    return _WORD.findall(words)[:12]


def search(connection: sa.Connection, asked: Search) -> Listing:
    """Hits, best first, up to 1,000; each with its words and where they are. Nothing asked finds nothing."""
    wanted = terms(asked.q)
    if not wanted:
        return Listing(columns=_COLUMNS, rows=[], total=0)
    hits = _hits(connection, wanted)
    docs, about = tables.docs.c, tables.reports.c
    base = (
        sa.select(docs.id, docs.report, docs.kind, docs.item, sa.func.substr(docs.body, 1, 200).label("body"),
                  about.outlet, about.published, about.number, about.title)
        .join(tables.reports, about.id == docs.report)
    )  # fmt: skip
    found = {row.id: row for row in connection.execute(base.where(docs.id.in_(hits[:MOST])))}
    ordered = [found[one] for one in hits[:MOST] if one in found]
    facets = {
        "kind": _count(row.kind for row in ordered),
        "outlet": _count(row.outlet for row in ordered),
        "year": _count((row.published or "")[:4] for row in ordered),
    }
    for name in ("kind", "outlet"):
        if getattr(asked, name):
            ordered = [row for row in ordered if getattr(row, name) == getattr(asked, name)]
    if asked.year:
        ordered = [row for row in ordered if (row.published or "").startswith(asked.year)]
    merged = _names_once(ordered)
    start = (asked.page - 1) * PAGE
    page = merged[start : start + PAGE]
    whole = sa.select(docs.id, docs.body).where(docs.id.in_([row.id for row, _ in page]))
    bodies = {row.id: row.body for row in connection.execute(whole)}
    rows = [_row(row, number, snippet(bodies.get(row.id, row.body), wanted)) for row, number in page]
    return Listing(
        columns=_COLUMNS, rows=rows, total=len(merged), capped=len(hits) > MOST, page=asked.page,
        pages=max(1, -(-len(merged) // PAGE)), facets=facets,
    )  # fmt: skip


_COLUMNS = ("kind", "report", "item", "title", "outlet", "published", "snippet", "times")


def _hits(connection: sa.Connection, wanted: list[str]) -> list[int]:
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{word}"' for word in wanted)
        query = sa.text("SELECT rowid FROM wb_words WHERE wb_words MATCH :match LIMIT :most")
        found = list(connection.scalars(query, {"match": match, "most": MOST + 1}))
        if 1 < len(found) <= 300:  # ranking looks at every hit: only where there are few
            ranked = sa.text("SELECT rowid FROM wb_words WHERE wb_words MATCH :match ORDER BY rank, rowid")
            return list(connection.scalars(ranked, {"match": match}))
        return found
    query = sa.text("SELECT id FROM wb_docs WHERE words @@ plainto_tsquery('simple', :match) ORDER BY id LIMIT :most")
    return list(connection.scalars(query, {"match": " ".join(wanted), "most": MOST + 1}))


def _count(values: Any) -> list[Facet]:
    counted: dict[str, int] = {}
    for value in values:
        if value:
            counted[value] = counted.get(value, 0) + 1
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    return [Facet(value=value, count=number) for value, number in ranked]


def _names_once(rows: list[Any]) -> list[tuple[Any, int]]:
    """Speakers and places once each, with how many reports name them."""
    numbers: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], Any] = {}
    for row in rows:
        key = (row.kind, row.body if row.kind in {"speaker", "place"} else str(row.id))
        numbers[key] = numbers.get(key, 0) + 1
        first.setdefault(key, row)
    return [(row, numbers[key]) for key, row in first.items()]


def _row(row: Any, number: int, words: list[tuple[str, bool]]) -> dict[str, Any]:
    return {
        "kind": row.kind, "report": row.report, "item": row.item, "number": row.number, "title": row.title,
        "outlet": row.outlet, "published": row.published, "snippet": words, "times": number,
    }  # fmt: skip


def snippet(body: str, wanted: list[str]) -> list[tuple[str, bool]]:
    """A piece of the text around the first hit: (words, is a hit), in order."""
    hits = found_in(body, wanted)
    if not hits:
        return [(body[: 2 * _AROUND], False)]
    start = max(0, hits[0][0] - _AROUND)
    end = min(len(body), hits[0][1] + _AROUND)
    pieces, at = [], start
    for first, last in hits:
        if first >= end:
            break
        pieces += [(body[at:first], False), (body[first : min(last, end)], True)]
        at = min(last, end)
    pieces.append((body[at:end], False))
    lead, tail = "…" if start else "", "…" if end < len(body) else ""
    return [(lead, False), *[(words, hit) for words, hit in pieces if words], (tail, False)]


def found_in(text: str, wanted: list[str]) -> list[Span]:
    """Where whole words that are looked for stand in a text, without regard to case and accents."""
    folded = fold(text)
    words = [fold(one) for one in wanted]
    if not words:
        return []
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in sorted(words, key=len, reverse=True))})(?!\w)"
    )
    return [match.span() for match in pattern.finditer(folded)]


def fold(text: str) -> str:
    """The text in small letters without accents, of the same length: positions stay what they are."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(char) for char in text)


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
