"""What every store must do. A new store joins by being added to the fixture."""

import pytest

from evenhand.errors import StoreError
from evenhand.model.incident import Answer, ClaimRef, Cluster, CopyPair, Incident, Questions, Spread, Toll
from evenhand.store.database import open_store
from tests import postgres
from tests.fakes import MemoryStore, a_reading


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=postgres.needs_postgres)])
def store(request, tmp_path):
    if request.param == "postgresql":
        made = open_store(postgres.database())
    else:
        made = MemoryStore() if request.param == "memory" else open_store(tmp_path / "deep" / "state.sqlite")
    yield made
    made.close()


def an_incident(number: int) -> Incident:
    unsaid = Questions(
        occurrence=Answer(), responsibility=Answer(), killed=Toll(), injured=Toll(), place=Spread(), time=Spread()
    )
    return Incident(id=f"i{number}", title="Shelling reported", type="shelling", questions=unsaid, rules="r1")


def a_cluster(number: int) -> Cluster:
    return Cluster(id=f"i{number}", type="shelling", claims=(ClaimRef(report="r", claim="c1"),), reports=("r",))


def test_readings_come_back_equal_and_in_the_order_asked(store):
    readings = {f"k{n}": a_reading(f"Story {n}: “it’s so” \u202e\U0001f600", file=f"{n}.txt") for n in range(7)}
    store.add_readings(readings.items())
    asked = ["k4", "k0", "k6"]
    assert list(store.readings(asked)) == [readings[key] for key in asked]


def test_writing_a_reading_twice_changes_nothing(store):
    store.add_readings([("k", a_reading("first"))])
    store.add_readings([("k", a_reading("second")), ("m", a_reading("third"))])
    assert [r.report.text for r in store.readings(["k", "m"])] == ["first", "third"]


def test_only_keys_that_are_kept_are_known(store):
    store.add_readings([("k", a_reading())])
    assert store.keys_read(["k", "missing"]) == {"k"}
    assert store.keys_read([]) == frozenset()


def test_a_missing_reading_is_an_error(store):
    with pytest.raises(KeyError):
        list(store.readings(["missing"]))


def test_the_readings_of_the_last_assessment_are_known_in_their_order(store):
    assert store.current() == ()
    store.put_current(["k2", "k1"])
    store.put_current(["k3", "k1", "k2"])
    assert store.current() == ("k3", "k1", "k2")


def test_an_address_that_is_no_store_is_a_clear_error():
    for where in ("mysql://x/y", "not an address", "postgresql://nobody@127.0.0.1:9/x"):
        with pytest.raises(StoreError):
            open_store(where)


def test_an_assessment_replaces_the_last_one(store):
    pairs = [CopyPair(first="a", second="b", label="copy", shared=0.9, why="same words")]
    store.put_assessment([a_cluster(1), a_cluster(2)], pairs, [an_incident(1), an_incident(2)])
    store.put_assessment([a_cluster(3)], [], [an_incident(3)])
    assert store.clusters() == (a_cluster(3),)
    assert store.copies() == ()
    assert store.incidents() == (an_incident(3),)


def test_sqlite_keeps_readings_after_closing(tmp_path):
    first = open_store(tmp_path / "s.sqlite")
    first.add_readings([("k", a_reading("kept"))])
    first.close()
    again = open_store(tmp_path / "s.sqlite")
    assert [r.report.text for r in again.readings(["k"])] == ["kept"]
    again.close()


def test_many_keys_are_looked_up_in_parts(tmp_path):
    store = open_store(tmp_path / "s.sqlite")
    store.add_readings([("k11999", a_reading())])
    assert store.keys_read([f"k{n}" for n in range(12_000)]) == {"k11999"}
    store.close()


def test_a_file_that_is_not_ours_is_refused_with_the_cure(tmp_path):
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="move the file away"):
        open_store(path)


def test_a_state_of_a_newer_version_is_refused(tmp_path):
    import sqlite3

    open_store(tmp_path / "s.sqlite").close()
    with sqlite3.connect(tmp_path / "s.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(tmp_path / "s.sqlite")
