"""Groups of happenings as rings: each names the next of its group, the last the first. Four bytes a happening."""

from array import array
from collections.abc import Iterable, Sequence


class Rings:
    """A partition of the numbers from 0 on."""

    def __init__(self) -> None:
        self._next = array("I")

    def __len__(self) -> int:
        return len(self._next)

    def add(self, count: int) -> None:
        """Take in so many numbers, each by itself."""
        self._next.extend(range(len(self._next), len(self._next) + count))

    def of(self, number: int) -> list[int]:
        """The group of a number, which comes first."""
        found, at = [number], self._next[number]
        while at != number:
            found.append(at)
            at = self._next[at]
        return found

    def all_of(self, numbers: Iterable[int]) -> set[int]:
        """The numbers in the groups of these."""
        found: set[int] = set()
        for number in numbers:
            if number not in found:
                found.update(self.of(number))
        return found

    def put(self, group: Sequence[int]) -> None:
        """Make these numbers a group. To be done for all numbers of the groups that they leave."""
        for at, number in enumerate(group):
            self._next[number] = group[at + 1 if at + 1 < len(group) else 0]

    def dump(self) -> bytes:
        """The state."""
        return self._next.tobytes()

    def load(self, state: bytes) -> None:
        """Put back what `dump` gave."""
        self._next.frombytes(state)
