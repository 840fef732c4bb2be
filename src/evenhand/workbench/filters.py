"""What a list is asked for: the whole state of a screen, as the address holds it."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec

Page = Annotated[int, msgspec.Meta(ge=1, le=10_000, description="Which page of 50, from 1.")]
Words = Annotated[str, msgspec.Meta(max_length=300)]
Show = Literal["list", "map", "timeline"]
Format = Literal["json", "csv"]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of what a list is asked for."""

    page: Page = 1
    format: Format = "json"

    def address(self, path: str, **changes: object) -> str:
        """The address of the same list with something else asked; the page starts anew unless it is what changes."""
        values = {**msgspec.to_builtins(self), **({} if "page" in changes else {"page": 1}), **changes}
        kept = {key: value for key, value in values.items() if value not in ("", None) and (key, value) != ("page", 1)}
        kept.pop("format", None) if "format" not in changes else None
        return f"{path}?{urlencode(kept)}" if kept else path


class Queue(Asked, frozen=True, kw_only=True):
    """Which statements and claims are to be reviewed."""

    kind: Literal["", "statement", "claim"] = ""
    state: Literal["", "machine", "accepted", "edited", "added", "all"] = ""
    label: Words = ""
    outlet: Words = ""
    speaker: Words = ""
    incident: Words = ""
    report: Words = ""
    sort: Literal["", "order"] = ""
    at: Words = ""


class Incidents(Asked, frozen=True, kw_only=True):
    """Which incidents."""

    grade: Literal[
        "", "acknowledged", "corroborated", "contested", "single_origin", "party_only", "unattributed", "none"
    ] = ""
    type: Words = ""
    place: Words = ""
    country: Words = ""
    stage: Literal["", "draft", "reviewed", "signed"] = ""
    since: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
    until: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
    show: Show = "list"


class Reports(Asked, frozen=True, kw_only=True):
    """Which reports."""

    outlet: Words = ""
    state: Literal["", "open", "done", "unread"] = ""


class Search(Asked, frozen=True, kw_only=True):
    """What is looked for: every word must be there; signs mean nothing but themselves."""

    q: Words = ""
    kind: Literal["", "report", "statement", "speaker", "place"] = ""
    outlet: Words = ""
    year: Annotated[str, msgspec.Meta(pattern=r"^(\d{4})?$")] = ""


class Speakers(Asked, frozen=True, kw_only=True):
    """Which speakers; with a name, what this one said over time."""

    name: Words = ""
    q: Words = ""


class Origins(Asked, frozen=True, kw_only=True):
    """Which origins."""

    party: Words = ""
    outlet: Words = ""


class Activity(Asked, frozen=True, kw_only=True):
    """Which decisions."""

    who: Words = ""
    action: Words = ""
    report: Words = ""
    state: Literal["", "undone", "orphaned"] = ""
