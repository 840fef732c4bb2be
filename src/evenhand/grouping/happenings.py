"""A claim, or claims of one report about one happening, as what can be compared: when, where, what, how many."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from evenhand.grouping.told import (
    beside_its_cause,
    counts_since,
    in_a_month,
    is_compared,
    kind,
    looks_back,
)
from evenhand.model.evidence import Record, Span, contains
from evenhand.model.reading import Claim, ClaimType, Participant, Place, Reading

EVENTUAL = frozenset({"asserted", "possible"})
"""Modalities under which a claim says that something happened; hopes, demands and plans make no incident."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG_DAYS = 10
_VAGUE_DAYS = 31
UNPLACED_KM = 150.0
PROVINCE_KM = 60.0  # at least; a town within it bears another name and is no other place
_UNLISTED_KM = 10.0  # of a named place of which no list tells the size
_COUNTED = frozenset({"killed", "injured", "detained", "displaced", "evacuated"})
_ANYBODY = frozenset({
    "the", "those", "who", "others", "least", "more", "than", "most", "many", "all", "some", "other", "over", "about",
    "around", "nearly", "dozens", "scores", "hundreds", "thousands", "several", "people", "person", "persons",
    "civilians", "civilian", "residents", "women", "woman", "children", "child", "men", "man", "victims", "dead",
    "killed", "wounded", "injured", "casualties", "them", "they", "him", "her", "you", "its", "his", "their", "it",
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "and", "including", "among", "mostly",
    "area", "areas", "town", "city", "village", "strike", "strikes", "attack", "attacks", "air", "forces", "jets",
    "warplanes", "planes", "aircraft", "helicopter", "helicopters", "fighters", "militants",
})  # fmt: skip
"""Words that name anybody: two happenings that share no more than "dozens of civilians" share nobody."""
_LEAD_SENTENCES = 3
_LEAD_LENGTH = 600


class Spot(Record, frozen=True, kw_only=True):
    """A place as it is compared: folded name, degrees and km, or the name alone; `written`: as the report spells it.

    `country` is its ISO code, empty where that is not known. `around` is the circle (degrees, km) of a province or
    country, in which of whose towns it was is not known: it shows what is far from it, and nothing else.
    """

    name: str
    lat: float | None
    lon: float | None
    radius: float
    written: str = ""
    country: str = ""
    around: tuple[float, float, float] | None = None

    @property
    def circle(self) -> tuple[float, float, float] | None:
        """Where it is for sure: latitude, longitude, km."""
        return self.around if self.lat is None or self.lon is None else (self.lat, self.lon, self.radius)

    @property
    def called(self) -> bool:
        """Whether it has a name that tells it from others: "the village" has none."""
        return bool(self.written) or self.lat is not None


class Happening(Record, frozen=True, kw_only=True):
    """`start`, `end` are day ordinals (proleptic Gregorian), None where no time is known.

    `killed` and `injured` hold (low, high); `terms` the words around the claims with their counts. `sentences` are
    the numbers of those that speak of it; `triggers` the spans by which it is found in shared passages. `lead`: the
    report opens with it, and `lead_terms` are the words it opens with. `marked`: its own sentence says when, where
    (smaller than a province) or how many, so that it is told as one happening and not mentioned in passing. `back`: no
    day is given, and its sentence says that it was told before ("the toll of the raid has risen to N").
    """

    report: str
    claims: tuple[str, ...]
    types: tuple[ClaimType, ...]
    start: int | None
    end: int | None
    published: int | None
    spots: tuple[Spot, ...]
    killed: tuple[tuple[float, float], ...]
    injured: tuple[tuple[float, float], ...]
    actors: frozenset[str]
    targets: frozenset[str]
    terms: Mapping[str, int]
    triggers: tuple[Span, ...]
    sentences: tuple[int, ...]
    cumulative: bool
    lead: bool
    lead_terms: Mapping[str, int]
    marked: bool = True
    back: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Report id and first claim: what it is called and ordered by."""
        return self.report, self.claims[0]

    @property
    def precise(self) -> bool:
        """Whether the time is known to two days."""
        return self.start is not None and self.end is not None and self.end - self.start <= 1

    @property
    def located(self) -> bool:
        """Whether a day or a place smaller than a province is known: what makes one happening of many."""
        if self.precise:
            return True
        for spot in self.spots:  # noqa: SIM110 - asked twice for every pair, and `any` takes twice as long
            if spot.lat is not None and spot.radius < UNPLACED_KM:
                return True
        return False


def claims_as_happenings(reading: Reading) -> tuple[Happening, ...]:
    """Each claim of a report that says something happened, on its own, in the order of the text."""
    parties = {entity.id: entity.party or _somebody(entity.name) for entity in reading.entities}
    published = _ordinal(reading.report.published)
    eventual = (claim for claim in reading.claims if claim.modality in EVENTUAL)
    chosen = sorted(eventual, key=lambda claim: (claim.trigger, claim.id))
    opening = Counter(_opening_words(reading))
    return tuple(_one(reading, claim, parties, published, opening) for claim in chosen)


def terms_of(reading: Reading) -> set[str]:
    """All words around the claims of a report, and those it opens with where a claim stands there."""
    terms: set[str] = set()
    for claim in reading.claims:
        if claim.modality in EVENTUAL:
            terms.update(_sentence(reading, claim)[1])
            if claim.trigger[0] < _opening(reading):
                terms.update(_opening_words(reading))
    return terms


def joined(parts: Iterable[Happening]) -> Happening:
    """Several claims' happenings as one: the narrowest times and all places, tolls, names and words."""
    ordered = sorted(parts, key=lambda part: (part.triggers[0], part.claims[0]))
    timed = [part for part in ordered if part.start is not None and part.end is not None]
    narrow = _most_told([part for part in timed if part.precise]) or timed
    terms: Counter[str] = Counter()
    for sentence_part in {part.sentences: part for part in ordered}.values():
        terms.update(sentence_part.terms)
    return Happening(
        report=ordered[0].report,
        claims=tuple(claim for part in ordered for claim in part.claims),
        types=tuple(dict.fromkeys(kind for part in ordered for kind in part.types)),
        start=min((part.start for part in narrow if part.start is not None), default=None),
        end=max((part.end for part in narrow if part.end is not None), default=None),
        published=ordered[0].published,
        spots=tuple(sorted({spot for part in ordered for spot in part.spots}, key=_whole_order)),
        killed=tuple(dict.fromkeys(toll for part in ordered for toll in part.killed)),
        injured=tuple(dict.fromkeys(toll for part in ordered for toll in part.injured)),
        actors=frozenset().union(*(part.actors for part in ordered)),
        targets=frozenset().union(*(part.targets for part in ordered)),
        terms=dict(terms),
        triggers=tuple(trigger for part in ordered for trigger in part.triggers),
        sentences=tuple(sorted({at for part in ordered for at in part.sentences})),
        cumulative=all(part.cumulative for part in ordered),
        lead=any(part.lead for part in ordered),
        lead_terms=next((part.lead_terms for part in ordered if part.lead), {}),
        marked=any(part.marked for part in ordered),
        back=not timed and any(part.back for part in ordered),
    )


def _most_told(precise: list[Happening]) -> list[Happening]:
    """Those of the days that most of them give, where all their days together are more than two."""
    starts = [part.start for part in precise if part.start is not None]
    ends = [part.end for part in precise if part.end is not None]
    if not precise or max(ends) - min(starts) <= 1:
        return precise
    told = Counter((part.start, part.end) for part in precise)
    days = min(told, key=lambda days: (-told[days], days[0] or 0, days[1] or 0))
    return [part for part in precise if (part.start, part.end) == days]


def _whole_order(spot: Spot) -> tuple[float, str, str, str, float, float, tuple[float, ...]]:
    """The smallest first; spots differ in one of these, so that no set's order shows."""
    return spot.radius, spot.name, spot.written, spot.country, spot.lat or 0.0, spot.lon or 0.0, spot.around or ()


def _opening_words(reading: Reading) -> tuple[str, ...]:
    return _words(" ".join([reading.report.title or "", reading.report.text[: _opening(reading)]]))


def _opening(reading: Reading) -> int:
    """Where the opening of a report ends: three sentences, 600 code points at most."""
    ends = [end for _, end in reading.sentences[:_LEAD_SENTENCES]]
    return min(max(ends, default=_LEAD_LENGTH), _LEAD_LENGTH)


def _one(
    reading: Reading, claim: Claim, parties: Mapping[str, str], published: int | None, opening: Mapping[str, int]
) -> Happening:
    at, words = _sentence(reading, claim)
    lead = claim.trigger[0] < _opening(reading)
    start, end = _window(claim, published)
    one_day = start is not None and end is not None and end - start <= 1  # "the toll rose to N" is of that day
    of_one = one_day or (start is None and beside_its_cause(reading, claim))
    totals = [one for one in claim.quantities if of_one or not one.cumulative]
    running = any(one.cumulative for one in claim.quantities) and not of_one
    running = running or (bool(claim.quantities) and counts_since(reading, claim, at))
    named = claim.place is not None and bool(_written(claim.place, reading.report.text))
    long_past = (
        start is not None
        and end is not None
        and end - start > _LONG_DAYS
        and not in_a_month(reading, claim, named=named)
    )
    return Happening(
        report=reading.report.id, claims=(claim.id,), types=(kind(reading, claim),), start=start, end=end,
        published=published,
        spots=() if is_compared(reading, claim) else _spots(claim.place, reading.report.text),
        killed=tuple(_range(quantity) for quantity in totals if quantity.role == "killed"),
        injured=tuple(_range(quantity) for quantity in totals if quantity.role == "injured"),
        actors=_names(claim.actor, parties), targets=_names(claim.target, parties),
        terms=Counter(words), triggers=(claim.trigger,), sentences=(at,),
        cumulative=running or (long_past and bool(claim.quantities)),
        lead=lead, lead_terms=opening if lead else {}, marked=_is_marked(reading, claim, at),
        back=start is None and looks_back(reading, claim, at),
    )  # fmt: skip


def _is_marked(reading: Reading, claim: Claim, at: int) -> bool:
    """Whether the claim's own sentence, not one before it, says when, where or how many.

    Not what another deed is only counted from: "the attacks came two days after 50 were killed in X".
    """
    when = claim.time.span if claim.time is not None else None
    if when is not None and reading.report.text[slice(*when)].endswith(" after"):
        return False
    if any(quantity.role in _COUNTED for quantity in claim.quantities):
        return True
    first, last = reading.sentences[at] if at >= 0 else claim.trigger
    said = [claim.time.span if claim.time else None]
    said += [
        spot.span
        for spot in (claim.place,)
        if spot is not None and _spots(spot, reading.report.text)[0].radius < UNPLACED_KM
    ]
    return any(span is not None and first <= span[0] < last for span in said)


def _window(claim: Claim, published: int | None) -> tuple[int | None, int | None]:
    """The days of a claim; none where one end is open, where they lie after the report, or span months idly."""
    start = _ordinal(claim.time.start) if claim.time else None
    end = _ordinal(claim.time.end) if claim.time else None
    if start is None or end is None or (published is not None and start > published):
        return None, None
    if end - start > _VAGUE_DAYS and not claim.quantities:
        return None, None
    return start, end


def _sentence(reading: Reading, claim: Claim) -> tuple[int, tuple[str, ...]]:
    for at, span in enumerate(reading.sentences):
        if contains(span, claim.trigger) or span[0] <= claim.trigger[0] < span[1]:
            return at, _words(reading.report.text[span[0] : span[1]])
    spans = claim.evidence or (claim.trigger,)
    return -1 - claim.trigger[0], _words(" ".join(reading.report.text[start:end] for start, end in spans))


@lru_cache(maxsize=2_000)  # the sentence of one claim is that of others
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _spots(place: Place | None, text: str) -> tuple[Spot, ...]:
    if place is None:
        return ()
    # A province or district comes as the circle of its towns: in which of them it happened is not known.
    located = place.position is not None and place.precision not in (3, 4)
    radius = place.radius_km if located and place.radius_km is not None else _UNLISTED_KM
    named = place.gazetteer is None and place.name[:1].isupper()  # of no list, in a province or country that is known
    if place.precision in (3, 4) and not named:
        radius = max(radius, PROVINCE_KM)
    if place.precision is not None and place.precision >= 6 and not named:
        radius = max(radius, UNPLACED_KM)
    around = None
    if not located and place.lat is not None and place.lon is not None and place.radius_km is not None:
        around = (place.lat, place.lon, place.radius_km)
    return (
        Spot(
            name=_fold(place.name), radius=radius,
            lat=place.lat if located else None, lon=place.lon if located else None,
            written=_written(place, text), country=place.country or "", around=around,
        ),
    )  # fmt: skip


def _written(place: Place, text: str) -> str:
    """The name as the report spells it ("Xa" of "the border village of Xa"), empty for "the town".

    "The town" that is known to be Xa, which no list holds, is called so.
    """
    words = text[slice(*place.span)] if place.span is not None else ""
    if not words[:1].isupper():
        words = words.rpartition(" of ")[2]
    if not words[:1].isupper() and place.position is None and place.gazetteer is None:
        words = place.name
    return _fold(words) if words[:1].isupper() else ""


def _range(quantity: object) -> tuple[float, float]:
    low, best, high = (getattr(quantity, name) for name in ("low", "best", "high"))
    known = [value for value in (low, best, high) if value is not None]
    if not known:
        return 0.0, float("inf")
    return float(min(known)), float(max(known))


def _names(participant: Participant | None, parties: Mapping[str, str]) -> frozenset[str]:
    if participant is None:
        return frozenset()
    known = parties.get(participant.entity) if participant.entity else None
    name = known or _somebody(participant.name)
    return frozenset({name} if name else ())


def _somebody(name: str) -> str:
    """A name without the words that name anybody; empty where nothing else is left."""
    return " ".join(word for word in _fold(name).split() if word not in _ANYBODY)


def _fold(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold())) or name.casefold().strip()


def _ordinal(day: str | None) -> int | None:
    if day is None:
        return None
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None
