"""`evenhand ask`, `decide`, `undo` on a case folder, and the same on a served case."""

import json
import re

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.errors import RefusedError, UsageError
from evenhand.workbench.accounts import Accounts
from tests.workbench import cases, found
from tests.workbench.served import server

SET = ["--set", 'speaker_name="Straits Monitoring Group"', "--set", 'attitude="asserts"', "--why", "heard"]


def run(*words, env=None):
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False, env=env)


def test_a_folder_is_asked_decided_on_and_undone(tmp_path):
    folder = cases.copy(tmp_path)
    bench = cases.bench(folder)
    report, item = found.statement(bench, "Our drone crew took the bus")
    _, first = found.statement(bench, "one of its drones had hit a bus")
    bench.close()
    assert json.loads(run("ask", folder, "case").output)["reports"] == 14
    assert run("decide", folder, "edit", "statement", report, first, *SET, "--by", "Bo").exception is None
    done = run("decide", folder, "edit", "statement", report, item, *SET, "--by", "Bo")
    assert done.exception is None, done.exception
    decision = re.match(r"(\w{16}): edit statement", done.output)[1]
    assert "→" in done.output
    listed = json.loads(run("ask", folder, "decisions").output)["rows"]
    assert [(row["who"], row["why"]) for row in listed] == [("Bo", "heard")] * 2
    assert run("undo", folder, decision).output.startswith(decision) is False
    assert isinstance(run("undo", folder, decision).exception, RefusedError)
    table = run("ask", folder, "decisions", "format=csv").output
    assert len(table.splitlines()) == 4
    assert isinstance(run("ask", folder, "nothing").exception, UsageError)
    assert isinstance(run("ask", folder, "queue", "colour=red").exception, RefusedError)
    assert isinstance(
        run("decide", folder, "edit", "claim", report, "c1", "--set", "type=airstrike").exception, UsageError
    )


def test_a_served_case_is_asked_the_same_way(tmp_path):
    bench = cases.bench(cases.copy(tmp_path))
    accounts = Accounts(bench.store.engine)
    accounts.add("amira", "reviewer", "correct horse battery")
    _, token = accounts.new_token("amira", "script", ["read", "decide"])
    report, item = found.statement(bench, "Our drone crew took the bus")
    with server(bench, alone=None) as (address, _):
        env = {"EVENHAND_TOKEN": token}
        assert json.loads(run("ask", address, "case", env=env).output)["you"] == "amira"
        done = run("decide", address, "edit", "statement", report, item, *SET, env=env)
        assert done.exception is None, done.exception
        assert bench.desk.force[0].who == "amira"
        assert run("undo", address, bench.desk.force[0].id, env=env).exception is None
        assert "no such report" in str(run("decide", address, "accept", "claim", "x", "c1", env=env).exception)
        assert "sign in" in str(run("ask", address, "case", env={"EVENHAND_TOKEN": "evh_wrong"}).exception)
        assert isinstance(run("ask", address, "case", env={"EVENHAND_TOKEN": ""}).exception, UsageError)
    bench.close()


@pytest.mark.parametrize("address", ["http://example.org", "https:///nowhere", "http://10.0.0.1/"])
def test_a_token_is_never_sent_in_the_open(address):
    problem = run("ask", address, "case", env={"EVENHAND_TOKEN": "evh_x"}).exception
    assert isinstance(problem, UsageError | RefusedError)


REPORT = (
    "PORT ANSVEL, March 5 (KNA) - Two fishermen were killed on Monday when a shell hit the harbour of Port Ansvel, Medics "
    "Beyond Lines said on Tuesday. Doctor Ruth Amsel of Medics Beyond Lines said her team had treated nine people."
)


def test_add_assess_and_export_work_on_a_served_case(tmp_path):
    bench = cases.bench(cases.copy(tmp_path))
    accounts = Accounts(bench.store.engine)
    accounts.add("amira", "reviewer", "correct horse battery")
    accounts.add("rana", "reader", "correct horse battery")
    env = {"EVENHAND_TOKEN": accounts.new_token("amira", "script", ["read", "decide"])[1]}
    reader = {"EVENHAND_TOKEN": accounts.new_token("rana", "script", ["read"])[1]}
    folder = tmp_path / "more"
    (folder / "south").mkdir(parents=True)
    (folder / "south" / "harbour.txt").write_text(REPORT, "utf-8")
    (folder / "meta.csv").write_text("file,outlet,published\nsouth/harbour.txt,kna,2024-03-05\n", "utf-8")
    with server(bench, alone=None) as (address, _):
        assert isinstance(run("add", address, folder, env=reader).exception, RefusedError)
        done = run("add", address, folder, env=env)
        assert done.exception is None, done.exception
        assert "1 added" in done.output
        assert "1 already there" in run("add", address, folder, env=env).output
        assert isinstance(run("add", address, "https://example.org/story", env=env).exception, UsageError)
        assert isinstance(run("assess", address, env=reader).exception, RefusedError)
        done = run("assess", address, env=env)
        assert done.exception is None, done.exception
        assert "15 reports" in done.output
        bench.refresh()
        assert len(bench.desk.keys) == 15
        for form, name in (("bundle", "case.zip"), ("geojson", "places.geojson"), ("csv", "tables")):
            done = run("export", address, "--as", form, "-o", tmp_path / name, env=reader)
            assert done.exception is None, done.exception
        assert isinstance(
            run("export", address, "--sensitive", "-o", tmp_path / "s.zip", env=reader).exception, RefusedError
        )
    assert run("verify", tmp_path / "case.zip").exit_code == 0
    assert json.loads((tmp_path / "places.geojson").read_text("utf-8"))["type"] == "FeatureCollection"
    assert (tmp_path / "tables" / "claims.csv").exists()
    added = [entry for entry in bench.case.log.entries() if entry.what == "added"][-1]
    assert (added.who, added.payload["file"], added.payload["meta"]["outlet"]) == ("amira", "south/harbour.txt", "kna")
    assert [entry.who for entry in bench.case.log.entries() if entry.what == "exported"] == ["rana"] * 3
    bench.close()


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a//b", "a\\b", "./a", ""])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    import base64

    from tests.workbench.conftest import client_of

    bench = cases.bench(cases.copy(tmp_path))
    sent = {"file": name, "data": base64.b64encode(b"words").decode()}
    answer = client_of(bench).post("/api/v1/originals", json=sent)
    assert answer.status_code in (400, 422), answer.text
    bench.close()
