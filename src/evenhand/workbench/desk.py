"""The case on the desk: what is open, in memory, beside the tables; how a changed report or group changes grades."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa

from evenhand import assessing, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.custody import Case
from evenhand.errors import StoreError
from evenhand.model.evidence import to_json
from evenhand.model.incident import ClaimRef, Cluster, CopyGroup, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Reading
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
    rule_on_copies,
    sign_offs,
    supersede,
    surnames,
    version_of,
)
from evenhand.reviewing.records import OF_A_REPORT
from evenhand.standing import with_rulings
from evenhand.store.database import DatabaseStore
from evenhand.workbench import rows, tables
from evenhand.workbench.piles import Piles
from evenhand.workbench.placing import place
from evenhand.workbench.rows import Veil

_KEPT = 1500  # readings kept decoded
_GROUPING_FIELDS = ("type", "trigger", "place", "time", "modality", "quantities")


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
    names: frozenset[str] = frozenset()
    orphans: dict[str, str] = field(default_factory=dict)
    cache: OrderedDict[str, Superseded] = field(default_factory=OrderedDict)

    def rule(self) -> None:
        """Work out which decisions stand, after the list of them changed."""
        self.force = in_force(self.decisions)
        grouped: defaultdict[str, list[Decision]] = defaultdict(list)
        for one in self.force:
            if one.target.kind in OF_A_REPORT and one.target.report is not None:
                grouped[one.target.report].append(one)
        self.by_report = dict(grouped)
        self.titles = {
            one.target.item: one.fields["title"]
            for one in self.force
            if one.target.kind == "incident" and one.action == "edit" and "title" in one.fields
        } | self.titles_made()
        self.names = hidden_names(self.force)

    def titles_made(self) -> dict[str, str]:
        """Titles given to incidents by the decision that made them."""
        return {
            incident_of(one): one.fields["title"]
            for one in self.force
            if one.target.kind == "incident" and one.action in {"add", "split"} and one.fields.get("title")
        }

    def sign(self) -> None:
        """Work out where each incident stands on the way to its signature."""
        self.signs = sign_offs(self.force, self.versions)

    def machine(self, report: str) -> Reading:
        """A report as the reader read it. Raises KeyError when there is none."""
        return next(iter(self.store.readings([self.keys[report]])))

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
        words = hidden_words(self.force, reading.report.id)
        return Veil(hidden(reading, self.force), self.names | alone | words)

    def outlet(self, report: Report) -> str:
        """An outlet's name as the profile has it."""
        if report.outlet is None:
            return "outlet not known"
        known = self.profile.outlet_named(report.outlet)
        return known.name if known else report.outlet

    def regroup_copies(self) -> None:
        """Groups of reports that carry one text, under people's decisions."""
        pairs = rule_on_copies(self.store.copies(), self.force)
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


@dataclass(frozen=True, slots=True)
class Change:
    """A question of an incident whose grade changed."""

    incident: str
    number: int
    title: str
    question: str
    before: str | None
    after: str | None


def stub(report: str, wires: Sequence[str]) -> Report:
    """As much of a report as the grouping of copies needs."""
    named = tuple(Credit(agency=one) for one in wires)
    return Report(id=report, original=OriginalRef(sha256=""), credits=named)


def restand(desk: Desk, connection: sa.Connection, report: str) -> set[str]:
    """Apply the decisions in force to one report anew and write its rows; returns the incidents it touches."""
    old = desk.standing(connection, report).reading
    new = supersede(desk.machine(report), desk.by_report.get(report, ()))
    before, after = {one.id: one for one in old.claims}, {one.id: one for one in new.reading.claims}
    touched = desk.piles.of_report(report, before)
    gone = [ClaimRef(report=report, claim=one) for one in before.keys() - after.keys()]
    moved = [
        ClaimRef(report=report, claim=one.id)
        for one in after.values()
        if one.id not in before or _grouped_otherwise(before[one.id], one)
    ]
    desk.keep(new)
    note_orphans(desk, new)
    for piles in (desk.base, desk.piles):
        piles.take(gone)
    if moved:
        pinned = {one.target.item for one in desk.force if one.target.report == report and "incident" in one.fields}
        place(desk, connection, [ref for ref in moved if ref.claim not in pinned])
    put_report(desk, connection, new)
    return touched | desk.piles.of_report(report, after)


def note_orphans(desk: Desk, standing: Superseded) -> None:
    """Remember which decisions about a report found no place in it, and which found one again (no reason)."""
    desk.orphans |= {one.id: "" for one in desk.by_report.get(standing.reading.report.id, ())}
    desk.orphans |= {one.decision: one.why for one in standing.orphans}


def _grouped_otherwise(one: Claim, two: Claim) -> bool:
    return any(getattr(one, name) != getattr(two, name) for name in _GROUPING_FIELDS)


def put_report(desk: Desk, connection: sa.Connection, standing: Superseded) -> None:
    """Write all rows of a report anew."""
    reading = standing.reading
    report = reading.report.id
    for table in (tables.items, tables.docs):
        connection.execute(sa.delete(table).where(table.c.report == report))
    connection.execute(sa.delete(tables.reports).where(tables.reports.c.id == report))
    insert_report(desk, connection, [standing])


def insert_report(desk: Desk, connection: sa.Connection, standings: Sequence[Superseded]) -> None:
    """Write the rows of reports that have none."""
    made: dict[sa.Table, list[rows.Row]] = {tables.reports: [], tables.items: [], tables.docs: []}
    for standing in standings:
        reading = standing.reading
        report, veil, outlet = reading.report.id, desk.veil(reading), desk.outlet(reading.report)
        made[tables.reports].append(rows.report_row(standing, desk.numbers[report], desk.keys[report], outlet, veil))
        made[tables.items] += rows.item_rows(standing, outlet, veil, _home(desk, report))
        made[tables.docs] += rows.doc_rows(reading, veil)
    for table, every in made.items():
        if every:
            connection.execute(sa.insert(table), every)


def _home(desk: Desk, report: str) -> Callable[[str], str | None]:
    return lambda claim: desk.piles.home.get(ClaimRef(report=report, claim=claim))


def regrade(
    desk: Desk, connection: sa.Connection, names: Iterable[str], at: str, because: str, decision: str | None
) -> list[Change]:
    """Grade incidents anew, write their rows and history; returns what changed."""
    names = {name for name in names if name is not None}
    old = records(connection, names)
    new = desk.assess(connection, sorted(names))
    for table, column in ((tables.incidents, tables.incidents.c.id), (tables.origins, tables.origins.c.incident)):
        connection.execute(sa.delete(table).where(column.in_(names)))
    changes: list[Change] = []
    for name in sorted(names):
        changes += changes_of(desk, name, old.get(name), new.get(name))
        if name not in new:
            desk.versions.pop(name, None)
    put_incidents(desk, connection, list(new.values()), at=at)
    told = [
        {"incident": one.incident, "at": at, "question": one.question, "before": one.before, "after": one.after,
         "because": because, "decision": decision}
        for one in changes
    ]  # fmt: skip
    if told:
        connection.execute(sa.insert(tables.history), told)
    put_base(desk, connection)
    return changes


def changes_of(desk: Desk, name: str, old: Incident | None, new: Incident | None) -> list[Change]:
    """The questions graded otherwise than before; an incident that comes or goes is one change."""
    title = (new or old).title if (new or old) else ""  # type: ignore[union-attr]
    number = desk.incident_numbers.setdefault(name, 1 + max(desk.incident_numbers.values(), default=0))
    if old is None or new is None:
        return [
            Change(name, number, title, "incident", None if old is None else "there", None if new is None else "there")
        ]
    was, now = rows.graded(old), rows.graded(new)
    return [Change(name, number, title, asked, was[asked], now[asked]) for asked in now if was[asked] != now[asked]]


def put_incidents(desk: Desk, connection: sa.Connection, found: Sequence[Incident], *, at: str | None) -> None:
    """Write the rows of incidents that have none, and say of each claim which incident it is in."""
    made, told, homes = [], [], []
    desk.versions.update({one.id: version_of(one) for one in found})
    desk.sign()
    for one in found:
        number = desk.incident_numbers.setdefault(one.id, 1 + max(desk.incident_numbers.values(), default=0))
        made.append(rows.incident_row(one, desk.piles.clusters[one.id], number, desk.signs.get(one.id), at))
        told += rows.origin_rows(one, desk.outlets, desk.names)
        homes += [{"r": ref.report, "i": ref.claim, "n": one.id} for ref in one.claims]
    for table, every in ((tables.incidents, made), (tables.origins, told)):
        if every:
            connection.execute(sa.insert(table), every)
    if at is not None and found:
        items = tables.items.c
        connection.execute(
            sa.update(tables.items).where(items.incident.in_([one.id for one in found])).values(incident=None)
        )
        connection.execute(
            sa.update(tables.items)
            .where(items.report == sa.bindparam("r"), items.item == sa.bindparam("i"))
            .values(incident=sa.bindparam("n")),
            homes,
        )


def put_base(desk: Desk, connection: sa.Connection) -> None:
    """Write down the clusters of the machine that changed."""
    dirty = desk.base.dirty
    if dirty:
        connection.execute(sa.delete(tables.base).where(tables.base.c.id.in_(dirty)))
        fresh = [
            {"id": name, "record": to_json(desk.base.clusters[name])} for name in dirty if name in desk.base.clusters
        ]
        if fresh:
            connection.execute(sa.insert(tables.base), fresh)
    desk.base.dirty, desk.piles.dirty = set(), set()


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
    desk.regroup_copies()
    desk.sign()


def value(connection: sa.Connection, name: str) -> str | None:
    """A noted value."""
    return connection.scalar(sa.select(tables.meta.c.value).where(tables.meta.c.name == name))


def note(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Note values."""
    connection.execute(sa.delete(tables.meta).where(tables.meta.c.name.in_(list(values))))
    connection.execute(sa.insert(tables.meta), [{"name": name, "value": str(one)} for name, one in values.items()])


def check_assessed(desk: Desk) -> None:
    """Raises StoreError when the case was never assessed."""
    if not desk.store.current():
        root = desk.case.paths.root
        raise StoreError(
            f"{root}: nothing is assessed yet; run `evenhand add {root} PATH…` and `evenhand assess {root}`"
        )
