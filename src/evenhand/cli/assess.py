"""`evenhand assess`: reports in, a dossier out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from evenhand.assessing import AssessmentSettings
from evenhand.casework import decisions_of, is_url, log_assessed, log_read, meta_of, receive_items, store_of
from evenhand.cli import options
from evenhand.cli.case import case_among
from evenhand.cli.progress import ReadingProgress
from evenhand.custody import Case, open_case
from evenhand.dossier import Lent, words
from evenhand.engine.base import Engine
from evenhand.errors import UsageError
from evenhand.flow import Desk, assess_reports, read_reports, receive_reports, write_down
from evenhand.intake import IntakeSettings
from evenhand.model.incident import Incident
from evenhand.model.report import Received
from evenhand.settings import read_case
from evenhand.stages import peak_bytes

EXAMPLES = """\b
Examples:
  evenhand assess reports/ -o dossier/
  evenhand assess articles.csv --columns text=body,outlet=paper -o dossier/
  evenhand assess reports/ --case case.toml --meta meta.csv -o dossier/
  cat story.txt | evenhand assess - -o dossier/
  evenhand assess my-case                             a case folder (evenhand init, evenhand add)
  evenhand assess https://review.example.org          a served case, where it is; EVENHAND_TOKEN holds a token of yours
  evenhand assess my-case --profile                   and where the time went
  evenhand assess my-case --engine daft --ray auto    the reading on a Ray cluster; the same bytes come out

PATHs are files, folders (walked), or - for standard input: plain text, saved pages, PDF, DOCX, RTF, e-mail, feeds,
web archives, CSV and JSONL tables, and ZIP or TAR of any of them (docs/input.md).
One PATH may be a case folder: then its own case.toml is read, its dossier is written into it, and the log says so.
Stopped by Ctrl-C or a crash? The same command goes on where it was. Reports that are new since the last time are
compared with what is there; only incidents that they touch are graded again.

\b
Exit status: 0 all read, 3 some reports could not be read (each named with the reason), 2 wrong usage.
"""

_WIDTH = 140
_ROWS = 25  # incidents shown on the terminal; the page shows all


@click.command(epilog=EXAMPLES, short_help="Reports in, a dossier out.")
@options.input_options
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for the dossier; made if it is not there. A case folder has its own.")  # fmt: skip
@options.engine_options
@options.PARQUET
@options.PROFILE
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
    if len(paths) == 1 and is_url(paths[0]):
        from evenhand.cli import served  # noqa: PLC0415 - other commands go near no network

        return served.assess(paths[0])
    folder = case_among(paths)
    if folder is not None and out is not None:
        raise UsageError(f"{folder} is a case folder: its dossier goes to {folder}/dossier; leave -o out")
    if folder is None and out is None:
        raise UsageError("Missing option '-o': name the folder for the dossier")
    work = open_case(folder) if folder else None
    out = work.paths.dossier if work else out or Path()
    case = case_file_of(work, case) if work else case
    desk = open_desk(case, packs, options.engine_of(jobs), out, work)
    intake = options.intake_of(desk.reader.profile, meta, columns, paths if work is None else ())
    try:
        if work is None:
            received = receive_reports(intake, paths, sys.stdin.buffer, out / "originals")
            done = journey(desk, received)
        else:
            done = case_journey(desk, work, intake, case)
        shown = _first(done.incidents)
    finally:
        desk.store.close()
    _print_table(shown, len(done.incidents))
    _print_summary(done)
    if options.profiled():
        _print_stages(desk)
    return 3 if done.progress.unread else 0


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    progress: ReadingProgress
    keys: tuple[str, ...]
    incidents: Lent[Incident]
    page: Path


def case_file_of(work: Case, named: Path | None = None) -> Path | None:
    """The case file: the one that was named, or the folder's own if it has one."""
    return work.paths.toml if named is None and work.paths.toml.exists() else named


def case_journey(desk: Desk, work: Case, intake: IntakeSettings, case: Path | None) -> Done:
    """Read, assess and write down what a case folder holds; its log says so."""
    received = receive_items(work, replace(intake, meta=meta_of(work.current(), intake.meta)))

    def log(progress: ReadingProgress, keys: Sequence[str]) -> None:
        log_read(work, desk, reports=len(keys), unread=progress.unread, who=options.by())

    done = journey(desk, received, log)
    log_assessed(work, case_file=case, incidents=len(done.incidents), who=options.by())
    return done


def journey(
    desk: Desk, received: Iterable[Received], read: Callable[[ReadingProgress, Sequence[str]], None] | None = None
) -> Done:
    """Read, assess and write down; `read` is told when all are read."""
    with ReadingProgress() as progress, desk.stages.at("reading") as stage:
        keys = []
        for step in read_reports(desk, received):
            progress.step(step)
            if step.state != "same":
                keys.append(step.key)
                stage.records += 1
                stage.bytes += len(step.received.report.text)
    if read is not None:
        read(progress, keys)
    incidents = assess_reports(desk, keys)
    with desk.stages.at("dossier") as stage:
        page = write_down(desk, keys)
        stage.records += len(incidents)
    return Done(progress, tuple(keys), incidents, page)


def open_desk(case: Path | None, packs: tuple[Path, ...], engine: Engine, out: Path, work: Case | None = None) -> Desk:
    """Wire the parts of a run. Raises CaseError on a bad case file, StoreError on a damaged state."""
    from evenhand.store.database import open_store  # noqa: PLC0415 - a third of the start-up; other commands need none

    profile = options.profile_of(case)
    return Desk(
        store=open_store(store_of(work) if work else out / ".evenhand" / "state.sqlite"),
        engine=engine,
        reader=options.reader_of(profile, packs),
        assessment=AssessmentSettings.from_case(read_case(case)),
        out=out,
        decisions=decisions_of(work) if work else (),
        parquet=options.parquet(),
    )


def _print_stages(desk: Desk) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("stage", "seconds", "of them this process's CPU", "records", "ms a record", "characters"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for stage in desk.stages.seen.values():
        each = f"{1000 * stage.wall / stage.records:,.2f}" if stage.records else ""
        size = f"{stage.bytes:,}" if stage.bytes else ""
        table.add_row(stage.name, f"{stage.wall:,.2f}", f"{stage.cpu:,.2f}", f"{stage.records:,}", each, size)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(table)
    click.echo(
        f"Most memory held by this process: {peak_bytes() / 1e6:,.0f} MB. Workers' time and memory are their own;"
    )
    click.echo("writing holds the time of the grades that are written as they are made.")


def _first(incidents: Lent[Incident]) -> list[Incident]:
    """Those with most origins and reports."""
    return nsmallest(_ROWS, incidents.values(), key=lambda i: (-i.independent_origins, -len(i.reports), i.id))


def _print_table(shown: list[Incident], count: int) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("incident", "place", "date", "reports\n→ origins", "did it\nhappen", "who\ndid it", "killed"):
        wraps = heading == "place"
        table.add_column(
            heading, justify="right" if heading == "killed" else "left", no_wrap=not wraps, overflow="fold"
        )
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
    if count > len(shown):
        click.echo(f"… and {count - len(shown):,} more incidents on the page.")


def _dates(incident: Incident) -> str:
    if incident.time is None or incident.time.start is None:
        return "not known"
    start, end = incident.time.start, incident.time.end or "?"
    return start if start == end else f"{start} – {end}"


def _grade(grade: str | None) -> str:
    sign, word, _ = words.grade(grade)
    return f"{sign} {word}"


def _print_summary(done: Done) -> None:
    progress, reports, incidents = done.progress, len(done.keys), len(done.incidents)
    kept = f" ({progress.kept:,} of them kept from before)" if progress.kept else ""
    same = f", {progress.same:,} the same twice" if progress.same else ""
    click.echo(
        f"\n{reports:,} reports{kept}{same}; {incidents:,} incidents; {len(progress.unread):,} reports not read."
    )
    click.echo(f"Open {done.page}")
