"""The columns of ACLED's event files, filled with what is reported; ids and codes that only ACLED can give stay empty.

`fatalities` is the lowest reported figure (ACLED: the most conservative estimate), empty where none is reported; actors
are named only where responsibility is acknowledged or corroborated; `country` is the ISO 3166 code. evenhand's own id
and the grades stand in `tags`. Like ACLED's files it starts with a byte order mark.
"""

from __future__ import annotations

from evenhand.exporting.material import Material, point, summary, undisputed
from evenhand.exporting.tables import Cell, table
from evenhand.model.incident import Incident

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

# UCDP's scales (date_prec, where_prec) on ACLED's: day, week, month; town, near it, region.
_TIME = {1: 1, 2: 2, 3: 2, 4: 3}
_GEO = {1: 1, 2: 2, 3: 3, 4: 3, 5: 3}
_VIOLENCE = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def render(material: Material, *, raw: bool = False) -> bytes:
    """The rows as CSV (UTF-8 with byte order mark, comma): incidents whose type ACLED has."""
    rows = [row for incident in material.incidents if (row := _row(incident, material))]
    return b"\xef\xbb\xbf" + table(COLUMNS, rows, raw=raw)


def _row(incident: Incident, material: Material) -> dict[str, Cell] | None:
    codes = material.codes.get(incident.type)
    if codes is None or codes.acled_event is None:
        return None
    place, time = incident.place, incident.time
    where, side, grades = point(place), undisputed(incident), incident.questions
    return {
        "event_date": time.start if time else None,
        "year": int(time.start[:4]) if time and time.start else None,
        "time_precision": _TIME.get(time.precision or 0) if time else None,
        "disorder_type": "Political violence" if codes.acled_event in _VIOLENCE else codes.acled_event,
        "event_type": codes.acled_event,
        "sub_event_type": codes.acled_sub_event,
        "actor1": material.party(side) if side else None,
        "country": place.country if place else None,
        "location": place.name if place else None,
        "latitude": where[1] if where else None,
        "longitude": where[0] if where else None,
        "geo_precision": _GEO.get(place.precision or 0) if place and where else None,
        "source": "; ".join(material.outlets(incident)),
        "notes": f"{incident.title}. Reported: {summary(incident, material)}.",
        "fatalities": grades.killed.low,
        "tags": f"evenhand_id={incident.id}; occurrence={grades.occurrence.grade or ''}; "
        f"responsibility={grades.responsibility.grade or ''}",
    }
