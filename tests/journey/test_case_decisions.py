"""What a user decides in the case file reaches the incidents, with the user's reason; reports added rename nothing."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.model.incident import Incident
from tests.journey.runs import records, varda

CASE = Path("examples/varda/case.toml").read_text("utf-8")


def assessed(tmp_path: Path, decisions: str, reports: Path = Path("examples/varda/reports")) -> tuple[Incident, ...]:
    case, out = tmp_path / "case.toml", tmp_path / "out"
    # keys of the top level stand before the first table
    case.write_text(f"{CASE}\n{decisions}", encoding="utf-8")
    words = ["assess", str(reports), "--case", str(case), "--jobs", "1", "-o", str(out)]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert result.exit_code == 0, result.output
    return records(out / "ledger" / "incidents.jsonl", Incident)


def market(incidents: tuple[Incident, ...]) -> Incident:
    return next(one for one in incidents if one.type == "shelling" and one.place and one.place.name == "Lomveth")


def test_origins_are_merged_and_a_side_given_by_decision_of_the_case_file(tmp_path):
    before = market(varda().incidents)
    found = market(assessed(tmp_path, """
[[same_origin]]
names = ["Straits Monitoring Group", "Medics Beyond Lines"]
why = "the monitors count from the clinic's register"

[[party_of]]
name = "Lomveth residents"
party = "none"
why = "nothing shows a side"
"""))  # fmt: skip
    names = {one.name for one in found.origins}
    assert "Straits Monitoring Group" in names and "Medics Beyond Lines" not in names
    assert found.independent_origins == before.independent_origins - 1
    merged = next(one for one in found.origins if one.name == "Straits Monitoring Group")
    assert any("the monitors count from the clinic's register" in why for why in merged.why)


def test_one_of_two_organs_is_held_apart_by_decision_of_the_case_file(tmp_path):
    found = market(assessed(tmp_path, """
[[not_same_origin]]
names = ["Vardan police", "Vardan Defence Ministry"]
why = "the police of the town count by themselves"
"""))  # fmt: skip
    police = next(one for one in found.origins if one.name == "Vardan police")
    ministry = next(one for one in found.origins if one.name == "Vardan Defence Ministry")
    assert police.family != ministry.family
    assert any("the police of the town count by themselves" in why for why in police.why)


@pytest.mark.parametrize(
    ("rule", "words"), [("none", ""), ("most_conservative", "most conservative"), ("latest_best_graded", "latest best")]
)
def test_a_best_figure_only_by_the_rule_that_the_case_file_names(tmp_path, rule, words):
    killed = market(assessed(tmp_path, f'[assessment]\nbest = "{rule}"\n')).questions.killed
    if rule == "none":
        assert killed.best is None and not any("best by" in why for why in killed.reasons)
        return
    values = {value for one in killed.figures for value in (one.low, one.best, one.high) if value is not None}
    assert killed.best in values  # never an average: a number that somebody gave
    assert any("best by the rule that the user chose" in why and words in why for why in killed.reasons)
    assert rule != "most_conservative" or killed.best == killed.low


def test_an_incident_keeps_its_id_when_reports_are_added(tmp_path):
    reports, all_of_them = tmp_path / "reports", Path("examples/varda/reports")
    reports.mkdir()
    shutil.copy(all_of_them / "meta.csv", reports)
    later = {"01-mpa-lomveth-market.txt", "05-isle-tribune-lomveth.txt", "11-vna-drevash-hospital.txt"}
    for path in sorted(all_of_them.glob("*.txt")):
        if path.name not in later:
            shutil.copy(path, reports)
    first = assessed(tmp_path, "", reports)
    for name in sorted(later):
        shutil.copy(all_of_them / name, reports)
    second = assessed(tmp_path, "", reports)
    kept = {one.id for one in second} | {alias for one in second for alias in one.aliases}
    assert {one.id for one in first} <= kept
    grown = market(second)
    assert market(first).id in (grown.id, *grown.aliases)
    assert len(grown.reports) > len(market(first).reports)
