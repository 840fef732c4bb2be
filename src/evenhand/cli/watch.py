"""`evenhand watch`: feeds and folders looked at again and again for one case."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import click

from evenhand.cli import options
from evenhand.cli.assess import case_file_of, case_journey, open_desk
from evenhand.custody import Case, open_case
from evenhand.dossier import words
from evenhand.errors import UsageError
from evenhand.flow import incidents_of
from evenhand.watching import LEAST, Changed, Watch, changes, grades_of, local_webhook, post

EXAMPLES = """\b
Examples:
  evenhand watch aleppo-2016 https://example.org/syria/rss
  evenhand watch aleppo-2016 incoming/ https://example.org/feed.atom --every 30m
  evenhand watch aleppo-2016 incoming/ --once             for cron: one look, then end
  evenhand watch aleppo-2016 incoming/ --webhook http://127.0.0.1:9000/changes

A FEED is a folder, or the address of an RSS or Atom feed. A feed's new pages are fetched from its own host and kept as
web archives; each feed is asked with its ETag and date, and less often while it fails. What is new is read and assessed
(evenhand add and assess in one), and every question that is graded otherwise than before is printed.

\b
Exit status: 0 all taken in, 3 some could not be (each named with the reason), 2 wrong usage. Ctrl-C ends it.
"""

_EVERY = re.compile(r"(\d{1,5})(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Every(click.ParamType[timedelta]):
    """15m, 2h, 1d."""

    name = "every"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Raises UsageError for anything else, and for less than five minutes."""
        if isinstance(value, timedelta):
            return value
        found = _EVERY.fullmatch(str(value))
        wait = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
        if wait < LEAST:
            raise UsageError(f"--every {value}: give minutes, hours or days, at least 5m")
        return wait


@click.command(epilog=EXAMPLES, short_help="Look at feeds and folders, again and again.")
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path, file_okay=False))
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.option("--every", type=Every(), default="15m", metavar="15m|2h|1d", help="How often to look (default: 15m).")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--webhook", metavar="http://127.0.0.1:PORT/…",
              help="Post changes of grade as JSON to an address on this machine.")  # fmt: skip
@click.option("--any-host", is_flag=True, help="Fetch a feed's pages from other hosts than its own, too.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes (default: one a core).")
@options.engine_options
@options.BY
def watch(
    folder: Path, feeds: tuple[str, ...], every: timedelta, once: bool, webhook: str | None, any_host: bool,
    jobs: int | None,
) -> int:  # fmt: skip
    """Take in what is new in feeds and folders, assess it, and say which grades changed."""
    hook = local_webhook(webhook) if webhook else None
    case = open_case(folder)
    looking = Watch(case, feeds, every=every, any_host=any_host, who=options.by(), pause=time.sleep)
    failed, behind = False, _behind(case)
    while True:
        added = 0
        for addition in looking.look():
            if addition.unread is not None:
                failed = True
                cure = f". {addition.unread.cure}" if addition.unread.cure else ""
                click.echo(f"{addition.name}: not taken in: {addition.unread.why}{cure}", err=True)
            elif addition.state in ("added", "new version"):
                added += 1
                click.echo(f"{addition.name}: {addition.state}")
        if added or behind:
            _tell(folder, _assessed(case, jobs), hook)
            behind = False
        elif once:
            click.echo("Nothing new.")
        if once:
            return 3 if failed else 0
        time.sleep(every.total_seconds())


def _behind(case: Case) -> bool:
    """Whether items came or went since the last assessment, as after a watch that was stopped in between."""
    acts = [entry.what for entry in case.log.entries() if entry.what in ("added", "removed", "assessed")]
    return bool(acts) and acts[-1] != "assessed"


def _assessed(case: Case, jobs: int | None) -> tuple[Changed, ...]:
    case = open_case(case.paths.root)  # the log has grown
    file = case_file_of(case)
    desk = open_desk(file, (), options.engine_of(jobs), case.paths.dossier, case)
    intake = options.intake_of(desk.reader.profile, None, None, ())
    try:
        before = {one.id: grades_of(one) for one in incidents_of(desk.store).values()}
        done = case_journey(desk, case, intake, file)
        return changes(before, done.incidents.values())
    finally:
        desk.store.close()


def _tell(folder: Path, changed: tuple[Changed, ...], hook: str | None) -> None:
    for one in changed:
        after = words.grade(one.after)[1]
        said = f"now {after}" if one.before is None else f"{words.grade(one.before)[1]} → {after}"
        click.echo(f"{one.title} [{one.incident}] {one.question}: {said}")
    if not changed:
        click.echo("No grade changed.")
    elif hook is not None:
        try:
            post(hook, folder.name, changed)
        except OSError as problem:
            click.echo(f"{hook}: nobody took the changes ({problem}); they are printed above", err=True)
