"""Many reviewers at once against a server in a process of its own, and the server killed under them."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.workbench import synthetic
from benchmarks.workbench.measuring import median, p95, tell
from benchmarks.workbench.pages import SAME
from evenhand.custody import open_case, verify
from evenhand.standing import decisions_in


@dataclass(slots=True)
class Server:
    """`evenhand serve` in a process of its own; its address and the cookies of a session."""

    process: subprocess.Popen[str]
    address: str
    cookies: dict[str, str]

    @classmethod
    def start(cls, folder: Path) -> Server:
        """Start it and wait until it answers."""
        words = [sys.executable, "-m", "benchmarks.workbench", "serve", str(folder)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"(http://\S+?)/\?token=(\S+)", line):
                # the address is told before the socket listens
                client = httpx.Client(transport=httpx.HTTPTransport(retries=8))
                client.get(f"{found[1]}/", params={"token": found[2]})
                return cls(process, found[1], dict(client.cookies))
        raise RuntimeError("the server did not start")

    def reports(self) -> list[str]:
        """The first 50 reports: so few that reviewers meet on them."""
        found = httpx.get(f"{self.address}/api/v1/reports", cookies=self.cookies).json()
        return [row["id"] for row in found["rows"]]

    def cpu(self) -> float:
        """Seconds of CPU that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Reviewer:
    """Someone who looks, decides and thinks a little, until the time is over."""

    number: int
    server: Server
    reports: list[str]
    args: argparse.Namespace
    took: dict[str, list[float]] = field(default_factory=lambda: {"look": [], "decide": [], "page": []})
    statuses: Counter[object] = field(default_factory=Counter)
    done: list[str] = field(default_factory=list)
    unseen: int = 0
    """Decisions that were taken over a version that this reviewer had not seen: lost updates."""

    def work(self) -> None:
        """Until the time is over, or the server is gone when it is to be killed."""
        rng = random.Random(self.number)
        until = time.monotonic() + self.args.seconds
        with httpx.Client(
            base_url=self.server.address, cookies=self.server.cookies, headers=SAME, timeout=60
        ) as client:
            while time.monotonic() < until:
                try:
                    self._round(client, rng)
                except httpx.HTTPError:
                    self.statuses["cut off"] += 1
                    if self.args.killed:
                        return

    def _round(self, client: httpx.Client, rng: random.Random) -> None:
        report, item = rng.choice(self.reports), f"s{rng.randrange(1, self.args.claims + 1)}"
        seen = self._timed("look", lambda: client.get(f"/api/v1/reports/{report}"))
        if seen.status_code != 200:
            print(seen.status_code, seen.text[:300], file=sys.stderr, flush=True)
            return
        time.sleep(rng.uniform(0, self.args.think))
        version = seen.json()["versions"].get(item)
        body: dict[str, Any] = {"action": rng.choice(["accept", "edit"]), "kind": "statement", "report": report,
                                "item": item, "why": f"reviewer {self.number}"}  # fmt: skip
        if body["action"] == "edit":
            body["fields"] = {"speaker_name": f"speaker {rng.randrange(9)}"}
        headers = {"if-match": f'"{version}"'} if version else {}
        answer = self._timed("decide", lambda: client.post("/api/v1/decisions", json=body, headers=headers))
        if answer.status_code == 201:
            decision = answer.json()["decisions"][0]
            self.done.append(decision["id"])
            self.unseen += decision["basis"] != version
        page = rng.choice(["/queue", f"/reports/{report}", "/search?q=killed", "/incidents"])
        self._timed("page", lambda: client.get(page))
        time.sleep(rng.uniform(0, self.args.think))

    def _timed(self, what: str, does: Any) -> httpx.Response:
        begin = time.perf_counter()
        answer: httpx.Response = does()
        self.took[what].append(time.perf_counter() - begin)
        self.statuses[answer.status_code] += 1
        return answer


def crowd(server: Server, args: argparse.Namespace) -> list[Reviewer]:
    """So many reviewers at once, a thread each; on few reports, so that they meet."""
    reports = server.reports()
    people = [Reviewer(number, server, reports, args) for number in range(args.reviewers)]
    threads = [threading.Thread(target=one.work) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people


def logged(folder: Path) -> set[str]:
    """The decisions in the case's log."""
    return {one.id for one in decisions_in((e.what, e.payload) for e in open_case(folder).log.entries())}


def reviewers(args: argparse.Namespace, folder: Path) -> None:
    """Many reviewers at once: lost updates, errors, p95; and the server's CPU, which a busy machine does not change."""
    synthetic.case(folder, args.reports, args.claims, args.store)
    server = Server.start(folder)
    before, begin = server.cpu(), time.monotonic()
    people = crowd(server, args)
    spent, lasted = server.cpu() - before, time.monotonic() - begin
    server.process.send_signal(signal.SIGINT)
    server.process.wait(timeout=60)
    took = {what: [t for one in people for t in one.took[what]] for what in ("look", "decide", "page")}
    every = [t for times in took.values() for t in times]
    statuses = sum((one.statuses for one in people), Counter())
    done = {name for one in people for name in one.done}
    applied = _applied(folder)
    tell(
        what="reviewers", store="postgresql" if args.store else "sqlite", reviewers=args.reviewers,
        seconds=round(lasted), reports=args.reports, requests=len(every), decisions=len(done),
        conflicts=statuses[409], errors=sum(n for code, n in statuses.items() if code not in (200, 201, 409)),
        lost=len(done - logged(folder)) + len(done - applied) + sum(one.unseen for one in people),
        verify="whole" if not verify(folder).findings else "not whole",
        p95_ms=p95(every), median_ms=median(every), **{f"{what}_p95_ms": p95(times) for what, times in took.items()},
        decide_median_ms=median(took["decide"]),
        server_cpu_ms_a_request=round(1000 * spent / max(1, len(every)), 1),
        server_cpu_share=round(spent / lasted, 2), statuses={str(k): v for k, v in statuses.items()},
    )  # fmt: skip


def _applied(folder: Path) -> set[str]:
    bench = synthetic.bench(folder)
    found = {one.id for one in bench.desk.decisions}
    bench.close()
    return found


def kills(args: argparse.Namespace, folder: Path) -> None:
    """The server killed with -9 under load, again and again: acknowledged decisions that are lost, and verify."""
    synthetic.case(folder, args.reports, args.claims, args.store)
    acknowledged: set[str] = set()
    args.killed = True
    cut_off = 0
    for _ in range(args.times):
        server = Server.start(folder)
        after = random.uniform(1.0, max(1.5, args.seconds))
        timer = threading.Timer(after, lambda pid=server.process.pid: os.kill(pid, signal.SIGKILL))
        timer.start()
        people = crowd(server, args)
        timer.cancel()
        acknowledged |= {name for one in people for name in one.done}
        cut_off += sum(one.statuses["cut off"] for one in people)
        server.process.kill()
        server.process.wait(timeout=60)
    tell(
        what="kills", store="postgresql" if args.store else "sqlite", kills=args.times, reviewers=args.reviewers,
        acknowledged=len(acknowledged), requests_cut_off=cut_off, lost=len(acknowledged - logged(folder)),
        not_applied=len(acknowledged - _applied(folder)),
        verify="whole" if not verify(folder).findings else "not whole",
    )  # fmt: skip


def serve(folder: Path) -> None:
    """The server of `evenhand serve`, with the packaged profile."""
    import socket

    import uvicorn

    from evenhand.workbench.accounts import Accounts
    from evenhand.workbench.app import about_to_serve, make_app

    bench = synthetic.bench(folder)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    port = sock.getsockname()[1]
    app = make_app(bench, Accounts(bench.store.engine), hosts=[f"127.0.0.1:{port}"], alone="benchmark")
    about_to_serve()
    print(f"Open http://127.0.0.1:{port}/?token={app.state.door.token}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[sock])
    bench.close()
