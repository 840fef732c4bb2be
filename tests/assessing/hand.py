"""Hand-made readings of an invented war: Norland against the Sund Front, and who reports on it."""

from dataclasses import dataclass, field
from datetime import date

from evenhand.model.incident import ClaimRef, Cluster
from evenhand.model.parties import Organ, Organisation, OrganWords, Outlet, Party, Tie
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Entity, Participant, Place, Quantity, Reading, Software, Statement, Time
from evenhand.model.report import Credit, OriginalRef, Report

SOFTWARE = Software(name="evenhand", version="0", weights="none")
WHERE = "invented for the tests"


def profile(first: str = "norland", second: str = "sund") -> Profile:
    """Two parties that mirror each other, with allies, outlets, a monitor, rescuers and a wire."""

    def side(key: str, name: str, ally: str) -> Party:
        return Party(
            id=key, name=name, kind="government", source=WHERE, country="VA", names=(f"{name} government",),
            adjectives=(f"{name}ish",), allies=(ally,),
            organs=(
                Organ(id=f"{key}_defence", name=f"{name} Defence Ministry", kind="ministry", source=WHERE),
                Organ(id=f"{key}_army", name=f"{name} Army", kind="army", source=WHERE),
            ),
        )  # fmt: skip

    return Profile(
        parties=(
            side(first, "Norland", "far"),
            side(second, "Sund", "away"),
            Party(id="far", name="Farland", kind="government", source=WHERE, country="FA", adjectives=("Farlandish",)),
            Party(
                id="away", name="Awayland", kind="government", source=WHERE, country="AW", adjectives=("Awaylandish",)
            ),
        ),
        ties=(
            Tie(between=(first, second), kind="adversaries", source=WHERE),
            Tie(between=(first, "far"), kind="allies", source=WHERE),
            Tie(between=(second, "away"), kind="allies", source=WHERE),
        ),
        outlets=(
            Outlet(id="nna", name="Norland News", kind="state", source=WHERE, party=first, owner="the state"),
            Outlet(id="sna", name="Sund News", kind="state", source=WHERE, party=second, owner="the state"),
            Outlet(id="wire", name="Wire One", kind="wire", source=WHERE, wire=True),
            Outlet(id="paper", name="The Paper", kind="independent", source=WHERE),
        ),
        organisations=(
            Organisation(id="watch", name="Varda Watch", kind="monitor", source=WHERE, names=("the Watch",)),
            Organisation(id="relief", name="Varda Relief", kind="medical", source=WHERE),
            Organisation(
                id="helpers", name="Sund Helpers", kind="rescue", source=WHERE, party=second, reason="works there"
            ),
        ),
        words=OrganWords(
            organs=(("army", "army"), ("forces", "army"), ("government", "office"), ("defence ministry", "ministry")),
            roles=("spokesman", "source"),
        ),
    )


@dataclass(frozen=True)
class Said:
    """One claim to be written into a report."""

    type: str = "airstrike"
    by: str | None = None
    org: str | None = None
    attitude: str = "asserts"
    actor: str | None = None
    target: str | None = None
    force: bool = False
    killed: tuple[float | None, float | None, float | None] | None = None
    op: str = "="
    denied: bool = False
    modality: str = "asserted"
    place: tuple[str, float, float] | None = ("Arden", 10.0, 20.0)
    radius: float = 5.0
    start: str | None = "2031-05-04"
    end: str | None = None
    cumulative: bool = False
    labels: tuple[str, ...] = ()
    words: str = ""
    before: str = ""
    opening: str = ""
    extra: dict[str, object] = field(default_factory=dict)


def reading(key: str, *said: Said, outlet: str = "paper", published: str = "2031-05-05", credit: str = "") -> Reading:
    """A reading whose text is one sentence a claim, so that every span points at words."""
    text, sentences, statements, claims, entities = "", [], [], [], []
    for number, one in enumerate(said, 1):
        start = len(text)
        words = [one.opening, one.by or "It is", "said that a", one.before, one.type.replace("_", " "), one.words]
        words += [f"by {one.actor}" if one.actor else "", f"on {one.target}" if one.target else ""]
        if one.killed:
            words.append(f"killed {one.killed[0]}")
        words.append(f"in {one.place[0]}." if one.place else "there.")
        text += " ".join(word for word in words if word) + " "
        span = (start, len(text) - 1)
        sentences.append(span)
        trigger_at = text.index(one.type.replace("_", " "), start)
        trigger = (trigger_at, trigger_at + len(one.type))
        statement = None
        if one.by:
            statement = f"s{number}"
            statements.append(Statement(
                id=statement, kind="indirect", content=(span,), source=(start, start + len(one.by)),
                speaker_name=one.by, speaker_org=one.org, attitude=one.attitude, chain=(outlet, one.by),
            ))  # fmt: skip
        target = None
        if one.target:
            entities.append(Entity(id=f"e{number}", kind="armed_group" if one.force else "people", name=one.target))
            target = Participant(name=one.target, entity=f"e{number}")
        quantities = ()
        if one.killed:
            low, best, high = one.killed
            quantities = (Quantity(
                span=trigger, op=one.op, low=low, best=best, high=high, cumulative=one.cumulative,
                **{"role": "killed", **one.extra},
            ),)  # fmt: skip
        claims.append(Claim(
            id=f"c{number}", type=one.type, trigger=trigger, statement=statement, evidence=(span,),
            actor=Participant(name=one.actor) if one.actor else None, target=target, quantities=quantities,
            place=Place(name=one.place[0], lat=one.place[1], lon=one.place[2], radius_km=one.radius, country="VA")
            if one.place else None,
            time=Time(start=one.start, end=one.end or one.start, precision=1) if one.start else None,
            polarity="denied" if one.denied else "affirmed", modality=one.modality,
        ))  # fmt: skip
    named = (Credit(agency=credit),) if credit else ()
    report = Report(
        id=key, original=OriginalRef(sha256="0" * 64, locator=key), outlet=outlet, published=published, text=text,
        credits=named,
    )  # fmt: skip
    return Reading(
        software=SOFTWARE, report=report, sentences=tuple(sentences), entities=tuple(entities),
        statements=tuple(statements), claims=tuple(claims),
    )  # fmt: skip


def one_cluster(*readings: Reading, kind: str = "airstrike") -> Cluster:
    """All claims of the readings as one cluster."""
    return Cluster(
        id="i1", type=kind, reports=tuple(sorted(one.report.id for one in readings)),
        claims=tuple(ClaimRef(report=one.report.id, claim=claim.id) for one in readings for claim in one.claims),
    )  # fmt: skip


DAY = date(2031, 5, 4)
