"""Statements and claims against gold.

Statements pair one to one, best overlap first, at a Dice overlap of content code points ≥ .8. Claims pair when
their types agree (or are of one family) and their triggers overlap or stand in one sentence within 40 code points.
The rules are those of the project's public scorer, so that figures compare.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evenhand.evaluation.gold import GoldClaim, GoldReport, Places
from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Participant, Reading, Statement

_FAMILIES = (
    {"killing", "execution"},
    {"airstrike", "shelling", "bombing", "ground_attack"},
    {"armed_clash", "ground_attack"},
    {"evacuation", "displacement", "movement"},
    {"detention", "abduction"},
    {"agreement", "ceasefire"},
)
_SAME_STATEMENT, _NEAR_STATEMENT, _SAME_SOURCE = 0.8, 0.5, 0.6
_NEAR_TRIGGER, _NEAR_PLACE_KM = 40, 25.0
_EARTH_DIAMETER_KM = 12742.0
_NOT_NAMES = {"the", "a", "an", "of", "unnamed", "mr", "and"}


@dataclass(frozen=True, slots=True)
class Result:
    """Figures by name (0–1, or counts), and the misses and extras in words."""

    figures: dict[str, float]
    listing: tuple[str, ...]


def score(pairs: Iterable[tuple[GoldReport, Reading]]) -> Result:
    """Score readings against the gold they were made for."""
    counts: Counter[str] = Counter()
    listing: list[str] = []
    for gold, reading in pairs:
        ids = _score_statements(gold, reading, counts, listing)
        _score_claims(gold, reading, ids, counts, listing)
        _score_quantities(gold, reading, counts)
    return Result(_figures(counts), tuple(listing))


def show(result: Result, *, listing: bool) -> str:
    """The figures, one a line, after the listing if asked for."""
    lines = list(result.listing) if listing else []
    return "\n".join(lines + [f"{name:38} {value:.3f}" for name, value in result.figures.items()])


def dice(a: Places, b: Places) -> float:
    """Dice overlap of two sets of code points; 0 when either is empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names share at least half the words of the shorter one."""
    one, other = ({w for w in re.findall(r"\w+", (x or "").lower()) if w not in _NOT_NAMES} for x in (a, b))
    return bool(one & other) and len(one & other) / min(len(one), len(other)) >= 0.5


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points (haversine)."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def pair(gold: int, found: int, likeness: Callable[[int, int], float], floor: float) -> list[tuple[int, int, float]]:
    """One-to-one pairs (gold, found, likeness), best first, at or above the floor."""
    candidates = sorted(((likeness(i, j), i, j) for i in range(gold) for j in range(found)), reverse=True)
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for value, i, j in candidates:
        if value < floor:
            break
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j, value))
    return pairs


def _places(spans: Sequence[Span]) -> Places:
    return frozenset(place for start, end in spans for place in range(start, end))


def _score_statements(gold: GoldReport, reading: Reading, counts: Counter[str], listing: list[str]) -> dict[str, str]:
    wanted, found, text = gold.statements, reading.statements, reading.report.text
    contents = [_places(s.content) for s in found]
    near = pair(len(wanted), len(found), lambda i, j: dice(wanted[i].content, contents[j]), _NEAR_STATEMENT)
    same = [(i, j) for i, j, value in near if value >= _SAME_STATEMENT]
    counts.update({"wanted": len(wanted), "found": len(found), "near": len(near), "same": len(same)})
    ids = {wanted[i].id: found[j].id for i, j, _ in near}
    for i, j in same:
        counts["speaker"] += same_name(wanted[i].speaker, found[j].speaker_name)
        counts["kind"] += wanted[i].kind == found[j].kind
        counts["attitude"] += wanted[i].attitude == found[j].attitude
        if wanted[i].source:
            counts["sources"] += 1
            source = _places([found[j].source] if found[j].source else [])  # type: ignore[list-item]
            counts["source"] += dice(wanted[i].source, source) >= _SAME_SOURCE
    parents = {i: found[j].parent for i, j, _ in near}
    for i, statement in enumerate(wanted):
        if statement.parent:
            counts["nested"] += 1
            counts["parent"] += parents.get(i) is not None and parents[i] == ids.get(statement.parent)
    hit, used = {i for i, _ in same}, {j for _, j in same}
    listing += [f"missed  {gold.name} {s.id} {_words(text, s.content)}" for i, s in enumerate(wanted) if i not in hit]
    listing += [f"extra   {gold.name} {s.id} {_statement_words(text, s)}" for j, s in enumerate(found) if j not in used]
    return ids


def _score_claims(
    gold: GoldReport, reading: Reading, ids: dict[str, str], counts: Counter[str], listing: list[str]
) -> None:
    wanted, found, text = gold.claims, reading.claims, reading.report.text
    triggers = [_places([c.trigger]) for c in found]

    def likeness(i: int, j: int) -> float:
        a, b = wanted[i].trigger, triggers[j]
        if not _same_type(wanted[i].type, found[j].type) or not a or not b:
            return 0.0
        if a & b:
            return 2.0
        distance = max(min(a), min(b)) - min(max(a), max(b))
        low, high = sorted((min(a), min(b)))
        return 1 - distance / 100 if distance <= _NEAR_TRIGGER and "." not in text[low:high] else 0.0

    pairs = pair(len(wanted), len(found), likeness, 0.5)
    counts.update({"claims wanted": len(wanted), "claims found": len(found), "claims": len(pairs)})
    for i, j, _ in pairs:
        _score_claim(wanted[i], found[j], ids, counts, text)
    hit, used = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    listing += [f"missed  {gold.name} {c.type} {_words(text, c.trigger)}" for i, c in enumerate(wanted) if i not in hit]
    listing += [
        f"extra   {gold.name} {c.type} {text[slice(*c.trigger)]!r}" for j, c in enumerate(found) if j not in used
    ]


def _score_claim(wanted: GoldClaim, found: Claim, ids: dict[str, str], counts: Counter[str], text: str) -> None:
    counts["polarity"] += wanted.polarity == found.polarity
    counts["modality"] += wanted.modality == found.modality
    counts["under"] += (ids.get(wanted.statement) if wanted.statement else None) == found.statement
    for role, want, have in (("actor", wanted.actor, found.actor), ("target", wanted.target, found.target)):
        if want:
            counts[f"{role}s"] += 1
            counts[role] += have is not None and same_name(want, _names(have, text))
    if wanted.point:
        counts["places"] += 1
        place = found.place
        if place is not None and place.lat is not None and place.lon is not None:
            counts["place"] += kilometres(wanted.point, (place.lat, place.lon)) <= _NEAR_PLACE_KM
    if wanted.dates:
        counts["dates"] += 1
        counts["date"] += found.time is not None and wanted.dates == (found.time.start, found.time.end)


def _score_quantities(gold: GoldReport, reading: Reading, counts: Counter[str]) -> None:
    wanted = [q for claim in gold.claims for q in claim.quantities]
    found = [q for claim in reading.claims for q in claim.quantities]
    pairs = pair(len(wanted), len(found), lambda i, j: dice(wanted[i].span, _places([found[j].span])), 0.5)
    counts.update({"quantities wanted": len(wanted), "quantities found": len(found), "quantities": len(pairs)})
    for i, j, _ in pairs:
        w, f = wanted[i], found[j]
        counts["value"] += (w.low, w.best) == (f.low, f.best) or (w.low, w.high) == (f.low, f.high)


def _figures(n: Counter[str]) -> dict[str, float]:
    def f1(hits: str, found: str, wanted: str) -> float:
        return 2 * n[hits] / (n[found] + n[wanted]) if n[found] + n[wanted] else 0.0

    def share(hits: str, of: str) -> float:
        return n[hits] / n[of] if n[of] else 0.0

    return {
        "statements in gold": n["wanted"], "statements found": n["found"],
        "statements F1 (Dice >= .8)": f1("same", "found", "wanted"),
        "statements F1 (Dice >= .5)": f1("near", "found", "wanted"),
        "speaker resolved, of matched": share("speaker", "same"), "source span": share("source", "sources"),
        "kind": share("kind", "same"), "attitude": share("attitude", "same"),
        "nested found with right parent": share("parent", "nested"),
        "claims in gold": n["claims wanted"], "claims found": n["claims found"],
        "claims F1": f1("claims", "claims found", "claims wanted"),
        "claim actor": share("actor", "actors"), "claim target": share("target", "targets"),
        "claim place <= 25 km": share("place", "places"), "claim date": share("date", "dates"),
        "claim polarity": share("polarity", "claims"), "claim modality": share("modality", "claims"),
        "claim under right statement": share("under", "claims"),
        "quantities F1": f1("quantities", "quantities found", "quantities wanted"),
        "quantity value": share("value", "quantities"),
    }  # fmt: skip


def _same_type(a: str, b: str) -> bool:
    return a == b or any(a in family and b in family for family in _FAMILIES)


def _names(participant: Participant, text: str) -> str:
    return f"{participant.name} {text[slice(*participant.span)]}" if participant.span else participant.name


def _words(text: str, places: Places) -> str:
    return repr(text[min(places) : max(places) + 1][:80]) if places else "''"


def _statement_words(text: str, statement: Statement) -> str:
    return " … ".join(repr(text[start:end][:60]) for start, end in statement.content)
