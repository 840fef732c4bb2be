"""Copies and incidents as rows that can be compared: claims named alike, origins and answers in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.audit.outcomes import Outcome
from evenhand.audit.rows import Row, View, place_value, time_value
from evenhand.model.incident import Answer, Incident, Origin, Spread, Toll

Ref = tuple[str, str]
QUESTIONS = ("occurrence", "responsibility", "killed", "injured", "place", "time")


@dataclass(frozen=True)
class Told:
    """An incident with its claims named as on the plain side; claims that only this side has stay apart."""

    incident: Incident
    refs: frozenset[Ref]


def told(incidents: Sequence[Incident], links: Mapping[str, Mapping[str, str]] | None) -> list[Told]:
    """Incidents with their claims; `links`: report → the other side's claim ids → the plain side's."""
    found = []
    for incident in incidents:
        refs = [(ref.report, ref.claim) for ref in incident.claims]
        if links is not None:
            refs = [(home, links.get(home, {}).get(claim, f"another ({claim})")) for home, claim in refs]
        found.append(Told(incident, frozenset(refs)))
    return found


def matched(plain: Sequence[Told], other: Sequence[Told]) -> list[tuple[Told | None, Told | None]]:
    """Incidents side by side: those with the most common claims first; None where one side has none."""
    likely = []
    for i, one in enumerate(plain):
        for j, two in enumerate(other):
            common = len(one.refs & two.refs)
            if common:
                likely.append((-common / len(one.refs | two.refs), i, j))
    ones: dict[int, int] = {}
    for _, i, j in sorted(likely):
        if i not in ones and j not in ones.values():
            ones[i] = j
    pairs: list[tuple[Told | None, Told | None]] = [
        (one, other[ones[i]] if i in ones else None) for i, one in enumerate(plain)
    ]
    return pairs + [(None, two) for j, two in enumerate(other) if j not in ones.values()]


def copy_rows(outcome: Outcome, view: View) -> list[Row]:
    """Reports that share text, and the wire that each group is said to come from."""
    rows = [
        Row("", f"{pair.first} {pair.second}", (pair.first, pair.second), None, {"label": pair.label})
        for pair in outcome.copies
        if pair.label != "independent"
    ]
    for group in outcome.groups:
        members = tuple(sorted(group.reports))
        rows.append(Row("", " ".join(members), members, None, {"of": view.id(group.of)}))
    return rows


def incident_row(told_: Told, view: View) -> Row:
    """What an incident is: its claims, type, place and time."""
    one = told_.incident
    fields: dict[str, object] = {
        "claims": tuple(sorted(told_.refs)),
        "type": one.type,
        "place": place_value(None, one.place, view),
        "time": time_value(None, one.time, view),
    }
    return Row("", one.id, "incident", None, fields)


def origin_rows(told_: Told, view: View) -> list[Row]:
    """The origins of an incident."""
    return [_origin(origin, view) for origin in told_.incident.origins]


def _origin(origin: Origin, view: View) -> Row:
    name = view.word(origin.name)
    fields: dict[str, object] = {
        "name": name,
        "family": _family(origin, view),
        "party": view.id(origin.party),
        "interest": origin.interest,
        "occurrence": origin.stance.occurrence,
        "responsibility": _blame(origin.stance.responsibility, view),
        "own_knowledge": origin.own_knowledge,
        "reports": tuple(sorted(origin.reports)),
    }
    return Row("", str(name), name, None, fields)


def _family(origin: Origin, view: View) -> str | None:
    """A family's id; one made of the origin's own name ("name:…") says no more than the name does."""
    own = origin.family is not None and origin.family.startswith("name:")
    return "its own" if own else view.word(origin.family)


def _blame(stance: str, view: View) -> str:
    verb, colon, parties = stance.partition(":")
    return verb + colon + "/".join(sorted(str(view.word(party)) for party in parties.split("/"))) if colon else stance


def answer_rows(told_: Told, view: View) -> list[Row]:
    """What is said to each question: who is for and against, the values and bounds."""
    return [Row("", name, name, None, _said(getattr(told_.incident.questions, name), view)) for name in QUESTIONS]


def grade_rows(told_: Told) -> list[Row]:
    """The grade of each question, and how many independent origins there are."""
    questions = told_.incident.questions
    rows = [Row("", name, name, None, {"grade": getattr(questions, name).grade}) for name in QUESTIONS]
    return [*rows, Row("", "origins", "origins", None, {"independent origins": told_.incident.independent_origins})]


def _said(question: Answer | Toll | Spread, view: View) -> dict[str, object]:
    if isinstance(question, Answer):
        return {
            "for": tuple(sorted(str(view.word(name)) for name in question.for_)),
            "against": tuple(sorted(str(view.word(name)) for name in question.against)),
        }
    if isinstance(question, Toll):
        figures = [
            str((figure.report, view.span(figure.report, figure.span), figure.low, figure.best, figure.high,
                 view.word(figure.origin), figure.as_of, figure.superseded, figure.part))
            for figure in question.figures
        ]  # fmt: skip
        return {"bounds": (question.low, question.best, question.high), "figures": tuple(sorted(figures))}
    values = [
        (str(view.word(value.value)), *sorted(str(view.word(o)) for o in value.origins)) for value in question.values
    ]
    return {"values": tuple(sorted(values))}
