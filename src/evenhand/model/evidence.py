"""Spans, content ids and the one way records become bytes."""

import hashlib
from typing import Any

import msgspec

Span = tuple[int, int]
"""Half-open `(start, end)` in Unicode code points; `text[start:end]` is exactly the span."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every record: frozen, compared by value, written field by field in declared order."""


def content_id(kind: str, *parts: str | None) -> str:
    """An id that is the content: `kind` and parts, NUL-free framed, SHA-256, first 16 hex digits.

    64 bits: two of a million records collide with a chance of about 3 in 10⁸.
    """
    digest = hashlib.sha256(kind.encode())
    for part in parts:
        framed = b"-" if part is None else b"+" + part.encode("utf-8", "surrogatepass")
        digest.update(len(framed).to_bytes(8, "big") + framed)
    return digest.hexdigest()[:16]


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def to_json(record: Any) -> bytes:
    """A record as one line of UTF-8 JSON, fields in declared order: the same record, the same bytes."""
    return msgspec.json.encode(record)


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share at least one code point."""
    return a[0] < b[1] and b[0] < a[1]


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies wholly within `outer`."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def holds(segments: tuple[Span, ...], inner: Span) -> bool:
    """Whether one of the segments holds `inner` wholly."""
    return any(contains(segment, inner) for segment in segments)
