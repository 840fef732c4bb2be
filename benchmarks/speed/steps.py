"""Where reading spends its time, step by step, in parts of what the bare encoder takes on the same pieces.

    python -m benchmarks.speed.steps --table ../shared/data/fa-kes/articles.csv --reports 60

Every step is timed (CPU time of this process) within whole readings, after each of which the bare encoder runs over the
same pieces. Of --runs readings of a report the least time of each step counts: the least disturbed by what else runs on
the machine. A step's figure leaves out the steps within it. What is kept between reports (words, places looked up) is
warm, as it is after some hundred reports.
"""

import argparse
import functools
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed.__main__ import reports
from evenhand.profiles import world
from evenhand.reading import claims, places, quantities, reader, sentences, statements, times
from evenhand.reading.claims import assembly
from evenhand.reading.statements import names
from evenhand.reading.syntax.parser import Parser
from evenhand.reading.tagging import decoding, stand_ins, tagger

STEPS: tuple[tuple[str, Any, str], ...] = (
    ("known names", stand_ins.KnownNames, "find"),
    ("pieces", tagger.Splitter, "split"),
    ("encoder", tagger.Tagger, "_run"),
    ("tag paths", decoding, "paths_of"),
    ("attributions, nested contents", tagger.Tagger, "tag"),
    ("sentences", sentences, "split"),
    ("names", names, "resolve"),
    ("statements", statements, "find"),
    ("place expressions", places, "find"),
    ("places", places, "resolve"),
    ("times", times, "find"),
    ("quantities", quantities, "find"),
    ("parser", Parser, "_parse"),
    ("trees", assembly, "parse_apart"),
    ("claims", claims, "find"),
    ("the rest", reader.Reader, "read"),
)


BARE = "bare encoder"


class Clock:
    """CPU seconds by step, each without the steps within it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner = [0.0]

    def timed(self, name: str, work: Callable[..., Any], *, many: bool) -> Callable[..., Any]:
        """`work`, timed; what yields (`many`) is run to its end."""

        @functools.wraps(work)
        def run(*args: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            found = work(*args, **named)
            if many:
                found = iter(list(found))
            took = time.process_time() - start
            self.seconds[name] += took - self._inner.pop()
            self._inner[-1] += took
            return found

        return run


def main() -> None:
    """Print each step's share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, help="a table of articles instead of the bundled examples")
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    words = parser.parse_args()
    received = reports(words.table, words.reports)
    read = reader.ReaderSettings(profile=world()).reader()
    cut = [read.tagger.read(item.report.text, read.known.find(item.report.text))[0] for item in received]
    bare = tagger.Tagger._run
    clock = Clock()
    for name, holder, attribute in STEPS:
        work = getattr(holder, attribute)
        setattr(holder, attribute, clock.timed(name, work, many=attribute in ("_run", "_parse")))
    least: Counter[str] = Counter()
    for item, pieces in zip(received, cut, strict=True):
        read.read(item)  # fills what is kept between reports
        runs = []
        for _ in range(words.runs):
            clock.seconds.clear()
            read.read(item)
            start = time.process_time()
            list(bare(read.tagger, pieces))
            runs.append(clock.seconds | {BARE: time.process_time() - start})
        least.update({name: min(run.get(name, 0.0) for run in runs) for name in (BARE, *(step[0] for step in STEPS))})
    alone = least.pop(BARE)
    for name, *_ in STEPS:
        print(f"{name:32} {least[name] / alone:.3f}")
    total = sum(least.values())
    print(f"{'all, share of the encoder':32} {alone / total:.3f}")
    print(f"{'milliseconds a report':32} {1000 * total / len(received):.1f}")


if __name__ == "__main__":
    main()
