"""The backup and restore of docs/workbench.md, done."""

import shutil
import subprocess

import pytest

from evenhand.reviewing import Proposal
from evenhand.workbench.accounts import Accounts
from tests import postgres
from tests.workbench import cases, found

pytestmark = postgres.needs_postgres
PASSWORD = "correct horse battery"


@pytest.fixture
def pg():
    assert postgres.BINARIES is not None

    def run(name, *words):
        done = subprocess.run(
            [str(postgres.BINARIES / name), *words], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr

    return run


def test_a_team_case_is_restored_with_accounts_and_every_decision(tmp_path, pg):
    first, second = postgres.database(), postgres.database()
    folder = cases.copy(tmp_path)
    bench = cases.bench(folder, first)
    Accounts(bench.store.engine).add("amira", "reviewer", PASSWORD)
    report, item = found.statement(bench, "Two fishermen were killed")
    bench.decide(Proposal(action="accept", kind="statement", item=item, report=report), "amira")
    pg("pg_dump", "-Fc", "-f", str(tmp_path / "case.dump"), first)
    report, item = found.statement(bench, "Our drone crew took the bus")
    bench.decide(
        Proposal(action="edit", kind="statement", item=item, report=report, fields={"attitude": "asserts"}), "amira"
    )
    before = found.everything(bench)
    bench.close()
    shutil.make_archive(str(tmp_path / "case"), "gztar", folder.parent, folder.name)
    shutil.rmtree(folder)

    shutil.unpack_archive(str(tmp_path / "case.tar.gz"), tmp_path)
    pg("pg_restore", "-d", second, str(tmp_path / "case.dump"))
    (folder / ".evenhand" / "store").write_text(second + "\n", "utf-8")
    assert "whole" in cases.run("verify", folder)
    again = cases.bench(folder)
    assert len(again.desk.force) == 2, "the decision taken after the dump is in the log"
    assert found.everything(again) == before
    assert Accounts(again.store.engine).sign_in("amira", PASSWORD)
    again.close()


def test_without_the_dump_everything_but_the_accounts_comes_back(tmp_path):
    folder = cases.copy(tmp_path)
    bench = cases.bench(folder, postgres.database())
    report, item = found.statement(bench, "Two fishermen were killed")
    bench.decide(Proposal(action="reject", kind="statement", item=item, report=report), "amira")
    before = found.everything(bench)
    bench.close()
    again = cases.bench(folder, postgres.database())
    assert found.everything(again)["wb_items"] == before["wb_items"]
    again.close()
