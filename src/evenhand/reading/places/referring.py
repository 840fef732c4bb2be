"""What descriptions stand for: "the city" the last city named, "the capital" that of the country that is spoken of."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.placing import place_of, unresolved, with_extent
from evenhand.reading.places.records import Entry, PlaceMention, ResolvedPlace
from evenhand.reading.places.scoring import ADMITS

# What "the camp", "the region" can point back to, and how many people "the village", "the city" has.
_MEANT: dict[str, frozenset[str]] = {
    **{kind: frozenset({kind}) for kind in ("camp", "town", "quarter", "facility", "airbase", "adm1")},
    "region": frozenset({"region", "macro"}),
}
_SIZES: dict[str, tuple[float, float]] = {"village": (0, 15_000), "town": (0, 300_000), "city": (20_000, math.inf)}
_SETTLED = frozenset({"village", "town", "city", "camp", "hamlet", "district", "neighbourhood", "neighborhood"})
_CALLED = frozenset({"village", "hamlet", "settlement"})
_SMALL = frozenset({"village", "town", "hamlet"})
_BACK = 200
_LATELY = 4
_LEAD = 40
_CALLED_SO = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A report's mentions, the entries chosen for those by name, and the country that it is about ("" if none)."""

    mentions: Sequence[PlaceMention]
    chosen: Mapping[int, Entry]
    country: str
    text: str = ""


def refer(index: int, told: Told, gazetteer: Gazetteer) -> ResolvedPlace:
    """As in "the city": the last place of that kind before it; "the Syrian capital": the country's capital."""
    mention = told.mentions[index]
    if mention.cue == "capital":
        return _capital(index, mention, told, gazetteer)
    if mention.cue == "country":
        code = told.country
        country = gazetteer.country(code) if code else None
        if country is not None:
            found = place_of(index, mention, country, (), None, "the country that the text is about")
            return with_extent(found, gazetteer.extent(country)) if mention.relation is None else found
    kinds = _MEANT.get(mention.cue or "", ADMITS.get(mention.cue or "", frozenset({mention.cue or ""})))
    told_so = _called_before(index, told)
    if told_so is not None:
        name = told.mentions[told_so].name
        return place_of(index, mention, told.chosen[told_so], (), None, f"refers back to {name}, which was called so")
    low, high = _SIZES.get(mention.name.rsplit(" ", 1)[-1].lower(), (0, math.inf))
    back = range(index - 1, max(-1, index - 1 - _BACK), -1)
    # "the X government" names a city only where nothing else does
    for k in sorted(back, key=lambda k: told.mentions[k].use == "actor"):
        entry = told.chosen.get(k)
        if entry is not None and entry.kind in kinds and told.mentions[k].use in {"place", "actor"}:
            if entry.kind == "town" and not low <= entry.population < high:
                continue
            return place_of(index, mention, entry, (), None, f"refers back to {told.mentions[k].name}")
    beside = _called_behind(index, told)
    if beside is not None:
        why = f"refers back to {told.mentions[beside].name}, which was called so"
        return place_of(index, mention, told.chosen[beside], (), None, why)
    town = _town_of(index, told)
    if town is not None:
        why = f"in {told.mentions[town].name}, where it was told of before"
        return place_of(index, mention, told.chosen[town], (), None, why)
    named = _unlisted_before(index, told)
    if named is not None:
        return unresolved(index, replace(mention, name=named), f"refers back to {named}, which no list holds", (), None)
    return unresolved(index, mention, "nothing of this kind named before", (), None)


def _called_before(index: int, told: Told) -> int | None:
    """The listed place last called a village before "the village", unless one of no list was called so after it.

    A town that is named in between without that word is hardly meant.
    """
    noun = told.mentions[index].name.rsplit(" ", 1)[-1].lower()
    if noun not in _CALLED:
        return None
    for k in range(index - 1, max(-1, index - 1 - _BACK), -1):
        before = told.mentions[k]
        if before.use == "place" and before.cue == noun and before.name[:1].isupper():
            return k if k in told.chosen else None
    return None


def _called_behind(index: int, told: Told) -> int | None:
    """The last place before that is said to be one: "at Xa, the main base of the army … the perimeter of the base"."""
    noun = told.mentions[index].name.rsplit(" ", 1)[-1].lower()
    for k in range(index - 1, max(-1, index - 1 - _BACK), -1):
        if k in told.chosen and told.mentions[k].use == "place":
            end = told.mentions[k].end
            if re.match(
                rf",\s(?:the|an?)\s(?:[a-z-]{{2,16}}\s){{0,3}}{re.escape(noun)}\b", told.text[end : end + _CALLED_SO]
            ):
                return k
    return None


def _town_of(index: int, told: Told) -> int | None:
    """The last town before of which such a building was told: "a maternity hospital in Xa … the maternity hospital"."""
    noun = told.mentions[index].name.rsplit(" ", 1)[-1].lower()
    if noun in _SETTLED:
        return None
    for k in range(index - 1, max(-1, index - 1 - _BACK), -1):
        entry, at = told.chosen.get(k), told.mentions[k].start
        if entry is None or entry.kind != "town" or told.mentions[k].use != "place":
            continue
        lead = told.text[max(0, at - _LEAD) : at].lower().split()
        if lead[-2:-1] == [noun] and lead[-1] in ("in", "of", "at"):
            return k
    return None


def _unlisted_before(index: int, told: Told) -> str | None:
    """The last place before that was called so and is in no list: "the village of Xa … the village"."""
    noun = told.mentions[index].name.rsplit(" ", 1)[-1].lower()
    if noun not in _SETTLED:
        return None
    for k in range(index - 1, max(-1, index - 1 - _BACK), -1):
        before = told.mentions[k]
        if before.use == "place" and before.cue == noun and k not in told.chosen and before.name[:1].isupper():
            return before.name
    first = told.mentions[0]
    if noun in _SMALL and first.use == "dateline" and 0 not in told.chosen:
        return first.name.title()
    unlisted = {
        told.mentions[k].name
        for k in range(max(0, index - _BACK), index)
        if told.mentions[k].use == "place" and not told.mentions[k].entries and told.mentions[k].cue is None
    }
    if noun in _SMALL and len(unlisted) == 1:
        return unlisted.pop()
    return None


def _capital(index: int, mention: PlaceMention, told: Told, gazetteer: Gazetteer) -> ResolvedPlace:
    """As in "the Syrian capital", "the provincial capital": a country's, or the namesake town of the province."""
    if mention.relation is not None and mention.relation.words == "provincial":
        for k in range(index - 1, max(-1, index - 1 - _BACK), -1):
            entry = told.chosen.get(k)
            area = entry and (entry.name if entry.kind == "adm1" else entry.adm1_name)
            ref = entry and (entry.ref if entry.kind == "adm1" else entry.adm1)
            towns = [e for e in gazetteer.lookup(area or "") if e.kind == "town" and e.adm1 == ref]
            if towns:
                plain = replace(mention, relation=None)
                return place_of(index, plain, towns[0], (), None, f"capital of {area}, by its name")
        return unresolved(index, mention, "capital of an unknown province", (), None)
    if not mention.entries:
        for k in range(index - 1, max(-1, index - 1 - _LATELY), -1):  # "fired at Riyadh; fragments fell on the capital"
            entry = told.chosen.get(k)
            told_of = entry is not None and entry.kind == "town" and told.mentions[k].use != "dateline"
            seat = gazetteer.capital(entry.country) if entry is not None and told_of else None
            if seat is not None and entry is not None and seat.ref == entry.ref:
                return place_of(index, mention, seat, (), None, f"refers back to {told.mentions[k].name}")
    country = mention.entries[0].country if mention.entries else told.country
    capital = gazetteer.capital(country) if country else None
    if capital is not None:
        return place_of(index, mention, capital, (), None, f"capital of {country}")
    return unresolved(index, mention, "capital of an unknown country", (), None)
