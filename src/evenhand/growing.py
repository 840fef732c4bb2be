"""A case that grows by some reports: copies, incidents and grades brought up to date, nothing gone through again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from evenhand import assessing, grading, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.engine.base import Engine
from evenhand.engine.local import LocalEngine
from evenhand.grading import Batch, grader
from evenhand.grouping import clusters, extracts
from evenhand.grouping.growth import Growth, GrowthSettings, Regrouping
from evenhand.model.evidence import sha256_hex, to_json
from evenhand.model.incident import Cluster, CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.report import Report
from evenhand.reviewing import Decision, regroup, rule_on_copies, supersede
from evenhand.stages import Stages
from evenhand.standing import claim_types, locator, titled, with_rulings
from evenhand.store.base import Change, Encoded, Piece, Store
from evenhand.store.pieces import StoredPieces

A = TypeVar("A", bound=Sized)
B = TypeVar("B")
_GRADED_AT_ONCE = 100
_DRAWN_AT_ONCE = 200
"""Readings an engine is handed at a time: fewer than a thousand reports are not worth the start of its processes."""
_HELD = 2000
"""Incidents held until all are graded, so that the store is locked for their writing alone; more go in one by one."""
_OFTEN = 8
"""The state is kept when it has grown by an eighth: a stopped run loses little, and the cost a report is constant."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What incidents are graded with."""

    profile: Profile
    settings: AssessmentSettings
    decisions: tuple[Decision, ...] = ()

    def stamp(self) -> str:
        """Names everything an incident's record depends on besides its cluster, copies and readings."""
        own = (_code(assessing.__file__), assessing.rule_table().version, repr(self.profile), repr(self.settings))
        return sha256_hex("\n".join((*own, *(to_json(one).decode() for one in self.decisions))).encode())


@dataclass(slots=True)
class Grower:
    """One step of a case: the readings under `keys`, in the order in which they were added.

    `engine`: where incidents are graded. `keep_from`: the fewest reports after which the state is kept on the way.
    """

    store: Store
    judging: Judging
    keys: Sequence[str]
    settings: GrowthSettings = field(default_factory=GrowthSettings)
    engine: Engine = field(default_factory=LocalEngine)
    stages: Stages = field(default_factory=Stages)
    keep_from: int = 2000

    def run(self) -> Regrouping:
        """Bring the assessment up to date; returns what that changed. Stopped on the way, it goes on from there."""
        pieces = StoredPieces(self.store)
        growth = self._resumed(pieces)
        fresh = growth is None
        if growth is None:
            self.store.drop_pieces()
            growth = self._growth(pieces)
        self._take_in(growth, pieces)
        with self.stages.at("incidents") as stage:
            step = growth.regroup(self.store.clusters, self._run)
            stage.records += len(step.clusters)
        self._write(growth, pieces, step, fresh=fresh)
        return step

    def _run(self, prepare: Callable[[], Callable[[A], B]], items: Iterable[A]) -> Iterator[B]:
        return self.engine.map(prepare, items, clusters.lost)

    def _growth(self, pieces: StoredPieces) -> Growth:
        decided = frozenset(
            tuple(sorted((one.target.report or "", one.target.item))) for one in self.judging.decisions if _on_copy(one)
        )
        return Growth(pieces, self._reports, self.settings, rule=self._rule, decided=decided)  # type: ignore[arg-type]

    def _resumed(self, pieces: StoredPieces) -> Growth | None:
        """The kept state, where it was made in the same way from the first of our readings."""
        growth = self._growth(pieces)
        if growth.restore(self._stamp()) and growth.trail == _trail(self.keys[: len(growth)]):
            return growth
        return None

    def _stamp(self) -> str:
        """Names what the grouping was made with. A decision about incidents comes after it and changes nothing here."""
        before = [to_json(one).decode() for one in self.judging.decisions if one.target.kind != "incident"]
        return sha256_hex("\n".join((_code(grouping.__file__), repr(self.settings), *before)).encode())

    def _take_in(self, growth: Growth, pieces: StoredPieces) -> None:
        """Texts of all new reports, then what they claim; the state is kept now and then."""
        kept, new = len(growth) + len(growth.missing()), range(len(growth), len(self.keys))
        for texts in self._extracted("copies", extracts.texts, new):
            with self.stages.at("copies") as stage:
                growth.take_texts(texts)
                stage.records += len(texts)
                stage.bytes += sum(one.length for one in texts)
            kept = self._keep(growth, pieces, kept, len(growth))
        with self.stages.at("copies"):
            growth.settle_texts()
        kept = growth.missing().start
        for claims in self._extracted("incidents", growth.extractor(), growth.missing()):
            with self.stages.at("incidents"):
                growth.take_claims(claims)
            kept = self._keep(growth, pieces, kept, growth.missing().start)

    def _extracted(self, stage: str, prepare: Callable[[], Callable[[Any], Any]], places: range) -> Iterator[list[Any]]:
        """What the readings at these places bring, drawn by the engine, `at_once` of them at a time."""
        batches = (
            extracts.Batch(part.start, tuple(self._records([self.keys[place] for place in part])))
            for part in (places[at : at + _DRAWN_AT_ONCE] for at in range(0, len(places), _DRAWN_AT_ONCE))
        )
        drawn = chain.from_iterable(self.engine.map(prepare, batches, extracts.lost))
        while True:
            with self.stages.at(stage):
                part = list(islice(drawn, self.settings.at_once))
            if not part:
                return
            yield part

    def _keep(self, growth: Growth, pieces: StoredPieces, kept: int, done: int) -> int:
        if done - kept < max(self.keep_from, kept // _OFTEN):
            return kept
        with self.stages.at("keeping the state"):
            pieces.flush(self._saved(growth))
        return done

    def _write(self, growth: Growth, pieces: StoredPieces, step: Regrouping, *, fresh: bool) -> None:
        """Grade what the step names, or everything where it is judged otherwise now, and write all of it at once."""
        with self.stages.at("keeping the state"):
            pieces.flush()
        stamp, graded = self.judging.stamp().encode(), self.store.pieces("graded", [0]).get(0)
        anew = bool(self.judging.decisions) or stamp != graded
        incidents: Iterable[Incident | Encoded]
        if self.judging.decisions:
            incidents = self._all_decided(growth, step)
        else:
            incidents = self._graded(growth, self._all(step) if anew else step.grade, step.clusters)
            if not anew and len(step.grade) <= _HELD:
                incidents = list(incidents)
        change = Change(
            gone=step.gone, clusters=step.clusters, copies=growth.changed_pairs(), incidents=incidents,
            pieces=self._last(growth, stamp), copies_anew=fresh, incidents_anew=anew,
        )  # fmt: skip
        with self.stages.at("writing"):
            self.store.change_assessment(change)

    def _last(self, growth: Growth, stamp: bytes) -> Iterator[Piece]:
        growth.relabelled.clear()
        yield from self._saved(growth)
        yield "graded", 0, stamp

    def _saved(self, growth: Growth) -> Iterator[Piece]:
        growth.trail = _trail(self.keys[: len(growth)])
        yield from growth.save(self._stamp())

    def _all(self, step: Regrouping) -> Sequence[str]:
        there = {one.id for one in self.store.clusters()} - set(step.gone)
        return sorted(there | {one.id for one in step.clusters})

    def _graded(self, growth: Growth, ids: Sequence[str], changed: Sequence[Cluster]) -> Iterator[Encoded]:
        """Incidents of these clusters, a bounded number of readings held at a time."""
        work = grader(self.judging.profile, self.judging.settings)
        found = iter(self.engine.map(work, self._batches(growth, ids, changed), grading.lost))
        while True:
            with self.stages.at("grades") as stage:
                part = next(found, None)
                if part is None:
                    return
                stage.records += len(part)
            yield from part

    def _batches(self, growth: Growth, ids: Sequence[str], changed: Sequence[Cluster]) -> Iterator[Batch]:
        own = {one.id: one for one in changed}
        groups = {report: group for group in growth.groups for report in group.reports}
        number = growth.copies.number
        # incidents of one report stand together, so that it is read once for them
        first = {one.id: min(number[report] for report in one.reports) for one in changed}
        ids = sorted(ids, key=lambda name: (first.get(name, len(number)), name))
        for start in range(0, len(ids), _GRADED_AT_ONCE):
            part = ids[start : start + _GRADED_AT_ONCE]
            there = {one.id: one for one in self.store.clusters([name for name in part if name not in own])}
            clusters = tuple(own.get(name) or there[name] for name in part)
            reports = {report for cluster in clusters for report in cluster.reports}
            near = tuple(dict.fromkeys(groups[report] for report in sorted(reports) if report in groups))
            reports.update(report for group in near for report in group.reports)
            keys = [self.keys[place] for place in sorted(number[report] for report in reports)]
            yield Batch(clusters, near, tuple(self.store.records(keys)))

    def _all_decided(self, growth: Growth, step: Regrouping) -> tuple[Incident, ...]:
        """All incidents with people's decisions over the machine's clusters; these may move claims anywhere."""
        decisions = self.judging.decisions
        standing = {one.report.id: supersede(one, decisions) for one in self.store.readings(self.keys)}
        readings = {report: one.reading for report, one in standing.items()}
        clusters = {one.id: one for one in self.store.clusters() if one.id not in step.gone}
        clusters |= {one.id: one for one in step.clusters}
        settled = regroup(clusters.values(), decisions, locator(standing), claim_types(readings.values()))
        with self.stages.at("grades") as stage:
            found = assessing.assess_all(
                settled.clusters, readings=readings, copies=growth.groups, profile=self.judging.profile,
                settings=with_rulings(self.judging.settings, decisions),
            )  # fmt: skip
            stage.records += len(found)
        return titled(found, settled.titles)

    def _records(self, keys: Sequence[str]) -> Iterator[bytes]:
        if not self.judging.decisions:
            yield from self.store.records(keys)
            return
        for reading in self.store.readings(keys):
            yield to_json(supersede(reading, self.judging.decisions).reading)

    def _reports(self, places: Sequence[int]) -> list[Report]:
        return [reading.report for reading in self.store.readings([self.keys[place] for place in places])]

    def _rule(self, pairs: Sequence[CopyPair], named: frozenset[tuple[str, str]]) -> Sequence[CopyPair]:
        mine = [
            one
            for one in self.judging.decisions
            if _on_copy(one) and tuple(sorted((one.target.report or "", one.target.item))) in named
        ]
        return rule_on_copies(pairs, mine)


def _on_copy(decision: Decision) -> bool:
    return decision.target.kind == "copy"


def _trail(keys: Sequence[str]) -> str:
    return sha256_hex("\n".join(keys).encode())


@cache
def _code(package: str) -> str:
    """The hash of a package's own files: other rules or weights may group or grade otherwise."""
    folder = Path(package).parent
    own = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sha256_hex("\n".join(f"{path.name}:{sha256_hex(path.read_bytes())}" for path in own).encode())
