"""Saved web pages: the main text, title, date, site and address, without a request to anyone.

The main text comes from trafilatura, a paragraph a line; its words stand as they are in the page (blanks and line
breaks are the page's layout, not its words; list items begin with "- ", cells are divided by "|", soft hyphens go and
marks are composed, NFC). Scripts, comments, menus and hidden parts are not text.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from evenhand.errors import UnreadableError
from evenhand.intake.encoding import clean, decode

MAX_PAGE_BYTES = 16 * 1024 * 1024
MAX_TAGS = 150_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.I)
_SAVED_FROM = re.compile(r"<!--\s{0,3}saved from url=\(\d{1,6}\)(\S{1,2000}?)\s{0,3}-->")
_DATA_URI = re.compile(r"\bdata:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=\s]{200,}", re.I)
_HTTP = re.compile(r"https?://[^\s<>\"']{3,2000}\Z", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """What a saved page holds; `published` is as the page's own metadata has it, unread."""

    text: str
    title: str | None = None
    published: str | None = None
    site: str | None = None
    url: str | None = None
    author: str | None = None


def read_page(data: bytes) -> Page:
    """The page's main text and metadata. Raises UnreadableError where there is no main text or too much of all."""
    if len(data) > MAX_PAGE_BYTES:
        why = f"the page is larger than {MAX_PAGE_BYTES // (1024 * 1024)} MiB"
        raise UnreadableError(why, "save the article alone, without pictures")
    declared = _CHARSET.search(data[:8192])
    source = decode(data, declared[1].decode("ascii") if declared else None).text
    source = _DATA_URI.sub("data:,", source).replace("\0", "")
    if source.count("<") > MAX_TAGS:
        raise UnreadableError(f"the page has more than {MAX_TAGS} tags", "save the article alone")
    found = _extract(source)
    saved = _SAVED_FROM.search(source[:4096])
    url = _http(found.get("url")) or (_http(saved[1]) if saved else None)
    text = clean(str(found.get("text") or "")).strip()
    if not text:
        raise UnreadableError("no main text was found in the page", "save the article's text as a .txt file")
    return Page(
        text=text,
        title=_line(found.get("title")),
        published=_line(found.get("date")),
        site=_line(found.get("sitename")),
        url=url,
        author=_line(found.get("author")),
    )


def _extract(source: str) -> dict[str, Any]:
    """What trafilatura finds; the page's whole text where it finds no article."""
    from trafilatura import bare_extraction, html2txt  # noqa: PLC0415 — half a second that only pages pay

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            source,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        values = dict(found) if isinstance(found, dict) else dict(found.as_dict()) if found else {}
        if not values.get("text"):
            values["text"] = html2txt(source)
    except Exception as problem:  # whatever a hostile page does to three libraries is a page that cannot be read
        raise UnreadableError(
            f"the page cannot be taken apart ({type(problem).__name__})", "save the article's text as a .txt file"
        ) from problem
    return values


def _line(value: object) -> str | None:
    text = " ".join(clean(str(value)).split()) if value else ""
    return text[:1000] or None


def _http(value: object) -> str | None:
    text = str(value or "").strip()
    return clean(text) if _HTTP.match(text) else None
