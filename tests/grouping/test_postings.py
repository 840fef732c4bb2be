import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.grouping.postings import Postings, ranks, runs

ROWS = st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 90)), max_size=12), max_size=8)


def arrays(rows):
    return np.array([k for k, _ in rows], dtype=np.uint64), np.array([v for _, v in rows], dtype=np.uint32)


@given(ROWS, st.lists(st.integers(0, 8), max_size=5))
def test_a_key_gives_its_numbers_in_the_order_they_were_added(parts, asked):
    postings, plain = Postings(), {}
    for rows in parts:
        postings.add(*arrays(rows))
        for key, value in rows:
            plain.setdefault(key, []).append(value)
    again = Postings()
    for length, data in zip(postings.lengths(), postings.dump(), strict=True):
        again.load(length, data)
    for one in (postings, again):
        at, values = one.find(np.array(asked, dtype=np.uint64))
        for position, key in enumerate(asked):
            assert values[at == position].tolist() == plain.get(key, [])
        assert one.counts(np.array(asked, dtype=np.uint64)).tolist() == [len(plain.get(key, [])) for key in asked]


def test_segments_stay_few():
    postings = Postings()
    for number in range(1000):
        postings.add(np.array([number % 7], dtype=np.uint64), np.array([number], dtype=np.uint32))
    assert len(list(postings.dump())) <= 10
    assert len(postings) == 1000


def test_runs_and_ranks():
    assert runs(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    order, starts, rank = ranks(np.array([3, 1, 3, 1, 2], dtype=np.uint64))
    assert order.tolist() == [1, 3, 4, 0, 2]
    assert starts.tolist() == [0, 0, 2, 3, 3]
    assert rank.tolist() == [0, 1, 0, 0, 1]
