"""What a number of dead or wounded counts, by the words around it: all of them, some of them, or those still feared."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evenhand.assessing.phrases import bounded
from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Quantity, QuantityRole

_REACH = 60
_ANYBODY = frozenset({"people", "persons", "civilians", "others", "dead", "victims"})


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    """The patterns of `counted.toml` by section and name ("before.since_long"), with the words of its lists put in."""
    table = tomllib.loads((Path(__file__).parent / "counted.toml").read_text("utf-8"))
    words = {name: f"(?:{'|'.join(listed)})" for name, listed in table["words"].items()}
    found = {
        f"{section}.{name}": re.compile(
            bounded(_SLOT.sub(lambda slot: words[slot[1]], pattern)),
            0 if (section, name) in _AS_WRITTEN else re.IGNORECASE,
        )
        for section in ("before", "after", "about", "between", "none")
        for name, pattern in table[section].items()
    }
    opening = "|".join(table["beginnings"]["sentence"])
    return found | {"after.sentence": re.compile(rf"\s{{1,20}}(?:{opening})\s")}


_SLOT = re.compile(r"(?<!\?P)<(\w+)>")
_AS_WRITTEN = {("after", "to"), ("between", "and"), ("between", "list")}
"""Patterns that tell capitals from small letters."""


def _is(phrase: str, text: str, span: Span) -> bool:
    """Whether the words before or after a number, or of its clause, are such a phrase."""
    section, pattern = phrase.partition(".")[0], _phrases()[phrase]
    if section == "after":
        return pattern.match(text[span[1] : span[1] + _AFTER.get(phrase, _REACH)]) is not None
    if section == "about":
        return pattern.search(_around(text, span)) is not None
    return pattern.search(text[max(0, span[0] - _BEFORE.get(phrase, _REACH)) : span[0]]) is not None


def _joins(phrase: str, between: str) -> bool:
    """Whether words between two numbers are such a phrase and nothing more."""
    return _phrases()[f"between.{phrase}"].fullmatch(between) is not None


_BEFORE = {"before.since_long": 2 * _REACH, "before.seen": 3 * _REACH, "before.known": 4 * _REACH}
_AFTER = {"after.own": 2 * _REACH, "after.of_wounds": 2 * _REACH, "after.more_died": 3 * _REACH}
"""Code points that are looked at where they are not `_REACH`."""


def counts_of(text: str, claim: Claim) -> dict[str, Any]:
    """What the numbers of a claim count, by the names that `voices.Voice` has for it; most claims have none."""
    return {
        "parts": parts_of(text, claim), "feared": feared_of(text, claim) | totals_of(text, claim),
        "earlier": earlier_of(text, claim), "lowered": lowered_of(text, claim), "firsts": firsts_of(text, claim),
        "some": some_of(text, claim), "known": known_of(text, claim), "sums": sums_of(text, claim),
    }  # fmt: skip


def parts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count some of the dead: "two of the dead", "including N and M", "N more".

    Those that count different dead of one deed are no parts (see `sums_of`).
    """
    summed = {span for group in sums_of(text, claim) for span in group}
    parts: set[Span] = set()
    last: Span | None = None
    for quantity in sorted(claim.quantities, key=lambda one: one.span):
        span = quantity.span
        listed = last is not None and _joins("list", text[last[1] : span[0]][:_REACH])
        goes_on = last in parts and listed
        more = (
            quantity.role != "injured" and span not in summed and _is_more(text, span)
        )  # "wounding 20 others" are all
        if goes_on or more or _is_part(text, span):
            parts.add(span)
        last = span
    return frozenset(parts)


def sums_of(text: str, claim: Claim) -> tuple[tuple[Span, ...], ...]:
    """Groups of numbers of one claim that count different dead of one deed: "22 children, six teachers and a guard".

    Only where nothing but what is counted, commas and one "and" stand between them; "five in one town and seven in
    another" are of two places and stay apart, and what follows "12 people," tells those people apart.
    """
    return tuple(group for role in _SUMMED for group in _groups(text, claim, role))


_SUMMED: tuple[QuantityRole, ...] = ("killed", "injured")


def _groups(text: str, claim: Claim, role: QuantityRole) -> list[tuple[Span, ...]]:
    counted = [one for one in claim.quantities if one.role == role and one.part_of is None and not one.cumulative]
    groups: list[tuple[Span, ...]] = []
    run: list[Quantity] = []
    for one in sorted(counted, key=lambda quantity: quantity.span):
        free = one.op != "plural" and not _is_part(text, one.span)
        between = text[run[-1].span[1] : one.span[0]] if run else ""
        if run and free and len(between) < 2 * _REACH and _joins("and", between):
            groups.append(tuple(each.span for each in (*run, one)))
            run = []
        elif run and free and "," in between and _joins("list", between[: 2 * _REACH]) and _is_told(run[-1], one):
            run.append(one)
        else:
            run = [one] if free and (role == "injured" or not _is_more(text, one.span)) else []
    return groups


def _is_told(one: Quantity, two: Quantity) -> bool:
    """Whether both of a list with commas say whom they count: neither are just people, told apart by the next."""
    first, second = (one.of or "").casefold(), (two.of or "").casefold()
    return bool(first and second) and first not in _ANYBODY and second not in _ANYBODY - {"civilians"}


def earlier_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that were given and no longer are: "up from 30", "the previous toll of 20"."""
    return frozenset(quantity.span for quantity in claim.quantities if _is_earlier(text, quantity.span))


def firsts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that were given first: they hold as long as their teller gives no other beside."""
    return frozenset(one.span for one in claim.quantities if _is("before.first", text, one.span))


def known_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that only say which deed is meant: the report's, not of who judges the deed."""
    return frozenset(one.span for one in claim.quantities if _is("before.known", text, one.span))


def some_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count those whom somebody saw, or who were his own: no total beside a larger.

    With them the smaller numbers that tell them apart: "three of its staff, two drivers and a nurse".
    """
    found = [
        one
        for one in claim.quantities
        if _is("after.own", text, one.span)
        or _is("before.own_losses", text, one.span)
        or (_is("before.seen", text, one.span) and _is("after.bodies", text, one.span))
    ]
    return frozenset(
        one.span
        for one in claim.quantities
        if any(one is some or (one.span > some.span and (one.low or 0) < (some.low or 0)) for some in found)
    )


def nobody_of(text: str, claim: Claim) -> str | None:
    """Of whom it is said that none died: "" of anybody, else whom it counts ("no | soldiers | were killed").

    None where that is not said, where only their own are meant ("no losses among its men"), or the civilians.
    """
    if claim.polarity != "denied" or claim.type not in _OF_PERSONS or claim.modality != "asserted":
        return None
    start, end = claim.trigger
    before = text[max(0, start - _REACH) : start]
    if _phrases()["none.of_some"].match(text[end : end + _REACH]):
        return None
    if _phrases()["none.nobody"].search(before):
        return ""
    word = text[start:end].casefold()
    if word in _LOST:
        return None
    if word.rstrip("s") in _TOLLS:
        return "" if _phrases()["none.no_dead"].search(before) else None
    found = _phrases()["none.none_of_a_force"].search(before)
    return found["who"].casefold() if found is not None else None


_OF_PERSONS = frozenset({"killing", "injury"})
_LOST = frozenset({"lost", "lose", "loses", "losing"})
"""Of one's own people, and not of anybody's."""
_TOLLS = frozenset({"casualtie", "casualty", "death", "fatalitie", "fatality", "victim", "dead", "injurie", "injury"})


def lowered_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that are said to replace a higher one: "revised down to 93"."""
    return frozenset(quantity.span for quantity in claim.quantities if _is("before.lowered", text, quantity.span))


def _is_earlier(text: str, span: Span) -> bool:
    stepped = _is("before.from", text, span) and _is("after.to", text, span)
    return stepped or _is("after.more_died", text, span) or _is("before.earlier", text, span)


def feared_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that say what a toll may become, and so are none."""
    return frozenset(quantity.span for quantity in claim.quantities if _is("before.feared", text, quantity.span))


def totals_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count the dead of a war or of months, and so of no one incident."""
    return frozenset(
        quantity.span
        for quantity in claim.quantities
        if any(_is(phrase, text, quantity.span) for phrase in _OF_MANY_DEEDS)
        or (quantity.cumulative and claim.time is None and _is("about.since", text, quantity.span))
    )


_OF_MANY_DEEDS = (
    "before.since_long", "after.sentence", "about.of_a_war", "about.of_a_week", "about.killed_since", "about.of_many",
)  # fmt: skip


def _around(text: str, span: Span) -> str:
    """The words about a number up to the ends of its clause."""
    before = re.split(r"[.;:\n]\s", text[max(0, span[0] - 2 * _REACH) : span[0]])[-1]
    return before + text[span[0] : span[1]] + re.split(r"[.;:\n]", text[span[1] : span[1] + 2 * _REACH])[0]


def _is_more(text: str, span: Span) -> bool:
    """Whether it counts further dead beside others: "another 17", "three more", "four died of their wounds".

    "The mayor and 20 others" are all.
    """
    after = _phrases()["after.more_after"].match(text[span[1] : span[1] + _REACH])
    with_nobody = after is not None and "others" in after[0] and _is("before.with_nobody_counted", text, span)
    more = after is not None and not with_nobody
    return more or _is("before.more_before", text, span) or _is("after.of_wounds", text, span)


def _is_part(text: str, span: Span) -> bool:
    after = text[span[1] : span[1] + _REACH]
    if text[slice(*span)].casefold() == "one" and after.startswith(" of "):
        return True  # "one of its best-known members": someone told of, no total
    return _is("after.of_the_dead", text, span) or _is("before.including", text, span)
