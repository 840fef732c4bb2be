"""What every export is made from, and the few things that several of them say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.errors import ExportError
from evenhand.model.evidence import Span
from evenhand.model.incident import Incident, Toll
from evenhand.model.reading import Claim, Place, Reading, Statement
from evenhand.model.rules import GradeWords

_BY_RESPONSIBILITY = frozenset({"acknowledged", "contested"})


@dataclass(frozen=True, slots=True)
class Codes:
    """A claim type's codes at ACLED, PLOVER (event, mode) and UCDP (the types of violence that it can be)."""

    acled_event: str | None = None
    acled_sub_event: str | None = None
    plover_event: str | None = None
    plover_mode: str | None = None
    ucdp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the case, from its log: for the lineage. `payload` as logged."""

    seq: int
    at: str
    who: str
    what: str
    payload: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Material:
    """Readings by report id, incidents, codes by claim type, party names by id, and what was done, if known.

    `scales`: by grade, the nearest grade of Airwars and the nearest Admiralty credibility digit.
    """

    readings: Mapping[str, Reading]
    incidents: tuple[Incident, ...]
    codes: Mapping[str, Codes]
    parties: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    scales: Mapping[str, GradeWords] = field(default_factory=dict)

    def words(self, report: str, span: Span) -> str:
        """The exact words of a span. Raises ExportError when the report has no such span: it is not moved."""
        text = self.readings[report].report.text if report in self.readings else ""
        start, end = span
        if not 0 <= start <= end <= len(text):
            raise ExportError(f"report {report}: no words at {start}–{end} of {len(text)}; assess the case again")
        return text[start:end]

    def airwars_like(self, incident: Incident) -> str | None:
        """The nearest of Airwars' grades: responsibility taken or contested first, else how it is reported."""
        asked = incident.questions
        first = asked.responsibility.grade
        near = self.scales.get((first if first in _BY_RESPONSIBILITY else asked.occurrence.grade) or "")
        return near.airwars_like if near else None

    def admiralty_like(self, incident: Incident) -> str | None:
        """The nearest Admiralty credibility digit of the occurrence."""
        near = self.scales.get(incident.questions.occurrence.grade or "")
        return near.admiralty_like if near else None

    def claim(self, report: str, claim: str) -> Claim | None:
        """A claim by its name."""
        reading = self.readings.get(report)
        return next((one for one in reading.claims if one.id == claim), None) if reading else None

    def outlets(self, incident: Incident) -> tuple[str, ...]:
        """The outlets that report an incident, each once, in the order of the reports."""
        found = (self.readings[one].report.outlet for one in incident.reports if one in self.readings)
        return tuple(dict.fromkeys(outlet for outlet in found if outlet))

    def party(self, name: str) -> str:
        """A party's name for its id."""
        return self.parties.get(name, name)


def statement_of(reading: Reading, claim: Claim) -> Statement | None:
    """The innermost statement that holds a claim; None: the outlet's own voice."""
    return next((one for one in reading.statements if one.id == claim.statement), None)


def blamed(incident: Incident) -> tuple[str, ...]:
    """The parties that origins with own knowledge blame, or that admit it, sorted; who is right stays open."""
    found: set[str] = set()
    for origin in incident.origins:
        verb, _, parties = origin.stance.responsibility.partition(":")
        if origin.own_knowledge and verb == "blames":
            found.update(parties.split("/"))
        elif verb == "admits" and origin.party:
            found.add(origin.party)
    return tuple(sorted(found))


def undisputed(incident: Incident) -> str | None:
    """The one party named for it, where the responsibility is acknowledged or corroborated; else nobody is named."""
    named = blamed(incident)
    sure = incident.questions.responsibility.grade in ("acknowledged", "corroborated")
    return named[0] if sure and len(named) == 1 else None


def point(place: Place | None) -> tuple[float, float] | None:
    """(longitude, latitude), where the place is more than a country."""
    if place is None or place.precision is None or place.position is None:
        return None
    lat, lon = place.position
    return lon, lat


def contested_on(incident: Incident) -> list[str]:
    """The questions that are contested."""
    asked = incident.questions
    found = {
        "occurrence": asked.occurrence.grade,
        "responsibility": asked.responsibility.grade,
        "killed": asked.killed.grade,
        "injured": asked.injured.grade,
        "place": asked.place.grade,
        "time": asked.time.grade,
    }
    return [name for name, grade in found.items() if grade == "contested"]


def ranged(toll: Toll) -> str:
    """A toll in words: `14 to 17`, `at least 9`, `at most 5`; empty where no figure is reported."""
    low, high = toll.low, toll.high
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        return f"{low}" if low == high else f"{low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def summary(incident: Incident, material: Material) -> str:
    """How an incident stands, in a line that says who says so and never what happened."""
    asked = incident.questions
    by = [f"{len(asked.occurrence.for_)} for", f"{len(asked.occurrence.against)} against"]
    parts = [f"occurrence {_grade(asked.occurrence.grade)} ({', '.join(by)})"]
    named = ", ".join(material.party(one) for one in blamed(incident))
    parts.append(f"responsibility {_grade(asked.responsibility.grade)}" + (f" (named: {named})" if named else ""))
    if killed := ranged(asked.killed):
        parts.append(f"reported killed: {killed}")
    if injured := ranged(asked.injured):
        parts.append(f"reported injured: {injured}")
    parts.append(
        f"{_count(len(incident.reports), 'report')}, {_count(incident.independent_origins, 'independent origin')}"
    )
    return "; ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _grade(grade: str | None) -> str:
    return (grade or "not graded").replace("_", " ")
