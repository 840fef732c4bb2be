"""From the network's spans to whole statements: snap to quotations, stitch what was interrupted, drop doubles.

Conventions are those of the gold sets: a quotation interrupted by its cue, or continued without a new one, is one
statement in segments; a quotation that follows an indirect sentence and names nobody is a statement of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.reading.quotations import Quotation, Quotations
from evenhand.reading.statements.shape import Shape, covers, dice, trim, trim_content, united

_MOSTLY = 0.6  # of a quotation's characters: from here on a content means all of it
_SAME = 0.8
_ONE_WORD = 1
_NEIGHBOURS = 4  # contents that begin before a quotation and may reach into it
_BRIDGE = 300  # code points that may stand between two parts of one quotation
_INSERT = re.compile(r"[(\[][^()\[\]\n]{1,200}[)\]]")
_WORD = re.compile(r"\w+")
_TERMINAL = frozenset(".!?…:")


def whole_quotations(text: str, shape: Shape, quotations: Quotations) -> None:
    """Widen the content to every quotation it mostly covers, all paragraphs of it."""
    spans: list[Span] = []
    for span in shape.content:
        grown = [span]
        for q in quotations.at_edges(span):
            if _inside(q, shape.cue) or _inside(q, shape.source):
                continue
            size = sum(e - s for s, e in q.segments)
            shared = sum(max(0, min(e, span[1]) - max(s, span[0])) for s, e in q.segments)
            first = q.segments[0]
            of_first = max(0, min(first[1], span[1]) - max(first[0], span[0]))
            if shared >= _MOSTLY * size or (len(q.segments) > 1 and of_first >= _MOSTLY * (first[1] - first[0])):
                grown += q.segments
        spans += grown
    shape.content = clean(text, united(spans))


def quotations_to_their_cues(text: str, shapes: list[Shape], quotations: Quotations) -> list[Shape]:
    """A quotation right before "X said" that is torn between two is all X's; what is left empty goes."""
    by_end: dict[int, Quotation] = {q.outer[1]: q for q in quotations.outermost if q.double}
    spans = sorted(((span, s) for s in shapes if s.parent is None for span in s.content), key=lambda pair: pair[0])
    starts = [span[0] for span, _ in spans]
    for shape in shapes:
        if shape.cue is None or shape.source is None or shape.parent is not None:
            continue
        lead = min(shape.cue[0], shape.source[0])
        q = next((by_end[at] for at in range(lead, lead - 3, -1) if at in by_end), None)
        if q is None or text[q.segments[-1][1] - 1] in ".!?…" or "." in text[q.outer[1] : lead]:
            continue  # the quotation ends its sentence: the next one has a speaker of its own
        if abs(shape.cue[0] - shape.source[0]) > _BRIDGE or not _shares(shape.content, q):
            continue
        near = spans[max(0, bisect_left(starts, q.outer[0]) - _NEIGHBOURS) : bisect_left(starts, q.outer[1])]
        holders = {id(s): s for _, s in near if s is not shape and _shares(s.content, q)}.values()
        within = [h for h in holders if h.source and all(_stands_in(q, p) for p in (h.cue, h.source, *h.content))]
        others = [h for h in holders if h not in within]
        if not holders or any(h.cue and q.outer[0] - 2 <= h.cue[1] and h.cue[0] < q.outer[1] for h in others):
            continue  # a cue right before the quotation, or within it without its speaker, has a claim of its own
        shape.content = united([*shape.content, *q.segments])  # what stands wholly within will be its layer
        for holder in others:
            holder.content = [s for s in holder.content if s[1] <= q.outer[0] or q.outer[1] <= s[0]]
    kept = [s for s in shapes if s.content]
    for s in kept:
        if s.parent is not None and not s.parent.content:
            s.parent = None
    return kept


def _stands_in(q: Quotation, span: Span | None) -> bool:
    return span is not None and q.outer[0] < span[0] and span[1] < q.outer[1]


def _shares(content: list[Span], q: Quotation) -> bool:
    return any(s < q.outer[1] and q.outer[0] < e for s, e in content)


def clean(text: str, spans: list[Span]) -> list[Span]:
    """Every span trimmed by the conventions, empty ones dropped."""
    return [t for s in spans if (t := trim_content(text, s))]


def take_out_inserts(text: str, shape: Shape, quotations: Quotations) -> None:
    """Cut what the outlet put into a quotation in brackets out of the content and note it."""
    out: list[Span] = []
    for span in shape.content:
        begin = span[0]
        for match in _INSERT.finditer(text, *span):
            q = quotations.at(match.start())
            if q is None or _inside(q, shape.cue) or not q.outer[0] < match.start() or match.end() >= q.outer[1]:
                continue
            if not text[match.start() + 1].isalpha():
                continue
            shape.inserts.append(match.span())
            if text[match.start() - 1].isalnum() or text[match.end()].isalnum():
                continue  # "[W]e are": without it no word is left to stand
            out.append((begin, match.start()))
            begin = match.end()
        out.append((begin, span[1]))
    shape.content = [t for s in out if (t := trim(text, s))] if shape.inserts else out


def stitch(text: str, shapes: list[Shape], quotations: Quotations) -> list[Shape]:
    """Join parts of one quotation: same cue twice, or a quotation that goes on without a new cue."""
    shapes = _joined_by_cue(text, shapes)
    top = sorted((s for s in shapes if s.parent is None), key=lambda s: s.start)
    gone: set[int] = set()
    last: Shape | None = None
    quoted: dict[int, bool] = {}  # a quotation joined to a quotation stays one: looked at once
    for shape in top:
        bare = shape.cue is None and shape.source is None
        if bare and last is not None and _goes_on(text, last, shape, quotations, quoted):
            _append(last, shape)
            gone.add(id(shape))
            for other in shapes:
                if other.parent is shape:
                    other.parent = last
            continue
        last = shape
    return [s for s in shapes if id(s) not in gone]


def quotations_apart(shapes: list[Shape], quotations: Quotations, sentence_starts: Sequence[int]) -> list[Shape]:
    """Whole-sentence quotations that the network hung onto an indirect sentence, as statements of their own."""
    out: list[Shape] = []
    for shape in shapes:
        for k in range(1, len(shape.content)):
            rest = Shape(shape.content[k:], None, None, shape.confidence, continues=True)
            before = Shape(shape.content[:k], shape.cue, shape.source, shape.confidence)
            q = quotations.at(rest.start)
            if q is None or not is_quoted(rest, quotations) or any(map(quotations.within, before.content)):
                continue
            i = bisect_left(sentence_starts, q.outer[0])
            at_start = i < len(sentence_starts) and sentence_starts[i] == q.outer[0]
            if at_start and not (shape.cue and shape.cue[0] > before.end):
                shape.content = before.content
                out.append(rest)
                break
    return out


def absorbed(shapes: list[Shape]) -> list[Shape]:
    """Without the parts that name no cue and no source and stand wholly in another's content."""
    out: list[Shape] = []
    for shape in sorted(shapes, key=lambda s: (s.start, -s.size)):
        bare = shape.cue is None and shape.source is None
        holder = next((o for o in out[-12:] if covers(o.content, shape.content)), None) if bare else None
        if holder is None:
            out.append(shape)
        else:
            for s in shapes:
                if s.parent is shape:
                    s.parent = holder
    return out


def _joined_by_cue(text: str, shapes: list[Shape]) -> list[Shape]:
    """Two contents with one and the same cue and source, next to each other, are one statement."""
    by_cue: dict[tuple[Span, Span | None], Shape] = {}
    out: list[Shape] = []
    merged: dict[int, Shape] = {}
    for shape in shapes:
        first = by_cue.get((shape.cue, shape.source)) if shape.cue else None
        if first is not None and first.parent is shape.parent and _adjacent(text, first, shape):
            _append(first, shape)
            merged[id(shape)] = first
            continue
        if shape.cue:
            by_cue[(shape.cue, shape.source)] = shape
        out.append(shape)
    for shape in out:
        if shape.parent is not None:
            shape.parent = merged.get(id(shape.parent), shape.parent)
    return out


def _adjacent(text: str, a: Shape, b: Shape) -> bool:
    return b.start - a.end <= _BRIDGE and a.start - b.end <= _BRIDGE


def _append(first: Shape, more: Shape) -> None:
    if more.start > first.end:
        first.content += more.content
    else:
        first.content = united([*first.content, *more.content])


def _goes_on(text: str, last: Shape, shape: Shape, quotations: Quotations, quoted: dict[int, bool]) -> bool:
    """A fully quoted part right behind another, with nothing but cue, source and their setting between."""
    if shape.start < last.end or shape.start - last.end > _BRIDGE:
        return False
    if id(last) not in quoted:
        quoted[id(last)] = is_quoted(last, quotations)
    if not quoted[id(last)] or not is_quoted(shape, quotations):
        return False
    return _only_setting_between(text, last, shape.start, quotations)


def _only_setting_between(text: str, last: Shape, until: int, quotations: Quotations) -> bool:
    gap = text[last.end : until]
    if len(gap) > _BRIDGE:
        return False
    after = max((p[1] for p in (last.cue, last.source) if p and last.end <= p[0] < until), default=last.end)
    rest = text[after:until].strip().strip("\"“”'‘’")
    sentences = [part for part in re.split(r"[.!?…][\"”’']?\s", rest + " ") if _WORD.search(part)]
    return len(sentences) <= 1 and (
        after > last.end or not _WORD.search(rest) or (last.cue is not None and not sentences)
    )


def is_quoted(shape: Shape, quotations: Quotations) -> bool:
    """Whether the content stands wholly between quotation marks that do not also hold its cue."""
    return own_words(shape, quotations) >= 0.95 * shape.size


def own_words(shape: Shape, quotations: Quotations) -> int:
    """How many code points of the content are the speaker's own words, by marks that do not also hold the cue."""
    at = shape.cue or shape.source
    holder = quotations.at(at[0]) if at else None
    if holder is None or not _inside(holder, at):
        return sum(quotations.quoted(span) for span in shape.content)
    inside = 0
    for s, e in shape.content:
        if not (holder.outer[0] <= s and e <= holder.outer[1]):
            inside += quotations.quoted((s, min(e, holder.outer[0]))) if s < holder.outer[0] else 0
            inside += quotations.quoted((max(s, holder.outer[1]), e)) if e > holder.outer[1] else 0
        for q in quotations.inside(holder):
            inside += sum(max(0, min(b, e) - max(a, s)) for a, b in q.segments)
    return inside


def unclaimed(
    text: str, shapes: Sequence[Shape], quotations: Quotations, sentence_starts: Sequence[int]
) -> list[Shape]:
    """Whole-sentence quotations that no statement holds: they continue one, or are statements of the last speaker."""
    held = united([s for shape in shapes for s in shape.content])
    starts = [s for s, _ in held]
    tops = sorted((s for s in shapes if s.parent is None), key=lambda s: s.start)
    top_starts = [s.start for s in tops]
    out: list[Shape] = []
    for q in quotations.outermost:
        i = bisect_right(starts, q.outer[0]) - 1
        free = (i < 0 or held[i][1] <= q.outer[0]) and (i + 1 >= len(held) or held[i + 1][0] >= q.outer[1])
        if not free or not q.double or not _sentence_like(text, q, sentence_starts):
            continue
        j = bisect_left(top_starts, q.outer[0]) - 1
        if j < 0:
            continue
        content = clean(text, list(q.segments))
        if content:
            out.append(Shape(content, None, None, 0.5, continues=True))
    return out


def _sentence_like(text: str, q: Quotation, sentence_starts: Sequence[int]) -> bool:
    first = text[q.segments[0][0] : q.segments[-1][1]]
    if len(_WORD.findall(first[:400])) <= _ONE_WORD or not first[0].isupper():
        return False
    i = bisect_left(sentence_starts, q.outer[0])
    begins = i < len(sentence_starts) and sentence_starts[i] == q.outer[0]
    after = text[q.outer[1] : q.outer[1] + 2].strip()
    return begins and (first[-1] in _TERMINAL or after[:1] in (".", "!", "?"))


def without_doubles(shapes: list[Shape]) -> list[Shape]:
    """One statement for one content and one cue or source; the more certain one stays."""
    out: list[Shape] = []
    for shape in sorted(shapes, key=lambda s: (s.start, -s.confidence)):
        for other in reversed(out[-12:]):
            if dice(other.content, shape.content) >= _SAME and _one_act(other, shape):
                keep, drop = (other, shape) if other.confidence >= shape.confidence else (shape, other)
                keep.cue, keep.source = keep.cue or drop.cue, keep.source or drop.source
                if keep is shape:
                    out[out.index(other)] = shape
                for s in (*shapes,):
                    if s.parent is drop:
                        s.parent = keep if s is not keep else drop.parent
                break
        else:
            out.append(shape)
    return out


def _one_act(a: Shape, b: Shape) -> bool:
    """Whether two statements are one act of saying: the same cue, or one of them lacks cue and source."""
    if a.cue and b.cue:
        return a.cue[0] < b.cue[1] and b.cue[0] < a.cue[1]
    if a.source and b.source:
        return a.source[0] < b.source[1] and b.source[0] < a.source[1]
    return True


def _inside(q: Quotation, span: Span | None) -> bool:
    return span is not None and q.outer[0] < span[0] and span[1] < q.outer[1]
