"""Sentence borders against UD: `python benchmarks/quality/sentences.py ../shared/data/ud`.

The text is rebuilt from the tokens (SpaceAfter, newpar = blank line); a sentence counts when both its borders are
found. Documents without paragraphs (EWT) keep theirs; prints precision, recall and F1 a file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evenhand.reading import sentences


def documents(path: Path) -> list[tuple[str, list[tuple[int, int]]]]:
    """(text, sentence spans) a document."""
    out: list[tuple[str, list[tuple[int, int]]]] = []
    text, spans, pending, skip = "", [], "", 0
    start: int | None = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if spans:
                out.append((text, spans))
            text, spans, pending = "", [], ""
        elif line.startswith("# newpar") and "block" not in line:
            pending = "\n\n" if text else ""
        elif not line:
            if start is not None:
                spans.append((start, len(text)))
            start, skip = None, 0
        elif not line.startswith("#"):
            cell = line.split("\t")
            if "." in cell[0]:
                continue
            if "-" in cell[0]:
                skip = int(cell[0].split("-")[1])
            elif int(cell[0]) <= skip:
                continue
            text += pending
            if start is None:
                start = len(text)
            text += cell[1]
            pending = "" if "SpaceAfter=No" in cell[9] else " "
    if spans:
        out.append((text, spans))
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ud", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--files", nargs="*", default=["ewt-dev", "gum-dev"])
    args = parser.parse_args()
    for name in args.files:
        hit = found = gold = shown = 0
        for text, spans in documents(args.ud / f"{name}.conllu"):
            mine = set(sentences.split(text))
            hit, found, gold = hit + len(mine & set(spans)), found + len(mine), gold + len(spans)
            for s, e in sorted(mine - set(spans)):
                if shown < args.show:
                    shown += 1
                    print(repr(text[max(0, s - 30) : s]), "[", repr(text[s : s + 50]), "…", repr(text[e - 30 : e]), "]")
        print(f"{name}: precision {hit / found:.3f} recall {hit / gold:.3f} F1 {2 * hit / (found + gold):.3f}")


if __name__ == "__main__":
    sys.exit(main())
