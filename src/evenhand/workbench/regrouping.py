"""Incidents after a decision about them: only clusters that such decisions name or take claims from are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from evenhand.model.incident import ClaimRef
from evenhand.reviewing import Decision, Superseded, incident_of, regroup
from evenhand.standing import locator
from evenhand.workbench import tables
from evenhand.workbench.desk import Desk


def regrouped(desk: Desk, connection: sa.Connection, changed: Sequence[Decision]) -> list[str]:
    """Put claims where the decisions in force put them; returns the incidents that are otherwise than before.

    `changed`: decisions about incidents that stand now and did not, or did and do not any more.
    """
    if all(one.action in {"status", "accept"} for one in changed):
        return []
    grouped = [one for one in desk.force if about_incident(one)]
    every = list({one.id: one for one in (*grouped, *changed)}.values())
    wanted = {anchor.report for one in every for anchor in (one.target, *one.others) if anchor.report}
    standings = desk.standings(connection, wanted)
    named = _claims_named(every, standings)
    near = _near(desk, every, named)
    refs = named | {ref for name in near for ref in desk.base.clusters[name].claims}
    types = dict.fromkeys((ref for ref in refs if ref in desk.base.home), "") | _types(connection, wanted)
    settled = regroup([desk.base.clusters[name] for name in sorted(near)], grouped, locator(standings), types)
    new = {one.id: one for one in settled.clusters}
    names = {desk.piles.home[ref] for ref in refs if ref in desk.piles.home}
    names |= {*near, *map(incident_of, every)} & desk.piles.clusters.keys()
    old = {name: desk.piles.clusters[name] for name in names}
    gone = [name for name in old if name not in new]
    fresh = [one for name, one in new.items() if name not in old or old[name] != one]
    lone = {ref for name in gone for ref in old[name].claims}
    desk.piles.replace([*gone, *(one.id for one in fresh)], fresh)
    _leave(connection, [ref for ref in lone if ref not in desk.piles.home])
    desk.orphans |= {one.id: "" for one in grouped}
    desk.orphans |= {one.decision: one.why for one in settled.orphans}
    titled = {one.target.item for one in changed if "title" in one.fields}
    return [*gone, *(one.id for one in fresh), *sorted(titled & desk.piles.clusters.keys())]


def about_incident(decision: Decision) -> bool:
    """Whether a decision is about an incident, or about which one a claim is in."""
    return decision.target.kind == "incident" or "incident" in decision.fields


def _claims_named(decisions: Iterable[Decision], standings: dict[str, Superseded]) -> set[ClaimRef]:
    """The claims that decisions name, as far as they stand."""
    locate = locator(standings)
    anchors = (anchor for one in decisions for anchor in (one.target, *one.others) if anchor.kind == "claim")
    return {ref for ref in map(locate, anchors) if ref is not None}


def _near(desk: Desk, decisions: Iterable[Decision], claims: Iterable[ClaimRef]) -> set[str]:
    """The machine's clusters that hold one of these claims, or that decisions name by id or alias."""
    names = {anchor.item for one in decisions for anchor in (one.target, *one.others) if anchor.kind == "incident"}
    names |= {one.fields["incident"] for one in decisions if one.fields.get("incident")}
    names |= {desk.base.home[ref] for ref in claims if ref in desk.base.home}
    found = names & desk.base.clusters.keys()
    lost = names - found
    if lost:
        found |= {one.id for one in desk.base.clusters.values() if not lost.isdisjoint(one.aliases)}
    return found


def _types(connection: sa.Connection, reports: Iterable[str]) -> dict[ClaimRef, str]:
    items = tables.items.c
    query = sa.select(items.report, items.item, items.label).where(items.kind == "claim", items.report.in_(reports))
    return {ClaimRef(report=row.report, claim=row.item): row.label for row in connection.execute(query)}


def _leave(connection: sa.Connection, refs: Sequence[ClaimRef]) -> None:
    """These claims are in no incident any more."""
    items = tables.items.c
    if refs:
        change = sa.update(tables.items).where(items.report == sa.bindparam("r"), items.item == sa.bindparam("i"))
        connection.execute(change.values(incident=None), [{"r": ref.report, "i": ref.claim} for ref in refs])
