"""Which claims are one incident, in memory: looked up by claim, changed a claim at a time."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from evenhand.model.incident import ClaimRef, Cluster


class Piles:
    """Clusters by id and the cluster of each claim; `dirty` are the ids changed since it was last emptied."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self.clusters = {one.id: one for one in clusters}
        self.home = {ref: one.id for one in self.clusters.values() for ref in one.claims}
        self.dirty: set[str] = set()

    def take(self, refs: Iterable[ClaimRef]) -> None:
        """Take claims out; a cluster without claims goes."""
        for ref in refs:
            name = self.home.pop(ref, None)
            if name is not None:
                self._fill(name, [one for one in self.clusters[name].claims if one != ref])

    def put(self, ref: ClaimRef, name: str) -> None:
        """Put a claim into a cluster that is there."""
        self.take([ref])
        if name in self.clusters:
            self.home[ref] = name
            self._fill(name, [*self.clusters[name].claims, ref])

    def replace(self, gone: Iterable[str], fresh: Iterable[Cluster]) -> None:
        """Other clusters in place of some."""
        for name in gone:
            old = self.clusters.pop(name, None)
            self.dirty.add(name)
            for ref in old.claims if old else ():
                self.home.pop(ref, None)
        for one in fresh:
            self.clusters[one.id] = one
            self.dirty.add(one.id)
            self.home.update(dict.fromkeys(one.claims, one.id))

    def named(self, name: str) -> str | None:
        """The id of the cluster of this id, or of the one that took it in."""
        if name in self.clusters:
            return name
        return next((one.id for one in self.clusters.values() if name in one.aliases), None)

    def of_report(self, report: str, claims: Iterable[str]) -> set[str]:
        """The clusters that hold one of these claims of a report."""
        refs = (ClaimRef(report=report, claim=claim) for claim in claims)
        return {self.home[ref] for ref in refs if ref in self.home}

    def _fill(self, name: str, refs: list[ClaimRef]) -> None:
        self.dirty.add(name)
        old = self.clusters[name]
        if not refs:
            del self.clusters[name]
            return
        refs.sort(key=lambda ref: (ref.report, ref.claim))
        here = {ref.report for ref in refs}
        known = [report for report in old.reports if report in here]
        reports = (*known, *sorted(here - set(known)))
        self.clusters[name] = msgspec.structs.replace(old, claims=tuple(refs), reports=reports)
