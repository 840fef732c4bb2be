"""Whose "the army", "the coalition" and "the rebels" is without an owner: the same for every side."""

from datetime import date

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.grounds import at_home, coalition_on, ground_of, named_so, state_office
from evenhand.assessing.identity import Source
from evenhand.assessing.naming import Namer
from evenhand.model.parties import Organ, OrganWords, Party, Tie
from evenhand.model.profile import Profile
from tests.assessing.hand import WHERE, Said, profile, reading

ONE_GOVERNMENT = Profile(
    parties=(
        Party(
            id="norland", name="Norland", kind="government", source=WHERE, country="VA", adjectives=("Norlandish",),
            names=("Norlandish government",),
        ),
        Party(id="front", name="Hill Front", kind="armed_group", source=WHERE, country="VA", adjectives=("Hill",)),
        Party(id="east", name="East-led coalition", kind="coalition", source=WHERE, adjectives=("coalition",)),
        Party(id="west", name="West-led coalition", kind="coalition", source=WHERE, adjectives=("coalition",)),
    ),
    ties=(
        Tie(between=("east", "front"), kind="adversaries", source=WHERE),
        Tie(between=("west", "far"), kind="allies", source=WHERE),
    ),
    words=OrganWords(organs=(("government", "office"),), fighters=("rebels", "militants")),
)  # fmt: skip


def test_the_army_of_a_country_with_one_government_is_its():
    assert at_home("government", Source(name="the army", country="VA"), ONE_GOVERNMENT) == "norland"
    assert at_home("government", Source(name="the army", country="ZZ"), ONE_GOVERNMENT) is None
    assert at_home("government", Source(name="the army", country="VA"), profile()) is None  # two claim to govern it


def test_the_coalition_is_the_one_that_fights_on_the_ground():
    assert coalition_on(Source(name="a coalition aircraft", country="VA"), ONE_GOVERNMENT) == "east"
    assert coalition_on(Source(name="a coalition aircraft"), ONE_GOVERNMENT) is None
    assert coalition_on(Source(name="the army", country="VA"), ONE_GOVERNMENT) is None


@pytest.mark.parametrize(
    ("name", "text", "party"),
    [
        ("the rebels", "Far-aligned Hill rebels took the town. The rebels fired.", "front"),
        ("rebels", "Two men of the Hill rebels spoke.", "front"),
        ("the rebels", "The rebels fired on Arden.", None),
        ("the militants", "Hill rebels took the town. The militants fired.", None),
        ("the residents", "Hill rebels took the town.", None),
    ],
)
def test_the_rebels_are_those_that_the_report_names_so(name, text, party):
    assert named_so(name, text, date(2031, 5, 4), ONE_GOVERNMENT) == party


@pytest.mark.parametrize(
    ("written", "role", "party"),
    [
        ("the police chief", None, "norland"),
        ("the Interior Ministry", None, "norland"),
        ("Omar Haddad", "governor", "norland"),
        ("an official", None, None),
        ("the Farlandish police", None, None),
        ("a commander", None, None),
    ],
)
def test_an_office_of_a_state_is_of_the_government_of_the_ground(written, role, party):
    named = role is not None
    source = Source(name=written if named else f"unnamed: {written}", written=written, role=role, country="VA")
    found = state_office(written, source, ONE_GOVERNMENT)
    assert (found.party if found else None) == party


def test_the_ground_is_where_most_of_a_report_lies():
    assert ground_of(reading("r1", Said(), Said())) == "VA"
    assert ground_of(reading("r1", Said(place=None))) is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Norlandish soldiers took the town. Soldiers fired.", "norland"),
        ("Norlandish troops and Hill fighters fought. Soldiers fired.", "norland"),
        ("The Norlandish troops took the town. Soldiers fired.", "norland"),
        ("The troops took the town. Soldiers fired.", None),
        ("Soldiers fired.", None),
    ],
)
def test_soldiers_are_those_of_the_one_army_that_the_report_names(text, party):
    words = OrganWords(
        organs=(("government", "office"), ("soldiers", "army"), ("troops", "army")), fighters=("rebels",)
    )
    known = Profile(parties=ONE_GOVERNMENT.parties, words=words)
    assert named_so("soldiers", text, date(2031, 5, 4), known) == party


TWO_LANDS = Profile(
    parties=(
        Party(
            id="norland", name="Norland", kind="government", source=WHERE, country="VA", adjectives=("Norlandish",),
            names=("Norlandish government",), seats=("Ostgrad",),
        ),
        Party(
            id="far", name="Farland", kind="government", source=WHERE, country="FA", adjectives=("Farish",),
            names=("Farish government",), seats=("Fargrad",),
        ),
    ),
    words=OrganWords(organs=(("government", "office"), ("army", "army"))),
)  # fmt: skip


def test_the_seat_of_a_government_says_in_which_land_somebody_speaks():
    namer = Namer(TWO_LANDS, AssessmentSettings())
    assert namer.land_of("Fargrad", None) == "FA"
    assert namer.land_of("Nowhere", None) is None
    assert namer.land_of(None, None) is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The army said so.", "norland"),
        ("The Farish army shelled the town. The army said so.", "far"),
        ("Farland's army shelled the town. The army said so.", "far"),
        ("The Farish army and the Norlandish army fought. The army said so.", "norland"),
        ("A Farish air strike hit the town. The army said so.", None),
    ],
)
def test_the_army_without_a_name_is_anothers_only_where_that_army_is_named(text, party):
    told = msgspec.structs.replace(reading("r1", Said()).report, text=text)
    read = msgspec.structs.replace(reading("r1", Said()), report=told)
    source = Source(name="unnamed: the army", written="The army", outlet="paper", country="VA")
    found = Namer(TWO_LANDS, AssessmentSettings()).identify_in(source, read)
    assert found.party == party
    assert found.nobodys == (party is None)


def test_police_are_the_governments_only_where_no_other_side_has_any():
    police = Organ(id="guard", name="Hill Guard", kind="police", source=WHERE)
    hill = Party(id="front", name="Hill Front", kind="armed_group", source=WHERE, country="VA", organs=(police,))
    two = Profile(parties=(ONE_GOVERNMENT.parties[0], hill), words=ONE_GOVERNMENT.words)
    source = Source(name="unnamed: a police source", written="A police source", country="VA")
    alone = state_office("a police source", source, ONE_GOVERNMENT)
    assert alone is not None
    assert alone.party == "norland"
    assert state_office("a police source", source, two) is None
