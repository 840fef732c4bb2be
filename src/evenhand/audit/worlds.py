"""The same reports, profile, decisions and places with names exchanged: what the second run works with.

Only names, ids and country codes change hands. Everything else a record says (kind, ownership, term of office, ties,
position in a list) stays with its place, so that a rule that goes by the profile alone has nothing to tell the two
runs apart by. Report ids and originals stay: a tie must not be broken by another hash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.settings import Merge, PartyOf
from evenhand.audit.alignment import Alignment
from evenhand.audit.exchange import Exchange, Swapped
from evenhand.model.evidence import sha256_hex
from evenhand.model.profile import Profile
from evenhand.model.report import Credit, Dateline, Notice, Received, Report
from evenhand.reading.places import Gazetteer
from evenhand.reading.places.records import Entry
from evenhand.reading.reader import Reader
from evenhand.reading.tagging.stand_ins import KnownNames, StandIn
from evenhand.reading.tagging.tagger import Tagged, Tagger

_IDS = frozenset(("party", "family", "allies", "adversaries", "between"))
_OWN_ID = frozenset(("Party", "Outlet"))  # an organ's or an informant's id is no party's
_NAMES = frozenset(("name", "names", "adjectives", "seats", "office", "owner", "reason", "domains"))


def exchanged_profile(profile: Profile, exchange: Exchange) -> Profile:
    """The profile with names, ids and countries exchanged; every record keeps its place in the lists."""
    return replace(
        profile,
        outlets=tuple(_record(item, exchange) for item in profile.outlets),
        parties=tuple(_record(item, exchange) for item in profile.parties),
        organisations=tuple(_record(item, exchange) for item in profile.organisations),
        ties=tuple(_record(item, exchange) for item in profile.ties),
        places=tuple(_record(item, exchange) for item in profile.places),
    )


def _record(item: Any, exchange: Exchange) -> Any:
    kind = type(item).__name__
    changed = {spec.name: _value(kind, spec.name, getattr(item, spec.name), exchange) for spec in fields(item)}
    return replace(item, **changed)


def _value(kind: str, name: str, value: Any, exchange: Exchange) -> Any:
    if isinstance(value, tuple):
        return tuple(_value(kind, name, part, exchange) for part in value)
    if is_dataclass(value):
        return _record(value, exchange)
    if not isinstance(value, str):
        return value
    if name in _IDS or (name == "id" and kind in _OWN_ID):
        return exchange.id(value)
    if name in ("country", "ground"):
        return exchange.country(value)
    return exchange.text(value) if name in _NAMES else value


def exchanged_settings(settings: AssessmentSettings, exchange: Exchange) -> AssessmentSettings:
    """The user's decisions about origins, in exchanged names."""

    def merges(rows: tuple[Merge, ...]) -> tuple[Merge, ...]:
        return tuple(Merge(names=tuple(exchange.word(name) for name in row.names), why=row.why) for row in rows)

    return AssessmentSettings(
        best=settings.best,
        same_origin=merges(settings.same_origin),
        not_same_origin=merges(settings.not_same_origin),
        party_of=tuple(
            PartyOf(name=exchange.text(row.name), party=exchange.id(row.party), why=row.why)
            for row in settings.party_of
        ),
    )


def exchanged_report(received: Received, exchange: Exchange) -> tuple[Received, Swapped]:
    """A report in exchanged words: text, title, address, outlet, credits, dateline; its id and original stay."""
    report = received.report
    swapped = exchange.swap(report.text)
    there = swapped.alignment.there
    line = report.dateline
    changed = Report(
        id=report.id,
        original=report.original,
        file=report.file,
        external_id=report.external_id,
        url=exchange.text(report.url) if report.url else report.url,
        outlet=exchange.id(report.outlet),
        credits=tuple(
            Credit(agency=exchange.ids.get(credit.agency, credit.agency), span=credit.span and there(credit.span))
            for credit in report.credits
        ),
        title=exchange.text(report.title) if report.title else report.title,
        language=report.language,
        published=report.published,
        published_from=report.published_from,
        dateline=line and Dateline(
            span=line.span and there(line.span), place=exchange.text(line.place), date=line.date,
            agency=exchange.id(line.agency),
        ),
        text=swapped.text,
        text_sha256=sha256_hex(swapped.text.encode("utf-8")),
        notices=tuple(
            Notice(kind=notice.kind, what=exchange.text(notice.what), span=notice.span and there(notice.span))
            for notice in report.notices
        ),
    )  # fmt: skip
    return Received(report=changed, unread=received.unread), swapped


class ExchangedGazetteer(Gazetteer):
    """A gazetteer that answers for exchanged names what the one below holds of those they stand for."""

    def __init__(self, below: Gazetteer, exchange: Exchange) -> None:
        self._below, self._exchange = below, exchange

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """See `Gazetteer.lookup`."""
        return tuple(map(self._entry, self._below.lookup(self._exchange.text(name))))

    def variants(self, name: str, country: str) -> tuple[Entry, ...]:
        """See `Gazetteer.variants`."""
        found = self._below.variants(self._exchange.text(name), self._exchange.country(country))
        return tuple(map(self._entry, found))

    def country(self, code: str) -> Entry | None:
        """See `Gazetteer.country`."""
        found = self._below.country(self._exchange.country(code))
        return found and self._entry(found)

    def capital(self, code: str) -> Entry | None:
        """See `Gazetteer.capital`."""
        found = self._below.capital(self._exchange.country(code))
        return found and self._entry(found)

    def sector(self, area: Entry, *bearings: float) -> tuple[float, float, float] | None:
        """See `Gazetteer.sector`."""
        return self._below.sector(
            msgspec.structs.replace(area, country=self._exchange.country(area.country)), *bearings
        )

    def extent(self, country: Entry) -> tuple[float, float, float] | None:
        """See `Gazetteer.extent`."""
        return self._below.extent(msgspec.structs.replace(country, country=self._exchange.country(country.country)))

    def _entry(self, entry: Entry) -> Entry:
        exchange = self._exchange
        return msgspec.structs.replace(
            entry,
            name=exchange.text(entry.name),
            country=exchange.country(entry.country),
            adm1_name=exchange.text(entry.adm1_name),
            adm2_name=exchange.text(entry.adm2_name),
        )


class RememberingTagger(Tagger):
    """A tagger that keeps its answers: a text without an exchanged name need not be read twice."""

    def __init__(self, below: Tagger) -> None:
        self.version = below.version
        self._below = below
        self._answers: dict[tuple[str, tuple[StandIn, ...]], Tagged] = {}

    def known_names(self, profile: Profile) -> KnownNames:
        """See `Tagger.known_names`."""
        return self._below.known_names(profile)

    def tag(self, text: str, stand_ins: Sequence[StandIn] = ()) -> Tagged:
        """See `Tagger.tag`."""
        asked = text, tuple(stand_ins)
        if asked not in self._answers:
            self._answers[asked] = self._below.tag(text, stand_ins)
        return self._answers[asked]


class CarryingTagger(Tagger):
    """A tagger that does not read exchanged texts, but carries over what it marked in the texts as they were.

    What still differs then does so by rules and data, not by the trained network. `texts` gives, for each text that the
    reader sees of an exchanged report, the one that it saw before and the alignment of both. Any other text raises
    KeyError: read for itself, it would pass for carried over.
    """

    def __init__(self, below: Tagger, known: KnownNames, texts: Mapping[str, tuple[str, Alignment]]) -> None:
        self.version = below.version
        self._below, self._known, self._before = below, known, texts

    def known_names(self, profile: Profile) -> KnownNames:
        """See `Tagger.known_names`."""
        return self._below.known_names(profile)

    def tag(self, text: str, stand_ins: Sequence[StandIn] = ()) -> Tagged:
        """See `Tagger.tag`; `stand_ins` are those of the text as it was."""
        before, alignment = self._before[text]
        return carried(self._below.tag(before, self._known.find(before)), alignment)


def carried(tagged: Tagged, alignment: Alignment) -> Tagged:
    """Tags of a text as it was, as tags of the exchanged text."""
    there = alignment.there
    return Tagged(
        attributions=tuple(
            msgspec.structs.replace(
                one,
                content=tuple(there(span) for span in one.content),
                cue=one.cue and there(one.cue),
                source=one.source and there(one.source),
            )
            for one in tagged.attributions
        ),
        names=tuple(msgspec.structs.replace(one, span=there(one.span)) for one in tagged.names),
    )


def exchanged_reader(reader: Reader, exchange: Exchange, tagger: Tagger) -> Reader:
    """The reader with exchanged profile and gazetteer, and the given tagger."""
    profile = exchanged_profile(reader.profile, exchange)
    return replace(
        reader,
        tagger=tagger,
        gazetteer=ExchangedGazetteer(reader.gazetteer, exchange),
        profile=profile,
        known=tagger.known_names(profile),
    )
