"""Groups brought up to date around what changed are those of grouping everything."""

import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evenhand.grouping import settling
from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.comparing import Comparison
from evenhand.grouping.edges import AT_MOST, NEAR, ScoredPairs
from evenhand.grouping.extracts import ClaimsExtract
from evenhand.grouping.happenings import Happening, claims_as_happenings
from evenhand.grouping.incidents import Told
from evenhand.grouping.pieces import MemoryPieces
from evenhand.grouping.rings import Rings
from evenhand.grouping.settling import Settling
from evenhand.grouping.tellings import Tellings
from tests.assessing.hand import Said, reading

(ONE,) = claims_as_happenings(reading("r", Said()))
SCORES = [-6.0, -1.5, -0.5, 0.0, 0.5, 0.5, 1.0, 1.0, 1.5, 3.0]


def extract(name: str) -> ClaimsExtract:
    told = [Told(happening=replace(ONE, report=name), kinds=ONE.types)]
    return ClaimsExtract(report=name, told=msgspec.msgpack.encode(told), claims=ONE.claims, where=())


class Case:
    """Reports of one happening each, every pair of them scored by chance or not at all."""

    def __init__(self, seed: int, spread: int) -> None:
        self._rng, self._spread = random.Random(seed), spread
        self.scores: dict[tuple[int, int], float] = {}
        pieces = MemoryPieces()
        self.tellings = Tellings(pieces)
        self.scored = ScoredPairs(pieces, self.tellings.report)
        self.settling = Settling(self.tellings, self.scored, lambda numbers: [number % 3 for number in numbers])

    def compare(self, one: Happening, two: Happening, *, explain: bool) -> Comparison:
        assert one.key < two.key
        assert not explain
        ends = [int(happening.report.partition("n")[2]) for happening in (one, two)]
        return Comparison(score=self.scores[max(ends), min(ends)], parts=())

    def add(self, count: int) -> None:
        """New happenings, paired with some of those before."""
        base = len(self.tellings)
        names = [f"r{self._rng.randrange(10**6):06}n{number}" for number in range(base, base + count)]
        self.tellings.add([extract(name) for name in names])
        self.settling.add(count)
        for later in range(base, base + count):
            near = [one for one in range(max(0, later - self._spread), later) if self._rng.random() < 0.6]
            self._put(later, {(later, earlier): self._rng.choice(SCORES) for earlier in near})

    def change(self) -> None:
        """Pairs of one that is there are scored otherwise, as when its text is seen to be another's."""
        later = self._rng.randrange(1, len(self.tellings))
        old = {ends: score for ends, score in self.scores.items() if ends[0] == later}
        if old:
            ends = self._rng.choice(sorted(old))
            self._put(later, old | {ends: self._rng.choice(SCORES)})
            self.settling.dirty.update(ends)

    def _put(self, later: int, scores: dict[tuple[int, int], float]) -> None:
        self.scores |= scores
        kept, flags = list(scores.values()), [NEAR] * len(scores)
        for at, score in enumerate(kept):
            if score <= 0 and self._rng.random() < 0.5:
                kept[at], flags[at] = min(0.0, score + self._rng.choice([0.0, 0.4, 9.0])), NEAR | AT_MOST
        ends = [np.array([each[side] for each in scores], dtype=np.uint32) for side in (0, 1)]
        above = np.array(kept) > 0
        self.scored.join(ends[0][above], ends[1][above])
        self.scored.put(later, (ends[0], ends[1], np.array(kept, dtype=float), np.array(flags, dtype=np.uint8)))

    def whole(self) -> set[frozenset[int]]:
        """The groups of everything at once."""
        order = sorted(range(len(self.tellings)), key=self.tellings.key)
        rank = {number: at for at, number in enumerate(order)}
        scores = {
            (min(rank[one], rank[two]), max(rank[one], rank[two])): round(score * 10_000)
            for (one, two), score in self.scores.items()
        }
        return {
            frozenset(order[at] for at in group) for group in average_linkage(sorted(rank.values()), scores, -40_000)
        }

    def rings(self) -> set[frozenset[int]]:
        """The groups as they stand."""
        return {frozenset(self.settling.group(number)) for number in range(len(self.tellings))}


@pytest.mark.parametrize("at_once", [1, 3, 4000])
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_grouped_bit_by_bit_or_all_at_once(at_once, seed, spread, steps):
    case = Case(seed, spread)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(settling, "_AT_ONCE", at_once)
        for count in steps:
            before = case.rings()
            case.add(count)
            if count % 2 and len(case.tellings) > 1:
                case.change()
            found = {frozenset(group) for group in case.settling.settle(lambda reports: case)}
            assert case.rings() == case.whole()
            assert case.rings() - before <= found <= case.rings()


def test_what_is_far_is_left_alone():
    """In a long chain of near ones only those next to the new one are looked at."""
    case = Case(1, 2)
    case.add(3000)
    case.settling.settle(lambda reports: case)
    looked: list[int] = []
    usual = case.scored.of
    case.scored.of = lambda reports: looked.extend(reports) or usual(reports)
    case.add(1)
    case.settling.settle(lambda reports: case)
    assert 0 < len(looked) < 60


@given(st.integers(0, 10**6))
def test_a_score_that_cannot_decide_is_not_asked_for(seed):
    rng = random.Random(seed)
    scores = {(one, two): rng.choice(SCORES) for two in range(9) for one in range(two) if rng.random() < 0.7}
    exact = {ends: round(score * 10_000) for ends, score in scores.items()}
    left = [ends for ends, score in exact.items() if score <= 0]
    known = {ends: score for ends, score in exact.items() if score > 0}
    asked: list[tuple[int, int]] = []
    found = average_linkage(
        list(range(9)), known, -40_000, left, lambda pairs: asked.extend(pairs) or [exact[ends] for ends in pairs]
    )
    assert found == average_linkage(list(range(9)), exact, -40_000)
    assert len(asked) == len(set(asked))
    assert known or not asked


def test_rings_are_the_groups_that_were_put():
    rings = Rings()
    rings.add(6)
    rings.put([4, 1, 5])
    assert rings.of(1) == [1, 5, 4]
    assert rings.all_of([4, 0]) == {0, 1, 4, 5}
    again = Rings()
    again.load(rings.dump())
    rings.put([1])
    rings.put([4, 5])
    assert (rings.of(1), rings.of(4), again.of(4)) == ([1], [4, 5], [4, 1, 5])
