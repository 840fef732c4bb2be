"""Our incidents with the members that the gold gives: what is wrong then is not the grouping's fault.

    .venv/bin/python -m benchmarks.quality.incidents --folder DIR --members gold

Of a member that our incident has, the claims that the grouping put there; of one that it lacks, those that contradict
neither the gold's day (two days) nor its place (40 km). Reports that are no members are left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.spreads import distance_km
from evenhand.model.incident import ClaimRef, Cluster, CopyGroup, Incident
from evenhand.model.reading import Claim, Place, Reading
from evenhand.profiles import world

_DAYS, _KM, _TOWN = 2, 40.0, 2
_TOLD = frozenset({"asserted", "possible"})


def with_gold_members(
    found: Iterable[tuple[dict, Incident | None]], readings: Iterable[Reading], copies: tuple[CopyGroup, ...]
) -> list[tuple[dict, Incident | None]]:
    """The gold incidents, each with what is made of its members alone; None where none of them claims anything."""
    by_unit = {one.report.external_id or one.report.id: one for one in readings}
    pairs: list[tuple[dict, Incident | None]] = []
    for one, ours in found:
        members = {name: by_unit[name] for name in sorted(one["members"]) if name in by_unit}
        refs = tuple(sorted(_refs(one, ours, members.values()), key=lambda ref: (ref.report, ref.claim)))
        if not refs:
            pairs.append((one, None))
            continue
        reports = tuple(sorted({ref.report for ref in refs}))
        told = Cluster(id=one["id"], type=ours.type if ours else one["type"], claims=refs, reports=reports)
        held: Mapping[str, Reading] = {each.report.id: each for each in members.values()}
        incident = assess(told, readings=held, copies=copies, profile=world(), settings=AssessmentSettings())
        pairs.append((one, incident))
    return pairs


def _refs(one: dict, ours: Incident | None, members: Iterable[Reading]) -> Iterator[ClaimRef]:
    kept: dict[str, list[ClaimRef]] = {}
    for ref in ours.claims if ours else ():
        kept.setdefault(ref.report, []).append(ref)
    for reading in members:
        yield from kept.get(reading.report.id) or (
            ClaimRef(report=reading.report.id, claim=claim.id)
            for claim in reading.claims
            if claim.modality in _TOLD and _on_the_day(one, claim) and _at_the_place(one, claim.place)
        )


def _on_the_day(one: dict, claim: Claim) -> bool:
    if claim.time is None or claim.time.start is None:
        return True
    days = one["date"].split("/")
    start, end = date.fromisoformat(claim.time.start), date.fromisoformat(claim.time.end or claim.time.start)
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    return start <= last + timedelta(_DAYS) and end >= first - timedelta(_DAYS)


def _at_the_place(one: dict, place: Place | None) -> bool:
    if place is None or place.position is None or (place.precision or 0) > _TOWN or one.get("lat") is None:
        return True
    there = Place(name=one.get("place", ""), lat=one["lat"], lon=one["lon"])
    apart = distance_km(place, there)
    return apart is None or apart <= _KM
