"""The log: appended to, never rewritten; every entry names the one before by its hash."""

from __future__ import annotations

import getpass
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from evenhand.custody.disk import sync_folder, write_all, write_whole
from evenhand.custody.entries import GENESIS, AlteredEntryError, Entry, seal, unseal
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record, sha256_hex

Clock = Callable[[], datetime]

_WAIT = 60.0  # seconds for another process to end its append or its look


class Head(Record, frozen=True, kw_only=True):
    """The last entry: its number and its hash. Whoever noted it can tell a shortened or rewritten log."""

    seq: int
    hash: str


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def os_user() -> str:
    """The name under which the user works on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name, as in many containers
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


class Log:
    """An append-only file of entries, shared by processes through an advisory lock.

    Entries are read once and kept; each look reads what others have appended since. An entry that does not have
    its hash, or does not follow the one before, raises CustodyError: nothing is built on an altered log.
    """

    def __init__(self, path: Path, *, head: Path, aside: Path, lock: Path, clock: Clock = now) -> None:
        self.path = path
        self._head, self._aside, self._clock = head, aside, clock
        self._lock = FileLock(lock, timeout=_WAIT, mode=0o600)
        self._entries: list[Entry] = []
        self._read_to = 0

    def append(self, what: str, payload: dict[str, Any], *, who: str | None = None) -> Entry:
        """Append one entry; when this returns it outlasts a crash. `who` defaults to the user of this machine.

        Raises CustodyError when the log was altered or another process holds it for a minute; OSError when the
        disk does not take it (then the log is as it was).
        """
        return self.append_all([(what, payload)], who=who)[0]

    def append_all(self, acts: Sequence[tuple[str, dict[str, Any]]], *, who: str | None = None) -> list[Entry]:
        """`append` of several in one write: after a crash the first of them may be there, and the rest not."""
        with self.held():
            return self._append(acts, who or os_user())

    def entries(self, start: int = 0) -> tuple[Entry, ...]:
        """All entries, in order, or those from `start` (0: the first). Raises CustodyError when one was altered."""
        self._catch_up()
        return tuple(self._entries[start:])

    @property
    def head(self) -> Head:
        """The last entry's number and hash; number 0 and 64 zeros while there is none."""
        self._catch_up()
        last = self._entries[-1] if self._entries else None
        return Head(seq=last.seq, hash=last.hash) if last else Head(seq=0, hash=GENESIS)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else appends meanwhile: for looking and appending in one step. May be nested."""
        try:
            self._lock.acquire()
        except Timeout as problem:
            raise CustodyError(
                f"{self.path.parent}: another process has been writing to this case for {_WAIT:.0f} seconds; "
                "wait for its end and run the same command again"
            ) from problem
        try:
            if self._lock.lock_counter == 1:
                self._mend()
            yield
        finally:
            self._lock.release()

    def _append(self, acts: Sequence[tuple[str, dict[str, Any]]], who: str) -> list[Entry]:
        head = self.head
        at = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entries: list[Entry] = []
        data = b""
        for what, payload in acts:
            salt, prev = secrets.token_hex(16), entries[-1].hash if entries else head.hash
            number = head.seq + len(entries) + 1
            entry, line = seal(seq=number, at=at, who=who, what=what, payload=payload, salt=salt, prev=prev)
            entries.append(entry)
            data += line
        if entries:
            self._write(data)
            self._entries += entries
            self._read_to += len(data)
            last = Head(seq=entries[-1].seq, hash=entries[-1].hash)
            # not waited for: one that a power cut loses names an earlier entry, or none
            write_whole(self._head, msgspec.json.encode(last) + b"\n", wait=False)
        return entries

    def _write(self, data: bytes) -> None:
        fresh = not self.path.exists()
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            write_all(handle, data)
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, self._read_to)  # a full disk took a part of it
            raise
        finally:
            os.close(handle)
        if fresh:
            sync_folder(self.path.parent)

    def _catch_up(self) -> bytes:
        """Read what was appended since the last look; returns what stands after the last whole line."""
        if not self.path.exists():
            return b""
        with self.path.open("rb") as opened:
            opened.seek(self._read_to)
            *lines, rest = opened.read().split(b"\n")
        for line in lines:
            self._entries.append(self._checked(line))
            self._read_to += len(line) + 1
        return rest

    def _checked(self, line: bytes) -> Entry:
        last = self._entries[-1] if self._entries else None
        number = last.seq + 1 if last else 1
        advice = f"run `evenhand verify {self.path.parent}` to see what was changed; nothing was written"
        try:
            entry = unseal(line)
        except AlteredEntryError as problem:
            raise CustodyError(f"{self.path}: entry {number} {problem}; {advice}") from problem
        if entry.seq != number or entry.prev != (last.hash if last else GENESIS):
            raise CustodyError(f"{self.path}: entry {entry.seq} does not follow the one before it; {advice}")
        return entry

    def _mend(self) -> None:
        """After a kill in the middle of an append: a whole entry gets its newline, a torn one is set aside."""
        rest = self._catch_up()
        if not rest:
            return
        try:
            self._checked(rest)
        except CustodyError:
            pass
        else:
            with self.path.open("ab") as opened:
                opened.write(b"\n")
                opened.flush()
                os.fsync(opened.fileno())
            self._catch_up()
            return
        kept = self._aside / f"log-after-{self.head.seq}-{sha256_hex(rest)[:16]}.torn"
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(kept, rest)
        os.truncate(self.path, self._read_to)
        payload = {"file": f"{kept.parent.name}/{kept.name}", "bytes": len(rest), "sha256": sha256_hex(rest)}
        self._append([("torn line set aside", payload)], "evenhand")
