"""Who did what to whom by what means, of an event told by a verb."""

from __future__ import annotations

from evenhand.reading.claims import clauses
from evenhand.reading.claims.company import company, next_behind, noun_after, of_those
from evenhand.reading.claims.disclaimers import is_side
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.roles import TARGET_AT, WITH, Roles, is_weapon, qualifier, subjected
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

_BEHIND = {
    "ground_attack": ("to", "towards", "in", "on"),
    "bombing": ("near", "outside", "in", "inside", "among"),
    "mines_or_explosives": ("in", "along", "inside", "under"),
}
"""Where else than behind "on", "at", "against" the target may stand, by type."""


def verb_roles(s: Sentence, event: Event, world: World) -> Roles:
    """The participants, by the scheme of the sense (head of `data/triggers.toml`)."""
    i, scheme = event.head, event.sense.roles
    if event.sense.target_of:
        return _of_control(s, event, world)
    if scheme == "patient":
        return _patient(s, i, world)
    if scheme == "found":
        return Roles(None, clauses.done_to(s, i), None)
    if scheme == "means":
        target = company(s, i, "on", "in", "into", "at", "near", "towards", "toward")
        return Roles(_fired_from(s, i, world), target, clauses.subject(s, i))
    head = s.heads[i]
    if head >= 0 and s.lower[head].startswith("subject") and s.relations[i] in ("xcomp", "obl"):
        return subjected(s, i, head, Roles())
    roles = _active(s, event, world)
    thing = roles.actor is None or world.lexicon.is_a(s.lower[roles.actor], "projectile")
    if event.type in ("shelling", "airstrike") and thing and (by := _fired_from(s, i, world)) is not None:
        return roles.by(by)
    return roles


def _fired_from(s: Sentence, i: int, world: World) -> int | None:
    """Whose position or gun it came from: "fired from army positions", "came from tanks of the militia".

    An area that somebody only holds is not his gun: "fired from territory held by X" says nothing of who fired.
    """
    at = company(s, i, "from")
    at = at if at is not None else next_behind(s, i, ("from",), 4)
    if at is None or s.lower[at] not in words("emplacements"):
        return None
    for j in s.children[at]:
        if s.relations[j] in ("amod", "compound", "nmod:poss") and is_side(s, j, world):
            return j
        if s.relations[j] in ("acl", "acl:relcl") and clauses.is_passive(s, j):
            return clauses.doer(s, j)
    of = company(s, at, "of")
    return of if of is not None and is_side(s, of, world) else None


def _active(s: Sentence, event: Event, world: World) -> Roles:
    """Of the schemes in which the subject does it and the object suffers it or is the means."""
    i, scheme = event.head, event.sense.roles
    actor, target = clauses.doer(s, i), clauses.done_to(s, i)
    if target is not None and s.lower[target] in ("lives", "life"):  # "claimed the lives of 30": theirs, by no person
        whose = company(s, target, "of")
        whose = whose if whose is not None else of_those(s, target)
        attack = actor if actor is not None and world.lexicon.is_a(s.lower[actor], "event") else None
        return Roles(attack, whose if whose is not None else target, None)
    if scheme == "mover":
        if target is not None and event.type == "displacement" and world.lexicon.is_a(s.lower[target], "event"):
            target = None  # "fleeing the strikes": what they flee from
        return Roles(actor if clauses.is_passive(s, i) else clauses.subject(s, i), target, None)
    if scheme == "between":
        return Roles(actor, target if target is not None else company(s, i, *WITH), None)
    weapon = _weapon(s, i, world)
    if target is not None and s.lower[target] == "fire":  # "set fire to the clinic"
        burnt = company(s, i, "to")
        burnt = burnt if burnt is not None else company(s, target, "to")
        return Roles(actor, burnt if burnt is not None else noun_after(s, target + 1), None)
    if scheme == "at":
        return _at(s, event, world, Roles(actor, target, weapon))
    if event.type in ("killing", "injury", "execution"):
        actor, target = _victims(s, i, world, (actor, target))
    return Roles(actor, target, weapon)


def _weapon(s: Sentence, i: int, world: World) -> int | None:
    found = company(s, i, "with", "using")
    return found if found is not None and is_weapon(s, found, world, company(s, found, "of")) else None


def _of_control(s: Sentence, event: Event, world: World) -> Roles:
    """Of "took control of the town" and "remained under the control of X"."""
    i = event.head
    actor = clauses.doer(s, i)
    control = next((j for j in s.children[i] if s.lower[j] == event.sense.target_of), None)
    inner = company(s, control, "of", "over") if control is not None else None
    inner = inner if inner is not None else company(s, i, "of", "over")
    if control is not None and inner is None and s.child(control, "case") is not None:
        taken = s.child(i, "obj")
        if taken is not None and taken != control:  # "took the town under control"
            return Roles(actor, taken, None)
        return Roles(qualifier(s, control, world), actor, None)
    return Roles(actor, inner, None)


def _patient(s: Sentence, i: int, world: World) -> Roles:
    if s.lower[i].startswith("treat"):
        return Roles(None, clauses.done_to(s, i), None)
    return Roles(company(s, i, "by"), clauses.subject(s, i), _weapon(s, i, world))


def _at(s: Sentence, event: Event, world: World, roles: Roles) -> Roles:
    """The object is the means, the target stands behind a preposition: "fired rockets at the town"."""
    i, means = event.head, roles.target
    behind = company(s, i, *TARGET_AT)
    if behind is None and event.type in _BEHIND:
        behind = company(s, i, *_BEHIND[event.type])
        if behind is None and event.type == "mines_or_explosives":
            behind = next_behind(s, i, _BEHIND[event.type], 6)
    if behind is None and event.type in ("shelling", "chemical_attack", "airstrike"):
        behind = next_behind(s, i, ("at", "on", "against", "into"))
    if means is not None and not is_weapon(s, means, world, company(s, means, "of")):
        if behind is None or event.type == "bombing":  # "blew up the pipeline"
            behind = means
        means = None
    return Roles(roles.actor, behind, means if means is not None else roles.weapon)


def _headline(s: Sentence, i: int, actor: int | None, target: int | None) -> bool:
    """Whether those counted before a bare participle that "in", "by", "as" follows are the victims."""
    if actor is None or target is not None or s.child(actor, "nummod") is None or s.child(i, "aux", "obj") is not None:
        return False
    after = s.lower[i + 1] if i + 1 < len(s.lower) else ""
    return s.tags[i] in ("VBN", "VBD") and after in (
        "in",
        "by",
        "as",
        "at",
        "near",
        "during",
        "after",
        "when",
        "on",
        "",
    )


def _victims(s: Sentence, i: int, world: World, pair: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Headlines drop "were": in "Two killed, 6 injured" the one before the participle is the victim."""
    actor, target = pair
    if i and s.tags[i - 1] == "CD" and s.tags[i] in ("VBN", "VBD", "JJ"):
        return None, i - 1
    if i > 1 and s.tags[i - 2] == "CD" and s.lower[i - 1] in ("more", "other", "others"):  # "and six more wounded"
        return actor, i - 2
    if target is None and s.child(i, "nummod") is not None:
        return actor, i
    if _headline(s, i, actor, target):  # "More than 100 fighters killed in raids"
        return None, actor
    if actor is None or s.child(i, "aux") is not None or world.lexicon.is_a(s.lower[actor], "force"):
        return actor, target
    if world.lexicon.is_a(s.lower[actor], "event"):
        return actor, target
    counted = s.tags[actor] == "CD" or s.child(actor, "nummod") is not None
    people = counted or world.lexicon.is_a(s.lower[actor], "person")
    return (None, actor) if people and (target is None or s.tags[target] == "CD") else (actor, target)
