"""Daft, on this machine or over a Ray cluster: the same work on the same records, handed out in blocks.

Items travel as bytes in Arrow columns. Whatever runs where, results come back in the items' order, so that the ledger
does not depend on the engine (tests/contract/test_engines.py). Needs the extra `evenhand[cluster]`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from evenhand.engine.guarded import Guarded
from evenhand.errors import EngineError

A = TypeVar("A")
B = TypeVar("B")

_BLOCK = 1000
"""Items of one query: workers are prepared anew for each, which costs about as much as a few dozen reports."""
_TRIES = 3
_SERVE = 16
"""Items a worker gets in one batch."""


@dataclass(frozen=True, slots=True)
class ClusterEngine:
    """Runs on `jobs` workers of Daft: processes of this machine, or of the Ray cluster at `ray` ("auto": the one here).

    The work is done in children of Daft's workers, so that an item that kills its process is `lost` alone. What a
    worker or host had in hand that is itself lost is asked for again. Exceptions of the work are raised here.
    """

    jobs: int = 1
    ray: str | None = None
    block: int = _BLOCK

    def map(self, prepare: Callable[[], Callable[[A], B]], items: Iterable[A], lost: Callable[[A], B]) -> Iterator[B]:
        """See `Engine.map`."""
        _runner(self.ray)
        waiting = iter(items)
        packed = pickle.dumps(prepare)
        while block := list(islice(waiting, self.block)):
            answers = self._certain(packed, [pickle.dumps(item) for item in block])
            if len(block) > 1 and all(answer is None for answer in answers):
                raise EngineError("the workers die on every report; look at Daft's or Ray's own messages")
            for item, answer in zip(block, answers, strict=True):
                if answer is None:
                    yield lost(item)
                    continue
                worked, result = pickle.loads(answer)  # noqa: S301 - our own worker's bytes
                if not worked:
                    raise result
                yield result

    def _certain(self, prepare: bytes, items: Sequence[bytes]) -> list[bytes | None]:
        """The answers to a block; None for an item on which its process died twice."""
        found: dict[int, bytes | None] = {}
        problem: BaseException | None = None
        for _ in range(_TRIES):
            rest = [number for number in range(len(items)) if number not in found]
            try:
                # on Ray, Daft 0.7 leaves out what a lost worker had in hand and says nothing
                found.update({rest[at]: answer for at, answer in self._query(prepare, [items[n] for n in rest])})
            except _fatal() as raised:
                problem = raised
            if len(found) == len(items):
                return [found[number] for number in range(len(items))]
        raise EngineError(
            f"{len(items) - len(found)} of {len(items)} reports came back from no worker, {_TRIES} times over "
            f"({problem or 'Daft left them out'}); look at Daft's or Ray's own messages"
        ) from problem

    def _query(self, prepare: bytes, items: Sequence[bytes]) -> list[tuple[int, bytes | None]]:
        import daft  # noqa: PLC0415 - an extra: only this engine needs it

        table = daft.from_pydict({"number": list(range(len(items))), "item": list(items)})
        workers = self.jobs
        if self.ray is not None:
            workers = _there(self.jobs)
            table = table.into_partitions(workers)
        work = _worker_class(workers)(prepare)
        found = table.select("number", work.answer(table["item"]).alias("answer")).to_pydict()
        return list(zip(found["number"], found["answer"], strict=True))


@cache
def _runner(ray: str | None) -> None:
    """Choose where Daft runs, once a process: Daft does not change it later."""
    try:
        import daft  # noqa: PLC0415
    except ImportError as problem:
        raise EngineError("the engine daft is not installed; run: pip install 'evenhand[cluster]'") from problem
    if ray is None:
        daft.set_runner_native()
        return
    try:
        import ray as cluster  # noqa: PLC0415
    except ImportError as problem:
        raise EngineError("Ray is not installed; run: pip install 'evenhand[cluster]'") from problem
    try:
        if not cluster.is_initialized():
            _reach(cluster, ray)
    except ConnectionError as problem:
        cure = "start one with `ray start --head`, or give its address as ray://HOST:10001"
        raise EngineError(f"no Ray cluster is reached at {ray} ({problem}); {cure}") from problem
    daft.set_runner_ray(noop_if_initialized=True)


def _reach(cluster: Any, ray: str) -> None:
    """Connect to a cluster, or start one of this process alone ("local", for tests).

    Ray 2.60 gives a node that it starts 30 seconds to answer, whatever else the machine does, and a worker a minute to
    report; on a busy machine either is too little. So the node is started anew, and workers are given ten minutes.
    """
    if ray != "local":
        cluster.init(address=ray, log_to_driver=False, logging_level="ERROR")
        return
    for left in range(_TRIES - 1, -1, -1):
        try:
            cluster.init(
                address=ray, log_to_driver=False, logging_level="ERROR",
                include_dashboard=False, _system_config={"worker_register_timeout_seconds": 600},
            )  # fmt: skip
            return
        except Exception as problem:  # Ray raises it bare
            cluster.shutdown()
            if not left:
                raise EngineError(f"Ray did not start on this machine, {_TRIES} times over ({problem})") from problem


def _there(jobs: int) -> int:
    """How many workers the cluster has room for now: a query that waits for a host that is lost would wait for ever."""
    import ray  # noqa: PLC0415

    return max(1, min(jobs, int(ray.cluster_resources().get("CPU", 1))))


@cache
def _worker_class(jobs: int) -> Any:
    """The worker as Daft knows it: its child is prepared once, then given items in small batches."""
    import daft  # noqa: PLC0415

    # a worker that died is not started again behind our back: what it had in hand is asked for again from here
    once = {"max_restarts": 0, "max_task_retries": 0}

    @daft.cls(max_concurrency=jobs, max_retries=0, ray_options=once)
    class Worker:
        def __init__(self, prepare: bytes) -> None:
            self.work = Guarded(prepare)

        @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=_SERVE)
        def answer(self, items: Any) -> list[bytes | None]:
            return [self.work(item) for item in items.to_pylist()]

    return Worker


@cache
def _fatal() -> tuple[type[BaseException], ...]:
    """What Daft raises when a worker dies."""
    from daft.exceptions import DaftCoreException  # noqa: PLC0415

    fatal: list[type[BaseException]] = [DaftCoreException, RuntimeError, EOFError, ConnectionError]
    try:
        from ray.exceptions import RayError  # noqa: PLC0415

        fatal.append(RayError)
    except ImportError:
        pass
    return tuple(fatal)
