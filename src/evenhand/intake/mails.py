"""E-mail (.eml) with its attachments, and MHTML pages (run in the helper process of `confined`)."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

import msgspec

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Member, Taken, refused
from evenhand.intake.encoding import clean, decode
from evenhand.intake.pages import plain, take_page
from evenhand.intake.printed_dates import cell_day

MAX_PARTS = 1000
MAX_DEPTH = 20
_MAX_HEADERS = 512 * 1024
_LAYOUT = ("image/", "text/css", "font/", "application/javascript", "text/javascript")


def take_mail(data: bytes) -> Taken:
    """The mail's text and its attachments as members; of an MHTML file the page.

    Raises UnreadableError for one with headers without end or nested too deeply.
    """
    ends = [at for mark in (b"\r\n\r\n", b"\n\n", b"\r\r") if (at := data.find(mark)) >= 0]
    if min(ends, default=len(data)) > _MAX_HEADERS:
        raise UnreadableError("the mail's headers have no end", "save the mail's text as a .txt file")
    try:
        mail = cast(EmailMessage, BytesParser(EmailMessage, policy=email.policy.compat32).parsebytes(data))
    except RecursionError as problem:
        raise UnreadableError("the mail is nested too deeply", "save the attachments themselves") from problem
    parts = list(_parts(mail, 0))
    if mail.get("Snapshot-Content-Location") or (
        mail.get_content_type() == "multipart/related" and mail.get("MIME-Version") and not mail.get("To")
    ):
        page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        if page is not None:
            return _mhtml(mail, page)
    return _mail(mail, parts)


def _parts(mail: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """The leaves of the mail, depth first; a mail inside is a leaf."""
    stack: list[tuple[EmailMessage, int]] = [(mail, depth)]
    count = 0
    while stack:
        part, level = stack.pop()
        count += 1
        if count > MAX_PARTS or level > MAX_DEPTH:
            raise UnreadableError("the mail has too many parts", "save the attachments themselves")
        below = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(below, list):
            stack.extend((one, level + 1) for one in reversed(below) if isinstance(one, EmailMessage))
        else:
            yield part


def _mhtml(mail: EmailMessage, page: EmailMessage) -> Taken:
    url = _address(mail.get("Snapshot-Content-Location")) or _address(page.get("Content-Location"))
    taken = take_page(_payload(page), url, page.get_content_charset())
    subject = _header(mail, "Subject")
    articles = (msgspec.structs.replace(one, title=one.title or subject) for one in taken.articles)
    return Taken(articles=tuple(articles))


def _mail(mail: EmailMessage, parts: list[EmailMessage]) -> Taken:
    bodies = [part for part in parts if _is_body(part)]
    texts = [_text(part) for part in bodies if part.get_content_type() == "text/plain"]
    text = "\n\n".join(words for words in texts if words.strip())
    if not text:
        pages = [plain(_text(part)) for part in bodies if part.get_content_type() == "text/html"]
        text = "\n\n".join(words for words in pages if words)
    name, address = parseaddr(_header(mail, "From") or "")
    article = Article(
        text=text,
        title=_header(mail, "Subject"),
        outlet=address.rpartition("@")[2] or None,
        published=_day(mail),
        external_id=(_header(mail, "Message-ID") or "").strip("<> ") or None,
        language=_header(mail, "Content-Language"),
        author=" ".join(name.split())[:200] or None,
    )
    members = tuple(_attachments([part for part in parts if part not in bodies], bool(text)))
    if text.strip():
        return Taken(articles=(article,), members=members)
    if members:
        return Taken(members=members)
    return Taken(articles=(refused("the mail has no text", "save its text as a .txt file"),))


def _is_body(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    return (
        kind in ("text/plain", "text/html")
        and not part.get_filename()
        and part.get_content_disposition() != "attachment"
    )


def _attachments(parts: list[EmailMessage], has_text: bool) -> Iterator[Member]:
    seen: set[str] = set()
    for number, part in enumerate(parts, 1):
        inline = part.get_content_disposition() != "attachment"
        if inline and has_text and part.get_content_type().startswith(_LAYOUT):
            continue  # the letterhead's picture is layout, an attached picture is not
        if part.get_content_type() in (
            "multipart/alternative",
            "application/pgp-signature",
            "application/pkcs7-signature",
        ):
            continue
        name = clean(_decoded(part.get_filename() or "")).replace("\\", "/").rpartition("/")[2] or f"part {number}"
        if name.casefold() in seen:
            name = f"{number} {name}"
        seen.add(name.casefold())
        if part.get_content_maintype() == "message":
            below = part.get_payload()
            inner = below[0] if isinstance(below, list) and below else below
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else str(inner).encode("utf-8", "replace")
        else:
            data = _payload(part)
        yield Member(name=name[:300], data=data, label="attachment")


def _payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage) -> str:
    text = decode(_payload(part), part.get_content_charset()).text
    return clean(text)


def _header(mail: EmailMessage, name: str) -> str | None:
    value = mail.get(name)
    return " ".join(clean(_decoded(str(value))).split())[:1000] or None if value is not None else None


def _decoded(value: str) -> str:
    """A header with its encoded words (RFC 2047) put into letters; as it stands where they are damaged."""
    from email.header import decode_header, make_header  # noqa: PLC0415

    raw = value.encode("ascii", "surrogateescape")
    value = decode(raw).text if any(byte > 127 for byte in raw) else value
    try:
        return str(make_header(decode_header(value[:20_000])))
    except (ValueError, LookupError, UnicodeError):
        return value


def _address(value: object) -> str | None:
    text = "".join(str(value or "").split())
    return clean(text)[:2000] if text.lower().startswith(("http://", "https://")) else None


def _day(mail: EmailMessage) -> date | None:
    printed = _header(mail, "Date") or ""
    if day := cell_day(printed):
        return day
    try:
        return parsedate_to_datetime(printed).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
