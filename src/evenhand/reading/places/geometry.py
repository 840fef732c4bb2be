"""Distances and offsets on a sphere of the Earth's mean radius (6371.0088 km, IUGG)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

EARTH_KM = 6371.0088
_FEW = 5

_BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
_HALVES = {"north": {"east": 45.0, "west": 315.0}, "south": {"east": 135.0, "west": 225.0}}


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance by the haversine formula, in kilometres; arguments in degrees."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (p2 - p1) / 2, math.radians(lon2 - lon1) / 2
    h = math.sin(half_lat) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def nearest_km(lat: float, lon: float, points: Iterable[tuple[float, float]]) -> float | None:
    """`distance_km` to the nearest of the points; None where there are none."""
    here, least, found = math.radians(lat), math.inf, None
    width = math.cos(here)
    for there in points:
        p2 = math.radians(there[0])
        h = math.sin((p2 - here) / 2) ** 2
        if h < least:  # farther north or south than the nearest one is from here: farther
            h += width * math.cos(p2) * math.sin(math.radians(there[1] - lon) / 2) ** 2
            if h < least:
                least, found = h, there
    return distance_km(lat, lon, *found) if found is not None else None


def offset(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` from (lat, lon) along `bearing` (degrees clockwise from north), in degrees.

    The direct great-circle formula.
    """
    p1, b, d = math.radians(lat), math.radians(bearing), km / EARTH_KM
    p2 = math.asin(math.sin(p1) * math.cos(d) + math.cos(p1) * math.sin(d) * math.cos(b))
    turn = math.atan2(math.sin(b) * math.sin(d) * math.cos(p1), math.cos(d) - math.sin(p1) * math.sin(p2))
    east = math.degrees(turn) + lon
    return math.degrees(p2), (east + 540.0) % 360.0 - 180.0


def bearing_of(direction: str) -> float | None:
    """Degrees clockwise from north of "north", "north-east", "southwestern", "SE"; None if it is no direction."""
    word = direction.lower().replace("-", "").replace(" ", "").replace("ern", "").replace("ward", "").rstrip("s")
    if len(word) <= 2:
        word = "".join({"n": "north", "s": "south", "e": "east", "w": "west"}.get(c, "?") for c in word)
    if word in _BEARINGS:
        return _BEARINGS[word]
    for first, second in _HALVES.items():
        if word.startswith(first) and word[5:] in second:
            return second[word[5:]]
    return None


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Middle of the box around the points, and the distance in km that holds 95 % of them (all of twenty or fewer).

    The outer 2 % of latitudes and longitudes are left out of the box.
    """
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    cut = len(points) // 50
    lat, lon = (lats[cut] + lats[-1 - cut]) / 2, (lons[cut] + lons[-1 - cut]) / 2
    away = sorted(distance_km(lat, lon, p[0], p[1]) for p in points)
    return lat, lon, max(5.0, away[int(len(away) * 0.95) if len(away) > 20 else -1])


def around(centre: tuple[float, float], points: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """The circle (lat, lon, km) around a given centre that holds 95 % of the points; None below five."""
    if len(points) < _FEW:
        return None
    away = sorted(distance_km(*centre, *point) for point in points)
    return *centre, away[int(len(away) * 0.95) if len(away) > 20 else -1]


def sector(points: Sequence[tuple[float, float]], *bearings: float) -> tuple[float, float, float] | None:
    """The circle (lat, lon, km) that holds 95 % of the points on the sides of `bearings`, seen from their middle.

    A side is 135 degrees wide, a corner ("north-east") 90: nobody draws the border of "the north" sharply, so both
    overlap. Points nearer to the middle than a tenth of the whole's radius lie on no side. None below five points.
    """
    if len(points) < _FEW:
        return None
    lat, lon, km = middle(points)
    sides = [(bearing, 67.5 if bearing % 90 == 0 else 45.0) for bearing in bearings]
    outside = ((p, _course(lat, lon, *p)) for p in points if distance_km(lat, lon, *p) > km / 10)
    inside = [p for p, way in outside if any(abs((way - side + 180) % 360 - 180) <= half for side, half in sides)]
    return middle(inside) if len(inside) >= _FEW else None


def _course(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial bearing from the first point to the second, in degrees clockwise from north."""
    p1, p2, turn = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    east = math.sin(turn) * math.cos(p2)
    north = math.cos(p1) * math.sin(p2) - math.sin(p1) * math.cos(p2) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360
