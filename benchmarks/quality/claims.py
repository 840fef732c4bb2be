"""Claims against the development gold, with the gold's statements given: figures of this part alone.

    .venv/bin/python benchmarks/quality/claims.py [--gold DIR] [--only PREFIX] [--show]

Statements are the gold's; sentences, places, times and quantities are the program's. Names are found by
`reading/names` when `--names` is given, else no entities are handed in. Prints the scorer's lines.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from evenhand.model.reading import Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.reading import claims, sentences

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


def settings(text: str, published: str | None, split: tuple) -> dict:
    """Places, times and quantities as far as the modules are there."""
    out: dict = {}
    day = date.fromisoformat(published) if published else None
    try:
        from evenhand.reading import times

        out["times"] = times.find(text, published=day, sentences=split)
    except ImportError as problem:
        print("no times:", problem, file=sys.stderr)
    try:
        from evenhand.reading import places

        gazetteer = settings.__dict__.setdefault("gazetteer", places.Gazetteer())
        mentions = places.find(text, split, gazetteer)
        out["place_mentions"] = mentions
        out["places"] = places.resolve(mentions, text, gazetteer)
    except (ImportError, AttributeError) as problem:
        print("no places:", problem, file=sys.stderr)
    try:
        from evenhand.reading import quantities
        from evenhand.reading.times import dated_spans

        out["quantities"] = quantities.find(text, times=dated_spans(out["times"]))
    except (ImportError, AttributeError) as problem:
        print("no quantities:", problem, file=sys.stderr)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path, default=SHARED / "gold/statements")
    ap.add_argument("--only", action="append", default=[])
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    lines, spent, words = [], 0.0, 0
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
            given = settings(text, gold["published"], split)
            started = time.perf_counter()
            found = claims.find(report, split, (), told, **given)
            spent += time.perf_counter() - started
            words += len(text.split())
            import msgspec

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
        subprocess.run([sys.executable, str(scorer), folder, str(out)], check=True)


if __name__ == "__main__":
    main()
