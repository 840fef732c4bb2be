"""Who a statement is from, as its report gives it: name, office, the words around it, never what is said."""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.assessing.naming import Source
from evenhand.model.evidence import Span
from evenhand.model.reading import Entity, Reading, Statement
from evenhand.model.report import Report

_NAME_WORDS = 3


def said_at(reading: Reading) -> tuple[Span, ...]:
    """Cues and contents of all statements of a report, where no source is described."""
    each = (one for statement in reading.statements for one in (*statement.content, statement.cue) if one)
    return tuple(sorted(set(each)))


def source_of(
    statement: Statement,
    entities: Mapping[str, Entity],
    report: Report,
    on: date | None,
    country: str | None,
    said_at: tuple[Span, ...] = (),
) -> Source:
    """Who a statement is from, as its report gives it; `country` is that of the place spoken of.

    `said_at`: cues and contents of the report; what stands in one of them does not describe the source.
    """
    speaker = entities.get(statement.speaker or "")
    name = statement.speaker_name or (statement.chain[-1] if len(statement.chain) > 1 else "")
    apposed = _apposed(report.text, statement)
    if apposed is not None:  # what the report calls it by name outweighs whom the words before were taken for
        return Source(name=apposed, outlet=report.outlet, on=on, country=country)
    org = entities.get(speaker.org or "") if speaker else None
    written = report.text[slice(*statement.source)] if statement.source else None
    first = next((mention.span for mention in speaker.mentions), None) if speaker else None
    return Source(
        name=name, org=statement.speaker_org or (org.name if org else None), role=speaker.role if speaker else None,
        written=written, beside=_beside(report.text, first or statement.source, said_at),
        party=speaker.party if speaker else None, outlet=report.outlet, on=on, country=country,
    )  # fmt: skip


def _apposed(text: str, statement: Statement) -> str | None:
    """The name that stands between a source written without one and its cue: "state news agency | Ina | reported"."""
    if statement.source is None or statement.cue is None or statement.cue[0] <= statement.source[1]:
        return None
    written, between = text[slice(*statement.source)], text[statement.source[1] : statement.cue[0]].strip(" ,")
    named = any(word[:1].isupper() for word in written.split()[1:])
    short = 0 < len(between.split()) <= _NAME_WORDS and all(word[:1].isupper() for word in between.split())
    return between if short and not named and written[:1].islower() else None


def _beside(text: str, source: Span | None, said_at: tuple[Span, ...]) -> str | None:
    """Two words before a source's name and five after it, within the sentence: where a role stands.

    What is said begins or ends there: "X said more than 40 people died" does not make X one of the people.
    """
    if source is None:
        return None
    first = max((end for _, end in said_at if end <= source[0]), default=0)
    last = min((start for start, _ in said_at if start >= source[1]), default=len(text))
    before = re.split(r"[.!?\n]", text[max(first, source[0] - 60) : source[0]])[-1].split()[-2:]
    after = re.split(r"[.!?\n]", text[source[1] : min(last, source[1] + 80)])[0].split()[:5]
    return " ".join((*before, *after))
