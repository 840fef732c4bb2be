"""The case on the desk: what is open, in memory, beside the tables."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa

from evenhand import assessing, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.custody import Case
from evenhand.errors import StoreError
from evenhand.model.incident import Cluster, CopyGroup, CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.report import Credit, OriginalRef, Report
from evenhand.reviewing import (
    Decision,
    SignOff,
    Superseded,
    hidden,
    hidden_names,
    hidden_words,
    in_force,
    incident_of,
    sign_offs,
    surnames,
)
from evenhand.reviewing.records import OF_A_REPORT
from evenhand.standing import with_rulings
from evenhand.store.database import DatabaseStore
from evenhand.workbench import rows, tables
from evenhand.workbench.piles import Piles
from evenhand.workbench.rows import Veil

_KEPT = 1500  # readings kept decoded
_READ = 100  # and of those as the reader made them


@dataclass(slots=True)
class Desk:
    """An open case. `settings` are the case file's, before people's decisions about origins."""

    case: Case
    store: DatabaseStore
    profile: Profile
    settings: AssessmentSettings
    engine: sa.Engine
    title: str = ""
    decisions: list[Decision] = field(default_factory=list)
    force: tuple[Decision, ...] = ()
    by_report: dict[str, list[Decision]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)
    incident_numbers: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    base: Piles = field(default_factory=lambda: Piles(()))
    piles: Piles = field(default_factory=lambda: Piles(()))
    titles: dict[str, str] = field(default_factory=dict)
    groups: dict[str, CopyGroup] = field(default_factory=dict)
    stubs: dict[str, Report] = field(default_factory=dict)
    signs: dict[str, SignOff] = field(default_factory=dict)
    marks: tuple[Decision, ...] = ()
    names: frozenset[str] = frozenset()
    orphans: dict[str, str] = field(default_factory=dict)
    told_orphans: dict[str, str] = field(default_factory=dict)
    known: dict[str, Decision] = field(default_factory=dict)
    cache: OrderedDict[str, Superseded] = field(default_factory=OrderedDict)
    read: dict[str, Reading] = field(default_factory=dict)
    _highest: int = 0

    def rule(self) -> None:
        """Work out which decisions stand, after the list of them changed."""
        self.force = in_force(self.decisions)
        self.known = {one.id: one for one in self.decisions}
        self.by_report, self.titles = {}, {}
        for one in self.force:
            self._note(one)
        self.marks = tuple(one for one in self.force if one.action == "mark")
        self.names = hidden_names(self.marks)

    def take(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Take further decisions; returns those that stand now and did not, or did and do not any more."""
        before = self.force
        self.decisions.extend(decisions)
        if any(one.action == "undo" for one in decisions):
            self.rule()
            was, now = {one.id for one in before}, {one.id for one in self.force}
            return [self.known[name] for name in sorted(was ^ now)]
        self.force = (*before, *decisions)
        for one in decisions:
            self.known[one.id] = one
            self._note(one)
        self.marks += tuple(one for one in decisions if one.action == "mark")
        self.names = hidden_names(self.marks)
        return list(decisions)

    def _note(self, one: Decision) -> None:
        """A decision that stands, where it is looked for: by its report, and by the incident that it names."""
        if one.target.kind in OF_A_REPORT and one.target.report is not None:
            self.by_report.setdefault(one.target.report, []).append(one)
        elif one.target.kind == "incident" and one.fields.get("title"):
            if one.action in {"add", "split"}:
                self.titles[incident_of(one)] = one.fields["title"]
            elif one.action == "edit":
                self.titles[one.target.item] = one.fields["title"]

    def number_of(self, incident: str) -> int:
        """The number under which an incident is shown; a new one gets the next."""
        number = self.incident_numbers.get(incident)
        if number is None:
            self._highest = 1 + (self._highest or max(self.incident_numbers.values(), default=0))
            number = self.incident_numbers[incident] = self._highest
        return number

    def sign(self) -> None:
        """Work out where each incident stands on the way to its signature."""
        self.signs = sign_offs(self.force, self.versions)

    def machine(self, report: str) -> Reading:
        """A report as the reader read it. Raises KeyError when there is none."""
        found = self.read.get(report)
        if found is None:
            found = next(iter(self.store.readings([self.keys[report]])))
            if len(self.read) >= _READ:
                self.read.clear()
            self.read[report] = found
        return found

    def standing(self, connection: sa.Connection, report: str) -> Superseded:
        """A report as it stands. Raises KeyError when there is none."""
        found = self.cache.get(report)
        if found is None:
            query = sa.select(tables.reports.c.record).where(tables.reports.c.id == report)
            record = connection.scalar(query)
            if record is None:
                raise KeyError(report)
            found = msgspec.json.decode(record, type=Superseded)
            self.keep(found)
        else:
            self.cache.move_to_end(report)
        return found

    def standings(self, connection: sa.Connection, reports: Iterable[str]) -> dict[str, Superseded]:
        """Several reports as they stand, in few queries; those that are not there are left out."""
        wanted = list(dict.fromkeys(reports))
        missing = [one for one in wanted if one not in self.cache]
        found = {one: self.cache[one] for one in wanted if one in self.cache}
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            query = sa.select(tables.reports.c.id, tables.reports.c.record).where(tables.reports.c.id.in_(part))
            for row in connection.execute(query):
                found[row.id] = msgspec.json.decode(row.record, type=Superseded)
                self.keep(found[row.id])
        return {one: found[one] for one in wanted if one in found}

    def keep(self, standing: Superseded) -> None:
        """Keep a decoded reading at hand."""
        self.cache[standing.reading.report.id] = standing
        while len(self.cache) > _KEPT:
            try:
                self.cache.popitem(last=False)
            except KeyError:  # another thread emptied it meanwhile
                return

    def veil(self, reading: Reading) -> Veil:
        """What is hidden of a report."""
        alone = surnames(reading.report.text, self.names)
        words = hidden_words(self.marks, reading.report.id)
        return Veil(hidden(reading, self.marks), self.names | alone | words)

    def outlet(self, report: Report) -> str:
        """An outlet's name as the profile has it."""
        if report.outlet is None:
            return "outlet not known"
        return rows.cut_name(self.profile.outlet_in_print(report.outlet))

    def regroup_copies(self, connection: sa.Connection) -> None:
        """Groups of reports that carry one text, from the pairs as people left them."""
        table = tables.copies.c
        query = sa.select(table.first, table.second, table.shared, table.why).where(table.label == "copy")
        pairs = [
            CopyPair(first=row.first, second=row.second, label="copy", shared=row.shared, why=row.why)
            for row in connection.execute(query.order_by(table.first, table.second))
        ]
        found = grouping.groups(pairs, self.stubs.values())
        self.groups = {report: group for group in found for report in group.reports}

    def assess(self, connection: sa.Connection, names: Iterable[str]) -> dict[str, Incident]:
        """Grade these clusters anew from the readings that stand."""
        clusters = [self.piles.clusters[name] for name in names if name in self.piles.clusters]
        near = {report for one in clusters for report in one.reports}
        near |= {other for report in near if report in self.groups for other in self.groups[report].reports}
        readings = {report: one.reading for report, one in self.standings(connection, near).items()}
        groups = list({id(group): group for report in near if (group := self.groups.get(report))}.values())
        graded = assessing.assess_all(
            clusters, readings=readings, copies=groups, profile=self.profile,
            settings=with_rulings(self.settings, self.force),
        )  # fmt: skip
        return {
            one.id: msgspec.structs.replace(one, title=self.titles[one.id]) if one.id in self.titles else one
            for one in graded
        }


def stub(report: str, wires: Sequence[str]) -> Report:
    """As much of a report as the grouping of copies needs."""
    named = tuple(Credit(agency=one) for one in wires)
    return Report(id=report, original=OriginalRef(sha256=""), credits=named)


def records(connection: sa.Connection, names: Iterable[str]) -> dict[str, Incident]:
    """Incidents by id, as last written."""
    query = sa.select(tables.incidents.c.id, tables.incidents.c.record).where(tables.incidents.c.id.in_(list(names)))
    return {row.id: msgspec.json.decode(row.record, type=Incident) for row in connection.execute(query)}


def load(desk: Desk, connection: sa.Connection) -> None:
    """Take up what the tables hold."""
    table = tables.reports.c
    for row in connection.execute(sa.select(table.id, table.number, table.key, table.outlet, table.wires)):
        desk.keys[row.id], desk.numbers[row.id], desk.outlets[row.id] = row.key, row.number, row.outlet
        desk.stubs[row.id] = stub(row.id, json.loads(row.wires))
    kept = tables.incidents.c
    clusters = []
    for one in connection.execute(sa.select(kept.id, kept.number, kept.version, kept.cluster)):
        desk.incident_numbers[one.id], desk.versions[one.id] = one.number, one.version
        clusters.append(msgspec.json.decode(one.cluster, type=Cluster))
    desk.piles = Piles(clusters)
    desk.base = Piles(
        msgspec.json.decode(record, type=Cluster) for record in connection.scalars(sa.select(tables.base.c.record))
    )
    desk.regroup_copies(connection)
    desk.sign()


def value(connection: sa.Connection, name: str) -> str | None:
    """A noted value."""
    return connection.scalar(sa.select(tables.meta.c.value).where(tables.meta.c.name == name))


def note(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Note values."""
    connection.execute(sa.delete(tables.meta).where(tables.meta.c.name.in_(list(values))))
    connection.execute(sa.insert(tables.meta), [{"name": name, "value": str(one)} for name, one in values.items()])


def counted(connection: sa.Connection, before: int, after: int) -> bool:
    """Note that so many decisions are applied now; False when the tables had another number than `before`."""
    table = tables.meta
    change = sa.update(table).where(table.c.name == "applied", table.c.value == str(before)).values(value=str(after))
    return bool(connection.execute(change).rowcount)


def check_assessed(desk: Desk) -> None:
    """Raises StoreError when the case was never assessed."""
    if not desk.store.current():
        root = desk.case.paths.root
        raise StoreError(
            f"{root}: nothing is assessed yet; run `evenhand add {root} PATH…` and `evenhand assess {root}`"
        )


def copies_now(pairs: Iterable[CopyPair], only: Container[tuple[str, str]] | None = None) -> list[rows.Row]:
    """Pairs of reports as the table of copies has them, all or some, without those the machine found independent."""
    return [
        {"first": one.first, "second": one.second, "label": one.label, "shared": one.shared, "why": one.why}
        for one in pairs
        if (only is None or (one.first, one.second) in only)
        and (one.label != "independent" or one.why.startswith("decided by"))
    ]
