"""The words by which `stance` tells what came to pass from what is denied, possible, planned, hoped or called for."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from evenhand.model.reading import Modality

DOUBTED = {"thought", "believed", "suspected", "alleged", "reported", "presumed"}
FACTIVE = (
    "condemn", "denounc", "regret", "mourn", "deplor", "blam", "accus", "investigat", "halt", "stop", "end", "ceas",
    "decr", "criticiz", "criticis", "protest", "welcom", "document", "aveng", "monitor", "observ",
)  # fmt: skip
ALLEGED = ("alleg", "claim", "accus", "suggest", "rumo", "fear", "possib", "belief", "charge", "assert")
CLAIMED = ("alleg", "claims", "accusation", "rumo", "suspicion")
ASKED = {"who", "what", "how", "why", "where", "when"}
KNOWN = {"clear", "known", "certain", "sure", "confirm", "confirmed", "verify", "verified", "say", "know"}
REPORTS = {"report", "reports", "sign", "signs", "word", "evidence", "indication", "indications", "record", "records"}
ENDINGS = {"end", "halt", "stop", "cessation", "pause", "suspension", "investigation", "inquiry"}
OCCURRING = (
    "beg",
    "start",
    "tak",
    "occur",
    "happen",
    "continu",
    "resum",
    "erupt",
    "break",
    "last",
    "be",
    "rise",
    "intensif",
)
STILL_TO_COME = {"until", "once", "when", "after", "before", "unless"}
BACKGROUND = {"after", "when", "because", "since"}
NEAR_CLAUSE = 9
AHEAD = {"will", "shall", "would", "should", "must", "can", "may", "'ll", "’ll", "wo"}
CLAUSAL = ("xcomp", "ccomp", "advcl", "acl", "csubj")
NOMINAL = ("obj", "obl", "nsubj", "nsubj:pass", "nmod", "appos")
SHADES: dict[str, tuple[tuple[str, Modality], ...]] = {
    "aux": (
        ("possible_modals", "possible"),
        ("hypothetical_modals", "hypothetical"),
        ("planned_modals", "planned"),
        ("required_modals", "called_for"),
    ),
    "mark": (("if_marks", "hypothetical"), ("whether_marks", "possible")),
    "advmod": (
        ("possible_adverbs", "possible"),
        ("possible_adjectives", "possible"),
        ("planned_adjectives", "planned"),
    ),
}
"""By relation: the lists of `data/stance.toml` to look the word up in, and what it makes of the event."""
ATTITUDE: dict[str, Modality] = {
    "hopes": "hoped", "intends": "planned", "demands": "called_for", "asks": "called_for",
}  # fmt: skip


@lru_cache(maxsize=1)
def listed() -> dict[str, tuple[str, ...]]:
    """The lists of `data/stance.toml` by name."""
    table = tomllib.loads((files("evenhand.reading.claims") / "data" / "stance.toml").read_text("utf-8"))
    return {k: tuple(v) for k, v in table.items()}


def is_in(word: str, name: str) -> bool:
    """Whether a lower-case word is in a list."""
    return word in listed()[name]


def begins_in(word: str, name: str) -> bool:
    """Whether a lower-case word begins with an entry of a list (is it, where the entry ends in "$")."""
    starts, whole = _beginnings(name)
    return word.startswith(starts) or word in whole


@cache
def _beginnings(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    entries = listed()[name]
    return tuple(e for e in entries if e[-1] != "$"), frozenset(e[:-1] for e in entries if e[-1] == "$")
