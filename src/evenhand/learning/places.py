"""Trains the weights of `evenhand.reading.places.event_place`: which place belongs to which event.

    python -m evenhand.learning.places ITEMS.jsonl [OUT.json]

ITEMS.jsonl is event_location (MIT licence): tokens, text, spans by token index. Items whose text's SHA-1 is 0
modulo 5 are dev and are left out, and so is every item with the same text. Needs scipy (extra `train`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evenhand.reading.places import Gazetteer, find
from evenhand.reading.places.event_place import candidate_features

MIN_COUNT = 3
RIDGE = 2.0
BIAS = -0.4
"""Taken from the null answer: chosen with RIDGE by three folds over the training part (F1 .82, exact .79)."""


@dataclass(frozen=True, slots=True)
class Group:
    """One event: the features of each answer and the index of the right one (the null answer is last)."""

    rows: list[list[str]]
    right: list[int]


def is_dev(text: str) -> bool:
    """The dev part: a fifth of the texts, by hash."""
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % 5 == 0  # noqa: S324


def token_spans(item: dict[str, Any]) -> list[tuple[int, int]]:
    """Code-point spans of an item's tokens in its text."""
    out, at = [], 0
    for token in (t.strip() for t in item["tokens"]):
        found = item["text"].find(token, at) if token else at
        found = at if found < 0 else found
        out.append((found, found + len(token)))
        at = found + len(token)
    return out


def groups(items: Iterator[dict[str, Any]], gazetteer: Gazetteer) -> Iterator[Group]:
    """The training groups of `items`; an item whose place our reader does not find is left out."""
    for item in items:
        spans, text = token_spans(item), item["text"]
        verbs = [s for s in item["spans"] if s["label"] == "VERB"]
        if not verbs:
            continue
        trigger = (spans[verbs[0]["first"]][0], spans[verbs[0]["last"]][1])
        gold = [(spans[s["first"]][0], spans[min(s["last"], len(spans) - 1)][1]) for s in item["spans"]
                if s["label"] == "LOCATION"]  # fmt: skip
        mentions = find(text, [(0, len(text))], gazetteer)
        inside, rows = candidate_features(text, (0, len(text)), trigger, mentions)
        right = [n for n, k in enumerate(inside)
                 if any(mentions[k].name_start < e and s < mentions[k].name_end for s, e in gold)]  # fmt: skip
        if gold and not right:
            continue
        if inside:
            yield Group(rows, right or [len(rows) - 1])


def train(data: list[Group], *, ridge: float = RIDGE) -> dict[str, float]:
    """Weights that maximise the likelihood of the right answers, with a quadratic penalty."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # noqa: PLC0415  # extra `train`
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # noqa: PLC0415

    counts = Counter(f for g in data for row in g.rows for f in set(row))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    column = {f: i for i, f in enumerate(names)}
    indices, pointers, target, first = [], [0], [], [0]
    for group in data:
        for n, row in enumerate(group.rows):
            indices.extend(sorted({column[f] for f in row if f in column}))
            pointers.append(len(indices))
            target.append(1.0 / len(group.right) if n in group.right else 0.0)
        first.append(len(target))
    x = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(target), len(names)))
    y, starts = np.array(target), np.array(first[:-1])
    group_of = np.repeat(np.arange(len(data)), np.diff(first))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        s = s - np.maximum.reduceat(s, starts)[group_of]
        e = np.exp(s)
        p = e / np.add.reduceat(e, starts)[group_of]
        value = -float(y @ np.log(np.maximum(p, 1e-12))) + 0.5 * ridge * float(w @ w)
        return value, x.T @ (p - y) + ridge * w

    done = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {f: round(float(v), 4) for f, v in zip(names, done.x, strict=True) if abs(v) >= 0.005}


def main(arguments: list[str]) -> None:
    """Read the items, train, write the weights."""
    source = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[1] / "reading/places/event_place.json"
    with source.open(encoding="utf-8") as file:
        items = [json.loads(line) for line in file]
    kept = (item for item in items if not is_dev(item["text"]))
    data = list(groups(kept, Gazetteer()))
    weights = {**train(data), "": BIAS}
    card = {"data": "event_location (MIT), items whose text's SHA-1 is not 0 modulo 5", "groups": len(data)}
    out.write_text(json.dumps({**card, "weights": weights}, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(data)} groups, {len(weights)} weights -> {out}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
