"""Measure reading and the stages after it.

    python -m benchmarks.speed                  the bundled examples, repeated; needs nothing
    python -m benchmarks.speed --table FILE     a table of articles (../shared/data/fa-kes/articles.csv)

Loading is excluded from words a second and given by itself. Medians of --runs runs; the machine is named. Rates are
by CPU seconds of this process, which reads on one thread: on a free machine they are those of the clock, on a busy one
they are the ones that can be compared.
"""

import argparse
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from evenhand import assessing, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.flow import receive_reports
from evenhand.intake import IntakeSettings
from evenhand.profiles import world
from evenhand.reading import sentences, statements
from evenhand.reading.reader import Reader, ReaderSettings
from evenhand.reading.tagging.stand_ins import KnownNames
from evenhand.reading.tagging.tagger import Tagger

EXAMPLES = Path(__file__).parents[2] / "examples"
FIRST = (
    "import sys; from evenhand.cli import cli; cli.main(['read', sys.argv[1], '--jobs', '1'], standalone_mode=False)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, help="a table of articles instead of the bundled examples")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--reports", type=int, default=200, help="at most this many reports")
    words = parser.parse_args()
    received = reports(words.table, words.reports)
    count = sum(len(item.report.text.split()) for item in received)
    show(
        "machine",
        f"{platform.machine()}, {platform.processor() or 'processor not named'}, Python {platform.python_version()}",
    )
    show("reports", len(received))
    show("words", count)
    start = time.perf_counter()
    reader = ReaderSettings(profile=world()).reader()
    show("loading, s", f"{time.perf_counter() - start:.2f}")
    seconds, encoder, said = [], [], []
    for _ in range(words.runs):
        start = time.process_time()
        readings = [reader.read(item) for item in received]
        seconds.append(time.process_time() - start)
        encoder.append(bare_encoder(reader.tagger, reader.known, [item.report.text for item in received]))
        said.append(statements_alone(reader, received))
    rate = count / statistics.median(seconds)
    show("reading, words a CPU second, one process", f"{rate:.0f}")
    show("bare encoder on the same pieces", f"{count / statistics.median(encoder):.0f}")
    show("statements alone", f"{count / statistics.median(said):.0f}")
    show("statements alone, share of the encoder's rate", f"{statistics.median(encoder) / statistics.median(said):.2f}")
    show("claims add to the time of statements", f"{statistics.median(seconds) / statistics.median(said) - 1:.2f}")
    show("all, share of the bare encoder's rate", f"{statistics.median(encoder) / statistics.median(seconds):.2f}")
    after = [after_reading(readings) for _ in range(words.runs)]
    show("copies, incidents, grades, s", f"{statistics.median(after):.2f}")
    show("peak memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    command = [sys.executable, "-c", FIRST, str(EXAMPLES / "tass" / "seed.txt")]
    starts = [timed(command) for _ in range(words.runs)]
    show("start to first statement, one short report, s", f"{statistics.median(starts):.2f}")


def reports(table: Path | None, most: int) -> list:
    """Reports to read: the table's, or the bundled ones."""
    profile = world()
    paths = [str(table)] if table else [str(EXAMPLES / "tass"), str(EXAMPLES / "varda")]
    found = []
    for item in receive_reports(IntakeSettings(outlets=profile), paths, sys.stdin.buffer, None):
        if item.unread is None:
            found.append(item)
        if len(found) == most:
            break
    return found


def bare_encoder(tagger: Tagger, known: KnownNames, texts: list[str]) -> float:
    """Seconds of the network alone on the pieces of the texts, cut beforehand."""
    pieces = [tagger.read(text, known.find(text))[0] for text in texts]
    start = time.process_time()
    for each in pieces:
        list(tagger._run(each))
    return time.process_time() - start


def statements_alone(reader: Reader, received: list) -> float:
    """Seconds for sentences, names and statements, without claims."""
    start = time.process_time()
    for item in received:
        text = item.report.text
        statements.find(
            item.report, sentences.split(text), reader.tagger.tag(text, reader.known.find(text)), reader.profile
        )
    return time.process_time() - start


def after_reading(readings: list) -> float:
    """Seconds for everything after reading."""
    start = time.perf_counter()
    own = {reading.report.id: reading for reading in readings}
    texts = [reading.report for reading in own.values()]
    pairs = grouping.compare(texts)
    clusters = grouping.cluster(own.values(), pairs)
    groups = grouping.groups(pairs, texts)
    assessing.assess_all(clusters, readings=own, copies=groups, profile=world(), settings=AssessmentSettings())
    return time.perf_counter() - start


def timed(command: list[str]) -> float:
    """Seconds a command takes, its interpreter's start included."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def show(name: str, value: object) -> None:
    print(f"{name:48} {value}")


if __name__ == "__main__":
    main()
