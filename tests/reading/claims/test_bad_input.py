"""Bad input of issue 4: null with the reason in the record, never a guess given as a fact, and nothing raises."""

from datetime import date

import pytest

from evenhand.reading import claims, places, quantities, sentences, times
from evenhand.reading.places import Gazetteer
from tests.reading.claims.saying import report


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    found = Gazetteer(cache=tmp_path_factory.mktemp("cache"))
    yield found
    found.close()


@pytest.fixture
def read(gazetteer):
    def reader(text, published=None):
        split = sentences.split(text)
        when = times.find(text, published=published, sentences=split)
        mentions = places.find(text, split, gazetteer)
        return claims.find(
            report(text),
            split,
            (),
            (),
            times=when,
            place_mentions=mentions,
            places=places.resolve(mentions, text, gazetteer),
            quantities=quantities.find(text, times=times.dated_spans(when)),
        )

    return reader


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Some 1,5 million people were displaced.", "comma"),
        ("At least 2OO people were killed.", "letter"),
    ],
)
def test_a_number_that_cannot_be_read_is_null_with_the_reason(read, text, why):
    (number,) = read(text)[0].quantities
    assert (number.low, number.best, number.high) == (None, None, None)
    assert number.why is not None and why in number.why


def test_an_impossible_date_is_null_with_the_reason(read):
    (found,) = read("Gunmen killed ten people on 31 June.", date(2016, 7, 3))
    assert found.time is not None and (found.time.start, found.time.end) == (None, None)
    assert found.time.why is not None and "no such day" in found.time.why


@pytest.mark.parametrize("when", ["on Tuesday", "on December 22", "yesterday"])
def test_without_a_date_of_the_report_a_relative_day_is_null_with_the_reason(read, when):
    (found,) = read(f"Gunmen killed ten people {when}.")
    assert found.time is not None and (found.time.start, found.time.end) == (None, None)
    assert found.time.why


def test_without_any_date_there_is_no_time(read):
    assert read("Gunmen killed ten people.")[0].time is None
    assert read("Gunmen killed ten people.", date(2016, 7, 3))[0].time is None


def test_without_a_place_there_is_no_place(read):
    assert read("Gunmen killed ten people.")[0].place is None


def test_a_place_of_many_countries_is_null_with_reason(read):
    (found,) = read("Gunmen killed ten people in San Antonio.")
    assert found.place is not None and (found.place.lat, found.place.gazetteer) == (None, None)
    assert found.place.why is not None and "countries" in found.place.why


def test_an_unknown_place_is_null_with_reason(read):
    (found,) = read("Gunmen killed ten people in the village of Qwxzarb.")
    assert found.place is not None and found.place.lat is None
    assert found.place.why is not None and "no gazetteer entry" in found.place.why


@pytest.mark.parametrize("text", ["", " ", "\x00", "…", "killed " * 400, "(" * 500, "on 31 June " * 50, "2OO " * 200])
def test_nothing_raises(read, text):
    read(text)
    read(text, date(2016, 7, 3))
