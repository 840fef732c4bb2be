"""The audit as one HTML page that needs nothing but a browser: no script, no request, everything escaped."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand.audit.records import STAGES, Audit, Stage

# What is compared at each stage, in plain words.
MEANINGS: dict[Stage, str] = {
    "intake": "outlet, credits, dateline, title, language and date, as found in each text",
    "tagged speech": "who says what, as the trained network marks it",
    "tagged names": "names and their kinds, as the trained network marks them",
    "statements": "content, cue, source, speaker, attitude, kind, parent, chain",
    "claims": "type, words, who and what, place, time, numbers, polarity, modality, loaded words",
    "copies": "which reports share text, and the wire it comes from",
    "incidents": "which claims are one incident, its type, place and time",
    "origins": "name, family, party, interest, stance, own knowledge",
    "answers": "who is for and against, values, bounds and figures of each question",
    "grades": "the grade of each question and the number of independent origins",
}
MOST = 300  # differences shown of one stage; the JSON beside the page has all


def render_page(audit: Audit) -> str:
    """The page's HTML; the same audit gives the same bytes."""
    environment = Environment(
        loader=PackageLoader("evenhand.audit", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("evenhand.dossier").joinpath("templates/style.css").read_text("utf-8")
    template = environment.get_template("audit.html")
    return template.render(
        audit=audit,
        stages=STAGES,
        meanings=MEANINGS,
        most=MOST,
        style=Markup(style),  # noqa: S704 - our own file
    )
