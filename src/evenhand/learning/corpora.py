"""The training sets of `../shared`, read into one shape. Positions are code points into `text`.

Formats are those of shared/data/README.md and shared/gold/statements/README.md.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenhand.reading.tagging.spans import Span, trim, trim_content


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution to learn from; `denies` is None where the set does not say."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    denies: bool | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what is known about it; None means "not annotated here", never "nothing there"."""

    name: str
    text: str
    outer: tuple[Said, ...] | None = None
    inner: tuple[Said, ...] | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    silver: tuple[tuple[int, int, str], ...] | None = None
    inner_spans: tuple[Span, ...] = field(default=())  # where `inner` is known; empty = everywhere


def said(
    text: str, content: list[Span], cue: Span | None, source: Span | None, denies: bool | None = None
) -> Said | None:
    """A canonical attribution (ledger conventions), or None if its content is empty."""
    contents = tuple(t for s in sorted(content) if (t := trim_content(text, s)))
    if not contents:
        return None
    return Said(contents, cue and trim(text, cue), source and trim(text, source), denies)


def _exact(path: Path) -> str:
    """The file's text, line ends as they are: offsets count them."""
    return path.read_bytes().decode("utf-8")


_TEXT_BOUND = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT = re.compile(r"^E\d+\t\S+?:T\d+((?: \S+:T\d+)*)\s*$")


def read_polnear(folder: Path, split: str) -> Iterator[Example]:
    """PolNeAR documents of one split, the fullest annotation of each; discontinuous cues keep the first."""
    fullest: dict[str, list[dict[str, list[Span]]]] = {}
    for path in sorted((folder / split / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        found = _read_brat(path)
        if name not in fullest or len(found) > len(fullest[name]):
            fullest[name] = found
    silver = _read_corenlp(folder / f"corenlp-{split}.jsonl.gz")
    for name, found in fullest.items():
        text = _exact(folder / split / "text" / f"{name}.txt")
        outer = []
        for roles in found:
            cue, source = roles.get("cue"), roles.get("source")
            one = said(
                text,
                roles.get("content", []),
                cue[0] if cue else None,
                max(source, key=lambda s: s[1] - s[0]) if source else None,
            )
            if one:
                outer.append(one)
        yield Example(name, text, outer=tuple(outer), silver=silver.get(name))


def _read_brat(path: Path) -> list[dict[str, list[Span]]]:
    spans: dict[str, list[Span]] = {}
    out: list[dict[str, list[Span]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if bound := _TEXT_BOUND.match(line):
            parts = (part.split() for part in bound.group(3).split(";"))
            spans[bound.group(1)] = [(int(s), int(e)) for s, e in parts]
        elif event := _EVENT.match(line):
            roles: dict[str, list[Span]] = {}
            for argument in event.group(1).split():
                role, target = argument.split(":")
                roles.setdefault(role.rstrip("0123456789").lower(), []).extend(spans.get(target, []))
            out.append({role: sorted(set(found)) for role, found in roles.items()})
    return out


_SILVER = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "people"} | {
    "DATE": "time", "TIME": "time", "NUMBER": "quantity", "PERCENT": "quantity", "MONEY": "quantity"
}  # fmt: skip


def _read_corenlp(path: Path) -> dict[str, tuple[tuple[int, int, str], ...]]:
    out: dict[str, tuple[tuple[int, int, str], ...]] = {}
    if not path.exists():
        return out
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            found: list[tuple[int, int, str]] = []
            for sentence in document["sents"]:
                previous = "O"
                for start, end, _, _, _, tag, *_ in sentence:
                    kind = _SILVER.get(tag)
                    if kind and tag == previous:
                        found[-1] = (found[-1][0], end, kind)
                    elif kind:
                        found.append((start, end, kind))
                    previous = tag
            out[document["name"]] = tuple(found)
    return out


def _place_of(text: str, segment: dict[str, Any]) -> Span:
    at = -1
    for _ in range(segment.get("nth") or 1):
        at = text.index(segment["text"], at + 1)
    return at, at + len(segment["text"])


_HEADLINE = re.compile(r"\s*(:|\u2014|\u2013)\s*")


def read_gold(folder: Path) -> Iterator[Example]:
    """The hand-made reports of gold/statements; nested statements of depth 2 and more are `inner`."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = _exact(folder / record.get("file", path.stem + ".txt"))
        outer: list[Said] = []
        inner: list[Said] = []
        for statement in record["statements"]:
            contents = [_place_of(text, s) for s in statement["content"]]
            cue = _place_of(text, statement["cue"]) if statement.get("cue") else None
            source = _place_of(text, statement["source"]) if statement.get("source") else None
            if cue is None and source is not None and source[0] >= contents[0][1]:
                between = _HEADLINE.fullmatch(text, contents[0][1], source[0])
                cue = between.span(1) if between else None
            one = said(text, contents, cue, source, statement["attitude"] == "denies")
            if one:
                (inner if statement.get("parent") else outer).append(one)
        yield Example(path.stem, text, outer=tuple(outer), inner=tuple(inner))


_RE3D = {"Person": "person", "Organisation": "organisation", "Location": "place", "Nationality": "people"} | {
    "Weapon": "weapon", "MilitaryPlatform": "weapon", "Vehicle": "weapon", "Quantity": "quantity",
    "Money": "quantity", "Temporal": "time",
}  # fmt: skip


def read_re3d(path: Path) -> Iterator[Example]:
    """re3d documents with the entities their annotators kept (confidence >= .5)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        kept = [
            (e["start"], e["end"], _RE3D[e["type"]])
            for e in record["entities"]
            if e.get("confidence", 1) >= 0.5 and e["type"] in _RE3D
        ]
        yield Example("re3d_" + record["id"], record["text"], names=tuple(sorted(kept)))
