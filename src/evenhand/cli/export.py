"""`evenhand export` and `evenhand import`: a case handed on, and taken in again."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.casework import SOFTWARE
from evenhand.cli import options
from evenhand.cli.case import FOLDER
from evenhand.custody import open_case
from evenhand.custody.bundle import Order, export_bundle, import_bundle
from evenhand.exporting import FORMATS
from evenhand.handover import hand_on, material_of

EXPORT = """\b
Examples:
  evenhand export aleppo-2016 -o aleppo.zip                       the whole case, for a lawyer or a colleague
  evenhand export aleppo-2016 --as bagit -o aleppo-bag.zip        the same for an archive
  evenhand export aleppo-2016 -o aleppo.zip --to "Office of the prosecutor"
  evenhand export aleppo-2016 --as csv -o tables/                 tables for people; formulas made harmless
  evenhand export aleppo-2016 --as geojson -o aleppo.geojson
  evenhand export dossier/ --as ftm -o entities.ftm.json          of a folder that `assess -o` wrote
  evenhand export aleppo-2016 --as all -o formats.zip

Every export of a case is logged in it with the SHA-256 of what was handed on. docs/exports.md says of each format what
it holds and what it cannot.
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
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE|DIR", help="What to write.")
@click.option("--as", "form", type=click.Choice(["bundle", "bagit", *FORMATS, "all"]), default="bundle",
              show_default=True, help="The format.")  # fmt: skip
@click.option(
    "--raw", is_flag=True, help="Tables without apostrophes before what a spreadsheet could run as a formula."
)
@click.option("--to", metavar="NAME", help="To whom it goes, for the log.")
@options.BY
def export(folder: Path, out: Path, form: str, raw: bool, to: str | None) -> None:
    """Write a case so that others can check, read and take it in again, or its records in the formats of others."""
    if form in ("bundle", "bagit"):
        case = open_case(folder)
        order = Order(profile="bagit" if form == "bagit" else "bundle", software=SOFTWARE, to=to, who=options.by())
        written = export_bundle(case, out, order)
        for name in written.left_out:
            click.echo(f"{folder / name}: not exported, no part of a case", err=True)
        click.echo(f"{out}: {written.files:,} files, {written.bytes:,} bytes\nsha256: {written.sha256}")
        return
    material = material_of(folder, options.profile_of(case_file_of(folder)))
    handed = hand_on(folder, out, form, material, raw=raw, to=to, who=options.by())
    for name, sha256 in handed.files.items():
        click.echo(f"{sha256}  {name}")
    click.echo(f"{out}: {len(material.incidents):,} incidents, {len(material.readings):,} reports, as {form}", err=True)


def case_file_of(folder: Path) -> Path | None:
    """The case file of a case folder, if it has one."""
    toml = folder / "case.toml"
    return toml if toml.is_file() else None


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
