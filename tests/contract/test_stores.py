"""What every store must do. A new store joins by being added to the fixture."""

import msgspec
import pytest
from alembic import command

from evenhand.errors import StoreError
from evenhand.model.evidence import to_json
from evenhand.model.incident import Answer, ClaimRef, Cluster, CopyPair, Incident, Questions, Spread, Toll
from evenhand.store.base import Change
from evenhand.store.database import migrations, open_store
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


def test_readings_come_as_the_bytes_of_their_line_in_the_ledger(store):
    readings = {f"k{n}": a_reading(f"Story {n}: “it’s so”", file=f"{n}.txt") for n in range(4)}
    store.add_readings(readings.items())
    assert list(store.records(["k3", "k1"])) == [to_json(readings["k3"]), to_json(readings["k1"])]


def test_what_is_forgotten_is_gone(store):
    store.add_readings([("k", a_reading("words of a witness"))])
    store.put_current(["k"])
    store.put_pieces([("kind", 1, b"piece")])
    store.put_assessment([a_cluster(1)], [], [an_incident(1)])
    store.forget()
    assert not store.keys_read(["k"]) and not store.current() and not store.pieces("kind", [1])
    assert not store.clusters() and not store.incidents() and not store.copies()
    store.add_readings([("k", a_reading("words"))])
    assert [one.report.text for one in store.readings(["k"])] == ["words"]


def test_sqlite_keeps_no_word_of_what_is_forgotten(tmp_path):
    store = open_store(tmp_path / "state.sqlite")
    store.add_readings([("k", a_reading("an unmistakable sentence"))])
    store.forget()
    store.close()
    assert not any(b"unmistakable" in path.read_bytes() for path in tmp_path.iterdir())


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


def test_incidents_and_reports_are_found_by_name(store):
    some = [an_incident(number) for number in (2, 1, 3)]
    store.put_assessment([], [], some)
    assert store.incident_ids() == ("i1", "i2", "i3")
    assert store.incidents(["i3", "i1"]) == (some[2], some[1])
    with pytest.raises(KeyError):
        store.incidents(["i9"])
    first, second = a_reading("One."), a_reading("Two.", file="b.txt")
    store.add_readings([("k1", first), ("k2", second)])
    assert store.reports(["k2", "k1"]) == (second.report.id, first.report.id)
    with pytest.raises(KeyError):
        store.reports(["k3"])


def test_a_step_changes_what_it_names_and_nothing_else(store):
    pairs = [CopyPair(first=f"a{n}", second="b", label="partial", shared=0.2, why="same words") for n in range(3)]
    store.put_assessment([a_cluster(n) for n in range(4)], pairs, [an_incident(n) for n in range(4)])
    other = msgspec.structs.replace(an_incident(2), title="Otherwise")
    seen = CopyPair(first="a1", second="b", label="copy", shared=0.9, why="same words")
    step = Change(
        gone=["i0", "never there"], clusters=[a_cluster(9)], copies=iter([seen]), incidents=(one for one in [other]),
        pieces=[("told", 7, b"\0words")],
    )  # fmt: skip
    for _ in range(2):  # done twice, a step changes nothing more
        store.change_assessment(step)
        step = Change(gone=step.gone, clusters=step.clusters, copies=[seen], incidents=[other], pieces=step.pieces)
        assert [one.id for one in store.clusters()] == ["i1", "i2", "i3", "i9"]
        assert store.copies() == (pairs[0], seen, pairs[2])
        assert store.incidents() == (an_incident(1), other, an_incident(3))
        assert store.pieces("told", [6, 7]) == {7: b"\0words"}
    assert store.clusters(["i9", "i0", "i1"]) == (a_cluster(1), a_cluster(9))
    store.change_assessment(Change(copies_anew=True, incidents_anew=True, incidents=[other]))
    assert (store.copies(), store.incidents()) == ((), (other,))


def test_pieces_are_replaced_and_forgotten(store):
    store.put_pieces([("told", number, bytes([number % 256])) for number in range(1200)])
    store.put_pieces([("told", 3, b"new"), ("edges", 3, b"other")])
    assert store.pieces("told", [3, 4, 5000]) == {3: b"new", 4: b"\4"}
    assert len(store.pieces("told", range(7000))) == 1200
    store.drop_pieces()
    assert store.pieces("told", range(10)) == {}


def test_a_step_that_fails_leaves_all_as_it_was(store):
    def breaking():
        yield an_incident(5)
        raise RuntimeError("out of memory, say")

    store.put_assessment([a_cluster(1)], [], [an_incident(1)])
    with pytest.raises(RuntimeError):
        store.change_assessment(Change(gone=["i1"], clusters=[a_cluster(5)], incidents=breaking()))
    assert (store.clusters(), store.incidents()) == ((a_cluster(1),), (an_incident(1),))


def test_a_state_of_an_older_version_keeps_its_assessment(tmp_path):
    import sqlite3

    path = tmp_path / "s.sqlite"
    store = open_store(path)
    with store.engine.begin() as connection:
        config = migrations(connection)
        command.downgrade(config, "0002")
    store.close()
    with sqlite3.connect(path) as connection:
        pair = CopyPair(first="a", second="b", label="copy", shared=0.9, why="same words")
        connection.execute("INSERT INTO clusters VALUES (0, 'i1', ?)", (to_json(a_cluster(1)),))
        connection.execute("INSERT INTO incidents VALUES (0, 'i1', ?)", (to_json(an_incident(1)),))
        connection.execute("INSERT INTO copies VALUES (0, ?)", (to_json(pair),))
    connection.close()
    again = open_store(path)
    assert (again.clusters(), again.copies(), again.incidents()) == ((a_cluster(1),), (pair,), (an_incident(1),))
    again.close()


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
