"""Originals to reports: one file, one report; a table, many."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from evenhand.errors import UnreadableError
from evenhand.intake.agencies import lookup
from evenhand.intake.credits import find_credits, find_site
from evenhand.intake.date_lines import after_title, find_date_line, find_header
from evenhand.intake.datelines import FoundDateline, find_dateline
from evenhand.intake.encoding import clean, decode
from evenhand.intake.formats import recognise
from evenhand.intake.headlines import find_headline
from evenhand.intake.language import language_of
from evenhand.intake.pages import read_page
from evenhand.intake.printed_dates import cell_day, filename_day, iso_day, order_of
from evenhand.intake.publication import Clues, published_on
from evenhand.intake.settings import IntakeSettings, MetaRow, Outlets
from evenhand.intake.sources import STDIN
from evenhand.intake.tables import Row, csv_rows, json_rows
from evenhand.model.evidence import sha256_hex
from evenhand.model.report import Credit, Dateline, Original, OriginalRef, Received, Report, Unread, report_id

_TABLE_NAMES = (".csv", ".tsv", ".tab", ".psv")
_MANY_REPLACED = 0.02
_LINE_ENDS = dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n")
_SHORT_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what its file says of it, before any of it is weighed."""

    text: str
    locator: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    external_id: str | None = None
    language: str | None = None
    author: str | None = None
    in_table: bool = False
    order: str | None = None
    problem: Unread | None = field(default=None)


def receive(original: Original, settings: IntakeSettings) -> tuple[Received, ...]:
    """The reports in an original: one, or one a row of a table. Never raises; what cannot be read says why."""
    return tuple(receive_each(original, settings))


def receive_each(original: Original, settings: IntakeSettings) -> Iterator[Received]:
    """`receive`, one report at a time, so that a long table is never in memory as reports."""
    sha256 = original.sha256
    meta = settings.meta.of(original.path, original.file)
    for article in _articles(original, settings):
        yield _received(article, sha256, original.file, meta, settings)


def _articles(original: Original, settings: IntakeSettings) -> Iterator[Article]:
    recognised = recognise(original.data)
    if recognised.unread:
        yield Article("", problem=recognised.unread)
        return
    try:
        if recognised.kind == "page":
            yield _from_page(original.data)
            return
        decoded = decode(original.data)
        named = original.file.lower().endswith(_TABLE_NAMES)
        rows = json_rows(decoded.text, settings.columns) if recognised.kind == "json" else None
        rows = rows or csv_rows(decoded.text, settings.columns, is_named_table=named)
    except UnreadableError as problem:
        yield Article("", problem=Unread(why=problem.why, cure=problem.cure or None))
        return
    if decoded.replaced > _MANY_REPLACED * len(decoded.text):
        why = f"no encoding fits: {decoded.replaced} characters have no meaning in {decoded.encoding}"
        yield Article(decoded.text, problem=Unread(why=why, cure="save the file as UTF-8"))
    elif rows is not None:
        yield from _from_rows(rows, settings)
    else:
        yield Article(decoded.text)


def _from_page(data: bytes) -> Article:
    page = read_page(data)
    return Article(
        page.text,
        title=page.title,
        outlet=page.site,
        url=page.url,
        published=cell_day(page.published or ""),
        author=page.author,
    )


def _from_rows(rows: Iterator[Row], settings: IntakeSettings) -> Iterator[Article]:
    """A table's articles. The order of day and month is that of the whole column, and in texts the outlet's."""
    kept: list[Row] = []
    for row in rows:
        if len(kept) == settings.max_rows:
            problem = Unread(
                why=f"the table has more than {settings.max_rows} rows; those from row {row.number} on are not read",
                cure="split the table",
            )
            kept.append(Row(row.number, {}))
            break
        kept.append(row)
    else:
        problem = None
    if not kept:
        yield Article("", problem=Unread(why="the table has no rows", cure="check how it was saved"))
    order = order_of(row.fields.get("published", "") for row in kept)
    heads: dict[str, list[str]] = defaultdict(list)
    for row in kept:
        heads[row.fields.get("outlet", "")].append(row.fields.get("text", "")[:200])
    orders = {outlet: order_of(texts) for outlet, texts in heads.items()}
    for row in kept:
        if problem and row is kept[-1]:
            yield Article("", f"row {row.number}", problem=problem)
        else:
            yield _from_row(row, order, orders[row.fields.get("outlet", "")])


def _from_row(row: Row, order: str | None, printed_order: str | None) -> Article:
    locator = f"row {row.number}"
    values = {name: value.strip() for name, value in row.fields.items() if name != "text" and value.strip()}
    text = row.fields.get("text", "")
    problem = None
    if row.problem:
        problem = Unread(why=row.problem, cure="correct the row")
    elif not text.strip("\0 \t\r\n"):
        problem = Unread(why="the row has no text", cure="fill its text, or take the row out")
    return Article(
        text,
        locator,
        title=values.get("title"),
        outlet=values.get("outlet"),
        url=values.get("url"),
        published=cell_day(values.get("published", ""), order),
        external_id=values.get("external_id"),
        language=values.get("language"),
        author=values.get("credit"),
        in_table=True,
        order=printed_order,
        problem=problem,
    )


def _received(article: Article, sha256: str, file: str, meta: MetaRow, settings: IntakeSettings) -> Received:
    outlets = settings.outlets
    lines = article.text.translate(_LINE_ENDS)  # every line end a newline, for those who look for lines
    original = OriginalRef(sha256=sha256, locator=article.locator)
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
        in_table=article.in_table,
        header=printed.day if printed and printed.is_header else None,
        dateline=found.day if found else None,
        date_line=printed.day if printed and not printed.is_header else None,
        name=None if article.in_table else filename_day(file),
        url=filename_day(url) if url else None,
        order=article.order,
    )
    published, published_from = published_on(clues)
    language = meta.language or language_of(lines)
    report = Report(
        id=report_id(original, outlet, url),
        original=original,
        file=None if file == STDIN else file,
        external_id=article.external_id,
        url=url,
        outlet=outlet,
        credits=_with_author(find_credits(lines, found, printed, title, outlet, outlets), article, outlet, outlets),
        title=title or find_headline(lines, found, printed, outlets),
        language=language,
        published=published.isoformat() if published else None,
        published_from=published_from,
        dateline=_dateline(found, clues, published),
        text=article.text,
        text_sha256=sha256_hex(article.text.encode("utf-8")),
    )
    return Received(report=report, unread=article.problem or _unread(lines, language, settings))


def _dateline(found: FoundDateline | None, clues: Clues, published: date | None) -> Dateline | None:
    if found is None:
        return None
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
    for given, trusted in ((meta.outlet, True), (article.outlet, article.in_table)):
        if given:
            found = lookup(given, outlets) or (outlets.outlet_for_domain(given) if "." in given else None)
            if found:
                return found.id
            if trusted:
                return _SHORT_NAME.sub("-", clean(given).casefold()).strip("-_") or None
    by_address = outlets.outlet_for_domain(url) if url else None
    return by_address.id if by_address else None


def _with_author(
    printed: tuple[Credit, ...], article: Article, outlet: str | None, outlets: Outlets
) -> tuple[Credit, ...]:
    """The printed credits, and wires that metadata names as the author (these without words in the text)."""
    names = re.split(r"[,;/&+]|\band\b", article.author[:200]) if article.author else []
    known = [lookup(name.strip(), outlets) for name in names if name.strip()]
    found = [wire.id for wire in known if wire and wire.wire]
    there = {credit.agency for credit in printed} | {outlet}
    return printed + tuple(Credit(agency=wire) for wire in dict.fromkeys(found) if wire not in there)


def _unread(text: str, language: str | None, settings: IntakeSettings) -> Unread | None:
    if not text.strip("\0 \t\r\n\ufffd"):
        return Unread(why="there is no text", cure="check how the file was saved")
    if language is not None and language not in settings.languages:
        return Unread(why=f"language {language} not supported", cure="give an English translation")
    return None
