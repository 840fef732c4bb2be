"""The screens. Each is made from the same lists and records as the API; each can be had as JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from starlette.responses import Response

from evenhand import __version__
from evenhand.assessing import rule_table
from evenhand.dossier import sharing, words
from evenhand.model.incident import Incident
from evenhand.reviewing import SignOff, version_of
from evenhand.reviewing.covering import PERSON
from evenhand.workbench import desk as desks
from evenhand.workbench import listing, lists, pointing, report_pages, searching, tables, voices
from evenhand.workbench.bench import Workbench
from evenhand.workbench.filters import Activity, Incidents, Origins, Queue, Reports, Search, Speakers
from evenhand.workbench.incident_page import LINKS, case_map, incident_context, pairs_of, shelf_of
from evenhand.workbench.rendering import render
from evenhand.workbench.replies import Ask, HttpError, asked, not_found
from evenhand.workbench.report_pages import CHOICES, DoneQuery

CLAIMS = 100
_SHOWN = 30


class IncidentQuery(DoneQuery, frozen=True, forbid_unknown_fields=True):
    """How an incident is looked at; `claims`: which page of its claims."""

    claims: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1


def home(ask: Ask) -> Response:
    """Incidents by grade, what changed since you looked, what could not be read, how far the review is."""
    asked(DoneQuery, ask.request)
    desk, who = ask.bench.desk, ask.person.name
    since = ask.accounts.looked(who)
    with ask.bench.reading() as connection:
        table = tables.tallies.c
        counted = sa.select(sa.func.sum(table.number))
        open_items = connection.scalar(counted.where(table.state == "machine")) or 0
        every = connection.scalar(counted) or 0
        context: dict[str, Any] = {
            "api": "/api/v1/case",
            "grades": lists.by_grade(connection),
            "changed": lists.changed_since(connection, since or ""),
            "since": since,
            "unread": lists.reports(connection, Reports(state="unread")),
            "first": lists.incidents(connection, Incidents()),
            "open_items": open_items, "every_item": every,
            "orphans": connection.execute(
                sa.select(tables.decisions)
                .where(tables.decisions.c.orphan.is_not(None), tables.decisions.c.stands)
                .order_by(sa.desc(tables.decisions.c.position)).limit(_SHOWN)
            ).all(),
            "reopened": [(name, sign) for name, sign in desk.signs.items() if sign.reopened][:_SHOWN],
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
        found = lists.incidents(connection, query)
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
    found = connection.execute(wanted.where(*lists.incident_conditions(query), table.lat.is_not(None)).limit(500))
    return [dict(row._mapping) for row in found]


def warm_map(bench: Workbench) -> None:
    """Draw the map of the whole case once: its coasts and borders are then at hand."""
    with bench.reading() as connection:
        case_map(_spots(connection, Incidents()))


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


def incident(ask: Ask) -> Response:
    """An incident as it stands, with its matrix, timeline, map, copies, wording, history and what can be decided."""
    query = asked(IncidentQuery, ask.request)
    name = ask.request.path_params["incident"]
    desk, reveal = ask.bench.desk, ask.reveals()
    with ask.bench.reading() as connection:
        found = desks.records(connection, [name]).get(name)
        if found is None:
            into = desk.piles.named(name)
            if into is not None:
                return Response(None, 303, {"location": f"/incidents/{into}"})
            raise not_found("incident")
        told = lists.history(connection, name)
        context = incident_context(ask, connection, found, reveal=reveal)
    return render(ask, "incident.html", context | {
        "record": found, "version": version_of(found), "number": desk.incident_numbers.get(name, 0), "history": told,
        "sign": desk.signs.get(name, SignOff()), "reveal": reveal, "api": f"/api/v1/incidents/{name}",
        "csv": f"/api/v1/queue?incident={name}&state=all&format=csv",
        **claims_of(ask, found, query.claims), "numbers": desk.numbers, "outlets": desk.outlets, **CHOICES,
        "parties": sorted(((p.id, p.name) for p in desk.profile.parties), key=lambda pair: pair[1]),
    })  # fmt: skip


def claims_of(ask: Ask, found: Incident, page: int) -> dict[str, Any]:
    """A page of the claims of an incident, in the order of their reports."""
    table = tables.items
    pages = max(1, -(-len(found.claims) // CLAIMS))
    query = sa.select(table).where(table.c.incident == found.id)
    ordered = query.order_by(table.c.published, table.c.report, table.c.position, table.c.kind)
    with ask.bench.reading() as connection:
        rows = connection.execute(ordered.limit(CLAIMS).offset((min(page, pages) - 1) * CLAIMS)).all()
    return {"claims": [dict(row._mapping) for row in rows], "claims_page": min(page, pages), "claims_pages": pages}


def account(ask: Ask) -> Response:
    """You: role, tokens, direction of the pages."""
    asked(DoneQuery, ask.request)
    tokens = [] if ask.person.alone else ask.accounts.tokens(ask.person.name)
    return render(ask, "account.html", {"tokens": tokens, "secret": "", "api": "/api/v1/tokens"})


def people(ask: Ask) -> Response:
    """Who works on the case."""
    asked(DoneQuery, ask.request)
    ask.need("admin")
    return render(ask, "people.html", {"people": ask.accounts.people(), "problem": "", "api": "/api/v1/people"})


def copy_pair(ask: Ask) -> Response:
    """Two reports that share text, side by side."""
    asked(DoneQuery, ask.request)
    names = ask.request.path_params["pair"].split("-")
    if len(names) != 2 or not all(name in ask.bench.desk.keys for name in names):
        raise not_found("pair of reports")
    reveal = ask.reveals()
    with ask.bench.reading() as connection:
        found = pairs_of(ask, connection, names, ruled_out=True)
        if not found:
            raise not_found("pair of reports that share text")
        shelf, _ = shelf_of(ask, connection, names, reveal=reveal)
    return render(ask, "copy_pair.html", {
        "copy": sharing.pair_page(found[0], shelf), "first": found[0].first, "second": found[0].second,
        "label": found[0].label, "api": f"/api/v1/reports/{found[0].first}/copies",
    })  # fmt: skip


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
    "/queue": listed("queue.html", Queue, lists.queue, "queue"),
    "/reports": listed("reports.html", Reports, lists.reports, "reports"),
    "/reports/{report}": report_pages.report,
    "/reports/{report}/new": report_pages.new,
    "/reports/{report}/items/{item}": report_pages.item,
    "/reports/{report}/items/{item}/place": pointing.point,
    "/incidents": incidents,
    "/incidents/{incident}": incident,
    "/search": listed("search.html", Search, searching.search, "search"),
    "/speakers": listed("speakers.html", Speakers, voices.speakers, "speakers"),
    "/origins": listed("origins.html", Origins, voices.origins, "origins"),
    "/activity": listed("activity.html", Activity, lists.activity, "decisions"),
    "/account": account,
    "/people": people,
    "/copies/{pair}": copy_pair,
    "/method": method,
    "/help": help_page,
}
__all__ = ["PAGES", "PERSON"]
