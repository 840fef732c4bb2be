"""Side by side: what each origin answers to each question, in whose words, and who agrees with whom."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any, Literal

import msgspec

from evenhand.dossier import comparing, words
from evenhand.dossier.links import words_anchor
from evenhand.dossier.naming import from_its_name, place_key
from evenhand.dossier.shelf import Cite, Shelf
from evenhand.model.evidence import Span
from evenhand.model.incident import Figure, Incident, Origin, Toll
from evenhand.model.reading import Claim, Participant, Place

# Columns side by side on one sheet: what a printed page and a laptop's screen hold without scrolling.
SHEET = 6
_SHOWN = 3  # values printed in a cell; the rest is counted
_LAST = "9999-12-31"  # an open end, as ISO date

Relation = Literal["agrees", "differs", "both", "alone", "open", "silent"]
SIGNS: dict[Relation, str] = {"agrees": "=", "differs": "≠", "both": "≠", "alone": "·", "open": "~", "silent": "–"}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the value in our words, the words it stands on, and the link to them."""

    value: str
    quote: str
    href: str
    note: str = ""

    @property
    def exact(self) -> bool:
        """Whether the value is itself in the words of the report."""
        return bool(self.quote) and " ".join(self.value.split()).casefold() in " ".join(self.quote.split()).casefold()


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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a cell is made of: the value shown and the key by which it is compared (None: not comparable)."""

    said: Said
    key: Any


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
    asked: list[tuple[str, list[list[_Answer]], Callable[[Any, Any], comparing.Verdict]]] = [
        ("Did it happen?", [_occurrence(origin, shelf) for origin in origins], comparing.same),
        ("When?", [_times(origin, shelf) for origin in origins], comparing.times),
        ("Where?", [_places(origin, shelf) for origin in origins], comparing.places),
        ("Who did it?", [_people(origin, shelf, lambda c: c.actor) for origin in origins], comparing.people),
        ("Who was harmed?", [_people(origin, shelf, lambda c: c.target) for origin in origins], comparing.people),
        ("How many killed?", _tolls(incident.questions.killed, origins, shelf), comparing.counts),
        ("How many injured?", _tolls(incident.questions.injured, origins, shelf), comparing.counts),
        ("Who is blamed?", [_blame(origin, shelf) for origin in origins], comparing.blames),
    ]
    return [_row(question, answers, compare, origins) for question, answers, compare in asked]


def _row(
    question: str,
    answers: Sequence[Sequence[_Answer]],
    compare: Callable[[Any, Any], comparing.Verdict],
    origins: Sequence[Origin],
) -> Row:
    keys = [[answer.key for answer in mine if answer.key is not None] for mine in answers]
    cells = []
    for number, mine in enumerate(answers):
        others = [theirs if index != number else [] for index, theirs in enumerate(keys)]
        agreeing, differing = comparing.between(keys[number], others, compare)
        alone = not any(theirs for index, theirs in enumerate(answers) if index != number)
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


def _cell(answers: Sequence[_Answer], agrees: list[str], differs: list[str], *, alone: bool, apart: str) -> Cell:
    if not answers:
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
        tuple(answer.said for answer in answers[:_SHOWN]), max(0, len(answers) - _SHOWN), relation, SIGNS[relation],
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


def _occurrence(origin: Origin, shelf: Shelf) -> list[_Answer]:
    stance = origin.stance.occurrence
    if stance == "silent":
        return []
    denied = stance == "denies"
    claims = [(report, c) for report, c in _claims(origin, shelf) if (c.polarity == "denied") == denied]
    quote, href = "", ""
    if claims:
        report, claim = claims[0]
        quote, href = shelf.words(report, claim.trigger), shelf.links.to_report(report, words_anchor(claim.id))
    return [_Answer(Said("denies it" if denied else "says so", quote, href), stance)]


def _times(origin: Origin, shelf: Shelf) -> list[_Answer]:
    return _distinct(
        (
            _answer(words.when(claim.time), claim.time.span, report, claim, shelf),
            (claim.time.start or "", claim.time.end or _LAST),
        )
        for report, claim in _claims(origin, shelf)
        if claim.time is not None and (claim.time.start or claim.time.end) and _tells_so(claim)
    )


def _places(origin: Origin, shelf: Shelf) -> list[_Answer]:
    """Each place once, in the words that first name it; a place named by its name before "the city"."""
    found: dict[str, _Answer] = {}
    for report, claim in _claims(origin, shelf):
        if claim.place is not None and _tells_so(claim):
            said, key = _place(claim.place, report, claim, shelf), place_key(claim.place)
            if key not in found or (said.exact and not found[key].said.exact):
                found[key] = _Answer(said, claim.place)
    return list(found.values())


def _place(place: Place, report: str, claim: Claim, shelf: Shelf) -> Said:
    printed = from_its_name(shelf.words(report, place.span)) if place.span else ""
    said = _answer(printed or place.name, place.span, report, claim, shelf)
    return Said(said.value, said.quote, said.href, words.gazetteer_note(place, printed))


def _people(origin: Origin, shelf: Shelf, pick: Callable[[Claim], Participant | None]) -> list[_Answer]:
    found = []
    for report, claim in _claims(origin, shelf):
        who = pick(claim)
        if who is None or not _tells_so(claim):
            continue
        party = shelf.party_of(report, who)
        said = _answer(who.name, who.span, report, claim, shelf)
        said = Said(said.value, said.quote, said.href, shelf.party(party) if party else "")
        found.append((said, comparing.Who(" ".join(who.name.split()).casefold(), party)))
    return _distinct(found)


def _tolls(toll: Toll, origins: Sequence[Origin], shelf: Shelf) -> list[list[_Answer]]:
    """Each origin's own latest totals; parts of a total and figures it later replaced are in the list of figures."""
    current = [figure for figure in toll.figures if not figure.superseded and not figure.part]
    found = []
    for origin in origins:
        own = [figure for figure in current if figure.origin == origin.name]
        exact = any(not figure.vague for figure in own)  # then "dozens" decides nothing
        found.append(_distinct((_figure_said(f, shelf), None if exact and f.vague else _count(f)) for f in own))
    return found


def _figure_said(figure: Figure, shelf: Shelf) -> Said:
    value = words.span_of(figure.low, figure.high)
    note = f"as of {words.day(figure.as_of)}" if figure.as_of else ""
    return Said(value, shelf.words(figure.report, figure.span), shelf.to_span(figure.report, figure.span), note)


def _count(figure: Figure) -> comparing.Count:
    low = figure.low if figure.low is not None else float("-inf")
    return comparing.Count(low, figure.high if figure.high is not None else float("inf"), figure.as_of or "")


def _blame(origin: Origin, shelf: Shelf) -> list[_Answer]:
    verb, _, parties = origin.stance.responsibility.partition(":")
    if verb == "silent":
        return []
    own = frozenset(filter(None, (origin.party, origin.family)))
    blamed = frozenset(parties.split("/")) if verb == "blames" else own if verb == "admits" else frozenset()
    key = comparing.Blame(blamed, own if verb == "denies" else frozenset())
    said = Said(shelf.stance(origin.stance.responsibility), *_blaming_words(origin, verb, blamed, shelf))
    return [_Answer(said, key)]


def _blaming_words(origin: Origin, verb: str, blamed: frozenset[str], shelf: Shelf) -> tuple[str, str]:
    """The words that name the blamed (or deny), and the link; nothing where no single word carries it."""
    for report, claim in _claims(origin, shelf):
        link = shelf.links.to_report(report, words_anchor(claim.id))
        if verb == "denies" and claim.polarity == "denied":
            return shelf.words(report, claim.trigger), link
        actor = claim.actor
        if actor is not None and actor.span is not None and shelf.party_of(report, actor) in blamed:
            return shelf.words(report, actor.span), link
    return "", ""


def _claims(origin: Origin, shelf: Shelf) -> list[tuple[str, Claim]]:
    return [(ref.report, claim) for ref in origin.claims if (claim := shelf.claim(ref.report, ref.claim))]


def _tells_so(claim: Claim) -> bool:
    """Said to have happened: what is denied, planned or hoped for is no answer to when, where and who."""
    return claim.polarity == "affirmed" and claim.modality in ("asserted", "possible")


def _answer(value: str, span: Span | None, report: str, claim: Claim, shelf: Shelf) -> Said:
    quote = shelf.words(report, span) if span else ""
    return Said(value, quote, shelf.links.to_report(report, words_anchor(claim.id)))


def _distinct(found: Iterable[tuple[Said, Hashable]]) -> list[_Answer]:
    """Answers in the order given, each value once."""
    kept: dict[str, _Answer] = {}
    for said, key in found:
        kept.setdefault(" ".join(said.value.split()).casefold(), _Answer(said, key))
    return list(kept.values())


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
