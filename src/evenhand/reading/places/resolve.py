"""Chooses, for each place expression, the gazetteer entry it stands for, or abstains and says why.

Score of a candidate (weights in `scoring`): population prior, main or other name, the countries the text is
about, the container named beside it, kind against the generic noun, and nearness to the places already
settled. The margin to the next candidate that lies elsewhere decides whether an answer is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.geometry import nearest_km
from evenhand.reading.places.grounds import WHERE, country_told
from evenhand.reading.places.keys import fold
from evenhand.reading.places.placing import is_parts, place_of, sides_of, unresolved, with_extent, with_side
from evenhand.reading.places.records import Entry, PlaceMention, ResolvedPlace
from evenhand.reading.places.referring import Told, refer
from evenhand.reading.places.scoring import (
    WEIGHTS,
    Weights,
    about_countries,
    candidate,
    country_only,
    cue_score,
    doubt_of,
    elsewhere,
    is_small,
    label,
    lies_in,
    likeness,
    prior,
)
from evenhand.reading.places.testimony import Countries, Provinces, Scored

_KEEP = 8
_POOL = 24
"""Candidates of a mention that go on to the next round."""
_WINDOW = 40
"""Mentions to either side that count as near in the text."""
_ROUNDS = 3
_CITY = 20_000
_UNLIKE = 0.5
_CLOSE = 1.5
_NAMESAKES = 2.5
"""Candidates no farther behind the best are namesakes: what is known is only what all of them share."""
_FULL_SHARE = 0.15
_SIDED = frozenset({"country", "adm1"})
_ANCHORED = ("in ", "container", "holds", "near other places")
_VAST = frozenset({"country", "continent", "macro", "sea"})

Anchors = dict[tuple[float, float], None]
"""Points, each once."""


def resolve(
    mentions: Sequence[PlaceMention],
    text: str,
    gazetteer: Gazetteer,
    *,
    country_hint: str | None = None,
    weights: Weights = WEIGHTS,
) -> tuple[ResolvedPlace, ...]:
    """One ResolvedPlace a mention, in the same order.

    `country_hint` (ISO alpha-2) is a country the report is known to be about. Abstentions keep their
    candidates and reasons, and the containing country and province where those are known.
    """
    # a name within a person's or a body's is no witness for a country, unless it owns it: "X's attorney general"
    named = [mention for mention in mentions if mention.use != "part_of_name" or _owns(mention, text)]
    state = _State(mentions, text, about_countries(named, text, country_hint), country_hint, weights)
    for anchored in range(_ROUNDS):
        state.count_provinces()
        for index in state.order():
            state.settle(index, anchored > 0)
    return tuple(state.answer(index, gazetteer) for index in range(len(mentions)))


def _owns(mention: PlaceMention, text: str) -> bool:
    return text.startswith(("'s ", "’s "), mention.name_end)


class _State:
    def __init__(
        self,
        mentions: Sequence[PlaceMention],
        text: str,
        about: dict[str, dict[str, float]],
        hint: str | None,
        weights: Weights,
    ) -> None:
        self.mentions = mentions
        self.text = text
        self.hint = hint
        self.weights = weights
        self.countries = Countries(about)
        self.names = [fold(m.name) for m in mentions]
        self.chosen: dict[int, Entry] = {}
        self.scored: dict[int, list[Scored]] = {}
        self.alone: dict[tuple[int, str, int, int], tuple[float, tuple[str, ...]]] = {}
        self.why: dict[int, str] = {}
        self.provinces = Provinces({}, weights.temperature)
        self.held: dict[int, list[int]] = {}
        for k, mention in enumerate(mentions):
            if mention.inside is not None:
                self.held.setdefault(mention.inside, []).append(k)
        self.holders: dict[str, list[int]] = {}
        for k, mention in enumerate(mentions):
            if mention.inside is not None:
                self.holders.setdefault(self.names[k], []).append(mention.inside)

    def order(self) -> list[int]:
        """Containers first, then the others from left to right."""
        return sorted(range(len(self.mentions)), key=lambda k: (k not in self.held, k))

    def count_provinces(self) -> None:
        """What the candidates scored so far say about provinces: of each name, those of its first mention."""
        scored: dict[str, list[Scored]] = {}
        for index, candidates in self.scored.items():
            if candidates:
                scored.setdefault(self.names[index], candidates)
        self.provinces = Provinces(scored, self.weights.temperature)

    def settle(self, index: int, anchored: bool) -> None:
        """Score the candidates of a mention and choose one, or say why not."""
        mention = self.mentions[index]
        if mention.use == "common":
            return
        holder = self._holder(mention)
        if holder is not None and holder.kind == "country" and self._all_abroad(mention, holder):
            self.chosen.pop(index, None)
            self.why[index] = f"no gazetteer entry under this name in {holder.name}"
            return
        scored = []
        before = self.scored.get(index)
        anchors = self._anchors(index) if anchored else None
        for entry in mention.entries if before is None else [item[1] for item in before]:
            score, reasons = self._score(index, mention, entry, anchors)
            scored.append((score, entry, reasons))
        scored.sort(key=lambda item: (-item[0], -item[1].population, item[1].ref))
        self.scored[index] = scored[:_POOL]
        self.chosen.pop(index, None)
        if not scored:
            self.why[index] = "no gazetteer entry under this name"
            return
        best, entry, reasons = self._town_first(mention, scored)
        rival = next((s for s in scored[1:] if elsewhere(entry, s[1])), None)
        if rival is not None and best - rival[0] < self.weights.margin:
            self.why[index] = f"tie: {label(entry)} and {label(rival[1])}"
            return
        abroad = self.hint is not None and entry.country != self.hint
        name = self.names[index]
        share = self.countries.share(name, entry.country) if self.countries.says_enough(name) else None
        doubt = doubt_of(mention, entry, reasons, share, abroad)
        doubt = doubt or self._alone_abroad(index, entry, reasons)
        if doubt:
            self.why[index] = f"{doubt}: {label(entry)}"
            return
        self.chosen[index] = entry
        self.why.pop(index, None)

    @staticmethod
    def _all_abroad(mention: PlaceMention, holder: Entry) -> bool:
        """Whether all that bear the name are small and in other countries than the one named beside it."""
        return all(is_small(entry) and not lies_in(entry, holder) for entry in mention.entries)

    def _alone_abroad(self, index: int, entry: Entry, reasons: tuple[str, ...]) -> str:
        """Why a small town, or a city by another name, is not given in a country named for its people or acts alone.

        "A U.S. firm" makes no street of Baghdad a town in Arizona: that other places of the text lie in one country,
        and none in this one, says more.
        """
        other = entry.rank > 0 and likeness(self.mentions[index].name, entry.name) < _UNLIKE
        large = entry.population >= _CITY and not other  # "Terminus" was a city's name once, and is a market's
        if entry.kind != "town" or large or any(r.startswith(_ANCHORED) for r in reasons):
            return ""
        grounds = {
            other.country
            for k, other in self.chosen.items()
            if self.names[k] != self.names[index]
            and self.mentions[k].use in ("place", "dateline")
            and (
                other.kind != "country"
                or WHERE.search(self.text, max(0, self.mentions[k].start - 12), self.mentions[k].start)
            )
        }
        return "no other place of the report lies in its country" if grounds and entry.country not in grounds else ""

    @staticmethod
    def _town_first(mention: PlaceMention, scored: list[Scored]) -> Scored:
        """A bare "Raqqa" is the city before it is the province, when the city is no village."""
        best, entry, reasons = scored[0]
        if entry.kind != "adm1" or mention.cue is not None:
            return scored[0]
        for score, town, why in scored[1:]:
            if town.kind == "town" and town.adm1 == entry.ref and town.population >= _CITY and best - score < _CLOSE:
                return best, town, (*why, "town and province share the name")
        return best, entry, reasons

    def _score(
        self, index: int, mention: PlaceMention, entry: Entry, anchors: Anchors | None
    ) -> tuple[float, tuple[str, ...]]:
        score, known = self._alone(index, mention, entry)
        reasons = list(known)
        score += self._container(index, mention, entry, reasons)
        score += self._held_score(index, entry, reasons)
        if anchors is not None:
            score += self._province(index, entry, reasons) + self._near(entry, anchors, reasons)
        return score, tuple(reasons)

    def _alone(self, index: int, mention: PlaceMention, entry: Entry) -> tuple[float, tuple[str, ...]]:
        """What a candidate scores whatever is chosen elsewhere, worked out in the first round."""
        key = (index, entry.ref, entry.tier, entry.rank)
        found = self.alone.get(key)
        if found is not None:
            return found
        w = self.weights
        reasons: list[str] = []
        score = prior(entry, w)
        if entry.rank:
            score += w.other_name
            reasons.append("other name")
        elif entry.tier == 0 and self.names[index] == fold(entry.name):
            score += w.exact
        if entry.tier:
            score += (0.0, w.romanised, w.bones)[entry.tier] + w.likeness * (likeness(mention.name, entry.name) - 1)
            reasons.append(("", "romanisation", "consonants")[entry.tier])
        share = self.countries.share(self.names[index], entry.country)
        if share > 0:
            score += w.about * min(1.0, share / _FULL_SHARE) + w.share * share
            reasons.append(f"text about {entry.country} ({share:.0%})")
        if entry.country and entry.country == self.hint:
            score += w.hint
        score += cue_score(mention, entry, reasons)
        found = self.alone[key] = score, tuple(reasons)
        return found

    def _container(self, index: int, mention: PlaceMention, entry: Entry, reasons: list[str]) -> float:
        """The container named beside this mention, or beside another of the same name."""
        w = self.weights
        own = self._holder(mention)
        if own is not None:
            if lies_in(entry, own):
                wide = entry.kind == "town" and any(e.kind == "adm1" and e.rank == 0 for e in mention.entries)
                reasons.append(f"in {own.name}")
                return w.inside / 4 if wide and own.kind == "adm1" else w.inside
            if any(lies_in(e, own) for e in mention.entries):
                reasons.append(f"not in {own.name}")
                return w.outside
            return 0.0
        others = [self.chosen[k] for k in self.holders.get(self.names[index], ())[:20] if k in self.chosen]
        if any(lies_in(entry, other) for other in others):
            reasons.append("container named elsewhere in the text")
            return 0.7 * w.inside
        return 0.0

    def _held_score(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """As in "Atlanta, Georgia": the state is meant, for it holds an Atlanta."""
        for k in self.held.get(index, ())[:20]:
            inside = [e for e in self.mentions[k].entries if lies_in(e, entry)]
            if inside:
                reasons.append(f"holds {inside[0].name}")
                return self.weights.holds + 0.3 * math.log10(max(e.population for e in inside) + 10)
        return 0.0

    def _holder(self, mention: PlaceMention) -> Entry | None:
        return self.chosen.get(mention.inside) if mention.inside is not None else None

    def _province(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """The share of the text's other names that speak for the candidate's province."""
        share = self.provinces.share(self.names[index], entry)
        if share > 0.2:
            reasons.append("province of other places")
        return self.weights.province * share

    def _anchors(self, index: int) -> Anchors:
        """Where the settled places of other names stand that are near in the text."""
        first, end = max(0, index - _WINDOW), min(len(self.mentions), index + _WINDOW + 1)
        chosen = (self.chosen.get(k) for k in range(first, end) if self.names[k] != self.names[index])
        return {
            (entry.lat, entry.lon): None
            for entry in chosen
            if entry is not None and entry.lat is not None and entry.lon is not None and entry.kind not in _VAST
        }

    def _near(self, entry: Entry, anchors: Anchors, reasons: list[str]) -> float:
        """Nearness to the nearest settled place of another name."""
        if entry.lat is None or entry.lon is None or entry.kind in _VAST:
            return 0.0
        away = nearest_km(entry.lat, entry.lon, anchors)
        best = 0.0 if away is None else math.exp(-away / self.weights.near_km)
        if best > 0.5:
            reasons.append("near other places")
        return self.weights.near * best

    def answer(self, index: int, gazetteer: Gazetteer) -> ResolvedPlace:
        mention = self.mentions[index]
        if mention.use == "common":
            country = country_told(index, self.mentions, self.chosen, self.countries.most(), self.text, gazetteer)
            return refer(index, Told(self.mentions, self.chosen, country, self.text), gazetteer)
        candidates = tuple(candidate(*item) for item in self.scored.get(index, ())[:_KEEP])
        entry = self.chosen.get(index)
        if entry is None:
            return unresolved(index, mention, self.why[index], candidates, self._known_area(index, mention))
        place = place_of(index, mention, entry, candidates, self._other(mention))
        relation = mention.relation
        if entry.kind == "country" and (relation is None or is_parts(relation)):
            return with_extent(place, gazetteer.extent(entry))
        sides = sides_of(relation) if relation is not None and relation.kind == "part" else ()
        if not sides or entry.kind not in _SIDED:
            return place
        return with_side(place, gazetteer.sector(entry, *sides))

    def _other(self, mention: PlaceMention) -> Entry | None:
        """The second place of "between A and B"."""
        if mention.relation is None or mention.relation.kind != "between":
            return None
        for k, other in enumerate(self.mentions):
            if other.name == mention.relation.other and k in self.chosen:
                return self.chosen[k]
        return None

    def _known_area(self, index: int, mention: PlaceMention) -> Entry | None:
        """The container that is known although the name is not: named beside it, or shared by every candidate."""
        holder = self._holder(mention)
        if holder is not None:
            return holder
        top = self.scored.get(index) or []
        close = [entry for score, entry, _ in top if score > top[0][0] - _NAMESAKES] if top else []
        one_country = len({e.country for e in close}) == 1
        if one_country and self.countries.share(self.names[index], close[0].country) > 0:
            return close[0] if len({e.adm1 for e in close}) == 1 else country_only(close[0])
        return None
