"""Which place expression of a sentence says where an event happened.

A conditional logit over the sentence's place expressions and "none of them": every expression and the
null answer get a sum of weights, one a feature; the highest sum wins. The weights are in
`event_place.json`, trained by `evenhand.learning.places`; features are words of English and of grammar,
never names.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.reading.places.records import PlaceMention

Span = tuple[int, int]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.,;:()\"“”‘’'—–-]")
_CLAUSE_WORDS = """
who which that where when while after before as and but or said says told because if since until although whose
with by including near in at of on from to into for against between
"""
_CLAUSE = frozenset(_CLAUSE_WORDS.split())
_WINDOW = 400
_BE = frozenset({"was", "were", "been", "being", "is", "are", "be", "got", "get"})
_DISTANCES = (0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30)
_SPECIFIC = {"country": 0, "continent": 0, "macro": 1, "adm1": 2, "adm2": 3, "region": 3, "sea": 1, "river": 3}


def place_of_event(text: str, sentence: Span, trigger: Span, mentions: Sequence[PlaceMention]) -> int | None:
    """Index of the mention that is the event's place, None when the sentence names none."""
    chosen = places_of_event(text, sentence, trigger, mentions)
    return chosen[0] if chosen else None


def places_of_event(text: str, sentence: Span, trigger: Span, mentions: Sequence[PlaceMention]) -> tuple[int, ...]:
    """As place_of_event, with the other members of a list ("in X, Y and Z") after the best one."""
    inside, rows = candidate_features(text, sentence, trigger, mentions)
    if not inside:
        return ()
    weights = _weights()
    scores = [math.fsum(weights.get(f, 0.0) for f in row) for row in rows]
    null, scores = scores[-1], scores[:-1]
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    if scores[best] <= null + weights.get("", 0.0):
        return ()
    return (inside[best], *_listed(text, mentions, inside, best))


def inherited_place(
    sentences: Sequence[Span], sentence: int, mentions: Sequence[PlaceMention], *, back: int = 2
) -> int | None:
    """The place that an event inherits whose sentence names none.

    It is the last plain place of the nearest of the `back` sentences before it that names one; towns and
    their parts go before provinces, provinces before countries. None when there
    is none; `sentence` is an index into `sentences`.
    """
    for k in range(sentence - 1, max(-1, sentence - 1 - back), -1):
        start, end = sentences[k]
        here = [i for i, m in enumerate(mentions) if m.use == "place" and start <= m.name_start and m.name_end <= end]
        if here:
            return max(here, key=lambda i: (_specificity(mentions[i]), i))
    return None


def _listed(text: str, mentions: Sequence[PlaceMention], inside: list[int], best: int) -> list[int]:
    out = []
    for step in (1, -1):
        k = best + step
        while 0 <= k < len(inside):
            one, two = sorted((mentions[inside[k]], mentions[inside[k - step]]), key=lambda m: m.start)
            gap = text[one.end : two.start].strip(" ,") if two.start >= one.end else "?"
            comma = "," in text[one.end : two.start] and one.inside is None
            far = {m.relation.kind for m in (one, two) if m.relation is not None} & {"offset", "near", "between"}
            if far or one.use != "place" or two.use != "place":
                break
            if gap not in {"and", "or"} and not (gap == "" and comma):
                break
            out.append(inside[k])
            k += step
    return out


@functools.cache
def _weights() -> dict[str, float]:
    data = importlib.resources.files(__package__).joinpath("event_place.json").read_text(encoding="utf-8")
    return dict(json.loads(data)["weights"])


def candidate_features(
    text: str, sentence: Span, trigger: Span, mentions: Sequence[PlaceMention]
) -> tuple[list[int], list[list[str]]]:
    """The mentions that lie in the sentence and a list of features for each, the null answer's last."""
    start, end = max(sentence[0], trigger[0] - _WINDOW), min(sentence[1], trigger[1] + _WINDOW)
    inside = [
        k for k, m in enumerate(mentions)
        if start <= m.name_start and m.name_end <= end and m.use != "part_of_name"
        and (m.name_end <= trigger[0] or m.name_start >= trigger[1])
    ]  # fmt: skip
    word = text[trigger[0] : trigger[1]].lower()
    before = _WORD.findall(text[max(start, trigger[0] - 40) : trigger[0]].lower())
    passive = any(w in _BE for w in before[-2:])
    event = _Event(text, (start, end), trigger, mentions, inside, word, passive)
    rows = [_features(event, n) for n in range(len(inside))]
    rows.append(_null_features(event))
    return inside, rows


@dataclass(frozen=True, slots=True)
class _Event:
    text: str
    sentence: Span
    trigger: Span
    mentions: Sequence[PlaceMention]
    inside: list[int]
    word: str
    passive: bool


def _bucket(n: int) -> int:
    return next((i for i, d in enumerate(_DISTANCES) if n <= d), len(_DISTANCES))


def _kind(mention: PlaceMention) -> str:
    if not mention.entries:
        return "unknown"
    kinds = {e.kind for e in mention.entries}
    for kind in ("country", "continent", "macro"):
        if kind in kinds:
            return kind
    return "adm1" if "adm1" in kinds and "town" not in kinds else mention.entries[0].kind


def _specificity(mention: PlaceMention) -> int:
    kind = _kind(mention)
    if mention.cue in {"province", "provinces", "governorate", "state", "region"} and kind not in {"country"}:
        return 2
    return _SPECIFIC.get(kind, 4)


def _features(event: _Event, n: int) -> list[str]:
    text, sentence, trigger, mentions, inside = event.text, event.sentence, event.trigger, event.mentions, event.inside
    word, passive, m = event.word, event.passive, mentions[inside[n]]
    after = m.name_start >= trigger[1]
    side = ">" if after else "<"
    between = text[trigger[1] : max(trigger[1], m.start)] if after else text[m.end : max(m.end, trigger[0])]
    words = _WORD.findall(between.lower())
    real = [w for w in words if w[0].isalnum()]
    out = [f"{side}d{_bucket(len(real))}", side]
    lead = _WORD.findall(text[max(sentence[0], m.start - 40) : m.start].lower())
    prep = lead[-1] if lead else "^"
    if lead and len(lead) > 1 and prep == "the":
        prep = lead[-2] + " the"
    out += [f"p={prep}", f"{side}p={prep}"]
    if len(lead) > 1:
        out.append(f"pp={lead[-2]} {lead[-1]}")
    tail = _WORD.findall(text[m.end : min(sentence[1], m.end + 25)].lower())
    out.append(f"n={tail[0] if tail else '$'}")
    kind = _kind(m)
    cue = m.cue or "-"
    relation = m.relation.kind if m.relation else "-"
    out += [f"k={kind}", f"{side}k={kind}", f"c={cue}", f"r={relation}", f"u={m.use}", f"pk={prep}|{kind}"]
    out += _context(mentions, inside, n, side)
    out += [f"{side}b={w}" for w in set(words) & _CLAUSE]
    marks = sum(w in {",", ";", "—", "–", "("} for w in words)
    out.append(f"{side}marks{min(marks, 3)}")
    if any(w in {'"', "“", "”"} for w in words):
        out.append(f"{side}quote")
    if any(w.endswith(("ed", "ing")) for w in real):
        out.append(f"{side}verb between")
    if len(real) <= 3:
        out.append(f"{side}x={' '.join(words)}")
    out += [f"{side}t={word}", f"t={word}|k={kind}", f"{side}passive={passive}"]
    if m.start - sentence[0] < 3:
        out.append("opens")
    return out


def _context(mentions: Sequence[PlaceMention], inside: list[int], n: int, side: str) -> list[str]:
    m, own = mentions[inside[n]], _specificity(mentions[inside[n]])
    others = [mentions[k] for i, k in enumerate(inside) if i != n and mentions[k].use == "place"]
    finer = sum(_specificity(o) > own for o in others)
    out = [f"finer{min(finer, 2)}", f"{side}finer{min(finer, 2)}", f"of{min(len(inside), 5)}",
           f"first{n == 0}", f"last{n == len(inside) - 1}", f"spec{own}"]  # fmt: skip
    if m.inside is not None:
        out.append("is inside")
    if any(o.inside == inside[n] for o in mentions):
        out.append("holds")
    near = sum(1 for k in inside[:n] if side == ">" and mentions[k].use == "place" and mentions[k].name_start > 0)
    out.append(f"{side}before{min(near, 3)}")
    return out


def _null_features(event: _Event) -> list[str]:
    text, sentence, trigger, mentions, inside = event.text, event.sentence, event.trigger, event.mentions, event.inside
    word, passive = event.word, event.passive
    here = [mentions[k] for k in inside]
    out = ["null", f"0of{min(len(inside), 6)}", f"0t={word}", f"0passive={passive}"]
    out.append(f"0best={max((_specificity(m) for m in here), default=-1)}")
    out.append(f"0place={min(3, sum(m.use == 'place' for m in here))}")
    out.append(f"0after={any(m.name_start >= trigger[1] for m in here)}")
    out.append(f"0len={_bucket(len(text[sentence[0] : sentence[1]]) // 25)}")
    following = _WORD.findall(text[trigger[1] : trigger[1] + 30].lower())[:2]
    out += [f"0n={following[0] if following else '$'}"]
    leading = _WORD.findall(text[max(sentence[0], trigger[0] - 30) : trigger[0]].lower())[-1:]
    out.append(f"0p={leading[0] if leading else '^'}")
    return out
