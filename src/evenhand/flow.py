"""The whole journey on one screen: reports received → read → grouped → assessed → written down."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from evenhand import __version__, assessing, dossier
from evenhand.assessing import AssessmentSettings
from evenhand.dossier import ledger
from evenhand.dossier.columns import write_columns
from evenhand.engine.base import Engine
from evenhand.engine.local import LocalEngine
from evenhand.growing import Grower, Judging
from evenhand.intake import IntakeSettings, absent_rows, originals, receive_each
from evenhand.model.evidence import content_id, to_json
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from evenhand.model.report import Original, Received
from evenhand.reading.reader import ReaderSettings, unread
from evenhand.reviewing import Decision, rule_on_copies, supersede
from evenhand.stages import Stages
from evenhand.store.base import Store

# Reports looked up in the store together: few enough that the first result does not wait.
_LOOK_UP = 32


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run works with: parts and settings, no logic."""

    store: Store
    engine: Engine
    reader: ReaderSettings
    assessment: AssessmentSettings
    out: Path
    decisions: tuple[Decision, ...] = ()
    stages: Stages = field(default_factory=Stages)
    parquet: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One report's passage: read now, kept from an earlier run, or the same report a second time."""

    state: Literal["read", "kept", "same"]
    received: Received
    key: str
    reading: Reading | None = None


def receive_reports(
    intake: IntakeSettings, paths: Sequence[str], stdin: BinaryIO, keep: Path | None
) -> Iterator[Received]:
    """Reports found under the paths, in a fixed order; each original's bytes are kept before all else."""
    for found in originals(paths, stdin=stdin):
        if isinstance(found, Original):
            if keep is not None:
                ledger.keep_original(keep, found.sha256, found.data)
            yield from receive_each(found, intake)
        else:
            yield found
    yield from absent_rows(intake.meta)


def read_reports(desk: Desk, received: Iterable[Received]) -> Iterator[Step]:
    """Read what is not read yet; each reading is kept as soon as it is there, so a stopped run goes on."""
    identity = desk.reader.identity()
    waiting: deque[Step] = deque()

    def fresh() -> Iterator[Received]:
        seen: set[str] = set()
        for group in _grouped(received, _LOOK_UP):
            keyed = [(content_id("reading", identity, to_json(item).decode()), item) for item in group]
            kept = desk.store.keys_read([key for key, _ in keyed])
            for key, item in keyed:
                same = item.report.id in seen
                seen.add(item.report.id)
                waiting.append(Step("same" if same else "kept" if key in kept else "read", item, key))
                if waiting[-1].state == "read":
                    yield item

    lost = partial(unread, software=desk.reader.software(), problem=None)
    for reading in desk.engine.map(desk.reader.prepare, fresh(), lost):
        while waiting[0].state != "read":
            yield waiting.popleft()
        step = waiting.popleft()
        desk.store.add_readings([(step.key, reading)])
        yield Step("read", step.received, step.key, reading)
    yield from waiting


def assess_reports(desk: Desk, keys: Sequence[str]) -> dossier.Lent[Incident]:
    """Group the claims of the readings under these keys to incidents and grade every question.

    People's decisions stand over what the reader found and over the groups made of it; both are kept. Where earlier
    keys were grouped before, only what the new ones touch is compared and graded.
    """
    judging = Judging(desk.reader.profile, desk.assessment, desk.decisions)
    # a cluster reads; grouping and grading stay on this machine (decision 0062)
    engine = desk.engine if isinstance(desk.engine, LocalEngine) else LocalEngine()
    Grower(desk.store, judging, keys, engine=engine, stages=desk.stages).run()
    desk.store.put_current(keys)
    return incidents_of(desk.store)


def incidents_of(store: Store) -> dossier.Lent[Incident]:
    """The incidents of the last assessment in order of their ids, lent some at a time."""
    return dossier.Lent(store.incident_ids(), store.incidents, held=0)


def write_down(desk: Desk, keys: Sequence[str]) -> Path:
    """Write the ledger, the dossier and the manifest from the store; returns the first page's path.

    The store lends readings and incidents some at a time: they are never all in memory.
    """
    out, store = desk.out, desk.store
    readings, incidents = out / "ledger" / "readings.jsonl", out / "ledger" / "incidents.jsonl"
    key_of = dict(zip(store.reports(keys), keys, strict=True))
    used: set[str] = set()

    def stand(reports: Sequence[str]) -> Iterator[Reading]:
        for reading in _standing(desk, [key_of[one] for one in reports]):
            used.add(reading.report.original.sha256)  # the pages' survey comes by every reading
            yield reading

    lines = _write_readings(desk, readings, keys)
    columns = write_columns(out / "ledger" / "readings.parquet", _standing(desk, keys)) if desk.parquet else []
    found = incidents_of(store)
    ledger.write_lines(incidents, found.values())
    renewal = dossier.Renewal.of(out, store.pieces("pages", [0]).get(0))
    pages = dossier.write_pages(
        out,
        readings=dossier.Lent(key_of, stand),
        incidents=found,
        copies=rule_on_copies(store.copies(), desk.decisions),
        profile=desk.reader.profile,
        rules=assessing.rule_table(),
        renewal=renewal,
    )
    store.put_pieces([("pages", 0, renewal.dump()), ("lines", 0, to_json(lines))])
    known = {path: (one.size, one.sha256) for path, one in renewal.now.items()}
    known[readings.relative_to(out).as_posix()] = lines.size, lines.sha256
    # what was never there (a path typed wrong, a link) has no bytes and no hash
    kept = [path for name in sorted(used) if name and (path := out / "originals" / name).is_file()]
    ledger.write_manifest(
        out, [readings, incidents, *columns, *pages, *kept],
        version=__version__, rules=assessing.rule_table().version, known=known,
    )  # fmt: skip
    return out / "index.html"


def _standing(desk: Desk, keys: Sequence[str]) -> Iterator[Reading]:
    """Readings with people's decisions over them."""
    return (supersede(reading, desk.decisions).reading for reading in desk.store.readings(keys))


def _write_readings(desk: Desk, path: Path, keys: Sequence[str]) -> ledger.Lines:
    """The ledger's readings; where nobody decided anything, only what is new is written, at the file's end."""
    if desk.decisions:
        return ledger.extend_lines(path, keys, lambda some: map(to_json, _standing(desk, some)), None)
    data = desk.store.pieces("lines", [0]).get(0)
    before = msgspec.json.decode(data, type=ledger.Lines) if data else None
    return ledger.extend_lines(path, keys, desk.store.records, before)


def _grouped(items: Iterable[Received], size: int) -> Iterator[list[Received]]:
    """Items in lists of at most `size` (itertools.batched is not in Python 3.11)."""
    group: list[Received] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
