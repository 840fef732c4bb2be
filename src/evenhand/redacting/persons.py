"""Who is to be unnamed: the user's words, as names on the command line or a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from evenhand.errors import UsageError
from evenhand.model.evidence import Record

Kind = Literal["person", "witness", "minor"]
CALLED = {"person": "Person", "witness": "Witness", "minor": "Minor"}


class Person(Record, frozen=True, kw_only=True):
    """One to be unnamed. `also`: other spellings and scripts; `details`: phones, addresses, whatever else tells.

    `parts`: whether the surname and the first names alone are this person's, too.
    """

    name: str
    kind: Kind = "person"
    also: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    parts: bool = True


class _File(msgspec.Struct, forbid_unknown_fields=True):
    persons: list[Person] = []


def read_persons(given: Sequence[str]) -> tuple[Person, ...]:
    """Persons by name or from TOML files, each once. Raises UsageError naming the file, the key and the cure."""
    found: dict[str, Person] = {}
    for one in given:
        path = Path(one)
        persons = _from_file(path) if one.lower().endswith(".toml") else [Person(name=one)]
        for person in persons:
            if not any(char.isalpha() for char in person.name):
                raise UsageError(f"{one}: a person without a name; give `name`, and details under `details`")
            found[person.name] = person
    if not found:
        raise UsageError(f"{', '.join(given)}: nobody to be unnamed; give names, or [[persons]] in a file")
    return tuple(found.values())


def _from_file(path: Path) -> list[Person]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(table, _File, strict=True).persons
    except OSError as problem:
        raise UsageError(f"{path}: cannot be read ({problem.strerror}); check the path") from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise UsageError(f"{path}: not TOML in UTF-8: {problem}; `evenhand persons CASE` writes one") from problem
    except msgspec.ValidationError as problem:
        raise UsageError(
            f"{path}: {problem}; a [[persons]] table has name, kind (person, witness, minor), also, details, parts"
        ) from problem
