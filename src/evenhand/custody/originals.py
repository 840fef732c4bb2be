"""Originals: the bytes as they came, once, under their SHA-256, read-only."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evenhand.custody.disk import sync_folder, write_all
from evenhand.model.evidence import sha256_hex

_WRITERS = 8  # waiting for the disk at once
_STALE = 3600.0  # seconds after which a part of a file belongs to a process that was killed


class Originals:
    """The folder of originals; its files are written once and never opened for writing again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256; bytes that are there stay untouched.

        A crash leaves the whole original or none under its name. Raises OSError when the disk does not take it.
        """
        return self.keep_all([data])[0]

    def keep_all(self, several: Sequence[bytes]) -> list[str]:
        """`keep` of several, which wait for the disk together; it takes one journal entry for many."""
        names = [sha256_hex(data) for data in several]
        fresh = {name: data for name, data in zip(names, several, strict=True) if not self._holds(name, data)}
        if len(fresh) == 1:
            partials = [self._part(*fresh.values())]
        else:
            with ThreadPoolExecutor(_WRITERS) as pool:
                partials = list(pool.map(self._part, fresh.values()))
        for partial, name in zip(partials, fresh, strict=True):
            partial.replace(self.path(name))
        if fresh:
            sync_folder(self.folder)
        return names

    def _holds(self, name: str, data: bytes) -> bool:
        path = self.path(name)
        return path.exists() and path.stat().st_size == len(data)

    def _part(self, data: bytes) -> Path:
        """The bytes on the disk, under a name that is no original's."""
        partial = self.folder / f".{secrets.token_hex(8)}.partial"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        try:
            write_all(handle, data)
            os.fsync(handle)
        except OSError:
            partial.unlink()
            raise
        finally:
            os.close(handle)
        return partial

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are."""
        return self.folder / sha256

    def read(self, sha256: str) -> bytes | None:
        """The bytes of this hash; None when they are gone or are not those that were kept."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        return data if sha256_hex(data) == sha256 else None

    def erase(self, sha256: str) -> bool:
        """Take the bytes out for good; returns whether there were any."""
        try:
            self.path(sha256).unlink()
        except FileNotFoundError:
            return False
        sync_folder(self.folder)
        return True

    def sweep(self) -> None:
        """Take away parts of files that a killed process left; none is an original."""
        for partial in self.folder.glob(".*.partial"):
            try:
                if time.time() - partial.stat().st_mtime > _STALE:
                    partial.unlink()
            except FileNotFoundError:  # another process's, finished meanwhile
                continue
