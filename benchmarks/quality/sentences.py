"""Sentence borders against UD: `python benchmarks/quality/sentences.py ../shared/data/ud`.

The text is rebuilt from the tokens (SpaceAfter, newpar = blank line); a sentence counts when both its borders are
found. Documents without paragraphs (EWT) keep theirs; prints precision, recall and F1 a file.
"""

from __future__ import annotations

import argparse
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


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "ud"
    return {f"{name} F1": measure(folder / f"{name}.conllu")[2] for name in ("ewt-dev", "gum-dev")}


def measure(path: Path, show: int = 0) -> tuple[float, float, float]:
    """Precision, recall and F1 of whole sentences."""
    hit = found = gold = 0
    for text, spans in documents(path):
        mine, right = set(sentences.split(text)), set(spans)
        hit, found, gold = hit + len(mine & right), found + len(mine), gold + len(spans)
        for s, e in sorted(mine - right)[: max(0, show)]:
            show -= 1
            print(repr(text[max(0, s - 30) : s]), "[", repr(text[s : s + 50]), "…", repr(text[e - 30 : e]), "]")
    return hit / found, hit / gold, 2 * hit / (found + gold)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ud", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--files", nargs="*", default=["ewt-dev", "gum-dev"])
    args = parser.parse_args()
    for name in args.files:
        precision, recall, f1 = measure(args.ud / f"{name}.conllu", args.show)
        print(f"{name}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
