"""kill -9 at every single step of intake, removal, export and import: nothing lost, nothing half, going on works."""

import os
import sys
import warnings

import pytest

from evenhand.custody import open_case, verify
from evenhand.custody.bundle import Order, export_bundle, import_bundle
from tests.custody.desk import a_case, filled, new_item, noon

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

_EVENTS = {"open", "os.rename", "os.truncate", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}
KILLED, DONE, FAILED = 137, 0, 1


def killed_at(step, action):
    """Run the action in a child that dies without a word at its step-th call of the system; its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        left = [step]

        def tick(half=None):
            left[0] -= 1
            if left[0] < 0:
                if half:
                    half()
                os._exit(KILLED)

        write, fsync = os.write, os.fsync
        os.write = lambda handle, data: (
            tick(lambda: write(handle, bytes(data)[: len(data) // 2])),
            write(handle, data),
        )[1]
        os.fsync = lambda handle: (tick(), fsync(handle))[1]
        sys.addaudithook(lambda event, _: tick() if event in _EVENTS else None)
        try:
            action()
        except BaseException:
            os._exit(FAILED)
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def every_step(action):
    """The action, killed at its first, second, … step, until it ends by itself."""
    for step in range(400):
        code = killed_at(step, action)
        assert code != FAILED, step
        if code == DONE:
            assert step > 5
            return
        yield step
    pytest.fail("the action never ended")


def no_alarm(root):
    result = verify(root)
    assert result.whole, result.findings


def test_while_adding(tmp_path):
    case = a_case(tmp_path)
    root = case.paths.root

    def add():
        opened = open_case(root, clock=noon)
        for number in range(3):
            opened.add(b"report %d" % number, new_item(f"{number}.txt"))

    for _ in every_step(add):
        no_alarm(root)
        for item in open_case(root).items():
            assert open_case(root).originals.read(item.sha256) is not None
    no_alarm(root)
    assert [item.file for item in open_case(root).items()] == ["0.txt", "1.txt", "2.txt"]
    assert [item.version for item in open_case(root).items()] == [1, 1, 1]


def test_while_removing_for_good(tmp_path):
    root = filled(tmp_path).paths.root

    def remove():
        opened = open_case(root, clock=noon)
        item = opened.find("1.txt")
        opened.remove(item, "consent withdrawn", erase=True)

    for _ in every_step(remove):
        no_alarm(root)
    no_alarm(root)
    assert open_case(root).originals.read(open_case(root).find("1.txt").sha256) is None


def test_while_exporting(tmp_path):
    root, out = filled(tmp_path).paths.root, tmp_path / "out" / "case.zip"

    def export():
        export_bundle(open_case(root, clock=noon), out, Order(software="evenhand 0"))

    for _ in every_step(export):
        no_alarm(root)
        if out.exists():
            no_alarm(out)
    no_alarm(out)
    assert open_case(root).log.entries()[-1].what == "exported"


def test_while_importing(tmp_path):
    export_bundle(filled(tmp_path), tmp_path / "case.zip", Order(software="evenhand 0"))
    back = tmp_path / "back"
    for _ in every_step(lambda: import_bundle(tmp_path / "case.zip", back, clock=noon)):
        if back.exists():
            no_alarm(back)
            assert open_case(back).log.entries()[-1].what == "imported"
            break
    else:
        no_alarm(back)
