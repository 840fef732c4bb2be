"""MUC-4 incident slots from the reader's claims, on the development parts tst1 and tst2.

    .venv/bin/python benchmarks/quality/muc4.py [--data ../shared/data/muc4] [--limit N]

Claims are grouped into incidents (type, place, day) and mapped to MUC's slots: incident type, date, location, human
target number and effect, confidence in the organisation blamed. Slot scores by the rule of 1992 (MUC-4 scoring
guidelines): correct + half of partial over possible (recall) and over actual (precision); matched/missing, that is
templates without a partner in the key count nothing, keys without a partner count as missing. The texts are in
capitals and hold no lists of names: no entities are handed in.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evenhand.model.reading import Claim
from evenhand.model.report import OriginalRef, Report
from evenhand.reading import claims, places, quantities, sentences, times
from evenhand.reading.quantities.words import PERSONS, SINGLE

SHARED = Path(__file__).parents[3] / "shared"
MONTHS = {m: n for n, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}  # noqa: SIM905
DATELINE = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b")
TYPES = {
    **dict.fromkeys(("killing", "execution", "injury", "ground_attack", "shelling", "airstrike"), "ATTACK"),
    "bombing": "BOMBING",
    "abduction": "KIDNAPPING",
    "destruction": "ARSON",
}
EFFECTS = {"killing": "DEATH", "execution": "DEATH", "injury": "INJURY"}
ONE, PLURAL = (1, 1), (2, None)
BEHIND = frozenset(["of", "in", "at", "from", "who", "that", "by", "on", "near", "with", "to"])
NOBODY = frozenset(
    [
        "they",
        "them",
        "it",
        "who",
        "which",
        "he",
        "she",
        "his",
        "her",
        "him",
        "you",
        "here",
        "i",
        "we",
        "us",
        "their",
        "its",
        "both",
        "there",
        "one",
        "others",
        "itself",
        "that",
        "me",
    ]
)
SLOTS = ("type", "date", "location", "number", "effect", "confidence")


@dataclass
class Incident:
    type: str
    days: tuple[str, str] | None = None
    place: str | None = None
    numbers: list[tuple[int | None, int | None]] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    lists: list[tuple[str | None, tuple[tuple[int | None, int | None], ...]]] = field(default_factory=list)
    confidence: str | None = None


def day_of(text: str) -> date | None:
    match = DATELINE.search(text[:200])
    if match is None or match.group(2) not in MONTHS:
        return None
    return date(1900 + int(match.group(3)), MONTHS[match.group(2)], min(28, int(match.group(1))))


def read(text: str, gazetteer: places.Gazetteer) -> tuple[str, tuple[Claim, ...]]:
    text = re.sub(r"\n(?!\s*\n)", " ", text)
    split = sentences.split(text)
    found = times.find(text, published=day_of(text), sentences=split)
    mentions = places.find(text, split, gazetteer)
    return text, claims.find(
        Report(id="m", original=OriginalRef(sha256=""), text=text),
        split,
        (),
        (),
        places=places.resolve(mentions, text, gazetteer),
        place_mentions=mentions,
        times=found,
        quantities=quantities.find(text, times=times.dated_spans(found)),
    )


def muc_type(claim: Claim, text: str) -> str | None:
    kind = TYPES.get(claim.type)
    trigger = text[slice(*claim.trigger)].lower()
    if kind == "ARSON" and not re.search("burn|torch|fire|ablaze|arson", trigger):
        return None
    if kind == "ATTACK" and re.search("bomb|dynamit|explo", trigger):
        return "BOMBING"
    return kind


def incidents(text: str, found: tuple[Claim, ...]) -> list[Incident]:
    out: list[Incident] = []
    for claim in found:
        kind = muc_type(claim, text)
        if kind is None or claim.polarity == "denied" or claim.modality not in ("asserted", "possible"):
            continue
        place = text[slice(*claim.place.span)] if claim.place and claim.place.span else None
        days = (claim.time.start, claim.time.end) if claim.time and claim.time.start and claim.time.end else None
        incident = next((i for i in reversed(out) if joins(i, kind, claim, place, days)), None)
        if incident is None:
            incident = Incident(kind)
            out.append(incident)
        incident.days = incident.days or days
        incident.place = incident.place or place
        if claim.type in EFFECTS or kind == "KIDNAPPING":
            incident.lists.append((EFFECTS.get(claim.type), tuple(victims(claim, text))))
        if claim.actor is not None and incident.confidence is None:
            incident.confidence = "POSSIBLE" if claim.modality == "possible" else "REPORTED AS FACT"
    for incident in out:
        count(incident)
    return out


def count(incident: Incident) -> None:
    """Numbers and effects of an incident's victims, each once however often they are told.

    A text names one victim many ways, so single ones are those of the longest list; "people" are left out where
    a number is told.
    """
    for effect in dict.fromkeys(effect for effect, _ in incident.lists):
        lists = [numbers for which, numbers in incident.lists if which == effect and numbers]
        exact = list(dict.fromkeys(n for numbers in lists for n in numbers if n not in (ONE, PLURAL)))
        single = max(([n for n in numbers if n == ONE] for numbers in lists), key=len, default=[])
        plural = [PLURAL] if not exact and any(PLURAL in numbers for numbers in lists) else []
        incident.numbers += [*exact, *single, *plural]
        incident.effects += [effect] * (len(exact) + len(single) + len(plural)) if effect else []


def victims(claim: Claim, text: str) -> Iterator[tuple[int | None, int | None]]:
    """The number of every member of a list of victims: told, one, or more than one; persons only, if any are."""
    if claim.target is None or claim.target.span is None:
        return
    start, end = claim.target.span
    at, found = start, []
    for part in re.split(r"(,| and )", text[start:end], flags=re.IGNORECASE):
        span, at = (at, at + len(part)), at + len(part)
        words = re.findall(r"[A-Za-z']+", part.lower())
        behind = next((k for k, word in enumerate(words) if k and word in BEHIND), len(words))
        if not words or words == ["and"] or words[behind - 1] in NOBODY:
            continue
        head = words[behind - 1]
        told = [(q.low, q.high) for q in claim.quantities if span[0] <= q.span[0] < span[1]]
        plural = head in PERSONS and (head.endswith("s") or head in ("people", "men", "women", "children", "police"))
        number = told[0] if told else PLURAL if plural else ONE
        found.append((number, head in PERSONS or head in SINGLE or bool(told)))
    yield from (number for number, person in found if person or not any(p for _, p in found))


def joins(incident: Incident, kind: str, claim: Claim, place: str | None, days: tuple[str, str] | None) -> bool:
    same = incident.type == kind or (incident.type == "BOMBING" and claim.type in EFFECTS)
    near = incident.place is None or place is None or incident.place == place
    return same and near and (incident.days is None or days is None or incident.days == days)


def alternatives(slot: str | None) -> list[str]:
    return [] if slot in (None, "-", "*", "") else [a.strip() for a in slot.split(" / ")]


def gold_days(slot: str) -> tuple[str, str] | None:
    ends = [
        f"19{y}-{MONTHS[m]:02d}-{int(d):02d}"
        for d, m, y in re.findall(r"(\d\d) ([A-Z]{3}) (\d\d)", slot)
        if m in MONTHS
    ]
    return (ends[0], ends[-1]) if ends else None


def gold_numbers(slot: str | None) -> list[tuple[int | None, int | None]]:
    out: list[tuple[int | None, int | None]] = []
    for line in (slot or "").split("\n"):
        fill = line.split(":")[0].strip()
        if match := re.fullmatch(r"(~?)(\d+)(-?)(?:\s*-\s*(\d+))?", fill):
            low = int(match.group(2))
            out.append((low, int(match.group(4)) if match.group(4) else None if match.group(3) else low))
        elif match := re.fullmatch(r"-\s*(\d+)", fill):
            out.append((None, int(match.group(1))))
        elif fill == "PLURAL":
            out.append((2, None))
    return out


def score(gold: dict[str, str], found: Incident, tally: Counter) -> None:
    types = alternatives(gold["INCIDENT: TYPE"])
    add(tally, "type", 1, 1, 1.0 if found.type in types else 0.0)
    day, days = gold_days(gold["INCIDENT: DATE"]), found.days
    hit = (
        1.0
        if day and days and day == days
        else 0.5
        if day and days and days[0] <= day[1] and day[0] <= days[1]
        else 0.0
    )
    before = gold["INCIDENT: DATE"].startswith("-")
    hit = 1.0 if before and days and day and days[1] <= day[1] else hit
    add(tally, "date", bool(day), bool(days), hit)
    place = gold["INCIDENT: LOCATION"]
    parts = re.findall(r"[A-Z][A-Z .'-]+", re.sub(r"\([A-Z ]+\)", "", place))
    name = (found.place or "").upper()
    hit = 1.0 if parts and name and parts[-1].strip() in name else 0.5 if any(p.strip() in name for p in parts) else 0.0
    add(tally, "location", bool(parts), bool(name), hit)
    numbers = gold_numbers(gold["HUM TGT: NUMBER"])
    pairs(tally, "number", numbers, found.numbers)
    effects = [e.split(":")[0].strip() for e in (gold["HUM TGT: EFFECT OF INCIDENT"] or "").split("\n")]
    pairs(tally, "effect", [e for e in effects if e not in ("-", "*", "")], found.effects)
    sure = alternatives((gold["PERP: ORGANIZATION CONFIDENCE"] or "").split(":")[0])
    add(tally, "confidence", bool(sure), found.confidence is not None, float(found.confidence in sure))


def pairs(tally: Counter, slot: str, gold: list, found: list) -> None:
    left, hits = list(gold), 0.0
    for item in found:
        if item in left:
            left.remove(item)
            hits += 1
    add(tally, slot, len(gold), len(found), hits)


def add(tally: Counter, slot: str, possible: float, actual: float, hit: float) -> None:
    tally[slot, "possible"] += possible
    tally[slot, "actual"] += actual
    tally[slot, "hit"] += hit


def aligned(gold: list[dict[str, str]], found: list[Incident]) -> Iterator[tuple[dict[str, str], Incident | None]]:
    """Keys with the incident that shares most slots; type first, as the scorer of 1992 asked for."""
    free = list(found)
    for key in gold:
        best, most = None, 0.0
        for incident in free:
            tally: Counter = Counter()
            score(key, incident, tally)
            value = 2 * tally["type", "hit"] + sum(tally[s, "hit"] for s in SLOTS[1:])
            if value > most:
                best, most = incident, value
        if best is not None:
            free.remove(best)
        yield key, best


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=SHARED / "data/muc4")
    ap.add_argument("--limit", type=int)
    a = ap.parse_args()
    gazetteer, tally, missing, spurious = places.Gazetteer(), Counter(), 0, 0
    for part in ("tst1", "tst2"):
        for line in (a.data / f"{part}.jsonl").read_text("utf-8").splitlines()[: a.limit]:
            item = json.loads(line)
            found = incidents(*read(item["text"], gazetteer))
            keys = [t for t in item["templates"] if t.get("INCIDENT: TYPE") not in (None, "-", "*")]
            matched = 0
            for key, incident in aligned(keys, found):
                matched += incident is not None
                missing += incident is None
                score(key, incident, tally) if incident else missed(key, tally)
            spurious += len(found) - matched
    print(f"keys without an incident {missing}, incidents without a key {spurious}")
    for slot in SLOTS:
        possible, actual, hit = (tally[slot, k] for k in ("possible", "actual", "hit"))
        r, p = hit / max(1, possible), hit / max(1, actual)
        f1 = 2 * p * r / max(1e-9, p + r)
        print(f"{slot:12s} recall {r:.3f} precision {p:.3f} F1 {f1:.3f} (possible {possible:.0f})")


def missed(gold: dict[str, str], tally: Counter) -> None:
    """A key without an incident: all that it holds is missing."""
    score(gold, Incident("none"), tally)
    tally["type", "actual"] -= 1


if __name__ == "__main__":
    main()
