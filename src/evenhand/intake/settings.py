"""What intake works with: the outlets it may recognise, the user's tables and its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from evenhand.model.parties import Outlet

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000


class Outlets(Protocol):
    """The outlet registry as intake needs it; `evenhand.model.profile.Profile` is one."""

    def outlet_named(self, name: str) -> Outlet | None:
        """The outlet with this id, name or printed form."""

    def outlet_for_domain(self, host: str) -> Outlet | None:
        """The outlet of a host name or URL."""


class NoOutlets:
    """A registry that knows nobody."""

    def outlet_named(self, name: str) -> Outlet | None:
        """Nobody is known."""
        del name
        return None

    def outlet_for_domain(self, host: str) -> Outlet | None:
        """Nobody is known."""
        del host
        return None


@dataclass(frozen=True, slots=True)
class MetaRow:
    """What the user's table says of one file; every field may be None."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None

    def over(self, other: MetaRow) -> MetaRow:
        """The row, its gaps filled from `other`."""
        return MetaRow(
            self.url or other.url,
            self.outlet or other.outlet,
            self.title or other.title,
            self.published or other.published,
            self.language or other.language,
        )


@dataclass(frozen=True, slots=True)
class Meta:
    """The tables that say what files do not: `given` by `--meta` (key: file), `found` in folders (key: path).

    Paths are keyed as `Original.path` names them; the given table wins over the found one, field by field. `absent`:
    (table, row, file) of rows about files that are nowhere.
    """

    given: Mapping[str, MetaRow] = field(default_factory=dict)
    found: Mapping[str, MetaRow] = field(default_factory=dict)
    absent: tuple[tuple[str, str, str], ...] = ()

    def of(self, path: str, file: str) -> MetaRow:
        """What the tables say of the original at `path`, named `file` in reports."""
        given = self.given.get(file) or self.given.get(path) or MetaRow()
        return given.over(self.found.get(path) or MetaRow())


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """Settings of intake: values only.

    `columns` maps our field names to a table's columns (`text` → `article_content`). `is_place` tells whether a
    name is a place's; without it a dateline is known by its form alone. `languages`: what can be read (ISO 639-1).
    """

    outlets: Outlets = field(default_factory=NoOutlets)
    meta: Meta = field(default_factory=Meta)
    columns: Mapping[str, str] = field(default_factory=dict)
    is_place: Callable[[str], bool] | None = None
    languages: tuple[str, ...] = ("en",)
    max_rows: int = MAX_ROWS
