"""From text to what the network reads: word pieces with exact positions, small features, windows.

All positions are Unicode code points into the text as given.
"""

from __future__ import annotations

import itertools
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

_SURROGATES = re.compile(f"[{chr(0xD800)}-{chr(0xDFFF)}]")
_QUOTE_OR_LINE = re.compile('["\u201c\u201d\u201e\u00ab\u00bb\n]')
_SENTENCE_END = [ord(c) for c in ".?!\u2026"]
_CLOSERS = [ord(c) for c in "\"\u201d\u00bb')]\u2019"]
_NEW_LINE = ord("\n")
_CHUNK = re.compile(r"[^ \t\n\r]+")  # the tokenizer reads what stands between blanks by itself
_KEPT, _LONGEST_KEPT = 50_000, 40
_Chunk = tuple[int, ...]
"""The pieces of one chunk, one after the other: of each its id, its start and end within the chunk, its case."""
_FIELDS = 4


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
        self._chunks: dict[str, _Chunk] = {}

    def is_piece(self, word: str) -> bool:
        """Whether a word is one piece: common enough to stand in the vocabulary whole."""
        return self._tokenizer.token_to_id(word) is not None

    def split(self, text: str, stand_ins: Sequence[StandIn] = ()) -> Pieces:
        """Split `text`, each stand-in as one piece (in order, not overlapping).

        Any text at all is accepted (lone surrogates are read as unknown characters).
        """
        held, at = [], []
        for match in _CHUNK.finditer(text):
            held.append(self._chunk(match.group()))
            at.append(match.start())
        rows = np.array([*itertools.chain.from_iterable(held)], dtype=np.int64).reshape(-1, _FIELDS)
        place = np.repeat(np.array(at, dtype=np.int64), [len(one) // _FIELDS for one in held])
        ids, cases = rows[:, 0].copy(), rows[:, 3].copy()
        starts, ends = place + rows[:, 1], place + rows[:, 2]
        if stand_ins:
            keep = _with_stand_ins((ids, starts, ends, cases), stand_ins)
            ids, starts, ends, cases = ids[keep], starts[keep], ends[keep], cases[keep]
        return Pieces(ids, starts, ends, np.stack([cases, *_surroundings(text, starts, ends)], 1))

    def _chunk(self, chunk: str) -> _Chunk:
        """The pieces of what stands between two blanks; those of a newspaper's words are kept."""
        known = self._chunks.get(chunk)
        if known is None:
            encoding = self._tokenizer.encode(_SURROGATES.sub("\ufffd", chunk), add_special_tokens=False)
            held = [
                (number, *span)
                for number, span in zip(encoding.ids, encoding.offsets, strict=True)
                if span[0] < span[1]
            ]
            known = tuple(
                field for number, start, end in held for field in (number, start, end, _case(chunk[start:end]))
            )
            if len(chunk) <= _LONGEST_KEPT:
                if len(self._chunks) >= _KEPT:
                    self._chunks.clear()
                self._chunks[chunk] = known
        return known


def _with_stand_ins(pieces: tuple[np.ndarray, ...], stand_ins: Sequence[StandIn]) -> np.ndarray:
    """Make the first piece of every stand-in one of its class, over its whole span; which pieces then remain."""
    ids, starts, all_ends, cases = pieces
    firsts = np.searchsorted(starts, [one.span[0] for one in stand_ins], side="left").tolist()
    ends = np.searchsorted(all_ends, [one.span[1] for one in stand_ins], side="right").tolist()
    keep = np.ones(len(ids), dtype=bool)
    for one, first, end in zip(stand_ins, firsts, ends, strict=True):
        if end <= first:
            continue
        ids[first], cases[first] = FIRST_CLASS + CLASSES.index(one.kind), TITLE
        starts[first], all_ends[first] = one.span
        keep[first + 1 : end] = False
    return keep


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


def _surroundings(text: str, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of every piece its state among the quotation marks (0 to 3) and the break before it (0 to 2)."""
    quotes, breaks = _quotes(text, starts, ends), np.zeros(len(starts), dtype=np.int64)
    if len(starts) < 2:
        return quotes, breaks
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    last = characters[ends - 1]
    gap = starts[1:] > ends[:-1]
    over = _one_of(last, _SENTENCE_END)
    for i in (1 + np.flatnonzero(_one_of(last[1:], _CLOSERS) & ~gap & ~over[1:])).tolist():
        over[i] = over[i - 1]
    lines = np.flatnonzero(characters == _NEW_LINE)
    parted = np.searchsorted(lines, starts[1:]) > np.searchsorted(lines, ends[:-1])
    breaks[1:] = np.where(gap, np.where(parted, 2, over[:-1]), 0)
    return quotes, breaks


def _one_of(characters: np.ndarray, wanted: Sequence[int]) -> np.ndarray:
    """`numpy.isin` for a handful, without what it costs to be general."""
    found: np.ndarray = characters == wanted[0]
    for one in wanted[1:]:
        found |= characters == one
    return found


def _quotes(text: str, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    marks = _quote_states(text)
    if not marks:
        return np.zeros(len(starts), dtype=np.int64)
    reached = np.searchsorted([position for position, _, _ in marks], ends)  # marks before each piece's end
    inside = np.array([0, *(opening for _, opening, _ in marks)], dtype=np.int64)
    before = np.concatenate([[0], reached[:-1]])
    out: np.ndarray = inside[before]
    for i in np.flatnonzero(reached > before).tolist():
        for position, opening, is_quote in marks[before[i] : reached[i]]:
            if is_quote and position >= starts[i]:
                out[i] = 2 if opening else 3
            elif position < starts[i]:
                out[i] = 1 if opening else 0
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
