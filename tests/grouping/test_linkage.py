"""Groups of scores in arrays are those of average linkage over the same scores, and ask for as little."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.linkage import linked

SCORES = [-60_000, -15_000, -5000, 0, 0, 5000, 5000, 10_000, 10_000, 15_000, 30_000]
UNSEEN = -40_000
Scores = dict[tuple[int, int], int]


def some(rng: random.Random, count: int, density: float) -> Scores:
    ends = ((one, two) for two in range(count) for one in range(two))
    return {pair: rng.choice(SCORES) for pair in ends if rng.random() < density}


def in_arrays(count: int, scores: Scores, left: Scores, asked: list[tuple[int, int]]) -> list[list[int]]:
    low, high = (np.array([pair[side] for pair in scores], dtype=np.int64) for side in (0, 1))
    known = np.array([left.get(pair, score) for pair, score in scores.items()], dtype=np.int64)
    waiting = np.array([pair in left for pair in scores], dtype=np.bool_)

    def ask(pairs):
        asked.extend(pairs)
        return [scores[pair] for pair in pairs]

    return linked(count, (low, high, known), waiting, UNSEEN, ask)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 25), st.floats(0.05, 1.0), st.floats(0.0, 1.0), st.booleans())
def test_the_groups_are_those_of_average_linkage(seed, count, density, later, bounded):
    rng = random.Random(seed)
    scores = some(rng, count, density)
    left = {
        pair: min(0, score + rng.choice([0, 5000, 20_000])) if bounded else 0
        for pair, score in scores.items()
        if score <= 0 and rng.random() < later
    }
    asked: list[tuple[int, int]] = []
    also: list[tuple[int, int]] = []
    found = in_arrays(count, scores, left, asked)
    known = {pair: score for pair, score in scores.items() if pair not in left}
    usual = average_linkage(
        list(range(count)), known, UNSEEN, sorted(left), lambda pairs: also.extend(pairs) or [scores[p] for p in pairs]
    )
    assert found == [list(group) for group in usual]
    assert found == [list(group) for group in average_linkage(list(range(count)), scores, UNSEEN)]
    assert len(asked) == len(set(asked))
    assert bounded or set(asked) == set(also)


def test_a_chain_does_not_run_on_and_ties_go_to_the_smaller():
    chain = {(number, number + 1): 10_000 for number in range(4)}
    assert in_arrays(5, chain, {}, []) == [[0, 1], [2, 3], [4]]


def test_without_pairs_each_is_alone():
    assert in_arrays(3, {}, {}, []) == [[0], [1], [2]]
