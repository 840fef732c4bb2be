"""A place put right on the map: by a click or by dragging, by buttons, or by numbers; script only adds the dragging."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Annotated

import msgspec
import sqlalchemy as sa
from starlette.responses import Response

from evenhand.dossier import maps
from evenhand.dossier.framing import HEIGHT, WIDTH, Frame, Spot
from evenhand.dossier.geo import KM_A_DEGREE
from evenhand.model.reading import Claim
from evenhand.workbench import tables
from evenhand.workbench.rendering import render
from evenhand.workbench.replies import Ask, asked, not_found
from evenhand.workbench.report_pages import item_context, standing_of

TALL = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 120.0)
"""Heights of the map, degrees."""
_CELLS = (24, 15)
_NEAR = 30


class Degrees(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the point stands and how much of the earth is shown; what is not given is as the claim has it."""

    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None
    tall: float | None = None
    done: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of the map that can be clicked, and the point that it stands for."""

    x: float
    y: float
    lat: float
    lon: float


def point(ask: Ask) -> Response:
    """The map on which a claim's place is put right."""
    query = asked(Degrees, ask.request)
    standing = standing_of(ask)
    context = item_context(ask, standing, ask.request.path_params["item"])
    claim = context["record"]
    if not isinstance(claim, Claim):
        raise not_found("claim")
    place = claim.place
    at = query.lat, query.lon
    if at[0] is None or at[1] is None:
        at = (place.lat, place.lon) if place is not None else (None, None)
    lat, lon = (at[0], at[1]) if at[0] is not None and at[1] is not None else _middle(ask)
    radius = place.radius_km if place is not None and place.radius_km else None
    tall = min(TALL, key=lambda one: abs(one - (query.tall or max(0.5, 8 * (radius or 5.0) / KM_A_DEGREE))))
    frame = Frame.around(lat, lon, tall, WIDTH, HEIGHT)
    near = _near(ask, frame)
    moved = query.lat is not None
    decimals = max(2, 4 - round(log10(tall)))
    return render(ask, "point.html", context | {
        "map": maps.draw([*near, Spot("here", "", lat, lon, radius, "", "", 1, True)], frame),
        "frame": frame, "cells": _cells(frame, decimals), "cell": (WIDTH / _CELLS[0], HEIGHT / _CELLS[1]),
        "lat": round(lat, decimals) if moved else lat, "lon": round(lon, decimals) if moved else lon,
        "tall": tall, "heights": TALL, "steps": _steps(lat, lon, tall, decimals), "moved": moved,
        "known": at[0] is not None, "api": f"/api/v1/reports/{standing.reading.report.id}",
    })  # fmt: skip


def _middle(ask: Ask) -> tuple[float, float]:
    """Where the case's incidents are, for a claim without a point."""
    table = tables.incidents.c
    query = sa.select(table.lat, table.lon).where(table.lat.is_not(None)).order_by(sa.desc(table.origins), table.id)
    with ask.bench.reading() as connection:
        found = connection.execute(query.limit(1)).first()
    return (found.lat, found.lon) if found is not None else (0.0, 0.0)


def _near(ask: Ask, frame: Frame) -> list[Spot]:
    """Places of incidents within the map, to find one's way by."""
    table, (west, south, east, north) = tables.incidents.c, frame.box
    query = (
        sa.select(table.place, sa.func.min(table.lat).label("lat"), sa.func.min(table.lon).label("lon"))
        .where(table.lat.between(south, north), table.lon.between(west, east), table.place != "")
        .group_by(table.place).order_by(sa.desc(sa.func.count()), table.place)
    )  # fmt: skip
    with ask.bench.reading() as connection:
        rows = connection.execute(query.limit(_NEAR)).all()
    return [Spot(row.place, row.place, row.lat, row.lon, 0.0, "", row.place, 1, False) for row in rows]


def _cells(frame: Frame, decimals: int) -> list[Cell]:
    columns, lines = _CELLS
    west, _, _, north = frame.box
    wide, tall = frame.width / columns, frame.height / lines
    found = []
    for number in range(columns * lines):
        x, y = (number % columns) * wide, (number // columns) * tall
        lat, lon = north - (y + tall / 2) / frame.unit, west + (x + wide / 2) / frame.unit / frame.k
        if -90 <= lat <= 90:
            found.append(Cell(round(x, 1), round(y, 1), round(lat, decimals), round((lon + 180) % 360 - 180, decimals)))
    return found


def _steps(lat: float, lon: float, tall: float, decimals: int) -> list[tuple[str, float, float]]:
    """(name, latitude, longitude) of a step to each side."""
    step = tall / 20
    sides = (("north", step, 0.0), ("west", 0.0, -step), ("east", 0.0, step), ("south", -step, 0.0))
    return [
        (name, round(max(-90.0, min(90.0, lat + up)), decimals), round((lon + right + 180) % 360 - 180, decimals))
        for name, up, right in sides
    ]
