"""Reports by story: ECB+ sub-topics (two alike stories a topic), B-cubed F1 by cross-validation over topics.

    .venv/bin/python -m benchmarks.quality.stories

Five folds of topics; of each fold the documents are grouped among themselves, with the weights and the threshold
chosen on the other folds alone. What is compared is what grouping compares where no claims are read: rare words,
words of the opening, names and numbers, each by cosine; what groups is grouping's own average linkage. Baseline:
TF-IDF cosine with a threshold chosen the same way. B-cubed: Bagga and Baldwin 1998.
"""

import itertools
import json
import re
from collections import Counter
from math import log
from pathlib import Path

import numpy as np

from evenhand.grouping.clustering import average_linkage

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared/data/ecb/documents.jsonl"
FOLDS = 5
OPENING = 60
_WORD = re.compile(r"[^\W_]{3,}|\d+")
_NUMBER = re.compile(r"\d")
Scores = dict[str, np.ndarray]


def documents() -> list[dict]:
    """The documents in the order of their ids."""
    lines = DOCUMENTS.read_text("utf-8").splitlines()
    return sorted((json.loads(line) for line in lines), key=lambda one: one["id"])


def stem(word: str) -> str:
    """A word without the commonest endings of English, so that "crashed" and "crashes" are one."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def terms(tokens: list[str]) -> dict[str, Counter[str]]:
    """The words of a document: all, those of its opening, its names, its numbers."""
    kept = [token for token in tokens if _WORD.fullmatch(token)]
    names = [token for at, token in enumerate(kept) if at and token[:1].isupper() and not token.isupper()]
    names += [token for token in kept if token.isupper() and len(token) > 2]
    return {
        "words": Counter(stem(token.casefold()) for token in kept),
        "opening": Counter(stem(token.casefold()) for token in kept[:OPENING]),
        "names": Counter(token.casefold() for token in names),
        "numbers": Counter(token for token in kept if _NUMBER.match(token)),
    }


def cosines(docs: list[dict]) -> Scores:
    """Every document with every other, per kind of term, by TF-IDF cosine over these documents."""
    each = [terms(doc["tokens"]) for doc in docs]
    found = {}
    for kind in ("words", "opening", "names", "numbers"):
        spread = Counter(term for one in each for term in one[kind])
        index = {term: number for number, term in enumerate(sorted(spread))}
        matrix = np.zeros((len(docs), len(index)))
        for row, one in enumerate(each):
            for term, count in one[kind].items():
                matrix[row, index[term]] = (1 + log(count)) * log((1 + len(docs)) / (1 + spread[term]))
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrix = matrix / np.where(lengths > 0, lengths, 1)
        found[kind] = matrix @ matrix.T
    return found


def grouped(scores: np.ndarray) -> list[int]:
    """The number of the group of each document; scores above 0 speak for one story."""
    size = len(scores)
    pairs = {(i, j): float(scores[i, j]) for i in range(size) for j in range(i + 1, size)}
    labels = [0] * size
    for number, group in enumerate(average_linkage(list(range(size)), pairs)):
        for item in group:
            labels[item] = number
    return labels


def b_cubed(labels: list[int], gold: list[str]) -> float:
    """B-cubed F1."""
    precision, recall = [], []
    for mine, right in zip(labels, gold, strict=True):
        same = sum(label == mine and story == right for label, story in zip(labels, gold, strict=True))
        precision.append(same / labels.count(mine))
        recall.append(same / gold.count(right))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return 2 * p * r / (p + r)


class Fold:
    """The documents of some topics."""

    def __init__(self, docs: list[dict]) -> None:
        self.gold = [doc["subtopic"] for doc in docs]
        self.cosines = cosines(docs)

    def score(self, weights: dict[str, float], threshold: float) -> float:
        """B-cubed F1 under these weights."""
        total = sum(weights[kind] * self.cosines[kind] for kind in weights)
        return b_cubed(grouped(total - threshold), self.gold)


def chosen(folds: list[Fold], grid: list[dict[str, float]], thresholds: list[float]) -> tuple[dict[str, float], float]:
    """The weights and threshold that score best over these folds."""
    best = max(
        ((np.mean([fold.score(weights, at) for fold in folds]), number, at)
         for number, weights in enumerate(grid) for at in thresholds),
    )  # fmt: skip
    return grid[best[1]], best[2]


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`."""
    docs = documents()
    topics = sorted({doc["topic"] for doc in docs}, key=lambda one: (len(one), one))
    folds = [Fold([doc for doc in docs if topics.index(doc["topic"]) % FOLDS == n]) for n in range(FOLDS)]
    plain = [{"words": 1.0}]
    grid = [
        {"words": 1.0, "opening": o, "names": n, "numbers": d}
        for o, n, d in itertools.product((0.5, 1.0), (0.5, 1.0), (0.0, 0.2, 0.4))
    ]
    tables = {
        "ECB+ sub-topics B3 F1": (grid, [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7]),
        "baseline TF-IDF B3 F1": (plain, [0.06, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25]),
    }
    found = {}
    for name, (weights, thresholds) in tables.items():
        reached = []
        for fold in folds:
            best, at = chosen([other for other in folds if other is not fold], weights, thresholds)
            reached.append((fold.score(best, at), len(fold.gold)))
        found[name] = sum(score * size for score, size in reached) / sum(size for _, size in reached)
    return found


if __name__ == "__main__":
    print(json.dumps(figures(), indent=1))
