"""Whether memory stays flat with the number of reports, through intake, reading and the store.

    python -m benchmarks.speed.memory READINGS.jsonl [1000 10000] [--weights]

Texts are made by benchmarks.speed.synthetic and read by a reader that finds nothing, or with `--weights` by the real
one (an hour for 10,000 on two cores). Each size runs in a process of its own; prints the peak of each and their ratio.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from benchmarks.speed.synthetic import Worlds
from evenhand.assessing import AssessmentSettings
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, read_reports, receive_reports
from evenhand.intake import IntakeSettings
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading, Software
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from evenhand.stages import peak_bytes
from evenhand.store.database import open_store

SOFTWARE = Software(name="evenhand", version="0", weights="none")


@dataclass
class NoReader:
    """Takes each report's text and finds nothing in it."""

    profile: Profile

    def identity(self) -> str:
        return "none"

    def software(self) -> Software:
        return SOFTWARE

    def prepare(self):
        return lambda received: Reading(software=SOFTWARE, report=received.report, unread=received.unread)


def peak(folder: Path, weights: bool) -> float:
    """Megabytes held at most while the folder is read."""
    reader = ReaderSettings(profile=world()) if weights else NoReader(world())
    store = open_store(folder.parent / "state.sqlite")
    desk = Desk(store, LocalEngine(1), reader, AssessmentSettings(), folder.parent)
    for _ in read_reports(desk, receive_reports(IntakeSettings(outlets=world()), [str(folder)], BytesIO(), None)):
        pass
    store.close()
    return peak_bytes() / 1e6


def main() -> None:
    """Print a line a size, and the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.alone:
        sys.stdout.write(json.dumps(peak(words.real, words.weights)))
        return
    worlds, peaks = Worlds(words.real.read_bytes().splitlines()), []
    for count in words.sizes:
        with tempfile.TemporaryDirectory(prefix="evenhand-memory-") as place:
            folder = Path(place) / "texts"
            folder.mkdir()
            for number in range(count):
                report = worlds.reading(number)["report"]
                (folder / report["file"]).write_text(report["text"], encoding="utf-8")
            command = [sys.executable, "-m", "benchmarks.speed.memory", str(folder), "--alone"]
            ran = subprocess.run(command + ["--weights"] * words.weights, check=True, stdout=subprocess.PIPE)
        peaks.append(json.loads(ran.stdout))
        print(f"{count:7} reports: peak {peaks[-1]:.0f} MB", flush=True)
    print(f"ratio {peaks[-1] / peaks[0]:.2f}")


if __name__ == "__main__":
    main()
