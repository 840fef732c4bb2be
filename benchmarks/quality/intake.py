"""Intake against the gold: day, origin of the day, dateline, credits, outlet; and over the real articles.

python -m benchmarks.quality.intake        every report of the gold, found and expected
"""

import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from evenhand.intake import IntakeSettings, receive
from evenhand.model.report import Original, Report
from evenhand.profiles import world

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "statements"
ARTICLES = SHARED / "data" / "fa-kes" / "articles.csv"
COPIES = SHARED / "gold" / "incidents" / "copies.jsonl"


def figures() -> dict[str, float]:
    """Shares of the gold's reports, and of the 652 articles, for which a field is as expected."""
    agree, total = _gold(show=False)
    return {f"gold {name}": agree[name] / total for name in agree} | _articles()


def _read(data: bytes, file: str) -> tuple[Report, ...]:
    settings = IntakeSettings(outlets=world())
    return tuple(found.report for found in receive(Original(path=file, file=file, data=data), settings))


def _gold(*, show: bool) -> tuple[Counter[str], int]:
    """Agreement on the gold's plain texts, which carry no outlet beside the text."""
    agree: Counter[str] = Counter()
    paths = sorted(GOLD.glob("*.txt"))
    for path in paths:
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        (found,) = _read(path.read_bytes(), path.name)
        line = found.dateline
        dateline = {"place": line.place, "agency": line.agency} if line else None
        credits_ = [(credit.agency, credit.span) for credit in found.credits]
        expected = [(entry["agency"], _span(found.text, entry)) for entry in gold["credits"]]
        same = {
            "published": found.published == gold["published"],
            "published_from": found.published_from == gold["published_from"],
            "dateline": dateline == gold["dateline"],
            "credits": credits_ == expected,
            "outlet (text alone)": found.outlet == gold["outlet"],
        }
        for name, is_same in same.items():
            agree[name] += is_same
        if show:
            wrong = [name for name, is_same in same.items() if not is_same]
            print(f"{path.name:32} {found.published} {found.published_from} {found.outlet} {credits_} wrong: {wrong}")
    return agree, len(paths)


def _span(text: str, entry: dict[str, object]) -> tuple[int, int]:
    words, start = str(entry["text"]), -1
    for _ in range(int(str(entry.get("nth", 1)))):
        start = text.index(words, start + 1)
    return start, start + len(words)


def _articles() -> dict[str, float]:
    data = ARTICLES.read_bytes()
    found = _read(data, ARTICLES.name)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    pairs = list(zip(found, rows, strict=True))
    printed = [(report, row) for report, row in pairs if report.published_from in ("header", "dateline")]
    column = [datetime.strptime(row["date"], "%m/%d/%Y").replace(tzinfo=UTC).date().isoformat() for _, row in printed]
    return {
        "articles read in English": sum(report.language in ("en", None) for report in found) / len(rows),
        "articles text unchanged": sum(report.text == row["article_content"] for report, row in pairs) / len(rows),
        "articles outlet as in the table": sum(report.outlet == row["source"] for report, row in pairs) / len(rows),
        "articles dated by their own text": len(printed) / len(rows),
        "of these the table's date differs": sum(
            day != report.published for day, (report, _) in zip(column, printed, strict=True)
        )
        / len(printed),
        "articles with a credit": sum(bool(report.credits) for report in found) / len(rows),
        "credit is the gold copies' wire": _wires({report.external_id or "": report for report in found}),
    }


def _wires(found: dict[str, Report]) -> float:
    """Of reports in the gold's copies of a known wire that carry a named wire's credit, those with that wire's."""
    right = asked = 0
    for line in COPIES.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        for name in (pair["a"], pair["b"]):
            named = {credit.agency for credit in found[name].credits} - {"agencies"}
            if pair["same_wire"] and pair["label"] == "copy" and named:
                asked += 1
                right += pair["same_wire"] in named
    return right / asked if asked else 0.0


if __name__ == "__main__":
    agreed, count = _gold(show=True)
    for name, value in agreed.items():
        print(f"{name:36} {value} of {count}")
    for name, share in _articles().items():
        print(f"{name:36} {share:.3f}")
