"""`evenhand ask`, `decide`, `undo`: the workbench without a browser, on a case folder or a served case."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli import options
from evenhand.cli.serve import open_bench
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.workbench.caller import Caller

ASK = """\b
Examples:
  evenhand ask aleppo-2016 case
  evenhand ask aleppo-2016 incidents grade=contested
  evenhand ask aleppo-2016 queue kind=claim format=csv > queue.csv
  evenhand ask https://review.example.org search q="market shells"
  evenhand ask https://review.example.org reports/3fa1c2d07b44e910

CASE is a case folder, or the address of a served case; then EVENHAND_TOKEN holds a token of yours. What can be asked
for stands in the server's /api/v1/openapi.json; lists come 50 at a time (page=2).
"""

DECIDE = """\b
Examples:
  evenhand decide aleppo-2016 accept statement 3fa1c2d07b44e910 s1
  evenhand decide aleppo-2016 edit statement 3fa1c2d07b44e910 s1 --set 'speaker_name="A passer-by"' --why "the video"
  evenhand decide https://review.example.org reject claim 3fa1c2d07b44e910 c4 --why "a headline of another story"

A value after --set is JSON. The answer tells which grades changed; `evenhand undo` takes it back.
"""

UNDO = """\b
Examples:
  evenhand undo aleppo-2016 5d9bbdb4c289ffa2 --why "the wrong report"
  evenhand undo https://review.example.org 5d9bbdb4c289ffa2
"""

_CASE = click.argument("case", metavar="CASE|URL")


@contextmanager
def _caller(case: str) -> Iterator[Caller]:
    from evenhand.workbench.caller import OpenCase, ServedCase  # noqa: PLC0415 - other commands need no server's parts

    if case.startswith(("https://", "http://")):
        yield ServedCase(case, os.environ.get("EVENHAND_TOKEN", ""))
        return
    bench = open_bench(Path(case))
    try:
        yield OpenCase(bench, options.by() or getpass.getuser())
    finally:
        bench.close()


@click.command(epilog=ASK, short_help="What the workbench shows, as JSON or CSV.")
@_CASE
@click.argument("what", metavar="WHAT")
@click.argument("given", nargs=-1, metavar="[NAME=VALUE…]")
def ask(case: str, what: str, given: tuple[str, ...]) -> None:
    """Print what a screen shows: case, queue, incidents, reports, search, speakers, origins, decisions."""
    query = dict(_pair(one) for one in given)
    with _caller(case) as caller:
        found = caller.call("GET", f"/{what.strip('/')}", query)
    sys.stdout.buffer.write(found if found.endswith(b"\n") else found + b"\n")


@click.command(epilog=DECIDE, short_help="Accept, reject or correct one record.")
@_CASE
@click.argument("action", type=click.Choice(["accept", "reject", "edit"]))
@click.argument("kind", type=click.Choice(["statement", "claim", "entity"]))
@click.argument("report", metavar="REPORT")
@click.argument("item", metavar="ITEM")
@click.option("--set", "fields", multiple=True, metavar="FIELD=JSON", help="A field and its new value, as JSON.")
@click.option("--why", default="", metavar="WORDS", help="The reason; it is shown wherever the decision counts.")
@options.BY
def decide(case: str, action: str, kind: str, report: str, item: str, fields: tuple[str, ...], why: str) -> None:
    """Take one decision about a statement, claim or speaker of a report; it is logged, and grades follow at once."""
    body = {"action": action, "kind": kind, "report": report, "item": item, "why": why,
            "fields": {name: _json(name, value) for name, value in map(_pair, fields)}}  # fmt: skip
    with _caller(case) as caller:
        _tell(json.loads(caller.call("POST", "/decisions", {}, body)))


@click.command(epilog=UNDO, short_help="Take a decision back.")
@_CASE
@click.argument("decision", metavar="DECISION")
@click.option("--why", default="", metavar="WORDS", help="The reason.")
@options.BY
def undo(case: str, decision: str, why: str) -> None:
    """Take a decision, or a batch of them, back. What was decided stays in the log."""
    with _caller(case) as caller:
        _tell(json.loads(caller.call("POST", f"/decisions/{decision}/undo", {}, {"why": why})))


def _tell(done: dict[str, Any]) -> None:
    for one in done["decisions"]:
        click.echo(f"{one['id']}: {one['action']} {one['target']['kind']} {one['target']['item']}, logged.")
    for change in done["changes"]:
        before, after = change["before"] or "not said", change["after"] or "not said"
        click.echo(f"I-{change['number']} {change['title']}: {change['question']} {before} → {after}")
    if not done["changes"]:
        click.echo("No grade changed.")


def _pair(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name:
        raise UsageError(f"{words}: write NAME=VALUE")
    return name, value


def _json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError as problem:
        raise UsageError(f"{name}: {value!r} is not JSON; words stand in quotation marks: '\"…\"'") from problem
