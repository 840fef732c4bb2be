"""Happenings to incidents, bit by bit: what comes is scored against what is near; what it touches is grouped anew.

Average linkage joins two groups only where some pair between them scores above 0. So it can be done within each
connected component of those pairs by itself, and a component that nothing new reaches stays as it is.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from evenhand.grouping.candidates import BUCKET, Nearby
from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.comparing import Weights, most_by_words, packaged_weights
from evenhand.grouping.happenings import Happening, claims_as_happenings
from evenhand.grouping.incidents import Comparer, Told, gathered, settle_ids, told
from evenhand.grouping.pieces import MemoryPieces, Pieces
from evenhand.grouping.postings import Numbers
from evenhand.grouping.rarity import Eras, Rarity
from evenhand.model.evidence import Record
from evenhand.model.incident import Cluster, CopyPair
from evenhand.model.reading import Reading

Pairs = Mapping[tuple[str, str], CopyPair]
"""Copy pairs by (first, second) report id, those labelled independent left out."""
Grouped = tuple[Cluster, list[int]]
"""A cluster and the numbers of its happenings."""
_LATER = float("-inf")
"""Stands for a score that cannot be above 0, whatever the words: worked out only where both ends are in a component."""
_MEMBERS = 2000
"""Happenings grouped at a time, whole components: bounds memory."""


class Edges(Record, frozen=True, kw_only=True):
    """Scored pairs whose later happening is of one report, as arrays: 32-bit numbers, 64-bit scores, 8-bit `near`.

    `near` is 1 where the pair stands by nearness, 0 where it does only because the reports share text. A score of minus
    infinity is 0 at most, and yet to be worked out.
    """

    later: bytes
    earlier: bytes
    scores: bytes
    near: bytes


class Linker:
    """Reports by their place in the case, their happenings by number, in the order they came."""

    def __init__(self, pieces: Pieces, eras: Eras, weights: Weights, bucket: int = BUCKET) -> None:
        self._pieces, self.eras, self._weights = pieces, eras, weights
        self._most_by_words = most_by_words(weights)
        self.nearby = Nearby(bucket)
        self._first = array("I", [0])  # a report's happenings: _first[n] up to _first[n + 1]
        self._parent = array("I")
        self.home: list[str] = []  # a happening's cluster, "" where it is in none yet
        self.dirty: set[int] = set()

    @property
    def reports(self) -> int:
        """How many reports were taken in."""
        return len(self._first) - 1

    def take(self, readings: Sequence[Reading], pairs: Pairs, earlier: Mapping[str, int]) -> None:
        """Score the happenings of the next reports; `earlier` gives the places of all reports that `pairs` name."""
        start = self.reports
        known = {reading.report.id: number for number, reading in enumerate(readings, start)}
        rarities = [self.eras.rarity(self.eras.of(place)) for place in range(start, start + len(readings))]
        found = [told(reading, rarity, self._weights) for reading, rarity in zip(readings, rarities, strict=True)]
        self._pieces.put(("told", number, msgspec.msgpack.encode(each)) for number, each in enumerate(found, start))
        self._pieces.put(
            ("bare", number, msgspec.msgpack.encode([_bare(one) for one in each]))
            for number, each in enumerate(found, start)
        )
        happenings = [one.happening for each in found for one in each]
        base = len(self._parent)
        for each in found:
            self._first.append(self._first[-1] + len(each))
        self._parent.extend(range(base, base + len(happenings)))
        self.home.extend("" for _ in happenings)
        self.dirty.update(range(base, len(self._parent)))
        vectors = [
            rarity.vector(one.happening.terms) for rarity, each in zip(rarities, found, strict=True) for one in each
        ]
        openings = [
            rarity.vector(one.happening.lead_terms)
            for rarity, each in zip(rarities, found, strict=True)
            for one in each
        ]
        near = [self.nearby.take(happenings, vectors, openings)]
        near += [self.nearby.within(self._numbers(number)) for number in range(start, self.reports)]
        place_of = dict(earlier) | known
        copied = [self._across(place_of[one], place_of[two]) for one, two in pairs]
        new = dict(enumerate(happenings, base))
        places = [start + at for at, each in enumerate(found) for _ in each]
        era_of = (self.eras.of(place) for place in places)
        self._score(_united(near, copied), pairs, new, zip(era_of, happenings, vectors, openings, strict=True))

    def rescore(self, pairs: Mapping[tuple[int, int], CopyPair | None]) -> None:
        """Score the happenings of these (earlier, later) reports again: how their texts relate is seen otherwise.

        None: they are held to be independent now.
        """
        by_later: defaultdict[int, list[tuple[int, CopyPair | None]]] = defaultdict(list)
        for (early, late), pair in pairs.items():
            by_later[late].append((early, pair))
        for late, others in sorted(by_later.items()):
            kept = self._edges([late])
            gone = np.zeros(len(kept[0]), dtype=np.bool_)
            for early, _ in others:
                numbers = self._numbers(early)
                gone |= (kept[1] >= numbers.start) & (kept[1] < numbers.stop)
            again = gone & (kept[3] == 1)
            copied = [self._across(early, late) for early, pair in others if pair is not None]
            shared = {(pair.first, pair.second): pair for _, pair in others if pair is not None}
            for side in (kept[0], kept[1]):
                self.dirty.update(side[gone].tolist())
            self._put(late, tuple(column[~gone] for column in kept))
            self._score(_united([(kept[0][again], kept[1][again])], copied), shared, append=True)

    def _score(
        self,
        edges: tuple[Numbers, Numbers, Any],
        pairs: Pairs,
        new: Mapping[int, Happening] | None = None,
        worked_out: Iterable[tuple[int, Happening, dict[str, float], dict[str, float]]] = (),
        *,
        append: bool = False,
    ) -> None:
        """Score pairs of happenings; `new` are at hand, `worked_out` their words by era.

        First without words, for which nearly all of what is kept of a happening is needed: most pairs are settled then.
        """
        later, earlier, near = edges
        if len(later) == 0:
            return
        at_hand = dict(new or {})
        happenings = self._happenings(np.union1d(later, earlier).tolist(), "bare", at_hand)
        comparer = self._comparer({self._report(number): one.report for number, one in happenings.items()}, pairs)
        for each in worked_out:
            comparer.know(*each)
        ends = list(zip(later.tolist(), earlier.tolist(), strict=True))
        scores = np.array([comparer.without_words(*_in_order(happenings[one], happenings[two])) for one, two in ends])
        near_enough = np.flatnonzero(scores + self._most_by_words > 0).tolist()
        happenings = self._happenings({end for at in near_enough for end in ends[at]}, "told", at_hand)
        scores = np.full(len(ends), _LATER)
        for at in near_enough:
            one, two = ends[at]
            scores[at] = comparer.compare(*_in_order(happenings[one], happenings[two]), explain=False).score
        for one, two in zip(later[scores > 0].tolist(), earlier[scores > 0].tolist(), strict=True):
            left, right = self._root(one), self._root(two)
            self._parent[max(left, right)] = min(left, right)
        if append:
            self.dirty.update(later.tolist())
            self.dirty.update(earlier.tolist())
        owners = np.searchsorted(np.frombuffer(self._first.tobytes(), dtype=np.uint32), later, side="right") - 1
        for report in np.unique(owners).tolist():
            mine = owners == report
            rows = (later[mine], earlier[mine], scores[mine], near[mine])
            if append:
                rows = tuple(np.concatenate(both) for both in zip(self._edges([report]), rows, strict=True))  # type: ignore[assignment]
            self._put(report, rows)

    def _comparer(self, reports: Mapping[int, str], pairs: Pairs) -> Comparer:
        """For happenings of these reports, ids by place."""
        eras = {report: self.eras.of(place) for place, report in reports.items()}
        return Comparer(pairs, eras, self.eras.rarity, self._weights)

    def _across(self, one: int, two: int) -> tuple[Numbers, Numbers]:
        early, late = self._numbers(min(one, two)), self._numbers(max(one, two))
        later = np.repeat(np.arange(late.start, late.stop, dtype=np.uint32), len(early))
        return later, np.tile(np.arange(early.start, early.stop, dtype=np.uint32), len(late))

    def _numbers(self, report: int) -> range:
        return range(self._first[report], self._first[report + 1])

    def _report(self, number: int) -> int:
        return bisect_right(self._first, number) - 1

    def _told(self, numbers: Iterable[int], kind: str = "told") -> dict[int, Told]:
        """What the reports of these happenings tell; `kind` "bare": without words."""
        reports = sorted({self._report(number) for number in numbers})
        decoder = msgspec.msgpack.Decoder(list[Told])
        found = self._pieces.get(kind, reports)
        return {
            self._first[report] + at: one for report in reports for at, one in enumerate(decoder.decode(found[report]))
        }

    def _happenings(self, numbers: Iterable[int], kind: str, at_hand: Mapping[int, Happening]) -> dict[int, Happening]:
        wanted = set(numbers)
        found = {number: at_hand[number] for number in wanted & at_hand.keys()}
        rest = wanted - found.keys()
        return found | {number: one.happening for number, one in self._told(rest, kind).items() if number in rest}

    def _put(self, report: int, rows: tuple[Any, ...]) -> None:
        names = Edges.__struct_fields__
        edges = Edges(**{name: column.tobytes() for name, column in zip(names, rows, strict=True)})
        self._pieces.put([("edges", report, msgspec.msgpack.encode(edges))])

    def _edges(self, reports: Sequence[int]) -> tuple[Any, Any, Any, Any]:
        decoder = msgspec.msgpack.Decoder(Edges)
        kinds = (np.uint32, np.uint32, np.float64, np.uint8)
        found = [decoder.decode(data) for _, data in sorted(self._pieces.get("edges", reports).items())]
        columns = [
            np.concatenate([np.empty(0, dtype=kind), *(np.frombuffer(getattr(one, name), dtype=kind) for one in found)])
            for name, kind in zip(Edges.__struct_fields__, kinds, strict=True)
        ]
        return columns[0], columns[1], columns[2], columns[3]

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
        stories = self._told(numbers)
        keys = {number: stories[number].happening.key for number in numbers}
        home = {number: at for at, component in enumerate(components) for number in component}
        reports = {self._report(number): stories[number].happening.report for number in numbers}
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
                left, right = self._root(one), self._root(two)
                self._parent[max(left, right)] = min(left, right)
        by_key = {keys[number]: number for number in numbers}
        found = []
        for component, within in zip(components, inside, strict=True):
            for group in average_linkage([keys[number] for number in component], within):
                members = [by_key[key] for key in group]
                found.append((gathered([stories[number] for number in members], comparer, published), members))
        return found

    def _settled(
        self, reports: Sequence[int], home: Mapping[int, int], stories: Mapping[int, Told], comparer: Comparer
    ) -> tuple[Any, Any, Any, Any]:
        """The edges of these reports; scores that were left for later are worked out, and kept, within a component."""
        later, earlier, scores, near = self._edges(reports)
        scores = scores.copy()
        left = [
            (at, one, two)
            for at in np.flatnonzero(scores == _LATER).tolist()
            if (one := int(later[at])) in home and home[one] == home.get(two := int(earlier[at]), -1)
        ]
        for at, one, two in left:
            ends = _in_order(stories[one].happening, stories[two].happening)
            scores[at] = comparer.compare(*ends, explain=False).score
        if left:
            owner = np.searchsorted(np.frombuffer(self._first.tobytes(), dtype=np.uint32), later, side="right") - 1
            for report in sorted({int(owner[at]) for at, _, _ in left}):
                mine = owner == report
                self._put(report, (later[mine], earlier[mine], scores[mine], near[mine]))
        return later, earlier, scores, near

    def reports_of(self, numbers: Iterable[int]) -> set[int]:
        """The places of the reports that tell these happenings."""
        return {self._report(number) for number in numbers}

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
        return {self.home[number] for report in reports for number in self._numbers(report)}

    def dump(self) -> dict[str, Any]:
        """The state as plain values, postings left out."""
        return {
            "nearby": self.nearby.dump(), "first": self._first.tobytes(), "parent": self._parent.tobytes(),
            "home": self.home, "dirty": sorted(self.dirty),
        }  # fmt: skip

    def load(self, state: Mapping[str, Any]) -> None:
        """Put back what `dump` gave."""
        self.nearby.load(state["nearby"])
        self._first = array("I")
        self._first.frombytes(state["first"])
        self._parent.frombytes(state["parent"])
        self.home = list(state["home"])
        self.dirty = set(state["dirty"])


def _bare(one: Told) -> Told:
    """Without words."""
    return replace(one, happening=replace(one.happening, terms={}, lead_terms={}))


def _in_order(one: Happening, two: Happening) -> tuple[Happening, Happening]:
    return (one, two) if one.key < two.key else (two, one)


def _united(
    near: Sequence[tuple[Numbers, Numbers]], copied: Sequence[tuple[Numbers, Numbers]]
) -> tuple[Numbers, Numbers, Any]:
    """All pairs, each once, as (later, earlier, whether it stands by nearness)."""
    sides = [[np.asarray(pair[side], dtype=np.uint64) for pair in (*near, *copied)] for side in (0, 1)]
    later, earlier = (np.concatenate([np.empty(0, dtype=np.uint64), *side]) for side in sides)
    by_nearness = np.arange(len(later)) < sum(len(pair[0]) for pair in near)
    pairs, first = np.unique((later << np.uint64(32)) | earlier, return_index=True)
    # np.unique names the first of equals, and those by nearness stand first
    return (
        (pairs >> np.uint64(32)).astype(np.uint32),
        (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        by_nearness[first].astype(np.uint8),
    )


def cluster(
    readings: Iterable[Reading],
    copies: Iterable[CopyPair] = (),
    *,
    known: Iterable[Cluster] = (),
    weights: Weights | None = None,
) -> tuple[Cluster, ...]:
    """Clusters of claims, in order of their ids; the order of readings and pairs does not matter.

    Claims that are hoped, called for, planned or hypothetical make no incident. With `known`, a cluster that
    holds the claims of an earlier one keeps its id; ids that merge into another stay as its aliases.
    """
    read = sorted(readings, key=lambda reading: reading.report.id)
    rarity = Rarity.of(claim for reading in read for claim in claims_as_happenings(reading))
    pairs = {(pair.first, pair.second): pair for pair in copies if pair.label != "independent"}
    linker = Linker(MemoryPieces(), Eras.one(rarity), weights or packaged_weights())
    linker.take(read, pairs, {})
    published = {reading.report.id: reading.report.published or "9999" for reading in read}
    found = [one for part in linker.touched() for one, _ in linker.grouped(part, pairs, published)]
    return settle_ids(found, known)
