"""Whether two origins' answers to a question agree, contradict each other, or cannot be compared.

Only what can be decided from the records is decided: dates overlap or not, circles on the ground meet or not,
ranges of numbers meet or not, parties are the same or not. Two actors or victims put in different words, of whom
no party is known, are *not compared*; likeness of wording is no evidence either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeVar

from evenhand.dossier.geo import DEFAULT_KM, SLACK_KM, distance
from evenhand.dossier.naming import place_key
from evenhand.dossier.words import is_area
from evenhand.model.reading import Place

Verdict = Literal["agrees", "differs", "open"]
T = TypeVar("T")


class Who(NamedTuple):
    """An actor or victim: the folded name as printed, and the party it belongs to, if one is known."""

    name: str
    party: str | None


class Count(NamedTuple):
    """A range of numbers, and the ISO date of the report that gives it ("" where that is not known)."""

    low: float
    high: float
    as_of: str


class Blame(NamedTuple):
    """Whom an origin blames (an admission blames one's own side), and for whom it denies having done it."""

    blamed: frozenset[str]
    cleared: frozenset[str]


def same(one: str, two: str) -> Verdict:
    """Answers of a fixed set, such as asserts and denies."""
    return "agrees" if one == two else "differs"


def times(one: tuple[str, str], two: tuple[str, str]) -> Verdict:
    """(first, last) ISO dates, inclusive: they agree when they share a day."""
    return "agrees" if one[0] <= two[1] and two[0] <= one[1] else "differs"


def counts(one: Count, two: Count) -> Verdict:
    """They agree when a number lies in both; a higher one of a later day may be an update and is not compared."""
    if one.low <= two.high and two.low <= one.high:
        return "agrees"
    lower, higher = (one, two) if one.high < two.low else (two, one)
    return "open" if lower.as_of and higher.as_of and lower.as_of < higher.as_of else "differs"


def places(one: Place, two: Place) -> Verdict:
    """The same entry of the gazetteer, or circles that meet, agree; a country agrees with what lies in it.

    Two areas (provinces, sides of a country) whose circles meet may be neighbours: they are not compared.
    """
    if place_key(one) == place_key(two):
        return "agrees"
    if one.position is not None and two.position is not None:
        apart = distance(one.position, two.position)
        reach = (one.radius_km or DEFAULT_KM) + (two.radius_km or DEFAULT_KM) + SLACK_KM
        if apart > reach:
            return "differs"
        return "open" if is_area(one) and is_area(two) else "agrees"
    if one.country is None or two.country is None:
        return "open"
    if one.country != two.country:
        return "differs"
    return "agrees" if 6 in (one.precision, two.precision) else "open"  # UCDP where_prec 6: the country


def people(one: Who, two: Who) -> Verdict:
    """The same party or the same words agree; two known parties that are not the same differ."""
    if one.party and two.party:
        return "agrees" if one.party == two.party else "differs"
    return "agrees" if one.name == two.name else "open"


def blames(one: Blame, two: Blame) -> Verdict:
    """Blamed sets that overlap agree; a denial differs from blame of the party that denies."""
    if one.blamed & two.cleared or two.blamed & one.cleared:
        return "differs"
    if one.blamed and two.blamed:
        return "agrees" if one.blamed & two.blamed else "differs"
    if one.cleared and two.cleared:
        return "agrees" if one.cleared & two.cleared else "open"
    return "open"


def between(
    mine: Sequence[T], others: Sequence[Sequence[T]], compare: Callable[[T, T], Verdict]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Indices of the others that agree with one of my answers, and of those that contradict them all."""
    agreeing, differing = [], []
    for index, theirs in enumerate(others):
        verdicts = {compare(one, two) for one in mine for two in theirs}
        if "agrees" in verdicts:
            agreeing.append(index)
        elif verdicts == {"differs"}:
            differing.append(index)
    return tuple(agreeing), tuple(differing)
