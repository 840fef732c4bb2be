"""The words before or after a number that say how it is meant: "at least", "up to", "or so"."""

from collections.abc import Sequence

from evenhand.reading.quantities.tokens import CURRENCY, Token, word_at

_PHRASES_OF = {
    "at least": "at least|least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of",
    "more": (
        "more than|over|above|upwards of|in excess of|exceeding|well over|just over|greater than|beyond|over than"
        "|climbed past|rose past|risen past|gone past|grown past|topped|tops|surpassed|surpasses|exceeded|exceeds"
        "|far more than|much more than|higher than|older than|surpassing"
    ),
    "up to": "up to|as many as|as much as|as high as|no more than|not more than|at most|a maximum of|maximum of",
    "fewer": "less than|fewer than|under|below|lower than|just under|just below|just shy of|sub",
    "nearly": "nearly|almost|close to|just about|virtually|barely",
    "about": (
        "about|around|some|approximately|roughly|approx|approx .|an estimated|estimated|circa|ca|~|≈"
        "|in the region of|somewhere around|averaged|averaging|averages"
    ),
}
PHRASES: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): operator for operator, phrases in _PHRASES_OF.items() for phrase in phrases.split("|")
}
"""Words before a number → operator of `bounds`. "Least" alone is "at least" with its first word lost."""
_LONGEST = max(map(len, PHRASES))
_SUFFIXES = {
    ("or", "more"): "at least",
    ("or", "so"): "about",
    ("or", "fewer"): "up to",
    ("or", "less"): "up to",
    ("at", "least"): "at least",
    ("at", "most"): "up to",
    ("+",): "at least",
    ("plus",): "at least",
}
_OTHERWISE = {
    "over": (
        "all", "took", "takes", "control", "rule", "fight", "dispute", "prayer", "prayers", "prayed", "wept", "cried",
        "mourned", "watch", "presided",
    ),
    "above": ("the",),
    "up": ("gone", "went", "goes", "go", "going", "climbed", "crept", "jumped", "shot", "moved", "ticked"),
}  # fmt: skip
"""Behind these words a phrase has its other meaning: "took over 3 villages", "read the prayer over 40 bodies"."""


def operator_before(tokens: Sequence[Token], first: int, reached: int) -> tuple[int, str | None]:
    """Where the longest operator phrase before a number starts, and the operator; never before token `reached`."""
    at = first
    while at > reached and tokens[at - 1].word in CURRENCY:
        at -= 1
    for length in range(min(_LONGEST, at - reached), 0, -1):
        start = at - length
        operator = PHRASES.get(tuple(token.word for token in tokens[start:at]))
        if operator is not None:
            if word_at(tokens, start - 1) in _OTHERWISE.get(tokens[start].word, ()):
                return first, None
            return start, operator
    return first, None


def operator_after(tokens: Sequence[Token], last: int) -> tuple[int, str | None]:
    """The token after an operator that follows a number ("or more", "+"), and the operator."""
    for length in (2, 1):
        operator = _SUFFIXES.get(tuple(token.word for token in tokens[last : last + length]))
        if operator is None or (length == 1 and tokens[last].start != tokens[last - 1].end):
            continue
        if tokens[last].word == "at" and last + 2 < len(tokens) and tokens[last + 2].kind not in ("stop", "sign"):
            continue  # "113 At least nine": the words belong to the next number
        return last + length, operator
    return last, None
