"""Drafts become the ledger's entities."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.model.reading import Entity, Mention
from evenhand.reading.names.draft import Draft


def entities(drafts: Sequence[Draft]) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """The drafts with a mention as entities "e1"… in text order, and each draft's id by its `order`."""
    wanted = {d.order for d in drafts if d.mentions}
    wanted |= {d.org.order for d in drafts if d.mentions and d.org is not None}
    chosen = [d for d in drafts if d.order in wanted]
    chosen.sort(key=lambda d: (min(d.mentions, default=(1 << 60, 0)), d.order))
    ids = {d.order: f"e{n}" for n, d in enumerate(chosen, 1)}
    out = tuple(
        Entity(id=ids[d.order], kind=d.kind, name=d.name, role=d.role, org=ids[d.org.order] if d.org else None,
               party=d.party, mentions=tuple(Mention(span=s, form=f) for s, f in sorted(d.mentions.items())))
        for d in chosen
    )  # fmt: skip
    return out, ids
