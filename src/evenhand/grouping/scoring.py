"""Pairs of happenings scored some days at a time: a report is read once for all its pairs of those days.

Reports come in any order of days, and each is near some twenty of all that came before. Scored as they come, every new
one has those twenty read again. So their pairs wait until the groups are asked for (decision 0152).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from evenhand.grouping.comparing import Weights
from evenhand.grouping.happenings import Happening
from evenhand.grouping.incidents import Comparer, Told
from evenhand.grouping.rarity import Eras
from evenhand.model.incident import CopyPair

Pairs = Mapping[tuple[str, str], CopyPair]
"""Copy pairs by (first, second) report id, those labelled independent left out."""
A = TypeVar("A", bound=Sized)
B = TypeVar("B")
Scores = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]
"""Of each pair the score, or where the second holds the most that it can be, 0 or less."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pairs to be scored. `ends`: a row each, two happenings as their reports' places and their numbers there.

    `told`: what these reports tell, as it is kept; `pairs`: those of them that share text.
    """

    ends: Any
    told: Mapping[int, bytes]
    pairs: Pairs

    def __len__(self) -> int:
        return len(self.ends)


Score = Callable[[Stretch], Scores]


class Run(Protocol):
    """Maps the function that `prepare` makes over the items, in order: an engine, or this process."""

    def __call__(self, prepare: Callable[[], Callable[[A], B]], items: Iterable[A], /) -> Iterator[B]:
        """The results, in the order of the items."""
        ...


def here(prepare: Callable[[], Callable[[A], B]], items: Iterable[A]) -> Iterator[B]:
    """A `Run` in this process."""
    return map(prepare(), items)


def scorer(eras: Eras, weights: Weights) -> Score:
    """What an engine prepares to score pairs."""
    return partial(_scored, eras, weights)


def _scored(eras: Eras, weights: Weights, part: Stretch) -> Scores:
    decoder = msgspec.msgpack.Decoder(list[Told])
    told = {report: [one.happening for one in decoder.decode(data)] for report, data in part.told.items()}
    era_of = {some[0].report: eras.of(report) for report, some in told.items()}
    comparer = Comparer(part.pairs, era_of, eras.rarity, weights)
    ends = ((told[report][at], told[other][number]) for report, at, other, number in part.ends.tolist())
    found = [comparer.score_or_most(*in_order(*pair)) for pair in ends]
    scores, open_ = zip(*found, strict=True)
    return np.array(scores), np.array(open_, dtype=np.bool_)


def in_order(one: Happening, two: Happening) -> tuple[Happening, Happening]:
    """Two happenings as they are compared: the smaller key first."""
    return (one, two) if one.key < two.key else (two, one)
