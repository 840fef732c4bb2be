"""Reports that carry one text, with the shared words of each pair side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.dossier.shelf import Cite, Shelf
from evenhand.model.evidence import Span
from evenhand.model.incident import CopyGroup, CopyPair

_PASSAGES = 3  # shown of each pair beside the incident; the pair's own page shows all
_WORDS = 420  # characters of a passage shown there

Pieces = tuple[tuple[str, int], ...]
"""A text cut at its shared passages: (words, number of the passage or 0)."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One passage as both reports print it."""

    first: str
    second: str
    first_href: str
    second_href: str
    cut: bool


@dataclass(frozen=True, slots=True)
class PairView:
    """Two reports that share text: how much, why it is held so, the longest passages, where all of it stands."""

    first: Cite
    second: Cite
    label: str
    percent: int
    why: str
    passages: tuple[Shared, ...]
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Reports that count once, because they carry one text."""

    reports: tuple[Cite, ...]
    wire: str
    why: str
    pairs: tuple[PairView, ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two whole texts side by side, cut at what they share."""

    pair: PairView
    first_title: str
    second_title: str
    first: Pieces
    second: Pieces


def by_report(pairs: Iterable[CopyPair]) -> dict[str, list[CopyPair]]:
    """The pairs that share text, under each of their reports."""
    found: defaultdict[str, list[CopyPair]] = defaultdict(list)
    for pair in pairs:
        if pair.label != "independent":
            found[pair.first].append(pair)
            found[pair.second].append(pair)
    return dict(found)


def group_view(group: CopyGroup, pairs: Mapping[str, Sequence[CopyPair]], shelf: Shelf) -> GroupView:
    """A copy group with the pairs that hold it together, the closest first."""
    inside = set(group.reports)
    found = {
        (pair.first, pair.second): pair
        for report in group.reports
        for pair in pairs.get(report, ())
        if pair.first in inside and pair.second in inside
    }
    ranked = sorted(found.values(), key=lambda p: (-p.shared, p.first, p.second))
    return GroupView(
        reports=tuple(shelf.cite(report) for report in group.reports),
        wire=shelf.profile.outlet_in_print(group.of) if group.of else "",
        why=group.why,
        pairs=tuple(pair_view(pair, shelf) for pair in ranked),
    )


def pair_view(pair: CopyPair, shelf: Shelf) -> PairView:
    """A pair with its longest shared passages."""
    longest = sorted(pair.passages, key=lambda p: (p.first[0] - p.first[1], p.first))[:_PASSAGES]
    return PairView(
        first=shelf.cite(pair.first),
        second=shelf.cite(pair.second),
        label="the same text" if pair.label == "copy" else "part of the same text",
        percent=round(100 * pair.shared),
        why=pair.why,
        passages=tuple(
            Shared(
                _clipped(shelf.words(pair.first, passage.first)),
                _clipped(shelf.words(pair.second, passage.second)),
                shelf.to_span(pair.first, passage.first),
                shelf.to_span(pair.second, passage.second),
                passage.first[1] - passage.first[0] > _WORDS,
            )
            for passage in sorted(longest, key=lambda p: p.first)
        ),
        more=len(pair.passages) - len(longest),
        href=shelf.links.to_copy(pair.first, pair.second),
    )


def pair_page(pair: CopyPair, shelf: Shelf) -> PairPage:
    """Both texts whole; a passage has the same number on both sides."""
    texts = [shelf.readings[report].report for report in (pair.first, pair.second)]
    first, second = ([p.first for p in pair.passages], [p.second for p in pair.passages])
    return PairPage(
        pair=pair_view(pair, shelf),
        first_title=texts[0].title or shelf.outlet(pair.first),
        second_title=texts[1].title or shelf.outlet(pair.second),
        first=_pieces(texts[0].text, first),
        second=_pieces(texts[1].text, second),
    )


def linked_spans(pairs: Iterable[CopyPair]) -> Iterable[tuple[str, Span]]:
    """(report, span) of every passage that a page links to."""
    for pair in pairs:
        for passage in pair.passages if pair.label != "independent" else ():
            yield pair.first, passage.first
            yield pair.second, passage.second


def _pieces(text: str, passages: Sequence[Span]) -> Pieces:
    """The text in order; where passages overlap, the later one begins where the earlier one ends."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for number, passage in sorted(enumerate(passages, 1), key=lambda found: found[1]):
        start, end = max(passage[0], at), min(passage[1], len(text))
        if start >= end:
            continue
        if at < start:
            pieces.append((text[at:start], 0))
        pieces.append((text[start:end], number))
        at = end
    if at < len(text):
        pieces.append((text[at:], 0))
    return tuple(pieces)


def _clipped(words: str) -> str:
    """Cut at a space, if there is one, so that no word is halved."""
    if len(words) <= _WORDS:
        return words
    return (words[:_WORDS].rsplit(maxsplit=1)[0] if " " in words[:_WORDS].strip() else words[:_WORDS]) + " …"
