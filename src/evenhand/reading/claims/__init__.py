"""What is said to have happened: events with type, participants, place, time, quantities, polarity and modality."""

from evenhand.reading.claims.assembly import find
from evenhand.reading.claims.types import TypeCodes, claim_types

__all__ = ["TypeCodes", "claim_types", "find"]
