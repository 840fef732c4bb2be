"""Who is found to own a deed, to deny it, to name somebody as having done it: sentences of many wars, read and graded."""

import json
import tomllib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from evenhand.assessing import AssessmentSettings, assess_all
from evenhand.cli import cli
from evenhand.grouping import cluster
from evenhand.model.reading import Reading
from evenhand.profiles import world

CASES = tomllib.loads((Path(__file__).parent / "who_did_it.toml").read_text("utf-8"))
ROWS = {row["id"]: row for row in CASES["rows"]}


@pytest.fixture(scope="module")
def stances(tmp_path_factory):
    """By row: family → what it says of responsibility, of whatever incident of its report."""
    folder = tmp_path_factory.mktemp("who")
    reports = folder / "reports.jsonl"
    with reports.open("w", encoding="utf-8") as out:
        for key, row in ROWS.items():
            outlet, day, lead = CASES["leads"][row["lead"]]
            report = {"id": key, "outlet": outlet, "date": day, "title": "", "text": f"{lead}\n\n{row['text']}"}
            out.write(json.dumps(report) + "\n")
    read = folder / "readings.jsonl"
    words = ["read", str(reports), "--columns", "external_id=id,published=date", "--jsonl", str(read)]
    assert CliRunner().invoke(cli, words).exit_code == 0
    found = {}
    for line in read.read_bytes().splitlines():
        reading = msgspec.json.decode(line, type=Reading)
        told = assess_all(
            cluster([reading], ()), readings={reading.report.id: reading}, copies=(), profile=world(),
            settings=AssessmentSettings(),
        )  # fmt: skip
        said = {}
        for origin in (one for incident in told for one in incident.origins):
            if said.get(origin.family, "silent") == "silent":
                said[origin.family] = origin.stance.responsibility
        found[reading.report.external_id] = said
    return found


@pytest.mark.parametrize("key", ROWS)
def test_what_is_said_of_who_did_it(stances, key):
    for family, stance in ROWS[key]["stances"].items():
        assert stances[key].get(family, "silent") == stance, ROWS[key]["text"]
