"""The screens. Each is made from the same lists and records as the API; each can be had as JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from starlette.responses import Response

from evenhand import __version__
from evenhand.assessing import rule_table
from evenhand.dossier import sharing, words
from evenhand.model.incident import Incident
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
from evenhand.reviewing import SignOff, Superseded, version_of
from evenhand.workbench import desk as desks
from evenhand.workbench import listing, searching, tables
from evenhand.workbench.answers import versions_of
from evenhand.workbench.filters import Activity, Incidents, Origins, Queue, Reports, Search, Speakers
from evenhand.workbench.forms import found_words
from evenhand.workbench.incident_page import LINKS, case_map, incident_context, pairs_of, shelf_of
from evenhand.workbench.rendering import render
from evenhand.workbench.replies import Ask, HttpError, asked, not_found
from evenhand.workbench.text import pieces
from evenhand.workbench.veil import PERSON, veiled

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


def home(ask: Ask) -> Response:
    """Incidents by grade, what changed since you looked, what could not be read, how far the review is."""
    asked(DoneQuery, ask.request)
    desk, who = ask.bench.desk, ask.person.name
    since = ask.accounts.looked(who)
    with ask.bench.reading() as connection:
        table = tables.items.c
        open_items = connection.scalar(sa.select(sa.func.count()).where(table.state == "machine")) or 0
        every = connection.scalar(sa.select(sa.func.count()).select_from(tables.items)) or 0
        context: dict[str, Any] = {
            "grades": listing.by_grade(connection),
            "changed": listing.changed_since(connection, since or ""),
            "since": since,
            "unread": listing.reports(connection, Reports(state="unread")),
            "first": listing.incidents(connection, Incidents()),
            "open_items": open_items, "every_item": every,
            "orphans": connection.execute(
                sa.select(tables.decisions).where(tables.decisions.c.orphan.is_not(None), tables.decisions.c.stands)
            ).all(),
            "reopened": [(name, sign) for name, sign in desk.signs.items() if sign.reopened],
        }  # fmt: skip
    return render(ask, "home.html", context)


def listed(
    template: str, kind: type[Any], what: Callable[[sa.Connection, Any], listing.Listing], api: str
) -> Callable[[Ask], Response]:
    """A screen that shows a list."""

    def page(ask: Ask) -> Response:
        query = _without_done(kind, ask)
        with ask.bench.reading() as connection:
            found = what(connection, query)
        names = {party.id: party.name for party in ask.bench.profile.parties}
        context = {"asked": query, "found": found, "api": f"/api/v1/{api}", "party_names": names, **CHOICES}
        return render(ask, template, context)

    return page


def _without_done(kind: type[Any], ask: Ask) -> Any:
    """The query without the decision that was just taken, which every page may show."""
    values = {k: v for k, v in ask.request.query_params.items() if k not in {"done", "reveal"}}
    if len(values) + sum(k in ask.request.query_params for k in ("done", "reveal")) != len(
        ask.request.query_params.multi_items()
    ):
        raise HttpError(400, "bad_request", "a parameter is given twice")
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as problem:
        raise HttpError(400, "bad_request", str(problem)) from problem


def incidents(ask: Ask) -> Response:
    """Incidents over one filter, as a list, a map or a timeline."""
    query = _without_done(Incidents, ask)
    with ask.bench.reading() as connection:
        found = listing.incidents(connection, query)
        spots = _spots(connection, query) if query.show == "map" else []
    bars = timeline_bars(found.rows) if query.show == "timeline" else []
    return render(
        ask, "incidents.html",
        {"asked": query, "found": found, "api": "/api/v1/incidents", "map": case_map(spots), "bars": bars, **CHOICES},
    )  # fmt: skip


def _spots(connection: sa.Connection, query: Incidents) -> list[Mapping[str, Any]]:
    table = tables.incidents.c
    wanted = sa.select(
        table.id, table.number, table.title, table.lat, table.lon, table.radius_km, table.occurrence, table.place
    )
    found = connection.execute(wanted.where(*listing.incident_conditions(query), table.lat.is_not(None)).limit(500))
    return [dict(row._mapping) for row in found]


def timeline_bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bars over the days of these incidents, as shares of the whole span; those without a date have none."""
    from datetime import date  # noqa: PLC0415

    dated = [
        (date.fromisoformat(r["start"]), date.fromisoformat(r["end"] or r["start"]), r) for r in rows if r["start"]
    ]
    if not dated:
        return []
    first, last = min(d[0] for d in dated), max(d[1] for d in dated)
    days = max(1, (last - first).days + 1)
    return [
        {
            **row,
            "left": round(1000 * (start - first).days / days),
            "width": max(4, round(1000 * ((end - start).days + 1) / days)),
        }
        for start, end, row in dated
    ]


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
        "touched": standing.touched, "api": f"/api/v1/reports/{name}", "decided": _decisions_on(ask, standing),
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
        "conflict": None, "problem": "", "form": {}, **CHOICES,
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


def incident(ask: Ask) -> Response:
    """An incident as it stands, with its matrix, timeline, map, copies, wording, history and what can be decided."""
    asked(DoneQuery, ask.request)
    name = ask.request.path_params["incident"]
    desk, reveal = ask.bench.desk, ask.reveals()
    with ask.bench.reading() as connection:
        found = desks.records(connection, [name]).get(name)
        if found is None:
            into = desk.piles.named(name)
            if into is not None:
                return Response(None, 303, {"location": f"/incidents/{into}"})
            raise not_found("incident")
        told = listing.history(connection, name)
        context = incident_context(ask, connection, found, reveal=reveal)
    return render(ask, "incident.html", context | {
        "record": found, "version": version_of(found), "number": desk.incident_numbers.get(name, 0), "history": told,
        "sign": desk.signs.get(name, SignOff()), "reveal": reveal, "api": f"/api/v1/incidents/{name}",
        "claims": claims_of(ask, found), "numbers": desk.numbers, "outlets": desk.outlets, **CHOICES,
        "parties": sorted(((p.id, p.name) for p in desk.profile.parties), key=lambda pair: pair[1]),
    })  # fmt: skip


def claims_of(ask: Ask, found: Incident) -> list[Mapping[str, Any]]:
    """The claims of an incident, in the order of their reports."""
    table = tables.items
    query = sa.select(table).where(table.c.incident == found.id)
    with ask.bench.reading() as connection:
        ordered = query.order_by(table.c.published, table.c.report, table.c.position)
        return [dict(row._mapping) for row in connection.execute(ordered.limit(400))]


def account(ask: Ask) -> Response:
    """You: role, tokens, direction of the pages."""
    asked(DoneQuery, ask.request)
    tokens = [] if ask.person.alone else ask.accounts.tokens(ask.person.name)
    return render(ask, "account.html", {"tokens": tokens, "secret": ""})


def people(ask: Ask) -> Response:
    """Who works on the case."""
    asked(DoneQuery, ask.request)
    ask.need("admin")
    return render(ask, "people.html", {"people": ask.accounts.people(), "problem": ""})


def copy_pair(ask: Ask) -> Response:
    """Two reports that share text, side by side."""
    asked(DoneQuery, ask.request)
    names = ask.request.path_params["pair"].split("-")
    if len(names) != 2 or not all(name in ask.bench.desk.keys for name in names):
        raise not_found("pair of reports")
    reveal = ask.reveals()
    with ask.bench.reading() as connection:
        found = pairs_of(ask, connection, names)
        if not found:
            raise not_found("pair of reports that share text")
        shelf, _ = shelf_of(ask, connection, names, reveal=reveal)
    return render(ask, "copy_pair.html", {"copy": sharing.pair_page(found[0], shelf)})


def method(ask: Ask) -> Response:
    """How grades are given."""
    asked(DoneQuery, ask.request)
    return render(ask, "method.html", {
        "grades": words.GRADES, "rules": rule_table(), "weights": _weights(ask), "links": LINKS, "version": __version__,
    })  # fmt: skip


def _weights(ask: Ask) -> str:
    with ask.bench.reading() as connection:
        first = next(iter(ask.bench.desk.keys), None)
        return ask.bench.desk.standing(connection, first).reading.software.weights if first else ""


def help_page(ask: Ask) -> Response:
    """Keys and marks."""
    asked(DoneQuery, ask.request)
    return render(ask, "help.html", {})


PAGES: dict[str, Callable[[Ask], Response]] = {
    "/": home,
    "/queue": listed("queue.html", Queue, listing.queue, "queue"),
    "/reports": listed("reports.html", Reports, listing.reports, "reports"),
    "/reports/{report}": report,
    "/reports/{report}/new": new,
    "/reports/{report}/items/{item}": item,
    "/incidents": incidents,
    "/incidents/{incident}": incident,
    "/search": listed("search.html", Search, searching.search, "search"),
    "/speakers": listed("speakers.html", Speakers, listing.speakers, "speakers"),
    "/origins": listed("origins.html", Origins, listing.origins, "origins"),
    "/activity": listed("activity.html", Activity, listing.activity, "decisions"),
    "/account": account,
    "/people": people,
    "/copies/{pair}": copy_pair,
    "/method": method,
    "/help": help_page,
}
__all__ = ["PAGES", "PERSON"]
