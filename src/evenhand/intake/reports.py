"""Originals to reports: one file, one report; a table, a feed or an archive, many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from evenhand.intake.agencies import lookup
from evenhand.intake.appearance import notices_of
from evenhand.intake.articles import Article
from evenhand.intake.asides import find_asides
from evenhand.intake.contents import Content, articles_in
from evenhand.intake.credits import find_credits, find_site
from evenhand.intake.date_lines import after_title, find_date_line, find_header
from evenhand.intake.datelines import FoundDateline, find_dateline
from evenhand.intake.encoding import clean
from evenhand.intake.headlines import find_headline
from evenhand.intake.language import language_of
from evenhand.intake.printed_dates import filename_day, iso_day
from evenhand.intake.publication import Clues, published_on
from evenhand.intake.settings import IntakeSettings, MetaRow, Outlets
from evenhand.intake.sources import STDIN
from evenhand.model.evidence import sha256_hex
from evenhand.model.report import Credit, Dateline, Notice, Original, OriginalRef, Received, Report, Unread, report_id

_LINE_ENDS = "\r\x85\u2028\u2029"
_SHORT_NAME = re.compile(r"[^\w]+")
_TAG = re.compile(r"\s{0,5}([A-Za-z]{2,3})(?:[-_]|\s|\Z)")


def receive(original: Original, settings: IntakeSettings) -> tuple[Received, ...]:
    """The reports in an original: one, or one a row of a table. Never raises; what cannot be read says why."""
    return tuple(receive_each(original, settings))


def receive_each(original: Original, settings: IntakeSettings) -> Iterator[Received]:
    """`receive`, one report at a time, so that a long table is never in memory as reports."""
    sha256 = original.sha256
    meta = settings.meta.of(original.path, original.file)
    seen: Counter[str] = Counter()
    for article in articles_in(Content(original.data, original.file), settings):
        said = meta
        if article.name:
            said = settings.meta.of(f"{original.path}/{article.name}", f"{original.file}/{article.name}").over(meta)
        locator = article.locator
        if locator is not None:  # two members of one name are two reports
            seen[locator] += 1
            locator = locator if seen[locator] == 1 else f"{locator} ({seen[locator]})"
        yield _received(article, OriginalRef(sha256=sha256, locator=locator), original.file, said, settings)


def _received(article: Article, original: OriginalRef, file: str, meta: MetaRow, settings: IntakeSettings) -> Received:
    outlets = settings.outlets
    lines = article.text
    for end in _LINE_ENDS:  # every line end a newline, for those who look for lines
        lines = lines.replace(end, "\n")
    url, title = meta.url or article.url, meta.title or article.title
    printed = find_header(lines) or find_date_line(lines, title, outlets)
    starts = [after_title(lines, title), printed.end if printed else 0]
    found = find_dateline(lines, starts, outlets, settings.is_place)
    outlet = _outlet(article, meta, url, settings) or find_site(lines, outlets)
    if outlet is None and found and found.agency:
        outlet = found.agency.agency
    clues = Clues(
        user=iso_day(meta.published) if meta.published else None,
        metadata=article.published,
        is_weak=article.trusted,
        made=article.made,
        header=printed.day if printed and printed.is_header else None,
        dateline=found.day if found else None,
        date_line=printed.day if printed and not printed.is_header else None,
        name=None if article.trusted else filename_day(article.name or file),
        url=filename_day(url) if url else None,
        order=article.order,
    )
    published, published_from = published_on(clues)
    language = meta.language or language_of(lines) or _language(article.language)
    origin = _origin(article, outlets)
    outlet = outlet or (origin if origin and outlets.outlet_named(origin) else None)
    notices = (*article.notices, *_of_origin(article), *notices_of(lines), *find_asides(lines, title, printed, outlets))
    report = Report(
        id=report_id(original, outlet, url),
        original=original,
        file=None if file == STDIN else file,
        external_id=article.external_id,
        url=url,
        outlet=outlet,
        credits=_with_named(
            find_credits(lines, found, printed, title, outlet, outlets), article, origin, outlet, outlets
        ),
        title=title or find_headline(lines, found, printed, outlets),
        language=language,
        published=published.isoformat() if published else None,
        published_from=published_from,
        dateline=_dateline(found, clues, published, article.place),
        text=article.text,
        text_sha256=sha256_hex(article.text.encode("utf-8")),
        notices=notices,
    )
    return Received(report=report, unread=article.problem or _unread(lines, language, settings))


def _dateline(found: FoundDateline | None, clues: Clues, published: date | None, place: str | None) -> Dateline | None:
    if found is None:
        return Dateline(span=None, place=place) if place else None
    day = found.day.complete(clues.hints(published)) if found.day else None
    return Dateline(
        span=found.span,
        place=found.place,
        date=day.isoformat() if day else None,
        agency=found.agency.agency if found.agency else None,
    )


def _outlet(article: Article, meta: MetaRow, url: str | None, settings: IntakeSettings) -> str | None:
    """The outlet's id: the user's word, the table's, the address, the page's own name for its site.

    A name that the registry does not know stays, made short, where a table gives it; a page's does not.
    """
    outlets = settings.outlets
    for given, trusted in ((meta.outlet, True), (article.outlet, article.trusted)):
        if given:
            found = lookup(given, outlets) or (outlets.outlet_for_domain(given) if "." in given else None)
            if found:
                return found.id
            if trusted:
                return _short(given)
    by_address = outlets.outlet_for_domain(url) if url else None
    return by_address.id if by_address else None


def _origin(article: Article, outlets: Outlets) -> str | None:
    """Whom the file names as the source of the text: an outlet's id, or the name made short."""
    by_address = outlets.outlet_for_domain(article.origin_url) if article.origin_url else None
    if not article.origin:
        return by_address.id if by_address else None
    found = lookup(article.origin, outlets) or by_address
    return found.id if found else _short(article.origin)


def _of_origin(article: Article) -> tuple[Notice, ...]:
    named = article.origin or article.origin_url
    return (Notice(kind="origin", what=f"the file names {clean(named)[:200]!r} as the source"),) if named else ()


def _short(name: str) -> str | None:
    return _SHORT_NAME.sub("-", clean(name).casefold()).strip("-_")[:100] or None


def _language(declared: str | None) -> str | None:
    """The two or three letters of a language tag, where the file declares one."""
    match = _TAG.match(declared or "")
    return match[1].lower() if match else None


def _with_named(
    printed: tuple[Credit, ...], article: Article, origin: str | None, outlet: str | None, outlets: Outlets
) -> tuple[Credit, ...]:
    """The printed credits, the wires that metadata names as author, and the source it names (without words)."""
    names = re.split(r"[,;/&+|]|\band\b", article.author[:400]) if article.author else []
    known = [lookup(name.strip(), outlets) for name in names if name.strip()]
    found = [wire.id for wire in known if wire and wire.wire] + ([origin] if origin else [])
    there = {credit.agency for credit in printed} | {outlet}
    return printed + tuple(Credit(agency=wire) for wire in dict.fromkeys(found) if wire not in there)


def _unread(text: str, language: str | None, settings: IntakeSettings) -> Unread | None:
    if not text.strip("\0 \t\r\n\ufffd"):
        return Unread(why="there is no text", cure="check how the file was saved")
    if language is not None and language not in settings.languages:
        return Unread(why=f"language {language} not supported", cure="give an English translation")
    return None
