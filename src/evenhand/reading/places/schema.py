"""The SQLite layout shared by the shipped gazetteer and users' packs, and a writer for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evenhand.reading.places import keys

SCHEMA_VERSION = 1
_TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL,
  licence TEXT NOT NULL, url TEXT NOT NULL);
CREATE TABLE place(id INTEGER PRIMARY KEY, ref TEXT, name TEXT NOT NULL, kind TEXT NOT NULL,
  country TEXT NOT NULL, adm1 INTEGER, adm2 INTEGER, lat INTEGER, lon INTEGER, radius INTEGER NOT NULL,
  population INTEGER NOT NULL, source INTEGER NOT NULL, disputed TEXT);
CREATE TABLE alias(key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE variant(country TEXT NOT NULL, skeleton TEXT NOT NULL, romanised TEXT NOT NULL,
  place INTEGER NOT NULL, PRIMARY KEY(country, skeleton, romanised, place)) WITHOUT ROWID;
"""
# lat/lon are stored in 1/10,000 degree (11 m), radius in 1/10 km: whole numbers pack better.


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from."""

    id: int
    name: str
    version: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place to be written; `names` begins with its main name. Ids are unique within one file."""

    id: int
    ref: str | None
    kind: str
    country: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_km: float
    population: int
    source: int
    adm1: int | None = None
    adm2: int | None = None
    disputed: str | None = None
    """Who else holds or claims it: ISO codes or names, parted by commas."""
    variants: bool = False
    """Whether the names are romanised from another script, so that variant spellings are looked up."""
    mains: int = 1
    """How many of `names`, from the first, count as main names."""


def _folded(names: Iterable[str], mains: int) -> dict[str, int]:
    out: dict[str, int] = {}
    for i, name in enumerate(names):
        key = keys.fold(name)
        if key and key not in out:
            out[key] = 0 if i < mains else 1
    return out


def write(path: Path, sources: Iterable[Source], rows: Iterable[Row], meta: dict[str, str]) -> None:
    """Write a gazetteer file at `path`; rows are put in order, so the same input gives the same bytes."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    try:
        db.executescript(_TABLES)
        db.executemany("INSERT INTO meta VALUES(?,?)", sorted({**meta, "schema": str(SCHEMA_VERSION)}.items()))
        db.executemany(
            "INSERT INTO source VALUES(?,?,?,?,?)", ((s.id, s.name, s.version, s.licence, s.url) for s in sources)
        )
        alias: list[tuple[str, int, int]] = []
        variant: set[tuple[str, str, str, int]] = set()
        ordered = sorted(rows, key=lambda r: r.id)
        for row in ordered:
            folded = _folded(row.names, row.mains)
            alias.extend((key, row.id, rank) for key, rank in folded.items())
            if row.variants:
                variant.update((row.country, *pair, row.id) for pair in _variants(folded))
        db.executemany("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", (_values(r) for r in ordered))
        db.executemany("INSERT INTO alias VALUES(?,?,?)", sorted(alias))
        db.executemany("INSERT INTO variant VALUES(?,?,?,?)", sorted(variant))
        db.commit()
        db.execute("VACUUM")
    finally:
        db.close()


def _variants(folded: Iterable[str]) -> set[tuple[str, str]]:
    out = set()
    for key in folded:
        if key.isascii():
            romanised = keys.romanisation_key(key)
            bones = keys.skeleton(romanised)
            if len(bones) >= 2:
                out.add((bones, romanised))
    return out


def _values(row: Row) -> tuple[object, ...]:
    return (
        row.id,
        row.ref,
        row.names[0],
        row.kind,
        row.country,
        row.adm1,
        row.adm2,
        None if row.lat is None else round(row.lat * 10_000),
        None if row.lon is None else round(row.lon * 10_000),
        round(row.radius_km * 10),
        row.population,
        row.source,
        row.disputed,
    )
