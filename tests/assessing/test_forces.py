"""Who is named by a deed, its means, or a bare word for forces."""

import pytest

from evenhand.assessing.forces import (
    are_men_of_a_state,
    is_state_agency,
    names_rebels,
    names_the_state,
    without_deed,
)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("Norlandish air strikes", "Norlandish"),
        ("a Norlandish war plane", "Norlandish"),
        ("a helicopter belonging to the army", "army"),
        ("the Sund-led raids", "Sund-led"),
        ("jets", ""),
        ("a Norlandish F-16", "Norlandish"),
        ("the army's helicopters", "army"),
        ("Norland Army", "Norland Army"),
    ],
)
def test_a_deed_and_its_means_are_not_who_did_it(name, owner):
    assert without_deed(name) == owner


def test_bare_words_for_a_states_forces_and_its_opponents():
    assert names_the_state(["armed", "forces"]) and names_the_state(["general", "staff"])
    assert not names_the_state(["joint", "forces"]) and not names_the_state(["general"])
    assert names_the_state(["army"]) and names_the_state(["government", "forces"])
    assert names_rebels(["rebel", "fighters"]) and names_rebels(["insurgents"])
    assert not any(names(words) for names in (names_the_state, names_rebels) for words in ([], ["forces"]))
    assert not names_rebels(["armed", "groups"])


def test_men_and_arms_behind_their_owner_are_the_owners():
    assert without_deed("the government's militia") == "government"
    assert without_deed("Norland's troops") == "Norland"
    assert names_the_state(["regimes"]) and not names_the_state(["forces"])


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("Another sailor", True),
        ("Ninety-nine Navy sailors", True),
        ("two of its soldiers", True),
        ("Xian soldiers", True),
        ("five Sund soldiers", False),
        ("rebel soldiers", False),
        ("a hundred villagers", False),
        ("troops", False),
    ],
)
def test_men_of_a_state_without_an_owner(words: str, own: bool):
    assert are_men_of_a_state(words) is own


@pytest.mark.parametrize(
    ("name", "agency"),
    [("the National Emergency Management Agency", True), ("Security Media Centre", True), ("the Agency", False),
     ("Emergencies Ministry", False)],
)  # fmt: skip
def test_agencies_that_only_a_state_has(name: str, agency: bool):
    assert is_state_agency(name) is agency
