"""From the network's numbers to attributions and names, within one text.

Positions named "piece" count word pieces; all others are code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.reading.tagging.labels import COLUMNS, LINK_SIZE, LINKS, NAME_TAGS, ROLE_TAGS, ROLES, follows
from evenhand.reading.tagging.linking import PieceSpan, gaps

NEVER = -1e4


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """What decoding needs besides the network: transitions and link parameters."""

    transitions: dict[str, np.ndarray]
    outside: dict[str, float]  # taken from the "O" emission: found on dev, trades precision for recall
    nothing: dict[str, np.ndarray]
    distance: dict[str, np.ndarray]
    rank: dict[str, np.ndarray]
    bias: dict[str, float]

    @classmethod
    def read(cls, record: dict[str, Any]) -> Numbers:
        """From decoding.json."""
        links = record["links"]
        forbidden = np.where(np.array(follows(ROLE_TAGS)), 0.0, NEVER)
        return cls(
            {level: np.array(record["transitions"][level]) + forbidden for level in ("outer", "inner")},
            {level: float(record["outside"][level]) for level in ("outer", "inner")},
            {link: np.array(links[link]["nothing"]) for link in LINKS},
            {link: np.array(links[link]["distance"]) for link in LINKS},
            {link: np.array(links[link]["rank"]) for link in LINKS},
            {link: float(links[link]["bias"]) for link in LINKS},
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in pieces of its window, with the probabilities its confidence is made of."""

    content: tuple[PieceSpan, ...]
    cue: PieceSpan | None
    source: PieceSpan | None
    polarity: float
    evidence: tuple[float, ...]


def emissions_of(outs: list[np.ndarray], level: str, numbers: Numbers) -> list[np.ndarray]:
    """The tag scores of every window at one level."""
    found = []
    for out in outs:
        rows = out[:, COLUMNS[level]].astype(np.float64)
        rows[:, 0] -= numbers.outside[level]
        found.append(rows)
    return found


def best_tags(emissions: list[np.ndarray], moves: np.ndarray) -> list[np.ndarray]:
    """The best tag path of every window (Viterbi 1967), all windows in step."""
    lengths = np.array([len(e) for e in emissions])
    longest = int(lengths.max())
    padded = np.zeros((len(emissions), longest, moves.shape[0]))
    for i, rows in enumerate(emissions):
        padded[i, : len(rows)] = rows
    score = padded[:, 0] + moves[0]
    back = np.zeros(padded.shape, dtype=np.int8)
    finals = np.zeros(score.shape)
    finals[lengths == 1] = score[lengths == 1]
    for t in range(1, longest):
        ways = score[:, :, None] + moves
        back[:, t] = ways.argmax(1)
        score = ways.max(1) + padded[:, t]
        ended = lengths == t + 1
        if ended.any():
            finals[ended] = score[ended]
    out = []
    for i, length in enumerate(lengths.tolist()):
        path = np.zeros(length, dtype=np.int64)
        path[-1] = finals[i].argmax()
        for t in range(length - 1, 0, -1):
            path[t - 1] = back[i, t, path[t]]
        out.append(path)
    return out


def chances_of(emissions: list[np.ndarray], moves: np.ndarray) -> list[np.ndarray]:
    """The marginal probability of every tag at every piece (forward-backward, scaled at each step)."""
    lengths = np.array([len(e) for e in emissions])
    longest, tags = int(lengths.max()), moves.shape[0]
    seen = np.ones((len(emissions), longest, tags))
    for i, rows in enumerate(emissions):
        seen[i, : len(rows)] = np.exp(rows - rows.max(axis=1, keepdims=True))
    ways = np.exp(moves)
    forward = np.empty((longest, len(emissions), tags))
    state = seen[:, 0] * ways[0]
    forward[0] = state / state.sum(axis=1, keepdims=True)
    for t in range(1, longest):
        state = (forward[t - 1] @ ways) * seen[:, t]
        forward[t] = state / state.sum(axis=1, keepdims=True)
    backward = np.ones((longest, len(emissions), tags))
    last = lengths - 1
    for t in range(longest - 2, -1, -1):
        state = (backward[t + 1] * seen[:, t + 1]) @ ways.T
        state /= state.sum(axis=1, keepdims=True)
        state[last <= t] = 1.0  # nothing follows a window's last piece
        backward[t] = state
    both = forward * backward
    both /= both.sum(axis=2, keepdims=True)
    return [both[:length, i] for i, length in enumerate(lengths.tolist())]


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


def attributions(out: np.ndarray, tags: np.ndarray, chances: np.ndarray, numbers: Numbers) -> list[Found]:
    """The attributions of one window at one level: output rows, tag path, marginal tag probabilities."""
    spans: dict[str, list[PieceSpan]] = {role: [] for role in ROLES}
    for start, end, role in spans_of(tags, ROLE_TAGS):
        spans[role].append((start, end))
    contents, cues, sources = spans["content"], spans["cue"], spans["source"]
    if not contents:
        return []
    sure = chances[np.arange(len(tags)), tags]
    to_cue = _links(out, contents, cues, "content_cue", numbers)
    to_source = _links(out, cues, sources, "cue_source", numbers) if cues else np.zeros((0, 1))
    direct = _links(out, contents, sources, "content_source", numbers)
    groups: dict[int, list[int]] = {}
    found: list[Found] = []
    for k in range(len(contents)):
        cue = int(to_cue[k].argmax())
        if cue < len(cues):
            groups.setdefault(cue, []).append(k)
        else:
            source = int(direct[k].argmax())
            who = sources[source] if source < len(sources) else None
            chosen = _evidence(sure, [contents[k]], None, who, float(to_cue[k, cue]), float(direct[k, source]))
            found.append(Found((contents[k],), None, who, 0.0, chosen))
    for cue, members in groups.items():
        source = int(to_source[cue].argmax())
        who = sources[source] if source < len(sources) else None
        linked = float(np.mean([to_cue[k, cue] for k in members]))
        parts = [contents[k] for k in members]
        start, end = cues[cue]
        denial = float(_sigmoid(out[start:end, COLUMNS["denial"]].mean()))
        chosen = _evidence(sure, parts, cues[cue], who, linked, float(to_source[cue, source]))
        found.append(Found(tuple(parts), cues[cue], who, denial, chosen))
    return sorted(found, key=lambda f: f.content[0])


EVIDENCE = (
    "constant", "content mean", "content least edge", "cue mean", "source mean", "content link", "source link",
    "no cue", "no source", "log content pieces", "fragments",
)  # fmt: skip


def _evidence(
    sure: np.ndarray,
    parts: list[PieceSpan],
    cue: PieceSpan | None,
    source: PieceSpan | None,
    content_link: float,
    source_link: float,
) -> tuple[float, ...]:
    def mean(span: PieceSpan | None) -> float:
        return _logit(float(sure[span[0] : span[1]].mean())) if span else 0.0

    size = sum(e - s for s, e in parts)
    whole = sum(float(sure[s:e].sum()) for s, e in parts) / size
    edge = min(min(float(sure[s]), float(sure[e - 1])) for s, e in parts)
    return (
        1.0, _logit(whole), _logit(edge), mean(cue), mean(source), _logit(content_link), _logit(source_link),
        float(cue is None), float(source is None), float(np.log(size)), float(len(parts) - 1),
    )  # fmt: skip


def confidence(evidence: tuple[float, ...], weights: list[float]) -> float:
    """Calibrated probability: a logistic regression over the evidence, fitted on the dev set."""
    return float(_sigmoid(np.dot(evidence, weights)))


def names(out: np.ndarray) -> list[tuple[int, int, str, float]]:
    """(first piece, end piece, kind, mean tag probability) of every name in one window."""
    chances = _softmax(out[:, COLUMNS["names"]])
    path = chances.argmax(1)
    sure = chances[np.arange(len(path)), path]
    return [(s, e, kind, float(sure[s:e].mean())) for s, e, kind in spans_of(path, NAME_TAGS)]


def _links(
    out: np.ndarray, asking: list[PieceSpan], answering: list[PieceSpan], link: str, numbers: Numbers
) -> np.ndarray:
    """Probabilities (asking, answering + 1); the last column is "nothing"."""
    query = _means(out[:, COLUMNS[f"{link}.query"]], asking)
    scale = LINK_SIZE**-0.5
    scores = (query @ numbers.nothing[link])[:, None] * scale + numbers.bias[link]
    if answering:
        key = _means(out[:, COLUMNS[f"{link}.key"]], answering)
        buckets, ranks = gaps(asking, answering)
        near = numbers.distance[link][buckets] + numbers.rank[link][ranks]
        scores = np.concatenate([query @ key.T * scale + near, scores], 1)
    return _softmax(scores)


def _means(rows: np.ndarray, spans: list[PieceSpan]) -> np.ndarray:
    return np.stack([rows[s:e].mean(0) for s, e in spans])


def _softmax(rows: np.ndarray) -> np.ndarray:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _sigmoid(value: float | np.ndarray) -> float:
    return float(1 / (1 + np.exp(-np.clip(value, -30, 30))))


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(chance / (1 - chance)))
