"""The first page of a case: how its incidents stand, which sides are heard, on whose word each outlet reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.dossier import maps, naming, words
from evenhand.dossier.framing import Spot
from evenhand.dossier.maps import MapView
from evenhand.dossier.missing import blamed, heard
from evenhand.dossier.shelf import Cite, Shelf
from evenhand.model.incident import Grade, Incident
from evenhand.model.reading import Reading

# The order in which grades are counted up: what stands firmest first.
GRADES: tuple[Grade | None, ...] = (
    "acknowledged",
    "corroborated",
    "contested",
    "single_origin",
    "party_only",
    "unattributed",
    None,
)
_TOP_ORIGINS = 4
_MONTHS_SHOWN = 36
_LINES = 400  # incidents on one page of the list of places


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as a line of a list."""

    id: str
    href: str
    title: str
    record_title: str
    where: str
    place_note: str
    when: str
    start: str
    reports: int
    independent: int
    occurrence: str | None
    responsibility: str | None
    killed: str


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many incidents have a grade, for each of the two questions; shares are of the largest count."""

    key: str
    sign: str
    word: str
    meaning: str
    occurrence: int
    responsibility: int
    share: float


@dataclass(frozen=True, slots=True)
class SideView:
    """A party: on how many incidents it speaks, is blamed, is blamed without being heard, admits against itself."""

    name: str
    heard: int
    blamed: int
    unheard: int
    against_itself: int


@dataclass(frozen=True, slots=True)
class OutletView:
    """An outlet: its reports, the origins they rest on, and the most frequent ones with the number of reports."""

    name: str
    reports: int
    origins: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OriginRow:
    """An origin: by how many outlets and reports it is carried, on how many incidents it speaks."""

    name: str
    party: str
    outlets: int
    reports: int
    incidents: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its incidents; `drawn` tells whether it is on the map, `note` what the gazetteer adds.

    `sheet` is the page of the list that holds it, counted from nought.
    """

    anchor: str
    sheet: int
    name: str
    note: str
    drawn: bool
    incidents: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Incidents that begin in a month, and reports published in it; heights are shares of the largest."""

    label: str
    incidents: int
    reports: int
    incident_share: float
    report_share: float


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the first page shows besides its lists."""

    reports: int
    outlets: tuple[OutletView, ...]
    origins: tuple[OriginRow, ...]
    incidents: int
    from_day: str
    to_day: str
    grades: tuple[GradeCount, ...]
    sides: tuple[SideView, ...]
    places: tuple[PlaceRow, ...]
    map: MapView | None
    months: tuple[Month, ...]
    sharing: int
    unread: tuple[tuple[Cite, Reading], ...]


def in_order(incidents: Sequence[Incident]) -> list[Incident]:
    """Incidents as the pages list them: what rests on most origins and is told by most reports first."""
    return sorted(
        incidents,
        key=lambda i: (-i.independent_origins, -len(i.reports), i.time.start if i.time and i.time.start else "9", i.id),
    )


def sides_of(incidents: Sequence[Incident]) -> frozenset[str]:
    """The parties that speak on any incident of the case."""
    return frozenset(party for incident in incidents for party in heard(incident))


def row(incident: Incident, shelf: Shelf, printed: str) -> IncidentRow:
    """An incident as a line of a list; `printed` is the name of its place as the reports print it."""
    place, killed = incident.place, incident.questions.killed
    return IncidentRow(
        id=incident.id,
        href=shelf.links.to_incident(incident.id),
        title=naming.titled(incident, printed),
        record_title=incident.title,
        where=printed or "place not known",
        place_note=words.gazetteer_note(place, printed) if place else "",
        when=words.when(incident.time),
        start=incident.time.start or "" if incident.time else "",
        reports=len(incident.reports),
        independent=incident.independent_origins,
        occurrence=incident.questions.occurrence.grade,
        responsibility=incident.questions.responsibility.grade,
        killed=words.toll(killed) if killed.figures else "",
    )


def case_view(incidents: Sequence[Incident], rows: Mapping[str, IncidentRow], shelf: Shelf, sharing: int) -> CaseView:
    """The first page's view; `rows` by incident id, `sharing` the number of reports that share text with another."""
    readings = list(shelf.readings.values())
    dated = sorted(reading.report.published for reading in readings if reading.report.published)
    places = place_rows(incidents, rows, shelf)
    return CaseView(
        reports=len(readings),
        outlets=_outlets(incidents, shelf),
        origins=_origins(incidents, shelf),
        incidents=len(incidents),
        from_day=words.day(dated[0]) if dated else "",
        to_day=words.day(dated[-1]) if dated else "",
        grades=_grades(incidents),
        sides=_sides(incidents, shelf),
        places=places,
        map=_map(incidents, places, shelf),
        months=_months(incidents, readings),
        sharing=sharing,
        unread=tuple((shelf.cite(r.report.id), r) for r in readings if r.unread),
    )


def _grades(incidents: Sequence[Incident]) -> tuple[GradeCount, ...]:
    happened = Counter(incident.questions.occurrence.grade for incident in incidents)
    done = Counter(incident.questions.responsibility.grade for incident in incidents)
    most = max([*happened.values(), *done.values(), 1])
    found = []
    for value in GRADES:
        if happened[value] or done[value]:
            sign, word, meaning = words.grade(value)
            count = GradeCount(value or "not_said", sign, word, meaning, happened[value], done[value], 1 / most)
            found.append(count)
    return tuple(found)


def _sides(incidents: Sequence[Incident], shelf: Shelf) -> tuple[SideView, ...]:
    speaks: Counter[str] = Counter()
    accused: Counter[str] = Counter()
    unheard: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for incident in incidents:
        there, charged = heard(incident), blamed(incident)
        speaks.update(there)
        accused.update(charged)
        unheard.update(charged - there)
        against.update({o.party for o in incident.origins if o.party and o.interest == "against_interest"})
    parties = sorted({*speaks, *accused}, key=lambda p: (-(speaks[p] + accused[p]), shelf.party(p)))
    return tuple(SideView(shelf.party(p), speaks[p], accused[p], unheard[p], against[p]) for p in parties)


def _outlets(incidents: Sequence[Incident], shelf: Shelf) -> tuple[OutletView, ...]:
    reports = Counter(shelf.outlet(report) for report in shelf.readings)
    rest: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for incident in incidents:
        for origin in incident.origins:
            for report in origin.reports if origin.own_knowledge else ():
                rest[shelf.outlet(report)][origin.name].add(report)
    found = []
    for outlet, number in sorted(reports.items(), key=lambda item: (-item[1], item[0])):
        ranked = sorted(rest[outlet].items(), key=lambda item: (-len(item[1]), item[0]))
        top = tuple((name, len(carried)) for name, carried in ranked[:_TOP_ORIGINS])
        found.append(OutletView(outlet, number, len(ranked), top))
    return tuple(found)


def _origins(incidents: Sequence[Incident], shelf: Shelf) -> tuple[OriginRow, ...]:
    reports: defaultdict[str, set[str]] = defaultdict(set)
    speaks: Counter[str] = Counter()
    party: dict[str, str] = {}
    for incident in incidents:
        for origin in incident.origins:
            if origin.own_knowledge:
                reports[origin.name].update(origin.reports)
                speaks[origin.name] += 1
                party.setdefault(origin.name, shelf.party(origin.party) if origin.party else "")
    rows = [
        OriginRow(name, party[name], len({shelf.outlet(r) for r in carried}), len(carried), speaks[name])
        for name, carried in reports.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-r.outlets, -r.reports, r.name)))


def place_rows(incidents: Sequence[Incident], rows: Mapping[str, IncidentRow], shelf: Shelf) -> tuple[PlaceRow, ...]:
    """Places by the number of their incidents: the list twin of the map, with those that cannot be drawn."""
    at: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.place is not None:
            at[naming.place_key(incident.place)].append(incident)
    found: list[PlaceRow] = []
    sheet, lines = 0, 0
    for _key, here in sorted(at.items(), key=lambda item: (-len(item[1]), item[0])):
        place = here[0].place
        assert place is not None  # only incidents with one were counted
        names = Counter(rows[incident.id].where for incident in here)
        name = min(names, key=lambda n: (-names[n], n))
        listed = tuple(sorted((rows[i.id] for i in here), key=lambda r: (r.start or "9", r.title, r.id)))
        if lines and lines + len(listed) > _LINES:
            sheet, lines = sheet + 1, 0
        lines += len(listed)
        found.append(
            PlaceRow(
                f"p{len(found) + 1}", sheet, name, words.gazetteer_note(place, name), place.position is not None, listed
            )
        )
    return tuple(found)


def _map(incidents: Sequence[Incident], places: Sequence[PlaceRow], shelf: Shelf) -> MapView | None:
    by_id = {incident.id: incident for incident in incidents}
    spots = []
    for row_ in places:
        place = by_id[row_.incidents[0].id].place
        if place is None or place.position is None:
            continue
        href = shelf.links.to_places(row_.anchor, row_.sheet)
        title = f"{row_.name}: {words.count(len(row_.incidents), 'incident')}; {row_.note}"
        spots.append(
            Spot(row_.anchor, row_.name, *place.position, place.radius_km, href,
                 title, len(row_.incidents), area=words.is_area(place))
        )  # fmt: skip
    return maps.draw(spots)


def _months(incidents: Sequence[Incident], readings: Sequence[Reading]) -> tuple[Month, ...]:
    """Month by month, from the first to the last; nothing where that would be fewer than two months or too many."""
    begun = Counter(i.time.start[:7] for i in incidents if i.time and i.time.start)
    printed = Counter(r.report.published[:7] for r in readings if r.report.published)
    if len(printed) < 2:
        return ()
    most_begun, most_printed = max([*begun.values(), 1]), max(printed.values())
    months = _from_to(min(printed), max(printed))
    if not 2 <= len(months) <= _MONTHS_SHOWN * 4:
        return ()
    return tuple(
        Month(f"{date.fromisoformat(m + '-01'):%b %Y}", begun[m], printed[m], begun[m] / most_begun,
              printed[m] / most_printed)
        for m in months
    )  # fmt: skip


def _from_to(first: str, last: str) -> list[str]:
    try:
        at, end = date.fromisoformat(first + "-01"), date.fromisoformat(last + "-01")
    except ValueError:
        return []
    found = []
    while at <= end:
        found.append(f"{at:%Y-%m}")
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found
