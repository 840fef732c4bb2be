"""Who owns a deed and who is accused of it, against the organisations of MUC-4's keys.

    .venv/bin/python -m benchmarks.quality.responsibility --part dev [--half A|B] [--readings FILE] [--show]

Each report is grouped and graded by itself. MUC-4 (1,500 reports from Latin America, 1988–1991; `muc4_case.py`
restores their case) gives the organisation said to have done a deed and how it is said: CLAIMED OR ADMITTED (the
organisation itself says so), REPORTED AS FACT, SUSPECTED OR ACCUSED (BY AUTHORITIES), POSSIBLE. Measured is, report by
report, by organisation:

- admitted: of the organisations that the key has as claiming or admitting, those that one of our origins admits for
  (recall); of those that we have admitting, those that the key has so (precision). A report's key holds terrorist deeds
  only: an army that tells of the rebels it killed admits, and is in no key. So `precision, of those in the key` counts
  only organisations which the key of the report names for anything, and `beside the key` counts the others; they have
  to be read (`--show`).
- accused: the same for those that anybody blames, and the recall for each way in which the key says it.

Half A of a part (every first of two lines) is there to be read; B, tst1 and tst2 are for figures.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.quality.incidents import read_articles, read_readings
from benchmarks.quality.muc4 import SHARED
from benchmarks.quality.muc4_case import printed
from evenhand.assessing import AssessmentSettings, assess_all
from evenhand.assessing.informants import words_of
from evenhand.grouping import cluster, compare, groups
from evenhand.model.incident import Origin
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.profiles import world

OWNED = "CLAIMED OR ADMITTED"
CLASSES = (OWNED, "REPORTED AS FACT", "SUSPECTED OR ACCUSED BY AUTHORITIES", "SUSPECTED OR ACCUSED", "POSSIBLE")
_QUIET = frozenset(["the", "of", "and", "for", "group", "members", "forces"])


@dataclass(frozen=True)
class Blamed:
    """An organisation of a key: its names there, how it is said to have done a deed, and whether it must be found."""

    names: tuple[str, ...]
    ways: frozenset[str]
    needed: bool


def keys(item: dict) -> list[Blamed]:
    """The organisations of a report's templates, each once."""
    found: list[Blamed] = []
    for template in item["templates"]:
        needed = "OPTIONAL" not in template["MESSAGE: TEMPLATE"]
        for line in (template.get("PERP: ORGANIZATION CONFIDENCE") or "").split("\n"):
            names = tuple(name.replace('\\"', "") for name in re.findall(r'"((?:\\"|[^"])+)"', line))
            said = line.split('"')[0].split(":")[0]
            ways = frozenset(way for way in (part.strip(" ?()") for part in said.split("/")) if way in CLASSES)
            if not names or not ways:
                continue
            same = next((one for one in found if set(one.names) & set(names)), None)
            if same is not None:
                found.remove(same)
                names = tuple(dict.fromkeys((*same.names, *names)))
                ways, needed_too = ways | same.ways, needed or same.needed
                found.append(Blamed(names, ways, needed_too))
            else:
                found.append(Blamed(names, ways, needed and not line.lstrip().startswith("?")))
    return found


def is_same(one: Blamed, party: str, profile: Profile, on: date | None) -> bool:
    """Whether a party or group of ours is the organisation of a key: by the profile, or by the words of its name."""
    known = profile.party(party)
    spelt = words_of(party)
    for name in one.names:
        owner = profile.owner_of(name.title(), on=on) or profile.owner_of(name, on=on)
        if owner is not None and party in (owner.party, profile.family_of(owner.party)):
            return True
        words = [word for word in words_of(name) if word not in _QUIET]
        own = set(spelt if known is None else words_of(" ".join((known.name, *known.names, *known.adjectives))))
        if words and own and (set(words) <= own or (known is None and set(spelt) - _QUIET <= set(words))):
            return True
        state = {"army", "armed", "military", "government", "soldiers", "troops", "police", "air", "security"}
        if known is not None and known.kind == "government" and state.intersection(words):
            return True
    return False


def told(reading: Reading, profile: Profile) -> Iterator[Origin]:
    """The origins of every incident of a report that is graded by itself."""
    pairs = compare([reading.report])
    incidents = assess_all(
        cluster([reading], pairs), readings={reading.report.id: reading}, copies=groups(pairs, [reading.report]),
        profile=profile, settings=AssessmentSettings(),
    )  # fmt: skip
    for incident in incidents:
        yield from incident.origins


def scored(items: Iterable[dict], readings: Iterable[Reading], *, show: bool = False) -> dict[str, float]:
    """The figures of these reports."""
    profile = world()
    by_id = {one.report.external_id or one.report.id: one for one in readings}
    tally: Counter[str] = Counter()
    for item in items:
        if item["id"] not in by_id:
            continue
        reading = by_id[item["id"]]
        day = date.fromisoformat(reading.report.published[:10]) if reading.report.published else None
        origins = list(told(reading, profile))
        owning = {one.party or one.family: one for one in origins if one.stance.responsibility == "admits"}
        blamed: dict[str, Origin] = {}
        for one in origins:
            if one.stance.responsibility.startswith("blames:"):
                for party in one.stance.responsibility.removeprefix("blames:").split("/"):
                    blamed.setdefault(party, one)
        _count(keys(item), owning, blamed, tally, profile, day, (item["id"], reading) if show else None)
    return _figures(tally)


def _count(
    gold: list[Blamed], owning: dict[str, Origin], blamed: dict[str, Origin], tally: Counter[str], profile: Profile,
    day: date | None, shown: tuple[str, Reading] | None,
) -> None:  # fmt: skip
    for one in gold:
        found = any(is_same(one, party, profile, day) for party in owning)
        if OWNED in one.ways and (one.needed or found):
            tally["admitted"] += 1
            tally["admitted found"] += found
            if shown and not found:
                print(f"MISSED {shown[0]} {one.names}")
        named = any(is_same(one, party, profile, day) for party in [*blamed, *owning])
        for way in sorted(one.ways):
            if one.needed or named:
                tally[f"accused {way}"] += 1
                tally[f"accused {way} found"] += named
        if shown and one.needed and not named:
            print(f"UNBLAMED {shown[0]} {sorted(one.ways)} {one.names}")
    for party, origin in owning.items():
        same = [one for one in gold if is_same(one, party, profile, day)]
        right = any(OWNED in one.ways for one in same)
        what = "right" if right else "wrong" if same else "beside"
        tally[f"owning {what}"] += 1
        if shown and not right:
            print(f"{what.upper()} {shown[0]} {party} {origin.name}: {_words(origin, shown[1])}")
    for party in blamed:
        tally["blamed"] += 1
        tally["blamed right"] += any(is_same(one, party, profile, day) for one in gold)


def _words(origin: Origin, reading: Reading) -> str:
    return " | ".join(" ".join(reading.report.text[slice(*each.span)].split())[:220] for each in origin.evidence[:4])


def _figures(tally: Counter[str]) -> dict[str, float]:
    def share(part: str, whole: float) -> float:
        return tally[part] / whole if whole else 0.0

    return {
        "admitted recall": share("admitted found", tally["admitted"]),
        "admitted precision, of those in the key": share("owning right", tally["owning right"] + tally["owning wrong"]),
        "admitted in the keys": float(tally["admitted"]),
        "admitted beside the key": float(tally["owning beside"]),
        "admitted wrong": float(tally["owning wrong"]),
        **{f"accused recall {way}": share(f"accused {way} found", tally[f"accused {way}"]) for way in CLASSES},
        "accused precision": share("blamed right", tally["blamed"]),
    }


def items_of(part: str, half: str | None = None) -> list[dict]:
    """The reports of a part with their keys."""
    rows = [json.loads(line) for line in (SHARED / f"data/muc4/{part}.jsonl").read_text("utf-8").splitlines()]
    return rows if half is None else rows["AB".index(half) :: 2]


def read(items: list[dict]) -> list[Reading]:
    """What the reader makes of the reports."""
    with tempfile.TemporaryDirectory(prefix="evenhand-quality-") as folder:
        table = Path(folder) / "reports.jsonl"
        rows = [
            json.dumps({"id": one.id, "text": one.text, "outlet": one.outlet or "", "date": one.published or ""})
            for one in printed(items, world())
        ]
        table.write_text("\n".join(rows) + "\n", "utf-8")
        return read_articles(table, "external_id=id,published=date")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "tst1", "tst2"), default="tst1")
    parser.add_argument("--half", choices=("A", "B"))
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--show", action="store_true")
    words = parser.parse_args()
    items = items_of(words.part, words.half)
    readings = read_readings(words.readings) if words.readings else read(items)
    print(json.dumps(scored(items, readings, show=words.show), indent=1))


if __name__ == "__main__":
    main()
