"""IPTC ninjs, the wires' JSON, versions 1.0 to 3.x: one item, a list of items, or an item a line.

Versions 1 and 2 write names in lower case (`versioncreated`, `body_text`), version 3 in camelCase with lists
(`headlines`, `bodies`); names are compared without case and underscores here, so that one mapping serves.
Source: https://iptc.org/standards/ninjs/ and the schemas in github.com/iptc/newsinjson.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.intake.articles import Article, refused
from evenhand.intake.encoding import clean
from evenhand.intake.news_fields import status_of, usable
from evenhand.intake.pages import plain
from evenhand.intake.printed_dates import cell_day
from evenhand.intake.tables import elements, lines_of, parsed, raw_object

MAX_ITEMS = 100_000

# Of these an item has at least two besides its `uri`; a table of articles has not.
_OWN = frozenset(
    re.findall(
        r"\w+",
        "versioncreated firstcreated pubstatus headlines bodies bodytext bodyxhtml bodyhtml located infosources "
        "infosource copyrightholder representationtype contentcreated altids descriptiontext urgency slugline",
    )
)
_PLAIN_BODIES = ("bodytext", "bodyxhtml", "bodyhtml", "body")
_KEY = re.compile(r"[_\s-]")


def is_ninjs(item: object) -> bool:
    """Whether a JSON value is a ninjs item."""
    if not isinstance(item, dict) or len(item) > 500:
        return False
    names = {_KEY.sub("", str(key)).lower() for key in item}
    return "uri" in names and len(names & _OWN) + any(name.startswith("bodyx") for name in names) >= 2


def ninjs_article(item: Mapping[str, Any], locator: str | None) -> Article:
    """The item as an article; of its lists the main entry. Never raises."""
    fields = {_KEY.sub("", str(key)).lower(): value for key, value in item.items()}
    head = _main(fields.get("headlines"), "value") or _line(fields.get("headline")) or _line(fields.get("title"))
    note, slug = _line(fields.get("ednote")), _line(fields.get("slugline"))
    notices, problem = status_of(_line(fields.get("pubstatus")), note, head, slug)
    uri = _line(fields.get("uri"))
    sources = list(_sources(fields.get("infosources") or fields.get("infosource")))
    provider = next(
        (name for name, role in sources if "publish" in role or "provider" in role or "distrib" in role), None
    )
    days = (fields.get(name) for name in ("versioncreated", "contentcreated", "firstcreated"))
    article = Article(
        text=_body(fields),
        locator=locator,
        title=head,
        outlet=provider or _name(fields.get("copyrightholder")) or _name(fields.get("provider")) or None,
        url=uri if uri and uri.lower().startswith(("http://", "https://")) else None,
        external_id=uri,
        published=next((day for text in days if isinstance(text, str) and (day := cell_day(text))), None),
        language=_line(fields.get("language")),
        author=", ".join([name for name, _ in sources if name != provider] + _credits(fields)) or None,
        place=_name(fields.get("located")),
        notices=notices,
        problem=problem,
    )
    return usable(article)


def _body(fields: Mapping[str, Any]) -> str:
    bodies = fields.get("bodies")
    found: list[tuple[int, str]] = []
    for body in bodies if isinstance(bodies, list) else ():
        if isinstance(body, dict) and isinstance(value := body.get("value"), str):
            kind = str(body.get("contentType") or body.get("contenttype") or "").lower()
            markup = "html" in kind or "xml" in kind or (not kind and value.lstrip()[:1] == "<")
            found.append((1 if markup else 0, plain(value) if markup else clean(value)))
    old = [(name, value) for name in _PLAIN_BODIES if isinstance(value := fields.get(name), str) and value.strip()]
    found += [(2, clean(value)) if name == "bodytext" else (3, plain(value)) for name, value in old]
    if not found:
        text = _main(fields.get("descriptions"), "value") or _line(fields.get("descriptiontext"))
        return text or ""
    return min(found, key=lambda pair: (not pair[1].strip(), pair[0]))[1].strip()


def _main(entries: object, key: str) -> str | None:
    """The entry with role main (or headline, or without a role), else the first."""
    if not isinstance(entries, list):
        return None
    known = [entry for entry in entries if isinstance(entry, dict)]
    known.sort(key=lambda entry: str(entry.get("role") or "main").lower() not in ("main", "headline", "default"))
    return next((words for entry in known if (words := _line(entry.get(key)))), None)


def _sources(entries: object) -> Iterator[tuple[str, str]]:
    for entry in entries if isinstance(entries, list) else [entries] if isinstance(entries, dict) else ():
        if isinstance(entry, dict) and (name := _name(entry)):
            yield name, str(entry.get("role") or entry.get("rel") or "").lower()


def _credits(fields: Mapping[str, Any]) -> list[str]:
    given = [fields.get(name) for name in ("creditline", "source", "byline", "by")]
    return [words for value in given if (words := _name(value))]


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("literal") or value.get("value")
    return _line(value)


def _line(value: object) -> str | None:
    return " ".join(clean(value).split())[:1000] or None if isinstance(value, str) else None


def ninjs_in(text: str) -> Iterator[Article] | None:
    """The articles of a ninjs file (one item, a list, a list inside an object, an item a line); None for other JSON."""
    start = len(text) - len(text.lstrip())
    try:
        if text[start : start + 1] == "[":
            return _items(elements(text, start + 1)) if is_ninjs(next(elements(text, start + 1), None)) else None
        first, end = raw_object(text, start)
    except (ValueError, RecursionError):
        return None
    if text[end:].strip():
        return _items(parsed(line) for line in lines_of(text)) if is_ninjs(first) else None
    if is_ninjs(first):
        return iter((ninjs_article(first, None),))
    for value in first.values() if isinstance(first, dict) else ():
        if isinstance(value, list) and value and is_ninjs(value[0]):
            return _items(iter(value))
    return None


def _items(items: Iterator[Any]) -> Iterator[Article]:
    number = 0
    while True:
        number += 1
        try:
            item = next(items)
        except StopIteration:
            return
        except (ValueError, RecursionError):
            yield refused("from here on the file is not JSON", "get it again", f"item {number}")
            return
        if number > MAX_ITEMS:
            yield refused(
                f"more than {MAX_ITEMS} items; those from here on are not read", "split the file", f"item {number}"
            )
            return
        if is_ninjs(item):
            yield ninjs_article(item, f"item {number}")
        else:
            yield refused("the entry is no ninjs item", "correct it", f"item {number}")
