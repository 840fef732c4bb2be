"""From records to anchors and back: found by exactly the same words, or not found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Entity, Statement
from evenhand.reviewing.records import Anchor

Item = Statement | Entity | Claim


def anchor_of(report: str, text: str, item: Item) -> Anchor:
    """The anchor of a record of this report."""
    spans: tuple[Span, ...]
    label: str | None
    if isinstance(item, Statement):
        spans, label, kind = item.content, None, "statement"
    elif isinstance(item, Claim):
        spans, label, kind = (item.trigger,), item.type, "claim"
    else:
        spans, label, kind = tuple(mention.span for mention in item.mentions[:1]), item.name, "entity"
    return Anchor(
        kind=kind,  # type: ignore[arg-type]
        item=item.id, report=report, spans=spans, words=tuple(text[s:e] for s, e in spans), label=label,
    )  # fmt: skip


def holds_in(text: str, anchor: Anchor) -> bool:
    """Whether every span of the anchor still has exactly its words."""
    return len(anchor.spans) == len(anchor.words) and all(
        0 <= start < end <= len(text) and text[start:end] == words
        for (start, end), words in zip(anchor.spans, anchor.words, strict=True)
    )


def find(items: Mapping[str, Any], anchor: Anchor) -> str | None:
    """The id of the record that the anchor names among records of its kind, or None when none or several do."""
    if anchor.kind == "statement":
        same = [one.id for one in items.values() if one.content == anchor.spans]
    elif anchor.kind == "claim":
        same = [one.id for one in items.values() if (one.trigger,) == anchor.spans and one.type == anchor.label]
    elif anchor.spans:
        same = [one.id for one in items.values() if any(m.span == anchor.spans[0] for m in one.mentions)]
    else:
        same = [one.id for one in items.values() if one.name == anchor.label and not one.mentions]
    if len(same) == 1:
        return str(same[0])
    return anchor.item if anchor.item in same else None


def same_trigger(items: Mapping[str, Claim], spans: tuple[Span, ...]) -> str | None:
    """The one claim whose trigger is exactly this, whatever its type."""
    same = [one.id for one in items.values() if (one.trigger,) == spans]
    return same[0] if len(same) == 1 else None
