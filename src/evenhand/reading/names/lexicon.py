"""The packaged word lists by which sources are understood (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_RAW = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


def _grammar(key: str) -> frozenset[str]:
    return frozenset(_RAW["grammar"][key].split())


HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
SPEAKER = frozenset(("i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine", "ours"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
OTHER_PRONOUNS = _grammar("other_pronouns")
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their", "same"))
INDEFINITE = _grammar("indefinite")
DETERMINERS = DEFINITE | INDEFINITE
PREPOSITIONS = _grammar("prepositions")
NAME_LINKS = _grammar("name_links")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-case word lists; `fits` maps a profile's kind of body to the nouns that may stand for it."""

    somewhere: frozenset[str]
    person: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    body: frozenset[str]
    document: frozenset[str]
    title: frozenset[str]
    body_name: frozenset[str]
    generic: frozenset[str]
    anyone: frozenset[str]
    legal: frozenset[str]
    of_a_state: frozenset[str]
    fits: dict[str, frozenset[str]]
    kind_of_word: dict[str, str]
    described: dict[str, str]
    offices: dict[str, str]

    def is_person(self, word: str) -> bool:
        """Whether the noun names a human being by what he or she is."""
        return word in self.person or word in self.female or word in self.male

    def gender(self, word: str) -> str | None:
        """As in "f" or "m" where the noun itself says so."""
        if word in self.female or word.endswith("woman") or word.endswith("women"):
            return "f"
        return "m" if word in self.male else None


@cache
def lexicon() -> Lexicon:
    """The packaged lists."""
    lists = {key: frozenset(value["words"].split()) for key, value in _RAW.items() if "words" in value}
    fits = {key: frozenset(value.split()) for key, value in _RAW["fits"].items()}
    of_word = {word: kind for kind, value in _RAW["fits_by_word"].items() for word in value.split()}
    described = {word: kind for kind, value in _RAW["described"].items() for word in value.split()}
    offices = {word: kind for kind, value in _RAW["offices"].items() for word in value.split()}
    return Lexicon(**lists, fits=fits, kind_of_word=of_word, described=described, offices=offices)


_PLURALS = _grammar("plurals")
_SINGULARS = _grammar("singulars")


def plural(word: str) -> bool:
    """Whether a lower-case noun is a plural by its form."""
    if word in _PLURALS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _SINGULARS


def singular(word: str) -> str:
    """A noun's singular as far as spelling tells ("militants" → "militant", "agencies" → "agency")."""
    if word in ("men", "women") or word.endswith(("men", "women")):
        return word[:-2] + "an"
    if not plural(word) or word in _PLURALS:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es\Z", word):
        return word[:-2]
    return word[:-1]
