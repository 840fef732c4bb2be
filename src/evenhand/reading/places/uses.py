"""How a place expression is used: as a place, as an actor ("the capital said"), inside a name, in a date line."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from evenhand.reading.places.expressions import Around
from evenhand.reading.places.hits import Hit, Scan, is_cued, reached

NameSpan = tuple[int, int, str]
"""Start, end (code points) and kind of a name that a tagger found."""
CAPITAL_SIZE = 200_000
_ACTOR_KINDS = frozenset({"organisation", "armed_group", "government", "outlet", "people", "person"})
_BRACKETED = re.compile(r"\([A-Z][A-Za-z]{1,12}\)")  # an agency, as datelines have it
_OPENED = re.compile(r"\s{0,4}\([^()\n]{3,60}\)\s{0,2}[-–—]")
"""The date line of who works for people's rights: "(Xa, June 3, 2016) –"."""
_AROUND, _SMALL_WORD = 3, 3


def use_of(scan: Scan, hit: Hit, words: Around, names: Sequence[NameSpan], listed: frozenset[int]) -> str:
    """The `use` of a mention, by the names around it, its place in the sentence and the words beside it."""
    start, end = scan.tokens[hit.i].start, scan.tokens[hit.j - 1].end
    at = bisect_right(names, (start, math.inf, ""))
    for s, e, kind in names[max(0, at - 3) : at]:
        if kind == "person" and (_described(scan, hit, s) or ((s, e) == (start, end) and _taken(scan, hit, words))):
            continue
        if kind in _ACTOR_KINDS and s <= start and end <= e:
            return "actor" if (s, e) == (start, end) and kind != "person" else "part_of_name"
    lex, tokens = scan.lexicon, scan.tokens
    if scan.joined(words.last) and not tokens[hit.j - 1].possessive:
        following = scan.low(words.last)
        if scan.cap(words.last) and following in lex.organisations:
            return "part_of_name"
        if tokens[words.last].gap == "-" and following in lex.hyphen:
            return "part_of_name"
    if _in_person(scan, hit, words, listed - set(range(hit.i, hit.j))):
        return "part_of_name"
    if is_date_line(scan, hit):
        return "dateline"
    return "actor" if _acts(scan, hit, words) else "place"


def _described(scan: Scan, hit: Hit, start: int) -> bool:
    """No name but a description that a place is part of: "a worker in Mekelle", "Residents of Kobo"."""
    before = scan.tokens[hit.i - 1] if hit.i else None
    return before is not None and before.end > start and (before.low in scan.lexicon.locative or before.low == "of")


def _taken(scan: Scan, hit: Hit, words: Around) -> bool:
    """A tagger's slip: the "person" is called a town or field, or is a known place that forces shell or enter."""
    return words.cue is not None or (bool(hit.entries) and reached(scan, hit.i))


def _in_person(scan: Scan, hit: Hit, words: Around, listed: frozenset[int]) -> bool:
    """A capitalised word that is no list word right before or after belongs to the same name."""
    lex, tokens = scan.lexicon, scan.tokens
    if words.cue or any(e.kind in {"country", "continent"} for e in hit.entries):
        return False

    def stranger(k: int) -> bool:
        low = scan.low(k)
        known = (
            low in lex.demonyms or low in lex.temporal or low in lex.generic or low in lex.directions
            or low in lex.organisations or k in listed
        )  # fmt: skip
        known = known or (low in lex.common and _in_headline(scan, k))
        return scan.cap(k) and not known and not tokens[k].text[0].isdigit()

    title = scan.cap(hit.i - 1) and scan.low(hit.i - 1) in lex.titles and scan.low(hit.i - 1) != "st"
    if title and tokens[hit.i].gap == ". " and len(tokens[hit.i - 1].text) <= 5:
        return True  # "Gen. X"
    before = scan.joined(hit.i) and words.first == hit.i
    if before and scan.low(hit.i - 1) in lex.titles and scan.low(hit.i - 1) != "st":
        return scan.cap(hit.i - 1)
    if before and tokens[hit.i].gap == " " and not tokens[hit.i - 1].possessive and stranger(hit.i - 1):
        first_word = tokens[hit.i - 1].first and scan.low(hit.i - 1) in lex.common
        return not first_word and not tokens[hit.i - 1].text.isupper()
    after = scan.joined(hit.j) and not tokens[hit.j - 1].possessive and tokens[hit.j].gap == " "
    if after and stranger(hit.j) and not tokens[hit.j].text.isupper():
        return not is_cued(scan, hit.i, hit.j) or hit.j - hit.i == 1
    return False


def _in_headline(scan: Scan, k: int) -> bool:
    """Whether the longer words on both sides have capitals, too: then a capital says nothing of word k."""
    around = [*range(max(0, k - _AROUND), k), *range(k + 1, min(len(scan.tokens), k + 1 + _AROUND))]
    full = [j for j in around if len(scan.tokens[j].text) > _SMALL_WORD and scan.tokens[j].text[0].isalpha()]
    return len(full) >= _AROUND and all(scan.cap(j) for j in full)


def is_date_line(scan: Scan, hit: Hit) -> bool:
    """As in "TOWN, Country (AGENCY) —": upper case at the start of a sentence, a dash or a bracketed name near."""
    token, first = scan.tokens[hit.i], hit.i
    while first and scan.tokens[first].gap.strip() == "/" and scan.tokens[first - 1].text.isupper():
        first -= 1  # "TOWN/CAPITAL, 8 August (AGENCY)"
    if first == 0 and _OPENED.match(scan.text):
        return scan.text.find(")") >= token.start
    if not scan.tokens[first].first or not token.text.isupper() or len(token.text) < 3:
        return False
    rest = scan.text[scan.tokens[hit.j - 1].end : scan.tokens[hit.j - 1].end + 60]
    return any(dash in rest for dash in (" - ", " – ", " — ", "--")) or _BRACKETED.search(rest) is not None


def _acts(scan: Scan, hit: Hit, words: Around) -> bool:
    """A country or a large city that speaks, decides or is dealt with: metonymy, by its context."""
    large = any(e.kind == "country" or (e.kind == "town" and e.population >= CAPITAL_SIZE) for e in hit.entries)
    if not large or words.relation is not None or words.cue is not None:
        return False
    lex, before, after = scan.lexicon, scan.low(hit.i - 1), scan.low(hit.j)
    if scan.joined(hit.j) and after in lex.rule and not scan.tokens[hit.j - 1].possessive:
        return True
    near = scan.tokens[hit.i].gap.strip() == "" and not scan.tokens[hit.i].first
    if near and (before in lex.strong or before in {"from", "of", "to", "through", "over", "on", "the", "left"}):
        return False
    if near and before in {"by", "with", "against"}:
        return True
    possessive = scan.tokens[hit.j - 1].possessive
    return not possessive and scan.joined(hit.j) and after in lex.speech and not scan.cap(hit.j)
