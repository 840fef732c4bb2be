"""From a number and the words before it to low, best and high: the ledger's table."""

import math

import msgspec

from evenhand.model.reading import Operator
from evenhand.reading.quantities.mention import Number

PLURALS: dict[str, tuple[int, int]] = {
    "dozens": (24, 99), "scores": (40, 99), "tens": (20, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
    "millions": (2_000_000, 9_999_999), "billions": (2_000_000_000, 9_999_999_999),
    "several": (3, 9), "few": (3, 9), "couple": (2, 2),
}  # fmt: skip
"""Vague words and their bounds (ledger, "Vague numbers"; tens and millions after the same pattern)."""


class Bounds(msgspec.Struct, frozen=True):
    """Operator, low, best and high."""

    op: Operator
    low: Number | None
    best: Number | None
    high: Number | None


def tidy(value: float) -> Number:
    """An int where the value is whole and exact, else the float without binary dust."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e18:
        return int(value)
    return float(f"{value:.12g}")


def _below(value: float) -> Number:
    return tidy(value - 1) if value == int(value) and value >= 1 else tidy(value)


def bounds_of(value: float, operator: str | None, *, steps: bool = True) -> Bounds:
    """Bounds of one printed number under an operator of `PHRASES`.

    "More than N" starts at N + 1 when counted in whole `steps` (N itself for a measure); "about N" is N ± 10 %
    rounded outwards; "nearly N" runs from N − 10 % to N − 1.
    """
    number = tidy(value)
    whole = steps and value == int(value)
    if operator == "at least":
        return Bounds(">=", number, number, None)
    if operator == "more":
        return Bounds(">=", tidy(value + 1) if whole else number, None, None)
    if operator == "up to":
        return Bounds("<=", None, None, number)
    if operator == "fewer":
        return Bounds("<=", None, None, _below(value) if whole else number)
    if operator == "nearly":
        low = math.floor(value * 0.9 + 1e-9) if whole else value * 0.9
        high = value - 1 if whole and value >= 1 else value
        return Bounds("~", tidy(min(low, high)), None, tidy(high))
    if operator == "about":
        if whole and value >= 0:
            return Bounds("~", tidy(math.floor(value * 0.9 + 1e-9)), number, tidy(math.ceil(value * 1.1 - 1e-9)))
        low, high = sorted((value * 0.9, value * 1.1))
        return Bounds("~", tidy(low), number, tidy(high))
    return Bounds("=", number, number, number)


def vague_bounds(low: float, high: float, operator: str | None) -> Bounds:
    """Bounds of a vague word, or of a range, under an operator: "at least several", "up to 10 or 15"."""
    if low == high:
        return bounds_of(low, operator)
    if operator in ("at least", "more"):
        return Bounds(">=", tidy(low), None, None)
    if operator in ("up to", "fewer"):
        return Bounds("<=", None, None, tidy(high))
    return Bounds("plural", tidy(low), None, tidy(high))


def range_bounds(low: float, high: float) -> Bounds:
    """Reads "N to M": no best."""
    low, high = sorted((low, high))
    return Bounds("range", tidy(low), None, tidy(high))
