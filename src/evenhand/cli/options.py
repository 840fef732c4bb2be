"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from evenhand.casework import is_url
from evenhand.engine.base import Engine
from evenhand.engine.cluster import ClusterEngine
from evenhand.engine.local import LocalEngine
from evenhand.errors import UsageError
from evenhand.intake import IntakeSettings, load_meta, parse_columns
from evenhand.model.profile import Profile
from evenhand.profiles import PACKAGED_CASES, with_case, world
from evenhand.reading.places.case_places import open_gazetteer
from evenhand.reading.reader import ReaderSettings
from evenhand.settings import case_path, cores, read_case

Command = TypeVar("Command", bound=Callable[..., Any])


class CaseFile(click.ParamType[Path | None]):
    """A case file's path, or the name of a case that comes with evenhand."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | None:
        """Raises CaseError when there is no such file and no such case."""
        return case_path(str(value), PACKAGED_CASES)


CASE = CaseFile()


class CaseOrAddress(click.ParamType[Path | str]):
    """A case folder, or the address of a served case."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """An address stays as it is typed; a folder must be none of a file."""
        if isinstance(value, Path) or is_url(str(value)):
            return value  # type: ignore[no-any-return]
        found = click.Path(path_type=Path, file_okay=False).convert(value, param, ctx)
        return found if isinstance(found, Path) else Path(str(found))


CASE_OR_ADDRESS = CaseOrAddress()

_OPTIONS = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
    click.option("--case", type=CASE, metavar="FILE.toml|NAME",
                 help="Case file: outlets, parties, places, decisions over the packaged profile; or a packaged case."),
    click.option("--meta", type=click.Path(path_type=Path), metavar="FILE.csv|.json",
                 help="What the files do not say themselves: columns file, url, outlet, title, published, language."),
    click.option("--columns", metavar="NAME=COLUMN,…",
                 help="Columns of a table of articles, e.g. text=article_content,outlet=source,title=article_title."),
    click.option("--gazetteer", "packs", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
                 metavar="PACK.sqlite", help="Pack of places over the packaged gazetteer (evenhand gazetteer build)."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes (default: one a core)."),
)  # fmt: skip


def _noted(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    ctx.meta["evenhand.by"] = value


BY = click.option("--by", metavar="NAME", expose_value=False, callback=_noted,
                  help="Who does this, for the case's log (default: your user name).")  # fmt: skip


def _kept(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta[f"evenhand.{param.name}"] = value


_ENGINE = (
    click.option("--engine", type=click.Choice(["local", "daft"]), default="local", expose_value=False, callback=_kept,
                 help="local: processes of this machine; daft: Daft, here or on Ray (extra evenhand[cluster])."),
    click.option("--ray", metavar="auto|ray://HOST:10001", expose_value=False, callback=_kept,
                 help="With --engine daft: the Ray cluster this machine is part of, or one at an address."),
)  # fmt: skip


def engine_options(command: Command) -> Command:
    """--engine and --ray; `engine_of` makes of them what does the reading."""
    for option in reversed(_ENGINE):
        command = option(command)
    return command


def engine_of(jobs: int | None) -> Engine:
    """The engine asked for, on so many workers. Raises UsageError for --ray without --engine daft."""
    asked = click.get_current_context().meta
    if asked.get("evenhand.engine") == "daft":
        return ClusterEngine(jobs_of(jobs), ray=asked.get("evenhand.ray"))
    if asked.get("evenhand.ray"):
        raise UsageError("--ray goes with --engine daft")
    return LocalEngine(jobs_of(jobs))


PROFILE = click.option("--profile", is_flag=True, expose_value=False, callback=_kept,
                       help="Print seconds, records and bytes of each stage at the end.")  # fmt: skip


PARQUET = click.option("--parquet", is_flag=True, expose_value=False, callback=_kept,
                       help="Write the readings as Parquet, too, by month (extra evenhand[cluster]).")  # fmt: skip


def parquet() -> bool:
    """Whether --parquet was given."""
    return bool(click.get_current_context().meta.get("evenhand.parquet"))


def profiled() -> bool:
    """Whether --profile was given."""
    return bool(click.get_current_context().meta.get("evenhand.profile"))


def by() -> str | None:
    """The name given with `--by`."""
    found: str | None = click.get_current_context().meta.get("evenhand.by")
    return found


def input_options(command: Command) -> Command:
    """PATH… with --case, --meta, --columns, --gazetteer and --jobs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


# Tables of a case file that are not the profile's: read by the assessment.
_ELSEWHERE = ("assessment", "same_origin", "not_same_origin", "party_of")


def profile_of(case: Path | None) -> Profile:
    """The packaged profile with the case file's changes. Raises CaseError naming file, key and cure."""
    return with_case(world(), read_case(case), str(case), elsewhere=_ELSEWHERE) if case else world()


def intake_of(profile: Profile, meta: Path | None, columns: str | None, paths: Sequence[str]) -> IntakeSettings:
    """How reports are taken in. Raises UsageError on a bad table or column list."""
    gazetteer = open_gazetteer((), profile.places)
    return IntakeSettings(
        outlets=profile,
        is_place=lambda name: bool(gazetteer.lookup(name)),
        meta=load_meta(str(meta) if meta else None, paths),
        columns=parse_columns(columns) if columns else {},
    )


def reader_of(profile: Profile, packs: tuple[Path, ...] = ()) -> ReaderSettings:
    """What the reader is made from."""
    return ReaderSettings(profile=profile, packs=packs)


def jobs_of(jobs: int | None) -> int:
    """The number of processes asked for, or one a core."""
    return jobs or cores()
