"""Who a statement is from, as its report gives it: name, office, the words around it, never what is said."""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.assessing.called import is_named
from evenhand.assessing.described import is_clause, is_finding
from evenhand.assessing.forces import ARTICLES, is_of_office
from evenhand.assessing.identity import Source
from evenhand.assessing.informants import informant_class, words_of
from evenhand.model.evidence import Span
from evenhand.model.reading import Entity, Reading, Statement
from evenhand.model.report import Report

_WHO = re.compile(r"who [a-z]")
_PHRASE = re.compile(r"(?:^|[.,;:!?\n\"“”] ?|\bsaid )(?P<whom>[^.,;:!?\n\"“”]{3,70}),? ?$")
_PHRASE_REACH = 90
_CALLED_REACH = 80
_PREPOSITIONS = frozenset({"in", "at", "near", "from", "on", "to", "against", "with"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
_NAME_WORDS = 3
_MEDIA_WORDS = frozenset({
    "the", "state", "official", "news", "press", "agency", "television", "tv", "channel", "radio", "newspaper", "media",
})  # fmt: skip


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
    if (before := _before_who(report.text, statement)) is not None:
        whom = before if is_named(before) and informant_class(before) is None else f"unnamed: {before}"
        return Source(name=whom, written=before, outlet=report.outlet, on=on, country=country)
    apposed = _apposed(report.text, statement)
    if apposed is not None:  # what the report calls it by name outweighs whom the words before were taken for
        return Source(name=apposed, outlet=report.outlet, on=on, country=country)
    if (named := _named_before(report.text, statement, name)) is not None:
        return Source(name=named, written=named, outlet=report.outlet, on=on, country=country)
    org = entities.get(speaker.org or "") if speaker else None
    written = report.text[slice(*statement.source)] if statement.source else None
    first = next((mention.span for mention in speaker.mentions), None) if speaker else None
    beside = _beside(report.text, first or statement.source, said_at)
    if speaker is not None and speaker.kind != "person" and _is_of_people(beside):
        beside = None  # "X forces killed 76 civilians" does not make civilians of a body
    return Source(
        name=name, org=statement.speaker_org or (org.name if org else None), role=speaker.role if speaker else None,
        written=written, beside=beside,
        called=_called(report.text, first) if speaker is not None and speaker.kind == "person" else None,
        party=speaker.party if speaker else None, outlet=report.outlet, on=on, country=country,
    )  # fmt: skip


def _is_of_people(beside: str | None) -> bool:
    kind = informant_class(beside)
    return kind is not None and kind.id == "residents"


def speaking_of(statement: Statement, reading: Reading) -> Statement:
    """The statement whose source speaks: of "officers said that analysis showed" the officers'.

    What somebody found by looking into it is no informant beside the one who tells of it; nor is a clause of what is
    told that was taken for a source ("X told us that | seven people were killed and | condemned it").
    """
    found, seen = statement, {statement.id}
    while found.source is not None and _is_nobody(reading.report.text[slice(*found.source)]):
        outer = next((one for one in reading.statements if one.id == found.parent), None)
        if outer is None or outer.id in seen or not (outer.speaker_name or outer.source):
            return found
        found = outer
        seen.add(outer.id)
    return _in_words(found, reading)


def _is_nobody(words: str) -> bool:
    return is_finding(words) or is_clause(words)


def _in_words(statement: Statement, reading: Reading) -> Statement:
    """Of what "he" said the first statement of his whose source is in words: there his office stands."""
    text = reading.report.text

    def is_pronoun(one: Statement) -> bool:
        return one.source is not None and text[slice(*one.source)].casefold() in _PRONOUNS

    if statement.speaker is None or not is_pronoun(statement):
        return statement
    named = (one for one in reading.statements if one.speaker == statement.speaker and one.source is not None)
    return next((one for one in named if not is_pronoun(one)), statement)


def each_of(source: Source) -> tuple[Source, ...]:
    """The sources that say something together, each by itself: "a medical source and witnesses" are two.

    Only where each of them is named or a class of people of its own: "doctors and nurses" are one class, and what is
    joined otherwise ("the ministry of health and population") is left as it is.
    """
    if ";" in source.name:
        parts = [part.strip() for part in source.name.split(";")]
    elif source.name.startswith("unnamed:") and source.written and " and " in source.written:
        parts = [f"unnamed: {part.strip()}" for part in source.written.split(" and ")]
        kinds = [informant_class(part[len("unnamed:") :]) for part in parts]
        if len({kind.id if kind else "" for kind in kinds}) < len(parts) or None in kinds:
            return (source,)
    else:
        return (source,)
    return tuple(
        Source(name=part, written=part, outlet=source.outlet, on=source.on, country=source.country) for part in parts
    )


def _before_who(text: str, statement: Statement) -> str | None:
    """Who is meant where only a clause of his was read: "a doctor at the clinic, | who asked not to be named".

    What stands right before it, from a quotation, a comma or a sentence's beginning on.
    """
    if statement.source is None or not _WHO.match(text, statement.source[0]):
        return None
    start = statement.source[0]
    found = _PHRASE.search(text, max(0, start - _PHRASE_REACH), start)
    return found["whom"].strip() if found is not None else None


def _apposed(text: str, statement: Statement) -> str | None:
    """The name that stands between a source written without one and its cue: "state news agency | Ina | reported"."""
    if statement.source is None or statement.cue is None or statement.cue[0] <= statement.source[1]:
        return None
    written, between = text[slice(*statement.source)], text[statement.source[1] : statement.cue[0]].strip(" ,")
    named = any(word[:1].isupper() for word in written.split()[1:])
    short = 0 < len(between.split()) <= _NAME_WORDS and all(word[:1].isupper() for word in between.split())
    return between if short and not named and written[:1].islower() else None


def _named_before(text: str, statement: Statement, name: str) -> str | None:
    """A bare "news agency" or "television" with the name that stands right before it: "SANA | news agency | said"."""
    if statement.source is None or not name.startswith("unnamed:"):
        return None
    written = text[slice(*statement.source)]
    if any(word[:1].isupper() for word in written.split()) or not _MEDIA_WORDS.issuperset(words_of(written)):
        return None
    start = statement.source[0]
    before = re.split(r"[^\w\s'’-]", text[max(0, start - 60) : start])[-1].split()[-_NAME_WORDS:]
    at = next((n for n, word in enumerate(before) if word[:1].isupper()), None)
    return " ".join((*before[at:], written)) if at is not None else None


def _called(text: str, name: Span | None) -> str | None:
    """A person with the office right before the name where it first stands: "army spokesman Lt. Col. N".

    Words in capitals, of offices and of ranks, back to a preposition or a mark; None where nothing stands there.
    """
    if name is None:
        return None
    before = re.split(r"[,;:!?()\n\"“”—–]|(?<=[a-z]{3})\. ", text[max(0, name[0] - _CALLED_REACH) : name[0]])[
        -1
    ].split()
    at = len(before)
    while at > 0 and before[at - 1].casefold() not in _PREPOSITIONS:
        if not (before[at - 1][:1].isupper() or is_of_office(before[at - 1])):
            break
        at -= 1
    if at > 0 and before[at - 1].casefold() in _PREPOSITIONS:
        return None  # "in Xland General N": a place stands there, and not whose general he is
    given = [word for word in before[at:] if word.casefold() not in ARTICLES]
    return " ".join((*given, text[slice(*name)])) if any(map(is_of_office, given)) else None


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
