import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.tagging.decoding import spans_of
from evenhand.reading.tagging.labels import COLUMNS, LINKS, NAME_TAGS, ROLE_TAGS, WIDTH, follows
from evenhand.reading.tagging.linking import gaps
from evenhand.reading.tagging.paths import NEVER, TOGETHER, best_paths

FORBIDDEN = np.where(np.array(follows(ROLE_TAGS)), 0.0, NEVER)
LABELS = len(ROLE_TAGS)


def test_the_columns_fill_the_networks_output():
    covered = sorted(i for part in COLUMNS.values() for i in range(part.start, part.stop))
    assert covered == list(range(WIDTH))
    assert COLUMNS["names"].stop - COLUMNS["names"].start == len(NAME_TAGS)
    assert all(f"{link}.{side}" in COLUMNS for link in LINKS for side in ("query", "key"))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**32 - 1), st.lists(st.tuples(st.integers(1, 4), st.integers(3, LABELS)), min_size=1, max_size=3)
)
def test_best_path_and_marginals_agree_with_counting_every_path(seed, shapes):
    chance = np.random.default_rng(seed)
    moves = [chance.normal(size=(tags, tags)) + FORBIDDEN[:tags, :tags] for _, tags in shapes]
    emissions = [chance.normal(size=shape) for shape in shapes]
    for rows, move, found in zip(emissions, moves, best_paths(emissions, moves), strict=True):
        paths = list(itertools.product(range(len(move)), repeat=len(rows)))
        scores = np.array(
            [
                (0.0 if move[0, p[0]] > NEVER / 2 else NEVER)
                + sum(rows[i, t] for i, t in enumerate(p))
                + sum(move[a, b] for a, b in itertools.pairwise(p))
                for p in paths
            ]
        )
        assert tuple(found.tags.tolist()) == paths[int(scores.argmax())]
        weights = np.exp(scores - scores.max())
        for i, tag in enumerate(found.tags.tolist()):
            right = sum(w for p, w in zip(paths, weights, strict=True) if p[i] == tag) / weights.sum()
            assert found.sure[i] == pytest.approx(right, abs=1e-6)


def test_a_windows_path_does_not_depend_on_the_windows_beside_it():
    chance = np.random.default_rng(0)
    moves = chance.normal(size=(LABELS, LABELS)) + FORBIDDEN
    emissions = [chance.normal(size=(n, LABELS)) for n in chance.integers(1, 30, size=TOGETHER + 5)]
    together = best_paths(emissions, [moves] * len(emissions))
    for rows, found in zip(emissions, together, strict=True):
        (alone,) = best_paths([rows], [moves])
        assert found.tags.tolist() == alone.tags.tolist()
        assert found.sure == pytest.approx(alone.sure, abs=1e-12)


def test_spans_end_where_another_begins():
    tags = np.array([ROLE_TAGS.index(t) for t in ("B-cue", "B-content", "I-content", "B-content", "O", "I-source")])
    assert spans_of(tags, ROLE_TAGS) == [(0, 1, "cue"), (1, 3, "content"), (3, 4, "content"), (5, 6, "source")]


def test_distances_are_signed_and_the_nearest_ranks_first():
    buckets, ranks = gaps([(10, 12)], [(12, 13), (3, 5), (40, 41), (6, 9)])
    assert buckets.tolist() == [[8, 8 - 2, 8 + 4, 8 - 1]]
    assert ranks.tolist() == [[0, 2, 3, 1]]
