"""Finds place expressions in a text and says how each is used."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from evenhand.reading.capitals import capitals
from evenhand.reading.places.expressions import Around, around
from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.hits import Hit, Scan, countries_of, gazetteer_hits
from evenhand.reading.places.lexicon import lexicon, tokenise
from evenhand.reading.places.records import Entry, PlaceMention, Relation
from evenhand.reading.places.scoring import is_small
from evenhand.reading.places.unnamed import unnamed
from evenhand.reading.places.uses import CAPITAL_SIZE, NameSpan, use_of
from evenhand.reading.places.variants import add_variants
from evenhand.reading.places.wholes import is_line, whole_names, with_date_line

Span = tuple[int, int]
_ONE = frozenset({"a", "an", "another", "one"})  # grammar: the articles and numerals that introduce one
_ONE_WITHIN = 4  # words: "a local trader named X"
_PLACE_KINDS = frozenset({"place", "facility", "location", "gpe"})
_BODIES = frozenset({"organisation", "armed_group", "government", "outlet"})
_SINGULAR = {"counties": "county", "parishes": "parish", "districts": "district"}


def find(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    *,
    names: Sequence[NameSpan] = (),
    country_hint: str | None = None,
) -> tuple[PlaceMention, ...]:
    """Place expressions of `text`, in order, not overlapping; positions in code points.

    `names` are spans a tagger found, with their kinds (person, organisation, place …): a place inside a
    person's or organisation's name is kept with use "part_of_name"; a name of kind place or facility
    that no list knows is taken as a place. `country_hint` (ISO alpha-2) widens the variant spellings
    that are tried. Never raises on any text.
    """
    tokens = tokenise(text, tuple(sentences) or ((0, len(text)),))
    printed = capitals(text)
    shouted = frozenset(k for k, t in enumerate(tokens) if printed.holds(t.start)) if printed.stretches else frozenset()
    scan = Scan(text, tokens, gazetteer, lexicon(), shouted)
    hits = [hit for hit in gazetteer_hits(scan) if not _is_no_towns(scan, hit)]
    hits = add_variants(scan, hits, countries_of(scan, hits, country_hint))
    hits = whole_names(scan, [hit for hit in hits if not _is_no_towns(scan, hit)])
    hits = whole_names(scan, _with_tagged(scan, hits, names))
    hits = with_date_line(scan, hits)
    read = [(hit, around(scan, hit)) for hit in hits]
    names = sorted(names)
    read = _named_again(scan, read, names)
    listed = frozenset(k for hit in hits if hit.entries for k in range(hit.i, hit.j))
    mentions = [_mention(scan, hit, words, use_of(scan, hit, words, names, listed)) for hit, words in read]
    mentions = _shared_cue(scan, mentions)
    mentions = _between(scan, hits, mentions)
    mentions += unnamed(scan, mentions)
    return _nested(text, _trimmed(sorted(mentions, key=lambda m: (m.name_start, m.start))))


def _is_no_towns(scan: Scan, hit: Hit) -> bool:
    """Whether a listed name is here that of a street, of somebody just met, or of God."""
    invoked = hit.j - hit.i == 1 and scan.low(hit.i) in scan.lexicon.invoked
    return invoked or _is_of_a_street(scan, hit) or _is_somebodys(scan, hit)


def _is_of_a_street(scan: Scan, hit: Hit) -> bool:
    """Whether a name is but that of a street or square: "Stalin Square" lies in no town that was called so."""
    behind = hit.j < len(scan.tokens) and scan.joined(hit.j) and scan.low(hit.j) in scan.lexicon.streets
    return behind and not scan.tokens[hit.j - 1].possessive


def _is_somebodys(scan: Scan, hit: Hit) -> bool:
    """Whether a name is given to whom or what was just met, and that is no place: "a witness named Ahmad"."""
    k = hit.i - 1
    if k < 2 or scan.low(k) != "named" or scan.cap(k - 1) or scan.low(k - 1) in scan.lexicon.generic:
        return False
    return any(scan.low(n) in _ONE for n in range(max(0, k - _ONE_WITHIN), k - 1))


def _with_tagged(scan: Scan, hits: list[Hit], names: Sequence[NameSpan]) -> list[Hit]:
    """Take over the tagger's places: new ones, and wider ones than the part that the gazetteer knows."""
    owner = {k: hit for hit in hits for k in range(hit.i, hit.j)}
    starts = [t.start for t in scan.tokens]
    for start, end, kind in names:
        if kind not in _PLACE_KINDS:
            continue
        inside = [k for k in range(bisect_left(starts, start), bisect_left(starts, end)) if scan.tokens[k].end <= end]
        while len(inside) > 1 and not _naming(scan, inside[-1]):
            inside.pop()
        while len(inside) > 1 and not _naming(scan, inside[0]):
            inside.pop(0)
        if not inside:
            continue
        i, j = inside[0], inside[-1] + 1
        met = list({id(owner[k]): owner[k] for k in range(i, j) if k in owner}.values())
        covered = {k for h in met for k in range(h.i, h.j)}
        left = [k for k in inside if k not in covered and _naming(scan, k)]
        small = {"and", "between", "of", "in"}
        broken = any(scan.tokens[k].gap.strip(" -'’") or scan.low(k) in small for k in range(i + 1, j))
        if met and (broken or (len(met) == 1 and not left)):
            continue
        entries = scan.gazetteer.lookup(scan.name(i, j)) or _people(scan, i, j)
        if not entries and i in scan.shouted:
            continue
        if met and not entries and any(e.kind == "country" or e.population > CAPITAL_SIZE for e in met[0].entries):
            continue
        for k in [k for hit in met for k in range(hit.i, hit.j)]:
            owner.pop(k, None)
        about = {e.country for h in met for e in h.entries if e.tier}
        variants = tuple(v for code in sorted(about) for v in scan.gazetteer.variants(scan.name(i, j), code))
        owner.update(dict.fromkeys(range(i, j), Hit(i, j, entries or variants)))
    return sorted({id(hit): hit for hit in owner.values()}.values(), key=lambda h: h.i)


def _named_again(scan: Scan, read: list[tuple[Hit, Around]], names: Sequence[NameSpan]) -> list[tuple[Hit, Around]]:
    """A name that no list knows and that was called a village once is that village wherever it stands alone.

    Not the name of a body: "an X stronghold" is where X is.
    """
    bodies = {(start, end) for start, end, kind in names if kind in _BODIES}
    known = {
        tuple(map(scan.low, range(h.i, h.j)))
        for h, words in read
        if words.cue and not h.entries and (scan.tokens[h.i].start, scan.tokens[h.j - 1].end) not in bodies
    }
    if not known:
        return read
    held = {k: hit for hit, _ in read for k in range(hit.i, hit.j)}
    outdone: list[Hit] = []
    more: list[tuple[Hit, Around]] = []
    for size in sorted({len(name) for name in known}, reverse=True):
        for i in range(len(scan.tokens) - size + 1):
            span = range(i, i + size)
            if tuple(map(scan.low, span)) not in known or not all(map(scan.cap, span)):
                continue
            met = [held[k] for k in span if k in held]
            if all(i <= hit.i and hit.j <= i + size and hit.j - hit.i < size for hit in met):
                outdone += met  # the city that the village begins like
                hit = Hit(i, i + size, ())
                more.append((hit, around(scan, hit)))
                held.update(dict.fromkeys(span, hit))
    kept = [pair for pair in read if not any(pair[0] is hit for hit in outdone)]
    return sorted([*kept, *more], key=lambda pair: pair[0].i)


def _naming(scan: Scan, k: int) -> bool:
    """Whether token `k` is part of a name and no generic noun, direction or small word."""
    low, lex = scan.low(k), scan.lexicon
    if low in lex.before:
        return True
    return low not in lex.generic and low not in lex.directions and low not in {"of", "the", "and", "in", "a"}


def _joined(whole: tuple[Entry, ...], part: tuple[Entry, ...]) -> tuple[Entry, ...]:
    refs = {e.ref for e in whole}
    return whole + tuple(e for e in part if e.ref not in refs)


def _people(scan: Scan, i: int, j: int) -> tuple[Entry, ...]:
    """The country of a demonym that a tagger gave as a place."""
    code = scan.lexicon.demonyms.get(" ".join(scan.low(k) for k in range(i, j)))
    country = scan.gazetteer.country(code) if code else None
    return (country,) if country else ()


def _mention(scan: Scan, hit: Hit, words: Around, use: str) -> PlaceMention:
    tokens = scan.tokens
    name_start, name_end = tokens[hit.i].start, tokens[hit.j - 1].end
    last = hit.j
    while last < words.last and scan.cap(last):
        last += 1
    proper = tokens[last - 1].end
    whole = scan.gazetteer.lookup(scan.name(hit.i, words.last)) if words.last > hit.j else ()
    if not whole and words.cue in _SINGULAR:
        whole = scan.gazetteer.lookup(f"{scan.name(hit.i, hit.j)} {_SINGULAR[words.cue]}")
    entries = _joined(whole, hit.entries)
    if words.cue == "capital" and _CAPITAL_OF.search(scan.text, min(words.start, name_start), name_start):
        country = next((one for one in entries if one.kind == "country"), None)
        seat = scan.gazetteer.capital(country.country) if country is not None else None
        entries = (seat,) if seat is not None else entries
    return PlaceMention(
        start=min(words.start, name_start),
        end=max(tokens[words.last - 1].end, name_end),
        name_start=name_start,
        name_end=proper if words.cue else name_end,
        name=scan.text[name_start:name_end],
        cue=words.cue,
        relation=words.relation,
        use=use,
        entries=entries,
    )


def _shared_cue(scan: Scan, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """As in "Idlib and Hama provinces", "the villages of X and Y": the noun serves both."""
    out, text = list(mentions), scan.text
    for k in range(len(out) - 2, -1, -1):
        left, right = out[k], out[k + 1]
        if left.cue is not None or not right.cue or not right.cue.endswith("s") or right.start < left.end:
            continue
        if text[left.end : right.start].strip(" ,") in {"and", "or", ""} and right.end > right.name_end:
            singular = _SINGULAR.get(right.cue)
            whole = scan.gazetteer.lookup(f"{left.name} {singular}") if singular else ()
            out[k] = replace(left, cue=right.cue, entries=whole or left.entries)
    for k in range(1, len(out)):
        left, right = out[k - 1], out[k]
        plural = left.cue is not None and left.cue.endswith("s") and left.start < left.name_start
        if right.cue is not None or not plural or right.start < left.end:
            continue
        if text[left.end : right.start].strip(" ,") in {"and", "or", ""}:
            out[k] = replace(right, cue=left.cue)
    return out


def _between(scan: Scan, hits: list[Hit], mentions: list[PlaceMention]) -> list[PlaceMention]:
    out = list(mentions)
    for k in range(len(hits) - 1):
        opened = scan.low(hits[k].i - 1) == "between" or scan.low(hits[k].i - 2) == "between"
        opened = opened and scan.text[out[k].end : out[k + 1].start].strip() == "and"
        if (opened or is_line(scan, hits[k], hits[k + 1])) and out[k].use in ("place", "part_of_name"):
            for at in (k, k + 1):
                out[at] = replace(out[at], use="place", start=out[at].name_start, end=out[at].name_end, cue=None)
            out[k] = replace(out[k], relation=Relation("between", other=out[k + 1].name, words="between"))
            out[k + 1] = replace(out[k + 1], relation=Relation("between", other=out[k].name, words="between"))
    return out


def _trimmed(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Cut expressions that reach into the one before them."""
    out: list[PlaceMention] = []
    for found in mentions:
        mention = found
        if out and mention.start < out[-1].end:
            before = out[-1]
            if before.name_end <= mention.start:
                out[-1] = replace(before, end=max(before.name_end, min(before.end, mention.start)))
            if mention.start < out[-1].end:
                mention = replace(mention, start=max(out[-1].end, mention.start))
            if mention.start > mention.name_start:
                continue
        out.append(mention)
    return out


_CAPITAL_OF = re.compile(r"\bcapital of (?:the )?\Z")
_HOLDERS = frozenset({",", "in", "of", ", in", "in the", "of the", "(", ", in the", "'s", "’s", "s"})
_AREAS = frozenset({"country", "adm1", "adm2", "macro", "region", "continent"})


def _nested(text: str, mentions: list[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Link "X, Y", "X in Y", "Y's X" where Y can hold X."""
    out = list(mentions)
    for k in range(len(out) - 1):
        left, right = out[k], out[k + 1]
        gap = text[left.end : right.start].strip()
        if gap not in _HOLDERS or right.use == "part_of_name" or left.use == "part_of_name":
            continue
        if gap == "," and not _can_hold(right, left):
            continue
        if gap in {"'s", "’s", "s"} or (gap == "" and text[left.end : left.end + 1] in "'’s"):
            out[k + 1] = replace(right, inside=k)
        elif left.relation is None or left.relation.kind != "between":
            out[k] = replace(left, inside=k + 1)
    return tuple(out)


def _can_hold(holder: PlaceMention, held: PlaceMention) -> bool:
    """Whether some reading of `holder` is an area in which some reading of `held` lies."""
    areas = [e for e in holder.entries if e.kind in _AREAS]
    if not held.entries:
        return any(e.kind == "country" for e in areas) or (bool(areas) and holder.cue is not None)
    if any(e.kind == "country" for e in areas) and all(is_small(e) for e in held.entries):
        return True  # "Xa, Country": of that country, whatever small towns elsewhere are called so
    return any(
        entry.country == area.country
        and entry.ref != area.ref
        and entry.kind != "country"
        and (area.kind in {"country", "macro", "region"} or area.ref in {entry.adm1, entry.adm2})
        for area in areas
        for entry in held.entries
    )
