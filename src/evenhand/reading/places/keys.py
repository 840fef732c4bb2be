"""Keys under which place names are compared.

Three keys, each coarser than the one before:

* :func:`fold`: letters only, no case, no marks, hyphens as blanks. Safe anywhere.
* :func:`romanisation_key`: the spellings one Arabic, Persian, Cyrillic or Burmese name gets in the
  press ("Hasakeh", "al-Hasakah") fall together. Use it inside one country only.
* :func:`skeleton`: the consonants of the romanisation key. Use it inside one country only, and never
  when it has fewer than three consonants: names of two share their skeleton with up to a hundred others.

The letter rules follow the usual press variants of the BGN/PCGN, UN and French romanisations of Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MIN_CONSONANTS = 3
"""Skeletons shorter than this name too many places to be of use."""

_MEMO = 8192
"""Keys kept: a report asks for those of its few names hundreds of times, and so does the next one of the same war."""

_SPECIAL = str.maketrans(
    {
        "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "þ": "th",
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "ə": "a", "Ə": "a", "ʻ": None, "ʼ": None, "ʿ": None,
        "ʾ": None, "ʹ": None, "ʺ": None, "’": None, "‘": None, "'": None, "`": None, "´": None, "′": None,
        "ـ": None, "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا",
    }
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ar",
        "as",
        "ash",
        "at",
        "ad",
        "adh",
        "az",
        "an",
        "il",
        "ul",
        "ud",
        "ur",
        "ez",
        "es",
        "er",
        "ed",
        "et",
        "en",
        "el",
    ]
)
_DIGRAPHS = re.compile(r"tch|sch|kh|gh|dh|th|sh|ch|zh|ts|ph|ck|q|c|x")
_DIGRAPH_KEYS = {
    "tch": "s", "sch": "s", "kh": "k", "gh": "g", "dh": "d", "th": "t", "sh": "s", "ch": "s", "zh": "j",
    "ts": "s", "ph": "f", "ck": "k", "q": "k", "c": "k", "x": "ks",
}  # fmt: skip
_VOWELS = re.compile(r"ou|oo|aw|ow|uw|w(?=u)|o|ee|ei|ai|ay|ey|ie|iy|ii|y(?![aeiou])|e")
_VOWEL_KEYS = {"ou": "u", "oo": "u", "aw": "u", "ow": "u", "uw": "u", "w": "", "o": "u", "e": "a"}
_DOUBLES = re.compile(r"(.)\1")
_TAIL = re.compile(r"(?<=..)[ai]?h$|(?<=..)at$|(?<=..)y$")
_SOFT = re.compile(r"(?<=.)[aiuy]")


@lru_cache(_MEMO)
def fold(name: str) -> str:
    """Lower-case letters and digits of `name`, parted by single blanks; marks and apostrophes dropped."""
    if name.isascii():
        plain = name.replace("'", "").replace("`", "").lower()
    else:
        parts = unicodedata.normalize("NFKD", name.lower().translate(_SPECIAL)).lower()
        plain = "".join(c for c in parts if not unicodedata.combining(c)).translate(_SPECIAL)
    return _NOT_WORD.sub(" ", plain).strip()


@lru_cache(_MEMO)
def without_article(key: str) -> str:
    """A folded key without the articles ("al", "ash" …) that stand before its words."""
    words = key.split(" ")
    kept = [w for w in words[:-1] if w not in _ARTICLES]
    return " ".join([*kept, words[-1]])


def _romanise(word: str) -> str:
    out = _DIGRAPHS.sub(lambda m: _DIGRAPH_KEYS[m.group()], word)
    out = _VOWELS.sub(lambda m: _VOWEL_KEYS.get(m.group(), "i"), out)
    out = _DOUBLES.sub(r"\1", out)
    out = _TAIL.sub("", out)
    if len(out) > 3 and out[-1] in "ai":
        out = out[:-1]
    return out


@lru_cache(_MEMO)
def romanisation_key(folded: str) -> str:
    """The romanisation key of a folded Latin name ("maarrat an numan" and "maaret al nuuman" agree)."""
    words = without_article(folded).split(" ")
    return " ".join(r for r in (_romanise(w) for w in words) if r)


@lru_cache(_MEMO)
def skeleton(romanised: str) -> str:
    """The consonants of a romanisation key, blanks dropped; a leading "y" counts as one."""
    words = romanised.split(" ")
    out = "".join(_SOFT.sub("", w).lstrip("aiu") for w in words)
    return _DOUBLES.sub(r"\1", out)
