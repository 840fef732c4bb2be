"""A report's text for the screen: cut at every border of a mark, each piece with the kinds of marks over it.

Kinds are told apart by line and label, not by colour alone. Every piece says at which code point it begins, so that a
selection in the browser becomes exact positions. Nothing of the report reaches the page unescaped.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenhand.model.evidence import Span
from evenhand.model.reading import Reading, Statement

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A span and the classes that show it; `anchor` stands before it, `ref` is a link put at its start or end."""

    span: Span
    kind: str
    anchor: str = ""
    ref: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks: the code point where it begins, its words, classes, anchors, references."""

    at: int
    words: str
    kinds: str
    anchors: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    hidden: bool


def pieces(
    reading: Reading, *, hits: Iterable[Span] = (), points: Iterable[Span] = (), hidden: Iterable[Span] = ()
) -> list[Piece]:
    """The text in pieces. `hits`: words that were searched for; `points`: spans linked to; `hidden`: covered ones."""
    marks = [mark for one in reading.statements for mark in _said(one, reading.statements)]
    marks += _claims(reading)
    marks += [
        Mark(one.mentions[0].span, "", anchor=f"w-at-{one.mentions[0].span[0]}")
        for one in reading.entities
        if one.mentions
    ]
    marks += [Mark(span, "hit", anchor=f"hit-{number}") for number, span in enumerate(hits, 1)]
    marks += [Mark(span, "", anchor=f"w-{span[0]}-{span[1]}") for span in dict.fromkeys(points)]
    marks += [Mark(span, "hidden") for span in hidden]
    return _cut(reading.report.text, marks)


def _said(one: Statement, every: Sequence[Statement]) -> list[Mark]:
    depth = min(_depth(one, {each.id: each.parent for each in every}), _DEEPEST)
    found = [
        Mark(span, f"said said{depth}", *((f"w-{one.id}", one.id) if number == 0 else ()))
        for number, span in enumerate(one.content)
    ]
    found += [Mark(one.source, "source")] if one.source else []
    found += [Mark(one.cue, "cue")] if one.cue else []
    return found + [Mark(span, "insert") for span in one.inserts]


def _depth(one: Statement, parents: dict[str, str | None]) -> int:
    depth, at = 1, one.parent
    while at is not None and depth <= _DEEPEST:
        depth, at = depth + 1, parents.get(at)
    return depth


def _claims(reading: Reading) -> list[Mark]:
    found = []
    for claim in reading.claims:
        found.append(Mark(claim.trigger, "trigger", f"w-{claim.id}", claim.id, last=True))
        found += [Mark(quantity.span, "figure") for quantity in claim.quantities]
        found += [Mark(label.span, "label") for label in claim.labels]
        for part in (claim.place, claim.time):
            if part is not None and part.span is not None:
                found.append(Mark(part.span, "place" if part is claim.place else "time"))
    return found


def _cut(text: str, marks: list[Mark]) -> list[Piece]:
    starts: defaultdict[int, list[Mark]] = defaultdict(list)
    ends: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if 0 <= mark.span[0] < mark.span[1] <= len(text):
            starts[mark.span[0]].append(mark)
            ends[mark.span[1]].append(mark)
    out: list[Piece] = []
    over: list[Mark] = []
    for here, there in itertools.pairwise(sorted({0, len(text), *starts, *ends})):
        over = [mark for mark in over if mark.span[1] > here]
        fresh = sorted(starts[here], key=lambda mark: (-mark.span[1], mark.kind))
        over += fresh
        kinds = " ".join(dict.fromkeys(name for mark in over for name in mark.kind.split()))
        out.append(
            Piece(
                at=here, words=text[here:there], kinds=kinds, anchors=tuple(m.anchor for m in fresh if m.anchor),
                before=tuple(m.ref for m in fresh if m.ref and not m.last),
                after=tuple(m.ref for m in ends[there] if m.ref and m.last),
                hidden=any(mark.kind == "hidden" for mark in over),
            )
        )  # fmt: skip
    return out
