"""`evenhand assess`: reports in, a dossier out."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from evenhand.assessing import AssessmentSettings
from evenhand.cli import options
from evenhand.cli.progress import ReadingProgress
from evenhand.dossier import words
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, assess_reports, read_reports, receive_reports, write_down
from evenhand.model.incident import Incident
from evenhand.settings import read_case

EXAMPLES = """\b
Examples:
  evenhand assess reports/ -o dossier/
  evenhand assess articles.csv --columns text=body,outlet=paper -o dossier/
  evenhand assess reports/ --case case.toml --meta meta.csv -o dossier/
  cat story.txt | evenhand assess - -o dossier/

PATHs are files, folders (walked), or - for standard input: plain text, saved HTML pages, CSV and JSONL tables.
Stopped by Ctrl-C or a crash? The same command goes on where it was.

\b
Exit status: 0 all read, 3 some reports could not be read (each named with the reason), 2 wrong usage.
"""

_WIDTH = 140
_ROWS = 25  # incidents shown on the terminal; the page shows all


@click.command(epilog=EXAMPLES, short_help="Reports in, a dossier out.")
@options.input_options
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for the dossier; made if it is not there.")  # fmt: skip
def assess(
    paths: tuple[str, ...],
    case: Path | None,
    meta: Path | None,
    columns: str | None,
    packs: tuple[Path, ...],
    jobs: int | None,
    out: Path,
) -> int:
    """Read reports, group them to incidents, grade what is said, and write a dossier to DIR.

    DIR/index.html opens in any browser without a network; DIR/ledger/ holds the same as JSON for programs,
    DIR/originals/ the bytes as they came.
    """
    desk = open_desk(case, packs, options.jobs_of(jobs), out)
    intake = options.intake_of(desk.reader.profile, meta, columns, paths)
    try:
        received = receive_reports(intake, paths, sys.stdin.buffer, out / "originals")
        with ReadingProgress() as progress:
            keys = []
            for step in read_reports(desk, received):
                progress.step(step)
                if step.state != "same":
                    keys.append(step.key)
        incidents = assess_reports(desk, keys)
        page = write_down(desk, keys)
    finally:
        desk.store.close()
    _print_table(incidents)
    _print_summary(progress, len(keys), len(incidents), page)
    return 3 if progress.unread else 0


def open_desk(case: Path | None, packs: tuple[Path, ...], jobs: int, out: Path) -> Desk:
    """Wire the parts of a run. Raises CaseError on a bad case file, StoreError on a damaged state."""
    from evenhand.store.database import open_store  # noqa: PLC0415 - a third of the start-up; other commands need none

    profile = options.profile_of(case)
    return Desk(
        store=open_store(out / ".evenhand" / "state.sqlite"),
        engine=LocalEngine(jobs),
        reader=options.reader_of(profile, packs),
        assessment=AssessmentSettings.from_case(read_case(case)),
        out=out,
    )


def _print_table(incidents: tuple[Incident, ...]) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("incident", "place", "date", "reports\n→ origins", "did it\nhappen", "who\ndid it", "killed"):
        wraps = heading == "place"
        table.add_column(
            heading, justify="right" if heading == "killed" else "left", no_wrap=not wraps, overflow="fold"
        )
    shown = sorted(incidents, key=lambda i: (-i.independent_origins, -len(i.reports), i.id))[:_ROWS]
    for incident in shown:
        table.add_row(
            words.kind(incident.type),
            incident.place.name if incident.place else "not known",
            _dates(incident),
            f"{len(incident.reports)} → {incident.independent_origins}",
            _grade(incident.questions.occurrence.grade),
            _grade(incident.questions.responsibility.grade),
            words.toll(incident.questions.killed) if incident.questions.killed.figures else "",
        )
    if shown:
        # piped into a file or a pager, there is no window to fit into
        Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)
    if len(incidents) > len(shown):
        click.echo(f"… and {len(incidents) - len(shown):,} more incidents on the page.")


def _dates(incident: Incident) -> str:
    if incident.time is None or incident.time.start is None:
        return "not known"
    start, end = incident.time.start, incident.time.end or "?"
    return start if start == end else f"{start} – {end}"


def _grade(grade: str | None) -> str:
    sign, word, _ = words.grade(grade)
    return f"{sign} {word}"


def _print_summary(progress: ReadingProgress, reports: int, incidents: int, page: Path) -> None:
    kept = f" ({progress.kept:,} of them kept from before)" if progress.kept else ""
    same = f", {progress.same:,} the same twice" if progress.same else ""
    click.echo(
        f"\n{reports:,} reports{kept}{same}; {incidents:,} incidents; {len(progress.unread):,} reports not read."
    )
    click.echo(f"Open {page}")
