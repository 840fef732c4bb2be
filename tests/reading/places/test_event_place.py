import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.places import find, inherited_place, place_of_event, places_of_event


def of(gazetteer, text, verb):
    mentions = find(text, [(0, len(text))], gazetteer)
    start = text.index(verb)
    chosen = places_of_event(text, (0, len(text)), (start, start + len(verb)), mentions)
    return [mentions[k].name for k in chosen]


@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("Two people were killed in Mosul on Monday.", "killed", ["Mosul"]),
        (
            "Five soldiers were killed in the village of Qastoria in northern Syria, officials in Ankara said.",
            "killed",
            ["Qastoria"],
        ),
        ("The fighters were killed, he said.", "killed", []),
        ("Four people were killed in Ramadi, 100 km west of Baghdad.", "killed", ["Ramadi"]),
        ("Warplanes bombed the towns of Saraqib and Binnish.", "bombed", ["Saraqib", "Binnish"]),
    ],
)
def test_places_of_events(gazetteer, text, verb, names):
    assert sorted(of(gazetteer, text, verb)) == sorted(names)


def test_single_answer(gazetteer):
    text = "Warplanes bombed the towns of Saraqib and Binnish."
    mentions = find(text, [(0, len(text))], gazetteer)
    assert mentions[place_of_event(text, (0, len(text)), (10, 16), mentions)].name in {"Saraqib", "Binnish"}


def test_inheritance_takes_the_finest_of_the_nearest_sentence(gazetteer):
    text = "Shells fell on Homs. Later Syria saw them in Mosul. Ten were killed."
    bounds = [(0, 21), (21, 52), (52, len(text))]
    mentions = find(text, bounds, gazetteer)
    assert mentions[inherited_place(bounds, 2, mentions)].name == "Mosul"
    assert inherited_place(bounds, 0, mentions) is None


@given(st.text(max_size=200), st.integers(0, 220), st.integers(0, 220))
@settings(max_examples=100, deadline=None)
def test_any_text_and_trigger(gazetteer, text, one, two):
    mentions = find(text, [(0, len(text))], gazetteer)
    trigger = (min(one, two, len(text)), min(max(one, two), len(text)))
    chosen = place_of_event(text, (0, len(text)), trigger, mentions)
    assert chosen is None or 0 <= chosen < len(mentions)
