"""What a number of dead or wounded counts, by the words around it: all of them, some of them, or those still feared."""

import re

from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Quantity, QuantityRole

_REACH = 60
_SINCE_LONG = re.compile(
    r"\b(?:war|conflict|uprising|insurgency|crisis|rebellion|(?:months?|years?|decades?|weeks) of [^.;:]{0,40}"
    r"|(?:three|four|five|six|seven|eight|nine|ten|\d+) days of [^.;:]{0,40})"
    r"\b[^.;:]{0,40}\b(?:has|have|had) (?:already )?(?:killed|left|claimed|cost|seen)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
"""What stands before a toll of a whole war or of months: "the six-year war which has killed"."""
_OF_THE_DEAD = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?of "
    r"(?:(?:the|those) (?:dead|killed|victims|casualties|fatalities|wounded|injured)|those|them|whom|which)\b"
    r"|\s*(?:(?!(?:dead|died|killed|adding|that|which|while|but)\b)[^\W\d_]+\s+){0,8}?"
    r"among (?:the |those )?(?:dead|killed|victims|casualties|fatalities)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"\b(?:includ(?:ing|ed|es?)|among them|among whom|of whom|of them|amongst them"
    r"|(?:the|those|among) (?:\d+ )?(?:dead|killed|slain|victims|casualties|fatalities) (?:were|was|are|is))"
    r"(?:\s+(?:at least|some|about|around|nearly|more than|over))?\s*$",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(
    r"\b(?:another|further|additional)(?:\s+(?:at least|some|about|around|nearly))?\s*$", re.IGNORECASE
)
_MORE_AFTER = re.compile(r"\s+(?:more(?! than\b)|other|further|additional)\b|\s+others\b", re.IGNORECASE)
_OF_WOUNDS = re.compile(
    r"[^.;:,]{0,40}?\b(?:died|succumbed)\b[^.;:,]{0,30}?\b(?:of|from|to|since|after|while)\b[^.;:,]{0,24}?"
    r"\b(?:wounds|injuries|brought|taken|treated|transferred)\b",
    re.IGNORECASE,
)
"""What stands after a number of the wounded who died later: they come to those who were killed at once."""
_WITH_NOBODY_COUNTED = re.compile(r"\band(?:\s+(?:at least|some|about|around|nearly))?\s*$", re.IGNORECASE)
_EARLIER_BEFORE = re.compile(
    r"\b(?:(?:earlier|previous(?:ly)?)\b[^.;:]{0,40}?\b(?:toll|count|figure|number|tally)"
    r"|(?:earlier|previous(?:ly)?|initial(?:ly)?) (?:gave|put|reported|said|told of|spoke of)"
    r"|had (?:earlier |previously |initially |first )(?:put|given|reported)\b[^.;:]{0,20}?"
    r"\b(?:toll|count|figure|number|tally)"
    r"|up from|down from|compared with|rather than)\b[^.;:,\d]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a number that was given earlier: "the previous toll was 20", "had earlier put the toll at 58"."""
_FIRST_BEFORE = re.compile(
    r"\b(?:(?:initial(?:ly)?|preliminary|provisional|original(?:ly)?|first)\b[^.;:]{0,40}?"
    r"\b(?:toll|count|figure|number|tally|estimate)"
    r"|had (?:put|given|reported|estimated)\b[^.;:]{0,20}?\b(?:toll|count|figure|number|tally))\b[^.;:,\d]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a first number, which holds until its teller gives another: "the initial toll reached 115"."""
_OWN = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}?of (?:its|their|our|his|her)(?:\s+own)? (?:[^\W\d_]+\s+){0,2}?"
    r"(?:staff|employees|workers|volunteers|colleagues|personnel|members|paramedics|medics|teachers|journalists)\b",
    re.IGNORECASE,
)
"""What stands after a number of one's own people: "three of its staff"."""
_SEEN = re.compile(
    r"(?:\b(?:saw|seen|witnessed|filmed|photographed)"
    r"|\b(?:reporters?|journalists?|correspondents?|photographers?|crew)\b[^.;:]{0,120}?\b(?:counted|found))\b"
    r"[^.;:,]{0,30}$",
    re.IGNORECASE,
)
_BODIES = re.compile(r"\s+(?:[^\W\d_]+\s+){0,3}?(?:bodies|corpses|dead|remains|coffins|body bags)\b", re.IGNORECASE)
"""A number of bodies that somebody saw at one spot: "reporters saw at least 30 bodies" beside the station."""
_LOWERED = re.compile(
    r"\b(?:revis(?:ed|ing)|correct(?:ed|ing)|lower(?:ed|ing)|reduc(?:ed|ing)|downgrad(?:ed|ing))\b[^.;:]{0,40}?\bto\s+"
    r"(?:at least |about |around |nearly |some )?$",
    re.IGNORECASE,
)
_MORE_DIED = re.compile(
    r"[^.;:,\d]{0,40}?\b(?:killed|dead|died|deaths)\b[^.;:]{0,40}?\b(?:but|before|until)\b[^.;:]{0,40}?"
    r"\b(?:more|others|wounded|injured)\b[^.;:]{0,20}?\b(?:died|succumbed|dead)\b",
    re.IGNORECASE,
)
"""What stands after a number that others were added to: "15 people were killed but three more died"."""
_FROM = re.compile(r"\bfrom\s+(?:at least |about |around |nearly |some )?$", re.IGNORECASE)
_TO = re.compile(r"[^.;:,]{0,30}?\sto\s+(?:at least |about |around |nearly |some |more than |over )?\d")
_OF_A_WAR = re.compile(
    r"\b(?:killed|slain|dead|died|deaths|toll|lives|perished)\b[^.;:,]{0,30}?\b(?:in|during|of|from|since)\s"
    r"(?:the|this|that|its|a|an)\s"
    r"(?:(?:[\w-]+\s){0,3}(?:conflict|war|uprising|insurgency|intifada|rebellion|hostilities)(?![\w'’-])(?!\s(?:zone|crime))"
    r"|[\w-]+-(?:day|week|month|year)(?:-(?:old|long))?\s)",
    re.IGNORECASE,
)
"""Dead of a whole war or campaign: "the number killed in the conflict", "the toll in the nine-day offensive"."""
_OF_A_WEEK = re.compile(
    r"\b(?:strikes|airstrikes|raids|attacks|clashes|battles|bombings|bombardments|shellings|operations|assaults|fighting|violence)"
    r"\b[^.;:]{0,60}?\b(?:(?:this|last|past|previous|same) (?:week|month|year)"
    r"|(?:over|in|during|for|within) the (?:past|last|previous) (?:\w+ )?(?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
"""Dead of many deeds together: "in strikes around Xa this week", "in clashes over the past ten days"."""
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"\s+(?:The|A|An|In|At|On|It|He|She|They|This|That)\s")
"""A number that ends a line of figures before a new sentence counts nothing ("Get short URL 0 214 The number of")."""
_AND = re.compile(
    r"(?:\s+(?!in\b|at\b|near\b|on\b|when\b|while\b|were\b|was\b)[^\W\d_]+){0,6}\s+(?:and|along\s+with|as\s+well\s+as|together\s+with)\s+"
)
_LIST = re.compile(r"(?:\s+[^\W\d_]+){0,6}\s*(?:,\s+(?:and\s+)?|\s+and\s+)")
_ANYBODY = frozenset({"people", "persons", "civilians", "others", "dead", "victims"})
_FEARED = re.compile(
    r"\b(?:could|may|might|would|will|expected to|likely to|feared to|set to)\s+(?:still\s+)?"
    r"(?:reach|rise|climb|increase|grow|be|exceed)\b[^.]{0,24}$",
    re.IGNORECASE,
)


def parts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count some of the dead: "two of the dead", "including N and M", "N more".

    Those that count different dead of one deed are no parts (see `sums_of`).
    """
    summed = {span for group in sums_of(text, claim) for span in group}
    parts: set[Span] = set()
    last: Span | None = None
    for quantity in sorted(claim.quantities, key=lambda one: one.span):
        span = quantity.span
        goes_on = last in parts and last is not None and _LIST.fullmatch(text[last[1] : span[0]][:_REACH]) is not None
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
        if run and free and len(between) < 2 * _REACH and _AND.fullmatch(between):
            groups.append(tuple(each.span for each in (*run, one)))
            run = []
        elif run and free and "," in between and _LIST.fullmatch(between[: 2 * _REACH]) and _is_told(run[-1], one):
            run.append(one)
        else:
            run = [one] if free and (role == "injured" or not _is_more(text, one.span)) else []
    return groups


def _is_told(one: Quantity, two: Quantity) -> bool:
    """Whether both of a list with commas say whom they count: neither are just people, told apart by the next."""
    return bool(one.of and two.of) and not {(one.of or "").casefold(), (two.of or "").casefold()} & _ANYBODY


def earlier_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that were given and no longer are: "up from 30", "the previous toll of 20"."""
    return frozenset(quantity.span for quantity in claim.quantities if _is_earlier(text, quantity.span))


def firsts_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that were given first: they hold as long as their teller gives no other beside."""
    return frozenset(one.span for one in claim.quantities if _FIRST_BEFORE.search(_before(text, one.span)))


def some_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count those whom somebody saw, or who were his own: no total beside a larger.

    With them the smaller numbers that tell them apart: "three of its staff, two drivers and a nurse".
    """
    found = [
        one
        for one in claim.quantities
        if _OWN.match(text[one.span[1] : one.span[1] + 2 * _REACH])
        or (
            _SEEN.search(text[max(0, one.span[0] - 3 * _REACH) : one.span[0]])
            and _BODIES.match(text[one.span[1] : one.span[1] + _REACH])
        )
    ]
    return frozenset(
        one.span
        for one in claim.quantities
        if any(one is some or (one.span > some.span and (one.low or 0) < (some.low or 0)) for some in found)
    )


def lowered_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that are said to replace a higher one: "revised down to 93"."""
    return frozenset(quantity.span for quantity in claim.quantities if _LOWERED.search(_before(text, quantity.span)))


def _is_earlier(text: str, span: Span) -> bool:
    before = _before(text, span)
    stepped = _FROM.search(before) is not None and _TO.match(text[span[1] : span[1] + _REACH]) is not None
    grew = _MORE_DIED.match(text[span[1] : span[1] + 3 * _REACH]) is not None
    return stepped or grew or _EARLIER_BEFORE.search(before) is not None


def feared_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that say what a toll may become, and so are none."""
    return frozenset(quantity.span for quantity in claim.quantities if _FEARED.search(_before(text, quantity.span)))


def totals_of(text: str, claim: Claim) -> frozenset[Span]:
    """Spans of the claim's numbers that count the dead of a war or of months, and so of no one incident."""
    return frozenset(
        quantity.span
        for quantity in claim.quantities
        if _SINCE_LONG.search(text[max(0, quantity.span[0] - 2 * _REACH) : quantity.span[0]])
        or _NEXT_SENTENCE.match(text[quantity.span[1] : quantity.span[1] + _REACH])
        or _OF_A_WAR.search(_around(text, quantity.span))
        or _OF_A_WEEK.search(_around(text, quantity.span))
        or (quantity.cumulative and claim.time is None and _SINCE.search(_around(text, quantity.span)))
    )


def _around(text: str, span: Span) -> str:
    """The words about a number up to the ends of its clause."""
    before = re.split(r"[.;:\n]\s", text[max(0, span[0] - 2 * _REACH) : span[0]])[-1]
    return before + text[span[0] : span[1]] + re.split(r"[.;:\n]", text[span[1] : span[1] + 2 * _REACH])[0]


def _is_more(text: str, span: Span) -> bool:
    """Whether it counts further dead beside others: "another 17", "three more", "four died of their wounds".

    "The mayor and 20 others" are all.
    """
    before, after = _before(text, span), _MORE_AFTER.match(text[span[1] : span[1] + _REACH])
    with_nobody = after is not None and "others" in after[0] and _WITH_NOBODY_COUNTED.search(before)
    return bool(
        _MORE_BEFORE.search(before)
        or (after and not with_nobody)
        or _OF_WOUNDS.match(text[span[1] : span[1] + 2 * _REACH])
    )


def _is_part(text: str, span: Span) -> bool:
    after = text[span[1] : span[1] + _REACH]
    if text[slice(*span)].casefold() == "one" and after.startswith(" of "):
        return True  # "one of its best-known members": someone told of, no total
    return bool(_OF_THE_DEAD.match(after) or _INCLUDING.search(_before(text, span)))


def _before(text: str, span: Span) -> str:
    return text[max(0, span[0] - _REACH) : span[0]]
