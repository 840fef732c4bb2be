"""Which source and which content belong to which cue: the shared arithmetic of the link heads."""

from __future__ import annotations

import numpy as np

from evenhand.reading.tagging.labels import DISTANCES, RANKS

PieceSpan = tuple[int, int]


def gaps(asking: list[PieceSpan], answering: list[PieceSpan]) -> tuple[np.ndarray, np.ndarray]:
    """Distance buckets and ranks by closeness of every answering span, (asking, answering) each.

    A bucket is the signed log2 of the pieces that stand between two spans; 8 is "adjacent or inside".
    """
    a = np.array(asking, dtype=np.int64).reshape(-1, 2)
    b = np.array(answering, dtype=np.int64).reshape(-1, 2)
    after = b[None, :, 0] - a[:, None, 1]
    before = a[:, None, 0] - b[None, :, 1]
    between = np.maximum(np.maximum(after, before), 0)
    half = DISTANCES // 2
    size = np.minimum(np.floor(np.log2(between + 1)).astype(np.int64), half)
    sign = np.where(b[None, :, 0] >= a[:, None, 0], 1, -1)
    order = np.argsort(between, axis=1, kind="stable")
    rank = np.argsort(order, axis=1)  # the place of each in that order
    return sign * size + half, np.minimum(rank, RANKS - 1)
