"""Participants that acts of one sentence have in common: the doer of an attack did its harm, too."""

from __future__ import annotations

from itertools import pairwise

from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.participants import HARM, is_doubted
from evenhand.reading.claims.roles import Roles
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

_NEXT = 4


def share_actors(s: Sentence, events: list[Event], roles: dict[int, Roles], world: World) -> dict[int, Roles]:
    """The doer of an attack did its harm, too, and what is coordinated with it ("killings and arrests by X").

    Not where the attack's doer is only suspected: the toll is asserted all the same.
    """
    out = _share_victims(s, events, roles)
    claimant = _claimant(s)
    for event in events:
        actor = out[event.head].actor
        if actor is None:
            if claimant is not None and (event.sense.attack or event.type in HARM or event.type == "bombing"):
                out[event.head] = out[event.head].by(claimant)
        elif event.type in HARM and s.tags[event.head] == "VBG" and not world.is_a(s, actor, "force"):
            # "… blew up a bomb near a mosque after prayers killing two": not the prayers
            led = [o for o in events if o.head < event.head and (o.sense.attack or o.type == "bombing")]
            known = [a for o in led if (a := out[o.head].actor) is not None]
            if known:
                out[event.head] = out[event.head].by(known[-1])
    for event in events:
        if out[event.head].actor is None:
            for other in events:
                actor = out[other.head].actor
                if actor is None or actor in (event.head, out[event.head].target):
                    continue
                if _does_both(s, event, other):
                    out[event.head] = out[event.head].by(actor)
                    break
    return out


def _share_victims(s: Sentence, events: list[Event], roles: dict[int, Roles]) -> dict[int, Roles]:
    """Those harmed, where they are told of the next act only.

    "This carnage, when civilians were tortured by X" (and its doer); "the killing or wounding of several".
    """
    out = dict(roles)
    for one, two in pairwise(events):
        mine, told = out[one.head], out[two.head]
        if told.target is None or one.verbal or mine.target is not None:
            continue
        when = set(s.lower[one.head + 1 : min(two.head, one.head + _NEXT)]) & {"when", "where"}
        if when and one.type == "killing" and two.type in HARM | {"torture"} and mine.actor is None:
            out[one.head] = Roles(told.actor, told.target, mine.weapon)
        joined = s.heads[two.head] == one.head and s.relations[two.head] == "conj" and not two.verbal
        if joined and one.type in HARM and two.type in HARM:
            out[one.head] = Roles(mine.actor, told.target, mine.weapon)
    return out


def _does_both(s: Sentence, event: Event, other: Event) -> bool:
    """Whether the doer of `other` is that of `event`, too."""
    if event.head == other.head or is_doubted(s, other.head):
        return False
    mine = _group(s, event.head)
    harmed = other.sense.attack and not other.verbal and event.type in HARM
    if _when(s, event, other):
        return True
    if harmed and mine in {_group(s, k) for k in s.chain(other.head)}:  # "killed … in strikes by X"
        return True
    if event.verbal:
        return False
    if other.type == "ceasefire" and event.sense.attack and s.heads[event.head] == other.head:  # "X halted its strikes"
        return True
    if other.type in HARM and event.sense.attack and s.heads[event.head] == other.head:  # "X killed … in strikes"
        return s.relations[event.head] == "obl"
    own = s.child(event.head, "det", "nmod:poss") is not None  # "an assault by X and a counterattack": not by X
    return mine == _group(s, other.head) and not other.verbal and not own


def _when(s: Sentence, event: Event, other: Event) -> bool:
    """Whether harm came of an attack told in its "when" or "after" clause: "were killed when rebels fired on"."""
    if not (event.verbal and other.verbal and other.sense.attack and event.type in HARM - {"displacement"}):
        return False
    clause = s.heads[other.head] == event.head and s.relations[other.head] == "advcl"
    return clause and any(s.lower[j] in ("when", "after") for j in s.children[other.head])


def _group(s: Sentence, i: int) -> int:
    """The first word of the coordination that a word stands in."""
    while s.relations[i] == "conj" and s.heads[i] >= 0:
        i = s.heads[i]
    return i


def _claimant(s: Sentence) -> int | None:
    """Who "claimed responsibility" in this sentence, or by whom it "was claimed"."""
    for i, word in enumerate(s.lower):
        if word not in words("credit"):
            continue
        head = s.heads[i]
        taken = s.relations[i] in ("obj", "nsubj:pass")
        if taken and s.lower[head].startswith(("claim", "admit", "accept", "took", "take", "taking", "assum")):
            found = clauses.subject(s, head) if s.relations[i] == "obj" else clauses.doer(s, head)
            no = found is not None and any(s.lower[j] == "no" for j in s.children[found])
            return found if found is not None and not no and s.lower[found] not in ("no", "nobody", "one") else None
    return None
