"""Did it happen? A ridge regression from the claims reader's syntax and stance to factuality, −3 to 3.

    python -m evenhand.learning.factuality ../shared/data/factuality

Trains on the train parts of UDS-IH2, UW and MEANTIME together (every feature once for all and once for its own
corpus, after Daumé, "Frustratingly easy domain adaptation", 2007), prints Pearson's r and the mean absolute
error on the dev parts. It measures what the features of `reading/claims/stance` see beyond conflict news; the
reader itself states polarity and modality by rule and ships no weights from here. Needs scipy (`train` extra).
"""

import argparse
import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.reading.claims.events import Event
from evenhand.reading.claims.lexicon import Sense
from evenhand.reading.claims.stance import stance
from evenhand.reading.syntax.parser import Parser, Sentence, default_parser

CORPORA = ("UDS-IH2", "UW", "MEANTIME")
ROWS = 2**17
DAMP = 10.0
_ANY = Sense(part="verb")
_FUNCTION = ("aux", "aux:pass", "advmod", "det", "mark", "cop", "case", "expl", "nummod", "cc")
_CLIMB = 4


def features(s: Sentence, i: int) -> list[str]:
    """What is known of word i: itself, the words on it, the words above it, and the stance the rules give it."""
    word, tag, relation = s.lower[i], s.tags[i], s.relations[i]
    found = [
        "bias",
        f"w={word}",
        f"t={tag}",
        f"r={relation}",
        f"tr={tag}{relation}",
        f"s={word[-3:]}",
        f"wr={word}{relation}",
    ]
    found += _below(s, i)
    found += _above(s, i)
    stood = stance(s, Event(i, _ANY, "other", (0, 1), verbal=tag.startswith("VB")), None, None)
    found += [f"m={stood.modality}", f"p={stood.polarity}", f"mp={stood.modality}{stood.polarity}{tag}"]
    root = next(j for j, head in enumerate(s.heads) if head < 0)
    found += [f"root={s.lower[root]}", f"isroot={root == i}", f"len={min(len(s.lower) // 8, 5)}"]
    found += [f"has={w}" for w in ("?", "if") if w in s.lower]
    before = s.lower[i - 1] if i else "^"
    found += [f"before={before}", f"after={s.lower[i + 1] if i + 1 < len(s.lower) else '$'}"]
    return [*found, f"two={s.lower[i - 2] if i > 1 else '^'}_{before}"]


def _below(s: Sentence, i: int) -> list[str]:
    found, kinds = [], []
    for j in s.children[i]:
        relation, word = s.relations[j], s.lower[j]
        if relation in _FUNCTION:
            found += [f"c={relation}{word}", f"ct={s.tags[i]}{relation}{word}"]
            kinds.append(relation + word)
        else:
            found.append(f"cr={relation}")
        for k in s.children[j]:
            if relation in ("nsubj", "nsubj:pass", "obj") and s.relations[k] == "det":
                found.append(f"argdet={relation}{s.lower[k]}")
            if relation == "advcl" and s.relations[k] in ("mark", "advmod"):
                found.append(f"advcl={s.lower[k]}")
            if relation == "conj" and s.relations[k] == "aux":
                found.append(f"conjaux={s.lower[k]}")
        if relation in ("nsubj", "nsubj:pass", "obj"):
            found.append(f"arg={relation}{word}")
    return [*found, "kinds=" + "|".join(sorted(kinds))]


def _above(s: Sentence, i: int) -> list[str]:
    found, path, k = [], "", i
    for depth in range(1, _CLIMB + 1):
        head, relation = s.heads[k], s.relations[k]
        path += ">" + relation
        found.append(f"p{depth}={path}")
        if head < 0:
            break
        marks = "|".join(sorted(s.lower[j] for j in s.children[k] if s.relations[j] in ("mark", "case")))
        word = s.lower[head]
        found += [
            f"h{depth}={word}",
            f"hr{depth}={relation}{word}",
            f"ht{depth}={s.tags[head]}",
            f"hp{depth}={path}{word}",
        ]
        found += [f"hm{depth}={relation}{marks}{word[:5]}", f"m{depth}={relation}{marks}"]
        for j in s.children[head]:
            if j != k and s.relations[j] in _FUNCTION[:5]:
                found += [f"hc{depth}={s.relations[j]}{s.lower[j]}", f"hcp{depth}={path}{s.relations[j]}{s.lower[j]}"]
        k = head
    return found


def load(path: Path, parser: Parser) -> tuple[list[list[str]], npt.NDArray[np.float64]]:
    """Features and labels of every target of a file; a target of several words is read at its head."""
    rows: list[list[str]] = []
    labels: list[float] = []
    for line in path.open(encoding="utf-8"):
        item = json.loads(line)
        s = parser.parse_words(item["text"].split())
        for target in item["targets"]:
            a, b = target["span1"]
            inside = range(a, min(b, len(s.lower)))
            head = next((k for k in inside if not a <= s.heads[k] < b), None)
            if head is not None:
                rows.append(features(s, head))
                labels.append(float(target["label"]))
    return rows, np.array(labels)


def matrix(rows: list[list[str]], corpus: str) -> Any:
    """Hashed features as a sparse matrix, each once for all corpora and once for its own."""
    from scipy import sparse  # type: ignore[import-untyped]  # noqa: PLC0415

    places = [
        (n, zlib.crc32(f"{space}#{f}".encode()) % ROWS)
        for n, row in enumerate(rows)
        for f in row
        for space in ("", corpus)
    ]
    at, column = zip(*places, strict=True)
    return sparse.csr_matrix((np.ones(len(places)), (at, column)), shape=(len(rows), ROWS))


def train(folder: Path) -> dict[str, tuple[float, float]]:
    """Pearson's r and mean absolute error on the dev part of every corpus."""
    from scipy import sparse  # noqa: PLC0415
    from scipy.sparse.linalg import lsqr  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = default_parser()
    parts = {c: load(folder / f"{c}-train.jsonl", parser) for c in CORPORA}
    labels = np.concatenate([parts[c][1] for c in CORPORA])
    mean = float(labels.mean())
    weights = lsqr(sparse.vstack([matrix(parts[c][0], c) for c in CORPORA]), labels - mean, damp=DAMP, iter_lim=120)[0]
    out: dict[str, tuple[float, float]] = {}
    for corpus in CORPORA:
        rows, gold = load(folder / f"{corpus}-dev.jsonl", parser)
        guess = np.clip(matrix(rows, corpus) @ weights + mean, -3, 3)
        out[corpus] = float(np.corrcoef(guess, gold)[0, 1]), float(np.abs(guess - gold).mean())
    return out


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data", type=Path)
    for corpus, (r, error) in train(ap.parse_args().data).items():
        sys.stdout.write(f"{corpus:10s} Pearson r {r:.3f}  mean absolute error {error:.3f}\n")


if __name__ == "__main__":
    main()
