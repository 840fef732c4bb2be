"""Percentiles, and figures told as JSON lines."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence

Took = tuple[float, float]
"""Seconds by the wall clock, and of this process's CPU."""


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, milliseconds."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1) if ordered else 0.0


def median(values: Sequence[float]) -> float:
    """The median, milliseconds."""
    return round(1000 * sorted(values)[len(values) // 2], 1) if values else 0.0


def timed(does: Callable[[], object]) -> Took:
    """How long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    does()
    return time.perf_counter() - wall, time.process_time() - cpu


def tell(**figures: object) -> None:
    """One line of figures."""
    print(json.dumps(figures), flush=True)


def tell_times(what: str, took: Sequence[Took], **more: object) -> None:
    """Median and 95th percentile of both clocks."""
    wall, cpu = [one for one, _ in took], [two for _, two in took]
    tell(what=what, **more, p95_ms=p95(wall), median_ms=median(wall), cpu_p95_ms=p95(cpu), cpu_median_ms=median(cpu))
