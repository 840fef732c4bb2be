"""Words for those who fight, without an owner: a state's own forces, its armed opponents, and the deeds of both."""

import re
from collections.abc import Sequence

from evenhand.assessing.identity import Source
from evenhand.assessing.informants import words_of

_WORD = re.compile(r"[^\W_]+")
ARTICLES = frozenset({"the", "a", "an"})
_ONLY_FORCES = frozenset({"forces", "troops", "units", "warplanes", "planes", "jets", "helicopters", "artillery"})
_OF_STATE = _ONLY_FORCES | {"government", "regime", "army", "military", "air", "force", "junta"}
"""Words that name a state's own forces without an owner; "forces" or "warplanes" alone name nobody."""
_STATE_OFFICES = frozenset({
    "army", "military", "police", "ministry", "minister", "ministers", "government", "governor", "president", "premier",
    "gendarmerie", "prosecutor", "prosecutors",
})  # fmt: skip
"""Offices that only a state has; "an official", "a commander", "the authorities" may be anybody's."""
_OF_OFFICES = _STATE_OFFICES | ARTICLES | {
    "interior", "defence", "defense", "health", "foreign", "information", "prime", "deputy", "vice", "chief",
    "head", "spokesman", "spokeswoman", "spokesperson", "source", "sources", "official", "officials", "officer",
    "officers", "statement", "general", "commander", "senior", "top", "provincial", "regional", "district", "state",
    "of", "s", "in", "security", "and", "for", "its", "said", "says", "told", "by", "from", "press", "office",
    "affairs", "brigadier", "major", "colonel", "lieutenant", "captain", "gen", "brig", "col", "lt", "maj", "capt",
    "with", "staff", "forces", "command",
}  # fmt: skip
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


_OPPONENTS = frozenset({"rebel", "opposition", "insurgent", "separatist", "guerrilla"})
_OF_OPPONENTS = _OF_OFFICES | _OPPONENTS | {f"{word}s" for word in _OPPONENTS} | {
    "group", "groups", "fighter", "fighters", "leader", "leaders", "commanders", "political", "high", "ranking",
    "local", "field", "some", "several", "two", "three",
}  # fmt: skip
"""Words of an office or of people of those who fight a state, of which none says which of them it is."""


def names_the_state(words: Sequence[str]) -> bool:
    """Whether words (small letters, no articles) name a state's own forces without an owner: "the army"."""
    return bool(words) and _OF_STATE.issuperset(words) and not _ONLY_FORCES.issuperset(words)


def names_rebels(words: Sequence[str]) -> bool:
    """Whether words (small letters, no articles) name armed opponents of a state without an owner: "rebels"."""
    return bool(words) and _OF_REBELS.issuperset(words) and not (_GROUPS | _ONLY_FORCES | {"army"}).issuperset(words)


def holds_state_office(description: str, name: str) -> bool:
    """Whether a source is described by an office of a state and by nobody's name but its own: "the police chief, X".

    Another capitalised word may name whose office it is: then this says nothing.
    """
    own = frozenset(words_of(name))
    written = [word for word in _WORD.findall(description) if word.casefold() not in own]
    held = {word.casefold() for word in written}
    return bool(held & _STATE_OFFICES) and all(word.islower() or word.casefold() in _OF_OFFICES for word in written)


def opponents_in(source: Source) -> tuple[str, ...]:
    """The words for a state's opponents in an office without an owner: "rebels" of "rebel military spokesman N".

    None where any other word stands there that may name whose office it is ("jihadist rebels", "N's rebels").
    """
    named = "" if source.name.startswith("unnamed:") else source.name
    own = frozenset(words_of(named))
    described = [word for word in words_of(source.written or source.name.removeprefix("unnamed:")) if word not in own]
    found = [word for word in described if word.rstrip("s") in _OPPONENTS]
    if not found or not _OF_OPPONENTS.issuperset(described):
        return ()
    word = found[0].rstrip("s")
    return ("opposition",) if word == "opposition" else (f"{word}s", word)


def without_deed(name: str) -> str:
    """Who is named by a deed or its means: "Xian" of "two Xian air strikes", "the army" of "a jet of the army"."""
    words = re.split(r"\b(?:belonging to|operated by|flown by|carried out by)\b", name)[-1].split()
    while words and (words[-1].casefold() in _DEEDS or words[0].casefold() in ARTICLES):
        words = words[1:] if words[0].casefold() in ARTICLES else words[:-1]
    return " ".join(words)
