"""Examples cut into windows with aligned labels, and windows gathered into batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.learning.corpora import Example, Said
from evenhand.reading.tagging.labels import LINKS, NAME_TAGS, ROLE_TAGS, ROLES
from evenhand.reading.tagging.pieces import CLS, SEP, Pieces, Splitter, windows
from evenhand.reading.tagging.spans import Span
from evenhand.reading.tagging.stand_ins import StandIn

UNKNOWN = -100
PieceSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Links:
    """Spans by role in window positions, and for every link head the true answers of each asker."""

    spans: dict[str, list[PieceSpan]]
    answers: dict[str, list[list[int]]]  # link → per asker the indices of right answers; [] = nothing


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One window; arrays exclude the special pieces. A tag array is None where unknown."""

    ids: np.ndarray
    features: np.ndarray
    outer: np.ndarray | None
    inner: np.ndarray | None
    names: np.ndarray | None
    silver: np.ndarray | None
    denial: np.ndarray
    links: tuple[Links, ...]


def cut(example: Example, splitter: Splitter, stand_ins: Sequence[StandIn] = ()) -> Iterator[Window]:
    """All windows of an example, labels aligned to pieces; `stand_ins` as in `Splitter.split`."""
    pieces = splitter.split(example.text, stand_ins)
    for start, end in windows(pieces):
        part = Pieces(
            pieces.ids[start:end], pieces.starts[start:end], pieces.ends[start:end], pieces.features[start:end]
        )
        denial = np.full(len(part), UNKNOWN, dtype=np.int64)
        levels: list[np.ndarray | None] = []
        links = []
        for attributions in (example.outer, example.inner):
            if attributions is None:
                levels.append(None)
                continue
            tags, link = _align(part, attributions, denial)
            levels.append(tags)
            links.append(link)
        inner = levels[1]
        if inner is not None and example.inner_spans and levels[0] is not None:
            known = np.zeros(len(part), dtype=bool)
            for s, e in example.inner_spans:
                known |= (part.starts < e) & (part.ends > s)
            unknown = ~known & (levels[0] >= ROLE_TAGS.index("B-content"))
            inner = None if unknown.any() else inner
        yield Window(
            part.ids,
            part.features,
            levels[0],
            inner,
            _name_tags(part, example.names),
            _name_tags(part, example.silver),
            denial,
            tuple(links),
        )


def _pieces_in(part: Pieces, span: Span) -> PieceSpan | None:
    first = int(np.searchsorted(part.ends, span[0], side="right"))
    last = int(np.searchsorted(part.starts, span[1], side="left"))
    return (first, last) if last > first else None


def _align(part: Pieces, attributions: Sequence[Said], denial: np.ndarray) -> tuple[np.ndarray, Links]:
    tags = np.zeros(len(part), dtype=np.int64)
    spans: dict[str, list[PieceSpan]] = {r: [] for r in ROLES}
    answers: dict[str, list[set[int]]] = {link: [] for link in LINKS}

    def index(role: str, span: Span | None) -> int | None:
        if span is None:
            return None
        found = _pieces_in(part, span)
        if found is None:
            return None
        if found not in spans[role]:
            taken = tags[found[0] : found[1]]
            if taken.any():
                return None
            tag = ROLE_TAGS.index(f"B-{role}")
            tags[found[0]] = tag
            tags[found[0] + 1 : found[1]] = tag + 1
            spans[role].append(found)
            for link in LINKS:
                if link.startswith(role + "_"):
                    answers[link].append(set())
        return spans[role].index(found)

    for one in attributions:
        source = index("source", one.source)
        cue = index("cue", one.cue)
        contents = [i for s in one.content if (i := index("content", s)) is not None]
        if cue is not None and source is not None:
            answers["cue_source"][cue].add(source)
        if cue is not None and one.denies is not None:
            denial[slice(*spans["cue"][cue])] = int(one.denies)
        for content in contents:
            if cue is not None:
                answers["content_cue"][content].add(cue)
            if source is not None:
                answers["content_source"][content].add(source)
    return tags, Links(spans, {k: [sorted(a) for a in v] for k, v in answers.items()})


def _name_tags(part: Pieces, names: Sequence[tuple[int, int, str]] | None) -> np.ndarray | None:
    if names is None:
        return None
    tags = np.zeros(len(part), dtype=np.int64)
    for start, end, kind in sorted(names, key=lambda n: (n[0] - n[1], n[0])):  # the longest first
        found = _pieces_in(part, (start, end))
        if found and not tags[found[0] : found[1]].any():
            tag = NAME_TAGS.index(f"B-{kind}")
            tags[found[0]] = tag
            tags[found[0] + 1 : found[1]] = tag + 1
    return tags


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows padded to one length; tag arrays hold UNKNOWN where there is nothing to learn."""

    ids: np.ndarray
    features: np.ndarray
    lengths: np.ndarray  # with the two special pieces
    windows: list[Window]


def batches(found: list[Window], size: int, chance: random.Random) -> Iterator[Batch]:
    """Shuffle, then gather windows of like length, `size` x 256 pieces a batch at most."""
    found = found[:]
    chance.shuffle(found)
    pool = size * 40
    gathered: list[list[Window]] = []
    for i in range(0, len(found), pool):
        part = sorted(found[i : i + pool], key=lambda w: len(w.ids))
        at = 0
        while at < len(part):
            end = at + 1
            while end < len(part) and (end + 1 - at) * (len(part[end].ids) + 2) <= size * 256:
                end += 1
            gathered.append(part[at:end])
            at = end
    chance.shuffle(gathered)
    for group in gathered:
        yield pad(group)


def pad(group: list[Window]) -> Batch:
    """Gather windows into one batch."""
    longest = max(len(w.ids) for w in group) + 2
    ids = np.zeros((len(group), longest), dtype=np.int64)
    features = np.zeros((len(group), longest, 3), dtype=np.int64)
    for i, w in enumerate(group):
        n = len(w.ids)
        ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = CLS, w.ids, SEP
        features[i, 1 : n + 1] = w.features
    return Batch(ids, features, np.array([len(w.ids) + 2 for w in group]), group)


def stack(group: list[Window], tags: Sequence[np.ndarray | None], longest: int) -> np.ndarray:
    """Tag arrays of a batch as one (windows, pieces) array, UNKNOWN where unknown or padded."""
    out = np.full((len(group), longest), UNKNOWN, dtype=np.int64)
    for i, row in enumerate(tags):
        if row is not None:
            out[i, : len(row)] = row
    return out
