"""The ledger and the pages of many readings, from the store: CPU seconds, most memory, files.

    python -m benchmarks.speed.pages READINGS.jsonl [300 1000 3000] [--add 100] [--keep DIR]

READINGS.jsonl: real readings (`evenhand read … --jsonl FILE`), multiplied by benchmarks.speed.synthetic. Copies,
incidents and grades are made first, in a process of their own; what is written down is measured in another, by itself.
`--add N`: after that, N more are assessed and the dossier is brought up to date.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.speed.synthetic import readings
from evenhand.assessing import AssessmentSettings
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, assess_reports, write_down
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from evenhand.stages import peak_bytes
from evenhand.store.database import open_store


def keys_of(real: Path, count: int, store=None) -> list[str]:
    """The keys of so many readings; with a store, those that are new are put into it."""
    keys, made = [], readings(real, count)
    while part := list(islice(made, 500)):
        rows = [(f"k{reading.report.id[:15]}", reading) for reading in part]
        if store is not None:
            store.add_readings(rows)
        keys += [key for key, _ in rows]
    return keys


def one(real: Path, count: int, folder: Path, what: str) -> dict:
    """One step ("assess" or "write") in this process."""
    store = open_store(folder / ".evenhand" / "state.sqlite")
    desk = Desk(store, LocalEngine(1), ReaderSettings(world()), AssessmentSettings(), folder)
    if what == "assess":
        keys = keys_of(real, count, store)
        (folder / "keys.json").write_text(json.dumps(keys))
    else:
        keys = json.loads((folder / "keys.json").read_text())
    before, cpu, wall = peak_bytes(), time.process_time(), time.perf_counter()
    if what == "assess":
        assess_reports(desk, keys)
    else:
        write_down(desk, keys)
    store.close()
    return {
        "cpu": round(time.process_time() - cpu, 2),
        "wall": round(time.perf_counter() - wall, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak before MB": round(before / 1e6),
    }


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[300, 1000, 3000])
    parser.add_argument("--add", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="keeps the folder of each size under this one")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.alone:
        sys.stdout.write(json.dumps(one(words.real, words.sizes[0], words.keep, words.alone)))
        return
    for count in words.sizes:
        folder = words.keep / str(count) if words.keep else Path(tempfile.mkdtemp(prefix="evenhand-pages-"))
        folder.mkdir(parents=True, exist_ok=True)
        line = {"size": count}
        for name, upto in (("all", count), ("added", count + words.add))[: 2 if words.add else 1]:
            for what in ("assess", "write"):
                command = [sys.executable, "-m", "benchmarks.speed.pages", str(words.real), str(upto)]
                ran = subprocess.run(
                    [*command, "--keep", str(folder), "--alone", what], check=True, stdout=subprocess.PIPE
                )
                if what == "write":
                    line[name] = json.loads(ran.stdout)
        line["pages"] = sum(1 for _ in folder.rglob("*.html"))
        print(json.dumps(line), flush=True)
        if not words.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
