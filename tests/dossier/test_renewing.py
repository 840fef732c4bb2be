"""A dossier that is brought up to date is the dossier written at once, and only what changed is written."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.assessing import AssessmentSettings
from evenhand.engine.local import LocalEngine
from evenhand.flow import Desk, assess_reports, write_down
from tests.assessing.hand import profile
from tests.test_flow import CountingReader
from tests.test_growing import made, store_of


def desk_of(out, readings):
    store, keys = store_of(readings)
    reader = CountingReader(profile=profile())
    return Desk(store=store, engine=LocalEngine(1), reader=reader, assessment=AssessmentSettings(), out=out), keys


def bring_up(desk, keys):
    assess_reports(desk, keys)
    write_down(desk, keys)


def files(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def times(out):
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 30), st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_step_by_step_gives_the_files_of_one_step(tmp_path_factory, seed, steps):
    readings = [made(number, seed) for number in range(sum(steps))]
    desk, keys = desk_of(tmp_path_factory.mktemp("grown"), readings)
    done = 0
    for step in steps:
        done += step
        known = desk.store.clusters()
        bring_up(desk, keys[:done])
        whole, _ = desk_of(tmp_path_factory.mktemp("whole"), readings)
        whole.store.put_assessment(known, [], [])
        bring_up(whole, keys[:done])
        assert files(desk.out) == files(whole.out)


def test_what_stands_is_not_written_again_and_what_was_touched_is(tmp_path):
    desk, keys = desk_of(tmp_path, [made(number, 3) for number in range(20)])
    bring_up(desk, keys)
    before, first = files(tmp_path), times(tmp_path)
    bring_up(desk, keys)
    same = {name for name, at in times(tmp_path).items() if at == first[name]}
    assert {name for name in before if name.startswith(("incidents/", "reports/", "copies/"))} <= same
    page = next(path for path in sorted((tmp_path / "incidents").iterdir()))
    about = page.stat()
    page.write_bytes(page.read_bytes().replace(b"incident", b"accident"))
    os.utime(page, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
    next(iter((tmp_path / "reports").iterdir())).unlink()
    bring_up(desk, keys)
    assert files(tmp_path) == before


def test_new_readings_go_to_the_end_of_the_ledger(tmp_path):
    desk, keys = desk_of(tmp_path, [made(number, 5) for number in range(12)])
    bring_up(desk, keys[:8])
    lines = tmp_path / "ledger" / "readings.jsonl"
    number, eight = lines.stat().st_ino, lines.read_bytes()
    bring_up(desk, keys)
    assert lines.stat().st_ino == number and lines.read_bytes().startswith(eight)
    assert len(lines.read_bytes().splitlines()) == 12


@pytest.mark.parametrize("spoil", [lambda data: data + b"half a li", lambda data: data.replace(b"r", b"q", 1)])
def test_a_ledger_that_is_not_as_it_was_written_is_written_anew(tmp_path, spoil):
    desk, keys = desk_of(tmp_path, [made(number, 5) for number in range(12)])
    bring_up(desk, keys[:8])
    lines = tmp_path / "ledger" / "readings.jsonl"
    lines.write_bytes(spoil(lines.read_bytes()))
    bring_up(desk, keys)
    whole, _ = desk_of(tmp_path / "whole", [made(number, 5) for number in range(12)])
    bring_up(whole, keys)
    assert lines.read_bytes() == (whole.out / "ledger" / "readings.jsonl").read_bytes()
