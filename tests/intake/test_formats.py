import bz2
import gzip
import lzma

import pytest

from tests.intake.desk import BODY, received


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"), (b"\0" * 500, "no text"), (b" \r\n\t ", "no text"), (b"\xef\xbb\xbf", "no text"),
        (b"%PDF-1.7\n...", "PDF"), (b"PK\x03\x04abc", "ZIP"), (b"PK\x05\x06" + b"\0" * 18, "empty"),
        (b"{\\rtf1 }", "no text"), (gzip.compress(b"x", mtime=0)[:-4], "gzip"), (bz2.compress(b"x")[:-4], "bzip2"),
        (lzma.compress(b"x")[:-4], "xz"), (b"\x1f\x8b\x08zzz", "gzip"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        (b"WARC/1.0\r\n", "web archive"), (b"\x7fELF\x02\x01\x01" + b"\0\x01\x02" * 40, "binary"),
        (b"From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n\r\n", "mail"),
        (b"<?xml version='1.0'?><rss></rss>", "feed"), (b"<feed xmlns='x'></feed>", "feed"),
        (b"<?xml version='1.0'?><newsItem/>", "no text"), (b"<?xml version='1.0'?><svg/>", "XML"),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "XML"),
    ],
)  # fmt: skip
def test_what_is_not_read_says_what_it_is_and_what_to_do(data, what):
    (only,) = received(data, "report.txt")
    assert what in only.unread.why
    assert only.unread.cure
    assert only.report.text == ""
    assert len(only.report.original.sha256) == 64


def test_the_name_does_not_matter():
    (page,) = received(f"<html><body><article><p>{BODY}</p></article></body></html>", "report.pdf")
    assert "At least ten people" in page.report.text
    assert "<" not in page.report.text
    (text,) = received(BODY, "report.html")
    assert text.report.text == BODY
    (bracket,) = received("[Reuters] said so." + BODY, "report.json")
    assert bracket.unread is None
