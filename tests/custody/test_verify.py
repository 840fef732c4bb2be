"""One byte, one row, one file: whatever is not as it was put down is named."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.custody import verify
from evenhand.custody.chain import check_chain
from evenhand.custody.entries import seal
from evenhand.errors import CustodyError
from tests.custody.desk import filled


def found(case, **words):
    return {(finding.kind, finding.item) for finding in verify(case.paths.root, **words).findings}


def lines(case):
    return case.paths.log.read_bytes().splitlines(keepends=True)


def test_a_case_as_it_was_is_whole(tmp_path):
    case = filled(tmp_path)
    result = verify(case.paths.root)
    assert (result.findings, result.originals, result.entries, result.bytes) == ((), 3, 4, 24)
    assert result.head == case.log.head


def test_one_byte_of_an_original(tmp_path):
    case = filled(tmp_path)
    item = case.find("1.txt")
    path = case.originals.path(item.sha256)
    path.chmod(0o600)
    path.write_bytes(b"report 7")
    assert found(case) == {("altered", f"originals/{item.sha256} (1.txt)")}
    assert case.originals.read(item.sha256) is None


def test_a_lost_original(tmp_path):
    case = filled(tmp_path)
    item = case.find("2.txt")
    case.originals.path(item.sha256).unlink()
    assert found(case) == {("missing", f"originals/{item.sha256} (2.txt)")}


def test_bytes_that_no_entry_names_are_noted(tmp_path):
    case = filled(tmp_path)
    sha256 = case.originals.keep(b"from an add that was killed")
    result = verify(case.paths.root)
    assert [(f.kind, f.item) for f in result.findings] == [("note", f"originals/{sha256}")]
    assert result.whole


def test_a_changed_entry(tmp_path):
    case = filled(tmp_path)
    case.paths.log.write_bytes(case.paths.log.read_bytes().replace(b'"1.txt"', b'"9.txt"'))
    assert ("altered", "log entry 3") in found(case)


def test_a_deleted_entry(tmp_path):
    case = filled(tmp_path)
    kept = lines(case)
    case.paths.log.write_bytes(b"".join(kept[:2] + kept[3:]))
    assert ("missing", "log entry 3") in found(case)


def test_two_entries_exchanged(tmp_path):
    case = filled(tmp_path)
    one, two, three, four = lines(case)
    case.paths.log.write_bytes(one + three + two + four)
    assert found(case) == {("reordered", "log entry 2")}


def test_an_entry_twice(tmp_path):
    case = filled(tmp_path)
    case.paths.log.write_bytes(b"".join([*lines(case)[:3], *lines(case)[2:]]))
    assert found(case) == {("added", "log entry 3")}


def test_a_log_cut_short_at_its_end(tmp_path):
    case = filled(tmp_path)
    case.paths.log.write_bytes(b"".join(lines(case)[:-1]))
    assert ("missing", "log entry 4") in found(case)


def test_an_entry_written_anew_with_a_right_hash(tmp_path):
    case = filled(tmp_path)
    kept = lines(case)
    entry = json.loads(kept[1])
    del entry["hash"]
    entry["who"] = "somebody else"
    _, forged = seal(**entry)
    case.paths.log.write_bytes(b"".join([kept[0], forged, *kept[2:]]))
    assert found(case) == {("altered", "log entry 3")}


def test_a_whole_log_written_anew_is_told_by_a_head_noted_earlier(tmp_path):
    case = filled(tmp_path)
    noted = case.log.head.hash
    other = filled(tmp_path / "other")
    assert verify(case.paths.root, head=noted[:12]).whole
    assert ("missing", "log.jsonl") in found(other, head=noted)


def test_no_log_at_all(tmp_path):
    case = filled(tmp_path)
    case.paths.log.unlink()
    kinds = {kind for kind, _ in found(case)}
    assert "missing" in kinds


def test_a_dossier_that_was_edited_is_named_and_one_that_is_being_written_is_not(tmp_path):
    case = filled(tmp_path)
    case.paths.dossier.mkdir()
    page = case.paths.dossier / "index.html"
    page.write_text("as assessed")
    digest = "1d1a29a0b0de0f5ed1cf3ca9d2b3b4f3f0b9b5dbb7f2c5a1e3f8a5a47c1c2a10"
    case.log.append("assessed", {"files": {"dossier/index.html": digest}})
    assert found(case) == {("altered", "dossier/index.html")}
    page.unlink()
    assert found(case) == {("missing", "dossier/index.html")}
    case.log.append("read", {"reports": 3})
    assert found(case) == {("note", "dossier/index.html")}


def test_a_page_that_the_log_says_is_gone_is_not_missed(tmp_path):
    case = filled(tmp_path)
    digest = "1d1a29a0b0de0f5ed1cf3ca9d2b3b4f3f0b9b5dbb7f2c5a1e3f8a5a47c1c2a10"
    case.log.append("assessed", {"files": {"dossier/incidents/a.html": digest}})
    case.log.append("assessed", {"files": {"dossier/incidents/a.html": None}})
    assert found(case) == set()


def test_a_folder_that_is_no_case(tmp_path):
    with pytest.raises(CustodyError, match="not a case folder"):
        verify(tmp_path)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_change_of_the_logs_bytes_is_found(tmp_path_factory, data):
    log = _a_log()
    at = data.draw(st.integers(0, len(log) - 1))
    kind = data.draw(st.sampled_from(["flip", "drop", "insert"]))
    if kind == "flip":
        changed = log[:at] + bytes([log[at] ^ data.draw(st.integers(1, 255))]) + log[at + 1 :]
    elif kind == "drop":
        changed = log[:at] + log[at + data.draw(st.integers(1, 300)) :]
    else:
        changed = log[:at] + data.draw(st.binary(min_size=1, max_size=40)) + log[at:]
    before, after = check_chain(log), check_chain(changed)
    assert after.findings or after.head != before.head  # a cut at the end shows against the noted head


def _a_log(count=6):
    log, prev = b"", "0" * 64
    for number in range(1, count + 1):
        entry, line = seal(seq=number, at="2024-03-04T12:00:00Z", who="m", what="decision",
                           payload={"words": "é" * number}, salt="0", prev=prev)  # fmt: skip
        log, prev = log + line, entry.hash
    return log


@given(st.binary(max_size=3000))
def test_a_log_of_garbage_is_findings_and_never_a_crash(data):
    check_chain(data)
