"""The same reports over each engine: whether the ledger is the same, byte for byte, and words a second.

    python -m benchmarks.speed.engines READINGS.jsonl [--reports 2000] [--engines local daft auto] [--jobs 2]

Texts are made by benchmarks.speed.synthetic (READINGS.jsonl: real readings), read over the local engine, Daft here
(`daft`) and Daft on the Ray cluster at an address (`auto`: the one this machine is part of, `ray start --head`), each
with --jobs workers, then grouped, graded and written down. Words a second count the whole of reading, the start of the
workers included, by the clock; the bare encoder runs right before and after each engine in as many processes, so that
both meet the same machine; on a machine with other work the share by CPU seconds says more, driver and workers counted
together (a Ray cluster's are not this process's). Each engine runs in a process of its own. Exit status 1 where a byte
differs.
"""

import argparse
import gc
import hashlib
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from benchmarks.speed.synthetic import Worlds
from evenhand.assessing import AssessmentSettings
from evenhand.engine.base import Engine
from evenhand.engine.cluster import ClusterEngine
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, assess_reports, read_reports, receive_reports, write_down
from evenhand.intake import IntakeSettings
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from evenhand.store.database import open_store

_BARE = 60
"""Texts that the bare encoder runs on before and after."""


def prepare_bare():
    """The encoder alone, in a worker: seconds and CPU seconds for a text whose pieces are cut beforehand."""
    reader = ReaderSettings(profile=world()).reader()

    def bare(text: str) -> tuple[float, float]:
        pieces = reader.tagger.read(text, reader.known.find(text))[0]
        start, cpu = time.perf_counter(), time.process_time()
        list(reader.tagger._run(pieces))
        return time.perf_counter() - start, time.process_time() - cpu

    return bare


def bare_rate(texts: list[str], jobs: int) -> tuple[float, float]:
    """Words a second of the bare encoder, `jobs` processes at once, and words a CPU second."""
    words = sum(len(text.split()) for text in texts)
    times = list(LocalEngine(jobs).map(prepare_bare, texts, lambda text: (0.0, 0.0)))
    return jobs * words / sum(wall for wall, _ in times), words / sum(cpu for _, cpu in times)


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def engine_of(name: str, jobs: int) -> Engine:
    """The engine by its name on the command line."""
    return LocalEngine(jobs) if name == "local" else ClusterEngine(jobs, ray=None if name == "daft" else name)


def one(texts: Path, out: Path, name: str, jobs: int) -> dict:
    """One engine, in this process."""
    out.mkdir(parents=True)
    first = [path.read_text("utf-8") for path in sorted(texts.iterdir())[:_BARE]]
    before = bare_rate(first, jobs)
    profile = world()
    store = open_store(out / ".evenhand" / "state.sqlite")
    desk = Desk(store, engine_of(name, jobs), ReaderSettings(profile=profile), AssessmentSettings(), out)
    received = receive_reports(IntakeSettings(outlets=profile), [str(texts)], BytesIO(), out / "originals")
    start, cpu, words, keys, unread = time.perf_counter(), cpu_seconds(), 0, [], 0
    for step in read_reports(desk, received):
        if step.state != "same":
            keys.append(step.key)
        words += len(step.received.report.text.split())
        unread += step.reading is not None and step.reading.unread is not None
    seconds = time.perf_counter() - start
    gc.collect()  # the engine's workers end, and their time counts
    for child in multiprocessing.active_children():
        child.join(20)
    cpu, after = cpu_seconds() - cpu, bare_rate(first, jobs)
    bare, bare_cpu = ((one + two) / 2 for one, two in zip(before, after, strict=True))
    assess_reports(desk, keys)
    write_down(desk, keys)
    store.close()
    return {
        "engine": name, "reports": len(keys), "not read": unread, "words": words, "seconds": round(seconds, 1),
        "words/s": round(words / seconds), "bare encoder, words/s": round(bare),
        "share": round(words / seconds / bare, 2), "CPU s": round(cpu, 1),
        "share by CPU seconds": round(words / cpu / bare_cpu, 2) if name in ("local", "daft") else None,
    }  # fmt: skip


def digests(out: Path) -> dict[str, str]:
    """Every file that was written, but the working state, with its hash."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".evenhand" not in path.parts)
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    """Print a line an engine, and how many files differ from the first engine's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--engines", nargs="+", default=["local", "daft", "auto"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.alone:
        sys.stdout.write(json.dumps(one(words.real, words.alone, words.engines[0], words.jobs)))
        return 0
    folder = words.keep or Path(tempfile.mkdtemp(prefix="evenhand-engines-"))
    texts = folder / "texts"
    texts.mkdir(parents=True)
    worlds = Worlds(words.real.read_bytes().splitlines())
    for number in range(words.reports):
        report = worlds.reading(number)["report"]
        (texts / report["file"]).write_text(f"{report['title'] or ''}\n{report['text']}\n", encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for number, name in enumerate(words.engines):
        out = folder / f"{number}-{name.split(':')[0]}"
        command = [sys.executable, "-m", "benchmarks.speed.engines", str(texts), "--alone", str(out)]
        ran = subprocess.run(
            [*command, "--engines", name, "--jobs", str(words.jobs)], check=True, stdout=subprocess.PIPE, text=True
        )
        print(ran.stdout.splitlines()[-1], flush=True)
        found[name] = digests(out)
    first, *others = found.values()
    different = 0
    for name, files in zip(words.engines[1:], others, strict=True):
        wrong = [path for path in first.keys() | files.keys() if first.get(path) != files.get(path)]
        print(f"{name}: {len(files)} files, {len(wrong)} differ from {words.engines[0]}'s {sorted(wrong)[:5]}")
        different += len(wrong)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
