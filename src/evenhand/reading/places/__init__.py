"""Places: found in text, resolved against a layered gazetteer, and tied to events.

`find` gives place expressions, `resolve` what each stands for (or why not), `place_of_event` the one where
an event happened; `build_pack` writes users' gazetteer packs.
"""

from evenhand.reading.places.event_place import inherited_place, place_of_event, places_of_event
from evenhand.reading.places.gazetteer import Gazetteer, GazetteerError
from evenhand.reading.places.mentions import find
from evenhand.reading.places.packs import build_pack
from evenhand.reading.places.records import Candidate, Entry, PlaceMention, Relation, ResolvedPlace
from evenhand.reading.places.resolve import resolve

__all__ = [
    "Candidate",
    "Entry",
    "Gazetteer",
    "GazetteerError",
    "PlaceMention",
    "Relation",
    "ResolvedPlace",
    "build_pack",
    "find",
    "inherited_place",
    "place_of_event",
    "places_of_event",
    "resolve",
]
