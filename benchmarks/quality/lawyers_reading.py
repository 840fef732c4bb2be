"""Choose ten incidents of a dossier for a reading as the accused party's lawyer would, and print what is to be read.

    .venv/bin/python -m benchmarks.quality.lawyers_reading DIR

DIR as written by `evenhand assess`. The rule, so that nobody chooses what looks well: of each grade of occurrence but
*unattributed*, incidents in order of reports (most first), then claims, then id; those at one third and two thirds of
the list. Prints each incident's grades with their reasons, every origin with its reasons and words, and every figure.
"""

import json
import sys
from pathlib import Path

GRADES = ("acknowledged", "corroborated", "contested", "single_origin", "party_only")


def chosen(incidents: list[dict]) -> list[dict]:
    """Two incidents of each grade by the rule above, or all where there are fewer than three."""
    found = []
    for grade in GRADES:
        of_grade = [one for one in incidents if one["questions"]["occurrence"]["grade"] == grade]
        of_grade.sort(key=lambda one: (-len(one["reports"]), -len(one["claims"]), one["id"]))
        places = sorted({len(of_grade) // 3, 2 * len(of_grade) // 3}) if len(of_grade) > 2 else range(len(of_grade))
        found += [of_grade[place] for place in places]
    return found


def shown(incident: dict, readings: dict[str, dict]) -> str:
    """One incident in words."""
    asked = incident["questions"]
    lines = [
        f"== {incident['id']} {incident['title']}: {len(incident['reports'])} reports,"
        f" {incident['independent_origins']} origins"
    ]
    lines += [
        f"  {question} {asked[question]['grade']}: {' | '.join(asked[question]['reasons'])}"
        for question in ("occurrence", "responsibility")
    ]
    for question in ("killed", "injured"):
        lines.append(
            f"  {question} {asked[question].get('low')}..{asked[question].get('high')} {asked[question].get('grade')}"
        )
        for figure in asked[question].get("figures", ()):
            marks = " ".join(mark for mark in ("superseded", "part", "vague") if figure.get(mark))
            words = _words(readings, figure["report"], figure["span"], 60)
            lines.append(f"    {figure['low']}..{figure['high']} {marks} {figure['origin']} {figure['as_of']}: {words}")
    for origin in incident["origins"]:
        known = "own knowledge" if origin["own_knowledge"] else "no own knowledge"
        lines.append(f"  - {origin['name']} [{known}; {origin['interest']}] {origin['stance']} {origin.get('why')}")
        lines += [f"      {_words(readings, one['report'], one['span'], 40)}" for one in origin["evidence"][:6]]
    return "\n".join(lines)


def _words(readings: dict[str, dict], report: str, span: list[int], around: int) -> str:
    text = readings[report]["report"]["text"]
    return repr(text[max(0, span[0] - around) : span[1] + around])


def main() -> None:
    """Print the ten."""
    folder = Path(sys.argv[1]) / "ledger"
    lines = {name: (folder / f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("incidents", "readings")}
    readings = {one["report"]["id"]: one for one in map(json.loads, lines["readings"])}
    for incident in chosen([json.loads(line) for line in lines["incidents"]]):
        print(shown(incident, readings), end="\n\n")


if __name__ == "__main__":
    main()
