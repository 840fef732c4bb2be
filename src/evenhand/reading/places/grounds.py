"""The country in which a report's events lie: "the capital", "the country" are that one's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from evenhand.reading.places.gazetteer import Gazetteer
from evenhand.reading.places.records import Entry, PlaceMention

WHERE = re.compile(r"(?:\b(?:in|across|into|inside|from|to|of|throughout|around|near)\s(?:the\s)?|[,(]\s?)\Z")
"""Before a country's name: it is where something is, and no adjective ("U.S. envoys")."""
_BEFORE = 12
_BUREAU = 500_000
"""People of a town from which agencies report on other countries, too."""


def country_told(
    index: int,
    mentions: Sequence[PlaceMention],
    chosen: Mapping[int, Entry],
    main: str,
    text: str,
    gazetteer: Gazetteer,
) -> str:
    """The country (ISO alpha-2) of the description at `index`: `main`, if anything is told to be in it.

    A state that is only named for its people and acts ("a U.S. raid") is not where they act: then the country of the
    place told of last before it; where none is, that of a date line that is no bureau's.
    """
    before = [k for k in range(index - 1, -1, -1) if _is_ground(k, mentions, chosen, text)]
    if not main or any(chosen[k].country == main for k in before):
        return main
    if before:
        return chosen[before[0]].country
    later = any(
        chosen[k].country == main
        for k in range(index + 1, len(mentions))
        if k in chosen and _is_ground(k, mentions, chosen, text)
    )
    if later:
        return main
    named = Counter(chosen[k].country for k, m in enumerate(mentions) if k in chosen and m.use != "dateline")
    named.pop("", None)
    if named and main not in named:  # the text is about the bureau's country by its date line alone
        return min(named, key=lambda code: (-named[code], code))
    return _of_the_date_line(mentions, chosen, gazetteer) or main


def _is_ground(k: int, mentions: Sequence[PlaceMention], chosen: Mapping[int, Entry], text: str) -> bool:
    """Whether a place is told of as one where something is."""
    entry, mention = chosen.get(k), mentions[k]
    if entry is None or not entry.country or mention.use != "place":
        return False
    if entry.kind != "country":
        return True
    return WHERE.search(text, max(0, mention.start - _BEFORE), mention.start) is not None


def _of_the_date_line(mentions: Sequence[PlaceMention], chosen: Mapping[int, Entry], gazetteer: Gazetteer) -> str:
    """The country of the date line, "" where it is a capital's or a great city's, or there is none."""
    line = [k for k, mention in enumerate(mentions) if mention.use == "dateline"]
    if not line:
        return ""
    first = chosen.get(line[0])
    if first is not None and first.kind != "country":
        seat = gazetteer.capital(first.country)
        bureau = first.population >= _BUREAU or (seat is not None and seat.ref == first.ref)
        return "" if bureau else first.country
    held = mentions[line[0]].inside
    country = chosen.get(held) if held is not None else chosen.get(line[0] + 1)
    return country.country if country is not None and country.kind == "country" else ""
