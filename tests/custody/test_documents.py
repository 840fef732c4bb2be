"""What docs/custody.md tells a third party to run finds what `verify` finds."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from evenhand.custody import verify
from evenhand.custody.bundle import Order, export_bundle
from tests.custody.desk import filled

TOOLS = ("sh", "sed", "sha256sum", "jq")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}")

SCRIPT = re.search(r"```sh\n(.*?)```", Path("docs/custody.md").read_text("utf-8"), re.S)[1]


def by_hand(folder):
    done = subprocess.run(["sh", "-c", SCRIPT], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() + done.stderr.splitlines()


@pytest.fixture
def case(tmp_path):
    made = filled(tmp_path)
    made.log.append("decision", {"why": '“quoted” \\ " \u2028 \x7f é 🙂 ,"hash":"x"}', "n": 3.0e20})
    made.remove(made.find("2.txt"), "consent withdrawn", erase=True)
    return made


def test_a_whole_case_has_the_same_head_and_no_findings(case):
    assert by_hand(case.paths.root) == [f"head: {case.log.head.hash} (entry {case.log.head.seq})"]
    assert verify(case.paths.root).whole


def test_an_altered_original_entry_and_a_lost_file_are_found(case):
    item = case.find("0.txt")
    path = case.originals.path(item.sha256)
    path.chmod(0o600)
    path.write_bytes(b"other")
    case.originals.path(case.find("1.txt").sha256).unlink()
    lines = case.paths.log.read_bytes().splitlines(keepends=True)
    case.paths.log.write_bytes(b"".join([lines[0], lines[1].replace(b"maria", b"mario"), *lines[2:]]))
    found = by_hand(case.paths.root)
    assert f"altered: originals/{item.sha256}" in found
    assert f"missing: {case.find('1.txt').sha256}" in found
    assert "altered: entry 2" in found


def test_an_entry_taken_out_is_found(case):
    lines = case.paths.log.read_bytes().splitlines(keepends=True)
    case.paths.log.write_bytes(b"".join(lines[:2] + lines[3:]))
    assert {"does not follow: entry 3", "not entry 3"} <= set(by_hand(case.paths.root))


def test_a_bundle_unpacked(case, tmp_path):
    export_bundle(case, tmp_path / "case.zip", Order(software="evenhand 0"))
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        archive.extractall(tmp_path / "there")
    assert [line for line in by_hand(tmp_path / "there") if not line.startswith("head")] == []
    (tmp_path / "there" / "case.toml").write_text("[case]")
    assert any("case.toml" in line for line in by_hand(tmp_path / "there"))
