"""Paths to originals: files, folders and standard input, one at a time."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from evenhand.intake.encoding import clean
from evenhand.intake.meta import META_NAMES
from evenhand.intake.settings import MAX_BYTES
from evenhand.model.evidence import content_id
from evenhand.model.report import Original, OriginalRef, Received, Report, Unread

STDIN = "-"
CASE_FILES = ".toml"  # a case file beside the reports says how they are read; nobody prints news in TOML


def originals(paths: Sequence[str], *, stdin: BinaryIO, max_bytes: int = MAX_BYTES) -> Iterator[Original | Received]:
    """The originals under the paths, in order, read when asked for; `-` is standard input.

    Folders are walked in sorted order without hidden files, folders that evenhand wrote, `meta.csv|json` and
    case files (`*.toml`).
    What is missing, unreadable, no file, over `max_bytes` or a link out of its folder comes as a `Received`
    with `unread`; nothing is raised.
    """
    for path in paths:
        if path == STDIN:
            yield _from_stdin(stdin, max_bytes)
            continue
        root = Path(path)
        if path and _is_folder(root):
            yield from _from_folder(root, max_bytes)
        else:
            yield _from_file(root, root.name or path, max_bytes) if path else _refused("", "", "no path", "name a file")


def _from_stdin(stdin: BinaryIO, max_bytes: int) -> Original | Received:
    try:
        data = stdin.read(max_bytes + 1)
    except (OSError, ValueError) as problem:
        return _refused(STDIN, STDIN, f"standard input cannot be read ({problem})", "pipe the report in again")
    if len(data) > max_bytes:
        return _too_large(STDIN, STDIN, max_bytes)
    return Original(path=STDIN, file=STDIN, data=data)


def _from_folder(root: Path, max_bytes: int) -> Iterator[Original | Received]:
    if _is_ours(root):
        yield _refused(
            root.name, str(root), "the folder was written by evenhand", "name the folder that holds the reports"
        )
        return
    found = False
    for path, problem in _walk(root):
        found = True
        file = path.relative_to(root).as_posix()
        if problem is not None:
            cure = "name the folder it leads to" if path.is_symlink() else "check the rights of the folder"
            yield _refused(file, str(path), problem, f"{cure}, or leave it out")
        elif path.is_symlink() and not _leads_somewhere(path):
            yield _refused(file, str(path), "a link that leads nowhere", "take it out, or save the file itself here")
        elif path.is_symlink() and not _stays_in(root, path):
            yield _refused(file, str(path), "a link that leads out of the folder", "name the file it leads to")
        else:
            yield _from_file(path, file, max_bytes, typed=False)
    if not found:
        yield _refused(root.name, str(root), "the folder holds no files", "check the path")


def _walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Files below `folder` in sorted order, or a folder that cannot be listed with the reason."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as problem:
            yield current, f"the folder cannot be listed ({problem.strerror})"
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = current / entry.name
            if entry.is_dir(follow_symlinks=False):
                if not _is_ours(path):
                    below.append(path)
            elif entry.is_symlink() and _is_folder(path):
                yield path, "a link to a folder; links are not followed"
            elif entry.name.lower() not in META_NAMES and not entry.name.lower().endswith(CASE_FILES):
                yield path, None
        waiting.extend(reversed(below))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a link to itself, a folder nobody may enter, a NUL in the name
        return False


def _is_ours(folder: Path) -> bool:
    """Whether `assess` wrote this folder (ledger, section 2)."""
    ledger = folder / "ledger"
    try:
        return (ledger / "manifest.json").is_file() or (ledger.is_dir() and (folder / "originals").is_dir())
    except OSError:
        return False


def _leads_somewhere(link: Path) -> bool:
    try:
        link.resolve(strict=True)
    except FileNotFoundError:
        return False
    except (OSError, RuntimeError) as problem:  # a link to itself is a RuntimeError up to Python 3.12
        return getattr(problem, "errno", errno.ELOOP) != errno.ELOOP
    return True


def _stays_in(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _from_file(path: Path, file: str, max_bytes: int, *, typed: bool = True) -> Original | Received:
    """The file's bytes; a pipe only where the user typed it (`<(command)`), never a device."""
    shown, file = clean(str(path)), clean(file)  # names whose bytes are no UTF-8 can be written, too
    try:
        flags = os.O_RDONLY if typed else os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags), "rb") as opened:
            state = os.fstat(opened.fileno())
            if not (stat.S_ISREG(state.st_mode) or (typed and stat.S_ISFIFO(state.st_mode))):
                return _refused(file, shown, "this is not a file", "name a file, a folder or -")
            if state.st_size > max_bytes:
                return _too_large(file, shown, max_bytes)
            data = opened.read(max_bytes + 1)
    except FileNotFoundError:
        return _refused(file, shown, "there is no such file", "check the path")
    except PermissionError:
        return _refused(file, shown, "the file may not be read", "change its rights or ask its owner")
    except OSError as problem:
        cure = "close other programs and run again" if problem.errno == errno.EMFILE else "check the disk and path"
        return _refused(file, shown, f"the file cannot be read ({problem.strerror})", cure)
    except (ValueError, MemoryError) as problem:
        return _refused(file, shown, f"the file cannot be read ({problem or 'no memory'})", "check the path")
    return _too_large(file, shown, max_bytes) if len(data) > max_bytes else Original(path=shown, file=file, data=data)


def _too_large(file: str, path: str, max_bytes: int) -> Received:
    why = f"the file is larger than {max_bytes // (1024 * 1024)} MiB"
    return _refused(file, path, why, "split it, or keep only the reports in it")


def _refused(file: str, path: str, why: str, cure: str) -> Received:
    """A report of which there are no bytes: its hash is empty and its id comes from the path."""
    report = Report(id=content_id("report", "", path), original=OriginalRef(sha256=""), file=clean(file))
    return Received(report=report, unread=Unread(why=why, cure=cure))
