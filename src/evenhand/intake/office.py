"""DOCX and RTF documents (runs in the helper process of `confined`): paragraphs as lines, cells divided by "|"."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import lxml.etree

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Taken
from evenhand.intake.encoding import clean
from evenhand.intake.markup import check_xml
from evenhand.intake.printed_dates import iso_day
from evenhand.model.report import Notice

MAX_PART = 24 * 1024 * 1024
MAX_ALL = 96 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SHOWN = frozenset((_W + "del", _W + "moveFrom", _FALLBACK))
_INFO = re.compile(r"\{\\(title|author)\b ?((?:[^{}]|\{[^{}]{0,200}\}){0,1000})\}")
_CREATED = re.compile(r"\\creatim((?:\\(?:yr|mo|dy|hr|min|sec)\d{1,4} ?){2,6})")
_HIDDEN_RTF = re.compile(r"\{\\v\b(?!0)[^{}]{0,20000}\}")
_NUMBER = re.compile(r"\\(yr|mo|dy)(\d{1,4})")


def take_docx(data: bytes) -> Taken:
    """The document's text and metadata. Raises UnreadableError for one that is broken or too large unpacked."""
    _check_package(data)
    import docx  # noqa: PLC0415 — only office documents pay for it

    document = docx.Document(io.BytesIO(data))
    roots = [document.element.body]
    for part in document.part.package.iter_parts():
        if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
            from docx.oxml import parse_xml  # noqa: PLC0415

            roots.append(parse_xml(part.blob))
    walks = [_Walk(root) for root in roots]
    lines = [line for walk in walks for line in walk.lines]
    hidden = [words for walk in walks for words in walk.hidden]
    heading = walks[0].heading
    core = document.core_properties
    made = core.created or core.modified
    words = " ".join(" ".join(hidden).split())
    what = f"the document holds hidden words, not in the text; they begin: “{words[:200]}”"
    article = Article(
        text=clean("\n".join(lines)).strip(),
        title=_short(core.title) or heading,
        made=_sane(made.date()) if made else None,
        author=_short(core.author),
        language=(core.language or "")[:2].lower() or None,
        notices=(Notice(kind="hidden", what=what),) if len(words.split()) >= 4 else (),
    )
    return Taken(articles=(article,))


def _check_package(data: bytes) -> None:
    """Raises UnreadableError for parts that swell, are too large, are locked, or declare entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            total = 0
            for info in package.infolist():
                is_xml = info.filename.lower().endswith((".xml", ".rels"))
                total += info.file_size if is_xml else 0
                if info.flag_bits & 1:
                    raise UnreadableError("the document is locked with a password", "save it without a password")
                if (is_xml and info.file_size > MAX_PART) or total > MAX_ALL:
                    raise UnreadableError("the document is too large when unpacked", "save it as plain text")
                if is_xml:
                    with package.open(info) as part:
                        check_xml(part.read(MAX_PART + 1), "the document")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as problem:
        raise UnreadableError("the document is damaged", "open it in a word processor and save it again") from problem


class _Walk:
    """Paragraphs and rows of tables as lines, the words that are hidden, and the first heading, from one pass."""

    def __init__(self, root: Any) -> None:
        self.lines: list[str] = []
        self.hidden: list[str] = []
        self.heading: str | None = None
        self._rows: list[list[str]] = []  # of each open row its cells' words so far
        self._paragraphs: list[list[str]] = []  # of each open paragraph its words so far
        skipping = 0
        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            if element.tag in _NOT_SHOWN:
                skipping += 1 if event == "start" else -1
            elif not skipping:
                (self._open if event == "start" else self._close)(element)

    def _open(self, element: Any) -> None:
        if element.tag == _W + "p":
            self._paragraphs.append([])
        elif element.tag == _W + "tr":
            self._rows.append([])
        elif self._paragraphs and (words := _words(element)):
            unseen = element.tag == _W + "t" and _is_hidden(element)
            (self.hidden if unseen else self._paragraphs[-1]).append(words)

    def _close(self, element: Any) -> None:
        if element.tag == _W + "p":
            line = "".join(self._paragraphs.pop()).strip()
            if self.heading is None and line and _is_heading(element):
                self.heading = line[:500]
        elif element.tag == _W + "tr":
            line = " | ".join(cell for cell in self._rows.pop() if cell)
        else:
            return
        if line:
            (self._rows[-1] if self._rows else self.lines).append(line)


def _words(element: Any) -> str:
    if element.tag == _W + "t":
        return element.text or ""
    if element.tag == _W + "tab":
        return "\t" if element.getparent().tag == _W + "r" else ""
    if element.tag in (_W + "br", _W + "cr"):
        return "\n"
    return "\u2011" if element.tag == _W + "noBreakHyphen" else ""


def _is_hidden(text: Any) -> bool:
    properties = text.getparent().find(_W + "rPr")
    mark = properties.find(_W + "vanish") if properties is not None else None
    return mark is not None and mark.get(_W + "val") not in ("0", "false", "off")


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and (style.get(_W + "val") or "").lower() in ("title", "heading1", "1")


def take_rtf(data: bytes) -> Taken:
    """The document's text and metadata."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 — only RTF pays for it

    source = data.decode("latin-1")
    hidden = [match.group() for match in _HIDDEN_RTF.finditer(source)]
    text = clean(rtf_to_text(_HIDDEN_RTF.sub("", source), errors="replace")).strip()
    if not text:
        raise UnreadableError("the document holds no text", "save it as plain text")
    info: dict[str, str] = {}
    header = source[:20_000]
    start = re.match(r"\{\\rtf\d?[^{}]{0,200}", source)
    for name, value in _INFO.findall(header):
        whole = (start.group() if start else "{\\rtf1\\ansi") + " " + value + "}"
        info.setdefault(name, clean(rtf_to_text(whole, errors="replace")))
    created = _CREATED.search(header)
    parts = dict(_NUMBER.findall(created[1])) if created else {}
    made = iso_day(f"{parts.get('yr', '')}-{parts.get('mo', ''):0>2}-{parts.get('dy', ''):0>2}") if parts else None
    words = " ".join(rtf_to_text("{\\rtf1 " + " ".join(hidden[:20]) + "}", errors="replace").split()) if hidden else ""
    what = f"the document holds hidden words, not in the text; they begin: “{clean(words[:200])}”"
    notices = (Notice(kind="hidden", what=what),) if len(words.split()) >= 4 else ()
    article = Article(
        text=text, title=_short(info.get("title")), author=_short(info.get("author")), made=made, notices=notices
    )
    return Taken(articles=(article,))


def _short(value: str | None) -> str | None:
    return " ".join(clean(value or "").split())[:500] or None


def _sane(day: date) -> date | None:
    """The day, unless it is the template's own (python-docx and others ship documents of 2013 and before 1990)."""
    return day if day.year >= 1990 and day != date(2013, 12, 23) else None
