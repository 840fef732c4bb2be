"""From the network's numbers to attributions and names, within one text.

Positions named "piece" count word pieces; all others are code points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from evenhand.reading.tagging.labels import COLUMNS, LINK_SIZE, LINKS, NAME_TAGS, ROLE_TAGS, ROLES, follows
from evenhand.reading.tagging.linking import PieceSpan, gaps
from evenhand.reading.tagging.paths import NEVER, Path, best_paths

BEGINNINGS = [i for i, tag in enumerate(ROLE_TAGS) if tag.startswith("B-")]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """What decoding needs besides the network: transitions and link parameters."""

    transitions: dict[str, np.ndarray]
    eagerness: dict[str, float]  # added to every B- score: found on dev, trades precision for recall
    nothing: dict[str, np.ndarray]
    distance: dict[str, np.ndarray]
    rank: dict[str, np.ndarray]
    bias: dict[str, float]

    @classmethod
    def read(cls, record: dict[str, Any]) -> Numbers:
        """From decoding.json."""
        links = record["links"]
        return cls(
            {
                head: np.array(record["transitions"][head]) + np.where(np.array(follows(tags)), 0.0, NEVER)
                for head, tags in (("outer", ROLE_TAGS), ("inner", ROLE_TAGS), ("names", NAME_TAGS))
            },
            {level: float(record["eagerness"][level]) for level in ("outer", "inner")},
            {link: np.array(links[link]["nothing"]) for link in LINKS},
            {link: np.array(links[link]["distance"]) for link in LINKS},
            {link: np.array(links[link]["rank"]) for link in LINKS},
            {link: float(links[link]["bias"]) for link in LINKS},
        )


class Found(msgspec.Struct, frozen=True):
    """One attribution in pieces of its window, with the probabilities its confidence is made of."""

    content: tuple[PieceSpan, ...]
    cue: PieceSpan | None
    source: PieceSpan | None
    polarity: float
    evidence: tuple[float, ...]


def paths_of(outs: list[np.ndarray], heads: Sequence[str], numbers: Numbers) -> dict[str, list[Path]]:
    """The best path of every window at each of these heads ("outer", "inner", "names"), worked out in one go."""
    emissions = []
    for head in heads:
        for out in outs:
            rows = out[:, COLUMNS[head]].astype(np.float64)
            if head in numbers.eagerness:
                rows[:, BEGINNINGS] += numbers.eagerness[head]
            emissions.append(rows)
    found = best_paths(emissions, [numbers.transitions[head] for head in heads for _ in outs])
    return {head: found[i * len(outs) : (i + 1) * len(outs)] for i, head in enumerate(heads)}


def spans_of(tags: np.ndarray, labels: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """(first piece, end piece, kind) of every span in a tag path."""
    out: list[tuple[int, int, str]] = []
    previous = "O"
    for i in np.flatnonzero(tags).tolist():
        label = labels[tags[i]]
        kind = label[2:]
        if out and label[0] == "I" and out[-1][1] == i and out[-1][2] == kind and previous != "O":
            out[-1] = (out[-1][0], i + 1, kind)
        else:
            out.append((i, i + 1, kind))
        previous = label
    return out


def attributions(out: np.ndarray, path: Path, numbers: Numbers) -> list[Found]:
    """The attributions of one window at one level, from its output rows and its tag path."""
    found = spans_of(path.tags, ROLE_TAGS)
    by_role = {role: [i for i, (*_, kind) in enumerate(found) if kind == role] for role in ROLES}
    if not by_role["content"]:
        return []
    spans = [(start, end) for start, end, _ in found]
    sure = path.sure.tolist()
    seen = _Spans(spans, _means(out, spans), [_mean(sure[slice(*s)]) for s in spans], sure, by_role, numbers)
    return sorted(_grouped(seen), key=lambda one: one.content[0])


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """The role spans of one window, the network's mean row and the mean tag probability over each."""

    spans: list[PieceSpan]
    rows: np.ndarray
    means: list[float]
    sure: list[float]
    by_role: dict[str, list[int]]
    numbers: Numbers

    def links(self, link: str) -> np.ndarray:
        """Probabilities (asking, answering + 1) of one link head; the last column is "nothing"."""
        role, answer = link.split("_")
        asking, answering = self.by_role[role], self.by_role[answer]
        if not asking:
            return np.zeros((0, len(answering) + 1))
        query = self.rows[asking, COLUMNS[f"{link}.query"]].astype(np.float64)
        scale = LINK_SIZE**-0.5
        scores = (query @ self.numbers.nothing[link])[:, None] * scale + self.numbers.bias[link]
        if answering:
            key = self.rows[answering, COLUMNS[f"{link}.key"]].astype(np.float64)
            buckets, ranks = gaps([self.spans[i] for i in asking], [self.spans[i] for i in answering])
            near = self.numbers.distance[link][buckets] + self.numbers.rank[link][ranks]
            scores = np.concatenate([np.einsum("ik,jk->ij", query, key) * scale + near, scores], 1)
        return _softmax(scores)

    def found(self, contents: list[int], cue: int | None, source: int | None, links: tuple[float, float]) -> Found:
        """One attribution from its spans' indices and the probabilities of its content and source links."""
        parts = [self.spans[i] for i in contents]
        sizes = [end - start for start, end in parts]
        whole = sum(self.means[i] * size for i, size in zip(contents, sizes, strict=True)) / sum(sizes)
        edge = min(self.sure[at] for start, end in parts for at in (start, end - 1))
        evidence = (
            1.0, _logit(whole), _logit(edge), self._mean(cue), self._mean(source), _logit(links[0]), _logit(links[1]),
            float(cue is None), float(source is None), math.log(sum(sizes)), float(len(parts) - 1),
        )  # fmt: skip
        denial = 0.0 if cue is None else _sigmoid(float(self.rows[cue, COLUMNS["denial"]][0]))
        who = None if source is None else self.spans[source]
        return Found(tuple(parts), None if cue is None else self.spans[cue], who, denial, evidence)

    def _mean(self, span: int | None) -> float:
        return 0.0 if span is None else _logit(self.means[span])


def _grouped(seen: _Spans) -> Iterator[Found]:
    contents, cues, sources = (seen.by_role[role] for role in ("content", "cue", "source"))
    to_cue, to_source = seen.links("content_cue"), seen.links("cue_source")
    direct: np.ndarray | None = None
    groups: dict[int, list[int]] = {}
    for k, content in enumerate(contents):
        cue = int(to_cue[k].argmax())
        if cue < len(cues):
            groups.setdefault(cue, []).append(k)
            continue
        if direct is None:
            direct = seen.links("content_source")
        source = int(direct[k].argmax())
        who = sources[source] if source < len(sources) else None
        yield seen.found([content], None, who, (float(to_cue[k, cue]), float(direct[k, source])))
    for cue, members in groups.items():
        source = int(to_source[cue].argmax())
        who = sources[source] if source < len(sources) else None
        linked = _mean([float(to_cue[k, cue]) for k in members])
        yield seen.found([contents[k] for k in members], cues[cue], who, (linked, float(to_source[cue, source])))


EVIDENCE = (
    "constant", "content mean", "content least edge", "cue mean", "source mean", "content link", "source link",
    "no cue", "no source", "log content pieces", "fragments",
)  # fmt: skip


def confidence(evidence: tuple[float, ...], weights: list[float]) -> float:
    """Calibrated probability: a logistic regression over the evidence, fitted on the dev set."""
    return _sigmoid(sum(a * b for a, b in zip(evidence, weights, strict=True)))


def names(paths: Sequence[Path]) -> list[list[tuple[int, int, str, float]]]:
    """(first piece, end piece, kind, mean tag probability) of every name, window by window."""
    found = []
    for tags, chances in paths:
        sure = chances.tolist()
        found.append([(start, end, kind, _mean(sure[start:end])) for start, end, kind in spans_of(tags, NAME_TAGS)])
    return found


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _means(rows: np.ndarray, spans: list[PieceSpan]) -> np.ndarray:
    """The mean of the rows over each span; spans are in order and do not overlap."""
    sizes = np.array([end - start for start, end in spans])
    held = np.concatenate([rows[start:end] for start, end in spans])
    sums = np.add.reduceat(held, sizes.cumsum() - sizes, axis=0)
    return np.asarray(sums / sizes[:, None])


def _softmax(rows: np.ndarray) -> np.ndarray:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -30.0), 30.0)))


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))
