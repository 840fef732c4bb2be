"""Users' packs: gazetteer files layered over the shipped one.

:func:`build_pack` reads any mix of

* a GeoNames dump (`SY.txt`, `allCountries.txt`, plain or zipped): https://download.geonames.org/export/dump/
* Who's On First as JSON lines: id, name, names, lat, lon, country, kind (locality, region, county), parent
* OCHA p-codes CSV: Location, Admin Level, P-Code, Name, Parent P-Code
* own CSV with a header: name, lat, lon and, as wanted, also (";"-parted names), kind, country, adm1,
  radius_km, population, source

and tells them apart by their content. Places keep the provinces of the shipped file where the names agree,
so that "in Idlib province" holds across layers.
"""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evenhand.reading.places import keys
from evenhand.reading.places.gazetteer import Gazetteer, GazetteerError
from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.records import Entry
from evenhand.reading.places.schema import Row, Source, write

_MAX_LINE = 1_000_000
_MAX_BYTES = 600_000_000
# P-codes begin with the country's alpha-2 code save for these.
_ISO3 = {"TUR": "TR"}
_GEONAMES_COLUMNS = 19
_FEATURES = {"PPL": "town", "ADM1": "adm1", "ADM2": "adm2", "AIRB": "airbase", "AIRP": "airbase", "CMP": "camp",
             "CMPRF": "camp", "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "STM": "river", "DAM": "facility",
             "HSP": "facility", "OILF": "facility", "RFN": "facility", "PRN": "facility", "AREA": "region",
             "RGN": "region", "VAL": "region", "ISL": "region"}  # fmt: skip
_RADIUS = {"adm1": 60.0, "adm2": 25.0, "region": 15.0, "mountain": 8.0, "river": 50.0, "country": 200.0}
_WOF_KINDS = {"locality": "town", "region": "adm1", "county": "adm2", "neighbourhood": "quarter", "campus": "facility"}


@dataclass(slots=True)
class _Draft:
    """A place on its way in; `above` are keys of its container, the closest first."""

    key: str
    ref: str
    kind: str
    country: str
    names: list[str]
    lat: float | None
    lon: float | None
    population: int = 0
    radius: float = 0.0
    above: tuple[str, ...] = ()
    adm1_name: str = ""


@dataclass(slots=True)
class _Input:
    source: tuple[str, str, str, str]
    drafts: list[_Draft] = field(default_factory=list)


def build_pack(inputs: Sequence[Path], out: Path, *, base: Gazetteer | None = None) -> int:
    """Write a pack of `inputs` to `out` and return how many places it holds.

    `base` (the shipped gazetteer if None) supplies the provinces that the pack's places are put in.
    Raises GazetteerError naming the file, and the line where there is one, when an input cannot be read.
    """
    read = [_read(Path(path)) for path in inputs]
    own = base is None
    known = Gazetteer() if base is None else base
    try:
        rows, sources = _rows(read, known)
    finally:
        if own:
            known.close()
    part = out.with_name(out.name + ".part")
    write(part, sources, rows, {"name": out.stem})
    part.replace(out)
    return len(rows)


def _read(path: Path) -> _Input:
    try:
        data = _text(path)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path}: {error}") from error
    first = data.partition("\n")[0]
    version = str(path.name)
    try:
        if first.lstrip().startswith("{"):
            return _Input(("Who's On First", version, "CC BY 4.0", "https://whosonfirst.org/"), _checked(_wof(data)))
        if first.count("\t") >= _GEONAMES_COLUMNS - 1:
            return _Input(("GeoNames", version, "CC BY 4.0", "https://www.geonames.org/"), _checked(_geonames(data)))
        header = {h.strip().lower() for h in next(csv.reader([first]), [])}
        if {"location", "admin level", "p-code"} <= header:
            return _Input(("OCHA p-codes", version, "CC BY-IGO", "https://data.humdata.org/"), _checked(_pcodes(data)))
        if {"name", "lat", "lon"} <= header:
            return _Input(("own table", version, "as the user's", str(path)), _checked(_own(data)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error) as error:
        raise GazetteerError(f"{path}: {error}") from error
    raise GazetteerError(f"{path}: neither GeoNames, Who's On First, p-codes nor a table with name, lat, lon")


def _text(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith((".txt", ".csv", ".jsonl")) and "readme" not in n]
            if not names:
                raise GazetteerError(f"{path}: the archive holds no .txt, .csv or .jsonl")
            if archive.getinfo(names[0]).file_size > _MAX_BYTES:
                raise GazetteerError(f"{path}: more than {_MAX_BYTES:,} bytes unpacked; give it by country")
            return archive.read(names[0]).decode("utf-8-sig")
    if path.stat().st_size > _MAX_BYTES:
        raise GazetteerError(f"{path}: more than {_MAX_BYTES:,} bytes; give it by country")
    return path.read_text(encoding="utf-8-sig")


def _number(value: object) -> float | None:
    if value in (None, ""):
        return None
    number = float(str(value))
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no number")
    return number


def _checked(drafts: Iterator[_Draft]) -> list[_Draft]:
    """The drafts with names and numbers that a file can hold; raises ValueError for a place off the globe."""
    out = []
    for draft in drafts:
        lat, lon = draft.lat, draft.lon
        if (lat is not None and not -90 <= lat <= 90) or (lon is not None and not -180 <= lon <= 180):
            raise ValueError(f"{draft.names[0]}: {lat}, {lon} is off the globe")
        draft.names = [n.encode("utf-8", "ignore").decode("utf-8").replace("\0", "") for n in draft.names]
        draft.population = max(0, min(draft.population, 100_000_000))
        out.append(draft)
    return out


def _wof(data: str) -> Iterator[_Draft]:
    for number, line in enumerate(data.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > _MAX_LINE:
            raise ValueError(f"line {number} is longer than {_MAX_LINE} characters")
        item = json.loads(line)
        geonames = item.get("geonames")
        yield _Draft(
            key=f"wof:{item['id']}",
            ref=f"geonames:{geonames}" if geonames else f"wof:{item['id']}",
            kind=_WOF_KINDS.get(str(item.get("kind")), "town"),
            country=str(item.get("country") or ""),
            names=[str(item["name"]), *(str(n) for n in item.get("names") or ())],
            lat=_number(item.get("lat")),
            lon=_number(item.get("lon")),
            population=int(item.get("population") or 0),
            above=(f"wof:{item['parent']}",) if item.get("parent") else (),
        )


def _geonames(data: str) -> Iterator[_Draft]:
    for number, line in enumerate(data.split("\n"), 1):
        if not line:
            continue
        cell = line.split("\t")
        if len(cell) < _GEONAMES_COLUMNS:
            raise ValueError(f"line {number} has {len(cell)} of {_GEONAMES_COLUMNS} columns")
        kind = _FEATURES.get(cell[7]) or _FEATURES.get(cell[7].rstrip("0123456789ACLX")) if cell[7] else None
        if kind is None:
            continue
        one, two = f"adm1:{cell[8]}.{cell[10]}", f"adm2:{cell[8]}.{cell[10]}.{cell[11]}"
        key = {"adm1": one, "adm2": two}.get(kind, f"geonames:{cell[0]}")
        above = () if kind == "adm1" else (one,) if kind == "adm2" else (two, one)
        yield _Draft(key, f"geonames:{cell[0]}", kind, cell[8], [cell[1], cell[2], *cell[3].split(",")],
                     float(cell[4]), float(cell[5]), int(cell[14] or 0), above=above)  # fmt: skip


def _pcodes(data: str) -> Iterator[_Draft]:
    for row in csv.DictReader(io.StringIO(data)):
        level = str(row["Admin Level"])
        if level not in {"1", "2"}:
            continue
        country = _ISO3.get(row["Location"], row["P-Code"][:2])
        yield _Draft(f"pcode:{row['P-Code']}", f"pcode:{row['P-Code']}", f"adm{level}", country, [row["Name"]],
                     None, None, above=(f"pcode:{row['Parent P-Code']}",) if level == "2" else ())  # fmt: skip


def _own(data: str) -> Iterator[_Draft]:
    for number, raw in enumerate(csv.DictReader(io.StringIO(data)), 2):
        row = {str(k).strip().lower(): (v or "").strip() for k, v in raw.items() if isinstance(v, str | None)}
        lat, lon = _number(row["lat"]), _number(row["lon"])
        if (
            not row["name"]
            or (lat is not None and not -90 <= lat <= 90)
            or (lon is not None and not -180 <= lon <= 180)
        ):
            raise ValueError(f"line {number}: a name is missing or a coordinate is off the globe")
        names = [row["name"], *(n.strip() for n in row.get("also", "").split(";") if n.strip())]
        country = row.get("country", "").upper()
        ref = f"own:{keys.fold(row['name']).replace(' ', '-')}:{number}"
        people, radius = int(_number(row.get("population")) or 0), _number(row.get("radius_km")) or 0.0
        yield _Draft(f"own:{number}", ref, row.get("kind") or "town", country, names, lat, lon, people, radius,
                     adm1_name=row.get("adm1", ""))  # fmt: skip


def _rows(read: list[_Input], known: Gazetteer) -> tuple[list[Row], list[Source]]:
    sources, rows = [], []
    number: dict[str, int] = {}
    drafts = [(k, d) for k, item in enumerate(read, 1) for d in item.drafts]
    for k, (_, draft) in enumerate(drafts, 1):
        number[draft.key] = k
    by_key = {d.key: d for _, d in drafts}
    carried = _Carried(known, len(drafts))
    near = _Neighbours(drafts, by_key)
    for k, item in enumerate(read, 1):
        sources.append(Source(k, *item.source))
    for source, draft in drafts:
        one, two = _containers(draft, by_key)
        if one is None and draft.kind not in {"adm1", "country"}:
            one = near.province(draft)
        ref = draft.ref
        if draft.kind == "adm1" and (same := carried.same(draft)) is not None:
            ref, draft.names = same.ref, [same.name, *draft.names]
        adm1 = number[one.key] if one is not None else carried.province(draft, source)
        names = tuple(dict.fromkeys(n.strip() for n in draft.names if n.strip()))
        if not names:
            continue
        radius = draft.radius or _RADIUS.get(draft.kind) or _town_radius(draft.population)
        rows.append(
            Row(number[draft.key], ref, draft.kind, draft.country, names, draft.lat, draft.lon, radius,
                draft.population, source, adm1, number[two.key] if two is not None else None, variants=True)
        )  # fmt: skip
    return rows + carried.rows, sources


def _town_radius(population: int) -> float:
    return float(max(2.0, (population / 5000 / 3.14159265) ** 0.5))


def _containers(draft: _Draft, by_key: dict[str, _Draft]) -> tuple[_Draft | None, _Draft | None]:
    """First- and second-level containers found by walking up; cycles end the walk."""
    one = two = None
    at, seen = draft, {draft.key}
    while True:
        up = next((key for key in at.above if key in by_key and key not in seen), None)
        if up is None:
            return one, two
        seen.add(up)
        holder = by_key[up]
        if holder.kind == "adm1":
            one = holder
        elif holder.kind == "adm2":
            two = holder
        at = holder


class _Neighbours:
    """The province of the nearest place that has one, for places whose container is not given."""

    LIMIT_KM = 30.0

    def __init__(self, drafts: list[tuple[int, _Draft]], by_key: dict[str, _Draft]) -> None:
        self.cells: dict[tuple[str, int, int], list[tuple[float, float, _Draft]]] = {}
        for _, draft in drafts:
            one, _two = _containers(draft, by_key)
            if one is not None and draft.lat is not None and draft.lon is not None and draft.kind == "town":
                cell = (draft.country, round(draft.lat * 4), round(draft.lon * 4))
                self.cells.setdefault(cell, []).append((draft.lat, draft.lon, one))

    def province(self, draft: _Draft) -> _Draft | None:
        if draft.lat is None or draft.lon is None:
            return None
        best, found = self.LIMIT_KM, None
        for y in (-1, 0, 1):
            for x in (-1, 0, 1):
                cell = (draft.country, round(draft.lat * 4) + y, round(draft.lon * 4) + x)
                for lat, lon, one in self.cells.get(cell, ()):
                    km = distance_km(draft.lat, draft.lon, lat, lon)
                    if km < best:
                        best, found = km, one
        return found


class _Carried:
    """Provinces of the base gazetteer that the pack's places lie in, copied in with their reference."""

    def __init__(self, known: Gazetteer, last: int) -> None:
        self.known = known
        self.last = last
        self.rows: list[Row] = []
        self.number: dict[str, int] = {}

    def same(self, draft: _Draft) -> Entry | None:
        """The base's province that bears one of the draft's names, its main names first."""
        for rank in (0, 1):
            for name in draft.names[:60]:
                for entry in self.known.lookup(name):
                    same = entry.kind == "adm1" and entry.country == draft.country and entry.rank == rank
                    if same and self._close(entry.lat, entry.lon, draft):
                        return entry
        return None

    @staticmethod
    def _close(lat: float | None, lon: float | None, draft: _Draft) -> bool:
        if lat is None or lon is None or draft.lat is None or draft.lon is None:
            return True
        return distance_km(lat, lon, draft.lat, draft.lon) < 250

    def province(self, draft: _Draft, source: int) -> int | None:
        if not draft.adm1_name:
            return None
        for entry in self.known.lookup(draft.adm1_name):
            if entry.kind == "adm1" and entry.country == draft.country:
                if entry.ref not in self.number:
                    self.last += 1
                    self.number[entry.ref] = self.last
                    self.rows.append(Row(self.last, entry.ref, "adm1", entry.country, (entry.name,), entry.lat,
                                         entry.lon, entry.radius_km, entry.population, source))  # fmt: skip
                return self.number[entry.ref]
        return None
