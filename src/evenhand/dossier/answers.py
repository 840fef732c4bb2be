"""What one origin answers to each question, in whose words: the cells of the matrix before they are compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.dossier import comparing, words
from evenhand.dossier.links import words_anchor
from evenhand.dossier.naming import from_its_name, place_key
from evenhand.dossier.shelf import Shelf
from evenhand.model.evidence import Span
from evenhand.model.incident import Figure, Origin, Toll
from evenhand.model.reading import Claim, Participant, Place

_LAST = "9999-12-31"  # an open end, as ISO date


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the value in our words, the words it stands on, and the link to them."""

    value: str
    quote: str
    href: str
    note: str = ""

    @property
    def exact(self) -> bool:
        """Whether the value is itself in the words of the report."""
        return bool(self.quote) and " ".join(self.value.split()).casefold() in " ".join(self.quote.split()).casefold()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a cell is made of: the value shown and the key by which it is compared (None: not comparable)."""

    said: Said
    key: Any


def occurrence(origin: Origin, shelf: Shelf) -> list[Answered]:
    """Whether it says so or denies it, in the first words that do."""
    stance = origin.stance.occurrence
    if stance == "silent":
        return []
    denied = stance == "denies"
    claims = [(report, c) for report, c in _claims(origin, shelf) if (c.polarity == "denied") == denied]
    quote, href = "", ""
    if claims:
        report, claim = claims[0]
        quote, href = shelf.words(report, claim.trigger), shelf.links.to_report(report, words_anchor(claim.id))
    return [Answered(Said("denies it" if denied else "says so", quote, href), stance)]


def times(origin: Origin, shelf: Shelf) -> list[Answered]:
    """Each time it gives, once."""
    return _distinct(
        (
            _answer(words.when(claim.time), claim.time.span, report, claim, shelf),
            (claim.time.start or "", claim.time.end or _LAST),
        )
        for report, claim in _claims(origin, shelf)
        if claim.time is not None and (claim.time.start or claim.time.end) and _tells_so(claim)
    )


def places(origin: Origin, shelf: Shelf) -> list[Answered]:
    """Each place once, in the words that first name it; a place named by its name before "the city"."""
    found: dict[str, Answered] = {}
    for report, claim in _claims(origin, shelf):
        if claim.place is not None and _tells_so(claim):
            said, key = _place(claim.place, report, claim, shelf), place_key(claim.place)
            if key not in found or (said.exact and not found[key].said.exact):
                found[key] = Answered(said, claim.place)
    return list(found.values())


def _place(place: Place, report: str, claim: Claim, shelf: Shelf) -> Said:
    printed = from_its_name(shelf.words(report, place.span)) if place.span else ""
    said = _answer(printed or place.name, place.span, report, claim, shelf)
    return Said(said.value, said.quote, said.href, words.gazetteer_note(place, printed))


def people(origin: Origin, shelf: Shelf, pick: Callable[[Claim], Participant | None]) -> list[Answered]:
    """Who did it or was harmed, as `pick` takes it from a claim; each name once, with its party."""
    found = []
    for report, claim in _claims(origin, shelf):
        who = pick(claim)
        if who is None or not _tells_so(claim):
            continue
        party = shelf.party_of(report, who)
        said = _answer(who.name, who.span, report, claim, shelf)
        said = Said(said.value, said.quote, said.href, shelf.party(party) if party else "")
        found.append((said, comparing.Who(" ".join(who.name.split()).casefold(), party)))
    return _distinct(found)


def tolls(toll: Toll, origins: Sequence[Origin], shelf: Shelf) -> list[list[Answered]]:
    """Each origin's own latest totals; parts of a total and figures it later replaced are in the list of figures."""
    current = [figure for figure in toll.figures if not figure.superseded and not figure.part]
    found = []
    for origin in origins:
        own = [figure for figure in current if figure.origin == origin.name]
        exact = any(not figure.vague for figure in own)  # then "dozens" decides nothing
        found.append(_distinct((_figure_said(f, shelf), None if exact and f.vague else _count(f)) for f in own))
    return found


def _figure_said(figure: Figure, shelf: Shelf) -> Said:
    value = words.span_of(figure.low, figure.high)
    note = f"as of {words.day(figure.as_of)}" if figure.as_of else ""
    return Said(value, shelf.words(figure.report, figure.span), shelf.to_span(figure.report, figure.span), note)


def _count(figure: Figure) -> comparing.Count:
    low = figure.low if figure.low is not None else float("-inf")
    return comparing.Count(low, figure.high if figure.high is not None else float("inf"), figure.as_of or "")


def blame(origin: Origin, shelf: Shelf) -> list[Answered]:
    """Whom it blames, or that it admits or denies, with the words that carry it."""
    verb, _, parties = origin.stance.responsibility.partition(":")
    if verb == "silent":
        return []
    own = frozenset(filter(None, (origin.party, origin.family)))
    blamed = frozenset(parties.split("/")) if verb == "blames" else own if verb == "admits" else frozenset()
    key = comparing.Blame(blamed, own if verb == "denies" else frozenset())
    said = Said(shelf.stance(origin.stance.responsibility), *_blaming_words(origin, verb, blamed, shelf))
    return [Answered(said, key)]


def _blaming_words(origin: Origin, verb: str, blamed: frozenset[str], shelf: Shelf) -> tuple[str, str]:
    """The words that name the blamed (or deny), and the link; nothing where no single word carries it."""
    for report, claim in _claims(origin, shelf):
        link = shelf.links.to_report(report, words_anchor(claim.id))
        if verb == "denies" and claim.polarity == "denied":
            return shelf.words(report, claim.trigger), link
        actor = claim.actor
        if actor is not None and actor.span is not None and shelf.party_of(report, actor) in blamed:
            return shelf.words(report, actor.span), link
    return "", ""


def _claims(origin: Origin, shelf: Shelf) -> list[tuple[str, Claim]]:
    return [(ref.report, claim) for ref in origin.claims if (claim := shelf.claim(ref.report, ref.claim))]


def _tells_so(claim: Claim) -> bool:
    """Said to have happened: what is denied, planned or hoped for is no answer to when, where and who."""
    return claim.polarity == "affirmed" and claim.modality in ("asserted", "possible")


def _answer(value: str, span: Span | None, report: str, claim: Claim, shelf: Shelf) -> Said:
    quote = shelf.words(report, span) if span else ""
    return Said(value, quote, shelf.links.to_report(report, words_anchor(claim.id)))


def _distinct(found: Iterable[tuple[Said, Hashable]]) -> list[Answered]:
    """Answers in the order given, each value once."""
    kept: dict[str, Answered] = {}
    for said, key in found:
        kept.setdefault(" ".join(said.value.split()).casefold(), Answered(said, key))
    return list(kept.values())
