"""PLOVER events (manual of 2021) as JSON lines: one a claim that PLOVER has an event for, with who says so.

Actors are as written; `actor_party` stays empty, as PLOVER's codes for them need a dictionary that evenhand has not.
Only what is asserted is an event: what is denied, planned, hoped or called for is left to the other formats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from evenhand.exporting.material import Material, point, statement_of
from evenhand.model.reading import Claim, Participant, Reading


def render(material: Material) -> bytes:
    """One event a line (JSON)."""
    lines = (json.dumps(event, ensure_ascii=False) for event in _events(material))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _events(material: Material) -> Iterator[dict[str, Any]]:
    for reading in material.readings.values():
        for claim in reading.claims:
            codes = material.codes.get(claim.type)
            if codes and codes.plover_event and claim.polarity == "affirmed" and claim.modality == "asserted":
                yield _event(claim, reading, material, (codes.plover_event, codes.plover_mode))


def _event(claim: Claim, reading: Reading, material: Material, code: tuple[str, str | None]) -> dict[str, Any]:
    report, place, time = reading.report, claim.place, claim.time
    where, statement = point(place), statement_of(reading, claim)
    return {
        "id": f"{report.id}-{claim.id}",
        "type": "event",
        "event": code[0],
        "mode": [code[1]] if code[1] else [],
        "date": time.start if time else None,
        "dateEnd": time.end if time else None,
        "datePrecision": time.precision if time else None,
        "actor": _participant(claim.actor),
        "recipient": _participant(claim.target),
        "location": {
            "name": place.name if place else None,
            "country": place.country if place else None,
            "lat": where[1] if where else None,
            "lon": where[0] if where else None,
            "geoPrecision": place.precision if place else None,
        },
        "attributedTo": statement.speaker_name if statement else report.outlet,
        "text": " […] ".join(material.words(report.id, span) for span in claim.evidence or (claim.trigger,)),
        "source": report.outlet,
        "publicationDate": report.published,
        "url": report.url,
    }


def _participant(one: Participant | None) -> list[dict[str, Any]]:
    return [{"text": one.name, "code": None}] if one else []
