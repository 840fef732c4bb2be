"""What is handed on: the ledger of a case or of a dossier in the formats of others, and the log that says so."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from evenhand.assessing import rule_table
from evenhand.custody import Case, is_case, open_case
from evenhand.custody.bundle import write_zip
from evenhand.custody.disk import write_whole
from evenhand.custody.verify import last_files
from evenhand.errors import CustodyError, ExportError
from evenhand.exporting import Act, Codes, Material
from evenhand.model.evidence import Record, sha256_hex
from evenhand.model.incident import Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.reading.claims import claim_types

R = TypeVar("R")


class HandedOn(Record, frozen=True, kw_only=True):
    """The files of an export, by name with their SHA-256, as they were written to `out`."""

    out: str
    files: dict[str, str]


def material_of(root: Path, profile: Profile) -> Material:
    """The records of a case folder's last assessment, or of a folder that `assess -o` wrote.

    Raises CustodyError when there is none or the case's log names other bytes, ExportError on a damaged record.
    """
    case = open_case(root) if is_case(root) else None
    folder = (root / "dossier" if case else root) / "ledger"
    if not (folder / "readings.jsonl").is_file() or not (folder / "incidents.jsonl").is_file():
        hint = f"run `evenhand assess {root}` first" if case else "name a case, or the folder that `assess -o` wrote"
        raise CustodyError(f"{root}: there is no assessment to export; {hint}")
    readings, incidents = (folder / f"{name}.jsonl" for name in ("readings", "incidents"))
    if case is not None:
        _as_logged(case, (readings, incidents))
    found = {reading.report.id: reading for reading in _records(readings, Reading)}
    return Material(
        readings=found,
        incidents=tuple(_records(incidents, Incident)),
        codes=type_codes(),
        parties={party.id: party.name for party in profile.parties},
        acts=acts_of(case) if case else (),
        scales={row.grade: row for row in rule_table().grades},
    )


def type_codes() -> dict[str, Codes]:
    """What ACLED, PLOVER and UCDP call each claim type."""
    return {
        row.type: Codes(row.acled_event, row.acled_sub_event, row.plover_event, row.plover_mode, row.ucdp)
        for row in claim_types()
    }


def acts_of(case: Case) -> tuple[Act, ...]:
    """What was done to the case, from its log."""
    return tuple(Act(e.seq, e.at, e.who, e.what, e.payload, e.hash) for e in case.log.entries())


def _as_logged(case: Case, paths: Iterable[Path]) -> None:
    named, begun = last_files(case.log.entries())
    for path in paths:
        name = path.relative_to(case.paths.root).as_posix()
        if begun or named.get(name) != sha256_hex(path.read_bytes()):
            raise CustodyError(
                f"{path}: not as the log says it was assessed; `evenhand verify {case.paths.root}` tells more, "
                f"`evenhand assess {case.paths.root}` makes it anew"
            )


def _records(path: Path, kind: type[R]) -> Iterable[R]:
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as problem:
                raise ExportError(f"{path}: line {number} is no record of this version ({problem})") from problem


class Handing(Record, frozen=True, kw_only=True):
    """How records are handed on: in which format, to whom and by whom (for the log), raw or not, redacted or not.

    `sensitive`: it was asked for that what is marked as sensitive is in it.
    """

    form: str
    to: str | None = None
    who: str | None = None
    raw: bool = False
    redacted: bool = False
    sensitive: bool = False


def hand_on(root: Path, out: Path, files: Mapping[str, bytes], how: Handing) -> HandedOn:
    """Write a format's files: to one file where it has one, else to a folder, or to a ZIP where `out` says so.

    In a case the log names every file with its hash before the first is written.
    """
    hashes = {name: sha256_hex(data) for name, data in files.items()}
    if is_case(root):
        payload: dict[str, object] = {
            "as": how.form,
            "raw": how.raw or None,
            "redacted": how.redacted or None,
            "sensitive": how.sensitive or None,
            "to": how.to,
        }
        payload |= {"files of the export": hashes, "file": out.name}
        said = {key: value for key, value in payload.items() if value is not None}
        open_case(root).log.append("exported", said, who=how.who)
    write_files(out, files)
    return HandedOn(out=str(out), files=hashes)


def write_files(out: Path, files: Mapping[str, bytes]) -> None:
    """One file, a folder of them, or a ZIP. Raises CustodyError when a file stands where a folder should."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".zip":
        packed = io.BytesIO()
        write_zip(packed, files)
        write_whole(out, packed.getvalue())
    elif len(files) == 1:
        if out.is_dir():
            raise CustodyError(f"{out}: a folder; name the file to write")
        write_whole(out, next(iter(files.values())))
    else:
        if out.exists() and not out.is_dir():
            raise CustodyError(f"{out}: a file; this format has {len(files)} files: name a folder or a .zip")
        for name, data in files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
