"""One run of the invented war through the command line, shared by the tests that look at it."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading


@dataclass(frozen=True)
class Run:
    """What a run printed and wrote."""

    code: int
    printed: str
    out: Path
    readings: tuple[Reading, ...]
    incidents: tuple[Incident, ...]


def records(path: Path, kind: type) -> tuple:
    """The records of a JSONL file, validated."""
    return tuple(msgspec.json.decode(line, type=kind) for line in path.read_bytes().splitlines())


@cache
def varda() -> Run:
    """`evenhand assess examples/varda/reports --case examples/varda/case.toml`, once a test process."""
    out = Path(tempfile.mkdtemp(prefix="evenhand-varda-")) / "dossier"
    atexit.register(shutil.rmtree, out.parent, ignore_errors=True)
    words = ["assess", "examples/varda/reports", "--case", "examples/varda/case.toml", "--jobs", "1", "-o", str(out)]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert result.exception is None, result.output
    return Run(
        result.return_value or 0, result.output, out,
        records(out / "ledger" / "readings.jsonl", Reading), records(out / "ledger" / "incidents.jsonl", Incident),
    )  # fmt: skip
