"""Which happenings are one: groups by average linkage, brought up to date around what changed and no further.

Average linkage joins the closest two groups again and again; whatever joins lies in one group at the end. So where some
happenings are new, let these and the groups that some pair ties to them be grouped by themselves. If every one of those
groups comes out as it was, the new ones have gone where they go in a grouping of everything: at each step the closest
two of all were the closest two here or the closest two there, since no pair between here and there is above 0 but the
ones that were looked at. A group that comes out otherwise is dissolved, and counts as new, and so on, at worst until
all that hangs together is grouped anew (tests/grouping/test_settling.py; decision 0115).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evenhand.grouping.edges import AT_MOST, ScoredPairs
from evenhand.grouping.happenings import Happening
from evenhand.grouping.incidents import Comparer
from evenhand.grouping.linkage import linked
from evenhand.grouping.rings import Rings
from evenhand.grouping.tellings import Tellings

_AT_ONCE = 4000
"""New happenings grouped at a time: bounds memory."""
_ROUNDS = 4
"""Times that only the groups that changed are looked at again, then all that hangs together with them."""
_UNIT = 10_000
"""Scores have four digits: as whole numbers they add up exactly, in any order."""
_UNSEEN = -4 * _UNIT


class Settling:
    """The groups of a case, and which happenings are new or have other scores than when they were grouped."""

    def __init__(self, tellings: Tellings, scored: ScoredPairs, day: Callable[[Sequence[int]], Sequence[int]]) -> None:
        """`day`: about when each of some happenings was; those of one time are grouped together."""
        self._tellings, self._scored, self._day = tellings, scored, day
        self._rings = Rings()
        self.dirty: set[int] = set()

    def add(self, count: int) -> None:
        """Take in so many happenings."""
        self.dirty.update(range(len(self._rings), len(self._rings) + count))
        self._rings.add(count)

    def group(self, number: int) -> list[int]:
        """The group of a happening, as it stood when last settled."""
        return self._rings.of(number)

    def settle(self, comparer: Callable[[set[int]], Comparer]) -> list[list[int]]:
        """Bring the groups up to date; returns those that are new, or hold a happening that was dirty.

        `comparer` makes one for the happenings of these reports.
        """
        waiting = self._rings.all_of(self.dirty)
        before = {number: frozenset(self._rings.of(number)) for number in waiting - self.dirty}
        for part in self._parts(waiting):
            self._insert(part, waiting, before, comparer)
        found, seen = [], set[int]()
        for number in sorted(self.dirty | before.keys()):
            if number not in seen:
                group = self._rings.of(number)
                seen.update(group)
                if before.get(number) != frozenset(group) or not self.dirty.isdisjoint(group):
                    found.append(group)
        self.dirty.clear()
        return found

    def _parts(self, numbers: set[int]) -> Iterator[set[int]]:
        ordered = sorted(numbers)
        days = self._day(ordered)
        by_day = [number for _, number in sorted(zip(days, ordered, strict=True))]
        for start in range(0, len(by_day), _AT_ONCE):
            yield set(by_day[start : start + _AT_ONCE])

    def _insert(
        self,
        pending: set[int],
        waiting: set[int],
        before: dict[int, frozenset[int]],
        comparer: Callable[[set[int]], Comparer],
    ) -> None:
        """Put these among the groups that stand; `waiting` are all that stand in none.

        Of a component in which groups come out otherwise, the new groups that hold a member of these are put among what
        stands once more, with what is tied to them; the others have their place. After some rounds the whole component
        is, so that this comes to an end.
        """
        rounds = 0
        while pending:
            rounds += 1
            near = {number for number in self._scored.joined(sorted(pending)) if number not in waiting}
            standing = self._rings.all_of(near)
            again: set[int] = set()
            for groups in self._grouped(pending | standing, comparer):
                mine = {number for group in groups for number in group if number in pending}
                other = self._otherwise(groups, pending) if mine else set()
                if other:
                    before.update((number, frozenset(self._rings.of(number))) for number in other - before.keys())
                    if self._hangs_together(groups, other, waiting):
                        some = (group for group in groups if rounds > _ROUNDS or not other.isdisjoint(group))
                        again |= other.union(*some) & (mine | other)
                        mine, other = mine - again, set()
                for group in groups:
                    if group[0] in mine or group[0] in other:
                        self._rings.put(group)
                waiting -= mine
            waiting |= again
            pending = again

    def _hangs_together(self, groups: Sequence[Sequence[int]], some: set[int], waiting: set[int]) -> bool:
        """Whether some of the members of these groups are tied to others that stand, which were not looked at."""
        members = {number for group in groups for number in group}
        if not some <= members:
            return True
        return any(number not in members and number not in waiting for number in self._scored.joined(sorted(some)))

    def _otherwise(self, groups: Sequence[Sequence[int]], pending: set[int]) -> set[int]:
        """The members of groups that stood and do not come out as they were."""
        stood = [number for group in groups for number in group if number not in pending]
        found: set[int] = set()
        same = {frozenset(group) for group in groups}
        for number in stood:
            if number not in found and frozenset(ring := self._rings.of(number)) not in same:
                found.update(ring)
        return found

    def _grouped(self, region: set[int], comparer: Callable[[set[int]], Comparer]) -> Iterator[list[tuple[int, ...]]]:
        """The groups of each connected component of these happenings by themselves."""
        ordered = sorted(region, key=self._tellings.key)
        low, high, scores, left = self._pairs_within(ordered)
        above = scores > 0
        root = _components(len(ordered), low[above].tolist(), high[above].tolist())
        together = root[low] == root[high]
        low, high, scores, left = low[together], high[together], scores[together], left[together]
        whole = np.rint(scores * _UNIT).astype(np.int64)
        ends = [ordered[rank] for rank in np.union1d(low[left], high[left]).tolist()]
        missing = _Missing(self._tellings, ends, lambda: comparer(self._tellings.reports_of(region)))

        def ask(pairs: Sequence[tuple[int, int]]) -> list[int]:
            found = missing.scores([(ordered[one], ordered[two]) for one, two in pairs])
            return [round(score * _UNIT) for score in found]

        components: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
        for group in linked(len(ordered), (low, high, whole), left, _UNSEEN, ask):
            components[root[group[0]]].append(tuple(ordered[rank] for rank in group))
        yield from components.values()
        if missing.found:
            later, earlier = (np.array([pair[side] for pair in missing.found], dtype=np.uint32) for side in (0, 1))
            scores = np.array(list(missing.found.values()))
            self._scored.settle(later, earlier, scores, np.zeros(len(scores), dtype=np.bool_))

    def _pairs_within(self, ordered: Sequence[int]) -> tuple[Any, Any, Any, Any]:
        """The pairs among these happenings, by rank: the lower, the higher, the score, whether that is the most."""
        rank = np.full(len(self._rings), -1, dtype=np.int32)
        rank[ordered] = np.arange(len(ordered), dtype=np.int32)
        later, earlier, scores, flags = self._scored.of(sorted(self._tellings.reports_of(ordered)))
        later, earlier = rank[later], rank[earlier]
        inside = (later >= 0) & (earlier >= 0)
        later, earlier = later[inside], earlier[inside]
        return np.minimum(later, earlier), np.maximum(later, earlier), scores[inside], flags[inside] & AT_MOST != 0

    def dump(self) -> dict[str, Any]:
        """The state as plain values."""
        return {"rings": self._rings.dump(), "dirty": sorted(self.dirty)}

    def load(self, state: Mapping[str, Any]) -> None:
        """Put back what `dump` gave."""
        self._rings.load(state["rings"])
        self.dirty = set(state["dirty"])


class _Missing:
    """Scores that were left for later, worked out when they are asked for."""

    def __init__(self, tellings: Tellings, ends: Sequence[int], comparer: Callable[[], Comparer]) -> None:
        """`ends`: all happenings of which a score may be asked. What is told of them is fetched when the first is.

        It is read one report at a time, since few are asked for.
        """
        self._tellings, self._ends, self._make = tellings, ends, comparer
        self._at_hand: tuple[Comparer, Mapping[int, bytes]] | None = None
        self._known: dict[int, Happening] = {}
        self.found: dict[tuple[int, int], float] = {}

    def scores(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Of pairs of happenings, each the one with the smaller key first."""
        if self._at_hand is None:
            self._at_hand = self._make(), self._tellings.kept(sorted(self._tellings.reports_of(self._ends)))
        comparer, kept = self._at_hand
        for one, two in pairs:
            for end in (one, two):
                if end not in self._known:
                    self._known |= self._tellings.read(end, kept)
            score = comparer.compare(self._known[one], self._known[two], explain=False).score
            self.found[max(one, two), min(one, two)] = score
        return [self.found[max(pair), min(pair)] for pair in pairs]


def _components(count: int, ones: Sequence[int], twos: Sequence[int]) -> Any:
    """Each number below `count` with the least of its connected component."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, two in zip(ones, twos, strict=True):
        left, right = root(one), root(two)
        parent[max(left, right)] = min(left, right)
    return np.array([root(number) for number in range(count)], dtype=np.int64)
