"""A case folder: bytes kept once before all else, versions beside each other, tombstones with a reason."""

import multiprocessing
import os
import stat

import pytest

from evenhand.custody import create_case, open_case, verify
from evenhand.errors import CustodyError
from tests.custody.desk import a_case, again, filled, new_item


def test_only_its_owner_may_enter(tmp_path):
    case = filled(tmp_path)
    assert stat.S_IMODE(case.paths.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(case.paths.log.stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in case.paths.originals.iterdir()} == {0o400}


def test_an_item_says_who_when_where_how_and_what(tmp_path):
    case = a_case(tmp_path)
    new = new_item("a/b.txt", meta={"outlet": "mpa"}, url="https://mpa.example/b")
    state, item = case.add(b"words", new, who="karim")
    assert state == "added"
    assert (item.by, item.at, item.file, item.address) == ("karim", "2024-03-04T12:00:00Z", "a/b.txt", "/in/a/b.txt")
    assert (item.bytes, item.media_type, item.method, item.meta) == (
        5,
        "text/plain",
        "copied from a file",
        {"outlet": "mpa"},
    )
    assert again(case).items() == (item,)
    assert case.originals.read(item.sha256) == b"words"


def test_the_same_file_twice_is_one(tmp_path):
    case = filled(tmp_path)
    before = case.paths.log.read_bytes()
    state, _ = again(case).add(b"report 1", new_item("1.txt"))
    assert state == "same"
    assert case.paths.log.read_bytes() == before


def test_the_same_bytes_elsewhere_are_noted_and_kept_once(tmp_path):
    case = filled(tmp_path)
    state, item = case.add(b"report 1", new_item("copy.txt"))
    assert (state, item.again) == ("again", ("/in/copy.txt",))
    assert len(list(case.paths.originals.iterdir())) == 3
    assert case.add(b"report 1", new_item("copy.txt"))[0] == "same"


def test_other_bytes_at_the_same_address_are_a_version_beside_the_old(tmp_path):
    case = a_case(tmp_path)
    _, first = case.add(b"24 killed", new_item())
    state, second = case.add(b"26 killed", new_item())
    assert state == "new version"
    assert (second.version, second.older) == (2, first.sha256)
    assert [item.sha256 for item in case.current()] == [second.sha256]
    assert case.find(first.sha256[:8]).newer == second.sha256
    assert {path.name for path in case.paths.originals.iterdir()} == {first.sha256, second.sha256}
    assert case.find("a.txt") == second


def test_an_address_that_goes_back_to_old_bytes(tmp_path):
    case = a_case(tmp_path)
    _, first = case.add(b"24 killed", new_item())
    case.add(b"26 killed", new_item())
    state, back = case.add(b"24 killed", new_item())
    assert (state, back.sha256, back.current) == ("again", first.sha256, True)
    assert case.add(b"24 killed", new_item())[0] == "same"
    assert [item.sha256 for item in case.current()] == [first.sha256]


def test_bytes_that_are_newest_at_another_address_stay_current(tmp_path):
    case = a_case(tmp_path)
    case.add(b"old", new_item("a.txt"))
    case.add(b"old", new_item("b.txt"))
    case.add(b"new", new_item("a.txt"))
    assert len(case.current()) == 2


def test_a_tombstone_keeps_hash_and_reason(tmp_path):
    case = filled(tmp_path)
    item = case.find("1.txt")
    case.remove(item, "not about this case", who="karim")
    stone = again(case).find("1.txt").removed
    assert (stone.who, stone.reason, stone.erased) == ("karim", "not about this case", False)
    assert len(case.current()) == 2
    assert case.originals.read(item.sha256) == b"report 1"
    assert verify(case.paths.root).whole


def test_erasing_takes_the_bytes_and_what_was_worked_out_from_them(tmp_path):
    case = filled(tmp_path)
    (case.paths.dossier / "ledger").mkdir(parents=True)
    (case.paths.dossier / "ledger" / "readings.jsonl").write_text("report 1")
    case.paths.state.write_text("report 1")
    item = case.find("1.txt")
    case.remove(item, "she withdrew her consent", erase=True)
    assert case.originals.read(item.sha256) is None
    assert [path for path in case.paths.root.rglob("*") if path.is_file() and b"report 1" in path.read_bytes()] == []
    assert item.sha256.encode() in case.paths.log.read_bytes()
    assert verify(case.paths.root).whole


def test_a_removed_item_may_come_back(tmp_path):
    case = filled(tmp_path)
    case.remove(case.find("1.txt"), "by mistake", erase=True)
    assert case.add(b"report 1", new_item("1.txt"))[0] == "added"
    assert len(again(case).current()) == 3
    assert verify(case.paths.root).whole


@pytest.mark.parametrize(("words", "says"), [("nowhere.txt", "no item"), ("ab", "no item")])
def test_an_item_that_is_not_there_is_said(tmp_path, words, says):
    with pytest.raises(CustodyError, match=says):
        filled(tmp_path).find(words)


def test_a_name_of_two_items_is_said(tmp_path):
    case = a_case(tmp_path)
    case.add(b"one", new_item("a.txt", address="/x/a.txt"))
    case.add(b"two", new_item("a.txt", address="/y/a.txt"))
    with pytest.raises(CustodyError, match="names 2 items"):
        case.find("a.txt")


def test_a_folder_in_use_is_never_made_a_case(tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(CustodyError, match="not empty"):
        create_case(tmp_path)
    case = a_case(tmp_path)
    with pytest.raises(CustodyError, match="a case already"):
        create_case(case.paths.root)


def test_what_is_no_case_is_said(tmp_path):
    with pytest.raises(CustodyError, match="evenhand init"):
        open_case(tmp_path)


def test_a_case_of_a_newer_format_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("evenhand.custody.case.FORMAT", "evenhand-case/2")
    case = a_case(tmp_path)
    monkeypatch.undo()
    with pytest.raises(CustodyError, match="newer evenhand"):
        again(case)


def test_a_full_disk_leaves_no_half_original(tmp_path, monkeypatch):
    case = a_case(tmp_path)
    write = os.write

    def full(handle, data):
        write(handle, bytes(data)[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        case.add(b"words of a report", new_item())
    monkeypatch.undo()
    assert list(case.paths.originals.iterdir()) == []
    assert case.items() == ()
    assert case.add(b"words of a report", new_item())[0] == "added"


def test_parts_left_by_a_killed_process_are_swept(tmp_path):
    case = filled(tmp_path)
    left, fresh = case.paths.originals / ".dead.partial", case.paths.originals / ".alive.partial"
    left.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert verify(case.paths.root).whole
    case.originals.sweep()
    assert not left.exists()
    assert fresh.exists()


def test_several_at_once_are_what_they_are_one_by_one(tmp_path):
    one, other = a_case(tmp_path, "one"), a_case(tmp_path, "other")
    things = [(b"old", "a.txt"), (b"b", "b.txt"), (b"new", "c.txt")]
    later = [(b"newer", "a.txt"), (b"b", "d.txt"), (b"new", "c.txt"), (b"e", "e.txt")]
    for group in (things, later):
        together = one.add_all([(data, new_item(file)) for data, file in group], who="m")
        single = [other.add(data, new_item(file), who="m") for data, file in group]
        assert [state for state, _ in together] == [state for state, _ in single]
    assert [state for state, _ in together] == ["new version", "again", "same", "added"]
    assert one.items() == other.items()
    assert verify(one.paths.root).whole
    assert one.add_all([]) == []


def _add_all(root):
    case = open_case(root)
    for number in range(12):
        case.add(b"report %d" % number, new_item(f"{number}.txt"))


def test_two_processes_that_add_the_same_files_make_each_one_item(tmp_path):
    root = a_case(tmp_path).paths.root
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_all, args=(root,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    case = open_case(root)
    assert sorted(item.file for item in case.items()) == sorted(f"{number}.txt" for number in range(12))
    assert [entry.what for entry in case.log.entries()].count("added") == 12
    assert {item.version for item in case.items()} == {1}
    assert verify(root).whole
