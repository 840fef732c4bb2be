"""Names in running text that the gazetteer knows or whose surroundings say that they are places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.keys import fold
from evenhand.reading.places.lexicon import ARTICLES, ENGLISH_ARTICLES, Lexicon, Token
from evenhand.reading.places.records import Entry

MAX_WORDS = 6
BIG = 100_000
_GAPS = frozenset({" ", "-", "  ", "\n", " -", "- ", " - ", "", "'", "’", "‘", "`"})
_AFTER_DATELINE = frozenset(",(/-–—")
WIDE = frozenset({"country", "adm1", "continent", "macro", "region", "sea", "river"})


@lru_cache(maxsize=4)
def _prints_apostrophes(text: str) -> bool:
    """Asked for each name of a text: looked for once, or a long text costs the square of its length."""
    return "'s " in text or "’s " in text


class Hit(msgspec.Struct):
    """Tokens `i:j` as a place name, the gazetteer's entries for it (none: only the context says so)."""

    i: int
    j: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A text's tokens with what looks them up."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    lexicon: Lexicon
    shouted: frozenset[int] = frozenset()
    """Tokens of prose in capitals throughout, where a capital marks no name."""

    @property
    def apostrophes(self) -> bool:
        """Whether the text still prints the apostrophe of a possessive: then hardly an "s" is stuck to a name."""
        return _prints_apostrophes(self.text)

    def name(self, i: int, j: int) -> str:
        """The text of tokens `i:j`."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]

    def low(self, i: int) -> str:
        """Lower-case token `i`, "" outside the text."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def joined(self, i: int) -> bool:
        """Whether token `i` follows the one before without punctuation."""
        return 0 < i < len(self.tokens) and self.tokens[i].gap in _GAPS and not self.tokens[i].first

    def cap(self, i: int) -> bool:
        """Whether token `i` is capitalised (or of a script without case)."""
        return 0 <= i < len(self.tokens) and self.tokens[i].cap

    def particle(self, i: int, words: frozenset[str]) -> bool:
        """Whether token `i` is a particle ("al", "ez", "bin") tied to a capitalised word after it."""
        if self.low(i) not in words or not self.joined(i + 1):
            return False
        if not self.cap(i + 1) and not (self.low(i + 1) in ARTICLES and self.joined(i + 2) and self.cap(i + 2)):
            return False
        tied = self.tokens[i + 1].gap == "-" or (self.joined(i) and self.low(i - 1) in self.lexicon.before)
        return tied or self.low(i) not in ENGLISH_ARTICLES

    def opens(self, i: int) -> bool:
        """Whether a name can begin at token `i`."""
        return self.tokens[i].cap or self.particle(i, ARTICLES)


def plain_word(scan: Scan, i: int) -> bool:
    """A capitalised word that is no name: a weekday, a people, a title, an office, a direction."""
    low, lex = scan.low(i), scan.lexicon
    return (
        low in lex.temporal
        or low in lex.peoples
        or low in lex.demonyms
        or low in lex.titles
        or low in lex.organisations
    )


def _drop_codes(scan: Scan, i: int, j: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out state abbreviations ("IN", "La.", "Miss") unless they follow "Town, "."""
    token = scan.tokens[i]
    if j - i > 1 or len(token.text.rstrip(".")) > 5:
        return entries
    if token.low == "us":
        return entries if token.text == "US" else ()
    after_comma = token.gap.strip() in {",", ", ("}
    dotted = scan.text[token.end : token.end + 1] == "." or token.text.isupper()
    if after_comma and dotted:
        return entries
    short = len(token.text.rstrip(".")) <= 4
    return tuple(e for e in entries if e.kind != "adm1" or not short or fold(e.name) == token.low)


def _drop_acronym(scan: Scan, i: int, j: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """As in "SANA" amid lower case is a name in letters, not the town Sana; countries ("UAE") stay."""
    token = scan.tokens[i]
    if j - i > 1 or not token.text.isascii() or not token.text.isupper() or len(token.text) > 5:
        return entries
    if token.first and scan.text[token.end : token.end + 2].lstrip()[:1] in _AFTER_DATELINE:
        return entries
    beside = [scan.tokens[k].text for k in (i - 1, i + 1) if 0 <= k < len(scan.tokens)]
    if any(word.isupper() and len(word) > 3 for word in beside) or token.gap.strip() == ",":
        return entries
    return tuple(e for e in entries if e.kind == "country" or e.listed)


def match(scan: Scan, i: int) -> Hit | None:
    """The longest name that starts at token `i`."""
    tokens = scan.tokens
    if not scan.opens(i):
        return None
    reach = i + 1
    while reach < min(len(tokens), i + MAX_WORDS) and scan.joined(reach) and not tokens[reach - 1].possessive:
        reach += 1
    for j in range(reach, i, -1):
        if not tokens[j - 1].cap:
            continue
        entries = _drop_codes(scan, i, j, scan.gazetteer.lookup(scan.name(i, j)))
        entries = _drop_acronym(scan, i, j, entries)
        if entries and _acceptable(scan, i, j, entries):
            return Hit(i, j, entries)
    return None


def _acceptable(scan: Scan, i: int, j: int, entries: tuple[Entry, ...]) -> bool:
    wide = any(e.kind in WIDE for e in entries)
    words = [scan.low(k) for k in range(i, j)]
    lex = scan.lexicon
    if all(w.isdigit() for w in words):
        return False
    if j - i == 1:
        if (
            words[0] in ARTICLES
            or plain_word(scan, i)
            or words[0] in lex.directions
            or words[0] in lex.generic
            or len(words[0]) < 2
        ):
            return False
        if words[0] in lex.common and not wide:
            strong = scan.low(i - 1) in lex.strong and not scan.tokens[i].first
            return strong and max(e.population for e in entries) >= 20_000
        return True
    if words[0] in {"the", "a", "in", "and", "of", "at"}:
        return False
    if words[0] in lex.directions and scan.joined(j) and lex.generic.get(scan.low(j)) == "adm1":
        return wide  # "Eastern Aleppo Governorate" is a part of the province, not of the town
    plain = all(w in lex.common or w in lex.organisations for w in words)
    return wide or not plain or scan.low(i - 1) in lex.strong or any(e.listed for e in entries)


def gazetteer_hits(scan: Scan) -> list[Hit]:
    """Left to right, longest first, not overlapping."""
    out, i = [], 0
    while i < len(scan.tokens):
        token = scan.tokens[i]
        if not token.cap and token.low not in ARTICLES:  # neither of the two below begins here
            i += 1
            continue
        hit = match(scan, i)
        if hit is None and (stem := _stripped_possessive(scan, i)):
            hit = stem
        if hit is not None and i in scan.shouted and _says_nothing(scan, hit):
            hit = None
        if hit is None:
            i += 1
        else:
            out.append(hit)
            i = hit.j
    return out


def _says_nothing(scan: Scan, hit: Hit) -> bool:
    """Whether, without capitals to go by, one word that some small place is called by is rather another word."""
    if hit.j - hit.i > 1 or scan.tokens[hit.i].first or is_cued(scan, hit.i, hit.j):
        return False
    return not any(e.kind in WIDE or e.population >= BIG or e.listed for e in hit.entries)


def _stripped_possessive(scan: Scan, i: int) -> Hit | None:
    """Texts without apostrophes print "Syrias army": a country's name with an s stuck to it."""
    token = scan.tokens[i]
    if not token.cap or len(token.text) < 5 or not token.low.endswith("s") or token.low in scan.lexicon.common:
        return None
    if token.low in scan.lexicon.demonyms or scan.gazetteer.lookup(token.text):
        return None
    kinds = {"country"} if scan.apostrophes else {"country", "adm1", "town"}
    entries = tuple(e for e in scan.gazetteer.lookup(token.text[:-1]) if e.kind in kinds)
    if not any(e.kind == "country" or e.population >= BIG for e in entries):
        return None
    cut = Token(token.start, token.end - 1, token.text[:-1], token.low[:-1], True, token.gap, True, token.first)
    scan.tokens[i] = cut
    return Hit(i, i + 1, entries)


def countries_of(scan: Scan, hits: Iterable[Hit], hint: str | None) -> dict[str, float]:
    """Which countries the text is about, by weight: named 1, by demonym 0.7, by a city of 100,000 0.5."""
    weights: defaultdict[str, float] = defaultdict(float)
    if hint:
        weights[hint] += 3
    for token in scan.tokens:
        if token.cap and token.low in scan.lexicon.demonyms:
            weights[scan.lexicon.demonyms[token.low]] += 0.7
    for hit in hits:
        named = [e for e in hit.entries if e.kind == "country"]
        if named:
            weights[named[0].country] += 1
            continue
        best = max(hit.entries, key=lambda e: e.population, default=None)
        if best is not None and (best.population >= BIG or best.listed) and best.country:
            weights[best.country] += 0.5
    return weights


def reached(scan: Scan, i: int) -> bool:
    """As in "stormed X", "towards X": what is entered or taken is a place more often than a person."""
    return scan.low(i - 1) in scan.lexicon.reaching and scan.tokens[i].gap.strip() == "" and not scan.tokens[i].first


def opening(scan: Scan, i: int) -> bool:
    """A sentence's first word that is capitalised only for standing there."""
    low = scan.low(i)
    return scan.tokens[i].first and low in scan.lexicon.common and low not in scan.lexicon.before


def is_cued(scan: Scan, i: int, j: int) -> bool:
    """Whether the words beside tokens `i:j` say that it is a place: "in X", "the village of X", "X district"."""
    lex, before, after = scan.lexicon, scan.low(i - 1), scan.low(j)
    near = scan.tokens[i].gap.strip() == ""
    if near and before in lex.strong and not scan.tokens[i].first:
        return True
    if near and before == "of" and (scan.low(i - 2) in lex.generic or scan.low(i - 2) in lex.outskirts):
        return True
    if scan.joined(j) and not scan.tokens[j - 1].possessive:
        return after in lex.generic or f"{after} {scan.low(j + 1)}" in lex.generic
    return False
