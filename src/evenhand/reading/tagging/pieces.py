"""From text to what the network reads: word pieces with exact positions, small features, windows.

All positions are Unicode code points into the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

WINDOW = 256  # word pieces a window, the two special ones included
CLS, SEP = 101, 102
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

    def split(self, text: str) -> Pieces:
        """Split `text`; any text at all is accepted (lone surrogates are read as unknown characters)."""
        encoding = self._tokenizer.encode(_SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        ids = np.array(encoding.ids, dtype=np.int64)
        keep = spans[:, 1] > spans[:, 0]
        spans, ids = spans[keep], ids[keep]
        return Pieces(ids, spans[:, 0], spans[:, 1], _features(text, spans))


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
