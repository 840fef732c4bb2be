"""What this package's functions take and give: frozen records."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

OWN = "own table"
"""The source's name of places that a user or a case file lists: they come before their namesakes."""
AREA_KINDS = frozenset({"continent", "country", "adm1", "adm2", "river", "sea", "macro"})
"""Kinds that are never given as a point."""


class Entry(msgspec.Struct, frozen=True):
    """One place of a gazetteer.

    `lat`, `lon` in degrees and `radius_km` (the circle that should cover the place). For the kinds of
    :data:`AREA_KINDS` the point is only where the area's middle lies; it helps to choose among
    candidates and is never given out as the place. `source` names source and version.
    """

    ref: str
    name: str
    kind: str
    country: str
    adm1: str
    adm2: str
    lat: float | None
    lon: float | None
    radius_km: float
    population: int
    source: str
    adm1_name: str = ""
    adm2_name: str = ""
    rank: int = 0
    """0: the name looked up is its main name; 1: another of its names."""
    disputed: str = ""
    """Who else holds or claims the place: ISO codes or names, parted by commas."""
    tier: int = 0
    """How the name was found: 0 the folded name, 1 the romanisation key, 2 the consonant skeleton."""

    @property
    def listed(self) -> bool:
        """Whether somebody wrote it down for its part in a conflict: in our regions or in a user's own table."""
        return self.source.startswith(("evenhand", OWN))


class Relation(msgspec.Struct, frozen=True):
    """How an expression relates to the place it names.

    `kind` is "part" (eastern X), "near", "outskirts", "offset" (15 km east of X), "between", "border",
    "bank". `bearing` is in degrees clockwise from north, `km` in kilometres.
    """

    kind: str
    bearing: float | None = None
    km: float | None = None
    other: str | None = None
    words: str = ""


class PlaceMention(msgspec.Struct, frozen=True):
    """A place expression of a text, in code points, half-open.

    `start:end` is the whole expression ("15 km east of Palmyra"), `name_start:name_end` the name in it.
    `cue` is the generic word beside the name ("province", "town", "airbase"). `use` is "place", "actor"
    (a capital or country that speaks or acts: "Damascus said"), "dateline", "part_of_name" (inside the
    name of a person or an organisation) or "common" (a description without a name: "the camp").
    `inside` is the index of the mention that holds this one ("Nablus" in "Nablus, West Bank").
    `entries` are the gazetteer's candidates under the name as written.
    """

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    cue: str | None = None
    relation: Relation | None = None
    use: str = "place"
    inside: int | None = None
    entries: tuple[Entry, ...] = ()


class Candidate(msgspec.Struct, frozen=True):
    """A gazetteer entry considered for a mention, its score and why."""

    ref: str
    name: str
    kind: str
    country: str
    adm1: str
    lat: float | None
    lon: float | None
    score: float
    reasons: tuple[str, ...]
    source: str


class ResolvedPlace(msgspec.Struct, frozen=True):
    """What a mention is held to stand for; `lat`/`lon` are None for areas and when unresolved.

    `precision` is UCDP's where_prec: 1 exact, 2 near or part of a known place, 3 second and 4 first
    administrative level, 5 a larger part of a country, a line or an area loosely described, 6 country,
    7 sea, air or international; None when nothing at all is known. `centre` is the middle of the area
    as (lat, lon), given for ranking and scoring only. `reasons` always says why, also for an abstention.
    """

    mention: int
    start: int
    end: int
    name: str
    country: str | None
    adm1: str | None
    adm2: str | None
    gazetteer: str | None
    source: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: int | None
    kind: str | None
    relation: Relation | None
    centre: tuple[float, float] | None
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]
    use: str = "place"
    area_km: float | None = None
    """Radius of the circle around `centre` that should cover the area, in km."""
    circle: tuple[float, float, float] | None = None
    """For a district, a province, a side of a country: latitude, longitude and radius in km of the circle that
    holds 95 % of its towns. It is drawn as that circle, never as a point. A country has one, too, which is not drawn
    at all; a sea, a border, a part of a country without a side has none."""

    def as_place(self, *, circles: bool = False) -> Mapping[str, object]:
        """The ledger's `place` of a claim.

        With `circles` an area that has one comes as its `circle` instead of nulls; its precision still says
        that it is no point.
        """
        if circles and self.lat is None and self.circle is not None:
            lat, lon, km = self.circle
            return {**self.as_place(), "lat": lat, "lon": lon, "radius_km": km}
        return {
            "span": [self.start, self.end],
            "name": self.name,
            "country": self.country,
            "gazetteer": self.gazetteer,
            "lat": self.lat,
            "lon": self.lon,
            "radius_km": self.radius_km,
            "precision": self.precision,
        }
