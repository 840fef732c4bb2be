"""Incidents and grades against `shared/gold/incidents`.

    .venv/bin/python -m benchmarks.quality.incidents [--readings FILE.jsonl] [--show]

Three measures, one above the other, so that a fault is found where it arises:
1. rules: the gold's own origins (stance, knowledge, interest) through the rule table alone;
2. origins: the gold's origins by name and words through naming, interest, knowledge, figures and rules;
3. whole: real readings of the articles (written by `evenhand read ../shared/data/fa-kes/articles.csv --columns
   text=article_content,outlet=source,title=article_title,external_id=unit_id --jsonl FILE`) through copies, clusters
   and grades. Without FILE only 1 and 2 are measured.

    .venv/bin/python -m benchmarks.quality.incidents --folder DIR [--folder DIR …] [--members gold] [--show]

The third measure on folders of your own, each by itself and all together: `reports.jsonl` (id, outlet, date, title,
text; a line a report) and `incidents.jsonl` as in the gold (read are id, type, date, members, near_misses, expected).
`--members gold`: each incident is given the members of the gold, so that grades, origins and tolls are measured by
themselves (`gold_members.py`; the figures of members are then of no use).

Members: B-cubed over the members and near misses of each incident (Bagga and Baldwin 1998); an article that lies
in several of our incidents counts where the gold incident's best match is, else in the largest of its own.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import msgspec
from click.testing import CliRunner

from benchmarks.quality import gold_incidents as gold
from benchmarks.quality.gold_members import with_gold_members
from evenhand.assessing import AssessmentSettings, assess, assess_all
from evenhand.assessing.facts import independent_families, occurrence_facts, responsibility_facts
from evenhand.assessing.origins import Standing
from evenhand.assessing.rules import fired, rule_table
from evenhand.cli import cli
from evenhand.grouping import cluster, compare, groups
from evenhand.model.incident import Incident, Origin, Stance
from evenhand.model.reading import Reading
from evenhand.profiles import world


def rules_alone() -> dict[str, float]:
    """Grades from the gold's own origins."""
    right: Counter[str] = Counter()
    incidents = gold.incidents()
    for one in incidents:
        heard = tuple(_standing(origin) for origin in one["origins"])
        occurrence = fired(rule_table(), "occurrence", occurrence_facts(heard)).grade
        responsibility = fired(rule_table(), "responsibility", responsibility_facts(heard)).grade
        right["occurrence exact"] += occurrence == one["expected"]["occurrence"]
        right["responsibility exact"] += responsibility == one["expected"]["responsibility"]
        right["origins exact"] += len(independent_families(heard)) == one["expected"]["independent_origins"]
    return {name: count / len(incidents) for name, count in right.items()}


def from_origins(*, show: bool = False) -> dict[str, float]:
    """Grades from the gold's origins by name and words."""
    printed = gold.outlets()
    pairs = []
    for one in gold.incidents():
        told, readings = gold.as_readings(one, printed)
        found = assess(told, readings=readings, copies=(), profile=world(), settings=AssessmentSettings())
        pairs.append((one, found))
    return graded(pairs, show=show)


def graded(pairs: Iterable[tuple[dict, Incident | None]], *, show: bool = False) -> dict[str, float]:
    """Grades, origins and tolls of found incidents; one that was not found counts as wrong everywhere."""
    right: Counter[str] = Counter()
    total, found_number = 0, 0
    for one, found in pairs:
        total += 1
        expected = one["expected"]
        if found is None:
            continue
        found_number += 1
        asked = found.questions
        more = found.independent_origins - expected["independent_origins"]
        low, high = expected["killed"]
        same_toll = [asked.killed.low, asked.killed.high] == [low, high] or (high == 0 and asked.killed.low is None)
        right["occurrence exact"] += asked.occurrence.grade == expected["occurrence"]
        right["responsibility exact"] += asked.responsibility.grade == expected["responsibility"]
        right["origins within 1"] += abs(more) <= 1
        right["origins over"] += more > 0
        right["toll bounds exact"] += same_toll
        if show:
            print(one["id"], asked.occurrence.grade, expected["occurrence"], "|", asked.responsibility.grade,
                  expected["responsibility"], "|", found.independent_origins, expected["independent_origins"], "|",
                  [asked.killed.low, asked.killed.high], expected["killed"])  # fmt: skip
    names = ("occurrence exact", "responsibility exact", "origins within 1", "origins over", "toll bounds exact")
    return {name: right[name] / total for name in names} | {"incidents found": found_number / total}


def whole(
    readings: list[Reading], *, golds: list[dict] | None = None, show: bool = False, members: str = "ours"
) -> dict[str, float]:
    """Members, near misses and grades from real readings."""
    pairs, units = matched(readings, golds, members=members)
    return scored(pairs, list(units.values()), {found.id: units[found.id] for _, found in pairs if found}, show=show)


def scored(
    pairs: list[tuple[dict, Incident | None]], all_units: list[set[str]], units: dict[str, set[str]], *, show: bool
) -> dict[str, float]:
    """The figures of gold incidents each with ours, by the reports of all of ours and those of the ones chosen."""
    precision, recall, merged, near = [], [], 0, 0
    for one, found in pairs:
        members, misses = set(one["members"]), set(one["near_misses"])
        chosen = units[found.id] if found else set()
        merged, near = merged + len(chosen & misses), near + len(misses)
        each = _b_cubed(members, misses, chosen, all_units)
        precision += [p for p, _ in each]
        recall += [r for _, r in each]
        if show:
            counts = f"{len(chosen & members)}/{len(members)} members, {len(chosen & misses)} near misses"
            lost = f"missing {sorted(members - chosen)} merged {sorted(chosen & misses)}"
            print(one["id"], counts, found.title if found else "-", lost)
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    scores = {"members B3 precision": p, "members B3 recall": r, "members B3 F1": 2 * p * r / (p + r),
              "near misses merged": merged / max(1, near), "incidents": float(len(all_units))}  # fmt: skip
    return scores | graded(pairs, show=show)


def matched(
    readings: list[Reading], golds: list[dict] | None = None, *, members: str = "ours"
) -> tuple[list[tuple[dict, Incident | None]], dict[str, set[str]]]:
    """Each gold incident with ours that fits it best, and the articles of all of ours by incident id.

    `members` "gold": with what is made of the gold's members alone.
    """
    golds = gold.incidents() if golds is None else golds
    by_id = {one.report.id: one for one in readings}
    unit = {one.report.id: one.report.external_id or one.report.id for one in readings}
    reports = [one.report for one in readings]
    pairs = compare(reports)
    incidents = assess_all(
        cluster(readings, pairs), readings=by_id, copies=groups(pairs, reports), profile=world(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    units = {one.id: {unit[report] for report in one.reports} for one in incidents}
    found: list[tuple[dict, Incident | None]] = []
    for one in golds:
        wanted, misses = set(one["members"]), set(one["near_misses"])
        best = max(incidents, key=lambda i: _fit(units[i.id], wanted, misses, i, one), default=None)
        found.append((one, best if best is not None and units[best.id] & wanted else None))
    if members == "gold":
        found = with_gold_members(found, readings, groups(pairs, reports))
        units |= {mine.id: {unit[report] for report in mine.reports} for _, mine in found if mine}
    return found, units


def _fit(
    units: set[str], members: set[str], misses: set[str], incident: Incident, one: dict
) -> tuple[bool, float, int, bool, str]:
    """How well an incident is the gold's, best last: the day, the reports in common, how much is told, the kind.

    First one whose time comes within two days of the gold's or is not known, then the overlap of reports. Of several
    with the same reports (a strike, and the clashes that the same reports mention) the one that most is told of.
    """
    hit = len(units & members)
    share = 2 * hit / (len(units & (members | misses)) + len(members))
    same = incident.type == one["type"]
    return hit > 0 and _near(incident, one["date"]), share, len(incident.claims), same, incident.id


def _near(incident: Incident, day: str) -> bool:
    if incident.time is None or incident.time.start is None:
        return True
    first, last = (
        date.fromisoformat(text) for text in (day.split("/", maxsplit=1)[0], day.rsplit("/", maxsplit=1)[-1])
    )
    start = date.fromisoformat(incident.time.start)
    end = date.fromisoformat(incident.time.end or incident.time.start)
    return start <= last + timedelta(2) and end >= first - timedelta(2)


def _b_cubed(
    members: set[str], misses: set[str], chosen: set[str], all_units: Iterable[set[str]]
) -> list[tuple[float, float]]:
    items = members | misses
    home = {item: ("best", frozenset(chosen & items)) for item in items & chosen}
    listed = [units & items for units in all_units]
    for item in items - chosen:
        own = max(
            (units - chosen for units in listed if item in units), key=lambda u: (len(u), sorted(u)), default=set()
        )
        home[item] = ("own", frozenset(own) or frozenset({item}))
    each = []
    for item in sorted(items):
        mine = {other for other in items if home[other] == home[item]} | {item}
        same = members if item in members else {item}
        each.append((len(mine & same) / len(mine), len(mine & same) / len(same)))
    return each


def _standing(origin: dict) -> Standing:
    stance, party = origin["responsibility"], origin["party"]
    blamed = frozenset(stance[7:].split("/")) if stance.startswith("blames:") else frozenset()
    record = Origin(
        name=origin["name"], family=origin["family"], interest=origin["interest"], party=party,
        own_knowledge=origin["own_knowledge"], stance=Stance(occurrence="asserts", responsibility=stance),
    )  # fmt: skip
    said = origin["occurrence"]
    return Standing(
        origin=record, blamed=blamed, asserts=said in ("asserts", "admits"), denies=said == "denies",
        admits=stance == "admits", denies_act=stance == "denies", organ=said == "admits",
    )  # fmt: skip


def read_readings(path: Path) -> list[Reading]:
    """Readings from a JSONL file; of an id that occurs twice the first."""
    decoder = msgspec.json.Decoder(Reading)
    first: dict[str, Reading] = {}
    for line in path.read_bytes().splitlines():
        reading = decoder.decode(line)
        first.setdefault(reading.report.external_id or reading.report.id, reading)
    return list(first.values())


def folders(given: list[Path], *, show: bool = False, members: str = "ours") -> dict[str, dict[str, float]]:
    """The figures of each folder by its name, and of all together."""
    found, pairs, all_units, chosen = {}, [], [], {}
    for folder in given:
        golds = [json.loads(line) for line in (folder / "incidents.jsonl").read_text("utf-8").splitlines()]
        readings = read_articles(folder / "reports.jsonl", "external_id=id,published=date")
        own, units = matched(readings, golds, members=members)
        mine = {one.id: units[one.id] for _, one in own if one}
        found[folder.name] = scored(own, list(units.values()), mine, show=show)
        pairs, all_units, chosen = pairs + own, all_units + list(units.values()), chosen | mine
    return found | {"all": scored(pairs, all_units, chosen, show=False)}


def read_articles(table: Path, columns: str) -> list[Reading]:
    """All articles of a table as the reader reads them now."""
    with tempfile.TemporaryDirectory(prefix="evenhand-quality-") as folder:
        out = Path(folder) / "readings.jsonl"
        words = ["read", str(table), "--columns", columns, "--jsonl", str(out)]
        result = CliRunner().invoke(cli, words, standalone_mode=False)
        if not out.exists():
            sys.exit(f"reading {table} failed: {result.output}")
        return read_readings(out)


def figures(readings: Path | None = None) -> dict[str, float]:
    """For `python -m benchmarks.quality`."""
    found = {f"rules alone: {name}": value for name, value in rules_alone().items()}
    found |= {f"gold origins: {name}": value for name, value in from_origins().items()}
    if readings is not None:
        found |= {f"whole: {name}": value for name, value in whole(read_readings(readings)).items()}
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--members", choices=("ours", "gold"), default="ours")
    parser.add_argument("--show", action="store_true")
    words = parser.parse_args()
    if words.folder:
        print(json.dumps(folders(words.folder, show=words.show, members=words.members), indent=1))
        return
    if words.show:
        from_origins(show=True)
        if words.readings:
            whole(read_readings(words.readings), show=True, members=words.members)
    print(json.dumps(figures(words.readings), indent=1))


if __name__ == "__main__":
    main()
