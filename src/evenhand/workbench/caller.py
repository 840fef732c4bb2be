"""The API asked without a browser: of a case folder in this process, or of a server by its address."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

from starlette.requests import Request

from evenhand.errors import EvenhandError, RefusedError, UsageError
from evenhand.workbench import api
from evenhand.workbench.accounts import RIGHTS, Accounts, Person
from evenhand.workbench.bench import Workbench
from evenhand.workbench.endpoints import ENDPOINTS, PREFIX
from evenhand.workbench.replies import Ask, HttpError, of_problem

_SECONDS = 60


class Caller(Protocol):
    """Asks the API. Raises RefusedError with the server's words when it does not succeed."""

    def call(self, method: str, path: str, query: Mapping[str, str], body: Any = None) -> bytes:
        """The body of the answer. `path` stands under /api/v1."""
        ...


class ServedCase:
    """A case that `evenhand serve` serves elsewhere, asked with a token."""

    def __init__(self, address: str, token: str) -> None:
        found = urlsplit(address)
        local = found.hostname in {"127.0.0.1", "localhost", "::1"}
        if found.scheme != "https" and not (found.scheme == "http" and local):
            raise UsageError(f"{address}: a token is sent by https only (http for this machine)")
        if not token:
            raise UsageError("set EVENHAND_TOKEN to a token of yours (made in the workbench, under your name)")
        self._base, self._token = address.rstrip("/"), token

    def call(
        self, method: str, path: str, query: Mapping[str, str], body: Any = None, seconds: float = _SECONDS
    ) -> bytes:
        """Ask the server; no redirect is followed, so that the token goes nowhere else."""
        address = f"{self._base}{PREFIX}{quote(path)}" + (f"?{urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        asked = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 - http or https, see above
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(asked, timeout=seconds) as answer:
                found: bytes = answer.read()
                return found
        except urllib.error.HTTPError as problem:
            raise RefusedError(_words(problem)) from problem
        except (urllib.error.URLError, TimeoutError) as problem:
            raise RefusedError(f"{self._base}: cannot be reached ({getattr(problem, 'reason', problem)})") from problem


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kept: Any) -> None:
        """Never: a redirect would carry the token to another server."""


def _words(problem: urllib.error.HTTPError) -> str:
    try:
        told = json.loads(problem.read())["error"]
        return f"{told['message']} ({problem.code})"
    except (ValueError, KeyError, TypeError):
        return f"the server answers {problem.code}"


class OpenCase:
    """A case folder opened in this process, by the person at this machine."""

    def __init__(self, bench: Workbench, who: str) -> None:
        self._bench, self._accounts = bench, Accounts(bench.store.engine)
        self._person = Person(who, "admin", RIGHTS["admin"], alone=True)

    def call(self, method: str, path: str, query: Mapping[str, str], body: Any = None) -> bytes:
        """Ask the same endpoints as a server would answer."""
        for endpoint in ENDPOINTS:
            found = _match(endpoint.path, path)
            if endpoint.method == method and found is not None:
                request = _request(method, path, query, found, body)
                try:
                    answer = asyncio.run(api.answer(endpoint, Ask(request, self._bench, self._accounts, self._person)))
                except (HttpError, EvenhandError) as problem:
                    raise RefusedError(of_problem(problem).message) from problem
                return bytes(answer.body)
        raise UsageError(f"{path.strip('/')}: there is no such thing to ask for; see /api/v1/openapi.json")


def _match(pattern: str, path: str) -> dict[str, str] | None:
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    found: dict[str, str] = {}
    for one, two in zip(wanted, given, strict=True):
        if one.startswith("{"):
            found[one[1:-1]] = two
        elif one != two:
            return None
    return found


def _request(method: str, path: str, query: Mapping[str, str], found: dict[str, str], body: Any) -> Request:
    sent = b"" if body is None else json.dumps(body).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    scope = {
        "type": "http", "method": method, "path": PREFIX + path, "query_string": urlencode(query).encode(),
        "headers": [(b"content-type", b"application/json"), (b"host", b"case")], "path_params": found, "scheme": "http",
        "server": ("case", 80),
    }  # fmt: skip
    return Request(scope, receive)
