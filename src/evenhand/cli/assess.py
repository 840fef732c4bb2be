"""`evenhand assess`: reports in, a dossier out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from evenhand.assessing import AssessmentSettings
from evenhand.casework import decisions_of, log_assessed, log_read, meta_of, receive_items, store_of
from evenhand.cli import options
from evenhand.cli.case import case_among
from evenhand.cli.progress import ReadingProgress
from evenhand.custody import open_case
from evenhand.dossier import words
from evenhand.engine.local import LocalEngine
from evenhand.errors import UsageError
from evenhand.flow import Desk, assess_reports, read_reports, receive_reports, write_down
from evenhand.model.incident import Incident
from evenhand.settings import read_case

EXAMPLES = """\b
Examples:
  evenhand assess reports/ -o dossier/
  evenhand assess articles.csv --columns text=body,outlet=paper -o dossier/
  evenhand assess reports/ --case case.toml --meta meta.csv -o dossier/
  cat story.txt | evenhand assess - -o dossier/
  evenhand assess my-case                             a case folder (evenhand init, evenhand add)

PATHs are files, folders (walked), or - for standard input: plain text, saved HTML pages, CSV and JSONL tables.
One PATH may be a case folder: then its own case.toml is read, its dossier is written into it, and the log says so.
Stopped by Ctrl-C or a crash? The same command goes on where it was.

\b
Exit status: 0 all read, 3 some reports could not be read (each named with the reason), 2 wrong usage.
"""

_WIDTH = 140
_ROWS = 25  # incidents shown on the terminal; the page shows all


@click.command(epilog=EXAMPLES, short_help="Reports in, a dossier out.")
@options.input_options
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for the dossier; made if it is not there. A case folder has its own.")  # fmt: skip
@options.BY
def assess(
    paths: tuple[str, ...],
    case: Path | None,
    meta: Path | None,
    columns: str | None,
    packs: tuple[Path, ...],
    jobs: int | None,
    out: Path | None,
) -> int:
    """Read reports, group them to incidents, grade what is said, and write a dossier to DIR.

    DIR/index.html opens in any browser without a network; DIR/ledger/ holds the same as JSON for programs,
    DIR/originals/ the bytes as they came.
    """
    folder = case_among(paths)
    if folder is not None and out is not None:
        raise UsageError(f"{folder} is a case folder: its dossier goes to {folder}/dossier; leave -o out")
    if folder is None and out is None:
        raise UsageError("Missing option '-o': name the folder for the dossier")
    work = open_case(folder) if folder else None
    out = work.paths.dossier if work else out or Path()
    case = work.paths.toml if work and case is None and work.paths.toml.exists() else case
    desk = open_desk(case, packs, options.jobs_of(jobs), out, state=store_of(work) if work else None)
    if work is not None:
        desk = replace(desk, decisions=decisions_of(work))
    intake = options.intake_of(desk.reader.profile, meta, columns, paths if work is None else ())
    try:
        if work is None:
            received = receive_reports(intake, paths, sys.stdin.buffer, out / "originals")
        else:
            received = receive_items(work, replace(intake, meta=meta_of(work.current(), intake.meta)))
        with ReadingProgress() as progress:
            keys = []
            for step in read_reports(desk, received):
                progress.step(step)
                if step.state != "same":
                    keys.append(step.key)
        if work is not None:
            log_read(work, desk, reports=len(keys), unread=progress.unread, who=options.by())
        incidents = assess_reports(desk, keys)
        page = write_down(desk, keys)
        if work is not None:
            log_assessed(work, case_file=case, incidents=len(incidents), who=options.by())
    finally:
        desk.store.close()
    _print_table(incidents)
    _print_summary(progress, len(keys), len(incidents), page)
    return 3 if progress.unread else 0


def open_desk(
    case: Path | None, packs: tuple[Path, ...], jobs: int, out: Path, *, state: Path | str | None = None
) -> Desk:
    """Wire the parts of a run. Raises CaseError on a bad case file, StoreError on a damaged state."""
    from evenhand.store.database import open_store  # noqa: PLC0415 - a third of the start-up; other commands need none

    profile = options.profile_of(case)
    return Desk(
        store=open_store(state or out / ".evenhand" / "state.sqlite"),
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
