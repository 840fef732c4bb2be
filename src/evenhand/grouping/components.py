"""Which happenings hang together, and the clusters they make; what a step touches is grouped anew.

Average linkage joins two groups only where some pair between them scores above 0. So it can be done within each
connected component of those pairs by itself, and a component that nothing new reaches stays as it is.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.edges import LATER, Columns, ScoredPairs
from evenhand.grouping.happenings import Happening
from evenhand.grouping.incidents import Comparer, Told, gathered
from evenhand.grouping.tellings import Tellings
from evenhand.model.incident import Cluster, CopyPair

Pairs = Mapping[tuple[str, str], CopyPair]
"""Copy pairs by (first, second) report id, those labelled independent left out."""
Grouped = tuple[Cluster, list[int]]
"""A cluster and the numbers of its happenings."""
_MEMBERS = 2000
"""Happenings grouped at a time, whole components: bounds memory."""


class Components:
    """A union-find over the happenings of a case, the cluster each is in, and those that are to be grouped anew."""

    def __init__(
        self, tellings: Tellings, scored: ScoredPairs, comparer: Callable[[Mapping[int, str], Pairs], Comparer]
    ) -> None:
        """`comparer` makes one for reports, ids by place, and their copy pairs."""
        self._tellings, self._scored, self._comparer = tellings, scored, comparer
        self._parent = array("I")
        self.home: list[str] = []  # a happening's cluster, "" where it is in none yet
        self.dirty: set[int] = set()

    def add(self, count: int) -> None:
        """Take in so many happenings, each by itself."""
        base = len(self._parent)
        self._parent.extend(range(base, base + count))
        self.home.extend("" for _ in range(count))
        self.dirty.update(range(base, len(self._parent)))

    def join(self, one: int, two: int) -> None:
        """Two happenings score above 0."""
        left, right = self._root(one), self._root(two)
        self._parent[max(left, right)] = min(left, right)

    def _root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def touched(self) -> Iterator[list[list[int]]]:
        """The components that hold a dirty happening, whole, a bounded number of happenings at a time."""
        roots = {self._root(number) for number in self.dirty}
        members: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)) if roots else ():
            root = self._root(number)
            if root in roots:
                members[root].append(number)
        part: list[list[int]] = []
        for root in sorted(members):
            part.append(members[root])
            if sum(map(len, part)) >= _MEMBERS:
                yield part
                part = []
        if part:
            yield part

    def grouped(self, components: list[list[int]], pairs: Pairs, published: Mapping[str, str]) -> list[Grouped]:
        """These components grouped to clusters by what their pairs score; a component that fell apart is split."""
        numbers = [number for component in components for number in component]
        stories = self._tellings.told(numbers)
        keys = {number: stories[number].happening.key for number in numbers}
        home = {number: at for at, component in enumerate(components) for number in component}
        reports = {self._tellings.report(number): stories[number].happening.report for number in numbers}
        comparer = self._comparer(reports, pairs)
        later, earlier, scores, _ = self._settled(sorted(reports), home, stories, comparer)
        inside: list[dict[Any, float]] = [{} for _ in components]
        for number in numbers:
            self._parent[number] = number
        for one, two, score in zip(later.tolist(), earlier.tolist(), scores.tolist(), strict=True):
            at = home.get(one)
            if at is None or home.get(two) != at:
                continue
            inside[at][min(keys[one], keys[two]), max(keys[one], keys[two])] = score
            if score > 0:
                self.join(one, two)
        by_key = {keys[number]: number for number in numbers}
        found = []
        for component, within in zip(components, inside, strict=True):
            for group in average_linkage([keys[number] for number in component], within):
                members = [by_key[key] for key in group]
                found.append((gathered([stories[number] for number in members], comparer, published), members))
        return found

    def _settled(
        self, reports: Sequence[int], home: Mapping[int, int], stories: Mapping[int, Told], comparer: Comparer
    ) -> Columns:
        """The edges of these reports; scores that were left for later are worked out, and kept, within a component."""
        later, earlier, scores, near = self._scored.of(reports)
        scores = scores.copy()
        left = [
            (at, one, two)
            for at in np.flatnonzero(scores == LATER).tolist()
            if (one := int(later[at])) in home and home[one] == home.get(two := int(earlier[at]), -1)
        ]
        for at, one, two in left:
            ends = in_order(stories[one].happening, stories[two].happening)
            scores[at] = comparer.compare(*ends, explain=False).score
        if left:
            owner = self._tellings.owners(later)
            for report in sorted({int(owner[at]) for at, _, _ in left}):
                mine = owner == report
                self._scored.put(report, (later[mine], earlier[mine], scores[mine], near[mine]))
        return later, earlier, scores, near

    def leave(self, numbers: Iterable[int]) -> set[str]:
        """Take happenings out of their clusters; returns those."""
        gone = set()
        for number in numbers:
            gone.add(self.home[number])
            self.home[number] = ""
        return gone - {""}

    def enter(self, numbers: Iterable[int], cluster: str) -> None:
        """Put happenings into a cluster."""
        for number in numbers:
            self.home[number] = cluster

    def homes(self, reports: Iterable[int]) -> set[str]:
        """The clusters in which the reports at these places stand."""
        return {self.home[number] for report in reports for number in self._tellings.numbers(report)}

    def dump(self) -> dict[str, Any]:
        """The state as plain values."""
        return {"parent": self._parent.tobytes(), "home": self.home, "dirty": sorted(self.dirty)}

    def load(self, state: Mapping[str, Any]) -> None:
        """Put back what `dump` gave."""
        self._parent.frombytes(state["parent"])
        self.home = list(state["home"])
        self.dirty = set(state["dirty"])


def in_order(one: Happening, two: Happening) -> tuple[Happening, Happening]:
    """Two happenings as they are compared: the smaller key first."""
    return (one, two) if one.key < two.key else (two, one)
