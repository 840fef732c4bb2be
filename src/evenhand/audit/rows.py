"""Readings as rows that can be compared: the same words for the same thing on both sides.

The exchanged side is mapped back (spans through the alignment, names, ids and countries through the exchange); spans
of the plain side are widened where they end within an exchanged name, as the other side's are. Confidences, reasons
in words and ids within a report are not compared; links (`parent`, `statement`) are compared by what they link to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand.audit.alignment import Alignment
from evenhand.audit.exchange import Exchange
from evenhand.model.evidence import Span
from evenhand.model.name_key import name_words
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Entity, Participant, Place, Quantity, Reading, Statement, Time
from evenhand.model.report import Report
from evenhand.reading.tagging.tagger import Tagged

LINKS = ("parent", "statement")


@dataclass(frozen=True)
class Row:
    """One record: `number` names it within its home, `key` identifies it across sides, `hull` is its span."""

    home: str
    number: str
    key: object
    hull: Span | None
    fields: Mapping[str, object]


@dataclass(frozen=True)
class View:
    """How one side's records are told in plain words and places; `exchange` is None for the plain side.

    `spelling` is the exchange there, too: exchanged twice, a name comes back in its paired spelling ("U.S." as "US").
    `listed` has, by key words, the one name under which the profile lists a body: which of its names a report prints
    longest, and so stands in the ledger, is a matter of the names' lengths.
    """

    alignments: Mapping[str, Alignment]
    exchange: Exchange | None = None
    spelling: Exchange | None = None
    listed: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def span(self, report: str, span: Span | None) -> Span | None:
        """A span in the plain text."""
        if span is None:
            return None
        alignment = self.alignments[report]
        return alignment.back(span) if self.exchange else alignment.widened(span)

    def spans(self, report: str, spans: tuple[Span, ...]) -> tuple[Span | None, ...]:
        """Spans in the plain text."""
        return tuple(self.span(report, span) for span in spans)

    def word(self, value: str | None) -> str | None:
        """A name or an id."""
        if value is None:
            return None
        if self.exchange:
            value = self.exchange.word(value)
        elif self.spelling:
            value = self.spelling.word(self.spelling.word(value))
        return self.listed.get(name_words(value).strict, value) if self.listed else value

    def id(self, value: str | None) -> str | None:
        """An id of a party or an outlet."""
        return self.exchange.id(value) if self.exchange else value

    def country(self, code: str | None) -> str | None:
        """A country code."""
        return self.exchange.country(code) if self.exchange and code else code


def listed_names(profile: Profile) -> dict[tuple[str, ...], str]:
    """The key words of every name of an organ or a person → the name that the profile puts first."""
    found: dict[tuple[str, ...], str] = {}
    for party in profile.parties:
        listed = [(one.name, one.names) for one in party.organs] + [(one.name, one.names) for one in party.persons]
        for first, others in listed:
            for name in (first, *others):
                found.setdefault(name_words(name).strict, first)
    return found


def report_rows(home: str, report: Report, view: View) -> list[Row]:
    """What intake finds in a report."""
    line = report.dateline
    fields: dict[str, object] = {
        "outlet": view.id(report.outlet),
        "credits": sorted(str((view.id(credit.agency), view.span(home, credit.span))) for credit in report.credits),
        "dateline": line
        and (line.span and view.span(home, line.span), view.word(line.place), line.date, view.id(line.agency)),
        "title": view.word(report.title),
        "language": report.language,
        "published": report.published,
    }
    return [Row(home, "report", "report", None, fields)]


def speech_rows(home: str, tagged: Tagged, view: View) -> list[Row]:
    """What the trained tagger finds of who says what."""
    rows = []
    for number, one in enumerate(tagged.attributions):
        content = view.spans(home, one.content)
        fields: dict[str, object] = {
            "content": content,
            "cue": view.span(home, one.cue),
            "source": view.span(home, one.source),
            "denies": one.polarity >= 0.5,
            "parent": None if one.parent is None else str(one.parent),
        }
        rows.append(Row(home, str(number), content, _hull(content), fields))
    return rows


def name_rows(home: str, tagged: Tagged, view: View) -> list[Row]:
    """What the trained tagger takes for names, and of what kind."""
    rows = []
    for number, one in enumerate(tagged.names):
        span = view.span(home, one.span)
        rows.append(Row(home, str(number), span, span, {"span": span, "kind": one.kind}))
    return rows


def statement_rows(reading: Reading, view: View) -> list[Row]:
    """The statements of a reading."""
    entities = {entity.id: entity for entity in reading.entities}
    return [_statement(reading.report.id, one, entities, view) for one in reading.statements]


def _statement(home: str, one: Statement, entities: Mapping[str, Entity], view: View) -> Row:
    content = view.spans(home, one.content)
    fields: dict[str, object] = {
        "kind": one.kind,
        "content": content,
        "cue": view.span(home, one.cue),
        "source": view.span(home, one.source),
        "speaker": _entity(entities.get(one.speaker or ""), view),
        "speaker_name": view.word(one.speaker_name),
        "speaker_org": view.word(one.speaker_org),
        "attitude": one.attitude,
        "parent": one.parent,
        "chain": tuple(view.word(link) for link in one.chain),
        "inserts": view.spans(home, one.inserts),
    }
    return Row(home, one.id, (content, fields["cue"]), _hull(content), fields)


def claim_rows(reading: Reading, view: View) -> list[Row]:
    """The claims of a reading."""
    entities = {entity.id: entity for entity in reading.entities}
    return [_claim(reading.report.id, one, entities, view) for one in reading.claims]


def _claim(home: str, one: Claim, entities: Mapping[str, Entity], view: View) -> Row:
    trigger = view.span(home, one.trigger)

    def role(found: Participant | None) -> object:
        if found is None:
            return None
        entity = _entity(entities.get(found.entity or ""), view)
        return view.word(found.name), view.span(home, found.span), entity

    fields: dict[str, object] = {
        "type": one.type,
        "trigger": trigger,
        "statement": one.statement,
        "actor": role(one.actor),
        "target": role(one.target),
        "weapon": role(one.weapon),
        "place": place_value(home, one.place, view),
        "time": time_value(home, one.time, view),
        "quantities": tuple(_quantity(home, quantity, view) for quantity in one.quantities),
        "polarity": one.polarity,
        "modality": one.modality,
        "labels": tuple((view.span(home, label.span), label.word) for label in one.labels),
    }
    return Row(home, one.id, (one.type, trigger), trigger, fields)


def place_value(home: str | None, place: Place | None, view: View) -> object:
    """A place in plain words; `home` None where its span is of no one report."""
    if place is None:
        return None
    span = view.span(home, place.span) if home else None
    point = (place.lat, place.lon, place.radius_km, place.precision)
    return view.word(place.name), span, view.country(place.country), place.gazetteer, *point


def time_value(home: str | None, time: Time | None, view: View) -> object:
    """A time; `home` None where its span is of no one report."""
    if time is None:
        return None
    return view.span(home, time.span) if home else None, time.start, time.end, time.precision


def _quantity(home: str, one: Quantity, view: View) -> object:
    return (one.role, view.span(home, one.span), one.op, one.low, one.best, one.high, view.word(one.of), one.part_of,
            one.cumulative)  # fmt: skip


def _entity(entity: Entity | None, view: View) -> object:
    return None if entity is None else (view.word(entity.name), entity.kind, view.id(entity.party))


def _hull(spans: tuple[Span | None, ...]) -> Span | None:
    there = [span for span in spans if span is not None]
    return (min(s for s, _ in there), max(e for _, e in there)) if there else None
