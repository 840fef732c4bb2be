"""`evenhand evaluate`: how well the reader does on reports annotated by hand."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli import options
from evenhand.evaluation.gold import read_gold
from evenhand.evaluation.scores import score, show
from evenhand.model.evidence import to_json

EXAMPLES = """\b
Examples:
  evenhand evaluate ../shared/gold/statements
  evenhand evaluate my-gold/ --json
  evenhand evaluate my-gold/ --show                 every miss and every extra, with its words

GOLD_DIR holds NAME.txt with NAME.json beside it, as docs/record-format.md describes.
"""


@click.command(epilog=EXAMPLES, short_help="Scores against reports annotated by hand.")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@click.option("--case", type=options.CASE, metavar="FILE.toml", help="Case file over the packaged profile.")
@click.option("--json", "as_json", is_flag=True, help="The figures as one JSON object.")
@click.option("--show", "listing", is_flag=True, help="List the misses and the extras.")
def evaluate(gold: Path, case: Path | None, as_json: bool, listing: bool) -> None:
    """Read the reports in GOLD_DIR and score statements and claims against the annotation beside them."""
    profile = options.profile_of(case)
    reports = read_gold(gold, profile)
    reader = options.reader_of(profile).reader()
    result = score([(entry, reader.try_read(entry.received)) for entry in reports])
    if as_json:
        click.echo(to_json(result.figures))
        return
    click.echo(show(result, listing=listing))
