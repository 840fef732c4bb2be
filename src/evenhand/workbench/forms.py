"""Forms to proposals: what a person typed or selected, as fields with exact words. Unchanged fields are left alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from evenhand.errors import RefusedError
from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Entity, Reading, Statement
from evenhand.reviewing.records import plain

Form = Mapping[str, str]
Fields = tuple[dict[str, Any], dict[str, tuple[str, ...]]]


def found_words(text: str, words: str, at: str = "") -> Span:
    """Where exactly these words stand. `at`: the code point where they were selected, or which time (`2nd`, from 1).

    Raises RefusedError when they stand nowhere, or several times and `at` does not say which.
    """
    if not words:
        raise RefusedError("give the exact words")
    places: list[int] = []
    start = text.find(words)
    while start >= 0 and len(places) < 200:
        places.append(start)
        start = text.find(words, start + 1)
    if not places:
        raise RefusedError(f"the report does not say exactly “{words[:80]}”; copy the words from the text")
    if at.startswith("#") and at[1:].isdigit():
        number = int(at[1:])
        if not 1 <= number <= len(places):
            raise RefusedError(f"“{words[:80]}” stands {len(places)} times in the report; there is no number {number}")
        return places[number - 1], places[number - 1] + len(words)
    if at.isdigit():
        if int(at) not in places:
            raise RefusedError(f"at {at} the report does not say “{words[:80]}”; select the words again")
        return int(at), int(at) + len(words)
    if len(places) > 1:
        raise RefusedError(f"“{words[:80]}” stands {len(places)} times in the report: say which one, from 1")
    return places[0], places[0] + len(words)


def statement_fields(form: Form, reading: Reading, now: Statement | None) -> Fields:
    """Fields of a statement that the form sets otherwise than they are."""
    text = reading.report.text
    fields: dict[str, Any] = {}
    exact: dict[str, tuple[str, ...]] = {}
    for name in ("kind", "attitude"):
        if form.get(name) and (now is None or form[name] != getattr(now, name)):
            fields[name] = form[name]
    if "parent" in form and (now is None or (form["parent"] or None) != now.parent):
        fields["parent"] = form["parent"] or None
    _speaker(form, now, fields)
    if "speaker_org" in form and (now is None or (form["speaker_org"] or None) != now.speaker_org):
        fields["speaker_org"] = form["speaker_org"] or None
    segments = [line for line in form.get("content", "").replace("\r\n", "\n").split("\n~\n") if line]
    if segments and (now is None or segments != [text[s:e] for s, e in now.content]):
        starts = (form.get("content_at") or "").split()
        spans = [found_words(text, words, starts[i] if i < len(starts) else "") for i, words in enumerate(segments)]
        fields["content"], exact["content"] = sorted(spans), tuple(text[s:e] for s, e in sorted(spans))
    for name in ("cue", "source"):
        _one_span(name, form, getattr(now, name) if now else None, text, (fields, exact))
    return fields, exact


def _speaker(form: Form, now: Statement | None, fields: dict[str, Any]) -> None:
    """A name typed stands over a name chosen; `-` chosen is nobody."""
    typed = form.get("speaker_name", "").strip()
    if typed and (now is None or typed != now.speaker_name):
        fields["speaker"], fields["speaker_name"] = None, typed
        return
    chosen = form.get("speaker")
    if chosen == "-" and now is not None and now.speaker_name is not None:
        fields["speaker"], fields["speaker_name"] = None, None
    elif chosen and chosen != "-" and (now is None or chosen != now.speaker):
        fields["speaker"] = chosen


def _one_span(name: str, form: Form, now: Span | None, text: str, into: Fields) -> None:
    if name not in form:
        return
    words = form[name]
    if (text[now[0] : now[1]] if now else "") == words and not form.get(f"{name}_at"):
        return
    span = found_words(text, words, form.get(f"{name}_at", "")) if words else None
    into[0][name] = span
    if span is not None:
        into[1][name] = (words,)


def claim_fields(form: Form, reading: Reading, now: Claim | None) -> Fields:
    """Fields of a claim that the form sets otherwise than they are."""
    text = reading.report.text
    fields: dict[str, Any] = {}
    exact: dict[str, tuple[str, ...]] = {}
    for name in ("type", "polarity", "modality"):
        if form.get(name) and (now is None or form[name] != getattr(now, name)):
            fields[name] = form[name]
    if "statement" in form and (now is None or (form["statement"] or None) != now.statement):
        fields["statement"] = form["statement"] or None
    _one_span("trigger", form, now.trigger if now else None, text, (fields, exact))
    for name in ("actor", "target", "weapon"):
        _whole(name, _participant(name, form, text, now), now, (fields, exact), text)
    _whole("place", _place(form, text, now), now, (fields, exact), text)
    _whole("time", _time(form, text, now), now, (fields, exact), text)
    if "quantities" in form:
        made = _quantities(form, text, now)
        if made != plain(now.quantities if now else ()):
            fields["quantities"], exact["quantities"] = made, tuple(text[s:e] for s, e in (q["span"] for q in made))
    return fields, exact


def _whole(name: str, made: Any, now: Claim | None, into: Fields, text: str) -> None:
    """A field that is a record: set whole when any of it changed."""
    if made is _ABSENT:
        return
    before = plain(getattr(now, name)) if now is not None and getattr(now, name) is not None else None
    if before is not None and made is not None:
        made = {**before, **made}
        if made == before:
            return
    elif before is None and made is None:
        return
    into[0][name] = made
    if made is not None and made.get("span"):
        start, end = made["span"]
        into[1][name] = (text[start:end],)


_ABSENT = object()


def _participant(name: str, form: Form, text: str, now: Claim | None) -> Any:
    if f"{name}_name" not in form:
        return _ABSENT
    called = form[f"{name}_name"].strip()
    if not called:
        return None
    made: dict[str, Any] = {"name": called, "entity": form.get(f"{name}_entity") or None}
    return made | _span_of(name, form, text, now)


def _span_of(name: str, form: Form, text: str, now: Claim | None) -> dict[str, Any]:
    """The span of the words given; words left as they were stay where they were, however often they stand."""
    words = form.get(f"{name}_words", "")
    part = getattr(now, name) if now is not None else None
    kept = part.span if part is not None else None
    if kept is not None and text[kept[0] : kept[1]] == words and not form.get(f"{name}_at"):
        return {"span": list(kept)}
    if not words:
        return {"span": None} if f"{name}_words" in form else {}
    return {"span": list(found_words(text, words, form.get(f"{name}_at", "")))}


def _place(form: Form, text: str, now: Claim | None) -> Any:
    if "place_name" not in form:
        return _ABSENT
    if not form["place_name"].strip():
        return None
    made: dict[str, Any] = {
        "name": form["place_name"].strip(),
        "country": form.get("place_country", "").strip() or None,
    }
    for key in ("lat", "lon", "radius_km"):
        made[key] = _number(form.get(f"place_{key}", ""), key)
    precision = form.get("place_precision", "")
    made["precision"] = int(precision) if precision.isdigit() else None
    was = now.place if now is not None else None
    if was is not None and (made["lat"], made["lon"]) != (was.lat, was.lon):
        made |= {"gazetteer": None, "why": None}  # what the gazetteer says is of another point
    return made | _span_of("place", form, text, now)


def _time(form: Form, text: str, now: Claim | None) -> Any:
    if "time_start" not in form:
        return _ABSENT
    start, end = form["time_start"].strip() or None, form.get("time_end", "").strip() or None
    if start is None and end is None:
        return None
    precision = form.get("time_precision", "")
    made: dict[str, Any] = {"start": start, "end": end, "precision": int(precision) if precision.isdigit() else None}
    return made | _span_of("time", form, text, now)


def _quantities(form: Form, text: str, now: Claim | None) -> list[dict[str, Any]]:
    before = plain(now.quantities) if now is not None else []
    made = []
    for number in range(min(20, int(form["quantities"]) if form["quantities"].isdigit() else 0)):
        words = form.get(f"q{number}_words", "")
        if not words:
            continue
        was = before[number] if number < len(before) else {}
        if was and text[was["span"][0] : was["span"][1]] == words and not form.get(f"q{number}_at"):
            span = was["span"]
        else:
            span = list(found_words(text, words, form.get(f"q{number}_at", "")))
        made.append({
            **{"part_of": None, "cumulative": False, "why": None}, **was,
            "role": form.get(f"q{number}_role", "killed"), "span": span, "op": form.get(f"q{number}_op", "="),
            **{bound: _number(form.get(f"q{number}_{bound}", ""), bound) for bound in ("low", "best", "high")},
            "of": form.get(f"q{number}_of", "").strip() or None,
        })  # fmt: skip
    return made


def _number(words: str, name: str) -> float | int | None:
    words = words.strip()
    if not words:
        return None
    try:
        value = float(words)
    except ValueError as problem:
        raise RefusedError(f"{name}: {words[:40]!r} is no number") from problem
    if not math.isfinite(value):
        raise RefusedError(f"{name}: {words[:40]!r} is no number")
    return int(value) if value.is_integer() and name not in {"lat", "lon"} else value


def entity_fields(form: Form, reading: Reading, now: Entity | None) -> Fields:
    """Fields of a person, body or group that the form sets otherwise than they are."""
    text = reading.report.text
    fields: dict[str, Any] = {}
    exact: dict[str, tuple[str, ...]] = {}
    for name in ("kind", "name"):
        if form.get(name, "").strip() and (now is None or form[name].strip() != getattr(now, name)):
            fields[name] = form[name].strip()
    for name in ("role", "org", "party"):
        if name in form and (now is None or (form[name].strip() or None) != getattr(now, name)):
            fields[name] = form[name].strip() or None
    if form.get("mention"):
        span = found_words(text, form["mention"], form.get("mention_at", ""))
        kept = plain(now.mentions) if now is not None else []
        fields["mentions"] = sorted([*kept, {"span": list(span), "form": "name"}], key=lambda one: one["span"])
        exact["mentions"] = tuple(text[s:e] for s, e in (one["span"] for one in fields["mentions"]))
    return fields, exact


def split_parts(form: Form, kind: str, text: str) -> Fields:
    """Two parts of a record, from the exact words of each."""
    parts: list[dict[str, Any]] = []
    exact: dict[str, tuple[str, ...]] = {}
    for number in (0, 1):
        words = form.get(f"part{number}", "").replace("\r\n", "\n")
        if kind == "entity":
            name = form.get(f"part{number}_name", "").strip()
            part: dict[str, Any] = {"name": name} if name else {}
            if number == 1 and words:
                span = found_words(text, words, form.get("part1_at", ""))
                part["mentions"] = [{"span": list(span), "form": "name"}]
                exact["parts.1"] = (words,)
        else:
            span = found_words(text, words, form.get(f"part{number}_at", ""))
            part = {"content": [list(span)]} if kind == "statement" else {"trigger": list(span)}
            if kind == "claim" and form.get(f"part{number}_type"):
                part["type"] = form[f"part{number}_type"]
            exact[f"parts.{number}"] = (words,)
        parts.append(part)
    return {"parts": parts}, exact
