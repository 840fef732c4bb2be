"""A report's claims, put together: events with their roles and stance, each under its innermost statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evenhand.model.evidence import Span
from evenhand.model.profile import LoadedWord, Profile
from evenhand.model.reading import Claim, Entity, Participant, Statement
from evenhand.model.report import Report
from evenhand.reading.claims import attacks, lexicon
from evenhand.reading.claims.events import Event, World, find_events
from evenhand.reading.claims.labels import Labeller
from evenhand.reading.claims.news import is_news
from evenhand.reading.claims.participants import find_roles, share_actors
from evenhand.reading.claims.phrases import phrase
from evenhand.reading.claims.roles import Roles
from evenhand.reading.claims.settings import MentionLike, PlaceLike, QuantityLike, Settings, TimeLike
from evenhand.reading.claims.stance import Stance, stance
from evenhand.reading.claims.tellers import Tellers
from evenhand.reading.claims.wishes import wished_for
from evenhand.reading.syntax.parser import Parser, Sentence, default_parser

_REFUSED = Stance("denied", "asserted")
_GIVEN = {"given", "granted", "allowed", "give", "grant", "gave", "permitted"}
_ARMED_KINDS = {"armed_group", "government", "organisation", "people", "person"}


@dataclass
class Draft:
    """An event on its way to a claim."""

    sentence: Sentence
    event: Event
    type: str
    roles: Roles
    stance: Stance
    teller: Statement | None
    segment: Span | None
    actor: Participant | None = None
    target: Participant | None = None
    weapon: Participant | None = None
    others: tuple[Event, ...] = field(default=())


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
    they tell a capital that speaks from a place). `wording` are the loaded words (default: the profile's). Positions are code
    points of `report.text`. Never raises on any text; linear in its length.
    """
    text = report.text
    parsed = (parser or default_parser()).parse(text, sentences)
    linker = _Linker(text, entities)
    armed = tuple(m.span for e in entities if e.kind in _ARMED_KINDS for m in e.mentions)
    world = World(lexicon.load(), armed, tuple((p.start, p.end) for p in places))
    tellers = Tellers(statements)
    drafts = _drafts(parsed, world, tellers)
    for n, draft in enumerate(drafts):
        _link(draft, text, linker, report.dateline.span[1] if report.dateline is not None else 0)
        earlier = [d for d in drafts[max(0, n - 4) : n] if d.type == draft.type]
        if draft.actor is None and _points_back(draft, ("these", "this", "those")):
            draft.actor = next((d.actor for d in reversed(earlier) if d.actor), None)
        if draft.target is None and _points_back(draft, ("the", "these", "this", "those")) and draft.event.sense.attack:
            draft.target = next((d.target for d in reversed(earlier) if d.target), None)
    words = wording if wording is not None else profile.wording if profile is not None else ()
    labeller = Labeller(text, words, linker.entity_at)
    uses = {(m.start, m.end): m.use for m in place_mentions}
    named = [m.span for e in entities if e.kind not in ("place", "facility") for m in e.mentions if m.form == "name"]
    outside = [p for p in places if not any(a <= p.start and p.end <= b and p.end - p.start < b - a for a, b in named)]
    settings = Settings(text, parsed, outside, uses, times, quantities, statements, report.dateline)
    placed = settings.settle(drafts)
    claims: list[Claim] = []
    for draft, setting in placed:
        span = draft.sentence.span
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                type=lexicon.claim_type(draft.type),
                trigger=draft.event.trigger,
                statement=draft.teller.id if draft.teller else None,
                evidence=(span,),
                actor=draft.actor,
                target=setting.target or draft.target,
                weapon=draft.weapon,
                place=setting.place,
                time=setting.time,
                quantities=setting.quantities,
                polarity=draft.stance.polarity,
                modality=draft.stance.modality,
                labels=labeller.of(draft.event.trigger, draft.actor, draft.target),
                confidence=_confidence(draft),
            )
        )
    return tuple(claims)


def _drafts(parsed: Sequence[Sentence], world: World, tellers: Tellers) -> list[Draft]:
    drafts: list[Draft] = []
    attacks_told: list[str] = []
    for s in parsed:
        events = find_events(s, world)
        events += wished_for(s, tellers.in_sentence(s.span), events)
        events.sort(key=lambda e: e.trigger)
        by_head = {e.head: e for e in events}
        shared = share_actors(s, events, {e.head: find_roles(s, e, world, by_head) for e in events}, world)
        for event in events:
            roles = shared[event.head]
            teller, segment = tellers.of(event.trigger)
            if not is_news(s, event, roles, by_head, segment):
                continue
            kind = attacks.kind_of(s, event, roles.actor, attacks_told)
            if kind in attacks.GENERIC or kind == "chemical_attack":
                attacks_told.append(kind)
            stood = stance(s, event, teller.attitude if teller else None, segment)
            kind, stood = _refused(s, event, kind, stood)
            drafts.append(Draft(s, event, kind, roles, stood, teller, segment, others=tuple(events)))
    return drafts


def _refused(s: Sentence, event: Event, kind: str, stood: Stance) -> tuple[str, Stance]:
    """ "has not been given access": aid that is told as not let through is aid obstructed."""
    head = s.heads[event.head]
    if kind == "aid" and stood == _REFUSED and head >= 0 and s.lower[head] in _GIVEN:
        return "aid_obstruction", Stance()
    return kind, stood


def _points_back(draft: Draft, words: tuple[str, ...]) -> bool:
    """ "these strikes": doer and target are those of the last event of the kind."""
    s, i = draft.sentence, draft.event.head
    return not draft.event.verbal and any(s.lower[j] in words for j in s.children[i])


def _link(draft: Draft, text: str, linker: _Linker, dateline_end: int) -> None:
    s, within = draft.sentence, draft.segment
    if s.span[0] < dateline_end < s.span[1]:
        within = (max(dateline_end, within[0] if within else 0), within[1] if within else s.span[1])

    def participant(i: int | None) -> Participant | None:
        if i is None:
            return None
        token = s.tokens[i]
        if draft.event.sense.part == "adjective" and i == draft.event.head and "-" in token.text:
            cut = token.start + token.text.rindex("-")
            return linker.participant((token.start, cut), (token.start, cut))
        return linker.participant(phrase(s, i, text, within), (token.start, token.end))

    draft.actor = participant(draft.roles.actor)
    draft.target = participant(draft.roles.target)
    draft.weapon = participant(draft.roles.weapon)


class _Linker:
    """Participants as entities of the report: by the mention that holds the head word of the phrase."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self._text = text
        self._at: dict[int, tuple[int, Entity]] = {}
        for entity in entities:
            for mention in entity.mentions:
                size = mention.span[1] - mention.span[0]
                for position in range(mention.span[0], min(mention.span[1], mention.span[0] + 200)):
                    held = self._at.get(position)
                    if held is None or size > held[0]:
                        self._at[position] = (size, entity)

    def entity_at(self, span: Span) -> Entity | None:
        """The entity named at the start of a word."""
        held = self._at.get(span[0])
        return held[1] if held else None

    def participant(self, span: Span, head: Span) -> Participant:
        entity = self.entity_at(head)
        name = entity.name if entity is not None else self._text[span[0] : span[1]]
        return Participant(name=name, span=span, entity=entity.id if entity is not None else None)


def _confidence(draft: Draft) -> float:
    """How often a claim of this make is one of the gold's: verbs with a participant more than bare nouns."""
    base = 0.62 if draft.event.verbal else 0.55
    if draft.actor is not None:
        base += 0.1
    if draft.target is not None:
        base += 0.1
    if draft.type == "other":
        base -= 0.15
    return round(base, 2)
