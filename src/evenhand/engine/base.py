"""What an engine is: something that maps a pure function over records, in order."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Maps work over items and yields the results in the items' order.

    `prepare` is called once a worker and returns the function that is then applied to every item: what
    is slow to load (weights, gazetteer) is loaded there. Both must pickle; the function must be pure, so
    that an item may run twice, anywhere. `lost` makes the result for an item whose worker died on it.
    """

    def map(self, prepare: Callable[[], Callable[[A], B]], items: Iterable[A], lost: Callable[[A], B]) -> Iterator[B]:
        """Results in the order of items, as they become ready; memory does not grow with their number."""
        ...
