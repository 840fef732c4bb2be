"""Which statement stands in which: by containment, and where the words of quoting call for a layer."""

from __future__ import annotations

import re

from evenhand.model.evidence import Span
from evenhand.reading.statements.shape import Shape, covers, dice, trim, trim_content

_QUOTING = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)\b", re.IGNORECASE)
_CITING = re.compile(r"\b(?P<cue>citing|quoting)\s+(?P<who>[^.;:\n]{2,160})", re.IGNORECASE)
_AS_SAYING = re.compile(
    r"\s(?:as\s+)?(?P<cue>saying|stating|telling|claiming|announcing|declaring|reporting|warning|adding|denying)"
    r"(?:\s+(?:reporters|journalists|state\s\w{2,12}))?(?:\s+that)?[\s,:]+",
    re.IGNORECASE,
)
_TWO_CUES = re.compile(r"(?P<outer>\w+(?:\s+\w+)?),?\s+(?:citing|quoting)", re.IGNORECASE)
_NOUN_PHRASE_END = re.compile(r"(?:[,;:.\"”]\s+|\A|^)?(?P<np>(?:[\w'’().&/-]{1,60}\s{1,8}){1,10})\Z")
_CITING_LEAD = re.compile(r"(?:citing|quoting)\s+[\w'’-]+(?:\s+[\w'’-]+){0,5}?(?=,|\s+(?:the|a|an)\s)", re.IGNORECASE)
_CLAUSE = re.compile(r",?\s{1,8}(?:who|which|whom|whose)\b", re.IGNORECASE)
_WHO_ENDS = re.compile(r",|\s(?:that|as|said|says|reported|reports|who|which|and said)\b|[\"“”]", re.IGNORECASE)
_SAME = 0.85
_NEAR = 600  # code points from its cue within which "citing X" belongs to a statement
_INNER = 0.9  # an added layer is a little less certain than what it is read from


def is_quoting(text: str, cue: Span | None) -> bool:
    """Whether a cue hands on another's words: quote, cite."""
    return cue is not None and bool(_QUOTING.search(text, *cue))


def layers(text: str, shapes: list[Shape], sentence_of: dict[int, Span]) -> list[Shape]:
    """Statements that the wording of others implies: "quoted Y as saying P", "reported, citing Y, P"."""
    added: list[Shape] = []
    for shape in shapes:
        _reported_citing(text, shape, sentence_of.get(id(shape)))
        _without_cited(text, shape)
    order = sorted(shapes, key=lambda s: s.start)
    for i, shape in enumerate(order):
        neighbours = order[max(0, i - 8) : i + 9]
        if is_quoting(text, shape.cue):
            inner = _as_saying(text, shape)
            if inner is not None and not _known(inner, neighbours):
                added.append(inner)
        else:
            cited = _cited(text, shape, neighbours, sentence_of.get(id(shape)))
            if cited is not None:
                added.append(cited)
    return added


def _reported_citing(text: str, shape: Shape, sentence: Span | None) -> None:
    """As in "X reported citing Y that P", taken as one cue of Y: the cue is "reported", its source stands before it."""
    if shape.cue is None or sentence is None:
        return
    both = _TWO_CUES.fullmatch(text, *shape.cue)
    if both is None:
        return
    shape.cue = both.span("outer")
    if shape.source is None or shape.source[0] >= both.end("outer"):
        before = _NOUN_PHRASE_END.search(text, max(sentence[0], shape.cue[0] - 120), shape.cue[0])
        shape.source = trim(text, before.span("np")) if before else None


def _without_cited(text: str, shape: Shape) -> None:
    """As in "Citing Y the group said P" without its comma: the source begins behind Y."""
    if shape.source is None or shape.cue is None or is_quoting(text, shape.cue):
        return
    lead = _CITING_LEAD.match(text, *shape.source)
    if lead is not None:
        shape.source = trim(text, (lead.end(), shape.source[1])) or shape.source


def _known(inner: Shape, shapes: list[Shape]) -> bool:
    return any(dice(inner.content, s.content) >= _SAME and s.cue and inner.cue and s.cue[0] < inner.cue[1]
               and inner.cue[0] < s.cue[1] for s in shapes)  # fmt: skip


def _as_saying(text: str, shape: Shape) -> Shape | None:
    cue = shape.cue
    assert cue is not None
    begin, end = shape.content[0]
    match = _AS_SAYING.search(text, begin, min(end, begin + 300))
    if match is None and cue[1] <= begin <= cue[1] + 300:
        # the network took only what was said; the outer content begins behind "quoted"
        match = _AS_SAYING.search(text, cue[1], begin)
        if match is None or (shape.source and cue[1] <= shape.source[0] < begin):
            return None
        widened = trim_content(text, (cue[1], end))
        if widened is None:
            return None
        shape.content[0] = widened
        begin = widened[0]
    if match is None or match.end() >= end:
        return None
    who = _who(text, begin, match.start())
    rest = trim_content(text, (match.end(), end))
    if who is None or rest is None:
        return None
    return Shape([rest, *shape.content[1:]], match.span("cue"), who, shape.confidence * _INNER, parent=shape)


def _who(text: str, start: int, end: int) -> Span | None:
    clause = _CLAUSE.search(text, start, end)
    return trim(text, (start, clause.start() if clause else end))


def _cited(text: str, shape: Shape, neighbours: list[Shape], sentence: Span | None) -> Shape | None:
    if sentence is None or shape.cue is None:
        return None
    near = max(sentence[0], shape.cue[0] - _NEAR), min(sentence[1], shape.cue[1] + _NEAR)
    match = _CITING.search(text, *near)
    if match is None or any(s <= match.start() < e for s, e in shape.content):
        return None
    if any(c and c[0] < match.end("cue") and match.start("cue") < c[1] for c in (s.cue for s in neighbours)):
        return None
    if any(s <= match.start() < e for other in neighbours if other is not shape for s, e in other.content):
        return None
    start, end = match.span("who")
    for stop in (shape.source, shape.cue, *shape.content):
        if stop and start < stop[0] < end:
            end = stop[0]
    cut = _WHO_ENDS.search(text, start, end)
    who = trim(text, (start, cut.start() if cut else end))
    if who is None:
        return None
    return Shape(list(shape.content), match.span("cue"), who, shape.confidence * _INNER, parent=shape)


def find_parents(text: str, shapes: list[Shape]) -> None:
    """Give every statement the innermost one whose content holds it. Contents are laminar but for errors."""
    order = sorted(shapes, key=lambda s: (s.start, -s.size))
    stack: list[Shape] = []
    for shape in order:
        while stack and stack[-1].end <= shape.start:
            stack.pop()
        holders = [h for h in stack[-16:] if _holds(text, h, shape)]
        known = shape.parent
        if holders:
            shape.parent = min(holders, key=lambda h: h.size)
        elif known is not None and not (known.start <= shape.anchor[0] < known.end or _same(known, shape)):
            shape.parent = None
        stack.append(shape)
    _citing_twins(text, order)
    break_circles(order)


def _holds(text: str, outer: Shape, inner: Shape) -> bool:
    if outer is inner or not covers(outer.content, inner.content):
        return False
    at = inner.cue or inner.source
    if at is None:
        return outer.size > inner.size * 1.2
    return any(s <= at[0] and at[1] <= e for s, e in outer.content)


def _same(a: Shape, b: Shape) -> bool:
    return dice(a.content, b.content) >= _SAME


def _citing_twins(text: str, order: list[Shape]) -> None:
    """As in "X reported, citing Y, P": both contents are P; the cited one stands in the other."""
    for i, shape in enumerate(order):
        for other in order[max(0, i - 6) : i]:
            if shape.parent is other or other.parent is shape or not _same(shape, other):
                continue
            if is_quoting(text, shape.cue) and not is_quoting(text, other.cue) and other.cue:
                shape.parent = other
            elif is_quoting(text, other.cue) and not is_quoting(text, shape.cue) and shape.cue:
                other.parent = shape


def break_circles(shapes: list[Shape]) -> None:
    """Cut a parent link that would lead back to its own statement."""
    for shape in shapes:
        seen, above = {id(shape)}, shape.parent
        while above is not None:
            if id(above) in seen:
                shape.parent = None
                break
            seen.add(id(above))
            above = above.parent
