"""Happenings scored bit by bit: what comes is compared with what is near, and with what shares its text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from evenhand.grouping.bounds import Bounds
from evenhand.grouping.candidates import BUCKET, Nearby
from evenhand.grouping.comparing import Weights
from evenhand.grouping.edges import AT_MOST, NEAR, ScoredPairs, united
from evenhand.grouping.extracts import ClaimsExtract
from evenhand.grouping.incidents import Comparer
from evenhand.grouping.pieces import Pieces
from evenhand.grouping.postings import Numbers
from evenhand.grouping.rarity import Eras
from evenhand.grouping.scoring import Pairs, Run, Stretch, here, in_order, scorer
from evenhand.grouping.settling import Settling
from evenhand.grouping.tellings import Tellings
from evenhand.model.incident import CopyPair

PairsOf = Callable[[set[int]], Pairs]
"""The copy pairs among the reports at these places."""
_AT_ONCE = 20_000
"""Pairs scored at a time, of some hundreds of reports: bounds memory."""
_SIDES = ("later", "earlier")
WAITING = 1 << 24
"""Most pairs that wait to be scored, eight bytes each: those of half a million reports."""


class Linker:
    """Reports by their place in the case, their happenings by number, in the order they came."""

    def __init__(self, pieces: Pieces, eras: Eras, weights: Weights, bucket: int = BUCKET) -> None:
        self.eras, self.weights = eras, weights
        self.nearby, self._bounds = Nearby(bucket), Bounds(weights)
        self.tellings = self._tellings = Tellings(pieces)
        self.scored = self._scored = ScoredPairs(pieces, self._tellings.report)
        self.settling = Settling(self._tellings, self._scored, self.nearby.days)
        self._waiting: list[tuple[Numbers, Numbers]] = []

    @property
    def reports(self) -> int:
        """How many reports were taken in."""
        return self._tellings.reports

    def take(self, extracts: Sequence[ClaimsExtract], pairs: Pairs, earlier: Mapping[str, int]) -> None:
        """Score the happenings of the next reports; `earlier` gives the places of all reports that `pairs` name."""
        start = self.reports
        known = {each.report: number for number, each in enumerate(extracts, start)}
        self._tellings.add(extracts)
        self.settling.add(sum(len(each.claims) for each in extracts))
        where = [one for each in extracts for one in each.where]
        self._bounds.add([one.traits for one in where])
        near = [self.nearby.take(where)]
        near += [self.nearby.within(self._tellings.numbers(number)) for number in range(start, self.reports)]
        place_of = dict(earlier) | known
        related = [(place_of[one], place_of[two]) for one, two in pairs]
        edges = united(near, [self._across(*ends) for ends in related])
        if len(edges[0]):
            most = self._most(edges, related)
            self._waiting.append((edges[0][most > 0], edges[1][most > 0]))
            self._keep(edges, np.minimum(most, 0.0), np.ones(len(most), dtype=np.bool_))

    @property
    def waiting(self) -> int:
        """How many pairs are yet to be scored."""
        return sum(len(later) for later, _ in self._waiting)

    def score(self, pairs: PairsOf, run: Run = here) -> None:
        """Score the pairs that wait; to be done before the groups are settled, and before `rescore`."""
        if not self.waiting:
            return
        later, earlier = (np.concatenate([each[side] for each in self._waiting]) for side in (0, 1))
        order = np.lexsort((later, np.array(self.nearby.days(later.tolist()))))
        later, earlier = later[order], earlier[order]
        parts = [slice(start, start + _AT_ONCE) for start in range(0, len(later), _AT_ONCE)]
        stretches = (self._stretch(later[part], earlier[part], pairs) for part in parts)
        found = list(run(partial(scorer, self.eras, self.weights), stretches))
        scores, open_ = (np.concatenate([each[side] for each in found]) for side in (0, 1))
        self._scored.join(later[scores > 0], earlier[scores > 0])
        self._scored.settle(later, earlier, scores, open_)
        self._waiting = []

    def _stretch(self, later: Numbers, earlier: Numbers, pairs: PairsOf) -> Stretch:
        ends = np.column_stack((*self._tellings.places(later), *self._tellings.places(earlier)))
        reports = set(np.union1d(ends[:, 0], ends[:, 2]).tolist())
        return Stretch(ends, self._tellings.kept(sorted(reports)), pairs(reports))

    def rescore(self, pairs: Mapping[tuple[int, int], CopyPair | None]) -> None:
        """Score the happenings of these (earlier, later) reports again: how their texts relate is seen otherwise.

        None: they are held to be independent now.
        """
        by_later: defaultdict[int, list[tuple[int, CopyPair | None]]] = defaultdict(list)
        for (early, late), pair in pairs.items():
            by_later[late].append((early, pair))
        for late, others in sorted(by_later.items()):
            later, earlier, scores, nearness = self._scored.of([late])
            gone = np.zeros(len(later), dtype=np.bool_)
            for early, _ in others:
                numbers = self._tellings.numbers(early)
                gone |= (earlier >= numbers.start) & (earlier < numbers.stop)
            again = gone & (nearness & NEAR != 0)
            related = [(early, late) for early, pair in others if pair is not None]
            shared = {(pair.first, pair.second): pair for _, pair in others if pair is not None}
            for side in (later, earlier):
                self.settling.dirty.update(side[gone].tolist())
            self._scored.put(late, (later[~gone], earlier[~gone], scores[~gone], nearness[~gone]))
            copied = [self._across(*ends) for ends in related]
            self._score_again(united([(later[again], earlier[again])], copied), shared, related)

    def _score_again(
        self, edges: tuple[Numbers, Numbers, Any], pairs: Pairs, related: Sequence[tuple[int, int]]
    ) -> None:
        """Score further pairs of reports that have some; `related` are the reports that `pairs` names, by place."""
        later, earlier, _ = edges
        if len(later) == 0:
            return
        scores = self._most(edges, related)
        open_ = scores <= 0
        scores[~open_] = self._scores(later[~open_], earlier[~open_], pairs)
        self._scored.join(later[scores > 0], earlier[scores > 0])
        self.settling.dirty.update(later.tolist())
        self.settling.dirty.update(earlier.tolist())
        self._keep(edges, scores, open_, append=True)

    def _most(self, edges: tuple[Numbers, Numbers, Any], related: Sequence[tuple[int, int]]) -> Any:
        """What these score at most by what is known of them without looking; above 0 few do.

        `related`: the reports that share text, by place.
        """
        later, earlier, _ = edges
        shared = self._share_text(later, earlier, related)
        return self._bounds.most(later, earlier) + np.where(shared, self._bounds.by_text, 0.0)

    def _keep(self, edges: tuple[Numbers, Numbers, Any], scores: Any, open_: Any, *, append: bool = False) -> None:
        """Put pairs in order of the later with their scores, or the most that they can be where `open_` holds."""
        later, earlier, near = edges
        near = near | np.where(open_, AT_MOST, 0).astype(np.uint8)
        owners = self._tellings.owners(later)
        keep = self._scored.add if append else self._scored.put
        reports, starts = np.unique(owners, return_index=True)
        for number, start, end in zip(reports.tolist(), starts, [*starts[1:], len(owners)], strict=True):
            mine = slice(start, end)
            keep(number, (later[mine], earlier[mine], scores[mine], near[mine]))

    def _scores(self, later: Numbers, earlier: Numbers, pairs: Pairs) -> list[float]:
        happenings = self._tellings.happenings(np.union1d(later, earlier).tolist())
        comparer = self.comparer(self._tellings.reports_of(happenings), pairs)
        ends = zip(later.tolist(), earlier.tolist(), strict=True)
        return [comparer.compare(*in_order(happenings[one], happenings[two]), explain=False).score for one, two in ends]

    def _share_text(self, later: Numbers, earlier: Numbers, related: Sequence[tuple[int, int]]) -> Any:
        """Whether the reports of each pair of happenings are among these."""
        known = np.array([max(ends) << 32 | min(ends) for ends in related], dtype=np.int64)
        return np.isin(self._tellings.owners(later) << 32 | self._tellings.owners(earlier), known)

    def comparer(self, reports: Iterable[int], pairs: Pairs) -> Comparer:
        """For happenings of the reports at these places."""
        eras = {self._tellings.id(place): self.eras.of(place) for place in reports}
        return Comparer(pairs, eras, self.eras.rarity, self.weights)

    def _across(self, one: int, two: int) -> tuple[Numbers, Numbers]:
        early, late = self._tellings.numbers(min(one, two)), self._tellings.numbers(max(one, two))
        later = np.repeat(np.arange(late.start, late.stop, dtype=np.uint32), len(early))
        return later, np.tile(np.arange(early.start, early.stop, dtype=np.uint32), len(late))

    def dump(self) -> dict[str, Any]:
        """The state as plain values, postings left out."""
        return {
            "nearby": self.nearby.dump(), "bounds": self._bounds.dump(),
            "tellings": self._tellings.dump(), "settling": self.settling.dump(),
            "waiting": {
                name: b"".join(each[side].tobytes() for each in self._waiting) for side, name in enumerate(_SIDES)
            },
        }  # fmt: skip

    def load(self, state: Mapping[str, Any], ids: Sequence[str]) -> None:
        """Put back what `dump` gave; `ids` are those of the reports, in their order."""
        self.nearby.load(state["nearby"])
        self._bounds.load(state["bounds"])
        self._tellings.load(state["tellings"], ids)
        self.settling.load(state["settling"])
        later, earlier = (np.frombuffer(state["waiting"][name], dtype=np.uint32) for name in _SIDES)
        self._waiting = [(later, earlier)]
