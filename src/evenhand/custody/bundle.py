"""A case as one ZIP that anyone can check and take in again: the same case gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from evenhand.custody import bag, manifest
from evenhand.custody.case import Case, title_of
from evenhand.custody.disk import sync_folder
from evenhand.custody.log import Clock, now
from evenhand.custody.tree import FolderTree, Tree, name_problem, tree_of
from evenhand.custody.verify import Verified, look
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record, sha256_hex

Profile = Literal["bundle", "bagit"]
Source = Callable[[], Any] | bytes
"""A member's bytes, or what opens them."""

_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can name: no clock in the bytes
_REGULAR = 0o100644 << 16


class Order(Record, frozen=True, kw_only=True):
    """How a case is handed on: in which profile, to whom (for the log), by whom, written by which software."""

    profile: Profile = "bundle"
    software: str
    to: str | None = None
    who: str | None = None


class Written(Record, frozen=True, kw_only=True):
    """A bundle that was written: its SHA-256, bytes and files; `left_out` lie in the folder and are none of a case."""

    sha256: str
    bytes: int
    files: int
    left_out: tuple[str, ...] = ()


def export_bundle(case: Case, out: Path, order: Order) -> Written:
    """Write the whole case to one ZIP, log it with the ZIP's hash, and only then give it its name.

    Raises CustodyError when the case is not whole (what was altered is not handed on as if it were not) or is
    changed meanwhile.
    """
    root = case.paths.root
    tree = FolderTree(root)
    looked = look(tree, root)
    if wrong := looked.verified.wrong:
        raise CustodyError(
            f"{root}: not exported, as the case is not whole ({wrong[0].kind}: {wrong[0].item}); "
            f"run `evenhand verify {root}`"
        )
    files = {name: found for name, found in looked.digests.items() if name_problem(name) is None}
    head = looked.verified.head
    about = manifest.Description(
        format=manifest.BUNDLE,
        head=head,
        at=case.log.entries()[head.seq - 1].at,
        title=title_of(case.paths.toml),
        software=order.software,
        labels={f"originals/{item.sha256}": (item.url or item.file, item.media_type) for item in case.items()},
    )
    members = pack({name: _opener(tree, name, found[0]) for name, found in files.items()}, files, about, order.profile)
    payload = {"as": order.profile, "head": head.hash, "entries": head.seq, "to": order.to}
    written = write_logged(case, out, members, payload, who=order.who)
    return msgspec.structs.replace(written, left_out=tuple(sorted(set(looked.digests) - set(files))))


def pack(
    sources: Mapping[str, Source],
    files: Mapping[str, tuple[str, int]],
    about: manifest.Description,
    profile: Profile,
) -> dict[str, Source]:
    """The members of a bundle: the sources with their manifest, as a data package or as a bag that holds one."""
    package, digest = manifest.write(files, about)
    members = dict(sources) | {manifest.MANIFEST: package, manifest.DIGEST: digest}
    if profile == "bundle":
        return members
    own = {name: (sha256_hex(data), len(data)) for name, data in members.items() if isinstance(data, bytes)}
    tags = bag.tag_files(dict(files) | own, date=about.at, head=about.head.hash, title=about.title)
    payload = {f"{bag.FOLDER}data/{name}": data for name, data in members.items()}
    return payload | {f"{bag.FOLDER}{name}": data for name, data in tags.items()}


def write_logged(
    case: Case, out: Path, members: Mapping[str, Source], payload: Mapping[str, Any], *, who: str | None
) -> Written:
    """Write the ZIP under a name of its own, log it with its hash, then give it its name: no export goes unlogged."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as opened:
            write_zip(opened, members)
            opened.flush()
            os.fsync(opened.fileno())
            opened.seek(0)
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
            size = opened.tell()
        said = {key: value for key, value in payload.items() if value is not None}
        case.log.append("exported", said | {"file": out.name, "sha256 of the export": sha256, "bytes": size}, who=who)
        partial.replace(out)
        sync_folder(out.parent)
    finally:
        partial.unlink(missing_ok=True)
    return Written(sha256=sha256, bytes=size, files=len(members))


def write_zip(out: BinaryIO, members: Mapping[str, Source]) -> None:
    """Write members sorted by name, stored as they are, without times: bytes that depend on nothing else.

    Stored, not deflated: zlib's output differs between versions, and a flipped byte is one in the file it is in.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr, info.compress_type = 3, _REGULAR, zipfile.ZIP_STORED
            data = members[name]
            if isinstance(data, bytes):
                archive.writestr(info, data)
                continue
            with data() as source, archive.open(info, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _CHUNK)


def _opener(tree: Tree, name: str, sha256: str) -> Source:
    return lambda: _Checked(tree.open(name), sha256, name)


class _Checked(io.RawIOBase):
    """A file that is read once, from start to end, and must have the hash it had when it was looked at."""

    def __init__(self, opened: BinaryIO, sha256: str, name: str) -> None:
        self._opened, self._sha256, self._name = opened, sha256, name
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        self._digest.update(data)
        if not data and len(buffer) and self._digest.hexdigest() != self._sha256:
            raise CustodyError(f"{self._name}: it was changed meanwhile; run the same command again")
        return len(data)

    def close(self) -> None:
        self._opened.close()
        super().close()


def import_bundle(bundle: Path, root: Path, *, who: str | None = None, clock: Clock = now) -> tuple[Case, Verified]:
    """Make a case of a bundle, byte for byte, and log where it came from; nothing is there before all of it is.

    Raises CustodyError when the bundle is not whole or the folder is in use; the folder is then not made.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CustodyError(f"{root}: there is something already; name a new folder")
    with tree_of(bundle) as tree:
        looked = look(tree, bundle)
        result = looked.verified
        _refuse_unless_whole(bundle, result)
        payload: dict[str, Any] = {"file": bundle.name, "head": result.head.hash, "entries": result.head.seq}
        if bundle.is_file():
            payload["sha256 of the bundle"] = _sha256(bundle)
        root.parent.mkdir(parents=True, exist_ok=True)
        making = root.with_name(f".{root.name}.{secrets.token_hex(4)}.importing")
        making.mkdir(mode=0o700)
        try:
            _unpack(tree, looked.digests, making)
            case = Case(making, clock=clock)
            for folder in (case.paths.private, case.paths.originals):
                folder.mkdir(mode=0o700, exist_ok=True)
            case.log.append("imported", payload, who=who)
            with suppress(FileNotFoundError):
                root.rmdir()
            making.rename(root)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    sync_folder(root.parent)
    return Case(root, clock=clock), result


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _refuse_unless_whole(bundle: Path, result: Verified) -> None:
    if result.kind == "redacted bundle":
        raise CustodyError(f"{bundle}: a redacted bundle has no originals; ask its author for the whole one")
    if wrong := result.wrong:
        raise CustodyError(
            f"{bundle}: not taken in, as it is not whole ({wrong[0].kind}: {wrong[0].item}: {wrong[0].why}); "
            f"`evenhand verify {bundle}` names all of it"
        )


def _unpack(tree: Tree, digests: Mapping[str, tuple[str, int]], folder: Path) -> None:
    """Every file but the manifest to the folder, as it was when it was looked at."""
    for name, (sha256, _) in digests.items():
        if name in (manifest.MANIFEST, manifest.DIGEST):
            continue
        if problem := name_problem(name):
            raise CustodyError(f"{name}: {problem}")
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = 0o400 if name.startswith("originals/") else 0o600
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with _Checked(tree.open(name), sha256, name) as source, os.fdopen(handle, "wb") as target:
            shutil.copyfileobj(source, target, _CHUNK)
            target.flush()
            os.fsync(target.fileno())
