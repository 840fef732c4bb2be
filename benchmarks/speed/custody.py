"""Measure a case folder: files a second into it, megabytes a second verified, and the log's entries a second.

    python -m benchmarks.speed.custody                              1,000 files, 10,000 originals of 100 kB (1 GB)
    python -m benchmarks.speed.custody --originals 1000 --files 200 a quick look

Wall clock and CPU seconds; the files lie in a temporary folder (TMPDIR) and were just written: the cache is warm.
"""

import argparse
import io
import json
import os
import platform
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from evenhand.casework import add_paths
from evenhand.custody import create_case, verify
from evenhand.custody.bundle import Order, export_bundle
from evenhand.custody.case import Case, NewItem
from evenhand.intake import Meta

WORDS = [
    "shells",
    "fell",
    "on",
    "the",
    "market",
    "in",
    "the",
    "town",
    "on",
    "Monday",
    "the",
    "army",
    "said",
    "five",
    "people",
    "were",
    "killed",
    "and",
    "dozens",
    "wounded",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--originals", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=100_000, help="of each original")
    parser.add_argument("--files", type=int, default=1000, help="of mixed formats, to be added")
    words = parser.parse_args()
    show("machine", f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="evenhand-custody-") as folder:
        adding(Path(folder), words.files)
        verifying(Path(folder), words.originals, words.bytes)
    show("peak memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def adding(folder: Path, count: int) -> None:
    """Files of mixed formats into a case, without reading them."""
    reports = folder / "reports"
    reports.mkdir()
    chance = random.Random(7)
    for number in range(count):
        name, make = FORMATS[number % len(FORMATS)]
        text = " ".join(chance.choices(WORDS, k=chance.randrange(200, 3000))) + f" {number}"
        (reports / f"{number:05}.{name}").write_bytes(make(text))
    case = create_case(folder / "added")
    with timed() as took:
        added = sum(1 for one in add_paths(case, [str(reports)], io.BytesIO(), Meta()) if one.item)
    show("files added", added)
    show("added a second, wall", f"{added / took['wall']:.0f}")
    show("added a second, CPU", f"{added / took['cpu']:.0f}")


def verifying(folder: Path, count: int, size: int) -> None:
    """Originals verified in a case and in a bundle; put there as `add` does, but without waiting for the disk."""
    case = create_case(folder / "large")
    chance = random.Random(7)
    new = NewItem(
        file="x.bin", media_type="application/octet-stream", method="copied from a file", software="benchmark"
    )
    sync, os.fsync = os.fsync, lambda handle: None
    try:
        with timed() as took:
            for start in range(0, count, 32):
                case.add_all([(chance.randbytes(size), new) for _ in range(min(32, count - start))])
    finally:
        os.fsync = sync
    show("originals kept and logged, a CPU second", f"{count / took['cpu']:.0f}")
    measure("verify, case folder", lambda: verify(case.paths.root), count * size)
    with timed() as took:
        Case(case.paths.root).items()
    show("log opened and checked, entries a second", f"{count / took['wall']:.0f}")
    bundle = folder / "bundle.zip"
    measure("export", lambda: export_bundle(case, bundle, Order(software="benchmark")), count * size)
    measure("verify, bundle", lambda: verify(bundle), count * size)


def measure(what: str, action: Callable[[], object], size: int) -> None:
    """Wall and CPU of one action over so many bytes."""
    with timed() as took:
        action()
    show(f"{what}, MB a second, wall (s)", f"{size / 1e6 / took['wall']:.0f} ({took['wall']:.1f})")
    show(f"{what}, MB a CPU second", f"{size / 1e6 / took['cpu']:.0f}")


@contextmanager
def timed():
    """Wall and CPU seconds of what happens within."""
    took = {}
    wall, cpu = time.perf_counter(), time.process_time()
    yield took
    took |= {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def packed(text: str) -> bytes:
    """A ZIP with one text file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("story.txt", text)
    return out.getvalue()


def mail(text: str) -> bytes:
    return f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n{text}".encode()


def feed(text: str) -> bytes:
    item = f"<item><description>{text}</description></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'.encode()


FORMATS = (
    ("txt", str.encode),
    ("html", lambda text: f"<html><body><article><p>{text}</p></article></body></html>".encode()),
    ("csv", lambda text: f'id,text\n1,"{text}"\n'.encode()),
    ("json", lambda text: json.dumps({"title": "x", "text": text}).encode()),
    ("zip", packed),
    ("eml", mail),
    ("xml", feed),
    ("rtf", lambda text: ("{\\rtf1\\ansi " + text + "}").encode()),
    ("koi8.txt", lambda text: ("Обстрел рынка. " + text).encode("koi8-r")),
)


def show(what: str, value: object) -> None:
    print(f"{what:56} {value}", flush=True)


if __name__ == "__main__":
    main()
