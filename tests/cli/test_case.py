"""A case folder as a user works on it, from init to verify."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.custody import open_case
from evenhand.errors import StoreError
from evenhand.store.database import open_store
from tests import postgres
from tests.fakes import a_reading

VARDA = Path("examples/varda")


def run(*words, **options):
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False, **options)


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    assert run("init", folder, "--title", 'The "Varda" war', "--by", "maria").exit_code == 0
    return folder


def test_from_init_to_verify(case, tmp_path):
    added = run("add", case, VARDA / "reports", "--by", "karim")
    assert (added.return_value, "14 added" in added.output) == (0, True)
    again = run("add", case, VARDA / "reports")
    assert "14 already there" in again.output
    assessed = run("assess", case, "--case", VARDA / "case.toml", "--jobs", 1, "--by", "lena")
    assert assessed.return_value == 0, assessed.output
    assert (case / "dossier" / "index.html").is_file()
    alone = tmp_path / "alone"
    run("assess", VARDA / "reports", "--case", VARDA / "case.toml", "--jobs", 1, "-o", alone)
    for name in ("readings.jsonl", "incidents.jsonl"):
        assert (case / "dossier" / "ledger" / name).read_bytes() == (alone / "ledger" / name).read_bytes()
    entries = open_case(case).log.entries()
    assert [(e.what, e.who) for e in entries[-2:]] == [("read", "lena"), ("assessed", "lena")]
    assert entries[-2].payload["weights"].startswith("sha256:")
    assert entries[-1].payload["rules"] in run("method").output
    verified = run("verify", case)
    assert (verified.return_value, "whole: 14 originals" in verified.output) == (0, True)
    (case / "dossier" / "index.html").write_text("edited")
    verified = run("verify", case)
    assert (verified.return_value, "altered:   dossier/index.html" in verified.output) == (1, True)


def test_what_cannot_be_taken_in_is_named_and_the_rest_goes_on(case, tmp_path):
    (tmp_path / "a.txt").write_text("words")
    added = run("add", case, tmp_path / "nowhere.txt", tmp_path / "a.txt")
    assert added.return_value == 3
    assert "nowhere.txt: not taken in: there is no such file" in added.stderr
    assert "1 added, 1 not taken in" in added.stdout


def test_list_and_remove(case, tmp_path):
    (tmp_path / "a.txt").write_text("24 killed")
    run("add", case, tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text("26 killed")
    added = run("add", case, tmp_path / "a.txt")
    assert "version 2; version 1 stays beside it" in added.stderr
    assert "1 items; 1 older or removed" in run("list", case).output
    rows = [json.loads(line) for line in run("list", case, "--all", "--json").output.splitlines()]
    assert [row["version"] for row in rows] == [1, 2]
    removed = run("remove", case, "a.txt", "--reason", "[bold]not ours[/bold]")
    assert rows[1]["sha256"][:12] in removed.output
    assert "[bold]not ours[/bold]" in run("list", case, "--all").output.replace("\n", " ")


def test_a_report_from_standard_input(case):
    assert "1 added" in run("add", case, "-", input="Five people were killed.").output
    item = open_case(case).items()[0]
    assert (item.file, item.address, item.method) == ("-", None, "standard input")


def test_what_the_users_table_says_is_kept_with_the_item(case):
    run("add", case, VARDA / "reports")
    assert {item.meta["outlet"] for item in open_case(case).items()} >= {"mpa"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["assess", "CASE", "-o", "elsewhere"], "leave -o out"),
        (["assess", "CASE", "other.txt"], "assess it alone"),
        (["assess", "story.txt"], "Missing option '-o'"),
        (["remove", "CASE", "x", "--reason", " "], "say why"),
        (["verify", "CASE", "--head", "abc"], "8 digits"),
        (["add", "nowhere", "a.txt"], "evenhand init nowhere"),
        (["init", "CASE"], "a case already"),
    ],
)
def test_wrong_use_is_said_with_the_cure(case, words, says):
    result = run(*[str(case) if word == "CASE" else word for word in words])
    assert says in str(result.exception)


def test_an_altered_original_is_not_read(case, tmp_path):
    (tmp_path / "a.txt").write_text("ORLIN (Reuters) - Five people were killed, the army said.")
    run("add", case, tmp_path / "a.txt")
    original = next((case / "originals").iterdir())
    original.chmod(0o600)
    original.write_text("ORLIN (Reuters) - Nine people were killed, the army said.")
    result = run("assess", case, "--jobs", 1)
    assert result.return_value == 3
    assert "gone or altered" in (case / "dossier" / "ledger" / "readings.jsonl").read_text()
    assert "Nine" not in (case / "dossier" / "index.html").read_text()


@pytest.fixture(scope="module")
def assessed(tmp_path_factory):
    """The invented war as a case, read and assessed once."""
    folder = tmp_path_factory.mktemp("varda") / "case"
    run("init", folder)
    (folder / "case.toml").write_bytes((VARDA / "case.toml").read_bytes())
    run("add", folder, VARDA / "reports")
    assert run("assess", folder, "--jobs", 1).return_value == 0
    return folder


def test_every_format_of_a_case_is_written_and_logged(assessed, tmp_path):
    result = run("export", assessed, "--as", "all", "-o", tmp_path / "all", "--to", "the desk")
    assert result.exception is None, result.exception
    for line in result.stdout.splitlines():
        sha256, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "all" / name).read_bytes()).hexdigest() == sha256
    entry = open_case(assessed).log.entries()[-1]
    assert (entry.what, entry.payload["as"], entry.payload["to"]) == ("exported", "all", "the desk")
    assert len(entry.payload["files of the export"]) == len(result.stdout.splitlines())
    assert run("verify", assessed).return_value == 0


def test_a_bundle_goes_there_and_back(assessed, tmp_path):
    assert run("export", assessed, "-o", tmp_path / "x.zip").exception is None
    assert run("verify", tmp_path / "x.zip").return_value == 0
    assert "14 originals" in run("import", tmp_path / "x.zip", tmp_path / "back").output
    assert run("assess", tmp_path / "back", "--jobs", 1).return_value == 0
    for name in ("readings.jsonl", "incidents.jsonl"):
        one, other = (root / "dossier" / "ledger" / name for root in (assessed, tmp_path / "back"))
        assert one.read_bytes() == other.read_bytes()


def test_a_dossier_without_a_case_is_exported_too(assessed, tmp_path):
    result = run("export", assessed / "dossier", "--as", "geojson", "-o", tmp_path / "x.geojson")
    assert result.exception is None
    assert json.loads((tmp_path / "x.geojson").read_text())["type"] == "FeatureCollection"


def test_records_that_the_log_does_not_name_are_not_exported(assessed, tmp_path):
    path = assessed / "dossier" / "ledger" / "incidents.jsonl"
    kept = path.read_bytes()
    try:
        path.write_bytes(kept + b"\n")
        result = run("export", assessed, "--as", "csv", "-o", tmp_path / "x")
        assert "not as the log says" in str(result.exception)
    finally:
        path.write_bytes(kept)


def test_columns_are_those_of_tables_and_a_story_beside_them_is_read_too(case, tmp_path):
    (tmp_path / "table.csv").write_text("n,body\n1,Five people were killed in Orlin on Monday the army said.\n")
    (tmp_path / "story.txt").write_text("ORLIN (Reuters) - Five people were killed, the army said.")
    run("add", case, tmp_path / "table.csv", tmp_path / "story.txt")
    result = run("assess", case, "--jobs", 1, "--columns", "text=body")
    assert result.return_value == 0, result.stderr


def test_a_folder_named_like_a_packaged_case_hides_it_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("init", "syria")
    assert run("who", "SANA", "--case", "syria").exception is None
    run("init", "mine")
    assert run("who", "SANA", "--case", "mine").exception is None


def test_a_case_that_was_not_assessed_has_no_records(case, tmp_path):
    result = run("export", case, "--as", "csv", "-o", tmp_path / "x")
    assert "evenhand assess" in str(result.exception)


def test_where_a_teams_database_is_not_reached_nothing_is_erased(case, tmp_path):
    (tmp_path / "a.txt").write_text("words")
    run("add", case, tmp_path / "a.txt")
    (case / ".evenhand" / "store").write_text("postgresql://user:secret@127.0.0.1:9/case\n")
    result = run("remove", case, "a.txt", "--erase", "--reason", "consent withdrawn")
    assert isinstance(result.exception, StoreError)
    assert "secret" not in result.output + str(result.exception)
    assert len(list((case / "originals").iterdir())) == 1
    assert '"removed"' not in (case / "log.jsonl").read_text()


def test_a_second_assessment_logs_what_changed_and_the_case_stays_whole(case, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            f"ORLIN, May 4 (Reuters) - Shells killed two people in {name.title()}ton.\n"
        )
        run("add", case, tmp_path / f"{name}.txt")
    for _ in range(2):
        assert run("assess", case, "--jobs", 1).return_value == 0
        assert run("verify", case).return_value == 0
    run("remove", case, "b.txt", "--reason", "sent twice")
    assert run("assess", case, "--jobs", 1).return_value == 0
    assert run("verify", case).return_value == 0
    entries = map(json.loads, (case / "log.jsonl").read_text().splitlines())
    first, second, third = (entry["payload"]["files"] for entry in entries if entry["what"] == "assessed")
    assert "dossier/index.html" in first and second == {}
    assert None in third.values() and "dossier/index.html" in third and third.keys() - first.keys() == set()


def test_a_watch_assesses_what_an_earlier_one_only_took_in(case, tmp_path):
    feed = tmp_path / "feed"
    feed.mkdir()
    (feed / "a.txt").write_text("ORLIN, May 4 (Reuters) - Shells killed two people in Aton.\n")
    run("add", case, feed)
    first = run("watch", case, feed, "--once", "--jobs", 1)
    assert "now" in first.output, first.output
    assert "Nothing new" in run("watch", case, feed, "--once", "--jobs", 1).output


@postgres.needs_postgres
def test_erasing_reaches_a_teams_database(case, tmp_path):
    (tmp_path / "a.txt").write_text("words")
    run("add", case, tmp_path / "a.txt")
    address = postgres.database()
    (case / ".evenhand" / "store").write_text(address + "\n")
    store = open_store(address)
    store.add_readings([("k", a_reading("words"))])
    store.put_current(["k"])
    result = run("remove", case, "a.txt", "--erase", "--reason", "consent withdrawn")
    assert result.exception is None, result.stderr
    assert "gone from the team's database" in result.stderr
    assert store.keys_read(["k"]) == frozenset() and store.current() == ()
    store.close()
