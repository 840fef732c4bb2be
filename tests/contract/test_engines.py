"""What every engine must do. A new engine joins by being added to ENGINES."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.engine.local import LocalEngine
from evenhand.errors import EngineError

ENGINES = [LocalEngine(jobs=1), LocalEngine(jobs=2)]


def prepare_double():
    return _double


def _double(number):
    time.sleep(0.001 * (number % 3))  # later items may finish first
    return number * 2


def prepare_fatal():
    return _fatal


def _fatal(number):
    if number == 7:
        os._exit(1)
    return number * 2


def lost(number):
    return -number


@pytest.mark.parametrize("engine", ENGINES, ids=["one process", "two processes"])
@pytest.mark.parametrize("count", [0, 1, 5, 6, 40])
def test_results_come_in_the_order_of_items(engine, count):
    assert list(engine.map(prepare_double, range(count), lost)) == [2 * n for n in range(count)]


def test_items_are_not_drawn_far_ahead_of_results():
    drawn = []

    def items():
        for number in range(500):
            drawn.append(number)
            yield number

    results = LocalEngine(jobs=2).map(prepare_double, items(), lost)
    for _ in range(20):
        next(results)
    assert len(drawn) < 60, "memory must not grow with the number of items"
    results.close()


def prepare_telling():
    return _telling


def _telling(folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(0.2)


def test_workers_go_when_their_caller_is_killed(tmp_path):
    script = (
        "from evenhand.engine.local import LocalEngine\n"
        "from tests.contract.test_engines import prepare_telling\n"
        f"if __name__ == '__main__': list(LocalEngine(2).map(prepare_telling, [{str(tmp_path)!r}] * 5000, print))\n"
    )
    program = tmp_path.parent / "caller.py"
    program.write_text(script)
    caller = subprocess.Popen([sys.executable, str(program)], env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    while len(list(tmp_path.iterdir())) < 2:
        assert caller.poll() is None
        time.sleep(0.1)
    caller.kill()
    caller.wait()
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    while any(map(_runs, workers)):
        time.sleep(0.1)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_an_item_that_kills_its_worker_is_lost_alone():
    results = list(LocalEngine(jobs=2).map(prepare_fatal, range(20), lost))
    assert results == [-7 if n == 7 else 2 * n for n in range(20)]


def prepare_nothing():
    raise OSError("no room for the weights")


def test_workers_that_never_begin_stop_the_run_and_set_no_report_aside():
    with pytest.raises(EngineError, match="no worker process could begin"):
        list(LocalEngine(jobs=2).map(prepare_nothing, range(20), lost))
