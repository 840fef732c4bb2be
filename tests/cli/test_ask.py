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
    bench.close()
    assert json.loads(run("ask", folder, "case").output)["reports"] == 14
    done = run("decide", folder, "edit", "statement", report, item, *SET, "--by", "Bo")
    assert done.exception is None, done.exception
    decision = re.match(r"(\w{16}): edit statement", done.output)[1]
    assert "→" in done.output
    listed = json.loads(run("ask", folder, "decisions").output)["rows"]
    assert [(row["who"], row["why"]) for row in listed] == [("Bo", "heard")]
    assert run("undo", folder, decision).output.startswith(decision) is False
    assert isinstance(run("undo", folder, decision).exception, RefusedError)
    table = run("ask", folder, "decisions", "format=csv").output
    assert len(table.splitlines()) == 3
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
