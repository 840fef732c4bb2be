"""What is marked as sensitive, covered: the same length, so that every position stays what it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import Reading

COVER = "█"
PERSON = "a person whose name is hidden"


def covered(text: str, spans: Iterable[Span]) -> str:
    """The text with every character of the spans covered."""
    out = text
    for start, end in spans:
        out = out[:start] + COVER * (min(end, len(text)) - start) + out[end:]
    return out


def without_names(value: Any, names: Iterable[str]) -> Any:
    """Plain values in which no string holds one of the names."""
    hidden = [name for name in names if name]
    if not hidden:
        return value
    if isinstance(value, str):
        for name in hidden:
            value = value.replace(name, PERSON) if value == name else value.replace(name, COVER * len(name))
        return value
    if isinstance(value, dict):
        return {key: without_names(inner, hidden) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_names(inner, hidden) for inner in value]
    return value


def veiled(reading: Reading, spans: Iterable[Span], names: Iterable[str]) -> Reading:
    """A reading in which marked passages are covered and marked names are not said."""
    spans, names = list(spans), list(names)
    if not spans and not names:
        return reading
    report = msgspec.structs.replace(reading.report, text=covered(reading.report.text, spans))
    plain = without_names(msgspec.to_builtins(msgspec.structs.replace(reading, report=report)), names)
    return msgspec.convert(plain, Reading)
