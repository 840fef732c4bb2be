"""Templates: everything escaped, nothing inline, the same frame around every page."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import sqlalchemy as sa
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader
from starlette.responses import HTMLResponse, Response

from evenhand import __version__
from evenhand.dossier import maps, words
from evenhand.dossier.framing import Spot
from evenhand.dossier.page import environment as dossier_templates
from evenhand.workbench import tables
from evenhand.workbench.replies import Ask, HttpError

_LOCAL = re.compile(r"^/(?![/\\])[^\x00-\x20\\]*$")


@cache
def environment() -> Environment:
    """The templates of the workbench, and behind them the parts of the dossier with their filters."""
    parts = dossier_templates()
    made = parts.overlay(
        loader=ChoiceLoader([PackageLoader("evenhand.workbench", "templates"), _loader(parts)]), auto_reload=False
    )  # fmt: skip - a server goes on with the templates it started with
    made.filters = parts.filters | {"grade": words.grade}
    made.globals = parts.globals | {"release": __version__}
    return made


def _loader(parts: Environment) -> BaseLoader:
    if parts.loader is None:
        raise TypeError("the dossier's templates have no loader")
    return parts.loader


def warm() -> None:
    """Load what the first pages would otherwise wait for: templates, and the outlines of maps."""
    templates = environment()
    for name in templates.list_templates(extensions=("html",)):
        templates.get_template(name)
    maps.draw([Spot("", "", 0.0, 0.0, 1.0, "", "", 1, False)])


def local(address: str, otherwise: str = "/") -> str:
    """An address within the workbench, or the other one: nobody is sent elsewhere."""
    return address if _LOCAL.match(address) else otherwise


def render(ask: Ask, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page."""
    frame = {
        "case": ask.bench.desk.title, "person": ask.person, "path": ask.request.url.path,
        "here": ask.request.url.path + (f"?{ask.request.url.query}" if ask.request.url.query else ""),
        "may": ask.person.rights, "done": _done(ask), "api": None, "csv": None,
        "direction": "rtl" if ask.request.cookies.get("evenhand-direction") == "rtl" else "ltr",
        "numbers": ask.bench.desk.numbers, "left": ask.bench.left,
    }  # fmt: skip
    html = environment().get_template(template).render(frame | context)
    return HTMLResponse(html, status)


def _done(ask: Ask) -> dict[str, Any] | None:
    """What was just decided, and what it changed: named in the address, looked up in the log."""
    name = ask.request.query_params.get("done", "")
    if not name:
        return None
    table, told, about = tables.decisions, tables.history.c, tables.incidents.c
    with ask.bench.reading() as connection:
        row = connection.execute(
            sa.select(table).where((table.c.id == name) | (table.c.batch == name)).order_by(sa.desc(table.c.position))
        ).first()
        if row is None:
            return None
        one_of = sa.select(sa.func.count()).where((table.c.id == name) | (table.c.batch == name))
        number = connection.scalar(one_of)
        changes = connection.execute(
            sa.select(tables.history, about.number, about.title)
            .join(tables.incidents, about.id == told.incident, isouter=True)
            .where(told.decision == row.id).order_by(told.id).limit(20)
        ).all()  # fmt: skip
    return {"row": row, "changes": changes, "name": name, "number": number}


def problem_page(ask: Ask | None, problem: HttpError, signed_in: bool) -> Response:
    """An error for people."""
    if ask is None:
        html = environment().get_template("plain_problem.html").render(problem=problem, direction="ltr")
        return HTMLResponse(html, problem.status)
    return render(ask, "problem.html", {"problem": problem, "signed_in": signed_in}, problem.status)
