"""The user's table of what files do not say themselves: `--meta FILE.csv|.json`, `meta.csv|json` in a folder."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from evenhand.errors import UsageError
from evenhand.intake.encoding import clean, decode
from evenhand.intake.printed_dates import user_date
from evenhand.intake.settings import MAX_BYTES, Meta, MetaRow
from evenhand.model.evidence import content_id
from evenhand.model.report import OriginalRef, Received, Report, Unread

META_NAMES = frozenset(("meta.csv", "meta.json"))
COLUMNS = ("file", "url", "outlet", "title", "published", "language")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def load_meta(table: str | None, paths: Sequence[str]) -> Meta:
    """The table given by `--meta` and those in the folders among `paths`.

    Raises UsageError naming the file, the row or key, and the cure.
    """
    given: dict[str, MetaRow] = {}
    found: dict[str, MetaRow] = {}
    absent: list[tuple[str, str, str]] = []
    if table:
        roots = [Path(), Path(table).parent, *(root for path in paths for root in (Path(path), Path(path).parent))]
        for where, file, row in _rows(Path(table)):
            given[file] = row
            if not any(_is_there(root / file) for root in roots) and file != "-":
                absent.append((table, where, file))
    for path in paths:
        if path != "-":
            for place in _tables_in(Path(path)):
                for where, file, row in _rows(place):
                    found[str(place.parent / file)] = row
                    if not _is_there(place.parent / file):
                        absent.append((str(place), where, file))
    return Meta(given=given, found=found, absent=tuple(absent))


def absent_rows(meta: Meta) -> Iterator[Received]:
    """A record for each row of a meta table about a file that is not there, so that a typing error does not pass."""
    for table, where, file in meta.absent:
        report = Report(
            id=content_id("report", "", table, where, file), original=OriginalRef(sha256=""), file=clean(file)
        )
        why = f"{clean(table)}: {where} is about a file that is not there"
        yield Received(report=report, unread=Unread(why=why, cure="correct the name in the column 'file'"))


def _is_there(path: Path) -> bool:
    """Whether the file, or the archive it is in, exists."""
    try:
        return path.exists() or any(parent.is_file() for parent in path.parents)
    except (OSError, ValueError):
        return False


def _tables_in(path: Path) -> Iterator[Path]:
    """The meta tables in and below a folder."""
    try:
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (Path(folder) / name for name in sorted(names) if name.lower() in META_NAMES)
    except OSError:
        return


def _rows(path: Path) -> Iterator[tuple[str, str, MetaRow]]:
    """Where a row stands, the file it is about, and what it says."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise UsageError(f"{path}: the meta table cannot be read ({problem}); check the path") from problem
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path}: the meta table is larger than {MAX_BYTES} bytes; split it")
    text = decode(data).text
    items = _json_rows(path, text) if text.lstrip()[:1] in ("{", "[") else _csv_rows(path, text)
    for where, row in items:
        yield where, *_row(path, where, row)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise UsageError(f"{path}: not a CSV table: {problem}; save it again as CSV in UTF-8") from problem
    rows = [row for row in table if any(cell.strip() for cell in row)]
    header = [name.strip().lower() for name in rows[0]] if rows else []
    _check_names(path, "header", header)
    for number, row in enumerate(rows[1:], 1):
        if len(row) > len(header):
            raise UsageError(
                f"{path}: row {number} has {len(row)} cells under {len(header)} columns; "
                "put cells that hold the delimiter into quotes"
            )
        yield f"row {number}", dict(zip(header, row, strict=False))


def _json_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"{path}: not JSON: {problem}; check the file") from problem
    if isinstance(table, dict) and "file" not in table:
        table = [{"file": key, **(row if isinstance(row, dict) else {"": row})} for key, row in table.items()]
    for number, row in enumerate(table if isinstance(table, list) else [table], 1):
        if not isinstance(row, dict):
            raise UsageError(f"{path}: entry {number} is no object; write {{'file': …, 'outlet': …}}")
        low = {str(key).strip().lower(): value for key, value in row.items()}
        _check_names(path, f"entry {number}", list(low))
        yield f"entry {number}", low


def _check_names(path: Path, where: str, names: Sequence[str]) -> None:
    known = ", ".join(COLUMNS)
    if "file" not in names:
        raise UsageError(f"{path}: {where}: no column 'file'; columns are {known}. If this is no meta table, rename it")
    for name in names:
        near = get_close_matches(name, COLUMNS, 1, 0.8)
        if name not in COLUMNS and near:
            raise UsageError(f"{path}: {where}: unknown column {name!r}; did you mean {near[0]!r}?")


def _row(path: Path, where: str, row: Mapping[str, Any]) -> tuple[str, MetaRow]:
    values: dict[str, str | None] = {}
    for name in COLUMNS:
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{path}: {where}: {name!r} is no text; put it into quotes")
        values[name] = clean(value).strip() or None if value else None
    file = values.pop("file")
    if not file:
        raise UsageError(f"{path}: {where}: 'file' is empty; name the file this row is about")
    if values["published"]:
        day = user_date(values["published"])
        if day is None:
            raise UsageError(f"{path}: {where}: published {values['published']!r} is no date; write it as YYYY-MM-DD")
        values["published"] = day.isoformat()
    if values["language"]:
        if not _LANGUAGE.fullmatch(values["language"]):
            raise UsageError(f"{path}: {where}: language {values['language']!r}; write a code such as en or ar")
        values["language"] = re.split("[-_]", values["language"])[0].lower()
    return file.replace("\\", "/").removeprefix("./"), MetaRow(**values)
