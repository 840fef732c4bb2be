"""The log: a chain that shows every change, shared by processes, whole after a crash."""

import hashlib
import json
import multiprocessing
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.custody import open_case, verify
from evenhand.custody.entries import GENESIS, AlteredEntryError, seal, unseal
from evenhand.errors import CustodyError
from tests.custody.desk import a_case, again

WORDS = st.text() | st.integers(-(2**53), 2**53) | st.none() | st.booleans()
PAYLOADS = st.dictionaries(
    st.text(), st.recursive(WORDS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)


@given(payload=PAYLOADS, who=st.text())
def test_what_is_hashed_is_the_line_without_its_hash(payload, who):
    entry, line = seal(seq=1, at="2024-03-04T12:00:00Z", who=who, what="x", payload=payload, salt="0", prev=GENESIS)
    assert line.count(b"\n") == 1
    body = re.sub(rb',"hash":"[0-9a-f]{64}"\}\n$', b"}", line)
    assert hashlib.sha256(body).hexdigest() == entry.hash == json.loads(line)["hash"]
    assert unseal(line[:-1]) == entry


@given(payload=st.dictionaries(st.text(), st.text()), data=st.data())
def test_one_flipped_bit_is_seen(payload, data):
    _, line = seal(seq=1, at="2024-03-04T12:00:00Z", who="m", what="x", payload=payload, salt="0", prev=GENESIS)
    at = data.draw(st.integers(0, len(line) - 2))
    flipped = bytearray(line[:-1])
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(AlteredEntryError):
        unseal(bytes(flipped))


def test_half_characters_are_written_as_what_they_are_not(tmp_path):
    case = a_case(tmp_path)
    entry = case.log.append("decision", {"file": "a\udc80.txt"}, who="m\udcff")
    assert (entry.payload["file"], entry.who) == ("a?.txt", "m?")
    assert verify(case.paths.root).whole


def test_entries_follow_each_other_and_carry_time_and_person(tmp_path):
    case = a_case(tmp_path)
    case.log.append("decision", {"b": 1, "a": [1, {"z": None}]}, who="karim")
    first, second = again(case).log.entries()
    assert (second.seq, second.prev, second.at, second.who) == (2, first.hash, "2024-03-04T12:00:00Z", "karim")
    assert case.log.head.hash == second.hash


def test_two_open_logs_see_each_others_entries(tmp_path):
    one = a_case(tmp_path)
    other = again(one)
    one.log.append("decision", {"by": 1})
    other.log.append("decision", {"by": 2})
    one.log.append("decision", {"by": 3})
    assert [entry.payload.get("by") for entry in other.log.entries()] == [None, 1, 2, 3]
    assert verify(one.paths.root).whole


def _append_many(root, name):
    case = open_case(root)
    for number in range(25):
        case.log.append("decision", {"number": number}, who=name)


def test_two_processes_append_to_one_chain(tmp_path):
    root = a_case(tmp_path).paths.root
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append_many, args=(root, name)) for name in ("one", "two", "three")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    entries = open_case(root).log.entries()
    assert len(entries) == 76
    for name in ("one", "two", "three"):
        assert [e.payload["number"] for e in entries if e.who == name] == list(range(25))
    assert verify(root).whole


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_torn_last_line_is_set_aside_and_said(tmp_path, cut):
    case = a_case(tmp_path)
    case.log.append("decision", {"words": "x" * 300})
    before = case.paths.log.read_bytes()
    whole = before.splitlines(keepends=True)
    torn = whole[-1][:-cut] if cut > 1 else whole[-1][:-2]
    case.paths.log.write_bytes(whole[0] + torn)
    found = verify(case.paths.root)
    assert "log.jsonl" in [f.item for f in found.findings if f.kind == "note"]
    assert [f.item for f in found.findings if f.kind == "missing"] == [
        "log entry 2"
    ]  # head.json knows that it was there
    after = again(case)
    after.log.append("decision", {"words": "y"})
    aside = next(entry for entry in after.log.entries() if entry.what == "torn line set aside")
    assert (case.paths.root / aside.payload["file"]).read_bytes() == torn
    assert [entry.seq for entry in after.log.entries()] == [1, 2, 3]
    assert verify(case.paths.root).whole


def test_a_whole_entry_without_its_newline_is_kept(tmp_path):
    case = a_case(tmp_path)
    case.log.append("decision", {"words": "kept"})
    case.paths.log.write_bytes(case.paths.log.read_bytes()[:-1])
    after = again(case)
    after.log.append("decision", {"words": "next"})
    assert [entry.payload.get("words") for entry in after.log.entries()] == [None, "kept", "next"]
    assert not case.paths.aside.exists()
    assert verify(case.paths.root).whole


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path, monkeypatch):
    case = a_case(tmp_path)
    before = case.paths.log.read_bytes()
    write = os.write

    def full(handle, data):
        write(handle, bytes(data)[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        case.log.append("decision", {"words": "x"})
    monkeypatch.undo()
    assert case.paths.log.read_bytes() == before
    case.log.append("decision", {"words": "after"})
    assert [entry.seq for entry in again(case).log.entries()] == [1, 2]


def test_nothing_is_built_on_an_altered_log(tmp_path):
    case = a_case(tmp_path)
    case.log.append("decision", {"words": "mine"})
    case.paths.log.write_bytes(case.paths.log.read_bytes().replace(b"mine", b"his_"))
    with pytest.raises(CustodyError, match=r"entry 2 was altered.*evenhand verify"):
        again(case)
