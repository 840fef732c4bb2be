"""Who belongs to whom: outlets, parties, organisations and loaded words, each fact with its source.

Every party, on whatever side, is described by the same fields; that is what makes it possible to exchange two
parties everywhere (`evenhand audit`) and to compare what comes out. Dates are ISO and may be partial ("2015",
"2015-08", "2015-08-10"); a missing `since` or `until` means unbounded on that side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OutletKind = Literal["state", "party", "wire", "independent", "monitor", "un"]
PartyKind = Literal["government", "armed_group", "coalition", "international", "organisation"]
OrganKind = Literal["ministry", "army", "media", "agency", "office", "police", "hospital authority", "parliament"]
OrganisationKind = Literal["monitor", "un", "medical", "rescue", "relief", "ngo"]
Labels = Literal["actor", "event", "state"]
TieKind = Literal["allies", "adversaries"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of reports; `id` is the ledger's `outlet` and `agency`, `names` its printed forms and credits.

    `wire` says that it issues copy which others print under its credit. `party` is the id of the party whose
    own organ it is (owned, run or directed by it), `owner` says by whom in words.
    """

    id: str
    name: str
    kind: OutletKind
    source: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    wire: bool = False
    owner: str | None = None
    party: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Organ:
    """A part of a party that speaks and acts for it: a ministry, an army, an office, a medium."""

    id: str
    name: str
    kind: OrganKind
    source: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A holder of an office of a party; a person with two offices is listed twice. `organ` is an `Organ.id`."""

    name: str
    office: str
    source: str
    names: tuple[str, ...] = ()
    organ: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A side: a government, an armed group, a coalition.

    `adjectives` name its organs ("<adjective> army"), `seats` are the places and buildings that stand for it.
    `allies` and `adversaries` follow from `Tie`s. `family` is the id of the party with which it counts as one
    origin (the leader of a coalition). `since` and `until` bound all of it: a government's time in power. `ground`: the
    codes of today's other countries that were territory of its state then.
    """

    id: str
    name: str
    kind: PartyKind
    source: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    organs: tuple[Organ, ...] = ()
    persons: tuple[Person, ...] = ()
    allies: tuple[str, ...] = ()
    adversaries: tuple[str, ...] = ()
    country: str | None = None
    ground: tuple[str, ...] = ()
    family: str | None = None
    since: str | None = None
    until: str | None = None

    def is_at_home(self, country: str | None) -> bool:
        """Whether a country (ISO code) is its own or was territory of its state."""
        return country is not None and country in (self.country, *self.ground)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties that are allies or adversaries, always mutual."""

    between: tuple[str, str]
    kind: TieKind
    source: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An informant that is not an organ of a party: a monitor, a UN body, medics, rescuers.

    `family` groups bodies that count as one origin (the bodies of the UN). `party` is set only with a reason
    in `reason`, for informants that by origin or work belong to one side. `afar`: it speaks from its seat of what
    others report (a council, an envoy, a headquarters), so that it has no own knowledge of what happens on the ground.
    """

    id: str
    name: str
    kind: OrganisationKind
    source: str
    names: tuple[str, ...] = ()
    family: str | None = None
    party: str | None = None
    reason: str | None = None
    country: str | None = None
    afar: bool = False


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """A word that takes a side, what it labels, and the neutral term; the same for every party."""

    word: str
    labels: Labels
    neutral: str
    source: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A place that a case file names itself; coordinates in degrees (WGS 84), `radius_km` its uncertainty."""

    name: str
    country: str
    lat: float
    lon: float
    radius_km: float
    source: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganWords:
    """Words by which the organs of any party are named and the words that tell members from outsiders.

    `organs` maps a phrase ("defence ministry") to the kind of organ; `fighters` name the members of a party that
    is not a government ("<adjective> fighters"); `roles` are people and things that speak
    for an organ ("spokesman", "source"); `titles` stand before a surname; `distance` marks an adjective as not
    of membership ("Russian-backed"); `press` of a seat or a country is no government's ("a Moscow newspaper");
    `outsiders` are people whom an organ's name only describes ("victims").
    """

    organs: tuple[tuple[str, OrganKind], ...] = ()
    fighters: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    distance: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()


Basis = Literal["party", "seat", "organ", "person", "outlet", "organisation", "organ_words"]


@dataclass(frozen=True, slots=True)
class Membership:
    """Why a source is held to be of a party: `why` in words, `source` where it can be checked.

    `name` is the profile's own name for what was recognised, `matched` the words of the given name it rests on,
    `kind` that of the organ which these words name, listed by its name or not ("X's army").
    """

    party: str
    organ: str | None
    name: str
    why: str
    source: str
    basis: Basis
    matched: str
    kind: OrganKind | None = None
