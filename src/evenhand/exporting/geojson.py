"""GeoJSON (RFC 7946): a feature an incident; what is only known to a country, or not at all, has no geometry."""

from __future__ import annotations

import json
from typing import Any

from evenhand.exporting.material import Material, blamed, contested_on, point, summary
from evenhand.model.incident import Incident


def render(material: Material) -> bytes:
    """A FeatureCollection in the order of the incidents; coordinates are longitude, latitude (WGS 84)."""
    features = [_feature(incident, material) for incident in material.incidents]
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _feature(incident: Incident, material: Material) -> dict[str, Any]:
    place, time, asked = incident.place, incident.time, incident.questions
    where = point(place)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": list(where)} if where else None,
        "properties": {
            "title": incident.title,
            "type": incident.type,
            "date_earliest": time.start if time else None,
            "date_latest": time.end if time else None,
            "date_precision": time.precision if time else None,
            "place_name": place.name if place else None,
            "country": place.country if place else None,
            "geo_precision": place.precision if place else None,
            "radius_km": place.radius_km if place and where else None,
            "occurrence": asked.occurrence.grade,
            "responsibility": asked.responsibility.grade,
            "named_responsible": [material.party(one) for one in blamed(incident)],
            "contested_on": contested_on(incident),
            "n_reports": len(incident.reports),
            "n_independent_origins": incident.independent_origins,
            "fatalities_min": asked.killed.low,
            "fatalities_max": asked.killed.high,
            "injured_min": asked.injured.low,
            "injured_max": asked.injured.high,
            "summary": summary(incident, material),
        },
    }
