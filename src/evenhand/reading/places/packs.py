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

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.pack_inputs import Draft, Input, read_input
from evenhand.reading.places.records import Entry
from evenhand.reading.places.schema import Row, Source, write

_RADIUS = {"adm1": 60.0, "adm2": 25.0, "region": 15.0, "mountain": 8.0, "river": 50.0, "country": 200.0}


@dataclass(frozen=True, slots=True)
class Pack:
    """A written pack: its number of places, and "file: line N: reason" for every line that could not be read."""

    places: int
    refused: tuple[str, ...]


def build_pack(inputs: Sequence[Path], out: Path, *, base: Gazetteer | None = None) -> Pack:
    """Write a pack of `inputs` to `out`; says how many places it holds and which lines were left out, and why.

    `base` (the shipped gazetteer if None) supplies the provinces that the pack's places are put in.
    Raises GazetteerError naming the file when an input cannot be read at all.
    """
    read = [read_input(Path(path)) for path in inputs]
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
    return Pack(len(rows), tuple(line for item in read for line in item.refused))


def _rows(read: list[Input], known: Gazetteer) -> tuple[list[Row], list[Source]]:
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


def _containers(draft: Draft, by_key: dict[str, Draft]) -> tuple[Draft | None, Draft | None]:
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

    def __init__(self, drafts: list[tuple[int, Draft]], by_key: dict[str, Draft]) -> None:
        self.cells: dict[tuple[str, int, int], list[tuple[float, float, Draft]]] = {}
        for _, draft in drafts:
            one, _two = _containers(draft, by_key)
            if one is not None and draft.lat is not None and draft.lon is not None and draft.kind == "town":
                cell = (draft.country, round(draft.lat * 4), round(draft.lon * 4))
                self.cells.setdefault(cell, []).append((draft.lat, draft.lon, one))

    def province(self, draft: Draft) -> Draft | None:
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

    def same(self, draft: Draft) -> Entry | None:
        """The base's province that bears one of the draft's names, its main names first."""
        for rank in (0, 1):
            for name in draft.names[:60]:
                for entry in self.known.lookup(name):
                    same = entry.kind == "adm1" and entry.country == draft.country and entry.rank == rank
                    if same and self._close(entry.lat, entry.lon, draft):
                        return entry
        return None

    @staticmethod
    def _close(lat: float | None, lon: float | None, draft: Draft) -> bool:
        if lat is None or lon is None or draft.lat is None or draft.lon is None:
            return True
        return distance_km(lat, lon, draft.lat, draft.lon) < 250

    def province(self, draft: Draft, source: int) -> int | None:
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
