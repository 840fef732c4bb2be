"""Work on a case folder: what comes in is kept and logged; what is kept is read and assessed by the one journey."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from msgspec import to_builtins

from evenhand import __version__, assessing
from evenhand.custody import Case, Item
from evenhand.custody.case import Added, NewItem
from evenhand.custody.verify import last_files
from evenhand.flow import Desk
from evenhand.intake import IntakeSettings, Meta, MetaRow, absent_rows, originals, receive_each
from evenhand.intake.encoding import clean
from evenhand.intake.formats import recognise
from evenhand.model.evidence import content_id, sha256_hex
from evenhand.model.report import Original, OriginalRef, Received, Report, Unread
from evenhand.reviewing import Decision, in_force
from evenhand.standing import decisions_in

if TYPE_CHECKING:
    from evenhand.intake.fetching import Network

SOFTWARE = f"evenhand {__version__}"
_TABLES = frozenset(("text/csv", "text/tab-separated-values", "application/json", "application/x-ndjson"))
_HEADER = 65_536  # bytes in which a table names its columns
_GROUP, _GROUP_BYTES = 32, 32 * 1024 * 1024  # files, and their bytes, that wait for the disk together
_MEDIA = {
    "page": "text/html",
    "json": "application/json",
    "text": "text/plain",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "tar": "application/x-tar",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
    "warc": "application/warc",
    "mail": "message/rfc822",
    "feed": "application/xml",
    "newsml": "application/xml",
}  # fmt: skip — a ZIP or gzip file is by its name what it is used for (.docx, .wacz, .warc.gz)


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one file: its state and item, or why it was not taken in."""

    name: str
    state: Added | None = None
    item: Item | None = None
    unread: Unread | None = None


def decisions_of(case: Case) -> tuple[Decision, ...]:
    """The decisions of people in force, from the case's log."""
    return in_force(decisions_in((entry.what, entry.payload) for entry in case.log.entries()))


def store_of(case: Case) -> Path | str:
    """Where the case's working state is: its own SQLite file, or the database that was named when it was made."""
    named = case.paths.private / "store"
    return named.read_text(encoding="utf-8").strip() if named.is_file() else case.paths.state


def put_store(case: Case, address: str) -> None:
    """Note the database that holds the case's working state; readable by the owner only, as it may hold a password."""
    named = case.paths.private / "store"
    named.touch(mode=0o600)
    named.write_text(address + "\n", encoding="utf-8")


def is_url(path: str) -> bool:
    """Whether a path that the user typed is an address on the web."""
    return path.lower().startswith(("http://", "https://"))


def add_url(case: Case, url: str, *, network: Network | None = None, who: str | None = None) -> Addition:
    """Fetch one address that the user typed and keep the exchange as a WARC; what cannot be fetched says why."""
    from evenhand.intake.fetching import FetchError, fetch  # noqa: PLC0415 - no other command goes near a network

    try:
        fetched = fetch(url, network=network) if network else fetch(url)
    except FetchError as problem:
        return Addition(url, unread=Unread(why=problem.why, cure=problem.cure or None))
    exchange = fetched.exchange
    new = NewItem(
        file=_name_of(exchange.final_url),
        media_type="application/warc",
        method=f"{exchange.method} over the network",
        software=exchange.agent,
        address=url,
        url=exchange.final_url,
        http=to_builtins(exchange),
    )
    state, item = case.add(fetched.warc, new, who=who)
    return Addition(url, state, item)


def _name_of(url: str) -> str:
    """A file name for what was fetched: host and path, with no more than a name may hold."""
    parts = urlsplit(url)
    path = "-".join(part for part in parts.path.split("/") if part)
    return clean(f"{parts.hostname}{'-' if path else ''}{path}"[:120]) + ".warc.gz"


def add_paths(
    case: Case, paths: Sequence[str], stdin: BinaryIO, meta: Meta, *, who: str | None = None
) -> Iterator[Addition]:
    """Keep every file under the paths and log how it came, before any of it is read.

    A path that is an address on the web is fetched; nothing else goes over the network.
    """
    case.originals.sweep()
    for typed, group in groupby(paths, is_url):
        for path in group if typed else ():
            yield add_url(case, path, who=who)
        if not typed:
            yield from _add_files(case, list(group), stdin, meta, who)
    for row in absent_rows(meta):
        yield Addition(row.report.file or "", unread=row.unread)


def _add_files(case: Case, paths: Sequence[str], stdin: BinaryIO, meta: Meta, who: str | None) -> Iterator[Addition]:
    """Files by groups that wait for the disk together, each of other bytes at another address."""
    waiting: list[tuple[Original, NewItem]] = []
    for found in originals(paths, stdin=stdin):
        if isinstance(found, Received):
            yield from _flushed(case, waiting, who)
            yield Addition(found.report.file or "", unread=found.unread)
            continue
        new = _new_item(found, meta)
        taken = {one.sha256 for one, _ in waiting} | {item.address for _, item in waiting}
        size = sum(len(one.data) for one, _ in waiting)
        if len(waiting) == _GROUP or size + len(found.data) > _GROUP_BYTES or taken & {found.sha256, new.address}:
            yield from _flushed(case, waiting, who)
        waiting.append((found, new))
    yield from _flushed(case, waiting, who)


def _flushed(case: Case, waiting: list[tuple[Original, NewItem]], who: str | None) -> Iterator[Addition]:
    added = case.add_all([(found.data, new) for found, new in waiting], who=who) if waiting else []
    for (found, _), (state, item) in zip(waiting, added, strict=True):
        yield Addition(found.path, state, item)
    waiting.clear()


def _new_item(found: Original, meta: Meta) -> NewItem:
    typed = found.path != "-"
    row = {key: value for key, value in asdict(meta.of(found.path, found.file)).items() if value is not None}
    return NewItem(
        file=found.file,
        media_type=media_type(found.data, found.file),
        method="copied from a file" if typed else "standard input",
        software=SOFTWARE,
        address=str(Path(found.path).absolute()) if typed else None,
        meta=row or None,
    )


def media_type(data: bytes, file: str) -> str:
    """The media type, by the bytes where they tell, else by the name."""
    kind = recognise(data).kind
    by_name = mimetypes.guess_type(file)[0]
    if kind == "text" and by_name is not None and by_name.startswith("text/"):
        return by_name
    return _MEDIA.get(kind or "") or by_name or "application/octet-stream"


def receive_items(case: Case, intake: IntakeSettings) -> Iterator[Received]:
    """The reports in the case's current items, in the order in which they were added.

    An original that is gone or altered becomes a report that is not read, with the reason.
    """
    for item in case.current():
        data = case.originals.read(item.sha256)
        if data is None:
            yield _lost(case, item)
        else:
            # columns that the user names are those of tables; a story in the same case has none
            own = intake if _is_table(item, data, intake.columns) else replace(intake, columns={})
            yield from receive_each(Original(path=item.sha256, file=item.file, data=data), own)


def _is_table(item: Item, data: bytes, columns: Mapping[str, str]) -> bool:
    named = columns.get("text", "").encode("utf-8", "replace")
    return item.media_type in _TABLES or (bool(named) and named in data[:_HEADER])


def meta_of(items: Iterable[Item], given: Meta) -> Meta:
    """What was said of the items when they were added, under what is said now."""
    kept = {item.sha256: MetaRow(**(item.meta or {})) for item in items}
    fetched = {item.sha256: MetaRow(url=item.url).over(kept[item.sha256]) for item in items if item.url}
    return Meta(given=given.given, found=kept | fetched)


def log_read(case: Case, desk: Desk, *, reports: int, unread: Sequence[str], who: str | None = None) -> None:
    """Log that the case was read, with which software, weights and profile."""
    software = desk.reader.software()
    payload = {
        "software": f"{software.name} {software.version}",
        "weights": software.weights,
        "reader": desk.reader.identity(),
        "reports": reports,
        "not read": list(unread),
    }
    case.log.append("read", payload, who=who)


def log_assessed(case: Case, *, case_file: Path | None, incidents: int, who: str | None = None) -> None:
    """Log that the case was assessed, by which rules and case file, and the hash of every file that is new or other.

    The hashes are those of the dossier's own manifest: of what was written, not of what may lie there by now.
    """
    manifest, dossier = case.paths.dossier / "ledger" / "manifest.json", case.paths.dossier.relative_to(case.paths.root)
    data = manifest.read_bytes()
    written = {(dossier / "ledger" / "manifest.json").as_posix(): sha256_hex(data)}
    for one in json.loads(data)["resources"]:
        written[(dossier / one["path"]).as_posix()] = one["hash"].removeprefix("sha256:")
    before, _ = last_files(case.log.entries())
    files: dict[str, str | None] = {path: hashed for path, hashed in written.items() if before.get(path) != hashed}
    files |= {path: None for path in before if path.startswith(f"{dossier.as_posix()}/") and path not in written}
    payload = {
        "software": SOFTWARE,
        "rules": assessing.rule_table().version,
        "case file": sha256_hex(case_file.read_bytes()) if case_file else None,
        "incidents": incidents,
        "files": dict(sorted(files.items())),
    }
    case.log.append("assessed", payload, who=who)


def _lost(case: Case, item: Item) -> Received:
    why = "the original kept in the case is gone or altered"
    report = Report(
        id=content_id("report", item.sha256, item.file), original=OriginalRef(sha256=item.sha256), file=item.file
    )
    return Received(report=report, unread=Unread(why=why, cure=f"run `evenhand verify {case.paths.root}`"))
