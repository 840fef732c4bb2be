"""One person or body while a report is being read."""

from __future__ import annotations

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import EntityKind, Form
from evenhand.reading.names.lexicon import plural


class Draft(msgspec.Struct, eq=False):
    """One person or body while the report is being read; becomes an Entity at the end."""

    name: str
    kind: EntityKind
    named: bool
    order: int
    gender: str | None = None
    plural: bool = False
    heads: set[str] = msgspec.field(default_factory=set)
    role: str | None = None
    org: Draft | None = None
    party: str | None = None
    stands_for: str | None = None
    fits: frozenset[str] = frozenset()
    sort: str | None = None
    canonical: bool = False
    printed: str | None = None  # of an organ: its fullest name in this report, "" while it has none
    listed: str = ""
    indefinite: bool = False
    words: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    mentions: dict[Span, Form] = msgspec.field(default_factory=dict)
    last: Span | None = None
    seen: int = -1
    speaks: int = -1

    def note(self, span: Span, form: Form) -> None:
        """Add a mention; the first reading of a span stays."""
        self.mentions.setdefault(span, form)
        self.last = span

    @property
    def speaks_for(self) -> str | None:
        """The body in whose name it speaks: its own, for a body."""
        if self.org is not None:
            return self.org.name
        return self.name if self.named and self.kind != "person" else self.stands_for

    @property
    def many(self) -> bool:
        """Whether "they" is the natural pronoun: described in the plural, or named by a plural ("… Forces")."""
        return self.plural or (self.kind != "person" and plural(self.name.rsplit(" ", 1)[-1].lower()))

    @property
    def human(self) -> bool:
        """Whether "he" or "she" may stand for it."""
        return self.kind in ("person", "people")
