"""What a participant is, and the party named before a noun."""

from __future__ import annotations

import re

import msgspec

from evenhand.reading.claims import clauses
from evenhand.reading.claims.company import CALENDAR, company
from evenhand.reading.claims.events import World
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence

TARGET_AT = ("on", "at", "against", "upon", "into", "toward", "towards")
WITH = ("with", "against")
_DEMONYM = re.compile(r"(?:i|an|ish|ese|ch|ek|ic|\.s\.|us|uk)s?$")


class Roles(msgspec.Struct, frozen=True):
    """Word indices of who did it, what it was done to and by what means."""

    actor: int | None = None
    target: int | None = None
    weapon: int | None = None

    def by(self, actor: int) -> Roles:
        """The same with another doer."""
        return Roles(actor, self.target, self.weapon)


def qualifier(s: Sentence, i: int, world: World) -> int | None:
    """A party named before the noun: "Israeli attack", "regime air strikes", "U.S.-led coalition strikes"."""
    for j in s.children[i]:
        relation, word = s.relations[j], s.lower[j]
        if j == i - 1 and word in words("kinds") and (of_kind := _party_before(s, j, world)) is not None:
            return of_kind
        if relation not in ("amod", "compound", "nmod:poss", "nmod") or j > i or word in words("kinds"):
            continue
        if word == "military" and s.lower[i] in words("undertakings"):
            continue
        if relation == "compound" and world.is_town(s, j):
            continue  # "the Xtown bombing"
        known = world.is_party_name(s.tokens[j].start)
        if j == 0 and s.tags[j] == "JJ" and not known and not _DEMONYM.search(word):
            continue  # a capital at the start of a sentence says nothing
        if relation == "nmod:poss":
            if word not in ("this", "that") and word not in CALENDAR:  # "Monday's raid" is no raid of Monday's
                return j
            continue
        if s.child(j, "case") is not None:
            continue
        if word in words("parties") or word.rstrip("s") in words("parties"):
            return j
        inner = next((k for k in s.children[j] if _is_party(s, k, world)), None)
        if inner is not None and not known:
            return inner
        if known or _looks_like_party(s, j, world):
            return j
    return None


def _party_before(s: Sentence, kind: int, world: World) -> int | None:
    """The party on a word of kind, where the tree has hung it there: "an Israeli | air raid"."""
    return next(
        (k for k in s.children[kind] if k == kind - 1 and (_is_party(s, k, world) or _looks_like_party(s, k, world))),
        None,
    )


def _is_party(s: Sentence, i: int, world: World) -> bool:
    return s.lower[i] in words("parties") or world.is_party_name(s.tokens[i].start)


def _looks_like_party(s: Sentence, i: int, world: World) -> bool:
    """Capitalised and no day, weapon or place; "U.S." and "USA" are taken for the government they stand for."""
    token = s.tokens[i]
    if not token.text[:1].isupper() or s.tags[i] not in ("JJ", "NNP", "NNPS") or s.lower[i] in CALENDAR:
        return False
    if world.lexicon.is_a(s.lower[i], "weapon"):
        return False
    letters = token.text.isupper() or "." in token.text
    return letters or s.tags[i] != "NNP" or not world.is_place_name(token.start)


def is_weapon(s: Sentence, i: int, world: World, of: int | None) -> bool:
    """Whether word i (or what stands behind its "of") is a weapon: "a salvo of rockets"."""
    if world.lexicon.is_a(s.lower[i], "projectile") or world.lexicon.is_a(s.lower[i], "weapon"):
        return True
    return of is not None and world.lexicon.is_a(s.lower[of], "projectile")


def subjected(s: Sentence, i: int, head: int, roles: Roles) -> Roles:
    """In "were subjected to torture by X" the one done to is the subject of the governor, word `head`."""
    actor = roles.actor if roles.actor is not None else clauses.doer(s, head)
    if actor is None:
        actor = company(s, i, "by")
    if actor is None:
        actor = next((b for j in s.children[i] if (b := company(s, j, "by")) is not None), None)
    return Roles(actor, roles.target if roles.target is not None else clauses.done_to(s, head), roles.weapon)
