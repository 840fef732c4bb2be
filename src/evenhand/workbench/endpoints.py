"""The table of the API's endpoints: from it come the routes, the OpenAPI document and the calls without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from evenhand.model.incident import CopyPair
from evenhand.reviewing import Decision, Proposal
from evenhand.workbench import answers, lists, searching, shapes, voices, whole_case
from evenhand.workbench.accounts import Right
from evenhand.workbench.filters import Activity, Asked, Incidents, Origins, Queue, Reports, Search, Speakers
from evenhand.workbench.listing import Listing
from evenhand.workbench.replies import Ask
from evenhand.workbench.running import Assessing

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
    query: type[msgspec.Struct] = shapes.Nothing
    body: type[msgspec.Struct] | None = None
    gives: type[Any] = shapes.Done
    status: int = 200
    fails: tuple[int, ...] = ()


def _list(path: str, summary: str, what: Callable[[sa.Connection, Any], Listing], query: type[Asked]) -> Endpoint:
    return Endpoint("GET", path, path[1:], "read", summary, answers.listed(what), query, gives=Listing)


def _shown(
    path: str, summary: str, does: Callable[..., Any], gives: Any, query: type[msgspec.Struct] = shapes.Nothing
) -> Endpoint:
    """What is looked at; where the path names a record, there may be none."""
    fails = (404,) if "{" in path else ()
    return Endpoint("GET", path, does.__name__, "read", summary, does, query, gives=gives, fails=fails)


def _decided(path: str, summary: str, does: Callable[..., Any], body: type[msgspec.Struct], *fails: int) -> Endpoint:
    return Endpoint("POST", path, does.__name__, "decide", summary, does, body=body, gives=shapes.DecisionReply,
                    status=201, fails=fails)  # fmt: skip


ENDPOINTS: tuple[Endpoint, ...] = (
    _shown("/case", "The case in numbers.", answers.case, shapes.CaseReply),
    _list("/reports", "Reports.", lists.reports, Reports),
    _shown("/reports/{report}", "A report as it stands.", answers.report, shapes.ReportReply, shapes.Reveal),
    _shown("/reports/{report}/original", "The original bytes, as a download.", answers.original, bytes),
    _shown("/reports/{report}/copies", "Reports that share text with a report.", answers.copies, list[CopyPair]),
    _list("/queue", "Statements and claims to review.", lists.queue, Queue),
    _list("/incidents", "Incidents.", lists.incidents, Incidents),
    _shown("/incidents/{incident}", "An incident as it stands.", answers.incident, shapes.IncidentReply, shapes.Reveal),
    _decided("/incidents/{incident}/status", "Move an incident on.", answers.status, shapes.Status, 404, 409, 422),
    _list("/search", "Full text.", searching.search, Search),
    _list("/speakers", "Speakers, or what one said over time.", voices.speakers, Speakers),
    _list("/origins", "Origins, the outlets that carry them, and why.", voices.origins, Origins),
    _list("/decisions", "Decisions, newest first.", lists.activity, Activity),
    _shown("/decisions/{decision}", "A decision, whole.", answers.decision, Decision),
    _decided("/decisions", "Take a decision.", answers.decide, Proposal, 409, 422),
    _decided("/decisions/bulk", "Decide on all that a filter finds, as one batch, in steps.", answers.bulk,
             shapes.Bulk, 422),
    _decided("/decisions/{decision}/undo", "Take a decision or a batch back.", answers.undo, shapes.Why, 422),
    Endpoint("POST", "/originals", "add_original", "decide", "Keep a file in the case.", whole_case.add_original,
             body=shapes.NewOriginal, gives=shapes.Kept, status=201, fails=(422,)),
    Endpoint("GET", "/assessment", "assessing", "read", "How the last assessment stands.", whole_case.assessing,
             gives=Assessing),
    Endpoint("POST", "/assessment", "assess", "decide", "Assess the case again.", whole_case.assess, gives=Assessing,
             status=201, fails=(422,)),
    Endpoint("POST", "/export", "export", "read", "The case, or its records, as a ZIP.", whole_case.export,
             body=shapes.Export, gives=bytes, fails=(422,)),
    Endpoint("GET", "/people", "people", "admin", "Accounts.", answers.people, gives=shapes.People),
    Endpoint("POST", "/people", "add_person", "admin", "Make an account.", answers.add_person, body=shapes.NewPerson,
             status=201, fails=(422,)),
    Endpoint("PATCH", "/people/{name}", "change_person", "admin", "Change an account.", answers.change_person,
             body=shapes.ChangedPerson, fails=(404, 422)),
    Endpoint("DELETE", "/people/{name}", "delete_person", "admin", "Take an account away.", answers.delete_person,
             fails=(404,)),
    _shown("/tokens", "Your tokens.", answers.tokens, shapes.Tokens),
    Endpoint("POST", "/tokens", "new_token", "read", "Make a token.", answers.new_token, body=shapes.NewToken,
             gives=shapes.TokenReply, status=201, fails=(422,)),
    Endpoint("DELETE", "/tokens/{token}", "end_token", "read", "Take a token away.", answers.end_token, fails=(404,)),
)  # fmt: skip
