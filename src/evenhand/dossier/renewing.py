"""Pages that would come out as they are are not made again: what each was made of is kept beside its size and time.

A case of 100,000 reports has some 300,000 pages; a step that adds a thousand changes a few thousand of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from evenhand.model.evidence import Record, to_json
from evenhand.model.incident import CopyPair, Incident


class Kept(Record, frozen=True, array_like=True, kw_only=True):
    """A page as it was written: a digest of what it was made of, bytes, time of change (ns), SHA-256 in hex."""

    made_of: bytes
    size: int
    changed: int
    sha256: str


@dataclass(slots=True)
class Renewal:
    """Which pages under `out` stand as they are. `before`: what `dump` gave last time."""

    out: Path
    before: Mapping[str, Kept] = field(default_factory=dict)
    now: dict[str, Kept] = field(default_factory=dict)

    @classmethod
    def of(cls, out: Path, data: bytes | None) -> Renewal:
        """Takes up what `dump` gave; anything else counts as nothing known."""
        try:
            return cls(out, msgspec.msgpack.decode(data, type=dict[str, Kept]) if data else {})
        except msgspec.DecodeError:
            return cls(out)

    def stands(self, path: str, made_of: bytes) -> bool:
        """Whether the page was made of the same and nobody touched it since."""
        kept = self.before.get(path)
        if not made_of or kept is None or kept.made_of != made_of:
            return False
        try:
            about = (self.out / path).stat()
        except OSError:
            return False
        if (about.st_size, about.st_mtime_ns) != (kept.size, kept.changed):
            return False
        self.now[path] = kept
        return True

    def wrote(self, path: str, made_of: bytes, text: str) -> None:
        """Note a page that has just been written."""
        about = (self.out / path).stat()
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.now[path] = Kept(made_of=made_of, size=about.st_size, changed=about.st_mtime_ns, sha256=digest)

    def dump(self) -> bytes:
        """What is known now, as bytes."""
        return msgspec.msgpack.encode(self.now)


@dataclass(slots=True)
class Makings:
    """Digests of what pages are made of; `base`: what goes into every page, `reading`: the digest of a report's."""

    base: bytes
    reading: Callable[[str], bytes]
    pairs: Mapping[str, Sequence[CopyPair]]
    _pairs: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def incident(self, incident: Incident, *more: object) -> bytes:
        """An incident's page: the record, the readings and pairs of its reports and of their copies."""
        return self._digest([to_json(incident), *self._around(reports_of(incident))], more)

    def report(self, report: str, *more: object) -> bytes:
        """A report's page: its reading, the pairs it stands in and the readings of the others."""
        return self._digest(self._around({report}), more)

    def copy(self, pair: CopyPair) -> bytes:
        """The page of two reports side by side."""
        return self._digest([self._pair(pair), self.reading(pair.first), self.reading(pair.second)], ())

    def _around(self, reports: Iterable[str]) -> list[bytes]:
        own = sorted(reports)
        pairs = {(pair.first, pair.second): pair for report in own for pair in self.pairs.get(report, ())}
        there = sorted({*own, *(end for key in pairs for end in key)})
        return [*(self._pair(pairs[key]) for key in sorted(pairs)), *map(self.reading, there)]

    def _pair(self, pair: CopyPair) -> bytes:
        key = pair.first, pair.second
        if key not in self._pairs:
            self._pairs[key] = digest(to_json(pair))
        return self._pairs[key]

    def _digest(self, parts: list[bytes], more: Iterable[object]) -> bytes:
        return digest(b"\0".join((self.base, *parts, repr(more).encode("utf-8", "surrogatepass"))))


def reports_of(incident: Incident) -> set[str]:
    """The reports whose readings an incident's page shows: its own and those of its copy groups."""
    return {*incident.reports, *(report for group in incident.copies for report in group.reports)}


def base_of(*settings: object) -> bytes:
    """What every page depends on: the code and templates of this package, and these settings."""
    return digest(b"\0".join((_own_code(), *(repr(one).encode("utf-8", "surrogatepass") for one in settings))))


def digest(data: bytes) -> bytes:
    """128 bits that stand for these bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


@cache
def _own_code() -> bytes:
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest(b"".join(path.name.encode() + digest(path.read_bytes()) for path in files))
