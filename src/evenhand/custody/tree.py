"""A case's files wherever they lie: a folder, an unpacked bundle, or a bundle as one ZIP. Reading only."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from evenhand.errors import CustodyError
from evenhand.model.evidence import Record

Kind = Literal["altered", "missing", "reordered", "added", "note"]

_CHUNK = 1 << 20
_WORKERS = 4  # hashing leaves Python's lock, so threads use all cores and the disk's queue
_MOST_MEMBERS = 2_000_000
_RATIO, _FREE = 200, 1 << 20  # a member may swell 200-fold, small ones at will
_MOST_NAME = 240
# What a bundle may hold at its top; anything else is not ours and is never written to a disk.
_TOPS = frozenset(
    ("case.toml", "log.jsonl", "log-redacted.jsonl", "head.json", "originals", "dossier", "exports", "timestamps",
     "set-aside", "datapackage.json", "datapackage-digest.json", "README.txt")
)  # fmt: skip
_ORIGINAL = re.compile(r"originals/[0-9a-f]{64}")


class Finding(Record, frozen=True, kw_only=True):
    """One thing that is not as it was put down. A `note` (left by a crash, say) is no alteration."""

    kind: Kind
    item: str
    why: str


class Tree(Protocol):
    """Files by their paths in the case, with "/" between."""

    def names(self) -> list[str]:
        """Every file, sorted; what evenhand keeps to itself (`.evenhand/`, parts of files) is left out."""
        ...

    def size(self, name: str) -> int:
        """The bytes a file is said to have."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The file's bytes. Raises OSError, CustodyError or zipfile.BadZipFile when they cannot be had."""
        ...

    def findings(self) -> list[Finding]:
        """What is wrong with how the files are packed."""
        ...


class FolderTree:
    """The files of a case folder or of an unpacked bundle."""

    def __init__(self, root: Path) -> None:
        self.root = root / "data" if (root / "bagit.txt").is_file() else root

    def names(self) -> list[str]:
        """Every file, sorted."""
        found: list[str] = []
        for folder, below, files in os.walk(self.root):
            below[:] = [name for name in below if not name.startswith(".")]
            at = Path(folder).relative_to(self.root)
            found += [(at / name).as_posix() for name in files if not name.startswith(".")]
        return sorted(found)

    def size(self, name: str) -> int:
        """The file's bytes."""
        return (self.root / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """The file's bytes, unbuffered."""
        return (self.root / name).open("rb", buffering=0)

    def findings(self) -> list[Finding]:
        """Links in a case lead elsewhere: none is ours."""
        return [
            Finding(kind="added", item=name, why="a link, which evenhand never makes")
            for name in self.names()
            if (self.root / name).is_symlink()
        ]


class ZipTree:
    """The files of a bundle as one ZIP; nothing is unpacked, every bound is checked while reading."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._findings: list[Finding] = []
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise CustodyError(f"{archive.filename}: more than {_MOST_MEMBERS:,} members; no bundle has so many")
        bags = [one.filename for one in members if re.fullmatch(r"[^/]{1,100}/bagit\.txt", one.filename)]
        self.bag = bags[0].removesuffix("bagit.txt") if len(bags) == 1 else None
        prefix = f"{self.bag}data/" if self.bag else ""
        self.tags = {one.filename: one for one in members if self.bag and not one.filename.startswith(prefix)}
        self._members: dict[str, zipfile.ZipInfo] = {}
        folded: set[str] = set()
        for one in members:
            if one.filename in self.tags or one.is_dir():
                continue
            name = one.filename[len(prefix) :]
            problem = _problem(one, name) or ("a second of this name" if _folded(name) in folded else None)
            if problem:
                self._findings.append(Finding(kind="added", item=repr(one.filename)[1:-1][:200], why=problem))
                continue
            folded.add(_folded(name))
            self._members[name] = one

    def names(self) -> list[str]:
        """Every member that may be one of a bundle, sorted."""
        return sorted(self._members)

    def size(self, name: str) -> int:
        """The bytes that the member says it has."""
        return self._members[name].file_size

    def open(self, name: str) -> BinaryIO:
        """The member's bytes; never more than it says it has."""
        return self._archive.open(self._members[name])  # type: ignore[return-value]

    def tag(self, name: str) -> bytes:
        """The bytes of one of a bag's own files."""
        with self._archive.open(f"{self.bag}{name}") as opened:
            return opened.read(1 << 28)

    def findings(self) -> list[Finding]:
        """Members that no bundle has: they are named, and never read."""
        return list(self._findings)


@contextmanager
def tree_of(path: Path) -> Iterator[Tree]:
    """The tree at a path. Raises CustodyError when it is neither a folder nor a ZIP that can be read."""
    if path.is_dir():
        yield FolderTree(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise CustodyError(f"{path}: not a case folder and not a bundle ({problem}); check the file") from problem
    with archive:
        yield ZipTree(archive)


def read(tree: Tree, name: str, limit: int = 1 << 30) -> bytes | None:
    """A file's bytes, None where it is not there or is larger than `limit`."""
    try:
        if tree.size(name) > limit:
            return None
        with tree.open(name) as opened:
            return opened.read()
    except (
        OSError,
        KeyError,
        CustodyError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ):
        return None


def digests(tree: Tree, names: list[str]) -> dict[str, tuple[str, int]]:
    """SHA-256 and bytes of each file, on all cores; in place of the hash of a file that cannot be read, why."""
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        return dict(zip(names, pool.map(lambda name: _digest(tree, name), names), strict=True))


def _digest(tree: Tree, name: str) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    try:
        with tree.open(name) as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as problem:
        return f"not readable: {problem.strerror or problem}", size
    except (CustodyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as problem:
        return f"not readable: {problem}", size
    except zipfile.zlib.error as problem:  # type: ignore[attr-defined]
        return f"not readable: {problem}", size
    return digest.hexdigest(), size


def _problem(member: zipfile.ZipInfo, name: str) -> str | None:
    """Why a member can be none of a bundle; None where it may be."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.flag_bits & 0x1:
        return "encrypted"
    if kind not in (0, stat.S_IFREG):
        return "a link or a device, not a file"
    if member.file_size > member.compress_size * _RATIO + _FREE:
        return f"swells {member.file_size:,} bytes out of {member.compress_size:,}"
    return name_problem(name)


def name_problem(name: str) -> str | None:
    """Why a path can be none in a case, on any system; None where it can."""
    parts = name.split("/")
    odd = any(ord(char) < 32 or char in '\\:*?"<>|\x7f' or unicodedata.category(char) in ("Cf", "Cs") for char in name)
    if odd or len(name) > _MOST_NAME or any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        return "a path that leads out of the case, or cannot stand on every system"
    if parts[0] not in _TOPS or (parts[0] == "originals" and not _ORIGINAL.fullmatch(name)):
        return "no part of a case"
    return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
