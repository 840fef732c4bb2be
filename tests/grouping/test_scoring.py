"""Pairs that wait are scored as they would have been when they came, and words are weighed only where they decide."""

import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evenhand.assessing import AssessmentSettings
from evenhand.errors import EngineError
from evenhand.grouping import clusters, growth, linking, scoring
from evenhand.grouping.bounds import Bounds, traits
from evenhand.grouping.comparing import packaged_weights
from evenhand.grouping.incidents import Comparer, Told
from evenhand.grouping.rarity import Eras, Rarity
from evenhand.growing import Grower, Judging
from evenhand.model.incident import CopyPair
from tests.assessing.hand import profile
from tests.grouping.test_bounds import happening
from tests.test_growing import TIGHT, made, state, store_of

WORDS = ["wedding", "market", "bridge", "hospital", "convoy", "school", "river", "mosque"]
JUDGING = Judging(profile(), AssessmentSettings())


def worded(rng: random.Random, number: int):
    """A happening by chance with words by chance."""
    some = {word: rng.randrange(1, 4) for word in rng.sample(WORDS, rng.randrange(6))}
    return replace(happening(rng, number), terms=some, lead_terms=dict(list(some.items())[:2]))


def label(one: str, two: str, name: str) -> CopyPair:
    return CopyPair(first=min(one, two), second=max(one, two), label=name, shared=0.5, why="")  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_a_score_above_0_is_that_of_comparing_and_no_other_is_passed_over(seed):
    rng = random.Random(seed)
    some = [worded(rng, number) for number in range(8)]
    named = {"r0", "r1"}, {"r2", "r3"}
    pairs = {tuple(sorted(ends)): label(*sorted(ends), rng.choice(["copy", "partial"])) for ends in named}
    rarity = Rarity.of(some)
    comparer = Comparer(pairs, {one.report: 0 for one in some}, lambda era: rarity, packaged_weights())
    bounds = Bounds(packaged_weights())
    bounds.add([traits(one) for one in some])
    for two in range(8):
        for one in range(two):
            exact = comparer.compare(some[one], some[two], explain=False).score
            found, open_ = comparer.score_or_most(some[one], some[two])
            assert exact <= found <= 0 if open_ else found == exact
            most = bounds.most(np.array([two], dtype=np.uint32), np.array([one], dtype=np.uint32)).item()
            assert exact <= most + bounds.by_text * ({f"r{one}", f"r{two}"} in named)


def test_a_pair_that_no_words_can_lift_is_left_for_later():
    rng = random.Random(1)
    one, far = (replace(worded(rng, at), report=f"r{at}", start=1000 + 90 * at, end=1000 + 90 * at) for at in (0, 1))
    told = {at: msgspec.msgpack.encode([Told(happening=each, kinds=each.types)]) for at, each in enumerate((one, far))}
    score = scoring.scorer(Eras.one(Rarity.of([one, far])), packaged_weights())
    most, open_ = score(scoring.Stretch(np.array([[1, 0, 0, 0]]), told, {}))
    assert open_.tolist() == [True]
    assert most.item() <= 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30), st.lists(st.integers(1, 14), min_size=1, max_size=4))
def test_when_pairs_are_scored_changes_nothing(seed, steps):
    readings = [made(number, seed) for number in range(sum(steps))]
    found = []
    for waiting, at_once in ((growth.WAITING, 20_000), (0, 20_000), (growth.WAITING, 3)):
        store, keys = store_of(readings)
        with pytest.MonkeyPatch.context() as small:
            small.setattr(growth, "WAITING", waiting)
            small.setattr(linking, "_AT_ONCE", at_once)
            for upto in np.cumsum(steps).tolist():
                Grower(store, JUDGING, keys[:upto], TIGHT).run()
        found.append(state(store))
    assert found[0] == found[1] == found[2]


def test_what_waits_is_kept_with_the_state():
    store, keys = store_of([made(number, 4) for number in range(30)])
    whole, _ = store_of([made(number, 4) for number in range(30)])
    Grower(whole, JUDGING, keys, TIGHT).run()
    with pytest.MonkeyPatch.context() as stopped:
        stopped.setattr(linking.Linker, "score", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Grower(store, JUDGING, keys, TIGHT, keep_from=4).run()
    Grower(store, JUDGING, keys, TIGHT, keep_from=4).run()
    assert state(store) == state(whole)


def test_pairs_on_which_processes_die_stop_the_run():
    with pytest.raises(EngineError, match="the same 2 of them"):
        clusters.lost(scoring.Stretch(np.zeros((2, 4), dtype=np.int64), {}, {}))
