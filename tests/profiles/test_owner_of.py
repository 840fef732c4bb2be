"""Whose a named source is held to be, on what day, and where there is no answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.model.name_key import name_words
from evenhand.profiles import world

PROFILE = world()
DAY = date(2016, 12, 27)


def party(name: str, on: date | None = DAY, hint: str | None = None) -> str | None:
    member = PROFILE.owner_of(name, on=on, hint=hint)
    return member.party if member else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Maria Zakharova", "russia"),
        ("Mariya Zakharova", "russia"),
        ("Russian Foreign Ministry spokeswoman, Maria Zakharova", "russia"),
        ("the defense ministry in Moscow", "russia"),
        ("Kremlin", "russia"),
        ("Moscow", "russia"),
        ("Syrian Army Command", "syrian_government"),
        ("Syrias state television", "syrian_government"),
        ("President Assad", "syrian_government"),
        ("an official of the Syrian government", "syrian_government"),
        ("SANA", "syrian_government"),
        ("the Syrian National Coalition", "syrian_opposition"),
        ("Syrian rebels", "syrian_opposition"),
        ("a commander of the Free Syrian Army", "syrian_opposition"),
        ("Turkish-backed Free Syrian Army", "syrian_opposition"),
        ("White Helmets", "syrian_opposition"),
        ("US-led coalition", "us_coalition"),
        ("the Pentagon", "united_states"),
        ("U.S. officials", "united_states"),
        ("U.S", "united_states"),  # cut off before its last dot
        ("Houthi rebels", "houthis"),
        ("Hamas-run health ministry", "hamas"),
        ("ISIS militants", "islamic_state"),
        ("Ministry of Defence of Ukraine", "ukraine"),
        ("Mohammad Javad Zarif", "iran"),
        ("Mohammed Javad Zarif", "iran"),
    ],
)
def test_members(name, expected):
    assert party(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Syrian Observatory for Human Rights",
        "the Observatory",
        "Doctors Without Borders",
        "UN spokesman Stephane Dujarric",
        "Reuters",
        "an AFP correspondent in Damascus",
        "residents of Damascus",
        "a man in Moscow",
        "Russian-backed forces",
        "pro-Russian fighters",
        "victims of the Syrian army",
        "a defector from the Syrian army",
        "a former Russian defence minister",
        "former US president Barack Obama's critics",
        "Syrian refugees",
        "a medical source",
        "tell us",
        "the army",
        "Kurdish officials",
        "",
        "?!",
    ],
)
def test_abstains(name):
    assert party(name) is None


def test_offices_are_held_from_and_to_a_day():
    assert party("Barack Obama", date(2016, 12, 27)) == "united_states"
    assert party("Barack Obama", date(2018, 1, 1)) is None
    assert party("Maria Zakharova", date(2014, 1, 1)) is None
    member = PROFILE.owner_of("Boris Johnson", on=date(2017, 1, 1))
    assert member is not None
    assert member.why.startswith("Boris Johnson: Foreign Secretary")


def test_governments_are_in_office_from_and_to_a_day():
    assert party("the Syrian army", date(2016, 1, 1)) == "syrian_government"
    assert party("the Syrian army", date(2025, 6, 1)) == "syrian_transitional_government"
    assert party("the Syrian army", None) is None  # fits both: abstain


def test_a_bare_organ_is_of_the_party_whose_report_it_is():
    assert party("the defence ministry", hint="russia") == "russia"
    assert party("a military source", hint="syrian_government") == "syrian_government"
    assert party("the teachers", hint="russia") is None
    assert party("the army", hint="nobody") is None


def test_a_hint_settles_a_name_that_fits_two():
    assert party("Kurdish officials", hint="sdf") == "sdf"
    assert party("Kurdish officials", hint="russia") is None


def test_the_reason_says_office_organ_and_source():
    member = PROFILE.owner_of("Maria Zakharova", on=DAY)
    assert member is not None
    assert member.organ == "foreign"
    assert "spokeswoman of the Russian Foreign Ministry since 2015" in member.why
    assert member.source.startswith("https://")


@pytest.mark.parametrize("one", ["russia", "ukraine"])
def test_the_same_words_work_for_both_sides(one):
    found = PROFILE.party(one)
    assert found is not None
    adjective = found.adjectives[0]
    for organ in (
        "defence ministry",
        "army command",
        "police",
        "president",
        "parliament",
        "troops",
        "state television",
    ):
        assert party(f"the {adjective} {organ}") == one
        assert party(f"{adjective}-backed {organ}") is None
        assert party(f"critics of the {adjective} {organ}") is None


def test_outlets_by_printed_form_and_domain():
    for printed in ("/TASS/", "ITAR-TASS", "tass", "Tass"):
        outlet = PROFILE.outlet_named(printed)
        assert outlet is not None
        assert outlet.id == "tass"
    for host in ("tass.com", "www.tass.com", "https://tass.com/world/922717", "m.en.tass.com"):
        outlet = PROFILE.outlet_for_domain(host)
        assert outlet is not None
        assert outlet.id == "tass"
    for host in ("nottass.com", "tass.com.evil.example", "", "com", "http://[broken"):
        assert PROFILE.outlet_for_domain(host) is None


def test_an_outlet_of_a_party_is_its_organ():
    member = PROFILE.party_of_outlet("sana", on=DAY)
    assert member is not None
    assert member.party == "syrian_government"
    assert PROFILE.party_of_outlet("reuters") is None
    assert PROFILE.party_of_outlet(None) is None


def test_abbreviations_do_not_meet():
    assert party("AAPP") is None
    outlet = PROFILE.outlet_named("AAP")
    assert outlet is not None
    assert outlet.id == "aap"
    assert name_words("Douma").loose != name_words("Duma").loose
    assert name_words("Sergei").loose == name_words("Sergey").loose
    assert name_words("al-Assad").strict == ("assad",)


def test_coalitions_count_with_their_leader():
    assert PROFILE.family_of("us_coalition") == "united_states"
    assert PROFILE.family_of("russia") == "russia"
    assert PROFILE.family_of("unheard of") == "unheard of"


def test_hostile_names_are_read_to_their_end():
    assert party("Russian army " * 50_000) == "russia"
    assert party("of " * 200_000) is None


@given(st.text(max_size=200))
def test_any_text_is_answered_without_an_error(text):
    PROFILE.owner_of(text, on=DAY, hint="russia")
    PROFILE.outlet_named(text)
    PROFILE.outlet_for_domain(text)
    PROFILE.organisation_named(text)


def test_a_nationality_that_begins_anothers_name_is_no_owner():
    found = world().owner_of("Vice-president of the Syrian Coalition", on=date(2016, 5, 1))
    assert found is not None and found.party == "syrian_opposition"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RUSSIAN FOREIGN MINISTRY IS", "russia"),
        ("LLOREDA CAICEDO IS", None),
        ("IS THE BRAZILIAN", None),
        ("THE GENERAL WHO", None),
        ("IS", "islamic_state"),
        ("IS fighters", "islamic_state"),
        ("ISIS FIGHTERS", "islamic_state"),
        ("US ARMY", "united_states"),
    ],
)
def test_in_a_phrase_in_capitals_a_verb_is_no_acronym(name, expected):
    assert party(name, on=None) == expected
