"""A bench over a case of one's own, in SQLite or PostgreSQL; a client that is signed in."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from evenhand.workbench.accounts import Accounts
from evenhand.workbench.app import make_app
from tests import postgres
from tests.workbench import cases
from tests.workbench.served import CHROMIUM, SIZES, SWITCHES, Watched, server


@pytest.fixture
def bench(tmp_path):
    made = cases.bench(cases.copy(tmp_path))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=postgres.needs_postgres)])
def any_bench(request, tmp_path):
    store = postgres.database() if request.param == "postgresql" else None
    made = cases.bench(cases.copy(tmp_path), store)
    yield made
    made.close()


def client_of(bench, alone="Ada"):
    app = make_app(bench, Accounts(bench.store.engine), hosts=["testserver"], alone=alone)
    client = TestClient(app, headers={"sec-fetch-site": "same-origin"})
    if alone is not None:
        client.get("/", params={"token": app.state.door.token})
    return client


@pytest.fixture
def client(bench):
    return client_of(bench)


@pytest.fixture
def no_processes(monkeypatch):
    """What a server is asked to run on the whole case does nothing; `tests/cli/test_ask.py` runs it in earnest."""
    import subprocess

    def pretend(*words, seconds=None):
        if "-o" in words:
            (out := Path(words[words.index("-o") + 1])).write_bytes(b"PK")
            assert out.exists()
        return subprocess.CompletedProcess(words, 0, "assessed\n", "")

    monkeypatch.setattr("evenhand.workbench.running._evenhand", pretend)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def desk(bench, browser):
    """Opens watched pages of a served case; in the end nothing may have gone wrong on any of them."""
    opened = []
    with server(bench) as (address, app):
        state = None

        def see(size="desktop", direction="ltr", **options):
            nonlocal state
            context = browser.new_context(viewport=SIZES[size], storage_state=state, bypass_csp=False, **options)
            watched = Watched(context, address)
            if state is None:
                watched.go(f"/?token={app.state.door.token}")
                state = context.storage_state()
            if direction == "rtl":
                context.add_cookies([{"name": "evenhand-direction", "value": "rtl", "url": address}])
            opened.append((context, watched))
            return watched

        yield see
        for context, watched in opened:
            assert watched.wrong == []
            context.close()
