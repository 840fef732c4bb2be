"""How an attack was made, where its own word does not say: from the air, by shells, by a bomb, with gas, on foot.

Asked in turn: the words on the attack itself, its doer and weapon, the sentence, the attacks told before it.
"""

from __future__ import annotations

import re

from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.inflection import singular
from evenhand.reading.syntax.parser import Sentence

_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "chemical_attack",
        frozenset(
            ["chemical", "toxic", "sarin", "chlorine", "mustard", "nerve", "poison", "poisonous", "poisoned", "gas"]
        ),
    ),
    (
        "bombing",
        frozenset(
            [
                "suicide",
                "car-bomb",
                "car",
                "roadside",
                "ied",
                "vbied",
                "bomber",
                "blast",
                "explosion",
                "explosive",
                "belt",
                "booby-trapped",
            ]
        ),
    ),
    (
        "airstrike",
        frozenset(
            [
                "air",
                "aerial",
                "airstrike",
                "drone",
                "warplane",
                "jet",
                "plane",
                "aircraft",
                "helicopter",
                "sky",
                "barrel",
                "airplane",
                "fighter-jet",
                "sortie",
                "bomber-jet",
                "gunship",
            ]
        ),
    ),
    (
        "shelling",
        frozenset(
            [
                "rocket",
                "mortar",
                "artillery",
                "missile",
                "shell",
                "shellfire",
                "howitzer",
                "grad",
                "tank",
                "projectile",
                "shelling",
                "round",
                "katyusha",
                "grenade",
                "rocket-propelled",
            ]
        ),
    ),
    (
        "ground_attack",
        frozenset(
            [
                "ground",
                "infantry",
                "storm",
                "commando",
                "gunman",
                "gunmen",
                "armoured",
                "armored",
                "knife",
                "machete",
                "foot",
            ]
        ),
    ),
)
_GAS = re.compile(
    r"\b(?:chemical|toxic|poison(?:ous)?|nerve|mustard|chlorine|sarin)\s(?:\w+\s)?(?:gas|weapon|agent|attack|shell|bomb|"
    r"munition|substance)|\b(?:sarin|chlorine|phosgene)\b|\bgas attack",
    re.IGNORECASE,
)
GENERIC = {"airstrike", "shelling", "ground_attack", "bombing"}


def _signs(words: set[str]) -> str | None:
    if "gas" in words and words & {
        "field",
        "pipeline",
        "plant",
        "tear",
        "natural",
        "oil",
        "station",
        "mask",
        "tank",
        "cylinder",
        "canister",
        "bottle",
        "tanks",
        "cylinders",
        "canisters",
    }:
        words = words - {"gas"}
    if "car" in words and not words & {"bomb", "bombing", "explosion", "blast", "bombs", "attack"}:
        words = words - {"car"}
    return next((kind for kind, signs in _SIGNS if words & signs), None)


def kind_of(s: Sentence, event: Event, actor: int | None, past: list[str]) -> str:
    """The type of an attack; `past` holds the types of the report's earlier attacks, latest last."""
    if not event.sense.attack:
        return event.type
    i = event.head
    own = {s.lower[i]} | clauses.words_about(s, i, wide=False)
    own |= {s.lower[k] for k, t in enumerate(s.tokens) if event.trigger[0] <= t.start < event.trigger[1]}
    if _GAS.search(" ".join(s.lower[k] for k in s.subtree(i)[:60])):
        return "chemical_attack"
    found = _signs({w for w in own if w not in ("targets", "target")})
    if found:
        return found
    if actor is not None:
        crew = {s.lower[actor], singular(s.lower[actor])} | {
            w for k in clauses.modifiers(s, actor) for w in (s.lower[k], singular(s.lower[k]))
        }
        found = _signs(crew)
        if found:
            return found
    word = s.lower[i]
    if word.startswith(("bomb", "shell", "mortar", "gas", "airstr")):
        return "airstrike" if word.startswith("bomb") and event.type != "bombing" else event.type
    if "from the air" in " ".join(s.lower[i : i + 8]):
        return "airstrike"
    if _GAS.search(" ".join(s.lower)):
        return "chemical_attack"
    near = _signs({w for k in range(len(s.tokens)) for w in (s.lower[k], singular(s.lower[k]))} - {"gas"})
    if near and near != "ground_attack":
        return near
    if past:
        return past[-1]
    return event.type
