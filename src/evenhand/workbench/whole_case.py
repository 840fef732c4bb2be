"""What each endpoint of the API does with the whole case: take originals in, assess it, hand it on."""

from __future__ import annotations

from starlette.responses import Response

from evenhand.exporting import FORMATS
from evenhand.model.report import Original
from evenhand.workbench import shapes
from evenhand.workbench.replies import Ask, HttpError
from evenhand.workbench.running import Assessing


def add_original(ask: Ask, _query: shapes.Nothing, body: shapes.NewOriginal) -> shapes.Kept:
    """Keep a file in the case; it counts once the case is assessed again."""
    parts = body.file.split("/")
    if "\\" in body.file or "\0" in body.file or not all(parts) or {".", ".."} & set(parts):
        raise HttpError(422, "refused", "file: a name, or names joined by /, relative to what the file came from")
    found = ask.bench.runner.add(Original(path="-", file=body.file, data=body.data), dict(body.meta), ask.person.name)
    return shapes.Kept(**found)  # type: ignore[arg-type]


def assess(ask: Ask, _query: shapes.Nothing, _body: None) -> Assessing:
    """Read what is new and assess the case; pages show it when it is done."""
    return ask.bench.runner.assess(ask.person.name)


def assessing(ask: Ask, _query: shapes.Nothing, _body: None) -> Assessing:
    """How the last assessment that was asked for stands."""
    return ask.bench.runner.now


def export(ask: Ask, _query: shapes.Nothing, body: shapes.Export) -> Response:
    """The case, or its records in a format of others, as a ZIP; what is marked as sensitive only with the right."""
    if body.form not in ("bundle", "bagit", "all", *FORMATS):
        raise HttpError(422, "refused", f"form: choose bundle, bagit, all, {', '.join(FORMATS)}")
    if any(name.startswith("-") or name.lower().endswith(".toml") for name in body.redact) or body.to.startswith("-"):
        raise HttpError(422, "refused", "redact, to: names, no files and no options")
    if body.sensitive:
        ask.need("reveal")
    options = [word for name in body.redact for word in ("--redact", name)]
    options += [*(("--to", body.to) if body.to else ()), *(("--raw",) if body.raw else ())]
    options += ["--sensitive"] if body.sensitive else []
    return ask.bench.runner.export(body.form, ask.person.name, options)
