"""Weights that carry over: the table `between` of `grouping/weights.toml`, scored and searched, wars left out in turn.

    python -m benchmarks.quality.weights SET=READINGS.jsonl=INCIDENTS.jsonl … [--search --folds N] [--try NAME=VALUE …]

Each set is one war: stored readings (`evenhand read … --jsonl FILE`) and its gold incidents (as `incidents.py` reads
them). Readings are taken in once, and every pair that grouping compares is compared once under a table of ones, so
that a table of weights costs one product and the linkage. Scored are B-cubed F1 of the members and the near misses
merged, over all incidents of some sets (`incidents.py` has both measures; an incident of ours is matched by the days
its happenings tell, as none is graded here). Origins over-counted and grades: by `incidents.py`, on what is chosen.

`--search`: for each of `--folds` parts of the sets (default: each set), the weights are chosen on the others and
scored on it. One weight is moved at a time, where that gains more than `LEAST`; no weight may change the sign that a
reader expects of it (`SIGNS`): a table that is right by chance only is none that can be defended. Four folds of 17
sets: two minutes on one core. `--try` scores the table with these weights, too.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from benchmarks.quality.incidents import _b_cubed, read_readings
from evenhand.grouping import compare
from evenhand.grouping.candidates import Nearby, whereabouts
from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.comparing import packaged_weights
from evenhand.grouping.happenings import Happening, claims_as_happenings
from evenhand.grouping.incidents import Comparer, told
from evenhand.grouping.rarity import Rarity
from evenhand.grouping.settling import _components

UNSEEN = -4.0
LEAST = 0.001
"""A gain in the objective that is worth a change: about a quarter of one report of one incident."""
NEAR = 0.3
"""What a near miss merged costs beside B-cubed, as a share of all near misses."""
SWEEPS = 3
STEPS = (-2.0, -0.75, 0.75, 2.0)
SIGNS = {
    1: "same_day same_spot next_spot near_spot same_name same_type kin_type toll_equal toll_near actor target words "
    "same_words copies news opening published_near published_back both_lead",
    -1: "bias day_near day_near_wide day_far published_far published_later toll_grown other_spot far_spot other_name "
    "no_place other_type toll_apart toll_far actor_apart news_far cumulative one_lead same_report",
}  # fmt: skip
_SIGN = {name: sign for sign, names in SIGNS.items() for name in names.split()}
Table = Mapping[str, float]


class War:
    """The happenings of one set, each pair that is compared as a row of features, and its gold."""

    def __init__(self, name: str, readings: Path, gold: Path) -> None:
        self.name = name
        self.gold = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
        read = sorted(read_readings(readings), key=lambda one: one.report.id)
        weights = packaged_weights()
        rarity = Rarity.of(claim for reading in read for claim in claims_as_happenings(reading))
        shared = {(p.first, p.second): p for p in compare([one.report for one in read]) if p.label != "independent"}
        stories = [[one.happening for one in told(reading, rarity, weights)] for reading in read]
        self.happenings = [one for each in stories for one in each]
        unit = {one.report.id: one.report.external_id or one.report.id for one in read}
        self.units = [unit[one.report] for one in self.happenings]
        asked = {unit for one in self.gold for unit in (*one["members"], *one["near_misses"])}
        self._asked = {number for number, one in enumerate(self.units) if one in asked}
        ones = replace(weights, between=dict.fromkeys(weights.between, 1.0))
        comparer = Comparer(shared, dict.fromkeys(unit, 0), lambda era: rarity, ones)
        self.pairs = sorted(_compared(stories, rarity, shared))
        self._ends = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        self.names = list(weights.between)
        column = {feature: at for at, feature in enumerate(self.names)}
        self.features = np.zeros((len(self.pairs), len(self.names)))
        for row, (one, two) in enumerate(self.pairs):
            ends = sorted((self.happenings[one], self.happenings[two]), key=lambda each: each.key)
            for part in comparer.compare(*ends).parts:
                self.features[row, column[part.name]] += part.value
        self._known: dict[tuple[float, ...], tuple[np.ndarray, int, int]] = {}

    def groups(self, table: Table) -> list[tuple[int, ...]]:
        """Happenings by number, grouped under these weights; without those that no report of the gold hangs with."""
        scores = np.round(self.features @ np.array([table[name] for name in self.names]), 4)
        above = self._ends[scores > 0]
        root = _components(len(self.happenings), above[:, 0].tolist(), above[:, 1].tolist())
        members: defaultdict[int, list[int]] = defaultdict(list)
        for number, top in enumerate(root.tolist()):
            members[top].append(number)
        inside: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
        for at in np.flatnonzero(root[self._ends[:, 0]] == root[self._ends[:, 1]]).tolist():
            inside[int(root[self.pairs[at][0]])][self.pairs[at]] = float(scores[at])
        asked = [top for top, each in members.items() if not self._asked.isdisjoint(each)]
        return [group for top in asked for group in average_linkage(members[top], inside[top], UNSEEN)]

    def scored(self, table: Table) -> tuple[np.ndarray, int, int]:
        """(precision, recall) of every member and near miss of the gold, near misses merged, near misses."""
        key = tuple(table[name] for name in self.names)
        if key not in self._known:
            self._known[key] = self._scored(self.groups(table))
        return self._known[key]

    def _scored(self, groups: Sequence[tuple[int, ...]]) -> tuple[np.ndarray, int, int]:
        units = [{self.units[number] for number in group} for group in groups]
        each, merged, near = [], 0, 0
        for one in self.gold:
            members, misses = set(one["members"]), set(one["near_misses"])
            some = [at for at in range(len(groups)) if not members.isdisjoint(units[at])]
            best = max(some, key=lambda at: self._fit(groups[at], units[at], one), default=-1)
            chosen = units[best] if best >= 0 else set()
            each += _b_cubed(members, misses, chosen, units)
            merged, near = merged + len(chosen & misses), near + len(misses)
        return np.array(each), merged, near

    def _fit(self, group: Sequence[int], units: set[str], one: dict) -> tuple[bool, float, int]:
        members, misses = set(one["members"]), set(one["near_misses"])
        share = 2 * len(units & members) / (len(units & (members | misses)) + len(members))
        some = [self.happenings[number] for number in group]
        return _about(some, one["date"]), share, sum(len(each.claims) for each in some)


def _compared(
    stories: Sequence[Sequence[Happening]], rarity: Rarity, shared: Iterable[tuple[str, str]]
) -> set[tuple[int, int]]:
    """The pairs that grouping compares, the smaller number first."""
    nearby, numbers, found = Nearby(), dict[str, range](), set[tuple[int, int]]()
    for each in stories:
        start = len(nearby)
        where = [whereabouts(one, rarity.vector(one.terms), rarity.vector(one.lead_terms)) for one in each]
        near = [nearby.take(where), nearby.within(range(start, len(nearby)))]
        found |= {
            (one, two) for later, earlier in near for two, one in zip(later.tolist(), earlier.tolist(), strict=True)
        }
        if each:
            numbers[each[0].report] = range(start, len(nearby))
    for ends in shared:
        ones, twos = (numbers.get(end, range(0)) for end in ends)
        found |= {(min(one, two), max(one, two)) for one in ones for two in twos}
    return found


def _about(some: Sequence[Happening], days: str) -> bool:
    """Whether the days that most of these tell lie within two of the gold's, or none tells any."""
    told_days = Counter((one.start, one.end) for one in some if one.start is not None and one.end is not None)
    if not told_days:
        return True
    asked = [date.fromisoformat(day).toordinal() for day in days.split("/")]
    start, end = min(told_days, key=lambda each: ((each[1] or 0) - (each[0] or 0) > 1, -told_days[each], each))
    return (start or 0) <= asked[-1] + 2 and (end or 0) >= asked[0] - 2


def figures_of(wars: Sequence[War], table: Table) -> dict[str, float]:
    """B-cubed and near misses merged over these sets together."""
    found = [war.scored(table) for war in wars]
    p, r = np.concatenate([each for each, _, _ in found]).mean(axis=0).tolist()
    merged, near = sum(one for _, one, _ in found), sum(one for _, _, one in found)
    return {"precision": p, "recall": r, "F1": 2 * p * r / (p + r), "near": merged / max(1, near)}


def objective(wars: Sequence[War], table: Table) -> float:
    """What the search raises."""
    found = figures_of(wars, table)
    return found["F1"] - NEAR * found["near"]


def searched(wars: Sequence[War], table: Table) -> dict[str, float]:
    """The table after sweeps over all weights, each moved to where it gains most, until a sweep changes nothing."""
    now, reached = dict(table), objective(wars, table)
    for _ in range(SWEEPS):
        before = dict(now)
        for name in table:
            steps = [now[name] + step for step in STEPS if (now[name] + step) * _SIGN.get(name, 0) >= 0]
            best = max(((objective(wars, now | {name: value}), -abs(value), value) for value in steps), default=None)
            if best is not None and best[0] > reached + LEAST:
                reached, now[name] = best[0], best[2]
                print(f"  {name} = {now[name]:g}: {reached:.4f}", flush=True)
        if now == before:
            break
    return now


def main() -> None:
    """Print the figures of each set and of all, under today's weights and under others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="NAME=READINGS=INCIDENTS")
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--try", dest="tried", nargs="+", default=[], metavar="NAME=VALUE")
    words = parser.parse_args()
    wars = [War(name, Path(readings), Path(gold)) for name, readings, gold in (one.split("=") for one in words.sets)]
    table = dict(packaged_weights().between)
    tables = {"today": table}
    if words.tried:
        tables["tried"] = table | {name: float(value) for name, value in (one.split("=") for one in words.tried)}
    for name, each in tables.items():
        for war in wars:
            print(name, war.name, {key: round(value, 3) for key, value in figures_of([war], each).items()})
        print(name, "all", {key: round(value, 3) for key, value in figures_of(wars, each).items()}, flush=True)
    folds = (words.folds or len(wars)) if words.search else 0
    parts = []
    for left in (wars[number::folds] for number in range(folds)):
        each = searched([war for war in wars if war not in left], table)
        parts += [war.scored(each) for war in left]
        changed = {name: round(value, 2) for name, value in each.items() if value != table[name]}
        names = " ".join(war.name for war in left)
        print(f"left out {names}: {objective(left, table):.3f} -> {objective(left, each):.3f}", changed, flush=True)
    if parts:
        p, r = np.concatenate([each for each, _, _ in parts]).mean(axis=0).tolist()
        print("left out, all: F1", round(2 * p * r / (p + r), 3), "near misses merged", sum(one for _, one, _ in parts))


if __name__ == "__main__":
    main()
