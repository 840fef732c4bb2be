"""What is assessed: incidents, their origins and grades (ledger, section 2)."""

from typing import Literal

from evenhand.model.evidence import Record, Span
from evenhand.model.reading import ClaimType, Place, Time

Grade = Literal["acknowledged", "corroborated", "single_origin", "party_only", "contested", "unattributed"]
Interest = Literal["interested", "against_interest", "neutral", "unknown"]
OccurrenceStance = Literal["asserts", "denies", "silent"]


class ClaimRef(Record, frozen=True, kw_only=True):
    """Names a claim: report id and the claim's id within it."""

    report: str
    claim: str


class Evidence(Record, frozen=True, kw_only=True):
    """Exact words: report id and span in code points."""

    report: str
    span: Span


class Passage(Record, frozen=True, kw_only=True):
    """The same words in two reports: spans in the first and in the second."""

    first: Span
    second: Span


class CopyPair(Record, frozen=True, kw_only=True):
    """How two reports' texts relate: `label`, shared text 0–1 (containment), reason, shared passages."""

    first: str
    second: str
    label: Literal["copy", "partial", "independent"]
    shared: float
    why: str
    passages: tuple[Passage, ...] = ()


class CopyGroup(Record, frozen=True, kw_only=True):
    """Reports that carry one text; `of` is the wire it comes from, if that can be said."""

    reports: tuple[str, ...]
    of: str | None = None
    why: str = ""


class Stance(Record, frozen=True, kw_only=True):
    """What an origin says: `responsibility` is `admits`, `denies`, `blames:<party>[/<party>]` or `silent`."""

    occurrence: OccurrenceStance
    responsibility: str


class Origin(Record, frozen=True, kw_only=True):
    """Whoever claims own knowledge: the last link of the chain, with all reports and claims that rest on it."""

    name: str
    family: str | None = None
    party: str | None = None
    interest: Interest = "unknown"
    stance: Stance
    own_knowledge: bool
    reports: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[ClaimRef, ...] = ()
    why: tuple[str, ...] = ()


class Figure(Record, frozen=True, kw_only=True):
    """One reported number with the origin, report and words it stands on; `as_of` is an ISO date.

    `superseded`: the same origin later gave another total; `part`: it counts some of a larger total of the same
    report; `vague`: words like "dozens". None of these moves a bound while an exact total stands.
    """

    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None
    origin: str | None = None
    report: str
    span: Span
    as_of: str | None = None
    superseded: bool = False
    part: bool = False
    vague: bool = False


class Answer(Record, frozen=True, kw_only=True, rename={"for_": "for"}):
    """How a question stands: grade, who is for and against, the rules that fired, what would move it."""

    grade: Grade | None = None
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    would_change: str = ""


class Toll(Record, frozen=True, kw_only=True):
    """A range over figures; `best` only by a rule the user chose, never an average."""

    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None
    figures: tuple[Figure, ...] = ()
    grade: Grade | None = None
    reasons: tuple[str, ...] = ()


class Value(Record, frozen=True, kw_only=True):
    """One reported value of a place or time, and the origins that give it."""

    value: str
    origins: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Spread(Record, frozen=True, kw_only=True):
    """What is reported of a place or a time, value by value."""

    grade: Grade | None = None
    values: tuple[Value, ...] = ()
    reasons: tuple[str, ...] = ()


class Questions(Record, frozen=True, kw_only=True):
    """The questions an incident answers, each graded on its own."""

    occurrence: Answer
    responsibility: Answer
    killed: Toll
    injured: Toll
    place: Spread
    time: Spread


class Wording(Record, frozen=True, kw_only=True):
    """What the outlets call one thing, side by side: label → outlets or speakers that use it."""

    about: str
    labels: dict[str, tuple[str, ...]]
    neutral: str


class Incident(Record, frozen=True, kw_only=True):
    """One happening as reported: a line of `incidents.jsonl`."""

    id: str
    title: str
    type: ClaimType
    place: Place | None = None
    time: Time | None = None
    reports: tuple[str, ...] = ()
    claims: tuple[ClaimRef, ...] = ()
    copies: tuple[CopyGroup, ...] = ()
    origins: tuple[Origin, ...] = ()
    independent_origins: int = 0
    questions: Questions
    wording: tuple[Wording, ...] = ()
    rules: str
    aliases: tuple[str, ...] = ()


class Cluster(Record, frozen=True, kw_only=True):
    """Claims grouped to one happening before it is assessed; `why` tells how the group was formed."""

    id: str
    type: ClaimType
    claims: tuple[ClaimRef, ...]
    reports: tuple[str, ...]
    why: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
