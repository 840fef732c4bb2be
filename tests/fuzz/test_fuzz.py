"""A few seconds of fuzzing in every run of the tests; `python -m tests.fuzz --minutes 30` goes on for longer."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from tests.fuzz import targets

SEEDS = targets.seeds()


@pytest.mark.parametrize("seed", range(len(SEEDS) * 3))
def test_a_wounded_file_is_a_record(seed):
    chance = random.Random(seed)
    targets.check_intake(targets.mutated(SEEDS[seed % len(SEEDS)], chance, SEEDS), twice=seed % 10 == 0)


@pytest.fixture(scope="module")
def reader():
    return ReaderSettings(profile=world()).reader()


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(text=st.lists(st.sampled_from(targets.PIECES) | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_is_read_or_the_reason_given(reader, text):
    targets.check_reader(reader, text)
