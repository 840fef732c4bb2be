"""The invented war, end to end through the command line, against what a careful reader wrote down beforehand."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.journey.runs import Run, varda

EXPECTED = tomllib.loads(Path("examples/varda/expected.toml").read_text("utf-8"))
# Incidents of the reference that must be found, with the questions that must stand as the reference says.
FIRM = {
    "lomveth-market": ("occurrence", "responsibility"),
    "port-ansvel-quay": ("occurrence", "responsibility"),
    "drevash-hospital": ("occurrence", "responsibility"),
    "tarsk-bridge": ("occurrence",),
}


@pytest.fixture(scope="module")
def run() -> Run:
    return varda()


def numbers(run: Run, ids) -> set[str]:
    files = {reading.report.id: reading.report.file[:2] for reading in run.readings}
    return {files[report] for report in ids}


def incident_of(run: Run, expected: dict):
    """The incident that shares most reports with the reference's, of its place."""
    near = [i for i in run.incidents if i.place and i.place.name == expected["place"]]
    assert near, f"no incident at {expected['place']}"
    return max(
        near, key=lambda i: (len(numbers(run, i.reports) & set(expected["reports"])), i.type == expected["type"])
    )


def test_everything_is_written_and_the_exit_code_is_0(run):
    assert run.code == 0
    assert "14 reports" in run.printed
    assert {path.name for path in run.out.iterdir()} == {
        "index.html",
        "incidents.html",
        "places.html",
        "reports.html",
        "method.html",
        "assets",
        "incidents",
        "reports",
        "copies",
        "ledger",
        "originals",
        ".evenhand",
    }
    assert len(list((run.out / "originals").iterdir())) == 14


def test_the_manifest_names_every_file(run):
    manifest = json.loads((run.out / "ledger" / "manifest.json").read_text("utf-8"))
    for resource in manifest["resources"]:
        data = (run.out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    there = {path.relative_to(run.out).as_posix() for path in run.out.rglob("*") if path.is_file()}
    named = {resource["path"] for resource in manifest["resources"]} | {"ledger/manifest.json"}
    assert named == {path for path in there if not path.startswith(".evenhand/")}


def test_every_span_of_every_record_lies_in_its_text(run):
    def spans(value):
        if isinstance(value, dict):
            for key, item in value.items():
                if key in ("span", "trigger", "cue", "source") and item:
                    yield tuple(item)
                elif key in ("content", "evidence", "inserts", "sentences"):
                    yield from (tuple(one) for one in item or [])
                else:
                    yield from spans(item)
        elif isinstance(value, list):
            for item in value:
                yield from spans(item)

    for line in (run.out / "ledger" / "readings.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text = record["report"]["text"]
        found = list(spans(record))
        assert found
        for start, end in found:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end], "a span neither begins nor ends with a blank"


@pytest.mark.parametrize("name", FIRM)
def test_an_incident_stands_as_the_reference_says(run, name):
    expected = next(e for e in EXPECTED["incidents"] if e["id"] == name)
    found = incident_of(run, expected)
    assert numbers(run, found.reports) == set(expected["reports"])
    for question in FIRM[name]:
        want = expected[question]
        assert getattr(found.questions, question).grade in {want["grade"], *want.get("also", [])}, question
    if killed := expected.get("killed"):
        assert found.questions.killed.low == killed["low"]
        assert found.questions.killed.high == killed.get("high", found.questions.killed.high)


def test_one_wire_in_five_outlets_is_one_text(run):
    market = incident_of(run, next(e for e in EXPECTED["incidents"] if e["id"] == "lomveth-market"))
    (wanted,) = EXPECTED["copies"]
    groups = [numbers(run, group.reports) for group in market.copies]
    assert any(len(group & set(wanted["reports"])) >= 4 for group in groups), groups


def test_what_is_hoped_for_or_demanded_is_no_incident(run):
    texts = {reading.report.id: reading for reading in run.readings}
    for entry in EXPECTED["not_incidents"]:
        if entry["why"] not in ("a demand", "a wish"):
            continue
        for incident in run.incidents:
            for ref in incident.claims:
                reading = texts[ref.report]
                claim = next(c for c in reading.claims if c.id == ref.claim)
                start = reading.report.text.find(entry["text"])
                held = reading.report.file.startswith(entry["report"]) and start <= claim.trigger[0] < start + len(
                    entry["text"]
                )
                assert not held, f"{entry['text']} ({entry['why']}) became {incident.title}"


def test_verdict_words_are_never_ours(run):
    """A report may use them and is quoted; titles, reasons and the terminal are our own words."""
    ours = [run.printed]
    for incident in run.incidents:
        asked = incident.questions
        ours += [incident.title, *(why for origin in incident.origins for why in origin.why)]
        for answer in (asked.occurrence, asked.responsibility):
            ours += [*answer.reasons, answer.would_change]
        ours += [*asked.killed.reasons, *asked.place.reasons, *asked.time.reasons]
    assert not re.search(r"\b(true|false|fake|guilty)\b", " ".join(ours), re.I)
