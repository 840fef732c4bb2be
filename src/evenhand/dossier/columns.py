"""The readings once more, as Parquet by month of publication, for programs that read many and want a few columns."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evenhand.errors import UsageError
from evenhand.model.evidence import to_json
from evenhand.model.reading import Reading

_AT_ONCE = 500
_UNKNOWN = "unknown"


def write_columns(folder: Path, readings: Iterable[Reading]) -> list[Path]:
    """Write `folder`/month=2016-12/part-0.parquet and so on, in place of what is there; returns the files.

    `record` holds the reading as the line of `readings.jsonl` does, the other columns what is often asked for. Raises
    UsageError where pyarrow (extra `evenhand[cluster]`) is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.dataset as ds  # noqa: PLC0415
    except ImportError as problem:
        raise UsageError("--parquet needs pyarrow; run: pip install 'evenhand[cluster]'") from problem
    names = ("report", "outlet", "published", "file", "url", "title", "language")
    schema = pa.schema(
        [
            *((name, pa.string()) for name in names),
            *((name, pa.int32()) for name in ("statements", "claims")),
            ("unread", pa.string()), ("record", pa.binary()), ("month", pa.string()),
        ]
    )  # fmt: skip
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    batches = (pa.RecordBatch.from_pylist(part, schema) for part in _parts(_rows(readings)))
    ds.write_dataset(
        pa.RecordBatchReader.from_batches(schema, batches),
        partial,
        format="parquet",
        partitioning=ds.partitioning(pa.schema([("month", pa.string())]), flavor="hive"),
        basename_template="part-{i}.parquet",
        use_threads=False,  # in the readings' order, so that the same readings give the same bytes
    )
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)
    return sorted(folder.rglob("*.parquet"))


def _rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    for reading in readings:
        report = reading.report
        yield {
            "report": report.id, "outlet": report.outlet, "published": report.published, "file": report.file,
            "url": report.url, "title": report.title, "language": report.language,
            "statements": len(reading.statements), "claims": len(reading.claims),
            "unread": reading.unread.why if reading.unread else None, "record": to_json(reading),
            "month": (report.published or _UNKNOWN)[:7],
        }  # fmt: skip


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
