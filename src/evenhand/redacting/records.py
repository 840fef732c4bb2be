"""Records without the persons: every string replaced, every position moved along, every point made coarse."""

from __future__ import annotations

import hmac
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from evenhand.model.evidence import sha256_hex
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.reading import Reading
from evenhand.model.wordlist import word_set
from evenhand.redacting.replacing import Moved, Redactor

# Values that are ids, codes or words of the record format, never a person's.
_FIXED = word_set("""
    id type kind attitude polarity modality form op statement speaker parent entity org sha256 text_sha256 weights
    version published published_from date start end as_of language interest occurrence grade label gazetteer report
    claim country rules
""")
_PATHS = frozenset(("file", "url", "locator", "external_id"))
_HASH = re.compile(r"(?:sha256:)?[0-9a-f]{64}")
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_GRID = 0.1  # degrees
_OFF_KM = 8.0  # half the diagonal of a cell of the grid at the equator, rounded up


class RecordRedactor:
    """Redacts readings first, then what points into them.

    `key` is secret and stays with the owner. Where a report names a person, its id, its original's SHA-256 and its
    incidents' ids would let anyone who has the redacted text try names until the hashes fit: there the ids are
    replaced by keyed ones, the hash and the address where the whole report can be read are withheld. The log's own
    entry of the original, which is salted, still commits to it.
    """

    def __init__(self, redactor: Redactor, key: bytes) -> None:
        self._redactor = redactor
        self._key = key
        self._moved: dict[str, Moved] = {}
        self._ids: dict[str, str] = {}
        self._changed = False
        self._kept_hashes: frozenset[str] = frozenset()
        self.named: set[str] = set()
        """SHA-256 of the originals that name a person."""

    def readings(self, readings: Iterable[Reading]) -> list[Reading]:
        """The readings with their texts and all that is in them redacted."""
        made = [(reading, self._reading(reading)) for reading in readings]
        for reading, _ in made:
            if reading.report.original.sha256 in self.named:
                self._ids[reading.report.id] = self._keyed(reading.report.id)
        return [self._withheld(reading, redacted) for reading, redacted in made]

    def _reading(self, reading: Reading) -> dict[str, Any]:
        moved = self._redactor.text(reading.report.text)
        self._moved[reading.report.id] = moved
        plain = msgspec.to_builtins(reading)
        plain["report"]["text"] = ""
        self._changed = bool(moved.cuts)
        made: dict[str, Any] = self._walk(plain, moved, "")
        if self._changed:
            self.named.add(reading.report.original.sha256)
        return made

    def _withheld(self, reading: Reading, made: dict[str, Any]) -> Reading:
        text = self._moved[reading.report.id].text
        made["report"] |= {"text": text, "text_sha256": sha256_hex(text.encode("utf-8", "surrogatepass"))}
        if keyed := self._ids.get(reading.report.id):
            original = made["report"]["original"] | {"sha256": f"withheld-{keyed}"}
            made["report"] |= {"id": keyed, "url": None, "external_id": None, "original": original}
        return msgspec.convert(made, Reading)

    def _keyed(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), "sha256").hexdigest()[: len(name)]

    @property
    def hidden(self) -> frozenset[str]:
        """Hashes and ids that may stand nowhere any more."""
        return frozenset(self._ids) | self.named

    def incidents(self, incidents: Iterable[Incident]) -> list[Incident]:
        """The incidents redacted; the readings that they rest on must have been before.

        Where an incident's place and time stand in a text is left out: the record does not say in which.
        """
        kept = list(incidents)
        for incident in kept:
            if any(report in self._ids for report in incident.reports):
                self._ids |= {name: self._keyed(name) for name in (incident.id, *incident.aliases)}
        return [self._incident(incident) for incident in kept]

    def _incident(self, incident: Incident) -> Incident:
        plain = msgspec.to_builtins(incident)
        for name in ("place", "time"):
            if plain.get(name):
                plain[name]["span"] = None
        return msgspec.convert(self._walk(plain, None, ""), Incident)

    def copies(self, pair: CopyPair) -> CopyPair:
        """What is shared, with the passages where they are now."""
        first, second = (self._moved.get(one) for one in (pair.first, pair.second))
        passages = tuple(
            msgspec.structs.replace(
                one,
                first=first.span(one.first) if first else one.first,
                second=second.span(one.second) if second else one.second,
            )
            for one in pair.passages
        )
        return msgspec.structs.replace(
            pair,
            first=self._ids.get(pair.first, pair.first),
            second=self._ids.get(pair.second, pair.second),
            passages=passages,
            why=self._redactor.string(pair.why),
        )

    def plain(self, value: Any) -> Any:
        """A plain value (a log's payload) with every string and key redacted as an identifier."""
        if isinstance(value, str):
            return self._plain_string(value)
        if isinstance(value, Mapping):
            return {self._redactor.identifier(str(key)): self.plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(inner) for inner in value]
        return value

    def _plain_string(self, value: str) -> str:
        """A hash that may be tried is withheld; one of an original that names nobody stays."""
        if _HASH.fullmatch(value) and value in self._kept_hashes:
            return value
        return "withheld" if _HASH.fullmatch(value) else self._redactor.identifier(self._with_ids(value))

    def _with_ids(self, value: str) -> str:
        return _ID.sub(lambda match: self._ids.get(match[0], match[0]), value)

    def keep_hashes(self, hashes: Iterable[str]) -> None:
        """Hashes that stand in the log and may be shown: those of originals that name nobody."""
        self._kept_hashes = frozenset(hashes) - self.named

    def _string(self, value: str, key: str) -> str:
        value = self._with_ids(value)
        if key in _FIXED or not value:
            return value
        return self._redactor.identifier(value) if key in _PATHS else self._redactor.string(value)

    def _walk(self, value: Any, moved: Moved | None, key: str) -> Any:
        if isinstance(value, str):
            said = self._string(value, key)
            self._changed = self._changed or said != value
            return said
        if _is_span(value):
            return list(moved.span(tuple(value))) if moved else value
        if isinstance(value, list | tuple):
            return [self._walk(inner, moved, key) for inner in value]
        if isinstance(value, dict):
            inner_moved = self._moved.get(value["report"], moved) if isinstance(value.get("report"), str) else moved
            made = {
                (self._redactor.string(name) if key == "labels" else name): self._walk(inner, inner_moved, name)
                for name, inner in value.items()
            }
            made = _from_new_words(value, made, inner_moved)
            return coarsened(made) if "lat" in made and "radius_km" in made else made
        return value


def coarsened(place: dict[str, Any]) -> dict[str, Any]:
    """A place with its point on a grid of a tenth of a degree, the radius grown by as much as that may be off.

    The gazetteer's id, which names the very place, is left out; a precision of 1 (exact) becomes 2 (near).
    """
    if place["lat"] is None or place["lon"] is None:
        return place | {"gazetteer": None}
    return place | {
        "lat": round(round(place["lat"] / _GRID) * _GRID, 1),
        "lon": round(round(place["lon"] / _GRID) * _GRID, 1),
        "radius_km": float(math.ceil((place["radius_km"] or 0) + _OFF_KM)),
        "precision": max(place["precision"], 2) if place["precision"] else place["precision"],
        "gazetteer": None,
    }


def _from_new_words(old: dict[str, Any], made: dict[str, Any], moved: Moved | None) -> dict[str, Any]:
    """A thing whose words are only a part of what was replaced (an address's street) is named by what stands there."""
    if moved is None or not isinstance(old.get("name"), str) or made["name"] != old["name"]:
        return made
    mentions = [mention["span"] for mention in old.get("mentions", ()) if isinstance(mention, dict)]
    spans = [span for span in (old.get("span"), *mentions) if span and moved.meets(tuple(span))]
    if not spans:
        return made
    start, end = moved.span(tuple(spans[0]))
    return made | {"name": moved.text[start:end]}


def _is_span(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(type(one) is int for one in value)
