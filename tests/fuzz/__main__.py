"""Fuzz intake and reader for a while: python -m tests.fuzz --minutes 30 [--seed N] [--keep FOLDER]

Three parts, a third of the time each: files of every format, wounded, through intake as users run it (parsers in their own
process); the parsers in this process, by atheris where it is installed (coverage leads it), else by the same wounds;
and texts made of what reports are made of, through the reader. What fails is kept in FOLDER with its traceback.
"""

import argparse
import json
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from tests.fuzz import targets

SLOW = 20.0


class Record:
    """What was tried and what came of it."""

    def __init__(self, keep):
        self.keep, self.counts, self.seen = keep, Counter(), set()

    def run(self, part, data, check):
        self.counts[f"{part}: tried"] += 1
        start = time.process_time()
        try:
            return check(data)
        except Exception as problem:
            where = traceback.extract_tb(problem.__traceback__)[-1]
            key = (part, type(problem).__name__, where.filename, where.lineno)
            self.counts[f"{part}: failed"] += 1
            if key not in self.seen:
                self.seen.add(key)
                self.save(part, data, traceback.format_exc())
            return None
        finally:
            if time.process_time() - start > SLOW:
                self.counts[f"{part}: slow"] += 1
                self.save(f"{part}-slow", data, f"{time.process_time() - start:.1f} s")

    def save(self, part, data, words):
        self.keep.mkdir(parents=True, exist_ok=True)
        stem = self.keep / f"{part.replace(' ', '-')}-{len(list(self.keep.iterdir())):03}"
        stem.with_suffix(".bin").write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        stem.with_suffix(".txt").write_text(words, encoding="utf-8")
        print(f"{part}: {words.strip().splitlines()[-1][:200]}", flush=True)


def fuzz_intake(record, chance, until):
    seeds = targets.seeds()
    whys = Counter()
    while time.monotonic() < until:
        data = targets.mutated(chance.choice(seeds), chance, seeds)
        found = record.run("intake", data, lambda data: targets.check_intake(data, twice=chance.random() < 0.1))
        for one in found or ():
            if one.unread and "taken apart (" in one.unread.why and ": " in one.unread.why:
                record.run("intake", data, lambda _, why=one.unread.why: targets.hole(why))
            if one.unread and ("died" in one.unread.why or "more than" in one.unread.why or "memory" in one.unread.why):
                whys[one.unread.why[:60]] += 1
    record.counts.update({f"intake: refused, {why}": count for why, count in whys.items()})


def fuzz_parsers(record, chance, until):
    seeds = targets.seeds()
    while time.monotonic() < until:
        kind = chance.choice(targets.KINDS)
        data = targets.mutated(chance.choice(seeds), chance, seeds)
        record.run(f"parser {kind}", data, lambda data, kind=kind: targets.check_parser(kind, data))


def fuzz_reader(record, chance, until):
    reader = ReaderSettings(profile=world()).reader()
    while time.monotonic() < until:
        record.run("reader", targets.some_text(chance), lambda text: targets.check_reader(reader, text))


def by_atheris(keep, seconds):
    """Coverage-led fuzzing of the parsers in a process of its own; its last lines, or None without atheris."""
    corpus = keep / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(targets.seeds()):
        (corpus / f"{number}").write_bytes(bytes([number % len(targets.KINDS)]) + data)
    command = [sys.executable, "-m", "tests.fuzz.with_atheris", str(corpus), f"-max_total_time={int(seconds)}",
               f"-artifact_prefix={keep}/atheris-", "-timeout=60", "-rss_limit_mb=3000", "-max_len=100000",
               "-ignore_timeouts=0", "-print_final_stats=1"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return None if "No module named 'atheris'" in done.stderr else (done.returncode, lines[-14:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    words = parser.parse_args()
    chance = random.Random(words.seed)
    record, part = Record(words.keep), words.minutes * 20
    fuzz_intake(record, chance, time.monotonic() + part)
    print(json.dumps(record.counts, indent=1), flush=True)
    led = by_atheris(words.keep, part)
    if led is None:
        print("atheris is not installed: the parsers are wounded instead", flush=True)
        fuzz_parsers(record, chance, time.monotonic() + part)
    else:
        print("atheris ended with", led[0], *led[1], sep="\n", flush=True)
    fuzz_reader(record, chance, time.monotonic() + part)
    print(json.dumps(record.counts, indent=1))
    return 1 if record.seen or (led and led[0]) else 0


if __name__ == "__main__":
    sys.exit(main())
