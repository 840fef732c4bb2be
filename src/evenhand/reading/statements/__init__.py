"""Who says what in a report: from the network's spans to the ledger's statements and entities."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from evenhand.model.evidence import Span
from evenhand.model.profile import Party, Profile
from evenhand.model.reading import Entity, Statement, StatementKind
from evenhand.model.report import Report
from evenhand.reading import names, quotations
from evenhand.reading.quotations import Quotations
from evenhand.reading.statements import assembly, blocks, clauses, completion, conventions, embedded, nesting, shape
from evenhand.reading.statements.attitude import attitude
from evenhand.reading.statements.shape import Shape, dice, trim, united

_HEADER = 40  # a content that begins this near to a dateline or credit has swallowed it
_DATE_LINE = re.compile(  # a date with its year that nothing leads up to, before a sentence's first word
    r"(?<!\bon )(?<!\bin )(?<!\bof )(?<!since )(?<!until )\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d|[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)\d\d|\d\d[-./]\d\d[-./](?:19|20)\d\d)"
    r"(?: \d{1,2}:\d\d)? (?=[A-Z\"“])"
)

__all__ = ["Found", "RawStatement", "TaggedText", "find"]


class RawStatement(Protocol):
    """One "who says what" of the network: `evenhand.reading.tagging.tagger.RawAttribution`."""

    @property
    def content(self) -> tuple[Span, ...]:
        """Spans of what is said, in order."""

    @property
    def cue(self) -> Span | None:
        """The words that say so."""

    @property
    def source(self) -> Span | None:
        """The words for who says so."""

    @property
    def parent(self) -> int | None:
        """Index of the one this stands in."""

    @property
    def polarity(self) -> float:
        """Probability that the cue denies."""

    @property
    def confidence(self) -> float:
        """Calibrated probability that content and source are right."""


class TaggedText(Protocol):
    """What the network found in a text: `evenhand.reading.tagging.tagger.Tagged`."""

    @property
    def attributions(self) -> Sequence[RawStatement]:
        """In text order, parents first."""

    @property
    def names(self) -> Sequence[names.Named]:
        """Names with kinds."""


@dataclass(frozen=True, slots=True)
class Found:
    """Entities and statements of one report, both in text order."""

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


def _names(text: str, party: Party | None) -> bool:
    """Whether a text names a party, else its organ reports from elsewhere, and "the army" there is another's."""
    return party is not None and any(
        name in text and re.search(rf"\b{re.escape(name)}", text)
        for name in (party.name, *party.names, *party.adjectives, *party.seats)
    )


def find(report: Report, sentences: Sequence[Span], tagged: TaggedText, profile: Profile) -> Found:
    """The report's statements with kind, attitude, speaker, parent and chain, and its entities.

    Spans are code points into `report.text`; the text is never altered. Never raises on any text; linear time.
    """
    text = report.text
    marks = quotations.find(text)
    own = profile.party_of_outlet(report.outlet, on=_day(report))
    heads = _headers(report)
    parted = _parted(sentences, [e for _, e in heads])
    shapes = _shapes(text, parted, _behind_header(heads, tagged.attributions), marks)
    shapes = _counted(text, shapes, marks, own_organ=own is not None)
    index = {id(s): i for i, s in enumerate(shapes)}
    kinds = [_kind(text, s, marks) for s in shapes]
    asked = [
        names.Asked(s.source, s.cue, s.start, index[id(s.parent)] if s.parent else None, kinds[i] == "direct")
        for i, s in enumerate(shapes)
    ]
    resolved = names.resolve(text, sentences, tagged.names, asked, profile=profile, on=_day(report),
                             hint=own.party if own and _names(text, profile.party(own.party)) else None)  # fmt: skip
    shapes, kinds, speakers = _once(text, shapes, kinds, resolved.speakers)
    entities, ids = names.entities(resolved.drafts)
    return Found(entities, _statements(report, shapes, kinds, speakers, ids))


@dataclass(frozen=True, slots=True)
class _Raw:
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    parent: int | None
    polarity: float
    confidence: float


def _headers(report: Report) -> list[Span]:
    """Datelines, credits and date lines, behind which the news begins."""
    heads = [c.span for c in report.credits if c.span] + (
        [report.dateline.span] if report.dateline and report.dateline.span else []
    )
    return heads + [m.span() for m in _DATE_LINE.finditer(report.text, 0, _HEADER * 4)]


def _parted(sentences: Sequence[Span], borders: Sequence[int]) -> list[Span]:
    """The sentences with those cut that a header runs into."""
    out: list[Span] = []
    for start, end in sentences:
        cuts = sorted(b for b in borders if start < b < end)
        for s, e in zip([start, *cuts], [*cuts, end], strict=True):
            out.append((s, e))
    return out


def _behind_header(heads: Sequence[Span], raw: Sequence[RawStatement]) -> Sequence[RawStatement]:
    """Contents begin behind dateline and credit ("OST, March 4 (XYZ) - At least …")."""
    if not heads:
        return raw
    out: list[RawStatement] = []
    for r in raw:
        content = []
        for s, e in r.content:
            begin = max([b for a, b in heads if s - _HEADER <= a <= s + _HEADER * 3 and b < e], default=s)
            content.append((max(s, begin), e))
        out.append(_Raw(tuple(content), r.cue, r.source, r.parent, r.polarity, r.confidence))
    return out


def _shapes(text: str, sentences: Sequence[Span], raw: Sequence[RawStatement], marks: Quotations) -> list[Shape]:
    made: list[Shape | None] = []
    borders = [s for s, _ in sentences]
    for r in raw:
        content = assembly.clean(text, united([s for s in r.content if s[0] < s[1]]))
        parent = made[r.parent] if r.parent is not None and 0 <= r.parent < len(made) else None
        cue = trim(text, r.cue) if r.cue else None
        source = shape.clean_source(text, r.source, cue, borders) if r.source else None
        made.append(Shape(content, cue, source, r.confidence, r.polarity, parent) if content else None)
    shapes = [s for s in made if s is not None]
    embedded.relative_sources(text, shapes)
    shapes = assembly.quotations_to_their_cues(text, shapes, marks)
    completion.complete(text, shapes, sentences, marks)
    for one in shapes:
        assembly.whole_quotations(text, one, marks)
    shapes += clauses.split(text, shapes, marks)
    shapes += assembly.quotations_apart(shapes, marks, borders)
    shapes = assembly.without_doubles([s for s in shapes if s.content])
    shapes += blocks.handed_over(text, shapes, borders)
    shapes += assembly.unclaimed(text, shapes, marks, borders)
    nesting.find_parents(text, shapes)
    blocks.extend(text, shapes, marks)
    shapes = assembly.absorbed(assembly.stitch(text, shapes, marks))
    shapes += nesting.layers(text, shapes, _sentence_of(shapes, sentences))
    shapes += embedded.layers(text, shapes)
    nesting.find_parents(text, shapes)
    embedded.name_sources(text, shapes, nesting.is_quoting)
    for one in shapes:
        assembly.take_out_inserts(text, one, marks)
    shapes = [s for s in shapes if s.content]
    return sorted(shapes, key=lambda s: (s.start, -s.size, _depth(s), s.anchor))


def _counted(text: str, shapes: list[Shape], marks: Quotations, *, own_organ: bool) -> list[Shape]:
    kept = [s for s in shapes if conventions.counts(text, s, marks, own_organ=own_organ)]
    present = {id(s) for s in kept}
    for one in kept:
        while one.parent is not None and id(one.parent) not in present:
            one.parent = one.parent.parent
    return kept


def _depth(one: Shape) -> int:
    depth, above = 0, one.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _sentence_of(shapes: Sequence[Shape], sentences: Sequence[Span]) -> dict[int, Span]:
    starts = [s for s, _ in sentences]
    out: dict[int, Span] = {}
    for one in shapes:
        i = bisect_right(starts, one.anchor[0]) - 1
        if 0 <= i < len(sentences):
            out[id(one)] = sentences[i]
    return out


def _kind(text: str, one: Shape, marks: Quotations) -> StatementKind:
    """Tell direct (wholly the speaker's own words), mixed and indirect; marks that also hold the cue do not count."""
    if one.block:
        return "direct"
    inside = assembly.own_words(one, marks)
    if inside == 0:
        return "direct" if blocks.unmarked_speech(text, one) else "indirect"
    return "direct" if inside >= 0.95 * one.size else "mixed"


def _once(text: str, shapes: list[Shape], kinds: list[StatementKind], speakers: list[names.Speaker]
          ) -> tuple[list[Shape], list[StatementKind], list[names.Speaker]]:  # fmt: skip
    """A sentence attributed twice to one speaker counts once."""
    keep: list[int] = []
    number = {id(s): i for i, s in enumerate(shapes)}
    dropped: dict[int, Shape | None] = {}
    for i, one in enumerate(shapes):
        if one.parent is not None and speakers[i].draft is not None and _own_words(one, i, number, speakers):
            if _repeats(text, one.parent, one):  # "according to X, X reported P": P is said once
                dropped[id(one.parent)] = one.parent.parent
            else:
                dropped[id(one)] = one.parent
    for i, one in enumerate(shapes):
        if id(one) in dropped:
            continue
        twin = next((j for j in keep[-8:] if dice(shapes[j].content, one.content) >= 0.85
                     and speakers[j].draft is not None and speakers[j].draft is speakers[i].draft), None)  # fmt: skip
        if twin is None:
            keep.append(i)
        else:
            dropped[id(one)] = shapes[twin]
    for i in keep:
        above, steps = shapes[i].parent, 0
        while above is not None and id(above) in dropped and steps < len(shapes):
            above, steps = dropped[id(above)], steps + 1
        shapes[i].parent = None if above is shapes[i] or (above is not None and id(above) in dropped) else above
    nesting.break_circles([shapes[i] for i in keep])
    return [shapes[i] for i in keep], [kinds[i] for i in keep], [speakers[i] for i in keep]


def _repeats(text: str, outer: Shape, inner: Shape) -> bool:
    """Whether an outer content begins with the inner statement's own source, by name or description."""
    if inner.source is None or inner.cue is None or not outer.start <= inner.source[0] <= outer.start + 8:
        return False
    return len(text[slice(*inner.source)].split()) > 1


def _own_words(one: Shape, i: int, number: dict[int, int], speakers: list[names.Speaker]) -> bool:
    """As in "We hope that …": a speaker's own attitude within his own words is no further layer."""
    above = number.get(id(one.parent))
    return above is not None and speakers[above].draft is speakers[i].draft


def _statements(report: Report, shapes: list[Shape], kinds: list[StatementKind], speakers: list[names.Speaker],
                ids: dict[int, str]) -> tuple[Statement, ...]:  # fmt: skip
    number = {id(s): i for i, s in enumerate(shapes)}
    out = []
    for i, one in enumerate(shapes):
        chain: list[str] = []
        at: Shape | None = one
        while at is not None:
            name = speakers[number[id(at)]].name
            if name and (not chain or chain[-1] != name):
                chain.append(name)
            at = at.parent
        who = speakers[i]
        quoted = kinds[i] == "direct"
        out.append(
            Statement(
                id=f"s{i + 1}", kind=kinds[i], content=tuple(one.content), cue=one.cue, source=one.source,
                speaker=ids.get(who.draft.order) if who.draft else None, speaker_name=who.name, speaker_org=who.org,
                attitude=attitude(report.text, one.cue, one.content, quoted=quoted, denial=one.denial),
                parent=f"s{number[id(one.parent)] + 1}" if one.parent else None,
                chain=(*((report.outlet,) if report.outlet else ()), *reversed(chain)),
                inserts=tuple(one.inserts), confidence=round(one.confidence, 4),
            )
        )  # fmt: skip
    return tuple(out)


def _day(report: Report) -> date | None:
    try:
        return date.fromisoformat(report.published) if report.published else None
    except ValueError:
        return None
