import importlib.util
import json

import msgspec
import pytest

from evenhand.dossier.columns import write_columns
from evenhand.errors import UsageError
from evenhand.model.evidence import to_json
from tests.fakes import a_reading

HERE = importlib.util.find_spec("pyarrow") is not None
needs_pyarrow = pytest.mark.skipif(not HERE, reason="pyarrow (extra evenhand[cluster]) is not installed")


def readings():
    for number in range(1200):
        reading = a_reading(f"Story {number}: “it’s so” \U0001f600", file=f"{number}.txt", outlet="o")
        day = None if number % 3 == 0 else f"2031-0{1 + number % 2}-05"
        yield msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, published=day))


@needs_pyarrow
def test_every_reading_stands_in_the_month_of_its_publication(tmp_path):
    import pyarrow.dataset as ds

    files = write_columns(tmp_path / "readings.parquet", readings())
    assert [path.parent.name for path in files] == ["month=2031-01", "month=2031-02", "month=unknown"]
    table = ds.dataset(tmp_path / "readings.parquet", partitioning="hive").to_table()
    rows = {row["report"]: row for row in table.to_pylist()}
    assert len(rows) == 1200
    for reading in readings():
        row = rows[reading.report.id]
        assert row["record"] == to_json(reading)
        assert json.loads(row["record"])["report"]["published"] == row["published"]
        assert row["month"] == (row["published"] or "unknown")[:7]


@needs_pyarrow
def test_the_same_readings_give_the_same_bytes_and_old_parts_go(tmp_path):
    first = {path.relative_to(tmp_path): path.read_bytes() for path in write_columns(tmp_path / "p", readings())}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in write_columns(tmp_path / "p", readings())}
    assert again == first
    assert len(write_columns(tmp_path / "p", [a_reading()])) == 1


@pytest.mark.skipif(HERE, reason="pyarrow is installed")
def test_without_pyarrow_the_cure_is_named(tmp_path):
    with pytest.raises(UsageError, match="pip install"):
        write_columns(tmp_path / "p", readings())
