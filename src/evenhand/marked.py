"""What people marked as sensitive, kept out of what leaves a case: persons to be unnamed, passages covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from evenhand.exporting import Material
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from evenhand.redacting import Person
from evenhand.reviewing import Decision, hidden, hidden_names, hidden_words, surnames
from evenhand.reviewing.covering import veiled, without_names

_FEW = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks in force: persons by name, and decisions about passages and statements."""

    decisions: tuple[Decision, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Marked:
        """The marks among the decisions in force."""
        marks = tuple(one for one in decisions if one.action == "mark")
        return cls(marks, hidden_names(marks))

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def said(self) -> str:
        """How many of what are marked, in words."""
        passages = len(self.decisions) - sum(one.target.kind == "entity" for one in self.decisions)
        persons = f"{len(self.names)} {'person' if len(self.names) == 1 else 'persons'}"
        return f"{persons} and {passages} {'passage' if passages == 1 else 'passages'} marked as sensitive"

    def persons(self, given: Sequence[Person] = ()) -> tuple[Person, ...]:
        """All who are to be unnamed: those given, and those marked of whom nothing was said.

        Marked passages of several words go with them, to be taken out wherever the same words stand.
        """
        known = {one.name: one for one in given}
        for name in sorted(self.names):
            known.setdefault(name, Person(name=name, kind="witness"))
        passages = (words for one in self.decisions if one.target.kind != "entity" for words in one.target.words)
        details = tuple(dict.fromkeys(words for words in passages if len(words.split()) >= _FEW))
        if details:
            known["a marked passage"] = Person(name="a marked passage", details=details, parts=False)
        return tuple(known.values())

    def covered(self, material: Material) -> Material:
        """The records with every marked word covered where the reports say it."""
        readings = {name: self._reading(one) for name, one in material.readings.items()}
        words = {each for one in material.readings for each in hidden_words(self.decisions, one)}
        incidents = tuple(_incident(one, self.names | words) for one in material.incidents)
        return replace(material, readings=readings, incidents=incidents)

    def _reading(self, reading: Reading) -> Reading:
        alone = surnames(reading.report.text, self.names)
        words = hidden_words(self.decisions, reading.report.id)
        return veiled(reading, hidden(reading, self.decisions), self.names | alone | words)


def _incident(incident: Incident, words: Iterable[str]) -> Incident:
    return msgspec.convert(without_names(msgspec.to_builtins(incident), words), Incident)
