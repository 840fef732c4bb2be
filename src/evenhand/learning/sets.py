# ruff: noqa: S311 (chance here varies training data)
"""Everything that training reads from `../shared`, once."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from evenhand.learning.composing import Composer, attributed_sentences, fakes_texts, plain_sentences
from evenhand.learning.corpora import Example, Said, read_gold, read_polnear, read_re3d
from evenhand.learning.discourse import read_gum

HELD_OUT = 5  # every fifth re3d document is left out of training and scored

_DENIALS = ("deny", "denie", "denial", "denying", "refut", "disput", "reject", "dismiss")


@dataclass(frozen=True, slots=True)
class Sets:
    """Everything that is read from `../shared`, once."""

    polnear: list[Example]
    re3d: list[Example]
    re3d_held: list[Example]
    gum: list[Example]
    gold: list[Example]
    composer: Callable[[int], Composer]


def read_sets(shared: Path) -> Sets:
    """Read the training sets; `composer(seed)` makes a fresh one with its own chance."""
    data = shared / "data"
    polnear = [_with_denials(e) for e in read_polnear(data / "polnear", "train")]
    re3d = list(read_re3d(data / "re3d" / "documents.jsonl"))
    held = [e for i, e in enumerate(re3d) if i % HELD_OUT == 0]
    gum = list(read_gum(data / "gum-rst", data / "ud" / "gum-train.conllu"))
    gold_folder = shared / "gold" / "statements"
    ids = [json.loads(p.read_text(encoding="utf-8"))["origin"].get("id", "") for p in gold_folder.glob("*.json")]
    plain = plain_sentences(fakes_texts(data / "fa-kes" / "articles.csv", ids))
    plain += plain_sentences(e.text for e in polnear)[::3]
    attributed = attributed_sentences(polnear)
    return Sets(
        polnear,
        [e for i, e in enumerate(re3d) if i % HELD_OUT],
        held,
        gum,
        list(read_gold(gold_folder)),
        lambda seed: Composer(plain, attributed, random.Random(seed)),
    )


def _with_denials(example: Example) -> Example:
    def known(one: Said) -> Said:
        words = example.text[slice(*one.cue)].lower() if one.cue else ""
        return replace(one, denies=any(stem in words for stem in _DENIALS)) if one.cue else one

    return replace(example, outer=tuple(known(one) for one in example.outer or ()))
