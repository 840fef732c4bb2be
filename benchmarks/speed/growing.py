"""Copies, incidents and grades of many readings through the store: time, memory, and what an addition costs.

    python -m benchmarks.speed.growing READINGS.jsonl [1000 3000 10000] [--add 1000] [--jobs 1] [--keep DIR]
    python -m benchmarks.speed.growing short 1000000

READINGS.jsonl: real readings (`evenhand read ../shared/data/fa-kes/articles.csv --columns … --jsonl FILE`), multiplied
by benchmarks.speed.synthetic. `short`: claims alone, two a report, by benchmarks.speed.short.

CPU seconds of the process, because other work on the machine counts little in them, by stage; those of its workers
(--jobs 2 and more) by what they do: `texts` and `claims` drawn from readings, `clusters` gathered, `grading`. So the
grouping without grades is the stages `copies` and `incidents` and the workers' first three. The making and storing of
the readings is not counted. Each size runs in a process of its own, for its own peak memory.
`--add N`: after that, N more are added and assessed. `--keep DIR`: what is in DIR from an earlier run that was stopped
is gone on with (its readings, and what was grouped of them). `slope`: log of the cost over log of the size, over all
sizes.
"""

import argparse
import json
import math
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from benchmarks.speed.short import shorts
from benchmarks.speed.synthetic import readings
from evenhand.assessing import AssessmentSettings
from evenhand.engine.local import LocalEngine
from evenhand.growing import Grower, Judging
from evenhand.profiles import world
from evenhand.stages import Stages, peak_bytes
from evenhand.store.database import open_store


class Counting:
    """An engine that counts its workers' CPU seconds by what they do."""

    def __init__(self, engine: LocalEngine) -> None:
        self.engine, self.seconds = engine, Counter()

    def map(self, prepare, items, lost):
        """See `Engine.map`. One that is not read to its end is counted with the next."""
        work = getattr(prepare, "func", prepare)
        name = work.__name__ if not work.__name__.startswith("_") else work.__module__.rpartition(".")[2]
        yield from self.engine.map(prepare, items, lost)
        for worker in multiprocessing.active_children():  # only one that has ended and was waited for is counted
            worker.join()
        self.seconds[name] += resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - sum(self.seconds.values())


def one(real: Path, count: int, add: int, folder: Path, jobs: int) -> dict:
    """One size, in this process; `jobs` processes grade."""
    store = open_store(folder / "state.sqlite")
    with store.engine.connect() as connection:
        keys = list(connection.exec_driver_sql("SELECT key FROM readings ORDER BY rowid").scalars())
    made = shorts(count + add) if str(real) == "short" else readings(real, count + add, len(keys))
    made = islice(made, len(keys), None) if str(real) == "short" else made
    while part := list(islice(made, 500)):
        rows = [(f"k{reading.report.id[:15]}", reading) for reading in part]
        store.add_readings(rows)
        keys += [key for key, _ in rows]
    before, found, engine = peak_bytes(), {}, Counting(LocalEngine(jobs))
    for name, upto in (("all", count), ("added", count + add))[: 2 if add else 1]:
        judging = Judging(world(), AssessmentSettings())
        stages, cpu, wall = Stages(), time.process_time(), time.perf_counter()
        workers = engine.seconds.copy()
        step = Grower(store, judging, keys[:upto], stages=stages, engine=engine).run()
        wall = time.perf_counter() - wall
        workers = {name: round(one - workers[name], 2) for name, one in engine.seconds.items()}
        found[name] = {
            "reports": upto if name == "all" else add,
            "graded": len(step.grade),
            "cpu": round(time.process_time() - cpu, 2),
            "workers' cpu": round(sum(workers.values()), 2),
            "workers": workers,
            "wall": round(wall, 2),
            "stages": {one.name: round(one.cpu, 2) for one in stages.seen.values()},
            "peak MB": round(peak_bytes() / 1e6),
        }
    found["peak before MB"], found["clusters"] = round(before / 1e6), len(store.clusters())
    found["state MB"] = round((folder / "state.sqlite").stat().st_size / 1e6)
    store.close()
    return found


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 3000, 10000])
    parser.add_argument("--add", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder that holds the state afterwards (one size only)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.alone:
        sys.stdout.write(json.dumps(one(words.real, words.sizes[0], words.add, words.keep, words.jobs)))
        return
    points = []
    for count in words.sizes:
        folder = words.keep or Path(tempfile.mkdtemp(prefix="evenhand-speed-"))
        command = [sys.executable, "-m", "benchmarks.speed.growing", str(words.real), str(count), "--alone"]
        ran = subprocess.run(
            [*command, "--add", str(words.add), "--keep", str(folder), "--jobs", str(words.jobs)],
            check=True,
            stdout=subprocess.PIPE,
        )
        found = json.loads(ran.stdout)
        if not words.keep:
            shutil.rmtree(folder)
        print(json.dumps({"size": count, **found}), flush=True)
        points.append((math.log(count), math.log(found["all"]["cpu"])))
    if len(points) > 1:
        (first, low), (last, high) = points[0], points[-1]
        print(f"slope of log cost over log n: {(high - low) / (last - first):.3f}")


if __name__ == "__main__":
    main()
