"""What stands: people's decisions put where the stages take them in. Shared by the journey and the workbench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.settings import Merge, PartyOf
from evenhand.errors import StoreError
from evenhand.model.incident import ClaimRef, Incident
from evenhand.model.reading import Reading
from evenhand.reviewing import Anchor, Decision, Superseded, located, rulings
from evenhand.reviewing.grouped import Locate

LOGGED = "decision"
"""The name under which a decision stands in a case's log."""


def decisions_in(payloads: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Decision, ...]:
    """The decisions among a log's entries (what, payload), in order. Raises StoreError when one cannot be read."""
    found = []
    for what, payload in payloads:
        if what == LOGGED:
            every = payload.get("decisions", [payload])
            try:
                found += msgspec.convert(every, list[Decision])
            except msgspec.ValidationError as problem:
                raise StoreError(f"a decision in the log is not of a form this version knows ({problem})") from problem
    return tuple(found)


def locator(standing: Mapping[str, Superseded]) -> Locate:
    """Finds the claim that an anchor names among readings that stand, by report id."""

    def locate(anchor: Anchor) -> ClaimRef | None:
        one = standing.get(anchor.report or "")
        found = located(one, anchor) if one is not None else None
        return ClaimRef(report=anchor.report or "", claim=found) if found is not None else None

    return locate


def claim_types(readings: Iterable[Reading]) -> dict[ClaimRef, str]:
    """Every claim of the readings and its type."""
    return {
        ClaimRef(report=reading.report.id, claim=claim.id): claim.type
        for reading in readings
        for claim in reading.claims
    }


def with_rulings(settings: AssessmentSettings, decisions: Iterable[Decision]) -> AssessmentSettings:
    """The settings with people's decisions about origins; a later one stands over an earlier one and the case file."""
    same, apart, parties = list(settings.same_origin), list(settings.not_same_origin), list(settings.party_of)
    for ruling in rulings(decisions):
        if ruling.kind == "party":
            parties = [row for row in parties if row.name != ruling.names[0]]
            parties.append(PartyOf(name=ruling.names[0], party=ruling.party, why=ruling.why))
            continue
        names = set(ruling.names)
        same = [row for row in same if not names.issuperset(row.names)]
        apart = [row for row in apart if not names.issuperset(row.names)]
        (same if ruling.kind == "same" else apart).append(Merge(names=ruling.names, why=ruling.why))
    return msgspec.structs.replace(
        settings, same_origin=tuple(same), not_same_origin=tuple(apart), party_of=tuple(parties)
    )


def titled(incidents: Iterable[Incident], titles: Mapping[str, str]) -> tuple[Incident, ...]:
    """Incidents under the titles that people gave them."""
    return tuple(msgspec.structs.replace(one, title=titles[one.id]) if one.id in titles else one for one in incidents)
