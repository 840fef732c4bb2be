"""What stands around a place name: generic nouns, directions, distances, "outskirts of", "near"."""

from __future__ import annotations

import re

import msgspec

from evenhand.reading.places.geometry import bearing_of
from evenhand.reading.places.hits import Hit, Scan
from evenhand.reading.places.records import Relation

KM_PER_MILE = 1.609344
_LOOK_BACK = 90
_OFFSET = re.compile(
    r"(?<![\w.,])(\d{1,4}(?:[.,]\d{1,3})?|ten|twenty|thirty|forty|fifty|a few|several|dozens of)[ -]?"
    r"(km|kms|kilometers?|kilometres?|miles?|mi)\b\.?\s{0,2}(?:\([^()]{0,40}\)\s{0,2})?"
    r"(?:(?:away\s|further\s)?(?:to\s)?(?:the\s)?([a-z-]{4,16})\s)?(?:of|from|outside)\s"
    r"(?:the\s)?(?:[a-z-]{1,20}\s){0,3}?(?:city\s|town\s|village\s)?(?:of\s)?$",
    re.IGNORECASE,
)
_NUMBERS = {"ten": 10.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that"})


class Around(msgspec.Struct, frozen=True):
    """What was found around a name: the cue, the relation and how far the expression reaches (tokens)."""

    cue: str | None
    relation: Relation | None
    first: int
    last: int
    start: int


def around(scan: Scan, hit: Hit) -> Around:
    """Read the words beside `hit`."""
    cue, last = _cue_after(scan, hit)
    first = hit.i
    if cue is None:
        cue, first = _cue_before(scan, hit.i)
    far = _offset(scan, scan.tokens[first].start)
    if far is None and scan.low(first - 1) == "the":
        far = _offset(scan, scan.tokens[first - 1].start)
    if far is not None:
        return Around(cue, far[1], first, last, far[0])
    relation, first, last = _relation(scan, first, last)
    while first > 0 and scan.joined(first) and scan.low(first - 1) in _DETERMINERS and first < hit.i:
        first -= 1
    return Around(cue, relation, first, last, scan.tokens[first].start)


def _cue_after(scan: Scan, hit: Hit) -> tuple[str | None, int]:
    j = hit.j
    if all(e.kind == "country" for e in hit.entries[:1]) and hit.entries:
        return None, j
    if not scan.joined(j) or scan.tokens[j - 1].possessive:
        return None, j
    lex = scan.lexicon
    for words in (2, 1):
        if j + words > len(scan.tokens) or (words == 2 and not scan.joined(j + 1)):
            continue
        low = " ".join(scan.low(k) for k in range(j, j + words))
        following = scan.low(j + words) if scan.joined(j + words) else ""
        if low in lex.generic and not (following in lex.organisations and scan.cap(j + words)):
            return low, j + words
    return None, j


def _cue_before(scan: Scan, i: int) -> tuple[str | None, int]:
    """As in "village of X", "the town X"; returns the generic noun and where the expression begins."""
    lex = scan.lexicon
    if scan.low(i - 1) == "of" and scan.joined(i) and scan.joined(i - 1):
        for words in (2, 1):
            low = " ".join(scan.low(k) for k in range(i - 1 - words, i - 1))
            if low in lex.generic and i - 1 - words >= 0:
                return low, i - 1 - words
    if scan.low(i - 1) in lex.generic and scan.joined(i) and scan.low(i - 2) in _DETERMINERS:
        return scan.low(i - 1), i - 1
    return None, i


def _relation(scan: Scan, first: int, last: int) -> tuple[Relation | None, int, int]:
    lex = scan.lexicon
    found, first = _direction_before(scan, first)
    of = first - 1 if scan.low(first - 1) == "the" and scan.joined(first) else first
    if found is None and scan.low(of - 1) == "of" and scan.joined(of):
        word = scan.low(of - 2)
        if word in lex.outskirts or bearing_of(word) is not None:
            found, first = _of_part(scan, of - 2)
    if found is None:
        found, first = _near_before(scan, first)
    after = _after(scan, last)
    if after is not None and (found is None or found.kind == "part"):
        found, last = after
    return found, first, last


def _direction_before(scan: Scan, first: int) -> tuple[Relation | None, int]:
    """As in "eastern X", "southern and central X"."""
    words: list[str] = []
    i = first
    while scan.joined(i) and (scan.low(i - 1) in scan.lexicon.directions or (words and scan.low(i - 1) == "and")):
        i -= 1
        words.insert(0, scan.low(i))
    if words and words[0] == "and":
        words, i = words[1:], i + 1
    if not words:
        return None, first
    return Relation("part", bearing=bearing_of("".join(words[:2])), words=" ".join(words)), i


def _of_part(scan: Scan, at: int) -> tuple[Relation, int]:
    """As in "the northern outskirts of X", "the east of X", "east of X"."""
    word = scan.low(at)
    bearing, first = bearing_of(word), at
    if bearing is None and scan.joined(at) and scan.low(at - 1) in scan.lexicon.directions:
        bearing, first = bearing_of(scan.low(at - 1)), at - 1
    elif word == "bank" and scan.low(at - 1) in {"right", "left"} and scan.joined(at):
        first = at - 1
    words = " ".join(scan.low(k) for k in range(first, at + 1))
    if word in {"part", "parts", "side", "half", "center", "centre", "heart"}:
        return Relation("part", bearing=bearing, words=words), first
    if word == "bank":
        return Relation("bank", bearing=bearing, words=words), first
    if bearing_of(word) is not None and scan.low(first - 1) != "the":
        return Relation("near", bearing=bearing, words=words), first
    kind = "part" if bearing_of(word) is not None else "outskirts"
    return Relation(kind, bearing=bearing, words=words), first


def _near_before(scan: Scan, first: int) -> tuple[Relation | None, int]:
    i = first
    if scan.low(i - 1) == "the":
        i -= 1
    if not scan.joined(i):
        return None, first
    word = scan.low(i - 1)
    if word == "with" and scan.low(i - 2) in {"border", "borders", "frontier", "crossing", "boundary"}:
        return Relation("border", words=f"{scan.low(i - 2)} with"), i - 2
    if word in {"to", "from", "of"} and scan.low(i - 2) in {"close", "next", "adjacent", "far", "vicinity"}:
        return Relation("near", words=f"{scan.low(i - 2)} {word}"), i - 2
    if word in scan.lexicon.near and word not in {"close", "adjacent", "vicinity", "toward", "towards"}:
        return Relation("near", words=word), i - 1
    return None, first


def _after(scan: Scan, last: int) -> tuple[Relation, int] | None:
    """As in "X countryside", "X's northern outskirts"."""
    j = last
    if j >= len(scan.tokens) or not (scan.joined(j) or scan.tokens[j - 1].possessive):
        return None
    if scan.tokens[j].first or scan.tokens[j].gap.strip(" '’s-"):
        return None
    direction = scan.low(j) if scan.low(j) in scan.lexicon.directions else ""
    at = j + 1 if direction else j
    word = scan.low(at)
    named = word in {"outskirts", "countryside", "suburbs", "environs", "periphery", "hinterland", "surroundings"}
    if named:
        words = f"{direction} {word}".strip()
        return Relation("outskirts", bearing=bearing_of(direction) if direction else None, words=words), at + 1
    return None


def _offset(scan: Scan, start: int) -> tuple[int, Relation] | None:
    """As in "15 kilometres to the east of X" before position `start`."""
    base = max(0, start - _LOOK_BACK)
    match = _OFFSET.search(scan.text, base, start)
    if match is None or match.end() != start:
        return None
    number, unit, direction = match.group(1).lower(), match.group(2).lower(), match.group(3)
    bearing = bearing_of(direction) if direction else None
    if direction and bearing is None and direction.lower() not in {"away", "outside"}:
        return None
    if number[0].isdigit():
        km = _decimal(number)
    elif number in _NUMBERS:
        km = _NUMBERS[number]
    else:
        return match.start(), Relation("near", bearing=bearing, words=match.group().strip())
    km *= KM_PER_MILE if unit.startswith("mi") else 1.0
    return match.start(), Relation("offset", bearing=bearing, km=round(km, 1), words=match.group().strip())


def _decimal(number: str) -> float:
    """As in "1,200" is twelve hundred, "1.5" and "1,5" one and a half."""
    head, mark, tail = number.partition(",")
    if mark and len(tail) == 3:
        return float(head + tail)
    return float(number.replace(",", "."))
