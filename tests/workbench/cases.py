"""A case folder with the invented war, assessed once a test process and copied for each test that changes it."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from evenhand.assessing import AssessmentSettings
from evenhand.casework import put_store, store_of
from evenhand.cli import cli
from evenhand.cli.options import profile_of
from evenhand.custody import open_case
from evenhand.settings import read_case
from evenhand.store.database import open_store
from evenhand.workbench.bench import Workbench


def run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)
    assert result.exception is None, (words, result.output, result.exception)
    return result.output


@cache
def varda() -> Path:
    """The case of `examples/varda`, assessed."""
    home = Path(tempfile.mkdtemp(prefix="evenhand-case-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    made = home / "varda"
    run("init", made, "--title", "The invented war", "--by", "Ada")
    shutil.copy("examples/varda/case.toml", made / "case.toml")
    run("add", made, "examples/varda/reports", "--by", "Ada")
    run("assess", made, "--jobs", "1", "--by", "Ada")
    return made


def copy(into: Path) -> Path:
    """A case of one's own."""
    return Path(shutil.copytree(varda(), into / "varda"))


def bench(folder: Path, store: str | None = None) -> Workbench:
    """The workbench over a case folder; with `store`, over that database."""
    case = open_case(folder)
    if store is not None:
        put_store(case, store)
        run("assess", folder, "--jobs", "1", "--by", "Ada")
    toml = case.paths.toml
    made = Workbench(case, open_store(store_of(case)), profile_of(toml), AssessmentSettings.from_case(read_case(toml)))
    made.open()
    return made
