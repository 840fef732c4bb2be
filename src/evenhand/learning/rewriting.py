"""Changing a text while its annotations keep pointing at the same words."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from evenhand.learning.corpora import Example, Said
from evenhand.reading.tagging.spans import Span

Edit = tuple[int, int, str]  # start, end, what stands there afterwards

_STRIPPED = re.compile("[,'\u2019\u2018]")
_TYPOGRAPHIC = re.compile("[\u201c\u201d]")
_LINES = re.compile(r"\s*\n\s*")


def rewrite(example: Example, edits: list[Edit]) -> Example:
    """Apply edits (in order, not overlapping) to the text and move every span along.

    A span that begins or ends within an edited stretch takes the whole of what replaced it.
    """
    if not edits:
        return example
    starts = [s for s, _, _ in edits]
    shifts, grown, parts, at = [0], 0, [], 0
    for start, end, new in edits:
        parts += [example.text[at:start], new]
        grown += len(new) - (end - start)
        shifts.append(grown)
        at = end
    text = "".join([*parts, example.text[at:]])

    def moved(position: int, is_end: bool) -> int:
        i = bisect_right(starts, position - 1 if is_end else position)
        if i and edits[i - 1][0] < position + (not is_end) and position < edits[i - 1][1] + is_end:
            start, _, new = edits[i - 1]
            return start + shifts[i - 1] + (len(new) if is_end else 0)
        return position + shifts[i]

    def span(old: Span) -> Span:
        return moved(old[0], False), moved(old[1], True)

    def said(one: Said) -> Said | None:
        content = tuple(s for old in one.content if (s := span(old))[1] > s[0])
        cue, source = one.cue and span(one.cue), one.source and span(one.source)
        cue, source = cue if cue and cue[1] > cue[0] else None, source if source and source[1] > source[0] else None
        return replace(one, content=content, cue=cue, source=source) if content else None

    def all_said(old: tuple[Said, ...] | None) -> tuple[Said, ...] | None:
        return None if old is None else tuple(new for one in old if (new := said(one)))

    def all_names(old: tuple[tuple[int, int, str], ...] | None) -> tuple[tuple[int, int, str], ...] | None:
        return None if old is None else tuple((*span((s, e)), kind) for s, e, kind in old)

    return replace(
        example,
        text=text,
        outer=all_said(example.outer),
        inner=all_said(example.inner),
        names=all_names(example.names),
        silver=all_names(example.silver),
    )


def strip(example: Example, chance: random.Random) -> Example:
    """As FA-KES texts are: commas and apostrophes gone, one line, quotation marks straight or gone."""
    edits: list[Edit] = [(m.start(), m.end(), "") for m in _STRIPPED.finditer(example.text)]
    marks = "" if chance.random() < 0.05 else '"'
    edits += [(m.start(), m.end(), marks) for m in _TYPOGRAPHIC.finditer(example.text)]
    if chance.random() < 0.8:
        edits += [(m.start(), m.end(), " ") for m in _LINES.finditer(example.text)]
    return rewrite(example, sorted(edits))


def one_line(example: Example) -> Example:
    """Paragraphs run together, as feeds and tables often hold them."""
    return rewrite(example, [(m.start(), m.end(), " ") for m in _LINES.finditer(example.text)])


def upper_headline(example: Example) -> Example:
    """The first line in capitals."""
    end = example.text.find("\n")
    if not 0 < end < 200:
        return example
    edits = [(i, i + 1, c.upper()) for i, c in enumerate(example.text[:end]) if c.islower() and len(c.upper()) == 1]
    return rewrite(example, edits)


def swap_names(example: Example, fillers: dict[str, list[str]], chance: random.Random) -> Example:
    """Persons and places of the silver layer under other names, each the same throughout the text."""
    given: dict[str, str] = {}

    def pick(word: str, kind: str) -> str:
        if word not in given:
            given[word] = chance.choice(fillers[kind])
        return given[word]

    edits: list[Edit] = []
    for start, end, kind in sorted(example.silver or ()):
        if edits and start < edits[-1][1]:
            continue
        words = example.text[start:end]
        if kind == "person":
            *firsts, last = words.split()
            named = [pick(first, "first") for first in firsts] + [pick(last, "last")]
            edits.append((start, end, " ".join(named)))
        elif kind == "place" and words[:1].isupper():
            edits.append((start, end, pick(words, "place")))
    return rewrite(example, edits)


def vary(example: Example, fillers: dict[str, list[str]], chance: random.Random) -> Example:
    """One random variant of a document for one epoch."""
    chosen: list[Callable[[Example], Example]] = []
    if chance.random() < 0.25:
        chosen.append(lambda e: swap_names(e, fillers, chance))
    kind = chance.random()
    if kind < 0.15:
        chosen.append(lambda e: strip(e, chance))
    elif kind < 0.2:
        chosen.append(one_line)
    elif kind < 0.25:
        chosen.append(upper_headline)
    for change in chosen:
        example = change(example)
    return example
