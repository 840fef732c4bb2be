"""The shapes of what the API takes and gives, beside the records of the ledger."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from evenhand.model.evidence import Record
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from evenhand.reviewing import Decision, Orphan, Rejected, SignOff, Touch
from evenhand.workbench.filters import Queue


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No parameters."""


class Reveal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`reveal=1` shows what is marked as sensitive, with the right to."""

    reveal: Literal["", "0", "1"] = ""


class CaseReply(Record, frozen=True, kw_only=True):
    """The case in numbers."""

    title: str
    reports: int
    incidents: int
    decisions: int
    grades: dict[str, int]
    you: str
    role: str
    rights: tuple[str, ...]


class ReportReply(Record, frozen=True, kw_only=True):
    """A report as it stands: the reading with people's decisions, and what they touched.

    `versions`: each record's, for If-Match. `hidden`: spans that are covered unless `reveal=1`.
    """

    number: int
    reading: Reading
    touched: dict[str, Touch]
    rejected: tuple[Rejected, ...]
    orphans: tuple[Orphan, ...]
    versions: dict[str, str]
    hidden: tuple[tuple[int, int], ...]


class IncidentReply(Record, frozen=True, kw_only=True):
    """An incident as it stands, its sign-off and how its grades came about."""

    number: int
    version: str
    incident: Incident
    sign_off: SignOff
    history: list[dict[str, Any]]


class ChangeReply(Record, frozen=True, kw_only=True):
    """A question of an incident that is graded otherwise now."""

    incident: str
    number: int
    title: str
    question: str
    before: str | None
    after: str | None


class DecisionReply(Record, frozen=True, kw_only=True):
    """What was decided: `item` is the record it made or changed, `changes` the grades that moved at once."""

    decisions: tuple[Decision, ...]
    report: str | None
    item: str
    incidents: tuple[str, ...]
    changes: tuple[ChangeReply, ...]
    refused: tuple[tuple[str, str], ...] = ()
    later: int = 0
    """Reports and incidents still to be brought up to date in the background."""
    batch: str | None = None
    after: str = ""
    left: int = 0
    """Of a decision on a filter: how many it still finds beyond this step, and where to go on (`batch`, `after`)."""


class Bulk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision on everything the filter finds, as one batch that can be undone as one.

    A step takes what half a second allows; the answer's `left` says how much there still is. Ask again with its
    `batch` and `after` until `left` is 0.
    """

    filter: Queue
    action: Literal["accept", "reject", "edit"]
    fields: dict[str, Any] = {}
    why: str = ""
    batch: str = ""
    after: str = ""


class Why(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason."""

    why: str = ""


class Status(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an incident goes: draft, reviewed, signed."""

    status: Literal["draft", "reviewed", "signed"]
    why: str = ""


class NewPerson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account to be made."""

    name: str
    role: Literal["reader", "reviewer", "editor", "admin"]
    password: str


class ChangedPerson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to change of an account."""

    role: Literal["reader", "reviewer", "editor", "admin"] | None = None
    disabled: bool | None = None


class NewToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token to be made; it never allows more than its owner may."""

    name: str
    scopes: list[Literal["read", "decide", "reveal", "sign", "admin"]]


class TokenReply(Record, frozen=True, kw_only=True):
    """A token; the secret is shown this once."""

    id: str
    secret: str


class People(Record, frozen=True, kw_only=True):
    """Accounts, without secrets."""

    people: list[dict[str, Any]]


class Tokens(Record, frozen=True, kw_only=True):
    """A person's tokens, without secrets."""

    tokens: list[dict[str, Any]]


class Done(Record, frozen=True, kw_only=True):
    """It is done."""

    done: bool = True


class NewOriginal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file for the case: its name within what it came from, its bytes (base64), what it does not say itself."""

    file: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    data: bytes
    meta: dict[str, str] = {}


class Kept(Record, frozen=True, kw_only=True):
    """What became of a file: added, a new version, known again, or the same."""

    state: str
    sha256: str
    version: int


class Export(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be exported: a format, who is to be unnamed, and whether what is marked as sensitive goes, too."""

    form: str = "bundle"
    redact: list[str] = []
    sensitive: bool = False
    raw: bool = False
    to: str = ""
