"""`evenhand export` and `evenhand import`: a case handed on, and taken in again."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.casework import SOFTWARE
from evenhand.cli import options
from evenhand.cli.case import FOLDER
from evenhand.custody import open_case
from evenhand.custody.bundle import Order, export_bundle, import_bundle

EXPORT = """\b
Examples:
  evenhand export aleppo-2016 -o aleppo.zip                       the whole case, for a lawyer or a colleague
  evenhand export aleppo-2016 --as bagit -o aleppo-bag.zip        the same for an archive
  evenhand export aleppo-2016 -o aleppo.zip --to "Office of the prosecutor"

Every export is logged in the case with the SHA-256 of what was handed on.
"""

IMPORT = """\b
Examples:
  evenhand import aleppo.zip aleppo-2016
  evenhand import aleppo.zip aleppo-2016 --by "M. Haddad"

The bundle is checked first: one that is not whole is refused, and nothing is made. The case is the one that was
exported, byte for byte, and its log goes on with who took it in.
"""


@click.command(epilog=EXPORT, short_help="Hand a case on: whole, or in the formats of others.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="What to write.")
@click.option("--as", "form", type=click.Choice(["bundle", "bagit"]), default="bundle", show_default=True,
              help="The format; docs/exports.md describes each.")  # fmt: skip
@click.option("--to", metavar="NAME", help="To whom it goes, for the log.")
@options.BY
def export(folder: Path, out: Path, form: str, to: str | None) -> None:
    """Write a case to one file that others can check, read and take in again."""
    case = open_case(folder)
    order = Order(profile="bagit" if form == "bagit" else "bundle", software=SOFTWARE, to=to, who=options.by())
    written = export_bundle(case, out, order)
    for name in written.left_out:
        click.echo(f"{folder / name}: not exported, no part of a case", err=True)
    click.echo(f"{out}: {written.files:,} files, {written.bytes:,} bytes\nsha256: {written.sha256}")


@click.command("import", epilog=IMPORT, short_help="Take a bundle in as a case.")
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", metavar="CASE", type=FOLDER)
@options.BY
def import_(bundle: Path, folder: Path) -> None:
    """Make a case folder of a bundle, once everything in it was found to be as it was put down."""
    case, result = import_bundle(bundle, folder, who=options.by())
    click.echo(
        f"{folder}: {result.originals:,} originals, {result.entries:,} log entries, as they were exported. "
        f"Read and assess it here: evenhand assess {case.paths.root}"
    )
