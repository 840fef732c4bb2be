"""What each report of a case tells: its happenings by number, in the order they came, kept as pieces."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any

import msgspec
import numpy as np

from evenhand.grouping.extracts import ClaimsExtract
from evenhand.grouping.happenings import Happening
from evenhand.grouping.incidents import Told
from evenhand.grouping.pieces import Pieces
from evenhand.grouping.postings import Numbers


class Tellings:
    """Reports by their place in the case, their happenings by number."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._first = array("I", [0])  # a report's happenings: _first[n] up to _first[n + 1]
        self._ids: list[str] = []
        self._claims: list[str] = []  # the first of each happening

    def __len__(self) -> int:
        """How many happenings there are."""
        return self._first[-1]

    @property
    def reports(self) -> int:
        """How many reports were taken in."""
        return len(self._first) - 1

    def add(self, found: Sequence[ClaimsExtract]) -> None:
        """Keep what the next reports tell."""
        start = self.reports
        self._pieces.put(("told", number, each.told) for number, each in enumerate(found, start))
        for each in found:
            self._ids.append(each.report)
            self._first.append(self._first[-1] + len(each.claims))
            self._claims += map(intern, each.claims)

    def numbers(self, report: int) -> range:
        """The happenings that a report tells."""
        return range(self._first[report], self._first[report + 1])

    def report(self, number: int) -> int:
        """The report that tells a happening."""
        return bisect_right(self._first, number) - 1

    def key(self, number: int) -> tuple[str, str]:
        """What a happening is called and ordered by: report id and first claim."""
        return self._ids[self.report(number)], self._claims[number]

    def id(self, report: int) -> str:
        """The id of the report at this place."""
        return self._ids[report]

    def place(self, number: int) -> tuple[int, int]:
        """The report that tells a happening, and which of its happenings it is."""
        report = self.report(number)
        return report, number - self._first[report]

    def kept(self, reports: Sequence[int]) -> Mapping[int, bytes]:
        """What these reports tell, as it is kept."""
        return self._pieces.get("told", reports)

    def reports_of(self, numbers: Iterable[int]) -> set[int]:
        """The places of the reports that tell these happenings."""
        return {self.report(number) for number in numbers}

    def owners(self, numbers: Numbers) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The report of each happening."""
        return np.searchsorted(np.frombuffer(self._first.tobytes(), dtype=np.uint32), numbers, side="right") - 1

    def places(self, numbers: Numbers) -> tuple[Any, Any]:
        """`place` of each happening."""
        owners = self.owners(numbers)
        return owners, numbers - np.frombuffer(self._first.tobytes(), dtype=np.uint32)[owners]

    def told(self, numbers: Iterable[int]) -> dict[int, Told]:
        """What the reports of these happenings tell, by number."""
        reports = sorted(self.reports_of(numbers))
        decoder = msgspec.msgpack.Decoder(list[Told])
        found = self._pieces.get("told", reports)
        return {
            self._first[report] + at: one for report in reports for at, one in enumerate(decoder.decode(found[report]))
        }

    def read(self, number: int, kept: Mapping[int, bytes]) -> dict[int, Happening]:
        """All happenings of the report that tells this one, by number, of what `kept` gave."""
        report = self.report(number)
        found = msgspec.msgpack.decode(kept[report], type=list[Told])
        return {self._first[report] + at: one.happening for at, one in enumerate(found)}

    def happenings(self, numbers: Iterable[int]) -> dict[int, Happening]:
        """These happenings."""
        wanted = set(numbers)
        return {number: one.happening for number, one in self.told(wanted).items() if number in wanted}

    def dump(self) -> dict[str, Any]:
        """The state as plain values; what is kept as pieces and the ids of the reports left out."""
        return {"first": self._first.tobytes(), "claims": self._claims}

    def load(self, state: Mapping[str, Any], ids: Sequence[str]) -> None:
        """Put back what `dump` gave; `ids` are those of the reports."""
        self._first = array("I")
        self._first.frombytes(state["first"])
        self._ids = list(ids[: self.reports])
        self._claims = [intern(claim) for claim in state["claims"]]
