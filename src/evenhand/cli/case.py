"""Commands on a case folder: `init`, `add`, `list`, `remove`, `verify`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table

from evenhand.casework import add_paths, is_url, put_store, store_of
from evenhand.cli import options
from evenhand.custody import Item, Verified, create_case, is_case, open_case
from evenhand.custody import verify as check
from evenhand.custody.stamps import Stamp
from evenhand.custody.stamps import stamp as ask_for_stamp
from evenhand.errors import UsageError
from evenhand.intake import load_meta
from evenhand.model.evidence import to_json

if TYPE_CHECKING:
    from evenhand.store.database import DatabaseStore

INIT = """\b
Examples:
  evenhand init aleppo-2016
  evenhand init aleppo-2016 --title "Eastern Aleppo, November and December 2016"

Then: evenhand add aleppo-2016 reports/, evenhand assess aleppo-2016, evenhand export aleppo-2016 -o aleppo.zip
"""

ADD = """\b
Examples:
  evenhand add aleppo-2016 reports/
  evenhand add aleppo-2016 story.html articles.csv --by "M. Haddad"
  evenhand add aleppo-2016 reports/ --meta meta.csv
  cat story.txt | evenhand add aleppo-2016 -
  evenhand add aleppo-2016 https://example.org/story
  evenhand add https://review.example.org reports/          to a served case; EVENHAND_TOKEN holds a token of yours

The bytes are kept once under their SHA-256, read-only, before anything reads them. The same file a second time changes
nothing; other bytes at the same path become a new version beside the old one. An address on the
web is fetched once, now, and kept as a web archive (WARC) with every header; only public addresses are reached.

\b
Exit status: 0 all taken in, 3 some could not be (each named with the reason), 2 wrong usage.
"""

LIST = """\b
Examples:
  evenhand list aleppo-2016
  evenhand list aleppo-2016 --all
  evenhand list aleppo-2016 --json | jq -r '[.sha256, .at, .by, .address] | @tsv'
"""

REMOVE = """\b
Examples:
  evenhand remove aleppo-2016 story.html --reason "not about this case"
  evenhand remove aleppo-2016 3fa1c2d07b --erase --reason "the witness withdrew her consent, letter of 4 May"

ITEM is the beginning of its SHA-256, its file name, path or URL. The item is no longer assessed; its hash, who removed
it and why stay in the log. With --erase its bytes and all that was worked out from them go for good.
"""

VERIFY = """\b
Examples:
  evenhand verify aleppo-2016
  evenhand verify aleppo-2016 --head 3fa1c2d07b44
  evenhand verify aleppo-2016 --json

Note the head that it prints, outside of this machine: given again with --head, it shows whether the log was cut short
or written anew since. docs/custody.md shows how to repeat all of it with sha256sum and jq.

\b
Exit status: 0 everything is as it was put down, 1 something is not (each named), 2 wrong usage.
"""

STAMP = """\b
Examples:
  evenhand stamp aleppo-2016 --tsa https://tsa.example.org/tsr
  evenhand verify aleppo-2016 --tsa-roots roots.pem

The answer is kept in timestamps/ and goes along in every bundle; docs/custody.md shows how openssl checks it.
"""

_WIDTH = 140
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(epilog=INIT, short_help="Make a case folder that lasts.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.option("--title", metavar="WORDS", help="The case's title (default: the folder's name).")
@click.option(
    "--store", metavar="URL", help="PostgreSQL for a team: postgresql://user@host/database (default: SQLite in CASE)."
)
@options.BY
def init(folder: Path, title: str | None, store: str | None) -> None:
    """Make a case folder: originals, the log of all that is done, the case file, later the dossier.

    Only you may enter it (mode 0700). With --store the working state lies in a PostgreSQL database of its own, and a
    team may work on the case (evenhand user add, evenhand serve).
    """
    if store is not None:
        from evenhand.store.database import open_store  # noqa: PLC0415 - only where a server is named

        open_store(store).close()
    case = create_case(folder, title=title, who=options.by())
    if store is not None:
        put_store(case, store)
    click.echo(f"{folder}: a new case. Say who belongs to whom in {case.paths.toml}; then: evenhand add {folder} PATH…")


@click.command(epilog=ADD, short_help="Take originals into a case.")
@click.argument("folder", metavar="CASE|URL", type=options.CASE_OR_ADDRESS)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL…")
@click.option(
    "--meta",
    type=click.Path(path_type=Path),
    metavar="FILE.csv|.json",
    help="What the files do not say themselves: columns file, url, outlet, title, published, language.",
)
@options.BY
def add(folder: Path | str, paths: tuple[str, ...], meta: Path | None) -> int:
    """Keep originals in a case, with who added them, when, from where and how."""
    if isinstance(folder, str):
        return _send(folder, paths, meta)
    case = open_case(folder)
    counts: Counter[str] = Counter()
    for addition in add_paths(
        case,
        paths,
        sys.stdin.buffer,
        load_meta(str(meta) if meta else None, [path for path in paths if not is_url(path)]),
        who=options.by(),
    ):
        if addition.unread is not None:
            counts["not taken in"] += 1
            cure = f". {addition.unread.cure}" if addition.unread.cure else ""
            click.echo(f"{addition.name}: not taken in: {addition.unread.why}{cure}", err=True)
            continue
        counts[addition.state or ""] += 1
        if addition.item is not None and addition.state == "new version":
            item = addition.item
            click.echo(f"{addition.name}: version {item.version}; version {item.version - 1} stays beside it", err=True)
    return _told(folder, counts)


def _send(address: str, paths: tuple[str, ...], meta: Path | None) -> int:
    from evenhand.cli.served import send  # noqa: PLC0415 - other commands go near no network

    counts: Counter[str] = Counter()
    for name, state, why in send(address, paths, load_meta(str(meta) if meta else None, list(paths))):
        counts[state or "not taken in"] += 1
        if why:
            click.echo(f"{name}: not taken in: {why}", err=True)
    return _told(address, counts)


def _told(where: Path | str, counts: Counter[str]) -> int:
    said = [
        f"{counts['added']:,} added",
        *(f"{counts[state]:,} {words}" for state, words in _STATES.items() if counts[state]),
    ]
    click.echo(f"{where}: {', '.join(said)}.")
    return 3 if counts["not taken in"] else 0


_STATES = {
    "new version": "as a new version",
    "again": "known already, noted where it was found",
    "same": "already there",
    "not taken in": "not taken in",
}


@click.command("list", epilog=LIST, short_help="What a case holds.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.option("--all", "everything", is_flag=True, help="Older versions and removed items, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an item.")
def list_items(folder: Path, everything: bool, as_json: bool) -> None:
    """List the originals of a case: hash, size, type, who added them, when and from where."""
    case = open_case(folder)
    items = case.items() if everything else case.current()
    if as_json:
        for item in items:
            click.echo(to_json(item))
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("sha256", "added (UTC)", "by", "bytes", "type", "from", "state"):
        table.add_column(heading, justify="right" if heading == "bytes" else "left", overflow="fold")
    for item in items:
        where = item.url or item.file
        table.add_row(item.sha256[:12], item.at, item.by, f"{item.bytes:,}", item.media_type, where, _state(item))
    if items:
        Console(width=None if sys.stdout.isatty() else _WIDTH, markup=False).print(table)
    others = len(case.items()) - len(items)
    rest = f"; {others:,} older or removed ({folder}: --all shows them)" if others else ""
    click.echo(f"{len(items):,} items{rest}. Log: {case.log.head.seq} entries.")


def _state(item: Item) -> str:
    if item.removed is not None:
        return f"{'erased' if item.removed.erased else 'removed'} by {item.removed.who}: {item.removed.reason}"
    if item.newer is not None:
        return f"version {item.version}, newer: {item.newer[:12]}"
    return f"version {item.version}" if item.version > 1 else ""


@click.command(epilog=REMOVE, short_help="Take an item out of a case, with the reason.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.argument("item", metavar="ITEM")
@click.option("--reason", required=True, metavar="WORDS", help="Why; stays in the log for good.")
@click.option("--erase", is_flag=True, help="Take the bytes away, too, and all that was worked out from them.")
@options.BY
def remove(folder: Path, item: str, reason: str, erase: bool) -> None:
    """Take an item out of a case: a tombstone with the hash, the reason and who removed it stays in the log."""
    if not reason.strip():
        raise UsageError("--reason: say why, in words; it is what a reader of the log will have")
    case = open_case(folder)
    found = case.find(item)
    address = store_of(case)
    # opened first: where the team's database is not reached, nothing is done and the command can be run again
    team = _team_store(address) if erase and isinstance(address, str) else None
    try:
        case.remove(found, reason, erase=erase, who=options.by())
        if team is not None:
            team.forget()
    finally:
        if team is not None:
            team.close()
    if team is not None:
        click.echo(
            f"{folder}: what was read from it is gone from the team's database, too. Its backups and write-ahead log "
            "are the database owner's to clear.",
            err=True,
        )
    what = "removed, its bytes erased" if erase else "removed; its bytes stay in originals/"
    click.echo(f"{found.sha256[:12]} ({found.file}): {what}. Assess the case again: evenhand assess {folder}")


def _team_store(address: str) -> DatabaseStore:
    from evenhand.store.database import open_store  # noqa: PLC0415 - a third of the start-up; other commands need none

    return open_store(address)


@click.command(epilog=VERIFY, short_help="Is everything as it was put down?")
@click.argument("path", metavar="CASE|BUNDLE", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--head", metavar="HASH", help="A head noted earlier (its beginning is enough): it must stand in the log."
)
@click.option("--tsa-roots", "roots", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.pem",
              help="Root certificates to which the time stamps must lead (evenhand stamp).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON object.")
def verify(path: Path, head: str | None, roots: Path | None, as_json: bool) -> int:
    """Check every original, every log entry and the dossier, offline, and name what is not as it was put down."""
    if head is not None and len(head) < 8:
        raise UsageError("--head: give at least 8 digits of the hash")
    result = check(path, head=head, roots=roots)
    click.echo(to_json(result) if as_json else _said(result))
    return 0 if result.whole else 1


def _said(result: Verified) -> str:
    lines = [f"{finding.kind + ':':10} {finding.item}: {finding.why}" for finding in result.findings]
    megabytes = result.bytes / 1e6
    state = "whole" if result.whole else "NOT WHOLE"
    files = f"{result.originals:,} original{'s' if result.originals != 1 else ''}"
    entries = f"{result.entries:,} log {'entries' if result.entries != 1 else 'entry'}"
    lines.append(f"{result.path}: {state}: {files} ({megabytes:,.1f} MB), {entries}.")
    lines += [_stamped(one) for one in result.stamps]
    lines.append(f"head: {result.head.hash} (entry {result.head.seq})")
    return "\n".join(lines)


def _stamped(one: Stamp) -> str:
    trust = (
        "its certificate leads to your roots" if one.trusted else "its certificate was not checked: give --tsa-roots"
    )
    return f"stamped: {one.hash[:16]}… was there at {one.time}, says {one.signer}; {trust}"


@click.command(epilog=STAMP, short_help="Have the log's head time-stamped by a server you name.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.option("--tsa", "server", required=True, metavar="URL", help="The time-stamp server (RFC 3161).")
@options.BY
def stamp(folder: Path, server: str) -> None:
    """Ask a time-stamp server to sign that the case's log, as it is, was there now.

    Only the hash of the log's last entry is sent, and only to the server you name.
    """
    click.echo(_stamped(ask_for_stamp(open_case(folder), server, who=options.by())))


def case_among(paths: tuple[str, ...]) -> Path | None:
    """The case folder that `assess` is given, if it is one. Raises UsageError when it stands beside other paths."""
    cases = [path for path in paths if path != "-" and is_case(Path(path))]
    if cases and len(paths) > 1:
        raise UsageError(f"{cases[0]} is a case folder: assess it alone, after `evenhand add {cases[0]} PATH…`")
    return Path(cases[0]) if cases else None
