"""Words for those who fight, without an owner: a state's own forces, its armed opponents, and the deeds of both."""

import re
from collections.abc import Sequence

ARTICLES = frozenset({"the", "a", "an"})
_ONLY_FORCES = frozenset({"forces", "troops", "units", "warplanes", "planes", "jets", "helicopters", "artillery"})
_OF_STATE = _ONLY_FORCES | {"government", "regime", "army", "military", "air", "force"}
"""Words that name a state's own forces without an owner; "forces" or "warplanes" alone name nobody."""
_DEEDS = frozenset({
    "air", "strike", "strikes", "airstrike", "airstrikes", "raid", "raids", "attack", "attacks", "shelling",
    "bombardment", "bombing", "bombings", "fire", "offensive", "operation", "operations", "plane", "planes",
    "war", "warplane", "warplanes", "bomber", "bombers", "pilot", "pilots", "aircraft", "helicopter", "helicopters",
    "drone", "drones", "jet", "jets", "missile", "missiles", "rocket", "rockets", "mortar", "mortars", "shells",
})  # fmt: skip
"""Words of a deed and its means, behind the name of who did it."""
_GROUPS = frozenset({"forces", "groups", "group", "fighters", "fighter", "rocket", "mortar", "armed", "militant"})
_OF_REBELS = _GROUPS | {"rebel", "rebels", "insurgent", "insurgents", "opposition", "troops", "army"}
"""Words for armed opponents of a state without an owner; "armed groups" alone names nobody."""


def names_the_state(words: Sequence[str]) -> bool:
    """Whether words (small letters, no articles) name a state's own forces without an owner: "the army"."""
    return bool(words) and _OF_STATE.issuperset(words) and not _ONLY_FORCES.issuperset(words)


def names_rebels(words: Sequence[str]) -> bool:
    """Whether words (small letters, no articles) name armed opponents of a state without an owner: "rebels"."""
    return bool(words) and _OF_REBELS.issuperset(words) and not (_GROUPS | _ONLY_FORCES | {"army"}).issuperset(words)


def without_deed(name: str) -> str:
    """Who is named by a deed or its means: "Xian" of "two Xian air strikes", "the army" of "a jet of the army"."""
    words = re.split(r"\b(?:belonging to|operated by|flown by|carried out by)\b", name)[-1].split()
    while words and (words[-1].casefold() in _DEEDS or words[0].casefold() in ARTICLES):
        words = words[1:] if words[0].casefold() in ARTICLES else words[:-1]
    return " ".join(words)
