import os
import pickle

import pytest

from evenhand.engine.guarded import Guarded
from evenhand.errors import EngineError


def prepare_work():
    return _work


def _work(item):
    if item == "die":
        os._exit(1)
    if item == "fail":
        raise ValueError("no")
    return os.getpid()


def prepare_failing():
    raise EngineError("no weights")


def prepare_dying():
    os._exit(1)


def ask(guarded, item):
    answer = guarded(pickle.dumps(item))
    return None if answer is None else pickle.loads(answer)


def test_what_kills_its_process_twice_has_no_answer_and_the_rest_goes_on():
    guarded = Guarded(pickle.dumps(prepare_work))
    worked, first = ask(guarded, 1)
    assert worked and first != os.getpid()
    assert ask(guarded, 2) == (True, first), "one process for all items"
    assert ask(guarded, "die") is None
    worked, second = ask(guarded, 3)
    assert worked and second != first
    guarded.stop()


def test_what_the_work_raises_is_an_answer():
    guarded = Guarded(pickle.dumps(prepare_work))
    worked, problem = ask(guarded, "fail")
    assert not worked and str(problem) == "no"
    guarded.stop()


@pytest.mark.parametrize(("prepare", "why"), [(prepare_failing, "no weights"), (prepare_dying, "died before")])
def test_a_worker_that_cannot_begin_says_so(prepare, why):
    guarded = Guarded(pickle.dumps(prepare))
    with pytest.raises(EngineError, match=why):
        ask(guarded, 1)
