"""Everything the pages do, as JSON under /api/v1. One table of endpoints gives the routes and the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from evenhand.model.incident import CopyPair
from evenhand.reviewing import Decision, Proposal, version_of
from evenhand.workbench import answers, listing, searching
from evenhand.workbench.accounts import Right
from evenhand.workbench.filters import Activity, Incidents, Origins, Queue, Reports, Search, Speakers
from evenhand.workbench.listing import Listing
from evenhand.workbench.replies import Ask, ErrorReply, HttpError, asked, json_reply
from evenhand.workbench.shapes import (
    Bulk,
    CaseReply,
    ChangedPerson,
    DecisionReply,
    Done,
    IncidentReply,
    NewPerson,
    NewToken,
    Nothing,
    People,
    ReportReply,
    Reveal,
    Status,
    TokenReply,
    Tokens,
    Why,
)

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route of the API."""

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    name: str
    right: Right
    summary: str
    does: Callable[[Ask, Any, Any], Any]
    query: type[msgspec.Struct] = Nothing
    body: type[msgspec.Struct] | None = None
    gives: type[Any] = Done
    status: int = 200
    fails: tuple[int, ...] = ()


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/case", "case", "read", "The case in numbers.", answers.case, gives=CaseReply),
    Endpoint("GET", "/reports", "reports", "read", "Reports.", answers.listed(listing.reports), Reports, gives=Listing),
    Endpoint(
        "GET",
        "/reports/{report}",
        "report",
        "read",
        "A report as it stands.",
        answers.report,
        Reveal,
        gives=ReportReply,
        fails=(404,),
    ),
    Endpoint(
        "GET",
        "/reports/{report}/original",
        "original",
        "read",
        "The original bytes, as a download.",
        answers.original,
        gives=bytes,
        fails=(404,),
    ),
    Endpoint(
        "GET",
        "/reports/{report}/copies",
        "copies",
        "read",
        "Reports that share text with a report.",
        answers.copies,
        gives=list[CopyPair],
        fails=(404,),
    ),
    Endpoint(
        "GET",
        "/queue",
        "queue",
        "read",
        "Statements and claims to review.",
        answers.listed(listing.queue),
        Queue,
        gives=Listing,
    ),
    Endpoint(
        "GET",
        "/incidents",
        "incidents",
        "read",
        "Incidents.",
        answers.listed(listing.incidents),
        Incidents,
        gives=Listing,
    ),
    Endpoint(
        "GET",
        "/incidents/{incident}",
        "incident",
        "read",
        "An incident as it stands.",
        answers.incident,
        Reveal,
        gives=IncidentReply,
        fails=(404,),
    ),
    Endpoint(
        "POST",
        "/incidents/{incident}/status",
        "status",
        "decide",
        "Move an incident on.",
        answers.status,
        body=Status,
        gives=DecisionReply,
        status=201,
        fails=(404, 409, 422),
    ),
    Endpoint("GET", "/search", "search", "read", "Full text.", answers.listed(searching.search), Search, gives=Listing),
    Endpoint(
        "GET",
        "/speakers",
        "speakers",
        "read",
        "Speakers, or what one said over time.",
        answers.listed(listing.speakers),
        Speakers,
        gives=Listing,
    ),
    Endpoint(
        "GET",
        "/origins",
        "origins",
        "read",
        "Origins, the outlets that carry them, and why.",
        answers.listed(listing.origins),
        Origins,
        gives=Listing,
    ),
    Endpoint(
        "GET",
        "/decisions",
        "decisions",
        "read",
        "Decisions, newest first.",
        answers.listed(listing.activity),
        Activity,
        gives=Listing,
    ),
    Endpoint(
        "GET",
        "/decisions/{decision}",
        "decision",
        "read",
        "A decision, whole.",
        answers.decision,
        gives=Decision,
        fails=(404,),
    ),
    Endpoint(
        "POST",
        "/decisions",
        "decide",
        "decide",
        "Take a decision.",
        answers.decide,
        body=Proposal,
        gives=DecisionReply,
        status=201,
        fails=(409, 422),
    ),
    Endpoint(
        "POST",
        "/decisions/bulk",
        "bulk",
        "decide",
        "Decide on all that a filter finds, as one batch.",
        answers.bulk,
        body=Bulk,
        gives=DecisionReply,
        status=201,
        fails=(422,),
    ),
    Endpoint(
        "POST",
        "/decisions/{decision}/undo",
        "undo",
        "decide",
        "Take a decision or a batch back.",
        answers.undo,
        body=Why,
        gives=DecisionReply,
        status=201,
        fails=(422,),
    ),
    Endpoint("GET", "/people", "people", "admin", "Accounts.", answers.people, gives=People),
    Endpoint(
        "POST",
        "/people",
        "add_person",
        "admin",
        "Make an account.",
        answers.add_person,
        body=NewPerson,
        status=201,
        fails=(422,),
    ),
    Endpoint(
        "PATCH",
        "/people/{name}",
        "change_person",
        "admin",
        "Change an account.",
        answers.change_person,
        body=ChangedPerson,
        fails=(404, 422),
    ),
    Endpoint(
        "DELETE",
        "/people/{name}",
        "delete_person",
        "admin",
        "Take an account away.",
        answers.delete_person,
        fails=(404,),
    ),
    Endpoint("GET", "/tokens", "tokens", "read", "Your tokens.", answers.tokens, gives=Tokens),
    Endpoint(
        "POST",
        "/tokens",
        "new_token",
        "read",
        "Make a token.",
        answers.new_token,
        body=NewToken,
        gives=TokenReply,
        status=201,
        fails=(422,),
    ),
    Endpoint("DELETE", "/tokens/{token}", "end_token", "read", "Take a token away.", answers.end_token, fails=(404,)),
)


async def answer(endpoint: Endpoint, ask: Ask) -> Response:
    """Answer a request for an endpoint. Raises HttpError and our own errors."""
    ask.need(endpoint.right)
    query = asked(endpoint.query, ask.request)
    body = None
    if endpoint.body is not None:
        kind = ask.request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise HttpError(415, "unsupported_media_type", "send the body as application/json")
        try:
            body = msgspec.json.decode(await ask.request.body(), type=endpoint.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise HttpError(400, "bad_request", f"the body: {problem}") from problem
    given = replace(ask, path=dict(ask.request.path_params))
    found = await run_in_threadpool(endpoint.does, given, query, body)
    if isinstance(found, Response):
        return found
    headers = {}
    if isinstance(found, IncidentReply):
        headers["etag"] = f'"{found.version}"'
    elif isinstance(found, ReportReply):
        headers["etag"] = f'"{version_of(found.reading)}"'
    return json_reply(found, endpoint.status, headers)


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document of all endpoints."""
    kinds = [ErrorReply, *(e.query for e in ENDPOINTS), *(e.body for e in ENDPOINTS if e.body),
             *(e.gives for e in ENDPOINTS if e.gives is not bytes)]  # fmt: skip
    unique = list(dict.fromkeys(kinds))
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    by_kind = dict(zip(unique, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in ENDPOINTS:
        paths.setdefault(PREFIX + one.path, {})[one.method.lower()] = _operation(one, by_kind, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "evenhand workbench", "version": "1", "description": __doc__ or ""},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(one: Endpoint, by_kind: dict[Any, Any], components: dict[str, Any]) -> dict[str, Any]:
    error = {"description": "An error.", "content": {"application/json": {"schema": by_kind[ErrorReply]}}}
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", one.path)
    ]
    for name, schema in components[one.query.__name__].get("properties", {}).items():
        parameters.append({"name": name, "in": "query", "required": False, "schema": schema})
    content: dict[str, Any] = (
        {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        if one.gives is bytes
        else {"application/json": {"schema": by_kind[one.gives]}}
    )
    if one.gives is Listing:
        content["text/csv"] = {"schema": {"type": "string"}}
    found: dict[str, Any] = {
        "operationId": one.name, "summary": one.summary, "parameters": parameters,
        "responses": {str(one.status): {"description": one.summary, "content": content}}
        | {str(code): error for code in sorted({400, 401, 403, *one.fails, *((413, 415) if one.body else ())})},
    }  # fmt: skip
    if one.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": by_kind[one.body]}}}
    return found


__all__ = ["ENDPOINTS", "PREFIX", "answer", "openapi"]
