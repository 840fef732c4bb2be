"""Groups of happenings as clusters of claims, and the cluster in which each happening is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from evenhand.grouping.comparing import Weights, packaged_weights
from evenhand.grouping.extracts import of_claims
from evenhand.grouping.happenings import claims_as_happenings
from evenhand.grouping.incidents import gathered, settle_ids
from evenhand.grouping.linking import Linker, Pairs
from evenhand.grouping.pieces import MemoryPieces
from evenhand.grouping.rarity import Eras, Rarity
from evenhand.model.incident import Cluster, CopyPair
from evenhand.model.reading import Reading

Grouped = tuple[Cluster, list[int]]
"""A cluster and the numbers of its happenings."""
PairsOf = Callable[[set[int]], Pairs]
"""The copy pairs among the reports at these places."""
_MEMBERS = 2000
"""Happenings gathered at a time: bounds memory."""


def settled(linker: Linker, pairs: PairsOf, published: Callable[[int], str]) -> Iterator[Grouped]:
    """The clusters of what changed; `published` gives a report's ISO date, "9999" where none is known."""
    groups = linker.settling.settle(lambda reports: linker.comparer(reports, pairs(reports)))
    for part in _parts(groups):
        yield from _gathered(linker, part, pairs, published)


def _parts(groups: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    part: list[list[int]] = []
    members = 0
    for group in groups:
        part.append(group)
        members += len(group)
        if members >= _MEMBERS:
            yield part
            part, members = [], 0
    if part:
        yield part


def _gathered(
    linker: Linker, groups: Sequence[list[int]], pairs: PairsOf, published: Callable[[int], str]
) -> Iterator[Grouped]:
    numbers = [number for group in groups for number in group]
    stories, reports = linker.tellings.told(numbers), linker.tellings.reports_of(numbers)
    comparer = linker.comparer(reports, pairs(reports))
    days = {linker.tellings.id(report): published(report) for report in reports}
    for group in groups:
        yield gathered([stories[number] for number in group], comparer, days), group


class Homes:
    """The cluster of each happening, "" where it is in none yet."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def grow(self, count: int) -> None:
        """There are so many happenings now."""
        self.names.extend("" for _ in range(count - len(self.names)))

    def leave(self, numbers: Iterable[int]) -> set[str]:
        """Take happenings out of their clusters; returns those."""
        gone = set()
        for number in numbers:
            gone.add(self.names[number])
            self.names[number] = ""
        return gone - {""}

    def enter(self, numbers: Iterable[int], cluster: str) -> None:
        """Put happenings into a cluster."""
        for number in numbers:
            self.names[number] = cluster


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
    pairs: Mapping[tuple[str, str], CopyPair] = {
        (pair.first, pair.second): pair for pair in copies if pair.label != "independent"
    }
    eras, weights = Eras.one(rarity), weights or packaged_weights()
    linker = Linker(MemoryPieces(), eras, weights)
    linker.take([of_claims(one, eras, place, weights) for place, one in enumerate(read)], pairs, {})
    found = settled(linker, lambda reports: pairs, lambda place: read[place].report.published or "9999")
    return settle_ids((one for one, _ in found), known)
