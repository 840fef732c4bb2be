"""The workbench: one case, one lock; a decision is checked, logged, applied, and told with what it changed."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from evenhand.assessing import AssessmentSettings
from evenhand.custody import Case, Entry
from evenhand.errors import RefusedError
from evenhand.model.evidence import content_id, to_json
from evenhand.model.incident import ClaimRef
from evenhand.model.profile import Profile
from evenhand.reviewing import (
    Anchor,
    Author,
    Decision,
    Ground,
    Proposal,
    decision_id,
    in_force,
    propose,
    propose_group,
    regroup,
    undone,
)
from evenhand.reviewing.anchors import anchor_of
from evenhand.reviewing.records import OF_A_REPORT, plain
from evenhand.standing import LOGGED, locator
from evenhand.store.database import DatabaseStore
from evenhand.workbench import building, freezing, rows, tables
from evenhand.workbench import desk as desks
from evenhand.workbench.desk import Change, Desk

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did: its record, the item it made or changed, the grades that moved."""

    decisions: tuple[Decision, ...]
    item: str = ""
    report: str | None = None
    incidents: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    refused: tuple[tuple[str, str], ...] = field(default=())


class Workbench:
    """An open case. Every method may be called from any thread; decisions are taken one after the other."""

    def __init__(self, case: Case, store: DatabaseStore, profile: Profile, settings: AssessmentSettings) -> None:
        self._parts = (case, store, profile, settings)
        self.case, self.store, self.profile = case, store, profile
        self.engine = _engine(store)
        self.lock = threading.RLock()
        self._log_lock = threading.Lock()  # the log keeps what it has read: one thread at a time looks or appends
        self._seen = -1
        self.desk: Desk

    def open(self, progress: building.Progress | None = None) -> None:
        """Bring the tables up to the case. Raises StoreError when nothing was assessed yet."""
        with self.lock:
            case, store, profile, settings = self._parts
            fresh = Desk(case, store, profile, settings, self.engine, title=title_of(case))
            desks.check_assessed(fresh)
            entries = self._entries()
            every, assessed = building.of_entries(entries), building.assessed_at(entries)
            with self.engine.begin() as connection:
                made_from = building.fingerprint(fresh, assessed)
                there = tables.version(connection) == tables.VERSION
                if there and desks.value(connection, "made from") == made_from:
                    applied = int(desks.value(connection, "applied") or 0)
                    fresh.decisions = every[:applied]
                    fresh.rule()
                    desks.load(fresh, connection)
                else:
                    fresh.decisions = every[:assessed]
                    fresh.rule()
                    building.build(fresh, connection, progress)
                    for number, one in enumerate(fresh.decisions, 1):
                        _note_decision(fresh, connection, one, number)
                    desks.note(connection, {"version": tables.VERSION, "made from": made_from, "applied": assessed})
                    _settle_stands(fresh, connection)
            self.desk = fresh
            self._seen = len(entries)
            for one in every[len(fresh.decisions) :]:  # logged, but not yet in the tables when the server stopped
                self._apply([one])

    def refresh(self) -> None:
        """Take up what others did to the case since: an assessment, a decision from the command line."""
        entries = self._entries()
        if len(entries) == self._seen:
            return
        with self.lock:
            entries = self._entries()
            fresh = entries[self._seen :]
            if self._seen >= 0 and any(entry.what in {"assessed", LOGGED} for entry in fresh):
                self.open()
            self._seen = len(entries)

    def close(self) -> None:
        """Let go of the databases."""
        if self.engine is not self.store.engine:
            self.engine.dispose()
        self.store.close()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to look things up with: everything seen through it is of one moment."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                yield connection
            return
        with self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection

    def decide(self, asked: Proposal, who: str) -> Outcome:
        """Take one decision. Raises RefusedError, or ConflictError with both versions."""
        with self.lock:
            self.refresh()
            decision = self._checked(asked, Author(who=who, at=building.stamp()))
            return self._take([decision], {"decision": decision})

    def decide_all(self, asked: Sequence[Proposal], who: str) -> Outcome:
        """Take many decisions as one batch; those that are refused are told, the others stand."""
        if len(asked) > MOST_AT_ONCE:
            raise RefusedError(f"{len(asked)} at once is too many; narrow the filter to {MOST_AT_ONCE} or fewer")
        with self.lock:
            self.refresh()
            batch = content_id("batch", who, building.stamp(), str(len(asked)))
            taken: list[Decision] = []
            refused: list[tuple[str, str]] = []
            before = list(self.desk.decisions)
            for one in asked:
                try:
                    taken.append(self._checked(one, Author(who=who, at=building.stamp(), batch=batch)))
                except RefusedError as problem:
                    refused.append((f"{one.report or ''} {one.item}".strip(), str(problem)))
                    continue
                self.desk.decisions.append(taken[-1])
                self.desk.rule()
            self.desk.decisions = before
            self.desk.rule()
            if not taken:
                raise RefusedError(refused[0][1] if refused else "nothing to decide: the filter finds nothing")
            outcome = self._take(taken, {"batch": batch})
            return Outcome(outcome.decisions, "", None, outcome.incidents, outcome.changes, tuple(refused))

    def undo(self, name: str, who: str, why: str = "") -> Outcome:
        """Take a decision or a batch back. Raises RefusedError when later decisions rest on it."""
        with self.lock:
            self.refresh()
            known = {one.id for one in self.desk.decisions} | {one.batch for one in self.desk.decisions if one.batch}
            if name not in known:
                raise RefusedError(f"{name}: no such decision in this case")
            at, target = building.stamp(), Anchor(kind="decision", item=name)
            undo = Decision(
                id=decision_id(who, at, "undo", target, {}), who=who, at=at, action="undo", target=target, why=why
            )
            after = in_force([*self.desk.decisions, undo])
            if after == self.desk.force:
                raise RefusedError("that is taken back already")
            with self.reading() as connection:
                for report in self._reports_between(self.desk.force, after):
                    self.desk.standing(connection, report)
                    undone(name, self.desk.machine(report), self.desk.force, after)
            return self._take([undo], {"decision": undo})

    def sign(self, incident: str, who: str, why: str, basis: str = "") -> Outcome:
        """Sign an incident: freeze its dossier under the hash of its bundle, then log the signature."""
        with self.lock, self.reading() as connection:
            found = desks.records(connection, [incident]).get(incident)
            if found is None:
                raise RefusedError(f"{incident}: no such incident (any more)")
            bundle = freezing.freeze(self.desk, connection, found)
            asked = Proposal(action="status", kind="incident", item=incident,
                             fields={"status": "signed", "bundle": bundle}, why=why, basis=basis)  # fmt: skip
            return self.decide(asked, who)

    def log(self, what: str, payload: dict[str, Any], who: str) -> None:
        """Log something that is no decision (an export, a sign-in right given)."""
        with self.lock:
            self._seen = self._append(what, payload, who)

    def _entries(self) -> tuple[Entry, ...]:
        with self._log_lock:
            return self.case.log.entries()

    def _append(self, what: str, payload: dict[str, Any], who: str) -> int:
        """Append to the log; how many entries it has now."""
        with self._log_lock:
            return self.case.log.append(what, payload, who=who).seq

    def _checked(self, asked: Proposal, author: Author) -> Decision:
        desk = self.desk
        with self.reading() as connection:
            if asked.kind in OF_A_REPORT and "incident" not in asked.fields:
                if asked.report is None or asked.report not in desk.keys:
                    raise RefusedError(f"{asked.report or 'no report'}: no such report in this case")
                machine, standing = desk.machine(asked.report), desk.by_report.get(asked.report, ())
                return propose(asked, machine, standing, author)[0]
            return propose_group(asked, self._ground(connection), author)

    def _ground(self, connection: sa.Connection) -> Ground:
        desk = self.desk

        def anchor(ref: ClaimRef) -> Anchor | None:
            if ref.report not in desk.keys:
                return None
            standing = desk.standing(connection, ref.report)
            claim = standing.item("claim", ref.claim)
            return anchor_of(ref.report, standing.reading.report.text, claim) if claim is not None else None

        return Ground(
            clusters=desk.piles.clusters, versions=desk.versions, anchor=anchor, reports=frozenset(desk.keys),
            copies=_Pairs(connection), parties=frozenset(one.id for one in desk.profile.parties), signed=desk.signs,
        )  # fmt: skip

    def _take(self, decisions: list[Decision], about: dict[str, Any]) -> Outcome:
        """Log, then apply. The entry is synced before anything else happens: from here the decision stands."""
        payload = (
            plain(decisions[0]) if "decision" in about else {"batch": about["batch"], "decisions": plain(decisions)}
        )
        self._seen = self._append(LOGGED, payload, decisions[0].who)
        try:
            return self._apply(decisions)
        except Exception:
            self.open()  # what is in memory may be half done; the log is whole
            raise

    def _apply(self, decisions: Sequence[Decision]) -> Outcome:
        desk = self.desk
        before = desk.force
        desk.decisions.extend(decisions)
        desk.rule()
        with self.engine.begin() as connection:
            touched: set[str] = set()
            item = ""
            for report in self._reports_between(before, desk.force):
                if report in desk.keys:
                    touched |= desks.restand(desk, connection, report)
            touched |= self._marks(connection, before)
            touched |= self._groups(connection, before)
            first = len(desk.decisions) - len(decisions) + 1
            for number, one in enumerate(decisions, first):
                _note_decision(desk, connection, one, number)
            last = decisions[-1]
            because = f"{len(decisions)} decisions at once" if len(decisions) > 1 else _told(desk, last)
            changes = desks.regrade(desk, connection, touched, last.at, f"{last.who} {because}", last.id)
            self._restage(connection)
            _settle_stands(desk, connection)
            desks.note(connection, {"applied": len(desk.decisions)})
            if len(decisions) == 1:
                item = self._made(connection, last)
        return Outcome(tuple(decisions), item, last.target.report, tuple(sorted(touched)), tuple(changes))

    def _made(self, connection: sa.Connection, decision: Decision) -> str:
        """The id of the record that a decision is about, now."""
        if decision.target.kind not in {"statement", "entity", "claim"} or decision.target.report not in self.desk.keys:
            return decision.target.item
        standing = self.desk.standing(connection, decision.target.report)
        mine = [item for item, touch in standing.touched.items() if decision.id in touch.decisions]
        return mine[0] if mine else decision.target.item

    @staticmethod
    def _reports_between(before: Iterable[Decision], after: Iterable[Decision]) -> list[str]:
        """Reports whose decisions differ."""
        one, two = {each.id: each for each in before}, {each.id: each for each in after}
        differ = [one.get(name) or two[name] for name in one.keys() ^ two.keys()]
        return sorted({d.target.report for d in differ if d.target.kind in OF_A_REPORT and d.target.report})

    def _marks(self, connection: sa.Connection, before: Iterable[Decision]) -> set[str]:
        """A person marked, or no longer: every report that names them is written anew."""
        desk = self.desk
        changed = {
            d.target.label for d in _between(before, desk.force) if d.action == "mark" and d.target.kind == "entity"
        }
        touched: set[str] = set()
        for name in sorted(one for one in changed if one):
            for report in sorted(desk.keys):
                standing = desk.standing(connection, report)
                if name in standing.reading.report.text or name in to_json(standing.reading).decode():
                    desks.put_report(desk, connection, standing)
                    touched |= desk.piles.of_report(report, [one.id for one in standing.reading.claims])
        return touched

    def _groups(self, connection: sa.Connection, before: Iterable[Decision]) -> set[str]:
        desk = self.desk
        changed = _between(before, desk.force)
        touched: set[str] = set()
        if any(one.target.kind == "copy" for one in changed):
            old = {report: group.reports for report, group in desk.groups.items()}
            building.write_copies(desk, connection)
            desk.regroup_copies()
            for one in (each for each in changed if each.target.kind == "copy"):
                for report in (one.target.report or "", one.target.item):
                    near = {
                        report,
                        *old.get(report, ()),
                        *(desk.groups[report].reports if report in desk.groups else ()),
                    }
                    touched |= {name for ref, name in desk.piles.home.items() if ref.report in near}
        names = {name for one in changed if one.target.kind == "origin"
                 for name in (one.target.item, *(other.item for other in one.others))}  # fmt: skip
        if names:
            query = sa.select(tables.origins.c.incident).where(tables.origins.c.name.in_(names)).distinct()
            touched |= set(connection.scalars(query))
        about = [one for one in changed if one.target.kind == "incident" or "incident" in one.fields]
        return touched | self._regroup(connection, about) if about else touched

    def _regroup(self, connection: sa.Connection, about: Sequence[Decision]) -> set[str]:
        """Incidents after decisions about them changed: the machine's clusters, with all such decisions anew."""
        desk = self.desk
        if all(one.action in {"status", "accept"} for one in about):
            return set()
        grouped = [one for one in desk.force if one.target.kind == "incident" or "incident" in one.fields]
        types = dict.fromkeys(desk.base.home, "")
        wanted = {anchor.report for one in grouped for anchor in (one.target, *one.others) if anchor.report}
        query = sa.select(tables.items.c.report, tables.items.c.item, tables.items.c.label).where(
            tables.items.c.kind == "claim", tables.items.c.report.in_(wanted)
        )
        types |= {ClaimRef(report=row.report, claim=row.item): row.label for row in connection.execute(query)}
        settled = regroup(desk.base.clusters.values(), grouped, locator(desk.standings(connection, wanted)), types)
        new = {one.id: one for one in settled.clusters}
        old = desk.piles.clusters
        gone = [name for name in old if name not in new]
        fresh = [one for name, one in new.items() if name not in old or old[name] != one]
        lone = {ref for name in gone for ref in old[name].claims}
        desk.piles.replace([*gone, *(one.id for one in fresh)], fresh)
        for ref in lone:
            if ref not in desk.piles.home:
                connection.execute(
                    sa.update(tables.items)
                    .where(tables.items.c.report == ref.report, tables.items.c.item == ref.claim)
                    .values(incident=None)
                )
        desk.orphans |= {one.id: "" for one in grouped}
        desk.orphans |= {one.decision: one.why for one in settled.orphans}
        titles = {one.target.item for one in about if "title" in one.fields}
        return {*gone, *(one.id for one in fresh), *(titles & new.keys())}

    def _restage(self, connection: sa.Connection) -> None:
        self.desk.sign()
        for name, sign in self.desk.signs.items():
            connection.execute(
                sa.update(tables.incidents).where(tables.incidents.c.id == name).values(stage=sign.stage)
            )


class _Pairs(dict):  # type: ignore[type-arg]
    """Compared pairs, looked up one at a time."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple):
            return False
        first, second = key
        table = tables.copies.c
        query = sa.select(table.first).where(table.first == first, table.second == second)
        return self._connection.scalar(query) is not None


def _between(before: Iterable[Decision], after: Iterable[Decision]) -> list[Decision]:
    one, two = {each.id: each for each in before}, {each.id: each for each in after}
    return [one.get(name) or two[name] for name in one.keys() ^ two.keys()]


def _told(desk: Desk, one: Decision) -> str:
    """A decision in a line; an undo says what it took back."""
    if one.action != "undo":
        return rows.summary_of(one, desk.numbers)
    back = [each for each in desk.decisions if one.target.item in (each.id, each.batch)]
    what = rows.summary_of(back[0], desk.numbers) if len(back) == 1 else f"{len(back)} decisions"
    return f"took back: {what}"


def _note_decision(desk: Desk, connection: sa.Connection, one: Decision, position: int) -> None:
    connection.execute(
        sa.insert(tables.decisions).values(
            position=position, id=one.id, at=one.at, who=one.who, action=one.action, kind=one.target.kind,
            report=one.target.report, item=one.target.item, summary=_told(desk, one), why=one.why,
            batch=one.batch, stands=True, orphan=None,
        )
    )  # fmt: skip


def _settle_stands(desk: Desk, connection: sa.Connection) -> None:
    """Which decisions stand, and which found no place, as the activity log shows them."""
    stands = {one.id for one in desk.force}
    undone_ones = [one.id for one in desk.decisions if one.id not in stands and one.action != "undo"]
    table = tables.decisions
    connection.execute(
        sa.update(table).where(table.c.stands.is_(False), table.c.id.not_in(undone_ones)).values(stands=True)
    )
    if undone_ones:
        connection.execute(sa.update(table).where(table.c.id.in_(undone_ones)).values(stands=False))
    for name, why in desk.orphans.items():
        connection.execute(sa.update(table).where(table.c.id == name).values(orphan=why or None))
    desk.orphans = {name: why for name, why in desk.orphans.items() if why}


def _engine(store: DatabaseStore) -> sa.Engine:
    """Many threads look things up: connections are pooled. The tables can be made anew: no commit need sync."""
    if store.engine.dialect.name != "sqlite":
        return store.engine
    engine = sa.create_engine(store.engine.url, pool_size=20, max_overflow=30, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for words in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {words}")
        cursor.close()

    return engine


def title_of(case: Case) -> str:
    """The case's title from its case file, else the folder's name."""
    path: Path = case.paths.toml
    try:
        return str(tomllib.loads(path.read_text("utf-8"))["case"]["title"])
    except (OSError, KeyError, TypeError, ValueError):
        return case.paths.root.resolve().name


__all__ = ["MOST_AT_ONCE", "Outcome", "Workbench"]
