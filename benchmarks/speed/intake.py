"""Intake without reading: 1,000 files of mixed formats, and what hostile files cost.

    python -m benchmarks.speed.intake                   files a second
    python -m benchmarks.speed.intake --hostile         the tests' hostile files, each in a fresh process
    python -m benchmarks.speed.intake --long            the reader on texts of three lengths: CPU seconds, peak memory

Peak memory is that of the process and of the helper process in which parsers run, whichever is larger.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evenhand.intake import IntakeSettings, confined, originals, receive_each
from evenhand.model.report import Original, OriginalRef, Received, Report
from evenhand.profiles import world
from evenhand.reading.extent import MAX_READ
from evenhand.reading.reader import ReaderSettings
from tests.intake import hostile, makers

PARAGRAPH = "The army said on Monday that its aircraft had killed ten fighters near the town, which a monitor denied. "


def some_files(folder, count):
    """Files of every format in turn, three stories each, of the length of a wire report."""
    forms = {
        "txt": makers.plain, "html": makers.html, "mhtml": makers.mhtml, "pdf": makers.pdf, "docx": makers.word,
        "rtf": makers.rtf, "eml": makers.eml, "rss": makers.rss, "xml": makers.newsml,
        "json": lambda story: json.dumps(makers.ninjs3(story)).encode(), "warc.gz": makers.warc, "wacz": makers.wacz,
        "csv": makers.csv, "jsonl": makers.jsonl, "zip": lambda story: makers.zipped({"a.html": makers.html(story)}),
        "tar": lambda story: makers.tarred({"a.txt": makers.plain(story)}),
    }  # fmt: skip
    names = list(forms)
    for number in range(count):
        name = names[number % len(names)]
        story = makers.STORIES[number % 3]
        long = makers.Story(
            f"{story.title} {number}",
            (*story.paragraphs, PARAGRAPH * 25),
            story.day,
            story.outlet,
            story.host,
            story.site,
        )
        (folder / f"{number:04}.{name}").write_bytes(forms[name](long))


def mixed(count):
    settings = IntakeSettings(outlets=world())
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        some_files(folder, count)
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        reports = unread = 0
        for found in originals([made], stdin=sys.stdin.buffer):
            for one in receive_each(found, settings) if isinstance(found, Original) else (found,):
                reports += 1
                unread += one.unread is not None
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    own = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    confined._HELPER.close()
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    helper = child.ru_utime + child.ru_stime
    print(f"files {count}, reports {reports}, not read {unread}")
    print(f"files a second {count / seconds:.1f} ({seconds:.1f} s by the clock)")
    print(
        f"files a second of CPU {count / (own + helper):.1f} ({own:.1f} s here, {helper:.1f} s in the helper process)"
    )


ONE = """
import json, resource, sys, time
from tests.intake import hostile
from tests.intake.desk import received
data = hostile.FILES[sys.argv[1]][0]() if sys.argv[1] in hostile.FILES else hostile.hidden_page()
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
found = received(data, 'report.bin')
seconds = time.perf_counter() - start
from evenhand.intake import confined
confined._HELPER.close()
own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([seconds, own.ru_utime + own.ru_stime, child.ru_utime + child.ru_stime, own.ru_maxrss // 1024,
                  child.ru_maxrss // 1024, len(found), (found[0].unread.why if found[0].unread else '')[:60]]))
"""


def one_by_one():
    worst = [0.0, 0]
    for name in hostile.FILES:
        done = subprocess.run([sys.executable, "-c", ONE, name], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: FAILED {done.stderr.strip().splitlines()[-1:]}", flush=True)
            continue
        seconds, own, child, memory, helper, count, why = json.loads(done.stdout)
        worst = [max(worst[0], seconds), max(worst[1], memory, helper)]
        cost = f"{seconds:6.1f} s (CPU {own:.1f} + helper {child:.1f})  {memory:5} MiB, helper {helper:4} MiB"
        print(f"{name:32} {cost}  {count:5} reports  {why}", flush=True)
    print(f"worst: {worst[0]:.1f} s by the clock, {worst[1]} MiB")


def long():
    reader = ReaderSettings(profile=world()).reader()
    for size in (60_000, 200_000, MAX_READ, 4 * MAX_READ):
        text = (PARAGRAPH * (size // len(PARAGRAPH) + 1))[:size]
        before = resource.getrusage(resource.RUSAGE_SELF)
        reading = reader.read(
            Received(report=Report(id="r", original=OriginalRef(sha256=""), text=text, language="en"))
        )
        after = resource.getrusage(resource.RUSAGE_SELF)
        cost = f"{after.ru_utime - before.ru_utime:6.1f} s of CPU, peak {after.ru_maxrss // 1024} MiB"
        print(f"{size:9,} characters: {cost}; {reading.unread.why if reading.unread else 'all read'}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--long", action="store_true")
    words = parser.parse_args()
    if words.hostile:
        one_by_one()
    elif words.long:
        long()
    else:
        mixed(words.files)


if __name__ == "__main__":
    main()
