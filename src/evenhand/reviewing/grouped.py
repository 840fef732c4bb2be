"""Decisions about incidents, copies and origins, applied to what the machine grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from evenhand.errors import RefusedError
from evenhand.model.evidence import Record, content_id
from evenhand.model.incident import ClaimRef, Cluster, CopyPair
from evenhand.reviewing.records import Anchor, Decision, Orphan, State, Touch

Locate = Callable[[Anchor], ClaimRef | None]
"""Finds the claim that an anchor names among the readings that stand, or None."""


class Regrouped(Record, frozen=True, kw_only=True):
    """Clusters after people's decisions; `titles` are those a person gave."""

    clusters: tuple[Cluster, ...]
    titles: Mapping[str, str] = {}
    touched: Mapping[str, Touch] = {}
    orphans: tuple[Orphan, ...] = ()


class OriginRuling(Record, frozen=True, kw_only=True):
    """Origins that a person holds to be one, or not one, or of a party (null: of none), and why."""

    kind: str  # "same" | "apart" | "party"
    names: tuple[str, ...]
    why: str
    party: str | None = None


class Pile:
    """Clusters by id while decisions are applied."""

    def __init__(self, clusters: Iterable[Cluster], types: Mapping[ClaimRef, str]) -> None:
        self.clusters = {one.id: one for one in clusters}
        self.types = types
        self.titles: dict[str, str] = {}
        self.touched: dict[str, Touch] = {}

    def named(self, name: str) -> str:
        """The cluster of this id, or the one that took it in. Raises RefusedError when there is none."""
        if name in self.clusters:
            return name
        for one in self.clusters.values():
            if name in one.aliases:
                return one.id
        raise RefusedError(f"there is no incident {name} any more")

    def take(self, refs: Iterable[ClaimRef]) -> None:
        """Take claims out of whatever cluster holds them; an empty one goes."""
        gone = set(refs)
        for one in list(self.clusters.values()):
            if gone.intersection(one.claims):
                self.fill(one.id, [ref for ref in one.claims if ref not in gone])

    def fill(self, name: str, refs: Sequence[ClaimRef], **changes: Any) -> None:
        """Set a cluster's claims; without any it goes."""
        if not refs:
            self.clusters.pop(name, None)
            return
        kept = sorted(set(refs), key=lambda ref: (ref.report, ref.claim))
        order = dict.fromkeys([*self.clusters[name].reports, *(ref.report for ref in kept)])
        here = {ref.report for ref in kept}
        self.clusters[name] = msgspec.structs.replace(
            self.clusters[name], claims=tuple(kept), reports=tuple(r for r in order if r in here), **changes
        )

    def touch(self, name: str, decision: Decision, state: State = "edited") -> None:
        """Note that a decision made an incident what it is."""
        before = self.touched.get(name, Touch(state="machine"))
        kept: State = "added" if before.state == "added" else state
        self.touched[name] = Touch(state=kept, decisions=(*before.decisions, decision.id))


def regroup(
    clusters: Iterable[Cluster], decisions: Iterable[Decision], locate: Locate, types: Mapping[ClaimRef, str]
) -> Regrouped:
    """Apply decisions about incidents, in their order. `types`: every claim that stands and its type."""
    pile = Pile(clusters, types)
    for one in list(pile.clusters.values()):  # claims that were struck out or merged away are in no incident
        if not all(ref in types for ref in one.claims):
            pile.fill(one.id, [ref for ref in one.claims if ref in types])
    orphans = []
    for decision in decisions:
        if decision.target.kind == "incident" or (decision.target.kind == "claim" and "incident" in decision.fields):
            try:
                _ACTIONS[decision.action](pile, decision, locate)
            except RefusedError as problem:
                orphans.append(Orphan(decision=decision.id, why=str(problem)))
    return Regrouped(
        clusters=tuple(pile.clusters[name] for name in sorted(pile.clusters)),
        titles=pile.titles,
        touched=pile.touched,
        orphans=tuple(orphans),
    )


def _refs(decision: Decision, locate: Locate) -> list[ClaimRef]:
    found = [ref for anchor in decision.others if (ref := locate(anchor)) is not None]
    if not found:
        raise RefusedError("none of the claims it names is found by exactly its words")
    return found


def _accept(pile: Pile, decision: Decision, locate: Locate) -> None:
    pile.touch(pile.named(decision.target.item), decision, "accepted")


def _reject(pile: Pile, decision: Decision, locate: Locate) -> None:
    pile.clusters.pop(pile.named(decision.target.item))


def _edit(pile: Pile, decision: Decision, locate: Locate) -> None:
    name = pile.named(decision.target.item)
    if "type" in decision.fields:
        pile.clusters[name] = msgspec.structs.replace(pile.clusters[name], type=decision.fields["type"])
    if "title" in decision.fields:
        pile.titles[name] = decision.fields["title"]
    pile.touch(name, decision)


def _merge(pile: Pile, decision: Decision, locate: Locate) -> None:
    name = pile.named(decision.target.item)
    for anchor in decision.others:
        other = pile.named(anchor.item)
        if other == name:
            continue
        gone = pile.clusters.pop(other)
        into = pile.clusters[name]
        aliases = tuple(sorted({*into.aliases, gone.id, *gone.aliases}))
        pile.fill(name, [*into.claims, *gone.claims], aliases=aliases, why=(*into.why, f"merged by {decision.who}"))
    pile.touch(name, decision)


def incident_of(decision: Decision) -> str:
    """The id of the incident that a decision makes."""
    return content_id("incident", "decision", decision.id)


def _split(pile: Pile, decision: Decision, locate: Locate) -> None:
    name = pile.named(decision.target.item)
    refs = [ref for ref in _refs(decision, locate) if ref in pile.clusters[name].claims]
    if not refs or len(refs) == len(pile.clusters[name].claims):
        raise RefusedError("the claims to be split off are all of the incident, or none of it")
    _make(pile, decision, refs, f"split off by {decision.who}")
    pile.touch(name, decision)


def _add(pile: Pile, decision: Decision, locate: Locate) -> None:
    _make(pile, decision, _refs(decision, locate), f"put together by {decision.who}")


def _make(pile: Pile, decision: Decision, refs: list[ClaimRef], why: str) -> None:
    kinds = [pile.types[ref] for ref in refs if ref in pile.types]
    pile.take(refs)
    fresh = incident_of(decision)
    kind: Any = decision.fields.get("type") or max(sorted(set(kinds)), key=kinds.count)
    pile.clusters[fresh] = Cluster(id=fresh, type=kind, claims=(), reports=(), why=(why,))
    pile.fill(fresh, refs)
    if decision.fields.get("title"):
        pile.titles[fresh] = decision.fields["title"]
    pile.touch(fresh, decision, "added")


def _move(pile: Pile, decision: Decision, locate: Locate) -> None:
    ref = locate(decision.target)
    if ref is None:
        raise RefusedError("the claim is not found by exactly its words")
    into = decision.fields["incident"]
    name = pile.named(into) if into is not None else None
    pile.take([one for one in (ref,) if name is None or one not in pile.clusters[name].claims])
    if name is not None:
        pile.fill(name, [*pile.clusters[name].claims, ref])
        pile.touch(name, decision)


def _nothing(pile: Pile, decision: Decision, locate: Locate) -> None:
    """Status and marks change no grouping."""


_ACTIONS: dict[str, Callable[[Pile, Decision, Locate], None]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "merge": _merge,
    "split": _split,
    "add": _add,
    "move": _move,
    "status": _nothing,
    "mark": _nothing,
}


def rule_on_copies(pairs: Iterable[CopyPair], decisions: Iterable[Decision]) -> tuple[CopyPair, ...]:
    """Pairs of reports with people's decisions over the machine's: a copy, shared in part, or independent."""
    ruled = {(pair.first, pair.second): pair for pair in pairs}
    for decision in decisions:
        if decision.target.kind != "copy":
            continue
        first, second = sorted((decision.target.report or "", decision.target.item))
        label: Any = "independent" if decision.action == "reject" else decision.fields.get("label")
        old = ruled.get((first, second))
        if label is None:  # accepted as it is
            continue
        why = f"decided by {decision.who}" + (f": {decision.why}" if decision.why else "")
        ruled[first, second] = CopyPair(
            first=first, second=second, label=label, shared=old.shared if old else 0.0, why=why,
            passages=old.passages if old else (),
        )  # fmt: skip
    return tuple(ruled.values())


def rulings(decisions: Iterable[Decision]) -> tuple[OriginRuling, ...]:
    """Decisions about origins: merged, split, or of a party."""
    found = []
    for decision in decisions:
        if decision.target.kind != "origin":
            continue
        names = (decision.target.item, *(one.item for one in decision.others))
        why = f"decided by {decision.who}" + (f": {decision.why}" if decision.why else "")
        kind = {"merge": "same", "split": "apart"}.get(decision.action, "party")
        found.append(OriginRuling(kind=kind, names=names, why=why, party=decision.fields.get("party")))
    return tuple(found)
