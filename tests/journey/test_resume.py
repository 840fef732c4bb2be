"""kill -9 in the middle, run again: nothing read twice, nothing lost, the same bytes as an uninterrupted run."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ASSESS = [sys.executable, "-c", "from evenhand.cli import main; main()", "assess"]
REPORTS = ["examples/varda/reports", "--case", "examples/varda/case.toml", "--jobs", "1"]


def files(folder: Path) -> dict[str, bytes]:
    """What a run writes for others, its working state left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".evenhand" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def kept(folder: Path) -> int:
    """Readings kept so far."""
    state = folder / ".evenhand" / "state.sqlite"
    if not state.exists():
        return 0
    with sqlite3.connect(f"file:{state}?mode=ro", uri=True) as connection:
        try:
            (count,) = connection.execute("SELECT count(*) FROM readings").fetchone()
        except sqlite3.OperationalError:  # the tables are not there yet
            count = 0
    connection.close()
    return count


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path):
    whole = subprocess.run([*ASSESS, *REPORTS, "-o", str(tmp_path / "whole")], capture_output=True, check=False)
    assert whole.returncode == 0, whole.stderr.decode()

    parts = tmp_path / "parts"
    running = subprocess.Popen(
        [*ASSESS, *REPORTS, "-o", str(parts)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while kept(parts) < 3 and running.poll() is None:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = kept(parts)
    assert 3 <= before < 14, "killed in the middle"
    assert not (parts / "index.html").exists()

    again = subprocess.run([*ASSESS, *REPORTS, "-o", str(parts)], capture_output=True, check=False)
    assert again.returncode == 0, again.stderr.decode()
    assert f"{before} of them kept from before" in again.stdout.decode()
    assert files(parts) == files(tmp_path / "whole")
