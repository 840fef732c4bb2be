"""How well a gazetteer entry fits a place expression: the parts of the score that `resolve` adds up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace
from rapidfuzz import fuzz

from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.keys import fold, romanisation_key, skeleton, without_article
from evenhand.reading.places.lexicon import capitalised, lexicon
from evenhand.reading.places.records import OWN, Candidate, Entry, PlaceMention

SAME_PLACE_KM = 10.0
_TOWN = 5_000
_FAMOUS = 150_000
_ALIKE = 0.8
_VILLAGE = 15_000
_MANY, _SIZE = 6, 10_000
"""A name borne in so many countries is no country's own, however large its largest bearer."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the score: set by hand on LGL, GeoVirus and UCDP names (benchmarks/quality/places.py)."""

    town: float = 0.6
    adm1: float = 0.45
    adm1_base: float = 0.3
    adm2: float = 0.3
    adm2_base: float = -0.3
    country: float = 6.0
    macro: float = 4.5
    written: float = 2.2
    other_name: float = -0.5
    romanised: float = -0.4
    bones: float = -1.0
    exact: float = 0.3
    likeness: float = 2.0
    about: float = 0.6
    share: float = 2.4
    hint: float = 1.5
    inside: float = 4.0
    outside: float = -1.0
    holds: float = 2.0
    province: float = 1.5
    near: float = 1.5
    near_km: float = 150.0
    margin: float = 0.25
    temperature: float = 1.0


WEIGHTS = Weights()

# Kinds a generic noun admits, best first, by the kind words.toml gives it.
ADMITS: dict[str, frozenset[str]] = {
    "adm1": frozenset({"adm1", "region"}),
    "state": frozenset({"adm1", "region", "country"}),
    "adm2": frozenset({"adm2", "adm1"}),
    "district": frozenset({"adm2", "quarter", "region", "town"}),
    "town": frozenset({"town", "quarter"}),
    "quarter": frozenset({"quarter", "town"}),
    "camp": frozenset({"camp", "town"}),
    "airbase": frozenset({"airbase", "facility"}),
    "facility": frozenset({"facility", "airbase"}),
    "crossing": frozenset({"crossing", "facility", "town"}),
    "region": frozenset({"region", "macro", "adm1", "adm2", "quarter", "town", "mountain"}),
    "mountain": frozenset({"mountain", "region"}),
    "river": frozenset({"river"}),
    "sea": frozenset({"sea"}),
}


def about_countries(mentions: Sequence[PlaceMention], text: str, hint: str | None) -> dict[str, dict[str, float]]:
    """How much the text is about each country, by the name that says so (a name is no witness for itself)."""
    weights: dict[str, dict[str, float]] = {"": defaultdict(float)}
    demonyms = lexicon().demonyms
    for word in capitalised(text):
        if word in demonyms:
            weights[""][demonyms[word]] += 0.7
    for mention in mentions:
        best = max(mention.entries, key=lambda e: (e.kind == "country", e.population), default=None)
        if best is None or not best.country:
            continue
        sure = best.kind == "country" or len({e.country for e in mention.entries}) == 1
        weights.setdefault(fold(mention.name), defaultdict(float))[best.country] += 1 if sure else 0.3
    if hint:
        weights[""][hint] += max(3.0, float(len(mentions)))
    return weights


_OWN_SIZE = 7.0
"""A user's own place is as likely as a city of ten million of its name: who lists it means it."""


def prior(entry: Entry, w: Weights) -> float:
    """Log of the population, with what it would need to be named bare for each kind of area."""
    size = math.log10(entry.population + 10)
    if entry.kind == "country":
        return w.country
    if entry.kind == "adm1":
        return w.adm1 * size + w.adm1_base
    if entry.kind == "adm2":
        return w.adm2 * size + w.adm2_base
    if entry.kind in {"continent", "macro", "sea", "river"}:
        return w.macro
    if entry.source.startswith(OWN):
        return w.town * _OWN_SIZE
    if entry.listed:
        return w.written
    return w.town * size


@lru_cache(8192)
def likeness(name: str, other: str) -> float:
    """Share of letters that two names have in common, articles aside, 0 to 1 (rapidfuzz ratio)."""
    return fuzz.ratio(without_article(fold(name)), without_article(fold(other))) / 100


def doubt_of(mention: PlaceMention, entry: Entry, reasons: tuple[str, ...], share: float | None, abroad: bool) -> str:
    """Why a best candidate is still not given: nothing but a poor match of names speaks for it.

    `share` is how much of the text is about the candidate's country, None where the rest says too little to tell.

    Measured on the names of UCDP GED Syria: one-word names of which a gazetteer holds several are wrong
    every third time, distant spellings of short names more often than not.
    """
    if any(r.startswith(("in ", "container", "holds")) for r in reasons):
        return ""
    supported = "near other places" in reasons
    relation = mention.relation
    half = relation is not None and relation.kind == "part" and relation.bearing is not None
    if half and entry.kind == "town" and entry.population <= _TOWN and mention.cue in {"town", "village"}:
        return "the direction may be part of the name"
    spelling = _distant(mention, entry, supported)
    if spelling:
        return spelling
    foreign = share is not None and share <= 0.01 and not supported
    small = foreign and entry.population < _FAMOUS
    homes = len(_homes(mention)) if (foreign or share is None) and entry.kind == "town" else 0
    if homes >= _MANY and not supported:
        return f"a name of places in {homes} countries, and nothing in the report says which"
    parts = {"district", "quarter", "town", *(() if _of_a_town(mention) else ("facility",))}
    part = foreign and lexicon().generic.get(mention.cue or "") in parts  # "al-Quds hospital" is named after the city
    if (abroad or small or part) and entry.kind == "town":
        return "nothing else in the report is of its country"
    return "" if supported else _namesake(mention, entry)


def _homes(mention: PlaceMention) -> set[str]:
    """The countries in which a place of some size bears exactly this name as its main one."""
    alike = (e for e in mention.entries if e.tier == 0 and e.rank == 0 and fold(e.name) == fold(mention.name))
    return {e.country for e in alike if e.population >= _SIZE}


def _namesake(mention: PlaceMention, entry: Entry) -> str:
    """Whether a small town may be another one of its name, or be something else of that name."""
    if entry.source.startswith(OWN):
        return ""
    if entry.kind != "town" or entry.population > _TOWN:
        return ""
    towns = [e for e in mention.entries if e.kind == "town" and e.country == entry.country and e.tier <= entry.tier]
    if entry.listed:
        return "a namesake elsewhere in the country" if any(elsewhere(entry, e) for e in towns) else ""
    homonyms = len(towns)
    if " " not in romanisation_key(fold(mention.name)) and homonyms > 2:
        return f"one of {homonyms} places of this name"
    kind = lexicon().generic.get(mention.cue or "", "town")
    if kind not in {"town", "quarter", "district", "region", "camp", "airbase"} and not _of_a_town(mention):
        return f"no {mention.cue} of this name"
    return ""


def _of_a_town(mention: PlaceMention) -> bool:
    """Whether a building is told by the town that it stands in: "the church of Xa", not "the Xa church"."""
    kind = lexicon().generic.get(mention.cue or "")
    return kind == "facility" and mention.start < mention.name_start


def _distant(mention: PlaceMention, entry: Entry, supported: bool) -> str:
    romanised = romanisation_key(fold(mention.name))
    words, bones = len(romanised.split(" ")), len(skeleton(romanised))
    alike = likeness(mention.name, entry.name)
    close = bones > 3 and (alike >= _ALIKE or supported)
    if entry.tier == 2 and (alike < 0.7 or not (close or (bones > 4 and words > 1))):
        return "only a distant spelling"
    if entry.tier == 1 and alike < 0.7 and bones < 4:
        return "a short name in another spelling"
    small = entry.kind == "town" and entry.population <= _TOWN and not entry.listed
    if entry.tier == 1 and small and words < 2 and bones < 4 and not supported and alike < _ALIKE:
        return "a short name in another spelling"
    return ""


def cue_score(mention: PlaceMention, entry: Entry, reasons: list[str]) -> float:
    """How the entry's kind agrees with the generic noun beside the name."""
    if mention.cue is None:
        part = mention.relation is not None and mention.relation.kind in {"offset", "near", "outskirts", "bank"}
        return -0.5 if part and entry.kind in {"adm1", "adm2"} else 0.0
    kind = lexicon().generic.get(mention.cue, mention.cue)
    admits = ADMITS.get(kind, frozenset())
    if mention.cue.startswith("village") and entry.population > _VILLAGE:
        reasons.append("too large for a village")
        return -1.5
    if entry.kind in admits:
        reasons.append(f"a {mention.cue}")
        exact = entry.kind == kind or (kind == "state" and entry.kind == "adm1") or kind == "district"
        exact = exact or (mention.cue in {"region", "regions"} and entry.kind == "adm1")
        return 2.5 if exact else 1.0
    if kind in {"facility", "airbase"}:
        return 0.0
    return -1.5


def _same_area(one: str, two: str) -> bool:
    return bool(one) and romanisation_key(fold(one)) == romanisation_key(fold(two))


SMALL_TOWN = 100_000
"""People of a town that a reader may not know without its country."""


def is_small(entry: Entry) -> bool:
    """Whether it is a town, village or quarter that a reader may not know without its country."""
    return entry.kind in ("town", "quarter", "camp") and entry.population < SMALL_TOWN


def lies_in(entry: Entry, holder: Entry) -> bool:
    """Whether `entry` lies in `holder`, by its administrative units, for towns by distance."""
    if entry.ref == holder.ref:
        return False
    if holder.kind == "country":
        return entry.country == holder.country and entry.kind != "country"
    if entry.country and holder.country and entry.country != holder.country:
        return False
    if holder.kind == "adm1":
        return entry.adm1 == holder.ref or _same_area(entry.adm1_name, holder.name)
    if holder.kind == "adm2":
        return entry.adm2 == holder.ref or _same_area(entry.adm2_name, holder.name)
    if entry.lat is None or entry.lon is None or holder.lat is None or holder.lon is None:
        return False
    reach = max(25.0, 1.5 * holder.radius_km)
    return distance_km(entry.lat, entry.lon, holder.lat, holder.lon) <= reach


def elsewhere(one: Entry, two: Entry) -> bool:
    """Whether the two would be different answers: another point, or an area against a point."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return one.ref != two.ref
    area = {one.kind, two.kind} & {"adm1", "adm2", "country"}
    if area and _same_area(one.name, two.name) and one.country == two.country:
        return False  # "Idlib": the town and its province; the town is given, the kinds say which
    return distance_km(one.lat, one.lon, two.lat, two.lon) > SAME_PLACE_KM


def label(entry: Entry) -> str:
    """Name, kind and whereabouts of an entry for a reason."""
    return f"{entry.name} ({', '.join(x for x in (entry.kind, entry.adm1_name, entry.country) if x)})"


def country_only(entry: Entry) -> Entry:
    """What is left of an entry when only its country is certain."""
    return replace(entry, kind="country", adm1="", adm1_name="", adm2="", adm2_name="", name=entry.country, lat=None,
                   lon=None)  # fmt: skip


def candidate(score: float, entry: Entry, reasons: tuple[str, ...]) -> Candidate:
    """The record kept of a scored entry."""
    return Candidate(
        entry.ref,
        entry.name,
        entry.kind,
        entry.country,
        entry.adm1_name if entry.kind != "adm1" else entry.name,
        entry.lat,
        entry.lon,
        round(score, 3),
        reasons,
        entry.source,
    )
