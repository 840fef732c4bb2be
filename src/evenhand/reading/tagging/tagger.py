"""The trained tagger: a report's text in, "who says what" and names out.

Positions are Unicode code points into the text, half-open; every span is trimmed and exact.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

import msgspec
import numpy as np
import onnxruntime

from evenhand.model.profile import Profile
from evenhand.reading.tagging import decoding, weights
from evenhand.reading.tagging.paths import Path
from evenhand.reading.tagging.pieces import CLS, SEP, Pieces, Splitter, windows
from evenhand.reading.tagging.spans import Span, trim, trim_content
from evenhand.reading.tagging.stand_ins import KnownNames, StandIn, within

DEEPEST = 6  # levels of nesting followed; bounds the work on hostile text
LONGEST_WORD = 40
SHORTEST_HOLDER = 6  # pieces a nested content must have before a further level is looked for in it


class RawAttribution(msgspec.Struct, frozen=True):
    """One "who says what" as the network found it, before stitching.

    `content` holds code-point spans in order, trimmed of outer quotation marks, commas, a closing full
    stop and a leading "that". `parent` is the index, in the same result, of the attribution whose
    content holds this one. `polarity` is the probability that the cue denies, `confidence` a
    calibrated probability (0..1) that content and source are right.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    parent: int | None
    polarity: float
    confidence: float


class NameSpan(msgspec.Struct, frozen=True):
    """A name or nominal mention as found by the network.

    kind is one of tagging.labels.NAME_KINDS: person, organisation, place, people, weapon, facility, quantity,
    time. Finer kinds (armed_group, government, outlet) need a profile.
    """

    span: Span
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger found in one text. Attributions stand in text order, parents before children."""

    attributions: tuple[RawAttribution, ...]
    names: tuple[NameSpan, ...]


class Attribution(msgspec.Struct, frozen=True):
    """An attribution on its way to a RawAttribution: code points, and what its confidence is made of."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    polarity: float
    evidence: tuple[float, ...]
    level: int


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A text as the network read it: its pieces, and for every window its rows and, at each level, its path."""

    pieces: Pieces
    outs: list[np.ndarray]
    paths: dict[str, list[Path]]


class Tagger:
    """Runs the packaged network (int8, onnxruntime, CPU) over texts."""

    def __init__(self, found: weights.Weights, threads: int = 1) -> None:
        self.version = found.version
        self._splitter = Splitter(found.vocabulary)
        self._numbers = decoding.Numbers.read(found.decoding)
        self._calibration: dict[str, Any] = found.decoding["calibration"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = True
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(found.network, options, providers=["CPUExecutionProvider"])

    @classmethod
    def load(cls, folder: File | None = None, *, threads: int = 1) -> Tagger:
        """Load the packaged weights, or those in `folder`.

        `threads` is onnxruntime's: 1 suits a pool with one worker a core. Raises WeightsError when a file
        is missing or its SHA-256 is not the manifest's.
        """
        return cls(weights.load(folder), threads)

    def known_names(self, profile: Profile) -> KnownNames:
        """The names of a profile as this tagger reads them (for `tag`)."""
        return KnownNames(profile, self._splitter.is_piece)

    def tag(self, text: str, stand_ins: Sequence[StandIn] = ()) -> Tagged:
        """Tag one text, known names read as their classes. Never raises on any text; linear time.

        The result depends on nothing but the text and its stand-ins.
        """
        pieces = self._splitter.split(text, stand_ins)
        outs = list(self._run(pieces))
        paths = decoding.paths_of(outs, ("outer", "inner", "names"), self._numbers)
        found = self._attributions(text, _Read(pieces, outs, paths), stand_ins)
        names: list[NameSpan] = []
        for (start, _), named in zip(windows(pieces), decoding.names(paths["names"]), strict=True):
            for first, end, kind, sure in named:
                span = trim(text, _whole_words(text, _points(pieces, start, (first, end))))
                if span and (not names or names[-1].span[1] <= span[0]):
                    names.append(NameSpan(span, kind, round(sure, 4)))
        return Tagged(tuple(found), tuple(names))

    def _run(self, pieces: Pieces) -> Iterator[np.ndarray]:
        """The network's rows for every window.

        Each window runs alone, so that the ranges of dynamic quantisation, and with them every bit of the
        result, depend on its own words only.
        """
        for start, end in windows(pieces):
            ids = np.empty(end - start + 2, dtype=np.int64)
            ids[0], ids[1:-1], ids[-1] = CLS, pieces.ids[start:end], SEP
            features = np.zeros((len(ids), 3), dtype=np.int64)
            features[1:-1] = pieces.features[start:end]
            (out,) = self._session.run(["out"], {"ids": ids, "features": features})
            yield np.asarray(out)[1:-1]

    def read(self, text: str, stand_ins: Sequence[StandIn] = ()) -> tuple[Pieces, list[np.ndarray]]:
        """The pieces of a text and the network's rows for each window, before any decoding."""
        pieces = self._splitter.split(text, stand_ins)
        return pieces, list(self._run(pieces))

    def candidates(
        self,
        text: str,
        stand_ins: Sequence[StandIn] = (),
        read: tuple[Pieces, list[np.ndarray]] | None = None,
        eagerness: float | None = None,
    ) -> list[tuple[Attribution, int | None]]:
        """All attributions before abstention, with the index of each one's parent, parents first.

        `read` saves reading again; `eagerness` overrides the outer level's number of that name (for tuning).
        """
        kept = self._numbers
        if eagerness is not None:
            self._numbers = replace(kept, eagerness=kept.eagerness | {"outer": eagerness})
        try:
            pieces, outs = read or self.read(text, stand_ins)
            paths = decoding.paths_of(outs, ("outer", "inner"), self._numbers)
            return self._nest(text, _Read(pieces, outs, paths), stand_ins, lambda one: True)
        finally:
            self._numbers = kept

    def _sure(self, one: Attribution) -> float | None:
        """The confidence of an attribution, None where it is too low to be kept."""
        numbers = self._calibration["outer" if one.level == 0 else "inner"]
        sure = decoding.confidence(one.evidence, numbers["weights"])
        return None if sure < numbers["threshold"] else sure

    def _attributions(self, text: str, read: _Read, stand_ins: Sequence[StandIn]) -> list[RawAttribution]:
        kept: dict[int, int] = {}
        result: list[RawAttribution] = []
        for i, (one, parent) in enumerate(self._nest(text, read, stand_ins, lambda one: self._sure(one) is not None)):
            sure = self._sure(one)
            if sure is None or (parent is not None and parent not in kept):
                continue
            kept[i] = len(result)
            above = None if parent is None else kept[parent]
            result.append(
                RawAttribution(one.content, one.cue, one.source, above, round(one.polarity, 4), round(sure, 4))
            )
        return result

    def _nest(
        self, text: str, read: _Read, stand_ins: Sequence[StandIn], worth: Callable[[Attribution], bool]
    ) -> list[tuple[Attribution, int | None]]:
        """All attributions, each with the index of its parent; into those not `worth` it nothing looks deeper."""
        outer = self._level(text, read, "outer", 0)
        inner = self._level(text, read, "inner", 1)
        children: dict[int, list[Attribution]] = {}
        holders = sorted((*span, i) for i, one in enumerate(outer) for span in one.content)
        for one in inner:
            holder = _holder(one, holders)
            if holder is not None and (one.cue is None or one.cue != outer[holder].cue):
                children.setdefault(holder, []).append(one)
        result: list[tuple[Attribution, int | None]] = []
        for i, one in enumerate(outer):
            at = len(result)
            result.append((one, None))
            if i in children and worth(one):
                for child in children[i]:
                    self._deeper(text, child, at, result, (stand_ins, worth))
        return result

    def _deeper(
        self,
        text: str,
        one: Attribution,
        parent: int,
        result: list[tuple[Attribution, int | None]],
        how: tuple[Sequence[StandIn], Callable[[Attribution], bool]],
    ) -> None:
        """Append a nested attribution and, looking into its content alone, those nested in it."""
        at = len(result)
        result.append((one, parent))
        stand_ins, worth = how
        if one.level >= DEEPEST or not worth(one):
            return
        for start, end in one.content:
            inside = text[start:end]
            pieces = self._splitter.split(inside, within(stand_ins, start, end))
            if len(pieces) < SHORTEST_HOLDER:
                continue
            outs = list(self._run(pieces))
            read = _Read(pieces, outs, decoding.paths_of(outs, ("outer",), self._numbers))
            for found in self._level(inside, read, "outer", one.level + 1):
                if found.cue is not None and found.source is not None:
                    self._deeper(text, _moved(found, start), at, result, how)

    def _level(self, text: str, read: _Read, level: str, depth: int) -> list[Attribution]:
        result = []
        pieces = read.pieces
        for (start, _), out, path in zip(windows(pieces), read.outs, read.paths[level], strict=True):
            for found in decoding.attributions(out, path, self._numbers):
                content = tuple(s for p in found.content if (s := trim_content(text, _points(pieces, start, p))))
                if not content:
                    continue
                cue = found.cue and trim(text, _points(pieces, start, found.cue))
                source = found.source and trim(text, _points(pieces, start, found.source))
                result.append(Attribution(content, cue, source, found.polarity, found.evidence, depth))
        return result


def _points(pieces: Pieces, offset: int, span: tuple[int, int]) -> Span:
    return int(pieces.starts[offset + span[0]]), int(pieces.ends[offset + span[1] - 1])


def _moved(one: Attribution, by: int) -> Attribution:
    def move(span: Span) -> Span:
        return span[0] + by, span[1] + by

    content = tuple(move(s) for s in one.content)
    return msgspec.structs.replace(
        one, content=content, cue=one.cue and move(one.cue), source=one.source and move(one.source)
    )


def _holder(one: Attribution, holders: list[tuple[int, int, int]]) -> int | None:
    """The outer attribution whose content holds all of the inner content (outer contents never overlap)."""
    found = set()
    for start, end in one.content:
        at = bisect_right(holders, (start, sys.maxsize, 0)) - 1
        if at < 0 or holders[at][1] < end:
            return None
        found.add(holders[at][2])
    return found.pop() if len(found) == 1 else None


def _whole_words(text: str, span: Span) -> Span:
    """Widen a span over the letters and digits that touch it: a name never ends inside a word."""
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum() and span[0] - start < LONGEST_WORD:
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and end - span[1] < LONGEST_WORD:
        end += 1
    return start, end
