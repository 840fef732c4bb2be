"""TOML tables → records, strictly: an unknown key or a wrong type is an error that names the file and the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from evenhand.errors import CaseError

Record = TypeVar("Record")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DATES = ("since", "until")


def record(kind: type[Record], table: Mapping[str, Any], where: str, nested: Mapping[str, type] = {}) -> Record:
    """A `kind` made of `table`; `where` ("world/outlets.toml: outlets.tass") begins every error message.

    `nested` maps keys that hold lists of tables to their record type. Raises CaseError.
    """
    known = {spec.name: spec for spec in fields(kind)}  # type: ignore[arg-type]
    hints = _hints(kind)  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise CaseError(f"{where}: unknown key {key!r}; known are: {', '.join(sorted(known))}")
        if key in nested:
            values[key] = _nested(nested[key], value, f"{where}.{key}")
        else:
            values[key] = _value(value, hints[key], key, where)
    for name, spec in known.items():
        if name not in values and spec.default is MISSING and spec.default_factory is MISSING:
            raise CaseError(f"{where}: the key {name!r} is missing")
    if not str(values.get("source", "-")).strip():
        raise CaseError(f"{where}: source is empty; every fact needs one that can be checked")
    return kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a record's fields; working them out for each of a thousand entries took a quarter of loading."""
    return get_type_hints(kind)


def _nested(kind: type, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise CaseError(f"{where}: a list of tables is needed")
    return tuple(record(kind, _table(item, f"{where}[{i}]"), f"{where}[{i}]") for i, item in enumerate(value))


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CaseError(f"{where}: a table is needed")
    return value


def _value(value: Any, hint: Any, key: str, where: str) -> Any:
    if key in _DATES:
        return _partial_date(value, f"{where}.{key}")
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise CaseError(f"{where}: {key} must be a list of texts")
        length = get_args(hint)
        if length[-1] is not ... and len(value) != len(length):
            raise CaseError(f"{where}: {key} must hold {len(length)} texts")
        return tuple(value)
    allowed = [arg for arg in get_args(hint) if isinstance(arg, str)]
    if allowed and value not in allowed:
        raise CaseError(f"{where}: {key} is {value!r}; it may be {', '.join(allowed)}")
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    wanted, words = {bool: (bool, "true or false"), float: (float, "a number")}.get(hint, (str, "a text"))
    if not isinstance(value, wanted):
        raise CaseError(f"{where}: {key} must be {words}")
    return value


def _partial_date(value: Any, where: str) -> str:
    text = value if isinstance(value, str) else str(value)
    if not _PARTIAL_DATE.fullmatch(text):
        raise CaseError(f"{where}: {text!r} is not a date of the form 2016, 2016-12 or 2016-12-27")
    return text
