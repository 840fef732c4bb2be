"""A case that grew step by step is the case that was taken in at once, byte for byte."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.assessing import AssessmentSettings
from evenhand.grouping import cluster, compare
from evenhand.grouping.copies import CopySettings
from evenhand.grouping.growth import GrowthSettings
from evenhand.growing import Grower, Judging
from evenhand.model.evidence import to_json
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, profile, reading
from tests.fakes import MemoryStore

WORDS = [a + b for a in ("mar", "bri", "con", "sta", "hol", "ver", "lum", "tor") for b in
         ("ket", "dge", "voy", "tion", "low", "dant", "bers", "rent", "sel", "vane")]  # fmt: skip
HOUSE = " ".join(random.Random(99).choices(WORDS, k=45))
TOWNS = [("Arden", 10.0, 20.0), ("Borden", 10.9, 20.9), ("Corve", 10.2, 20.1)]
# Small, so that a few dozen reports fill buckets, flood postings, and double past several epochs.
TIGHT = GrowthSettings(
    copies=CopySettings(boilerplate=3, neighbours=4, enough_copies=2), words_from=8, bucket=4, at_once=5
)
JUDGING = Judging(profile(), AssessmentSettings())


@cache
def made(number: int, seed: int) -> Reading:
    """A report: its own text, or another's, perhaps cut, perhaps with the house's paragraph."""
    rng = random.Random(seed * 1000 + number)
    text = " ".join(random.Random(seed * 50 + rng.randrange(12)).choices(WORDS, k=90))
    text = text[: rng.choice([250, 900])] + (" " + HOUSE if rng.random() < 0.4 else "")
    day = f"2031-05-{rng.randrange(1, 6):02}"
    said = [
        Said(type=rng.choice(["airstrike", "shelling"]), by=rng.choice(["Varda Watch", "residents", None]),
             place=rng.choice(TOWNS), start=day, words=text),
        Said(type="killing", killed=(float(rng.randrange(1, 9)),) * 3, start=day, place=rng.choice(TOWNS)),
    ]  # fmt: skip
    return reading(f"r{rng.randrange(10**6):06}n{number}", *said, published=f"2031-05-{rng.randrange(1, 9):02}",
                   outlet=f"outlet{rng.randrange(5)}")  # fmt: skip


def store_of(readings: list[Reading]) -> tuple[MemoryStore, list[str]]:
    store = MemoryStore()
    keys = [f"k{one.report.id}" for one in readings]
    store.add_readings(zip(keys, readings, strict=True))
    return store, keys


def state(store: MemoryStore) -> list[bytes]:
    return [to_json(one) for one in (*store.clusters(), *store.copies(), *store.incidents())]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.lists(st.integers(0, 14), min_size=1, max_size=5))
def test_growing_by_steps_gives_what_a_full_run_gives(seed, steps):
    readings = [made(number, seed) for number in range(sum(steps))]
    grown, keys = store_of(readings)
    done = 0
    for step in steps:
        done += step
        full, _ = store_of(readings)
        full.put_assessment(grown.clusters(), [], [])  # a full run knows the ids of before
        Grower(full, JUDGING, keys[:done], TIGHT).run()
        Grower(grown, JUDGING, keys[:done], TIGHT).run()
        assert state(grown) == state(full)


def test_no_id_is_given_twice():
    """In this case a cluster set apart under a made id lost its first claim to a new one, which was given that id too."""
    test_growing_by_steps_gives_what_a_full_run_gives.hypothesis.inner_test(14, [6, 2, 14, 3, 0])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 30), st.integers(1, 40), st.integers(1, 9))
def test_how_many_are_taken_in_at_once_changes_nothing(seed, count, at_once):
    readings = [made(number, seed) for number in range(count)]
    found = []
    for size in (at_once, 250):
        store, keys = store_of(readings)
        tight = GrowthSettings(copies=TIGHT.copies, words_from=8, bucket=4, at_once=size)
        Grower(store, JUDGING, keys, tight).run()
        found.append(state(store))
    assert found[0] == found[1]


def test_a_small_case_is_grouped_as_by_the_stages_themselves():
    readings = sorted((made(number, 3) for number in range(40)), key=lambda one: one.report.id)
    store, keys = store_of(readings)
    Grower(store, JUDGING, keys).run()
    pairs = compare(one.report for one in readings)
    assert store.copies() == pairs
    assert store.clusters() == cluster(readings, pairs)


def test_a_step_grades_only_what_it_touches():
    far = [reading(f"r{n}", Said(place=(f"Town{n}", 10 + n, 20), words=" ".join(random.Random(n).choices(WORDS, k=60))))
           for n in range(30)]  # fmt: skip
    new = reading("new", Said(place=("Town7", 17, 20), by="residents"))
    store, keys = store_of([*far, new])
    settled = GrowthSettings(words_from=4)
    Grower(store, JUDGING, keys[:20], settled).run()
    Grower(store, JUDGING, keys[:30], settled).run()
    step = Grower(store, JUDGING, keys, settled).run()
    assert len(step.grade) <= 2
    assert any(set(one.reports) == {"new", "r7"} for one in store.clusters() if one.id in step.grade)


@pytest.mark.parametrize("settings", [AssessmentSettings(best="most_conservative")])
def test_judged_otherwise_everything_is_graded_again(settings):
    readings = [made(number, 1) for number in range(12)]
    store, keys = store_of(readings)
    Grower(store, JUDGING, keys).run()
    other = Judging(profile(), settings)
    Grower(store, other, keys).run()
    full, _ = store_of(readings)
    Grower(full, other, keys).run()
    assert state(store) == state(full)


def test_another_order_or_a_missing_report_is_grouped_from_the_start():
    readings = [made(number, 2) for number in range(20)]
    store, keys = store_of(readings)
    Grower(store, JUDGING, keys, TIGHT).run()
    known = store.clusters()
    Grower(store, JUDGING, keys[3:], TIGHT).run()
    full, _ = store_of(readings)
    full.put_assessment(known, [], [])
    Grower(full, JUDGING, keys[3:], TIGHT).run()
    assert state(store) == state(full)
