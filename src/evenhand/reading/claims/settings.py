"""Where, when and how many: the places, times and quantities of a report given to its events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import COUNTRY as _COUNTRY
from evenhand.model.reading import Place, Quantity, QuantityRole, Statement, Time
from evenhand.reading.claims.records import (
    PlaceLike,
    QuantityLike,
    TimeLike,
    joint_place,
    quantity_record,
    record_of,
    time_record,
)
from evenhand.reading.claims.spots import abroad, are_two
from evenhand.reading.claims.where import Whereabouts
from evenhand.reading.quantities import quantities_of_events
from evenhand.reading.syntax.parser import Sentence
from evenhand.reading.times import times_of_events

if TYPE_CHECKING:
    from evenhand.reading.claims.drafts import Draft


_Told = TypeVar("_Told", bound=Place | Time | None)
_NOT_HERE = "not said here"
_WEEK, _LONG, _NEWS = 7, 31, 3
"""A time more than a week apart, or a span a month longer, is another happening's: its place is not taken over."""


_AT_THE_HEAD = 12
_OF_A_WAR, _OF_A_COUNTRY = 2000, 20_000
"""So many dead or wounded are a war's, not a day's or a town's: neither is taken over for them."""


_HARM: dict[str, QuantityRole] = {
    "killing": "killed", "execution": "killed", "injury": "injured", "detention": "detained", "abduction": "detained",
    "evacuation": "evacuated",
}  # fmt: skip
_OPEN = ("neutrali", "eliminat", "los")
"""Words that leave open what befell those counted: killed, wounded or taken."""


def _with_harm(record: Quantity, found: QuantityLike, draft: Draft) -> Quantity:
    """People whom the act was done to count as its victims, whatever else they are called: "crucified nine men"."""
    role = _HARM.get(draft.type)
    target = draft.target.span if draft.target is not None else None
    if role is None or record.role != "people" or target is None or found.part_of is not None:
        return record
    word = draft.sentence.lower[draft.event.head]
    leads = target[0] <= found.span[0] <= target[0] + _AT_THE_HEAD
    return msgspec.structs.replace(record, role=role) if leads and not word.startswith(_OPEN) else record


def _of_a_war(counted: Sequence[Quantity], least: int = _OF_A_WAR) -> bool:
    return any(q.role in ("killed", "injured") and (q.low or q.high or 0) >= least for q in counted)


_IN_A_WAR = re.compile(
    r"\b(?:killed|dead|died|deaths|toll|lives|wounded|injured)\b[^.;:,]{0,30}?\b(?:in|during|of|from)\s(?:the|this|that|its)\s"
    r"(?:[\w-]+\s){0,3}?(?:conflict|war|uprising|insurgency|rebellion|hostilities)\b(?!\s(?:zone|crime))",
    re.IGNORECASE,
)
"""Words of a running number that is a whole war's: "pushed the number killed in the conflict to"."""


def _elsewhere(timed: tuple[int, bool] | None) -> bool:
    return timed is not None and timed[1]


def _is_earlier(draft: Draft, time: Span) -> bool:
    """Whether a state that "had" been so is told in a relative clause to an act whose day stands outside of it.

    "On Friday troops took the quarters that had remained under siege": it was besieged before Friday.
    """
    s, i = draft.sentence, draft.event.head
    clause = next((k for k in s.chain(i) if s.relations[k].startswith("acl")), None)
    if clause is None or not any(s.lower[j] == "had" for j in s.children[clause]):
        return False
    inside = s.subtree(clause)
    return not s.tokens[inside[0]].start <= time[0] < s.tokens[inside[-1]].end


def _told_before(out: Sequence[tuple[Draft, Setting]], draft: Draft) -> Setting | None:
    """Where and when the deed was that a draft takes up: the last one of its kind before it."""
    return next((setting for earlier, setting in reversed(out) if earlier.type == draft.type), None)


def _again(told: _Told) -> _Told:
    """The place or time of the deed that is taken up, with why it stands here."""
    if told is None or (told.why or "").startswith(_NOT_HERE):
        return told
    return msgspec.structs.replace(
        told, why=f"{_NOT_HERE}: that of the deed told before{'; ' * bool(told.why)}{told.why or ''}"
    )


class Setting(msgspec.Struct, frozen=True):
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
    published: date | None = None

    def settle(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Setting]]:
        """Every event with its setting, in text order; an event in two towns of a list comes twice."""
        times, counted = self._when(drafts), self._how_many(drafts)
        placed = self.whereabouts.of_events(drafts)
        own = [places for places, _ in placed]
        there = [places or (own[source] if source is not None else []) for places, source in placed]
        out: list[tuple[Draft, Setting]] = []
        for n, (places, source) in enumerate(placed):
            total = _of_a_war(counted[n]) or self._in_a_war(drafts[n], counted[n])
            found: list[Place | None] = [record_of(place) for place in places]
            if places and _of_a_war(counted[n], _OF_A_COUNTRY) and (places[0].precision or _COUNTRY) < _COUNTRY:
                found = [self._country() or found[0]]  # the dead of years, beside a town that lies in ruins
            if len(places) > 1 and counted[n]:
                found = [joint_place(self.text, places)]
            if not found:
                kept = source is not None and not self._another_time(times, n, source) and not total
                found = [record_of(own[source][0], inherited=True) if kept and source is not None else None]
                if found == [None] and (total or self.whereabouts.is_general(drafts[n])):
                    found = [self._country()]
            when = None if total and _elsewhere(times[n]) else self._time(drafts, there, times, n)
            told = _told_before(out, drafts[n]) if drafts[n].takes_up else None
            if told is not None:
                found = found if places else [_again(told.place)]
                when = when if times[n] is not None and not _elsewhere(times[n]) else _again(told.time)
            out += [(drafts[n], Setting(place, when, counted[n])) for place in found]
        return out

    def _in_a_war(self, draft: Draft, counted: Sequence[Quantity]) -> bool:
        """Whether a running number is told as a whole war's."""
        first, last = draft.sentence.span
        return any(q.cumulative for q in counted) and _IN_A_WAR.search(self.text, first, last) is not None

    def _country(self) -> Place | None:
        """What is told or wished of a country as a whole is placed in the one that the report is about."""
        country = self.whereabouts.country
        if country is None:
            return None
        place = record_of(country)
        return msgspec.structs.replace(place, why=f"not said here: the country that the report is about; {place.why}")

    def _when(self, drafts: Sequence[Draft]) -> list[tuple[int, bool] | None]:
        """For every event the index of its time, and whether that stands in another sentence."""
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
        out: list[tuple[int, bool] | None] = []
        for draft, nearest in zip(drafts, found, strict=True):
            span = draft.sentence.span
            index = None if nearest is None or _is_earlier(draft, self.times[nearest].span) else nearest
            out.append((index, not span[0] <= self.times[index].span[0] < span[1]) if index is not None else None)
        return out

    def _time(
        self,
        drafts: Sequence[Draft],
        places: Sequence[Sequence[PlaceLike]],
        times: Sequence[tuple[int, bool] | None],
        n: int,
    ) -> Time | None:
        """An event's time; not that of an event in another country, nor of an older one in another town told later."""
        timed = times[n]
        if timed is None:
            return None
        index, elsewhere = timed
        mention = self.times[index]
        if elsewhere and places[n]:
            at = mention.span[0]
            said_there = [
                places[m][0]
                for m, d in enumerate(drafts)
                if places[m] and d.sentence.span[0] <= at < d.sentence.span[1] and times[m] == (index, False)
            ]
            recalled = at > drafts[n].sentence.span[1] and self._is_old(mention)  # "recalled the raid on Xa on 8 June"
            here = places[n][0]
            if said_there and all(abroad(here, there) or (recalled and are_two(here, there)) for there in said_there):
                return None
        return time_record(mention, inherited=elsewhere)

    def _is_old(self, mention: TimeLike) -> bool:
        """Whether a time ends some days before the report, so that it need not be that of its news."""
        known = self.published is not None and mention.end is not None
        return known and (self.published - mention.end).days > _NEWS  # type: ignore[operator]

    def _another_time(self, times: Sequence[tuple[int, bool] | None], one: int, two: int) -> bool:
        """Whether both events tell their time, and the times lie more than a week apart."""
        days = [self.times[t[0]] for t in (times[one], times[two]) if t is not None and not t[1]]
        if len(days) < 2 or any(d.start is None or d.end is None for d in days):
            return False
        (a, b), (c, d) = ((d.start, d.end) for d in days)
        assert a is not None and b is not None and c is not None and d is not None
        gap = (max(a, c) - min(b, d)).days
        return gap > _WEEK or abs((b - a).days - (d - c).days) > _LONG

    def _how_many(self, drafts: Sequence[Draft]) -> list[tuple[Quantity, ...]]:
        found = quantities_of_events(
            self.text,
            [s.span for s in self.sentences],
            [d.event.trigger for d in drafts],
            [d.type for d in drafts],
            self.quantities,  # type: ignore[arg-type]
        )
        return [
            tuple(_with_harm(quantity_record(self.quantities, i, indices), self.quantities[i], draft) for i in indices)
            for draft, indices in zip(drafts, found, strict=True)
        ]
