"""What goes wrong with the gold incidents on real readings, incident by incident: a table of causes, not a score.

    .venv/bin/python -m benchmarks.quality.incident_errors READINGS.jsonl [--half tune|check] [--only ID]

READINGS as for `benchmarks.quality.incidents`. Half of the incidents (every second line of the gold, "tune") are
there to be looked into; of the others ("check") only figures are printed, so that what was tuned on the first half
is measured on incidents that nobody looked at.
"""

import argparse
import json
from pathlib import Path

from benchmarks.quality import gold_incidents as gold
from benchmarks.quality.incidents import graded, matched, read_readings
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading


def half(number: int) -> str:
    """Which half an incident of the gold is in, by its line."""
    return "tune" if number % 2 == 0 else "check"


def table(one: dict, found: Incident, by_id: dict[str, Reading]) -> str:
    """One incident: grades, origins and figures, expected and found, with the words."""
    asked, expected = found.questions, one["expected"]
    unit = {key: reading.report.external_id for key, reading in by_id.items()}
    lines = [
        f"=== {one['id']}: {found.title} | occurrence {asked.occurrence.grade} / {expected['occurrence']}"
        f" | responsibility {asked.responsibility.grade} / {expected['responsibility']}"
        f" | origins {found.independent_origins} / {expected['independent_origins']}"
        f" | killed {[asked.killed.low, asked.killed.high]} / {expected['killed']}",
        f"  missing {sorted(set(one['members']) - {unit[r] for r in found.reports})}",
        f"  near misses {sorted(set(one['near_misses']) & {unit[r] for r in found.reports})}"
        f" others {sorted({unit[r] for r in found.reports} - set(one['near_misses']) - set(one['members']))}",
        "  gold origins:",
    ]
    lines += [
        f"    {origin['name'][:60]:60} {origin['family']:18} own={origin['own_knowledge']!s:5} "
        f"{origin['occurrence']:8} {origin['responsibility']:28} {origin['interest']} {origin['members']}"
        for origin in one["origins"]
    ]
    lines.append("  found origins:")
    for origin in found.origins:
        lines.append(
            f"    {origin.name[:60]:60} {origin.family or '-':18} own={origin.own_knowledge!s:5} "
            f"{origin.stance.occurrence:8} {origin.stance.responsibility:28} {origin.interest}"
            f" {[unit[r] for r in origin.reports]} | {'; '.join(origin.why)[:200]}"
        )
        for ref in origin.claims[:8]:
            reading = by_id[ref.report]
            claim = next(c for c in reading.claims if c.id == ref.claim)
            statement = next((s for s in reading.statements if s.id == claim.statement), None)
            text = reading.report.text
            span = statement.content[0] if statement else (claim.evidence[0] if claim.evidence else claim.trigger)
            lines.append(
                f"        {unit[ref.report]} {claim.id} {claim.type} {claim.polarity[0]}/{claim.modality[:4]}"
                f" {statement.attitude if statement else 'voice'} a={claim.actor.name if claim.actor else None}"
                f" t={claim.target.name if claim.target else None}"
                f" when={claim.time.start if claim.time else None}..{claim.time.end if claim.time else None}"
                f" at={claim.place.name if claim.place else None}"
                f" q={[(q.role, q.low, q.best, q.high, q.cumulative) for q in claim.quantities]}"
                f" :: {text[max(0, span[0] - 60) : span[1] + 40]!r}"
            )
    lines.append("  gold figures:")
    lines += [
        f"    {figure.get('measure')} {figure['low']}..{figure['high']} {figure.get('flag', '')} "
        f"{figure['origin']} {figure['unit_id']} :: {figure['text'][:100]!r}"
        for figure in one["figures"]
    ]
    lines.append("  found figures:")
    for figure in asked.killed.figures:
        text = by_id[figure.report].report.text
        lines.append(
            f"    {figure.low}..{figure.high} {'sup ' * figure.superseded}{'part ' * figure.part}"
            f"{'vague ' * figure.vague} {figure.origin} {unit[figure.report]} {figure.as_of} :: "
            f"{text[max(0, figure.span[0] - 80) : figure.span[1] + 60]!r}"
        )
    return "\n".join(lines)


def brief(one: dict, found: Incident, by_id: dict[str, Reading]) -> str:
    """One line an incident: the families counted, ours and the gold's, with our number of claims."""
    asked, expected = found.questions, one["expected"]
    ours = [
        f"{origin.family}({len(origin.claims)})" for origin in found.origins
        if origin.own_knowledge and origin.stance.occurrence == "asserts"
    ]  # fmt: skip
    theirs = [
        origin["family"] for origin in one["origins"]
        if origin["own_knowledge"] and origin["occurrence"] in ("asserts", "admits")
    ]  # fmt: skip
    return (
        f"{one['id']}: {found.title} | {asked.occurrence.grade} / {expected['occurrence']} | "
        f"{asked.responsibility.grade} / {expected['responsibility']} | "
        f"{found.independent_origins}/{expected['independent_origins']} {sorted(ours)} / {sorted(theirs)} | "
        f"{[asked.killed.low, asked.killed.high]} / {expected['killed']}"
    )


def main() -> None:
    """Print the table of one half, and the figures of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--half", choices=["tune"], help="print the incidents of this half, one line each")
    parser.add_argument("--only", help="and this one in full, with the words")
    words = parser.parse_args()
    readings = read_readings(words.readings)
    by_id = {one.report.id: one for one in readings}
    pairs, _ = matched(readings)
    numbers = {one["id"]: number for number, one in enumerate(gold.incidents())}
    for one, found in pairs:
        if half(numbers[one["id"]]) == "tune" and found and words.half:
            print(table(one, found, by_id) if words.only == one["id"] else brief(one, found, by_id))
    for name in ("tune", "check"):
        chosen = [pair for pair in pairs if half(numbers[pair[0]["id"]]) == name]
        print(name, json.dumps({key: round(value, 3) for key, value in graded(chosen).items()}))


if __name__ == "__main__":
    main()
