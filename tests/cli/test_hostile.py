"""What goes wrong for a new user is one clear message with the cure, never a traceback."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.errors import StoreError
from evenhand.store.database import open_store
from tests.cli.test_commands import SEED, evenhand
from tests.fakes import a_reading

TABLE = "id,text\n" + "".join(
    f'{n},"Five people were killed in town {n}, the army said on Monday."\n' for n in range(3000)
)


def refused(result, *says):
    """A failure as it should be: no traceback, one message that says all of this."""
    printed = result.stderr.decode()
    assert result.returncode in {1, 2}, printed
    assert "Traceback" not in printed
    assert "Exception ignored" not in printed
    for words in says:
        assert words in printed


def test_what_was_never_there_does_not_stop_the_dossier(tmp_path):
    reports, out = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    (reports / "loop").symlink_to(".")
    (reports / "self").symlink_to("self")
    (reports / "story.txt").write_text("ALEPPO (Reuters) - Five people were killed in Aleppo, the army said.")
    result = evenhand("assess", str(reports), str(tmp_path / "nowhere.txt"), "-o", str(out))
    assert result.returncode == 3, result.stderr.decode()
    assert (out / "ledger" / "manifest.json").is_file()
    printed = result.stderr.decode()
    assert "loop: not read: a link to a folder; links are not followed. name the folder" in printed
    assert "self: not read: a link that leads nowhere" in printed


def test_a_dossier_that_cannot_be_written_names_the_path(tmp_path):
    (tmp_path / "file").write_text("")
    refused(evenhand("assess", SEED, "-o", str(tmp_path / "file" / "below")), "not a directory", "check the path")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_said_with_the_cure():
    refused(evenhand("read", SEED, "--jsonl", "/dev/full"), "no space left", "make room on the disk")
    shell = f'"{sys.executable}" -c "from evenhand.cli import main; main()" read {SEED} > /dev/full'
    refused(subprocess.run(["sh", "-c", shell], capture_output=True, check=False), "no space left")


def test_lines_go_into_a_folder_that_is_made(tmp_path):
    assert evenhand("read", SEED, "--jsonl", str(tmp_path / "new" / "lines.jsonl")).returncode == 0
    assert (tmp_path / "new" / "lines.jsonl").read_bytes().count(b"\n") == 1


def test_a_damaged_state_names_the_file_and_the_cure(tmp_path):
    assert evenhand("assess", SEED, "-o", str(tmp_path)).returncode == 0
    state = tmp_path / ".evenhand" / "state.sqlite"
    with sqlite3.connect(state) as connection:
        connection.execute("UPDATE readings SET record = x'7b7d'")
    connection.close()
    refused(evenhand("assess", SEED, "-o", str(tmp_path)), "state.sqlite", "damaged", "move the file away")
    whole = state.read_bytes()
    state.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    refused(evenhand("assess", SEED, "-o", str(tmp_path)), "state.sqlite", "move the file away")


def test_two_runs_in_one_folder_are_told_of_each_other(tmp_path, monkeypatch):
    store = open_store(tmp_path / "state.sqlite")
    store.add_readings([("k", a_reading())])
    # the other run kept it between our look and our writing
    monkeypatch.setattr(store, "keys_read", lambda keys: frozenset())
    with pytest.raises(StoreError, match="Another run works in this folder"):
        store.add_readings([("k", a_reading())])
    store.close()


def test_a_folder_is_no_pack_of_places(tmp_path):
    refused(evenhand("assess", SEED, "--gazetteer", str(tmp_path), "-o", str(tmp_path / "out")), "is a directory")


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
@pytest.mark.parametrize("command", ["assess", "read"])
def test_ctrl_c_stops_all_processes_with_130_and_one_message(tmp_path, command):
    (tmp_path / "table.csv").write_text(TABLE)
    target = tmp_path / "out"
    words = [
        command,
        str(tmp_path / "table.csv"),
        "--jobs",
        "2",
        "-o" if command == "assess" else "--jsonl",
        str(target),
    ]
    running = subprocess.Popen(
        [sys.executable, "-c", "from evenhand.cli import main; main()", *words],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores Ctrl-C
    )  # fmt: skip
    while not target.exists() and running.poll() is None:
        time.sleep(0.01)
    time.sleep(1.5)
    os.killpg(running.pid, signal.SIGINT)  # a terminal sends it to the workers, too
    _, printed = running.communicate()
    assert running.returncode == 130, printed.decode()
    assert b"Traceback" not in printed
    assert printed.decode().strip().startswith("evenhand: stopped.")
