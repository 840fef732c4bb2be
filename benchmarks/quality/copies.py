"""Copy pairs against `shared/gold/incidents/copies.jsonl`: copy and partial together against independent.

    .venv/bin/python -m benchmarks.quality.copies [--faults]

Baselines: Jaccard >= .5 and containment >= .5 over the same word 5-grams.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

from evenhand.grouping.copies import compare
from evenhand.grouping.shingles import shingles_of
from evenhand.model.report import OriginalRef, Report

SHARED = Path(__file__).resolve().parents[3] / "shared"


def articles(path: Path) -> list[Report]:
    """The articles by their id (the first text of a repeated id), without their credits: text alone."""
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as rows:
        first = {row["unit_id"]: row for row in reversed(list(csv.DictReader(rows)))}
    return [
        Report(
            id=key, original=OriginalRef(sha256="0" * 64, locator=key), outlet=row["source"],
            text=row["article_content"], title=row["article_title"],
        )
        for key, row in sorted(first.items())
    ]  # fmt: skip


def prf(pairs: list[tuple[bool, bool]]) -> dict[str, float]:
    """Precision, recall and F1 of (expected, found)."""
    hit = sum(want and got for want, got in pairs)
    wanted, found = sum(want for want, _ in pairs), sum(got for _, got in pairs)
    return {
        "precision": round(hit / max(1, found), 4),
        "recall": round(hit / max(1, wanted), 4),
        "f1": round(2 * hit / max(1, wanted + found), 4),
    }


def measure(shared: Path = SHARED, *, faults: bool = False) -> dict:
    """The figures of the table in issue 5, row one."""
    gold = [json.loads(line) for line in (shared / "gold/incidents/copies.jsonl").read_text("utf-8").splitlines()]
    reports = articles(shared / "data/fa-kes/articles.csv")
    grams = {report.id: np.unique(shingles_of(report.text).hashes) for report in reports}
    found = {(pair.first, pair.second): pair for pair in compare(reports)}
    binary, same, jaccard, containment = [], 0, [], []
    for row in gold:
        key = (row["a"], row["b"])
        label = found[key].label if key in found else "independent"
        one, two = grams[row["a"]], grams[row["b"]]
        common = len(np.intersect1d(one, two))
        want = row["label"] != "independent"
        binary.append((want, label != "independent"))
        same += label == row["label"]
        jaccard.append((want, common / max(1, len(one) + len(two) - common) >= 0.5))
        containment.append((want, common / max(1, min(len(one), len(two))) >= 0.5))
        if faults and label != row["label"]:
            print(row["label"], "->", label, *key, found[key].why if key in found else "-", "|", row["why"])
    return {
        "pairs": len(gold), "copies": prf(binary), "three labels exact": round(same / len(gold), 4),
        "baseline jaccard .5": prf(jaccard), "baseline containment .5": prf(containment),
    }  # fmt: skip


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`."""
    found = measure()
    return {
        "copy pairs F1 (copy+partial)": found["copies"]["f1"],
        "copy pairs precision": found["copies"]["precision"],
        "copy pairs recall": found["copies"]["recall"],
        "three labels exact": found["three labels exact"],
        "baseline Jaccard >= .5, F1": found["baseline jaccard .5"]["f1"],
        "baseline containment >= .5, F1": found["baseline containment .5"]["f1"],
    }


if __name__ == "__main__":
    print(json.dumps(measure(faults="--faults" in sys.argv), indent=1))
