"""The readings once more, as Parquet by month of publication, for programs that read many and want a few columns."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from evenhand.errors import UsageError
from evenhand.model.evidence import to_json
from evenhand.model.reading import Reading

_AT_ONCE, _HELD = 500, 4000
_UNKNOWN = "unknown"


def write_columns(folder: Path, readings: Iterable[Reading]) -> list[Path]:
    """Write `folder`/month=2016-12/part-0.parquet and so on, in place of what is there; returns the files.

    `record` holds the reading as the line of `readings.jsonl` does, the other columns what is often asked for. Raises
    UsageError where pyarrow (extra `evenhand[cluster]`) is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as problem:
        raise UsageError("--parquet needs pyarrow; run: pip install 'evenhand[cluster]'") from problem
    names = ("report", "outlet", "published", "file", "url", "title", "language")
    schema = pa.schema(
        [
            *((name, pa.string()) for name in names),
            *((name, pa.int32()) for name in ("statements", "claims")),
            ("unread", pa.string()), ("record", pa.binary()),
        ]
    )  # fmt: skip
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with ExitStack() as open_files:
        writers: dict[str, Any] = {}
        # not pyarrow's own dataset writer: its threads put the rows in any order
        for month, rows in _parts(_rows(readings)):
            if month not in writers:
                path = partial / f"month={month}" / "part-0.parquet"
                path.parent.mkdir()
                writers[month] = open_files.enter_context(pq.ParquetWriter(path, schema))
            writers[month].write_batch(pa.RecordBatch.from_pylist(rows, schema))
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)
    return sorted(folder.rglob("*.parquet"))


def _rows(readings: Iterable[Reading]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The month of publication, and the row."""
    for reading in readings:
        report = reading.report
        yield (report.published or _UNKNOWN)[:7], {
            "report": report.id, "outlet": report.outlet, "published": report.published, "file": report.file,
            "url": report.url, "title": report.title, "language": report.language,
            "statements": len(reading.statements), "claims": len(reading.claims),
            "unread": reading.unread.why if reading.unread else None, "record": to_json(reading),
        }  # fmt: skip


def _parts(rows: Iterator[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows by month, in their order; of the months that wait the longest list goes when they are many in all."""
    waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, (month, row) in enumerate(rows, 1):
        waiting[month].append(row)
        while number % _AT_ONCE == 0 and sum(map(len, waiting.values())) > _HELD:
            longest = max(sorted(waiting), key=lambda one: len(waiting[one]))
            yield longest, waiting.pop(longest)
    for month in sorted(waiting):
        yield month, waiting[month]
