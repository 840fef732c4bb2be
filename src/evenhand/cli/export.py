"""`evenhand export` and `evenhand import`: a case handed on, and taken in again."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.casework import SOFTWARE, decisions_of, store_of
from evenhand.cli import options
from evenhand.cli.case import FOLDER
from evenhand.custody import Case, is_case, open_case
from evenhand.custody.bundle import Order, Profile, export_bundle, import_bundle
from evenhand.exporting import FORMATS, Material, render
from evenhand.handover import HandedOn, Handing, hand_on, material_of
from evenhand.marked import Marked
from evenhand.model.profile import Profile as PartyProfile
from evenhand.redacting import Person, as_toml, read_persons, suggest
from evenhand.withholding import known_in_public, redact, redacted_files, refuse_leaks, withholding_of, write_redacted

EXPORT = """\b
Examples:
  evenhand export aleppo-2016 -o aleppo.zip                       the whole case, for a lawyer or a colleague
  evenhand export aleppo-2016 --as bagit -o aleppo-bag.zip        the same for an archive
  evenhand export aleppo-2016 -o aleppo.zip --to "Office of the prosecutor"
  evenhand export aleppo-2016 --as csv -o tables/                 tables for people; formulas made harmless
  evenhand export aleppo-2016 --as geojson -o aleppo.geojson
  evenhand export dossier/ --as ftm -o entities.ftm.json          of a folder that `assess -o` wrote
  evenhand export aleppo-2016 --as all -o formats.zip
  evenhand export aleppo-2016 --redact persons.toml -o public.zip     without the names of those whom it could harm
  evenhand export aleppo-2016 --sensitive -o court.zip            with what is marked as sensitive, originals and all
  evenhand export https://review.example.org -o aleppo.zip        a served case; EVENHAND_TOKEN holds a token of yours

What people marked as sensitive is left out unless --sensitive asks for it: persons are unnamed, passages covered, and
the bundle is one without the originals, as they would say it.

Every export of a case is logged in it with the SHA-256 of what was handed on. docs/exports.md says of each format what
it holds and what it cannot.
"""

PERSONS = """\b
Examples:
  evenhand persons aleppo-2016 > persons.toml
  evenhand export aleppo-2016 --redact persons.toml -o public.zip

docs/redaction.md says what is taken out, where, and what that cannot do.
"""

IMPORT = """\b
Examples:
  evenhand import aleppo.zip aleppo-2016
  evenhand import aleppo.zip aleppo-2016 --by "M. Haddad"

The bundle is checked first: one that is not whole is refused, and nothing is made. The case is the one that was
exported, byte for byte, and its log goes on with who took it in.
"""


def _case_file(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    ctx.meta["evenhand.case"] = value


_CASE = click.option(
    "--case",
    type=options.CASE,
    expose_value=False,
    callback=_case_file,
    metavar="FILE.toml|NAME",
    help="The case file that it was assessed with, if not its own: for the names of parties.",
)


@click.command(epilog=EXPORT, short_help="Hand a case on: whole, redacted, or in the formats of others.")
@click.argument("folder", metavar="CASE|URL", type=options.CASE_OR_ADDRESS)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE|DIR", help="What to write.")
@click.option("--as", "form", type=click.Choice(["bundle", "bagit", *FORMATS, "all"]), default="bundle",
              show_default=True, help="The format.")  # fmt: skip
@click.option(
    "--redact",
    "unnamed",
    multiple=True,
    metavar="NAME|FILE.toml",
    help="Who is to be unnamed: a name, or a file as `evenhand persons` writes it. May be given again.",
)
@click.option("--sensitive", is_flag=True, help="Hand on what is marked as sensitive, too; it is left out otherwise.")
@_CASE
@click.option(
    "--raw", is_flag=True, help="Tables without apostrophes before what a spreadsheet could run as a formula."
)
@click.option("--to", metavar="NAME", help="To whom it goes, for the log.")
@options.BY
def export(
    folder: Path | str, out: Path, form: str, unnamed: tuple[str, ...], sensitive: bool, raw: bool, to: str | None
) -> None:
    """Write a case so that others can check, read and take it in again, or its records in the formats of others."""
    if isinstance(folder, str):
        from evenhand.cli import served  # noqa: PLC0415 - other commands go near no network

        asked = {"form": form, "redact": list(unnamed), "sensitive": sensitive, "raw": raw, "to": to or ""}
        served.export(folder, out, asked)
        return
    marks = Marked.of(decisions_of(open_case(folder)) if is_case(folder) and not sensitive else ())
    if marks:
        click.echo(f"{folder}: {marks.said()}: left out. --sensitive hands everything on.", err=True)
    if form in ("bundle", "bagit") and not unnamed and not marks:
        _export_whole(open_case(folder), out, "bagit" if form == "bagit" else "bundle", to)
        return
    profile = options.profile_of(case_file_of(folder))
    material = material_of(folder, profile)
    how = Handing(form=form, to=to, who=options.by(), raw=raw, redacted=bool(unnamed or marks), sensitive=sensitive)
    if unnamed or marks:
        persons = marks.persons(read_persons(unnamed) if unnamed else ())
        _export_redacted(open_case(folder), out, (marks.covered(material), profile), persons, how)
        return
    _say(hand_on(folder, out, render(form, material, raw=raw), how), material, form)


def _export_whole(case: Case, out: Path, profile: Profile, to: str | None) -> None:
    written = export_bundle(case, out, Order(profile=profile, software=SOFTWARE, to=to, who=options.by()))
    for name in written.left_out:
        click.echo(f"{case.paths.root / name}: not exported, no part of a case", err=True)
    click.echo(f"{out}: {written.files:,} files, {written.bytes:,} bytes\nsha256: {written.sha256}")


def _export_redacted(
    case: Case, out: Path, ledger: tuple[Material, PartyProfile], persons: tuple[Person, ...], how: Handing
) -> None:
    from evenhand.store.database import open_store  # noqa: PLC0415 - a third of the start-up; other exports need none

    material, profile = ledger
    store = open_store(store_of(case))
    try:
        withheld = withholding_of(case, persons)
        redacted = redact(material, store.copies(), case, withheld)
    finally:
        store.close()
    whole = how.form in ("bundle", "bagit")
    files = redacted_files(redacted, profile) if whole else render(how.form, redacted.material, raw=how.raw)
    refuse_leaks(files, redacted.redactor, redacted.hidden)
    for person in persons:
        if person.parts:
            click.echo(f"{person.name}: {withheld.pseudonyms[person.name]}", err=True)
    if whole:
        written = write_redacted(case, out, files, profile="bagit" if how.form == "bagit" else "bundle", who=how.who)
        click.echo(f"{out}: redacted, {written.files:,} files, {written.bytes:,} bytes\nsha256: {written.sha256}")
    else:
        _say(hand_on(case.paths.root, out, files, how), redacted.material, f"{how.form}, redacted")


def _say(handed: HandedOn, material: Material, form: str) -> None:
    for name, sha256 in handed.files.items():
        click.echo(f"{sha256}  {name}")
    click.echo(
        f"{handed.out}: {len(material.incidents):,} incidents, {len(material.readings):,} reports, as {form}", err=True
    )


@click.command(epilog=PERSONS, short_help="Persons who might have to be unnamed, as a file to edit.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@_CASE
def persons(folder: Path) -> None:
    """List the persons named in the reports whom the profile does not know as public, as TOML for `export --redact`.

    Take out those who may be named, add other spellings and details. Unnamed roles ("a doctor") never need it.
    """
    profile = options.profile_of(case_file_of(folder))
    material = material_of(folder, profile)
    found = suggest(material.readings.values(), known_in_public(profile, material))
    click.echo(as_toml(found))
    count = "1 person" if len(found) == 1 else f"{len(found):,} persons"
    click.echo(f"{count}; nobody is unnamed before you give the file to `export --redact`", err=True)


def case_file_of(folder: Path) -> Path | None:
    """The case file that was given, else the case folder's own, if there is one."""
    given: Path | None = click.get_current_context().meta.get("evenhand.case")
    toml = folder / "case.toml"
    return given or (toml if toml.is_file() else None)


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
