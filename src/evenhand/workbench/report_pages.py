"""A report on the screen: its text with marks, each of its records with every field, and what is to be added."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from starlette.responses import Response

from evenhand.model.reading import (
    Attitude,
    ClaimType,
    EntityKind,
    Modality,
    Operator,
    Polarity,
    QuantityRole,
    StatementKind,
)
from evenhand.reviewing import Superseded, version_of
from evenhand.reviewing.covering import veiled
from evenhand.workbench import desk as desks
from evenhand.workbench import searching, tables
from evenhand.workbench.answers import versions_of
from evenhand.workbench.forms import found_words
from evenhand.workbench.rendering import render
from evenhand.workbench.replies import Ask, HttpError, asked, not_found
from evenhand.workbench.text import pieces

CHOICES = {
    "statement_kinds": get_args(StatementKind), "attitudes": get_args(Attitude), "claim_types": get_args(ClaimType),
    "entity_kinds": get_args(EntityKind), "polarities": get_args(Polarity), "modalities": get_args(Modality),
    "roles": get_args(QuantityRole), "operators": get_args(Operator),
}  # fmt: skip


class ReportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a report is looked at: words to point out, sensitive words shown or not, the decision just taken."""

    q: str = ""
    reveal: str = ""
    done: str = ""


class NewQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be added: its kind and its exact words."""

    kind: str = "statement"
    words: str = ""
    at: str = ""


class DoneQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which decision was just taken."""

    done: str = ""
    reveal: str = ""


def report(ask: Ask) -> Response:
    """A report: its text left, what was found in it right; a click jumps and decides nothing."""
    query = asked(ReportQuery, ask.request)
    standing, reveal = _report(ask)
    reading, desk = standing.reading, ask.bench.desk
    name = reading.report.id
    veil = desk.veil(reading)
    with ask.bench.reading() as connection:
        items, about = tables.items.c, tables.incidents.c
        into = {
            row.item: row for row in connection.execute(
                sa.select(items.item, about.id, about.number, about.title, about.occurrence)
                .join(tables.incidents, about.id == items.incident).where(items.report == name))
        }  # fmt: skip
        table = tables.copies.c
        copies = connection.execute(
            sa.select(tables.copies).where((table.first == name) | (table.second == name)).order_by(table.label)
        ).all()
        points = _points(connection, {row.id for row in into.values()}, name)
        versions = versions_of(reading)
    shown = reading if reveal else veiled(reading, veil.spans, veil.names)
    hits = searching.found_in(shown.report.text, searching.terms(query.q))
    text = pieces(shown, hits=hits, points=points, hidden=veil.spans if not reveal else ())
    return render(ask, "report.html", {
        "standing": standing, "reading": shown, "text": text, "query": query, "hits": len(hits), "into": into,
        "copies": copies, "versions": versions, "reveal": reveal, "has_hidden": bool(veil.spans or veil.names),
        "number": desk.numbers[name], "outlet": desk.outlets[name], "numbers": desk.numbers, "outlets": desk.outlets,
        "touched": standing.touched, "api": f"/api/v1/reports/{name}",
        "csv": f"/api/v1/queue?report={name}&state=all&sort=order&format=csv", "decided": _decisions_on(ask, standing),
        **CHOICES,
    })  # fmt: skip


def _points(connection: sa.Connection, names: set[str], report: str) -> list[tuple[int, int]]:
    """Spans of this report that pages of incidents point at."""
    spans = set()
    for one in desks.records(connection, names).values():
        spans |= {evidence.span for origin in one.origins for evidence in origin.evidence if evidence.report == report}
        for toll in (one.questions.killed, one.questions.injured):
            spans |= {figure.span for figure in toll.figures if figure.report == report}
        for spread in (one.questions.place, one.questions.time):
            spans |= {e.span for value in spread.values for e in value.evidence if e.report == report}
    return sorted(spans)


def _decisions_on(ask: Ask, standing: Superseded) -> dict[str, Any]:
    wanted = {name for touch in standing.touched.values() for name in touch.decisions}
    wanted |= {one.decision for one in standing.rejected} | {one.decision for one in standing.orphans}
    return {one.id: one for one in ask.bench.desk.decisions if one.id in wanted}


def _report(ask: Ask) -> tuple[Superseded, bool]:
    name = ask.request.path_params["report"]
    if name not in ask.bench.desk.keys:
        raise not_found("report")
    reveal = ask.reveals()
    with ask.bench.reading() as connection:
        return ask.bench.desk.standing(connection, name), reveal


def standing_of(ask: Ask) -> Superseded:
    """The report that the address names, as it stands."""
    return _report(ask)[0]


def item(ask: Ask) -> Response:
    """One statement, claim or speaker, with every field to correct."""
    asked(DoneQuery, ask.request)
    standing, _ = _report(ask)
    return render(ask, "item.html", item_context(ask, standing, ask.request.path_params["item"]))


def item_context(ask: Ask, standing: Superseded, name: str) -> dict[str, Any]:
    """What the page of one record shows."""
    desk, reading = ask.bench.desk, standing.reading
    kinds = {"s": "statement", "c": "claim", "e": "entity"}
    kind = kinds.get(name[:1], "")
    record = standing.item(kind, name)
    if record is None:
        raise not_found("record")
    veil = desk.veil(reading)
    if (veil.spans or veil.names) and "reveal" not in ask.person.rights:
        ask.need("reveal")
    with ask.bench.reading() as connection:
        table = tables.items.c
        incident = connection.scalar(
            sa.select(table.incident).where(table.report == reading.report.id, table.item == name)
        )
        about = tables.incidents.c
        near = connection.execute(
            sa.select(about.id, about.number, about.title).order_by(sa.desc(about.origins), about.id).limit(100)
        ).all()
    report_id = reading.report.id
    mine = [one for one in desk.by_report.get(report_id, ()) if one.id in _touch_ids(standing, name)]
    return {
        "kind": kind, "record": record, "version": version_of(record), "reading": reading, "incident": incident,
        "near": near, "number": desk.numbers[report_id], "outlet": desk.outlets[report_id], "decided": mine,
        "stands": standing.touched[name].state if name in standing.touched else "machine",
        "parties": sorted(((p.id, p.name) for p in desk.profile.parties), key=lambda pair: pair[1]),
        "conflict": None, "problem": "", "form": {}, "api": f"/api/v1/reports/{report_id}", **CHOICES,
    }  # fmt: skip


def _touch_ids(standing: Superseded, name: str) -> tuple[str, ...]:
    return standing.touched[name].decisions if name in standing.touched else ()


def new(ask: Ask) -> Response:
    """Something to add: its exact words first."""
    query = asked(NewQuery, ask.request)
    standing, _ = _report(ask)
    ask.need("decide")
    if query.kind not in {"statement", "claim", "entity", "passage"}:
        raise HttpError(400, "bad_request", f"{query.kind[:20]}: choose statement, claim, entity or passage")
    words = query.words.replace("\r\n", "\n")
    span = found_words(standing.reading.report.text, words, query.at)
    desk, report_id = ask.bench.desk, standing.reading.report.id
    inside = [one for one in standing.reading.statements if any(s <= span[0] and span[1] <= e for s, e in one.content)]
    return render(ask, "new.html", {
        "kind": query.kind, "words": words, "span": span, "reading": standing.reading, "inside": inside,
        "number": desk.numbers[report_id], "outlet": desk.outlets[report_id], "problem": "", **CHOICES,
    })  # fmt: skip
