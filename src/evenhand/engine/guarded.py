"""Work in a process of its own, which may die without taking anybody along: tried once more, then given up."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from evenhand.errors import EngineError

_TRIES = 2
_START_SECONDS, _END_SECONDS = 600.0, 5.0
_GONE = (EOFError, OSError)
"""What a pipe raises whose other end is gone."""


class Guarded:
    """Calls the work that `prepare` (pickled) makes, in a child process, prepared anew only when it died."""

    def __init__(self, prepare: bytes) -> None:
        self._prepare = prepare
        self._child: Any = None
        self._pipe: Connection | None = None

    def __call__(self, item: bytes) -> bytes | None:
        """The answer to a pickled item as `answered` packs it; None where the child died on it twice."""
        for _ in range(_TRIES):
            pipe = self._pipe or self._start()
            try:
                pipe.send_bytes(item)
                return pipe.recv_bytes()
            except _GONE:
                self.stop()
        return None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # the caller may run threads
        ours, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        self._child.start()
        theirs.close()  # so that either side sees the other's end
        self._pipe = ours
        try:
            problem = pickle.loads(ours.recv_bytes()) if ours.poll(_START_SECONDS) else TimeoutError("no answer")  # noqa: S301
        except _GONE as gone:
            self.stop()
            raise EngineError("a worker died before it was given anything to do") from gone
        if problem is not None:
            self.stop()
            raise problem
        return ours

    def stop(self) -> None:
        """Let the child go."""
        child, pipe = self._child, self._pipe
        self._child = self._pipe = None
        if pipe is not None:
            pipe.close()
        if child is not None:
            child.join(_END_SECONDS)
            if child.is_alive():
                child.kill()
                child.join()

    def __del__(self) -> None:
        self.stop()


def _serve(pipe: Connection, prepare: bytes) -> None:
    """The child: says whether it is ready, then answers one item after the other until the caller is gone."""
    try:
        work = pickle.loads(prepare)()  # noqa: S301 - our own driver's bytes
    except Exception as problem:
        pipe.send_bytes(pickle.dumps(problem))
        return
    pipe.send_bytes(pickle.dumps(None))
    while True:
        try:
            item = pipe.recv_bytes()
            pipe.send_bytes(answered(work, item))
        except _GONE:
            return


def answered(work: Callable[[Any], Any], item: bytes) -> bytes:
    """What work makes of an item, as bytes: (whether it came to an end, result or exception)."""
    try:
        return pickle.dumps((True, work(pickle.loads(item))))  # noqa: S301 - our own driver's bytes
    except Exception as problem:
        return pickle.dumps((False, problem))
