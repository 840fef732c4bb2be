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
    "killing", "injury", "execution", "detention", "abduction", "torture", "destruction", "chemical_attack",
    "armed_clash", "territory_taken", "displacement", "siege",
}  # fmt: skip
_NEAR = 3  # words: a people's adjective right before a scene is part of its name, a farther one is the attack's
HARM = {"killing", "injury", "destruction", "displacement", "execution"}


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
            if attack is not None and told and s.relations[j] in ("obl", "obl:agent") and not is_doubted(s, j):
                actor = find_roles(s, attack, world, {}).actor
    if actor is not None and (s.lower[actor] in _NOBODY or any(s.lower[j] == "no" for j in s.children[actor])):
        actor = None
    if actor is not None and s.lower[actor] == "number" and (some := company(s, actor, "of")) is not None:
        actor = some  # "an unknown number of rebels attacked"
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
    if world.is_party_name(s.tokens[i].start) or any(
        s.tags[j].startswith("JJ") for j in s.children[i] if s.tokens[j].text[0].isupper() and i - j <= _NEAR
    ):
        return False
    lexicon, word = world.lexicon, s.lower[i]
    if s.tags[i].startswith("NNP"):
        if world.is_place_name(s.tokens[i].start) and s.child(i, "amod", "compound") is None:
            return True
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
        return named if named is not None else _who_fired(s, actor)
    if world.lexicon.is_a(s.lower[actor], "event"):
        return qualifier(s, actor, world)
    return actor


def _who_fired(s: Sentence, weapon: int) -> int | None:
    """Whose a weapon that does it is: "a rocket of the army", "hit by a rocket fired by separatists"."""
    for j in s.children[weapon]:
        if s.relations[j] == "acl" and s.tags[j] in ("VBN", "VBD") and (by := clauses.doer(s, j)) is not None:
            return by if by != weapon else None
    return company(s, weapon, "by", "from")


def is_doubted(s: Sentence, i: int) -> bool:
    """Whether the words on a noun say that it is only suspected."""
    return bool(words_near(s, i, wide=False) & words("doubted")) or any(
        s.relations[j] == "acl" and s.lower[j] in words("doubted") for j in s.children[i]
    )
