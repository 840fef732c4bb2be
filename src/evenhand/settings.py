"""The door reads the user's words once: the case file, the environment; values go down as arguments."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from evenhand.errors import CaseError


def case_path(words: str | None, packaged: Path) -> Path | None:
    """The case file a user means: a path, a case folder, or the name of one that comes with evenhand (`syria`).

    Raises CaseError when there is neither, naming those that come with it.
    """
    if words is None:
        return None
    given = Path(words)
    if given.is_dir() and (given / "case.toml").is_file() and not (packaged / f"{words}.toml").is_file():
        return given / "case.toml"
    if given.exists() and not given.is_dir():
        return given
    own = packaged / f"{words}.toml"
    if own.is_file():
        return own
    known = ", ".join(sorted(path.stem for path in packaged.glob("*.toml")))
    raise CaseError(f"{words}: no such case file, and no case of that name comes with evenhand (there is: {known})")


def read_case(path: Path | None) -> dict[str, Any]:
    """The case file's tables, or none. Raises CaseError naming the file, the reason and the cure."""
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CaseError(f"{path}: the case file cannot be read ({problem.strerror}); check the path") from problem
    except UnicodeDecodeError as problem:
        raise CaseError(f"{path}: the case file is not UTF-8 text; save it as UTF-8") from problem
    except tomllib.TOMLDecodeError as problem:
        raise CaseError(f"{path}: not a TOML file: {problem}; see docs/case-file.md") from problem


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
