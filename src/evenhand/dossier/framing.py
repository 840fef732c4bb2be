"""What a map shows: which places, in which frame of degrees, so that the maps of one region share one ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians

from evenhand.dossier.geo import DEFAULT_KM, KM_A_DEGREE, distance
from evenhand.dossier.outlines import Box

WIDTH, HEIGHT = 640.0, 400.0
LOCATOR = 140.0  # side of the small map that shows where the frame lies
_LOCATOR_KM = 3600.0
_LEAST_KM = 400.0  # width of the narrowest frame: below it 1:50 million has nothing to show
_NEAR_KM = 350.0  # what lies this near the middle is always drawn
_SHARE = 0.93  # of the weight of main places that is drawn in any case
_ROOM = 1.3  # a frame is this much larger than what it holds; its middle may be off by 1/16 of its height
_TALL = (1.5, 2, 2.75, 3.5, 4.5, 6, 8, 11, 15, 20, 28, 40, 55, 80, 120, 170, 240)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: `weight` is how many incidents or origins stand behind it; `main` the incident's own."""

    key: str
    label: str
    lat: float
    lon: float
    radius_km: float | None
    href: str
    title: str
    weight: int = 1
    main: bool = True
    area: bool = False  # a district, province or side of a country: only the circle is drawn, no point in its middle


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of degrees drawn `width` units wide; `k` shrinks longitudes by the cosine of the middle latitude."""

    box: Box
    width: float
    height: float
    k: float
    unit: float  # of drawing to a degree of latitude

    @classmethod
    def around(cls, lat: float, lon: float, tall: float, width: float, height: float) -> Frame:
        """The frame with this middle and height in degrees."""
        k = max(0.05, cos(radians(lat)))
        wide = tall * width / height / k
        box = (lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)
        return cls(box, width, height, k, height / tall)

    def holds(self, spot: Spot) -> bool:
        """Whether the spot's middle lies within."""
        return self.box[0] <= spot.lon <= self.box[2] and self.box[1] <= spot.lat <= self.box[3]

    def x(self, lon: float) -> float:
        """Where a longitude is drawn."""
        return round((lon - self.box[0]) * self.k * self.unit, 1)

    def y(self, lat: float) -> float:
        """Where a latitude is drawn."""
        return round((self.box[3] - lat) * self.unit, 1)


def on_one_side(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Spots on both sides of the 180th meridian moved to one, where that makes the map narrower."""
    lons = sorted(spot.lon for spot in spots)
    gap, start = max(((two - one, two) for one, two in pairwise(lons)), default=(0.0, lons[0]))
    if gap <= 180.0:
        return tuple(spots)
    return tuple(replace(spot, lon=spot.lon + 360.0) if spot.lon < start else spot for spot in spots)


def nearest(spots: Sequence[Spot]) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """The spots to draw and the others: near the middle, or of the nearest `_SHARE` of the main ones."""
    main = [spot for spot in spots if spot.main]
    lat, lon = _median([(s.lat, s.weight) for s in main or spots]), _median([(s.lon, s.weight) for s in main or spots])
    ranked = sorted(spots, key=lambda s: (distance((lat, lon), (s.lat, s.lon)), s.key))
    whole, so_far = sum(spot.weight for spot in main or spots), 0
    drawn: list[Spot] = []
    outside: list[Spot] = []
    for spot in ranked:
        near = distance((lat, lon), (spot.lat, spot.lon)) <= _NEAR_KM
        counts = spot.main or not main
        (drawn if near or (counts and so_far < _SHARE * whole) else outside).append(spot)
        so_far += spot.weight if counts else 0
    return tuple(drawn), tuple(outside)


def _median(found: Sequence[tuple[float, int]]) -> float:
    """The value at which half of the weight is reached."""
    half, so_far = sum(weight for _, weight in found) / 2, 0.0
    for value, weight in sorted(found):
        so_far += weight
        if so_far >= half:
            return value
    return found[-1][0]


def frame_of(spots: Sequence[Spot]) -> Frame:
    """A frame that holds every circle with room around it, never narrower than `_LEAST_KM`.

    Heights and middles come in steps, so that incidents of one region share one drawing of the ground.
    """
    reach = [(spot.radius_km or DEFAULT_KM) / KM_A_DEGREE for spot in spots]
    south = min(spot.lat - far for spot, far in zip(spots, reach, strict=True))
    north = max(spot.lat + far for spot, far in zip(spots, reach, strict=True))
    k = max(0.05, cos(radians((south + north) / 2)))
    west = min(spot.lon - far / k for spot, far in zip(spots, reach, strict=True))
    east = max(spot.lon + far / k for spot, far in zip(spots, reach, strict=True))
    least = max(
        _ROOM * (north - south), _ROOM * (east - west) * k * HEIGHT / WIDTH, _LEAST_KM / KM_A_DEGREE * HEIGHT / WIDTH
    )
    tall = next((step for step in _TALL if step >= least), 300.0)
    step = tall / 8
    return Frame.around(
        round((south + north) / 2 / step) * step, round((west + east) / 2 / step) * step, tall, WIDTH, HEIGHT
    )


def locator_of(frame: Frame) -> Frame:
    """The frame of the locator: a region wide, its middle in steps of five degrees."""
    lat, lon = (frame.box[1] + frame.box[3]) / 2, (frame.box[0] + frame.box[2]) / 2
    tall = min(170.0, max(_LOCATOR_KM / KM_A_DEGREE, 2.2 * (frame.box[3] - frame.box[1])))
    lat = max(-85 + tall / 2, min(85 - tall / 2, round(lat / 5) * 5))
    return Frame.around(lat, round(lon / 5) * 5, tall, LOCATOR, LOCATOR)
