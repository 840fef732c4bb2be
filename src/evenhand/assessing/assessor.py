"""A cluster of claims to an incident with every question graded. Pure, and blind to the order of what comes in."""

from collections.abc import Iterable, Mapping, Sequence

from evenhand.assessing.facts import independent_families, occurrence_facts, responsibility_facts, value_facts
from evenhand.assessing.figures import toll
from evenhand.assessing.naming import Namer
from evenhand.assessing.origins import Standing, scene_of, standings
from evenhand.assessing.rules import answer, fired, reason, rule_table
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
) -> Incident:
    """Grade one cluster. `readings` by report id; `copies` are the groups of all reports."""
    members = set(cluster.reports)
    groups = tuple(group for group in copies if len(members.intersection(group.reports)) > 0)
    namer = Namer(profile, settings)
    refs = [(ref.report, ref.claim) for ref in cluster.claims]
    voices = voices_of(refs, cluster.type, Incoming(readings=readings, groups=groups), namer)
    place, time = where(voices), when(voices)
    country = place.place.country if place.place else None
    heard = standings(voices, scene_of(voices, country, time.time.start if time.time else None), profile)
    shared = tuple(group for group in groups if len(members.intersection(group.reports)) > 1)
    return Incident(
        id=cluster.id, title=title(cluster.type, place.place, time.time), type=cluster.type, place=place.place,
        time=time.time, reports=cluster.reports, claims=cluster.claims, copies=shared,
        origins=tuple(one.origin for one in heard), independent_origins=len(independent_families(heard)),
        questions=_questions(voices, heard, place, time, settings), wording=wording(voices, readings, profile),
        rules=rule_table().version, aliases=cluster.aliases,
    )  # fmt: skip


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
    found = []
    for cluster in clusters:
        near = dict.fromkeys(by_report[report] for report in cluster.reports if report in by_report)
        found.append(assess(cluster, readings=readings, copies=tuple(near), profile=profile, settings=settings))
    return tuple(found)


def _questions(
    voices: tuple[Voice, ...],
    heard: tuple[Standing, ...],
    place: Where,
    time: When,
    settings: AssessmentSettings,
) -> Questions:
    table = rule_table()
    return Questions(
        occurrence=_occurrence(table, heard),
        responsibility=_responsibility(table, heard),
        killed=_toll(table, voices, heard, "killed", settings),
        injured=_toll(table, voices, heard, "injured", settings),
        place=_spread(table, heard, place.values, place.giving, place.apart),
        time=_spread(table, heard, time.values, time.giving, time.apart),
    )


def _occurrence(table: RuleTable, heard: tuple[Standing, ...]) -> Answer:
    stands = tuple(one.origin.name for one in heard if one.asserts)
    against = tuple(one.origin.name for one in heard if one.denies)
    return _answer(answer(table, "occurrence", occurrence_facts(heard), stands), against, _hearsay(heard))


def _responsibility(table: RuleTable, heard: tuple[Standing, ...]) -> Answer:
    stands = tuple(one.origin.name for one in heard if one.blamed or one.admits)
    against = tuple(one.origin.name for one in heard if one.denies_act)
    said = tuple(
        f"{one.origin.name}: {one.origin.stance.responsibility}"
        for one in heard
        if one.origin.stance.responsibility != "silent"
    )
    return _answer(answer(table, "responsibility", responsibility_facts(heard), stands), against, said)


def _answer(found: Answer, against: tuple[str, ...], notes: tuple[str, ...]) -> Answer:
    return Answer(
        grade=found.grade, for_=found.for_, against=against, reasons=(*found.reasons, *notes),
        would_change=found.would_change,
    )  # fmt: skip


def _hearsay(heard: tuple[Standing, ...]) -> tuple[str, ...]:
    told = [one.origin.name for one in heard if one.asserts and not one.origin.own_knowledge]
    return (f"not counted, no own knowledge: {', '.join(told)}",) if told else ()


def _toll(
    table: RuleTable, voices: tuple[Voice, ...], heard: tuple[Standing, ...], role: str, settings: AssessmentSettings
) -> Toll:
    known = {one.origin.name: one.origin.own_knowledge for one in heard}
    graded = {one.origin.name: _RANK.index(one.origin.interest) for one in heard}
    found = toll(voices, role, known, graded, settings.best)
    if not found.figures:
        return Toll()
    grade, reasons = _graded(table, value_facts(heard, found.giving, found.apart))
    return Toll(
        low=found.low, best=found.best, high=found.high, figures=found.figures, grade=grade,
        reasons=(*reasons, *found.why),
    )  # fmt: skip


def _spread(
    table: RuleTable,
    heard: tuple[Standing, ...],
    values: tuple[Value, ...],
    giving: frozenset[str],
    apart: frozenset[str],
) -> Spread:
    if not values:
        return Spread()
    grade, reasons = _graded(table, value_facts(heard, giving, apart))
    return Spread(grade=grade, values=values, reasons=reasons)


def _graded(table: RuleTable, facts: Facts) -> tuple[Grade, tuple[str, ...]]:
    rule = fired(table, "value", facts)
    return rule.grade, (reason(rule, facts),)
