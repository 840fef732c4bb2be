"""What a user's pack is read from: GeoNames dumps, Who's On First, OCHA p-codes, the user's own table."""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from evenhand.reading.places import keys
from evenhand.reading.places.gazetteer import GazetteerError
from evenhand.reading.places.records import OWN

T = TypeVar("T")
_MAX_LINE = 1_000_000
_MAX_BYTES = 600_000_000
# P-codes begin with the country's alpha-2 code save for these.
_ISO3 = {"TUR": "TR"}
_GEONAMES_COLUMNS = 19
_FEATURES = {"PPL": "town", "ADM1": "adm1", "ADM2": "adm2", "AIRB": "airbase", "AIRP": "airbase", "CMP": "camp",
             "CMPRF": "camp", "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "STM": "river", "DAM": "facility",
             "HSP": "facility", "OILF": "facility", "RFN": "facility", "PRN": "facility", "AREA": "region",
             "RGN": "region", "VAL": "region", "ISL": "region"}  # fmt: skip
# Who's On First's place types; a wide one that is taken for a town would be given as a point.
_WOF_KINDS = {
    "locality": "town", "region": "adm1", "county": "adm2", "neighbourhood": "quarter", "campus": "facility",
    "country": "country", "dependency": "country", "macroregion": "macro", "macrocounty": "macro", "localadmin": "adm2",
    "borough": "quarter", "macrohood": "quarter", "microhood": "quarter", "continent": "continent", "ocean": "sea",
    "marinearea": "sea", "venue": "facility",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
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
class Input:
    """The places of one file, its source (name, version, licence, address), and the lines that could not be read."""

    source: tuple[str, str, str, str]
    drafts: list[Draft] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_input(path: Path) -> Input:
    """The places of one file; a line that cannot be read is refused with its reason, the others stand.

    Raises GazetteerError when the file is none of the kinds known, or not one of its lines can be read.
    """
    try:
        data = _text(path)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path}: {error}") from error
    first = data.partition("\n")[0]
    version = str(path.name)
    try:
        if first.lstrip().startswith("{"):
            source = ("Who's On First", version, "CC BY 4.0", "https://whosonfirst.org/")
            return _input(path, source, enumerate(data.split("\n"), 1), _wof)
        if first.count("\t") >= _GEONAMES_COLUMNS - 1:
            source = ("GeoNames", version, "CC BY 4.0", "https://www.geonames.org/")
            return _input(path, source, enumerate(data.split("\n"), 1), _geonames)
        header = {h.strip().lower() for h in next(csv.reader([first]), [])}
        table = enumerate(csv.DictReader(io.StringIO(data)), 2)
        if {"location", "admin level", "p-code"} <= header:
            source = ("OCHA p-codes", version, "CC BY-IGO", "https://data.humdata.org/")
            return _input(path, source, table, _pcodes)
        if {"name", "lat", "lon"} <= header:
            return _input(path, (OWN, version, "as the user's", str(path)), table, _own)
    except csv.Error as error:
        raise GazetteerError(f"{path}: {error}") from error
    raise GazetteerError(f"{path}: neither GeoNames, Who's On First, p-codes nor a table with name, lat, lon")


def _input(
    path: Path,
    source: tuple[str, str, str, str],
    lines: Iterable[tuple[int, T]],
    read: Callable[[int, T], Draft | None],
) -> Input:
    found = Input(source)
    for number, line in lines:
        try:
            draft = read(number, line)
            if draft is not None:
                found.drafts.append(_checked(draft))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            missing = f"no {error}" if isinstance(error, KeyError) else str(error)
            found.refused.append(f"{path}: line {number}: {missing}")
    if found.refused and not found.drafts:
        raise GazetteerError(f"{found.refused[0]}; no line of the file can be read")
    return found


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


def _checked(draft: Draft) -> Draft:
    """The draft with names and numbers that a file can hold; raises ValueError for a place off the globe."""
    lat, lon = draft.lat, draft.lon
    if (lat is not None and not -90 <= lat <= 90) or (lon is not None and not -180 <= lon <= 180):
        raise ValueError(f"{draft.names[0]}: {lat}, {lon} is off the globe")
    draft.names = [n.encode("utf-8", "ignore").decode("utf-8").replace("\0", "") for n in draft.names]
    draft.population = max(0, min(draft.population, 100_000_000))
    return draft


def _wof(number: int, line: str) -> Draft | None:
    if not line.strip():
        return None
    if len(line) > _MAX_LINE:
        raise ValueError(f"longer than {_MAX_LINE} characters")
    item = json.loads(line)
    geonames, kind = item.get("geonames"), str(item.get("kind") or "locality")
    if kind not in _WOF_KINDS:
        raise ValueError(f"the kind {kind!r} is not known")
    return Draft(
        key=f"wof:{item['id']}",
        ref=f"geonames:{geonames}" if geonames else f"wof:{item['id']}",
        kind=_WOF_KINDS[kind],
        country=str(item.get("country") or ""),
        names=[str(item["name"]), *(str(n) for n in item.get("names") or ())],
        lat=_number(item.get("lat")),
        lon=_number(item.get("lon")),
        population=int(item.get("population") or 0),
        above=(f"wof:{item['parent']}",) if item.get("parent") else (),
    )


def _geonames(number: int, line: str) -> Draft | None:
    if not line:
        return None
    cell = line.split("\t")
    if len(cell) < _GEONAMES_COLUMNS:
        raise ValueError(f"{len(cell)} of {_GEONAMES_COLUMNS} columns")
    kind = _FEATURES.get(cell[7]) or _FEATURES.get(cell[7].rstrip("0123456789ACLX")) if cell[7] else None
    if kind is None:
        return None
    one, two = f"adm1:{cell[8]}.{cell[10]}", f"adm2:{cell[8]}.{cell[10]}.{cell[11]}"
    key = {"adm1": one, "adm2": two}.get(kind, f"geonames:{cell[0]}")
    above = () if kind == "adm1" else (one,) if kind == "adm2" else (two, one)
    return Draft(key, f"geonames:{cell[0]}", kind, cell[8], [cell[1], cell[2], *cell[3].split(",")],
                 _number(cell[4]), _number(cell[5]), int(cell[14] or 0), above=above)  # fmt: skip


def _pcodes(number: int, row: dict[str, Any]) -> Draft | None:
    level = str(row["Admin Level"])
    if level not in {"1", "2"}:
        return None
    country = _ISO3.get(row["Location"], row["P-Code"][:2])
    above = (f"pcode:{row['Parent P-Code']}",) if level == "2" else ()
    code = f"pcode:{row['P-Code']}"
    return Draft(code, code, f"adm{level}", country, [row["Name"]], None, None, above=above)


def _own(number: int, raw: dict[str, Any]) -> Draft:
    row = {str(k).strip().lower(): (v or "").strip() for k, v in raw.items() if isinstance(v, str | None)}
    if not row["name"]:
        raise ValueError("a name is missing")
    names = [row["name"], *(n.strip() for n in row.get("also", "").split(";") if n.strip())]
    ref = f"own:{keys.fold(row['name']).replace(' ', '-')}:{number}"
    people, radius = int(_number(row.get("population")) or 0), _number(row.get("radius_km")) or 0.0
    return Draft(f"own:{number}", ref, row.get("kind") or "town", row.get("country", "").upper(), names,
                 _number(row["lat"]), _number(row["lon"]), people, radius, adm1_name=row.get("adm1", ""))  # fmt: skip
