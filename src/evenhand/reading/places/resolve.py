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

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.keys import fold, romanisation_key
from evenhand.reading.places.lexicon import lexicon, tokenise
from evenhand.reading.places.placing import place_of, unresolved
from evenhand.reading.places.records import Candidate, Entry, PlaceMention, ResolvedPlace

MARGIN = 0.25
SAME_PLACE_KM = 10.0
_KEEP = 8
_NEAR_KM = 150.0
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
) -> tuple[ResolvedPlace, ...]:
    """One ResolvedPlace a mention, in the same order.

    `country_hint` (ISO alpha-2) is a country the report is known to be about. Abstentions keep their
    candidates and reasons, and the containing country and province where those are known.
    """
    state = _State(mentions, _weights(mentions, text, country_hint), country_hint)
    for anchored in (False, True):
        for index in state.order():
            state.settle(index, anchored)
    return tuple(state.answer(index, gazetteer) for index in range(len(mentions)))


def _weights(mentions: Sequence[PlaceMention], text: str, hint: str | None) -> Counter[str]:
    """How much the text is about each country; halves of what was counted, then the share of the total."""
    weights: Counter[str] = Counter()
    demonyms = lexicon().demonyms
    for token in tokenise(text, ()):
        if token.cap and token.low in demonyms:
            weights[demonyms[token.low]] += 0.7  # type: ignore[assignment]
    for mention in mentions:
        best = max(mention.entries, key=lambda e: (e.kind == "country", e.population), default=None)
        if best is None or not best.country:
            continue
        sure = best.kind == "country" or len({e.country for e in mention.entries}) == 1
        weights[best.country] += 1 if sure else 0.3  # type: ignore[assignment]
    if hint:
        weights[hint] += max(3.0, sum(weights.values()))  # type: ignore[assignment]
    return weights


class _State:
    def __init__(self, mentions: Sequence[PlaceMention], weights: Counter[str], hint: str | None) -> None:
        self.mentions = mentions
        self.hint = hint
        total = sum(weights.values()) or 1.0
        self.share = {code: value / total for code, value in weights.items()}
        self.chosen: dict[int, Entry] = {}
        self.scored: dict[int, list[Candidate]] = {}
        self.why: dict[int, str] = {}

    def order(self) -> list[int]:
        """Containers first, then the others from left to right."""
        holders = {m.inside for m in self.mentions if m.inside is not None}
        return sorted(range(len(self.mentions)), key=lambda k: (k not in holders, k))

    def settle(self, index: int, anchored: bool) -> None:
        mention = self.mentions[index]
        if mention.use == "common":
            return
        scored = []
        for entry in mention.entries:
            score, reasons = self._score(index, mention, entry, anchored)
            scored.append((score, entry, reasons))
        scored.sort(key=lambda item: (-item[0], -item[1].population, item[1].ref))
        self.scored[index] = [_candidate(*item) for item in scored[:_KEEP]]
        self.chosen.pop(index, None)
        if not scored:
            self.why[index] = "no gazetteer entry under this name"
            return
        best, entry, _ = scored[0]
        rival = next((s for s in scored[1:] if _elsewhere(entry, s[1])), None)
        if rival is not None and best - rival[0] < MARGIN:
            self.why[index] = f"tie: {_label(entry)} and {_label(rival[1])}"
            return
        if entry.tier == 2 and best < 0.8:
            self.why[index] = f"only a distant spelling: {_label(entry)}"
            return
        self.chosen[index] = entry
        self.why.pop(index, None)

    def _score(self, index: int, mention: PlaceMention, entry: Entry, anchored: bool) -> tuple[float, tuple[str, ...]]:
        reasons = []
        score = _prior(entry)
        if entry.rank:
            score -= 0.5
            reasons.append("other name")
        if entry.tier:
            score -= (0.0, 0.4, 1.0)[entry.tier]
            reasons.append(("", "romanisation", "consonants")[entry.tier])
        share = self.share.get(entry.country, 0.0)
        if share:
            score += 0.6 + 2.0 * share
            reasons.append(f"text about {entry.country} ({share:.0%})")
        if entry.country and entry.country == self.hint:
            score += 1.5
        score += _cue_score(mention, entry, reasons)
        holder = self._holder(mention)
        if holder is not None:
            fits = _inside(entry, holder)
            score += 4.0 if fits else -1.0
            reasons.append(f"{'in' if fits else 'not in'} {holder.name}")
        if anchored:
            score += self._near(index, entry, reasons)
        return score, tuple(reasons)

    def _holder(self, mention: PlaceMention) -> Entry | None:
        return self.chosen.get(mention.inside) if mention.inside is not None else None

    def _near(self, index: int, entry: Entry, reasons: list[str]) -> float:
        """Up to 1.5 for the nearest settled places (other names), up to 0.8 for one in the same province."""
        if entry.lat is None or entry.lon is None or entry.kind in {"country", "continent", "macro", "sea"}:
            return 0.0
        best, same = 0.0, False
        own = fold(self.mentions[index].name)
        for other, anchor in self.chosen.items():
            if fold(self.mentions[other].name) == own or anchor.lat is None or anchor.lon is None:
                continue
            if anchor.kind in {"country", "continent", "macro", "sea"}:
                continue
            best = max(best, math.exp(-distance_km(entry.lat, entry.lon, anchor.lat, anchor.lon) / _NEAR_KM))
            same = same or (bool(entry.adm1) and entry.adm1 in {anchor.adm1, anchor.ref})
        if best > 0.2:
            reasons.append("near other places")
        if same:
            reasons.append("province of another place")
        return 1.5 * best + (0.8 if same else 0.0)

    def answer(self, index: int, gazetteer: Gazetteer) -> ResolvedPlace:
        mention = self.mentions[index]
        if mention.use == "common":
            return self._refer(index, gazetteer)
        candidates = tuple(self.scored.get(index, ()))
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
        close = [c for c in top if c.score > top[0].score - MARGIN] if top else []
        if close and len({c.country for c in close}) == 1:
            entry = next(e for e in mention.entries if e.ref == close[0].ref)
            return entry if len({c.adm1 for c in close}) == 1 else _country_only(entry)
        return None

    def _refer(self, index: int, gazetteer: Gazetteer) -> ResolvedPlace:
        """ "the city": the last place of that kind before it; "the Syrian capital": the country's capital."""
        mention = self.mentions[index]
        if mention.cue == "capital":
            country = mention.entries[0].country if mention.entries else max(self.share, key=lambda c: self.share[c],
                                                                             default="")
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


def _prior(entry: Entry) -> float:
    """Log of the population, with what it would need to be named bare for each kind of area."""
    if entry.kind == "country":
        return 6.0
    if entry.kind == "adm1":
        return 0.45 * math.log10(entry.population + 10) + 0.3
    if entry.kind == "adm2":
        return 0.3 * math.log10(entry.population + 10) - 0.3
    if entry.kind in {"continent", "macro", "sea", "river"}:
        return 4.5
    if entry.source.startswith("evenhand"):
        return 2.2
    return 0.6 * math.log10(entry.population + 10)


def _cue_score(mention: PlaceMention, entry: Entry, reasons: list[str]) -> float:
    if mention.cue is None:
        part = mention.relation is not None and mention.relation.kind in {"offset", "near", "outskirts", "bank"}
        return -0.5 if part and entry.kind in {"adm1", "adm2"} else 0.0
    kind = lexicon().generic.get(mention.cue, mention.cue)
    admits = _ADMITS.get(kind, frozenset())
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
    from dataclasses import replace

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
