"""Distances and offsets on a sphere of the Earth's mean radius (6371.0088 km, IUGG)."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088

_BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
_HALVES = {"north": {"east": 45.0, "west": 315.0}, "south": {"east": 135.0, "west": 225.0}}


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance by the haversine formula, in kilometres; arguments in degrees."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (p2 - p1) / 2, math.radians(lon2 - lon1) / 2
    h = math.sin(half_lat) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


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
