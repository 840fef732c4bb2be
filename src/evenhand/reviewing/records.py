"""Decisions of people, as frozen records; what they are about is named by its exact words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from evenhand.model.evidence import Record, Span, content_id, to_json

Kind = Literal["statement", "entity", "claim", "passage", "copy", "origin", "incident", "decision"]
Action = Literal["accept", "reject", "edit", "add", "merge", "split", "move", "mark", "status", "undo"]
State = Literal["machine", "accepted", "edited", "added"]
OF_A_REPORT: frozenset[Kind] = frozenset({"statement", "entity", "claim", "passage"})
"""Kinds that stand in one report and are named by their words there."""


class Anchor(Record, frozen=True, kw_only=True):
    """Names a thing so that it is found again by its exact words, or not at all.

    `item` is the id under which it was shown. `spans` and `words` go together, code points into the report's text:
    a statement's content, a claim's trigger, an entity's first mention. `label` is a claim's type or an entity's
    name. A pair of copies is named by `report` (the first) and `item` (the second); an incident by its id; an origin
    by its name.
    """

    kind: Kind
    item: str
    report: str | None = None
    spans: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    label: str | None = None


class Decision(Record, frozen=True, kw_only=True):
    """One decision: who, when (ISO, UTC), what, about what, why.

    `fields` holds only what the person set; `base` the whole record as it was shown, so that the decision outlasts
    a reading that no longer finds the thing; `refs` name the records that ids in `fields` and `base` point at.
    `basis` is the version the decision was made on; `batch` joins decisions that are undone together.
    """

    id: str
    who: str
    at: str
    action: Action
    target: Anchor
    others: tuple[Anchor, ...] = ()
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    base: dict[str, Any] | None = None
    refs: tuple[Anchor, ...] = ()
    basis: str = ""
    why: str = ""
    batch: str | None = None


class Proposal(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person asks for, before it is checked.

    `item` and `others` are ids as shown; `basis` the version shown (empty: whatever stands now). `exact` repeats, for
    each field of `fields` that holds spans, the words of those spans in order: they must be those of the text.
    """

    action: Action
    kind: Kind
    item: str = ""
    report: str | None = None
    others: tuple[str, ...] = ()
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    exact: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    basis: str = ""
    why: str = ""


class Touch(Record, frozen=True, kw_only=True):
    """How a record stands: whose decisions made it what it is, newest last."""

    state: State
    decisions: tuple[str, ...] = ()


class Orphan(Record, frozen=True, kw_only=True):
    """A decision that is kept but could not be applied, and why: never moved to words that only look alike."""

    decision: str
    why: str


class Rejected(Record, frozen=True, kw_only=True):
    """A record that the reader found and a person struck out; kept as it was."""

    kind: Kind
    record: dict[str, Any]
    decision: str


class Author(Record, frozen=True, kw_only=True):
    """Who decides, and when (ISO, UTC); `batch` joins what is decided in one go."""

    who: str
    at: str
    batch: str | None = None


def version_of(record: Any) -> str:
    """The version of a record: its content's hash. Two equal records are one version."""
    return content_id("version", to_json(record).decode())


def plain(record: Any) -> Any:
    """A record as it comes back from its JSON: dicts, lists, strings, numbers; what is kept equals what is read."""
    return msgspec.json.decode(to_json(record))


def decision_id(who: str, at: str, action: str, target: Anchor, fields: dict[str, Any]) -> str:
    """A decision's id, from its content."""
    return content_id("decision", who, at, action, to_json(target).decode(), to_json(fields).decode())


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, in order: without those taken back, and without the undoing itself.

    An undo names a decision or a batch; undoing an undo brings back what it took.
    """
    ordered = list(decisions)
    active: dict[str, bool] = {}
    undoes: dict[str, str] = {}
    batches: dict[str, list[str]] = {}

    def put(name: str, value: bool) -> None:
        for one in batches.get(name, [name]):
            if one in active and active[one] != value:
                active[one] = value
                if one in undoes:
                    put(undoes[one], not value)

    for decision in ordered:
        active[decision.id] = True
        if decision.batch is not None:
            batches.setdefault(decision.batch, []).append(decision.id)
        if decision.action == "undo":
            undoes[decision.id] = decision.target.item
            put(decision.target.item, value=False)
    return tuple(one for one in ordered if active[one.id] and one.action != "undo")
