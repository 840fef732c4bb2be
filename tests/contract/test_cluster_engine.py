"""Daft here and on Ray do what every engine must, and a run over either writes the bytes of a local run.

Needs the extra `evenhand[cluster]` (300 MB), which `make test` does not install: `make cluster` does, and runs these.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.engine.cluster import ClusterEngine
from evenhand.errors import EngineError

HERE = [name for name in ("daft", "ray") if importlib.util.find_spec(name)]
needs_cluster = pytest.mark.skipif(len(HERE) < 2, reason="the extra evenhand[cluster] is not installed")
PLACES = pytest.mark.parametrize("ray", [None, "local"], ids=["daft", "daft on ray"])


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=900, check=False)


def told(ran: subprocess.CompletedProcess[str]) -> str:
    """All that is known of a run that failed; below 0 the status is the signal that ended it."""
    return f"exit status {ran.returncode}\n--- stdout\n{ran.stdout[-2000:]}\n--- stderr\n{ran.stderr[-6000:]}"


@pytest.mark.skipif("daft" in HERE, reason="daft is installed")
def test_without_the_extra_the_cure_is_named():
    with pytest.raises(EngineError, match="pip install"):
        list(ClusterEngine().map(lambda: abs, [1], abs))


@needs_cluster
@PLACES
def test_it_keeps_the_contract_of_engines(ray):
    ran = run("-m", "tests.contract.cluster_alone", *([ray] if ray else []))
    assert ran.returncode == 0, told(ran)
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["none"] == []
    assert found["forty"] == [2 * n for n in range(40)], "in the order of the items"
    assert found["fatal"] == [-7 if n == 7 else 2 * n for n in range(10)], "the item that kills its worker, alone"
    assert found["raised"] == "three"


@needs_cluster
@PLACES
def test_a_run_writes_the_bytes_of_a_local_run(ray, tmp_path):
    whole = {}
    for name, words in (("local", ["--jobs", "1"]), ("daft", ["--jobs", "2", "--engine", "daft"])):
        more = ["--ray", ray] if ray and name == "daft" else []
        ran = run(
            "-c", "from evenhand.cli import main; main()", "assess", "examples/varda/reports",
            "--case", "examples/varda/case.toml", *words, *more, "-o", str(tmp_path / name),
        )  # fmt: skip
        assert ran.returncode == 0, told(ran)
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file() and ".evenhand" not in path.parts)
        whole[name] = {path.relative_to(tmp_path / name): path.read_bytes() for path in files}
    assert Path("ledger/readings.jsonl") in whole["local"]
    assert whole["daft"] == whole["local"]
