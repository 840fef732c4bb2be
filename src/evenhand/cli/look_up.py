"""Commands that print what evenhand knows: who belongs to whom, event types, the rules, shell completion."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from evenhand.assessing import rule_table
from evenhand.cli import options
from evenhand.errors import UsageError
from evenhand.model.evidence import to_json
from evenhand.profiles import explain
from evenhand.reading.claims import claim_types
from evenhand.reading.places import build_pack

WHO = """\b
Examples:
  evenhand who "Maria Zakharova"
  evenhand who "Syrian Army Command" --on 2016-12-22
  evenhand who SANA --case case.toml
"""

TYPES = """\b
Examples:
  evenhand types
  evenhand types --json | jq -r '[.type, .acled_sub_event] | @tsv'
"""

METHOD = """\b
Examples:
  evenhand method
  evenhand method | grep responsibility
"""

COMPLETION = """\b
Examples:
  evenhand completion bash >> ~/.bashrc
  evenhand completion zsh >> ~/.zshrc
  evenhand completion fish > ~/.config/fish/completions/evenhand.fish
"""

PACKS = """\b
Examples:
  evenhand gazetteer build SY.zip -o syria.sqlite
  evenhand gazetteer build whosonfirst-sy.jsonl pcodes.csv own-places.csv -o syria.sqlite

Then: evenhand assess reports/ --gazetteer syria.sqlite -o dossier/
"""

_SHOWN = 20


@click.command(epilog=WHO, short_help="Whose a source is held to be, why, and the citation.")
@click.argument("name")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day (offices change hands).")
@click.option("--case", type=options.CASE, metavar="FILE.toml", help="Case file over the packaged profile.")
def who(name: str, on: datetime | None, case: Path | None) -> None:
    """Print whose a source, outlet or office is held to be, why, and where that can be checked."""
    day: date | None = on.date() if on else None
    click.echo(explain(options.profile_of(case), name, day))


@click.command(epilog=TYPES, short_help="The event types and their ACLED, PLOVER and UCDP codes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a type.")
def types(as_json: bool) -> None:
    """Print the event types with their ACLED sub-event, PLOVER event and mode, and UCDP type of violence."""
    for row in claim_types():
        if as_json:
            click.echo(to_json(row))
            continue
        acled = " / ".join(filter(None, (row.acled_event, row.acled_sub_event))) or "-"
        plover = " ".join(filter(None, (row.plover_event, row.plover_mode))) or "-"
        click.echo(f"{row.type:20} {acled:64} {plover:24} {','.join(map(str, row.ucdp)) or '-'}")


@click.command(epilog=METHOD, short_help="The rules by which every question is graded.")
def method() -> None:
    """Print the rules by which every question is graded: the very table that runs."""
    click.echo(rule_table().markdown())


@click.group()
def gazetteer() -> None:
    """Build packs of places to lay over the packaged gazetteer."""


@gazetteer.command(epilog=PACKS)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="FILE…")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="PACK.sqlite")
def build(inputs: tuple[Path, ...], out: Path) -> None:
    """Build a pack from GeoNames dumps, Who's On First JSONL, OCHA p-codes or your own CSV.

    A line that cannot be read is named with the reason and left out (exit code 3); the rest goes into the pack.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    pack = build_pack(inputs, out)
    click.echo(f"{out}: {pack.places:,} places")
    for line in pack.refused[:_SHOWN]:
        click.echo(f"left out: {line}", err=True)
    if len(pack.refused) > _SHOWN:
        click.echo(f"left out: {len(pack.refused) - _SHOWN:,} more lines", err=True)
    if pack.refused:
        raise click.exceptions.Exit(3)


@click.command(epilog=COMPLETION)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for your shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"no completion for {shell}")
    # bash's own class asks an installed bash for its version; the script itself needs no running shell
    script = kind(click.get_current_context().find_root().command, {}, "evenhand", "_EVENHAND_COMPLETE")
    click.echo(script.source_template % script.source_vars())
