"""What a person asks for, checked against what stands: a decision, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec

from evenhand.errors import ConflictError, RefusedError
from evenhand.model.evidence import Span
from evenhand.model.reading import ClaimType, Reading
from evenhand.reviewing.anchors import Item, anchor_of
from evenhand.reviewing.draft import Draft
from evenhand.reviewing.records import Action, Anchor, Author, Decision, Kind, Proposal, decision_id, plain, version_of
from evenhand.reviewing.superseding import Superseded, supersede

FIELDS: dict[str, frozenset[str]] = {
    "statement": frozenset({
        "kind", "content", "cue", "source", "speaker", "speaker_name", "speaker_org", "attitude", "parent", "inserts",
    }),
    "entity": frozenset({"kind", "name", "role", "org", "party", "mentions"}),
    "claim": frozenset({
        "statement", "type", "trigger", "evidence", "actor", "target", "weapon", "place", "time", "quantities",
        "polarity", "modality", "labels",
    }),
}  # fmt: skip
"""Fields that a person may set."""
SPANS: dict[str, frozenset[str]] = {
    "statement": frozenset({"content", "cue", "source", "inserts"}),
    "entity": frozenset({"mentions"}),
    "claim": frozenset({"trigger", "evidence", "actor", "target", "weapon", "place", "time", "quantities", "labels"}),
}
"""Fields that hold spans: set only together with the exact words."""
ACTIONS: dict[str, frozenset[Action]] = {
    "statement": frozenset({"accept", "reject", "edit", "add", "merge", "split", "move", "mark"}),
    "entity": frozenset({"accept", "reject", "edit", "add", "merge", "split", "mark"}),
    "claim": frozenset({"accept", "reject", "edit", "add", "merge", "split", "move"}),
    "passage": frozenset({"mark"}),
}
_NEEDED = {"statement": ("content",), "entity": ("name", "kind"), "claim": ("type", "trigger")}


def propose(
    asked: Proposal, reading: Reading, decisions: Sequence[Decision], author: Author
) -> tuple[Decision, Superseded]:
    """A checked decision about this report's reading and what stands once it is applied.

    `decisions` are those in force. Raises ConflictError when `asked.basis` is not the version that stands, and
    RefusedError when the thing is not there, a field may not be set, or a span has not exactly the words given.
    """
    now = supersede(reading, decisions)
    target = _target(asked, now)
    fields = plain(_fields(asked, now.reading))
    current = now.item(asked.kind, asked.item)
    _check_basis(asked, current, fields)
    others = tuple(_anchor(now, asked.kind, other) for other in asked.others)
    if asked.action == "merge" and not others:
        raise RefusedError("name at least one other record to merge")
    base = msgspec.to_builtins(current) if current is not None else None
    decision = Decision(
        id=decision_id(author.who, author.at, asked.action, target, fields),
        who=author.who, at=author.at, action=asked.action, target=target, others=others, fields=fields, base=base,
        refs=_refs(now, asked.kind, fields, base), basis=version_of(current) if current is not None else "",
        why=asked.why.strip(), batch=author.batch,
    )  # fmt: skip
    after = supersede(reading, (*decisions, decision))
    refused = [one.why for one in after.orphans if one.decision == decision.id]
    if refused:
        raise RefusedError(refused[0])
    lost = {one.decision for one in after.orphans} - {one.decision for one in now.orphans}
    if lost:
        raise RefusedError(f"{len(lost)} earlier decisions rest on this and would be lost: undo them first")
    _check_whole(after.reading)
    return decision, after


def undone(name: str, reading: Reading, before: Sequence[Decision], after: Sequence[Decision]) -> Superseded:
    """What stands without a decision. Raises RefusedError when later decisions rest on it."""
    was, now = supersede(reading, before), supersede(reading, after)
    lost = {one.decision for one in now.orphans} - {one.decision for one in was.orphans}
    if lost:
        raise RefusedError(f"{name}: {len(lost)} later decisions rest on it; undo first {', '.join(sorted(lost))}")
    _check_whole(now.reading)
    return now


def _target(asked: Proposal, now: Superseded) -> Anchor:
    text = now.reading.report.text
    if asked.action not in ACTIONS.get(asked.kind, frozenset()):
        raise RefusedError(f"{asked.action}: cannot be done to a {asked.kind}")
    if asked.kind == "passage":
        spans = tuple(_spans(asked.fields.get("spans")))
        _check_spans("spans", spans, asked, text)
        return Anchor(kind="passage", item="", report=now.reading.report.id, spans=spans,
                      words=tuple(text[s:e] for s, e in spans))  # fmt: skip
    if asked.action == "add":
        return _added(asked, now)
    return _anchor(now, asked.kind, asked.item)


def _added(asked: Proposal, now: Superseded) -> Anchor:
    missing = [name for name in _NEEDED[asked.kind] if not asked.fields.get(name)]
    if missing:
        raise RefusedError(f"to add a {asked.kind}, give {', '.join(missing)}")
    draft = Draft(now.reading)
    draft.put(asked.kind, "new", _DEFAULTS.get(asked.kind, {}) | asked.fields)
    anchor = draft.anchor(asked.kind, "new")
    del draft.table(asked.kind)["new"]
    found = draft.find(anchor)
    if found is not None and asked.kind != "entity":
        raise RefusedError(f"{found} has these words already: edit it instead")
    return msgspec.structs.replace(anchor, item="")


_DEFAULTS: dict[str, dict[str, Any]] = {"statement": {"kind": "indirect"}}


def _anchor(now: Superseded, kind: Kind, item: str) -> Anchor:
    record = now.item(kind, item)
    if record is None:
        raise RefusedError(f"{item or 'nothing'}: no such {kind} in this report (any more); load the page again")
    return anchor_of(now.reading.report.id, now.reading.report.text, record)


def _fields(asked: Proposal, reading: Reading) -> dict[str, Any]:
    if asked.kind == "passage":
        return {"spans": asked.fields.get("spans")}
    if asked.action == "split":
        parts = asked.fields.get("parts")
        if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(part, dict) for part in parts):
            raise RefusedError("to split, give two or more parts")
        for number, part in enumerate(parts):
            exact = asked.exact.get(f"parts.{number}", ())
            _check_fields(msgspec.structs.replace(asked, fields=part, exact={}), reading.report.text, exact)
        return {"parts": parts}
    if asked.action == "mark":
        return {"sensitive": True}
    if asked.action in {"accept", "reject"}:
        if asked.fields:
            raise RefusedError(f"{asked.action}: takes no fields; edit instead")
        return {}
    if asked.action in {"edit", "move"} and not asked.fields:
        raise RefusedError("nothing to change: give at least one field")
    _check_fields(asked, reading.report.text, None)
    return {**_DEFAULTS.get(asked.kind, {}), **asked.fields} if asked.action == "add" else dict(asked.fields)


def _check_fields(asked: Proposal, text: str, exact: Sequence[str] | None) -> None:
    """`exact`: the words of all spans in order, when they are given for the whole and not field by field."""
    unknown = sorted(set(asked.fields) - FIELDS[asked.kind])
    if unknown:
        raise RefusedError(f"{', '.join(unknown)}: no field of a {asked.kind} that can be set")
    if "type" in asked.fields and asked.fields["type"] not in get_args(ClaimType):
        raise RefusedError(f"type: {asked.fields['type']!r} is no claim type; see evenhand types")
    every: list[Span] = []
    for name in SPANS[asked.kind] & asked.fields.keys():
        spans = tuple(_spans(asked.fields[name]))
        every += spans
        if exact is None:
            _check_spans(name, spans, asked, text)
    if exact is not None:
        ordered = sorted(every)
        if [text[s:e] for s, e in ordered] != list(exact) or not all(_inside(span, text) for span in ordered):
            raise RefusedError("parts: the spans do not have exactly the words given")


def _check_spans(name: str, spans: Sequence[Span], asked: Proposal, text: str) -> None:
    given = asked.exact.get(name, ())
    if len(given) != len(spans):
        raise RefusedError(f"{name}: {len(spans)} spans, but the exact words of {len(given)}; give the words of each")
    for (start, end), words in zip(spans, given, strict=True):
        if not _inside((start, end), text):
            raise RefusedError(f"{name}: {start}–{end} does not lie in the text of {len(text)} characters")
        if text[start:end] != words:
            raise RefusedError(
                f"{name}: at {start}–{end} the report does not say “{words[:80]}”; select the words again"
            )


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _spans(value: Any) -> Iterator[Span]:
    """Every span in plain values, in order: a pair of whole numbers, alone, in a list, or under a key `span`."""
    if isinstance(value, Mapping):
        if value.get("span") is not None:
            yield from _spans(value["span"])
    elif isinstance(value, (list, tuple)):
        if len(value) == 2 and all(isinstance(one, int) and not isinstance(one, bool) for one in value):
            yield int(value[0]), int(value[1])
        else:
            for one in value:
                yield from _spans(one)


def _check_basis(asked: Proposal, current: Item | None, fields: Mapping[str, Any]) -> None:
    if not asked.basis or current is None:
        return
    stands = version_of(current)
    if asked.basis != stands:
        raise ConflictError(
            f"{asked.item} was changed by someone else since you saw it; look at both versions and decide again",
            yours=dict(fields), theirs=msgspec.to_builtins(current),
        )  # fmt: skip


def _refs(now: Superseded, kind: Kind, fields: Mapping[str, Any], base: Mapping[str, Any] | None) -> tuple[Anchor, ...]:
    """Anchors of all records that ids in the values point at. Raises RefusedError for an id that is not there."""
    text, report = now.reading.report.text, now.reading.report.id
    known: dict[str, Item] = {one.id: one for one in now.reading.statements}
    known |= {one.id: one for one in now.reading.entities}
    known |= {one.id: one for one in now.reading.claims}
    given = set(_pointed(kind, fields))
    for one in sorted(given - known.keys()):
        raise RefusedError(f"{one}: no such record in this report")
    wanted = given | (set(_pointed(kind, base or {})) & known.keys())
    return tuple(anchor_of(report, text, known[one]) for one in sorted(wanted))


def _pointed(kind: Kind, values: Mapping[str, Any]) -> Iterator[str]:
    for part in values.get("parts", ()):
        yield from _pointed(kind, part)
    names = {"statement": ("speaker", "parent"), "entity": ("org",), "claim": ("statement",)}.get(kind, ())
    yield from (values[name] for name in names if values.get(name))
    if kind == "claim":
        for name in ("actor", "target", "weapon"):
            who = values.get(name)
            if isinstance(who, Mapping) and who.get("entity"):
                yield who["entity"]
        yield from (label["about"] for label in values.get("labels") or () if label.get("about"))


def _check_whole(reading: Reading) -> None:
    """What must hold of every reading: spans lie in the text, no statement stands in itself."""
    text = reading.report.text
    parents = {one.id: one.parent for one in reading.statements}
    for one in reading.statements:
        if not one.content or not all(_inside(span, text) for span in one.content):
            raise RefusedError(f"{one.id}: a statement needs words of the text")
        seen, at = {one.id}, one.parent
        while at is not None:
            if at in seen:
                raise RefusedError(f"{one.id}: a statement cannot stand in itself")
            seen.add(at)
            at = parents.get(at)
    for claim in reading.claims:
        place = claim.place
        if place is not None and (place.lat is not None or place.lon is not None):
            fits = (
                place.lat is not None and place.lon is not None and -90 <= place.lat <= 90 and -180 <= place.lon <= 180
            )
            if not fits:
                raise RefusedError(f"{claim.id}: {place.lat}, {place.lon} is no place on the earth")
        for quantity in claim.quantities:
            if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
                raise RefusedError(f"{claim.id}: the lower bound {quantity.low} is above the upper {quantity.high}")
