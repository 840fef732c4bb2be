"""Bytes to text: which encoding a file is in, decided by its bytes.

Decoding never fails and never repairs: line ends, odd quotes and controls stay as they are, only a byte order
mark is left out. Bytes that mean nothing in the encoding, and lone surrogates, which no JSON can hold, become
U+FFFD; `replaced` counts them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of one byte a character that text still comes in, for the scripts news is written in.
_ONE_BYTE = [
    "cp1252", "cp1251", "koi8_r", "koi8_u", "cp1256", "cp1250", "cp1254", "cp1253", "cp1255",
    "iso8859_5", "iso8859_6", "cp866",
]  # fmt: skip
_WESTERN = frozenset(("cp1250", "cp1252", "cp1254", "cp1257", "latin_1", "iso8859_15"))
_SAMPLE = 65_536
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_FEW_HIGH = 0.08
_TORN_SHARE = 0.1
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in (Python's name) and how many characters stand as U+FFFD for want of meaning."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`. Order: byte order mark, UTF-16, UTF-8, `declared` (a page's own word), likelihood."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], marked)
    if wide := _nul_halves(data):
        return _with(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _with(data, _known(declared) or _most_likely(data))


def decode_wide(data: bytes) -> Decoded | None:
    """The text where every other byte of the beginning is NUL (UTF-16 without a mark), else None."""
    name = _nul_halves(data)
    return _with(data, name) if name else None


def clean(text: str) -> str:
    """`text` with lone surrogates as U+FFFD, since no UTF-8 can hold them."""
    return _SURROGATE.sub("�", text)


def _with(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    own = data.count("�".encode(name, "ignore")) if name.startswith("utf") else 0
    return Decoded(text, name, max(0, text.count("�") - own))


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return None
    if not found._is_text_encoding or "escape" in found.name or found.name in ("idna", "punycode", "undefined"):
        return None
    # What pages call Latin-1 is windows-1252 (WHATWG Encoding Standard, section 4.2).
    return "cp1252" if found.name in ("iso8859-1", "ascii", "utf-8") else found.name


def _nul_halves(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    nul_even, nul_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if nul_odd > 0.3 and nul_even < 0.05:
        return "utf-16-le"
    if nul_even > 0.3 and nul_odd < 0.05:
        return "utf-16-be"
    # Other scripts have no NULs: their high bytes are few and alternate (Cyrillic 04, Arabic 06).
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        scripts = sum(high.count(code) for code in (0x04, 0x05, 0x06, 0x00))
        if scripts / len(high) > 0.9 and low.count(0) / len(low) < 0.05 and high.count(0) / len(high) > 0.05:
            return name
    return None


def _most_likely(data: bytes) -> str:
    first = _HIGH.search(data)
    if first is None:
        return "cp1252"
    start = max(0, first.start() - 1024)
    sample = data[start : start + _SAMPLE]
    if _torn_utf8(sample):
        return "utf-8"
    high = sample.translate(None, _ASCII)
    if len(high) / len(sample) < _FEW_HIGH:
        return _western(data)
    best = from_bytes(sample, cp_isolation=_ONE_BYTE, enable_fallback=False).best()
    return _western(data) if best is None or best.encoding in _WESTERN else best.encoding


def _torn_utf8(sample: bytes) -> bool:
    """Whether the sample is UTF-8 with damage: most multi-byte sequences are whole."""
    text = sample.decode("utf-8", "replace")
    whole = sum(1 for char in text if char > "\x7f" and char != "�")
    return whole > 0 and text.count("�") <= max(3, whole * _TORN_SHARE)


def _western(data: bytes) -> str:
    """windows-1252; Latin-1 where bytes have no meaning there or 0x85 is the only line end (NEL)."""
    controls = {byte for code in range(0x80, 0xA0) if (byte := bytes([code])) in data}
    if controls == {b"\x85"} and b"\n" not in data and b"\r" not in data:
        return "latin_1"
    undefined = controls & {b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"}
    return "latin_1" if undefined else "cp1252"
