"""Where, when and how many: the places, times and quantities of a report given to its events.

A place or number belongs to the event that it hangs on in the tree; an event without a place of its own takes that
of the same event told elsewhere, in the end of the nearest event before. Times: `evenhand.reading.times`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.model.evidence import Span
from evenhand.model.reading import Participant, Place, Quantity, Statement, Time
from evenhand.model.report import Dateline
from evenhand.reading.claims.attacks import GENERIC
from evenhand.reading.claims.records import PlaceLike, QuantityLike, TimeLike, placed, record_of, time_record
from evenhand.reading.syntax.parser import Sentence
from evenhand.reading.times.attach import times_of_events

if TYPE_CHECKING:
    from evenhand.reading.claims.assembly import Draft

__all__ = ["PlaceLike", "QuantityLike", "Setting", "Settings", "TimeLike"]

_NEAR = 12.0
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
        times: Sequence[TimeLike],
        quantities: Sequence[QuantityLike],
        statements: Sequence[Statement],
        dateline: Dateline | None,
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._places = [p for p in placed(places) if dateline is None or not dateline.span[0] <= p.start < dateline.span[1]]
        self._times = tuple(times)
        self._quantities = tuple(quantities)
        self._cues = [s.cue for s in statements if s.cue is not None]

    def settle(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Setting]]:
        """Every event with its setting, in text order; an event in two towns of a list comes twice."""
        times = self._when(drafts)
        where = [self._own_places(d) for d in drafts]
        out: list[tuple[Draft, Setting]] = []
        for n, draft in enumerate(drafts):
            own = where[n]
            time = times[n]
            if own:
                for place in own:
                    out.append((draft, Setting(record_of(place), time)))
            else:
                inherited = self._inherited(n, drafts, where)
                record = record_of(inherited, inherited=True) if inherited is not None else None
                out.append((draft, Setting(record, time)))
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

    def _own_places(self, draft: Draft) -> list[PlaceLike]:
        s = draft.sentence
        scored: list[tuple[float, int, PlaceLike, int]] = []
        inside = [p for p in self._places if s.span[0] <= p.start < s.span[1]]
        for place in inside:
            word = next((k for k, t in enumerate(s.tokens) if t.start <= place.start < t.end or t.start > place.start), None)
            if word is None:
                continue
            last = max((k for k, t in enumerate(s.tokens) if t.start < place.end), default=word)
            top = min(range(word, last + 1), key=lambda k: sum(1 for _ in s.chain(k)))
            scored.append((path_cost(s, draft.event.head, top) + _penalty(draft, place), place.start, place, top))
        if not scored:
            return []
        scored.sort(key=lambda x: x[:2])
        best = scored[0]
        if best[0] > 60:
            return []
        chosen = [best[2]]
        for cost, _, place, top in scored[1:]:
            listed = s.relations[top] == "conj" and (s.heads[top] == best[3]) or s.heads[top] == best[3] and False
            if listed and cost < 40 and place.name != best[2].name and _town(place) and _town(best[2]):
                chosen.append(place)
        return sorted(chosen, key=lambda p: p.start)

    def _inherited(self, n: int, drafts: Sequence[Draft], where: Sequence[list[PlaceLike]]) -> PlaceLike | None:
        """The place of the same kind of event nearest in the text, else of the event told last, else of the next."""
        if drafts[n].type == "other" and drafts[n].roles.target is None:
            return None
        same = [m for m in range(len(drafts)) if where[m] and _alike(drafts[m].type, drafts[n].type)]
        before = [m for m in same if m < n]
        any_before = [m for m in range(n) if where[m]]
        after = [m for m in range(n + 1, len(drafts)) if where[m]]
        for choice in (before[-1:] if before and n - before[-1] <= 6 else [], any_before[-1:], before[-1:], after[:1]):
            if choice:
                return where[choice[0]][0]
        return None


def _penalty(draft: Draft, place: PlaceLike) -> float:
    use = getattr(place, "use", "place")
    cost = 0.0
    if use in ("actor", "part_of_name", "dateline"):
        cost += 80.0
    for participant, extra in ((draft.actor, 25.0),):
        span = participant.span if participant is not None else None
        if span is not None and span[0] <= place.start < span[1]:
            cost += extra
    if draft.segment is not None and not draft.segment[0] <= place.start < draft.segment[1]:
        cost += 20.0
    return cost


def _town(place: PlaceLike) -> bool:
    return place.precision in (1, 2) or place.lat is not None


def _alike(a: str, b: str) -> bool:
    return a == b or {a, b} <= GENERIC | {"killing", "injury", "destruction", "chemical_attack", "armed_clash"}


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
