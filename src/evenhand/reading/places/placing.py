"""From a gazetteer entry and the words around its name to point, radius and precision.

UCDP where_prec (UCDP GED Codebook, "where_prec"): 1 exact place, 2 within about 25 km of or a part of a
known place, 3 second-level and 4 first-level administrative unit, 5 a part of a country that is no such
unit, a line, or a loose description, 6 the country, 7 sea, air or international waters.
"""

from __future__ import annotations

import math

from msgspec.structs import replace

from evenhand.reading.places.geometry import bearing_of, distance_km, offset
from evenhand.reading.places.records import AREA_KINDS, Candidate, Entry, PlaceMention, Relation, ResolvedPlace

NEAR_KM = 10.0
OUTSKIRTS_KM = 15.0
_ROUNDING = 0.2
"""A printed distance ("15 km") is taken to be off by a fifth, the bearing by an eighth of a circle."""
_LARGE_KM = 40.0
_CIRCLED = frozenset({"adm1", "adm2"})
_LEAST_KM = 8.0
"""A smaller circle of a district or province was built from one town or two, and says nothing of its extent."""
_NO_POINT = {
    3: "a district, not a point",
    4: "a province, not a point",
    5: "a larger or linear area, not a point",
    6: "a country, not a point",
    7: "sea, air or many countries, not a point",
}
_PRECISION = {"country": 6, "continent": 7, "sea": 7, "river": 5, "macro": 5, "adm1": 4, "adm2": 3, "border": 5}


def place_of(
    index: int,
    mention: PlaceMention,
    entry: Entry,
    candidates: tuple[Candidate, ...],
    other: Entry | None,
    reason: str | None = None,
) -> ResolvedPlace:
    """The place that `mention` describes, given that its name stands for `entry`.

    An area (country, province, district, river, sea) has no point; a part of one is precision 5. A part
    of a town keeps the town's point and a radius that covers the town; nothing is shifted by guess. Only
    a printed distance with a direction moves the point.
    """
    reasons = [reason] if reason else []
    if candidates:
        reasons.extend(candidates[0].reasons)
    if entry.disputed:
        reasons.append(f"also held or claimed by {entry.disputed}")
    lat, lon, radius, precision = _extent(entry)
    relation = mention.relation
    if relation is not None:
        lat, lon, radius, precision = _related(entry, relation, (lat, lon, radius, precision), other, reasons)
    if lat is None:
        reasons.append(_NO_POINT[precision])
    adm1 = entry.name if entry.kind == "adm1" else entry.adm1_name or None
    adm2 = entry.name if entry.kind == "adm2" else entry.adm2_name or None
    return ResolvedPlace(
        mention=index,
        start=mention.start,
        end=mention.end,
        name=entry.name,
        country=entry.country or None,
        adm1=adm1,
        adm2=adm2,
        gazetteer=entry.ref,
        source=entry.source,
        lat=None if lat is None else round(lat, 5),
        lon=None if lon is None else round(lon, 5),
        radius_km=None if lat is None else round(radius, 1),
        precision=precision,
        kind=entry.kind,
        relation=relation,
        centre=None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon),
        candidates=candidates,
        reasons=tuple(reasons),
        use=mention.use,
        area_km=round(entry.radius_km, 1),
        circle=_circle(entry, relation),
    )


def _circle(entry: Entry, relation: Relation | None) -> tuple[float, float, float] | None:
    """The circle of a district or province; none where the gazetteer knows too few of its towns for one."""
    if entry.kind not in _CIRCLED or entry.lat is None or entry.lon is None or entry.radius_km < _LEAST_KM:
        return None
    if relation is not None and relation.kind != "part":  # a part lies in the circle of the whole
        return None
    return round(entry.lat, 5), round(entry.lon, 5), round(entry.radius_km, 1)


def sides_of(relation: Relation) -> tuple[float, ...]:
    """The bearings of a part: one of "eastern", two of "eastern and northern"; none where a word names no side."""
    if relation.bearing is not None:
        return (relation.bearing,)
    found = [bearing_of(word) for word in relation.words.split(" and ")] if " and " in relation.words else []
    return tuple(side for side in found if side is not None) if None not in found else ()


def with_side(place: ResolvedPlace, circle: tuple[float, float, float] | None) -> ResolvedPlace:
    """A side of a country or province ("northwestern Syria") with the circle around the towns there."""
    if circle is None:
        return place
    lat, lon, km = circle
    why = (*place.reasons[:-1], f"{place.reasons[-1]}: the circle of the towns on that side")
    return replace(place, circle=(round(lat, 5), round(lon, 5), round(km, 1)), reasons=why)


def with_extent(place: ResolvedPlace, circle: tuple[float, float, float] | None) -> ResolvedPlace:
    """A country with the circle of its towns: how wide "in X" is, and nothing that may be drawn."""
    if circle is None:
        return place
    lat, lon, km = circle
    why = (*place.reasons[:-1], f"{place.reasons[-1]}: the circle around its middle that holds 95 % of its towns")
    return replace(place, circle=(round(lat, 5), round(lon, 5), round(km, 1)), reasons=why)


def is_parts(relation: Relation | None) -> bool:
    """Whether only "parts of" a place are meant, no side of it: what is known is the whole."""
    return relation is not None and relation.kind == "part" and relation.bearing is None and "part" in relation.words


def _extent(entry: Entry) -> tuple[float | None, float | None, float, int]:
    if entry.kind in AREA_KINDS or entry.kind == "border":
        return None, None, entry.radius_km, _PRECISION[entry.kind]
    if entry.radius_km > _LARGE_KM:
        return entry.lat, entry.lon, entry.radius_km, 5
    exact = entry.radius_km <= _LARGE_KM / 2 and entry.kind not in {"region", "mountain"}
    return entry.lat, entry.lon, entry.radius_km, 1 if exact else 2


def _related(
    entry: Entry,
    relation: Relation,
    extent: tuple[float | None, float | None, float, int],
    other: Entry | None,
    reasons: list[str],
) -> tuple[float | None, float | None, float, int]:
    lat, lon, radius, precision = extent
    reasons.append(f"{relation.kind}: {relation.words}" if relation.words else relation.kind)
    if relation.kind in {"border", "bank"}:
        return None, None, radius, 5
    if lat is None or lon is None:
        return None, None, radius, _part_of_area(entry, relation, precision)
    if relation.kind == "part":
        return lat, lon, radius, max(2, precision)
    if relation.kind in {"near", "outskirts"}:
        return lat, lon, radius + (NEAR_KM if relation.kind == "near" else OUTSKIRTS_KM), max(2, precision)
    if relation.kind == "between" and other is not None and other.lat is not None and other.lon is not None:
        half = distance_km(lat, lon, other.lat, other.lon) / 2
        reasons.append("middle of the two, radius to both")
        return (lat + other.lat) / 2, (lon + other.lon) / 2, half + 2.0, 2 if half < _LARGE_KM / 2 else 5
    if relation.kind == "offset" and relation.km is not None:
        return _moved(lat, lon, radius, relation, relation.km, reasons)
    return lat, lon, radius, max(2, precision)


def _moved(
    lat: float, lon: float, radius: float, relation: Relation, km: float, reasons: list[str]
) -> tuple[float | None, float | None, float, int]:
    """Point and radius of "KM km BEARING of X"; without a bearing the circle of that distance around X."""
    if relation.bearing is None:
        return lat, lon, radius + km, 2 if km <= 25 else 5
    there = offset(lat, lon, relation.bearing, km)
    spread = max(radius, math.hypot(_ROUNDING * km, km * math.sin(math.pi / 8)))
    reasons.append(f"moved {km:g} km at {relation.bearing:g}°; radius: distance ±20 %, bearing ±22.5°")
    return there[0], there[1], spread, 2 if spread <= 25 else 5


def _part_of_area(entry: Entry, relation: Relation, precision: int) -> int:
    """A side of a province or country is coded 5, "parts of" a country as the country, a part of a district 3."""
    if entry.kind == "country" and is_parts(relation):
        return precision
    return precision if entry.kind in {"adm2", "sea", "continent"} else 5


def unresolved(
    index: int, mention: PlaceMention, why: str, candidates: tuple[Candidate, ...], area: Entry | None
) -> ResolvedPlace:
    """An abstention that still says what is known: "unresolved, inside Idlib"."""
    country = adm1 = adm2 = None
    lat = lon = radius = precision = None
    if area is not None:
        country = area.country or None
        adm1 = area.name if area.kind == "adm1" else area.adm1_name or None
        adm2 = area.name if area.kind == "adm2" else area.adm2_name or None
        precision = 3 if adm2 else 4 if adm1 else 6
        if area.kind in {"town", "quarter", "camp"} and mention.inside is not None and area.lat is not None:
            lat, lon, radius, precision = area.lat, area.lon, area.radius_km, 2
            why = f"{why}; the circle of {area.name} is given"
    where = adm2 or adm1 or country
    reasons = [f"unresolved: {why}" + (f", inside {where}" if where else "")]
    return ResolvedPlace(
        mention=index,
        start=mention.start,
        end=mention.end,
        name=mention.name,
        country=country,
        adm1=adm1,
        adm2=adm2,
        gazetteer=None,
        source=None,
        lat=lat,
        lon=lon,
        radius_km=radius,
        precision=precision,
        kind=None,
        relation=mention.relation,
        centre=None,
        candidates=candidates,
        reasons=tuple(reasons),
        use=mention.use,
    )
