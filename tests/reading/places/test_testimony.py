"""A name is judged by what the other names of its text say, never by what it says itself."""

import pytest

from evenhand.reading.places.records import Entry
from evenhand.reading.places.testimony import Countries, Provinces


def entry(ref, kind="town", adm1=""):
    return Entry(ref, ref, kind, "xa", adm1, "", 1.0, 1.0, 1.0, 1000, "a test")


def test_a_name_is_no_witness_for_its_own_country():
    countries = Countries({"arden": {"xa": 3.0}, "bell": {"xb": 1.0}})
    assert countries.share("arden", "xa") == 0
    assert countries.share("arden", "xb") == 1
    assert countries.share("neither", "xa") == pytest.approx(0.75)
    assert countries.most() == "xa"


def test_few_other_names_do_not_say_enough():
    countries = Countries({"arden": {"xa": 3.0}, "bell": {"xb": 1.0}})
    assert not countries.says_enough("arden")
    assert countries.says_enough("bell")
    assert not Countries({}).says_enough("bell")
    assert Countries({}).most() == ""


def test_a_name_is_no_witness_for_its_own_province():
    sure = [(1.0, entry("arden", adm1="north"), ())]
    torn = [(1.0, entry("bell", adm1="north"), ()), (1.0, entry("south", "adm1"), ())]
    provinces = Provinces({"arden": sure, "bell": torn}, temperature=1.0)
    assert provinces.share("arden", entry("arden", adm1="north")) == pytest.approx(0.5)
    assert provinces.share("bell", entry("south", "adm1")) == 0
    assert provinces.share("third", entry("south", "adm1")) == pytest.approx(0.25)
    assert Provinces({"arden": sure}, temperature=1.0).share("arden", entry("x", adm1="north")) == 0
    assert provinces.share("third", entry("nowhere")) == 0
