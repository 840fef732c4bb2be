"""One report to one reading: the steps, in order, each taking the last one's product."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from evenhand import __version__
from evenhand.errors import EvenhandError
from evenhand.model.evidence import sha256_hex
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading, Software
from evenhand.model.report import Received, Unread
from evenhand.reading import claims, places, quantities, sentences, statements, times
from evenhand.reading.extent import readable
from evenhand.reading.places import Gazetteer
from evenhand.reading.places.case_places import open_gazetteer
from evenhand.reading.tagging import weights
from evenhand.reading.tagging.stand_ins import KnownNames
from evenhand.reading.tagging.tagger import Tagger

if TYPE_CHECKING:
    from collections.abc import Callable


_RECORDS, _ROUNDS = 5000, (20, 50)
"""New records before a look for garbage, and such looks before one among older records (Python's own: 700, 10, 10)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads reports with one set of weights, one gazetteer and one profile; loads nothing by itself."""

    tagger: Tagger
    gazetteer: Gazetteer
    profile: Profile
    known: KnownNames

    @property
    def software(self) -> Software:
        """What stands in every reading: name, version, weights."""
        return Software(name="evenhand", version=__version__, weights=self.tagger.version)

    def read(self, received: Received) -> Reading:
        """The reading of one report; a report that intake could not read passes through with its reason."""
        report = received.report
        if received.unread is not None or not report.text.strip():
            unread = received.unread or Unread(why="the report holds no text", cure="look at the original")
            return Reading(software=self.software, report=report, unread=unread)
        whole, (report, partly) = report, readable(report)
        text = report.text
        tagged = self.tagger.tag(text, self.known.find(text))
        split = sentences.split(text)
        found = statements.find(report, split, tagged, self.profile)
        people = [(*name.span, name.kind) for name in tagged.names if name.kind in ("person", "organisation")]
        mentions = tuple(
            replace(mention, use="part_of_name")  # "a hospital of Doctors Without Borders in X" is in X
            if self.profile.organisation_named(text[mention.name_start : mention.name_end]) is not None
            else mention
            for mention in places.find(text, split, self.gazetteer, names=people)
        )
        when = times.find(text, published=_day(report.published), sentences=split)
        said = claims.find(
            report,
            split,
            found.entities,
            found.statements,
            places=places.resolve(mentions, text, self.gazetteer),
            place_mentions=mentions,
            times=when,
            quantities=quantities.find(text, times=times.dated_spans(when)),
            profile=self.profile,
        )
        return Reading(
            software=self.software,
            report=whole,
            sentences=split,
            entities=found.entities,
            statements=found.statements,
            claims=said,
            unread=partly,
        )

    def try_read(self, received: Received) -> Reading:
        """`read`, where a failure is a record: whatever goes wrong, the report is named with the reason."""
        try:
            return self.read(received)
        except Exception as problem:
            return unread(received, self.software, problem)


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None


def unread(received: Received, software: Software, problem: Exception | None) -> Reading:
    """The reading of a report on which the reader failed."""
    if isinstance(problem, EvenhandError):
        why = str(problem)
    elif problem is None:
        why = "the reading process died on this report"
    else:
        why = f"the reader failed: {type(problem).__name__}: {problem}"
    cure = "please send us the file or its shape; the other reports are not affected"
    return Reading(software=software, report=received.report, unread=Unread(why=why, cure=cure))


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a reader is made from; small, so that it travels to a worker, which loads the rest itself."""

    profile: Profile
    weights: Path | None = None
    packs: tuple[Path, ...] = field(default=())

    def prepare(self) -> Callable[[Received], Reading]:
        """Load weights and gazetteer, once a worker, and return the function that reads a report.

        Raises WeightsError when a weights file is missing or is not the one its manifest names.
        """
        return self.reader().try_read

    def identity(self) -> str:
        """Names everything a reading depends on besides its report, so that kept readings are known again.

        The reader's own files count too: another rule, word list or gazetteer may read a report otherwise.
        """
        own = sorted(path for path in Path(__file__).parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
        parts = [f"{path.name}:{sha256_hex(path.read_bytes())}" for path in (*own, *self.packs)]
        software = self.software()
        return sha256_hex("\n".join((software.version, software.weights, repr(self.profile), *parts)).encode())

    def software(self) -> Software:
        """What will stand in every reading; reads the weights' manifest only."""
        return Software(name="evenhand", version=__version__, weights=weights.load(self.weights).version)

    def reader(self) -> Reader:
        """The reader itself. From here on this process multiplies matrices on one thread.

        They are small: on two threads the waiting costs six times what the work does, and workers run one a core.
        It also looks for rings of garbage less often: a reading makes thousands of small records and hardly a ring.
        """
        threadpool_limits(limits=1, user_api="blas")
        if 0 < gc.get_threshold()[0] < _RECORDS:
            gc.set_threshold(_RECORDS, *_ROUNDS)
        tagger = Tagger.load(self.weights)
        gazetteer = open_gazetteer(self.packs, self.profile.places)
        return Reader(tagger, gazetteer, self.profile, tagger.known_names(self.profile))
