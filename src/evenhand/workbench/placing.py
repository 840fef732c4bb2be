"""Where a claim belongs that a person added or changed: the grouping decides, among what is near in place and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from evenhand import grouping
from evenhand.model.incident import ClaimRef, Cluster, CopyPair
from evenhand.workbench import tables

if TYPE_CHECKING:
    from evenhand.workbench.desk import Desk

_DAYS = 3
_DEGREES = 0.6
_INCIDENTS = 12
_REPORTS = 40


def place(desk: Desk, connection: sa.Connection, refs: Sequence[ClaimRef]) -> None:
    """Take changed claims out of their incidents and put each where the grouping puts it now.

    Only these claims move. The grouping sees the reports of incidents near in place and time; a claim that it groups
    with none of them makes an incident of its own, or none where claims of its kind make none.
    """
    if not refs:
        return
    old = {ref: desk.base.home.get(ref) for ref in refs}
    near = _near(desk, connection, refs) | {name for name in old.values() if name is not None}
    held = [
        report for name in sorted(near) if name in desk.base.clusters for report in desk.base.clusters[name].reports
    ]
    reports = list(dict.fromkeys([*(ref.report for ref in refs), *held]))[:_REPORTS]
    readings = [one.reading for one in desk.standings(connection, reports).values()]
    known = [desk.base.clusters[name] for name in sorted(near) if name in desk.base.clusters]
    found = grouping.cluster(readings, _pairs(connection, reports), known=known)
    changed = set(refs)
    for piles in (desk.base, desk.piles):
        piles.take(refs)
    for one in found:
        mine = changed.intersection(one.claims)
        if not mine:
            continue
        votes = Counter(desk.base.home[ref] for ref in one.claims if ref in desk.base.home)
        if votes:
            name = min(votes, key=lambda each: (-votes[each], each))
            for ref in sorted(mine, key=lambda ref: (ref.report, ref.claim)):
                into = Counter(desk.piles.home[r] for r in desk.base.clusters[name].claims if r in desk.piles.home)
                desk.base.put(ref, name)
                if into:
                    desk.piles.put(ref, min(into, key=lambda each: (-into[each], each)))
            continue
        own = sorted(mine, key=lambda ref: (ref.report, ref.claim))
        fresh = grouping.settle_ids([_only(one, own)], ())[0]
        for piles in (desk.base, desk.piles):
            if fresh.id not in piles.clusters:
                piles.replace([], [fresh])


def _only(cluster: Cluster, refs: Sequence[ClaimRef]) -> Cluster:
    return msgspec.structs.replace(cluster, claims=tuple(refs), reports=tuple(dict.fromkeys(r.report for r in refs)))


def _near(desk: Desk, connection: sa.Connection, refs: Sequence[ClaimRef]) -> set[str]:
    table = tables.incidents.c
    found: set[str] = set()
    for report, claims in _by_report(refs).items():
        reading = desk.standing(connection, report).reading
        for claim in reading.claims:
            if claim.id not in claims:
                continue
            query = sa.select(table.id).limit(_INCIDENTS).order_by(sa.desc(table.origins), table.id)
            if claim.time is not None and claim.time.start is not None:
                first, last = _days(claim.time.start, claim.time.end or claim.time.start)
                query = query.where(table.start <= last, sa.func.coalesce(table.end, table.start) >= first)
            if claim.place is not None and claim.place.position is not None:
                lat, lon = claim.place.position
                query = query.where(table.lat.between(lat - _DEGREES, lat + _DEGREES),
                                    table.lon.between(lon - _DEGREES, lon + _DEGREES))  # fmt: skip
            elif claim.place is not None:
                query = query.where(table.place == claim.place.name)
            else:
                continue
            found.update(connection.scalars(query))
    return found


def _by_report(refs: Sequence[ClaimRef]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for ref in refs:
        found.setdefault(ref.report, set()).add(ref.claim)
    return found


def _days(start: str, end: str) -> tuple[str, str]:
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return start, end
    return (first - timedelta(days=_DAYS)).isoformat(), (last + timedelta(days=_DAYS)).isoformat()


def _pairs(connection: sa.Connection, reports: Sequence[str]) -> list[CopyPair]:
    table = tables.copies.c
    query = sa.select(tables.copies).where(table.first.in_(reports), table.second.in_(reports))
    return [
        CopyPair(first=row.first, second=row.second, label=row.label, shared=row.shared, why=row.why)
        for row in connection.execute(query)
    ]
