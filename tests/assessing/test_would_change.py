"""What a grade's `would_change` promises comes out when that evidence is added: each promise kept by a real report."""

import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, one_cluster, profile, reading

WATCH = reading("r1", Said(by="Varda Watch"))
WATCH_BLAMES = reading("r1", Said(by="Varda Watch", actor="Norland Army"))
SUND = reading("r2", Said(by="Sund Army"))
SUND_BLAMES = reading("r2", Said(by="Sund Army", actor="Norland Army"))
RELIEF = reading("r3", Said(by="Varda Relief"))
RELIEF_BLAMES = reading("r3", Said(by="Varda Relief", actor="Norland Army"))
DENIAL = reading("r4", Said(by="Norland Army", actor="Norland Army", denied=True, attitude="denies"))
NOTHING_HAPPENED = reading("r5", Said(by="residents", denied=True, attitude="denies"))
ADMISSION = reading("r6", Said(by="Norland Army", actor="Norland Army", attitude="admits"))
NOBODY = reading("r7", Said())


def graded(*readings: Reading) -> Incident:
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(), profile=profile(),
        settings=AssessmentSettings(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "rule", "promise", "added", "then"),
    [
        ([NOBODY], "O6", "A named origin that asserts it from own knowledge", WATCH, "single_origin"),
        ([SUND], "O5", "would make it corroborated", WATCH, "corroborated"),
        ([WATCH], "O4", "would make it corroborated", RELIEF, "corroborated"),
        ([WATCH, RELIEF], "O3", "A denial from own knowledge would make it contested", NOTHING_HAPPENED, "contested"),
    ],
)
def test_occurrence(told, rule, promise, added, then):
    before = graded(*told).questions.occurrence
    assert before.reasons[0].startswith(f"rule {rule}:") and promise in before.would_change
    assert graded(*told, added).questions.occurrence.grade == then


@pytest.mark.parametrize(
    ("told", "rule", "promise", "added", "then"),
    [
        ([WATCH], "R7", "A named origin that says from own knowledge who did it", SUND_BLAMES, "party_only"),
        ([SUND_BLAMES], "R6", "would make it corroborated", WATCH_BLAMES, "corroborated"),
        ([WATCH_BLAMES], "R5", "would make it corroborated", RELIEF_BLAMES, "corroborated"),
        ([WATCH_BLAMES, SUND_BLAMES], "R4", "A denial by the party that is blamed", DENIAL, "contested"),
        ([WATCH_BLAMES, SUND_BLAMES], "R4", "its admission, acknowledged", ADMISSION, "acknowledged"),
        ([WATCH_BLAMES, DENIAL], "R2", "The party that is blamed admitting it", ADMISSION, "acknowledged"),
    ],
)
def test_responsibility(told, rule, promise, added, then):
    before = graded(*told).questions.responsibility
    assert before.reasons[0].startswith(f"rule {rule}:") and promise in before.would_change
    assert graded(*told, added).questions.responsibility.grade == then
