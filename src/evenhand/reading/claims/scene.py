"""Words beside a place that say what it is: a weapon's make, a building's name, a village that is not named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement
from evenhand.reading.claims import lexicon
from evenhand.reading.claims.records import PlaceLike
from evenhand.reading.claims.spots import km_apart
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

if TYPE_CHECKING:
    from evenhand.reading.claims.drafts import Draft

_SIZES = {"hamlet": 2.0, "village": 2.0, "settlement": 2.0, "town": 5.0, "city": 8.0}
"""Km: the largest radius of a place that a report calls so."""
_BESIDE, _BACK, _SAID_IN = 5, 400, 16
_SLACK_KM, _SITE_KM = 20.0, 5.0
_NEXT, _LEAD = 8, 30
_FIRE = {"shelling", "airstrike"}
_FROM_REACH = 3
_LAST_WORDS = re.compile(r"\b(\w{1,16})\s(?:the\s)?\Z")


@dataclass(frozen=True)
class Dateline:
    """The place that a report is dated from."""

    place: PlaceLike

    @classmethod
    def of(cls, places: Sequence[PlaceLike], dateline: Span | None) -> Dateline | None:
        """The first place of the date line that is no country; None where there is none."""
        if dateline is None:
            return None
        inside = [p for p in places if dateline[0] <= p.start < dateline[1]]
        if not inside:
            return None
        named = inside[0].gazetteer is None  # "XA, Country": a town of no list has the precision of its country
        return cls(inside[0]) if named or inside[0].precision in (1, 2) else None

    def may_be(self, noun: str, area: PlaceLike) -> bool:
        """Whether it can be "a village" (`noun`) in this area: no larger than that, and in it as far as is known."""
        return noun in _SIZES and _may_be(self.place, noun, area)


def _may_be(place: PlaceLike, noun: str, area: PlaceLike) -> bool:
    if place.country and area.country and place.country != area.country:
        return False
    if place.lat is None or place.lon is None:
        return True
    if (place.radius_km or 0.0) > _SIZES.get(noun, _SITE_KM):
        return False
    if area.circle is None:
        return True
    lat, lon, km = area.circle
    return km_apart((place.lat, place.lon), (lat, lon)) <= km + _SLACK_KM


def unnamed_spot(s: Sentence, place: PlaceLike) -> str:
    """The noun of "a village in southern X", "an airbase in X"; empty where it stands behind no such words."""
    first = bisect_left([t.start for t in s.tokens], place.start)
    for k in range(first - 1, max(-1, first - _BESIDE), -1):
        if s.lower[k] in _SIZES or s.lower[k] in words("sites"):
            return s.lower[k] if any(s.lower[j] in ("a", "an") for j in s.children[k] if j < k) else ""
    return ""


def named_behind(
    text: str,
    at: int,
    noun: str,
    area: PlaceLike,
    places: Sequence[PlaceLike],
    stands: Callable[[PlaceLike], bool],
) -> PlaceLike | None:
    """The place that a report names next after "a village in X": in that area as far as is known, where one is or goes.

    `at` is where the sentence with those words ends. None where the lines right behind name none.
    """
    first = bisect_left([p.start for p in places], at)
    for place in places[first : first + _NEXT]:
        if place.start - at > _BACK:
            return None
        lead = _LAST_WORDS.search(text, max(at, place.start - _LEAD), place.start)
        there = lead is not None and lead.group(1).lower() in words("at_which")
        if there and stands(place) and _may_be(place, noun, area):
            return place
    return None


def is_make_of_weapon(s: Sentence, top: int) -> bool:
    """Whether a name says what is fired and not where: "Grad missiles", "Kalibr sea-launched missiles"."""
    head = s.heads[top]
    if head < 0 or s.relations[top] not in ("compound", "amod", "nmod", "nmod:poss", "nummod"):
        return False
    if any(s.relations[j] == "case" for j in s.children[top]):
        return False
    chain = [head] if s.relations[head] != "amod" else [head, s.heads[head]]
    return any(k >= 0 and lexicon.load().is_a(s.lower[k], "weapon") for k in chain)


def is_name_of_building(s: Sentence, place: PlaceLike, starts: Sequence[int]) -> bool:
    """Whether a name is a building's that stands in a town named behind it: "the al-Xa hospital in Ya"."""
    last = bisect_left([t.end for t in s.tokens], place.end)
    if last + 2 >= len(s.tokens) or not place.name[:1].isalpha() or place.lat is None:
        return False
    noun = last if s.lower[last] in words("buildings") and s.tokens[last].start > place.start else last + 1
    if s.lower[noun] not in words("buildings") or s.lower[noun + 1 : noun + 2] not in (
        ("in",),
        ("at",),
        ("of",),
        ("near",),
    ):
        return False
    reach = s.tokens[noun].end, s.tokens[min(noun + _BESIDE, len(s.tokens) - 1)].start
    at = bisect_left(starts, reach[0])
    return at < len(starts) and starts[at] <= reach[1]


def spots_of_telling(statements: Sequence[Statement]) -> list[Span]:
    """Where a name is the teller's or that of where he speaks: "a doctor at Xa's hospital", "said in Xa"."""
    sources = [one.source for one in statements if one.source is not None]
    beside = [(one.cue[1], one.cue[1] + _SAID_IN) for one in statements if one.cue is not None]
    return [*sources, *beside]


def nearest_before(at: int, places: Sequence[PlaceLike], stands: Callable[[PlaceLike], bool]) -> PlaceLike | None:
    """The last place for which `stands` holds that the sentences right before name; None where they name none."""
    last = bisect_left([p.start for p in places], at)
    for k in range(last - 1, -1, -1):
        place = places[k]
        if at - place.start > _BACK:
            return None
        if stands(place):
            inner = places[k - 1] if k else None  # "the locality of Xa, cercle of Ya"
            held = inner is not None and place.start - inner.end <= len(", in ") and stands(inner)
            return inner if held else place
    return None


def taken_along(s: Sentence, head: int) -> int | None:
    """The verb of "30 were taken to hospital in X", where X hangs on `head`, the hospital or the verb."""
    if s.lower[head] in words("buildings"):
        to = any(s.relations[j] == "case" and s.lower[j] in ("to", "into") for j in s.children[head])
        return s.heads[head] if to and s.lower[s.heads[head]] in words("taken_along") else None
    led = any(s.lower[j] in words("buildings") and taken_along(s, j) == head for j in s.children[head])
    return head if led and s.lower[head] in words("taken_along") else None


def is_fired_from(s: Sentence, top: int, acts: Mapping[tuple[Span, int], Draft]) -> bool:
    """Whether a place is where the fire came from: "rockets fired from X", "from the direction of X"."""
    for k in s.chain(top)[:_FROM_REACH]:
        if any(s.relations[j] == "case" and s.lower[j] == "from" for j in s.children[k]):
            head = s.heads[k]
            by = acts.get((s.span, head))
            fired = head >= 0 and (s.lower[head] in words("fired") or (by is not None and by.type in _FIRE))
            return fired or s.lower[k] in words("bearings")
    return False
