"""Tables of articles: CSV, TSV, JSON and JSONL, their columns found by name or named by the user."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from tomllib import loads
from typing import Any

from evenhand.errors import UnreadableError, UsageError
from evenhand.intake.encoding import clean

FIELDS = ("text", "title", "outlet", "url", "published", "external_id", "language", "credit")
_DELIMITERS = (",", "\t", ";", "|")
_SHOWN = 12
"""Columns named where none is of text."""
_DIGITS = 40
# Longer whole numbers stay as they are written: Python refuses to read those of thousands of digits.
_DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) <= _DIGITS else digits)
_DECODER_LINE = re.compile(r"[^\n]{0,1000000}\n")
_MOST_WHOLE = 16_000_000
_BLANKS, _BETWEEN = re.compile(r"\s*"), re.compile(r"[\s,]*")
_LINE = re.compile(r"[^\s][^\r\n]*")
_KEY = re.compile(r"[\s._:-]+")
# A cell may be as long as a file; Python's default of 128 KiB refuses long articles. Set once, for the process.
csv.field_size_limit(256 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a table: its number from 1 (the header not counted) and its fields, or why it is none."""

    number: int
    fields: Mapping[str, str]
    problem: str | None = None


def parse_columns(given: str | None) -> dict[str, str]:
    """`text=article_content,outlet=source` as a mapping from field to column. Raises UsageError with the cure."""
    columns: dict[str, str] = {}
    for part in (given or "").split(","):
        if not part.strip():
            continue
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or field not in FIELDS or not column:
            raise UsageError(
                f"--columns: {part.strip()!r} is not FIELD=COLUMN; fields are {', '.join(FIELDS)}, "
                "for example text=article_content,outlet=source"
            )
        columns[field] = column
    return columns


def csv_rows(text: str, columns: Mapping[str, str], *, is_named_table: bool) -> Iterator[Row] | None:
    """The rows of a CSV or TSV table with a text column, None where the text is no such table.

    Raises UnreadableError where it is surely a table (its name says so or the user named columns) without one.
    """
    start = len(text) - len(text.lstrip("\r\n"))
    first = text[start : start + 20_000]
    headers: list[tuple[str, list[str]]] = []
    for delimiter in _DELIMITERS:
        header = _header(first, delimiter)
        headers.append((delimiter, header))
        found = _found(header, columns)
        sure = len(found) > 1 or is_named_table or "text" in columns
        if "text" in found and sure and (len(header) > 1 or delimiter == ","):
            return _csv_articles(text, start, delimiter, found)
    if is_named_table or columns.get("text"):
        header = max((header for _, header in headers), key=len)
        shown = ", ".join(repr(name[:40]) for name in header[:_SHOWN])
        shown += f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else ""
        raise UnreadableError(
            f"a table without a column of text; its columns are {shown}", "name it: --columns text=COLUMN"
        )
    return None


def json_rows(text: str, columns: Mapping[str, str]) -> Iterator[Row] | None:
    """The objects of a JSON list, of a list inside an object, of JSONL, or one object; None where it is not JSON.

    Raises UnreadableError where it is JSON without a key of text.
    """
    start = _skip(text, 0, _BLANKS)
    try:
        if text[start : start + 1] == "[":
            first = next(elements(text, start + 1), None)
            if not isinstance(first, dict):
                raise UnreadableError("JSON without articles", "give a list of objects with a key of text")
            return _objects(iter(enumerate(elements(text, start + 1), 1)), columns)
        if len(text) > _MOST_WHOLE and _DECODER_LINE.match(text, start) is None:
            raise UnreadableError("a JSON object of more than 16 million characters", "give a list or JSONL")
        whole, end = _DECODER.raw_decode(text, start)
        if text[end:].strip():
            return _jsonl(text, columns)
    except RecursionError as problem:
        raise UnreadableError("JSON nested too deeply", "flatten it to a list of articles") from problem
    except ValueError:
        return _jsonl(text, columns)
    return _objects(iter(enumerate(_inner_list(whole, columns), 1)), columns)


def elements(text: str, at: int) -> Iterator[Any]:
    """The elements of a JSON list from behind its bracket on, one at a time. Raises ValueError where one is none."""
    while (at := _skip(text, at, _BETWEEN)) < len(text) and text[at] != "]":
        element, at = _DECODER.raw_decode(text, at)
        yield element


def _skip(text: str, at: int, blanks: re.Pattern[str]) -> int:
    match = blanks.match(text, at)
    return match.end() if match else at


def raw_object(text: str, start: int) -> tuple[Any, int]:
    """The JSON value at `start` and where it ends. Raises ValueError, RecursionError."""
    return _DECODER.raw_decode(text, start)


def _jsonl(text: str, columns: Mapping[str, str]) -> Iterator[Row] | None:
    lines = list(islice(lines_of(text), 20))
    good = sum(parsed(line) is not None for line in lines)
    if good == 0 or good < len(lines) / 2:
        return None
    return _objects(((number, parsed(line)) for number, line in enumerate(lines_of(text), 1)), columns)


def lines_of(text: str) -> Iterator[str]:
    """The lines that hold something."""
    return (match.group() for match in _LINE.finditer(text))


def parsed(line: str) -> dict[str, Any] | None:
    """The JSON object on a line, None where there is none."""
    try:
        value = _DECODER.decode(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _inner_list(whole: object, columns: Mapping[str, str]) -> list[Any]:
    if not isinstance(whole, dict):
        return []
    if "text" in _found(list(_flat(whole)), columns):
        return [whole]
    for value in whole.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return value
    return [whole]


def _objects(items: Iterator[tuple[int, Any]], columns: Mapping[str, str]) -> Iterator[Row]:
    number = 0
    while True:
        try:
            number, item = next(items)
        except StopIteration:
            return
        except (ValueError, RecursionError) as problem:
            yield Row(number + 1, {}, f"from here on the file is not JSON ({str(problem)[:80]})")
            return
        if not isinstance(item, dict):
            yield Row(number, {}, "the entry is not a JSON object")
            continue
        flat = _flat(item)
        found = _found(list(flat), columns)
        if "text" not in found:
            shown = ", ".join(repr(name[:40]) for name in list(flat)[:12])
            yield Row(number, {}, f"no key of text; its keys are {shown}" if shown else "an entry without keys")
            continue
        yield Row(number, {field: clean(flat[name]) for field, name in found.items()})


def _flat(item: Mapping[str, Any]) -> dict[str, str]:
    """Keys to text: inner objects as `outer.inner`, and the outer key for an inner name."""
    flat: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            for inner, below in value.items():
                if isinstance(below, str | int | float) and not isinstance(below, bool):
                    flat[f"{key}.{inner}"] = _as_text(below)
            named = value.get("name") or value.get("title")
            if isinstance(named, str):
                flat[key] = named
        elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            flat[key] = ", ".join(value) if len(value) < 20 else "\n".join(value)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            flat[key] = _as_text(value)
    return flat


def _as_text(value: str | float) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python prints
        return ""


def _csv_articles(text: str, start: int, delimiter: str, found: Mapping[str, str]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text[start:] if start else text, newline=""), delimiter=delimiter)
    header = [_plain_name(name) for name in next(reader)]
    index = {field: header.index(_plain_name(name)) for field, name in found.items()}
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            number += 1
            yield Row(number, {}, f"the row cannot be read ({problem})")
            continue
        if cells is None:
            return
        if not cells:
            continue
        number += 1
        if len(cells) <= index["text"]:
            yield Row(number, {}, f"the row has {len(cells)} cells, its text should be in cell {index['text'] + 1}")
            continue
        yield Row(number, {field: cells[at] for field, at in index.items() if at < len(cells)})


def _header(first: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _found(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: the user's word first, then the table of synonyms in its order."""
    plain = {_plain_name(name): name for name in reversed(names)}
    found = {field: plain[_plain_name(name)] for field, name in columns.items() if _plain_name(name) in plain}
    for field, synonyms in _synonyms().items():
        if field in columns:
            continue
        for synonym in synonyms:
            name = plain.get(_plain_name(synonym))
            if name is not None and name not in found.values():
                found[field] = name
                break
    return found


def _plain_name(name: str) -> str:
    return _KEY.sub("", name).casefold().lstrip("\ufeff")


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Field → names of columns, best first, from `words.toml`."""
    table = loads((files("evenhand.intake") / "words.toml").read_text(encoding="utf-8"))
    return {field: tuple(names) for field, names in table["columns"].items()}
