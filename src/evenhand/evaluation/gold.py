"""Reports annotated by hand: NAME.txt with NAME.json beside it, places in the text given as string and nth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.errors import GoldError
from evenhand.intake import IntakeSettings, receive
from evenhand.model.profile import Profile
from evenhand.model.report import Original, Received

Places = frozenset[int]
"""Code points of the report's text."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One statement as annotated."""

    id: str
    content: Places
    source: Places
    speaker: str | None
    kind: str
    attitude: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """One quantity as annotated; null bounds are open."""

    span: Places
    low: float | None
    best: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as annotated; `point` is (lat, lon), `dates` ISO (start, end)."""

    type: str
    trigger: Places
    statement: str | None
    actor: str | None
    target: str | None
    point: tuple[float, float] | None
    dates: tuple[str, str] | None
    polarity: str | None
    modality: str | None
    quantities: tuple[GoldQuantity, ...]


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report as `evenhand read` would receive it, with what should be found in it."""

    name: str
    received: Received
    statements: tuple[GoldStatement, ...]
    claims: tuple[GoldClaim, ...]


def read_gold(folder: Path, profile: Profile) -> tuple[GoldReport, ...]:
    """Every annotated report in the folder, by name. Raises GoldError when there is none or one does not fit."""
    found = tuple(_report(path, profile) for path in sorted(folder.glob("*.json")))
    if not found:
        raise GoldError(f"{folder}: no NAME.json beside a NAME.txt; see docs/record-format.md")
    return found


def _report(path: Path, profile: Profile) -> GoldReport:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        name = record.get("file") or f"{path.stem}.txt"
        data = (path.parent / name).read_bytes()
    except (OSError, ValueError) as problem:
        raise GoldError(f"{path}: cannot be read as an annotated report: {problem}") from problem
    received = receive(Original(path=str(path.parent / name), file=name, data=data), IntakeSettings(outlets=profile))[0]
    text, source = received.report.text, data.decode("utf-8")
    shift = source.find(text) if text else -1
    if shift < 0:
        raise GoldError(f"{path.parent / name}: the report's text is not part of the file: offsets would be wrong")
    marks = _Marks(source, shift, str(path))
    return GoldReport(
        name,
        received,
        tuple(_statement(item, marks) for item in record.get("statements", [])),
        tuple(_claim(item, marks) for item in record.get("claims", [])),
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    text: str
    shift: int
    path: str

    def places(self, marks: Any) -> Places:
        """The code points of one mark {text, nth} or a list of them; overlapping occurrences count."""
        found: set[int] = set()
        for mark in marks if isinstance(marks, list) else [marks]:
            if not mark:
                continue
            start = -1
            for _ in range(mark.get("nth") or 1):
                start = self.text.find(mark["text"], start + 1)
                if start < 0:
                    raise GoldError(f"{self.path}: occurrence {mark.get('nth')} of {mark['text']!r} is not in the text")
            found.update(range(start - self.shift, start - self.shift + len(mark["text"])))
        return frozenset(found)


def _statement(item: dict[str, Any], marks: _Marks) -> GoldStatement:
    return GoldStatement(
        item["id"], marks.places(item["content"]), marks.places(item.get("source")), item.get("speaker"),
        item["kind"], item.get("attitude", "asserts"), item.get("parent"),
    )  # fmt: skip


def _claim(item: dict[str, Any], marks: _Marks) -> GoldClaim:
    place = item["place_resolved"] if isinstance(item.get("place_resolved"), dict) else {}
    dates = (str(item["date"]).split("/") * 2)[:2] if item.get("date") else None
    return GoldClaim(
        type=item["type"],
        trigger=marks.places(item.get("trigger")),
        statement=item.get("statement"),
        actor=item.get("actor"),
        target=item.get("target"),
        point=(place["lat"], place["lon"]) if place.get("lat") is not None else None,
        dates=(dates[0], dates[1]) if dates else None,
        polarity=item.get("polarity"),
        modality=item.get("modality"),
        quantities=tuple(
            GoldQuantity(marks.places(q), q.get("low"), q.get("best"), q.get("high"))
            for q in item.get("quantities", [])
        ),
    )
