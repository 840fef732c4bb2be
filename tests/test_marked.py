"""What is marked as sensitive leaves a case in no export, unless the owner asks for it in so many words."""

import zipfile

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.exporting import FORMATS
from evenhand.reviewing import Proposal
from tests.workbench import cases, found

NAME, WORDS = "Ruth Amsel", "Two fishermen were killed"


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = cases.copy(tmp_path_factory.mktemp("marked"))
    bench = cases.bench(folder)
    report, item = found.statement(bench, "clinic had run out", NAME)
    who = found.standing(bench, report).item("statement", item).speaker
    bench.decide(Proposal(action="mark", kind="entity", item=who, report=report, why="a witness"), "Ada")
    harbour = next(
        name for name in bench.desk.keys if WORDS in found.standing(bench, name).reading.report.text
    )  # fmt: skip
    at = found.standing(bench, harbour).reading.report.text.index(WORDS)
    bench.decide(
        Proposal(action="mark", kind="passage", report=harbour, fields={"spans": [[at, at + len(WORDS)]]}, exact={"spans": (WORDS,)}, why="shows where"),
        "Ada",
    )  # fmt: skip
    bench.close()
    cases.run("assess", folder, "--jobs", "1")
    return folder


def every_byte(path) -> bytes:
    if path.is_dir():
        return b"".join(every_byte(one) for one in sorted(path.iterdir()))
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(path) as archive:
        inner = path.parent / f"{path.name}-inner"
        archive.extractall(inner)
    return every_byte(inner)


@pytest.mark.parametrize("form", ["bundle", "bagit", *FORMATS, "all"])
def test_marks_are_in_no_export(case, tmp_path, form):
    done = run("export", case, "--as", form, "-o", tmp_path / "out.zip")
    assert done.exception is None, done.output
    assert "1 person and 1 passage marked as sensitive: left out" in done.output
    whole = every_byte(tmp_path / "out.zip")
    assert len(whole) > 300
    for words in (NAME, "Amsel", WORDS):
        assert words.encode() not in whole, words


def test_the_owner_gets_everything_by_asking(case, tmp_path):
    done = run("export", case, "--sensitive", "-o", tmp_path / "whole.zip")
    assert done.exception is None, done.output
    assert "left out" not in done.output
    assert NAME.encode() in every_byte(tmp_path / "whole.zip")
    assert run("verify", tmp_path / "whole.zip").exit_code == 0


def test_a_case_without_marks_is_exported_as_before(tmp_path):
    done = run("export", cases.varda(), "-o", tmp_path / "whole.zip")
    assert done.exception is None, done.output
    assert "sensitive" not in done.output
