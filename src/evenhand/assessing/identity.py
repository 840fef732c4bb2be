"""Who an origin is and how a report gives it: the records that naming goes from and to."""

from datetime import date
from typing import TypeVar

from evenhand.model.evidence import Record
from evenhand.model.profile import Profile

R = TypeVar("R", bound=Record)


class Identity(Record, frozen=True, kw_only=True):
    """Who claims own knowledge. `own` is None where that depends on the incident (see `knowledge.py`).

    `family` counts once among independent origins; `organ` is the profile's, `partisan` says that the source acts
    for a side by its own name, `engaged` that an outlet's party is one of the conflict's,
    `unnamed` that a source without a name is counted with the party whose organ quotes it; `kind` is that of an
    organisation, `body` the name of one that no profile lists. `field`: an organ of its party that is on the spot
    (an army, the police, a ministry of health). `posted`: of a class of people, with a name or at a hospital.
    `by_ground`: soldiers taken to be of the country told of; `nobodys`: that may be another's. `governs`: of a
    government.
    """

    name: str
    family: str
    party: str | None = None
    organ: str | None = None
    own: bool | None = None
    partisan: bool = False
    neutral: bool = False
    engaged: bool = False
    unnamed: bool = False
    kind: str | None = None
    body: str = ""
    field: bool = False
    posted: bool = False
    by_ground: bool = False
    nobodys: bool = False
    governs: bool = False
    why: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A source as a report gives it: name, organisation, role, words as written, and the outlet that prints it.

    `beside` are the few words around the name ("activist X", "X, a doctor"), `called` is a person's name with the
    office before it. `country` is that of the place spoken of: "the army" is the outlet's own only in reports of its
    own ground. `text_of`: whose text the outlet prints, where it is another's.
    """

    name: str
    org: str | None = None
    role: str | None = None
    written: str | None = None
    beside: str | None = None
    called: str | None = None
    party: str | None = None
    outlet: str | None = None
    on: date | None = None
    country: str | None = None
    text_of: str | None = None


def with_changes(record: R, **changes: object) -> R:
    """A record with some fields changed."""
    return type(record)(**{**{field: getattr(record, field) for field in record.__struct_fields__}, **changes})


def family_of(party_id: str, profile: Profile) -> str:
    """The party with which one counts as one origin: a coalition counts with its leader, any other with itself."""
    party = profile.party(party_id)
    return party.family or party_id if party is not None else party_id
