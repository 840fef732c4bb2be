"""Names of bodies that the profile lists and that read like something else: "Doctors Without Borders" is no doctors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from evenhand.model.evidence import Span
from evenhand.model.profile import Profile

_CAPITALISED = re.compile(r"\b[A-Z][\w-]*")


@lru_cache(maxsize=8)
def _by_first(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        first = _CAPITALISED.match(name)
        if first is not None and " " in name:
            found.setdefault(first.group(), []).append(name)
    return {first: tuple(those) for first, those in found.items()}


def listed_bodies(text: str, profile: Profile) -> list[Span]:
    """Where organisations of the profile are named in words of more than one, as listed; in order, not overlapping."""
    by_first = _by_first(tuple(name for body in profile.organisations for name in (body.name, *body.names)))
    return list(_spans(text, by_first))


def _spans(text: str, by_first: dict[str, tuple[str, ...]]) -> Iterable[Span]:
    reached = 0
    for word in _CAPITALISED.finditer(text):
        start = word.start()
        for name in by_first.get(word.group(), ()) if start >= reached else ():
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                yield start, end
                reached = end
                break
