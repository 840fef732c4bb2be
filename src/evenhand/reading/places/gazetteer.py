"""The gazetteer at run time: the shipped file below, users' packs above it, all read-only.

The shipped file is unpacked once to the user's cache directory under a name that holds its hash
(written beside and renamed, so any number of processes may do it at once); where that cannot be
written it is read into memory.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import lzma
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from evenhand.errors import EvenhandError
from evenhand.reading.places import geometry, keys
from evenhand.reading.places.records import Entry
from evenhand.reading.places.schema import SCHEMA_VERSION, Source

_CORE = "core.sqlite.xz"
_MEMO = 20_000
_PLACE = """SELECT p.id, p.ref, p.name, p.kind, p.country, p.lat, p.lon, p.radius, p.population, p.disputed,
  s.name || ' (' || s.version || ')', a.ref, a.name, b.ref, b.name, p.adm1, p.adm2, {rank}
  FROM {table} JOIN place p ON p.id = {key}.place JOIN source s ON s.id = p.source
  LEFT JOIN place a ON a.id = p.adm1 LEFT JOIN place b ON b.id = p.adm2 """
_BY_ALIAS = _PLACE.format(table="alias x", key="x", rank="x.rank") + "WHERE x.key = ?"
_BY_BONES = _PLACE.format(table="variant v", key="v", rank="v.romanised") + "WHERE v.country = ? AND v.skeleton = ?"
_ITSELF = _PLACE.format(table="(SELECT id AS place FROM place) x", key="x", rank="0")
_BY_COUNTRY = _ITSELF + "WHERE p.kind = 'country' AND p.country = ?"
_BY_ID = _ITSELF + "WHERE p.id = ?"
_TOWNS = """SELECT p.lat, p.lon, a.ref FROM place p LEFT JOIN place a ON a.id = p.adm1
  WHERE p.country = ? AND p.kind = 'town' AND p.lat IS NOT NULL"""
_COUNTRIES = 20
"""Towns are kept in memory for so many countries."""


class GazetteerError(EvenhandError):
    """A gazetteer file cannot be read: missing, not one of ours, or of another schema."""


def default_cache() -> Path:
    """The user's cache directory for evenhand, by the platform's custom; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "evenhand"


@dataclass(frozen=True, slots=True)
class _Layer:
    db: sqlite3.Connection
    number: int

    def rows(self, query: str, *values: str) -> list[tuple[object, ...]]:
        return self.db.execute(query, values).fetchall()


def _unpack(packed: bytes, cache: Path) -> sqlite3.Connection:
    name = f"gazetteer-{hashlib.sha256(packed).hexdigest()[:20]}.sqlite"
    target = cache / name
    try:
        if not target.is_file():
            cache.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=name, suffix=".part", dir=cache)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(lzma.decompress(packed))
                Path(part).replace(target)
            finally:
                Path(part).unlink(missing_ok=True)
        return _connect(target)
    except (OSError, RuntimeError, GazetteerError):
        db = sqlite3.connect(":memory:", check_same_thread=False)
        db.deserialize(lzma.decompress(packed))
        return db


def _connect(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerError(f"no gazetteer at {path}")
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        found = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        db.close()
        raise GazetteerError(f"{path} is not an evenhand gazetteer: {error}") from error
    if found is None or found[0] != str(SCHEMA_VERSION):
        db.close()
        raise GazetteerError(f"{path} has schema {found and found[0]}, this version reads {SCHEMA_VERSION}")
    return db


class Gazetteer:
    """Looks names up in one or more layers; a place that several layers hold comes from the topmost."""

    def __init__(self, packs: Sequence[Path] = (), *, core: bool = True, cache: Path | None = None) -> None:
        """Open `packs` (the first on top) over the shipped file.

        Raises GazetteerError when a pack cannot be read.
        """
        self._opened = (tuple(packs), core, cache)
        layers = [_connect(Path(path)) for path in packs]
        if core:
            packed = importlib.resources.files(__package__).joinpath(_CORE).read_bytes()
            layers.append(_unpack(packed, cache or default_cache()))
        self._layers = [_Layer(db, number) for number, db in enumerate(layers)]
        self._memo: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self._towns: dict[str, list[tuple[object, ...]]] = {}
        self._sectors: dict[tuple[object, ...], tuple[float, float, float] | None] = {}
        self._extents: dict[str, tuple[float, float, float] | None] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (_reopen, self._opened)

    def close(self) -> None:
        """Close the files."""
        for layer in self._layers:
            layer.db.close()

    def sources(self) -> tuple[Source, ...]:
        """Name, version, licence and address of every source of every layer, topmost first."""
        rows = [row for layer in self._layers for row in layer.rows("SELECT * FROM source ORDER BY id")]
        return tuple(Source(*row) for row in rows)  # type: ignore[arg-type]

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Every place that has `name`, whatever its case, marks, hyphens and leading article."""
        memo = ("", keys.fold(name))
        if memo not in self._memo:
            found: dict[str, Entry] = {}
            for spelling in _spellings(memo[1]):
                for layer in self._layers:
                    self._add(found, layer, layer.rows(_BY_ALIAS, spelling), tier=0)
            self._remember(memo, found.values())
        return self._memo[memo]

    def variants(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of `country` (ISO alpha-2) under another spelling of `name`.

        They agree by romanisation key (tier 1) or, with at least three consonants, by skeleton (tier 2).
        """
        key = keys.fold(name)
        memo = (country, key)
        if memo not in self._memo:
            found: dict[str, Entry] = {}
            if key.isascii():
                self._variants(found, keys.romanisation_key(key), country)
                if key.startswith("al") and len(key) > 5 and key[2] not in " aeiou":
                    self._variants(found, keys.romanisation_key(key[2:]), country)
            self._remember(memo, found.values())
        return self._memo[memo]

    def country(self, code: str) -> Entry | None:
        """The country with this ISO alpha-2 code."""
        memo = ("country", code)
        if memo not in self._memo:
            found: dict[str, Entry] = {}
            for layer in self._layers:
                self._add(found, layer, layer.rows(_BY_COUNTRY, code), tier=0)
            self._remember(memo, found.values())
        return next(iter(self._memo[memo]), None)

    def capital(self, code: str) -> Entry | None:
        """The capital of the country with this ISO alpha-2 code."""
        memo = ("capital", code)
        if memo not in self._memo:
            found: dict[str, Entry] = {}
            for layer in self._layers:
                for (number,) in layer.rows("SELECT value FROM meta WHERE name = ?", f"capital:{code}"):
                    self._add(found, layer, layer.rows(_BY_ID, str(number)), tier=0)
            self._remember(memo, found.values())
        return next(iter(self._memo[memo]), None)

    def sector(self, area: Entry, *bearings: float) -> tuple[float, float, float] | None:
        """The circle (lat, lon, km) around the towns on one side (or several) of a country or first-level unit.

        None where too few of its towns are known (`geometry.sector`).
        """
        side = (area.kind, area.country, area.ref, *bearings)
        if side not in self._sectors:
            if len(self._sectors) >= _MEMO:
                self._sectors.clear()
            self._sectors[side] = geometry.sector(self._towns_of(area), *bearings)
        return self._sectors[side]

    def extent(self, country: Entry) -> tuple[float, float, float] | None:
        """The circle (lat, lon, km) around a country's own middle that holds 95 % of its towns.

        None where it has no middle or fewer than five towns are known.
        """
        if country.ref not in self._extents:
            points = self._towns_of(country)
            known = country.lat is not None and country.lon is not None
            middle = (country.lat or 0.0, country.lon or 0.0) if known else None
            self._extents[country.ref] = geometry.around(middle, points) if middle is not None else None
        return self._extents[country.ref]

    def _towns_of(self, area: Entry) -> list[tuple[float, float]]:
        towns = self._towns.get(area.country)
        if towns is None:
            towns = [row for layer in self._layers for row in layer.rows(_TOWNS, area.country)]
            self._towns = {**self._towns, area.country: towns} if len(self._towns) < _COUNTRIES else {}
        return [
            (float(str(lat)) / 10_000, float(str(lon)) / 10_000)
            for lat, lon, ref in towns
            if area.kind == "country" or ref == area.ref
        ]

    def _variants(self, found: dict[str, Entry], romanised: str, country: str) -> None:
        bones = keys.skeleton(romanised)
        if len(bones) < 2:
            return
        for layer in self._layers:
            rows = layer.rows(_BY_BONES, country, bones)
            self._add(found, layer, [row for row in rows if row[-1] == romanised], tier=1)
            if len(bones) >= keys.MIN_CONSONANTS:
                self._add(found, layer, rows, tier=2)

    def _add(self, found: dict[str, Entry], layer: _Layer, rows: Iterable[tuple[object, ...]], tier: int) -> None:
        for row in rows:
            entry = _entry(row, layer.number, tier)
            known = found.get(entry.ref)
            if known is None:
                found[entry.ref] = entry
            elif entry.rank < known.rank:
                found[entry.ref] = replace(known, rank=entry.rank)

    def _remember(self, memo: tuple[str, str], entries: Iterable[Entry]) -> None:
        if len(self._memo) >= _MEMO:
            self._memo.clear()
        self._memo[memo] = tuple(sorted(entries, key=lambda e: (e.tier, -e.population, e.ref)))


def _reopen(packs: tuple[Path, ...], core: bool, cache: Path | None) -> Gazetteer:
    return Gazetteer(packs, core=core, cache=cache)


def _spellings(key: str) -> tuple[str, ...]:
    if not key:
        return ()
    first, _, rest = key.partition(" ")
    if rest and first in {"al", "el", "ar", "as", "ash", "at", "ad", "az", "an", "the"}:
        return (key, rest) if len(rest) > 2 else (key,)
    return (key,) if " " in key or len(key) < 4 else (key, f"al {key}")


def _ref(number: object, ref: object) -> str:
    if ref is not None:
        return str(ref)
    return "" if number is None else f"geonames:{number}"


def _entry(row: tuple[object, ...], layer: int, tier: int) -> Entry:
    (number, ref, name, kind, country, lat, lon, radius, population, disputed, source,
     ref1, name1, ref2, name2, adm1, adm2, rank) = row  # fmt: skip
    del layer
    return Entry(
        ref=_ref(number, ref),
        name=str(name),
        kind=str(kind),
        country=str(country),
        adm1=_ref(adm1, ref1),
        adm2=_ref(adm2, ref2),
        lat=None if lat is None else int(str(lat)) / 10_000,
        lon=None if lon is None else int(str(lon)) / 10_000,
        radius_km=int(str(radius)) / 10,
        population=int(str(population)),
        source=str(source),
        adm1_name=str(name1 or ""),
        adm2_name=str(name2 or ""),
        rank=rank if isinstance(rank, int) else 0,
        tier=tier,
        disputed=str(disputed or ""),
    )
