"""Places under the names the reports print; the gazetteer's own name is told beside them, not instead of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import Incident
from evenhand.model.reading import Claim, Place, Reading

_SIDE = re.compile(r"(north|south|central|east|west)[a-z-]*")
_BETWEEN = {"of", "the", "part", "parts", "side", "and"}  # words between a side and the name: "the east of Syria"


def place_key(place: Place) -> str:
    """What makes two mentions one place: the gazetteer's entry and the point, or the name where there is no entry.

    A side of a town or of a country has a point of its own: it is another place than the whole.
    """
    if place.gazetteer is None:
        return place.name.casefold()
    at = place.position
    return place.gazetteer if at is None else f"{place.gazetteer} {at[0]:.2f} {at[1]:.2f}"


def printed_name(place: Place, claims: Iterable[tuple[str, Claim]], shelf: Shelf) -> str:
    """The name most of these claims print for the place, or the record's own name where none prints one.

    Words before the name ("the town of", "near") are left off; mentions without a name ("the city") do not count.
    Between names printed equally often the shorter one stands.
    """
    key = place_key(place)
    return commonest(
        place,
        (
            from_its_name(shelf.words(report, claim.place.span))
            for report, claim in claims
            if claim.place is not None and claim.place.span is not None and place_key(claim.place) == key
        ),
    )


def commonest(place: Place, names: Iterable[str]) -> str:
    """The name printed most often, the shorter one of several; the record's own where none is printed."""
    printed = Counter(name for name in names if name)
    if not printed:
        return " ".join(place.name.split())
    return min(printed, key=lambda name: (-printed[name], len(name), name))


def printed_places(reading: Reading) -> dict[str, tuple[str, str]]:
    """Of each claim that prints a name for its place: the place's key and that name."""
    text = reading.report.text
    return {
        claim.id: (place_key(claim.place), name)
        for claim in reading.claims
        if claim.place is not None
        and claim.place.span is not None
        and (name := from_its_name(text[slice(*claim.place.span)]))
    }


def from_its_name(words: str) -> str:
    """The words from the first with a capital letter on: `the town of Khan Sheikhun` → `Khan Sheikhun`.

    A side belongs to the name: `the east of Syria` → `east of Syria`. Nothing where no word has a capital.
    """
    parts = words.split()
    named = next((n for n, part in enumerate(parts) if any(char.isupper() for char in part)), len(parts))
    start = named
    while start and (parts[start - 1] in _BETWEEN or _SIDE.fullmatch(parts[start - 1])):
        start -= 1
    while start < named and not _SIDE.fullmatch(parts[start]):
        start += 1
    return " ".join(parts[start:]) if named < len(parts) else ""


def title(incident: Incident, shelf: Shelf) -> str:
    """The incident's title with its place as the reports print it."""
    if incident.place is None:
        return incident.title
    return titled(incident, printed_name(incident.place, shelf.claims_of(incident), shelf))


def titled(incident: Incident, printed: str) -> str:
    """The incident's title with this name for its place."""
    if incident.place is None:
        return incident.title
    return incident.title.replace(" ".join(incident.place.name.split()), printed, 1)
