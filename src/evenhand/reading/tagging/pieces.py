"""From text to what the network reads: word pieces with exact positions, small features, windows.

All positions are Unicode code points into the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from evenhand.reading.tagging.stand_ins import CLASSES, StandIn

WINDOW = 256  # word pieces a window, the two special ones included
CLS, SEP = 101, 102
FIRST_CLASS = 1  # the vocabulary's unused pieces stand for the classes of known names
TITLE = 1
CASES = 6  # lower, Title, UPPER, digits, punctuation, other
QUOTES = 4  # outside, inside, opening mark, closing mark
BREAKS = 3  # none, sentence, paragraph: what stands before the piece

_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTE_OR_LINE = re.compile('["\u201c\u201d\u201e\u00ab\u00bb\n]')
_SENTENCE_END = frozenset(".?!\u2026")
_CLOSERS = frozenset("\"\u201d\u00bb')]\u2019")


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of one text: ids, code-point starts and ends, features (pieces, 3)."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    features: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


class Splitter:
    """Cuts texts into word pieces with the packaged vocabulary."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def is_piece(self, word: str) -> bool:
        """Whether a word is one piece: common enough to stand in the vocabulary whole."""
        return self._tokenizer.token_to_id(word) is not None

    def split(self, text: str, stand_ins: Sequence[StandIn] = ()) -> Pieces:
        """Split `text`, each stand-in as one piece (in order, not overlapping).

        Any text at all is accepted (lone surrogates are read as unknown characters).
        """
        encoding = self._tokenizer.encode(_SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        ids = np.array(encoding.ids, dtype=np.int64)
        keep = spans[:, 1] > spans[:, 0]
        spans, ids = spans[keep], ids[keep]
        if not stand_ins:
            return Pieces(ids, spans[:, 0], spans[:, 1], _features(text, spans))
        ids, spans, classed = _with_stand_ins(ids, spans, stand_ins)
        features = _features(text, spans)
        features[classed, 0] = TITLE
        return Pieces(ids, spans[:, 0], spans[:, 1], features)


def _with_stand_ins(
    ids: np.ndarray, spans: np.ndarray, stand_ins: Sequence[StandIn]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pieces of every stand-in as one of its class; also which pieces these are."""
    firsts = np.searchsorted(spans[:, 0], [one.span[0] for one in stand_ins], side="left").tolist()
    ends = np.searchsorted(spans[:, 1], [one.span[1] for one in stand_ins], side="right").tolist()
    keep, classed = np.ones(len(ids), dtype=bool), np.zeros(len(ids), dtype=bool)
    ids, spans = ids.copy(), spans.copy()
    for one, first, end in zip(stand_ins, firsts, ends, strict=True):
        if end <= first:
            continue
        ids[first], spans[first] = FIRST_CLASS + CLASSES.index(one.kind), one.span
        classed[first] = True
        keep[first + 1 : end] = False
    return ids[keep], spans[keep], classed[keep]


def windows(pieces: Pieces) -> list[tuple[int, int]]:
    """Piece ranges of at most WINDOW - 2 pieces, cut at a paragraph's end, else a sentence's, else hard."""
    room, total = WINDOW - 2, len(pieces)
    breaks = pieces.features[:, 2]
    out: list[tuple[int, int]] = []
    start = 0
    while total - start > room:
        reach = breaks[start + 1 : start + room + 1]
        for strength in (2, 1):
            found = np.flatnonzero(reach >= strength)
            if len(found):
                cut = start + 1 + int(found[-1])
                break
        else:
            cut = start + room
        out.append((start, cut))
        start = cut
    if total > start:
        out.append((start, total))
    return out


def _features(text: str, spans: np.ndarray) -> np.ndarray:
    out = np.zeros((len(spans), 3), dtype=np.int64)
    marks = _quote_states(text)
    mark, inside, previous_end, sentence_over = 0, False, 0, False
    for i, (start, end) in enumerate(spans.tolist()):
        piece = text[start:end]
        out[i, 0] = _case(piece)
        state = 1 if inside else 0
        while mark < len(marks) and marks[mark][0] < end:
            position, opening, is_quote = marks[mark]
            inside = opening
            if is_quote and position >= start:
                state = 2 if opening else 3
            elif position < start:
                state = 1 if inside else 0
            mark += 1
        out[i, 1] = state
        gap = text[previous_end:start]
        if gap and i:
            out[i, 2] = 2 if "\n" in gap else 1 if sentence_over else 0
        last = piece[-1]
        sentence_over = last in _SENTENCE_END or (sentence_over and not gap and last in _CLOSERS)
        previous_end = end
    return out


def _quote_states(text: str) -> list[tuple[int, bool, bool]]:
    """(position, inside a quotation afterwards, is a quotation mark), in text order; a line ends all."""
    out: list[tuple[int, bool, bool]] = []
    inside = False
    for match in _QUOTE_OR_LINE.finditer(text):
        character = match.group()
        if character == "\n":
            if inside:
                out.append((match.start(), False, False))
            inside = False
            continue
        inside = not inside if character == '"' else character in "\u201c\u201e\u00ab"
        out.append((match.start(), inside, True))
    return out


def _case(piece: str) -> int:
    if piece.islower():
        return 0
    if piece.isupper() and len(piece) > 1:
        return 2
    if piece[0].isupper():
        return 1
    if piece[0].isdigit():
        return 3
    return 5 if any(c.isalnum() for c in piece) else 4
