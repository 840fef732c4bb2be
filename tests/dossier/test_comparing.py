"""Agreement is decided only where records decide it."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.dossier import comparing
from evenhand.dossier.comparing import Blame, Count, Who
from evenhand.model.reading import Place


def place(name, lat=None, lon=None, radius=5.0, country="XV", precision=1) -> Place:
    return Place(name=name, lat=lat, lon=lon, radius_km=radius if lat is not None else None, country=country,
                 precision=precision)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        (("2024-03-04", "2024-03-04"), ("2024-03-04", "2024-03-05"), "agrees"),
        (("2024-03-04", "2024-03-04"), ("2024-03-05", "2024-03-05"), "differs"),
        (("", "2024-03-04"), ("2024-03-01", "9999-12-31"), "agrees"),
    ],
)
def test_times_agree_when_they_share_a_day(one, two, verdict):
    assert comparing.times(one, two) == verdict


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        (Count(14, inf, "2024-03-04"), Count(17, 17, "2024-03-04"), "agrees"),
        (Count(14, 14, "2024-03-04"), Count(17, 17, "2024-03-04"), "differs"),
        (Count(14, 14, "2024-03-04"), Count(17, 17, "2024-03-05"), "open"),  # the dead may have become more
        (Count(17, 17, "2024-03-04"), Count(14, 14, "2024-03-05"), "differs"),  # but not fewer
        (Count(14, 14, ""), Count(17, 17, "2024-03-05"), "differs"),
    ],
)
def test_counts_agree_when_their_ranges_meet_and_a_later_higher_one_is_no_contradiction(one, two, verdict):
    assert comparing.counts(one, two) == verdict
    assert comparing.counts(two, one) == verdict


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        (place("Orlin", 1.0, 2.0), place("Orlin", 1.0, 2.0), "agrees"),
        (place("Orlin", 1.0, 2.0), place("Tarn", 1.2, 2.0), "agrees"),  # 22 km, circles of 5 km and the slack
        (place("Orlin", 1.0, 2.0), place("Tarn", 2.0, 2.0), "differs"),
        (place("Orlin", 1.0, 2.0), place("Varda province", 1.5, 2.0, 60.0, precision=4), "agrees"),
        (place("Orlin", 1.0, 2.0), place("Varda province", 2.5, 2.0, 60.0, precision=4), "differs"),
        (place("the north", 1.0, 2.0, 60.0, precision=5), place("Varda province", 1.5, 2.0, 60.0, precision=4), "open"),
        (place("Orlin", 1.0, 2.0), place("Varda", precision=6), "agrees"),  # a town lies in its country
        (place("Orlin", 1.0, 2.0), place("the north", precision=5), "open"),
        (place("Orlin", 1.0, 2.0), place("Halden", country="XH", precision=6), "differs"),
        (place("Orlin", 1.0, 2.0), place("Varda", 9.0, 9.0, 300.0, precision=6), "agrees"),  # by code, not by circle
        (place("Orlin", 1.0, 2.0), place("Halden", 1.0, 2.0, 300.0, "XH", 6), "differs"),
        (place("Orlin", 1.0, 2.0), place("the base", country=None), "open"),
    ],
)
def test_places(one, two, verdict):
    assert comparing.places(one, two) == verdict
    assert comparing.places(two, one) == verdict


def test_people_of_whom_no_party_is_known_are_not_compared():
    assert comparing.people(Who("jets", None), Who("warplanes", None)) == "open"
    assert comparing.people(Who("jets", None), Who("jets", None)) == "agrees"
    assert comparing.people(Who("the army", "varda"), Who("its guns", "varda")) == "agrees"
    assert comparing.people(Who("the army", "varda"), Who("the army", "halden")) == "differs"


def test_a_denial_contradicts_blame_of_the_one_who_denies_and_of_nobody_else():
    accuser, denier = Blame(frozenset({"varda"}), frozenset()), Blame(frozenset(), frozenset({"varda"}))
    other = Blame(frozenset({"halden"}), frozenset())
    assert comparing.blames(accuser, denier) == "differs"
    assert comparing.blames(other, denier) == "open"
    assert comparing.blames(accuser, other) == "differs"
    assert comparing.blames(accuser, Blame(frozenset({"varda", "halden"}), frozenset())) == "agrees"


SPANS = st.tuples(st.dates().map(str), st.dates().map(str)).map(sorted).map(tuple)
COUNTS = st.builds(
    lambda a, b, d: Count(min(a, b), max(a, b), d),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(["", "1", "2"]),
)


@given(SPANS, SPANS)
def test_times_do_not_depend_on_who_is_asked_first(one, two):
    assert comparing.times(one, two) == comparing.times(two, one)
    assert comparing.times(one, one) == "agrees"


@given(COUNTS, COUNTS)
def test_counts_do_not_depend_on_who_is_asked_first(one, two):
    assert comparing.counts(one, two) == comparing.counts(two, one)


def test_one_answer_that_agrees_is_enough_and_all_must_differ():
    found = comparing.between([1, 2], [[2], [3], [], [2, 3]], lambda a, b: "agrees" if a == b else "differs")
    assert found == ((0, 3), (1,))
