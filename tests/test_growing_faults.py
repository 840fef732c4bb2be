"""A run stopped anywhere, a disk that fills up: the next run goes on, and ends with the bytes of one that was not."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import StoreError
from evenhand.growing import Grower
from evenhand.store.database import open_store
from tests.fakes import MemoryStore
from tests.test_growing import JUDGING, TIGHT, made, state, store_of


class Stopped(Exception):
    pass


class StoppingStore(MemoryStore):
    """Stops like a pulled plug at the n-th writing: nothing of that one is kept."""

    left = 10**9

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped

    def put_pieces(self, pieces):
        kept = list(pieces)
        self._count()
        super().put_pieces(kept)

    def change_assessment(self, change):
        self._count()
        super().change_assessment(change)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.integers(5, 40), st.lists(st.integers(0, 12), min_size=1, max_size=3))
def test_a_run_stopped_anywhere_goes_on_to_the_same_bytes(seed, count, stops):
    readings = [made(number, seed) for number in range(count)]
    whole, keys = store_of(readings)
    Grower(whole, JUDGING, keys, TIGHT).run()
    store = StoppingStore()
    store.add_readings(zip(keys, readings, strict=True))
    for left in stops:
        store.left = left
        try:
            Grower(store, JUDGING, keys, TIGHT, keep_from=5).run()
        except Stopped:
            continue
    store.left = 10**9
    Grower(store, JUDGING, keys, TIGHT, keep_from=5).run()
    assert state(store) == state(whole)


def test_a_stopped_run_does_not_begin_again():
    readings = [made(number, 4) for number in range(40)]
    store = StoppingStore()
    _, keys = store_of(readings)
    store.add_readings(zip(keys, readings, strict=True))
    store.left = 3
    with pytest.raises(Stopped):
        Grower(store, JUDGING, keys, TIGHT, keep_from=5).run()
    store.left = 10**9
    again = Grower(store, JUDGING, keys, TIGHT, keep_from=5)
    again.run()
    assert 0 < again.stages.seen["copies"].records < 40


def test_a_full_disk_is_named_and_the_run_goes_on_when_there_is_room(tmp_path):
    readings = [made(number, 5) for number in range(60)]
    whole, keys = store_of(readings)
    Grower(whole, JUDGING, keys, TIGHT).run()
    store = open_store(tmp_path / "state.sqlite")
    store.add_readings(zip(keys, readings, strict=True))
    pages = {"most": 0}

    @sa.event.listens_for(store.engine, "connect")
    def full(connection, _record):
        if pages["most"]:
            connection.execute(f"PRAGMA max_page_count = {pages['most']}")

    with store.engine.connect() as connection:
        there = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    for more in (8, 40, 80):  # each time it gets further before the disk is full
        pages["most"] = there + more
        with pytest.raises(StoreError, match=r"full.*Make room"):
            Grower(store, JUDGING, keys, TIGHT, keep_from=5).run()
    pages["most"] = 1_000_000
    Grower(store, JUDGING, keys, TIGHT, keep_from=5).run()
    assert state(store) == state(whole)
    store.close()
