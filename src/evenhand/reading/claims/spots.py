"""What kind of place an expression is, and whether two of them are known to be apart."""

from __future__ import annotations

from math import cos, hypot, radians

from evenhand.model.reading import COUNTRY
from evenhand.reading.claims.records import PlaceLike

_KM_A_DEGREE = 111.2
_APART_KM = 5.0
_QUARTER = 4
"""UCDP's where_prec of a province, and of what is called a quarter or district and lies in no list."""


def is_country(place: PlaceLike) -> bool:
    """A country by name; a town that was not found has the precision of its country, too, but no gazetteer entry."""
    return place.precision == COUNTRY and place.gazetteer is not None


def is_town(place: PlaceLike) -> bool:
    """A town, a village or what lies beside one."""
    return place.precision in (1, 2) or place.lat is not None


def is_unlisted(place: PlaceLike) -> bool:
    """Whether it is a place with a name that no list holds: "Xa", not "the village"."""
    return place.gazetteer is None and place.name[:1].isupper()


def abroad(one: PlaceLike, two: PlaceLike) -> bool:
    """Whether two places are known to lie in different countries."""
    return bool(one.country and two.country) and one.country != two.country


def km_apart(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Km between two points (degrees) that lie near each other, on the plane that touches the globe there."""
    east = (one[1] - two[1]) * cos(radians(two[0])) * _KM_A_DEGREE
    return hypot((one[0] - two[0]) * _KM_A_DEGREE, east)


def are_two(one: PlaceLike, two: PlaceLike) -> bool:
    """Whether two places are two towns: apart by more than their radii, or, one of them in no list, by their names.

    A quarter may lie in the town that is named beside it.
    """
    if one.lat is not None and one.lon is not None and two.lat is not None and two.lon is not None:
        radii = (one.radius_km or 0.0) + (two.radius_km or 0.0)
        return km_apart((one.lat, one.lon), (two.lat, two.lon)) > radii + _APART_KM
    if not all((is_town(place) or is_unlisted(place)) and place.precision != _QUARTER for place in (one, two)):
        return False
    names = one.name.casefold(), two.name.casefold()
    return names[0] not in names[1] and names[1] not in names[0]
