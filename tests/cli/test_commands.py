"""The command line as a user meets it: help that teaches, clear refusals, exit codes."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from tests.fakes import SHARED

SEED = "examples/tass/seed.txt"


def run(*words, **options):
    return CliRunner().invoke(cli, list(words), **options)


def evenhand(*words, cwd=None, stdin=b""):
    """The installed command, as a shell would start it."""
    command = [sys.executable, "-c", "from evenhand.cli import main; main()", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)


def commands(group=cli, path=()):
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_every_command_has_help(path):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize(
    "name",
    [
        "assess",
        "read",
        "who",
        "types",
        "method",
        "evaluate",
        "audit",
        "train",
        "completion",
        "gazetteer build",
        "init",
        "add",
        "list",
        "remove",
        "verify",
        "export",
        "import",
        "stamp",
        "persons",
        "watch",
    ],
)
def test_help_teaches_by_example(name):
    assert "Examples:" in run(*name.split(), "--help").output
    assert f"evenhand {name}" in run(*name.split(), "--help").output


def test_the_list_of_commands_cuts_no_summary():
    assert "..." not in run("--help").output.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["assess"], "Missing"),
        (["assess", SEED], "-o"),
        (["read", SEED, "--case", "nowhere.toml"], "nowhere.toml"),
        (["read", SEED, "--columns", "text"], "text"),
        (["read", SEED, "--jobs", "0"], "jobs"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(words, says):
    result = evenhand(*words)
    assert result.returncode == 2
    assert says in result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_a_case_file_that_is_no_toml_names_the_file_and_the_line(tmp_path):
    case = tmp_path / "case.toml"
    case.write_text("[case\n")
    result = evenhand("read", SEED, "--case", str(case))
    assert result.returncode == 2
    assert "case.toml" in result.stderr.decode()
    assert "line 1" in result.stderr.decode()


def test_a_missing_file_is_named_with_a_record_and_exit_3(tmp_path):
    (tmp_path / "a.txt").write_text("ORLIN, May 2 (Reuters) - The guns fell silent, residents said on Friday.\n")
    result = evenhand("read", str(tmp_path / "a.txt"), str(tmp_path / "gone.txt"))
    assert result.returncode == 3
    assert b"gone.txt" in result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [bool(line["unread"]) for line in lines] == [False, True]
    assert lines[1]["unread"]["why"]


def test_standard_input_is_read_and_stdout_holds_only_records():
    result = evenhand("read", "-", stdin=b"ORLIN, May 2 (Reuters) - The guns fell silent, residents said on Friday.\n")
    assert result.returncode == 0
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["report"]["outlet"] == "reuters"
    assert result.stderr == b""


def test_who_prints_reason_and_source():
    result = run("who", "Maria Zakharova", "--on", "2016-12-27")
    assert result.exit_code == 0
    assert "spokes" in result.output
    assert "http" in result.output


def test_types_cover_the_ledger():
    rows = [json.loads(line) for line in run("types", "--json").output.splitlines()]
    assert len(rows) == 29
    assert len(run("types").output.splitlines()) == 29


def test_method_prints_the_table_that_runs():
    assert "acknowledged" in run("method").output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_command(shell):
    assert "_EVENHAND_COMPLETE" in run("completion", shell).output


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there: no gold to evaluate on")
def test_evaluate_prints_the_figures():
    result = run("evaluate", str(SHARED / "gold" / "statements"), "--json")
    assert result.exit_code == 0
    figures = json.loads(result.output)
    assert figures["statements in gold"] > 0
    assert 0 < figures["statements F1 (Dice >= .8)"] <= 1


def test_the_package_runs_as_a_module():
    ran = subprocess.run([sys.executable, "-m", "evenhand", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("evenhand")


def test_every_command_is_in_the_readme():
    readme = Path("README.md").read_text("utf-8")
    missing = [path[0] for path, _ in commands() if f"evenhand {path[0]}" not in readme]
    assert missing == []


def test_version_is_the_package_version():
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert run("--version").output.strip().endswith("0.1.0")
