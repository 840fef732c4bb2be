"""The same reports here and over a Ray cluster of two hosts made of network namespaces: whether the files are the same.

    python -m benchmarks.speed.hosts ../shared/data/fa-kes/articles.csv [--reports 60] [--cut 45]

Needs root, `ip netns`, and the extra evenhand[cluster]. The hosts are 10.77.0.1 (Ray's head; the run starts there) and
10.77.0.2 (a worker), one CPU each, with nothing between them but one link and with no way out. Reports are rows of the
table (--text: the column). `evenhand assess` reads them with --jobs 1 on this machine, then with
`--engine daft --ray auto` on the first host. --cut SECONDS: the link is cut so long after the second run began; the
host that is left has to read everything. Prints seconds by the clock and how many files differ; exit status 1 where
one does.
"""

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.speed.engines import digests

HOSTS = {"evenhand-a": "10.77.0.1", "evenhand-b": "10.77.0.2"}
HEAD, WORKER = HOSTS
PORT = 6399
EVENHAND = ("-c", "from evenhand.cli import main; main()")


def texts_of(table: Path, column: str, count: int, folder: Path) -> None:
    """The first rows of a table as text files."""
    folder.mkdir()
    csv.field_size_limit(1 << 24)
    with table.open(encoding="utf-8", errors="replace", newline="") as rows:
        for number, row in zip(range(count), csv.DictReader(rows), strict=False):
            (folder / f"{number:04}.txt").write_text(row[column] + "\n", encoding="utf-8")


def ip(*words: str) -> None:
    """One command of iproute2."""
    subprocess.run(["ip", *words], check=True)


def up() -> None:
    """Two namespaces, one link."""
    for name in HOSTS:
        ip("netns", "add", name)
    ip("link", "add", "evenhand-0", "type", "veth", "peer", "name", "evenhand-1")
    for at, (name, address) in enumerate(HOSTS.items()):
        ip("link", "set", f"evenhand-{at}", "netns", name)
        ip("-n", name, "addr", "add", f"{address}/24", "dev", f"evenhand-{at}")
        ip("-n", name, "link", "set", "lo", "up")
        ip("-n", name, "link", "set", f"evenhand-{at}", "up")


def down() -> None:
    """End what runs in the two namespaces, and take them away."""
    for name in HOSTS:
        found = subprocess.run(["ip", "netns", "pids", name], stdout=subprocess.PIPE, text=True, check=False)
        for pid in found.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        subprocess.run(["ip", "netns", "del", name], check=False)


def on(host: str, *words: str) -> list[str]:
    """A command on one of the hosts."""
    return ["ip", "netns", "exec", host, *words]


def start_ray(host: str, env: dict[str, str]) -> None:
    """Ray on a host: its head, or a worker of it."""
    where = ["--head", f"--port={PORT}", "--include-dashboard=false"]
    where = where if host == HEAD else [f"--address={HOSTS[HEAD]}:{PORT}"]
    ray = [str(Path(sys.executable).with_name("ray")), "start", *where, f"--node-ip-address={HOSTS[host]}"]
    command = on(host, *ray, "--num-cpus=1", "--disable-usage-stats")
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)


def assess(texts: Path, out: Path, *more: str, host: str = "", env: dict[str, str] | None = None) -> float:
    """One run; returns its seconds by the clock."""
    start = time.perf_counter()
    command = [sys.executable, *EVENHAND, "assess", str(texts), *more, "-o", str(out)]
    subprocess.run(on(host, *command) if host else command, env=env, check=True, stdout=subprocess.DEVNULL)
    return round(time.perf_counter() - start, 1)


def main() -> int:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--text", default="article_content")
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--cut", type=float, default=0.0)
    words = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="evenhand-hosts-"))
    token = os.urandom(32).hex()  # Ray asks for one between hosts
    env = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token, "RAY_ADDRESS": f"{HOSTS[HEAD]}:{PORT}"}
    try:
        texts_of(words.table, words.text, words.reports, folder / "texts")
        here = assess(folder / "texts", folder / "here", "--jobs", "1")
        up()
        start_ray(HEAD, env)
        start_ray(WORKER, env)
        time.sleep(10)  # until the head knows its worker
        if words.cut:
            link = ("-n", HEAD, "link", "set", "evenhand-0", "down")
            cut = threading.Timer(words.cut, ip, link)
            cut.daemon = True
            cut.start()
        more = ("--jobs", "2", "--engine", "daft", "--ray", "auto")
        there = assess(folder / "texts", folder / "there", *more, host=HEAD, env=env)
        one, two = digests(folder / "here"), digests(folder / "there")
        wrong = sorted(path for path in one.keys() | two.keys() if one.get(path) != two.get(path))
        found = {"reports": words.reports, "files": len(one), "differ": len(wrong), "s here": here, "s over two": there}
        print(json.dumps(found), *wrong[:5])
        return 1 if wrong else 0
    finally:
        down()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
