"""What an incident's page says, in which order: plain values, worked out before anything is rendered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.dossier import maps, missing, naming, sharing, timeline, words
from evenhand.dossier.framing import Spot
from evenhand.dossier.links import words_anchor
from evenhand.dossier.maps import MapView
from evenhand.dossier.matrix import FigureView, Sheet, figures, matrix, own_first
from evenhand.dossier.missing import Missing
from evenhand.dossier.sharing import GroupView
from evenhand.dossier.shelf import Cite, Shelf
from evenhand.dossier.timeline import Timeline
from evenhand.model.evidence import Span
from evenhand.model.incident import Answer, CopyPair, Incident, Origin, Spread, Toll
from evenhand.model.reading import Claim, Place
from evenhand.model.rules import GradeWords, RuleTable

_QUOTES_AN_ORIGIN = 6
_NAMED = 4  # origins named in the opening sentence; the others are counted


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words, who says them, and every report that carries them."""

    text: str
    href: str
    speaker: str
    attitude: str
    modality: str
    denied: bool
    carried: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class OriginView:
    """An origin with its words."""

    name: str
    anchor: str
    party: str
    interest: str
    own_knowledge: bool
    outlets: tuple[str, ...]
    stance: str
    why: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of an incident: how it stands and why. `mapped` names the nearest grades of other projects."""

    name: str
    key: str
    sign: str
    word: str
    meaning: str
    value: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    reasons: tuple[str, ...]
    would_change: str
    mapped: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place that is named for the incident: as printed, what the gazetteer adds, who gives it, where."""

    name: str
    note: str
    drawn: bool
    main: bool
    origins: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident, ready to be shown."""

    id: str
    aliases: tuple[str, ...]
    title: str
    record_title: str
    kind: str
    where: str
    place_note: str
    when: str
    reports: tuple[Cite, ...]
    outlets: int
    independent: int
    lead: str
    questions: tuple[QuestionView, ...]
    missing: Missing
    matrix: tuple[Sheet, ...]
    timeline: Timeline | None
    map: MapView | None
    places: tuple[PlaceView, ...]
    origins: tuple[OriginView, ...]
    figures: tuple[FigureView, ...]
    copies: tuple[GroupView, ...]
    wording: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What an incident's page takes from the rest of the case: sides heard anywhere, pairs of copies, the rules."""

    sides: Collection[str]
    pairs: Mapping[str, Sequence[CopyPair]]
    rules: RuleTable


def incident_view(incident: Incident, shelf: Shelf, around: Around) -> IncidentView:
    """Everything the page shows of one incident; whoever claims own knowledge stands first."""
    incident = own_first(incident)
    claims = shelf.claims_of(incident)
    printed = naming.printed_name(incident.place, claims, shelf) if incident.place else ""
    places, spots = _places(incident, shelf)
    return IncidentView(
        id=incident.id,
        aliases=incident.aliases,
        title=naming.title(incident, shelf),
        record_title=incident.title,
        kind=words.kind(incident.type),
        where=printed or "place not known",
        place_note=words.gazetteer_note(incident.place, printed) if incident.place else "",
        when=words.when(incident.time),
        reports=tuple(shelf.cite(report) for report in incident.reports),
        outlets=len({shelf.outlet(report) for report in incident.reports}),
        independent=incident.independent_origins,
        lead=_lead(incident, shelf),
        questions=_questions(incident, shelf, {g.grade: g for g in around.rules.grades}),
        missing=missing.missing(incident, shelf, around.sides),
        matrix=matrix(incident, shelf),
        timeline=timeline.timeline(incident, shelf),
        map=maps.draw(spots),
        places=places,
        origins=tuple(_origin_view(n, origin, incident, shelf) for n, origin in enumerate(incident.origins)),
        figures=figures(incident, shelf),
        copies=tuple(sharing.group_view(group, around.pairs, shelf) for group in incident.copies),
        wording=tuple(
            (item.about, item.neutral, tuple((label, words.listed(users)) for label, users in item.labels.items()))
            for item in incident.wording
        ),
    )


def linked_spans(incident: Incident) -> Iterator[tuple[str, Span]]:
    """(report, span) of everything that an incident's page points at."""
    for origin in incident.origins:
        for evidence in origin.evidence:
            yield evidence.report, evidence.span
    for toll in (incident.questions.killed, incident.questions.injured):
        for figure in toll.figures:
            yield figure.report, figure.span


def _places(incident: Incident, shelf: Shelf) -> tuple[tuple[PlaceView, ...], list[Spot]]:
    """Every place the origins give, the incident's own first; those with a point are also drawn."""
    claims = shelf.claims_of(incident)
    givers: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[Place, str]] = {}
    for origin in incident.origins:
        for ref in origin.claims:
            claim = shelf.claim(ref.report, ref.claim)
            if claim is not None and claim.place is not None and claim.polarity == "affirmed":
                key = naming.place_key(claim.place)
                givers[key].add(origin.name)
                known = first.get(key)
                if known is None or _smaller(claim.place, known[0]):
                    first[key] = claim.place, shelf.links.to_report(ref.report, words_anchor(ref.claim))
    own = naming.place_key(incident.place) if incident.place else ""
    views, spots = [], []
    for key in sorted(first, key=lambda k: (k != own, -len(givers[k]), k)):
        place, href = first[key]
        if key == own and incident.place is not None:
            place = incident.place
        name = naming.printed_name(place, claims, shelf)
        note = words.gazetteer_note(place, name)
        views.append(PlaceView(name, note, place.position is not None, key == own, tuple(sorted(givers[key])), href))
        if place.position is not None:
            title = f"{name}: {note}; given by {words.listed(sorted(givers[key]))}"
            spots.append(
                Spot(key, name, *place.position, place.radius_km, href, title, 1, key == own, words.is_area(place))
            )  # fmt: skip
    return tuple(views), spots


def _smaller(one: Place, two: Place) -> bool:
    """A place with a point before one without, then the more certain one."""
    return (one.position is None, one.radius_km or 0.0) < (two.position is None, two.radius_km or 0.0)


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
        parts.append(f"Reported from own knowledge by {words.some([o.name for o in asserting], _NAMED)}.")
    if denying:
        parts.append(f"Denied by {words.some([o.name for o in denying], _NAMED)}.")
    named = sorted(shelf.party(side) for side in missing.heard(incident))
    parts.append(f"Sides heard: {words.listed(named)}." if named else "No side of the conflict is heard on it.")
    return " ".join(parts)


def _questions(incident: Incident, shelf: Shelf, mapped: Mapping[str, GradeWords]) -> tuple[QuestionView, ...]:
    asked = incident.questions
    views = [
        _question("Did it happen?", asked.occurrence, "", mapped),
        _question("Who did it?", asked.responsibility, _blamed(incident, shelf), mapped),
    ]
    for name, toll in (("How many killed?", asked.killed), ("How many injured?", asked.injured)):
        if toll.figures:
            views.append(_question(name, toll, words.toll(toll), mapped))
    for name, spread, given in (
        ("Where?", asked.place, _given_places(incident, shelf)),
        ("When?", asked.time, [words.iso_span(value.value) for value in asked.time.values]),
    ):
        if spread.values:
            views.append(_question(name, spread, "; ".join(dict.fromkeys(given)), mapped))
    return tuple(views)


def _question(name: str, asked: Answer | Toll | Spread, value: str, mapped: Mapping[str, GradeWords]) -> QuestionView:
    near = mapped.get(asked.grade or "")
    return QuestionView(
        name,
        asked.grade or "not_said",
        *words.grade(asked.grade),
        value,
        asked.for_ if isinstance(asked, Answer) else (),
        asked.against if isinstance(asked, Answer) else (),
        asked.reasons,
        asked.would_change if isinstance(asked, Answer) else "",
        f"nearest in Airwars’ scale: {near.airwars_like}; nearest Admiralty credibility digit: {near.admiralty_like}"
        if near
        else "",
    )


def _given_places(incident: Incident, shelf: Shelf) -> list[str]:
    """The places of the question, as the reports print them."""
    claims = shelf.claims_of(incident)
    known = {place.name: place for _, claim in claims if (place := claim.place) is not None}
    return [
        naming.printed_name(known[value.value], claims, shelf) if value.value in known else value.value
        for value in incident.questions.place.values
    ]


def _blamed(incident: Incident, shelf: Shelf) -> str:
    """`2 origins blame …; 1 origin denies having done it`."""
    said = Counter(o.stance.responsibility for o in incident.origins if o.stance.responsibility != "silent")
    return "; ".join(
        f"{words.count(number, 'origin')} {shelf.stance(stance, many=number > 1)}"
        for stance, number in sorted(said.items(), key=lambda item: (-item[1], item[0]))
    )


def _origin_view(number: int, origin: Origin, incident: Incident, shelf: Shelf) -> OriginView:
    quotes = _quotes(origin, incident, shelf)
    party = shelf.profile.party(origin.party) if origin.party else None
    stance = {"asserts": "reports it", "denies": "denies it", "silent": "does not say whether it happened"}
    responsibility = origin.stance.responsibility
    return OriginView(
        name=origin.name,
        anchor=f"o{number + 1}",
        party=party.name if party else "",
        interest=words.INTERESTS[origin.interest],
        own_knowledge=origin.own_knowledge,
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
    found: dict[str, tuple[str, Claim, list[Cite]]] = {}
    cited: set[tuple[str, str]] = set()  # a report prints the same words once, whatever it claims in them
    for ref in refs:
        claim = shelf.claim(ref.report, ref.claim)
        if claim is None:
            continue
        text = " ".join(shelf.words(ref.report, span) for span in claim.evidence) or shelf.words(
            ref.report, shelf.sentence(ref.report, claim.trigger)
        )
        cite = shelf.cite(ref.report, words_anchor(ref.claim))
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
                href=carried[0].href,
                speaker=(statement.speaker_name or "speaker not named") if statement else "the outlet's own words",
                attitude=words.ATTITUDES[statement.attitude] if statement else "",
                modality=words.MODALITIES[claim.modality],
                denied=claim.polarity == "denied",
                carried=tuple(carried),
            )
        )
    return tuple(quotes)
