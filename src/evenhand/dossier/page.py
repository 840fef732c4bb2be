"""The dossier: one HTML page that needs nothing but a browser. No script, no request, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand import __version__
from evenhand.dossier import compose, marks, words
from evenhand.dossier.ledger import write_text
from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.rules import RuleTable


def write_page(
    path: Path,
    *,
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
) -> Path:
    """Write the page to `path` and return the path."""
    write_text(path, render_page(readings=readings, incidents=incidents, copies=copies, profile=profile, rules=rules))
    return path


def render_page(
    *,
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
) -> str:
    """The page's HTML; the same records give the same bytes."""
    shelf = Shelf({reading.report.id: reading for reading in readings}, profile)
    anchors = compose.anchors_of(incidents)
    ordered = compose.in_order(incidents)
    return (
        _environment()
        .get_template("dossier.html")
        .render(
            version=__version__,
            weights=readings[0].software.weights if readings else "",
            style=Markup(files("evenhand.dossier").joinpath("templates/style.css").read_text("utf-8")),  # noqa: S704 - ours
            incidents=[compose.incident_view(incident, shelf) for incident in ordered],
            grades=compose.grade_counts(ordered),
            all_grades=list(words.GRADES.values()),
            readings=readings,
            unread=[reading for reading in readings if reading.unread],
            text_of=lambda reading: marks.marked(reading, anchors.get(reading.report.id, ())),
            incidents_of=_incidents_of(ordered),
            outlet_of=shelf.outlet,
            outlets=sorted({shelf.outlet(reading.report.id) for reading in readings}),
            origins=sorted(
                {origin.name for incident in incidents for origin in incident.origins if origin.own_knowledge}
            ),
            sharing=compose.copy_summary(copies),
            rules=rules,
            words=words,
            marks=marks,
        )
    )


def _incidents_of(incidents: Sequence[Incident]) -> dict[str, list[tuple[str, str]]]:
    """The incidents a claim belongs to, by `report claim`: (id, title)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for incident in incidents:
        for ref in incident.claims:
            found.setdefault(f"{ref.report} {ref.claim}", []).append((incident.id, incident.title))
    return found


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evenhand.dossier", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        shown=marks.shown, day=words.day, when=words.when, where=words.where, kind=words.kind, toll=words.span_of
    )
    return environment
