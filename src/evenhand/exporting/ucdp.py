"""The columns of UCDP GED (version 25.1), filled with what is reported; ids that only UCDP can give stay empty.

UCDP codes events with at least one death: so only incidents with a reported death are rows here. `best` is empty unless
the user chose a rule for it, deaths by side are empty, `side_a` is filled only where responsibility is acknowledged or
corroborated, `country` is the ISO 3166 code. `relid` is evenhand's own id.
"""

from __future__ import annotations

from evenhand.exporting.material import Codes, Material, point, undisputed
from evenhand.exporting.tables import Cell, table
from evenhand.model.incident import Incident

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def render(material: Material, *, raw: bool = False) -> bytes:
    """The rows as CSV (UTF-8, comma)."""
    rows = [
        _row(one, material) for one in material.incidents if (one.questions.killed.high or one.questions.killed.low)
    ]
    return table(COLUMNS, rows, raw=raw)


def _row(incident: Incident, material: Material) -> dict[str, Cell]:
    place, time, killed = incident.place, incident.time, incident.questions.killed
    where = point(place)
    reports = [material.readings[one].report for one in incident.reports if one in material.readings]
    side = undisputed(incident)
    return {
        "relid": incident.id,
        "year": int(time.start[:4]) if time and time.start else None,
        "code_status": "draft",
        "type_of_violence": _violence(material.codes.get(incident.type)),
        "side_a": material.party(side) if side else None,
        "number_of_sources": len(reports),
        "source_article": ";".join(f'"{r.outlet or ""},{r.published or ""},{r.title or ""}"' for r in reports),
        "source_office": ";".join(r.outlet or "" for r in reports),
        "source_date": ";".join(r.published or "" for r in reports),
        "source_headline": ";".join(r.title or "" for r in reports),
        "source_original": ";".join(origin.name for origin in incident.origins if origin.own_knowledge),
        "where_prec": place.precision if place else None,
        "where_coordinates": place.name if place else None,
        "where_description": place.name if place else None,
        "latitude": where[1] if where else None,
        "longitude": where[0] if where else None,
        "geom_wkt": f"POINT ({where[0]} {where[1]})" if where else None,
        "country": place.country if place else None,
        "date_prec": time.precision if time else None,
        "date_start": time.start if time else None,
        "date_end": time.end if time else None,
        "best": killed.best,
        "high": killed.high,
        "low": killed.low,
    }


def _violence(codes: Codes | None) -> int | None:
    """The type of violence where the claim type allows only one."""
    return codes.ucdp[0] if codes and len(codes.ucdp) == 1 else None
