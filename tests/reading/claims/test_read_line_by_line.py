"""Errors found by reading the claims of reports against their text, line by line; each in words of our own."""

import pytest

from evenhand.model.report import Received
from evenhand.profiles import world
from evenhand.reading import quantities
from evenhand.reading.reader import ReaderSettings
from tests.reading.claims.saying import brief, report, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Car Bomb in Crowded Market Kills 23 Shoppers", ("killing", "Kills", "23 Shoppers")),
        ("The clashes claimed the lives of at least 30 herders.", ("killing", "claimed", "at least 30 herders")),
        ("A battle in May saw 20 soldiers and a general killed.", ("killing", "killed", "a general")),
        ("The navy captured 23 pirates.", ("abduction", "captured", "23 pirates")),
        ("The blast destroyed three houses and people were missing.", ("destruction", "destroyed", "three houses")),
        ("Police reported the seizure of 40 rifles.", ("weapons_found", "seizure", "40 rifles")),
        ("The command said that security had been restored.", ("other", "restored", "security")),
    ],
)
def test_what_was_missed_or_taken_for_something_else(text, expected):
    assert expected in [(type_, trigger, target) for type_, trigger, _, target in brief(text)]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("A manual described the construction of simple chemical weapons.", "chemical_attack"),
        ("The squadron will generate, execute and sustain airpower.", "execution"),
        ("About 2,000 women marched on the parliament.", "ground_attack"),
        ("The clinic had no immediate toll.", "killing"),
        ("They will fly from the deployed location.", "movement"),
        ("The clashes ended with the retreat of the rebels.", "ceasefire"),
    ],
)
def test_what_is_no_such_act(text, type_):
    assert type_ not in [found for found, *_ in brief(text)]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("The rebels took houses from which they attacked the troops.", "attacked", "The rebels"),
        ("Since the rebels launched their offensive, the town is cut off.", "offensive", "the rebels"),
        ("An explosion in the northern province that killed 50 people was heard.", "killed", None),
        ("They accused the ministry of threatening a witness of the murder of a judge.", "murder", None),
    ],
)
def test_who_did_it(text, trigger, actor):
    found = [a for _, t, a, _ in brief(text) if t == trigger]
    assert found == [actor]


@pytest.mark.parametrize(
    ("text", "trigger", "polarity", "modality"),
    [
        ("The army forced the militia to pull out of the town.", "pull out", "affirmed", "asserted"),
        ("They hope that talks will resume after gunmen killed three envoys.", "killed", "affirmed", "asserted"),
        ("The army denied shelling the camp after rebels attacked a convoy.", "attacked", "affirmed", "asserted"),
        ("They plan to resume talks because soldiers shot a guard.", "shot", "affirmed", "asserted"),
    ],
)
def test_what_came_to_pass_is_asserted(text, trigger, polarity, modality):
    attitude = "hopes" if "hope" in text else "denies" if "denied" in text else None
    found = [(c.polarity, c.modality) for c in told(text, attitude) if text[slice(*c.trigger)] == trigger]
    assert found == [(polarity, modality)]


@pytest.fixture(scope="module")
def read():
    reader = ReaderSettings(profile=world()).reader()
    return lambda text: reader.read(Received(report=report(text, published="2016-12-20"))).claims


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("The witness of the massacre of ten nuns was taken to Geneva.", "massacre", None),
        ("They called for an end to the bombing of clinics through negotiations in Geneva.", "bombing", None),
        ("The president violated the Geneva agreements.", "violated", None),
        ("Zongo was shot by a Berlin police officer.", "shot", None),
        ("The UN demanded an end to the siege.", "end", None),
        ("Rebels besieged Homs, where the army shelled Aleppo before.", "besieged", "Homs"),
        ("Dozens of people were killed in Syria's conflict.", "killed", "Syria"),
        ("Villagers fled to the nearby cities of Homs or Aleppo.", "fled", "Homs"),
    ],
)
def test_where_it_was(read, text, trigger, place):
    found = [c.place.name if c.place else None for c in read(text) if text[slice(*c.trigger)] == trigger]
    assert found[:1] == [place]


def test_what_is_wished_for_a_country_is_placed_in_it_and_says_so(read):
    text = "Shells fell on Homs in Syria. The envoy called for a ceasefire."
    wished = next(c for c in read(text) if c.type == "ceasefire")
    assert wished.place is not None and wished.place.name == "Syria" and wished.place.position is None
    assert wished.place.why is not None and wished.place.why.startswith("not said here: the country that")


def test_the_raped_and_the_missing_are_not_counted_as_killed_or_detained():
    text = "The report documents the rape of 52 women and executions of captives. Another 30 are missing."
    counted = {c.type: [(q.role, q.low) for q in c.quantities] for c in told_with_numbers(text)}
    assert counted["sexual_violence"] == [("people", 52)] and counted["execution"] == []
    assert counted["other"] == [("people", 30)]


def told_with_numbers(text):
    return told(text, quantities=quantities.find(text))


def test_a_state_that_had_lasted_does_not_take_the_day_of_what_ended_it(read):
    text = "On December 12, troops took the quarters of Aleppo that had remained under militants' control."
    days = {text[slice(*c.trigger)]: c.time and c.time.start for c in read(text)}
    assert days["took"] == "2016-12-12" and days["remained"] is None


def test_the_mark_of_a_note_counts_nothing():
    text = "The group took over a barracks during the battle.[4]"
    assert [q for c in told_with_numbers(text) for q in c.quantities] == []


def test_they_of_a_quotation_are_those_of_the_sentence_before(read):
    text = (
        '"The separatist gunmen knew that it was a market day," said Ana Ruiz, a mayor. "They fired on the shoppers."'
    )
    assert [c.actor and c.actor.name for c in read(text) if text[slice(*c.trigger)] == "fired"] == [
        "unnamed: the separatist gunmen"
    ]


def test_a_reduced_participle_names_who_suffered_it():
    text = "The priest Francisco Ferrari, kidnapped on 15 February in Cali, was released on 19 February by the rebels."
    found = {(text[slice(*c.trigger)], c.actor and text[slice(*c.actor.span)]) for c in told(text)}
    assert ("kidnapped", None) in found
    assert any(t == "kidnapped" and target for _, t, _, target in brief(text))
