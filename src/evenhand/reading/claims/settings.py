"""Where, when and how many: the places, times and quantities of a report given to its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.model.reading import Place, Quantity, Statement, Time
from evenhand.reading.claims.records import QuantityLike, TimeLike, joint_place, quantity_record, record_of, time_record
from evenhand.reading.claims.where import Whereabouts
from evenhand.reading.quantities import quantities_of_events
from evenhand.reading.syntax.parser import Sentence
from evenhand.reading.times import times_of_events

if TYPE_CHECKING:
    from evenhand.reading.claims.drafts import Draft


@dataclass(frozen=True)
class Setting:
    """What one claim gets."""

    place: Place | None = None
    time: Time | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Settings:
    """The places, times and quantities of one report, in text order."""

    text: str
    sentences: Sequence[Sentence]
    whereabouts: Whereabouts
    times: Sequence[TimeLike]
    quantities: Sequence[QuantityLike]
    statements: Sequence[Statement]

    def settle(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Setting]]:
        """Every event with its setting, in text order; an event in two towns of a list comes twice."""
        times, counted = self._when(drafts), self._how_many(drafts)
        out: list[tuple[Draft, Setting]] = []
        for n, (own, inherited) in enumerate(self.whereabouts.of_events(drafts)):
            found: list[Place | None] = [record_of(place) for place in own]
            if len(own) > 1 and counted[n]:
                found = [joint_place(self.text, own)]
            if not found:
                found = [record_of(inherited, inherited=True) if inherited is not None else None]
            out += [(drafts[n], Setting(place, times[n], counted[n])) for place in found]
        return out

    def _when(self, drafts: Sequence[Draft]) -> list[Time | None]:
        if not self.times:
            return [None] * len(drafts)
        found = times_of_events(
            self.text,
            [s.span for s in self.sentences],
            [d.event.trigger for d in drafts],
            [d.type for d in drafts],
            self.times,  # type: ignore[arg-type]
            cues=[s.cue for s in self.statements if s.cue is not None],
            may_inherit=[d.stance.modality in ("asserted", "possible") for d in drafts],
        )
        out: list[Time | None] = []
        for draft, index in zip(drafts, found, strict=True):
            if index is None:
                out.append(None)
                continue
            span = draft.sentence.span
            elsewhere = not span[0] <= self.times[index].span[0] < span[1]
            out.append(time_record(self.times[index], inherited=elsewhere))
        return out

    def _how_many(self, drafts: Sequence[Draft]) -> list[tuple[Quantity, ...]]:
        found = quantities_of_events(
            self.text,
            [s.span for s in self.sentences],
            [d.event.trigger for d in drafts],
            [d.type for d in drafts],
            self.quantities,  # type: ignore[arg-type]
        )
        return [tuple(quantity_record(self.quantities, i, indices) for i in indices) for indices in found]
