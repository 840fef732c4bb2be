"""The invented case: consistent with itself, marked as invented, and fit for exchanging its two parties."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from evenhand.profiles import load_case, world

FOLDER = Path(__file__).parents[2] / "examples" / "varda"
REPORTS = {path.name[:2]: path.read_text("utf-8") for path in sorted((FOLDER / "reports").glob("*.txt"))}
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
PROFILE = load_case(world(), FOLDER / "case.toml")
DAY = date(2024, 3, 5)
GRADES = {"acknowledged", "corroborated", "single_origin", "party_only", "contested", "unattributed"}


def test_it_says_that_it_is_invented():
    assert "Everything in this folder is invented" in (FOLDER / "README.md").read_text("utf-8")
    assert (FOLDER / "case.toml").read_text("utf-8").startswith("# THE VARDA WAR IS INVENTED")


def test_meta_names_every_report_once_and_known_outlets():
    with (FOLDER / "reports" / "meta.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert sorted(row["file"] for row in rows) == sorted(p.name for p in (FOLDER / "reports").glob("*.txt"))
    for row in rows:
        outlet = PROFILE.outlet_named(row["outlet"])
        assert outlet is not None
        assert outlet.id == row["outlet"]
        assert PROFILE.outlet_for_domain(row["url"]) == outlet
    assert 10 <= len(rows) <= 14


def test_the_two_parties_have_parallel_fields():
    one, other = PROFILE.party("varda"), PROFILE.party("kessary")
    assert one is not None
    assert other is not None
    for spec in fields(one):
        mine, theirs = getattr(one, spec.name), getattr(other, spec.name)
        assert type(mine) is type(theirs)
        if isinstance(mine, tuple):
            assert len(mine) == len(theirs), spec.name
    assert [organ.id for organ in one.organs] == [organ.id for organ in other.organs]
    assert [len(organ.names) for organ in one.organs] == [len(organ.names) for organ in other.organs]
    assert [person.organ for person in one.persons] == [person.organ for person in other.persons]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Vardan Army Command", "varda"), ("Kessarian Army Command", "kessary"), ("the Vardan police", "varda"),
        ("Kessarian artillery", "kessary"), ("Ilen Marsk", "varda"), ("Mira Dolen", "kessary"), ("VNA", "varda"),
        ("KNA", "kessary"), ("Ruth Amsel", None), ("Straits Monitoring Group", None), ("Anders Holm", "sellund"),
    ],
)  # fmt: skip
def test_sources_resolve(name, party):
    member = PROFILE.owner_of(name, on=DAY)
    assert (member.party if member else None) == party


def test_names_of_one_party_stand_in_no_other_name():
    """Else an exchange of names would tear others apart."""
    names = ["Varda", "Vardan", "Kessary", "Kessarian", "Ostreth", "Marnesk", "Torvia", "Sellund"]
    others = [place.name for place in PROFILE.places if place.radius_km < 200] + [
        "Straits Monitoring Group",
        "Medics Beyond Lines",
    ]
    for name in names:
        assert not [other for other in others if name.casefold() in other.casefold() and name != other]


def test_no_indefinite_article_depends_on_the_party():
    pattern = re.compile(r"\ban? (Vardan?|Kessar\w+|Torvia\w*|Sellund\w*)\b")
    for text in REPORTS.values():
        assert all(found.group().startswith("a ") or found.group().startswith("A ") for found in pattern.finditer(text))


def test_places_lie_in_the_open_ocean_and_every_incident_has_one():
    places = {place.name: place for place in PROFILE.places}
    for place in places.values():
        assert place.country == "XV"
        assert -50 < place.lat < -47
        assert -126 < place.lon < -121
    for incident in EXPECTED["incidents"]:
        assert incident["place"] in places


def test_expectations_name_reports_origins_and_grades_that_exist():
    for incident in EXPECTED["incidents"]:
        assert set(incident["reports"]) <= set(REPORTS)
        for question in ("occurrence", "responsibility"):
            assert {incident[question]["grade"], *incident[question].get("also", [])} <= GRADES
        asserting = {
            origin["party"] or origin["name"] for origin in incident["origins"] if origin["occurrence"] == "asserts"
        }
        assert incident["independent_origins"] == len(asserting)
        for origin in incident["origins"]:
            assert any(origin["name"] in REPORTS[number] for number in incident["reports"])
            member = PROFILE.owner_of(origin["name"], on=DAY)
            assert (member.party if member else "") == origin["party"]


def test_every_grade_is_shown():
    shown = {incident["occurrence"]["grade"] for incident in EXPECTED["incidents"]}
    shown |= {incident["responsibility"]["grade"] for incident in EXPECTED["incidents"]}
    assert shown == GRADES


def test_copies_share_their_text_with_the_wire():
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    first, *others = EXPECTED["copies"][0]["reports"]
    wire = shingles(REPORTS[first])
    for number in REPORTS.keys() - {first}:
        own = shingles(REPORTS[number])
        shared = len(own & wire) / len(own)
        assert shared > 0.7 if number in others else shared < 0.2, number


def test_what_is_no_incident_stands_in_its_report():
    for item in EXPECTED["not_incidents"]:
        assert item["text"] in REPORTS[item["report"]]
    for item in EXPECTED["chains"]:
        assert item["content"] in " ".join(REPORTS[item["report"]].split())


def test_the_seed_is_here_unchanged():
    seed = FOLDER.parent / "tass" / "seed.txt"
    assert seed.read_bytes().startswith(b" date 2016-12-27 MOSCOW, December 27. /TASS/.")
    shared = FOLDER.parents[2] / "shared" / "seed.txt"
    if not shared.exists():
        pytest.skip("../shared is absent: the seed cannot be compared with its original")
    assert seed.read_bytes() == shared.read_bytes()
