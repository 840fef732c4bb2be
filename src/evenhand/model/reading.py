"""What a report says: entities, statements, claims (ledger, section 1)."""

from typing import Literal

from evenhand.model.evidence import Record, Span
from evenhand.model.report import Report, Unread

EntityKind = Literal[
    "person", "organisation", "armed_group", "government", "outlet", "people", "place", "weapon", "facility"
]
Form = Literal["name", "nominal", "pronoun"]
StatementKind = Literal["direct", "indirect", "mixed"]
Attitude = Literal["asserts", "denies", "admits", "blames", "believes", "hopes", "intends", "demands", "asks", "warns"]
ClaimType = Literal[
    "killing", "injury", "airstrike", "shelling", "armed_clash", "ground_attack", "bombing",
    "chemical_attack", "torture", "execution", "detention", "abduction", "sexual_violence", "mass_grave",
    "territory_taken", "territory_held", "siege", "evacuation", "displacement", "return", "destruction",
    "mines_or_explosives", "weapons_found", "aid", "aid_obstruction", "ceasefire", "agreement", "movement",
    "other",
]  # fmt: skip
Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "possible", "planned", "hoped", "hypothetical", "called_for"]
QuantityRole = Literal[
    "killed", "injured", "detained", "displaced", "evacuated", "people", "percent", "area", "weapons", "other"
]
Operator = Literal["=", "~", ">=", "<=", "range", "plural"]


class Mention(Record, frozen=True, kw_only=True):
    """One place in the text where an entity is named."""

    span: Span
    form: Form


class Entity(Record, frozen=True, kw_only=True):
    """Someone or something named in the report; `party` is a profile id, `org` another entity's id."""

    id: str
    kind: EntityKind
    name: str
    role: str | None = None
    org: str | None = None
    party: str | None = None
    mentions: tuple[Mention, ...] = ()


class Statement(Record, frozen=True, kw_only=True):
    """Who says what. `content` may be in several segments; `chain` runs from the outlet to own knowledge."""

    id: str
    kind: StatementKind
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    speaker_name: str | None = None
    speaker_org: str | None = None
    attitude: Attitude = "asserts"
    parent: str | None = None
    chain: tuple[str, ...] = ()
    inserts: tuple[Span, ...] = ()
    confidence: float = 1.0


class Participant(Record, frozen=True, kw_only=True):
    """Actor, target or weapon of a claim, as written, with the entity it is."""

    name: str
    span: Span | None = None
    entity: str | None = None


COUNTRY = 6
"""UCDP where_prec of a country; 7 is the sea, the air, several countries."""


class Place(Record, frozen=True, kw_only=True):
    """Where. `radius_km` covers the uncertainty; `precision` is UCDP where_prec 1–7; null = not known."""

    name: str
    span: Span | None = None
    country: str | None = None
    gazetteer: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: int | None = None
    why: str | None = None

    @property
    def position(self) -> tuple[float, float] | None:
        """(lat, lon) to draw or measure from; none for a country, whose circle only says that no more is known."""
        if self.lat is None or self.lon is None or (self.precision or 1) >= COUNTRY:
            return None
        return self.lat, self.lon


class Time(Record, frozen=True, kw_only=True):
    """When, as ISO dates (inclusive); `precision` is UCDP date_prec 1–5; null = not known."""

    span: Span | None = None
    start: str | None = None
    end: str | None = None
    precision: int | None = None
    why: str | None = None


class Quantity(Record, frozen=True, kw_only=True):
    """How many, with the operator printed; null bounds are open. Vague words follow the ledger's table."""

    role: QuantityRole
    span: Span
    op: Operator
    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None
    of: str | None = None
    part_of: int | None = None
    cumulative: bool = False
    why: str | None = None


class Label(Record, frozen=True, kw_only=True):
    """A loaded word, what it is said about, and a neutral term for it."""

    span: Span
    word: str
    neutral: str
    about: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One event or state said to be so, inside its innermost statement or in the outlet's own voice."""

    id: str
    type: ClaimType
    trigger: Span
    statement: str | None = None
    evidence: tuple[Span, ...] = ()
    actor: Participant | None = None
    target: Participant | None = None
    weapon: Participant | None = None
    place: Place | None = None
    time: Time | None = None
    quantities: tuple[Quantity, ...] = ()
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    labels: tuple[Label, ...] = ()
    confidence: float = 1.0


class Software(Record, frozen=True, kw_only=True):
    """What wrote a record: name, version and the hash of the trained weights."""

    name: str
    version: str
    weights: str


class Reading(Record, frozen=True, kw_only=True):
    """One report as evenhand reads it: a line of `readings.jsonl`."""

    ledger: int = 1
    software: Software
    report: Report
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: Unread | None = None
