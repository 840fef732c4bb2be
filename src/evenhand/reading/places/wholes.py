"""Names of which the gazetteer knows only a part: "Mi-26" is no Mi, "Xa-Ya" no Xa, "Xa al-Ya" no al-Ya elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.reading.places.hits import WIDE, Hit, Scan
from evenhand.reading.places.lexicon import ARTICLES
from evenhand.reading.places.records import Entry
from evenhand.reading.places.uses import is_date_line

_LINE_WORDS = 4
_DASHES = frozenset("-–—/")


def whole_names(scan: Scan, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without parts of longer names; those that make one name are looked up whole, unlisted if not found."""
    out: list[Hit] = []
    taken = {k for hit in hits for k in range(hit.i, hit.j)}
    for hit in hits:
        if _is_numbered(scan, hit) or _is_doubled(scan, hit) or _is_of_a_people(scan, hit):
            continue
        if out and _is_tail(scan, out[-1], hit) and scan.low(hit.j) not in scan.lexicon.lines:
            out.append(_whole(scan, out.pop().i, hit.j))
        elif _has_other_half(scan, hit, taken):
            out.append(_whole(scan, hit.i, hit.j + 1))
        else:
            out.append(hit)
    return out


def _whole(scan: Scan, i: int, j: int) -> Hit:
    """Tokens `i:j` as one name: as written, else in one word ("Xa-Ya" is listed as "Xaya")."""
    name = scan.name(i, j)
    found = scan.gazetteer.lookup(name)
    return Hit(i, j, found or (scan.gazetteer.lookup(name.replace("-", "").title()) if "-" in name else ()))


def _is_numbered(scan: Scan, hit: Hit) -> bool:
    """A make or a unit: "Mi-26", "Su-25", "M-23"."""
    behind = scan.tokens[hit.j] if hit.j < len(scan.tokens) else None
    return behind is not None and behind.gap == "-" and behind.text[:1].isdigit()


def _is_doubled(scan: Scan, hit: Hit) -> bool:
    """One name said twice is that of a group and of no place: "Xa-Xa"."""
    if hit.j - hit.i > 1:
        return False
    tied = scan.tokens[hit.i].gap == "-" and scan.low(hit.i - 1) == scan.low(hit.i)
    behind = hit.j < len(scan.tokens) and scan.tokens[hit.j].gap == "-" and scan.low(hit.j) == scan.low(hit.i)
    return tied or behind


def _is_of_a_people(scan: Scan, hit: Hit) -> bool:
    """But the adjective of a people within a state: "the South | Ossetian | capital"."""
    if not all(scan.low(k) in scan.lexicon.within for k in range(hit.i, hit.j)):
        return False
    return not scan.gazetteer.lookup(scan.name(hit.i, hit.j))


def _is_tail(scan: Scan, head: Hit, hit: Hit) -> bool:
    """Whether "al-Ya" right behind "Xa", or "Ya" behind "Xa-", none of which lie in one country, is one name with it.

    "Aleppo-Damascus" is two towns; "Khan-Kala", of a Khan in one country and a Kala in others, is one.
    """
    if head.j != hit.i or scan.tokens[hit.i - 1].possessive:
        return False
    gap = scan.tokens[hit.i].gap
    if gap != "-" and not (gap == " " and scan.low(hit.i) in ARTICLES and not scan.tokens[hit.i].first):
        return False
    ones, twos = (_listed(scan, one) for one in (head, hit))
    if any(e.kind in WIDE - {"adm1"} for e in (*ones, *twos)):
        return False
    return not {e.country for e in ones} & {e.country for e in twos}


def _listed(scan: Scan, hit: Hit) -> Sequence[Entry]:
    """What the gazetteer has under just this name; else what it has under one like it."""
    return scan.gazetteer.lookup(scan.name(hit.i, hit.j)) or hit.entries


def _has_other_half(scan: Scan, hit: Hit, taken: set[int]) -> bool:
    """A single word tied by a hyphen to a name that is no place: "Xa-Ya" is not Xa."""
    if hit.j - hit.i > 1 or any(e.kind in WIDE for e in hit.entries) or hit.j >= len(scan.tokens):
        return False
    other, lex = scan.tokens[hit.j], scan.lexicon
    if scan.low(hit.j + 1) in lex.lines:
        return False  # "the Xa-Ya line" runs from Xa to a Ya that no list holds
    if other.gap != "-" or not other.cap or other.low in lex.directions:
        return False
    if other.low in lex.hyphen or other.low in lex.demonyms or other.low in lex.common or other.low in lex.generic:
        return False
    return hit.j not in taken


def with_date_line(scan: Scan, hits: list[Hit]) -> list[Hit]:
    """A town of no list at the head of a date line, before the country that it lies in: "XA, Country (AGENCY) -"."""
    j = 0
    while j < min(len(scan.tokens), _LINE_WORDS) and scan.tokens[j].text.isupper() and (j == 0 or scan.joined(j)):
        j += 1
    behind = next((hit for hit in hits if hit.i == j), None)
    if not j or any(hit.i < j for hit in hits) or behind is None or scan.tokens[j].gap.strip() != ",":
        return hits
    holds = any(e.kind in ("country", "adm1") for e in behind.entries)
    line = Hit(0, j, ())
    return [line, *hits] if holds and is_date_line(scan, line) else hits


def is_line(scan: Scan, one: Hit, two: Hit) -> bool:
    """Whether two towns are the ends of a road or railway: "the Xa-Ya highway" runs between them."""
    if one.j != two.i or scan.tokens[two.i].gap.strip() not in _DASHES or not scan.joined(two.j):
        return False
    return any(scan.low(k) in scan.lexicon.lines for k in (two.j, two.j + 1))
