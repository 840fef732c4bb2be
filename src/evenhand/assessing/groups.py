"""Armed groups that the profile does not list, where a report itself calls them one: "rebels of the X", "X, a militia".

Such a group is a party of its own, under the name it has there: who blames it names somebody, and its spokesman knows
its own acts. A people, a place or a person is none ("Xian gunmen", "militias of Xtown").
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from evenhand.assessing.informants import words_of
from evenhand.model.reading import EntityKind, Reading
from evenhand.model.wordlist import word_set

_LISTS: Mapping[str, str] = tomllib.loads((Path(__file__).parent / "groups.toml").read_text("utf-8"))
AGAIN = word_set(_LISTS["again"])
"""How a report takes up again the one group that it has named."""
_GROUP_WORDS = word_set(_LISTS["people"]) | word_set(_LISTS["bodies"])
_PEOPLE, _KINDS, _NOUNS, _CAUSE, _DOES = (
    rf"(?i:{'|'.join(sorted(word_set(_LISTS[key])))})" for key in ("people", "kinds", "nouns", "cause", "does")
)
_SHORT = r"[A-Z]{2,8}(?:-[A-Z]{1,4})?"
_WORD = r"[A-Z][\w’'-]{1,25}"
_NAME = rf"(?P<name>(?:{_SHORT}|{_WORD})(?: (?:(?:of|for|the|and|de|do|da|el) ){{0,2}}{_WORD}){{0,6}})"
_CALLED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_PEOPLE} (?:of|from|belonging to|loyal to) (?:the )?{_NAME}",
        rf"\b{_NAME}(?: \({_SHORT}\))?(?:, or {_SHORT})?, (?:an?|the) (?:[\w’'-]{{1,20}} ){{0,3}}{_KINDS}\b",
        rf"\b(?:{_KINDS} {_NOUNS}|rebel|guerrilla|militia) (?:the |called (?:the )?|known as (?:the )?)?{_NAME}",
        rf"\b(?P<name>{_SHORT}) {_PEOPLE}\b",
        rf"\b(?P<name>Armed {_WORD} Group|(?:{_WORD} ){{1,3}}{_CAUSE} {_NOUNS})\b",
        rf"\b{_NAME}(?: \({_SHORT}\))? (?:(?:has|have|had) )?{_DOES} (?:the |full )?(?:responsibility|credit) for\b",
        rf"\b(?P<name>{_SHORT}) (?:was|were|is|are) behind\b",
    )
)
_WITH_A_WORD = _CALLED[1]
_EXPLAINED = re.compile(rf", (?:an?|the) (?:[\w’'-]{{1,20}} ){{0,3}}{_KINDS}\b")
"""Without this no name is followed by a word for a group; asked first, since a text holds names everywhere."""
_AS = rf"(?:, or (?:the )?| \((?:the )?)(?P<short>{_SHORT})\b"
_ALSO, _SHORTENED = re.compile(_NAME + _AS), re.compile(_AS)
_ABBREVIATED = re.compile(r"[A-Z]{3,8}(?:-[A-Z]{1,4})?")
_BODIES: frozenset[EntityKind] = frozenset({"organisation", "armed_group"})
_NO_GROUP: frozenset[EntityKind] = frozenset({"place", "person", "facility", "outlet"})


def is_group_word(word: str) -> bool:
    """Whether a word is one for those who fight together, whichever they are: "guerrillas", "a unit"."""
    return word in _GROUP_WORDS


def groups_of(reading: Reading) -> Mapping[tuple[str, ...], str]:
    """The groups that a report calls so: the words of each name it has there → the name that stands for it."""
    text = reading.report.text
    short: dict[tuple[str, ...], str] = {}
    if _SHORTENED.search(text):
        short = {words_of(found["name"].removeprefix("The ")): found["short"] for found in _ALSO.finditer(text)}
    found: dict[tuple[str, ...], str] = {}
    for name in _called(reading):
        words = words_of(name)
        found[words] = short.get(words, name)
    for words, brief in short.items():
        if words in found or words_of(brief) in found:
            found[words] = found[words_of(brief)] = brief
    return found


def group_named(name: str, groups: Mapping[tuple[str, ...], str]) -> str | None:
    """The group whose name stands in these words, the longest first."""
    words = words_of(name)
    for own, group in sorted(groups.items(), key=lambda row: -len(row[0])):
        size = len(own)
        if any(words[at : at + size] == own for at in range(len(words) - size + 1)):
            return group
    return None


def _called(reading: Reading) -> Iterator[str]:
    """Names that the report's words call a group: abbreviations, and what it has as a body's name; no place, no outlet.

    "Islamist" of "Islamist rebels" is no name.
    """
    bodies = {
        words_of(entity.name)
        for entity in reading.entities
        if entity.kind in _BODIES and (len(entity.name.split()) > 1 or len(entity.mentions) > 1)
    }
    other = _positions(reading, _NO_GROUP) - _positions(reading, _BODIES)
    explained = _EXPLAINED.search(reading.report.text) is not None
    for pattern in _CALLED if explained else (one for one in _CALLED if one is not _WITH_A_WORD):
        for match in pattern.finditer(reading.report.text):
            name = match["name"].removeprefix("The ")
            is_name = _ABBREVIATED.fullmatch(name) or words_of(name) in bodies
            if is_name and match.end("name") - 1 not in other:
                yield name


def _positions(reading: Reading, kinds: frozenset[EntityKind]) -> set[int]:
    """Where those of the kinds are named, as code points; not where one without a name is described."""
    named = (one for one in reading.entities if one.kind in kinds and not one.name.startswith("unnamed:"))
    return {at for entity in named for mention in entity.mentions for at in range(*mention.span)}
