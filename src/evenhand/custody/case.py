"""The case folder: where everything lies, and what may be done to it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from evenhand.custody.disk import write_whole
from evenhand.custody.items import ADDED, AGAIN, REMOVED, Inventory, Item
from evenhand.custody.log import Clock, Log, now
from evenhand.custody.originals import Originals
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record, sha256_hex

FORMAT = "evenhand-case/1"
Added = Literal["added", "new version", "again", "same"]

_CASE_TOML = """# What is particular to this case: who belongs to whom, places, decisions. Every table is optional;
# docs/case-file.md describes them all. `evenhand assess` of this folder reads this file.

[case]
title = {title}
"""


@dataclass(frozen=True, slots=True)
class CasePaths:
    """Where everything of a case lies."""

    root: Path

    @property
    def toml(self) -> Path:
        """The case file (docs/case-file.md)."""
        return self.root / "case.toml"

    @property
    def originals(self) -> Path:
        """The bytes as they came, each under its SHA-256."""
        return self.root / "originals"

    @property
    def log(self) -> Path:
        """The log, one entry a line."""
        return self.root / "log.jsonl"

    @property
    def head(self) -> Path:
        """The log's last number and hash, so that a shortened log is seen."""
        return self.root / "head.json"

    @property
    def aside(self) -> Path:
        """What a crash left torn."""
        return self.root / "set-aside"

    @property
    def dossier(self) -> Path:
        """The page and the ledger of the last assessment."""
        return self.root / "dossier"

    @property
    def stamps(self) -> Path:
        """Time stamps of the log's head (RFC 3161)."""
        return self.root / "timestamps"

    @property
    def private(self) -> Path:
        """What never leaves this machine: the working state, the lock, the keys of redacted exports."""
        return self.root / ".evenhand"

    @property
    def state(self) -> Path:
        """The working state (SQLite): readings and the last assessment; can be worked out anew."""
        return self.private / "state.sqlite"


class NewItem(Record, frozen=True, kw_only=True):
    """What comes into a case beside its bytes, see `Item`."""

    file: str
    media_type: str
    method: str
    software: str
    address: str | None = None
    url: str | None = None
    http: dict[str, Any] | None = None
    meta: dict[str, str] | None = None


class Case:
    """An open case. `log` is for every part of evenhand that does something to it; `paths` say where things lie."""

    def __init__(self, root: Path, *, clock: Clock = now) -> None:
        self.paths = CasePaths(root)
        self.originals = Originals(self.paths.originals)
        self.log = Log(
            self.paths.log, head=self.paths.head, aside=self.paths.aside, lock=self.paths.private / "lock", clock=clock
        )
        self._inventory = Inventory()
        self._replayed = 0

    def items(self) -> tuple[Item, ...]:
        """Every item ever added, also removed ones and older versions, in the order of the log."""
        return tuple(self._known().all().values())

    def current(self) -> tuple[Item, ...]:
        """The items that are read and assessed."""
        return tuple(item for item in self.items() if item.current)

    def add(self, data: bytes, new: NewItem, *, who: str | None = None) -> tuple[Added, Item]:
        """Keep the bytes, then log them. A crash in between leaves bytes that no entry names; add them again.

        `same`: the address holds these very bytes already, nothing is logged; `again`: known bytes at another
        address, or back at this one, or a page fetched again and found unchanged (the exchange is logged);
        `new version`: other bytes at a known address.
        """
        return self.add_all([(data, new)], who=who)[0]

    def add_all(self, several: Sequence[tuple[bytes, NewItem]], *, who: str | None = None) -> list[tuple[Added, Item]]:
        """`add` of several, which wait for the disk together. No two of them may have the same bytes or address."""
        fetched = [self._fetched_before(new) for _, new in several]
        fresh = iter(
            self.originals.keep_all([data for (data, _), old in zip(several, fetched, strict=True) if not old])
        )
        names = [old.sha256 if old else next(fresh) for old in fetched]
        with self.log.held():
            known = self._known()
            states: list[Added] = []
            acts: list[tuple[str, dict[str, Any]]] = []
            for (data, new), name, old in zip(several, names, fetched, strict=True):
                state, act = _act(len(data), new, name, old or known.get(name), unchanged=old is not None)
                before = known.at(new.address)
                newer = state == "added" and before is not None and before.sha256 != name
                states.append("new version" if newer else state)
                acts += [act] if act else []
            self.log.append_all(acts, who=who)
            known = self._known()
            return [(state, _there(known.get(name))) for state, name in zip(states, names, strict=True)]

    def remove(self, item: Item, reason: str, *, erase: bool = False, who: str | None = None) -> None:
        """Take an item out of the case, with the reason; `erase` also takes its bytes away for good.

        The hash and the reason stay in the log. With `erase` everything worked out from the bytes goes too
        (working state and dossier: assess the case again). Older exports are not reached.
        """
        with self.log.held():
            self.log.append(REMOVED, {"sha256": item.sha256, "reason": reason, "erased": erase}, who=who)
            if erase:
                self.originals.erase(item.sha256)
                self._forget_derived()

    def find(self, words: str) -> Item:
        """The one item that is meant: the beginning of its hash (6 digits or more), its file name, path or URL.

        Raises CustodyError when there is none or more than one.
        """
        everything = self.items()
        found = [i for i in everything if len(words) >= 6 and i.sha256.startswith(words.lower())]
        found = found or [i for i in everything if words in (i.file, i.address, i.url, *i.again)]
        if len(found) > 1:
            found = [i for i in found if i.current] or found
        if len(found) == 1:
            return found[0]
        where = f"{self.paths.root}: "
        if not found:
            raise CustodyError(f"{where}no item {words!r}; `evenhand list {self.paths.root}` shows all")
        several = ", ".join(i.sha256[:12] for i in found[:5])
        raise CustodyError(f"{where}{words!r} names {len(found)} items: name one by its hash ({several})")

    def _known(self) -> Inventory:
        for entry in self.log.entries(self._replayed):
            self._inventory.take(entry)
            self._replayed += 1
        return self._inventory

    def _fetched_before(self, new: NewItem) -> Item | None:
        """The item that brought the same page from the same address: a fetch's own bytes differ each time."""
        if new.http is None:
            return None
        item = self._known().at(new.address)
        same = item and item.current and item.http
        return item if same and same.get("payload_sha256") == new.http.get("payload_sha256") else None

    def _forget_derived(self) -> None:
        for path in (self.paths.state, *self.paths.private.glob("state.sqlite-*")):
            path.unlink(missing_ok=True)
        for path in sorted(self.paths.dossier.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def is_case(path: Path) -> bool:
    """Whether the path is a case folder, by the files that every one has."""
    try:
        return (path / "log.jsonl").is_file() and (path / "originals").is_dir()
    except OSError:
        return False


def create_case(root: Path, *, title: str | None = None, who: str | None = None, clock: Clock = now) -> Case:
    """Make a case folder that only its owner may enter (mode 0700).

    Raises CustodyError when there is something at the path already.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        kind = "a case already" if is_case(root) else "not empty"
        raise CustodyError(f"{root}: this is {kind}; name a new folder")
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    case = Case(root, clock=clock)
    for folder in (case.paths.originals, case.paths.private):
        folder.mkdir(mode=0o700)
    if not case.paths.toml.exists():
        words = msgspec.json.encode(title or root.resolve().name).decode()  # a JSON string is a TOML string
        write_whole(case.paths.toml, _CASE_TOML.format(title=words).encode())
    payload = {"format": FORMAT, "case file": sha256_hex(case.paths.toml.read_bytes())}
    case.log.append("case opened", payload, who=who)
    return case


def open_case(root: Path, *, clock: Clock = now) -> Case:
    """Open a case folder. Raises CustodyError when it is none, is of another format, or its log was altered."""
    if not is_case(root):
        raise CustodyError(f"{root}: not a case folder; `evenhand init {root}` makes one")
    if not os.access(root, os.R_OK | os.X_OK):
        raise CustodyError(f"{root}: the case may not be read; ask its owner ({root.stat().st_uid})")
    case = Case(root, clock=clock)
    case.paths.private.mkdir(mode=0o700, exist_ok=True)
    entries = case.log.entries()
    form = entries[0].payload.get("format") if entries else FORMAT
    if form != FORMAT:
        raise CustodyError(f"{root}: the case is of format {form}, this evenhand reads {FORMAT}; use a newer evenhand")
    return case


def title_of(toml: Path) -> str:
    """The title in a case file, or "A case" where there is none."""
    try:
        title = tomllib.loads(toml.read_text(encoding="utf-8"))["case"]["title"]
    except (OSError, ValueError, KeyError, TypeError):
        return "A case"
    return title if isinstance(title, str) and title.strip() else "A case"


def _act(
    size: int, new: NewItem, name: str, old: Item | None, *, unchanged: bool
) -> tuple[Added, tuple[str, dict[str, Any]] | None]:
    """What is to be logged of bytes that are kept now: `old` is the item that has them already."""
    if old is None or old.removed:
        return "added", (ADDED, {"sha256": name, "bytes": size} | _given(new))
    if not unchanged and new.address in (None, old.address, *old.again) and old.newer is None:
        return "same", None
    return "again", (AGAIN, {"sha256": name} | _given(new))


def _there(item: Item | None) -> Item:
    assert item is not None, "an item that was logged is in the inventory"
    return item


def _given(new: NewItem) -> dict[str, Any]:
    """What is known, without what is not."""
    return {key: value for key, value in msgspec.to_builtins(new).items() if value is not None}
