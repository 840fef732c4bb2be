"""The journey with a reader that needs no weights: order, resumption, duplicates, failures."""

from dataclasses import dataclass, field
from io import BytesIO

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, assess_reports, read_reports, receive_reports, write_down
from evenhand.intake import IntakeSettings
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading, Software
from tests.fakes import MemoryStore

SOFTWARE = Software(name="evenhand", version="0", weights="sha256:fake")


@dataclass
class CountingReader:
    """Reads nothing but counts what it was asked to read; may stop like a person at the keyboard."""

    stop_after: int | None = None
    version: str = "one"
    profile: Profile = field(default_factory=Profile)
    asked: list[str] = field(default_factory=list)

    def identity(self) -> str:
        return self.version

    def software(self) -> Software:
        return SOFTWARE

    def prepare(self):
        return self.read

    def read(self, received) -> Reading:
        if self.stop_after is not None and len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(received.report.file)
        return Reading(software=SOFTWARE, report=received.report, unread=received.unread)


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(12):
        (reports / f"{number:02}.txt").write_text(
            f"ORLIN, May {number + 1} (Reuters) - The guns fell silent again, day {number}.\n"
        )
    return reports


def a_desk(tmp_path, store, reader):
    return Desk(
        store=store, engine=LocalEngine(1), reader=reader, assessment=AssessmentSettings(), out=tmp_path / "out"
    )


def run(desk, folder):
    received = receive_reports(IntakeSettings(), [str(folder)], BytesIO(), desk.out / "originals")
    keys = [step.key for step in read_reports(desk, received) if step.state != "same"]
    assess_reports(desk, keys)
    write_down(desk, keys)
    return {path.relative_to(desk.out): path.read_bytes() for path in desk.out.rglob("*") if path.is_file()}


def test_readings_stand_in_the_order_of_the_files(tmp_path, folder):
    desk = a_desk(tmp_path, MemoryStore(), CountingReader())
    files = run(desk, folder)
    lines = next(data for path, data in files.items() if path.name == "readings.jsonl").splitlines()
    assert [f'"file":"{n:02}.txt"'.encode() in line for n, line in enumerate(lines)] == [True] * 12


def test_a_stopped_run_goes_on_and_ends_with_the_same_bytes(tmp_path, folder):
    whole = run(a_desk(tmp_path / "whole", MemoryStore(), CountingReader()), folder)
    store, stopping = MemoryStore(), CountingReader(stop_after=5)
    with pytest.raises(KeyboardInterrupt):
        run(a_desk(tmp_path / "parts", store, stopping), folder)
    going_on = CountingReader()
    parts = run(a_desk(tmp_path / "parts", store, going_on), folder)
    assert len(going_on.asked) == 12 - len(stopping.asked), "nothing is read twice"
    assert parts == whole


def test_another_version_of_the_reader_reads_anew(tmp_path, folder):
    store, second = MemoryStore(), CountingReader(version="two")
    run(a_desk(tmp_path, store, CountingReader(version="one")), folder)
    run(a_desk(tmp_path, store, second), folder)
    assert len(second.asked) == 12


def test_the_same_file_twice_counts_once(tmp_path, folder):
    (folder / "copy.txt").write_bytes((folder / "03.txt").read_bytes())
    desk = a_desk(tmp_path, MemoryStore(), CountingReader())
    received = receive_reports(IntakeSettings(), [str(folder)], BytesIO(), None)
    states = {step.received.report.file: step.state for step in read_reports(desk, received)}
    assert states.pop("copy.txt") == "same"
    assert set(states.values()) == {"read"}


def test_originals_are_kept_byte_for_byte_and_read_only(tmp_path, folder):
    desk = a_desk(tmp_path, MemoryStore(), CountingReader())
    run(desk, folder)
    kept = sorted((desk.out / "originals").iterdir(), key=lambda p: p.read_bytes())
    assert [p.read_bytes() for p in kept] == sorted(p.read_bytes() for p in folder.iterdir())
    assert all(p.stat().st_mode & 0o222 == 0 for p in kept)


def test_a_file_that_cannot_be_read_is_a_record(tmp_path, folder):
    (folder / "broken.txt").write_bytes(b"\0\1\2\3" * 50)
    files = run(a_desk(tmp_path, MemoryStore(), CountingReader()), folder)
    lines = next(data for path, data in files.items() if path.name == "readings.jsonl").splitlines()
    assert len(lines) == 13
    broken = next(line for line in lines if b'"file":"broken.txt"' in line)
    assert b'"unread":{"why":' in broken
