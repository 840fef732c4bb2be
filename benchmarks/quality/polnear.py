"""Attributions of PolNeAR's dev part by the project's public scorer."""

import subprocess
import sys
import tempfile
from pathlib import Path

from evenhand.engine.local import LocalEngine
from evenhand.flow import receive_reports
from evenhand.intake import IntakeSettings
from evenhand.model.evidence import to_json
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data" / "polnear"


def figures() -> dict[str, float]:
    profile = world()
    received = receive_reports(IntakeSettings(outlets=profile), [str(DATA / "dev" / "text")], sys.stdin.buffer, None)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as out:
        for reading in LocalEngine(2).map(ReaderSettings(profile=profile).prepare, received, _lost):
            out.write(to_json(reading) + b"\n")
        out.flush()
        command = [sys.executable, str(SHARED / "tools" / "score_polnear.py"), str(DATA), "dev", out.name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {}
    for line in printed.splitlines():
        if " F1 " in line:
            found[" ".join(line[:40].split())] = float(line.rsplit(None, 1)[1])
        else:
            found["missing or text differs"] = float(line.rsplit(None, 1)[1])
    return found


def _lost(received):
    raise RuntimeError(f"the reader died on {received.report.file}")


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:44} {value:.3f}")
