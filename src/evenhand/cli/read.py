"""`evenhand read`: what each report says, one line of JSON a report."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from evenhand.cli import options
from evenhand.cli.progress import ReadingProgress
from evenhand.flow import receive_reports
from evenhand.model.evidence import to_json
from evenhand.reading.reader import unread

EXAMPLES = """\b
Examples:
  evenhand read story.txt                            who says what, on the terminal's stdout as JSON
  evenhand read reports/ --jsonl readings.jsonl
  evenhand read articles.csv --columns text=body --jsonl - | jq '.statements[].speaker_name'

Each line is one report as docs/record-format.md describes it. Positions are Unicode code points into report.text.

\b
Exit status: 0 all read, 3 some reports could not be read (each has a line with "unread"), 2 wrong usage.
"""


@click.command(epilog=EXAMPLES, short_help="What each report says, one line of JSON a report.")
@options.input_options
@options.engine_options
@click.option("--jsonl", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-",
              metavar="FILE|-", help="Where the lines go; - is standard output (the default).")  # fmt: skip
def read(
    paths: tuple[str, ...],
    case: Path | None,
    meta: Path | None,
    columns: str | None,
    packs: tuple[Path, ...],
    jobs: int | None,
    jsonl: Path,
) -> int:
    """Read reports and write what they say: statements with their speakers, and claims, one line a report."""
    profile = options.profile_of(case)
    settings = options.reader_of(profile, packs)
    received = receive_reports(options.intake_of(profile, meta, columns, paths), paths, sys.stdin.buffer, None)
    engine = options.engine_of(jobs)
    lost = partial(unread, software=settings.software(), problem=None)
    with ExitStack() as stack:
        if str(jsonl) != "-":
            jsonl.parent.mkdir(parents=True, exist_ok=True)
        out = sys.stdout.buffer if str(jsonl) == "-" else stack.enter_context(jsonl.open("wb"))
        progress = stack.enter_context(ReadingProgress())
        for reading in engine.map(settings.prepare, received, lost):
            out.write(to_json(reading) + b"\n")
            out.flush()
            progress.reading(reading)
    return 3 if progress.unread else 0
