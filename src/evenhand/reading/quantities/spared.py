"""Numbers that are the object of another verb than their sentence's harm: people let go, or asked what they saw."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from evenhand.model.evidence import Span

_REACH = 48


@cache
def _verbs() -> re.Pattern[str]:
    lists = tomllib.loads((files("evenhand.reading.quantities") / "others.toml").read_text("utf-8"))
    verbs = "|".join(phrase.replace(" ", r"\s{1,9}") for listed in lists.values() for phrase in listed)
    between = r"(?:(?:the|some|another|all|its|their)\s{1,9}){0,2}"
    return re.compile(rf"\b(?P<verb>{verbs})\s{{1,9}}{between}\Z", re.IGNORECASE)


def verb_of_others(text: str, start: int) -> Span | None:
    """The verb right before a number that starts at `start` (code points), if its object suffers nothing by it."""
    found = _verbs().search(text, max(0, start - _REACH), start)
    return found.span("verb") if found is not None else None
