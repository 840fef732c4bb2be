"""`evenhand audit`: exchange two parties everywhere, run again, and show what does not come out exchanged."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from evenhand.assessing import AssessmentSettings
from evenhand.audit import Audit, Case, PairAudit, audit, render_page
from evenhand.audit.journey import Pair, occurring_outlets, occurring_parties, parties_of_case
from evenhand.audit.records import STAGES
from evenhand.cli import options
from evenhand.dossier.ledger import write_text
from evenhand.errors import UsageError
from evenhand.flow import receive_reports
from evenhand.model.evidence import to_json
from evenhand.settings import read_case

EXAMPLES = """\b
Examples:
  evenhand audit reports/ --case case.toml -o audit/
  evenhand audit reports/ --parties russia united_states
  evenhand audit articles.csv --columns text=body,outlet=paper --case case.toml -o audit/

Without --parties: every two parties that the case file defines and a report names together (without a case file,
every two that a report names together, the most frequent first), and the outlets two by two.
DIR gets index.html and audit.json. docs/even-handedness.md explains the figures.

\b
Exit status: 0 no grade differs, 1 a grade differs, 2 wrong usage.
"""

_MOST_PAIRS = 12


@click.command("audit", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--case", "case_file", type=options.CASE, metavar="FILE.toml", help="Case file.")
@click.option("--parties", nargs=2, metavar="A B", help="Ids of the two parties to exchange.")
@click.option("--pairs", "pairs_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              metavar="FILE.toml", help='Names to pair first: pairs = [["one", "other"], …].')  # fmt: skip
@click.option("--at-most", type=click.IntRange(min=1), default=_MOST_PAIRS, show_default=True, metavar="N",
              help="Pairs of parties to exchange at most, the most frequent first.")  # fmt: skip
@click.option("--meta", type=click.Path(path_type=Path), metavar="FILE.csv|.json", help="As for assess.")
@click.option("--columns", metavar="NAME=COLUMN,…", help="As for assess.")
@click.option("--gazetteer", "packs", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
              metavar="PACK.sqlite", help="As for assess.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for the page and the JSON; made if it is not there.")  # fmt: skip
def audit_command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[str, ...],
    case_file: Path | None,
    parties: Pair | None,
    pairs_file: Path | None,
    at_most: int,
    meta: Path | None,
    columns: str | None,
    packs: tuple[Path, ...],
    out: Path | None,
) -> int:
    """Prove even-handedness on your own reports.

    Two parties are exchanged everywhere in reports and profile, all is read and graded again and mapped back:
    every statement, claim, origin and grade must be exchanged and otherwise the same.
    """
    tables = read_case(case_file)
    profile = options.profile_of(case_file)
    for party in parties or ():
        if profile.party(party) is None:
            raise UsageError(f"--parties {party}: no such party; evenhand who NAME prints ids")
    received = receive_reports(options.intake_of(profile, meta, columns, paths), paths, sys.stdin.buffer, None)
    case = Case.of(
        received,
        options.reader_of(profile, packs).reader(),
        AssessmentSettings.from_case(tables),
        _given(pairs_file),
    )
    chosen = (parties,) if parties else _chosen(case, tables.get("parties", ()))[:at_most]
    found = audit(case, chosen, () if parties else occurring_outlets(case), _tell)
    if out is not None:
        write_text(out / "audit.json", to_json(found).decode() + "\n")
        write_text(out / "index.html", render_page(found))
    _print(found, out)
    return 1 if found.differing("grades") else 0


def _chosen(case: Case, defined: Iterable[dict[str, Any]]) -> tuple[Pair, ...]:
    own = [str(table.get("id", "")) for table in defined]
    return parties_of_case(case.reader.profile, own, occurring_parties(case))


def _given(path: Path | None) -> tuple[Pair, ...]:
    if path is None:
        return ()
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("pairs", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path}: not TOML in UTF-8: {problem}") from problem
    for row in rows:
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(name, str) and name for name in row):
            raise UsageError(f'{path}: pairs: each is a list of two names, ["one", "other"]')
    return tuple((row[0], row[1]) for row in rows)


def _tell(pair: PairAudit) -> None:
    grades = len(pair.stage("grades").differences)
    click.echo(
        f"{pair.one} ↔ {pair.other}: {pair.occurrences:,} names in {pair.touched:,} reports; {grades} grades differ",
        err=True,
    )


def _print(found: Audit, out: Path | None) -> None:
    click.echo(f"{'stage':16}{'compared':>10}{'differ':>10}{'share':>10}{'tagger carried':>18}")
    for stage in STAGES:
        compared, differing = found.compared(stage), found.differing(stage)
        share = f"{100 * differing / max(1, compared):.2f} %"
        click.echo(f"{stage:16}{compared:>10,}{differing:>10,}{share:>10}{found.differing(stage, by_rules=True):>18,}")
    if out is not None:
        click.echo(f"Open {out / 'index.html'}")
