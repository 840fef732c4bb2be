"""Keys under which names are compared: folded case, accents, articles and common transliteration habits.

Two keys per word: the strict one folds case, accents and apostrophes only; the loose one also folds doubled
letters and the usual vowel spellings of transliterated names ("Mohammed"/"Mohamed", "Sergei"/"Sergey"). Words of
four letters or fewer have no loose form, since folding makes different abbreviations meet ("AAP", "AP"). Words of
three letters or fewer keep their capitals, so that "US" is not "us".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){1,8}[A-Za-z]\b\.?")  # also "U.S", cut off before its last dot
_POSSESSIVE = re.compile(r"['’‘ʼ`´]s\b")
_APOSTROPHE = str.maketrans("", "", "'’‘ʼ`´ʿʾ\u02bb")
_WORD = re.compile(r"[^\W_]+")
ARTICLES = frozenset(("the", "a", "an", "al", "el", "ul"))
_ASSIMILATED = re.compile(r"\b(?:[Aa](?:l|r|s|sh|t|th|d|dh|n|z)|[Ee]l|[Uu]l)-(?=\w)")
_SPELLINGS = {
    "defense": "defence", "center": "centre", "centers": "centres", "organization": "organisation",
    "labor": "labour", "defenses": "defences", "spokesperson": "spokesman", "spokeswoman": "spokesman",
    "spokespersons": "spokesmen", "spokeswomen": "spokesmen", "tv": "television",
}  # fmt: skip
_LOOSE_FROM = 5
_KEEP_CAPITALS_TO = 3
_GRAMMAR = frozenset((
    "of", "in", "at", "by", "to", "on", "for", "and", "or", "but", "not", "is", "was", "are", "has", "had", "who",
    "its", "his", "her",
))  # fmt: skip
"""Words of grammar of up to three letters: in a phrase in capitals throughout they are no acronyms ("THE ARMY IS")."""


class Words(NamedTuple):
    """The words of a name as keys; both tuples run in parallel."""

    strict: tuple[str, ...]
    loose: tuple[str, ...]


@lru_cache(maxsize=1 << 15)  # the sources of a case return in report after report
def name_words(name: str) -> Words:
    """The key words of `name`, articles dropped (kept where nothing else is left)."""
    text = unicodedata.normalize("NFKC", name)
    text = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    text = _POSSESSIVE.sub("", text).translate(_APOSTROPHE)
    text = _ASSIMILATED.sub("", text)
    found = [_strict(word) for word in _WORD.findall(text)]
    if len(found) > 1 and text.isupper():
        found = [word.lower() if word.lower() in _GRAMMAR else word for word in found]
    kept = [word for word in found if word not in ARTICLES] or found
    return Words(tuple(kept), tuple(_loose(word) for word in kept))


def fold(text: str) -> str:
    """`text` without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _strict(word: str) -> str:
    if len(word) <= _KEEP_CAPITALS_TO and word.isupper() and word != "TV" and word.casefold() not in ARTICLES:
        return word
    folded = fold(word)
    return _SPELLINGS.get(folded, folded)


@lru_cache(maxsize=1 << 15)  # names share their words: two in three are asked for again
def _loose(word: str) -> str:
    if len(word) < _LOOSE_FROM:
        return f"{word}."  # the mark keeps a short word from meeting a folded longer one ("Duma", "Douma")
    for written, folded in (("oo", "u"), ("ou", "u"), ("ee", "i"), ("y", "i"), ("j", "i")):
        word = word.replace(written, folded)
    kept: list[str] = []
    for char in word:
        if not kept or kept[-1] != char:
            kept.append(char)
    return "".join(kept)
