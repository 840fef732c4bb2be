"""A Ray of this process alone is started anew where the machine was too busy for it; another cluster is not."""

import pytest

from evenhand.engine.cluster import _reach
from evenhand.errors import EngineError


class Slow:
    """A Ray that starts only at the given try."""

    def __init__(self, starts_at: int) -> None:
        self.starts_at, self.tries, self.stopped = starts_at, 0, 0

    def init(self, **_words: object) -> None:
        self.tries += 1
        if self.tries < self.starts_at:
            raise Exception("The current node timed out during startup.")

    def shutdown(self) -> None:
        self.stopped += 1


def test_a_node_that_is_late_is_started_anew():
    ray = Slow(starts_at=3)
    _reach(ray, "local")
    assert (ray.tries, ray.stopped) == (3, 2)


def test_one_that_never_starts_is_an_error_with_rays_own_reason():
    ray = Slow(starts_at=99)
    with pytest.raises(EngineError, match=r"3 times over \(The current node timed out"):
        _reach(ray, "local")
    assert ray.stopped == 3


def test_a_cluster_elsewhere_is_asked_once():
    ray = Slow(starts_at=2)
    with pytest.raises(Exception, match="timed out"):
        _reach(ray, "ray://somewhere:10001")
    assert ray.tries == 1
