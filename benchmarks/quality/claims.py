"""Claims against the development gold, with the gold's statements given: figures of this part alone.

    .venv/bin/python benchmarks/quality/claims.py [--gold DIR] [--only PREFIX] [--show]

Statements are the gold's, no entities are handed in; sentences, places, times and quantities are the program's.
Prints processor time and the scorer's lines.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from evenhand.model.reading import Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.reading import claims, places, quantities, sentences, times

SHARED = Path(__file__).parents[3] / "shared"


def find_all(text: str, place: dict | None) -> tuple[int, int] | None:
    if not place:
        return None
    at = -1
    for _ in range(place.get("nth") or 1):
        at = text.index(place["text"], at + 1)
    return at, at + len(place["text"])


def gold_statements(gold: dict, text: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            id=s["id"],
            kind=s["kind"],
            content=tuple(find_all(text, c) for c in s["content"]),
            cue=find_all(text, s.get("cue")),
            source=find_all(text, s.get("source")),
            speaker_name=s.get("speaker"),
            attitude=s.get("attitude") or "asserts",
            parent=s.get("parent"),
        )
        for s in gold["statements"]
    )


def settings(text: str, published: str | None, split: tuple, gazetteer: places.Gazetteer) -> dict:
    """Places, times and quantities as the reader would hand them in."""
    day = date.fromisoformat(published) if published else None
    found = times.find(text, published=day, sentences=split)
    mentions = places.find(text, split, gazetteer)
    return {
        "times": found,
        "place_mentions": mentions,
        "places": places.resolve(mentions, text, gazetteer),
        "quantities": quantities.find(text, times=times.dated_spans(found)),
    }


def reliability(gold: Path, readings: Path, scorer: Path) -> None:
    """Of the claims of each stated confidence, how many the gold has (type family, trigger: the scorer's pairing)."""
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    sc = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sc)
    right, total = Counter(), Counter()
    for line in readings.read_text("utf-8").splitlines():
        reading = json.loads(line)
        text, name = reading["report"]["text"], reading["report"]["file"]
        known = json.loads((gold / name).with_suffix(".json").read_text("utf-8"))["claims"]
        there = [sc.spans_of(text, c["trigger"]) for c in known]
        found = reading["claims"]

        def alike(i: int, j: int, known=known, found=found, there=there) -> int:
            same = sc.same_type(known[i]["type"], found[j]["type"])
            return 2 if same and there[i] & sc.chars(found[j]["trigger"]) else 0

        paired = {j for _, j, _ in sc.pair(range(len(known)), range(len(found)), alike, 0.5)}
        for j, claim in enumerate(found):
            total[claim["confidence"]] += 1
            right[claim["confidence"]] += j in paired
    for value in sorted(total):
        print(
            f"confidence {value:.2f}: {right[value]} of {total[value]} in the gold ({right[value] / total[value]:.2f})"
        )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path, default=SHARED / "gold/statements")
    ap.add_argument("--only", action="append", default=[])
    ap.add_argument("--out", type=Path)
    ap.add_argument("--confidence", action="store_true", help="share of claims in the gold, by stated confidence")
    a = ap.parse_args()
    lines, spent, words = [], 0.0, 0
    gazetteer = places.Gazetteer()
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(a.gold.glob("*.json")):
            if a.only and not any(path.stem.startswith(o) for o in a.only):
                continue
            gold = json.loads(path.read_text("utf-8"))
            text = path.with_suffix(".txt").read_bytes().decode("utf-8")
            report = Report(
                id=path.stem, original=OriginalRef(sha256=""), file=path.stem + ".txt",
                published=gold["published"], text=text,
            )  # fmt: skip
            split = sentences.split(text)
            told = gold_statements(gold, text)
            given = settings(text, gold["published"], split, gazetteer)
            started = time.process_time()
            found = claims.find(report, split, (), told, **given)
            spent += time.process_time() - started
            words += len(text.split())
            lines.append(
                json.dumps({
                    "report": {"file": path.stem + ".txt", "text": text},
                    "statements": [msgspec.to_builtins(s) for s in told],
                    "claims": [msgspec.to_builtins(c) for c in found],
                })
            )  # fmt: skip
            for suffix in (".json", ".txt"):
                (Path(folder) / (path.stem + suffix)).write_bytes(path.with_suffix(suffix).read_bytes())
        out = a.out or Path(folder) / "readings.jsonl"
        out.write_text("\n".join(lines) + "\n", "utf-8")
        scorer = SHARED / "tools/score_statements.py"
        print(f"{words} words in {spent:.2f} s, {1000 * spent / max(1, words) * 400:.1f} ms per 400 words")
        if a.confidence:
            reliability(Path(folder), out, scorer)
        subprocess.run([sys.executable, str(scorer), folder, str(out)], check=True)


if __name__ == "__main__":
    main()
