"""A cluster of claims to an incident with every question graded. Pure, and blind to the order of what comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.assessing.bearing import bearing
from evenhand.assessing.facts import independent_families, occurrence_facts, responsibility_facts, value_facts
from evenhand.assessing.figures import toll
from evenhand.assessing.grounds import ground_of, is_firm
from evenhand.assessing.naming import Namer
from evenhand.assessing.onlookers import accounts_of, with_onlookers
from evenhand.assessing.origins import Standing, standings
from evenhand.assessing.resting import resting
from evenhand.assessing.rules import answer, fired, reason, rule_table
from evenhand.assessing.scene import scene_of
from evenhand.assessing.settings import AssessmentSettings
from evenhand.assessing.spreads import When, Where, when, where
from evenhand.assessing.voices import Incoming, Voice, voices_of
from evenhand.assessing.wording import title, wording
from evenhand.model.incident import Answer, Cluster, CopyGroup, Grade, Incident, Questions, Spread, Toll, Value
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.rules import Facts, RuleTable

_RANK = ("against_interest", "neutral", "unknown", "interested")


def assess(
    cluster: Cluster,
    *,
    readings: Mapping[str, Reading],
    copies: Sequence[CopyGroup],
    profile: Profile,
    settings: AssessmentSettings,
    namer: Namer | None = None,
) -> Incident:
    """Grade one cluster. `readings` by report id; `copies` are the groups of all reports.

    `namer`: one of this profile and these settings, where there is one; it knows the sources it has met.
    """
    members = set(cluster.reports)
    groups = tuple(group for group in copies if len(members.intersection(group.reports)) > 0)
    namer = namer or Namer(profile, settings)
    refs = [(ref.report, ref.claim) for ref in cluster.claims]
    voices = resting(voices_of(refs, cluster.type, Incoming(readings=readings, groups=groups), namer), namer)
    own = [voice for voice in voices if not voice.over] or voices
    place, time = where(own), when(own)
    voices = bearing(voices, cluster.type, place.place, time.time)
    placed = place.place if place.place is not None and is_firm(place.place) else None
    country = (placed.country if placed else None) or _ground(voices, readings, namer)
    scene = scene_of(voices, country, time.time.start if time.time else None)
    heard = with_onlookers(standings(voices, scene, profile), accounts_of(voices, readings, namer, country, groups))
    shared = tuple(group for group in groups if len(members.intersection(group.reports)) > 1)
    return Incident(
        id=cluster.id, title=title(cluster.type, place.place, time.time), type=cluster.type, place=place.place,
        time=time.time, reports=cluster.reports, claims=cluster.claims, copies=shared,
        origins=tuple(one.origin for one in heard), independent_origins=len(independent_families(heard)),
        questions=_questions(voices, heard, place, time, settings, Called.of(heard, profile)),
        wording=wording(voices, readings, profile),
        rules=rule_table().version, aliases=cluster.aliases,
    )  # fmt: skip


def _ground(voices: Iterable[Voice], readings: Mapping[str, Reading], namer: Namer) -> str | None:
    """The country that the incident's claims, else all claims of its reports, are most told of.

    Else the only one that the reports name; None if they name none or several.
    """
    heard = list(voices)
    places = [voice.claim.place for voice in heard if voice.claim.place is not None and voice.claim.place.country]
    firm = [place.country for place in places if is_firm(place)]
    told = Counter(
        firm
        or [country for report in sorted({one.report for one in heard}) if (country := ground_of(readings[report]))]
    )
    told = told or Counter(place.country for place in places)
    if not told:
        reports = {one.report for one in heard}
        named = {namer.country_named(readings[report], set()) for report in reports} - {None}
        return named.pop() if len(named) == 1 else None
    return min(told, key=lambda country: (-told[country], country or ""), default=None)


def assess_all(
    clusters: Iterable[Cluster],
    *,
    readings: Mapping[str, Reading],
    copies: Sequence[CopyGroup],
    profile: Profile,
    settings: AssessmentSettings,
) -> tuple[Incident, ...]:
    """Grade clusters in the order given; each sees only the copy groups of its own reports."""
    by_report = {report: group for group in copies for report in group.reports}
    found, namer = [], Namer(profile, settings)
    for cluster in clusters:
        near = dict.fromkeys(by_report[report] for report in cluster.reports if report in by_report)
        found.append(
            assess(cluster, readings=readings, copies=tuple(near), profile=profile, settings=settings, namer=namer)
        )
    return tuple(found)


def _questions(
    voices: tuple[Voice, ...],
    heard: tuple[Standing, ...],
    place: Where,
    time: When,
    settings: AssessmentSettings,
    called: Called,
) -> Questions:
    table = rule_table()
    grader = _Grader(table, heard, called)
    return Questions(
        occurrence=_occurrence(grader),
        responsibility=_responsibility(grader),
        killed=_toll(grader, voices, "killed", settings),
        injured=_toll(grader, voices, "injured", settings),
        place=_spread(grader, place.values, place.giving, place.apart),
        time=_spread(grader, time.values, time.giving, time.apart),
    )


@dataclass(frozen=True, slots=True)
class Called:
    """How families and parties are called where a person reads of them: by name, never by id."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, heard: Iterable[Standing], profile: Profile) -> Called:
        """Names of the families and parties of these standings; no two alike."""
        names: dict[str, str] = {}
        for one in heard:
            for family in (one.family, *one.blamed):
                party = profile.party(family)
                own = one.origin.name if family == one.family != one.origin.party else family
                name = party.name if party is not None else own  # a group that no list has is called by its name
                names.setdefault(family, name if name not in names.values() else f"{name} ({family})")
        return cls(names=names)

    def facts(self, facts: Facts) -> Facts:
        """The same facts with names; counts do not change."""
        return {fact: tuple(self.names.get(one, one) for one in families) for fact, families in facts.items()}

    def stance(self, responsibility: str) -> str:
        """`blames:a/b` in words that fit a charge and a boast alike: whom it names as having done it."""
        verb, _, parties = responsibility.partition(":")
        named = " or ".join(self.names.get(one, one) for one in parties.split("/"))
        return f"names {named} as having done it" if parties else verb


@dataclass(frozen=True, slots=True)
class _Grader:
    table: RuleTable
    heard: tuple[Standing, ...]
    called: Called


def _occurrence(grader: _Grader) -> Answer:
    heard = grader.heard
    stands = tuple(one.origin.name for one in heard if one.asserts and one.origin.own_knowledge)
    against = tuple(one.origin.name for one in heard if one.denies and one.origin.own_knowledge)
    return _answer(
        answer(grader.table, "occurrence", grader.called.facts(occurrence_facts(heard)), stands),
        against,
        _hearsay(heard),
    )


def _responsibility(grader: _Grader) -> Answer:
    heard = grader.heard
    stands = tuple(one.origin.name for one in heard if (one.blamed or one.admits) and one.origin.own_knowledge)
    against = tuple(one.origin.name for one in heard if one.denies_act and one.origin.own_knowledge)
    said = tuple(
        f"{one.origin.name}: {grader.called.stance(one.origin.stance.responsibility)}"
        f"{'' if one.origin.own_knowledge else ' (not counted, no own knowledge)'}"
        for one in heard
        if one.origin.stance.responsibility != "silent"
    )
    return _answer(
        answer(grader.table, "responsibility", grader.called.facts(responsibility_facts(heard)), stands), against, said
    )


def _answer(found: Answer, against: tuple[str, ...], notes: tuple[str, ...]) -> Answer:
    return Answer(
        grade=found.grade, for_=found.for_, against=against, reasons=(*found.reasons, *notes),
        would_change=found.would_change,
    )  # fmt: skip


def _hearsay(heard: tuple[Standing, ...]) -> tuple[str, ...]:
    told = [one.origin.name for one in heard if one.asserts and not one.origin.own_knowledge]
    return (f"not counted, no own knowledge: {', '.join(told)}",) if told else ()


def _toll(grader: _Grader, voices: tuple[Voice, ...], role: str, settings: AssessmentSettings) -> Toll:
    heard = grader.heard
    known = {one.origin.name: one.origin.own_knowledge for one in heard}
    graded = {one.origin.name: _RANK.index(one.origin.interest) for one in heard}
    found = toll(voices, role, known, graded, settings.best)
    if not found.figures:
        return Toll()
    grade, reasons = _graded(grader, value_facts(heard, found.giving, found.apart))
    return Toll(
        low=found.low, best=found.best, high=found.high, figures=found.figures, grade=grade,
        reasons=(*reasons, *found.why),
    )  # fmt: skip


def _spread(grader: _Grader, values: tuple[Value, ...], giving: frozenset[str], apart: frozenset[str]) -> Spread:
    if not values:
        return Spread()
    grade, reasons = _graded(grader, value_facts(grader.heard, giving, apart))
    return Spread(grade=grade, values=values, reasons=reasons)


def _graded(grader: _Grader, facts: Facts) -> tuple[Grade, tuple[str, ...]]:
    rule = fired(grader.table, "value", facts)
    return rule.grade, (reason(rule, grader.called.facts(facts)),)
