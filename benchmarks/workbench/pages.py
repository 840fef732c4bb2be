"""Time of the server for every page, for searches, and from a correction to the new grade on the page."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.workbench import synthetic
from benchmarks.workbench.measuring import Took, tell, tell_times, timed
from evenhand.workbench.accounts import Accounts
from evenhand.workbench.app import about_to_serve, make_app
from evenhand.workbench.bench import Workbench

SAME = {"sec-fetch-site": "same-origin"}
WORDS = ("shells killed", "aid", "Town 17", "doctor", "north closed", "people Monday", "resident number 3",
         "Town 399 killed 12")  # fmt: skip


def addresses(bench: Workbench, rng: random.Random) -> dict[str, Callable[[], str]]:
    """Every page, some of them in several states, with what is shown drawn by chance."""
    reports, incidents = sorted(bench.desk.keys), sorted(bench.desk.piles.clusters)
    pairs = [group.reports[:2] for group in bench.desk.groups.values()]
    return {
        "home": lambda: "/",
        "queue": lambda: "/queue",
        "queue, page 200": lambda: "/queue?page=200",
        "queue of an outlet": lambda: "/queue?outlet=Reuters&kind=claim",
        "queue of a speaker": lambda: "/queue?speaker=a+resident+5",
        "queue of an incident": lambda: f"/queue?incident={rng.choice(incidents)}",
        "reports": lambda: f"/reports?page={rng.randrange(1, 100)}",
        "reports to review": lambda: "/reports?state=open",
        "report": lambda: f"/reports/{rng.choice(reports)}",
        "record of a report": lambda: f"/reports/{rng.choice(reports)}/items/c1",
        "something to add": lambda: f"/reports/{rng.choice(reports)}/new?kind=claim&words=killed&at=%231",
        "incidents": lambda: f"/incidents?page={rng.randrange(1, 20)}",
        "incidents of a grade": lambda: "/incidents?grade=contested",
        "map": lambda: "/incidents?show=map",
        "timeline": lambda: "/incidents?show=timeline",
        "incident": lambda: f"/incidents/{rng.choice(incidents)}",
        "speakers": lambda: "/speakers",
        "speakers by name": lambda: "/speakers?q=doctor",
        "a speaker": lambda: "/speakers?name=a+resident+5",
        "origins": lambda: "/origins",
        "origins of an outlet": lambda: "/origins?outlet=Reuters",
        "two copies": lambda: f"/copies/{'-'.join(rng.choice(pairs))}",
        "activity": lambda: "/activity",
        "method": lambda: "/method",
        "keys and signs": lambda: "/help",
        "account": lambda: "/account",
        "search": lambda: f"/search?q={rng.choice(WORDS)}",
    }  # fmt: skip


def pages(args: argparse.Namespace, folder: Path) -> None:
    """Time of the server for each page, of one client; a decision to the new grade; searches."""
    start = time.perf_counter()
    made = not (folder / "case.toml").exists()
    if made:
        synthetic.case(folder, args.reports, args.claims, args.store)
    ready = time.perf_counter()
    bench = synthetic.bench(folder)
    bench.settle()
    app = make_app(bench, Accounts(bench.store.engine), hosts=["testserver"], alone="benchmark")
    about_to_serve()
    store = bench.engine.dialect.name
    tell(what="opened", reports=len(bench.desk.keys), store=store,
         making_s=round(ready - start, 1) if made else None, opening_s=round(time.perf_counter() - ready, 1))  # fmt: skip
    client = TestClient(app, headers=SAME)
    client.get("/", params={"token": app.state.door.token})
    rng = random.Random(args.seed)
    every: list[Took] = []
    for name, address in addresses(bench, rng).items():
        took = []
        for _ in range(args.times):
            path = address()
            took.append(timed(lambda path=path: _found(client, path)))
        tell_times("page", took, page=name)
        every += took
    tell_times("all pages", every, times=args.times, store=store)
    _corrections(client, bench, rng, args.times)
    bench.close()


def _found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _corrections(client: TestClient, bench: Workbench, rng: random.Random, times: int) -> None:
    """From a correction sent to the page of its incident with the new grade."""
    reports, incidents = sorted(bench.desk.keys), sorted(bench.desk.piles.clusters)

    def correct(body: dict[str, object]) -> None:
        answer = client.post("/api/v1/decisions", json=body)
        assert answer.status_code == 201, answer.text
        found = [name for name in answer.json()["incidents"] if name in bench.desk.piles.clusters]
        _found(client, f"/incidents/{found[0]}" if found else "/incidents")

    def speaker() -> dict[str, object]:
        fields = {"speaker_name": f"the army command {rng.randrange(9)}"}
        return {"action": "edit", "kind": "statement", "report": rng.choice(reports), "item": "s1", "fields": fields}

    def merge() -> dict[str, object]:
        there = [one for one in rng.sample(incidents, 40) if one in bench.desk.piles.clusters]
        return {"action": "merge", "kind": "incident", "item": there[0], "others": there[1:2]}

    def party() -> dict[str, object]:
        with bench.reading() as connection:
            name = connection.exec_driver_sql(
                "SELECT name FROM wb_origin_kinds ORDER BY number DESC LIMIT 1"
            ).scalar()  # fmt: skip
        return {"action": "edit", "kind": "origin", "item": name, "fields": {"party": None}, "why": "measured"}

    for name, asked, number in (
        ("a speaker", speaker, times),
        ("two incidents merged", merge, times),
        ("the commonest origin's side", party, 1),
    ):
        took = []
        for _ in range(number):
            body = asked()
            took.append(timed(lambda body=body: correct(body)))
        tell_times("a correction to the new grade on the page", took, of=name, times=number)
    start, left = time.perf_counter(), bench.left
    bench.settle()
    tell(what="brought up to date in the background", incidents=left, seconds=round(time.perf_counter() - start, 1))
