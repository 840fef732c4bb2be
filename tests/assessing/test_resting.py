"""Who has no name beside one of its kind that is named is not shown to be another."""

from dataclasses import replace

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident
from evenhand.model.parties import Organ, Organisation, Outlet, Party
from evenhand.model.reading import Entity, Mention, Reading
from tests.assessing.hand import WHERE, Said, one_cluster, profile, reading


def assessed(*readings: Reading) -> Incident:
    base = profile()
    crew = Organisation(id="crew", name="Upland Crew", kind="rescue", source=WHERE)
    cross = Organisation(id="cross", name="Blue Cross", kind="relief", source=WHERE)
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(),
        profile=replace(base, organisations=(*base.organisations, crew, cross)), settings=AssessmentSettings(),
    )  # fmt: skip


def test_doctors_without_a_name_are_of_the_one_medical_body_that_is_named():
    found = assessed(reading("r1", Said(by="Varda Relief")), reading("r2", Said(by="doctors")))
    assert found.independent_origins == 1
    assert any("is not shown to be another" in why for one in found.origins for why in one.why)


@pytest.mark.parametrize(
    ("by", "origins"),
    [
        ("doctors", 1),
        ("paramedics", 1),
        ("rescue workers", 1),
        ("a doctor at the hospital", 2),
        ("morgue officials", 2),
    ],
)
def test_only_staff_of_a_hospital_is_shown_to_be_another_than_a_relief_society(by: str, origins: int):
    found = assessed(reading("r1", Said(by="Blue Cross")), reading("r2", Said(by=by)))
    assert found.independent_origins == origins


@pytest.mark.parametrize(("by", "origins"), [("health officials", 1), ("local officials", 1), ("aid workers", 2)])
def test_officials_of_no_given_side_count_for_nobody_beside_a_side_of_the_country(by: str, origins: int):
    found = assessed(reading("r1", Said(by="Norland Army")), reading("r2", Said(by=by)))
    assert found.independent_origins == origins


def test_beside_two_services_the_unnamed_are_neither_joined_nor_counted():
    told = [reading(f"r{n}", Said(by=by)) for n, by in enumerate(("Sund Helpers", "Upland Crew", "rescue workers"))]
    found = assessed(*told)
    assert found.independent_origins == 2
    (unnamed,) = [one for one in found.origins if one.name == "rescue workers"]
    assert not unnamed.own_knowledge
    assert any("not shown to be others than one of Sund Helpers, Upland Crew" in why for why in unnamed.why)
    assert assessed(told[1], told[2]).independent_origins == 1


def test_a_source_without_a_name_in_an_allys_organ_is_that_ally_that_is_named():
    named = reading("r1", Said(by="Farlandish army", actor="Sund Army"))
    unnamed = reading("r2", Said(by="unnamed: a source", actor="Sund Army"), outlet="nna")
    assert assessed(unnamed).independent_origins == 1
    assert assessed(named, unnamed).independent_origins == assessed(named).independent_origins


def test_a_monitor_without_a_name_is_the_one_that_is_named():
    found = assessed(reading("r1", Said(by="Varda Watch")), reading("r2", Said(by="unnamed: a war monitor")))
    assert found.independent_origins == 1
    assert assessed(reading("r2", Said(by="unnamed: a war monitor"))).independent_origins == 1


def test_activists_of_a_lead_are_the_monitor_that_its_body_names_and_activists_of_the_body_are_others():
    lead, watch = Said(by="unnamed: activists"), Said(by="Varda Watch")
    assert assessed(reading("r1", lead, watch)).independent_origins == 1
    assert assessed(reading("r1", watch, lead)).independent_origins == 2


def test_local_sources_are_not_shown_to_be_others_than_those_who_are_described():
    local = reading("r2", Said(by="unnamed: local sources"))
    assert assessed(local).independent_origins == 1
    found = assessed(reading("r1", Said(by="unnamed: residents")), local)
    assert found.independent_origins == 1
    assert any("not shown to be others than residents" in why for one in found.origins for why in one.why)


@pytest.mark.parametrize(
    "by", ['unnamed: the opposition "Cham" network', "unnamed: rebel coordinators", "unnamed: insurgents"]
)
def test_a_partys_organ_that_quotes_the_other_side_does_not_quote_itself(by):
    (one,) = assessed(reading("r1", Said(by=by), outlet="sna")).origins
    assert one.party is None


def test_people_without_a_name_whom_only_a_partys_organ_quotes_count_as_that_party():
    told = reading("r1", Said(by="unnamed: residents"))
    (statement,) = told.statements
    through = msgspec.structs.replace(statement, chain=("paper", "Sund News", "unnamed: residents"))
    told = msgspec.structs.replace(told, statements=(through,))
    (one,) = assessed(told).origins
    assert (one.party, one.interest) == ("sund", "interested")
    assert any("residents and witnesses, without a name, quoted by Sund News" in why for why in one.why)


def test_a_bare_word_for_a_side_is_its_own_organs_and_not_the_other_sides():
    base = profile()
    rebels = Party(id="front", name="Hill Front", kind="armed_group", source=WHERE, country="VA")
    organ = Outlet(id="hill", name="Hill Radio", kind="party", source=WHERE, party="front", owner="the front")
    both = replace(base, parties=(*base.parties, rebels), outlets=(*base.outlets, organ))

    def party(by: str, outlet: str) -> str | None:
        told = reading("r1", Said(by=f"unnamed: {by}"), outlet=outlet)
        found = assess(one_cluster(told), readings={"r1": told}, copies=(), profile=both, settings=AssessmentSettings())
        return found.origins[0].party

    assert (party("the rebels", "hill"), party("the rebels", "nna")) == ("front", None)
    assert party("the government", "hill") is None


@pytest.mark.parametrize("by", ["unnamed: a village south of Arden", "unnamed: in some areas on the edge of the city"])
def test_a_place_taken_for_who_says_it_is_nobodys_word(by):
    (one,) = assessed(reading("r1", Said(by=by), outlet="sna")).origins
    assert (one.party, one.own_knowledge) == (None, False)
    (official,) = assessed(reading("r1", Said(by="unnamed: a town source"), outlet="sna")).origins
    assert official.party == "sund"


def test_a_mayor_of_no_given_side_knows_his_town_but_counts_for_nobody_beside_a_side_of_the_country():
    mayor = reading("r1", Said(by="unnamed: the mayor of Arden"))
    assert assessed(mayor).independent_origins == 1
    found = assessed(mayor, reading("r2", Said(by="Norland Army")))
    assert found.independent_origins == 1
    (unnamed,) = [one for one in found.origins if one.family == "class:local_officials"]
    assert any("not shown to be others than one of" in why for why in unnamed.why)
    assert assessed(mayor, reading("r2", Said(by="Varda Watch"))).independent_origins == 2
    organ = reading("r2", Said(), outlet="nna")  # a side's organ in its own voice is that side
    assert assessed(mayor, organ).independent_origins == 1
    assert assessed(mayor, reading("r2", Said(), outlet="paper")).independent_origins == 1


def test_a_leads_number_is_not_the_informants_who_gives_another():
    lead, own = Said(killed=(39, 39, None), op=">="), Said(by="Varda Watch", killed=(36, 36, 36))
    found = assessed(reading("r1", lead, own))
    assert (found.questions.killed.low, found.questions.killed.high) == (36, 36)


@pytest.mark.parametrize(
    ("name", "rests"), [("Awaylandish Ministry", False), ("Olaf Berg", False), ("young boy", True)]
)
def test_a_sentence_that_begins_with_another_is_not_the_informants(name: str, rests: bool):
    told = reading("r1", Said(by="Varda Watch"), Said(type="killing"), outlet="paper")
    first, _ = told.sentences[1]
    kind = "person" if name[0] != "A" else "organisation"
    other = Entity(id="x1", kind=kind, name=name, mentions=(Mention(span=(first, first + 2), form="name"),))
    told = msgspec.structs.replace(told, entities=(*told.entities, other))
    found = {one.family: one for one in assessed(told).origins}
    assert ("outlet:paper" in found) is not rests


def test_no_body_is_given_blame_that_it_does_not_utter_nor_words_of_a_report_that_does_not_name_it():
    body = reading("r1", Said(by="Varda Relief"))
    doctor = reading("r2", Said(by="doctors", actor="Sund Army"))
    own_words = reading("r3", Said(actor="Sund Army"), Said(by="doctors"))
    for found in (assessed(body, doctor), assessed(body, own_words)):
        (named,) = [one for one in found.origins if one.name == "Varda Relief"]
        assert named.stance.responsibility == "silent"
    told = reading("r4", Said(actor="Sund Army"), Said(by="Varda Relief"))
    (named,) = [one for one in assessed(told).origins if one.name == "Varda Relief"]
    assert named.stance.responsibility == "silent"
    blaming = reading("r5", Said(actor="Sund Army"), Said(by="Varda Relief", actor="Sund Army"))
    (named,) = [one for one in assessed(blaming).origins if one.name == "Varda Relief"]
    assert named.stance.responsibility.startswith("blames:")
    assert len(named.claims) == 2


def test_an_activist_with_a_name_is_not_the_networks():
    base = profile()
    network = Organisation(id="net", name="Sund Network", kind="monitor", source=WHERE, party="sund", reason="theirs")
    listed = replace(base, organisations=(*base.organisations, network))
    for by, role, origins in (("activists", None, 1), ("Mara Tolm", "activist", 2)):
        told = reading("r2", Said(by=by))
        (statement,) = told.statements
        speaker = Entity(
            id="x1", kind="person", name=by, role=role, mentions=(Mention(span=(0, len(by)), form="name"),)
        )
        told = msgspec.structs.replace(
            told, entities=(*told.entities, speaker), statements=(msgspec.structs.replace(statement, speaker="x1"),)
        )
        both = (reading("r1", Said(by="Sund Network")), told)
        found = assess(
            one_cluster(*both), readings={one.report.id: one for one in both}, copies=(), profile=listed,
            settings=AssessmentSettings(),
        )  # fmt: skip
        assert found.independent_origins == origins, by


@pytest.mark.parametrize(("by", "origins"), [("medics", 1), ("a doctor at the hospital", 2), ("villagers", 2)])
def test_medics_without_a_name_are_not_shown_to_be_others_than_a_sides_ministry_of_health(by: str, origins: int):
    base = profile()
    first, *rest = base.parties
    health = Organ(id="norland_health", name="Norland Health Ministry", kind="ministry", source=WHERE)
    listed = replace(base, parties=(replace(first, organs=(*first.organs, health)), *rest))
    both = (reading("r1", Said(by="Norland Health Ministry")), reading("r2", Said(by=by)))
    found = assess(
        one_cluster(*both), readings={one.report.id: one for one in both}, copies=(), profile=listed,
        settings=AssessmentSettings(),
    )  # fmt: skip
    assert found.independent_origins == origins
