"""The API: a request to an endpoint answered as JSON, and the OpenAPI document of all endpoints."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from evenhand.reviewing import version_of
from evenhand.workbench.endpoints import ENDPOINTS, PREFIX, Endpoint
from evenhand.workbench.listing import Listing
from evenhand.workbench.replies import Ask, ErrorReply, HttpError, asked, json_reply
from evenhand.workbench.shapes import IncidentReply, ReportReply


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


_ABOUT = "Everything the pages of the workbench do, as JSON. Every error has one shape; lists come in pages of 50."


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
        "info": {"title": "evenhand workbench", "version": "1", "description": _ABOUT},
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
