"""Two outcomes, stage by stage: what did not come out exchanged and otherwise the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evenhand.audit import assessed, rows
from evenhand.audit.alignment import Alignment
from evenhand.audit.assessed import Told
from evenhand.audit.exchange import Exchange
from evenhand.audit.matching import Compared, Differing, compare, sentences_of
from evenhand.audit.outcomes import Outcome
from evenhand.audit.records import STAGES, Difference, Stage, StageResult
from evenhand.audit.rows import Row, View
from evenhand.model.evidence import Span, contains

_EXCERPT = 240


@dataclass
class Comparison:
    """The comparison under way: counts and differences so far, by stage, and where each report first differs."""

    plain: Outcome
    other: Outcome
    exchange: Exchange
    alignments: Mapping[str, Alignment]
    listed: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    compared: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    found: dict[Stage, list[Difference]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    seen: defaultdict[str, list[tuple[Stage, Span | None]]] = field(default_factory=lambda: defaultdict(list))

    def results(self) -> tuple[StageResult, ...]:
        """Compare everything."""
        here, there = (
            View(self.alignments, spelling=self.exchange, listed=self.listed),
            View(self.alignments, self.exchange, listed=self.listed),
        )
        links: dict[str, Mapping[str, str]] = {}
        for home in self.plain.readings:
            links[home] = self._report(home, here, there)
        copies = compare(assessed.copy_rows(self.plain, here), assessed.copy_rows(self.other, there))
        self._note("copies", copies, "", "copies", tuple(self.plain.readings))
        pairs = assessed.matched(assessed.told(self.plain.incidents, None), assessed.told(self.other.incidents, links))
        for one, two in pairs:
            self._incident(one, two, here, there)
        return tuple(
            StageResult(stage=stage, compared=self.compared[stage], differences=tuple(self.found[stage]))
            for stage in STAGES
        )

    # --- one report -------------------------------------------------------------------------------------------------

    def _report(self, home: str, here: View, there: View) -> Mapping[str, str]:
        """Compare all that is read in one report; returns the other side's claim ids → the plain side's."""
        one, two = self.plain, self.other
        if home in one.taken and home in two.taken:
            taken = compare(
                rows.report_rows(home, one.taken[home], here), rows.report_rows(home, two.taken[home], there)
            )
            self._read("intake", home, taken)
        if home in one.tagged and home in two.tagged:
            for stage, of in (("tagged speech", rows.speech_rows), ("tagged names", rows.name_rows)):
                self._read(stage, home, compare(of(home, one.tagged[home], here), of(home, two.tagged[home], there)))  # type: ignore[arg-type]
        ours, theirs = one.readings[home], two.readings[home]
        said = compare(rows.statement_rows(ours, here), rows.statement_rows(theirs, there))
        self._read("statements", home, said)
        claims = compare(rows.claim_rows(ours, here), rows.claim_rows(theirs, there), said.links)
        self._read("claims", home, claims)
        return claims.links

    def _read(self, stage: Stage, home: str, compared: Compared) -> None:
        self.compared[stage] += compared.number
        reading = self.plain.readings[home]
        text, alignment = reading.report.text, self.alignments[home]
        for one in compared.differing:
            near = sentences_of(reading.sentences, one.row.hull)
            start, end = one.row.hull or (0, min(len(text), _EXCERPT))
            self.found[stage].append(
                Difference(
                    home=home,
                    place=reading.report.file or home,
                    span=one.row.hull,
                    words=_excerpt(text[start:end]),
                    exchanged=_names(text, alignment, near or ((0, len(text)),), self.exchange),
                    fields=one.fields,
                    first=self._first(stage, home, near),
                )
            )
        self.seen[home] += [(stage, one.row.hull) for one in compared.differing]

    def _first(self, stage: Stage, home: str, near: tuple[Span, ...]) -> Stage:
        """The earliest stage that differs in one of these sentences (or of which no sentence is known)."""
        for earlier, hull in self.seen[home]:
            if hull is None or not near or any(_meets(hull, span) for span in near):
                return earlier
        return stage

    # --- incidents --------------------------------------------------------------------------------------------------

    def _incident(self, one: Told | None, two: Told | None, here: View, there: View) -> None:
        found = one or two
        assert found is not None
        label = found.incident.title
        homes = tuple(dict.fromkeys(home for home, _ in sorted(found.refs)))
        for stage, ours, theirs in self._assessed(one, two, here, there):
            self._note(stage, compare(ours, theirs), found.incident.id, label, homes)

    def _assessed(
        self, one: Told | None, two: Told | None, here: View, there: View
    ) -> Iterator[tuple[Stage, list[Row], list[Row]]]:
        yield (
            "incidents",
            [assessed.incident_row(one, here)] if one else [],
            ([assessed.incident_row(two, there)] if two else []),
        )
        yield (
            "origins",
            assessed.origin_rows(one, here) if one else [],
            (assessed.origin_rows(two, there) if two else []),
        )
        yield (
            "answers",
            assessed.answer_rows(one, here) if one else [],
            (assessed.answer_rows(two, there) if two else []),
        )
        yield "grades", assessed.grade_rows(one) if one else [], assessed.grade_rows(two) if two else []

    def _note(self, stage: Stage, compared: Compared, home: str, label: str, homes: tuple[str, ...]) -> None:
        self.compared[stage] += compared.number
        for one in compared.differing:
            self.found[stage].append(self._of_incident(stage, one, home, label, homes))
        if home and compared.differing:
            self.seen[home].append((stage, None))

    def _of_incident(self, stage: Stage, one: Differing, home: str, label: str, homes: tuple[str, ...]) -> Difference:
        earlier = [entry for report in homes for entry, _ in self.seen[report]]
        earlier += [entry for entry, _ in self.seen[home]] if home else []
        names: list[str] = []
        for report in homes:
            reading = self.plain.readings[report]
            names += _names(reading.report.text, self.alignments[report], reading.sentences, self.exchange)
        return Difference(
            home=home,
            place=label,
            words=one.row.number,
            exchanged=tuple(dict.fromkeys(names)),
            fields=one.fields,
            first=min((*earlier, stage), key=STAGES.index),
        )


def _names(text: str, alignment: Alignment, spans: tuple[Span, ...], exchange: Exchange) -> tuple[str, ...]:
    """The exchanged names in spans, each once, as `a → b`."""
    pieces = [piece for span in spans for piece in alignment.within(span)]
    words = dict.fromkeys(text[piece.before[0] : piece.before[1]] for piece in pieces)
    return tuple(f"{word} → {exchange.names[word]}" for word in words)


def _meets(hull: Span, sentence: Span) -> bool:
    return (hull[0] < sentence[1] and sentence[0] < hull[1]) or contains(sentence, hull)


def _excerpt(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _EXCERPT else plain[:_EXCERPT] + "…"
