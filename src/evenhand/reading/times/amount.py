"""How many units: "three", "a few", "a couple of", "two and a half", "24"."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.reading.times.tokens import Piece

VAGUE_AMOUNTS: dict[str, tuple[float, float]] = {
    "few": (3, 9), "several": (3, 9), "couple": (2, 2), "dozens": (24, 99), "scores": (40, 99),
}  # fmt: skip
"""Vague number words and their bounds, from the ledger's table."""
_LETTER = {
    "day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE", "hour": "H",
    "minute": "M", "second": "S", "weekend": "WE", "fortnight": "W", "night": "D", "season": "S",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units; `low` and `high` are None where no number can be given."""

    low: float | None
    high: float | None
    vague: bool = False


def amount_of(pieces: Sequence[Piece]) -> Amount | None:
    """The amount a run of pieces gives; None for an empty run."""
    if not pieces:
        return None
    words = [p.word for p in pieces]
    for word in words:
        if word in VAGUE_AMOUNTS:
            low, high = VAGUE_AMOUNTS[word]
            return Amount(low, high, vague=low != high)
        if word in ("many", "numerous", "some"):
            return Amount(None, None, vague=True)
    current = 0.0
    for piece in pieces:
        if piece.letter == "h":
            current += 0.5 if piece.word == "half" else 0
        elif piece.letter not in "NDYaO" or piece.value is None:
            continue
        elif piece.word in ("hundred", "thousand", "million", "billion", "dozen") and current:
            current *= piece.value
        elif piece.letter == "a" and len(pieces) > 1 and (piece is not pieces[0] or pieces[1].letter in "Nh"):
            continue  # "a hundred", "half a": the article is no one
        else:
            current += piece.value
    return Amount(current, current)


def iso_duration(amount: Amount | None, unit: str) -> str:
    """The TimeML value of a duration ("P3D", "PXW", "PT5H")."""
    letter = _LETTER.get(unit, "Y")
    clock = "T" if unit in ("hour", "minute", "second") else ""
    count = "X"
    if amount is not None and amount.low is not None and not amount.vague:
        low = amount.low * (2 if unit == "fortnight" else 1)
        count = str(int(low)) if low == int(low) else f"{low:g}"
    return f"P{clock}{count}{letter}"


def unit_of(word: str) -> str:
    """Reads "days" → "day"."""
    return word if not word.endswith("s") else word[:-1]
