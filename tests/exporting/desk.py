"""The page tests' invented case as material for exports, and one whose every word is hostile."""

import msgspec

from evenhand.exporting import Act, Material
from evenhand.handover import type_codes
from evenhand.model.evidence import sha256_hex
from evenhand.model.reading import Place
from tests.dossier import sample

PARTIES = {"varda": "Government of Varda", "halden": "Halden Command"}


def material(**changes):
    acts = (
        Act(1, "2024-03-04T12:00:00Z", "maria", "added", {"sha256": "a" * 64}, "1" * 64),
        Act(
            2,
            "2024-03-04T13:00:00Z",
            "karim",
            "decision",
            {"target": {"report": sample.readings()[0].report.id}},
            "2" * 64,
        ),
    )
    readings = {reading.report.id: reading for reading in sample.readings()}
    return Material(readings, tuple(sample.incidents()), type_codes(), PARTIES, acts, **changes)


def placed(precision, lat=1.0, lon=2.0):
    """The case with its incident's place known to this precision."""
    made = material()
    place = Place(name="Orlin", country="XV", lat=lat, lon=lon, radius_km=5, precision=precision)
    incident = msgspec.structs.replace(made.incidents[0], place=place)
    return Material(made.readings, (incident,), made.codes, made.parties)


def with_text(text, **report):
    """One report of this text, without statements, as the whole case."""
    reading = sample.readings()[1]
    changed = msgspec.structs.replace(reading.report, text=text, text_sha256=sha256_hex(text.encode()), **report)
    reading = msgspec.structs.replace(reading, report=changed, statements=(), claims=())
    return Material({changed.id: reading}, (), type_codes())
