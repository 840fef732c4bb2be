"""What kind of file the bytes are, told by the bytes and not by the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evenhand.intake.encoding import decode_wide
from evenhand.model.report import Unread

Kind = Literal[
    "text", "page", "json", "pdf", "rtf", "zip", "tar", "gzip", "bzip2", "xz", "warc", "mail", "feed", "newsml"
]

# First bytes → the kind that is read. Sources: each format's specification; `file(1)`'s magic agrees.
_READ: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
)
# First bytes → what it is and what to do.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as plain text"),
    (b"(\xb5/\xfd", "a zstd file", "unpack it with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "type the text in the picture into a .txt file"),
    (b"\xff\xd8\xff", "a JPEG picture", "type the text in the picture into a .txt file"),
    (b"GIF8", "a GIF picture", "type the text in the picture into a .txt file"),
    (b"SQLite format 3\x00", "an SQLite database", "export its articles as CSV"),
    (b"bplist00", "a binary property list", "save the page as HTML"),
)
_MAIL = re.compile(
    rb"\A(?:[!-9;-~]{1,60}:[^\n]{0,1000}\n|[ \t][^\n]{0,1000}\n){0,60}?"
    rb"(?:MIME-Version|Message-ID|Received|Return-Path|Snapshot-Content-Location):",
    re.I,
)
_HTML = re.compile(
    rb"\A\s{0,100}(?:<\?xml[^>]{0,200}\?>\s{0,100})?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s{0,100}){0,5}"
    rb"<(?:!doctype\s{1,10}html|html|head|body|article|div|p|meta|title|h1|main|section|span|table)\b",
    re.I | re.S,
)
_XML = re.compile(
    rb"\A\s{0,100}<(?:\?xml|!--|(?:!DOCTYPE|!ENTITY|rss|feed|rdf:RDF|newsItem|newsMessage|nitf|svg)\b)", re.I
)
# Blanks are taken possessively: shared out between repetitions they could be tried in endless ways.
_ROOT = re.compile(
    rb"\A\s*+(?:(?:<\?[^>]{0,1000}>|<!--(?:[^-]|-(?!->)){0,2000}-->)\s*+){0,20}<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})"
)
_ROOTS: dict[bytes, Kind] = {
    b"rss": "feed", b"feed": "feed", b"RDF": "feed", b"entry": "feed", b"newsItem": "newsml", b"newsMessage": "newsml",
    b"packageItem": "newsml",
}  # fmt: skip
_START = 4096


@dataclass(frozen=True, slots=True)
class Recognised:
    """The kind of file, or why it cannot be read."""

    kind: Kind | None = None
    unread: Unread | None = None


def recognise(data: bytes) -> Recognised:
    """What kind of file `data` is; plain text where nothing else shows. Tables are told later, by their text."""
    if not data.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        why = "the file is empty" if not data else "the file holds no text, only blanks or NUL bytes"
        return Recognised(unread=Unread(why=why, cure="check how it was saved, and save it again"))
    for start, kind in _READ:
        if data.startswith(start):
            return Recognised(kind)
    for start, what, cure in _SIGNATURES:
        if data.startswith(start):
            return _not_yet(what, cure)
    return Recognised("tar") if data[257:262] == b"ustar" else _by_first_words(data)


def _by_first_words(data: bytes) -> Recognised:
    head = _narrow(data[:_START])
    if _MAIL.match(head):
        return Recognised("mail")
    if _HTML.match(head):
        return Recognised("page")
    if _XML.match(head):
        root = _ROOT.match(head)
        if root and root[1] in _ROOTS:
            return Recognised(_ROOTS[root[1]])
        return _not_yet("an XML file of another kind", "save the article as HTML or plain text")
    if _is_binary(data):
        return _not_yet("a binary file of an unknown kind", "save the report as plain text or HTML")
    if head.lstrip()[:1] in (b"{", b"["):
        return Recognised("json")
    return Recognised("text")


def _not_yet(what: str, cure: str) -> Recognised:
    return Recognised(unread=Unread(why=f"this is {what}, which evenhand does not read", cure=cure))


def _narrow(head: bytes) -> bytes:
    """The beginning as bytes of ASCII, whatever its width, so that one set of patterns serves."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace").encode("ascii", "replace")
    if wide := decode_wide(head):
        return wide.text.encode("ascii", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


_CONTROLS = bytes(code for code in range(32) if code not in (7, 8, 9, 10, 11, 12, 13, 26, 27))


def _is_binary(data: bytes) -> bool:
    """More than one byte in fifty is a control that text does not have (UTF-16 aside)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or decode_wide(data[:_START]):
        return False
    sample = data[:65_536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 50
