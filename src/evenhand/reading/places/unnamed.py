"""Places that a text describes and does not name: a border between two peoples, "the city", "the capital of X"."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.reading.places.hits import Scan
from evenhand.reading.places.records import Entry, PlaceMention, Relation

_LONGEST_COUNTRY = 6  # words: "the Democratic Republic of the Congo"


def unnamed(scan: Scan, named: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The descriptions of places that stand beside the mentions already found, and do not overlap them."""
    taken = bytearray(len(scan.text))  # 1 where a mention stands
    for mention in named:
        _take(taken, mention.start, mention.end)
    return _borders(scan, taken) + _owned_capitals(scan, taken) + _references(scan, taken)


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _free(taken: bytearray, start: int, end: int) -> bool:
    return not any(taken[start:end])


def _borders(scan: Scan, taken: bytearray) -> list[PlaceMention]:
    """As in "the Syrian–Turkish border", "the Turkish border": a line between countries named by their peoples."""
    out, people = [], scan.lexicon.demonyms
    for k, token in enumerate(scan.tokens):
        if token.low not in scan.lexicon.borders or scan.low(k - 1) not in people:
            continue
        second = people[scan.low(k - 1)]
        first = people.get(scan.low(k - 2)) if scan.tokens[k - 1].gap.strip() in {"", "-", "–", "/"} else None
        i = k - 2 if first else k - 1
        start = scan.tokens[i].start
        country = scan.gazetteer.country(first or second)
        if not _free(taken, start, token.end) or country is None:
            continue
        relation = Relation("border", other=second if first else None, words=scan.text[start : token.end])
        name = scan.text[start : token.end]
        out.append(PlaceMention(start, token.end, start, token.end, name, "border", relation, entries=(country,)))
        _take(taken, start, token.end)
    return out


def _owned_capitals(scan: Scan, taken: bytearray) -> list[PlaceMention]:
    """The "capital" of "Xa's capital", of the country that owns it; `taken` is 1 where a mention stands."""
    out = []
    for k in range(1, len(scan.tokens)):
        token = scan.tokens[k]
        if token.low != "capital" or not scan.tokens[k - 1].possessive or any(taken[token.start : token.end]):
            continue
        names = (scan.gazetteer.lookup(scan.name(first, k)) for first in range(max(0, k - _LONGEST_COUNTRY), k))
        owner = next((entry for found in names for entry in found if entry.kind == "country"), None)
        if owner is not None:
            span = token.start, token.end
            out.append(PlaceMention(*span, *span, token.text, "capital", None, "common", None, (owner,)))
            _take(taken, *span)
    return out


def _references(scan: Scan, taken: bytearray) -> list[PlaceMention]:
    """As in "the city", "the camp", "the Syrian capital": descriptions that stand for a place named elsewhere."""
    out, lex = [], scan.lexicon
    for k, token in enumerate(scan.tokens):
        kind = lex.referring.get(token.low)
        if kind is None or not scan.joined(k) or token.cap:
            continue
        held = _country_behind(scan, k) if kind == "capital" else None  # "the capital of Xa"
        if scan.low(k + 1) == "of" and held is None:
            continue
        i = k - 1
        while i > 0 and scan.joined(i) and i > k - 3 and scan.low(i) not in {"the", "this", "that"}:
            i -= 1
        between = [scan.low(x) for x in range(i + 1, k)]
        if scan.low(i) not in {"the", "this", "that"} or any(
            scan.cap(x) and w not in lex.demonyms for x, w in zip(range(i + 1, k), between, strict=True)
        ):
            continue
        if scan.joined(k + 1) and (scan.low(k + 1) in lex.generic or scan.low(k + 1) in lex.organisations):
            continue
        people = [lex.demonyms[w] for w in between if w in lex.demonyms]
        if kind == "capital" and (lex.within | lex.capitals_of_others).intersection(between):
            continue  # the capital of a people within a state, or of rebels, is not the state's
        country = held or (scan.gazetteer.country(people[0]) if people else None)
        start = scan.tokens[i].start
        if not _free(taken, start, token.end):
            continue
        entries = (country,) if country else ()
        name = scan.text[start : token.end]
        cue = "capital" if kind == "capital" else kind
        relation = Relation("part", words=" ".join(between)) if between and not people else None
        out.append(PlaceMention(start, token.end, start, token.end, name, cue, relation, "common", None, entries))
        _take(taken, start, token.end)
    return out


def _country_behind(scan: Scan, k: int) -> Entry | None:
    """The country named behind "of" after token k, None where there is none: "the capital of the Xan Republic"."""
    if scan.low(k + 1) != "of":
        return None
    first = k + 3 if scan.low(k + 2) == "the" else k + 2
    for last in range(min(first + _LONGEST_COUNTRY, len(scan.tokens)), first, -1):
        found = [one for one in scan.gazetteer.lookup(scan.name(first, last)) if one.kind == "country"]
        if found:
            return found[0]
    return None
