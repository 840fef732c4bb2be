"""How well speakers, kinds, attitudes and parents are decided when the spans are the gold's.

`python benchmarks/quality/resolution.py ../shared/gold/statements [--show]`: the network is replaced by the gold's
content, cue and source (interrupted contents cut apart, nothing else handed over), names by none; with `--weights`
the packaged network's names are used. Prints shares over all gold statements.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from evenhand.model.evidence import content_id
from evenhand.model.report import OriginalRef, Report
from evenhand.profiles.load import world
from evenhand.reading import sentences, statements
from evenhand.reading.tagging.tagger import Tagger

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "shared" / "tools"))
from score_statements import same_name


def place(text: str, span: dict[str, object]) -> tuple[int, int]:
    at = -1
    for _ in range(int(span.get("nth") or 1)):  # type: ignore[call-overload]
        at = text.index(str(span["text"]), at + 1)
    return at, at + len(str(span["text"]))


def gold_tags(text: str, gold: list[dict]) -> list[SimpleNamespace]:  # type: ignore[type-arg]
    out = []
    for s in gold:
        contents = [place(text, c) for c in s["content"]]
        cue, source = (place(text, s[k]) if s.get(k) else None for k in ("cue", "source"))
        # an interrupted quotation arrives in pieces: the first with its cue, the others without
        if s["kind"] != "direct":
            out.append(SimpleNamespace(content=tuple(contents), cue=cue, source=source, parent=None, polarity=0.0,
                                       confidence=0.9))  # fmt: skip
            continue
        if len(contents) > 1 and all(text[a[1] : b[0]].strip()[:1] == "(" for a, b in pairwise(contents)):
            contents = [(contents[0][0], contents[-1][1])]  # brackets put in by the outlet
        for i, c in enumerate(contents):
            out.append(SimpleNamespace(content=(c,), cue=cue if i == 0 else None, source=source if i == 0 else None,
                                       parent=None, polarity=0.0, confidence=0.9))  # fmt: skip
    return sorted(out, key=lambda r: (r.content[0][0], -r.content[0][1]))


def measure(
    gold: Path, kept: dict[str, Any] | None = None, *, weights: bool = False, show: bool = False
) -> Counter[str]:
    """How many of the gold's statements get the right speaker, body, kind, attitude and parent."""
    tagger = Tagger.load() if weights else None
    count: Counter[str] = Counter()
    profile = world()
    known = tagger.known_names(profile) if tagger else None
    for path in sorted(gold.glob("*.json")):
        g = json.loads(path.read_text())
        text = path.with_suffix(".txt").read_bytes().decode()
        names = kept[path.stem + ".txt"].names if kept else tagger.tag(text, known.find(text)).names if tagger else ()
        report = Report(id=content_id("x", path.name), original=OriginalRef(sha256=""), outlet=g["outlet"],
                        published=g["published"], text=text)  # fmt: skip
        tagged = SimpleNamespace(attributions=gold_tags(text, g["statements"]), names=names)
        found = statements.find(report, sentences.split(text), tagged, profile)
        by = {}
        spans = [{i for c in s["content"] for i in range(*place(text, c))} for s in g["statements"]]
        mine = [{i for a, b in s.content for i in range(a, b)} for s in found.statements]
        pairs = sorted(((2 * len(a & b) / (len(a) + len(b)), (s["cue"] is None) == (p.cue is None), i, j)
                        for i, (a, s) in enumerate(zip(spans, g["statements"], strict=True))
                        for j, (b, p) in enumerate(zip(mine, found.statements, strict=True))
                        if s["cue"] is None or place(text, s["cue"]) == p.cue), reverse=True)  # fmt: skip
        used = set()
        for d, _, i, j in pairs:
            if d >= 0.8 and i not in by and j not in used:
                by[i] = j
                used.add(j)
        ids = {s["id"]: found.statements[by[i]].id for i, s in enumerate(g["statements"]) if i in by}
        count["gold"] += len(spans)
        count["mine"] += len(mine)
        count["found"] += len(by)
        for i, s in enumerate(g["statements"]):
            if i not in by:
                if show:
                    print("MISSED", path.stem, s["id"], s["content"][0]["text"][:60])
                continue
            p = found.statements[by[i]]
            for what, good, want, got in (
                ("speaker", same_name(s["speaker"], p.speaker_name), s["speaker"], p.speaker_name),
                ("org", (not s["speaker_org"] and not p.speaker_org) or same_name(s["speaker_org"], p.speaker_org),
                 s["speaker_org"], p.speaker_org),
                ("kind", s["kind"] == p.kind, s["kind"], p.kind),
                ("attitude", s["attitude"] == p.attitude, s["attitude"], p.attitude),
                ("parent", ids.get(s.get("parent")) == p.parent, s.get("parent"), p.parent),
            ):  # fmt: skip
                count[what] += good
                if show and not good:
                    cue, src = (s[k]["text"] if s.get(k) else None for k in ("cue", "source"))
                    print(f"{what:9s}{path.stem} {s['id']} src={src!r} cue={cue!r} gold={want!r} got={got!r}")
        for j, p in enumerate(found.statements):
            if show and j not in used:
                print("EXTRA ", path.stem, p.id, [text[a:b][:60] for a, b in p.content], p.cue and text[slice(*p.cue)])
    return count


def shares(count: Counter[str]) -> dict[str, float]:
    """The figures: found and invented statements as F1, the others as shares of the found."""
    out = {"statements F1": 2 * count["found"] / (count["gold"] + count["mine"])}
    return out | {what: count[what] / count["found"] for what in ("speaker", "org", "kind", "attitude", "parent")}


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`: given the gold's spans and the packaged network's names."""
    return shares(measure(Path(__file__).parents[3] / "shared" / "gold" / "statements", weights=True))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--tags", type=Path, help="the network's answers kept by read_texts.py")
    args = parser.parse_args()
    kept = pickle.loads(args.tags.read_bytes()) if args.tags else None
    for what, share in shares(measure(args.gold, kept, weights=args.weights, show=args.show)).items():
        print(f"{what:14s} {share:.3f}")


if __name__ == "__main__":
    main()
