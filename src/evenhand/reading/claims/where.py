"""Where an event happened: the place expression that hangs nearest to it in the tree, else one told elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement
from evenhand.reading.claims.attacks import GENERIC
from evenhand.reading.claims.records import PlaceLike, placed
from evenhand.reading.claims.scene import (
    Dateline,
    is_fired_from,
    is_make_of_weapon,
    is_name_of_building,
    named_behind,
    nearest_before,
    spots_of_telling,
    taken_along,
    unnamed_spot,
)
from evenhand.reading.claims.spots import are_two, is_country, is_town, is_unlisted
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

if TYPE_CHECKING:
    from evenhand.reading.claims.drafts import Draft

_START, _END = attrgetter("start"), attrgetter("end")
_PROVINCE, _COUNTRY = 4, 6
_COARSE = {4: 1.5, 5: 2.0, 6: 3.5, 7: 5.0}
"""Cost by UCDP where_prec: a town is preferred to the province or country beside it."""
_BACK = 4
_NEAR = 32
_LEADING = 4
"""A place beside a statement's content counts when it opens the sentence ("In Aleppo, X said …") or is the
speaker's town ("villagers of X said")."""
_NO_NAMES = ("IN", "VB", "RB", "TO", "MD", "PRP")
"""Classes of words that only look like a name ("In", "Of" at the start of a sentence)."""
_ONE_STORY = GENERIC | {"killing", "injury", "execution", "destruction", "chemical_attack", "armed_clash"}
_NOWHERE = {"ceasefire", "agreement", "other", "aid", "aid_obstruction", "return"}
_FRONT = re.compile(r"(?:,? and [^\W\d_][\w'’-]*)? fronts?\b")
"""Behind a name: the front that bears it ("were sent to the Xa and Ya fronts"), not where something was told."""
_STANDS_AT, _LEAD_TO = re.compile(r"\b(?:in|at|near|inside|outside)\s(?:the\s)?\Z"), 12
_TALKS = {"other", "agreement"}
_MOSTLY = 0.6
"""So large a share of a report's places in one country makes it the country that the report is about."""
_UNREAL = {"hoped", "called_for", "hypothetical", "planned"}
_STEP_UP, _STEP_DOWN, _APART = 3.0, 1.0, 30.0
_CLIMB = 40
_ANOTHERS, _WHERE, _BESIDE = 4.0, 20.0, 6.0
_NEXT_CLAUSE = {"who", "which", "that", ";", "but", "while"}


class Whereabouts:
    """The place expressions of one report.

    `uses` says of an expression that it acts or is part of a name; `holders` are those that only say where another one
    lies ("Syria's Aleppo").
    """

    def __init__(
        self,
        places: Sequence[PlaceLike],
        uses: Mapping[Span, str],
        statements: Sequence[Statement],
        dateline: Span | None,
        holders: frozenset[Span] = frozenset(),
        text: str = "",
    ) -> None:
        kept = placed(places)
        self._dateline = Dateline.of(kept, dateline)
        self._places = [p for p in kept if dateline is None or not dateline[0] <= p.start < dateline[1]]
        self._starts = [p.start for p in self._places]
        self._text = text
        self._uses = uses
        self._holders = holders
        self._sources = sorted(s.source for s in statements if s.source is not None)
        self._source_starts = [s for s, _ in self._sources]
        self._told_at = sorted(spots_of_telling(statements))
        self._country: PlaceLike | None = None
        self._counted = False

    def of_events(self, drafts: Sequence[Draft]) -> list[tuple[list[PlaceLike], int | None]]:
        """For every event its own places and, where it has none, the event whose first place may be its own, too.

        Where no event before has one, a town that the sentences before name; "a village in X" under the date line of
        a village in X is that village.
        """
        acts = {(d.sentence.span, d.event.head): d for d in drafts}
        own = [self._scene(d, self._own_places(d, acts)) for d in drafts]
        return [(o, None) if o else self._from_elsewhere(n, drafts, own) for n, o in enumerate(own)]

    def _from_elsewhere(
        self, n: int, drafts: Sequence[Draft], own: Sequence[list[PlaceLike]]
    ) -> tuple[list[PlaceLike], int | None]:
        """The event to take the place from; where none before has one, the town that the sentences before name."""
        source = self._inherited(n, drafts, own)
        if self.is_general(drafts[n]):
            return [], source
        near = nearest_before(drafts[n].sentence.span[0], self._places, self._stands)
        told = source is not None and source < n
        if told and (near is None or source is None or not self._told_since(drafts[n], near, own[source][0])):
            return [], source
        return ([], source) if near is None else ([near], None)

    def _told_since(self, draft: Draft, near: PlaceLike, earlier: PlaceLike) -> bool:
        """Whether the sentence right before is of another town than the last event's: "Rescuers at Xa had …"."""
        last = draft.before
        if last is None or not last.span[0] <= near.start < last.span[1] or earlier.start >= last.span[0]:
            return False
        if any(last.span[0] <= start < last.span[1] for start, _ in self._told_at):
            return False  # "one of them, reached in Xa, said"
        stands = _STANDS_AT.search(self._text, max(0, near.start - _LEAD_TO), near.start)
        return stands is not None and are_two(near, earlier)

    def _stands(self, place: PlaceLike) -> bool:
        """Whether a place is a town or village that is told of, no speaker's seat and no place of speaking."""
        if self._uses.get((place.start, place.end), "place") != "place" or not (is_town(place) or is_unlisted(place)):
            return False
        return not any(a <= place.start < b for a, b in self._told_at) and not _FRONT.match(self._text, place.end)

    def _scene(self, draft: Draft, places: list[PlaceLike]) -> list[PlaceLike]:
        """For "a village in X" the place of the date line, where that can be it, else the one that is named next."""
        if not places or is_town(places[0]):
            return places
        noun = unnamed_spot(draft.sentence, places[0])
        if noun and self._dateline is not None and self._dateline.may_be(noun, places[0]):
            return [self._dateline.place]
        named = noun and named_behind(self._text, draft.sentence.span[1], noun, places[0], self._places, self._stands)
        return [named] if named else places

    @property
    def country(self) -> PlaceLike | None:
        """The country that most of the report's places lie in, where the report names it: its first mention."""
        if not self._counted:
            self._country, self._counted = self._main_country(), True
        return self._country

    def _main_country(self) -> PlaceLike | None:
        meant = [p for p in self._places if self._uses.get((p.start, p.end), "place") in ("place", "common")]
        counted = Counter(p.country for p in meant if p.country)
        if not counted:
            return None
        code, most = counted.most_common(1)[0]
        if most < _MOSTLY * counted.total():
            return None
        return next((p for p in self._places if p.country == code and is_country(p) and p.circle is not None), None)

    def _own_places(self, draft: Draft, acts: Mapping[tuple[Span, int], Draft]) -> list[PlaceLike]:
        """The places named for the event in its own sentence: the nearest in the tree, more when it heads a list."""
        s = draft.sentence
        scored: list[tuple[float, int, PlaceLike, tuple[int, int], int]] = []
        for place in self._places[bisect_left(self._starts, s.span[0]) : bisect_left(self._starts, s.span[1])]:
            reach = _words_of(s, place)
            if reach is None:
                continue
            top = min(range(reach[0], reach[1] + 1), key=lambda k: len(s.chain(k)))
            cost = self._cost(draft, place, top)
            if cost is not None and not _belongs_elsewhere(draft, top, acts):
                cost += _path_cost(s, draft.event.head, top) + _others_cost(draft, place, reach, top, acts)
                scored.append((cost, place.start, place, reach, top))
        if not scored:
            return []
        scored.sort(key=lambda x: x[:2])
        _, _, best, reach, reach_top = _first_of_list(s, scored)
        chosen = [best]
        if draft.type in _NOWHERE:
            return chosen
        owner = next((k for k in s.chain(reach_top) if k in (draft.event.head, draft.roles.target)), None)
        over = {*range(reach[0], reach[1] + 1), *_below(s, reach_top, owner)}
        owned = owner is not None or s.heads[reach_top] == s.heads[draft.event.head]
        for _, start, place, _, top in sorted(scored, key=lambda x: x[1]):
            beside = s.heads[top] in over or reach_top in s.chain(s.heads[top])  # "in X in the north, and Y"
            listed = s.relations[top] == "conj" and beside and owned and not _is_either(s, top)
            if listed and start > best.start and place.name != best.name and is_town(place) and is_town(best):
                chosen.append(place)
        return chosen

    def _cost(self, draft: Draft, place: PlaceLike, top: int) -> float | None:
        """What speaks against a place, None when it cannot be the event's."""
        s, use = draft.sentence, self._uses.get((place.start, place.end), "place")
        if use in ("actor", "part_of_name", "dateline") or s.tags[top].startswith(_NO_NAMES):
            return None
        if (place.start, place.end) in self._holders and (place.precision or _COUNTRY) >= _PROVINCE:
            return None
        located = any(s.relations[j] == "case" and s.lower[j] in words("locative") for j in s.children[top])
        if is_country(place) and not located and not _is_setting(s, draft.event.head, top):
            return None
        describes = s.tags[top].startswith("JJ") and place.lat is not None and not located
        owner = use == "common" and s.relations[top] == "nmod:poss"  # "the town's police said"
        if describes or owner or is_make_of_weapon(s, top) or is_name_of_building(s, place, self._starts):
            return None
        cost = (_COARSE.get(place.precision or 0, 0.0) if place.gazetteer else 1.0) + (4.0 if use == "common" else 0.0)
        actor = draft.actor.span if draft.actor is not None else None
        if actor is not None and actor[0] <= place.start < actor[1]:
            if not located:
                return None  # "a Staten Island policeman" is no policeman in Staten Island
            cost += 25.0
        if draft.teller is not None:
            beside = not any(a <= place.start < b for a, b in draft.teller.content)
            speaker = draft.teller.source
            theirs = speaker is not None and speaker[0] <= place.start < speaker[1] and is_town(place)
            theirs = theirs and not any(s.lower[k] in words("offices") for k in s.chain(top))  # a seat is no scene
            if beside and not (located and (top <= _LEADING or theirs)):
                return None
        else:
            before = bisect_left(self._source_starts, place.start + 1) - 1
            beside = before >= 0 and place.start < self._sources[before][1]
            if beside and not located:
                return None
        return cost + 15.0 * beside

    @staticmethod
    def is_general(draft: Draft) -> bool:
        """Whether an act is only wished, asked or agreed in general, at no town."""
        return draft.type in _NOWHERE and draft.stance.modality in _UNREAL

    def _inherited(self, n: int, drafts: Sequence[Draft], own: Sequence[list[PlaceLike]]) -> int | None:
        """The nearest like event before that has a place, else any event before, else the next like one.

        None for what is only wished, asked or agreed in general: "called for a ceasefire" happens at no town.
        """
        if self.is_general(
            drafts[n]
        ):  # but "those who fled Raqqa want to join": where the sentence's other act is told
            beside = range(max(0, n - _NEAR), min(len(drafts), n + _NEAR))
            same = (m for m in beside if drafts[m].sentence is drafts[n].sentence and drafts[m].type not in _TALKS)
            return next((m for m in same if own[m] and is_town(own[m][0])), None)
        named = [m for m in range(max(0, n - _NEAR), n) if own[m]]
        like = [m for m in named if _alike(drafts[m].type, drafts[n].type)]
        named = [m for m in named if drafts[m].type not in _TALKS or m in like]
        later = range(n + 1, min(len(drafts), n + _NEAR))
        after = [m for m in later if own[m] and _alike(drafts[m].type, drafts[n].type)][:1]
        for pool in (like[-_BACK:], named[-_BACK:], after):
            pinned = [m for m in pool if not is_country(own[m][0])]
            chosen = pinned or pool
            if chosen:
                return chosen[-1]
        return None


_Scored = tuple[float, int, PlaceLike, tuple[int, int], int]


def _is_either(s: Sentence, top: int) -> bool:
    return any(s.relations[j] == "cc" and s.lower[j] == "or" for j in s.children[top])


def _first_of_list(s: Sentence, scored: Sequence[_Scored]) -> _Scored:
    """The best place, or the one that heads the list it stands in ("to X or Y", "in X and the suburbs of Y")."""
    best = scored[0]
    if s.relations[best[4]] == "conj":
        head = s.heads[best[4]]
        return next((one for one in scored if one[3][0] <= head <= one[3][1] or one[4] == head), best)
    return best


def _below(s: Sentence, top: int, owner: int | None) -> list[int]:
    """The nouns that a place hangs on, below the act: "in the towns of X and Y" lists towns."""
    out: list[int] = []
    for k in s.chain(top):
        if k == owner or not s.tags[k].startswith("NN"):
            break
        out.append(k)
    return out if owner is not None else []


def _others_cost(
    draft: Draft, place: PlaceLike, reach: tuple[int, int], top: int, acts: Mapping[tuple[Span, int], Draft]
) -> float:
    """What speaks for or against a place by the words between: another act's, "X, where", "near the border"."""
    s, event, cost = draft.sentence, draft.event.head, 0.0
    owner = next((k for k in s.chain(top) if (s.span, k) in acts), None)
    if owner is not None and owner != event and owner not in s.chain(event):
        if event in s.chain(owner):  # "bombed the school after rebels fired at the base"
            cost += _ANOTHERS if s.relations[owner] == "advcl" and s.tags[owner] in ("VBD", "VBZ") else 0.0
        elif not _alike(acts[s.span, owner].type, draft.type):
            cost += _ANOTHERS
    after = reach[1] + 1 + (s.lower[reach[1] + 1 : reach[1] + 2] == (",",))
    if (
        s.lower[after : after + 1] == ("where",)
        and after < event
        and not _NEXT_CLAUSE & set(s.lower[after + 1 : event])
    ):
        cost -= _WHERE
    near = any(s.relations[j] == "case" and s.lower[j] in ("near", "along", "towards") for j in s.children[top])
    return cost + (_BESIDE if near and (place.precision or 0) > _PROVINCE else 0.0)


def _belongs_elsewhere(draft: Draft, top: int, acts: Mapping[tuple[Span, int], Draft]) -> bool:
    """Whether a place is another act's: where talks are held, what an agreement is called, where somebody was taken."""
    s, event = draft.sentence, draft.event.head
    head = s.heads[top]
    case = {s.lower[j] for j in s.children[top] if s.relations[j] == "case"}
    if head < 0 or s.lower[max(s.subtree(top)) + 1 : max(s.subtree(top)) + 2] == ("where",):
        return False
    if not case and s.lower[head] in words("called_after_places"):
        return True
    if case & {"to", "into", "from"} and head != event and s.lower[head] in words("taken_along"):
        return event not in s.chain(head) or s.heads[event] >= 0
    if (along := taken_along(s, head)) is not None:
        return event != along
    if is_fired_from(s, top, acts):
        return True
    owner = next((d for k in s.chain(top) if (d := acts.get((s.span, k))) is not None), None)
    talks = owner is not None and owner.type in _TALKS and not owner.event.verbal
    return talks and owner is not draft and event not in s.chain(top)


def _words_of(s: Sentence, place: PlaceLike) -> tuple[int, int] | None:
    first = bisect_right(s.tokens, place.start, key=_END)
    last = bisect_left(s.tokens, place.end, key=_START) - 1
    return (first, last) if first <= last else None


def _is_setting(s: Sentence, event: int, top: int) -> bool:
    """Whether a country stands before what happened in it: "in Syria's conflict", "a Syria market air strike"."""
    if s.relations[top] not in ("compound", "nmod:poss") or s.heads[top] == event:
        return False
    noun = s.heads[top]
    while s.relations[noun] == "compound" and noun != event:
        noun = s.heads[noun]
    return any(s.relations[j] == "case" and s.lower[j] in words("locative") for j in s.children[noun])


def _alike(a: str, b: str) -> bool:
    return a == b or {a, b} <= _ONE_STORY


def _path_cost(s: Sentence, event: int, word: int) -> float:
    """How far a word stands from an event in the tree: a step up counts three, a step down one."""
    depth = {k: n for n, k in enumerate(s.chain(event)[:_CLIMB])}
    for down, k in enumerate(s.chain(word)[:_CLIMB]):
        if k in depth:
            return _STEP_UP * depth[k] + _STEP_DOWN * down + 0.05 * abs(event - word)
    return _APART + 0.1 * abs(event - word)
