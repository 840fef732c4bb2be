"""Names in running text that the gazetteer knows or whose surroundings say that they are places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.keys import fold
from evenhand.reading.places.lexicon import ARTICLES, ENGLISH_ARTICLES, JOINERS, Lexicon, Token
from evenhand.reading.places.records import Entry

MAX_WORDS = 6
_BIG = 100_000
_KNOWN = 20_000
_SHARE = 0.2
_GAPS = frozenset({" ", "-", "  ", "\n", " -", "- ", " - ", "", "'", "’", "‘", "`"})
_REACHING_WORDS = """
towards toward onto stormed storm storming entered enter entering recaptured recapture retook retake seized
liberated besieged shelled bombed overran overrun infiltrated shelling bombing storming attacked attacking raided
raiding besieging torched razed bombarded bombarding captured occupied evacuated
"""
_DEEDS_WORDS = """
attack attacks blast blasts strike strikes offensive raid raids terrorist terrorists militants rebels killed injured
wounded rocket rockets bomb bombs explosion clashes fighting war battle shelling airstrike airstrikes
"""
_DEEDS = frozenset(_DEEDS_WORDS.split())
"""Words of headlines in capitals ("in New Rocket Attack") that no name of a place holds."""
_REACHING = frozenset(_REACHING_WORDS.split())
_AFTER_DATELINE = frozenset(",(/-–—")
_WIDE = frozenset({"country", "adm1", "continent", "macro", "region", "sea", "river"})


@lru_cache(maxsize=4)
def _prints_apostrophes(text: str) -> bool:
    """Asked for each name of a text: looked for once, or a long text costs the square of its length."""
    return "'s " in text or "’s " in text


@dataclass(slots=True)
class Hit:
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


def _plain_word(scan: Scan, i: int) -> bool:
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
    return tuple(e for e in entries if e.kind == "country" or e.source.startswith("evenhand"))


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
    wide = any(e.kind in _WIDE for e in entries)
    words = [scan.low(k) for k in range(i, j)]
    lex = scan.lexicon
    if all(w.isdigit() for w in words):
        return False
    if j - i == 1:
        if (
            words[0] in ARTICLES
            or _plain_word(scan, i)
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
    return wide or not plain or scan.low(i - 1) in lex.strong or any(e.source.startswith("evenhand") for e in entries)


def gazetteer_hits(scan: Scan) -> list[Hit]:
    """Left to right, longest first, not overlapping."""
    out, i = [], 0
    while i < len(scan.tokens):
        hit = match(scan, i)
        if hit is None and (stem := _stripped_possessive(scan, i)):
            hit = stem
        if hit is None:
            i += 1
        else:
            out.append(hit)
            i = hit.j
    return out


def _stripped_possessive(scan: Scan, i: int) -> Hit | None:
    """Texts without apostrophes print "Syrias army": a country's name with an s stuck to it."""
    token = scan.tokens[i]
    if not token.cap or len(token.text) < 5 or not token.low.endswith("s") or token.low in scan.lexicon.common:
        return None
    if token.low in scan.lexicon.demonyms or scan.gazetteer.lookup(token.text):
        return None
    kinds = {"country"} if scan.apostrophes else {"country", "adm1", "town"}
    entries = tuple(e for e in scan.gazetteer.lookup(token.text[:-1]) if e.kind in kinds)
    if not any(e.kind == "country" or e.population >= _BIG for e in entries):
        return None
    cut = Token(token.start, token.end - 1, token.text[:-1], token.low[:-1], True, token.gap, True, token.first)
    scan.tokens[i] = cut
    return Hit(i, i + 1, entries)


def countries_of(scan: Scan, hits: Iterable[Hit], hint: str | None) -> Counter[str]:
    """Which countries the text is about, by weight: named 1, by demonym 0.7, by a city of 100,000 0.5."""
    weights: Counter[str] = Counter()
    if hint:
        weights[hint] += 3
    for token in scan.tokens:
        if token.cap and token.low in scan.lexicon.demonyms:
            weights[scan.lexicon.demonyms[token.low]] += 0.7  # type: ignore[assignment]
    for hit in hits:
        named = [e for e in hit.entries if e.kind == "country"]
        if named:
            weights[named[0].country] += 1
            continue
        best = max(hit.entries, key=lambda e: e.population, default=None)
        if best is not None and (best.population >= _BIG or best.source.startswith("evenhand")) and best.country:
            weights[best.country] += 0.5  # type: ignore[assignment]
    return weights


def add_variants(scan: Scan, hits: list[Hit], countries: Counter[str]) -> list[Hit]:
    """Add variant spellings in the countries that the text is about.

    For hits without an entry there, and for capitalised names that have none at all.
    """
    least = _SHARE * sum(countries.values())
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
        j = _run_end(scan, i, taken)
        if j > i:
            out.extend(_unmatched(scan, i, j, about, taken))
            i = j
        else:
            i += 1
    return sorted(out, key=lambda h: h.i)


def _small(hit: Hit) -> bool:
    return not any(e.kind in _WIDE or e.population >= _KNOWN or e.source.startswith("evenhand") for e in hit.entries)


def _merged(scan: Scan, hits: list[Hit], about: list[str]) -> list[Hit]:
    """As in "Bir Qassab": two small places side by side are one name that no gazetteer has as a whole."""
    out: list[Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        beside = last is not None and last.j == hit.i and scan.joined(hit.i) and not scan.tokens[hit.i - 1].possessive
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
    known = any(e.kind in _WIDE or e.source.startswith("evenhand") for e in hit.entries)
    opening = hit.j - hit.i == 1 and scan.low(hit.i) in scan.lexicon.before
    if opening or (listed < _KNOWN and not known):
        while j < len(scan.tokens) and j - i < MAX_WORDS and scan.joined(j) and not taken[j] and _extends(scan, j):
            if scan.tokens[j - 1].possessive:
                break
            j += 1
    if (i, j) == (hit.i, hit.j):
        return
    if found := _variants(scan, i, j, about):
        hit.i, hit.j, hit.entries = i, j, found
    elif opening or (not known and ((listed < _BIG and is_cued(scan, i, j)) or scan.low(i) in scan.lexicon.before)):
        hit.i, hit.j, hit.entries = i, j, ()


def _extends(scan: Scan, k: int) -> bool:
    """Whether token `k` can be a further part of a name."""
    low, lex = scan.low(k), scan.lexicon
    if low in lex.directions or low in lex.generic or _plain_word(scan, k) or _opening(scan, k):
        return False
    return (scan.cap(k) and not scan.tokens[k].text[0].isdigit()) or scan.particle(k, JOINERS)


def _variants(scan: Scan, i: int, j: int, about: list[str]) -> tuple[Entry, ...]:
    name = scan.name(i, j)
    return tuple(v for code in about for v in scan.gazetteer.variants(name, code))


def _run_end(scan: Scan, i: int, taken: list[bool]) -> int:
    """End of the run of capitalised words (and particles between them) that starts at token `i`."""
    tokens = scan.tokens
    if taken[i] or not scan.opens(i) or tokens[i].text[0].isdigit():
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
    while i < j and (scan.low(i) in lex.directions or scan.low(i) in lex.demonyms or _opening(scan, i)):
        i += 1
    end = j
    while end > i and (scan.low(end - 1) in lex.generic or scan.low(end - 1) in lex.temporal):
        end -= 1
    if (
        end <= i
        or scan.tokens[i].text[0].isdigit()
        or _plain_word(scan, i)
        or any(scan.low(k) in lex.organisations or scan.low(k) in _DEEDS for k in range(i, j))
    ):
        return []
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


def reached(scan: Scan, i: int) -> bool:
    """As in "stormed X", "towards X": what is entered or taken is a place more often than a person."""
    return scan.low(i - 1) in _REACHING and scan.tokens[i].gap.strip() == "" and not scan.tokens[i].first


def _opening(scan: Scan, i: int) -> bool:
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
