"""What a person asks for about incidents, copies, origins, and sign-off, checked against what stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from evenhand.errors import ConflictError, RefusedError
from evenhand.model.evidence import Record
from evenhand.model.incident import ClaimRef, Cluster, CopyPair
from evenhand.model.reading import ClaimType
from evenhand.reviewing.records import Action, Anchor, Author, Decision, Kind, Proposal, decision_id, plain
from evenhand.reviewing.status import SignOff, check_reason, next_stage

ACTIONS: dict[Kind, frozenset[Action]] = {
    "incident": frozenset({"accept", "reject", "edit", "add", "merge", "split", "status"}),
    "claim": frozenset({"move"}),
    "copy": frozenset({"accept", "reject", "edit", "add"}),
    "origin": frozenset({"merge", "split", "edit"}),
}


class Ground(Record, frozen=True, kw_only=True):
    """What stands where a person decides: incidents' clusters and versions, copies, parties, sign-offs.

    `anchor` gives the anchor of a claim that stands, or None.
    """

    clusters: Mapping[str, Cluster]
    versions: Mapping[str, str]
    anchor: Callable[[ClaimRef], Anchor | None]
    reports: frozenset[str] = frozenset()
    copies: Mapping[tuple[str, str], CopyPair] = {}
    parties: frozenset[str] = frozenset()
    signed: Mapping[str, SignOff] = {}


def propose_group(asked: Proposal, ground: Ground, author: Author) -> Decision:
    """A checked decision about how records are grouped.

    Raises ConflictError when the incident is another version than `asked.basis`, RefusedError when something is not
    there or a field may not be set.
    """
    if asked.action not in ACTIONS.get(asked.kind, frozenset()):
        raise RefusedError(f"{asked.action}: cannot be done to {asked.kind}")
    target, others, fields = _CHECKS[asked.kind](asked, ground)
    basis = ground.versions.get(asked.item, "") if asked.kind == "incident" else ""
    if asked.basis and basis and asked.basis != basis:
        raise ConflictError(
            "the incident changed since you saw it; look at both versions and decide again",
            yours=dict(fields), theirs=plain(ground.clusters.get(asked.item)),
        )  # fmt: skip
    return Decision(
        id=decision_id(author.who, author.at, asked.action, target, fields), who=author.who, at=author.at,
        action=asked.action, target=target, others=others, fields=fields, basis=basis, why=asked.why.strip(),
        batch=author.batch,
    )  # fmt: skip


Checked = tuple[Anchor, tuple[Anchor, ...], dict[str, Any]]


def _incident(asked: Proposal, ground: Ground) -> Checked:
    if asked.action == "add":
        return Anchor(kind="incident", item=""), _claims(asked.others, ground), _set(asked, {"type", "title"})
    if asked.item not in ground.clusters:
        raise RefusedError(f"{asked.item or 'nothing'}: no such incident (any more); load the page again")
    target = Anchor(kind="incident", item=asked.item)
    if asked.action == "merge":
        wrong = [other for other in asked.others if other not in ground.clusters or other == asked.item]
        if wrong or not asked.others:
            raise RefusedError(f"name other incidents to merge with{': not ' if wrong else ''}{', '.join(wrong)}")
        return target, tuple(Anchor(kind="incident", item=other) for other in asked.others), _set(asked, {"title"})
    if asked.action == "split":
        mine = {f"{ref.report} {ref.claim}" for ref in ground.clusters[asked.item].claims}
        if not asked.others or not mine.issuperset(asked.others) or len(mine) == len(set(asked.others)):
            raise RefusedError("name some, not all, of the incident's claims to split off")
        return target, _claims(asked.others, ground), _set(asked, {"type", "title"})
    if asked.action == "status":
        return target, (), _stage(asked, ground)
    return target, (), _set(asked, {"type", "title"}, needed=asked.action == "edit")


def _stage(asked: Proposal, ground: Ground) -> dict[str, Any]:
    now = ground.signed.get(asked.item, SignOff())
    stage = next_stage(now.stage, str(asked.fields.get("status")), reopened=now.reopened is not None)
    fields = {"status": stage, "of": ground.versions.get(asked.item)}
    if stage == "signed":
        if not asked.fields.get("bundle"):
            raise RefusedError("a signature needs the hash of what is signed")
        fields["bundle"] = str(asked.fields["bundle"])
    return fields


def _moved_claim(asked: Proposal, ground: Ground) -> Checked:
    found = ground.anchor(ClaimRef(report=asked.report or "", claim=asked.item))
    into = asked.fields.get("incident")
    if found is None:
        raise RefusedError(f"{asked.item}: no such claim in this report (any more)")
    if set(asked.fields) != {"incident"} or (into is not None and into not in ground.clusters):
        raise RefusedError("name the incident that the claim belongs to, or null for none")
    return found, (), {"incident": into}


def _copy(asked: Proposal, ground: Ground) -> Checked:
    first, second = sorted((asked.report or "", asked.item))
    if first == second or not {first, second} <= ground.reports:
        raise RefusedError("name two different reports of this case")
    label = asked.fields.get("label")
    if asked.action in {"edit", "add"} and label not in {"copy", "partial", "independent"}:
        raise RefusedError("label: choose copy, partial or independent")
    if asked.action == "accept" and (first, second) not in ground.copies:
        raise RefusedError("these two reports were not compared")
    return Anchor(kind="copy", report=first, item=second), (), _set(asked, {"label"})


def _origin(asked: Proposal, ground: Ground) -> Checked:
    check_reason(asked.why)
    if not asked.item.strip():
        raise RefusedError("name the origin")
    target = Anchor(kind="origin", item=asked.item)
    if asked.action == "edit":
        party = asked.fields.get("party")
        if party is not None and party not in ground.parties:
            raise RefusedError(f"{party}: no party of this id; see evenhand who")
        if set(asked.fields) != {"party"}:
            raise RefusedError("party: give a party's id, or null for none")
        return target, (), {"party": party}
    if not asked.others or asked.item in asked.others:
        raise RefusedError("name at least one other origin")
    return target, tuple(Anchor(kind="origin", item=other) for other in asked.others), _set(asked, set())


def _claims(named: tuple[str, ...], ground: Ground) -> tuple[Anchor, ...]:
    if not named:
        raise RefusedError("name at least one claim")
    found = []
    for name in named:
        report, _, claim = name.partition(" ")
        anchor = ground.anchor(ClaimRef(report=report, claim=claim))
        if anchor is None:
            raise RefusedError(f"{name}: no such claim (any more)")
        found.append(anchor)
    return tuple(found)


def _set(asked: Proposal, allowed: set[str], *, needed: bool = False) -> dict[str, Any]:
    unknown = sorted(set(asked.fields) - allowed)
    if unknown:
        can = ", ".join(sorted(allowed)) or "nothing"
        raise RefusedError(f"{', '.join(unknown)}: cannot be set here; what can: {can}")
    if needed and not asked.fields:
        raise RefusedError("nothing to change: give at least one field")
    if "type" in asked.fields and asked.fields["type"] not in get_args(ClaimType):
        raise RefusedError(f"type: {asked.fields['type']!r} is no claim type; see evenhand types")
    title = asked.fields.get("title")
    if title is not None and (not isinstance(title, str) or not title.strip() or len(title) > 300):
        raise RefusedError("title: give 1 to 300 characters")
    return dict(asked.fields)


_CHECKS: dict[Kind, Callable[[Proposal, Ground], Checked]] = {
    "incident": _incident,
    "claim": _moved_claim,
    "copy": _copy,
    "origin": _origin,
}
