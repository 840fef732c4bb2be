"""What is found: a number of something, with its bounds and what it counts."""

from typing import Literal

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import Operator, QuantityRole

QuantityKind = Literal["count", "percent", "measure", "money", "duration", "age", "ratio"]
Number = int | float


class QuantityMention(msgspec.Struct, frozen=True):
    """A quantity in the text; spans in code points, bounds by the ledger's table of vague numbers.

    `span` holds the operator and the number ("at least 11", "about 20", "dozens"), for a single person the
    noun too ("a woman"). `low`, `best`, `high` are None where open; all three are None where the figures
    cannot be read for sure, and `reason` says why. `kind` tells counts from percents, measures, money,
    lengths of time and ages. `of` is what is counted with its span; `cue` the word that gave the role.
    `part_of` is the index of the whole this number is part of ("including three children"): never add it.
    `cumulative`: a running total ("raising the toll to 86", "since March"). `change` is "up" or "down" when
    the number says by how much something rose or fell. `number` is the figure as printed, before its operator
    (of a range the first; None for a vague word or what cannot be read).
    """

    span: Span
    op: Operator
    low: Number | None
    best: Number | None
    high: Number | None
    role: QuantityRole
    kind: QuantityKind = "count"
    number: Number | None = None
    of: str | None = None
    of_span: Span | None = None
    unit: str | None = None
    cue: Span | None = None
    part_of: int | None = None
    cumulative: bool = False
    change: Literal["up", "down"] | None = None
    reason: str | None = None
