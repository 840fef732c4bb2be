"""What two happenings score at most is never less than what they score."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evenhand.grouping.bounds import Bounds, traits
from evenhand.grouping.comparing import packaged_weights
from evenhand.grouping.happenings import Happening, Spot, claims_as_happenings
from evenhand.grouping.incidents import compare_happenings
from tests.assessing.hand import Said, reading

(ONE,) = claims_as_happenings(reading("r1", Said()))
KINDS = ["airstrike", "killing", "ceasefire", "siege", "arrest", "injury", "other", "execution", "armed_clash"]
NAMES = ["arden", "borden", "corve", "the village", "arden hospital"]


def spot(rng: random.Random) -> Spot:
    lat, lon = rng.choice([(10.0, 20.0), (10.05, 20.0), (10.2, 20.1), (11.0, 20.0), (40.0, -3.0)])
    known = rng.random() < 0.8
    return Spot(
        name=rng.choice(NAMES), lat=lat if known else None, lon=lon if known else None,
        radius=rng.choice([0.5, 3.0, 15.0, 40.0, 160.0]), written=rng.choice(["", *NAMES]),
        around=None if known or rng.random() < 0.5 else (lat, lon, rng.choice([30.0, 200.0])),
    )  # fmt: skip


def happening(rng: random.Random, number: int) -> Happening:
    start = rng.choice([None, 1000, 1001, 1002, 1010])
    tolls = [
        (),
        ((2.0, 2.0),),
        ((5.0, 5.0),),
        ((5.0, 5.0), (9.0, 9.0)),
        ((4.0, 6.0),),
        ((2000.0, 2000.0),),
        ((0.0, float("inf")),),
    ]
    return replace(
        ONE, report=f"r{number}", types=tuple(rng.sample(KINDS, rng.choice([1, 1, 2]))), start=start,
        end=None if start is None else start + rng.choice([0, 1, 2, 9]), published=rng.choice([None, 990, 1002, 1005, 1030]),
        spots=tuple(spot(rng) for _ in range(rng.choice([0, 1, 1, 2, 3]))), killed=rng.choice(tolls),
        injured=rng.choice(tolls), actors=frozenset(rng.sample(NAMES, rng.randrange(2))),
        targets=frozenset(rng.sample(NAMES, rng.randrange(3))), cumulative=rng.random() < 0.2, lead=rng.random() < 0.5,
        back=rng.random() < 0.3,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_no_pair_scores_more_than_its_bound(seed):
    rng = random.Random(seed)
    some = [happening(rng, number) for number in range(8)]
    weights = packaged_weights()
    bounds = Bounds(weights)
    bounds.add([traits(one) for one in some[:5]])
    bounds.add([traits(one) for one in some[5:]])
    again = Bounds(weights)
    again.load(bounds.dump())
    ends = [(one, two) for one in range(8) for two in range(one)]
    sides = [np.array([each[side] for each in ends], dtype=np.uint32) for side in (0, 1)]
    most = bounds.most(*sides)
    assert (again.most(*sides) == most).all()
    for (one, two), bound in zip(ends, most.tolist(), strict=True):
        openings = 1.0 if some[one].lead and some[two].lead else 0.0
        found = compare_happenings(some[one], some[two], (1.0, openings), None, weights)
        assert found.score <= bound, found


def test_a_feature_that_is_not_known_here_counts_as_present():
    weights = packaged_weights()
    more = replace(weights, between={**weights.between, "weather": 2.0, "moon": -3.0})
    found = []
    for each in (weights, more):
        bounds = Bounds(each)
        bounds.add([traits(ONE), traits(ONE)])
        found.append(bounds.most(np.array([1], dtype=np.uint32), np.array([0], dtype=np.uint32)).tolist())
    assert found[1][0] == found[0][0] + 2.0


def test_another_kind_far_away_is_settled_unread():
    bounds = Bounds(packaged_weights())
    far = Spot(name="elsewhere", lat=-30.0, lon=100.0, radius=2.0)
    bounds.add([traits(ONE), traits(replace(ONE, types=("ceasefire",), spots=(far,)))])
    assert bounds.most(np.array([1], dtype=np.uint32), np.array([0], dtype=np.uint32)).tolist()[0] < 0
