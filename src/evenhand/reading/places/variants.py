"""Names that the gazetteer knows under another spelling only, or that their surroundings say are places."""

from __future__ import annotations

from evenhand.reading.places.hits import BIG, MAX_WORDS, WIDE, Hit, Scan, is_cued, opening, plain_word, reached
from evenhand.reading.places.lexicon import ARTICLES, JOINERS
from evenhand.reading.places.records import Entry

_KNOWN = 20_000
_ONE_OF_MANY = frozenset({"a", "an"})
_OWNED = frozenset({"camp", "airbase"})  # kinds of places, not words of a text
_SHARE = 0.2


def add_variants(scan: Scan, hits: list[Hit], countries: dict[str, float]) -> list[Hit]:
    """Add variant spellings in the countries that the text is about.

    For hits without an entry there, and for capitalised names that have none at all.
    """
    least: float = _SHARE * sum(countries.values())
    about = [code for code, n in sorted(countries.items(), key=lambda kv: (-kv[1], kv[0]))[:3] if n >= least]
    taken = [False] * (len(scan.tokens) + 1)
    hits = _merged(scan, hits, about)
    for hit in hits:
        taken[hit.i : hit.j] = [True] * (hit.j - hit.i)
    for hit in hits:
        _widen(scan, hit, about, taken)
        taken[hit.i : hit.j] = [True] * (hit.j - hit.i)
        if not any(e.country in about for e in hit.entries):
            hit.entries += tuple(v for v in _variants(scan, hit.i, hit.j, about) if v not in hit.entries)
    out = list(hits)
    i = 0
    while i < len(scan.tokens):
        j = _run_end(scan, i, taken) if scan.tokens[i].cap or scan.tokens[i].low in ARTICLES else i
        if j > i:
            out.extend(_unmatched(scan, i, j, about, taken))
            i = j
        else:
            i += 1
    return sorted(out, key=lambda h: h.i)


def _small(hit: Hit) -> bool:
    return not any(e.kind in WIDE or e.population >= _KNOWN or e.listed for e in hit.entries)


def _merged(scan: Scan, hits: list[Hit], about: list[str]) -> list[Hit]:
    """As in "Bir Qassab": two small places side by side are one name that no gazetteer has as a whole."""
    out: list[Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        beside = last is not None and last.j == hit.i and scan.joined(hit.i) and hit.i not in scan.shouted
        beside = beside and last is not None and not scan.tokens[hit.i - 1].possessive
        if last is not None and beside and _small(last) and (_small(hit) or scan.low(last.i) in scan.lexicon.before):
            last.j = hit.j
            last.entries = _variants(scan, last.i, last.j, about)
        else:
            out.append(hit)
    return out


def _widen(scan: Scan, hit: Hit, about: list[str], taken: list[bool]) -> None:
    """As in "Maaret al-Numan", "Abu Allaj village": where only a part is listed the whole run is the name."""
    i, j = hit.i, hit.j
    while i > 0 and hit.j - i < MAX_WORDS and scan.joined(i) and not taken[i - 1] and _extends(scan, i - 1):
        i -= 1
    listed = max((e.population for e in hit.entries), default=0)
    known = any(e.kind in WIDE or e.listed for e in hit.entries)
    opening = hit.j - hit.i == 1 and scan.low(hit.i) in scan.lexicon.before
    small = _is_village(scan, i, j)
    if opening or small or (listed < _KNOWN and not known):
        while j < len(scan.tokens) and j - i < MAX_WORDS and scan.joined(j) and not taken[j] and _extends(scan, j):
            if scan.tokens[j - 1].possessive:
                break
            j += 1
    if (i, j) == (hit.i, hit.j):
        return
    if found := _variants(scan, i, j, about):
        hit.i, hit.j, hit.entries = i, j, found
    elif (
        opening
        or small
        or (not known and ((listed < BIG and is_cued(scan, i, j)) or scan.low(i) in scan.lexicon.before))
    ):
        hit.i, hit.j, hit.entries = i, j, ()


def _is_village(scan: Scan, i: int, j: int) -> bool:
    """Whether `i:j` only begins a village's name, and is no city called so: "X Y village", "the village of X Y"."""
    k, villages = j, scan.lexicon.villages
    while k < len(scan.tokens) and k - j < MAX_WORDS and scan.joined(k) and _extends(scan, k) and scan.cap(k):
        k += 1
    if k > j and i > 1 and scan.joined(i) and scan.low(i - 1) == "of" and scan.low(i - 2) in villages:
        return True
    return k > j and k < len(scan.tokens) and scan.joined(k) and scan.low(k) in villages


def _extends(scan: Scan, k: int) -> bool:
    """Whether token `k` can be a further part of a name."""
    if k in scan.shouted:
        return False
    low, lex = scan.low(k), scan.lexicon
    if low in lex.directions or low in lex.generic or plain_word(scan, k) or opening(scan, k):
        return False
    return (scan.cap(k) and not scan.tokens[k].text[0].isdigit()) or scan.particle(k, JOINERS)


def _variants(scan: Scan, i: int, j: int, about: list[str]) -> tuple[Entry, ...]:
    name = scan.name(i, j)
    return tuple(v for code in about for v in scan.gazetteer.variants(name, code))


def _run_end(scan: Scan, i: int, taken: list[bool]) -> int:
    """End of the run of capitalised words (and particles between them) that starts at token `i`."""
    tokens = scan.tokens
    if taken[i] or i in scan.shouted or not scan.opens(i) or tokens[i].text[0].isdigit():
        return i
    j = i + 1
    while j < len(tokens) and scan.joined(j) and not taken[j] and not tokens[j - 1].possessive and j - i < 8:
        if not (tokens[j].cap or scan.particle(j, JOINERS)):
            break
        j += 1
    return j


def _unmatched(scan: Scan, i: int, j: int, about: list[str], taken: list[bool]) -> list[Hit]:
    """A run the gazetteer does not know under any exact name: a variant of one, or a place by context."""
    lex = scan.lexicon
    while i < j and (scan.low(i) in lex.directions or scan.low(i) in lex.demonyms or opening(scan, i)):
        i += 1
    end = j
    while end > i and (scan.low(end - 1) in lex.generic or scan.low(end - 1) in lex.temporal):
        end -= 1
    if (
        end <= i
        or scan.tokens[i].text[0].isdigit()
        or plain_word(scan, i)
        or any(scan.low(k) in lex.organisations or scan.low(k) in lex.deeds for k in range(i, j))
    ):
        return []
    if i and scan.low(i - 1) in _ONE_OF_MANY and end < len(scan.tokens) and lex.generic.get(scan.low(end)) in _OWNED:
        return []  # "a Xan camp" is one of those whom the name tells, not the camp of a town
    if all(scan.low(k) in lex.common for k in range(i, end)) and end - i > 1:
        return []  # "the Run From More Areas": a headline
    if end - i == 1 and (scan.low(i) in lex.common or len(scan.tokens[i].text) < 3 or scan.tokens[i].text.isupper()):
        return []
    cued = is_cued(scan, i, end) or _listed(scan, i, j, taken) or reached(scan, i)
    found = _variants(scan, i, end, about) if end - i <= MAX_WORDS else ()
    if not cued:
        near = scan.low(i - 1) in lex.locative and not scan.tokens[i].first
        found = tuple(e for e in found if e.tier == 1 and e.country in about[:1] and (near or _is_town(e)))
    if found or cued:
        taken[i:end] = [True] * (end - i)
        return [Hit(i, end, found)]
    return []


def _is_town(entry: Entry) -> bool:
    return entry.population >= _KNOWN or entry.kind == "adm1"


def _listed(scan: Scan, i: int, j: int, taken: list[bool]) -> bool:
    """As in "Rastan, Harbnafseh, Umm Sharshouh and Zara": a name in a list that a place name opens."""
    k = i - 1
    if k > 0 and scan.low(k) in {"and", "or"}:
        k -= 1
    elif scan.tokens[i].gap.strip() != ",":
        return False
    if k < 0 or not taken[k] or scan.tokens[i].first:
        return False
    after = scan.tokens[j].gap.strip() if j < len(scan.tokens) else "."
    return bool(after) or scan.low(j) in {"and", "or"} or scan.low(j) in scan.lexicon.generic
