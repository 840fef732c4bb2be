"""Which place expression of a sentence says where an event happened."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.reading.places.records import PlaceMention

Span = tuple[int, int]


def place_of_event(
    text: str, sentence: Span, trigger: Span, mentions: Sequence[PlaceMention]
) -> int | None:
    """Index of the mention that is the event's place, None when the sentence names none."""
    best = None
    for k, m in enumerate(mentions):
        if m.name_start < sentence[0] or m.name_end > sentence[1] or m.use not in {"place"}:
            continue
        gap = m.name_start - trigger[1] if m.name_start >= trigger[1] else (trigger[0] - m.name_end) * 1.5
        if best is None or gap < best[0]:
            best = (gap, k)
    return best[1] if best else None
