"""Clusters graded by an engine, some at a time: the work on each batch is a pure function of what it is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import msgspec

from evenhand import assessing
from evenhand.assessing import AssessmentSettings
from evenhand.errors import EngineError, StoreError
from evenhand.model.evidence import to_json
from evenhand.model.incident import Cluster, CopyGroup
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Batch:
    """Clusters, the copy groups of their reports, and the readings of both as the store has them, unread."""

    clusters: tuple[Cluster, ...]
    groups: tuple[CopyGroup, ...]
    readings: tuple[bytes, ...]


Graded = tuple[tuple[str, bytes], ...]
"""Incidents as (id, record as one line of JSON): they are kept as they are, and only their bytes travel."""


def grader(profile: Profile, settings: AssessmentSettings) -> Callable[[], Callable[[Batch], Graded]]:
    """What an engine prepares in each worker to grade batches."""
    return partial(_prepared, profile, settings)


def _prepared(profile: Profile, settings: AssessmentSettings) -> Callable[[Batch], Graded]:
    return partial(graded, profile, settings)


def graded(profile: Profile, settings: AssessmentSettings, batch: Batch) -> Graded:
    """The batch's incidents, in order of its clusters. Raises StoreError for a damaged reading."""
    decoder = msgspec.json.Decoder(Reading)
    try:
        readings = {reading.report.id: reading for reading in map(decoder.decode, batch.readings)}
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise StoreError(f"a reading in the working state is damaged ({problem}); read everything anew") from problem
    found = assessing.assess_all(
        batch.clusters, readings=readings, copies=batch.groups, profile=profile, settings=settings
    )
    return tuple((one.id, to_json(one)) for one in found)


def lost(batch: Batch) -> Graded:
    """No grade is left out: where workers die on a batch, the run stops and says so."""
    raise EngineError(
        f"the processes that grade died twice on the incident {batch.clusters[0].id} or one of the next "
        f"{len(batch.clusters) - 1}; run again with --jobs 1 to see why, or with more memory"
    )
