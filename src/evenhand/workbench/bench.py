"""The workbench: one case, one lock; a decision is checked, logged, applied, and told with what it changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from evenhand.assessing import AssessmentSettings
from evenhand.custody import Case, Entry
from evenhand.errors import RefusedError, StoreError
from evenhand.model.evidence import content_id
from evenhand.model.profile import Profile
from evenhand.reviewing import (
    Anchor,
    Author,
    Decision,
    Proposal,
    decision_id,
    in_force,
    undone,
)
from evenhand.reviewing.records import plain
from evenhand.standing import LOGGED
from evenhand.store.database import DatabaseStore
from evenhand.workbench import building, carrying_out, catching_up, freezing, noting, tables
from evenhand.workbench import desk as desks
from evenhand.workbench.checking import checked, resting_on
from evenhand.workbench.desk import Desk
from evenhand.workbench.grading import Change
from evenhand.workbench.opening import pooled, title_of
from evenhand.workbench.running import Runner

MOST_AT_ONCE = 500
_CHECKING = 0.5
_PAUSE = 0.02
"""Seconds between two steps of catching up, in which those who wait for the lock get it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did: its record, the item it made or changed, the grades that moved.

    `later`: how many reports and incidents are still to be brought up to date. `looked_at`: how many of those that
    were asked for at once were decided or refused; the rest is to be asked for again.
    """

    decisions: tuple[Decision, ...]
    item: str = ""
    report: str | None = None
    incidents: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    later: int = 0
    looked_at: int = 0


class Workbench:
    """An open case. Every method may be called from any thread; decisions are taken one after the other."""

    def __init__(self, case: Case, store: DatabaseStore, profile: Profile, settings: AssessmentSettings) -> None:
        self._parts = (case, store, profile, settings)
        self.case, self.store, self.profile = case, store, profile
        self.engine = pooled(store)
        self.lock = threading.RLock()
        self._log_lock = threading.Lock()  # the log keeps what it has read: one thread at a time looks or appends
        self._seen = -1
        self.desk: Desk
        self.runner = Runner(case.paths.root)
        self.left = 0
        self._behind: threading.Thread | None = None
        self._closing = False

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
                    noting.note_decisions(fresh, connection, fresh.decisions, 1)
                    desks.note(connection, {"version": tables.VERSION, "made from": made_from, "applied": assessed})
                    noting.settle_all(fresh, connection)
                left = catching_up.left(connection)
            if self.engine.dialect.name == "sqlite":
                self.engine.dispose()  # connections that were open before know nothing of how the values are spread
            self.desk = fresh
            self._seen = len(entries)
            # logged, but not yet in the tables when the server stopped; a batch is one step again
            for _, batch in groupby(every[len(fresh.decisions) :], key=lambda one: one.batch or one.id):
                self._apply(list(batch))
            self._later(max(left, self.left))

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
        """Let go of the databases; what is still to be brought up to date goes on when the case is opened again."""
        self._closing = True
        behind = self._behind
        if behind is not None and behind is not threading.current_thread():
            behind.join(timeout=30)
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

    def decide(self, asked: Proposal, who: str, first: str = "") -> Outcome:
        """Take one decision. `first`: the incident that is looked at, whose grade is wanted before all others.

        Raises RefusedError, or ConflictError with both versions.
        """
        with self.lock:
            self.refresh()
            decision = self._checked(asked, Author(who=who, at=building.stamp()))
            return self._take([decision], {"decision": decision}, first)

    def decide_all(self, asked: Sequence[Proposal], who: str, batch: str = "") -> Outcome:
        """Take many decisions as one batch; those that are refused are told, the others stand.

        Nobody else is kept waiting for long: after `MOST_AT_ONCE`, or half a second of checking, it ends, and
        `looked_at` says how far it came. Asked for again with the `batch` of its decisions, it goes on with that batch.
        """
        with self.lock:
            self.refresh()
            if batch and not any(one.batch == batch and one.who == who for one in self.desk.decisions):
                raise RefusedError(f"{batch}: no batch of yours to go on with")
            goes_on = bool(batch)
            batch = batch or content_id("batch", who, building.stamp(), str(len(asked)))
            taken: list[Decision] = []
            refused: list[tuple[str, str]] = []
            before, looked_at, until = list(self.desk.decisions), 0, time.monotonic() + _CHECKING
            for one in asked[:MOST_AT_ONCE]:
                if looked_at and time.monotonic() > until:
                    break
                looked_at += 1
                try:
                    taken.append(self._checked(one, Author(who=who, at=building.stamp(), batch=batch)))
                except RefusedError as problem:
                    refused.append((f"{one.report or ''} {one.item}".strip(), str(problem)))
                    continue
                self.desk.take(taken[-1:])
            self.desk.decisions = before
            self.desk.rule()
            if not taken and not goes_on:
                raise RefusedError(refused[0][1] if refused else "nothing to decide: the filter finds nothing")
            if not taken:
                return Outcome((), refused=tuple(refused), looked_at=looked_at)
            outcome = self._take(taken, {"batch": batch})
            return replace(outcome, report=None, refused=tuple(refused), looked_at=looked_at)

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
            for report in resting_on(self.desk, after):
                undone(name, self.desk.machine(report), self.desk.force, after)
            return self._take([undo], {"decision": undo})

    def sign(self, incident: str, who: str, why: str, basis: str = "") -> Outcome:
        """Sign an incident: freeze its dossier under the hash of its bundle, then log the signature."""
        with self.lock:
            while self._step(only=incident):
                pass
            return self._sign(incident, who, why, basis)

    def _sign(self, incident: str, who: str, why: str, basis: str) -> Outcome:
        with self.reading() as connection:
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
        with self.reading() as connection:
            return checked(self.desk, connection, asked, author)

    def _take(self, decisions: list[Decision], about: dict[str, Any], first: str = "") -> Outcome:
        """Log, then apply. The entry is synced before anything else happens: from here the decision stands."""
        payload = (
            plain(decisions[0]) if "decision" in about else {"batch": about["batch"], "decisions": plain(decisions)}
        )
        self._seen = self._append(LOGGED, payload, decisions[0].who)
        try:
            return self._apply(decisions, first)
        except Exception:
            self.open()  # what is in memory may be half done; the log is whole
            raise

    def _apply(self, decisions: Sequence[Decision], first: str = "") -> Outcome:
        desk, last = self.desk, decisions[-1]
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":  # the tables can be made anew from the log, which was synced
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            if not desks.counted(connection, len(desk.decisions), len(desk.decisions) + len(decisions)):
                raise StoreError("the database was set back; what was decided stands in the log and is taken up again")
            behind = self.left > 0
            changes, touched = carrying_out.carry_out(desk, connection, decisions, first, behind=behind)
            more = (
                behind or len(touched) > carrying_out.INCIDENTS_AT_ONCE or len(decisions) > 1 or last.action == "undo"
            )
            later = catching_up.left(connection) if more else 0
            item = self._made(connection, last) if len(decisions) == 1 else ""
        self._later(later)
        return Outcome(tuple(decisions), item, last.target.report, tuple(touched), tuple(changes), later=later)

    def _made(self, connection: sa.Connection, decision: Decision) -> str:
        """The id of the record that a decision is about, now."""
        if decision.target.kind not in {"statement", "entity", "claim"} or decision.target.report not in self.desk.keys:
            return decision.target.item
        standing = self.desk.standing(connection, decision.target.report)
        mine = [item for item, touch in standing.touched.items() if decision.id in touch.decisions]
        return mine[0] if mine else decision.target.item

    def _later(self, left: int) -> None:
        """Note how much is still to be brought up to date, and see to it that it is."""
        self.left = left
        if left and self._behind is None and not self._closing:
            self._behind = threading.Thread(target=self._catch_up, name="evenhand-catching-up", daemon=True)
            self._behind.start()

    def _catch_up(self) -> None:
        try:
            while not self._closing:
                with self.lock:
                    if not self._step():
                        return
                time.sleep(_PAUSE)
        except Exception:  # it stands in the tables still: the next decision, or the next start, goes on with it
            logging.getLogger("evenhand.workbench").exception("bringing grades up to date was broken off")
        finally:
            self._behind = None

    def _step(self, only: str | None = None) -> bool:
        """Bring a few reports or incidents up to date; False when nothing was left to do."""
        try:
            with self.engine.begin() as connection:
                number = catching_up.catch_up(self.desk, connection, only)
                self.left = catching_up.left(connection)
        except Exception:
            self.open()  # what is in memory may be half done
            raise
        return number > 0

    def settle(self) -> None:
        """Wait until everything that decisions touched is up to date."""
        with self.lock:
            while self._step():
                pass


__all__ = ["MOST_AT_ONCE", "Outcome", "Workbench"]
