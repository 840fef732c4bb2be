"""An incident's page: the dossier's view of it, live, with links into the workbench."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import sqlalchemy as sa

from evenhand.assessing import rule_table
from evenhand.dossier import compose, maps
from evenhand.dossier.framing import Spot
from evenhand.dossier.links import Links
from evenhand.dossier.maps import MapView
from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import CopyPair, Incident
from evenhand.reviewing import rule_on_copies
from evenhand.reviewing.covering import veiled, without_names
from evenhand.store import schema
from evenhand.workbench import tables
from evenhand.workbench.replies import Ask

LINKS = Links(
    home="/", report="/reports/{}", incident="/incidents/{}", copy="/copies/{}", original="/originals/{}",
    method="/method", places="/incidents?show=map",
)  # fmt: skip


def incident_context(ask: Ask, connection: sa.Connection, found: Incident, *, reveal: bool) -> dict[str, Any]:
    """The dossier's view of an incident. Without the right, or unless asked, what is marked as sensitive is covered."""
    desk = ask.bench.desk
    given = desk.titles.get(found.id)
    shelf, hides = shelf_of(ask, connection, found.reports, reveal=reveal)
    if hides and desk.names:
        found = msgspec.convert(without_names(msgspec.to_builtins(found), desk.names), Incident)
    sides = frozenset(
        connection.scalars(sa.select(tables.origins.c.party).where(tables.origins.c.party.is_not(None)).distinct())
    )
    pairs: defaultdict[str, list[CopyPair]] = defaultdict(list)
    for pair in pairs_of(ask, connection, found.reports):
        for one in (pair.first, pair.second):
            pairs[one].append(pair)
    view = compose.incident_view(found, shelf, compose.Around(sides, pairs, rule_table()))
    if given is not None:
        view = replace(view, title=given)
    return {"incident": view, "hides": hides, "links": LINKS, "rules": rule_table()}


def shelf_of(ask: Ask, connection: sa.Connection, reports: Sequence[str], *, reveal: bool) -> tuple[Shelf, bool]:
    """Readings as the dossier's views take them, and whether anything of them is covered."""
    desk = ask.bench.desk
    readings = [one.reading for one in desk.standings(connection, reports).values()]
    if reveal:
        return Shelf.of(readings, desk.profile, LINKS), False
    veils = [desk.veil(reading) for reading in readings]
    hides = any(veil.spans for veil in veils) or bool(desk.names)
    covered = [veiled(one, veil.spans, veil.names) for one, veil in zip(readings, veils, strict=True)]
    return Shelf.of(covered, desk.profile, LINKS), hides


def pairs_of(ask: Ask, connection: sa.Connection, reports: Sequence[str], *, ruled_out: bool = False) -> list[CopyPair]:
    """Pairs among these reports that share text, with the passages, under people's decisions.

    `ruled_out`: also those that a person found independent.
    """
    table = schema.copies
    query = sa.select(table.c.record).where(table.c.first.in_(reports), table.c.second.in_(reports))
    machine = [msgspec.json.decode(record, type=CopyPair) for record in connection.scalars(query)]
    ruled = rule_on_copies(machine, [one for one in ask.bench.desk.force if one.target.kind == "copy"])
    there = {one.first for one in machine if one.label != "independent"} if ruled_out else set()
    shared = [one for one in ruled if one.label != "independent" or one.first in there]
    return [one for one in shared if one.first in reports and one.second in reports]


def case_map(rows: Sequence[Any]) -> MapView | None:
    """Incidents with a place that can be drawn, as one map; countries and provinces are never a point."""
    spots = [
        Spot(row["id"], row["place"], row["lat"], row["lon"], row["radius_km"], LINKS.to_incident(row["id"]),
             f"I-{row['number']} {row['title']}", 1, False)
        for row in rows
    ]  # fmt: skip
    return maps.draw(spots) if spots else None
