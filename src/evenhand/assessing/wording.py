"""What the outlets call things, side by side, and what an incident is called by us: plain words for every side."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice
from evenhand.model.incident import Wording
from evenhand.model.profile import Profile
from evenhand.model.reading import ClaimType, Place, Reading, Time

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@cache
def _names() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))


def title(kind: ClaimType, place: Place | None, time: Time | None) -> str:
    """An incident's title from its type, place and date; what is not known is left out, not guessed."""
    words = f"{_names()[kind]} reported"
    if place is not None:
        words += f", {' '.join(place.name.split())}"
    day = _day_words(time)
    return f"{words}, {day}" if day else words


def wording(voices: Iterable[Voice], readings: Mapping[str, Reading], profile: Profile) -> tuple[Wording, ...]:
    """Loaded words by what they are said about (a party where one is known), with who uses them."""
    users: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for voice in voices:
        reading = readings[voice.report]
        entities = {entity.id: entity for entity in reading.entities}
        for label in voice.claim.labels:
            entity = entities.get(label.about or "")
            party = profile.party(entity.party) if entity is not None and entity.party else None
            about = party.name if party else entity.name if entity is not None else label.neutral
            speaker = voice.who.name if voice.claim.statement else voice.outlet or voice.who.name
            users[about, label.neutral][" ".join(label.word.split()).casefold()].add(speaker)
    return tuple(
        Wording(about=about, neutral=neutral, labels={word: tuple(sorted(who)) for word, who in sorted(words.items())})
        for (about, neutral), words in sorted(users.items())
    )


def _day_words(time: Time | None) -> str:
    if time is None:
        return ""
    start, end = day_of(time.start), day_of(time.end)
    if start is None:
        return ""
    if end is None or start == end:
        return _written(start)
    return f"{_written(start)} to {_written(end)}"


def _written(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
