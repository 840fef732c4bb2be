"""Places that a case file names itself, laid over the gazetteer like a user's pack."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evenhand.model.profile import CasePlace
from evenhand.reading.places.gazetteer import Gazetteer, GazetteerError
from evenhand.reading.places.packs import build_pack


def open_gazetteer(packs: Sequence[Path], places: Sequence[CasePlace]) -> Gazetteer:
    """The packaged gazetteer under the packs, and the case's own places on top.

    Raises GazetteerError when a pack cannot be read or a place's coordinates are off the globe.
    """
    if not places:
        return Gazetteer(packs)
    # the pack's file is needed while it is opened only: the connection keeps it
    with tempfile.TemporaryDirectory(prefix="evenhand-case-", ignore_cleanup_errors=True) as folder:
        table, pack = Path(folder, "case.csv"), Path(folder, "case.sqlite")
        with table.open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["name", "also", "country", "lat", "lon", "radius_km", "source"])
            for place in places:
                also = ";".join(place.names)
                rows.writerow([place.name, also, place.country, place.lat, place.lon, place.radius_km, place.source])
        refused = build_pack([table], pack).refused
        if refused:
            raise GazetteerError(f"a place of the case file: {refused[0].partition(': line ')[2]}")
        return Gazetteer([pack, *packs])
