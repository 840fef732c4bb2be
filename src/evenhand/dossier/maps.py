"""Maps without a network and without script: outlines, and each place as a circle of its own uncertainty.

A frame is a box of degrees with a plain cylindrical projection that keeps distances along its middle latitude
(Marinus' equirectangular): over the few hundred kilometres of a frame the error stays below what 1:50 million shows.
A district or a province is a circle without a point in its middle (decision 0010); a country is in the list beside
the map and never on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

from evenhand.dossier.framing import HEIGHT, LOCATOR, WIDTH, Frame, Spot, frame_of, locator_of, nearest, on_one_side
from evenhand.dossier.geo import DEFAULT_KM, KM_A_DEGREE
from evenhand.dossier.outlines import POINT_OF_VIEW, Box, within, world

FINE = 2  # outlines are in whole halves of a unit: short paths, and no visible error
_CORNERS = (
    (WIDTH - LOCATOR - 8, 8.0),
    (8.0, 8.0),
    (8.0, HEIGHT - LOCATOR - 24),
    (WIDTH - LOCATOR - 8, HEIGHT - LOCATOR - 44),
)
_STEP = 3  # points nearer than this to the last one are left out, in halves of a unit
_LOCATOR_STEP = 9  # the same in the locator, which stands on every page
_GRID = (0.5, 1, 2, 5, 10, 20, 30)
_LABELS = 14
_NAMED = 40.0  # units of drawing that a country must measure to be named


@dataclass(frozen=True, slots=True)
class Path:
    """An outline as SVG path data."""

    kind: str
    d: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A place on the map: its uncertainty `r`, the mark in its middle `dot`, and its label if there is room."""

    x: float
    y: float
    r: float
    dot: float
    spot: Spot
    label_x: float
    label_y: float
    anchor: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name on the map."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A line of latitude or longitude, with its degrees."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything drawn; `locator` is the same world at a smaller scale with the frame marked in it.

    Paths are in whole units of a drawing `FINE` times as large. `outside` are places that the frame leaves out.
    """

    width: float
    height: float
    paths: tuple[Path, ...]
    grid: tuple[Grid, ...]
    names: tuple[Name, ...]
    circles: tuple[Circle, ...]
    outside: tuple[Spot, ...]
    scale_km: int
    scale_width: float
    locator: tuple[Path, ...]
    locator_at: tuple[float, float]
    locator_frame: tuple[float, float, float, float]
    empty: bool
    point_of_view: str = POINT_OF_VIEW


def draw(spots: Sequence[Spot], frame: Frame | None = None) -> MapView | None:
    """A map of the spots, or None where there is none; bigger circles lie below smaller ones.

    `frame`: all of them in that one, however far they lie apart; without, the one that holds them.
    Spots far from the middle of the weight are not drawn, so that one capital abroad does not shrink a town to a
    speck; they are in `outside`, and the page lists them. A `main` spot is always drawn.
    """
    if not spots:
        return None
    drawn, outside = nearest(on_one_side(spots)) if frame is None else (tuple(spots), ())
    frame = frame or frame_of(drawn)
    # what happens to lie within the frame is drawn too
    drawn += tuple(spot for spot in outside if frame.holds(spot))
    outside = tuple(spot for spot in outside if not frame.holds(spot))
    ground = _ground(frame)
    km = _nice(0.22 * WIDTH / frame.unit * KM_A_DEGREE)
    around = locator_of(frame)
    dots = [(frame.x(spot.lon), frame.y(spot.lat)) for spot in drawn]
    corner = min(_CORNERS, key=lambda at: (_covered(at, dots), _CORNERS.index(at)))
    boxed = (corner[0], corner[1], corner[0] + LOCATOR, corner[1] + LOCATOR)
    return MapView(
        width=WIDTH,
        height=HEIGHT,
        paths=ground,
        grid=_grid(frame),
        names=_names(frame, boxed),
        circles=_circles(drawn, frame, boxed),
        outside=outside,
        scale_km=km,
        scale_width=round(km / KM_A_DEGREE * frame.unit, 1),
        locator=_ground(around, _LOCATOR_STEP),
        locator_at=corner,
        locator_frame=(
            around.x(frame.box[0]), around.y(frame.box[3]),
            max(3.0, around.x(frame.box[2]) - around.x(frame.box[0])),
            max(3.0, around.y(frame.box[1]) - around.y(frame.box[3])),
        ),
        empty=not ground,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _ground(frame: Frame, step: int = _STEP) -> tuple[Path, ...]:
    """Coasts and borders of a frame, one path a kind, in whole units of a drawing `FINE` times as large."""
    box = (floor(frame.box[0]), floor(frame.box[1]), ceil(frame.box[2]), ceil(frame.box[3]))
    parts: dict[str, list[str]] = {"coast": [], "border": [], "disputed": []}
    scale_x, scale_y = frame.k * frame.unit * FINE, frame.unit * FINE
    for kind, points in within(box):
        drawn: list[tuple[int, int]] = []
        for number, (lon, lat) in enumerate(points, 1):
            at = (round((lon - frame.box[0]) * scale_x), round((frame.box[3] - lat) * scale_y))
            if not drawn or number == len(points) or abs(at[0] - drawn[-1][0]) + abs(at[1] - drawn[-1][1]) >= step:
                drawn.append(at)
        if _seen(drawn, frame, step):
            steps = (f"{two[0] - one[0]} {two[1] - one[1]}" for one, two in pairwise(drawn))
            parts[kind].append(f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}")
    return tuple(Path(kind, "".join(found)) for kind, found in parts.items() if found)


def _seen(points: Sequence[tuple[int, int]], frame: Frame, step: int) -> bool:
    """Whether a line is in the frame and more than a speck."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    beyond = max(xs) < 0 or min(xs) > frame.width * FINE or max(ys) < 0 or min(ys) > frame.height * FINE
    return len(points) > 1 and not beyond and (max(xs) - min(xs) + max(ys) - min(ys)) > step


@lru_cache(maxsize=256)
def _grid(frame: Frame) -> tuple[Grid, ...]:
    west, south, east, north = frame.box
    step = next((step for step in _GRID if (north - south) / step <= 5), 45)
    found = []
    for number in range(ceil(west / step), floor(east / step) + 1):
        x = frame.x(number * step)
        lon = (number * step + 180) % 360 - 180
        found.append(Grid(x, 0, x, frame.height, _degrees(lon, "E", "W")))
    for number in range(ceil(south / step), floor(north / step) + 1):
        y = frame.y(number * step)
        found.append(Grid(0, y, frame.width, y, _degrees(number * step, "N", "S")))
    return tuple(found)


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value > 0 else minus if value < 0 else ''}"


@lru_cache(maxsize=256)
def _names(frame: Frame, locator: Box) -> tuple[Name, ...]:
    found = []
    for country in world().names:
        for shift in (-360.0, 0.0, 360.0):
            x, y = frame.x(country.lon + shift), frame.y(country.lat)
            wide = 4.5 * len(country.name)
            inside = wide < x < frame.width - wide and 15 < y < frame.height - 25
            hidden = locator[0] - wide < x < locator[2] + wide and locator[1] < y < locator[3] + 14
            if inside and not hidden and country.size * frame.unit >= _NAMED:
                found.append(Name(x, y, country.name))
    return tuple(found)


def _covered(corner: tuple[float, float], dots: Sequence[tuple[float, float]]) -> int:
    """How many dots a locator in this corner would cover."""
    far = LOCATOR + 12
    return sum(corner[0] - 12 < x < corner[0] + far and corner[1] - 12 < y < corner[1] + far for x, y in dots)


def _circles(spots: Sequence[Spot], frame: Frame, locator: Box) -> tuple[Circle, ...]:
    ranked = sorted(spots, key=lambda s: (not s.main, -s.weight, s.label, s.key))
    taken: list[tuple[float, float, float, float]] = [locator]
    found = []
    for spot in ranked:
        x, y = frame.x(spot.lon), frame.y(spot.lat)
        r = round((spot.radius_km or DEFAULT_KM) / KM_A_DEGREE * frame.unit, 1)
        dot = round(min(16.0, 2.6 + 1.1 * (max(1, spot.weight) ** 0.5 - 1)), 1)
        place = _label(x, y, spot, (dot, r), taken, frame) if len(taken) <= _LABELS else None
        if place is not None:
            taken.append(place[3])
        label_x, label_y, anchor = place[:3] if place is not None else (x, y, "start")
        reach = r if spot.area else max(r, dot + 1.5)
        found.append(Circle(x, y, reach, dot, spot, label_x, label_y, anchor, place is not None))
    return tuple(sorted(found, key=lambda c: (-c.r, c.spot.key)))


def _label(
    x: float,
    y: float,
    spot: Spot,
    sizes: tuple[float, float],
    taken: Sequence[Box],
    frame: Frame,
) -> tuple[float, float, str, Box] | None:
    """Where a label fits without covering another: beside, above or below a mark, at an area's rim; else nowhere."""
    wide, (dot, reach) = 7.0 * len(spot.label), sizes
    gap = dot + 4
    offsets: tuple[tuple[float, float, str], ...]
    offsets = ((gap, 4, "start"), (-gap, 4, "end"), (0, -gap - 2, "middle"), (0, gap + 11, "middle"))
    if spot.area:
        offsets = ((0, -reach - 4, "middle"), (0, reach + 13, "middle"), (0, 16 - reach, "middle"), (0, 4, "middle"))
    for dx, dy, anchor in offsets:
        left = x + dx - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
        box = (left, y + dy - 12, left + wide, y + dy + 3)
        free = all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken)
        if free and box[0] > 0 and box[2] < frame.width and box[1] > 0 and box[3] < frame.height - 18:
            return round(x + dx, 1), round(y + dy, 1), anchor, box
    return None


def _nice(km: float) -> int:
    """The longest of 1, 2, 5 times a power of ten that is no longer."""
    power = 1
    while power * 10 <= km:
        power *= 10
    return next((step * power for step in (5, 2, 1) if step * power <= km), 1)
