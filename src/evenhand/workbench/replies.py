"""One shape for every error, and the handlers' common ground: who asks, of which bench."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from evenhand.errors import ConflictError, EvenhandError, RefusedError
from evenhand.workbench.accounts import Accounts, Person, Right
from evenhand.workbench.bench import Workbench

A = TypeVar("A", bound=msgspec.Struct)


class HttpError(Exception):
    """An answer that is no success: HTTP status, a code for programs, words for people, and what belongs to it."""

    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.more = status, code, message, more


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong. With code `conflict`, `yours` and `theirs` are the two versions."""

    status: int
    code: str
    message: str
    yours: Any = None
    theirs: Any = None


class ErrorReply(msgspec.Struct, frozen=True, kw_only=True):
    """The one shape of every error."""

    error: Problem


def of_problem(problem: Exception) -> HttpError:
    """An error of ours as an answer."""
    if isinstance(problem, HttpError):
        return problem
    if isinstance(problem, ConflictError):
        return HttpError(409, "conflict", str(problem), yours=problem.yours, theirs=problem.theirs)
    if isinstance(problem, RefusedError):
        return HttpError(422, "refused", str(problem))
    if isinstance(problem, EvenhandError):
        return HttpError(503, "unavailable", str(problem))
    raise problem


def not_found(what: str) -> HttpError:
    """There is no such thing."""
    return HttpError(404, "not_found", f"{what}: not in this case")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, as handlers see it."""

    request: Request
    bench: Workbench
    accounts: Accounts
    person: Person
    path: dict[str, str] = field(default_factory=dict)

    def need(self, right: Right) -> None:
        """Raises HttpError 403 when the person may not."""
        if right not in self.person.rights:
            raise HttpError(403, "forbidden", f"this needs the right to {right}; your role is {self.person.role}")

    def reveals(self) -> bool:
        """Whether what is marked as sensitive is to be shown: asked for, and with the right."""
        if self.request.query_params.get("reveal") != "1":
            return False
        self.need("reveal")
        return True


def asked(kind: type[A], request: Request) -> A:
    """The query of a request. Raises HttpError 400 on a parameter that is unknown, twice there, or out of bounds."""
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise HttpError(400, "bad_request", f"{name}: given twice")
        values[name] = value
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as problem:
        raise HttpError(400, "bad_request", str(problem)) from problem


def json_reply(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), status, headers, "application/json")
