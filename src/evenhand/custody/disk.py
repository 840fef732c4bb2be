"""Files written whole or not at all, and there after a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, *, mode: int = 0o600, wait: bool = True) -> None:
    """Write `data` to `path`: after a crash at any moment the old bytes stand there or the new ones.

    Without `wait` that holds for a killed process; a power cut may leave an empty file.
    """
    partial = path.with_name(f".{path.name}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        write_all(handle, data)
        if wait:
            os.fsync(handle)
    finally:
        os.close(handle)
    partial.replace(path)
    if wait:
        sync_folder(path.parent)


def write_all(handle: int, data: bytes) -> None:
    """`os.write` until all is written: a nearly full disk takes a part and says so only at the next call."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut; systems that cannot open folders need no such call."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
