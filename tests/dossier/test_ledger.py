"""The files of a run: whole or not there, named in the manifest with their hash."""

import hashlib
import json

import pytest

from evenhand.dossier import ledger
from tests.fakes import a_reading


def test_a_failing_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "ledger" / "readings.jsonl"
    ledger.write_lines(path, [a_reading("first")])
    before = path.read_bytes()

    def failing():
        yield a_reading("second")
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        ledger.write_lines(path, failing())
    assert path.read_bytes() == before


def test_the_manifest_names_every_file_with_its_hash_and_size(tmp_path):
    path = tmp_path / "ledger" / "readings.jsonl"
    assert ledger.write_lines(path, [a_reading(), a_reading("more")]) == 2
    ledger.keep_original(tmp_path / "originals", "ab" * 32, b"bytes")
    original = tmp_path / "originals" / ("ab" * 32)
    ledger.write_manifest(tmp_path, [path, original], version="1", rules="r")
    manifest = json.loads((tmp_path / "ledger" / "manifest.json").read_text())
    found = {r["path"]: (r["hash"], r["bytes"]) for r in manifest["resources"]}
    for file in (path, original):
        data = file.read_bytes()
        assert found[file.relative_to(tmp_path).as_posix()] == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))


def test_an_original_cut_short_by_a_crash_is_written_again(tmp_path):
    name = "cd" * 32
    (tmp_path / name).write_bytes(b"by")
    (tmp_path / name).chmod(0o444)
    ledger.keep_original(tmp_path, name, b"bytes")
    assert (tmp_path / name).read_bytes() == b"bytes"


def test_a_page_that_does_not_change_is_not_written_again(tmp_path):
    path = tmp_path / "pages" / "a.html"
    ledger.write_text(path, "one – два")
    before = path.stat().st_ino, path.stat().st_mtime_ns
    ledger.write_text(path, "one – два")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
    ledger.write_text(path, "one – три")
    assert path.read_text("utf-8") == "one – три"
    assert not list(path.parent.glob("*.partial"))
