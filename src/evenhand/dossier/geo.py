"""Distances on the ground, for comparing places and for drawing them."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # IUGG mean radius
KM_A_DEGREE = 111.195  # of latitude, on that sphere
DEFAULT_KM = 10.0  # where a point has no radius; as in assessing/spreads.py
SLACK_KM = 20.0  # places whose circles lie this near may be one; as in assessing/spreads.py


def distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great-circle km between two (lat, lon) in degrees, by the haversine formula."""
    north, east = radians(two[0] - one[0]) / 2, radians(two[1] - one[1]) / 2
    half = sin(north) ** 2 + cos(radians(one[0])) * cos(radians(two[0])) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
