"""Readings and assessments as people read them, kept as text and reviewed by eye.

After a wanted change: EVENHAND_UPDATE_GOLDEN=1 pytest tests/golden, then read the difference before committing it.
"""

import os
from pathlib import Path

import pytest

from evenhand.dossier import words
from evenhand.flow import receive_reports
from evenhand.intake import IntakeSettings
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings
from tests.journey.runs import varda

GOLDEN = Path(__file__).parent


def reading_as_text(reading: Reading) -> str:
    """Statements and claims, one a line, with their exact words."""
    text, report = reading.report.text, reading.report
    lines = [
        f"{report.outlet}, {report.published} from {report.published_from}, {len(reading.sentences)} sentences",
        "",
    ]
    for s in reading.statements:
        said = " … ".join(text[a:b] for a, b in s.content)
        within = f" within {s.parent}" if s.parent else ""
        lines.append(
            f"{s.id}{within} {s.kind}: {s.speaker_name} ({s.speaker_org}) {s.attitude} [{' ← '.join(s.chain)}]"
        )
        lines.append(f"    {said}")
    lines.append("")
    for c in reading.claims:
        roles = [f"{name} {who.name!r}" for name, who in (("by", c.actor), ("to", c.target), ("with", c.weapon)) if who]
        counts = [f"{q.role} {words.span_of(q.low, q.high)}" for q in c.quantities]
        stance = [c.polarity] * (c.polarity == "denied") + [c.modality] * (c.modality != "asserted")
        where = [words.where(c.place)] if c.place else []
        when = [words.when(c.time)] if c.time and c.time.start else []
        about = "; ".join([*roles, *where, *when, *counts, *stance])
        lines.append(f"{c.id} {c.type} {text[slice(*c.trigger)]!r} under {c.statement or 'the outlet'}: {about}")
    return "\n".join(lines) + "\n"


def incident_as_text(incident: Incident, files: dict[str, str]) -> str:
    """How an incident stands, with the rules that fired."""
    asked = incident.questions
    lines = [
        f"{incident.title}",
        f"    reports {' '.join(sorted(files[r] for r in incident.reports))} → {incident.independent_origins} origins",
        f"    did it happen: {asked.occurrence.grade}; {'; '.join(asked.occurrence.reasons)}",
        f"    who did it: {asked.responsibility.grade}; {'; '.join(asked.responsibility.reasons)}",
        f"    killed: {words.toll(asked.killed)}; injured: {words.toll(asked.injured)}",
    ]
    lines += [f"    {o.name} [{o.interest}] {o.stance.occurrence}, {o.stance.responsibility}" for o in incident.origins]
    return "\n".join(lines) + "\n"


def check(name: str, found: str) -> None:
    path = GOLDEN / name
    if os.environ.get("EVENHAND_UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
        pytest.skip(f"{path} was written anew: read the difference")
    assert found == path.read_text("utf-8")


def test_the_seed_is_read_as_reviewed():
    profile = world()
    (received,) = receive_reports(IntakeSettings(outlets=profile), ["examples/tass/seed.txt"], None, None)
    check("seed.txt", reading_as_text(ReaderSettings(profile=profile).reader().read(received)))


def test_the_invented_war_is_assessed_as_reviewed():
    run = varda()
    files = {reading.report.id: reading.report.file[:2] for reading in run.readings}
    parts = sorted(incident_as_text(incident, files) for incident in run.incidents)
    check("varda.txt", "\n".join(parts))
