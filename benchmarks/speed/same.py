"""Hold a change that should only be faster to every byte of what is read.

    python -m benchmarks.speed.same keep FILE [INPUT …]       before the change: readings to FILE, one JSON a line
    python -m benchmarks.speed.same compare FILE [INPUT …]    after it: exit status 1 and the places where they differ

Read are the bundled examples, ../shared/data/fa-kes/articles.csv where there is one, and each INPUT (a `reports.jsonl`
has the columns of benchmarks/quality/incidents.py). Also prints the CPU seconds of the reading.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.speed.__main__ import EXAMPLES
from evenhand.flow import receive_reports
from evenhand.intake import IntakeSettings, parse_columns
from evenhand.model.report import Received
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings

FA_KES = "../shared/data/fa-kes/articles.csv"
COLUMNS = {
    "articles.csv": "text=article_content,outlet=source,title=article_title,external_id=unit_id",
    "reports.jsonl": "external_id=id,published=date",
}
SHOWN = 20


def main() -> int:
    """Keep readings or compare with those kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("keep", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("inputs", nargs="*")
    words = parser.parse_args()
    received = list(_received([*_usual(), *words.inputs]))
    read = ReaderSettings(profile=world()).prepare()
    start = time.process_time()
    readings = [read(item) for item in received]
    print(f"{len(readings)} reports read in {time.process_time() - start:.1f} CPU seconds")
    lines = {reading.report.id: msgspec.json.encode(reading) for reading in readings}
    if words.what == "keep":
        words.file.write_bytes(b"".join(line + b"\n" for line in lines.values()))
        return 0
    kept = {msgspec.json.decode(line)["report"]["id"]: line for line in words.file.read_bytes().splitlines()}
    if kept.keys() != lines.keys():
        sys.exit(f"{words.file} holds {len(kept)} readings, now there are {len(lines)}: not the same inputs")
    differ = [name for name in kept if kept[name] != lines[name]]
    for name in differ[:SHOWN]:
        print(*_differences(msgspec.json.decode(kept[name]), msgspec.json.decode(lines[name])), sep="\n")
    print(f"{len(differ)} of {len(lines)} readings differ")
    return 1 if differ else 0


def _usual() -> list[str]:
    found = [str(EXAMPLES / "tass"), str(EXAMPLES / "varda")]
    return [*found, FA_KES] if Path(FA_KES).exists() else found


def _received(inputs: list[str]) -> Iterator[Received]:
    profile = world()
    for path in inputs:
        columns = COLUMNS.get(Path(path).name)
        settings = IntakeSettings(outlets=profile, columns=parse_columns(columns)) if columns else IntakeSettings(
            outlets=profile
        )  # fmt: skip
        yield from receive_reports(settings, [path], sys.stdin.buffer, None)


def _differences(old: dict, new: dict) -> Iterator[str]:
    yield f"{old['report'].get('external_id') or old['report']['id']}:"
    for name in old.keys() | new.keys():
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            before, after = next((a, b) for a, b in zip(before, after, strict=True) if a != b)
        yield f"  {name}\n    - {str(before)[:240]}\n    + {str(after)[:240]}"


if __name__ == "__main__":
    sys.exit(main())
