"""What outlets print under every report: 5-grams that stand in several texts which are no copies of each other."""

from array import array
from collections.abc import Callable, Iterable


class Background:
    """Learns 5-grams pair by pair; one that has become background stays it, so that the past is not gone through again.

    Only pairs that are no copies count: copies share their outlet's paragraph and are one carrier of it.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._known: set[int] = set()
        self._carried: dict[int, tuple[list[int], array[int]]] = {}

    def __contains__(self, gram: int) -> bool:
        return gram in self._known

    def add(
        self, pair: int, ends: tuple[int, int], grams: Iterable[int], root: Callable[[int], int]
    ) -> tuple[int, ...]:
        """Take in the 5-grams that a pair shares; returns the pairs whose label this may change."""
        touched: list[int] = []
        for gram in grams:
            if gram in self._known:
                continue
            carriers, pairs = self._carried.setdefault(gram, ([], array("I")))
            pairs.append(pair)
            held = {root(one) for one in carriers}
            for end in ends:
                if root(end) not in held:
                    held.add(root(end))
                    carriers.append(end)
            if len(held) >= self._least:
                self._known.add(gram)
                touched.extend(self._carried.pop(gram)[1])
        return tuple(touched)

    def dump(self) -> tuple[list[int], dict[int, tuple[list[int], list[int]]]]:
        """The state as plain values."""
        return sorted(self._known), {gram: (held, list(pairs)) for gram, (held, pairs) in self._carried.items()}

    def load(self, known: Iterable[int], carried: dict[int, tuple[list[int], list[int]]]) -> None:
        """Put back what `dump` gave."""
        self._known = set(known)
        self._carried = {gram: (list(held), array("I", pairs)) for gram, (held, pairs) in carried.items()}
