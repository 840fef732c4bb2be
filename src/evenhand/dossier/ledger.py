"""The ledger's files: readings, incidents, originals and the manifest that names every one with its hash."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from filecmp import cmp
from pathlib import Path
from typing import IO, Any

from evenhand.model.evidence import Record, to_json

# Media types of what the manifest lists, by the end of the name; originals keep the type of raw bytes.
_MEDIA = {".jsonl": "application/x-ndjson", ".json": "application/json", ".html": "text/html", ".css": "text/css"}


def write_lines(path: Path, records: Iterable[Record]) -> int:
    """Write one JSON line a record, whole or not at all; returns the number of lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    count = 0
    with partial.open("wb") as out:
        for record in records:
            out.write(to_json(record) + b"\n")
            count += 1
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)
    return count


class Lines(Record, frozen=True, kw_only=True):
    """A file of lines as it was last written: how many, of which records (a hash), bytes, SHA-256 in hex."""

    count: int
    of: str
    size: int
    sha256: str


def extend_lines(path: Path, keys: Sequence[str], records: Callable[[Sequence[str]], Iterable[bytes]],
                 before: Lines | None) -> Lines:  # fmt: skip
    """Bring a file to one line a record; `records` gives those under some keys as JSON.

    Where the file stands as `before` says and its lines are those of the first keys, the new lines are put at its end;
    else it is written anew, whole or not at all. It is read once from end to end, for its hash.
    """
    if before is not None and before.of == _of(keys[: before.count]) and path.is_file():
        with path.open("r+b") as out:
            digest = hashlib.file_digest(out, "sha256")
            if digest.hexdigest() == before.sha256:
                size = before.size + _add_lines(out, records(keys[before.count :]), digest)
                return Lines(count=len(keys), of=_of(keys), size=size, sha256=digest.hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    partial, digest = path.with_name(path.name + ".partial"), hashlib.sha256()
    with partial.open("wb") as out:
        size = _add_lines(out, records(keys), digest)
    partial.replace(path)
    return Lines(count=len(keys), of=_of(keys), size=size, sha256=digest.hexdigest())


def _add_lines(out: IO[bytes], records: Iterable[bytes], digest: Any) -> int:
    size = 0
    for record in records:
        line = record + b"\n"
        digest.update(line)
        size += out.write(line)
    out.flush()
    os.fsync(out.fileno())
    return size


def _of(keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all; a file that holds just that is left alone."""
    data = text.encode()
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return  # a run that adds one report touches only the pages that change
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(data)
    partial.replace(path)


def remove_others(folder: Path, keep: Iterable[Path], below: Iterable[str]) -> None:
    """Remove pages that an earlier run left in folders `below` and that this one did not write.

    Only `*.html` there, and lists continued over several pages (`incidents-2.html`); nothing a user put beside them.
    """
    kept = set(keep)
    old = [path for name in below for path in (folder / name).glob("*.html")]
    old += [*folder.glob("incidents-*.html"), *folder.glob("reports-*.html")]
    for path in old:
        if path not in kept:
            path.unlink()


def keep_original(folder: Path, sha256: str, data: bytes) -> None:
    """Keep the bytes as they came under their SHA-256, read-only; bytes that are there stay untouched."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / sha256
    if path.exists() and path.stat().st_size == len(data):
        return
    partial = folder / f".{sha256}.partial"
    partial.unlink(missing_ok=True)
    partial.write_bytes(data)
    partial.chmod(0o444)
    partial.replace(path)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def write_manifest(
    folder: Path, paths: Iterable[Path], *, version: str, rules: str, known: Mapping[str, tuple[int, str]] | None = None
) -> None:
    """Write `ledger/manifest.json`: a Frictionless data package that lists the files with SHA-256 and bytes.

    It carries no time stamp: the same inputs give the same bytes. `known`: bytes and SHA-256 of files, by their paths
    under `folder`, that were worked out when they were written; the others are read.
    """
    package = {
        "profile": "data-package",
        "name": "evenhand-ledger",
        "title": "What is reported, by whom, and how it stands",
        "ledger": 1,
        "software": {"name": "evenhand", "version": version},
        "rules": rules,
        "resources": [],
    }
    path = folder / "ledger" / "manifest.json"
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8", newline="\n") as out:  # file by file: there may be hundreds of thousands
        head, tail = json.dumps(package, ensure_ascii=False, indent=1).rsplit("[]", 1)
        out.write(head)
        opening = "["
        for one in sorted(paths):
            resource = json.dumps(_resource(folder, one, known or {}), ensure_ascii=False, indent=1)
            out.write(f"{opening}\n{resource}".replace("\n", "\n  "))
            opening = ","
        out.write("[]" if opening == "[" else "\n ]")
        out.write(tail + "\n")
    if path.is_file() and cmp(path, partial, shallow=False):
        partial.unlink()
    else:
        partial.replace(path)


def _resource(folder: Path, path: Path, known: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    size, sha256 = known.get(name) or (path.stat().st_size, file_sha256(path))
    resource: dict[str, Any] = {
        "name": name.lower().replace("/", "-").replace(".", "-"),
        "path": name,
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }
    if media := _MEDIA.get(path.suffix):
        resource |= {"mediatype": media, "encoding": "utf-8"}
    return resource
