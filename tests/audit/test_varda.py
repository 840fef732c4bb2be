"""The invented case, its two parties exchanged: the proof that `evenhand audit` prints."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.audit import Case, audit, render_page
from evenhand.audit.journey import occurring_outlets, occurring_parties, parties_of_case
from evenhand.audit.records import STAGES, Audit
from evenhand.cli import options
from evenhand.flow import receive_reports
from evenhand.model.evidence import to_json
from evenhand.settings import read_case

FOLDER = Path(__file__).parents[2] / "examples" / "varda"
OUTLETS = ("mpa", "northern_ledger")


@pytest.fixture(scope="module")
def case() -> Case:
    file, paths = FOLDER / "case.toml", [str(FOLDER / "reports")]
    profile = options.profile_of(file)
    received = receive_reports(options.intake_of(profile, None, None, paths), paths, io.BytesIO(), None)
    return Case.of(received, options.reader_of(profile).reader(), AssessmentSettings.from_case(read_case(file)))


@pytest.fixture(scope="module")
def found(case) -> Audit:
    return audit(case, [("varda", "kessary")], [OUTLETS])


def test_everything_is_exchanged_and_compared(found):
    parties = found.pairs[0]
    assert parties.touched >= 10
    assert parties.occurrences > 80
    assert parties.held == 0
    assert parties.kept == ()
    assert all(found.compared(stage) > 0 for stage in STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_differs(found, stage):
    """Every stage, the trained tagger and parser included, for two parties and for two outlets."""
    for pair in found.pairs:
        assert not pair.stage(stage).differences
        assert not pair.stage(stage, by_rules=True).differences


def test_outlets_of_no_profile_are_exchanged_too(case):
    """Without the case file the outlets are known by their names alone, and so are the families of their own voices."""
    profile, paths = options.profile_of(None), [str(FOLDER / "reports")]
    received = receive_reports(options.intake_of(profile, None, None, paths), paths, io.BytesIO(), None)
    plain = Case.of(received, options.reader_of(profile).reader(), AssessmentSettings())
    found = audit(plain, [], [OUTLETS])
    assert found.compared("origins") > 0
    assert [stage for stage in STAGES if found.differing(stage) or found.differing(stage, by_rules=True)] == []


def test_the_parties_of_the_case_and_the_outlets_are_chosen(case):
    pairs = parties_of_case(case.reader.profile, ["varda", "kessary", "torvia", "sellund"], occurring_parties(case))
    assert ("kessary", "varda") in pairs
    assert {outlet for pair in occurring_outlets(case) for outlet in pair} >= {"mpa", "vna", "kna"}


def test_the_page_stands_alone_and_the_data_is_the_same_every_time(case, found):
    page = render_page(found)
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert page == render_page(found)
    few = replace(case, received=case.received[-3:])
    assert to_json(audit(few, [("varda", "kessary")], [])) == to_json(audit(few, [("varda", "kessary")], []))
