"""A report's text as hashed word 5-grams, and the few of them that stand for it in an index (winnowing).

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003) keeps the smallest hash of every window of `WINDOW` neighbouring shingles: two texts that share a run of
`SHINGLE + WINDOW - 1` = 10 words are certain to share a fingerprint. MinHash over whole texts gives no such
promise for a passage in a longer text, which is what a cut wire report is (see docs/method.md).
"""

import hashlib
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.model.evidence import Record, Span

SHINGLE = 5
"""Words in a shingle: shorter ones join texts that share only names and stock phrases."""
WINDOW = 6

Hashes = npt.NDArray[np.uint64]
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,1500}[\"”»]")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_known_words: dict[str, int] = {}  # word -> hash: a cache of a pure function, never part of a result


class Shingles(Record, frozen=True, kw_only=True):
    """Where the words of a text start and end, the hash of the 5-gram that starts at each, and the fingerprints.

    All are arrays: a text of 300 words takes 10 kB, a tenth of what tuples take. `distinct`: the hashes sorted
    without repeats; `quoted` those of them that stand only wholly within quotation marks: one speaker's words in
    two reports make the speaker common, not the text.
    """

    starts: Any
    ends: Any
    hashes: Any
    distinct: Any
    quoted: Any
    fingerprints: Any

    def span(self, start: int, length: int) -> Span:
        """The code points of `length` words from word `start` on."""
        return int(self.starts[start]), int(self.ends[start + length - 1])


def shingles_of(text: str) -> Shingles:
    """The shingles of a text; case and punctuation do not matter, digits do."""
    matches = list(_WORD.finditer(text))
    starts = np.array([match.start() for match in matches], dtype=np.int32)
    ends = np.array([match.end() for match in matches], dtype=np.int32)
    hashes = _shingle_hashes([_word_hash(match.group().casefold()) for match in matches])
    distinct = np.unique(hashes)
    free = np.unique(hashes[_outside_quotes(text, starts, ends, len(hashes))])
    quoted = np.setdiff1d(distinct, free, assume_unique=True)
    return Shingles(
        starts=starts, ends=ends, hashes=hashes, distinct=distinct, quoted=quoted, fingerprints=_winnow(hashes)
    )


def _word_hash(word: str) -> int:
    found = _known_words.get(word)
    if found is None:
        data = word.encode("utf-8", "surrogatepass")
        found = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")
        if len(_known_words) < 1_000_000:
            _known_words[word] = found
    return found


def _shingle_hashes(words: list[int]) -> Hashes:
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    each = np.array(words, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        total = (total ^ each[offset : offset + count]) * _MULTIPLIER
        total ^= total >> np.uint64(29)
    return total


def _winnow(hashes: Hashes) -> Hashes:
    if len(hashes) <= WINDOW:
        return np.array([hashes.min()] if len(hashes) else [], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return np.unique(windows.min(axis=1))


def _outside_quotes(
    text: str, starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32], count: int
) -> npt.NDArray[np.bool_]:
    outside = np.ones(max(count, 0), dtype=np.bool_)
    if count < 1:
        return outside
    # looked up together: numpy would copy all of `starts` for each number that is not of its own type
    quoted = np.array([match.span() for match in _QUOTED.finditer(text)], dtype=np.int32).reshape(-1, 2)
    firsts = np.searchsorted(starts, quoted[:, 0]).tolist()
    lasts = (np.searchsorted(ends, quoted[:, 1], side="right") - SHINGLE).tolist()
    for first, last in zip(firsts, lasts, strict=True):
        outside[first : last + 1] = False
    return outside
