"""Is everything as it was put down? Needs the folder alone: no network, no other state, and it writes nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec

from evenhand.custody.case import CasePaths
from evenhand.custody.entries import GENESIS, AlteredEntryError, Entry, unseal
from evenhand.custody.items import Item, replay
from evenhand.custody.log import Head
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record

Kind = Literal["altered", "missing", "reordered", "added", "note"]

_CHUNK = 1 << 20
_WORKERS = 4  # hashing leaves Python's lock, so threads use all cores and the disk's queue


class _Numbered(msgspec.Struct):
    seq: int


class Finding(Record, frozen=True, kw_only=True):
    """One thing that is not as it was put down. A `note` (left by a crash, say) is no alteration."""

    kind: Kind
    item: str
    why: str


class Verified(Record, frozen=True, kw_only=True):
    """What was looked at and what was found; `head` is the log's last entry, to be noted or compared."""

    path: str
    head: Head
    entries: int
    originals: int
    bytes: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was altered, lost, moved or slipped in."""
        return all(finding.kind == "note" for finding in self.findings)


def verify_case(root: Path, *, head: str | None = None) -> Verified:
    """Check the log's chain, every original, and the last dossier against what the log says of them.

    `head`: a hash noted earlier, which must stand in the log. Raises CustodyError when the path is no case.
    """
    paths = CasePaths(root)
    if not paths.log.exists() and not paths.originals.exists():
        raise CustodyError(f"{root}: not a case folder and not a bundle; `evenhand init {root}` makes a case")
    try:
        data = paths.log.read_bytes()
        findings: list[Finding] = []
    except FileNotFoundError:
        data, findings = b"", [Finding(kind="missing", item="log.jsonl", why="there is no log")]
    chain = check_chain(data)
    findings += chain.findings
    findings += _against_heads(chain, _noted_head(paths.head), head)
    total, found = _check_originals(paths.originals, replay(chain.entries))
    findings += found
    findings += _check_files(root, *last_files(chain.entries))
    return Verified(
        path=str(root),
        head=chain.head,
        entries=len(chain.entries),
        originals=sum(1 for path in _files(paths.originals)),
        bytes=total,
        findings=tuple(findings),
    )


class Chain(Record, frozen=True, kw_only=True):
    """A log as it was found: the entries that have their hash, what is wrong, and the bytes after the last line."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def head(self) -> Head:
        """The last entry's number and hash."""
        return Head(seq=self.entries[-1].seq, hash=self.entries[-1].hash) if self.entries else Head(seq=0, hash=GENESIS)


def check_chain(data: bytes) -> Chain:
    """Check a log's bytes: each entry has its hash, none is missing, none stands elsewhere, each names the one before.

    A torn last line is a note: a crash leaves it, and whether an entry is lost shows against the noted head.
    """
    *lines, rest = data.split(b"\n")
    findings: list[Finding] = []
    entries: list[Entry] = []
    altered = set()
    for number, line in enumerate(lines, 1):
        try:
            entries.append(unseal(line))
        except AlteredEntryError as problem:
            named = _number_in(line) or number
            altered.add(named)
            findings.append(Finding(kind="altered", item=f"log entry {named}", why=f"line {number} {problem}"))
    findings += _order(entries, altered, len(lines))
    findings += _links(entries)
    if rest:
        why = f"{len(rest)} bytes after the last whole entry: a crash left them, the next command sets them aside"
        findings.append(Finding(kind="note", item="log.jsonl", why=why))
    return Chain(entries=tuple(sorted(entries, key=lambda entry: entry.seq)), findings=tuple(findings))


def _number_in(line: bytes) -> int | None:
    """The number that an altered line still shows."""
    try:
        return msgspec.json.decode(line, type=_Numbered).seq
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _order(entries: list[Entry], altered: set[int], lines: int) -> Iterator[Finding]:
    numbers = [entry.seq for entry in entries]
    highest = max((*numbers, lines), default=0)
    for number in sorted(set(range(1, highest + 1)) - set(numbers) - altered):
        if number <= max(numbers, default=0):
            yield Finding(kind="missing", item=f"log entry {number}", why="the entry is not in the log")
    seen: set[int] = set()
    for before, entry in zip([0, *numbers], entries, strict=False):
        if entry.seq in seen:
            yield Finding(kind="added", item=f"log entry {entry.seq}", why="the number stands in the log twice")
        elif entry.seq < before:
            why = f"the entry stands after entry {before}"
            yield Finding(kind="reordered", item=f"log entry {entry.seq}", why=why)
        seen.add(entry.seq)


def _links(entries: list[Entry]) -> Iterator[Finding]:
    """Entries that are whole but name another one before them than the one that stands there."""
    by_number = {entry.seq: entry for entry in reversed(entries)}
    for entry in entries:
        before = by_number.get(entry.seq - 1)
        expected = before.hash if before else GENESIS if entry.seq == 1 else None
        if expected is not None and entry.prev != expected:
            why = f"it does not name entry {entry.seq - 1} as it stands here: one of the two was written anew"
            yield Finding(kind="altered", item=f"log entry {entry.seq}", why=why)


def _noted_head(path: Path) -> Head | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Head)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _against_heads(chain: Chain, noted: Head | None, given: str | None) -> Iterator[Finding]:
    hashes = {entry.seq: entry.hash for entry in chain.entries}
    if noted is not None and noted.seq > chain.head.seq:
        for number in range(chain.head.seq + 1, noted.seq + 1):
            why = "the entry was written (head.json names it) and is not in the log"
            yield Finding(kind="missing", item=f"log entry {number}", why=why)
    elif noted is not None and noted.seq and noted.seq in hashes and hashes[noted.seq] != noted.hash:
        why = "head.json names another hash for it: the log was written anew"
        yield Finding(kind="altered", item=f"log entry {noted.seq}", why=why)
    elif noted is None and chain.entries:
        yield Finding(kind="note", item="head.json", why="missing or damaged: a log cut short at its end is not seen")
    if given is not None and not any(found.startswith(given.lower()) for found in hashes.values()):
        why = f"no entry has the hash {given} that was noted: the log was cut short or written anew"
        yield Finding(kind="missing", item="log.jsonl", why=why)


def _check_originals(folder: Path, items: dict[str, Item]) -> tuple[int, list[Finding]]:
    """Every original hashed, on all cores; returns the bytes read and the findings, in the order of the names."""
    present = {path.name: path for path in _files(folder)}
    findings: list[Finding] = []
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        results = list(pool.map(_hashed, present.values()))
    total = 0
    for name, (found, size) in zip(present, results, strict=True):
        total += size
        what = f"originals/{name}" + (f" ({items[name].file})" if name in items else "")
        if found != name:
            findings.append(Finding(kind="altered", item=what, why=f"its bytes have the hash {found}"))
        elif name not in items:
            why = "the log does not name it: from an `add` that was stopped (add it again), or put there by hand"
            findings.append(Finding(kind="note", item=what, why=why))
        elif (stone := items[name].removed) and stone.erased:
            findings.append(Finding(kind="note", item=what, why="the log says that its bytes were erased"))
    for name, item in items.items():
        if name not in present and not (item.removed and item.removed.erased):
            findings.append(
                Finding(kind="missing", item=f"originals/{name} ({item.file})", why="the original is not there")
            )
    return total, findings


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []


def _hashed(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, a megabyte at a time; what cannot be read has no hash."""
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb", buffering=0) as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as problem:
        return f"unknown ({problem.strerror})", 0
    return digest.hexdigest(), size


def last_files(entries: Iterable[Entry]) -> tuple[dict[str, str], bool]:
    """Files that the log names with their hash, as the last entry on each has it: path in the case → SHA-256.

    Also whether an assessment was begun (`read`) and not ended (`assessed`): then they are between two states.
    """
    files: dict[str, str] = {}
    begun = False
    for entry in entries:
        if entry.what == "removed" and entry.payload.get("erased"):
            files.clear()  # what was worked out from the bytes went with them
        named = entry.payload.get("files")
        if isinstance(named, dict):
            files.update({str(path): str(sha256) for path, sha256 in named.items()})
        begun = entry.what == "read" or (begun and entry.what != "assessed")
    return files, begun


def _check_files(root: Path, files: dict[str, str], begun: bool) -> Iterator[Finding]:
    for name, sha256 in files.items():
        path = root / name
        if path.is_file() and _hashed(path)[0] == sha256:
            continue
        if begun:
            yield Finding(kind="note", item=name, why="an assessment was begun and not ended: assess the case again")
        elif path.is_file():
            yield Finding(kind="altered", item=name, why="its bytes are not those that the log names")
        else:
            yield Finding(kind="missing", item=name, why="the log names it, and it is not there")
