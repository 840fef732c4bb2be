"""Where, when and how many: the places, times and quantities of a report given to its events.

A place or number belongs to the event that it hangs on in the tree; an event without a place of its own takes that
of the same event told elsewhere, in the end of the nearest event before. Times: `evenhand.reading.times`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.model.evidence import Span
from evenhand.model.reading import Participant, Place, Quantity, Statement, Time
from evenhand.model.report import Dateline
from evenhand.reading.claims.attacks import GENERIC
from evenhand.reading.claims.records import (
    MentionLike,
    PlaceLike,
    QuantityLike,
    TimeLike,
    placed,
    quantity_record,
    record_of,
    time_record,
)
from evenhand.reading.quantities.attach import quantities_of_events
from evenhand.reading.syntax.parser import Sentence
from evenhand.reading.times.attach import times_of_events

if TYPE_CHECKING:
    from evenhand.reading.claims.assembly import Draft

__all__ = ["MentionLike", "PlaceLike", "QuantityLike", "Setting", "Settings", "TimeLike"]

_COUNTRY = 6
_COARSE = {4: 1.5, 5: 2.0, 6: 5.0, 7: 5.0}
"""Cost by UCDP where_prec: a town is preferred to the province or country beside it."""
_BACK = 4
_LEADING = 4
"""A place before a saying counts when it opens the sentence: "In Aleppo, residents said …"."""
_LOCATIVE = {
    "in",
    "inside",
    "into",
    "across",
    "within",
    "throughout",
    "near",
    "over",
    "at",
    "on",
    "to",
    "from",
    "around",
    "of",
}
_STEP_UP, _STEP_DOWN = 3.0, 1.0


@dataclass(frozen=True)
class Setting:
    """What one claim gets; `target` when a list is split into one claim a town."""

    place: Place | None = None
    time: Time | None = None
    quantities: tuple[Quantity, ...] = ()
    target: Participant | None = None


class Settings:
    """Gives the events of one report their setting."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        text: str,
        sentences: Sequence[Sentence],
        places: Sequence[PlaceLike],
        uses: Mapping[Span, str],
        times: Sequence[TimeLike],
        quantities: Sequence[QuantityLike],
        statements: Sequence[Statement],
        dateline: Dateline | None,
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._places = [
            p for p in placed(places) if dateline is None or not dateline.span[0] <= p.start < dateline.span[1]
        ]
        self._uses = uses
        self._times = tuple(times)
        self._quantities = tuple(quantities)
        self._sources = [s.source for s in statements if s.source is not None]
        self._cues = [s.cue for s in statements if s.cue is not None]

    def settle(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Setting]]:
        """Every event with its setting, in text order; an event in two towns of a list comes twice."""
        times = self._when(drafts)
        counted = self._how_many(drafts)
        where = [self._own_places(d) for d in drafts]
        out: list[tuple[Draft, Setting]] = []
        for n, draft in enumerate(drafts):
            own = where[n]
            time = times[n]
            if own:
                for place in own:
                    out.append((draft, Setting(record_of(place), time, counted[n])))
            else:
                inherited = self._inherited(n, drafts, where)
                record = record_of(inherited, inherited=True) if inherited is not None else None
                out.append((draft, Setting(record, time, counted[n])))
        return out

    def _when(self, drafts: Sequence[Draft]) -> list[Time | None]:
        if not self._times:
            return [None] * len(drafts)
        found = times_of_events(
            self._text,
            [s.span for s in self._sentences],
            [d.event.trigger for d in drafts],
            [d.type for d in drafts],
            self._times,  # type: ignore[arg-type]
            cues=self._cues,
            may_inherit=[d.stance.modality in ("asserted", "possible") for d in drafts],
        )
        out: list[Time | None] = []
        for draft, index in zip(drafts, found, strict=True):
            if index is None:
                out.append(None)
                continue
            mention = self._times[index]
            span = draft.sentence.span
            out.append(time_record(mention, inherited=not span[0] <= mention.span[0] < span[1]))
        return out

    def _how_many(self, drafts: Sequence[Draft]) -> list[tuple[Quantity, ...]]:
        found = quantities_of_events(
            self._text,
            [s.span for s in self._sentences],
            [d.event.trigger for d in drafts],
            [d.type for d in drafts],
            self._quantities,  # type: ignore[arg-type]
        )
        return [tuple(quantity_record(self._quantities, i, indices) for i in indices) for indices in found]

    def _own_places(self, draft: Draft) -> list[PlaceLike]:
        """The places named for the event in its own sentence: the nearest in the tree, more when it heads a list."""
        s = draft.sentence
        scored: list[tuple[float, int, PlaceLike, tuple[int, int], int]] = []
        for place in self._places:
            if not s.span[0] <= place.start < s.span[1]:
                continue
            reach = _words_of(s, place)
            if reach is None:
                continue
            top = min(range(reach[0], reach[1] + 1), key=lambda k: sum(1 for _ in s.chain(k)))
            cost = self._cost(draft, place, top)
            if cost is not None:
                scored.append((path_cost(s, draft.event.head, top) + cost, place.start, place, reach, top))
        if not scored:
            return []
        scored.sort(key=lambda x: x[:2])
        _, _, best, reach, reach_top = scored[0]
        chosen = [best]
        owner = next((k for k in s.chain(reach_top) if k in (draft.event.head, draft.roles.target)), None)
        owned = owner is not None or s.heads[reach_top] == s.heads[draft.event.head]
        for _, start, place, _, top in sorted(scored[1:], key=lambda x: x[1]):
            listed = s.relations[top] == "conj" and reach[0] <= s.heads[top] <= reach[1] and owned
            if listed and start > best.start and place.name != best.name and _town(place) and _town(best):
                chosen.append(place)
        return chosen

    def _cost(self, draft: Draft, place: PlaceLike, top: int) -> float | None:
        """What speaks against a place, None when it cannot be the event's."""
        s, use = draft.sentence, self._uses.get((place.start, place.end), "place")
        if use in ("actor", "part_of_name", "dateline"):
            return None
        located = any(s.relations[j] == "case" and s.lower[j] in _LOCATIVE for j in s.children[top])
        if _is_country(place) and not located:
            return None
        if s.tags[top].startswith("JJ") and place.lat is not None and not located:
            return None
        cost = (_COARSE.get(place.precision or 0, 0.0) if place.gazetteer else 1.0) + (4.0 if use == "common" else 0.0)
        actor = draft.actor.span if draft.actor is not None else None
        if actor is not None and actor[0] <= place.start < actor[1]:
            cost += 25.0
        if (draft.teller is not None and not any(a <= place.start < b for a, b in draft.teller.content)) or (
            draft.teller is None and any(a <= place.start < b for a, b in self._sources)
        ):
            if not located:
                return None
            cost += 15.0
        return cost

    def _inherited(self, n: int, drafts: Sequence[Draft], where: Sequence[list[PlaceLike]]) -> PlaceLike | None:
        """The place of the nearest like event before, else of any event before, else of the next like one."""
        named = [m for m in range(len(drafts)) if where[m]]
        like = [m for m in named if _alike(drafts[m].type, drafts[n].type)]
        before = [m for m in like if m < n]
        for pool in (before[-_BACK:], [m for m in named if m < n][-_BACK:], [m for m in like if m > n][:1]):
            pinned = [m for m in pool if not _is_country(where[m][0])]
            chosen = pinned or pool
            if chosen:
                return where[chosen[-1]][0]
        return None


def _words_of(s: Sentence, place: PlaceLike) -> tuple[int, int] | None:
    words = [k for k, t in enumerate(s.tokens) if t.end > place.start and t.start < place.end]
    return (words[0], words[-1]) if words else None


def _is_country(place: PlaceLike) -> bool:
    """A country by name; a town that was not found has the precision of its country, too, but no gazetteer entry."""
    return place.precision == _COUNTRY and place.gazetteer is not None


def _town(place: PlaceLike) -> bool:
    return place.precision in (1, 2) or place.lat is not None


def _alike(a: str, b: str) -> bool:
    return a == b or {a, b} <= GENERIC | {
        "killing",
        "injury",
        "execution",
        "destruction",
        "chemical_attack",
        "armed_clash",
    }


def path_cost(s: Sentence, event: int, word: int) -> float:
    """How far a word stands from an event in the tree: a step up counts three, a step down one."""
    up = list(s.chain(event))[:40]
    depth = {k: n for n, k in enumerate(up)}
    down = 0
    for k in list(s.chain(word))[:40]:
        if k in depth:
            return _STEP_UP * depth[k] + _STEP_DOWN * down + 0.05 * abs(event - word)
        down += 1
    return 30.0 + 0.1 * abs(event - word)
