"""Who is said to answer for a deed, in whatever words of responsibility; each with its nearest neighbour."""

import pytest

from tests.reading.claims.saying import told, words


def actor(text):
    return [words(text, c.actor) for c in told(text) if c.type in ("ground_attack", "shelling", "airstrike", "killing")]


@pytest.mark.parametrize(
    "text",
    [
        "The army is responsible for the shelling of the market.",
        "The council held the army responsible for the shelling of the market.",
        "The army is to blame for the shelling of the market.",
        "All evidence points to the responsibility of the army in the shelling of the market.",
        "The army bore responsibility for the shelling of the market.",
        "The shelling of the market was the work of the army.",
        "The army carried out Monday's shelling of the market.",
        "Monday's shelling of the market was carried out by the army.",
        "The army assumed authorship of the shelling of the market.",
        "The shelling of the market was the responsibility of the army.",
        "The council identified the army as the perpetrator of the shelling of the market.",
        "The council blamed Monday's shelling of the market in the old town on the army.",
    ],
)
def test_who_answers_for_a_deed_did_it(text):
    assert any((one or "").endswith("army") for one in actor(text))


@pytest.mark.parametrize(
    "text",
    [
        "Those responsible for the shelling of the market must be punished.",
        "Monday's shelling of the market killed ten people.",
        "The army is responsible for the region in which the shelling of the market happened.",
    ],
)
def test_who_is_not_named_or_answers_for_something_else_did_not(text):
    assert not {"The army", "the army", "Monday"} & set(actor(text))


def test_soldiers_convicted_of_a_killing_did_it():
    assert "three soldiers" in actor("A court convicted three soldiers of the killing of five villagers.")
    assert "Three soldiers" in actor("Three soldiers were found guilty of the killing of five villagers.")
    assert "three soldiers" in actor("A court sentenced three soldiers to ten years for the killing of five villagers.")
    assert "three soldiers" not in actor("A court heard three soldiers about the killing of five villagers.")


def test_evidence_that_leads_to_a_side_charges_it_with_the_deed_told_before():
    before = "A convoy was attacked on Monday. "
    found = told(before + "All evidence leads to units of the army.")[-1]
    assert (found.type, words(before + "All evidence leads to units of the army.", found.actor)) == (
        "ground_attack", "units of the army",
    )  # fmt: skip
    assert len(told(before + "The road leads to units of the army.")) == len(told(before))


def test_who_did_not_fire_in_a_direction_denies_it():
    (found,) = told("The army did not fire in the direction of the town.")
    assert (found.type, found.polarity) == ("shelling", "denied")
    assert told("The army did not fire in the end.") == ()


def test_people_who_were_not_involved_deny_nothing():
    found = told("The army regrets any harm to people who were not involved in the fighting.", "admits")
    assert [one for one in found if one.polarity == "denied"] == []


def test_who_is_convinced_to_stop_raids_made_them():
    text = "The envoy convinced the army to stop the air strikes."
    assert "The envoy" not in actor(text)


def test_its_attacks_are_those_of_who_has_increased_them():
    assert "The army" in actor("The army has increased its attacks on the pipelines.")
    assert "The army" not in actor("The council said that its attack on the town had failed.")


def test_a_number_of_rebels_are_rebels_and_the_number_of_dead_does_nothing():
    assert "rebels" in " ".join(one or "" for one in actor("An unknown number of rebels attacked the army post."))
    assert actor("The number of dead killed the hope of peace.") in ([], [None])
