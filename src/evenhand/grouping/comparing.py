"""Two happenings side by side: every feature says what it contributes to holding them to be one."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from evenhand.grouping.happenings import Happening, Spot
from evenhand.grouping.spots import WIDE_KM, called, compared
from evenhand.model.evidence import Record

_FAR = 20
_MASS = 1000
NEAR_DAYS = 3
"""Days within which a report that gives no day is taken to tell of what others tell."""
BACK_DAYS = 31
"""Days after which a report that gives no day is no longer taken to go back to what was told before."""
_ALIKE = 0.4
"""Likeness beyond which words show no more: two texts about two strikes may be worded alike."""
_ROUNDING = 1e-3
_NO_KIND = frozenset({"other"})
"""Beside the dead and wounded it says nothing of what they died of."""
TELLING = 3
"""The smallest exact number that, told twice, shows anything: one or two dead there are every day."""


Tolls = tuple[tuple[float, float], ...]


class Part(Record, frozen=True, kw_only=True):
    """One feature: the name of its weight, what it adds, and the fact it rests on."""

    name: str
    value: float
    fact: str


class Comparison(Record, frozen=True, kw_only=True):
    """The sum of its parts; above 0 speaks for one happening."""

    score: float
    parts: tuple[Part, ...]


class Weights(Record, frozen=True, kw_only=True):
    """The tables of `weights.toml`."""

    between: Mapping[str, float]
    within: Mapping[str, float]
    effects: frozenset[str]
    causes: tuple[frozenset[str], ...]
    lethal: frozenset[str]
    mixed: frozenset[str]
    states: frozenset[str]


@cache
def packaged_weights() -> Weights:
    """The weights that ship with evenhand."""
    table = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    kinds = table["kinds"]
    groups = (*kinds["causes"], kinds["alone"], kinds["talk"], kinds["relief"])
    return Weights(
        between=table["between"],
        within=table["within"],
        effects=frozenset(kinds["effects"]),
        causes=tuple(frozenset(group) for group in groups),
        lethal=frozenset(kinds["lethal"]),
        mixed=frozenset(kinds["mixed"]),
        states=frozenset(kinds["states"]),
    )


def most_by_words(weights: Weights, cosines: tuple[float, float] = (1.0, 1.0)) -> float:
    """The most that likeness of words and of openings can add to what two happenings score without it."""
    words, openings = (max(0.0, weights.between.get(name, 0.0)) for name in ("words", "opening"))
    return words * min(cosines[0], _ALIKE) + openings * cosines[1] + _ROUNDING


class Scale:
    """Adds up parts under one table of weights; a feature without a weight there contributes nothing.

    Only where it is asked to explain does it keep the parts: most pairs are compared and never shown.
    """

    def __init__(self, table: Mapping[str, float], *, explain: bool = False) -> None:
        self._table = table
        self.score = table["bias"]
        self._parts: list[Part] | None = None
        if explain:
            self._parts = [Part(name="bias", value=table["bias"], fact="before anything is compared")]

    def add(self, name: str, fact: str, *values: object, times: float = 1.0) -> None:
        """Put one feature on the scale; `fact` is completed with the values by str.format."""
        value = self._table.get(name, 0.0) * times
        if value:
            self.score += value
            if self._parts is not None:
                self._parts.append(Part(name=name, value=round(value, 4), fact=fact.format(*map(_shown, values))))

    def comparison(self) -> Comparison:
        """What lies on the scale."""
        return Comparison(score=round(self.score, 4), parts=tuple(self._parts or ()))


def put_common(scale: Scale, one: Happening, two: Happening, cosine: float, weights: Weights) -> None:
    """The features that hold between any two happenings, of one report or of two."""
    _time(scale, one, two)
    if one.report == two.report:
        _place(scale, one.spots, two.spots)
    else:
        ones, twos = called(one.spots), called(two.spots)
        if (ones and twos) or not (one.spots and two.spots):
            _place(scale, ones, twos)
    _kind(scale, one, two, weights)
    _tolls(scale, one, two)
    if one.actors and two.actors:
        shared = one.actors & two.actors
        scale.add("actor" if shared else "actor_apart", "who did it, names in common: {}", shared or "none")
    if shared := one.targets & two.targets:
        scale.add("target", "who was harmed: {}", shared)
    told_again = one.report != two.report and _as_many(one.killed, two.killed)  # "in a raid in July that killed 53"
    if one.cumulative != two.cumulative and not told_again:
        scale.add("cumulative", "one is a total over a longer time")
    if one.lead and two.lead:
        scale.add("both_lead", "both open their report" if one.report != two.report else "both open the report")
    elif one.lead != two.lead:
        scale.add("one_lead", "one opens its report, the other does not")
    if not (one.located and two.located):
        scale.add("unlocated", "one has neither day nor place")
    if cosine > 0:
        scale.add("words", "likeness of the words {}", cosine, times=min(cosine, _ALIKE))


def _time(scale: Scale, one: Happening, two: Happening) -> None:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        if one.published is not None and two.published is not None:
            scale.add(*_untimed(one, two, one.published, two.published))
        return
    gap = max(one.start, two.start) - min(one.end, two.end)
    if gap <= 0:
        both = one.precise and two.precise
        scale.add("same_day" if both else "day_wide", "the same day" if both else "times meet, one is wide")
    elif gap == 1:
        scale.add("day_near" if one.precise and two.precise else "day_near_wide", "one day apart")
    else:
        scale.add("day_far", "{} days apart", gap)


def _untimed(one: Happening, two: Happening, published: int, other: int) -> tuple[str, str, int]:
    """By the days of publication, where one gives no day; where the other does, by that day, too.

    Who gives no day mostly tells of the last days: of the day that the other names, whenever that one came out.
    """
    gap = abs(published - other)
    if _is_before(one, two) or _is_before(two, one):
        return "too_early", "no time in one, which came out before the day of the other; {} days apart", gap
    day, after = (one.end, other) if one.precise else (two.end, published) if two.precise else (None, 0)
    since = gap if day is None else min(gap, max(0, after - day))
    if since <= NEAR_DAYS:
        return "published_near", "no time in one, which came out {} days after the other or after its day", since
    if _goes_back(one, two):
        return "published_back", "no time in one, which goes back; published {} days apart", gap
    return "published_far" if day is None else "published_later", "no time in one; {} days apart", since


def _is_before(one: Happening, two: Happening) -> bool:
    """Whether the first came out before the day of the second: it cannot tell of it."""
    return one.start is None and two.start is not None and one.published is not None and one.published < two.start


def _goes_back(one: Happening, two: Happening) -> bool:
    """Whether the later report, without a day, speaks of what was told before of the same place, some weeks ago."""
    first, later = (one, two) if (one.published or 0) <= (two.published or 0) else (two, one)
    if not later.back or first.published is None or later.published is None:
        return False
    return later.published - first.published <= BACK_DAYS and any(
        spot.radius < WIDE_KM and (spot.name == other.name or (spot.written and spot.written == other.written))
        for spot in later.spots
        for other in first.spots
    )


def kind_of(ones: tuple[str, ...], twos: tuple[str, ...], weights: Weights) -> str:
    """The name of the weight that two happenings of these kinds have by them."""
    return _kinds(ones, twos, weights.effects, weights.mixed, weights.causes)[0]


def _place(scale: Scale, ones: tuple[Spot, ...], twos: tuple[Spot, ...]) -> None:
    if not ones or not twos:
        scale.add("no_place", "no place in one of them")
    elif found := compared(ones, twos):
        _, name, one, two, apart = found
        scale.add(name, "{} and {}: {} km", one, two, "?" if apart is None else apart)


def _kind(scale: Scale, one: Happening, two: Happening, weights: Weights) -> None:
    name, shared = _kinds(one.types, two.types, weights.effects, weights.mixed, weights.causes)
    if name in _SHARED:
        scale.add(name, _SHARED[name], shared)
    else:
        scale.add(name, _KINDS[name], frozenset(one.types), frozenset(two.types))


_SHARED = {"same_type": "both: {}", "same_harm": "both: {}, by other kinds of deed"}
_KINDS = {"kin_type": "{} with {}", "other_type": "{} against {}"}


@lru_cache(maxsize=50_000)  # two of some hundred combinations of kinds
def _kinds(
    one: tuple[str, ...],
    two: tuple[str, ...],
    effects: frozenset[str],
    mixed: frozenset[str],
    groups: tuple[frozenset[str], ...],
) -> tuple[str, frozenset[str]]:
    """The name of the weight, and the kinds in common."""
    ones, twos = frozenset(one), frozenset(two)
    told = [kinds - _NO_KIND if kinds & effects else kinds for kinds in (ones, twos)]  # "violence in which 22 died"
    causes = (told[0] - effects, told[1] - effects)
    shared = causes[0] & causes[1] or ((ones & twos) if not all(causes) else frozenset())
    if shared:
        return "same_type", shared
    if _kin(causes[0] or ones, causes[1] or twos, effects, effects | mixed | groups[0], groups):
        return "kin_type", shared
    harm = ones & twos & effects
    return "same_harm" if harm else "other_type", harm


def _kin(
    ones: frozenset[str],
    twos: frozenset[str],
    effects: frozenset[str],
    violent: frozenset[str],
    groups: tuple[frozenset[str], ...],
) -> bool:
    for some, others in ((ones, twos), (twos, ones)):
        if some & effects and others & violent:
            return True
    return any(ones & group and twos & group for group in groups)


def _tolls(scale: Scale, one: Happening, two: Happening) -> None:
    """Of the dead and of the injured: they grow as days go by, and a later report with more is of no other deed."""
    first, later = (one, two) if (one.published or 0) <= (two.published or 0) else (two, one)
    grows = one.published is not None and two.published is not None and one.published != two.published
    spans = one.precise == two.precise or one.start is None or two.start is None
    _toll(scale, "dead", first.killed, later.killed, grows=grows, alike=spans)
    _toll(scale, "injured", first.injured, later.injured, grows=grows, alike=spans)


def _as_many(ones: Tolls, twos: Tolls) -> float:
    """The greatest exact number that both give, 0 where none of them shows anything."""
    shared = [one[0] for one in ones if one[0] == one[1] and one[0] >= TELLING and one in twos]
    return max(shared, default=0.0)


def _toll(scale: Scale, what: str, firsts: Tolls, laters: Tolls, *, grows: bool, alike: bool) -> None:
    if not firsts or not laters:
        return
    if same := _as_many(firsts, laters):
        scale.add("toll_equal", "the same number of {}: {}", what, same)
        return
    first, later = (max(low for low, _ in tolls) for tolls in (firsts, laters))
    least, most = min(first, later), max(first, later)
    if most > _FAR * max(1.0, least) and most >= _MASS:
        scale.add("toll_far", "{}: {} and {}", what, least, most)
    elif most > 3 * max(1.0, least):
        scale.add("toll_grown" if grows and later > first else "toll_apart", "{}: {} and {}", what, least, most)
    elif alike:  # of a day and of a week no two numbers are near each other
        scale.add("toll_near", "{}: {} and {}", what, least, most)


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
