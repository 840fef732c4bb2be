"""Side by side: what each origin answers to each question, and the figures one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenhand.dossier import marks, words
from evenhand.dossier.shelf import Shelf
from evenhand.model.evidence import Span
from evenhand.model.incident import Figure, Incident
from evenhand.model.reading import Claim


@dataclass(frozen=True, slots=True)
class Cell:
    """One origin's answer to one question; `sign` tells agreement from silence without colour."""

    sign: str
    value: str
    href: str = ""
    quote: str = ""


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


def matrix(incident: Incident, shelf: Shelf) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Rows: the questions; columns: the origins. A cell holds the value and the words it stands on."""
    claims = [
        [(ref.report, claim) for ref in origin.claims if (claim := shelf.claim(ref.report, ref.claim))]
        for origin in incident.origins
    ]
    rows: tuple[tuple[str, Callable[[Claim], str], Callable[[Claim], Span | None]], ...] = (
        (
            "When",
            lambda c: words.when(c.time) if c.time and c.time.start else "",
            lambda c: c.time.span if c.time else None,
        ),
        ("Where", lambda c: c.place.name if c.place else "", lambda c: c.place.span if c.place else None),
        ("By whom", lambda c: c.actor.name if c.actor else "", lambda c: c.actor.span if c.actor else None),
        ("To whom", lambda c: c.target.name if c.target else "", lambda c: c.target.span if c.target else None),
        ("With what", lambda c: c.weapon.name if c.weapon else "", lambda c: c.weapon.span if c.weapon else None),
    )
    made = [(name, tuple(_cell(each, value, span, shelf) for each in claims)) for name, value, span in rows]
    blame = [("" if (r := o.stance.responsibility) == "silent" else shelf.stance(r)) for o in incident.origins]
    made.append(("On who did it", tuple(Cell("", text) if text else Cell("–", "") for text in blame)))
    for name, role in (("Killed", "killed"), ("Injured", "injured")):
        made.append((name, tuple(_toll_cell(each, role, shelf) for each in claims)))
    return tuple((name, cells) for name, cells in made if any(cell.value for cell in cells))


def _cell(
    claims: list[tuple[str, Claim]], value: Callable[[Claim], str], span: Callable[[Claim], Span | None], shelf: Shelf
) -> Cell:
    values: dict[str, tuple[str, str]] = {}
    for report, claim in claims:
        text = value(claim)
        if text and claim.polarity == "denied":
            text = f"denied: {text}"
        if text and text not in values:
            at = span(claim)
            quote = shelf.words(report, at) if at else ""
            values[text] = (f"#{marks.claim_anchor(report, claim.id)}", quote)
    if not values:
        return Cell("–", "")
    first = next(iter(values))
    shown = "; ".join(list(values)[:3]) + ("; …" if len(values) > 3 else "")
    return Cell("", shown, *values[first])


def _toll_cell(claims: list[tuple[str, Claim]], role: str, shelf: Shelf) -> Cell:
    values: dict[str, tuple[str, str]] = {}
    for report, claim in claims:
        for quantity in claim.quantities:
            if quantity.role == role and quantity.part_of is None:
                text = words.span_of(quantity.low, quantity.high)
                values.setdefault(
                    text, (f"#{marks.claim_anchor(report, claim.id)}", shelf.words(report, quantity.span))
                )
    if not values:
        return Cell("–", "")
    first = next(iter(values))
    return Cell("", "; ".join(list(values)[:4]), *values[first])


def figures(incident: Incident, shelf: Shelf) -> tuple[FigureView, ...]:
    """Every figure of the tolls with its words."""
    pairs = (("killed", incident.questions.killed), ("injured", incident.questions.injured))
    return tuple(_figure(measure, figure, shelf) for measure, toll in pairs for figure in toll.figures)


def _figure(measure: str, figure: Figure, shelf: Shelf) -> FigureView:
    return FigureView(
        measure=measure,
        value=words.span_of(figure.low, figure.high),
        origin=figure.origin or "not attributed",
        as_of=words.day(figure.as_of),
        quote=shelf.words(figure.report, figure.span),
        href=f"#{marks.evidence_anchor(figure.report, figure.span)}",
        superseded=figure.superseded,
    )
