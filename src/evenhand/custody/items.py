"""What the case holds, worked out from the log alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from evenhand.custody.entries import Entry
from evenhand.model.evidence import Record

ADDED, AGAIN, REMOVED = "added", "found again", "removed"


class Tombstone(Record, frozen=True, kw_only=True):
    """Why an item is no longer part of the case. `erased`: its bytes are gone too; the hash stays."""

    at: str
    who: str
    reason: str
    erased: bool = False


class Item(Record, frozen=True, kw_only=True):
    """One original and how it came: `address` is its URL or the path it was found at, None for standard input.

    `version` counts the different bytes found at one address, from 1; `newer` names the next version's hash.
    `http` is the exchange where it was fetched, `meta` what the user's table said of it.
    """

    sha256: str
    bytes: int
    media_type: str
    file: str
    method: str
    software: str
    by: str
    at: str
    address: str | None = None
    version: int = 1
    older: str | None = None
    newer: str | None = None
    url: str | None = None
    http: dict[str, Any] | None = None
    meta: dict[str, str] | None = None
    again: tuple[str, ...] = ()
    removed: Tombstone | None = None

    @property
    def current(self) -> bool:
        """Whether the item is read and assessed: not removed, and the newest version at its address."""
        return self.removed is None and self.newer is None


class Inventory:
    """The items of a log, entry by entry; an entry that fits no item (of a log that was altered) is left out."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._held: dict[str, list[str]] = {}  # address → hashes found there, in the order of the last time

    def take(self, entry: Entry) -> None:
        """Take the next entry of the log into account."""
        items, sha256, address = self._items, entry.payload.get("sha256", ""), entry.payload.get("address")
        if entry.what == ADDED:
            try:
                items[sha256] = _added(entry)
            except msgspec.ValidationError:
                return
        elif entry.what not in (AGAIN, REMOVED) or sha256 not in items:
            return
        elif entry.what == REMOVED:
            items[sha256] = msgspec.structs.replace(items[sha256], removed=_tombstone(entry))
            return
        elif address and address not in (items[sha256].address, *items[sha256].again):
            items[sha256] = msgspec.structs.replace(items[sha256], again=(*items[sha256].again, address))
        if address:
            there = self._held.setdefault(address, [])
            if sha256 in there:
                there.remove(sha256)
            there.append(sha256)

    def get(self, sha256: str) -> Item | None:
        """The item with this hash, as it stands now."""
        item = self._items.get(sha256)
        return _placed(item, self._held) if item else None

    def at(self, address: str | None) -> Item | None:
        """The newest item at an address."""
        there = self._held.get(address or "")
        return self.get(there[-1]) if there else None

    def all(self) -> dict[str, Item]:
        """Every item by its SHA-256, in the order in which they were first added."""
        return {sha256: _placed(item, self._held) for sha256, item in self._items.items()}


def replay(entries: Iterable[Entry]) -> dict[str, Item]:
    """The items by SHA-256, worked out from a log's entries."""
    inventory = Inventory()
    for entry in entries:
        inventory.take(entry)
    return inventory.all()


def _added(entry: Entry) -> Item:
    given = {key: value for key, value in entry.payload.items() if key in Item.__struct_fields__}
    return msgspec.convert(given | {"by": entry.who, "at": entry.at}, Item)


def _tombstone(entry: Entry) -> Tombstone:
    given = entry.payload
    return Tombstone(
        at=entry.at, who=entry.who, reason=str(given.get("reason", "")), erased=given.get("erased") is True
    )


def _placed(item: Item, held: dict[str, list[str]]) -> Item:
    """The item with its place among the versions at its address; the newest at any address has no newer one."""
    there = held.get(item.address or "", [item.sha256])
    at = there.index(item.sha256) if item.sha256 in there else 0
    newest = any(held[address][-1] == item.sha256 for address in (item.address, *item.again) if address in held)
    return msgspec.structs.replace(
        item,
        version=at + 1,
        older=there[at - 1] if at else None,
        newer=None if newest or at + 1 == len(there) else there[at + 1],
    )
