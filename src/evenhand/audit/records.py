"""What an audit finds: differences, stage by stage, for every exchange that was tried."""

from __future__ import annotations

from typing import Literal

from evenhand.model.evidence import Record, Span
from evenhand.model.reading import Software

Stage = Literal[
    "intake", "tagged speech", "tagged names", "statements", "claims", "copies", "incidents", "origins", "answers",
    "grades",
]  # fmt: skip
STAGES: tuple[Stage, ...] = (
    "intake", "tagged speech", "tagged names", "statements", "claims", "copies", "incidents", "origins", "answers",
    "grades",
)  # fmt: skip


class Field(Record, frozen=True, kw_only=True):
    """One thing that a record says otherwise: as reported, and after exchanging, mapped back."""

    name: str
    plain: str
    exchanged: str


class Difference(Record, frozen=True, kw_only=True):
    """One record that did not come out exchanged and otherwise the same.

    `home` is a report's or an incident's id, `place` its file or title, `span` and `words` where it lies in the
    report's own text. `exchanged` are the exchanged names in those sentences, `a → b`: the words that caused it.
    `first` is the earliest stage at which anything differs there: the stage that causes this difference.
    """

    home: str
    place: str
    span: Span | None = None
    words: str = ""
    exchanged: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    first: Stage


class StageResult(Record, frozen=True, kw_only=True):
    """How many records of a stage were compared, and those that differ."""

    stage: Stage
    compared: int
    differences: tuple[Difference, ...] = ()

    @property
    def share(self) -> float:
        """Differing records by compared ones, 0–1 (records found on one side only count, so 1 may be passed)."""
        return len(self.differences) / max(1, self.compared)


class PairAudit(Record, frozen=True, kw_only=True):
    """One exchange: who with whom, the words it moved, and the differences of each stage.

    `occurrences` counts exchanged names in texts, `touched` the reports that hold one; `pairs` are the pairs that
    occur, most frequent first; `kept` are names of either that occur and have no counterpart; `held` counts names
    left as they are because the words beside them would make them another's. `stages` are the results of a second
    run in full; `by_rules` those of a run for which the trained tagger did not read the exchanged texts: its marks
    were carried over, so that what differs there does so by rules and data (or by the trained parser).
    """

    kind: Literal["parties", "outlets"]
    one: str
    other: str
    reports: int
    touched: int
    occurrences: int
    pairs: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    held: int = 0
    stages: tuple[StageResult, ...] = ()
    by_rules: tuple[StageResult, ...] = ()

    def stage(self, name: Stage, *, by_rules: bool = False) -> StageResult:
        """The result of one stage."""
        results = self.by_rules if by_rules else self.stages
        return next(result for result in results if result.stage == name)


class Audit(Record, frozen=True, kw_only=True):
    """An audit of a case: every exchange that was tried, by one version of the software and its weights."""

    software: Software
    rules: str
    reports: int
    unread: int
    pairs: tuple[PairAudit, ...] = ()

    def differing(self, name: Stage, *, by_rules: bool = False) -> int:
        """Differences of a stage over all exchanges."""
        return sum(len(pair.stage(name, by_rules=by_rules).differences) for pair in self.pairs)

    def compared(self, name: Stage) -> int:
        """Compared records of a stage over all exchanges."""
        return sum(pair.stage(name).compared for pair in self.pairs)
