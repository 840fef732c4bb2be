r"""A log entry and its bytes: what is hashed is what is written, so that `sed` and `sha256sum` can repeat it.

A line is `{"seq":…,"at":…,"who":…,"what":…,"payload":{…},"salt":…,"prev":…,"hash":…}` in UTF-8: these members in this
order, the keys inside the payload sorted by code points, no blanks between, only `"`, `\` and controls escaped. `hash`
is the SHA-256 of the line's bytes without `,"hash":"…"`, that is, of `{"seq":…,…,"prev":…}`. `prev` is the hash of the
entry before, 64 zeros for the first. `salt` is 128 random bits: whoever is shown an entry's hash but not the entry
(a redacted export) cannot find out its words by trying names.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from evenhand.model.evidence import Record, sha256_hex

GENESIS = "0" * 64
_END = re.compile(rb',"hash":"([0-9a-f]{64})"\}$')
_PAYLOAD = msgspec.json.Encoder(order="sorted")


class Entry(Record, frozen=True, kw_only=True):
    """One thing done: `at` in UTC (ISO, to the second), `who` a person as named, `what` in a word or two."""

    seq: int
    at: str
    who: str
    what: str
    payload: dict[str, Any]
    salt: str
    prev: str
    hash: str


class _Body(Record, frozen=True, kw_only=True):
    """An entry before it has its hash, in the order in which it is written."""

    seq: int
    at: str
    who: str
    what: str
    payload: msgspec.Raw
    salt: str
    prev: str


_ENTRY = msgspec.json.Decoder(Entry)


class AlteredEntryError(ValueError):
    """The line is no entry, or not the one that its hash names; the message says which."""


def seal(
    *, seq: int, at: str, who: str, what: str, payload: dict[str, Any], salt: str, prev: str
) -> tuple[Entry, bytes]:
    """The entry with its hash, and its line with the newline."""
    body = _body(seq, at, _writable(who), what, _writable(payload), salt, prev)
    line = body[:-1] + f',"hash":"{sha256_hex(body)}"}}'.encode()
    return _ENTRY.decode(line), line + b"\n"


def hashed(entry: Entry) -> bytes:
    """The bytes that the entry's hash is taken of."""
    return _body(entry.seq, entry.at, entry.who, entry.what, entry.payload, entry.salt, entry.prev)


def _body(seq: int, at: str, who: str, what: str, payload: dict[str, Any], salt: str, prev: str) -> bytes:
    raw = msgspec.Raw(_PAYLOAD.encode(payload))
    return msgspec.json.encode(_Body(seq=seq, at=at, who=who, what=what, payload=raw, salt=salt, prev=prev))


def unseal(line: bytes) -> Entry:
    """The entry of a line without its newline. Raises AlteredEntryError when it is not the one its hash names."""
    end = _END.search(line)
    try:
        entry = _ENTRY.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise AlteredEntryError(f"is no entry ({problem})") from problem
    if end is None or end[1].decode() != entry.hash:
        raise AlteredEntryError("does not end with its hash")
    if sha256_hex(line[: end.start()] + b"}") != entry.hash:
        raise AlteredEntryError("was altered: its words do not have its hash")
    return entry


def _writable(value: Any) -> Any:
    """The value with half characters (from file names that are no UTF-8) replaced, as UTF-8 cannot hold them."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_writable(str(key)): _writable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(inner) for inner in value]
    return value
