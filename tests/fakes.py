"""Stand-ins that keep the real parts' promises; each passes the same contract tests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from evenhand.model.evidence import to_json
from evenhand.model.incident import Cluster, CopyPair, Incident
from evenhand.model.reading import Reading, Software
from evenhand.model.report import OriginalRef, Report, report_id
from evenhand.store.base import Change, Piece

SHARED = Path(__file__).parents[2] / "shared"


class MemoryStore:
    """A `Store` in memory."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}
        self._current: tuple[str, ...] = ()
        self._pieces: dict[tuple[str, int], bytes] = {}
        self._last: tuple[tuple[Cluster, ...], tuple[CopyPair, ...], tuple[Incident, ...]] = ((), (), ())

    def keys_read(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset(key for key in keys if key in self._readings)

    def add_readings(self, readings: Iterable[tuple[str, Reading]]) -> None:
        for key, reading in readings:
            self._readings.setdefault(key, reading)

    def readings(self, keys: Sequence[str]) -> Iterator[Reading]:
        return iter([self._readings[key] for key in keys])

    def records(self, keys: Sequence[str]) -> Iterator[bytes]:
        return iter([to_json(self._readings[key]) for key in keys])

    def reports(self, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._readings[key].report.id for key in keys)

    def clusters(self, ids: Sequence[str] | None = None) -> tuple[Cluster, ...]:
        return tuple(one for one in self._last[0] if ids is None or one.id in ids)

    def copies(self) -> tuple[CopyPair, ...]:
        return self._last[1]

    def put_current(self, keys: Sequence[str]) -> None:
        self._current = tuple(keys)

    def current(self) -> tuple[str, ...]:
        return self._current

    def incident_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self._last[2])

    def incidents(self, ids: Sequence[str] | None = None) -> tuple[Incident, ...]:
        if ids is None:
            return self._last[2]
        by_id = {one.id: one for one in self._last[2]}
        return tuple(by_id[one] for one in ids)

    def put_assessment(
        self, clusters: Sequence[Cluster], copies: Sequence[CopyPair], incidents: Sequence[Incident]
    ) -> None:
        self._last = (
            tuple(sorted(clusters, key=lambda one: one.id)),
            tuple(sorted(copies, key=lambda pair: (pair.first, pair.second))),
            tuple(sorted(incidents, key=lambda one: one.id)),
        )

    def change_assessment(self, change: Change) -> None:
        clusters, copies, incidents = self._last
        kept = {one.id: one for one in clusters if one.id not in change.gone}
        pairs = {} if change.copies_anew else {(pair.first, pair.second): pair for pair in copies}
        graded = {} if change.incidents_anew else {one.id: one for one in incidents if one.id not in change.gone}
        new = list(change.clusters)
        kept.update({one.id: one for one in new})
        assert len({one.id for one in new}) == len(new), "an id was given twice"
        pairs.update({(pair.first, pair.second): pair for pair in change.copies})
        ready = [
            msgspec.json.decode(one[1], type=Incident) if isinstance(one, tuple) else one for one in change.incidents
        ]
        graded.update({one.id: one for one in ready})
        self.put_pieces(change.pieces)
        self.put_assessment(list(kept.values()), list(pairs.values()), list(graded.values()))

    def pieces(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        return {number: self._pieces[kind, number] for number in numbers if (kind, number) in self._pieces}

    def put_pieces(self, pieces: Iterable[Piece]) -> None:
        self._pieces.update({(kind, number): data for kind, number, data in pieces})

    def drop_pieces(self) -> None:
        self._pieces.clear()

    def forget(self) -> None:
        self._readings.clear()
        self._pieces.clear()
        self._current, self._last = (), ((), (), ())

    def close(self) -> None:
        pass


def a_report(text: str = "Guns fell silent.", *, file: str = "a.txt", outlet: str | None = None) -> Report:
    original = OriginalRef(sha256="0" * 64, locator=file)
    return Report(id=report_id(original, outlet, None), original=original, file=file, outlet=outlet, text=text)


def a_reading(text: str = "Guns fell silent.", *, file: str = "a.txt", outlet: str | None = None) -> Reading:
    software = Software(name="evenhand", version="0", weights="sha256:0")
    return Reading(software=software, report=a_report(text, file=file, outlet=outlet))
