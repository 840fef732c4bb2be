"""Recall and resolution a slice: `python benchmarks/quality/slices.py ../shared/gold/statements READINGS.jsonl`.

Slices of the gold's statements: direct, mixed, indirect, nested, without a source, with a pronoun for a source,
reports of wires, texts that lost their punctuation (`fakes_*`). A statement is found when a predicted content has a
Dice overlap of .8 or more; speaker, attitude and parent are shares of the found ones.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "shared" / "tools"))
from score_statements import chars, dice, pair, same_name, spans_of

PRONOUNS = {"he", "she", "it", "they", "her", "his", "its", "their", "who", "which", "we", "i"}
WIRES = {"reuters", "tass", "sana", "afp", "ap"}


def slices(gold: dict[str, Any], statement: dict[str, Any], name: str) -> list[str]:
    """The slices one gold statement is in."""
    source = ((statement.get("source") or {}).get("text") or "").lower()
    out = ["all", statement["kind"]]
    out += ["nested"] if statement.get("parent") else []
    out += ["no source"] if not source else []
    out += ["pronoun source"] if source in PRONOUNS else []
    out += ["wire"] if gold.get("outlet") in WIRES else []
    return [*out, "FA-KES text"] if name.startswith("fakes_") else out


def main() -> None:
    folder, readings = Path(sys.argv[1]), Path(sys.argv[2])
    read = {Path(r["report"]["file"]).name: r for r in map(json.loads, readings.open())}
    count: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.json")):
        gold, text = json.loads(path.read_text()), path.with_suffix(".txt").read_bytes().decode()
        mine, want = read[path.stem + ".txt"]["statements"], gold["statements"]
        spans, found = [spans_of(text, s["content"]) for s in want], [chars(s["content"]) for s in mine]
        pairs = pair(range(len(want)), range(len(mine)), lambda i, j, a=spans, b=found: dice(a[i], b[j]), 0.5)
        ids = {want[i]["id"]: mine[j]["id"] for i, j, _ in pairs}
        hit = {i: mine[j] for i, j, overlap in pairs if overlap >= 0.8}
        for i, s in enumerate(want):
            for part in slices(gold, s, path.stem):
                count[part, "gold"] += 1
                if i in hit:
                    count[part, "found"] += 1
                    count[part, "speaker"] += same_name(s["speaker"], hit[i].get("speaker_name"))
                    count[part, "attitude"] += s["attitude"] == hit[i]["attitude"]
                    count[part, "parent"] += ids.get(s.get("parent")) == hit[i].get("parent")
    print(f"{'slice':16}{'gold':>6}{'recall':>8}{'speaker':>9}{'attitude':>10}{'parent':>8}")
    for part in dict.fromkeys(p for p, _ in count):
        n, f = count[part, "gold"], count[part, "found"] or 1
        shares = [count[part, what] / f for what in ("speaker", "attitude", "parent")]
        print(f"{part:16}{n:6d}{count[part, 'found'] / n:8.3f}{shares[0]:9.3f}{shares[1]:10.3f}{shares[2]:8.3f}")


if __name__ == "__main__":
    main()
