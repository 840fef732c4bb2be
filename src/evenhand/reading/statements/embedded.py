"""Layers inside a content: "…, the army command announced that the town was clear" within somebody's words.

PolNeAR, on which the network learned most, marks the outermost statement only. Where a found content holds a verb of
telling with its "that" clause and a subject before it, the convention wants a statement in the statement. Only verbs
that introduce what was told count, and never a first person (that is the outer speaker).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evenhand.model.evidence import Span
from evenhand.reading.names.lexicon import DEFINITE, INDEFINITE, PREPOSITIONS, SPEAKER
from evenhand.reading.statements.shape import Shape, trim, trim_content

_TOLD = re.compile(
    r"\b(?P<aux>(?:(?:has|have|had|also|now|already|earlier|later|again|repeatedly|recently|clearly|previously)\s+){0,4})"
    r"(?P<cue>announced|announces|claimed|claims|concluded|concludes|found|confirmed|confirms|revealed|reveals|"
    r"declared|declares|warned|warns|insisted|insists|alleged|alleges|acknowledged|admitted|reported|reports|stated|"
    r"states|denied|denies|makes\s+clear|made\s+clear|saying)\s+"
    r"(?:(?:on|in|at|to|via|by|through|during|earlier|yesterday|today)\b[^.,;:\"“”]{0,40}\s)?that\s+(?=\S)",
)
_ENGAGED = re.compile(  # not told but meant: what follows is a noun phrase or a verb, no clause
    r"\b(?P<aux>(?:(?:has|have|had|is|are|was|were|remains?|remained|now|also|again|fully|already)\s+){0,4})"
    r"(?P<cue>claims|claimed|committed|vowed|pledged|promised|threatened)\s+"
    r"(?:(?=(?:full|total|complete|partial)?\s?(?:control|victory)\b)|to\s+(?=[a-z]))",
)
_CLAUSE_BREAK = re.compile(
    r"[,;:.!?\"“”(]\s*|\b(?:and|but|although|though|because|that|as|while|when|where|if|after|since|heard|saw)\s",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",?\s{0,8}(?:which|who|that)\s{0,8}\Z", re.IGNORECASE)
_ENDS = re.compile(r"[.!?](?=\s|\Z)|[;\"“”\n]|,\s+(?=\w+ing\b)")
_WHO_CLAUSE = re.compile(r",?\s{1,8}(?:who|which|whom|whose)\b", re.IGNORECASE)
_IN_WHICH = re.compile(r"\b(?:in|by|through|with) which\s{1,4}(?=\S)")
_HELPING = re.compile(r"(?:\s{1,4}(?:has|have|had|also|again|recently|now)){1,3}\s{0,4}\Z")
_WORDS = re.compile(r"[\w'’.-]+")
_MOST_WORDS, _LEAST_SAID = 12, 12
_SURENESS = 0.7


def layers(text: str, shapes: Sequence[Shape]) -> list[Shape]:
    """Inner statements of the given ones; those whose verb is somebody's cue already are left alone."""
    cues = {s.cue[0] for s in shapes if s.cue} | {s.cue[1] for s in shapes if s.cue}
    out: list[Shape] = []
    for shape in shapes:
        if shape.cue is None and shape.source is None and not shape.continues:
            continue
        for start, end in shape.content:
            told = _TOLD.finditer(text, start, end) if text.find("that", start, end) >= 0 else ()
            for match in (*told, *_ENGAGED.finditer(text, start, end)):
                cue = match.span("cue")
                if cue[0] in cues or cue[1] in cues:
                    continue
                inner = _inner(text, shape, (start, end), match)
                if inner is not None:
                    cues |= set(cue)
                    out.append(inner)
    return out


def relative_sources(text: str, shapes: Sequence[Shape]) -> None:
    """The subject within "a report in which Y says": Y, where whoever stands before the report was taken for it."""
    for shape in shapes:
        if shape.cue is None or shape.source is None or shape.source[1] >= shape.cue[0]:
            continue
        openers = list(_IN_WHICH.finditer(text, shape.source[1], shape.cue[0]))
        if not openers:
            continue
        opener = openers[-1]
        helping = _HELPING.search(text, max(opener.end(), shape.cue[0] - 40), shape.cue[0])
        who = _noun_phrase(text, opener.end(), helping.start() if helping else shape.cue[0])
        if who is not None and not _ENDS.search(text, *who):
            shape.source = who


def name_sources(text: str, shapes: Sequence[Shape], quoting: Callable[[str, Span | None], bool]) -> None:
    """Inner statements whose source the network left out: the subject of their cue within the outer content."""
    for shape in shapes:
        if shape.parent is None or shape.cue is None or shape.source is not None:
            continue
        held = next((s for s in shape.parent.content if s[0] <= shape.cue[0] < s[1]), None)
        if held is None or shape.cue[0] <= held[0]:
            continue
        end = shape.cue[0]
        if text[held[0] : end].endswith("as "):
            end -= 3
        if quoting(text, shape.parent.cue):  # "quoted X who fled as saying": all but the clause
            clause = _WHO_CLAUSE.search(text, held[0], end)
            shape.source = trim(text, (held[0], clause.start() if clause else end))
        else:
            shape.source = _subject(text, held[0], end)


def _inner(text: str, shape: Shape, held: Span, match: re.Match[str]) -> Shape | None:
    who = _subject(text, held[0], match.start("aux"))
    stop = _ENDS.search(text, match.end(), held[1])
    what = trim_content(text, (match.end(), stop.start() if stop else held[1]))
    if who is None or what is None or what[1] - what[0] < _LEAST_SAID:
        return None
    return Shape([what], match.span("cue"), who, shape.confidence * _SURENESS, parent=shape)


def _subject(text: str, start: int, end: int) -> Span | None:
    """The noun phrase before a verb: the clause so far, or what a relative pronoun continues."""
    relative = _RELATIVE.search(text, max(start, end - 12), end)
    if relative is not None:
        return _before_relative(text, start, relative.start())
    begin = start
    for match in _CLAUSE_BREAK.finditer(text, max(start, end - 160), end):
        if match.end() < end:
            begin = match.end()
    return _noun_phrase(text, begin, end)


def _before_relative(text: str, start: int, end: int) -> Span | None:
    words = list(_WORDS.finditer(text, max(start, end - 100), end))
    for word in reversed(words):
        if word.group().lower() in DEFINITE | INDEFINITE:
            return _noun_phrase(text, word.start(), end)
    return None


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    span = trim(text, (start, end))
    words = [w.lower() for w in _WORDS.findall(text[slice(*span)])] if span else []
    if not words or len(words) > _MOST_WORDS or words[0] in SPEAKER or words[0] in ("there", "this", "to", "not"):
        return span if span and words[:1] == ["this"] and len(words) > 1 else None
    if words[-1] in DEFINITE | INDEFINITE | PREPOSITIONS:
        return None  # its "verb" is a noun: "it was concerned by the | reports that"
    return span
