"""Sentences as dependency trees: word classes (Penn), heads and relations (Universal Dependencies 2).

A tree never fails: words that the network leaves in a ring are hung on the root, over-long sentences are read
in windows. Time is linear in the text because a window is never longer than `WINDOW` words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from evenhand.errors import WeightsError
from evenhand.model.evidence import Span
from evenhand.reading.syntax.network import Floats, Network
from evenhand.reading.syntax.rows import Rows
from evenhand.reading.syntax.tokens import Token, tokenize

WINDOW = 100
_BATCH = 3000
_ARCS = 600_000
"""Arc scores of one batch, at most: every sentence has as many as the longest, and 100 words have 10,000."""
_WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Sentence:
    """One parsed sentence. `heads[i]` is the index of word i's head in the sentence, -1 for the root."""

    span: Span
    tokens: tuple[Token, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    lower: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Lower-case words."""
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    """For every word the words that hang on it, in text order."""

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.tokens]
        for i, head in enumerate(self.heads):
            if head >= 0:
                below[head].append(i)
        object.__setattr__(self, "lower", tuple([t.text.lower() for t in self.tokens]))
        object.__setattr__(self, "children", tuple([tuple(b) for b in below]))

    def child(self, i: int, *relations: str) -> int | None:
        """The first word hanging on `i` by one of the relations (tried in the order given)."""
        for relation in relations:
            for j in self.children[i]:
                if self.relations[j] == relation:
                    return j
        return None

    def chain(self, i: int) -> list[int]:
        """`i`, its head, that one's head, … up to the root."""
        found = []
        while i >= 0:
            found.append(i)
            i = self.heads[i]
        return found

    def subtree(self, i: int, without: Sequence[str] = ()) -> list[int]:
        """`i` and all below it, in text order; branches of the relations in `without` directly on `i` are cut."""
        found, todo = [i], [j for j in self.children[i] if self.relations[j] not in without]
        while todo:
            j = todo.pop()
            found.append(j)
            todo.extend(self.children[j])
        return sorted(found)


class Parser:
    """The packaged parser."""

    def __init__(self, folder: Path = _WEIGHTS) -> None:
        try:
            known = json.loads((folder / "words.json").read_text("utf-8"))
            raw = (folder / "parser.npz").read_bytes()
            graphs = {name: (folder / f"{name}.onnx").read_bytes() for name in ("trees", "relations")}
            with np.load(folder / "parser.npz") as arrays:
                self._network = Network(dict(arrays), graphs)
        except (OSError, ValueError, KeyError) as error:
            raise WeightsError(
                f"{folder}: the parser's weights cannot be read ({error}); reinstall evenhand"
            ) from error
        self._rows = Rows({w: i + 2 for i, w in enumerate(known["words"])})
        self._tags: list[str] = known["tags"]
        self._relations: list[str] = known["relations"]
        self.sha256 = hashlib.sha256(raw).hexdigest()

    def parse(self, text: str, spans: Sequence[Span]) -> tuple[Sentence, ...]:
        """Parse the sentences of one text, in order; sentences without words are left out.

        A sentence of more than `WINDOW` words comes back in pieces, each a sentence of its own.
        """
        pieces: list[list[Token]] = []
        for span in spans:
            tokens = tokenize(text, span)
            pieces += [tokens[i : i + WINDOW] for i in range(0, len(tokens), WINDOW)]
        return self.parse_tokens(pieces)

    def parse_tokens(self, pieces: Sequence[list[Token]]) -> tuple[Sentence, ...]:
        """Parse what is cut into words already, each piece (1 to `WINDOW` words) a sentence of its own."""
        found: list[Sentence] = []
        batch: list[list[Token]] = []
        words = longest = 0
        for piece in pieces:
            words, longest = words + len(piece), max(longest, len(piece))
            batch.append(piece)
            if words > _BATCH or len(batch) * longest * longest > _ARCS:
                found += self._parse(batch)
                batch, words, longest = [], 0, 0
        return (*found, *self._parse(batch)) if batch else tuple(found)

    def parse_words(self, words: Sequence[str]) -> Sentence:
        """Parse one sentence that comes as words; positions are those in the words joined by single blanks."""
        tokens, at = [], 0
        for word in words:
            tokens.append(Token(word, at, at + len(word)))
            at += len(word) + 1
        return next(iter(self._parse([tokens])))

    def _parse(self, pieces: Sequence[list[Token]]) -> Iterator[Sentence]:
        lengths = [len(p) for p in pieces]
        read = self._network.trees(self._rows.of(pieces), lengths)
        tags = [self._tags[t] for t in read.tags.tolist()]
        trees = _trees(read.arcs, lengths)
        above: list[int] = []  # the row of the head of every word: 0 the root, else 1-based over all sentences
        for heads in trees:
            first = len(above) + 1
            above += [0 if head < 0 else head + first for head in heads]
        relations = [self._relations[r] for r in self._network.relations(read, np.array(above, np.int64)).tolist()]
        at = 0
        for piece, heads in zip(pieces, trees, strict=True):
            end = at + len(piece)
            yield Sentence(
                span=(piece[0].start, piece[-1].end),
                tokens=tuple(piece),
                tags=tuple(tags[at:end]),
                heads=tuple(heads),
                relations=tuple(relations[at:end]),
            )
            at = end


def _trees(arcs: Floats, lengths: Sequence[int]) -> list[list[int]]:
    """Heads (-1 = root) from arc scores: the best root, then the best head of each word, rings broken."""
    roots = arcs[:, :, 0].argmax(1).tolist()
    best = arcs[:, :, 1:].argmax(2).tolist()
    return [
        _tree(heads[:size], root, scores)
        for heads, root, size, scores in zip(best, roots, lengths, arcs[:, :, 1:], strict=True)
    ]


def _tree(heads: list[int], root: int, scores: Floats) -> list[int]:
    size = len(heads)
    heads[root] = -1
    reached = {root}
    for start in range(size):
        path: list[int] = []
        i, seen = start, set()
        while i not in reached and i not in seen:
            seen.add(i)
            path.append(i)
            i = heads[i]
        if i not in reached:  # a ring: its word with the best outside head is hung there
            outside = np.array([k in reached for k in range(size)], bool)
            ring = path[path.index(i) :]
            best = max(ring, key=lambda k: float(scores[k, :size][outside].max()))
            heads[best] = int(np.where(outside, scores[best, :size], -np.inf).argmax())
        reached.update(path)
    return heads


@lru_cache(maxsize=1)
def default_parser() -> Parser:
    """The packaged parser, loaded once a process."""
    return Parser()
