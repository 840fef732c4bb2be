"""What a number of dead or wounded counts, by the words around it: all of them, some of them, or those still feared."""

import re

from evenhand.model.evidence import Span
from evenhand.model.reading import Claim

_REACH = 60
_OF_THE_DEAD = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?(?:of (?:the |those |them|whom|which)(?:dead|killed|victims|casualties|fatalities)?\b"
    r"|(?:(?:was|were|is|are) )?(?:also )?among (?:the |those )?(?:dead|killed|victims|casualties|fatalities)\b)",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"\b(?:including|included|among them|among whom|of whom|of them|amongst them)"
    r"(?:\s+(?:at least|some|about|around|nearly|more than|over))?\s*$",
    re.IGNORECASE,
)
_FEARED = re.compile(
    r"\b(?:could|may|might|would|will|expected to|likely to|feared to|set to)\s+(?:still\s+)?"
    r"(?:reach|rise|climb|increase|grow|be|exceed)\b[^.]{0,24}$",
    re.IGNORECASE,
)


def parts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count some of the dead ("two of the dead were medics", "including N")."""
    return frozenset(quantity.span for quantity in claim.quantities if _is_part(text, quantity.span))


def feared_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that say what a toll may become, and so are none."""
    return frozenset(quantity.span for quantity in claim.quantities if _FEARED.search(_before(text, quantity.span)))


def _is_part(text: str, span: Span) -> bool:
    after = text[span[1] : span[1] + _REACH]
    return bool(_OF_THE_DEAD.match(after) or _INCLUDING.search(_before(text, span)))


def _before(text: str, span: Span) -> str:
    return text[max(0, span[0] - _REACH) : span[0]]
