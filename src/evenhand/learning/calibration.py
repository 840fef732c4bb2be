"""What a confidence is worth: a logistic regression from decoding's evidence to "content and source right"."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from evenhand.learning.scoring import polnear_record, tool
from evenhand.reading.tagging.decoding import EVIDENCE
from evenhand.reading.tagging.stand_ins import KnownNames
from evenhand.reading.tagging.tagger import Attribution, RawAttribution, Tagger

EAGER = (0.0, 0.7, 1.4, 2.1)
INNER_EAGER, INNER_LEAST = 2.1, 0.2  # PolNeAR has no nesting: chosen on the cross-validated gold

Rows = list[tuple[np.ndarray, np.ndarray, int]]  # per document: evidence, right or not, gold count


def gather(
    shared: Path, tagger: Tagger, known: KnownNames, eagers: tuple[float, ...], split: str = "dev"
) -> list[Rows]:
    """For each "eagerness" number, the evidence of every top-level candidate in a PolNeAR split.

    And whether it is right: content words with Jaccard >= .5 to one gold attribution's, and sources that
    share a word (or both without).
    """
    parse, scorer = tool(shared / "tools", "polnear_parse"), tool(shared / "tools", "polnear_eval")
    out: list[Rows] = [[] for _ in eagers]
    for document in parse.one_per_doc(parse.load(str(shared / "data" / "polnear"), split)):
        text = document.text
        words = scorer.toks(text)
        starts = [w[0] for w in words]
        read = tagger.read(text, standing := known.find(text))
        gold = [_covers(scorer, words, starts, a) for a in document.atts if a.get("content")]
        for rows, eager in zip(out, eagers, strict=True):
            candidates = [c for c, parent in tagger.candidates(text, standing, read, eager) if parent is None]
            found = [_covers(scorer, words, starts, polnear_record(text, _raw(c), False)) for c in candidates]
            evidence = np.array([c.evidence for c in candidates]).reshape(-1, len(EVIDENCE))
            rows.append((evidence, _right(scorer, gold, found), len(gold)))
    return out


def _right(scorer: Any, gold: list[dict[str, frozenset[int]]], found: list[dict[str, frozenset[int]]]) -> np.ndarray:
    pairs = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            common = len(g["content"] & f["content"])
            if common and (likeness := common / len(g["content"] | f["content"])) >= 0.5:
                pairs.append((likeness, i, j))
    right = np.zeros(len(found))
    for i, j in scorer.match(pairs):
        s, t = gold[i]["source"], found[j]["source"]
        right[j] = bool(s & t) or (not s and not t)
    return right


def fit(rows: Rows, ridge: float = 1.0) -> list[float]:
    """Logistic regression by Newton's method with an L2 penalty (not on the constant)."""
    x = np.concatenate([r[0] for r in rows])
    y = np.concatenate([r[1] for r in rows])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (chance - y) + penalty * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    return [round(float(w), 5) for w in weights]


def threshold(rows: Rows, weights: list[float]) -> tuple[float, float]:
    """The best F1 of right attributions, and the abstention threshold that gives it."""
    chances = [1 / (1 + np.exp(-np.clip(r[0] @ np.array(weights), -30, 30))) for r in rows]
    gold = sum(r[2] for r in rows)

    def f1(least: float) -> float:
        kept = sum(int((c >= least).sum()) for c in chances)
        right = sum(float(r[1][c >= least].sum()) for r, c in zip(rows, chances, strict=True))
        return 2 * right / (kept + gold)

    return max((f1(least), least) for least in (round(t * 0.02, 2) for t in range(40)))


def honesty(rows: Rows, bins: int = 10) -> dict[str, float]:
    """Two-fold by document: expected calibration error, Brier score, errors at 50 and 80 % coverage."""
    chances, rights = [], []
    for fold in (0, 1):
        weights = np.array(fit([r for i, r in enumerate(rows) if i % 2 != fold]))
        held = [r for i, r in enumerate(rows) if i % 2 == fold]
        chances += [1 / (1 + np.exp(-np.clip(r[0] @ weights, -30, 30))) for r in held]
        rights += [r[1] for r in held]
    p, y = np.concatenate(chances), np.concatenate(rights)
    places = np.minimum((p * bins).astype(int), bins - 1)
    error = sum(abs(p[places == b].sum() - y[places == b].sum()) for b in range(bins)) / len(p)
    order = np.argsort(-p, kind="stable")
    coverage = {f"error at {c} % coverage": round(1 - float(y[order[: len(p) * c // 100]].mean()), 4) for c in (50, 80)}
    return {"ECE": round(float(error), 4), "Brier": round(float(((p - y) ** 2).mean()), 4), **coverage}


def calibrate(shared: Path, tagger: Tagger, known: KnownNames) -> tuple[dict[str, Any], dict[str, float]]:
    """Numbers for decoding.json ("calibration" and "eagerness"), fitted on PolNeAR dev, and how honest they are."""
    best: tuple[float, float, float, list[float], Rows] | None = None
    for eager, rows in zip(EAGER, gather(shared, tagger, known, EAGER), strict=True):
        weights = fit(rows)
        score, least = threshold(rows, weights)
        if best is None or score > best[0] + 0.002:  # eagerness must earn its place
            best = (score, eager, least, weights, rows)
    assert best is not None
    score, eager, least, weights, rows = best
    parts = {"outer": {"weights": weights, "threshold": least}, "inner": {"weights": weights, "threshold": INNER_LEAST}}
    numbers = {"calibration": parts, "eagerness": {"outer": eager, "inner": INNER_EAGER}}
    return numbers, honesty(rows) | {"F1": round(score, 4), "eagerness": eager, "threshold": least}


def _raw(one: Attribution) -> RawAttribution:
    return RawAttribution(one.content, one.cue, one.source, None, 0.0, 1.0)


def _covers(scorer: Any, words: Any, starts: Any, record: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    return {role: scorer.cover(words, starts, record[role]) for role in ("source", "content")}
