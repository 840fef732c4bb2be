"""A case that grows: what its reports share and tell, kept so that new reports are compared with it and no more.

Everything is taken in in one order, and what a report meets depends only on the reports before it; so a case that
grew step by step and one that was taken in at once are the same, byte for byte (tests/test_growing.py).
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec
import numpy as np

from evenhand.grouping.blocks import Blocks
from evenhand.grouping.candidates import BUCKET
from evenhand.grouping.clusters import Homes, settled
from evenhand.grouping.comparing import Weights, packaged_weights
from evenhand.grouping.copies import CopyIndex, CopySettings, groups
from evenhand.grouping.extracts import Batch, ClaimsExtract, TextExtract, claims
from evenhand.grouping.incidents import settle_ids
from evenhand.grouping.linking import WAITING, Linker
from evenhand.grouping.pieces import Pieces
from evenhand.grouping.postings import Postings
from evenhand.grouping.rarity import Eras, Rarity, Words
from evenhand.grouping.scoring import Pairs, Run, here
from evenhand.model.evidence import Record
from evenhand.model.incident import Cluster, CopyGroup, CopyPair
from evenhand.model.report import Report

_LABELS = ("independent", "partial", "copy")
_NO_LABEL = 255
_CHUNK = 1 << 25
"""Bytes of a piece of postings: databases refuse values of a gigabyte."""
Rule = Callable[[Sequence[CopyPair], frozenset[tuple[str, str]]], Sequence[CopyPair]]
"""Puts people's decisions over the labels of these pairs, and adds those of the named pairs that share no text."""


class GrowthSettings(Record, frozen=True, kw_only=True):
    """`words_from`: up to this many reports the rarity of words is counted over all, then over the first 2^k as many.

    1,024: on FA-KES (652 reports) all count; a case must double before the weights of its words are renewed. `bucket`:
    most earlier happenings of one time and place that a later one is compared with. `at_once` bounds memory only.
    """

    copies: CopySettings = CopySettings()
    words_from: int = 1024
    bucket: int = BUCKET
    at_once: int = 250


class Regrouping(Record, frozen=True, kw_only=True):
    """What a step changed: ids that are gone, clusters that are new or otherwise, ids to be graded (again)."""

    gone: tuple[str, ...]
    clusters: tuple[Cluster, ...]
    grade: tuple[str, ...]


class Growth:
    """Copies and clusters of a growing list of reports. `reports` gives the texts of earlier ones, by place."""

    def __init__(
        self,
        pieces: Pieces,
        reports: Callable[[Sequence[int]], Sequence[Report]],
        settings: GrowthSettings | None = None,
        weights: Weights | None = None,
        rule: Rule | None = None,
        decided: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._pieces, self._settings = pieces, settings or GrowthSettings()
        self._weights = weights or packaged_weights()
        self._rule, self._decided = rule, decided
        self.copies = CopyIndex(self._settings.copies, pieces, reports)
        self._texts, self._carriers = 0, Counter[str]()
        self._frozen: list[Words] = []
        self._labels, self._shares = array("B"), array("d")
        self.groups: tuple[CopyGroup, ...] = ()
        self.relabelled: set[int] = set()
        self._first, self._anew = 0, True
        self.trail = ""
        self.linker = Linker(pieces, Eras.one(Rarity(0, {})), self._weights, self._settings.bucket)
        self._homes = Homes()
        self._blocks = Blocks(pieces, "growth")

    def __len__(self) -> int:
        return len(self.copies.marks)

    def take_texts(self, part: Sequence[TextExtract]) -> None:
        """Compare the texts of the next reports with those that are there, and count their words."""
        start = len(self)
        self.copies.take_texts([one.text for one in part])
        for place, one in enumerate(part, start + 1):
            self._carriers.update(one.terms)
            self._texts += bool(one.terms)
            if place == self._settings.words_from << len(self._frozen):
                self._frozen.append(Words(place=place, reports=self._texts, carriers=dict(self._carriers)))

    def settle_texts(self) -> None:
        """Label the pairs that are new or whose background changed; score again what is seen otherwise now."""
        numbers = sorted(self.copies.changed)
        again: dict[tuple[int, int], CopyPair | None] = {}
        self._labels.extend([_NO_LABEL] * (len(self.copies.first) - len(self._labels)))
        self._shares.extend([0.0] * (len(self.copies.first) - len(self._shares)))
        for number, pair in zip(numbers, self._ruled(self.copies.labelled(numbers)), strict=True):
            label = _LABELS.index(pair.label)
            ends = self.copies.first[number], self.copies.second[number]
            if label != self._labels[number] and max(ends) < self.linker.reports:
                again[min(ends), max(ends)] = pair if label else None
            self._labels[number], self._shares[number] = label, pair.shared
        self.relabelled.update(numbers)
        self.copies.changed.clear()
        first = min(len(self), self._settings.words_from)
        if first == self._first:
            self.linker.eras = self._eras()
            if again:
                self.linker.score(self._among)
                self.linker.rescore(again)
        else:  # words are weighed otherwise now in the first era: every happening is to be compared again
            self._first, self._anew = first, True
            self.linker = Linker(self._pieces, self._eras(), self._weights, self._settings.bucket)
            self._homes = Homes()

    def _eras(self) -> Eras:
        """The first era is counted over its own reports, each later one over all before it."""
        now = Words(place=0, reports=self._texts, carriers=self._carriers)
        words = [self._frozen[0], *self._frozen] if self._frozen else [now]
        starts = [0, *(one.place for one in self._frozen)]
        return Eras(starts, words)

    def _ruled(self, pairs: Iterable[CopyPair]) -> Iterator[CopyPair]:
        for pair in pairs:
            key = (pair.first, pair.second)
            yield self._rule([pair], frozenset({key}))[0] if self._rule and key in self._decided else pair

    def missing(self) -> range:
        """Places of the reports whose claims are yet to be taken in."""
        return range(self.linker.reports, len(self))

    def extractor(self) -> Callable[[], Callable[[Batch], tuple[ClaimsExtract, ...]]]:
        """What an engine prepares to draw the claims of `missing` reports; to be asked for after `settle_texts`."""
        return partial(claims, self.linker.eras, self._weights)

    def take_claims(self, part: Sequence[ClaimsExtract]) -> None:
        """Compare what the next reports tell with what is near; they are those at the first places of `missing`."""
        start = self.linker.reports
        pairs = self._pairs(range(start, start + len(part)))
        number = self.copies.number
        self.linker.take(part, pairs, {end: number[end] for key in pairs for end in key})
        if self.linker.waiting > WAITING:
            self.linker.score(self._among)

    def _among(self, reports: set[int]) -> Pairs:
        return self._pairs(reports, reports)

    def _pairs(self, reports: Iterable[int], among: set[int] | None = None) -> dict[tuple[str, str], CopyPair]:
        """The pairs, not independent, whose later report is one of these (and whose earlier is `among`), ruled."""
        wanted = np.array(sorted(reports), dtype=np.uint32)
        first, second = (np.array(side, dtype=np.uint32) for side in (self.copies.first, self.copies.second))
        later, earlier = np.maximum(first, second), np.minimum(first, second)
        low, high = np.searchsorted(later, wanted, "left"), np.searchsorted(later, wanted, "right")
        numbers = [
            number
            for start, stop in zip(low.tolist(), high.tolist(), strict=True)
            for number in range(start, stop)
            if self._labels[number] and (among is None or int(earlier[number]) in among)
        ]
        found = list(self.copies.labelled(numbers))
        if self._rule and self._decided:
            here = self._known_decided(set(wanted.tolist()), among)
            found = [pair for pair in self._rule(found, here) if pair.label != "independent"]
        return {(pair.first, pair.second): pair for pair in found}

    def _known_decided(self, later: set[int], among: set[int] | None) -> frozenset[tuple[str, str]]:
        number = self.copies.number
        places = {key: sorted((number[key[0]], number[key[1]])) for key in self._decided if set(key) <= number.keys()}
        return frozenset(key for key, (one, two) in places.items() if two in later and (among is None or one in among))

    def regroup(self, known: Callable[[Sequence[str] | None], Sequence[Cluster]], run: Run = here) -> Regrouping:
        """Group what was touched; `known` gives the clusters of the last time: of these ids, or all.

        `run` gathers the groups to clusters. Ids stay as `settle_ids` has it. To be called once the claims of every
        report are taken in.
        """
        linker, number, homes = self.linker, self.copies.number, self._homes
        homes.grow(len(linker.tellings))
        marks = self.copies.marks

        def published(place: int) -> str:
            return marks[place].published or "9999"

        found = list(settled(linker, self._among, published, run))
        before = homes.leave([one for _, members in found for one in members])
        old = {one.id: one for one in known(None if self._anew else sorted(before))}
        members_of = {one.claims: members for one, members in found}
        own = {one.id for one, _ in found}
        kept = {one.id for one in known(sorted(own - old.keys()))}

        def elsewhere(name: str) -> bool:
            """Whether an untouched cluster bears this id; one that is made of another is asked for by itself."""
            return name in kept or (name not in own and name not in old and bool(known([name])))

        mine = settle_ids((one for one, _ in found), old.values(), elsewhere)
        for one in mine:
            homes.enter(members_of[one.claims], one.id)
        self._anew = False
        changed = tuple(one for one in mine if old.get(one.id) != one)
        groups_before, self.groups = set(self.groups), self._groups()
        moved = {number[report] for group in groups_before ^ set(self.groups) for report in group.reports}
        return Regrouping(
            gone=tuple(sorted(old.keys() - {one.id for one in mine})),
            clusters=changed,
            grade=tuple(
                sorted(
                    {one.id for one in changed}
                    | {homes.names[one] for report in moved for one in linker.tellings.numbers(report)}
                )
            ),
        )

    def _groups(self) -> tuple[CopyGroup, ...]:
        copy, marks = _LABELS.index("copy"), self.copies.marks
        ends = zip(self.copies.first, self.copies.second, self._labels, self._shares, strict=True)
        copied = [
            CopyPair(first=marks[one].id, second=marks[two].id, label="copy", shared=share, why="")
            for one, two, label, share in ends
            if label == copy
        ]
        if self._rule and self._decided:
            copied = list(self._rule(copied, self._known_decided(set(range(len(self))), None)))
        return groups(copied, self.copies.marks)

    def changed_pairs(self) -> Iterator[CopyPair]:
        """The pairs whose label or reason may be another than last time, as the machine labels them, in order."""
        return self.copies.labelled(sorted(self.relabelled))

    def save(self, stamp: str) -> Iterator[tuple[str, int, bytes]]:
        """The state as pieces: postings that are new since last time, and of the rest the blocks that changed."""
        self.copies.background.settle()
        postings = self._postings()
        for kind, each in postings.items():
            start = each.saved
            for at, data in enumerate(each.dump(start), start):
                yield from _chunks(kind, at, data)
        yield from self._blocks.changed({
            "stamp": stamp, "trail": self.trail, "copies": self.copies.dump(), "linker": self.linker.dump(),
            "homes": self._homes.names, "first": self._first, "anew": self._anew, "texts": self._texts,
            "carriers": list(self._carriers.items()), "frozen": self._frozen, "labels": self._labels.tobytes(),
            "shares": self._shares.tobytes(), "groups": self.groups, "relabelled": sorted(self.relabelled),
            "postings": [(kind, each.lengths()) for kind, each in postings.items()],
        })  # fmt: skip

    def _postings(self) -> dict[str, Postings]:
        """What is kept as sorted arrays, by the kind of piece."""
        copies = self.copies
        return {
            "fingerprints": copies.postings, "gram texts": copies.background.carriers,
            "gram pairs": copies.background.pairs, "buckets": self.linker.nearby.postings,
            "joins": self.linker.scored.joins,
        }  # fmt: skip

    def restore(self, stamp: str) -> bool:
        """Take up the kept state; whether there is one of this stamp."""
        state = self._blocks.read()
        if state.get("stamp") != stamp:
            return False
        self.copies.load(state["copies"])
        self.trail = state["trail"]
        self._texts, self._carriers = state["texts"], Counter(dict(state["carriers"]))
        self._frozen = msgspec.convert(state["frozen"], list[Words])
        self._labels.frombytes(state["labels"])
        self._shares.frombytes(state["shares"])
        self.groups = msgspec.convert(state["groups"], tuple[CopyGroup, ...])
        self.relabelled = set(state["relabelled"])
        self._first, self._anew = state["first"], state["anew"]
        self.linker = Linker(self._pieces, self._eras(), self._weights, self._settings.bucket)
        self.linker.load(state["linker"], [mark.id for mark in self.copies.marks])
        self._homes.names = state["homes"]
        targets = self._postings()
        for kind, lengths in state["postings"]:
            _load(self._pieces, kind, targets[kind], lengths)
        return True


def _load(pieces: Pieces, kind: str, target: Postings, lengths: Sequence[int]) -> None:
    for at, length in enumerate(lengths):
        target.load(length, _whole(pieces, kind, at))


def _chunks(kind: str, at: int, data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """A value in pieces; the last is shorter than the others, so that its end is seen."""
    for part in range(len(data) // _CHUNK + 1):
        yield kind, at * 1000 + part, data[part * _CHUNK : (part + 1) * _CHUNK]


def _whole(pieces: Pieces, kind: str, at: int) -> bytes:
    parts: list[bytes] = []
    while found := pieces.get(kind, [number := at * 1000 + len(parts)]):
        parts.append(found[number])
        if len(parts[-1]) < _CHUNK:
            break
    return b"".join(parts)
