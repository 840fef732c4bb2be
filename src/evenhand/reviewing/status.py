"""Sign-off and sensitive marks, read off the decisions in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from evenhand.errors import RefusedError
from evenhand.model.evidence import Record, Span
from evenhand.model.reading import Reading
from evenhand.reviewing.anchors import holds_in
from evenhand.reviewing.records import Decision

Stage = Literal["draft", "reviewed", "signed"]
_WORDS = 4  # shorter ones stand in half of all words
STAGES: tuple[Stage, ...] = ("draft", "reviewed", "signed")


class SignOff(Record, frozen=True, kw_only=True):
    """Where an incident stands: `bundle` is the hash under which a signed one is frozen, `of` what was signed.

    `reopened` says why a signed incident is open again: something it rests on changed after the signature.
    """

    stage: Stage = "draft"
    who: str | None = None
    at: str | None = None
    bundle: str | None = None
    of: str | None = None
    reopened: str | None = None


def sign_offs(decisions: Iterable[Decision], versions: Mapping[str, str]) -> dict[str, SignOff]:
    """The sign-off of each incident that has one; `versions`: each incident's present version.

    A signature holds for what was signed: when the incident's version is another one, it is reopened.
    """
    found: dict[str, SignOff] = {}
    for decision in decisions:
        if decision.action == "status" and decision.target.kind == "incident":
            found[decision.target.item] = SignOff(
                stage=decision.fields["status"], who=decision.who, at=decision.at,
                bundle=decision.fields.get("bundle"), of=decision.fields.get("of"),
            )  # fmt: skip
    for name, sign in found.items():
        if sign.stage == "signed" and name in versions and sign.of != versions[name]:
            found[name] = SignOff(
                stage="reviewed", who=sign.who, at=sign.at, bundle=sign.bundle, of=sign.of,
                reopened="what it rests on changed after it was signed",
            )  # fmt: skip
    return found


def next_stage(now: Stage, asked: str, *, reopened: bool = False) -> Stage:
    """The stage asked for, when the way leads there: draft → reviewed → signed, or back to draft.

    Raises RefusedError otherwise.
    """
    if asked not in STAGES:
        raise RefusedError(f"{asked}: no such stage; there are {', '.join(STAGES)}")
    step = STAGES.index(asked) - STAGES.index(now)
    if step > 1 or (step == 0 and not reopened):
        raise RefusedError(f"an incident goes draft → reviewed → signed; this one is {now}")
    return asked


def hidden(reading: Reading, decisions: Iterable[Decision]) -> tuple[Span, ...]:
    """Spans of this report that are hidden until asked for: marked passages, statements and persons.

    A person who is marked anywhere in the case is hidden under the same name in every report, and under the surname
    alone in a report that also says the whole name; words that are marked
    are hidden wherever the same report says exactly them.
    """
    decisions, text = tuple(decisions), reading.report.text
    spans: set[Span] = set()
    names: set[str] = set()
    for decision in decisions:
        if decision.action != "mark":
            continue
        if decision.target.kind == "entity" and decision.target.label:
            names.add(decision.target.label)
        elif decision.target.report == reading.report.id and holds_in(text, decision.target):
            spans.update(decision.target.spans)
            names.update(words for words in decision.target.words if len(words) >= _WORDS)
    for entity in reading.entities:
        if entity.name in names:
            spans.update(mention.span for mention in entity.mentions if mention.form == "name")
    for name in names:
        at = text.find(name)
        while name and at >= 0:
            spans.add((at, at + len(name)))
            at = text.find(name, at + len(name))
    for surname in surnames(text, hidden_names(decisions)):
        alone = [match.span() for match in re.finditer(rf"\b{re.escape(surname)}\b", text)]
        spans.update(one for one in alone if not any(s <= one[0] and one[1] <= e for s, e in spans))
    return tuple(sorted(spans))


def surnames(text: str, names: Iterable[str]) -> frozenset[str]:
    """The last words of marked persons' names, as far as the text holds the whole name: it says them alone, too."""
    parts = ((name, name.split()) for name in names if name in text)
    return frozenset(words[-1] for _, words in parts if len(words) > 1 and len(words[-1]) >= _WORDS)


def hidden_words(decisions: Iterable[Decision], report: str) -> frozenset[str]:
    """Words that are marked in a report, to be covered also in its title and fields; a letter or two are not."""
    marks = (one for one in decisions if one.action == "mark" and one.target.report == report)
    words = (each for one in marks if one.target.kind != "entity" for each in one.target.words)
    return frozenset(each for each in words if len(each) >= _WORDS)


def hidden_names(decisions: Iterable[Decision]) -> frozenset[str]:
    """Names of persons who are marked."""
    marks = (one for one in decisions if one.action == "mark" and one.target.kind == "entity")
    return frozenset(one.target.label for one in marks if one.target.label)


def check_reason(why: str) -> str:
    """A reason that says something. Raises RefusedError."""
    if not why.strip():
        raise RefusedError("say why: the reason is shown wherever the decision counts")
    return why.strip()
