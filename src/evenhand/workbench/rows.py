"""Records that stand, as rows of the tables behind the screens. Sensitive words never enter a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.model.evidence import Span, content_id, to_json
from evenhand.model.incident import Cluster, Incident
from evenhand.model.reading import Claim, Reading, Statement
from evenhand.reviewing import Decision, SignOff, Superseded, version_of
from evenhand.reviewing.covering import covered, without_names

_WORDS = 400
_NAME = 300  # an index of PostgreSQL takes no more than some 2,700 bytes
_NOT_NAMED = "not named"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Veil:
    """What is hidden of one report: spans of its text, and names anywhere."""

    spans: tuple[Span, ...] = ()
    names: frozenset[str] = frozenset()


def report_row(standing: Superseded, number: int, key: str, outlet: str, veil: Veil) -> Row:
    """A report's row."""
    reading = standing.reading
    report = reading.report
    count = len(reading.statements) + len(reading.claims)
    touched = len({one.id for one in reading.statements} & standing.touched.keys())
    touched += len({one.id for one in reading.claims} & standing.touched.keys())
    title = report.title or _first_words(covered(report.text, veil.spans)) or report.file or outlet
    return {
        "id": report.id, "number": number, "key": key, "outlet": outlet,
        "title": without_names(title, veil.names), "published": report.published,
        "language": report.language, "file": report.file,
        "unread": reading.unread.why if reading.unread else None, "wires": json.dumps(report.wires),
        "statements": len(reading.statements), "claims": len(reading.claims), "open": count - touched,
        "record": to_json(standing),
    }  # fmt: skip


def _first_words(text: str) -> str:
    words = " ".join(text[:160].split())
    return words if len(words) < 90 else f"{words[:89]}…"


def item_rows(standing: Superseded, outlet: str, veil: Veil, home: Callable[[str], str | None]) -> list[Row]:
    """Rows of a report's statements and claims; `home` gives the incident of a claim."""
    reading = standing.reading
    text = covered(reading.report.text, veil.spans)
    said = {one.id: one for one in reading.statements}
    common = {"report": reading.report.id, "outlet": outlet, "published": reading.report.published}
    rows = []
    for position, one in enumerate(reading.statements):
        words = " … ".join(text[start:end] for start, end in one.content)
        rows.append(common | _of_both(standing, one, position) | {
            "kind": "statement", "label": one.attitude, "speaker": speaker_of(one), "words": _cut(words),
            "place": "", "day": None, "incident": None, "within": one.parent,
        })  # fmt: skip
    for position, claim in enumerate(reading.claims):
        by = said.get(claim.statement or "")
        rows.append(common | _of_both(standing, claim, position) | {
            "kind": "claim", "label": claim.type, "speaker": speaker_of(by) if by else outlet,
            "words": _cut(_around(text, claim, reading)), "place": claim.place.name if claim.place else "",
            "day": claim.time.start if claim.time else None, "incident": home(claim.id),
            "within": claim.statement,
        })  # fmt: skip
    return [without_names(row, veil.names) for row in rows]


def _of_both(standing: Superseded, one: Statement | Claim, position: int) -> Row:
    touch = standing.touched.get(one.id)
    return {
        "item": one.id, "position": position, "state": touch.state if touch else "machine",
        "confidence": one.confidence, "version": version_of(one),
    }  # fmt: skip


def speaker_of(statement: Statement) -> str:
    """Who speaks, as lists show it."""
    return (statement.speaker_name or _NOT_NAMED)[:_NAME]


def _around(text: str, claim: Claim, reading: Reading) -> str:
    start, end = claim.trigger
    inside = next((s for s in reading.sentences if s[0] <= start and end <= s[1]), None)
    if inside is None:
        inside = (max(0, start - 120), min(len(text), end + 120))
    return " ".join(text[inside[0] : inside[1]].split())


def _cut(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"


def doc_rows(reading: Reading, veil: Veil) -> list[Row]:
    """What can be searched for in a report: its words, what is said, who says it, where."""
    report = reading.report
    text = covered(report.text, veil.spans)
    rows = [{"kind": "report", "item": "", "body": f"{report.title or ''}\n{text}"}]
    rows += [
        {"kind": "statement", "item": one.id, "body": " … ".join(text[s:e] for s, e in one.content)}
        for one in reading.statements
    ]
    speakers = dict.fromkeys(one.speaker_name for one in reading.statements if one.speaker_name)
    rows += [{"kind": "speaker", "item": "", "body": name} for name in speakers if name not in veil.names]
    places = dict.fromkeys(claim.place.name for claim in reading.claims if claim.place)
    rows += [{"kind": "place", "item": "", "body": name} for name in places]
    return [without_names(row, veil.names) | {"report": report.id} for row in rows]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an incident stands in the case: its number, its sign-off, when its grades last changed."""

    number: int
    sign: SignOff | None = None
    changed: str | None = None


def incident_row(incident: Incident, cluster: Cluster, stands: Stand, names: Iterable[str]) -> Row:
    """An incident's row."""
    place, time, asked = incident.place, incident.time, incident.questions
    where = place.position if place else None
    return {
        "id": incident.id, "number": stands.number, "title": without_names(incident.title, names),
        "type": incident.type, "place": without_names(place.name, names)[:_NAME] if place else "",
        "country": place.country if place else None,
        "lat": where[0] if where else None, "lon": where[1] if where else None,
        "radius_km": place.radius_km if place and where else None, "start": time.start if time else None,
        "end": time.end if time else None, "occurrence": asked.occurrence.grade,
        "responsibility": asked.responsibility.grade, "killed_low": asked.killed.low,
        "killed_high": asked.killed.high, "reports": len(incident.reports), "origins": incident.independent_origins,
        "stage": stands.sign.stage if stands.sign else "draft", "changed_at": stands.changed,
        "version": version_of(incident), "record": to_json(incident), "cluster": to_json(cluster),
    }  # fmt: skip


def origin_rows(incident: Incident, outlets: Mapping[str, str], names: Iterable[str]) -> list[Row]:
    """Rows of an incident's origins, each with the outlets that carry it."""
    names = list(names)
    rows = []
    for position, one in enumerate(incident.origins):
        carried = sorted({outlets[report] for report in one.reports if report in outlets})
        row = without_names({
            "name": one.name[:_NAME], "family": one.family, "party": one.party, "interest": one.interest,
            "own": one.own_knowledge, "outlets": json.dumps(carried, ensure_ascii=False),
            "why": json.dumps(one.why, ensure_ascii=False),
        }, names)  # fmt: skip
        kind = content_id("origin", *(row[name] for name in ("name", "family", "party", "interest")))
        rows.append(row | {"kind": kind, "incident": incident.id, "position": position})
    return rows


def cut_name(name: str) -> str:
    """A name as the rows have it."""
    return name[:_NAME]


def graded(incident: Incident | None) -> dict[str, str | None]:
    """What the history of an incident tells of: each question's grade, and the range of the dead."""
    if incident is None:
        return {}
    asked = incident.questions
    return {
        "occurrence": asked.occurrence.grade, "responsibility": asked.responsibility.grade,
        "killed": asked.killed.grade, "injured": asked.injured.grade,
        "place": asked.place.grade, "time": asked.time.grade,
    }  # fmt: skip


def summary_of(decision: Decision, numbers: Mapping[str, int]) -> str:
    """A decision in a line, for lists: what was done to what; never the words of a report, which may be sensitive."""
    target = decision.target
    report = f" in R-{numbers[target.report]}" if target.report is not None and target.report in numbers else ""
    if decision.action == "undo":
        return f"took back {target.item}"
    if decision.action == "status":
        return f"set the incident to {decision.fields.get('status')}"
    verbs = {
        "accept": "accepted", "reject": "rejected", "edit": "corrected", "add": "added", "merge": "merged",
        "split": "split", "move": "moved", "mark": "marked as sensitive",
    }  # fmt: skip
    set_fields = sorted(set(decision.fields) - {"parts", "sensitive"}) if decision.action == "edit" else []
    what = f" ({', '.join(set_fields)})" if set_fields else ""
    name = {"copy": "the relation of two reports", "origin": "an origin", "passage": "a passage"}.get(
        target.kind, f"{target.kind} {target.item if target.kind != 'incident' else ''}".strip()
    )
    return f"{verbs[decision.action]} {name}{what}{report}"
