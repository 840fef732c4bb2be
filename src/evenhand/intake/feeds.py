"""RSS and Atom feeds, and NewsML-G2 (run in the helper process of `confined`)."""

from __future__ import annotations

import io
from datetime import date
from time import struct_time
from typing import Any

import lxml.etree

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Taken, refused
from evenhand.intake.encoding import clean
from evenhand.intake.markup import check_xml
from evenhand.intake.news_fields import status_of, usable
from evenhand.intake.pages import block_text, plain
from evenhand.intake.printed_dates import cell_day, iso_day

MAX_ENTRIES = 5000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LIST = ("by", "creditline")


def take_feed(data: bytes) -> Taken:
    """An article an entry. Raises UnreadableError for a feed without entries."""
    check_xml(data, "the feed", well_formed=False)
    import feedparser  # noqa: PLC0415 — only feeds pay for it

    # From memory, never from an address; sanitized by us, since nothing of it is ever shown as HTML.
    found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    entries = found.entries
    if not entries:
        raise UnreadableError("the feed has no entries", "check how it was saved")
    articles = [_entry(entry, number, found.feed) for number, entry in enumerate(entries[:MAX_ENTRIES], 1)]
    if len(entries) > MAX_ENTRIES:
        why = f"the feed has more than {MAX_ENTRIES} entries; the others are not read"
        articles.append(refused(why, "split the feed", f"entry {MAX_ENTRIES + 1}"))
    return Taken(articles=tuple(articles))


def _entry(entry: Any, number: int, feed: Any) -> Article:
    bodies = [str(content.get("value") or "") for content in entry.get("content") or ()]
    bodies.append(str(entry.get("summary") or ""))
    text = max((plain(body) for body in bodies), key=len)
    title = _line(plain(str(entry.get("title") or "")))
    source = entry.get("source") or {}
    url = str(entry.get("link") or "")
    article = Article(
        text=text or title or "",
        locator=f"entry {number}",
        title=title,
        outlet=_line(feed.get("title")),
        url=clean(url) if url.lower().startswith(("http://", "https://")) else None,
        published=_day(entry, "published") or _day(entry, "updated"),
        external_id=_line(entry.get("id")),
        language=_line(feed.get("language")),
        author=_line(entry.get("author")),
        origin=_line(plain(str(source.get("title") or ""))),
        origin_url=_line(source.get("href")),
    )
    return article if article.text else refused("the entry has no text", "open its page", article.locator)


def _day(entry: Any, field: str) -> date | None:
    """The day as the feed prints it; the parsed one is in UTC, which can be the day before or after."""
    printed = cell_day(str(entry.get(field) or ""))
    if printed:
        return printed
    parsed = entry.get(f"{field}_parsed")
    return iso_day(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}") if isinstance(parsed, struct_time) else None


def _line(value: object) -> str | None:
    return " ".join(clean(str(value or "")).split())[:1000] or None


def take_newsml(data: bytes) -> Taken:
    """An article a newsItem of a NewsML-G2 file. Raises UnreadableError where there is none."""
    check_xml(data, "the NewsML file")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = lxml.etree.fromstring(data, parser)
    items = [root] if _name(root) == "newsItem" else [one for one in root.iter() if _name(one) == "newsItem"]
    if not items:
        raise UnreadableError("the NewsML file holds no newsItem", "give the news items themselves")
    several = len(items) > 1
    return Taken(
        articles=tuple(_news_item(item, f"item {n}" if several else None) for n, item in enumerate(items[:5000], 1))
    )


def _news_item(item: Any, locator: str | None) -> Article:
    meta, content = _first(item, "itemMeta"), _first(item, "contentMeta")
    bodies = [body for one in _all(item, "contentSet") for body in one]
    texts = [_body(body) for body in bodies if _name(body) in ("inlineXML", "inlineData")]
    notices, problem = status_of(_code(_first(meta, "pubStatus")), _words(_first(meta, "edNote")))
    heads = [_words(head) for head in (*_all(content, "headline"), *_all(meta, "title"))]
    sources = [_named(source) for source in _all(content, "infoSource")]
    credits_ = [_named(credit) for field in _LIST for credit in _all(content, field)]
    language = _first(content, "language")
    day = _words(_first(meta, "versionCreated")) or _words(_first(content, "contentCreated"))
    article = Article(
        text=max(texts, key=len, default=""),
        locator=locator,
        title=next((head for head in heads if head), None),
        outlet=_named(_first(meta, "provider")),
        external_id=_line(item.get("guid")),
        published=cell_day(day or ""),
        language=_line(language.get("tag")) if language is not None else None,
        author=", ".join(name for name in (*sources, *credits_) if name) or None,
        place=_named(_first(content, "located")),
        notices=notices,
        problem=problem,
    )
    return usable(article)


def _body(body: Any) -> str:
    if len(body) == 0:
        return clean((body.text or "").strip())
    whole = next((one for one in body.iter() if _name(one) in ("body.content", "body")), body)
    parts = [one for one in whole.iter() if _name(one) == "body.content"] or [whole]
    return "\n".join(block_text(part) for part in parts)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element if _name(child) == name] if element is not None else []


def _first(element: Any, name: str) -> Any:
    return next(iter(_all(element, name)), None)


def _words(element: Any) -> str | None:
    return _line("".join(element.itertext())) if element is not None else None


def _code(element: Any) -> str | None:
    """The code behind the scheme: "canceled" of "stat:canceled"."""
    if element is None:
        return None
    code = element.get("qcode") or element.get("uri") or ""
    return code.replace("/", ":").rpartition(":")[2] or None


def _named(element: Any) -> str | None:
    """The name of a concept: its English name, another one, its literal, else the code behind the scheme."""
    if element is None:
        return None
    names = [child for child in element if _name(child) == "name"]
    names.sort(key=lambda name: not (name.get(_XML + "lang") or "en").startswith("en"))
    words = next((word for name in names if (word := _words(name))), None)
    return words or _line(element.get("literal")) or _words_alone(element) or _code(element)


def _words_alone(element: Any) -> str | None:
    return _line(element.text) if len(element) == 0 else None
