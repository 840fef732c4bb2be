"""Short names, names followed across reports, and people whose own words make them witnesses."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.grounds import ground_of
from evenhand.assessing.identity import Source
from evenhand.assessing.naming import Namer
from evenhand.model.incident import Incident, Origin
from evenhand.model.parties import Organisation, Outlet, Party
from evenhand.model.reading import Entity, Mention, Place, Reading
from tests.assessing.hand import WHERE, Said, one_cluster, profile, reading

PAGES = profile()
PROFILE = replace(
    PAGES,
    parties=(*PAGES.parties, Party(id="island", name="Island government", kind="government", source=WHERE)),
    organisations=(
        *PAGES.organisations,
        Organisation(id="mandate", name="Joint Varda Mission", names=("JVM",), kind="un", source=WHERE),
        Organisation(id="watch_desk", name="Varda Desk", kind="ngo", source=WHERE),
    ),
    outlets=(*PAGES.outlets, Outlet(id="desk", name="Varda Desk", kind="monitor", source=WHERE)),
)  # fmt: skip


def assessed(*readings: Reading) -> Incident:
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(), profile=PROFILE,
        settings=AssessmentSettings(),
    )  # fmt: skip


def naming(found: Reading, *names: str, kind: str = "organisation") -> Reading:
    """The same reading, in which these bodies are named as well."""
    extra = tuple(
        Entity(id=f"n{number}", kind=kind, name=name, mentions=(Mention(span=(0, 1), form="name"),))
        for number, name in enumerate(names)
    )
    return msgspec.structs.replace(found, entities=(*found.entities, *extra))


def the(incident: Incident, family: str) -> Origin:
    (found,) = [one for one in incident.origins if one.family == family]
    return found


def test_a_short_name_is_the_bodys_that_the_report_names_in_full():
    said = reading("r1", Said(by="unnamed: the mission"))
    assert assessed(said).independent_origins == 0
    found = assessed(naming(said, "JVM"))
    assert found.independent_origins == 1
    assert any("short for Joint Varda Mission" in why for why in the(found, "mandate").why)


def test_a_short_name_that_two_bodies_share_is_nobodys():
    said = naming(reading("r1", Said(by="unnamed: the army")), "Norland Army", "Sund Army")
    assert not [one for one in assessed(said).origins if one.party]
    (told,) = assessed(naming(reading("r1", Said(by="unnamed: the army")), "Sund Army")).origins
    assert told.party == "sund"


@pytest.mark.parametrize("by", ["unnamed: the youths", "unnamed: a source", "unnamed: Arden"])
def test_what_holds_no_word_for_a_body_is_no_short_name(by: str):
    found = assessed(
        naming(reading("r1", Said(by=by)), "Arden youths of the Norland Army", "a source of the Sund Army")
    )
    assert not [one for one in found.origins if one.party]


def spoken(
    key: str, name: str, said: Said, *, role: str | None, kind: str = "indirect", outlet: str = "paper"
) -> Reading:
    """A reading whose first statement is by a person with this office."""
    found = reading(key, said, outlet=outlet)
    statement = msgspec.structs.replace(found.statements[0], speaker="p1", speaker_name=name, kind=kind)
    person = Entity(id="p1", kind="person", name=name, role=role, mentions=(Mention(span=(0, 1), form="name"),))
    return msgspec.structs.replace(
        found, statements=(statement, *found.statements[1:]), entities=(*found.entities, person)
    )


def test_a_spokesman_speaks_for_the_body_whose_name_his_office_shares():
    said = spoken("r1", "Olaf Berg", Said(by="defence ministry spokesman Olaf Berg"), role="spokesman")
    assert the(assessed(naming(said, "Norland Defence Ministry", "Sund Army")), "norland").own_knowledge


def test_two_words_for_any_body_do_not_give_an_office_away():
    said = spoken("r1", "Olaf Berg", Said(by="army spokesman Olaf Berg"), role="spokesman")
    assert not [one for one in assessed(naming(said, "Sund Army")).origins if one.party]


def test_a_name_without_an_office_is_whom_another_report_of_it_says():
    named = spoken("r1", "Olaf Berg", Said(by="Sund Army Olaf Berg"), role=None)
    bare = spoken("r2", "Olaf Berg", Said(by="Olaf Berg"), role=None)
    found = assessed(named, bare)
    assert {one.family for one in found.origins} == {"sund"}
    surname = spoken("r2", "Berg", Said(by="Berg"), role=None)
    assert {one.family for one in assessed(named, surname).origins} == {"sund"}
    assert {one.family for one in assessed(bare).origins} == {"name:olaf berg"}


def test_two_of_one_surname_are_not_taken_for_each_other():
    one = spoken("r1", "Olaf Berg", Said(by="Sund Army Olaf Berg"), role=None)
    two = spoken("r2", "Nina Berg", Said(by="Norland Army Nina Berg"), role=None)
    bare = spoken("r3", "Berg", Said(by="Berg"), role=None)
    assert "name:berg" in {origin.family for origin in assessed(one, two, bare).origins}


def test_who_tells_what_he_saw_in_his_own_words_is_a_witness():
    told = Said(by="Nina Holt", words="I heard planes, then our house burned")
    found = assessed(spoken("r1", "Nina Holt", told, role=None, kind="direct"))
    assert the(found, "class:residents").own_knowledge
    for other in (
        spoken("r1", "Nina Holt", told, role="leader", kind="direct"),
        spoken("r1", "Nina Holt", told, role=None),
        spoken("r1", "Nina Holt", Said(by="Nina Holt", words="we condemn this"), role=None, kind="direct"),
    ):
        assert assessed(other).independent_origins == 0


def test_what_an_organisation_publishes_is_its_own_word_and_its_staff_speak_for_it():
    page = assessed(reading("r1", Said(), outlet="desk"))
    assert the(page, "watch_desk").own_knowledge
    said = spoken("r1", "Nina Holt", Said(by="Nina Holt"), role="director", outlet="desk")
    assert {one.family for one in assessed(said).origins} == {"watch_desk"}
    elsewhere = spoken("r1", "Nina Holt", Said(by="Nina Holt"), role="director")
    assert "watch_desk" not in {one.family for one in assessed(elsewhere).origins}


@pytest.mark.parametrize(
    "by", ["a correspondent of Sund News", "Sund News's correspondent", "unnamed: a correspondent"]
)
def test_a_reporter_of_a_sides_organ_is_that_sides(by: str):
    found = assessed(reading("r1", Said(by=by), outlet="sna"))
    assert {(one.family, one.own_knowledge) for one in found.origins} == {("sund", True)}
    told = assessed(reading("r1", Said(by="unnamed: a correspondent"), outlet="paper"))
    assert {one.family for one in told.origins} == {"outlet:paper"}


def test_a_reporter_whom_an_army_took_there_is_not_the_armys():
    found = assessed(reading("r1", Said(by="unnamed: a correspondent taken to the village by the Sund Army")))
    assert {one.family for one in found.origins} == {"outlet:paper"}


def test_an_official_of_no_given_side_in_a_governments_own_organ_is_that_governments():
    judge = Said(by="the police officer Olaf Berg")
    found = assessed(spoken("r1", "Olaf Berg", judge, role="police official", outlet="nna"))
    assert {one.family for one in found.origins} == {"norland"}
    elsewhere = assessed(spoken("r1", "Olaf Berg", judge, role="police official"))
    assert {one.party for one in elsewhere.origins} == {None}


def test_a_spokesman_of_nobody_speaks_for_who_spoke_right_before_him():
    told = reading("r1", Said(by="Sund Army"), Said(by="A spokesman, Olaf Berg,"), Said(by="Nina Holt"))
    assert {one.family for one in assessed(told).origins} == {"sund", "name:nina holt"}
    for by in ("A spokesman for Olaf Berg", "Olaf Berg"):
        other = reading("r1", Said(by="Sund Army"), Said(by=by))
        assert {one.family for one in assessed(other).origins} != {"sund"}


def test_a_media_centre_with_a_name_is_no_hearsay():
    assert {one.family for one in assessed(reading("r1", Said(by="Arden Media Centre"))).origins} == {
        "name:arden media centre"
    }


def test_an_army_without_an_owner_in_a_foreign_organ_is_not_that_governments():
    told = reading("r1", Said(by="unnamed: the army"), outlet="fna")
    found = msgspec.structs.replace(
        told,
        statements=(msgspec.structs.replace(told.statements[0], speaker="a1"),),
        entities=(Entity(id="a1", kind="organisation", name="unnamed: the army", party="far"),),
    )
    foreign = replace(
        PROFILE, outlets=(*PROFILE.outlets, Outlet(id="fna", name="Far News", kind="state", source=WHERE, party="far"))
    )
    (origin,) = assess(
        one_cluster(found), readings={"r1": found}, copies=(), profile=foreign, settings=AssessmentSettings()
    ).origins
    assert origin.party is None


def test_a_government_knows_what_happens_on_ground_that_was_its_states():
    told = reading("r1", Said(by="Islandish government"), published="2031-05-05")
    for ground, own in ((("VA",), True), ((), False)):
        island = Party(
            id="island",
            name="Island",
            kind="government",
            source=WHERE,
            country="IS",
            adjectives=("Islandish",),
            ground=ground,
        )
        world = replace(PAGES, parties=(*PAGES.parties, island))
        (origin,) = assess(
            one_cluster(told), readings={"r1": told}, copies=(), profile=world, settings=AssessmentSettings()
        ).origins
        assert (origin.party, origin.own_knowledge) == ("island", own)


def test_a_border_named_beside_a_place_is_not_the_country_that_a_report_tells_of():
    told = reading("r1", Said(), Said(), Said(place=None))
    near, whole, nowhere = told.claims
    border = msgspec.structs.replace(near, place=Place(name="Farland", country="FA", precision=5))
    home = msgspec.structs.replace(whole, place=Place(name="Varda", country="VA", precision=6))
    both = msgspec.structs.replace(told, claims=(border, home, nowhere))
    assert ground_of(both) == "VA"
    assert ground_of(msgspec.structs.replace(told, claims=(border, nowhere))) == "FA"


@pytest.mark.parametrize(
    ("by", "country", "party"),
    [
        ("Kell forces", "VA", "kell"),
        ("the Kell army", "VA", "kell"),
        ("Kell forces", "FA", None),
        ("opposition forces", "VA", None),
        ("Opposition forces", "VA", None),
        ("Arden forces", "VA", None),
    ],
)
def test_a_people_stands_for_its_side_in_the_country_that_is_told_of(by: str, country: str, party: str | None):
    sides = tuple(
        Party(id=key, name=f"{key} council", kind="armed_group", source=WHERE, country="VA", adjectives=(adjective,))
        for key, adjective in (("kell", "Norlandish Kell"), ("others", "Norlandish opposition"))
    )
    world = replace(PAGES, parties=(*PAGES.parties, *sides))
    namer = Namer(world, AssessmentSettings())
    source = Source(name=by, country=country, on=date(2031, 5, 4))
    assert namer.party_of(source) == party
    assert namer.identify(source).party == party


@pytest.mark.parametrize(
    ("office", "party"),
    [("the police chief", "norland"), ("the rebels' police chief", None), ("opposition police chief", None)],
)
def test_an_office_of_the_rebels_is_none_of_the_state(office: str, party: str | None):
    namer = Namer(
        replace(PAGES, parties=PAGES.parties[:1], ties=(), outlets=(), organisations=()), AssessmentSettings()
    )
    said = Source(name="Olaf Berg", role="police chief", written=f"Olaf Berg, {office}", country="VA", outlet="paper")
    assert namer.identify(said).party == party
