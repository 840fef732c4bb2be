"""Is a log as it was written? Every entry has its hash, none is missing, none stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from evenhand.custody.entries import GENESIS, AlteredEntryError, Entry, unseal
from evenhand.custody.log import Head
from evenhand.custody.tree import Finding
from evenhand.model.evidence import Record


class _Numbered(msgspec.Struct):
    seq: int


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


class _Link(msgspec.Struct):
    seq: int
    prev: str
    hash: str


def check_links(data: bytes, head: Head) -> Iterator[Finding]:
    """Check a redacted log: each entry follows the one before, up to the head; their words cannot be checked."""
    prev, number = GENESIS, 0
    for number, line in enumerate(data.splitlines(), 1):
        try:
            link = msgspec.json.decode(line, type=_Link)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            yield Finding(kind="altered", item=f"log entry {number}", why=f"line {number} is no entry ({problem})")
            return
        if (link.seq, link.prev) != (number, prev):
            yield Finding(kind="altered", item=f"log entry {link.seq}", why="it does not follow the one before it")
            return
        prev = link.hash
    if (number, prev) != (head.seq, head.hash):
        yield Finding(kind="missing", item=f"log entry {head.seq}", why="the log does not reach the head")


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
