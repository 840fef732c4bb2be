"""Chooses, for each place expression, the gazetteer entry it stands for, or abstains and says why.

Score of a candidate (natural units; the weights were set on LGL, the first half of GeoVirus and the UCDP
names, see benchmarks/quality/places.py): population prior, main or other name, the countries the text is
about, the container named beside it, kind against the generic noun, and nearness to the places already
settled. The margin to the next candidate that lies elsewhere decides whether an answer is given.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.keys import fold, romanisation_key, skeleton, without_article
from evenhand.reading.places.lexicon import lexicon, tokenise
from evenhand.reading.places.placing import place_of, unresolved
from evenhand.reading.places.records import Candidate, Entry, PlaceMention, ResolvedPlace

SAME_PLACE_KM = 10.0
_KEEP = 8
_ROUNDS = 3
_TOWN = 5_000
_ALIKE = 0.8
_VILLAGE = 15_000
_VAST = frozenset({"country", "continent", "macro", "sea"})


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the score, set by benchmarks/quality/tune_places.py."""

    town: float = 0.6
    adm1: float = 0.45
    adm1_base: float = 0.3
    adm2: float = 0.3
    adm2_base: float = -0.3
    country: float = 6.0
    macro: float = 4.5
    written: float = 2.2
    other_name: float = -0.5
    romanised: float = -0.4
    bones: float = -1.0
    exact: float = 0.3
    likeness: float = 2.0
    about: float = 0.6
    share: float = 2.4
    hint: float = 1.5
    inside: float = 4.0
    outside: float = -1.0
    holds: float = 2.0
    province: float = 1.5
    near: float = 1.5
    near_km: float = 150.0
    margin: float = 0.25
    temperature: float = 1.0


WEIGHTS = Weights()
# Kinds a generic noun admits, best first, by the kind words.toml gives it.
_ADMITS: dict[str, frozenset[str]] = {
    "adm1": frozenset({"adm1", "region"}),
    "state": frozenset({"adm1", "region", "country"}),
    "adm2": frozenset({"adm2", "adm1"}),
    "district": frozenset({"adm2", "quarter", "region", "town"}),
    "town": frozenset({"town", "quarter"}),
    "quarter": frozenset({"quarter", "town"}),
    "camp": frozenset({"camp", "town"}),
    "airbase": frozenset({"airbase", "facility"}),
    "facility": frozenset({"facility", "airbase"}),
    "crossing": frozenset({"crossing", "facility", "town"}),
    "region": frozenset({"region", "macro", "adm1", "adm2", "quarter", "town", "mountain"}),
    "mountain": frozenset({"mountain", "region"}),
    "river": frozenset({"river"}),
    "sea": frozenset({"sea"}),
}


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
    state = _State(mentions, _about(mentions, text, country_hint), country_hint, weights)
    for anchored in range(_ROUNDS):
        state.count_provinces()
        for index in state.order():
            state.settle(index, anchored > 0)
    return tuple(state.answer(index, gazetteer) for index in range(len(mentions)))


def _about(mentions: Sequence[PlaceMention], text: str, hint: str | None) -> dict[str, Counter[str]]:
    """How much the text is about each country, by the name that says so (a name is no witness for itself)."""
    weights: dict[str, Counter[str]] = {"": Counter()}
    demonyms = lexicon().demonyms
    for token in tokenise(text, ()):
        if token.cap and token.low in demonyms:
            weights[""][demonyms[token.low]] += 0.7  # type: ignore[assignment]
    for mention in mentions:
        best = max(mention.entries, key=lambda e: (e.kind == "country", e.population), default=None)
        if best is None or not best.country:
            continue
        sure = best.kind == "country" or len({e.country for e in mention.entries}) == 1
        weights.setdefault(fold(mention.name), Counter())[best.country] += 1 if sure else 0.3  # type: ignore[assignment]
    if hint:
        weights[""][hint] += max(3.0, float(len(mentions)))  # type: ignore[assignment]
    return weights


class _State:
    def __init__(
        self, mentions: Sequence[PlaceMention], about: dict[str, Counter[str]], hint: str | None, weights: Weights
    ) -> None:
        self.mentions = mentions
        self.hint = hint
        self.weights = weights
        self.about = about
        self.total: Counter[str] = sum(about.values(), Counter())
        self.sum = sum(self.total.values())
        self.names = [fold(m.name) for m in mentions]
        self.chosen: dict[int, Entry] = {}
        self.scored: dict[int, list[tuple[float, Entry, tuple[str, ...]]]] = {}
        self.why: dict[int, str] = {}
        self.provinces: dict[str, Counter[str]] = {}
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
        """How much each name speaks for each province: the softmax of its candidates' scores."""
        self.provinces = {}
        for index, scored in self.scored.items():
            if self.names[index] in self.provinces or not scored:
                continue
            top = scored[0][0]
            odds = [(math.exp((score - top) / self.weights.temperature), entry) for score, entry, _ in scored]
            total = sum(o for o, _ in odds)
            votes: Counter[str] = Counter()
            for odd, entry in odds:
                area = entry.ref if entry.kind == "adm1" else entry.adm1
                if area:
                    votes[area] += odd / total  # type: ignore[assignment]
            self.provinces[self.names[index]] = votes
        self.province_sum: Counter[str] = sum(self.provinces.values(), Counter())
        self.province_all = float(len(self.provinces))

    def settle(self, index: int, anchored: bool) -> None:
        """Score the candidates of a mention and choose one, or say why not."""
        mention = self.mentions[index]
        if mention.use == "common":
            return
        scored = []
        for entry in mention.entries:
            score, reasons = self._score(index, mention, entry, anchored)
            scored.append((score, entry, reasons))
        scored.sort(key=lambda item: (-item[0], -item[1].population, item[1].ref))
        self.scored[index] = scored[:_KEEP]
        self.chosen.pop(index, None)
        if not scored:
            self.why[index] = "no gazetteer entry under this name"
            return
        best, entry, reasons = scored[0]
        rival = next((s for s in scored[1:] if _elsewhere(entry, s[1])), None)
        if rival is not None and best - rival[0] < self.weights.margin:
            self.why[index] = f"tie: {_label(entry)} and {_label(rival[1])}"
            return
        doubt = _doubt(mention, entry, reasons, self.hint is not None and entry.country != self.hint)
        if doubt:
            self.why[index] = f"{doubt}: {_label(entry)}"
            return
        self.chosen[index] = entry
        self.why.pop(index, None)

    def _score(self, index: int, mention: PlaceMention, entry: Entry, anchored: bool) -> tuple[float, tuple[str, ...]]:
        w = self.weights
        reasons: list[str] = []
        score = _prior(entry, w)
        if entry.rank:
            score += w.other_name
            reasons.append("other name")
        elif entry.tier == 0 and self.names[index] == fold(entry.name):
            score += w.exact
        if entry.tier:
            score += (0.0, w.romanised, w.bones)[entry.tier] + w.likeness * (_likeness(mention.name, entry.name) - 1)
            reasons.append(("", "romanisation", "consonants")[entry.tier])
        share = self._share(index, entry.country)
        if share > 0:
            score += w.about + w.share * share
            reasons.append(f"text about {entry.country} ({share:.0%})")
        if entry.country and entry.country == self.hint:
            score += w.hint
        score += _cue_score(mention, entry, reasons)
        score += self._container(index, mention, entry, reasons)
        score += self._held_score(index, entry, reasons)
        if anchored:
            score += self._province(index, entry, reasons) + self._near(index, entry, reasons)
        return score, tuple(reasons)

    def _share(self, index: int, country: str) -> float:
        """How much of what else the text names is of `country`."""
        own = self.about.get(self.names[index], Counter())
        total = self.sum - sum(own.values())
        return (self.total[country] - own[country]) / total if total > 0.01 else 0.0

    def _container(self, index: int, mention: PlaceMention, entry: Entry, reasons: list[str]) -> float:
        """The container named beside this mention, or beside another of the same name."""
        w = self.weights
        own = self._holder(mention)
        if own is not None:
            if _inside(entry, own):
                wide = entry.kind == "town" and any(e.kind == "adm1" and e.rank == 0 for e in mention.entries)
                reasons.append(f"in {own.name}")
                return w.inside / 4 if wide and own.kind == "adm1" else w.inside
            if any(_inside(e, own) for e in mention.entries):
                reasons.append(f"not in {own.name}")
                return w.outside
            return 0.0
        others = [self.chosen[k] for k in self.holders.get(self.names[index], ()) if k in self.chosen]
        if any(_inside(entry, other) for other in others):
            reasons.append("container named elsewhere in the text")
            return 0.7 * w.inside
        return 0.0

    def _held_score(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """ "Atlanta, Georgia": the state is meant, for it holds an Atlanta."""
        for k in self.held.get(index, ()):
            inside = [e for e in self.mentions[k].entries if _inside(e, entry)]
            if inside:
                reasons.append(f"holds {inside[0].name}")
                return self.weights.holds + 0.3 * math.log10(max(e.population for e in inside) + 10)
        return 0.0

    def _holder(self, mention: PlaceMention) -> Entry | None:
        return self.chosen.get(mention.inside) if mention.inside is not None else None

    def _province(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """The share of the text's other names that speak for the candidate's province."""
        area = entry.ref if entry.kind == "adm1" else entry.adm1
        own = self.provinces.get(self.names[index], Counter())
        others = self.province_all - (1.0 if self.names[index] in self.provinces else 0.0)
        if not area or others < 1:
            return 0.0
        share = (self.province_sum[area] - own[area]) / others
        if share > 0.2:
            reasons.append("province of other places")
        return self.weights.province * share

    def _near(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """Nearness to the nearest settled place of another name."""
        if entry.lat is None or entry.lon is None or entry.kind in _VAST:
            return 0.0
        best = 0.0
        for other, anchor in self.chosen.items():
            if self.names[other] == self.names[index] or anchor.lat is None or anchor.lon is None:
                continue
            if anchor.kind in _VAST:
                continue
            best = max(
                best, math.exp(-distance_km(entry.lat, entry.lon, anchor.lat, anchor.lon) / self.weights.near_km)
            )
        if best > 0.5:
            reasons.append("near other places")
        return self.weights.near * best

    def answer(self, index: int, gazetteer: Gazetteer) -> ResolvedPlace:
        mention = self.mentions[index]
        if mention.use == "common":
            return self._refer(index, gazetteer)
        candidates = tuple(_candidate(*item) for item in self.scored.get(index, ()))
        entry = self.chosen.get(index)
        if entry is None:
            return unresolved(index, mention, self.why[index], candidates, self._known_area(index, mention))
        return place_of(index, mention, entry, candidates, self._other(mention))

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
        close = [entry for score, entry, _ in top if score > top[0][0] - self.weights.margin] if top else []
        if close and len({e.country for e in close}) == 1 and self._share(index, close[0].country) > 0:
            return close[0] if len({e.adm1 for e in close}) == 1 else _country_only(close[0])
        return None

    def _main_country(self) -> str:
        return max(sorted(self.total), key=lambda c: self.total[c], default="")

    def _refer(self, index: int, gazetteer: Gazetteer) -> ResolvedPlace:
        """ "the city": the last place of that kind before it; "the Syrian capital": the country's capital."""
        mention = self.mentions[index]
        if mention.cue == "capital":
            country = mention.entries[0].country if mention.entries else self._main_country()
            capital = gazetteer.capital(country) if country else None
            if capital is not None:
                return place_of(index, mention, capital, (), None, f"capital of {country}")
            return unresolved(index, mention, "capital of an unknown country", (), None)
        kinds = _ADMITS.get(mention.cue or "", frozenset({mention.cue or ""}))
        if mention.cue == "country":
            kinds = frozenset({"country"})
        for k in range(index - 1, -1, -1):
            entry = self.chosen.get(k)
            if entry is not None and entry.kind in kinds and self.mentions[k].use in {"place", "actor"}:
                if mention.cue in {"camp", "facility", "airbase"} and entry.kind == "town":
                    continue
                return place_of(index, mention, entry, (), None, f"refers back to {self.mentions[k].name}")
        return unresolved(index, mention, "nothing of this kind named before", (), None)


def _prior(entry: Entry, w: Weights) -> float:
    """Log of the population, with what it would need to be named bare for each kind of area."""
    size = math.log10(entry.population + 10)
    if entry.kind == "country":
        return w.country
    if entry.kind == "adm1":
        return w.adm1 * size + w.adm1_base
    if entry.kind == "adm2":
        return w.adm2 * size + w.adm2_base
    if entry.kind in {"continent", "macro", "sea", "river"}:
        return w.macro
    if entry.source.startswith("evenhand"):
        return w.written
    return w.town * size


def _likeness(name: str, other: str) -> float:
    return fuzz.ratio(without_article(fold(name)), without_article(fold(other))) / 100


def _doubt(mention: PlaceMention, entry: Entry, reasons: tuple[str, ...], abroad: bool) -> str:
    """Why a best candidate is still not given: nothing but a poor match of names speaks for it.

    Measured on the names of UCDP GED Syria: one-word names of which a gazetteer holds several are wrong
    every third time, distant spellings of short names more often than not.
    """
    if any(r.startswith(("in ", "container", "holds")) for r in reasons):
        return ""
    romanised = romanisation_key(fold(mention.name))
    words, bones = len(romanised.split(" ")), len(skeleton(romanised))
    supported = "near other places" in reasons
    alike = _likeness(mention.name, entry.name)
    close = bones > 3 and (alike >= _ALIKE or supported)
    if entry.tier == 2 and (alike < 0.7 or not (close or (bones > 4 and words > 1))):
        return "only a distant spelling"
    if entry.tier == 1 and alike < 0.7 and bones < 4:
        return "a short name in another spelling"
    if abroad and entry.kind == "town":
        return "lies outside the countries of the report"
    if entry.kind != "town" or entry.population > _TOWN or entry.source.startswith("evenhand"):
        return ""
    if entry.tier == 1 and words < 2 and bones < 4 and not supported and alike < _ALIKE:
        return "a short name in another spelling"
    homonyms = sum(
        1 for e in mention.entries if e.tier <= entry.tier and e.kind == "town" and e.country == entry.country
    )
    if words < 2 and homonyms > 2 and not supported:
        return f"one of {homonyms} places of this name"
    kind = lexicon().generic.get(mention.cue or "", "town")
    if kind not in {"town", "quarter", "district", "region", "camp", "airbase"} and not supported:
        return f"no {mention.cue} of this name"
    return ""


def _cue_score(mention: PlaceMention, entry: Entry, reasons: list[str]) -> float:
    if mention.cue is None:
        part = mention.relation is not None and mention.relation.kind in {"offset", "near", "outskirts", "bank"}
        return -0.5 if part and entry.kind in {"adm1", "adm2"} else 0.0
    kind = lexicon().generic.get(mention.cue, mention.cue)
    admits = _ADMITS.get(kind, frozenset())
    if mention.cue.startswith("village") and entry.population > _VILLAGE:
        reasons.append("too large for a village")
        return -1.5
    if entry.kind in admits:
        reasons.append(f"a {mention.cue}")
        exact = entry.kind == kind or (kind == "state" and entry.kind == "adm1") or kind == "district"
        return 2.5 if exact else 1.0
    if kind == "facility" or kind == "airbase":
        return 0.0
    return -1.5


def _same_area(one: str, two: str) -> bool:
    return bool(one) and romanisation_key(fold(one)) == romanisation_key(fold(two))


def _inside(entry: Entry, holder: Entry) -> bool:
    if entry.ref == holder.ref:
        return False
    if holder.kind == "country":
        return entry.country == holder.country and entry.kind != "country"
    if entry.country and holder.country and entry.country != holder.country:
        return False
    if holder.kind == "adm1":
        return entry.adm1 == holder.ref or _same_area(entry.adm1_name, holder.name)
    if holder.kind == "adm2":
        return entry.adm2 == holder.ref or _same_area(entry.adm2_name, holder.name)
    if entry.lat is None or entry.lon is None or holder.lat is None or holder.lon is None:
        return False
    reach = max(25.0, 1.5 * holder.radius_km)
    return distance_km(entry.lat, entry.lon, holder.lat, holder.lon) <= reach


def _elsewhere(one: Entry, two: Entry) -> bool:
    """Whether the two would be different answers: another point, or an area against a point."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return one.ref != two.ref
    area = {one.kind, two.kind} & {"adm1", "adm2", "country"}
    if area and _same_area(one.name, two.name) and one.country == two.country:
        return False  # "Idlib": the town and its province; the town is given, the kinds say which
    return distance_km(one.lat, one.lon, two.lat, two.lon) > SAME_PLACE_KM


def _label(entry: Entry) -> str:
    return f"{entry.name} ({', '.join(x for x in (entry.kind, entry.adm1_name, entry.country) if x)})"


def _country_only(entry: Entry) -> Entry:
    return replace(entry, kind="country", adm1="", adm1_name="", adm2="", adm2_name="", name=entry.country, lat=None,
                   lon=None)  # fmt: skip


def _candidate(score: float, entry: Entry, reasons: tuple[str, ...]) -> Candidate:
    return Candidate(
        entry.ref,
        entry.name,
        entry.kind,
        entry.country,
        entry.adm1_name if entry.kind != "adm1" else entry.name,
        entry.lat,
        entry.lon,
        round(score, 3),
        reasons,
        entry.source,
    )
