"""ZIP, TAR and compressed files: their members, read in memory one at a time, never unpacked to disk.

A member that is dangerous or cannot be read is refused with the reason; the others go on. Bounds hold for the whole
original, whatever is nested in it.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Member, refused
from evenhand.intake.confined import take
from evenhand.intake.encoding import clean
from evenhand.intake.settings import MAX_BYTES

MAX_MEMBERS = 10_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 100
MAX_NESTING = 4
# Whatever a damaged archive does to the library.
ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError, ValueError,
    RuntimeError, IndexError, KeyError, AttributeError, TypeError,
)  # fmt: skip
_FREE = 1024 * 1024  # a small file may shrink to nothing
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_JUNK = re.compile(r"(?:\A|/)(?:__MACOSX/|\.DS_Store\Z|Thumbs\.db\Z|desktop\.ini\Z)")


@dataclass(slots=True)
class Budget:
    """What an original may still unpack: bytes and members, counted over all its archives."""

    unpacked: int = 0
    members: int = 0

    def spend(self, size: int) -> None:
        """Raises UnreadableError where the original unpacks to more than it may."""
        self.unpacked += size
        self.members += 1
        if self.unpacked > MAX_UNPACKED:
            why = f"the archive unpacks to more than {MAX_UNPACKED // (1024 * 1024)} MiB"
            raise UnreadableError(f"{why}; what follows is not read", "unpack it and give the files you need")
        if self.members > MAX_MEMBERS:
            raise UnreadableError(
                f"the archive holds more than {MAX_MEMBERS} files; the others are not read", "split the archive"
            )


@dataclass(slots=True)
class Names:
    """The names an archive has used, so that a second member of a name, in whatever case, is told."""

    seen: dict[str, str] = field(default_factory=dict)

    def problem(self, name: str) -> tuple[str, str] | None:
        """Why a member of this name is refused, and the cure; None for a good name."""
        plain = name.replace("\\", "/")
        if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/"):
            return "the member's name leads out of the archive", "pack it again with plain names"
        if _CONTROLS.search(name) or not name.strip():
            return "the member's name holds controls", "pack it again with plain names"
        key = unicodedata.normalize("NFC", plain).casefold()
        other = self.seen.setdefault(key, name)
        if other is not name:
            clash = "the same name" if other == name else f"the name {other!r} but for its case"
            return f"an earlier member has {clash}", "give each member a name of its own"
        return None


def zip_members(data: bytes, budget: Budget) -> Iterator[Member | Article]:
    """The files in a ZIP archive. Raises UnreadableError where the bytes are none, or unpack to too much."""
    archive = open_zip(data)
    names = Names()
    with archive:
        empty = True
        for info in archive.infolist():
            name = clean(info.orig_filename if "\0" in info.orig_filename else info.filename)
            if info.is_dir() or _JUNK.search(name):
                continue
            empty = False
            yield _zip_member(archive, info, name, names, budget)
    if empty:
        yield refused("the archive is empty", "check how it was made")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive's table of contents. Raises UnreadableError where the bytes are none, or list too much."""
    if data.count(b"PK\x01\x02") > MAX_MEMBERS * 2:
        raise UnreadableError(f"the archive holds more than {MAX_MEMBERS} files", "split the archive")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_DAMAGE as problem:
        raise UnreadableError("the ZIP archive is damaged", "pack it again") from problem


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, names: Names, budget: Budget
) -> Member | Article:
    found = names.problem(name)
    mode = info.external_attr >> 16 & 0xF000
    if found is None and mode not in (0, 0x8000):
        kind = "a link" if mode == 0xA000 else "a device or a pipe"
        found = f"the member is {kind}, not a file", "put the file itself in"
    if found is None and info.flag_bits & 1:
        found = "the member is locked with a password", "unpack it and give the file"
    if found is None:
        found = too_dense(info.file_size, info.compress_size)
    if found is not None:
        return refused(*found, _locator(name), name)
    try:
        with archive.open(info) as opened:
            data = opened.read(MAX_BYTES + 1)
    except ZIP_DAMAGE:
        return refused("the member is damaged or lies about its size", "pack it again", _locator(name), name)
    budget.spend(len(data))
    return Member(name=name, data=data)


def too_dense(size: int, packed: int) -> tuple[str, str] | None:
    """Why a member of these sizes is refused, and the cure; None for a good one."""
    if size > MAX_BYTES:
        return f"the member is larger than {MAX_BYTES // (1024 * 1024)} MiB", "split it"
    if size > _FREE and size > MAX_RATIO * max(packed, 1):
        return f"the member swells more than {MAX_RATIO} times when unpacked", "unpack it and look at it with care"
    return None


def tar_members(data: bytes, budget: Budget) -> Iterator[Member | Article]:
    """The files in a TAR archive. Raises UnreadableError where the bytes are none, or hold too much."""
    names = Names()
    taken = take("tar", data)
    for entry in taken.members:
        start, end = map(int, entry.data.decode("ascii").split(":"))
        found = names.problem(entry.name) or too_dense(end - start, end - start)
        if found is None and not 0 <= start <= end <= len(data):
            found = "the member is damaged or lies about its size", "pack it again"
        if found is not None:
            yield refused(*found, _locator(entry.name), entry.name)
            continue
        budget.spend(end - start)
        yield Member(name=entry.name, data=data[start:end])
    yield from taken.articles
    if not taken.members and not taken.articles:
        yield refused("the archive is empty", "check how it was made")


def gunzip(data: bytes, most: int) -> bytes:
    """A gzip file unpacked, all its members. Raises UnreadableError for damage and for more than `most` bytes."""
    out: list[bytes] = []
    size = 0
    view = memoryview(data)
    while view.nbytes:
        unpacking = zlib.decompressobj(31)
        try:
            part = unpacking.decompress(view, most - size + 1)
        except zlib.error as problem:
            if out and not bytes(view[:64]).strip(b"\0"):
                break  # padding behind the last member
            raise UnreadableError("the gzip file is damaged", "pack it again") from problem
        size += len(part)
        out.append(part)
        if size > most:
            raise _swells(most)
        if not unpacking.eof:
            raise UnreadableError("the gzip file is cut off", "get it again")
        view = view[view.nbytes - len(unpacking.unused_data) :]
        if len(out) > 2_000_000:
            raise UnreadableError("the gzip file has too many parts", "pack it again")
    return b"".join(out)


def beginning(data: bytes) -> bytes:
    """The first bytes of what a gzip file holds. Raises UnreadableError where it does not unpack."""
    try:
        return zlib.decompressobj(31).decompress(data[:4096], 64)
    except zlib.error as problem:
        raise UnreadableError("the gzip file is damaged", "pack it again") from problem


def decompress(data: bytes, kind: str, budget: Budget) -> bytes:
    """A gzip, bzip2 or xz file unpacked. Raises UnreadableError for damage, bombs and too much."""
    most = min(MAX_BYTES, max(_FREE, MAX_RATIO * len(data)))
    if kind == "gzip":
        out = gunzip(data, most)
    else:
        make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]
        make = bz2.BZ2Decompressor if kind == "bzip2" else lambda: lzma.LZMADecompressor(memlimit=128 * 1024 * 1024)
        unpacking = make()
        try:
            out = unpacking.decompress(data, most + 1)
        except (OSError, ValueError, EOFError, lzma.LZMAError, MemoryError) as problem:
            raise UnreadableError(f"the {kind} file is damaged", "pack it again") from problem
        if len(out) > most:
            raise _swells(most)
        if not unpacking.eof:
            raise UnreadableError(f"the {kind} file is cut off", "get it again")
    budget.spend(len(out))
    return out


def gzip_name(data: bytes) -> str | None:
    """The name that a gzip file says its content had (RFC 1952)."""
    if len(data) < 12 or not data[3] & 8 or data[3] & 4:
        return None
    name = data[10 : data.find(b"\0", 10, 600)]
    return clean(name.decode("latin-1")).rpartition("/")[2] or None


def _swells(most: int) -> UnreadableError:
    return UnreadableError(
        f"the file unpacks to more than {most // (1024 * 1024)} MiB or {MAX_RATIO} times its size",
        "unpack it and look at it with care",
    )


def _locator(name: str) -> str:
    return f"member {name}"
