"""Web archives: the pages of a WARC file, and of a WACZ package, each checked against the archive's own digests."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from evenhand.errors import UnreadableError
from evenhand.intake.archives import ZIP_DAMAGE, Budget, gunzip, open_zip
from evenhand.intake.articles import Article, joined, refused
from evenhand.intake.encoding import clean
from evenhand.intake.settings import MAX_BYTES
from evenhand.model.report import Notice

MAX_RECORDS = 50_000
_DAMAGE = (
    ArchiveLoadFailed,
    EOFError,
    ValueError,
    OSError,
    UnicodeError,
    AttributeError,
    TypeError,
    RecursionError,
)  # fmt: skip — whatever a damaged record does to the library
MAX_WARC = 192 * 1024 * 1024
# Media types that may hold a report; pictures, scripts, styles, fonts and films are counted, not listed.
_REPORTS = (
    "text/html", "application/xhtml", "text/plain", "application/pdf", "application/rss", "application/atom",
    "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml", "application/rtf",
    "text/rtf", "message/rfc822", "text/csv", "application/zip",
)  # fmt: skip
_OFTEN_JSON = ("application/json", "application/ld+json", "text/json", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as an archive holds it: its address and bytes, and what its surroundings say of it."""

    locator: str
    url: str
    data: bytes
    charset: str | None
    notices: tuple[Notice, ...]


def warc_captures(data: bytes, budget: Budget) -> Iterator[Capture | Article]:
    """The captures of a WARC file that may hold a report; what is damaged or does not fit its digest is refused.

    Raises UnreadableError where the file cannot be taken apart at all.
    """
    if data.startswith(b"\x1f\x8b"):
        data = gunzip(data, MAX_WARC)
    budget.spend(len(data))
    others: Counter[str] = Counter()
    found, number = False, 0
    records = ArchiveIterator(io.BytesIO(data))
    while True:
        try:
            with redirect_stderr(
                io.StringIO()
            ):  # the library tells the terminal of damage; the record tells of it here
                record = next(records, None)
            if record is None:
                break
            number += 1
            if number > MAX_RECORDS:
                yield refused(f"the archive has more than {MAX_RECORDS} records; the others are not read", "split it")
                break
            capture = _capture(record, others)
        except _DAMAGE:
            why = f"the web archive is damaged at record {number + 1}; what follows is not read"
            yield refused(why, "get it again", f"record {number + 1}")
            return
        if capture is not None:
            found = True
            yield capture
    if not found:
        kinds = ", ".join(f"{count} {kind}" for kind, count in others.most_common(5)) or "no answers of a server"
        yield refused(f"the web archive holds no page that may be a report ({kinds})", "check what was captured")


def _capture(record: Any, others: Counter[str]) -> Capture | Article | None:
    kind, headers = record.rec_type, record.rec_headers
    if kind not in ("response", "resource", "conversion"):
        return None
    url = clean(str(headers.get_header("WARC-Target-URI") or ""))[:2000].strip("<>")
    locator = f"record {clean(str(headers.get_header('WARC-Record-ID') or ''))[:200]}"
    http = record.http_headers
    given = str((http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or "").lower()
    media = given.partition(";")[0].strip()
    if http is not None:
        code = http.get_statuscode()
        if code != "200":
            others[f"answers {clean(code)[:3]}"] += 1
            pages = media.startswith(_REPORTS) and code[:1] in ("4", "5")
            return refused(f"the server answered {clean(code)[:3]}", "get the page again", locator) if pages else None
    if not media.startswith((*_REPORTS, *_OFTEN_JSON)) and media:
        others[media[:60]] += 1
        return None
    raw = record.raw_stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return refused("the capture is too large", "get the page alone", locator)
    body = _unpacked(raw, http)
    digest = headers.get_header("WARC-Payload-Digest")
    fits, notice = _checked(digest, raw, body, http)
    if not fits:
        return refused(f"the capture does not fit its digest: {notice}", "get the archive again", locator)
    if (
        media.startswith(_OFTEN_JSON)
        and b"uri" not in body[:4000]
        and b"<rss" not in body[:1000]
        and b"<feed" not in body[:1000]
    ):
        others[media[:60]] += 1
        return None
    charset = given.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
    return Capture(locator, url, body, charset, (Notice(kind="digest", what=notice),))


def _unpacked(raw: bytes, http: Any) -> bytes:
    """The body without transfer and content encodings; as it stands where it has none or is damaged."""
    if http is None:
        return raw
    body = raw
    if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = _dechunked(raw)
    coding = (http.get_header("Content-Encoding") or "").lower().strip()
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return gunzip(body, MAX_BYTES)
    return body


def _dechunked(raw: bytes) -> bytes:
    reader = ChunkedDataReader(io.BytesIO(raw))
    return b"".join(iter(lambda: reader.read(65_536), b""))


def _checked(digest: str | None, raw: bytes, body: bytes, http: Any) -> tuple[bool, str]:
    """Whether the capture fits the digest written beside it, and what to say of it.

    The digest is over the body as transferred in some tools and without its encodings in others; either fits.
    """
    if not digest:
        return True, "the archive gives no digest for this capture"
    name, _, value = digest.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in ("sha1", "sha256", "sha512", "md5", "blake2b", "sha384"):
        return True, f"the archive's digest is of a kind that cannot be checked ({clean(name)[:20]})"
    tried = [raw] if raw is body else [raw, body]
    if http is not None and (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
        tried.append(_dechunked(raw))
    for form in tried:
        made = hashlib.new(name, form, usedforsecurity=False).digest()
        base32 = base64.b32encode(made).decode().lower()
        if value.strip().lower() in (made.hex(), base32, base32.rstrip("=")):
            return True, f"the capture fits the archive's own digest ({name})"
    return False, f"{clean(digest)[:120]} is written, another one is found"


def is_wacz(names: list[str]) -> bool:
    """Whether a ZIP archive with these names is a WACZ package."""
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def wacz_captures(data: bytes, budget: Budget) -> Iterator[Capture | Article]:
    """The captures of a WACZ package's archives, each archive first checked against the package's own hash."""
    with open_zip(data) as package:
        hashes = _hashes(package)
        for info in package.infolist():
            name = info.filename
            if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
                continue
            locator = f"member {clean(name)}"
            if info.file_size > MAX_BYTES or info.flag_bits & 1:
                yield refused("the archive in the package is too large or locked", "give the WARC file itself", locator)
                continue
            try:
                inner = package.read(info)
            except ZIP_DAMAGE:
                yield refused("the archive in the package is damaged", "get the package again", locator)
                continue
            kind, _, value = hashes.get(name, "").partition(":")
            if value and kind in ("sha256", "md5", "sha1", "sha512"):
                made = hashlib.new(kind, inner, usedforsecurity=False).hexdigest()
                if made != value.lower():
                    why = (
                        f"the archive does not fit the package's hash ({kind}:{value[:64]} is written, {made} is found)"
                    )
                    yield refused(why, "get the package again", locator)
                    continue
            yield from (_under(locator, found) for found in warc_captures(inner, budget))


def _under(locator: str, found: Capture | Article) -> Capture | Article:
    inner = joined(locator, found.locator)
    if isinstance(found, Article):
        assert found.problem is not None
        return refused(found.problem.why, found.problem.cure or "", inner)
    return Capture(inner or "", found.url, found.data, found.charset, found.notices)


def _hashes(package: zipfile.ZipFile) -> dict[str, str]:
    """Path → hash, from the package's table of resources; raises UnreadableError where that is no JSON."""
    try:
        info = package.getinfo("datapackage.json")
        if info.file_size > 16 * 1024 * 1024:
            raise ValueError("too large")
        table = json.loads(package.read(info))
        resources = table.get("resources") or []
        return {str(one.get("path")): str(one.get("hash") or "") for one in resources if isinstance(one, dict)}
    except ZIP_DAMAGE as problem:
        raise UnreadableError("the package's datapackage.json cannot be read", "get the package again") from problem
