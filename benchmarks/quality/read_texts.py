"""Tag a folder of `.txt` files and write their statements as readings, without intake and claims.

`python benchmarks/quality/read_texts.py FOLDER OUT.jsonl [--meta GOLD_JSON_FOLDER] [--tags CACHE]`, then
`python ../shared/tools/score_statements.py …` or `score_polnear.py …`. `--tags` keeps the network's answers in a
file, so that decoding can be measured again without it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from pathlib import Path

from evenhand.model.evidence import to_json
from evenhand.model.report import OriginalRef, Report
from evenhand.profiles.load import world
from evenhand.reading import sentences, statements
from evenhand.reading.tagging.tagger import Tagger


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tags", type=Path)
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    profile = world()
    texts = {p: p.read_bytes().decode() for p in sorted(args.folder.glob("*.txt"))}
    start = time.perf_counter()
    if args.tags and args.tags.exists():
        tags = pickle.loads(args.tags.read_bytes())
    else:
        tagger = Tagger.load(args.weights)
        known = tagger.known_names(profile)
        tags = {p.name: tagger.tag(t, known.find(t)) for p, t in texts.items()}
        if args.tags:
            args.tags.write_bytes(pickle.dumps(tags))
    tagged = time.perf_counter()
    with args.out.open("wb") as out:
        for path, text in texts.items():
            known = path.with_suffix(".json")
            meta = json.loads(known.read_text()) if known.exists() else {}
            report = Report(id=path.stem, original=OriginalRef(sha256=""), file=path.name, text=text,
                            outlet=meta.get("outlet"), published=meta.get("published"))  # fmt: skip
            found = statements.find(report, sentences.split(text), tags[path.name], profile)
            parts = {"report": report, "entities": found.entities, "statements": found.statements, "claims": ()}
            record = {name: json.loads(to_json(part)) for name, part in parts.items()}
            out.write(json.dumps(record).encode() + b"\n")
    words = sum(len(t.split()) for t in texts.values())
    done = time.perf_counter()
    print(f"{words} words: tagging {tagged - start:.1f} s, statements {done - tagged:.2f} s")


if __name__ == "__main__":
    main()
