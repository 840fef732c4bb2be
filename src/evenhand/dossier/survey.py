"""What the lists, and every page, need of all records, in small: the records themselves are lent one page at a time."""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from evenhand.dossier import case, compose, naming, sharing
from evenhand.dossier.case import IncidentRow
from evenhand.dossier.lending import Lent
from evenhand.dossier.renewing import digest
from evenhand.dossier.shelf import Shelf
from evenhand.model.evidence import Span, to_json
from evenhand.model.incident import Answer, CopyPair, Incident, Questions, Spread, Stance, Toll
from evenhand.model.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """A reading in small: without text and findings, how many there are, its JSON, places as claims print them."""

    reading: Reading
    statements: int
    claims: int
    json: bytes  # a digest of it
    printed: bytes

    def names(self) -> dict[str, tuple[str, str]]:
        """The place's key and printed name of each claim that prints one."""
        return msgspec.msgpack.decode(self.printed, type=dict[str, tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Survey:
    """All reports in small (`shelf`: the same for lists), all incidents in small in the order of pages, their rows.

    `told` and `spans`: which claims of a report tell which incident, and the spans that pages point at.
    """

    facts: dict[str, Facts]
    shelf: Shelf
    incidents: list[Incident]
    rows: dict[str, IncidentRow]
    told: dict[str, tuple[list[str], array[int]]]
    spans: dict[str, array[int]]

    def anchors(self, report: str) -> set[Span]:
        """Spans of a report that pages point at: each gets an anchor in the text."""
        flat = self.spans.get(report, ())
        return set(zip(flat[::2], flat[1::2], strict=True))

    def into(self, report: str) -> dict[str, list[IncidentRow]]:
        """The incidents that each claim of a report tells of, in the order of their pages."""
        claims, places = self.told.get(report, ((), ()))
        found: defaultdict[str, list[IncidentRow]] = defaultdict(list)
        for place, claim in sorted(zip(places, claims, strict=True), key=lambda one: one[0]):
            found[claim].append(self.rows[self.incidents[place].id])
        return found


def survey(readings: Lent[Reading], incidents: Lent[Incident], pairs: Iterable[CopyPair], shelf: Shelf) -> Survey:
    """Goes through all readings and all incidents once. `shelf` gives profile and links."""
    facts = {reading.report.id: _facts(reading) for reading in readings.values()}
    rows: dict[str, IncidentRow] = {}
    small: list[Incident] = []
    spans: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    refs: list[tuple[str, Sequence[tuple[str, str]]]] = []
    known: dict[Any, Any] = {name: name for name in facts}
    lists = replace(shelf, readings={name: one.reading for name, one in facts.items()})
    for incident in incidents.values():
        rows[incident.id] = case.row(incident, lists, _printed(incident, facts))
        small.append(_small(incident, known))
        named = [(known.get(ref.report, ref.report), sys.intern(ref.claim)) for ref in incident.claims]
        refs.append((small[-1].id, named))
        for report, span in compose.linked_spans(incident):
            spans[report].extend(span)
    for report, span in sharing.linked_spans(pairs):
        spans[report].extend(span)
    ordered = case.in_order(small)
    return Survey(facts, lists, ordered, rows, _told(ordered, refs), dict(spans))


def _facts(reading: Reading) -> Facts:
    report = msgspec.structs.replace(reading.report, text="", credits=(), dateline=None, notices=())
    bare = msgspec.structs.replace(reading, report=report, sentences=(), entities=(), statements=(), claims=())
    printed = msgspec.msgpack.encode(naming.printed_places(reading))
    return Facts(bare, len(reading.statements), len(reading.claims), digest(to_json(reading)), printed)


def _printed(incident: Incident, facts: dict[str, Facts]) -> str:
    """The name most of the incident's claims print for its place."""
    if incident.place is None:
        return ""
    key = naming.place_key(incident.place)
    names = {report: facts[report].names() for report in {ref.report for ref in incident.claims} if report in facts}
    told = (names.get(ref.report, {}).get(ref.claim) for ref in incident.claims)
    return naming.commonest(incident.place, (one[1] for one in told if one is not None and one[0] == key))


def _small(incident: Incident, known: dict[Any, Any]) -> Incident:
    """An incident without what only its own page shows; equal parts of many incidents are held once."""

    def once(part: T) -> T:
        found: T = known.setdefault(part, part)
        return found

    place = incident.place and msgspec.structs.replace(incident.place, span=None, why=None)
    asked, nothing = incident.questions, Toll()
    questions = Questions(
        occurrence=Answer(grade=asked.occurrence.grade), responsibility=Answer(grade=asked.responsibility.grade),
        killed=nothing, injured=nothing, place=Spread(), time=Spread(),
    )  # fmt: skip
    origins = (
        msgspec.structs.replace(
            origin, reports=tuple(map(once, origin.reports)), claims=(), evidence=(), why=(),
            stance=Stance(occurrence="silent", responsibility=origin.stance.responsibility),
        )
        for origin in incident.origins
    )  # fmt: skip
    return msgspec.structs.replace(
        incident, reports=tuple(map(once, incident.reports)), origins=tuple(once(origin) for origin in origins),
        place=once(place), questions=once(questions), claims=(), copies=(), wording=(),
    )  # fmt: skip


def _told(
    ordered: Sequence[Incident], refs: Iterable[tuple[str, Sequence[tuple[str, str]]]]
) -> dict[str, tuple[list[str], array[int]]]:
    places = {incident.id: place for place, incident in enumerate(ordered)}
    found: dict[str, tuple[list[str], array[int]]] = {}
    for name, claims in refs:
        for report, claim in claims:
            held = found.setdefault(report, ([], array("I")))
            held[0].append(claim)
            held[1].append(places[name])
    return found
