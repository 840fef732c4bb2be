"""Who did what to whom, of an event told by a noun ("the shelling of") or an adjective ("rebel-held")."""

from __future__ import annotations

from evenhand.reading.claims import clauses
from evenhand.reading.claims.answerable import answerable
from evenhand.reading.claims.company import cases, company, next_behind, noun_after
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.roles import TARGET_AT, WITH, Roles, is_weapon, qualifier, subjected
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

_SUFFERED = {
    "killing", "injury", "detention", "abduction", "execution", "torture", "evacuation", "displacement",
    "sexual_violence", "territory_taken", "siege", "weapons_found", "mass_grave", "destruction", "territory_held",
}  # fmt: skip
"""Types of which what stands before the noun suffers it: "civilian deaths"."""
_UNDERGONE = {"shelling", "armed_clash", "siege", "airstrike", "ground_attack", "bombing", "chemical_attack"}


def noun_roles(s: Sentence, event: Event, world: World) -> Roles:
    """From the noun's own phrases, then from the verb it belongs to."""
    i, sense = event.head, event.sense
    if "behind" in cases(s, i) and s.child(i, "cop") is not None and (by := s.child(i, "nsubj")) is not None:
        return Roles(by, None, None)  # "the group is behind the attack"
    if event.type == "ceasefire" and sense.of == "none":
        ended = company(s, i, "to", "in", "of")
        if ended is not None:  # "an end to X's strikes"
            return Roles(clauses.holder(s, ended, 0), ended, None)
    roles = _suffered(s, event, world) if sense.of == "target" and event.type in _SUFFERED else _done(s, event, world)
    if sense.between:
        pair = company(s, i, "between", "among")
        if pair is None:
            pair = next((s.heads[k] for k in range(i + 1, min(i + 9, len(s.tokens))) if s.lower[k] == "between"), None)
        if pair is not None and pair > i:
            return Roles(pair, s.child(pair, "conj"), None)
        other = company(s, i, *WITH)
        roles = Roles(roles.actor, other if other is not None else roles.target, None)
    if event.type == "territory_held" and cases(s, i) & {"under", "in"}:
        held = s.child(i, "nsubj", "nsubj:pass")
        if held is None and s.heads[i] >= 0 and clauses.is_verb(s, s.heads[i]):
            held = clauses.subject(s, s.heads[i])
        holder = roles.actor if roles.actor is not None else _of(s, i)
        return Roles(holder, held if held is not None else roles.target, None)
    roles = _governed(s, event, _described(s, event, roles))
    if roles.actor is None and event.sense.of in ("actor", "target"):
        blamed = clauses.accused(s, i)
        roles = roles.by(blamed) if blamed is not None and blamed != roles.target else roles
    if roles.target is None and sense.attack and i + 1 < len(s.tokens) and s.lower[i + 1] in ("on", "against"):
        return Roles(roles.actor, noun_after(s, i + 1), roles.weapon)
    return roles


def _of(s: Sentence, i: int) -> int | None:
    """What stands behind the noun's "of": by the words, else by the tree."""
    after = noun_after(s, i + 1) if i + 1 < len(s.tokens) and s.lower[i + 1] == "of" else None
    return after if after is not None else company(s, i, "of")


def _by(s: Sentence, event: Event) -> int | None:
    i = event.head
    by = company(s, i, "by", "from") if event.type in _UNDERGONE else company(s, i, "by")
    if by is None:
        by = next_behind(s, i, ("by",), 7)
        told = by is not None and any(s.tags[k].startswith("VB") for k in range(i + 1, by + 1))
        by = None if told else by  # "their advance was slowed by the army"
    return by


def _aimed_at(s: Sentence, event: Event) -> int | None:
    """The target behind the noun: "attack on the town", "access for the relief workers", "damage to houses"."""
    i = event.head
    if event.type in ("killing", "injury", "ceasefire"):
        return None
    if event.type == "destruction":
        return company(s, i, "to")
    if event.type == "aid":
        reached = company(s, i, "for")
        if reached is None:
            reached = next_behind(s, i, ("for",), 3)
        if reached is None and s.heads[i] >= 0 and s.lower[s.heads[i]] in words("given"):
            reached = clauses.subject(s, s.heads[i])
        return reached
    at = company(s, i, *TARGET_AT)
    if at is not None and any(s.tags[k] in ("VBN", "VBD") for k in range(i + 1, at)):
        at = None  # "the attack in X posted on Y"
    return at if at is not None or not event.sense.attack else company(s, i, "near", "across")


def _suffered(s: Sentence, event: Event, world: World) -> Roles:
    i = event.head
    of, named = _of(s, i), qualifier(s, i, world)
    actor, target = _by(s, event), of if of is not None else _aimed_at(s, event)
    if named is not None:
        if event.type == "territory_held":
            actor = named
        elif target is None:
            target = named
        elif actor is None:
            actor = named
    if target is None:
        people = (j for j in s.children[i] if s.relations[j] in ("compound", "amod"))
        target = next((j for j in people if world.lexicon.is_a(s.lower[j], "person")), None)
    return Roles(actor, target, None)


def _done(s: Sentence, event: Event, world: World) -> Roles:
    i, sense = event.head, event.sense
    of, actor, target = _of(s, i), _by(s, event), _aimed_at(s, event)
    means = actor if actor is not None and is_weapon(s, actor, world, company(s, actor, "of")) else None
    actor = actor if actor is not None and means is None else qualifier(s, i, world)
    if of is not None and not world.lexicon.is_a(s.lower[of], "weapon"):
        if sense.of == "actor" and actor is None:
            actor = of
        elif sense.of == "target" and target is None:
            target = of
    return Roles(actor, target, means)


def _described(s: Sentence, event: Event, roles: Roles) -> Roles:
    """From the clauses on the noun: "strikes targeting the base", "an attack carried out by", "operation to take"."""
    actor, target = roles.actor, roles.target
    for j in s.children[event.head]:
        if s.relations[j] not in ("acl", "acl:relcl") or not clauses.is_verb(s, j):
            continue
        if clauses.is_passive(s, j):
            if actor is None and (begins(s.lower[j], "light") or begins(s.lower[j], "firing")):
                actor = clauses.doer(s, j)
            target = target if target is not None else company(s, j, *TARGET_AT)
        elif target is None:
            led = s.child(j, "mark", "case") is not None and event.type in ("ground_attack", "airstrike")
            if led or begins(s.lower[j], "hitting"):
                found = clauses.done_to(s, j)
                target = found if found != event.head else None
    actor = actor if actor is not None else _carried_out(s, event.head)
    return Roles(actor, target, roles.weapon)


def _carried_out(s: Sentence, i: int) -> int | None:
    """By whom, in "strikes allegedly carried out by X", "the raid, apparently staged by X", whatever the tree says."""
    at = i + 1
    while at < len(s.tokens) and (s.tags[at] == "RB" or (s.lower[at] == "," and at == i + 1)):
        at += 1
    if at == i + 1 or at >= len(s.tokens) or not (begins(s.lower[at], "light") or begins(s.lower[at], "firing")):
        return None
    by = next((k for k in range(at + 1, min(at + 4, len(s.tokens))) if s.lower[k] == "by"), None)
    who = s.heads[by] if by is not None else -1
    return who if by is not None and who > by else None


def _governed(s: Sentence, event: Event, roles: Roles) -> Roles:
    """From the verb the noun belongs to: "carried out strikes", "came under fire", "strikes hit"."""
    i = event.head
    head, relation = s.heads[i], s.relations[i]
    while head >= 0 and relation == "conj" and not clauses.is_verb(s, head):
        relation, head = s.relations[head], s.heads[head]
    if head == i - 1 and s.tags[head] == "VBG" and s.heads[head] >= 0 and begins(s.lower[s.heads[head]], "light"):
        head, relation = s.heads[head], "obj"  # "carried out ten targeting operations": a kind, not a deed
    if roles.actor is None and (who := answerable(s, i, head, relation)) is not None:
        return roles.by(who)
    if roles.actor is None and relation in ("nsubj", "nsubj:pass") and (by := _raised(s, head)) is not None:
        roles = Roles(by, roles.target, roles.weapon)
    if head < 0 or not clauses.is_verb(s, head):
        return roles
    over = s.heads[head]
    if relation == "conj" and over >= 0 and s.lower[over].startswith("subject"):
        return subjected(s, head, over, roles)
    verb = s.lower[head]
    if verb.startswith("subject") and relation in ("obl", "xcomp", "conj"):
        return subjected(s, i, head, roles)
    if relation in ("obj", "nsubj:pass", "xcomp") or (relation == "obl" and verb.startswith(("step", "us"))):
        return _acted(s, event, head, roles)
    if relation == "nsubj" and not clauses.is_passive(s, head):
        return _subject_of(s, head, roles)
    return _beside_verb(s, event, head, roles) if relation == "obl" else roles


def _raised(s: Sentence, head: int) -> int | None:
    """As in "the strike was suspected to have been carried out by X", "is likely to have been staged by X": X."""
    for j in s.children[head]:
        if s.relations[j] == "xcomp" and begins(s.lower[j], "light") and clauses.is_passive(s, j):
            return clauses.doer(s, j)
    return None


def _subject_of(s: Sentence, head: int, roles: Roles) -> Roles:
    """Of an attack that is the subject of an active verb: "strikes hit", "the attack carried out by X will not …"."""
    verb = s.lower[head]
    by = company(s, head, "by") if begins(verb, "light") else None
    if by is not None:
        return Roles(by, roles.target, roles.weapon)
    if roles.target is None and begins(verb, "hitting"):
        hit = clauses.done_to(s, head)
        hit = hit if hit is not None else company(s, head, "on", "in", "at")
        taken = hit is not None and s.lower[hit] in ("life", "lives")
        return Roles(roles.actor, None if taken else hit, roles.weapon)
    return roles


def _acted(s: Sentence, event: Event, head: int, roles: Roles) -> Roles:
    verb, actor, target = s.lower[head], roles.actor, roles.target
    if actor is None and verb.startswith(("blam", "attribut", "pin")):  # "the attack was blamed on separatists"
        blamed = company(s, head, "on", "to")
        blamed = blamed if blamed is not None else next_behind(s, head, ("on", "to"), 12)
        return Roles(blamed, target, roles.weapon)
    if begins(verb, "suffering") and not clauses.is_passive(s, head):
        target = target if target is not None else clauses.subject(s, head)
    elif _only_told(s, event, verb):
        return roles
    elif begins(verb, "light") or event.type == "movement":
        actor = actor if actor is not None else clauses.doer(s, head)
        if target is None and begins(verb, "light"):
            target = company(s, head, *TARGET_AT)
            target = target if target is not None or not event.sense.attack else company(s, head, "near")
    return Roles(actor, target, roles.weapon)


def _only_told(s: Sentence, event: Event, verb: str) -> bool:
    """Whether the verb's subject speaks of an outcome, and does not say that it brought it about."""
    return begins(verb, "telling_of") and begins(s.lower[event.head], "outcomes")


def _beside_verb(s: Sentence, event: Event, head: int, roles: Roles) -> Roles:
    verb, actor, target, before = s.lower[head], roles.actor, roles.target, cases(s, event.head)
    if actor is None:
        led = "for" in before and begins(verb, "light")
        if led or ("with" in before and not clauses.is_passive(s, head)):
            actor = clauses.doer(s, head)
        if actor is None and event.sense.attack and begins(verb, "blaming"):
            actor = s.child(head, "obj", "nsubj:pass")
        if actor is None and verb.startswith(("claim", "admit")) and not _only_told(s, event, verb):
            actor = clauses.subject(s, head)
    if target is None and "under" in before and event.type in _UNDERGONE:
        target = clauses.done_to(s, head) if begins(verb, "putting") else clauses.subject(s, head)
    return Roles(actor, target, roles.weapon)


def adjective_roles(s: Sentence, event: Event) -> Roles:
    """Of adjectives: "rebel-held district", "left two dead", "20 wounded", "besieged towns"."""
    i = event.head
    head, relation = s.heads[i], s.relations[i]
    noun = head if relation in ("amod", "compound") and head >= 0 else None
    if "-" in s.tokens[i].text and event.type in ("territory_held", "siege"):
        return Roles(i, noun, None)
    if i and s.tags[i - 1] == "CD" and s.tags[i][:2] in ("JJ", "NN", "VB"):  # headlines: "35 dead, 12 wounded"
        return Roles(company(s, i, "by"), i - 1, None)
    if noun is None:
        noun = s.child(i, "nsubj", "nsubj:pass")
    if noun is None and head >= 0 and relation in ("xcomp", "acl", "obl", "conj", "advmod", "dep"):
        noun = head
        if clauses.is_verb(s, head):
            noun = s.child(head, "obj")
            if noun is not None and s.lower[head].startswith(("leav", "left")):
                return Roles(clauses.doer(s, head), noun, None)
            noun = noun if noun is not None else clauses.subject(s, head)
    if noun is None and (s.child(i, "nummod") is not None or s.tags[i].startswith("NN")):
        noun = i
    return Roles(company(s, i, "by"), noun, None)
