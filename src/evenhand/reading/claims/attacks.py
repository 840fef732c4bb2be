"""How an attack was made, where its own word does not say: from the air, by shells, by a bomb, with gas, on foot.

Asked in turn: the words on the attack itself, its doer and weapon, the sentence, the attacks told before it.
"""

from __future__ import annotations

import re

from evenhand.reading.claims.clauses import words_about
from evenhand.reading.claims.company import names_of
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.inflection import singular
from evenhand.reading.claims.words import attack_signs, begins, words
from evenhand.reading.syntax.parser import Sentence

GENERIC = {"airstrike", "shelling", "ground_attack", "bombing"}
"""Types that an attack without further words can turn out to be."""
ATTACKS = GENERIC | {"chemical_attack"}
_GAS = re.compile(
    r"\b(?:chemical|toxic|poison(?:ous)?|nerve|mustard|chlorine|sarin)\s(?:\w+\s)?(?:gas|weapon|agent|attack|shell|bomb|"
    r"munition|substance)|\b(?:sarin|chlorine|phosgene)\b|\bgas attack",
    re.IGNORECASE,
)
_SUBTREE = 60


def _signs(found: set[str]) -> str | None:
    if "gas" in found and found & words("gas_works"):
        found = found - {"gas"}
    if "car" in found and not found & words("car_bombs"):
        found = found - {"car"}
    if "live" in found:  # rounds of rifles, not of guns
        found = found - {"round", "rounds"}
    return next((kind for kind, signs in attack_signs() if found & signs), None)


_SHOOTING = ("fir", "shoot", "shot", "open", "gunfire", "gunshot", "snip")
_FOOT = ("storm", "raid", "ambush", "invad", "overwhelm", "assail")


def kind_of(s: Sentence, event: Event, actor: int | None, past: list[str]) -> str:
    """The type of an attack; `past` holds the types of the report's earlier attacks, latest last."""
    if not event.sense.attack:
        return event.type
    by = _signs(names_of(s, actor)) if actor is not None else None
    if by == "airstrike" and event.verbal and event.type == "shelling":
        return by  # what a jet or a helicopter fires
    own = _own_kind(s, event) or by
    return own or _on_foot(s, event) or _kind_around(s, event, past)


def _on_foot(s: Sentence, event: Event) -> str | None:
    """What is stormed, raided or repelled was attacked on the ground; who shoots at or opens fire does not bomb."""
    i = event.head
    word = s.lower[i]
    if event.verbal and word.startswith(_FOOT) and event.type == "ground_attack":
        return "ground_attack"
    head = s.heads[i]
    if not event.verbal and head >= 0 and s.relations[i] in ("obj", "nsubj:pass") and begins(s.lower[head], "warding"):
        return "ground_attack" if event.type in ("ground_attack", "airstrike") and word.startswith("attack") else None
    if event.type == "shelling" and word.startswith(_SHOOTING):
        return _of_shots(s, i, sure=not word.startswith("fir"))
    return None


def _of_shots(s: Sentence, i: int, *, sure: bool) -> str:
    """With small arms it is no shelling; a bare "fired" is `sure` only of people, for batteries and ships fire, too."""
    if _signs({w for word in s.lower for w in (word, singular(word))} - {"gas"}) in ("shelling", "airstrike"):
        return "shelling"
    doer = s.child(i, "nsubj", "nsubj:pass")
    people = doer is not None and bool({s.lower[doer], singular(s.lower[doer])} & words("shooters"))
    return "ground_attack" if sure or people else "shelling"


def _own_kind(s: Sentence, event: Event) -> str | None:
    """From the words on the attack itself."""
    i = event.head
    if _GAS.search(" ".join(s.lower[k] for k in s.subtree(i)[:_SUBTREE])):
        return "chemical_attack"
    own = {s.lower[i]} | words_about(s, i, wide=False)
    own |= {s.lower[k] for k, t in enumerate(s.tokens) if event.trigger[0] <= t.start < event.trigger[1]}
    return _signs(own - {"target", "targets"})


def _kind_around(s: Sentence, event: Event, past: list[str]) -> str:
    """From the word's own leaning, the sentence, the attacks before."""
    word = s.lower[event.head]
    if past and any(s.lower[j] in ("these", "this", "those") for j in s.children[event.head]):
        return past[-1]
    if word.startswith("bombing") and past and past[-1] == "bombing":
        return "bombing"  # told on of a car bomb
    if word.startswith("bomb") and not word.startswith("bombard"):  # with rockets or guns, too
        return "airstrike" if event.type != "bombing" else event.type
    if word.startswith(("shell", "mortar", "gas", "airstr", "crossfire")):
        return event.type
    if "from the air" in " ".join(s.lower[event.head : event.head + 8]):
        return "airstrike"
    if _GAS.search(" ".join(s.lower)):
        return "chemical_attack"
    near = _signs({w for word in s.lower for w in (word, singular(word))} - {"gas"})
    if near and near != "ground_attack":
        return near
    if event.type == "airstrike" and not word.startswith("raid"):  # no planted bomb, no assault on foot is called so
        past = [kind for kind in past if kind in ("airstrike", "shelling", "chemical_attack")]
    return past[-1] if past else event.type
