"""Groups of happenings as clusters of claims, and the cluster in which each happening is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import msgspec

from evenhand.errors import EngineError
from evenhand.grouping.comparing import Weights, packaged_weights
from evenhand.grouping.extracts import of_claims
from evenhand.grouping.happenings import claims_as_happenings
from evenhand.grouping.incidents import Comparer, Told, gathered, settle_ids
from evenhand.grouping.linking import Linker, PairsOf
from evenhand.grouping.pieces import MemoryPieces
from evenhand.grouping.rarity import Eras, Rarity
from evenhand.grouping.scoring import Pairs, Run, here
from evenhand.model.incident import Cluster, CopyPair
from evenhand.model.reading import Reading

Grouped = tuple[Cluster, list[int]]
"""A cluster and the numbers of its happenings."""
_MEMBERS = 2000
"""Happenings gathered at a time: bounds memory."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of happenings to be gathered: each happening as its report's place and its number there.

    `told`: what these reports tell, as it is kept; `published`: the ISO dates of the reports, by id.
    """

    groups: tuple[tuple[tuple[int, int], ...], ...]
    told: Mapping[int, bytes]
    pairs: Pairs
    published: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.groups)


Gather = Callable[[Groups], tuple[Cluster, ...]]


def lost(part: Sized) -> NoReturn:
    """Nothing is left out: where workers die on some pairs or groups, the run stops and says so."""
    raise EngineError(
        f"the processes that group claims died twice on the same {len(part)} of them; run again with --jobs 1 "
        "to see why, or with more memory"
    )


def settled(linker: Linker, pairs: PairsOf, published: Callable[[int], str], run: Run = here) -> Iterator[Grouped]:
    """The clusters of what changed; `published` gives a report's ISO date, "9999" where none is known."""
    linker.score(pairs, run)
    groups = linker.settling.settle(lambda reports: linker.comparer(reports, pairs(reports)))
    parts = list(_parts(groups))
    batches = (_batch(linker, part, pairs, published) for part in parts)
    for part, clusters in zip(parts, run(partial(_prepared, linker.eras, linker.weights), batches), strict=True):
        yield from zip(clusters, part, strict=True)


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


def _batch(linker: Linker, groups: Sequence[list[int]], pairs: PairsOf, published: Callable[[int], str]) -> Groups:
    tellings = linker.tellings
    reports = tellings.reports_of(number for group in groups for number in group)
    return Groups(
        groups=tuple(tuple(map(tellings.place, group)) for group in groups),
        told=tellings.kept(sorted(reports)),
        pairs=pairs(reports),
        published={tellings.id(report): published(report) for report in reports},
    )


def _prepared(eras: Eras, weights: Weights) -> Gather:
    return partial(_gathered, eras, weights)


def _gathered(eras: Eras, weights: Weights, part: Groups) -> tuple[Cluster, ...]:
    decoder = msgspec.msgpack.Decoder(list[Told])
    told = {report: decoder.decode(data) for report, data in part.told.items()}
    era_of = {stories[0].happening.report: eras.of(report) for report, stories in told.items()}
    comparer = Comparer(part.pairs, era_of, eras.rarity, weights)
    return tuple(
        gathered([told[report][at] for report, at in group], comparer, part.published) for group in part.groups
    )


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
