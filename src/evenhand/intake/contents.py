"""What a file holds: bytes to articles, through the parser of their kind, and on into files inside files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from evenhand.errors import UnreadableError
from evenhand.intake import archives, web_archives
from evenhand.intake.archives import Budget
from evenhand.intake.articles import Article, Member, joined, refused
from evenhand.intake.confined import take
from evenhand.intake.encoding import Decoded, clean, decode
from evenhand.intake.formats import Kind, recognise
from evenhand.intake.ninjs import ninjs_in
from evenhand.intake.printed_dates import cell_day, order_of
from evenhand.intake.settings import IntakeSettings
from evenhand.intake.tables import Row, csv_rows, json_rows
from evenhand.intake.web_archives import Capture
from evenhand.model.report import Notice, Unread

_TABLE_NAMES = (".csv", ".tsv", ".tab", ".psv")
_MANY_REPLACED = 0.02


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes with what their surroundings say: `file` a name, `name` the path inside archives, how deep they lie."""

    data: bytes
    file: str
    locator: str | None = None
    name: str | None = None
    url: str | None = None
    charset: str | None = None
    depth: int = 0
    notices: tuple[Notice, ...] = ()
    budget: Budget = field(default_factory=Budget)

    def placed(self, article: Article) -> Article:
        """The article with what its surroundings say."""
        return msgspec.structs.replace(
            article,
            locator=joined(self.locator, article.locator),
            name=article.name or self.name,
            url=self.url or article.url,
            notices=(*self.notices, *article.notices),
        )

    def inside(self, found: Member | Capture) -> Content:
        """The content of a member or capture found in this one."""
        if isinstance(found, Capture):
            return Content(found.data, self.file, joined(self.locator, found.locator), self.name, found.url,
                           found.charset, self.depth + 1, (*self.notices, *found.notices), self.budget)  # fmt: skip
        name = f"{self.name}/{found.name}" if self.name else found.name
        locator = joined(self.locator, f"{found.label} {found.name}")
        return Content(found.data, found.name, locator, name, None, None, self.depth + 1, self.notices, self.budget)


def articles_in(content: Content, settings: IntakeSettings) -> Iterator[Article]:
    """The articles in a file, one at a time, those in its members, too. Never raises: what is refused says why."""
    nothing = True
    try:
        for article in _of_kind(content, settings):
            nothing = False
            yield article
    except UnreadableError as problem:
        yield content.placed(refused(problem.why, problem.cure))
    except Exception as problem:  # a hole in a parser is one record, never the end of the run
        why = f"the file cannot be taken apart ({type(problem).__name__}: {clean(str(problem))[:100]})"
        yield content.placed(refused(why, "save its text as a .txt file; please send us the file or its shape"))
    else:
        if nothing:
            yield content.placed(refused("nothing in the file can be a report", "check how it was made"))


def _of_kind(content: Content, settings: IntakeSettings) -> Iterator[Article]:
    recognised = recognise(content.data)
    kind = recognised.kind
    if recognised.unread or kind is None:
        yield content.placed(Article(problem=recognised.unread))
    elif kind in ("text", "json"):
        yield from map(content.placed, _text(content, kind, settings))
    elif kind in ("page", "pdf", "rtf", "feed", "newsml", "mail"):
        taken = take(kind, content.data, url=content.url, charset=content.charset)
        yield from map(content.placed, taken.articles)
        for member in taken.members:
            yield from _below(content, member, settings)
    else:
        yield from _container(content, kind, settings)


def _container(content: Content, kind: Kind, settings: IntakeSettings) -> Iterator[Article]:
    """What is in an archive, a compressed file or a web archive; a DOCX document, which is a ZIP archive, too."""
    data, budget = content.data, content.budget
    if kind == "zip" and b"[Content_Types].xml" in data and b"word/document" in data:
        yield from map(content.placed, take("docx", data).articles)
    elif kind == "zip" and (what := _other_office(data)):
        why = f"this is {what}, which evenhand does not read"
        yield content.placed(refused(why, "save it as plain text, its tables as CSV"))
    elif kind == "warc" or (kind == "gzip" and archives.beginning(data).startswith(b"WARC/")):
        yield from _each(content, web_archives.warc_captures(data, budget), settings)
    elif kind in ("gzip", "bzip2", "xz"):
        inner = archives.decompress(data, kind, budget)
        if recognise(inner).kind == "tar":  # a .tar.gz is one archive, not one in another
            yield from _each(content, archives.tar_members(inner, budget), settings)
            return
        name = (archives.gzip_name(data) if kind == "gzip" else None) or _bare_name(content.file)
        yield from _below(content, Member(name=name, data=inner), settings)
    elif kind == "tar":
        yield from _each(content, archives.tar_members(data, budget), settings)
    elif b"datapackage.json" in data and b"archive/" in data:
        yield from _each(content, web_archives.wacz_captures(data, budget), settings)
    else:
        yield from _each(content, archives.zip_members(data, budget), settings)


def _other_office(data: bytes) -> str | None:
    head = data[:4096]
    if b"[Content_Types].xml" in data and (b"xl/workbook" in data or b"ppt/presentation" in data):
        return "a workbook or a presentation"
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return "an OpenDocument file"
    return "an EPUB book" if b"mimetypeapplication/epub" in head else None


def _bare_name(file: str) -> str:
    name = file.rpartition("/")[2]
    return name.rpartition(".")[0] or name or "content"


def _each(
    content: Content, found: Iterator[Member | Article] | Iterator[Capture | Article], settings: IntakeSettings
) -> Iterator[Article]:
    for one in found:
        if isinstance(one, Article):
            yield content.placed(one)
        else:
            yield from _below(content, one, settings)


def _below(content: Content, found: Member | Capture, settings: IntakeSettings) -> Iterator[Article]:
    inner = content.inside(found)
    if inner.depth > archives.MAX_NESTING:
        why = f"archives are nested more than {archives.MAX_NESTING} deep; what is in this one is not read"
        yield inner.placed(refused(why, "unpack it"))
    else:
        yield from articles_in(inner, settings)


def _text(content: Content, kind: Kind, settings: IntakeSettings) -> Iterator[Article]:
    decoded = decode(content.data, content.charset)
    if kind == "json" and (items := ninjs_in(decoded.text)) is not None:
        yield from items
        return
    named = content.file.lower().endswith(_TABLE_NAMES)
    rows = json_rows(decoded.text, settings.columns) if kind == "json" else None
    rows = rows or csv_rows(decoded.text, settings.columns, is_named_table=named)
    if _is_mangled(decoded):
        why = f"no encoding fits: {decoded.replaced} characters have no meaning in {decoded.encoding}"
        yield Article(text=decoded.text, problem=Unread(why=why, cure="save the file as UTF-8"))
    elif rows is not None:
        yield from _from_rows(rows, settings)
    else:
        yield Article(text=decoded.text)


def _is_mangled(decoded: Decoded) -> bool:
    return decoded.replaced > _MANY_REPLACED * len(decoded.text)


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
        yield Article(problem=Unread(why="the table has no rows", cure="check how it was saved"))
    order = order_of(row.fields.get("published", "") for row in kept)
    heads: dict[str, list[str]] = defaultdict(list)
    for row in kept:
        heads[row.fields.get("outlet", "")].append(row.fields.get("text", "")[:200])
    orders = {outlet: order_of(texts) for outlet, texts in heads.items()}
    for row in kept:
        if problem and row is kept[-1]:
            yield Article(locator=f"row {row.number}", problem=problem)
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
        text=text,
        locator=locator,
        title=values.get("title"),
        outlet=values.get("outlet"),
        url=values.get("url"),
        published=cell_day(values.get("published", ""), order),
        external_id=values.get("external_id"),
        language=values.get("language"),
        author=values.get("credit"),
        trusted=True,
        order=printed_order,
        problem=problem,
    )
