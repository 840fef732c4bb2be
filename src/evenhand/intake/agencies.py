"""Names of wires and outlets where they are printed, looked up in the registry; none is known here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.intake.settings import Outlets
from evenhand.model.evidence import Span
from evenhand.model.parties import Outlet
from evenhand.model.report import UNNAMED_AGENCIES

# Wires that a report names only as such: `agency` of their credit.
UNNAMED = UNNAMED_AGENCIES
_UNNAMED = frozenset(
    ("agencies", "agency", "news agencies", "wires", "wire services", "wire agencies", "news wires", "agency reports")
)
_JOIN = re.compile(r"\s{0,3}(?:[,;/&+|]|\band\b|\bwith\b)\s{0,3}(?:and\s{1,3}|the\s{1,3})?", re.I)
_TOKEN = re.compile(r"[^\s,;/&+|()\[\]:]{1,40}")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Named:
    """An agency in the text: its words and its id in the registry (or `agencies`)."""

    span: Span
    agency: str
    wire: bool


def exact(text: str, span: Span, outlets: Outlets) -> Named | None:
    """The agency that the words at `span` name, all of them."""
    start, end = _trim(text, *span)
    words = text[start:end]
    if words.casefold() in _UNNAMED:
        return Named((start, end), UNNAMED, True)
    outlet = lookup(words, outlets) if words else None
    if outlet is None or not (words[0].isupper() or words in (outlet.name, *outlet.names)):
        return None  # in small letters only a name that is printed so ("dpa")
    return Named((start, end), outlet.id, outlet.wire)


def lookup(name: str, outlets: Outlets) -> Outlet | None:
    """The outlet of a printed name, with or without "the" or "news agency"."""
    found = outlets.outlet_named(name)
    if found is None and (match := re.fullmatch(r"(?:[Tt]he\s)?(.{2,60}?)(?:\s[Nn]ews(?:\s[Aa]gency)?)?", name)):
        found = outlets.outlet_named(match[1])
    return found


def all_named(text: str, span: Span, outlets: Outlets) -> tuple[Named, ...]:
    """The agencies joined by comma, slash or "and" at `span`; empty unless every part is one."""
    if whole := exact(text, span, outlets):
        return (whole,)
    parts = [exact(text, part, outlets) for part in _parts(text, span)]
    return tuple(part for part in parts if part) if all(parts) else ()


def leading(text: str, start: int, end: int, outlets: Outlets) -> tuple[Named, ...]:
    """The agencies with which `text[start:end]` begins: the longest name, then joined ones."""
    found: list[Named] = []
    while named := _longest(text, start, end, outlets):
        found.append(named)
        join = _JOIN.match(text, named.span[1], end)
        if join is None or join.end() == join.start():
            break
        start = join.end()
    return tuple(found)


def trailing(text: str, start: int, end: int, outlets: Outlets) -> Named | None:
    """The agency with which `text[start:end]` ends."""
    tokens = list(_TOKEN.finditer(text, max(start, end - 120), end))
    for count in range(min(_MOST_WORDS, len(tokens)), 0, -1):
        if named := exact(text, (tokens[-count].start(), tokens[-1].end()), outlets):
            return named
    return None


def anywhere(text: str, span: Span, outlets: Outlets) -> tuple[Named, ...]:
    """Every agency named between two positions, left to right, longest names first."""
    found: list[Named] = []
    tokens = list(_TOKEN.finditer(text, *span))
    index = 0
    while index < len(tokens):
        for count in range(min(_MOST_WORDS, len(tokens) - index), 0, -1):
            words = (tokens[index].start(), tokens[index + count - 1].end())
            if named := exact(text, words, outlets):
                found.append(named)
                index += count - 1
                break
        index += 1
    return tuple(found)


def _longest(text: str, start: int, end: int, outlets: Outlets) -> Named | None:
    tokens = list(_TOKEN.finditer(text, start, min(end, start + 200)))[:_MOST_WORDS]
    if not tokens or text[start : tokens[0].start()].strip():
        return None
    for count in range(len(tokens), 0, -1):
        if named := exact(text, (tokens[0].start(), tokens[count - 1].end()), outlets):
            return named
    return None


def _parts(text: str, span: Span) -> tuple[Span, ...]:
    parts: list[Span] = []
    start = span[0]
    for match in _JOIN.finditer(text, *span):
        if match.start() > start:
            parts.append((start, match.start()))
        start = match.end()
    parts.append((start, span[1]))
    return tuple(parts)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ".,:;-–—_/\"'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,:;-–—_/\"'"):
        end -= 1
    return start, end
