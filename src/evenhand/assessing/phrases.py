"""Patterns of English that stand as data beside the code: regular expressions with the words of named lists put in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_SLOT = re.compile(r"(?<!\?P)<(\w+)>")


@cache
def table(name: str) -> Mapping[str, Any]:
    """A file of word lists and patterns of this package, by its name without an ending."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


@cache
def patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a file by name, without regard to case: <name> stands for any word of the list of that name.

    Raises KeyError where a pattern asks for a list that the file does not have.
    """
    words = {key: f"(?:{'|'.join(listed)})" for key, listed in table(name)["words"].items()}
    return {
        key: re.compile(bounded(_SLOT.sub(lambda slot: words[slot[1]], pattern)), re.IGNORECASE)
        for key, pattern in table(name)["patterns"].items()
    }


def bounded(pattern: str) -> str:
    """A pattern whose runs of letters and blanks end, so that a search takes time in proportion to the text."""
    for run, most in (("\\s", 20), ("[^\\W\\d_]", 40), ("\\w", 40)):
        pattern = pattern.replace(f"{run}+", f"{run}{{1,{most}}}").replace(f"{run}*", f"{run}{{0,{most}}}")
    return pattern
