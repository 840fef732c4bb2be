"""A fetch as a WARC 1.1 file (ISO 28500): every request and answer with its headers, byte for byte."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from evenhand.intake.fetching import Answer


def write_warc(answers: Sequence[Answer], when: datetime, agent: str) -> bytes:
    """The gzip WARC of a fetch: a warcinfo record, then each answer (`response`) with its `request`.

    The answer's block is what the server sent, chunks and compression included; digests are SHA-1 in base 32, the
    form that every tool for web archives checks.
    """
    out = io.BytesIO()
    writer: Any = WARCWriter(out, gzip=True, warc_version="1.1")
    stamp = when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    info = {"software": agent, "format": "WARC File Format 1.1", "description": "one address, typed by a person"}
    record = writer.create_warcinfo_record(None, info)
    record.rec_headers.replace_header("WARC-Date", stamp)
    writer.write_record(record)
    for answer in answers:
        given = {"WARC-IP-Address": answer.hop.address, "WARC-Date": stamp}
        response = _record(writer, "response", answer.hop.url, answer.head, answer.coded, given)
        writer.write_record(response)
        given["WARC-Concurrent-To"] = response.rec_headers.get_header("WARC-Record-ID")
        writer.write_record(_record(writer, "request", answer.hop.url, answer.request, b"", given))
    return out.getvalue()


class _AsSent(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are written as they were sent; warcio would write them again in its own way."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as sent", [("", "")])
        self.headers_buff = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        del header_filter


def _record(writer: Any, kind: str, url: str, head: bytes, body: bytes, given: dict[str, str]) -> Any:
    return writer.create_warc_record(
        url, kind, payload=io.BytesIO(body), length=len(body), warc_headers_dict=given, http_headers=_AsSent(head)
    )
