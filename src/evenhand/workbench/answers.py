"""What each endpoint of the API does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from evenhand.model.evidence import Span
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.reading import Reading
from evenhand.reviewing import Decision, Proposal, Rejected, SignOff, hidden_words, version_of
from evenhand.reviewing.covering import veiled, without_names
from evenhand.workbench import desk as desks
from evenhand.workbench import listing, lists, shapes, tables
from evenhand.workbench.bench import MOST_AT_ONCE, Outcome
from evenhand.workbench.filters import Asked
from evenhand.workbench.listing import Listing
from evenhand.workbench.replies import Ask, HttpError, not_found


def case(ask: Ask, _query: shapes.Nothing, _body: None) -> shapes.CaseReply:
    """The case in numbers."""
    desk, person = ask.bench.desk, ask.person
    with ask.bench.reading() as connection:
        grades = lists.by_grade(connection)
    return shapes.CaseReply(
        title=desk.title, reports=len(desk.keys), incidents=sum(grades.values()), decisions=len(desk.decisions),
        grades=grades, you=person.name, role=person.role, rights=tuple(sorted(person.rights)),
    )  # fmt: skip


def listed(what: Callable[[Any, Any], Listing]) -> Callable[[Ask, Any, Any], Any]:
    """A handler that gives one page of a list, as JSON or CSV."""

    def does(ask: Ask, query: Asked, _body: None) -> Listing | Response:
        with ask.bench.reading() as connection:
            found = what(connection, query)
        return found if query.format == "json" else csv_reply(found, ask.request)

    return does


def csv_reply(found: Listing, request: Request) -> Response:
    """A page of a list for a spreadsheet, each row with the address where it is shown."""
    base = f"{request.url.scheme}://{request.url.netloc}"
    columns = (*found.columns, "address")
    lines = [row | {"address": base + where(row)} for row in found.rows]
    headers = {"content-disposition": 'attachment; filename="evenhand.csv"'}
    return Response(listing.as_csv(lines, columns), 200, headers, "text/csv")


def where(row: dict[str, Any]) -> str:
    """The page on which a row of a list is shown."""
    if row.get("report"):
        return f"/reports/{row['report']}" + (f"#w-{row['item']}" if row.get("item") else "")
    if "origins" in row and "id" in row:
        return f"/incidents/{row['id']}"
    return f"/reports/{row['id']}" if "outlet" in row and "id" in row else "/"


def report(ask: Ask, query: shapes.Reveal, _body: None) -> shapes.ReportReply:
    """A report as it stands."""
    desk, name = ask.bench.desk, ask.path["report"]
    if name not in desk.keys:
        raise not_found("report")
    with ask.bench.reading() as connection:
        standing = desk.standing(connection, name)
    reading, rejected = standing.reading, standing.rejected
    spans: tuple[Span, ...] = ()
    versions = versions_of(reading)
    if query.reveal == "1":
        ask.need("reveal")
    else:
        veil = desk.veil(reading)
        spans, reading = veil.spans, veiled(reading, veil.spans, veil.names)
        if spans or veil.names:
            plain = without_names(msgspec.to_builtins(rejected), veil.names)
            rejected = tuple(msgspec.convert(one, Rejected) for one in plain)
    return shapes.ReportReply(
        number=desk.numbers[name], reading=reading, touched=dict(standing.touched), rejected=rejected,
        orphans=standing.orphans, versions=versions, hidden=tuple(spans),
    )  # fmt: skip


def versions_of(reading: Reading) -> dict[str, str]:
    """The version of each record of a reading, by id."""
    found = {one.id: version_of(one) for one in reading.statements}
    found |= {one.id: version_of(one) for one in reading.entities}
    return found | {one.id: version_of(one) for one in reading.claims}


def incident(ask: Ask, query: shapes.Reveal, _body: None) -> shapes.IncidentReply:
    """An incident as it stands."""
    desk, name = ask.bench.desk, ask.path["incident"]
    with ask.bench.reading() as connection:
        found = desks.records(connection, [name]).get(name)
        if found is None:
            raise not_found("incident")
        told = lists.history(connection, name)
    version = version_of(found)
    if query.reveal == "1":
        ask.need("reveal")
    elif desk.names:
        found = msgspec.convert(without_names(msgspec.to_builtins(found), desk.names), Incident)
    return shapes.IncidentReply(
        number=desk.incident_numbers.get(name, 0), version=version, incident=found,
        sign_off=desk.signs.get(name, SignOff()), history=told,
    )  # fmt: skip


def original(ask: Ask, _query: shapes.Nothing, _body: None) -> Response:
    """The bytes of a report as they came: only ever as a download."""
    desk, name = ask.bench.desk, ask.path["report"]
    if name not in desk.keys:
        raise not_found("report")
    with ask.bench.reading() as connection:
        about = desk.standing(connection, name).reading
    if desk.veil(about).spans:
        ask.need("reveal")
    data = ask.bench.case.originals.read(about.report.original.sha256)
    if data is None:
        raise HttpError(404, "not_found", "the original is not kept in this case, or was altered: run evenhand verify")
    file = re.sub(r"[^A-Za-z0-9._-]+", "_", (about.report.file or "original").rsplit("/", 1)[-1])[:80] or "original"
    headers = {
        "content-disposition": f'attachment; filename="{file}"',
        "content-security-policy": "default-src 'none'; sandbox",
        "etag": f'"{about.report.original.sha256}"',
    }
    return Response(data, 200, headers, "application/octet-stream")


def decision(ask: Ask, _query: shapes.Nothing, _body: None) -> Decision:
    """A decision, whole."""
    found = next((one for one in ask.bench.desk.decisions if one.id == ask.path["decision"]), None)
    if found is None:
        raise not_found("decision")
    desk = ask.bench.desk
    names = desk.names | hidden_words(desk.force, found.target.report or "")
    if names and "reveal" not in ask.person.rights:
        return msgspec.convert(without_names(msgspec.to_builtins(found), names), Decision)
    return found


def decide(ask: Ask, _query: shapes.Nothing, body: Proposal) -> shapes.DecisionReply:
    """Take a decision."""
    basis = ask.request.headers.get("if-match", "").strip('"')
    body = msgspec.structs.replace(body, basis=basis or body.basis)
    if body.action == "status":
        ask.need("sign" if body.fields.get("status") == "signed" else "decide")
        if body.fields.get("status") == "signed":
            return outcome_reply(ask.bench.sign(body.item, ask.person.name, body.why, body.basis))
    if body.action == "undo":
        raise HttpError(422, "refused", "to undo, use /decisions/{decision}/undo")
    return outcome_reply(ask.bench.decide(body, ask.person.name))


def bulk(ask: Ask, _query: shapes.Nothing, body: shapes.Bulk) -> shapes.DecisionReply:
    """Decide on everything that the filter finds, a step of it."""
    step = on_filter(ask, body)
    told = outcome_reply(step.outcome)
    return msgspec.structs.replace(told, batch=step.batch, after=step.after, left=step.left)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a decision on a filter: its batch, the last record it looked at, and how many are left."""

    outcome: Outcome
    batch: str
    after: str
    left: int


def on_filter(ask: Ask, body: shapes.Bulk) -> Step:
    """One decision each on what a filter of the queue finds, from where the step before ended."""
    table = tables.items.c
    report, _, item = body.after.partition(" ")
    rest = sa.or_(table.report > report, sa.and_(table.report == report, table.item > item))
    where = [*lists.queue_conditions(body.filter), rest]
    query = sa.select(table.report, table.item, table.kind, table.version).where(*where)
    with ask.bench.reading() as connection:
        found = connection.execute(query.order_by(table.report, table.item).limit(MOST_AT_ONCE)).all()
        every = connection.scalar(sa.select(sa.func.count()).where(*where)) or 0
    wanted = [
        Proposal(action=body.action, kind=one.kind, item=one.item, report=one.report, fields=body.fields,
                 basis=one.version, why=body.why)
        for one in found
    ]  # fmt: skip
    outcome = ask.bench.decide_all(wanted, ask.person.name, body.batch)
    last = found[outcome.looked_at - 1] if outcome.looked_at else None
    batch = body.batch or (outcome.decisions[0].batch or "" if outcome.decisions else "")
    return Step(outcome, batch, f"{last.report} {last.item}" if last else body.after, every - outcome.looked_at)


def undo(ask: Ask, _query: shapes.Nothing, body: shapes.Why) -> shapes.DecisionReply:
    """Take a decision or a whole batch back."""
    return outcome_reply(ask.bench.undo(ask.path["decision"], ask.person.name, body.why))


def status(ask: Ask, _query: shapes.Nothing, body: shapes.Status) -> shapes.DecisionReply:
    """Move an incident on the way to its signature."""
    name = ask.path["incident"]
    if name not in ask.bench.desk.piles.clusters:
        raise not_found("incident")
    asked_for = Proposal(action="status", kind="incident", item=name, fields={"status": body.status}, why=body.why)
    return decide(ask, shapes.Nothing(), asked_for)


def copies(ask: Ask, _query: shapes.Nothing, _body: None) -> list[CopyPair]:
    """The reports that share text with a report."""
    name, table = ask.path["report"], tables.copies
    if name not in ask.bench.desk.keys:
        raise not_found("report")
    query = sa.select(table).where((table.c.first == name) | (table.c.second == name))
    with ask.bench.reading() as connection:
        return [
            CopyPair(first=row.first, second=row.second, label=row.label, shared=row.shared, why=row.why)
            for row in connection.execute(query)
        ]


def people(ask: Ask, _query: shapes.Nothing, _body: None) -> shapes.People:
    """All accounts."""
    return shapes.People(people=ask.accounts.people())


def add_person(ask: Ask, _query: shapes.Nothing, body: shapes.NewPerson) -> shapes.Done:
    """Make an account."""
    ask.accounts.add(body.name, body.role, body.password)
    ask.bench.log("account", {"name": body.name, "did": "added", "role": body.role}, ask.person.name)
    return shapes.Done()


def change_person(ask: Ask, _query: shapes.Nothing, body: shapes.ChangedPerson) -> shapes.Done:
    """Change an account's role, shut it or open it."""
    name = ask.path["name"]
    if name not in {one["name"] for one in ask.accounts.people()}:
        raise not_found("account")
    if body.role is not None:
        ask.accounts.set_role(name, body.role)
        ask.bench.log("account", {"name": name, "did": "role", "role": body.role}, ask.person.name)
    if body.disabled is not None:
        ask.accounts.disable(name, disabled=body.disabled)
        ask.bench.log("account", {"name": name, "did": "disabled" if body.disabled else "opened"}, ask.person.name)
    return shapes.Done()


def delete_person(ask: Ask, _query: shapes.Nothing, _body: None) -> shapes.Done:
    """Take an account away; its decisions stay."""
    name = ask.path["name"]
    if name not in {one["name"] for one in ask.accounts.people()}:
        raise not_found("account")
    ask.accounts.delete(name)
    ask.bench.log("account", {"name": name, "did": "deleted"}, ask.person.name)
    return shapes.Done()


def tokens(ask: Ask, _query: shapes.Nothing, _body: None) -> shapes.Tokens:
    """Your tokens."""
    return shapes.Tokens(tokens=ask.accounts.tokens(ask.person.name))


def new_token(ask: Ask, _query: shapes.Nothing, body: shapes.NewToken) -> shapes.TokenReply:
    """Make a token."""
    if ask.person.alone:
        raise HttpError(422, "refused", "working alone there are no accounts; make one with evenhand user add")
    number, secret = ask.accounts.new_token(ask.person.name, body.name, list(body.scopes))
    return shapes.TokenReply(id=number, secret=secret)


def end_token(ask: Ask, _query: shapes.Nothing, _body: None) -> shapes.Done:
    """Take a token away."""
    if not ask.accounts.end_token(ask.person.name, ask.path["token"]):
        raise not_found("token")
    return shapes.Done()


def outcome_reply(done: Outcome) -> shapes.DecisionReply:
    """An outcome as the API tells it."""
    return shapes.DecisionReply(
        decisions=done.decisions, report=done.report, item=done.item, incidents=done.incidents,
        changes=tuple(
            shapes.ChangeReply(incident=one.incident, number=one.number, title=one.title, question=one.question,
                        before=one.before, after=one.after)
            for one in done.changes
        ),
        refused=done.refused, later=done.later,
    )  # fmt: skip
