"""Side by side: what each origin answers to each question, in whose words, and who agrees with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any, Literal

import msgspec

from evenhand.dossier import answers, comparing, words
from evenhand.dossier.answers import Answered, Said
from evenhand.dossier.shelf import Cite, Shelf
from evenhand.model.incident import Figure, Incident, Origin

# Columns side by side on one sheet: what a printed page and a laptop's screen hold without scrolling.
SHEET = 6
_SHOWN = 3  # values printed in a cell; the rest is counted

Relation = Literal["agrees", "differs", "both", "alone", "open", "silent"]
SIGNS: dict[Relation, str] = {"agrees": "=", "differs": "≠", "both": "≠", "alone": "·", "open": "~", "silent": "–"}


@dataclass(frozen=True, slots=True)
class Cell:
    """An origin's answers to one question. `sign` and `word` tell how they stand to the others', without colour."""

    said: tuple[Said, ...]
    more: int
    relation: Relation
    sign: str
    word: str
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A question over all origins, with a count of how the answers stand."""

    question: str
    summary: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """An origin as the head of a column: `carried` are the reports of all outlets that rest on it."""

    name: str
    party: str
    interest: str
    anchor: str
    carried: tuple[Cite, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """At most `SHEET` columns with all rows; a matrix of more origins is several sheets, one under the other.

    Origins with knowledge of their own stand on sheets of their own, before those without.
    """

    own_knowledge: bool
    first: int
    last: int
    of: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A reported number with its words."""

    measure: str
    value: str
    origin: str
    as_of: str
    quote: str
    href: str
    superseded: bool
    note: str


def matrix(incident: Incident, shelf: Shelf) -> tuple[Sheet, ...]:
    """Rows: the questions; columns: the origins, those with own knowledge first; sheets of at most `SHEET` columns."""
    incident = own_first(incident)
    rows = _rows(incident, shelf)
    columns = [_column(number, origin, shelf) for number, origin in enumerate(incident.origins)]
    sheets = []
    own = sum(origin.own_knowledge for origin in incident.origins)
    for known, start, end in ((True, 0, own), (False, own, len(columns))):
        number = ceil((end - start) / SHEET)
        # as even as can be: no sheet of one column
        edges = [start + (end - start) * n // number for n in range(number + 1)] if number else []
        sheets += [
            Sheet(
                known, first + 1, last, len(columns), tuple(columns[first:last]),
                tuple(Row(row.question, row.summary, row.cells[first:last]) for row in rows),
            )
            for first, last in pairwise(edges)
        ]  # fmt: skip
    return tuple(sheets)


def own_first(incident: Incident) -> Incident:
    """The incident with the origins that have knowledge of their own first, by party and name."""
    ranked = sorted(incident.origins, key=lambda o: (not o.own_knowledge, o.party is None, o.party or "", o.name))
    return msgspec.structs.replace(incident, origins=tuple(ranked))


def unanswered(incident: Incident, shelf: Shelf) -> tuple[str, ...]:
    """The questions to which no origin gives an answer."""
    return tuple(row.question for row in _rows(incident, shelf) if all(not cell.said for cell in row.cells))


def figures(incident: Incident, shelf: Shelf) -> tuple[FigureView, ...]:
    """Every figure of the tolls with its words, in the order of its day."""
    pairs = (("killed", incident.questions.killed), ("injured", incident.questions.injured))
    return tuple(
        _figure(measure, figure, shelf)
        for measure, toll in pairs
        for figure in sorted(toll.figures, key=lambda f: (f.as_of or "", f.origin or "", f.low or 0, f.span))
    )


def _rows(incident: Incident, shelf: Shelf) -> list[Row]:
    origins = incident.origins
    asked: list[tuple[str, list[list[Answered]], Callable[[Any, Any], comparing.Verdict]]] = [
        ("Did it happen?", [answers.occurrence(origin, shelf) for origin in origins], comparing.same),
        ("When?", [answers.times(origin, shelf) for origin in origins], comparing.times),
        ("Where?", [answers.places(origin, shelf) for origin in origins], comparing.places),
        ("Who did it?", [answers.people(origin, shelf, lambda c: c.actor) for origin in origins], comparing.people),
        (
            "Who was harmed?",
            [answers.people(origin, shelf, lambda c: c.target) for origin in origins],
            comparing.people,
        ),
        ("How many killed?", answers.tolls(incident.questions.killed, origins, shelf), comparing.counts),
        ("How many injured?", answers.tolls(incident.questions.injured, origins, shelf), comparing.counts),
        ("Who is blamed?", [answers.blame(origin, shelf) for origin in origins], comparing.blames),
    ]
    return [_row(question, given, compare, origins) for question, given, compare in asked]


def _row(
    question: str,
    given: Sequence[Sequence[Answered]],
    compare: Callable[[Any, Any], comparing.Verdict],
    origins: Sequence[Origin],
) -> Row:
    keys = [[answer.key for answer in mine if answer.key is not None] for mine in given]
    cells = []
    for number, mine in enumerate(given):
        others = [theirs if index != number else [] for index, theirs in enumerate(keys)]
        agreeing, differing = comparing.between(keys[number], others, compare)
        alone = not any(theirs for index, theirs in enumerate(given) if index != number)
        cells.append(
            _cell(
                mine,
                [origins[i].name for i in agreeing],
                [origins[i].name for i in differing],
                alone=alone,
                apart="of another day, not compared"
                if compare is comparing.counts
                else "put differently, not compared",
            )
        )
    return Row(question, _summary(cells), tuple(cells))


def _cell(given: Sequence[Answered], agrees: list[str], differs: list[str], *, alone: bool, apart: str) -> Cell:
    if not given:
        return Cell((), 0, "silent", SIGNS["silent"], "does not say")
    relation: Relation = (
        "both" if agrees and differs else "agrees" if agrees else "differs" if differs else "alone" if alone else "open"
    )
    against = f"contradicts {differs[0] if len(differs) == 1 else len(differs)}"
    parts = {
        "agrees": f"agrees with {len(agrees)}",
        "differs": against,
        "both": f"{against}; agrees with {len(agrees)}",
        "alone": "nobody else says",
        "open": apart,
    }
    return Cell(
        tuple(answer.said for answer in given[:_SHOWN]), max(0, len(given) - _SHOWN), relation, SIGNS[relation],
        parts[relation], tuple(agrees), tuple(differs),
    )  # fmt: skip


def _summary(cells: Sequence[Cell]) -> str:
    counts = {
        "agree": sum(bool(cell.agrees) for cell in cells),
        "contradicted": sum(bool(cell.differs) for cell in cells),
        "silent": sum(not cell.said for cell in cells),
    }
    if counts["silent"] == len(cells):
        return "nobody says"
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def _column(number: int, origin: Origin, shelf: Shelf) -> Column:
    return Column(
        name=origin.name,
        party=shelf.party(origin.party) if origin.party else "",
        interest=words.INTERESTS[origin.interest],
        anchor=f"o{number + 1}",
        carried=tuple(shelf.cite(report) for report in origin.reports),
        outlets=tuple(sorted({shelf.outlet(report) for report in origin.reports})),
    )


def _figure(measure: str, figure: Figure, shelf: Shelf) -> FigureView:
    notes = {
        "replaced later by the same origin": figure.superseded,
        "part of a larger total": figure.part,
        "no exact number": figure.vague,
    }
    return FigureView(
        measure=measure,
        value=words.span_of(figure.low, figure.high),
        origin=figure.origin or "not attributed",
        as_of=words.day(figure.as_of),
        quote=shelf.words(figure.report, figure.span),
        href=shelf.to_span(figure.report, figure.span),
        superseded=figure.superseded,
        note="; ".join(note for note, holds in notes.items() if holds),
    )
