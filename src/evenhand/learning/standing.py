"""Which names of a training text stand as their class: all that the profile lists, and at times others, too.

At reading time every listed name is read as its class (`reading.tagging.stand_ins`). PolNeAR's names are mostly not
listed, so names of the silver layer stand in some of its documents as theirs: else the network would meet the classes
in a few sets only.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.learning.batches import Window, cut
from evenhand.learning.corpora import Example
from evenhand.reading.tagging.pieces import Splitter
from evenhand.reading.tagging.stand_ins import Class, KnownNames, StandIn

DOCUMENTS, NAMES = 0.4, 0.6  # the share of documents with further stand-ins, and of their names that stand so

_KINDS: dict[str, Class] = {"person": "person", "organisation": "name", "place": "name", "people": "adjective"}


@dataclass(frozen=True)
class Cutter:
    """Cuts examples into windows as the tagger will read them."""

    splitter: Splitter
    known: KnownNames

    def windows(self, examples: Iterable[Example], chance: random.Random | None = None) -> list[Window]:
        """All windows; with `chance` some names that are not listed stand as their class, too."""
        return [w for e in examples for w in cut(e, self.splitter, self._stand_ins(e, chance))]

    def _stand_ins(self, example: Example, chance: random.Random | None) -> tuple[StandIn, ...]:
        found = list(self.known.find(example.text))
        if chance is not None and chance.random() < DOCUMENTS:
            found += _others(example, found, chance)
        return tuple(sorted(found, key=lambda one: one.span))


def _others(example: Example, found: list[StandIn], chance: random.Random) -> list[StandIn]:
    """Names of the example's own layers, each the same way throughout the text, none over another."""
    taken = {i for one in found for i in range(*one.span)}
    chosen: dict[str, bool] = {}
    out: list[StandIn] = []
    for start, end, kind in sorted({*(example.silver or ()), *(example.names or ())}):
        words = example.text[start:end]
        if kind not in _KINDS or not all(word[:1].isupper() for word in words.split()) or not words[-1:].isalnum():
            continue
        if chosen.setdefault(words, chance.random() < NAMES) and not taken & set(range(start, end)):
            many = kind == "people" and words.endswith("s")
            out.append(StandIn((start, end), "people" if many else _KINDS[kind]))
            taken |= set(range(start, end))
    return out
