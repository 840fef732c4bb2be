"""A report's claims, put together: events with their roles and stance, each under its innermost statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.model.dates import headline_date
from evenhand.model.evidence import Span
from evenhand.model.profile import LoadedWord, Profile
from evenhand.model.reading import Claim, Entity, Statement
from evenhand.model.report import Report
from evenhand.reading.claims import attacks, lexicon
from evenhand.reading.claims.apart import parse_apart
from evenhand.reading.claims.disclaimers import Disclaimer, absent, charges, disclaimers, refuted, told_apart
from evenhand.reading.claims.drafts import Draft, Linker, link
from evenhand.reading.claims.events import Event, World, find_events
from evenhand.reading.claims.labels import Labeller
from evenhand.reading.claims.news import is_news
from evenhand.reading.claims.owning import is_pronoun, owned, taken_up
from evenhand.reading.claims.participants import find_roles
from evenhand.reading.claims.records import MentionLike, PlaceLike, QuantityLike, TimeLike
from evenhand.reading.claims.roles import Roles
from evenhand.reading.claims.settings import Settings
from evenhand.reading.claims.sharing import share_actors
from evenhand.reading.claims.stance import Stance, stance
from evenhand.reading.claims.tellers import Tellers
from evenhand.reading.claims.where import Whereabouts
from evenhand.reading.claims.wishes import wished_for
from evenhand.reading.syntax.parser import Parser, Sentence, default_parser

_ACTING = {"armed_group", "government", "organisation", "people", "person"}
_PLACES = {"place", "facility"}
_TOWN = 2
"""UCDP's where_prec up to which a place is a town or a spot near one."""
_REFUSED = Stance("denied", "asserted")
_DEEDS = attacks.ATTACKS | {"killing", "execution", "torture", "abduction", "sexual_violence"}
_DISCLAIMER = lexicon.Sense(part="noun")
_GIVEN = {"given", "granted", "allowed", "give", "grant", "gave", "permitted"}
_LOST = ("los", "lost", "ced")
_ATTACKS_KEPT = 8
_QUOTES = "\"“‘«„'"


def find(  # noqa: PLR0913  (each is a product of another step of the reader)
    report: Report,
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    *,
    places: Sequence[PlaceLike] = (),
    place_mentions: Sequence[MentionLike] = (),
    times: Sequence[TimeLike] = (),
    quantities: Sequence[QuantityLike] = (),
    profile: Profile | None = None,
    wording: Sequence[LoadedWord] | None = None,
    parser: Parser | None = None,
) -> tuple[Claim, ...]:
    """The claims of one report in text order, ids `c1`, `c2`, …

    `sentences`, `entities` and `statements` are those of the report; `places`, `times` and `quantities` what the
    modules of those names found in it (`place_mentions` the expressions that `places` resolve, in the same order:
    they tell a capital that speaks from a place). `wording` are the loaded words (default: the profile's).
    Positions are code points of `report.text`. Never raises on any text; linear in its length.
    """
    text = report.text
    dateline = report.dateline.span if report.dateline is not None else None
    printed = headline_date(text)
    published = date.fromisoformat(report.published) if report.published else None
    grammar = _without(printed[1] if printed else None, _without(dateline, sentences, text), text)
    parsed = parse_apart(parser or default_parser(), text, grammar, statements)
    acting = tuple(m.span for e in entities if e.kind in _ACTING for m in e.mentions)
    towns = tuple((p.start, p.end) for p in places if p.precision is not None and p.precision <= _TOWN)
    world = World(lexicon.load(), acting, tuple((p.start, p.end) for p in places), towns)
    drafts = _drafts(parsed, world, Tellers(statements))
    linker = Linker(text, entities)
    link(drafts, text, linker, dateline[1] if dateline is not None else 0)
    uses = {(m.start, m.end): m.use for m in place_mentions}
    whereabouts = Whereabouts(
        [p for p in places if not linker.is_in_longer_name((s := (p.start, p.end)), _PLACES, uses.get(s, ""))],
        uses,
        statements,
        dateline,
        _holders(place_mentions),
        text,
    )
    loaded = wording if wording is not None else profile.wording if profile is not None else ()
    labeller = Labeller(text, loaded, linker.entity_at)
    settings = Settings(text, parsed, whereabouts, times, quantities, statements, published)
    return tuple(
        Claim(
            id=f"c{number}",
            type=lexicon.claim_type(draft.type),
            trigger=draft.event.trigger,
            statement=draft.teller.id if draft.teller is not None else None,
            evidence=(draft.sentence.span,),
            actor=draft.actor,
            target=draft.target,
            weapon=draft.weapon,
            place=setting.place,
            time=setting.time,
            quantities=setting.quantities,
            polarity=draft.stance.polarity,
            modality=draft.stance.modality,
            labels=labeller.of(draft.event.trigger, draft.actor, draft.target),
            confidence=_confidence(draft),
        )
        for number, (draft, setting) in enumerate(settings.settle(drafts), start=1)
    )


def _holders(mentions: Sequence[MentionLike]) -> frozenset[Span]:
    """The countries that are printed as the owner of another place, "Syria's Aleppo"."""
    out: set[Span] = set()
    for inner in mentions:
        outer = mentions[inner.inside] if inner.inside is not None else None
        if outer is not None and outer.end <= inner.start and inner.use in ("place", "common"):
            out.add((outer.start, outer.end))
    return frozenset(out)


def _without(dateline: Span | None, sentences: Sequence[Span], text: str) -> list[Span]:
    """The sentences without the date line, which is no part of their grammar: "MOSUL, Iraq (AP) — Troops took …"."""
    if dateline is None:
        return list(sentences)
    out: list[Span] = []
    for start, end in sentences:
        if end <= dateline[0] or start >= dateline[1]:
            out.append((start, end))
            continue
        first = dateline[1]
        while first < end and not text[first].isalnum() and text[first] not in _QUOTES:
            first += 1
        out += [part for part in ((start, dateline[0]), (first, end)) if text[slice(*part)].strip()]
    return out


def _drafts(parsed: Sequence[Sentence], world: World, tellers: Tellers) -> list[Draft]:
    drafts: list[Draft] = []
    told: list[str] = []
    harm = ""
    for before, s in zip((None, *parsed), parsed, strict=False):
        events = find_events(s, world)
        events += wished_for(s, tellers.in_sentence(s.span), events)
        events.sort(key=lambda e: e.trigger)
        others = {e.head: e for e in events}
        roles = share_actors(s, events, {e.head: find_roles(s, e, world, others) for e in events}, world)
        refused = [c for one in tellers.in_sentence(s.span) if one.attitude == "denies" for c in one.content]
        disclaimed = disclaimers(s, events, refused)
        disclaimed = (
            disclaimed
            or told_apart(s, events, refused)
            or _told(s, [*refuted(s), *absent(s, events, world, refused)], tellers)
        )
        for one in disclaimed:
            if one.event is not None and one.actor is not None and roles[one.event.head].actor is None:
                roles[one.event.head] = roles[one.event.head].by(one.actor)
        denied = {one.event.head for one in disclaimed if one.event is not None}
        for event in events:
            teller, segment = tellers.of_act(s, event)
            again = bool(harm) and taken_up(s, event) and roles[event.head].actor is not None
            kept = again or event.head in denied or is_news(s, event, roles[event.head], others, segment)
            if not kept:
                continue
            kind = attacks.kind_of(s, event, roles[event.head].actor, told)
            if kind in attacks.ATTACKS:
                told = [*told[-_ATTACKS_KEPT:], kind]
            kind = harm if again else kind
            stood = stance(s, event, teller.attitude if teller is not None else None, segment)
            kind, stood = _refused(s, event, kind, stood)
            if event.head in denied:
                stood, segment = _REFUSED, None
            drafts.append(Draft(s, event, kind, roles[event.head], stood, teller, segment, before, takes_up=again))
        drafts += [_disclaimed(s, one, harm, tellers) for one in disclaimed if one.event is None and harm]
        at = {one.word for one in disclaimed}
        charged = [one for one in charges(s, events, world) if one.word not in at]
        charged += _told(s, [one for one in owned(s, events, world) if one.word not in at], tellers, charged)
        drafts += [_charged(s, one, harm, tellers) for one in charged if harm]
        drafts.sort(key=lambda d: d.event.trigger)
        here = [d.type for d in reversed(drafts) if d.type in _DEEDS and d.sentence is s]
        harm = next((kind for kind in here if kind != "killing"), here[0] if here else harm)
    return drafts


def _told(
    s: Sentence, found: Sequence[Disclaimer], tellers: Tellers, besides: Sequence[Disclaimer] = ()
) -> list[Disclaimer]:
    """Those of them that stand in what somebody says; one of a named doer may be told by the outlet, too."""
    taken = {one.word for one in besides}
    return [
        one
        for one in found
        if one.word not in taken
        and (
            tellers.of((s.tokens[one.word].start, s.tokens[one.word].end))[0] is not None
            or (one.actor is not None and not is_pronoun(s, one.actor) and one.actor != one.word)
        )
    ]


def _disclaimed(s: Sentence, one: Disclaimer, kind: str, tellers: Tellers) -> Draft:
    """The claim of a disclaimer that names no act: the kind of deed told last, denied of who disclaims it."""
    token = s.tokens[one.word]
    event = Event(one.word, _DISCLAIMER, kind, (token.start, token.end), verbal=False)
    teller, _ = tellers.of(event.trigger)
    return Draft(s, event, kind, Roles(one.actor, None, None), _REFUSED, teller, None, takes_up=True)


def _charged(s: Sentence, one: Disclaimer, kind: str, tellers: Tellers) -> Draft:
    """The claim of a charge that names no act: the kind of deed told last, done by who is blamed."""
    token = s.tokens[one.word]
    event = Event(one.word, _DISCLAIMER, kind, (token.start, token.end), verbal=False)
    teller, _ = tellers.of(event.trigger)
    return Draft(s, event, kind, Roles(one.actor, None, None), Stance(), teller, None, takes_up=True)


def _refused(s: Sentence, event: Event, kind: str, stood: Stance) -> tuple[str, Stance]:
    """Control that is lost is denied; aid that is told as not let through ("has not been given access") obstructed."""
    head = s.heads[event.head]
    if kind == "territory_held" and event.verbal and s.lower[event.head].startswith(_LOST):
        return kind, Stance("denied", stood.modality)
    if kind == "aid" and stood == _REFUSED and head >= 0 and s.lower[head] in _GIVEN:
        return "aid_obstruction", Stance()
    return kind, stood


def _confidence(draft: Draft) -> float:
    """The share of claims of this make that the development gold has, by `benchmarks/quality/claims.py --confidence`.

    What counts: a verb or a noun, whether a participant was found, whether the type is the open one.
    """
    participants = (draft.actor is not None) + (draft.target is not None)
    score = (0.78, 0.82, 0.86)[participants] if draft.event.verbal else (0.68, 0.75, 0.82)[participants]
    return round(score - (0.2 if draft.type == "other" else 0.0), 2)
