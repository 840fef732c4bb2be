"""What a number of dead or wounded counts, by the words around it: all of them, some of them, or those still feared."""

import re
from itertools import pairwise

from evenhand.model.evidence import Span
from evenhand.model.reading import Claim

_REACH = 60
_SINCE_LONG = re.compile(
    r"\b(?:war|conflict|uprising|insurgency|crisis|rebellion|(?:months?|years?|decades?|weeks) of [^.;:]{0,40})"
    r"\b[^.;:]{0,40}\b(?:has|have|had) (?:already )?(?:killed|left|claimed|cost|seen)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
"""What stands before a toll of a whole war or of months: "the six-year war which has killed"."""
_OF_THE_DEAD = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?of "
    r"(?:(?:the|those) (?:dead|killed|victims|casualties|fatalities)|those|them|whom|which)\b"
    r"|\s*(?:(?!(?:dead|died|killed|adding|that|which|while|but)\b)[^\W\d_]+\s+){0,8}?"
    r"among (?:the |those )?(?:dead|killed|victims|casualties|fatalities)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"\b(?:including|included|among them|among whom|of whom|of them|amongst them)"
    r"(?:\s+(?:at least|some|about|around|nearly|more than|over))?\s*$",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"\s+(?:The|A|An|In|At|On|It|He|She|They|This|That)\s")
"""A number that ends a line of figures before a new sentence counts nothing ("Get short URL 0 214 The number of")."""
_AND = re.compile(r"(?:\s+(?!in\b|at\b|near\b|on\b|when\b|while\b|were\b|was\b)[^\W\d_]+){0,6}\s+and\s+")
_FEARED = re.compile(
    r"\b(?:could|may|might|would|will|expected to|likely to|feared to|set to)\s+(?:still\s+)?"
    r"(?:reach|rise|climb|increase|grow|be|exceed)\b[^.]{0,24}$",
    re.IGNORECASE,
)


def parts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count some of the dead ("two of the dead were medics", "including N")."""
    return frozenset(quantity.span for quantity in claim.quantities if _is_part(text, quantity.span))


def sums_of(text: str, claim: Claim) -> tuple[tuple[Span, Span], ...]:
    """Pairs of numbers of one claim that count different dead of one deed: "22 children and six teachers".

    Only where nothing but what is counted and an "and" stands between them; "five in one town and seven in another" are
    of two places and stay apart.
    """
    counted = [one for one in claim.quantities if one.role == "killed" and one.part_of is None and not one.cumulative]
    pairs: list[tuple[Span, Span]] = []
    for one, two in pairwise(sorted(counted, key=lambda quantity: quantity.span)):
        between = text[one.span[1] : two.span[0]]
        alike = _AND.fullmatch(between) is not None and "plural" not in (one.op, two.op)
        free = not any(one.span in pair for pair in pairs)
        if alike and free and not _is_part(text, one.span) and not _is_part(text, two.span):
            pairs.append((one.span, two.span))
    return tuple(pairs)


def feared_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that say what a toll may become, and so are none."""
    return frozenset(quantity.span for quantity in claim.quantities if _FEARED.search(_before(text, quantity.span)))


def totals_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count the dead of a war or of months, and so of no one incident."""
    return frozenset(
        quantity.span
        for quantity in claim.quantities
        if _SINCE_LONG.search(text[max(0, quantity.span[0] - 2 * _REACH) : quantity.span[0]])
        or _NEXT_SENTENCE.match(text[quantity.span[1] : quantity.span[1] + _REACH])
    )


def _is_part(text: str, span: Span) -> bool:
    after = text[span[1] : span[1] + _REACH]
    return bool(_OF_THE_DEAD.match(after) or _INCLUDING.search(_before(text, span)))


def _before(text: str, span: Span) -> str:
    return text[max(0, span[0] - _REACH) : span[0]]
