"""Saved web pages: the main text, title, date, site and address, without a request to anyone.

The main text comes from trafilatura, a paragraph a line; its words stand as they are in the page (blanks and line
breaks are the page's layout, not its words; list items begin with "- ", cells are divided by "|", soft hyphens go and
marks are composed, NFC). Scripts, comments and menus are not text, nor is what the page hides from its readers; where
that is a sentence or more, a notice says so.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import lxml.html

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Taken
from evenhand.intake.encoding import clean, decode
from evenhand.intake.hidden import take_out_hidden
from evenhand.intake.printed_dates import cell_day

MAX_PAGE_BYTES = 16 * 1024 * 1024
MAX_TAGS = 150_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.I)
_SAVED_FROM = re.compile(r"<!--\s{0,3}saved from url=\(\d{1,6}\)(\S{1,2000}?)\s{0,3}-->")
_DATA_URI = re.compile(r"\bdata:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=\s]{200,}", re.I)
_HTTP = re.compile(r"https?://[^\s<>\"']{3,2000}\Z", re.I)
_DECLARATION = re.compile(r"\A\s{0,100}<\?xml[^>]{0,500}\?>")
# HTML's blocks, and NITF's, which news items in NewsML hold.
_BLOCKS = frozenset(re.findall(r"\S+", """
    address article blockquote br dd div dl dt figcaption h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul
    hedline hl1 hl2 body.head body.content block
"""))  # fmt: skip


def take_page(data: bytes, url: str | None = None, charset: str | None = None) -> Taken:
    """The page's main text and metadata; `url` and `charset` are what its surroundings (an archive, a mail) say.

    Raises UnreadableError where there is no main text or too much of all.
    """
    if len(data) > MAX_PAGE_BYTES:
        why = f"the page is larger than {MAX_PAGE_BYTES // (1024 * 1024)} MiB"
        raise UnreadableError(why, "save the article alone, without pictures")
    declared = _CHARSET.search(data[:8192])
    source = decode(data, charset or (declared[1].decode("ascii") if declared else None)).text
    source = _DATA_URI.sub("data:,", source).replace("\0", "")
    if source.count("<") > MAX_TAGS:
        raise UnreadableError(f"the page has more than {MAX_TAGS} tags", "save the article alone")
    found, notices = _extract(source)
    saved = _SAVED_FROM.search(source[:4096])
    address = url or _http(found.get("url")) or (_http(saved[1]) if saved else None)
    text = clean(str(found.get("text") or "")).strip()
    if not text:
        raise UnreadableError("no main text was found in the page", "save the article's text as a .txt file")
    article = Article(
        text=text,
        title=_line(found.get("title")),
        published=cell_day(_line(found.get("date")) or ""),
        outlet=_line(found.get("sitename")),
        url=address,
        author=_line(found.get("author")),
        notices=notices,
    )
    return Taken(articles=(article,))


def plain(markup: str) -> str:
    """A fragment of HTML as text, a block a line, without what it hides. Empty where there is nothing."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        tree = lxml.html.fragment_fromstring(markup[:4_000_000].replace("\0", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    take_out_hidden(tree)
    return block_text(tree)


def block_text(tree: Any) -> str:
    """The words under an lxml element, a block a line; blanks and line ends of the markup's own are one blank."""
    parts: list[str] = []
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tail = (element.tail or "") if element is not tree else ""
        if event in ("comment", "pi") or not isinstance(element.tag, str):
            parts.append(tail)
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name in _BLOCKS:
            parts.append("\n")
        if event == "end":
            parts.append(tail)
        elif name not in ("script", "style"):
            parts.append(element.text or "")
    lines = (" ".join(line.split()) for line in _kept_breaks(parts).split("\n"))
    return clean("\n".join(line for line in lines if line))


def _kept_breaks(parts: list[str]) -> str:
    """The parts joined: a line end of the markup's own is a blank, only blocks break lines."""
    return "".join(part if part == "\n" else part.replace("\n", " ").replace("\r", " ") for part in parts)


def _extract(source: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """What trafilatura finds, the page's whole text where it finds no article, and notices of what is hidden."""
    from trafilatura import bare_extraction, html2txt, load_html  # noqa: PLC0415 — half a second only pages pay

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = load_html(_DECLARATION.sub("", source))
        if tree is None:
            return {}, ()
        notices = take_out_hidden(tree)
        found = bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        values = dict(found) if isinstance(found, dict) else dict(found.as_dict()) if found else {}
        if not values.get("text"):
            values["text"] = html2txt(source if not notices else tree)
    except MemoryError:
        raise
    except Exception as problem:  # whatever a hostile page does to three libraries is a page that cannot be read
        raise UnreadableError(
            f"the page cannot be taken apart ({type(problem).__name__})", "save the article's text as a .txt file"
        ) from problem
    return values, notices


def _line(value: object) -> str | None:
    text = " ".join(clean(str(value)).split()) if value else ""
    return text[:1000] or None


def _http(value: object) -> str | None:
    text = str(value or "").strip()
    return clean(text) if _HTTP.match(text) else None
