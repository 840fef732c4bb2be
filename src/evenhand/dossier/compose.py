"""What the dossier says, in which order: plain values for the templates, worked out before anything is rendered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from evenhand.dossier import marks, words
from evenhand.dossier.matrix import Cell, FigureView, figures, matrix
from evenhand.dossier.shelf import Shelf
from evenhand.model.evidence import Span
from evenhand.model.incident import CopyPair, Grade, Incident, Origin
from evenhand.model.reading import Claim

# The order in which grades are counted up: what stands firmest first.
_ORDER: tuple[Grade | None, ...] = (
    "acknowledged",
    "corroborated",
    "contested",
    "single_origin",
    "party_only",
    "unattributed",
    None,
)
_QUOTES_AN_ORIGIN = 6


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words, who says them, and every report that carries them."""

    text: str
    href: str
    speaker: str
    attitude: str
    modality: str
    denied: bool
    carried: tuple[tuple[str, str, str], ...]  # (outlet, date, link)


@dataclass(frozen=True, slots=True)
class OriginView:
    """An origin with its words."""

    name: str
    party: str
    interest: str
    knowledge: str
    outlets: tuple[str, ...]
    stance: str
    why: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of an incident: how it stands and why."""

    name: str
    sign: str
    word: str
    meaning: str
    value: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    reasons: tuple[str, ...]
    would_change: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident, ready to be shown."""

    id: str
    title: str
    kind: str
    where: str
    when: str
    reports: tuple[tuple[str, str, str], ...]
    outlets: int
    independent: int
    lead: str
    questions: tuple[QuestionView, ...]
    origins: tuple[OriginView, ...]
    matrix: tuple[tuple[str, tuple[Cell, ...]], ...]
    figures: tuple[FigureView, ...]
    copies: tuple[tuple[tuple[tuple[str, str, str], ...], str], ...]
    wording: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


def incident_view(incident: Incident, shelf: Shelf) -> IncidentView:
    """Everything the page shows of one incident; whoever claims own knowledge stands first."""
    ranked = sorted(incident.origins, key=lambda o: (not o.own_knowledge, o.party is None, o.party or "", o.name))
    incident = msgspec.structs.replace(incident, origins=tuple(ranked))
    origins = tuple(_origin_view(origin, incident, shelf) for origin in incident.origins)
    return IncidentView(
        id=incident.id,
        title=incident.title,
        kind=words.kind(incident.type),
        where=words.where(incident.place),
        when=words.when(incident.time),
        reports=tuple(shelf.cite(report) for report in incident.reports),
        outlets=len({shelf.outlet(report) for report in incident.reports}),
        independent=incident.independent_origins,
        lead=_lead(incident, shelf),
        questions=_questions(incident, shelf),
        origins=origins,
        matrix=matrix(incident, shelf),
        figures=figures(incident, shelf),
        copies=tuple((tuple(shelf.cite(r) for r in group.reports), group.why) for group in incident.copies),
        wording=tuple(
            (item.about, item.neutral, tuple((label, words.listed(users)) for label, users in item.labels.items()))
            for item in incident.wording
        ),
    )


def in_order(incidents: Sequence[Incident]) -> list[Incident]:
    """Incidents as the page lists them: what rests on most origins and is told by most reports first."""
    return sorted(
        incidents,
        key=lambda i: (-i.independent_origins, -len(i.reports), i.time.start if i.time and i.time.start else "9", i.id),
    )


def anchors_of(incidents: Sequence[Incident]) -> dict[str, set[Span]]:
    """Spans that the incidents point at, by report: each gets an anchor in the text."""
    found: dict[str, set[Span]] = defaultdict(set)
    for incident in incidents:
        for origin in incident.origins:
            for evidence in origin.evidence:
                found[evidence.report].add(evidence.span)
        for toll in (incident.questions.killed, incident.questions.injured):
            for figure in toll.figures:
                found[figure.report].add(figure.span)
    return found


def grade_counts(incidents: Sequence[Incident]) -> list[tuple[str, str, str, int]]:
    """(sign, word, meaning, count) of the grades of occurrence that occur, firmest first."""
    counts = Counter(incident.questions.occurrence.grade for incident in incidents)
    return [(*words.grade(value), counts[value]) for value in _ORDER if counts[value]]


def copy_summary(copies: Sequence[CopyPair]) -> int:
    """How many reports share text with another."""
    return len({r for pair in copies if pair.label != "independent" for r in (pair.first, pair.second)})


def _lead(incident: Incident, shelf: Shelf) -> str:
    outlets = len({shelf.outlet(report) for report in incident.reports})
    asserting = [o for o in incident.origins if o.stance.occurrence == "asserts" and o.own_knowledge]
    denying = [o for o in incident.origins if o.stance.occurrence == "denies" and o.own_knowledge]
    rest = words.count(incident.independent_origins, "independent origin")
    parts = [
        f"{words.count(len(incident.reports), 'report')} by {words.count(outlets, 'outlet')} "
        f"{'rests' if len(incident.reports) == 1 else 'rest'} on {rest}."
    ]
    if asserting:
        parts.append(f"Reported from own knowledge by {words.listed([o.name for o in asserting[:4]])}.")
    if denying:
        parts.append(f"Denied by {words.listed([o.name for o in denying[:4]])}.")
    sides = sorted({o.party for o in incident.origins if o.party})
    named = [party.name for side in sides if (party := shelf.profile.party(side))]
    parts.append(f"Sides heard: {words.listed(named)}." if named else "No side of the conflict is heard on it.")
    return " ".join(parts)


def _questions(incident: Incident, shelf: Shelf) -> tuple[QuestionView, ...]:
    asked = incident.questions
    views = [
        QuestionView("Did it happen?", *words.grade(asked.occurrence.grade), "", asked.occurrence.for_,
                     asked.occurrence.against, asked.occurrence.reasons, asked.occurrence.would_change),
        QuestionView("Who did it?", *words.grade(asked.responsibility.grade), _blamed(incident, shelf),
                     asked.responsibility.for_, asked.responsibility.against, asked.responsibility.reasons,
                     asked.responsibility.would_change),
    ]  # fmt: skip
    for name, toll in (("How many killed?", asked.killed), ("How many injured?", asked.injured)):
        if toll.figures:
            views.append(QuestionView(name, *words.grade(toll.grade), words.toll(toll), (), (), toll.reasons, ""))
    for name, spread in (("Where?", asked.place), ("When?", asked.time)):
        if spread.values:
            value = "; ".join(dict.fromkeys(v.value for v in spread.values))
            views.append(QuestionView(name, *words.grade(spread.grade), value, (), (), spread.reasons, ""))
    return tuple(views)


def _blamed(incident: Incident, shelf: Shelf) -> str:
    said = Counter(o.stance.responsibility for o in incident.origins if o.stance.responsibility != "silent")
    return "; ".join(
        f"{shelf.stance(stance)} ({words.count(number, 'origin')})" for stance, number in sorted(said.items())
    )


def _origin_view(origin: Origin, incident: Incident, shelf: Shelf) -> OriginView:
    quotes = _quotes(origin, incident, shelf)
    party = shelf.profile.party(origin.party) if origin.party else None
    stance = {"asserts": "reports it", "denies": "denies it", "silent": "does not say whether it happened"}
    responsibility = origin.stance.responsibility
    return OriginView(
        name=origin.name,
        party=party.name if party else "",
        interest=words.INTERESTS[origin.interest],
        knowledge="own knowledge" if origin.own_knowledge else "no own knowledge",
        outlets=tuple(sorted({shelf.outlet(report) for report in origin.reports})),
        stance=stance[origin.stance.occurrence]
        + ("" if responsibility == "silent" else f"; {shelf.stance(responsibility)}"),
        why=origin.why,
        quotes=quotes[:_QUOTES_AN_ORIGIN],
        more=max(0, len(quotes) - _QUOTES_AN_ORIGIN),
    )


def _quotes(origin: Origin, incident: Incident, shelf: Shelf) -> tuple[Quote, ...]:
    """The origin's words, each once, with all the reports that print them."""
    refs = origin.claims or tuple(ref for ref in incident.claims if ref.report in origin.reports)
    found: dict[str, tuple[str, Claim, list[tuple[str, str, str]]]] = {}
    cited: set[tuple[str, str]] = set()  # a report prints the same words once, whatever it claims in them
    for ref in refs:
        claim = shelf.claim(ref.report, ref.claim)
        if claim is None:
            continue
        text = " ".join(shelf.words(ref.report, span) for span in claim.evidence) or shelf.words(
            ref.report, shelf.sentence(ref.report, claim.trigger)
        )
        cite = shelf.cite(ref.report, marks.claim_anchor(ref.report, ref.claim))
        key = "".join(filter(str.isalnum, text.casefold()))
        if key not in found:
            found[key] = (f"{ref.report}\0{text}", claim, [cite])
            cited.add((key, ref.report))
        elif (key, ref.report) not in cited:
            found[key][2].append(cite)
            cited.add((key, ref.report))
    quotes = []
    for named, claim, carried in found.values():
        report, _, text = named.partition("\0")
        statement = shelf.statement(report, claim.statement)
        quotes.append(
            Quote(
                text=text,
                href=carried[0][2],
                speaker=(statement.speaker_name or "speaker not named") if statement else "the outlet's own words",
                attitude=words.ATTITUDES[statement.attitude] if statement else "",
                modality=words.MODALITIES[claim.modality],
                denied=claim.polarity == "denied",
                carried=tuple(carried),
            )
        )
    return tuple(quotes)
