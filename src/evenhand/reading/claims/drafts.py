"""An event on its way to a claim, and the linking of its participants to the report's entities."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import Entity, Participant, Statement
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.phrases import phrase
from evenhand.reading.claims.pronouns import antecedent, is_who_says, owner_of_deed, told_before
from evenhand.reading.claims.roles import Roles
from evenhand.reading.claims.stance import Stance
from evenhand.reading.syntax.parser import Sentence

_BACK = 4
_GROUPS = {"armed_group", "organisation", "outlet"}
_LONGEST = 200


class Draft(msgspec.Struct):
    """An event with all that its own sentence says of it; participants are filled in by `link`.

    `takes_up`: it tells of the deed of its kind told last, once more ("denied it").
    """

    sentence: Sentence
    event: Event
    type: str
    roles: Roles
    stance: Stance
    teller: Statement | None
    segment: Span | None
    before: Sentence | None = None
    takes_up: bool = False
    actor: Participant | None = None
    target: Participant | None = None
    weapon: Participant | None = None


class Linker:
    """Finds the entity that is named at a position: of several the one with the longest mention."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self._text = text
        self._at: dict[int, tuple[Span, Entity]] = {}
        self._named: dict[int, tuple[Span, Entity]] = {}
        mentions = [(mention.span, mention.form, entity) for entity in entities for mention in entity.mentions]
        mentions.reverse()  # the longest is written last and stays; of equally long ones the first
        for (start, end), form, entity in sorted(mentions, key=lambda m: m[0][1] - m[0][0]):
            here = dict.fromkeys(range(start, min(end, start + _LONGEST)), ((start, end), entity))
            self._at.update(here)
            if form == "name" and not text[start : start + 1].islower():
                self._named.update(here)

    def entity_at(self, span: Span) -> Entity | None:
        """The entity named at the start of a span."""
        held = self._at.get(span[0])
        return held[1] if held is not None else None

    def is_in_longer_name(self, span: Span, besides: Collection[str], use: str = "") -> bool:
        """Whether the span names (a part of) a person or a group, or part of a longer name of a kind not in `besides`.

        A gazetteer holds towns under the names of armed groups and parties, too. What only describes ("a doctor in
        Aleppo", "residents of Kobo") is no name. `use` is what the finder of places, who was told the names of
        people, holds the words for: "place" stands against a person of just that name.
        """
        held = self._named.get(span[0])
        if held is None or held[1].kind in besides:
            return False
        (start, end), entity = held
        if end - start > span[1] - span[0] or span[1] > end:
            return span[1] <= end
        if entity.kind == "person":
            return use != "place"
        called_so = self._text[start:end].casefold() in entity.name.casefold()  # not a capital for its government
        return entity.kind in _GROUPS and called_so and (entity.party is not None or entity.kind == "armed_group")

    def participant(self, span: Span, head: Span) -> Participant:
        """The words `span` as a participant, linked by their head word."""
        entity = self.entity_at(head)
        written = self._text[span[0] : span[1]]
        name = entity.name if entity is not None else written
        if name.startswith("least ") and written.endswith(name):
            name = written  # "at least four people", whom nobody names
        return Participant(name=name, span=span, entity=entity.id if entity is not None else None)


def link(drafts: Sequence[Draft], text: str, linker: Linker, dateline_end: int) -> None:
    """Fill in the participants of every draft; a pointing-back event takes those of the last of its kind."""
    for n, draft in enumerate(drafts):
        within = draft.segment
        if draft.sentence.span[0] < dateline_end < draft.sentence.span[1]:
            within = (max(dateline_end, within[0] if within else 0), within[1] if within else draft.sentence.span[1])
        draft.actor, draft.target, draft.weapon = (
            _participant(draft, i, text, linker, within)
            for i in (draft.roles.actor, draft.roles.target, draft.roles.weapon)
        )
        earlier = [d for d in drafts[max(0, n - _BACK) : n] if d.type == draft.type]
        if draft.actor is None and _points_back(draft, ("these", "this", "those")):
            draft.actor = next((d.actor for d in reversed(earlier) if d.actor), None)
        if draft.target is None and draft.event.sense.attack and _points_back(draft, ("the", "these", "this", "those")):
            draft.target = next((d.target for d in reversed(earlier) if d.target), None)


def _participant(draft: Draft, i: int | None, text: str, linker: Linker, within: Span | None) -> Participant | None:
    if i is None:
        return None
    token = draft.sentence.tokens[i]
    if i == draft.roles.actor and _tells(draft, token.start):
        return None
    if draft.event.sense.part == "adjective" and i == draft.event.head and "-" in token.text:
        held = (token.start, token.start + token.text.rindex("-"))  # "rebel" in "rebel-held"
        named = linker.participant(held, held)
        entity = linker.entity_at(held)
        if entity is not None and entity.kind in ("place", "facility"):  # the area, not who holds it
            return Participant(name=text[slice(*held)], span=held)
        return named
    meant = antecedent(draft.sentence, i, draft.event.head)
    meant = meant if meant is not None else owner_of_deed(draft.sentence, i, draft.event.head)
    himself = meant is not None and _speaks(draft, meant)
    if meant is not None and meant != draft.event.head and not himself:
        i, token = meant, draft.sentence.tokens[meant]
    elif draft.teller is not None and (himself or is_who_says(draft.sentence, i, draft.teller, linker.entity_at)):
        name = draft.teller.speaker_name or token.text
        return Participant(name=name, span=(token.start, token.end), entity=draft.teller.speaker)
    elif draft.before is not None and (meant := told_before(draft.sentence, i, draft.before, draft.teller)) is not None:
        told = draft.before.tokens[meant]
        return linker.participant(phrase(draft.before, meant, text), (told.start, told.end))
    other = draft.roles.target if i == draft.roles.actor else None
    head = draft.event.head
    if head != i and i in draft.sentence.chain(head):  # the noun, not the clause on it that tells the event
        span = phrase(draft.sentence, i, text, within, head)
        return linker.participant(span, (token.start, token.end))
    coordinated = other is not None and draft.sentence.heads[other] == i and draft.sentence.relations[other] == "conj"
    span = phrase(draft.sentence, i, text, within, other if coordinated else None)
    return linker.participant(span, (token.start, token.end))


def _speaks(draft: Draft, i: int) -> bool:
    """Whether word i is the source of what the draft tells: "the rebels said they had shelled"."""
    source = draft.teller.source if draft.teller is not None else None
    return source is not None and source[0] <= draft.sentence.tokens[i].start < source[1]


def _tells(draft: Draft, at: int) -> bool:
    """Whether a doer stands behind what is told, with those who tell it: "…, a monitor and a medical source said"."""
    teller = draft.teller
    if teller is None or teller.attitude != "asserts" or teller.cue is None or not teller.content:
        return False
    last = max(end for _, end in teller.content)
    return last <= at < teller.cue[0] and draft.event.trigger[1] <= last


def _points_back(draft: Draft, words: tuple[str, ...]) -> bool:
    s, i = draft.sentence, draft.event.head
    return not draft.event.verbal and any(s.lower[j] in words for j in s.children[i])
