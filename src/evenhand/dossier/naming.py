"""Places under the names the reports print; the gazetteer's own name is told beside them, not instead of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import Incident
from evenhand.model.reading import Claim, Place


def place_key(place: Place) -> str:
    """What makes two records the same place: the gazetteer's id, else the name."""
    return place.gazetteer or place.name.casefold()


def printed_name(place: Place, claims: Iterable[tuple[str, Claim]], shelf: Shelf) -> str:
    """The name most of these claims print for the place, or the record's own name where none prints one.

    Words before the name ("the town of", "near") are left off; mentions without a name ("the city") do not count.
    Between names printed equally often the shorter one stands.
    """
    key = place_key(place)
    printed: Counter[str] = Counter()
    for report, claim in claims:
        if claim.place is not None and claim.place.span is not None and place_key(claim.place) == key:
            name = from_its_name(shelf.words(report, claim.place.span))
            if name:
                printed[name] += 1
    if not printed:
        return " ".join(place.name.split())
    return min(printed, key=lambda name: (-printed[name], len(name), name))


def from_its_name(words: str) -> str:
    """The words from the first with a capital letter on: `the town of Khan Sheikhun` → `Khan Sheikhun`."""
    parts = words.split()
    while parts and not any(char.isupper() for char in parts[0]):
        parts = parts[1:]
    return " ".join(parts)


def title(incident: Incident, shelf: Shelf) -> str:
    """The incident's title with its place as the reports print it."""
    if incident.place is None:
        return incident.title
    own = " ".join(incident.place.name.split())
    return incident.title.replace(own, printed_name(incident.place, shelf.claims_of(incident), shelf), 1)
