"""A process pool on this machine: the engine everyone has."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from evenhand.errors import EngineError

A = TypeVar("A")
B = TypeVar("B")

# Below this many items the start of worker processes (about a second each) costs more than it brings.
_FEW = 6
# Items handed out ahead of the one that is awaited, a worker: keeps workers busy, bounds memory.
_AHEAD = 4

_NO_WORKER = (
    "no worker process could begin: what it printed above says why (too little memory? a script without "
    "`if __name__ == '__main__':`?). Run it with --jobs 1 to work in one process"
)

_worker: Callable[[Any], Any] | None = None


def _prepare_worker(prepare: Callable[[], Callable[[Any], Any]], ready: Event) -> None:
    """Load once a worker process, and say so. The module global lives in the worker only, never in the caller."""
    global _worker  # noqa: PLW0603 - ProcessPoolExecutor offers no other place for a worker's own state
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    _worker = prepare()
    ready.set()


def _end_with_the_caller() -> None:
    """A caller that was killed tells nobody; its workers would wait for it for ever, with all that they have loaded."""
    caller = multiprocessing.parent_process()
    if caller is not None:
        wait([caller.sentinel])
        os._exit(1)


def _run(item: Any) -> Any:
    assert _worker is not None, "the pool's initializer has run"
    return _worker(item)


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs on `jobs` processes of this machine; with one job, or few items, in this very process."""

    jobs: int = 1

    def map(self, prepare: Callable[[], Callable[[A], B]], items: Iterable[A], lost: Callable[[A], B]) -> Iterator[B]:
        """See `Engine.map`. A worker that dies takes no other item's result with it.

        Raises EngineError where no worker comes to begin: then it is the machine or the weights, not a report.
        """
        waiting = iter(items)
        first = list(islice(waiting, _FEW))
        if self.jobs <= 1 or len(first) < _FEW:
            if first:
                work = prepare()
                yield from map(work, chain(first, waiting))
            return
        yield from self._pooled(prepare, chain(first, waiting), lost)

    def _pooled(
        self, prepare: Callable[[], Callable[[A], B]], items: Iterator[A], lost: Callable[[A], B]
    ) -> Iterator[B]:
        pool, _ = self._pool(prepare, self.jobs)
        pending: deque[tuple[A, Future[B]]] = deque()
        try:
            for item in items:
                pending.append((item, _submit(pool, item)))
                if len(pending) < self.jobs * _AHEAD:
                    continue
                pool, result = self._next(pool, prepare, pending, lost)
                yield result
            while pending:
                pool, result = self._next(pool, prepare, pending, lost)
                yield result
        except BaseException:  # stopped: nobody waits for what the workers still have in hand
            _stop(pool)
            raise
        pool.shutdown(wait=False, cancel_futures=True)

    def _next(
        self,
        pool: ProcessPoolExecutor,
        prepare: Callable[[], Callable[[A], B]],
        pending: deque[tuple[A, Future[B]]],
        lost: Callable[[A], B],
    ) -> tuple[ProcessPoolExecutor, B]:
        """The result of the oldest item; after a worker's death that item alone again, then the rest."""
        item, future = pending.popleft()
        try:
            return pool, future.result()
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
        alone, ready = self._pool(prepare, 1)
        try:
            result = _submit(alone, item).result()
        except BrokenProcessPool as broken:
            if not ready.is_set():
                raise EngineError(_NO_WORKER) from broken
            result = lost(item)
        finally:
            alone.shutdown(wait=False, cancel_futures=True)
        fresh, _ = self._pool(prepare, self.jobs)
        again = [(other, done if _succeeded(done) else _submit(fresh, other)) for other, done in pending]
        pending.clear()
        pending.extend(again)
        return fresh, result

    @staticmethod
    def _pool(prepare: Callable[[], Callable[[Any], Any]], workers: int) -> tuple[ProcessPoolExecutor, Event]:
        """Workers, and whether one of them has come to begin."""
        # spawn: the caller may run threads (progress display), and forking a threaded process can hang
        context = multiprocessing.get_context("spawn")
        ready = context.Event()
        return ProcessPoolExecutor(workers, context, initializer=_prepare_worker, initargs=(prepare, ready)), ready


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers at once; `shutdown` alone lets each finish its report, which may be a long one."""
    workers = list((pool._processes or {}).values())  # Python 3.14 has terminate_workers for it
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()


def _submit(pool: ProcessPoolExecutor, item: Any) -> Future[Any]:
    """Hand an item out; to a pool that has just broken, as a future that has failed."""
    try:
        with _interrupts_held():
            return pool.submit(_run, item)
    except BrokenProcessPool as problem:
        failed: Future[Any] = Future()
        failed.set_exception(problem)
        return failed


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see Ctrl-C, which a terminal sends to all: the caller alone stops the work.

    Held, not ignored: one that comes meanwhile reaches the caller afterwards, also one that another thread took. Else
    a worker could be left behind of which the pool does not know yet.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    came: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    usual = signal.signal(signal.SIGINT, lambda number, _: came.append(number)) if main else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if main:
            signal.signal(signal.SIGINT, usual if usual is not None else signal.SIG_DFL)
            if came:
                signal.raise_signal(signal.SIGINT)


def _succeeded(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
