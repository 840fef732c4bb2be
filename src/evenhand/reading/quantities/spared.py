"""Numbers that are the object of another verb than their sentence's harm: people let go, or asked what they saw."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from evenhand.model.evidence import Span

_REACH = 48


_BETWEEN = ("the", "some", "another", "all", "its", "their")


@cache
def _verbs() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The pattern of a verb and what may stand behind it, and all words that its match can end with."""
    lists = tomllib.loads((files("evenhand.reading.quantities") / "others.toml").read_text("utf-8"))
    phrases = [phrase for listed in lists.values() for phrase in listed]
    verbs = "|".join(phrase.replace(" ", r"\s{1,9}") for phrase in phrases)
    between = rf"(?:(?:{'|'.join(_BETWEEN)})\s{{1,9}}){{0,2}}"
    pattern = re.compile(rf"\b(?P<verb>{verbs})\s{{1,9}}{between}\Z", re.IGNORECASE)
    return pattern, tuple({*_BETWEEN, *(phrase.split()[-1] for phrase in phrases)})


def verb_of_others(text: str, start: int) -> Span | None:
    """The verb right before a number that starts at `start` (code points), if its object suffers nothing by it."""
    pattern, ends = _verbs()
    reach = max(0, start - _REACH)
    if not text[reach:start].rstrip().lower().endswith(ends):
        return None
    found = pattern.search(text, reach, start)
    return found.span("verb") if found is not None else None
