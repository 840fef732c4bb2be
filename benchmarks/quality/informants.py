"""Informants per article against `shared/gold/incidents/informants.jsonl`: F1 over families.

    .venv/bin/python -m benchmarks.quality.informants READINGS.jsonl

Ours are the families of the statements that hold a claim. The gold lists only who the facts of the article's own
incident come from, so informants of background count here as faults. Baseline: the monitors' names alone.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from benchmarks.quality.incidents import read_readings
from evenhand.assessing import AssessmentSettings
from evenhand.assessing.telling import informants_of
from evenhand.model.reading import Reading
from evenhand.profiles import world

GOLD = Path(__file__).resolve().parents[3] / "shared/gold/incidents/informants.jsonl"
# Our families in the gold's words; data, not a rule.
NAMES = {
    "class:activists": "activists", "class:medics": "medics", "class:residents": "residents",
    "class:rescuers": "white_helmets", "class:fighters": "opposition", "islamic_state": "is", "sdf": "kurdish",
    "hezbollah": "iran_hezbollah", "iran": "iran_hezbollah", "syrian_opposition": "opposition", "outlet:afp": "afp",
    "red_cross": "red_crescent", "united_states": "us_coalition", "united_kingdom": "us_coalition",
    "belgium": "us_coalition", "aleppo_media_centre": "activists", "ariha_today": "activists",
    "idlib_media_centre": "activists", "palmyra_coordination": "activists", "class:councils": "kurdish",
    "class:examiners": "medics", "class:health_officials": "medics",
    "class:hearsay": "unattributed", "class:officials": "unattributed",
}  # fmt: skip
MONITORS = {"sohr", "snhr", "lcc"}


def families(reading: Reading) -> set[str]:
    """The families of a report's informants, in the gold's words."""
    found = set()
    for origin in informants_of(reading, world(), AssessmentSettings()):
        family = NAMES.get(origin.family or origin.name, origin.family or origin.name)
        found.add("other_media" if family.startswith("outlet:") else family)
    return found - {"unattributed"}


def scores(readings: list[Reading]) -> dict[str, float]:
    """Precision, recall and F1 of the families over the articles, and the baseline's F1."""
    by_unit = {one.report.external_id: one for one in readings}
    counts: Counter[str] = Counter()
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["unit_id"] not in by_unit:
            continue
        want = {one["family"] for one in row["informants"]} - {"unattributed"}
        got = families(by_unit[row["unit_id"]])
        counts.update(hit=len(got & want), found=len(got), wanted=len(want))
        counts.update(base_hit=len(got & want & MONITORS), base_found=len(got & MONITORS))
    return {
        "precision": counts["hit"] / max(1, counts["found"]),
        "recall": counts["hit"] / max(1, counts["wanted"]),
        "F1": 2 * counts["hit"] / max(1, counts["found"] + counts["wanted"]),
        "baseline, monitors only, F1": 2 * counts["base_hit"] / max(1, counts["base_found"] + counts["wanted"]),
    }


def main() -> None:
    """Print the figures."""
    found = scores(read_readings(Path(sys.argv[1])))
    print(json.dumps({name: round(value, 4) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
