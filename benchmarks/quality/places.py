"""Places: every figure of the issue's table, from ../shared. `python benchmarks/quality/places.py [PART ...]`

Parts: lgl, geovirus, ucdp, events, speed (default: all). `--pack FILE` layers a pack; for ucdp the Who's On
First pack is built into a temporary folder when none is given.

- lgl, geovirus: gold mentions are given; Acc@161 km over all of them (unresolved counts as wrong). Countries
  and provinces are no points in evenhand, so the middle of the area is scored (`centre`); a country is right
  when it is the country that holds the gold point or whose own centre is meant (by name).
- ucdp: names of UCDP GED Syria as printed ("X village"), country hint SY, nothing else known.
- events: event_location, dev = items whose text's SHA-1 is 0 modulo 5; texts that are in dev are dropped
  from training; token F1 and exact set, "no place" included.
"""

# ruff: noqa: E501  # one line a printed figure

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import io
import json
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from evenhand.reading.places import Gazetteer, PlaceMention, build_pack, find, places_of_event, resolve
from evenhand.reading.places.geometry import distance_km
from evenhand.reading.places.keys import fold, romanisation_key
from evenhand.reading.places.lexicon import lexicon

SHARED = Path(__file__).resolve().parents[3] / "shared"
DATA = SHARED / "data"


def sentences(text: str) -> list[tuple[int, int]]:
    out, last = [], 0
    for match in re.finditer(r"[.!?][\"'”’]?\s+(?=[\"“‘'A-Z])|\n+", text):
        out.append((last, match.end()))
        last = match.end()
    return [*out, (last, len(text))]


def gold_mentions(text, spans, gazetteer):
    """Our mentions, one exactly at each gold span (made where we found none, or with another extent)."""
    found = find(text, sentences(text), gazetteer, names=[(s, e, "place") for s, e in spans])
    at = {}
    for mention in found:
        for k, (s, e) in enumerate(spans):
            if mention.name_start < e and s < mention.name_end and k not in at:
                at[k] = mention
    out, which = list(found), []
    for k, (s, e) in enumerate(spans):
        name = text[s:e]
        mention = at.get(k)
        same = mention is not None and fold(mention.name) == fold(name)
        if not same:
            entries = gazetteer.lookup(name) or people(name, gazetteer)
            cue = mention.cue if mention is not None else None
            new = PlaceMention(
                s, e, s, e, name, cue=cue, entries=entries, inside=mention.inside if mention is not None else None
            )
            if mention is not None and mention in out:
                out[out.index(mention)] = new
            else:
                out.append(new)
            mention = new
        which.append(mention)
    return out, [out.index(m) for m in which]


def people(name, gazetteer):
    code = lexicon().demonyms.get(name.lower())
    return (gazetteer.country(code),) if code else ()


def lgl():
    for article in ET.parse(DATA / "places" / "lgl.xml").getroot():
        text = article.findtext("text") or ""
        gold = []
        for top in article.find("toponyms"):
            tag = top.find("gaztag")
            if tag is not None:
                lat, lon = float(tag.findtext("lat")), float(tag.findtext("lon"))
                code = tag.findtext("fcode") or ""
                gold.append((int(top.findtext("start")), int(top.findtext("end")), lat, lon, code))
        yield text, gold


def geovirus():
    for article in ET.parse(DATA / "places" / "geovirus.xml").getroot():
        text = article.findtext("text") or ""
        gold = []
        for loc in article.find("locations"):
            name, start = loc.findtext("name"), int(loc.findtext("start"))
            near = min(
                (m.start() for m in re.finditer(re.escape(name), text)), key=lambda p: abs(p - start), default=None
            )
            if near is not None:
                gold.append((near, near + len(name), float(loc.findtext("lat")), float(loc.findtext("lon")), ""))
        yield text, gold


def resolution(name, corpus, gazetteer, verbose):
    total = Counter()
    for number, (text, gold) in enumerate(corpus):
        mentions, which = gold_mentions(text, [(s, e) for s, e, *_ in gold], gazetteer)
        places = resolve(mentions, text, gazetteer)
        for (s, e, lat, lon, code), k in zip(gold, which, strict=True):
            place = places[k]
            total["n"] += 1
            point = place.centre or (None if place.lat is None else (place.lat, place.lon))
            answered = point is not None and place.gazetteer is not None
            total["answered"] += answered
            km = distance_km(lat, lon, *point) if answered else 20038.0
            country = (
                answered
                and place.kind == "country"
                and fold(text[s:e])
                in {"us", "usa", "russia", "canada", "china", "australia", "brazil", "india", "united states", "u s"}
            )
            ok = km <= 161
            total["ok"] += ok
            total["ok, countries by name"] += ok or bool(country)
            total["<=10"] += km <= 10
            if verbose and not ok:
                print(
                    f"{name} {number}: {text[s:e]!r} gold {lat:.1f},{lon:.1f} {code} got {place.kind} {place.name} {place.country} {point} {km:.0f} | {text[max(0, s - 25) : e + 25]!r} | {place.reasons[:3]}"
                )
    n = total["n"]
    print(
        f"{name}: n={n} Acc@161={total['ok'] / n:.3f} (continental countries by name {total['ok, countries by name'] / n:.3f}) "
        f"answered={total['answered'] / n:.3f} right when answered={total['ok'] / max(1, total['answered']):.3f} Acc@10={total['<=10'] / n:.3f}"
    )


def ucdp(gazetteer, verbose):
    rows = list(csv.DictReader((DATA / "ucdp" / "ged-syria-2016-2019.csv").open(encoding="utf-8")))
    seen: dict[str, tuple] = {}
    events = Counter()
    for row in rows:
        name = re.sub(r"\s+", " ", row["where_coordinates"]).strip()
        events[name] += 1
        seen.setdefault(name, (float(row["latitude"]), float(row["longitude"]), row["adm_1"], float(row["where_prec"])))
    for label, weights in (("names", Counter(dict.fromkeys(seen, 1))), ("events", events)):
        total = Counter()
        for name, (lat, lon, adm1, prec) in sorted(seen.items()):
            if prec > 2:
                continue
            weight = weights[name]
            text = name + "."
            mentions = find(text, [(0, len(text))], gazetteer, names=[(0, len(name), "place")], country_hint="SY")
            places = resolve(mentions, text, gazetteer, country_hint="SY")
            total["n"] += weight
            place = next((p for p, m in zip(places, mentions, strict=True) if m.use != "part_of_name"), None)
            if place is None:
                continue
            if place.adm1 and adm1:
                total["adm1 known"] += weight
                agree = same_governorate(place.adm1, adm1)
                total["adm1 ok"] += weight * agree
            if place.lat is None or place.gazetteer is None:
                continue
            total["answered"] += weight
            if place.adm1 and adm1:
                total["answered adm1"] += weight
                total["answered adm1 ok"] += weight * agree
            km = distance_km(lat, lon, place.lat, place.lon)
            total["ok"] += weight * (km <= 10)
            if verbose and km > 10 and label == "names":
                print(
                    f"ucdp {name} | {adm1} {lat:.2f},{lon:.2f} got {place.name} {place.adm1} {place.lat},{place.lon} {km:.0f} {place.reasons}"
                )
        a = max(1, total["answered"])
        print(
            f"ucdp {label}: n={total['n']} answered={total['answered'] / total['n']:.3f} right<=10km when answered={total['ok'] / a:.3f} "
            f"right governorate when answered={total['answered adm1 ok'] / max(1, total['answered adm1']):.3f} "
            f"(of all that name one {total['adm1 ok'] / max(1, total['adm1 known']):.3f})"
        )


def circles(gazetteer):
    """Of the UCDP events coded to a governorate, how many lie in the circle that is given for the governorate."""
    total, given = Counter(), {}
    for row in csv.DictReader((DATA / "ucdp" / "ged-syria-2016-2019.csv").open(encoding="utf-8")):
        name = row["adm_1"].strip()
        if not name:
            continue
        if name not in given:
            text = f"Shells fell in {name} in Syria."
            mentions = find(text, [(0, len(text))], gazetteer)
            given[name] = next((p.circle for p in resolve(mentions, text, gazetteer) if p.kind == "adm1"), None)
        total["n"] += 1
        if given[name] is not None:
            lat, lon, km = given[name]
            total["answered"] += 1
            total["ok"] += distance_km(float(row["latitude"]), float(row["longitude"]), lat, lon) <= km
    print(
        f"circles: n={total['n']} answered={total['answered'] / total['n']:.3f} "
        f"in the circle={total['ok'] / max(1, total['answered']):.3f}"
    )


def same_governorate(one, two):
    def plain(name):
        return romanisation_key(fold(re.sub(r"(?i)\b(governorate|muhafazat|province|city)\b", "", name)))

    return plain(one) == plain(two)


def items():
    for line in (DATA / "event_location" / "items.jsonl").open(encoding="utf-8"):
        yield json.loads(line)


def is_dev(text):
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % 5 == 0


def token_spans(item):
    """Code-point spans of an item's tokens in its text."""
    out, at = [], 0
    for token in (t.strip() for t in item["tokens"]):
        found = item["text"].find(token, at) if token else at
        if found < 0:
            found = at
        out.append((found, found + len(token)))
        at = found + len(token)
    return out


def events(gazetteer, verbose):
    total, seen = Counter(), set()
    for item in items():
        verb = tuple(sorted((s["first"], s["last"]) for s in item["spans"] if s["label"] == "VERB"))
        if not is_dev(item["text"]) or (item["text"], verb) in seen:
            continue
        seen.add((item["text"], verb))
        spans = token_spans(item)
        gold = {
            k
            for s in item["spans"]
            if s["label"] == "LOCATION"
            for k in range(s["first"], s["last"] + 1)
            if item["tokens"][k].strip()
        }
        first, last = verb[0]
        text = item["text"]
        mentions = find(text, [(0, len(text))], gazetteer)
        got = places_of_event(text, (0, len(text)), (spans[first][0], spans[last][1]), mentions)
        chosen = set()
        for m in (mentions[g] for g in got):
            chosen |= {k for k, (s, e) in enumerate(spans) if s < m.name_end and m.name_start < e and e > s}
        total["n"] += 1
        total["tp"] += len(gold & chosen)
        total["gold"] += len(gold)
        total["got"] += len(chosen)
        total["exact"] += gold == chosen
        total["none gold"] += not gold
        total["none both"] += not gold and not chosen
        if verbose and gold != chosen:
            print(
                "ev",
                "GOLD",
                [item["tokens"][k] for k in sorted(gold)],
                "GOT",
                [item["tokens"][k] for k in sorted(chosen)],
                "| VERB",
                item["tokens"][first],
                "|",
                text[:300],
            )
    p, r = total["tp"] / max(1, total["got"]), total["tp"] / max(1, total["gold"])
    print(
        f"events dev: n={total['n']} token P={p:.3f} R={r:.3f} F1={2 * p * r / max(1e-9, p + r):.3f} exact set={total['exact'] / total['n']:.3f} "
        f"(no place in gold {total['none gold']}, right {total['none both']})"
    )


def speed(gazetteer):
    csv.field_size_limit(10**9)
    rows = list(csv.DictReader((DATA / "fa-kes" / "articles.csv").open(encoding="utf-8")))[:200]
    words, start = 0, time.process_time()
    for row in rows:
        text = row["article_content"]
        words += len(text.split())
        mentions = find(text, sentences(text), gazetteer)
        resolve(mentions, text, gazetteer)
    seconds = time.process_time() - start
    print(
        f"speed: {words / seconds:,.0f} words/s, {400 * seconds / words * 1000:.1f} ms a 400-word report (200 FA-KES articles)"
    )


def figures() -> dict[str, float]:
    """The figures that main prints, by part and name."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), tempfile.TemporaryDirectory() as folder:
        gazetteer = Gazetteer()
        resolution("lgl", lgl(), gazetteer, False)
        resolution("geovirus", geovirus(), gazetteer, False)
        pack = Path(folder) / "wof.sqlite"
        build_pack([DATA / "places" / "whosonfirst-sy-iq.jsonl"], pack)
        ucdp(Gazetteer([pack]), False)
        circles(gazetteer)
        events(gazetteer, False)
    found = {}
    for line in printed.getvalue().splitlines():
        part, _, rest = line.partition(":")
        for name, value in re.findall(r"([A-Za-z][\w@<=> ]*?)=(\d\.\d+)", rest):
            found[f"{part.strip()} {name.strip()}"] = float(value)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["lgl", "geovirus", "ucdp", "circles", "events", "speed"])
    parser.add_argument("--pack", type=Path)
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gazetteer = Gazetteer([options.pack] if options.pack else [])
        for part in options.parts:
            if part == "lgl":
                resolution("lgl", lgl(), gazetteer, options.v)
            elif part == "geovirus":
                resolution("geovirus", geovirus(), gazetteer, options.v)
            elif part == "ucdp":
                pack = options.pack or Path(folder) / "wof.sqlite"
                if options.pack is None:
                    build_pack([DATA / "places" / "whosonfirst-sy-iq.jsonl"], pack)
                ucdp(Gazetteer([pack]), options.v)
            elif part == "circles":
                circles(gazetteer)
            elif part == "events":
                events(gazetteer, options.v)
            elif part == "speed":
                speed(gazetteer)


if __name__ == "__main__":
    main()
