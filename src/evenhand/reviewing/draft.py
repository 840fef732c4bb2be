"""A reading while decisions are applied to it: records by id, who points at whom, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from evenhand.errors import RefusedError
from evenhand.model.reading import Claim, Entity, Participant, Reading, Statement
from evenhand.reviewing.anchors import Item, anchor_of, find
from evenhand.reviewing.records import Anchor, Decision, Kind, Rejected, State, Touch, plain

R = TypeVar("R", Statement, Entity, Claim)
RECORDS: dict[str, type[Any]] = {"statement": Statement, "entity": Entity, "claim": Claim}
POINTERS: dict[str, tuple[str, ...]] = {
    "statement": ("speaker", "parent"),
    "entity": ("org",),
    "claim": ("statement",),
}
"""Fields that hold the id of another record; a claim's participants and labels hold one more below."""


class Draft:
    """Mutable while one report's decisions are applied; nothing of it outlives `supersede`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.report, self.text = reading.report.id, reading.report.text
        self.statements = {one.id: one for one in reading.statements}
        self.entities = {one.id: one for one in reading.entities}
        self.claims = {one.id: one for one in reading.claims}
        self.touched: dict[str, Touch] = {}
        self.rejected: list[Rejected] = []
        self.heirs: dict[str, str] = {}
        self.rechain: set[str] = set()

    def saved(self) -> tuple[Any, ...]:
        """What `restore` needs to take back everything done since."""
        tables = (self.statements, self.entities, self.claims, self.touched, self.heirs)
        return (*(dict(table) for table in tables), list(self.rejected), set(self.rechain))

    def restore(self, saved: tuple[Any, ...]) -> None:
        """Back to what was saved."""
        self.statements, self.entities, self.claims, self.touched, self.heirs, self.rejected, self.rechain = saved

    def table(self, kind: Kind) -> dict[str, Any]:
        """The records of a kind, by id."""
        tables: dict[str, dict[str, Any]] = {
            "statement": self.statements, "entity": self.entities, "claim": self.claims,
        }  # fmt: skip
        return tables[kind]

    def find(self, anchor: Anchor) -> str | None:
        """The id under which what the anchor names stands now."""
        return find(self.table(anchor.kind), anchor)

    def touch(self, item: str, state: State, decision: str) -> None:
        """Note that a decision made a record what it is."""
        before = self.touched.get(item, Touch(state="machine"))
        kept = "added" if before.state == "added" else state
        self.touched[item] = Touch(state=kept, decisions=(*before.decisions, decision))

    def put(self, kind: Kind, item: str, values: Mapping[str, Any]) -> None:
        """Set a record from plain values. Raises RefusedError when they are not of the record's shape."""
        try:
            record = msgspec.convert({**values, "id": item}, RECORDS[kind])
        except msgspec.ValidationError as problem:
            raise RefusedError(f"{kind}: {problem}") from problem
        self.table(kind)[item] = record
        if kind == "statement":
            self.rechain.add(item)

    def values(self, kind: Kind, item: str) -> dict[str, Any]:
        """A record as plain values."""
        values: dict[str, Any] = plain(self.table(kind)[item])
        return values

    def translated(self, kind: Kind, values: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
        """Values whose ids are those under which the same records stand now; what is gone becomes null."""
        now = {ref.item: self.find(ref) for ref in decision.refs}

        def of(value: Any) -> Any:
            return now[value] if value in now else (value if value in self.ids() else None)

        out = dict(values)
        for name in POINTERS[kind]:
            if out.get(name) is not None:
                out[name] = of(out[name])
        if kind == "claim":
            for name in ("actor", "target", "weapon"):
                if isinstance(out.get(name), dict) and out[name].get("entity") is not None:
                    out[name] = {**out[name], "entity": of(out[name]["entity"])}
            if "labels" in out:
                out["labels"] = [{**one, "about": of(one.get("about"))} for one in out["labels"]]
        return out

    def ids(self) -> set[str]:
        """The ids of all records that stand."""
        return {*self.statements, *self.entities, *self.claims}

    def remove(self, kind: Kind, item: str, heir: str | None = None) -> None:
        """Take a record out; what pointed at it points at its heir, or for a statement at what it stood in."""
        gone = self.table(kind).pop(item)
        if heir is not None:
            self.heirs[item] = heir
        if kind == "statement":
            into = heir or gone.parent
            for child in [one for one in self.statements.values() if one.parent == item]:
                parent = None if into == child.id else into
                self.statements[child.id] = msgspec.structs.replace(child, parent=parent)
                self.rechain.add(child.id)
            for claim in [one for one in self.claims.values() if one.statement == item]:
                self.claims[claim.id] = msgspec.structs.replace(claim, statement=into)
        elif kind == "entity":
            self._repoint(item, heir)

    def _repoint(self, item: str, heir: str | None) -> None:
        """Everything that named an entity names its heir, or nobody."""
        name = self.entities[heir].name if heir else None
        for one in list(self.statements.values()):
            if one.speaker == item:
                change: dict[str, Any] = {"speaker": heir} | ({"speaker_name": name} if heir else {})
                self.statements[one.id] = msgspec.structs.replace(one, **change)
                self.rechain.add(one.id)
        for entity in list(self.entities.values()):
            if entity.org == item:
                self.entities[entity.id] = msgspec.structs.replace(entity, org=heir if heir != entity.id else None)
        for claim in list(self.claims.values()):
            parts = {role: self._renamed(getattr(claim, role), item, heir) for role in ("actor", "target", "weapon")}
            labels = tuple(
                msgspec.structs.replace(label, about=heir) if label.about == item else label for label in claim.labels
            )
            self.claims[claim.id] = msgspec.structs.replace(claim, **parts, labels=labels)

    def _renamed(self, who: Participant | None, item: str, heir: str | None) -> Participant | None:
        if who is None or who.entity != item:
            return who
        return msgspec.structs.replace(who, entity=heir)

    def anchor(self, kind: Kind, item: str) -> Anchor:
        """The anchor of a record that stands."""
        record: Item = self.table(kind)[item]
        return anchor_of(self.report, self.text, record)

    def finished(self) -> Reading:
        """The reading with all decisions applied; chains follow the speakers."""
        for item in list(self.statements):
            if self._below_a_touched(item):
                self.statements[item] = msgspec.structs.replace(self.statements[item], chain=self._chain(item))
        return msgspec.structs.replace(
            self.reading, statements=tuple(self.statements.values()), entities=tuple(self.entities.values()),
            claims=tuple(self.claims.values()),
        )  # fmt: skip

    def _below_a_touched(self, item: str) -> bool:
        return any(one in self.rechain for one in self._upwards(item))

    def _upwards(self, item: str) -> list[str]:
        """A statement and those it stands in, innermost first; a circle ends where it closes."""
        path: list[str] = []
        at: str | None = item
        while at is not None and at in self.statements and at not in path:
            path.append(at)
            at = self.statements[at].parent
        return path

    def _chain(self, item: str) -> tuple[str, ...]:
        """Outlet first, own knowledge last, no name twice in a row: as the reader builds it."""
        names: list[str] = []
        for one in self._upwards(item):
            name = self.statements[one].speaker_name
            if name and (not names or names[-1] != name):
                names.append(name)
        outlet = self.reading.report.outlet
        return (*((outlet,) if outlet else ()), *reversed(names))
