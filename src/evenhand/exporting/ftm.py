"""FollowTheMoney entities (OpenAleph, Datashare): incidents as Events, reports as Articles, words as Notes.

FollowTheMoney has neither a speaker nor a span: the exact words are in the Web Annotations; each Note has the report
it comes from as its `proof`, and the claim's name in its id. A party is `involved` only where responsibility is
acknowledged or corroborated: FollowTheMoney cannot say who says so; whoever else is blamed stands in the `summary`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from evenhand.exporting.material import Material, statement_of, summary, undisputed
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading

Entity = dict[str, Any]
_MOST_NOTES = 40  # words an incident; the rest is one click away in the dossier


def render(material: Material) -> bytes:
    """One entity a line (JSON)."""
    lines = (json.dumps(entity, ensure_ascii=False) for entity in _entities(material))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _entities(material: Material) -> Iterator[Entity]:
    named = {party for incident in material.incidents if (party := undisputed(incident))}
    for party in sorted(named):
        yield _entity(f"eh-party-{party}", "Organization", name=[material.party(party)])
    for reading in material.readings.values():
        yield _article(reading)
    for incident in material.incidents:
        yield _event(incident, material)
        yield from _notes(incident, material)


def _entity(entity_id: str, schema: str, /, **properties: Sequence[str | None]) -> Entity:
    kept = {key: [value for value in values if value] for key, values in properties.items()}
    return {"id": entity_id, "schema": schema, "properties": {key: values for key, values in kept.items() if values}}


def _article(reading: Reading) -> Entity:
    report = reading.report
    return _entity(
        f"eh-report-{report.id}",
        "Article",
        fileName=[report.file or report.id],
        title=[report.title],
        publisher=[report.outlet],
        publishedAt=[report.published],
        language=[_LANGUAGES.get(report.language or "")],
        sourceUrl=[report.url if (report.url or "").startswith(("http://", "https://")) else None],
        bodyText=[report.text],
    )


# FollowTheMoney takes ISO 639-2/3 codes; these are the ones evenhand reads or recognises most.
_LANGUAGES = {
    "en": "eng", "ar": "ara", "ru": "rus", "uk": "ukr", "fr": "fra", "de": "deu", "es": "spa", "tr": "tur", "fa": "fas",
    "he": "heb", "zh": "zho", "pt": "por", "it": "ita",
}  # fmt: skip


def _event(incident: Incident, material: Material) -> Entity:
    place, time = incident.place, incident.time
    return _entity(
        f"eh-incident-{incident.id}",
        "Event",
        name=[incident.title],
        startDate=[time.start if time else None],
        endDate=[time.end if time else None],
        location=[place.name if place else None],
        country=[place.country.lower() if place and place.country else None],
        involved=[f"eh-party-{party}" if (party := undisputed(incident)) else None],
        summary=[summary(incident, material)],
        recordId=[incident.id],
        proof=[f"eh-report-{report}" for report in incident.reports if report in material.readings],
    )


def _notes(incident: Incident, material: Material) -> Iterator[Entity]:
    for ref in incident.claims[:_MOST_NOTES]:
        reading, claim = material.readings.get(ref.report), material.claim(ref.report, ref.claim)
        if reading is None or claim is None:
            continue
        statement = statement_of(reading, claim)
        who = (statement.speaker_name if statement else reading.report.outlet) or "not named"
        words = " […] ".join(material.words(ref.report, span) for span in claim.evidence or (claim.trigger,))
        yield _entity(
            f"eh-note-{incident.id}-{ref.report}-{ref.claim}",
            "Note",
            name=[f"{who}, {reading.report.outlet or 'outlet not known'}, {reading.report.published or 'no date'}"],
            description=[f"“{words}” ({claim.polarity}, {claim.modality})"],
            entity=[f"eh-incident-{incident.id}"],
            proof=[f"eh-report-{ref.report}"],
        )
