"""`python -m benchmarks.workbench pages|reviewers|kills [--store postgresql://…]`: figures as JSON lines.

Everything stays on the loopback; reports, reviewers, seconds and kills are bounded by the options.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from benchmarks.workbench import synthetic
from evenhand.custody import open_case, verify
from evenhand.standing import decisions_in

SAME = {"sec-fetch-site": "same-origin"}


def p95(values: list[float]) -> float:
    """The 95th percentile, milliseconds."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1) if ordered else 0.0


def tell(**figures: object) -> None:
    """One line of figures."""
    print(json.dumps(figures), flush=True)


def pages(args: argparse.Namespace, folder: Path) -> None:
    """Time of the server for each page, of one client; a decision to the new grade; searches."""
    from starlette.testclient import TestClient

    from evenhand.workbench.accounts import Accounts
    from evenhand.workbench.app import make_app

    start = time.perf_counter()
    synthetic.case(folder, args.reports, args.claims, args.store)
    made = time.perf_counter()
    bench = synthetic.bench(folder)
    tell(
        what="made",
        reports=args.reports,
        claims=args.reports * args.claims,
        making_s=round(made - start, 1),
        opening_s=round(time.perf_counter() - made, 1),
    )
    app = make_app(bench, Accounts(bench.store.engine), hosts=["testserver"], alone="benchmark")
    client = TestClient(app, headers=SAME)
    client.get("/", params={"token": app.state.door.token})
    rng, reports, incidents = random.Random(1), sorted(bench.desk.keys), sorted(bench.desk.piles.clusters)
    words = (
        "shells killed",
        "aid",
        "Town 17",
        "doctor",
        "north closed",
        "people Monday",
        "resident number 3",
        "Town 399 killed 12",
    )
    kinds = {
        "home": lambda: "/", "queue": lambda: "/queue", "queue page 40": lambda: "/queue?page=40", "queue by outlet": lambda: "/queue?outlet=Reuters&kind=claim",
        "reports": lambda: f"/reports?page={rng.randrange(1, 100)}", "report": lambda: f"/reports/{rng.choice(reports)}",
        "incident": lambda: f"/incidents/{rng.choice(incidents)}", "incidents": lambda: f"/incidents?page={rng.randrange(1, 20)}", "map": lambda: "/incidents?show=map",
        "timeline": lambda: "/incidents?show=timeline", "speakers": lambda: "/speakers", "speaker": lambda: "/speakers?name=a+resident+5", "origins": lambda: "/origins",
        "activity": lambda: "/activity", "search": lambda: f"/search?q={rng.choice(words)}",
        "item": lambda: f"/reports/{rng.choice(reports)}/items/c1",
    }  # fmt: skip
    every = []
    for name, address in kinds.items():
        took = []
        for _ in range(args.times):
            path = address()
            begin, cpu = time.perf_counter(), time.process_time()
            answer = client.get(path)
            took.append((time.perf_counter() - begin, time.process_time() - cpu))
            assert answer.status_code == 200, (path, answer.status_code)
        tell(
            what="page",
            page=name,
            p95_ms=p95([t for t, _ in took]),
            cpu_p95_ms=p95([c for _, c in took]),
            median_ms=round(1000 * sorted(took)[len(took) // 2][0], 1),
        )
        every += took
    tell(what="pages", p95_ms=p95([t for t, _ in every]), cpu_p95_ms=p95([c for _, c in every]), times=args.times)
    took = []
    for report in rng.sample(reports, args.times):
        begin = time.perf_counter()
        body = {
            "action": "edit",
            "kind": "statement",
            "report": report,
            "item": "s1",
            "fields": {"speaker_name": "the army command"},
        }
        answer = client.post("/api/v1/decisions", json=body)
        client.get(f"/incidents/{answer.json()['incidents'][0]}")
        took.append((time.perf_counter() - begin, time.process_time() - cpu))
    wall, spent = [t for t, _ in took], [c for _, c in took]
    tell(what="a correction to the new grade on the page", p95_ms=p95(wall), cpu_p95_ms=p95(spent))
    bench.close()


def start_server(folder: Path) -> tuple[subprocess.Popen[str], str, dict[str, str]]:
    """`evenhand serve` in a process of its own; its address and the cookies of a session."""
    words = [sys.executable, "-m", "benchmarks.workbench", "serve", str(folder)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"(http://\S+?)/\?token=(\S+)", line):
            client = httpx.Client()
            client.get(f"{found[1]}/", params={"token": found[2]})
            return process, found[1], dict(client.cookies)
    raise RuntimeError("the server did not start")


def reviewer(
    number: int,
    address: str,
    cookies: dict[str, str],
    reports: list[str],
    args: argparse.Namespace,
    out: multiprocessing.Queue,
) -> None:  # type: ignore[type-arg]
    """Someone who looks, decides and thinks a little, until the time is over."""
    rng, client = random.Random(number), httpx.Client(base_url=address, cookies=cookies, headers=SAME, timeout=30)
    took, statuses, done = [], {}, []
    until = time.monotonic() + args.seconds
    while time.monotonic() < until:
        report = rng.choice(reports)
        item = f"s{rng.randrange(1, args.claims + 1)}"
        try:
            begin = time.perf_counter()
            seen = client.get(f"/api/v1/reports/{report}")
            took.append(time.perf_counter() - begin)
            statuses[seen.status_code] = statuses.get(seen.status_code, 0) + 1
            if seen.status_code != 200:
                print(seen.status_code, seen.text[:300], file=sys.stderr, flush=True)
                continue
            time.sleep(rng.uniform(0, args.think))
            version = seen.json()["versions"].get(item)
            body = {
                "action": rng.choice(["accept", "edit"]),
                "kind": "statement",
                "report": report,
                "item": item,
                "why": f"reviewer {number}",
            }
            if body["action"] == "edit":
                body["fields"] = {"speaker_name": f"speaker {rng.randrange(9)}"}
            begin = time.perf_counter()
            answer = client.post(
                "/api/v1/decisions", json=body, headers={"if-match": f'"{version}"'} if version else {}
            )
            took.append(time.perf_counter() - begin)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            if answer.status_code == 201:
                done.append(answer.json()["decisions"][0]["id"])
            begin = time.perf_counter()
            page = client.get(rng.choice(["/queue", f"/reports/{report}", "/search?q=killed", "/incidents"]))
            took.append(time.perf_counter() - begin)
            statuses[page.status_code] = statuses.get(page.status_code, 0) + 1
            time.sleep(rng.uniform(0, args.think))
        except httpx.HTTPError:
            statuses["cut off"] = statuses.get("cut off", 0) + 1
            if args.killed:
                break
    out.put((took, statuses, done))


def crowd(
    address: str, cookies: dict[str, str], reports: list[str], args: argparse.Namespace
) -> tuple[list[float], dict[object, int], list[str]]:
    """So many reviewers at once, a thread each; on few reports, so that they meet."""
    import queue

    out: queue.Queue[tuple[list[float], dict[object, int], list[str]]] = queue.Queue()
    threads = [
        threading.Thread(target=reviewer, args=(n, address, cookies, reports, args, out)) for n in range(args.reviewers)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took, statuses, done = [], {}, []
    while not out.empty():
        times, codes, ids = out.get()
        took += times
        done += ids
        for code, count in codes.items():
            statuses[code] = statuses.get(code, 0) + count
    return took, statuses, done


def logged(folder: Path) -> set[str]:
    """The decisions in the case's log."""
    return {one.id for one in decisions_in((e.what, e.payload) for e in open_case(folder).log.entries())}


def reviewers(args: argparse.Namespace, folder: Path) -> None:
    """Many reviewers at once: lost updates, errors, p95."""
    synthetic.case(folder, args.reports, args.claims, args.store)
    process, address, cookies = start_server(folder)
    reports = [row["id"] for row in httpx.get(f"{address}/api/v1/reports", cookies=cookies).json()["rows"]]
    took, statuses, done = crowd(address, cookies, reports, args)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    lost = set(done) - logged(folder)
    errors = sum(count for code, count in statuses.items() if code not in (200, 201, 409))
    tell(
        what="reviewers",
        reviewers=args.reviewers,
        seconds=args.seconds,
        requests=len(took),
        decisions=len(done),
        conflicts=statuses.get(409, 0),
        errors=errors,
        lost=len(lost),
        p95_ms=p95(took),
        statuses={str(k): v for k, v in statuses.items()},
        store="postgresql" if args.store else "sqlite",
    )


def kills(args: argparse.Namespace, folder: Path) -> None:
    """The server killed with -9 under load, again and again: acknowledged decisions that are lost, and verify."""
    synthetic.case(folder, args.reports, args.claims, args.store)
    acknowledged: set[str] = set()
    args.killed = True
    for _ in range(args.times):
        process, address, cookies = start_server(folder)
        reports = [row["id"] for row in httpx.get(f"{address}/api/v1/reports", cookies=cookies).json()["rows"]]
        timer = threading.Timer(
            random.uniform(1.0, max(1.5, args.seconds)), lambda p=process: os.kill(p.pid, signal.SIGKILL)
        )
        timer.start()
        acknowledged |= set(crowd(address, cookies, reports, args)[2])
        timer.cancel()
        process.kill()
        process.wait(timeout=30)
    missing = acknowledged - logged(folder)
    bench = synthetic.bench(folder)
    applied = {one.id for one in bench.desk.decisions}
    bench.close()
    tell(
        what="kills",
        kills=args.times,
        acknowledged=len(acknowledged),
        lost=len(missing),
        not_applied=len(acknowledged - applied),
        verify="whole" if not verify(folder).findings else "not whole",
        store="postgresql" if args.store else "sqlite",
    )


def serve(folder: Path) -> None:
    """The server of `evenhand serve`, with the packaged profile."""
    import socket

    import uvicorn

    from evenhand.workbench.accounts import Accounts
    from evenhand.workbench.app import make_app

    bench = synthetic.bench(folder)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    port = sock.getsockname()[1]
    app = make_app(bench, Accounts(bench.store.engine), hosts=[f"127.0.0.1:{port}"], alone="benchmark")
    print(f"Open http://127.0.0.1:{port}/?token={app.state.door.token}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[sock])
    bench.close()


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["pages", "reviewers", "kills", "serve"])
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--store", help="postgresql://… of an empty database (default: SQLite)")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=10, help="claims a report")
    parser.add_argument("--reviewers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--think", type=float, default=2.0, help="seconds a reviewer thinks, at most, between requests")
    parser.add_argument("--times", type=int, default=20)
    args = parser.parse_args()
    args.killed = False
    args.reports, args.reviewers = min(args.reports, 20_000), min(args.reviewers, 60)
    args.seconds, args.times = min(args.seconds, 600), min(args.times, 200)
    if args.part == "serve":
        serve(Path(args.folder))
        return
    with tempfile.TemporaryDirectory() as home:
        {"pages": pages, "reviewers": reviewers, "kills": kills}[args.part](args, Path(home) / "case")


if __name__ == "__main__":
    main()
