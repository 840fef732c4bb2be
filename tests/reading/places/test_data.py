import importlib.resources
import tomllib
from collections import Counter

import pytest

from evenhand.reading.places import Gazetteer
from evenhand.reading.places.keys import fold

FILES = importlib.resources.files("evenhand.reading.places")
KINDS = {"region", "quarter", "town", "camp", "airbase", "facility", "crossing", "mountain", "border", "macro"}


def places(name):
    return tomllib.loads(FILES.joinpath(name).read_text(encoding="utf-8"))["place"]


def test_the_shipped_file_is_small():
    assert len(FILES.joinpath("core.sqlite.xz").read_bytes()) <= 12_000_000


@pytest.mark.parametrize("entry", places("regions.toml"), ids=lambda e: e["name"])
def test_regions_are_whole(entry):
    assert entry["kind"] in KINDS
    assert len(entry["in"]) == 2 and entry["in"].isupper()
    assert -90 <= entry["lat"] <= 90 and -180 <= entry["lon"] <= 180 and 0 < entry["km"] <= 900
    assert entry["source"].partition(":")[0] in {"w", "unrwa", "ocha", "geonames"}


def test_no_region_twice():
    names = Counter((fold(e["name"]), e["in"]) for e in places("regions.toml"))
    assert [n for n, k in names.items() if k > 1] == []


def test_every_region_is_in_the_shipped_file(gazetteer: Gazetteer):
    missing = [
        e["name"]
        for e in [*places("regions.toml"), *places("waters.toml")]
        if not any(f.name == e["name"] and f.source.startswith("evenhand") for f in gazetteer.lookup(e["name"]))
    ]
    assert missing == []


def test_regions_lie_near_their_province(gazetteer: Gazetteer):
    from evenhand.reading.places.geometry import distance_km

    far = []
    for entry in places("regions.toml"):
        if "adm1" not in entry:
            continue
        (found,) = [
            f for f in gazetteer.lookup(entry["name"]) if f.source.startswith("evenhand") and f.name == entry["name"]
        ]
        (area,) = [a for a in gazetteer.lookup(found.adm1_name) if a.ref == found.adm1]
        if distance_km(found.lat, found.lon, area.lat, area.lon) > 2.2 * area.radius_km + 30:
            far.append(entry["name"])
    assert far == []
