"""Words for those who fight, without an owner: a state's own forces, its armed opponents, and the deeds of both."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evenhand.assessing.identity import Source
from evenhand.assessing.informants import words_of
from evenhand.model.wordlist import word_set

_WORD = re.compile(r"[^\W_]+")
_LINKS = frozenset({"of", "in", "for", "to"})
"""Behind one of these in capitals stands whose office it is, and no holder's name."""
_NAME_WORDS = 4
"""As many words a person's name has at most."""
_MODEL = re.compile(r"(?:[A-Za-z]{1,3}-?\d{1,3}\w{0,2}|[A-Z][a-z]+-\d{1,3})")
"""The model of a plane, a tank or a gun: "F-16", "Mi-8", "T-72"."""
_POSSESSIVE = re.compile(r"['’]s?$")
"""The ending of an owner: "the army's" of "the army's helicopters"."""
_LISTS: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "forces.toml").read_text("utf-8"))
ARTICLES = word_set(_LISTS["articles"])
ARMED = word_set(_LISTS["armed"])
"""Armed men and their works, of whichever side."""
UNOWNED = word_set(_LISTS["unowned"])
"""Men and arms without an owner: "soldiers", "security forces"."""
BEFORE_A_DEED, BESIDE_A_DEED = word_set(_LISTS["before_a_deed"]), word_set(_LISTS["beside_a_deed"])
"""Words for a side, and for its arms, right before a deed: "Xian opposition shelling", "Xian naval artillery fire"."""
_OWN_MEN, _BESIDE_MEN = word_set(_LISTS["own_men"]), word_set(_LISTS["beside_men"])
"""Those who bear arms for a state, and words beside them which say of which force and how many."""
MEN_OF_ARMIES, MEN_OF_GROUPS = word_set(_LISTS["men_of_armies"]), word_set(_LISTS["men_of_groups"])
"""Men without an owner, who in the words of their own side are its own."""
ENEMIES = word_set(_LISTS["enemies"])
"""How any side calls the other, which a report names."""
ARMS = word_set(_LISTS["arms"])
"""Of which arm men are, and how many."""
_OWNED = word_set(_LISTS["owned"])
"""Men and arms behind their owner: "the government's militia"."""
THINGS = word_set(_LISTS["things"])
"""What did it, and not who: "the blast killed"."""
MEANS: Mapping[str, frozenset[str]] = {kind: word_set(line) for kind, line in _LISTS["means"].items()}
"""By the kind of an attack, by what it is made."""
_OWNERS = frozenset({"government", "regime", "army", "military"})
_OWNERS_OF_MEN = frozenset({"army", "government", "military", "navy", "regime"})
"""Words for a state before its men: "army commandos"."""
OWN_GROUP = word_set(_LISTS["own_group"])
"""How a group is taken up again by who speaks for it: "the group"."""
_ONLY_FORCES = word_set(_LISTS["only_forces"])
_OF_STATE = _ONLY_FORCES | word_set(_LISTS["of_state"])
"""Words that name a state's own forces without an owner; "forces" or "warplanes" alone name nobody."""
_OF_STATE_NAMES = frozenset(tuple(name.split()) for name in _LISTS["of_state_names"])
_STATE_AGENCIES = frozenset(tuple(name.split()) for name in _LISTS["of_state_agencies"])
"""Agencies that only a state has, under names that say nothing of whose they are."""
NEVER_OWN = word_set(_LISTS["never_own"])
"""Words by which nobody calls the own side: a party's organ that quotes "extremists" quotes others."""
_STATE_OFFICES = word_set(_LISTS["state_offices"])
"""Offices that only a state has; "an official", "a commander", "the authorities" may be anybody's."""
_OF_OFFICES = _STATE_OFFICES | ARTICLES | word_set(_LISTS["of_offices"])
_DEEDS = word_set(_LISTS["deeds"])
"""Words of a deed and its means, behind the name of who did it."""
_GROUPS = word_set(_LISTS["groups"])
_OF_REBELS = _GROUPS | word_set(_LISTS["of_rebels"])
"""Words for armed opponents of a state without an owner; "armed groups" alone names nobody."""
_OPPONENTS = word_set(_LISTS["opponents"])
_APART = word_set(_LISTS["apart_from_opponents"])
"""Words beside which an office of those who fight a state may be of some of them only, or no longer theirs."""


def names_the_state(words: Sequence[str]) -> bool:
    """Whether words (small letters, no articles) name a state's own forces without an owner: "the army"."""
    while len(words) > 1 and words[-1] in MEN_OF_ARMIES and words[0] in _OWNERS_OF_MEN:
        words = words[:-1]  # "army commandos", "military patrol"
    if tuple(words) in _OF_STATE_NAMES:
        return True
    if len(words) == 1 and words[0].endswith("s") and words[0][:-1] in word_set(_LISTS["of_state"]):
        return words[0][:-1] in _OWNERS  # "the regimes helicopter", where the apostrophe was lost
    return bool(words) and _OF_STATE.issuperset(words) and not _ONLY_FORCES.issuperset(words)


def are_men_of_a_state(name: str) -> bool:
    """Whether words are of those who bear arms for a state and name nobody else's: "another sailor", "99 soldiers"."""
    written = [word for word in _WORD.findall(name) if not word.isdigit()]
    words = {word.casefold() for word in written}
    named = any(word[:1].isupper() and word.casefold() not in _BESIDE_MEN | _OWN_MEN for word in written[1:])
    return not words.isdisjoint(_OWN_MEN) and not named and words.isdisjoint(_OPPONENTS | NEVER_OWN)


def is_state_agency(name: str) -> bool:
    """Whether a name is that of an agency which only a state has: "National Emergency Management Agency"."""
    return tuple(word for word in words_of(name) if word not in ARTICLES) in _STATE_AGENCIES


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


def is_of_office(word: str) -> bool:
    """Whether a word stands in the description of an office or a rank: "spokesman", "Lt.", "minister"."""
    return word.casefold().rstrip(".") in _OF_OFFICES - ARTICLES


def is_office(name: str) -> bool:
    """Whether a name is that of an office and of nobody: "Ministry of Interior", "the Prosecutor General's Office"."""
    words = frozenset(words_of(name))
    return bool(words & _STATE_OFFICES) and words <= _OF_OFFICES


def without_holder(name: str) -> str:
    """An office without its holder's name behind it: "minister of Public Security" where "N N" follows.

    The name is what stands in capitals at the end, behind the words of an office alone.
    """
    words = name.split()
    end = len(words)
    while end > 1 and words[end - 1][:1].isupper() and words[end - 1].casefold() not in _OF_OFFICES:
        end -= 1
    office = " ".join(words[:end])
    held = 0 < len(words) - end <= _NAME_WORDS and words[end - 1].casefold() not in _LINKS
    return office if held and is_office(office) else name


def opponents_in(source: Source) -> tuple[str, ...]:
    """The words for a state's opponents in an office without an owner: "rebels" of "rebel military spokesman N".

    None where a name stands there that may be whose office it is ("N's rebels"), or a word that says it is of some
    of them only ("jihadist rebels").
    """
    own = frozenset(words_of("" if source.name.startswith("unnamed:") else source.name))
    written = _WORD.findall(source.written or source.name.removeprefix("unnamed:"))
    described = [word for word in written if word.casefold() not in own]
    found = [word for word in map(str.casefold, described) if word.rstrip("s") in _OPPONENTS]
    named = any(word[:1].isupper() and word.casefold() not in _OF_OFFICES | ARTICLES for word in described[1:])
    if not found or named or not _APART.isdisjoint(map(str.casefold, described)):
        return ()
    word = found[0].rstrip("s")
    return ("opposition",) if word == "opposition" else (f"{word}s", word)


def without_deed(name: str) -> str:
    """Who is named by a deed or its means: "Xian" of "two Xian air strikes", "the army" of "a jet of the army"."""
    words = re.split(r"\b(?:belonging to|operated by|flown by|carried out by)\b", name)[-1].split()
    while words and (words[-1].casefold() in _DEEDS or _MODEL.fullmatch(words[-1]) or words[0].casefold() in ARTICLES):
        words = words[1:] if words[0].casefold() in ARTICLES else words[:-1]
    while len(words) > 1 and _POSSESSIVE.search(words[-2]) and words[-1].casefold() in _OWNED:
        words = words[:-1]  # "the government's militia", "X's troops"
    return _POSSESSIVE.sub("", " ".join(words))
