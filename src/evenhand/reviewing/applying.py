"""Each action on statements, speakers and claims of one report, applied to a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from evenhand.errors import RefusedError
from evenhand.model.evidence import contains
from evenhand.reviewing.anchors import holds_in, same_trigger
from evenhand.reviewing.draft import Draft
from evenhand.reviewing.records import Action, Anchor, Decision, Rejected, State

PREFIX = {"statement": "s", "entity": "e", "claim": "c"}
_SPEAKER_FIELDS = ("speaker", "speaker_name", "speaker_org")


def apply(draft: Draft, decision: Decision) -> None:
    """Apply one decision. Raises RefusedError, with the reason, when it cannot be applied to this reading."""
    for anchor in (decision.target, *decision.others):
        if not holds_in(draft.text, anchor):
            raise RefusedError(f"the report no longer has the words {_quoted(anchor)} where they were")
    if decision.action == "mark" or decision.target.kind == "passage":
        return  # marks are read off the decisions themselves
    _ACTIONS[decision.action](draft, decision)


def _accept(draft: Draft, decision: Decision) -> None:
    _settle(draft, decision, {**(decision.base or {}), **decision.fields}, "accepted")


def _edit(draft: Draft, decision: Decision) -> None:
    _settle(draft, decision, decision.fields, "edited")


def _add(draft: Draft, decision: Decision) -> None:
    kind = decision.target.kind
    values = draft.translated(kind, decision.fields, decision)
    item = draft.find(decision.target)
    if item is None:
        item = new_id(decision)
        draft.put(kind, item, _with_speaker(draft, kind, values))
    else:  # the reader finds by now what the person had added: theirs stands over it
        draft.put(kind, item, {**draft.values(kind, item), **_with_speaker(draft, kind, values)})
    draft.touch(item, "added", decision.id)


def _reject(draft: Draft, decision: Decision) -> None:
    item = draft.find(decision.target)
    if item is None:
        return  # nothing left to strike out
    record = draft.values(decision.target.kind, item)
    draft.remove(decision.target.kind, item)
    draft.rejected.append(Rejected(kind=decision.target.kind, record=record, decision=decision.id))


def _merge(draft: Draft, decision: Decision) -> None:
    kind = decision.target.kind
    item = draft.find(decision.target) or _resurrected(draft, decision, {})
    for other in decision.others:
        found = draft.find(other)
        if found is None or found == item:
            continue
        draft.put(kind, item, _united(kind, draft.values(kind, item), draft.values(kind, found)))
        draft.remove(kind, found, heir=item)
    if decision.fields:
        draft.put(kind, item, {**draft.values(kind, item), **draft.translated(kind, decision.fields, decision)})
    draft.touch(item, "edited", decision.id)


def _split(draft: Draft, decision: Decision) -> None:
    kind = decision.target.kind
    item = draft.find(decision.target) or _resurrected(draft, decision, {})
    whole = draft.values(kind, item)
    parts = [draft.translated(kind, part, decision) for part in decision.fields["parts"]]
    draft.put(kind, item, {**whole, **parts[0]})
    draft.touch(item, "edited", decision.id)
    for number, part in enumerate(parts[1:], 1):
        fresh = f"{new_id(decision)}-{number}"
        draft.put(kind, fresh, {**whole, **part})
        draft.touch(fresh, "added", decision.id)
        if kind == "statement":
            _hand_over(draft, item, fresh)
        elif kind == "entity":
            _let_go(draft, item, fresh)


def _hand_over(draft: Draft, item: str, fresh: str) -> None:
    """Claims and statements that stand in the words of the new part belong to it."""
    content = draft.statements[fresh].content
    for claim in list(draft.claims.values()):
        if claim.statement == item and any(contains(span, claim.trigger) for span in content):
            draft.claims[claim.id] = msgspec.structs.replace(claim, statement=fresh)
    for one in list(draft.statements.values()):
        if one.parent == item and one.id != fresh and any(contains(span, one.content[0]) for span in content):
            draft.statements[one.id] = msgspec.structs.replace(one, parent=fresh)
            draft.rechain.add(one.id)


def _let_go(draft: Draft, item: str, fresh: str) -> None:
    """Mentions that the new one has are the old one's no longer; who speaks by such a mention is the new one."""
    taken = {mention.span for mention in draft.entities[fresh].mentions}
    old = draft.entities[item]
    draft.entities[item] = msgspec.structs.replace(
        old, mentions=tuple(mention for mention in old.mentions if mention.span not in taken)
    )
    name = draft.entities[fresh].name
    for one in list(draft.statements.values()):
        if one.speaker == item and one.source is not None and any(contains(one.source, span) for span in taken):
            draft.statements[one.id] = msgspec.structs.replace(one, speaker=fresh, speaker_name=name)
            draft.rechain.add(one.id)
    for claim in list(draft.claims.values()):
        for role in ("actor", "target", "weapon"):
            who = getattr(claim, role)
            if who is not None and who.entity == item and who.span in taken:
                claim = msgspec.structs.replace(claim, **{role: msgspec.structs.replace(who, entity=fresh)})  # noqa: PLW2901
        draft.claims[claim.id] = claim


def _settle(draft: Draft, decision: Decision, fields: dict[str, Any], state: State) -> None:
    """Set fields of the record that the decision is about; one that is no longer found stands as it was shown."""
    kind = decision.target.kind
    item = draft.find(decision.target)
    if item is None and kind == "claim":
        item = same_trigger(draft.claims, decision.target.spans)
        if item is not None:  # the reader gives these very words another type by now: the person's record stands
            fields = {**(decision.base or {}), **fields}
    if item is None:
        item = _resurrected(draft, decision, fields)
    else:
        values = draft.translated(kind, {k: v for k, v in fields.items() if k != "id"}, decision)
        before = draft.values(kind, item)
        draft.put(kind, item, {**before, **_with_speaker(draft, kind, values)})
        if kind == "entity" and draft.entities[item].name != before["name"]:
            _rename(draft, item)
    draft.touch(item, state, decision.id)


def _resurrected(draft: Draft, decision: Decision, fields: dict[str, Any]) -> str:
    """The record as it was shown to the person, with what they set; under a new id, as the old may be another's."""
    kind = decision.target.kind
    if decision.base is None:
        raise RefusedError(f"the reader no longer finds {_quoted(decision.target)} and nothing was kept of it")
    values = draft.translated(kind, {**decision.base, **fields}, decision)
    fresh = new_id(decision)
    draft.put(kind, fresh, _with_speaker(draft, kind, values))
    again = draft.anchor(kind, fresh)
    for one in list(draft.table(kind)):  # what was corrected to is what the reader finds by now
        if one != fresh and draft.anchor(kind, one).spans == again.spans and again.spans and kind != "entity":
            kept = draft.values(kind, fresh)
            del draft.table(kind)[fresh]
            draft.put(kind, one, kept)
            return one
    return fresh


def _with_speaker(draft: Draft, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """A speaker given by id brings its name and body; one given by name is looked up among those of the report."""
    if kind != "statement" or not any(name in values for name in _SPEAKER_FIELDS):
        return values
    out = dict(values)
    if out.get("speaker") is None and out.get("speaker_name") and "speaker_name" in values:
        same = [one.id for one in draft.entities.values() if one.name == out["speaker_name"]]
        out["speaker"] = same[0] if len(same) == 1 else None
    entity = draft.entities.get(out.get("speaker") or "")
    if entity is not None:
        out.setdefault("speaker_name", entity.name)
        body = draft.entities.get(entity.org or "")
        out.setdefault("speaker_org", body.name if body else None)
    elif "speaker_name" in out:
        out.setdefault("speaker_org", None)
    return out


def _rename(draft: Draft, item: str) -> None:
    """Who speaks carries the corrected name wherever they speak."""
    name = draft.entities[item].name
    for one in list(draft.statements.values()):
        if one.speaker == item:
            draft.statements[one.id] = msgspec.structs.replace(one, speaker_name=name)
            draft.rechain.add(one.id)


def _united(kind: str, one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """The first record with what only the second has."""
    out = dict(one)
    if kind == "statement":
        out["content"] = sorted({tuple(span) for span in (*one["content"], *two["content"])})
        out["inserts"] = sorted({tuple(span) for span in (*one["inserts"], *two["inserts"])})
        for name in ("cue", "source"):
            out[name] = one[name] or two[name]
    elif kind == "entity":
        mentions = {tuple(m["span"]): m for m in (*two["mentions"], *one["mentions"])}
        out["mentions"] = [mentions[span] for span in sorted(mentions)]
        for name in ("role", "org", "party"):
            out[name] = one[name] or two[name]
    else:
        out["evidence"] = sorted({tuple(span) for span in (*one["evidence"], *two["evidence"])})
        seen = {tuple(quantity["span"]) for quantity in one["quantities"]}
        out["quantities"] = [
            *one["quantities"],
            *({**q, "part_of": None} for q in two["quantities"] if tuple(q["span"]) not in seen),
        ]
        for name in ("actor", "target", "weapon", "place", "time"):
            out[name] = one[name] or two[name]
    return out


def new_id(decision: Decision) -> str:
    """The id of a record that a decision made: never one that the reader gives."""
    return f"{PREFIX[decision.target.kind]}-{decision.id[:8]}"


def _quoted(anchor: Anchor) -> str:
    words = " … ".join(anchor.words) or anchor.label or anchor.item
    return f"“{words if len(words) <= 80 else words[:79] + '…'}”"


_ACTIONS: dict[Action, Callable[[Draft, Decision], None]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "move": _edit,
    "add": _add,
    "merge": _merge,
    "split": _split,
}
