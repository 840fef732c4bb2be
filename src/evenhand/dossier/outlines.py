"""Coasts and borders for the maps: Natural Earth's, packed with evenhand, so that a map needs no network.

Built by `python -m benchmarks.outlines`, which says how a border comes to be drawn whole or dashed.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

POINT_OF_VIEW = (
    "Borders: Natural Earth, 1:50 million. A border is dashed where Natural Earth and the view nearer to the United "
    "Nations’ do not agree, where it lists a claim, a ceasefire line or a line of control, and around areas of "
    "unsettled status. Names of countries as Natural Earth prints them. No line and no name here says whose a place is."
)  # fmt: skip
_KINDS = ("coast", "border", "disputed")

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A line on the ground as (lon, lat) in degrees; `kind` is coast, border or disputed."""

    kind: str
    points: Points
    box: Box


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country's name as Natural Earth prints it, where it goes, and the root of its area in degrees."""

    name: str
    lon: float
    lat: float
    size: float


@dataclass(frozen=True, slots=True)
class World:
    """All outlines and names."""

    outlines: tuple[Outline, ...]
    names: tuple[CountryName, ...]


@cache
def world() -> World:
    """The packed outlines, unpacked once a process."""
    packed = files("evenhand.dossier").joinpath("data/outlines.json.xz").read_bytes()
    data = json.loads(lzma.decompress(packed))
    found = []
    for kind in _KINDS:
        for flat in data[kind]:
            points = tuple(_unpacked(flat, data["unit"]))
            lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
            found.append(Outline(kind, points, (min(lons), min(lats), max(lons), max(lats))))
    return World(tuple(found), tuple(CountryName(*entry) for entry in data["names"]))


@lru_cache(maxsize=64)
def within(box: Box) -> tuple[tuple[str, Points], ...]:
    """(kind, points) of every stretch of outline that touches the box, cut off outside it.

    A box that reaches over the 180th meridian gets what lies on the other side, at longitudes beyond ±180.
    """
    found = []
    for shift in (-360.0, 0.0, 360.0):
        west, south, east, north = box[0] - shift, box[1], box[2] - shift, box[3]
        for outline in world().outlines:
            far = outline.box
            if far[0] <= east and far[2] >= west and far[1] <= north and far[3] >= south:
                parts = _cut(outline.points, (west, south, east, north))
                found += [(outline.kind, tuple((lon + shift, lat) for lon, lat in part)) for part in parts]
    return tuple(found)


def _unpacked(flat: list[int], unit: float) -> Iterator[tuple[float, float]]:
    x = y = 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        yield round(x * unit, 3), round(y * unit, 3)


def _cut(points: Points, box: Box) -> Iterator[Points]:
    """Stretches whose segments touch the box's rectangle (by their own rectangles: a little too much, never less)."""
    part: list[tuple[float, float]] = []
    for one, two in pairwise(points):
        touches = (
            min(one[0], two[0]) <= box[2]
            and max(one[0], two[0]) >= box[0]
            and min(one[1], two[1]) <= box[3]
            and max(one[1], two[1]) >= box[1]
        )
        if touches:
            part = part or [one]
            part.append(two)
        elif part:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)
