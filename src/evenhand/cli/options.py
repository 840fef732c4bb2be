"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from evenhand.errors import UsageError
from evenhand.intake import IntakeSettings, read_meta
from evenhand.model.profile import Profile
from evenhand.profiles import with_case, world
from evenhand.reading.reader import ReaderSettings
from evenhand.settings import cores, read_case

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
    click.option("--case", type=click.Path(path_type=Path), metavar="FILE.toml",
                 help="Case file: outlets, parties, places and decisions of this case, over the packaged profile."),
    click.option("--meta", type=click.Path(path_type=Path), metavar="FILE.csv|.json",
                 help="What the files do not say themselves: columns file, url, outlet, title, published, language."),
    click.option("--columns", metavar="NAME=COLUMN,…",
                 help="Columns of a table of articles, e.g. text=article_content,outlet=source,title=article_title."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes (default: one a core)."),
)  # fmt: skip


def input_options(command: Command) -> Command:
    """PATH… with --case, --meta, --columns and --jobs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def profile_of(case: Path | None) -> Profile:
    """The packaged profile with the case file's changes."""
    tables = read_case(case)
    packaged = world()
    return with_case(packaged, tables, where=str(case)) if tables else packaged


def intake_of(profile: Profile, meta: Path | None, columns: str | None) -> IntakeSettings:
    """How reports are taken in."""
    return IntakeSettings(
        profile=profile, meta=read_meta(meta) if meta else None, columns=_columns(columns) if columns else {}
    )


def reader_of(profile: Profile, packs: tuple[Path, ...] = ()) -> ReaderSettings:
    """What the reader is made from."""
    return ReaderSettings(profile=profile, packs=packs)


def jobs_of(jobs: int | None) -> int:
    """The number of processes asked for, or one a core."""
    return jobs or cores()


def _columns(words: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in words.split(",") if part.strip()]
    if not pairs or any(not sign or not name.strip() or not column.strip() for name, sign, column in pairs):
        raise UsageError(f"--columns {words}: write NAME=COLUMN pairs, as in text=article_content,outlet=source")
    return {name.strip(): column.strip() for name, _, column in pairs}
