"""Who might have to be unnamed: persons with names whom nobody knows as public; unnamed roles never need it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from evenhand.model.name_key import name_words
from evenhand.model.reading import Entity, Reading
from evenhand.model.wordlist import word_set
from evenhand.redacting.persons import Kind
from evenhand.redacting.replacing import PARTICLES

_AGE_BEFORE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b[^.!?\n]{0,40}\Z")
_AGE_AFTER = re.compile(r"[ ,(]{1,3}(?:who (?:is|was) )?(?:aged )?(\d{1,2})(?:[,)]|[- ]years?\b)")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = 80  # code points in which an age is looked for before a name
_ADULT = 18
_HEADING = """# Persons named whom the profile does not know as public; a machine found them: look for more.
# Take out those who may be named. `also`: other spellings and scripts; `details`: phones, addresses, what else tells.
"""
_WITNESS = word_set("""
    witness eyewitness resident survivor neighbour neighbor mother father brother sister son daughter relative wife
    husband widow patient victim student teacher doctor nurse medic farmer shopkeeper driver refugee villager
""")


@dataclass(slots=True)
class Suggestion:
    """A person by the longest name given, other spellings, how often, in what role, and the kind it might be."""

    name: str
    kind: Kind = "person"
    also: tuple[str, ...] = ()
    reports: int = 0
    roles: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    names: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    reports: set[str] = field(default_factory=set)
    minor: bool = False


def suggest(readings: Iterable[Reading], is_public: Callable[[str], bool]) -> list[Suggestion]:
    """Persons named in the readings, most often named first, without those of whom `is_public` holds."""
    seen: dict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for reading in readings:
        for word in _WORD.findall(reading.report.text):
            (capital if word[0].isupper() else small)[word.casefold()] += 1
        for entity in reading.entities:
            if entity.kind == "person" and _has_name(entity) and not is_public(entity.name):
                _note(seen[name_words(entity.name).loose], entity, reading)
    found = [
        suggestion
        for suggestion in map(_suggestion, seen.values())
        if not _is_word(suggestion.name.casefold(), capital, small)
    ]
    return sorted(found, key=lambda one: (-one.reports, one.name))


def _is_word(name: str, capital: Counter[str], small: Counter[str]) -> bool:
    """Whether a single word is one of the language (a sentence's first, a title's), by how the texts write it."""
    return name in small and 2 * small[name] >= capital[name]


def as_toml(found: Iterable[Suggestion]) -> str:
    """The suggestions as a file that `read_persons` reads."""
    lines = [_HEADING]
    for one in found:
        told = f"; {', '.join(one.roles)}" if one.roles else ""
        lines += [
            f"# in {one.reports} report{'' if one.reports == 1 else 's'}{told}".replace("\n", " "),
            "[[persons]]",
            f"name = {_quoted(one.name)}",
            f"kind = {_quoted(one.kind)}  # person, witness or minor",
            f"also = [{', '.join(map(_quoted, one.also))}]",
            "details = []\n",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _has_name(entity: Entity) -> bool:
    named = any(mention.form == "name" for mention in entity.mentions)
    words = entity.name.split()
    capitals = all(word[:1].isupper() or word.lower().split("-")[0] in PARTICLES for word in words)
    return named and bool(words) and words[0][:1].isupper() and capitals


def _note(seen: _Seen, entity: Entity, reading: Reading) -> None:
    seen.names[entity.name] += 1
    seen.reports.add(reading.report.id)
    if entity.role:
        seen.roles[entity.role] += 1
    for mention in entity.mentions:
        start, end = mention.span
        text = reading.report.text
        ages = (_AGE_BEFORE.search(text[max(0, start - _BEFORE) : start]), _AGE_AFTER.match(text, end))
        seen.minor = seen.minor or any(int(age[1]) < _ADULT for age in ages if age)


def _suggestion(seen: _Seen) -> Suggestion:
    names = sorted(seen.names, key=lambda name: (-len(name), name))
    roles = tuple(role for role, _ in seen.roles.most_common(3))
    told = {word.casefold() for role in roles for word in role.split()}
    kind: Kind = "minor" if seen.minor else "witness" if told & _WITNESS else "person"
    return Suggestion(names[0], kind, tuple(names[1:]), len(seen.reports), roles)
