"""PDF files with a text layer, through PDFium (runs in the helper process of `confined`).

A line end of the page's layout becomes a blank, a paragraph a line. Paragraphs are told by the distance of lines and by
lines that stop short; a hyphen at a line's end stays, since nobody can tell which kind it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Taken
from evenhand.intake.encoding import clean
from evenhand.intake.printed_dates import iso_day
from evenhand.model.report import Notice

MAX_PAGES = 2000
MAX_TEXT = 4_000_000
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]{0,3}\Z")
_FIGURES = re.compile(r"\d+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_TITLE = re.compile(
    r"(?i)untitled|microsoft word|\.(?:docx?|indd|pdf|qxd|rtf|odt|tmp|html?|php|aspx?)\b|\Ahttps?:|\A\W*\Z"
    r"|\Adocument\d*\Z"
)
_CONTROLS = dict.fromkeys((*range(9), 0x0B, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))


def take_pdf(data: bytes) -> Taken:
    """The PDF's text and metadata. Raises UnreadableError for one that is locked, broken or without a text layer."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise UnreadableError("the PDF is locked with a password", "save it without a password") from problem
        raise UnreadableError("this is no PDF that can be opened", "save it again, or save its text") from problem
    try:
        return Taken(articles=(_article(document),))
    finally:
        document.close()


def _article(document: Any) -> Article:
    count = len(document)
    pages: list[list[_Line]] = []
    empty, size = [], 0
    stop = min(count, MAX_PAGES)
    for number in range(stop):
        lines = _page(document, number)
        if not lines:
            empty.append(number + 1)
        pages.append(lines)
        size += sum(len(line.text) for line in lines)
        if size > MAX_TEXT:
            stop = number + 1
            break
    text = _joined([_paragraphs(lines) for lines in _without_margins(pages)])
    if not text.strip():
        what = "a page" if count == 1 else f"{count} pages"
        raise UnreadableError(
            f"the PDF has no text layer ({what} of pictures)", "run text recognition (OCR) on it and give the result"
        )
    notices: list[Notice] = []
    if empty:
        shown = ", ".join(map(str, empty[:20])) + (", …" if len(empty) > 20 else "")
        notices.append(Notice(kind="gap", what=f"{len(empty)} of {count} pages hold no text: {shown}"))
    if stop < count:
        notices.append(Notice(kind="gap", what=f"only the first {stop} of {count} pages are taken in"))
    if attached := document.count_attachments():
        notices.append(Notice(kind="hidden", what=f"the PDF carries {attached} attached files, which are not opened"))
    given = document.get_metadata_dict()
    return Article(
        text=text,
        title=_title(given.get("Title")),
        made=_day(given.get("CreationDate")),
        author=clean(str(given.get("Author") or ""))[:200] or None,
        notices=tuple(notices),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float


def _page(document: Any, number: int) -> list[_Line]:
    try:
        page = document[number]
        layer = page.get_textpage()
    except pdfium.PdfiumError:
        return []  # a broken page is a page without text, which a notice names
    try:
        text = layer.get_text_range(errors="replace")
        return _lines(layer, text)
    finally:
        layer.close()
        page.close()


def _lines(layer: Any, text: str) -> list[_Line]:
    """The layer's lines with their places on the page, in points from the lower left."""
    known = len(text) == layer.count_chars()
    lines, start = [], 0
    for match in (*_LINE_END.finditer(text), None):
        end = match.start() if match else len(text)
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            last = end - (len(words) - len(words.rstrip())) - 1
            left, right, top, bottom = _box(layer, first, last) if known else (0.0, 0.0, 0.0, 0.0)
            shown = words.replace("\ufffe", "-").translate(_CONTROLS).strip()
            hyphen = "\ufffe" if words.rstrip().endswith("\ufffe") else ""
            lines.append(_Line(shown + hyphen, left, right, top, bottom))
        start = match.end() if match else end
    return lines


def _box(layer: Any, first: int, last: int) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a line; heights are the middle ones of some letters (ligatures are lower)."""
    some = [layer.get_charbox(first + (last - first) * part // 6, loose=True) for part in range(7)]
    return some[0][0], some[-1][2], median(box[3] for box in some), median(box[1] for box in some)


def _without_margins(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without what stands at the top or bottom of most of them (running heads, page numbers)."""
    counts = Counter(key for lines in pages for key in {_shape(line) for line in lines[:2] + lines[-2:]})
    filled = sum(1 for lines in pages if lines)
    common = {key for key, count in counts.items() if count > 1 and count * 2 > filled}
    out = []
    for lines in pages:
        edge = {id(line) for line in lines[:2] + lines[-2:]}
        out.append([line for line in lines if id(line) not in edge or _shape(line) not in common])
    return out


def _shape(line: _Line) -> tuple[str, int]:
    """A line's words without its figures, and its height on the page."""
    return _FIGURES.sub("0", line.text), round(line.bottom / 4)


def _joined(pages: list[str]) -> str:
    """The pages' texts: a sentence that runs over the page's end goes on."""
    out: list[str] = []
    for text in pages:
        if text and out:
            out.append(" " if text[0].islower() and not _ENDS.search(out[-1][-20:]) else "\n")
        if text:
            out.append(text)
    return "".join(out)


def _paragraphs(lines: list[_Line]) -> str:
    if not lines:
        return ""
    height = median(line.top - line.bottom for line in lines)
    steps = [one.bottom - other.bottom for one, other in pairwise(lines)]
    wide = sorted(step for step in steps if step > height / 2)
    usual = wide[len(wide) * 3 // 10] if wide else 0  # of short pages half the steps are gaps between paragraphs
    rights: dict[int, list[float]] = {}  # of each column where its lines end; a column is known by where they begin
    for line in lines:
        rights.setdefault(round(line.left / 40), []).append(line.right)
    edges = {column: sorted(ends)[len(ends) * 9 // 10] for column, ends in rights.items()}
    out = [lines[0].text]
    for (one, other), step in zip(pairwise(lines), steps, strict=True):
        if _breaks(one, other, step, usual, edges[round(one.left / 40)]):
            out.append("\n")
        elif not one.text.endswith("\ufffe"):
            out.append(" ")
        out.append(other.text)
    return clean("".join(out).replace("\ufffe", ""))


def _breaks(one: _Line, other: _Line, step: float, usual: float, edge: float) -> bool:
    """Whether a paragraph ends with line `one`; `step` points lie between the lines, the column ends at `edge`."""
    ended = bool(_ENDS.search(one.text))
    if not usual:
        return ended
    if step < -1:  # the next column
        return ended
    if step > 1.35 * usual or abs((one.top - one.bottom) - (other.top - other.bottom)) > 2:
        return True
    letter = (one.right - one.left) / max(len(one.text), 1)
    word = other.text.split(None, 1)[0] if other.text.strip() else ""
    fitted = one.right + letter * (len(word) + 1) < edge - letter  # the next word had room, and was not put there
    return fitted and (ended or not other.text[:1].islower())


def _title(given: str | None) -> str | None:
    """The document's title, unless it is the name of a file or a program."""
    title = " ".join(clean(given or "").translate(_CONTROLS).split())[:500]
    return title if title and not _NO_TITLE.search(title) else None


def _day(given: str | None) -> date | None:
    match = _DATE.match(given or "")
    return iso_day("-".join(match.groups())) if match else None
