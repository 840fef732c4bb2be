"""Where the time goes: seconds, records and bytes of each stage of a run, for `--profile`."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Stage:
    """What one stage has used so far. `cpu` and `wall` in seconds; `cpu` is this process's alone, not its workers'."""

    name: str
    wall: float = 0.0
    cpu: float = 0.0
    records: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Stages:
    """Stages in the order in which they first ran."""

    seen: dict[str, Stage] = field(default_factory=dict)

    @contextmanager
    def at(self, name: str) -> Iterator[Stage]:
        """Count the time until the block ends to this stage; the block counts its records and bytes itself."""
        stage = self.seen.setdefault(name, Stage(name))
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield stage
        finally:
            stage.wall += time.perf_counter() - wall
            stage.cpu += time.process_time() - cpu


def peak_bytes() -> int:
    """The most memory this process has held, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
