"""What the network may find and the ledger does not count as a statement.

Silence ("declined to comment"), performatives ("declared a caliphate"), the own voice of a release ("We will go on"
outside quotation marks, in a party's own organ), and bylines.
"""

from __future__ import annotations

import re

from evenhand.reading.names.lexicon import SPEAKER
from evenhand.reading.quotations import Quotations
from evenhand.reading.statements.shape import Shape

_SILENT_CUE = re.compile(r"\b(?:declin|refus|not\b|n['’]t\b|no\b|unavailable|unreach)", re.IGNORECASE)
_SILENCE = re.compile(
    r"(?:to\s+)?(?:comment|respond|reply|elaborate|discuss|answer|speak|say\s+(?:more|anything|whether|how|when|why))\b"
)
_NO_MENTION = re.compile(r"\bno\s+(?:mention|comment|reference|statement)\b", re.IGNORECASE)
_DECLARES = re.compile(r"\b(?:declare[sd]?|declaring|proclaim(?:s|ed|ing)?)\Z", re.IGNORECASE)
_THING = re.compile(r"an?\s", re.IGNORECASE)
_BYLINE = re.compile(r"[^/]{1,40}/[^/]{1,40}/[^/]{1,40}(?:/[^/]{1,40})*")


def counts(text: str, shape: Shape, marks: Quotations, *, own_organ: bool) -> bool:
    """Whether a statement of the network is one of the ledger's. `own_organ`: the report is a party's release."""
    cue = text[slice(*shape.cue)] if shape.cue else ""
    content = text[shape.start : shape.end]
    if _NO_MENTION.search(cue) or (_SILENT_CUE.search(cue) and _SILENCE.match(content)):
        return False
    if _DECLARES.search(cue) and _THING.match(content):
        return False
    said_by = text[slice(*shape.source)] if shape.source else ""
    own_voice = (
        own_organ and said_by.lower() in SPEAKER and (said_by == "I" or not said_by.isupper())
    )  # "US" is no "us"
    if own_voice and shape.source and marks.at(shape.source[0]) is None and shape.parent is None:
        return False
    return _BYLINE.fullmatch(content) is None
