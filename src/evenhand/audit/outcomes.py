"""One run of the journey, kept whole: what each stage made of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand import assessing, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.intake import IntakeSettings, receive
from evenhand.intake.settings import Meta, MetaRow
from evenhand.model.incident import CopyGroup, CopyPair, Incident
from evenhand.model.reading import Reading
from evenhand.model.report import Original, Received, Report
from evenhand.reading.extent import readable
from evenhand.reading.reader import Reader
from evenhand.reading.tagging.tagger import Tagged

_NAME = "report.txt"


@dataclass(frozen=True)
class Outcome:
    """Reports (`taken`: as intake sees their text), tags and readings by report id, and what was made of them."""

    taken: Mapping[str, Report]
    tagged: Mapping[str, Tagged]
    readings: Mapping[str, Reading]
    copies: tuple[CopyPair, ...]
    groups: tuple[CopyGroup, ...]
    incidents: tuple[Incident, ...]


def run(received: Sequence[Received], reader: Reader, settings: AssessmentSettings) -> Outcome:
    """Take in, read, group and assess; the same steps as `evenhand.flow`, without a store."""
    readings = {one.report.id: reader.try_read(one) for one in received}
    there = [reading for reading in readings.values() if reading.unread is None]
    reports = [reading.report for reading in readings.values()]
    pairs = grouping.compare(reports)
    groups = grouping.groups(pairs, reports)
    clusters = grouping.cluster(readings.values(), pairs)
    incidents = assessing.assess_all(
        clusters, readings=readings, copies=groups, profile=reader.profile, settings=settings
    )
    return Outcome(
        taken={report.id: taken for report in reports if (taken := _taken(report, reader)) is not None},
        tagged={one.report.id: _tagged(one.report, reader) for one in there},
        readings=readings,
        copies=pairs,
        groups=groups,
        incidents=incidents,
    )


def _tagged(report: Report, reader: Reader) -> Tagged:
    """The tagger's marks on the text that the reader sees."""
    text = readable(report)[0].text
    return reader.tagger.tag(text, reader.known.find(text))


def _taken(report: Report, reader: Reader) -> Report | None:
    """The report as intake finds it in its own text, told what it was told; None where intake sees another text."""
    row = MetaRow(report.url, report.outlet, report.title, report.published, report.language)
    settings = IntakeSettings(outlets=reader.profile, meta=Meta(given={_NAME: row}))
    original = Original(path=_NAME, file=_NAME, data=report.text.encode("utf-8", "replace"))
    again = receive(original, settings)
    return again[0].report if len(again) == 1 and again[0].report.text == report.text else None
