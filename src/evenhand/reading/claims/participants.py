"""Actor, target and weapon of an event as words of its sentence."""

from __future__ import annotations

from evenhand.reading.claims import clauses
from evenhand.reading.claims.attacks import GENERIC
from evenhand.reading.claims.company import CALENDAR, company, words_near
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.roles import Roles, qualifier
from evenhand.reading.claims.roles_of_nouns import adjective_roles, noun_roles
from evenhand.reading.claims.roles_of_verbs import verb_roles
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

_NOBODY = {"who", "which", "what", "whoever", "neither", "nobody", "none"}
_DEEDS = GENERIC | {
    "killing", "injury", "execution", "detention", "abduction", "torture", "destruction", "chemical_attack", "armed_clash",
    "territory_taken", "displacement", "siege",
}  # fmt: skip
_HARM = {"killing", "injury", "destruction", "displacement", "execution"}


def find_roles(s: Sentence, event: Event, world: World, others: dict[int, Event]) -> Roles:
    """The participants of one event; `others` are the sentence's events by their head word."""
    if event.verbal:
        roles = verb_roles(s, event, world)
    elif event.sense.part == "adjective":
        roles = adjective_roles(s, event)
    else:
        roles = noun_roles(s, event, world)
    return _tidy(s, event, world, roles, others)


def _tidy(s: Sentence, event: Event, world: World, roles: Roles, others: dict[int, Event]) -> Roles:
    actor, target, weapon = roles.actor, roles.target, roles.weapon
    if actor is not None:
        if weapon is None and actor not in others and world.lexicon.is_a(s.lower[actor], "projectile"):
            weapon = actor
        actor = _someone(s, event, world, actor, others)
    elif event.verbal and event.type in ("killing", "injury", "destruction"):
        for j in s.children[event.head]:  # "wounded in the regime's attack": its doer did both
            attack = others.get(j)
            told = attack is not None and not attack.verbal and attack.sense.attack
            if attack is not None and told and s.relations[j] in ("obl", "obl:agent") and not _is_doubted(s, j):
                actor = find_roles(s, attack, world, {}).actor
    if actor is not None and (s.lower[actor] in _NOBODY or any(s.lower[j] == "no" for j in s.children[actor])):
        actor = None
    if actor is not None and (s.lower[actor] in words("abstract") or s.lower[actor] in CALENDAR):
        actor = None
    if actor is not None and event.type in _DEEDS and _is_scene(s, actor, world):
        actor = None
    itself = target == event.head and event.verbal and s.child(event.head, "nummod") is None
    itself = itself or (target is not None and s.lower[target].endswith(("self", "selves")))
    if target is not None and target != event.head and event.verbal:  # "took shelter"
        itself = itself or event.trigger[0] <= s.tokens[target].start < event.trigger[1]
    if target is not None and (s.lower[target] in CALENDAR or itself or target == actor):
        target = None
    return Roles(actor, target, weapon)


def _is_scene(s: Sentence, i: int, world: World) -> bool:
    """A road, a house, a province does nothing to anybody: the tree has hung the act on where it happened."""
    if world.is_party_name(s.tokens[i].start) or any(s.tags[j].startswith("JJ") for j in s.children[i] if s.tokens[j].text[0].isupper()):
        return False
    lexicon, word = world.lexicon, s.lower[i]
    if s.tags[i].startswith("NNP"):
        return s.relations[i] != "compound" and lexicon.is_a(word, "place") and not lexicon.is_a(word, "force")
    scene = lexicon.is_a(word, "place") or lexicon.is_a(word, "structure")
    return scene and not any(lexicon.is_a(word, name) for name in ("force", "transport", "weapon", "person"))


def _someone(s: Sentence, event: Event, world: World, actor: int, others: dict[int, Event]) -> int | None:
    """An attack or a weapon is no doer: its own doer is taken instead, where it has one."""
    if actor in others and actor != event.head:
        inner = others[actor]
        return find_roles(s, inner, world, {}).actor if not inner.verbal else None
    if world.lexicon.is_a(s.lower[actor], "projectile"):
        named = qualifier(s, actor, world)
        return named if named is not None else company(s, actor, "by", "from")
    if world.lexicon.is_a(s.lower[actor], "event"):
        return qualifier(s, actor, world)
    return actor


def share_actors(s: Sentence, events: list[Event], roles: dict[int, Roles], world: World) -> dict[int, Roles]:
    """The doer of an attack did its harm, too, and what is coordinated with it ("killings and arrests by X").

    Not where the attack's doer is only suspected: the toll is asserted all the same.
    """
    out = dict(roles)
    claimant = _claimant(s)
    for event in events:
        actor = out[event.head].actor
        if actor is None:
            if claimant is not None and (event.sense.attack or event.type in _HARM or event.type == "bombing"):
                out[event.head] = out[event.head].by(claimant)
        elif event.type in _HARM and s.tags[event.head] == "VBG" and not world.is_a(s, actor, "force"):
            # "… blew up a bomb near a mosque after prayers killing two": not the prayers
            led = [o for o in events if o.head < event.head and (o.sense.attack or o.type == "bombing")]
            known = [a for o in led if (a := out[o.head].actor) is not None]
            if known:
                out[event.head] = out[event.head].by(known[-1])
    for event in events:
        target = out[event.head].target
        if target is None or event.verbal:
            continue
        for other in events:  # "the killing or wounding of several": the first has it, too
            joined = s.heads[event.head] == other.head and s.relations[event.head] == "conj" and not other.verbal
            if joined and other.type in _HARM and event.type in _HARM and out[other.head].target is None:
                out[other.head] = Roles(out[other.head].actor, target, out[other.head].weapon)
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


def _does_both(s: Sentence, event: Event, other: Event) -> bool:
    """Whether the doer of `other` is that of `event`, too."""
    if event.head == other.head or _is_doubted(s, other.head):
        return False
    mine = _group(s, event.head)
    harmed = other.sense.attack and not other.verbal and event.type in _HARM
    if harmed and mine in {_group(s, k) for k in s.chain(other.head)}:  # "killed … in strikes by X"
        return True
    if event.verbal:
        return False
    if other.type == "ceasefire" and event.sense.attack and s.heads[event.head] == other.head:  # "X halted its strikes"
        return True
    if other.type in _HARM and event.sense.attack and s.heads[event.head] == other.head:  # "X killed … in strikes"
        return s.relations[event.head] == "obl"
    own = s.child(event.head, "det", "nmod:poss") is not None  # "an assault by X and a counterattack": not by X
    return mine == _group(s, other.head) and not other.verbal and not own


def _is_doubted(s: Sentence, i: int) -> bool:
    return bool(words_near(s, i, wide=False) & words("doubted")) or any(
        s.relations[j] == "acl" and s.lower[j] in words("doubted") for j in s.children[i]
    )


def _group(s: Sentence, i: int) -> int:
    """The first word of the coordination that a word stands in."""
    while s.relations[i] == "conj" and s.heads[i] >= 0:
        i = s.heads[i]
    return i


def _claimant(s: Sentence) -> int | None:
    """Who "claimed responsibility" in this sentence."""
    for i, word in enumerate(s.lower):
        head = s.heads[i]
        taken = word == "responsibility" and s.relations[i] == "obj"
        if taken and s.lower[head].startswith(("claim", "admit", "accept")):
            found = clauses.subject(s, head)
            no = found is not None and any(s.lower[j] == "no" for j in s.children[found])
            return found if found is not None and not no and s.lower[found] not in ("no", "nobody", "one") else None
    return None
