"""Who has no name beside one of its kind that is named is not shown to be another."""

from dataclasses import replace

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident
from evenhand.model.parties import Organisation
from evenhand.model.reading import Reading
from tests.assessing.hand import WHERE, Said, one_cluster, profile, reading


def assessed(*readings: Reading) -> Incident:
    base = profile()
    crew = Organisation(id="crew", name="Upland Crew", kind="rescue", source=WHERE)
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(),
        profile=replace(base, organisations=(*base.organisations, crew)), settings=AssessmentSettings(),
    )  # fmt: skip


def test_doctors_without_a_name_are_of_the_one_medical_body_that_is_named():
    found = assessed(reading("r1", Said(by="Varda Relief")), reading("r2", Said(by="doctors")))
    assert found.independent_origins == 1
    assert any("is not shown to be another" in why for one in found.origins for why in one.why)


def test_beside_two_services_nobody_is_joined():
    told = [reading(f"r{n}", Said(by=by)) for n, by in enumerate(("Sund Helpers", "Upland Crew", "rescue workers"))]
    assert assessed(*told).independent_origins == 3
    assert assessed(told[1], told[2]).independent_origins == 1


def test_a_source_without_a_name_in_an_allys_organ_is_that_ally_that_is_named():
    named = reading("r1", Said(by="Farlandish army", actor="Sund Army"))
    unnamed = reading("r2", Said(by="unnamed: a source", actor="Sund Army"), outlet="nna")
    assert assessed(unnamed).independent_origins == 1
    assert assessed(named, unnamed).independent_origins == assessed(named).independent_origins
