"""Actor, target and weapon of an event as words of its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event, World
from evenhand.reading.syntax.parser import Sentence

_AT = ("on", "at", "against", "into", "upon", "in", "toward", "towards", "near", "around", "inside", "to", "over")
_TARGET_AT = ("on", "at", "against", "upon", "into", "toward", "towards")
_WITH = ("with", "against")
_LIGHT = [
    "carr",
    "conduct",
    "launch",
    "stag",
    "mount",
    "execut",
    "perform",
    "wag",
    "commit",
    "mak",
    "made",
    "continu",
    "beg",
    "start",
    "resum",
    "intensif",
    "escalat",
    "deliver",
    "plan",
    "prepar",
    "step",
    "stepp",
    "increas",
    "undert",
    "undertak",
    "lead",
    "led",
    "direct",
    "order",
    "us",
    "using",
    "do",
    "did",
    "carry",
    "wage",
    "complet",
    "announc",
    "end",
    "ended",
    "halt",
    "suspend",
    "ceas",
    "stop",
    "paus",
    "violat",
    "broke",
    "break",
    "sign",
    "agree",
    "reach",
    "impos",
    "claim",
    "admit",
    "own",
    "keep",
    "kept",
    "pursu",
    "orchestrat",
    "perpetrat",
    "unleash",
    "respond",
    "retaliat",
    "threaten",
    "vow",
    "caus",
    "inflict",
]
_SUFFER = [
    "fac",
    "suffer",
    "receiv",
    "com",
    "came",
    "come",
    "sustain",
    "endur",
    "repel",
    "withst",
    "withstood",
    "foil",
    "thwart",
    "escap",
    "surviv",
    "undergo",
    "underw",
    "fend",
    "fought",
    "fight",
    "resist",
    "absorb",
    "repuls",
    "avert",
]
_HIT = [
    "hit",
    "strik",
    "struck",
    "target",
    "kill",
    "wound",
    "injur",
    "destroy",
    "damag",
    "pound",
    "level",
    "flatten",
    "engag",
    "demolish",
    "land",
    "fell",
    "fall",
    "claim",
    "left",
    "leav",
    "hitting",
    "suppress",
    "rock",
    "shook",
    "shak",
    "rip",
    "tore",
]
_BLAME = ("blam", "accus", "condemn", "suspect")
_EVENT_WORDS = ("attack", "strike")
_ABSTRACT = {
    "number", "toll", "total", "rest", "result", "cause", "there", "what", "reports", "report", "condition", "fear",
    "most", "time", "fact", "case", "day", "year", "month", "week", "explosion", "conflict", "crisis", "situation",
}  # fmt: skip
_PARTY_NOUNS = {"regime", "government", "rebel", "militant", "army", "coalition", "enemy", "terrorist", "insurgent",
                "opposition", "jihadist", "separatist", "state", "military", "police", "militia", "suicide-bomber",
                "gunman", "sniper"}  # fmt: skip


@dataclass(frozen=True)
class Roles:
    """Word indices of who did it, what it was done to and by what means."""

    actor: int | None = None
    target: int | None = None
    weapon: int | None = None


def _starts(word: str, stems: list[str] | tuple[str, ...]) -> bool:
    return any(word.startswith(stem) for stem in stems)


def find_roles(s: Sentence, event: Event, world: World, others: dict[int, Event]) -> Roles:
    """The participants of one event; `others` are the sentence's events by their head word."""
    roles = _verb_roles(s, event, world) if event.verbal else _noun_roles(s, event, world)
    return _tidy(s, event, world, roles, others)


def _verb_roles(s: Sentence, event: Event, world: World) -> Roles:
    i, kind = event.head, event.sense.roles
    actor, target = clauses.doer(s, i), clauses.done_to(s, i)
    passive = clauses.is_passive(s, i)
    weapon = clauses.company(s, i, "with", "using")
    weapon = weapon if weapon is not None and _is_weapon(s, weapon, world) else None
    if event.sense.target_of:
        control = next((j for j in s.children[i] if s.lower[j] == event.sense.target_of), None)
        inner = None
        if control is not None:
            inner = clauses.company(s, control, "of", "over")
        if inner is None:
            inner = clauses.company(s, i, "of", "over")
        if control is not None and s.child(control, "case") is not None and inner is None:  # "under X's control"
            return Roles(_qualifier(s, control, world), actor, None)
        return Roles(actor, inner, None)
    if kind == "patient":
        if s.lower[i].startswith(("treat",)):
            return Roles(None, target, None)
        return Roles(clauses.company(s, i, "by"), clauses.subject(s, i), weapon)
    if kind == "means":
        return Roles(
            None, clauses.company(s, i, "on", "in", "into", "at", "near", "towards", "toward"), clauses.subject(s, i)
        )
    if kind == "mover":
        if passive:
            return Roles(actor, target, None)
        subject = clauses.subject(s, i)
        return Roles(subject, clauses.done_to(s, i), None)
    if kind == "at":
        means = target
        behind = clauses.company(s, i, *_TARGET_AT)
        if behind is None and event.type == "ground_attack":
            behind = clauses.company(s, i, "to", "towards", "in", "on")
        if event.type == "mines_or_explosives" and behind is None:
            behind = clauses.company(s, i, "in", "along", "inside", "under")
        if behind is None and event.type in ("shelling", "chemical_attack", "airstrike"):
            behind = clauses.next_behind(s, i, ("at", "on", "against", "into"))
        if means is not None and not _is_weapon(s, means, world) and behind is None:
            behind, means = means, None
        return Roles(actor, behind, means if means is not None else weapon)
    if kind == "between":
        other = target if target is not None else clauses.company(s, i, *_WITH)
        return Roles(actor, other, None)
    if event.type in ("killing", "injury", "execution") and kind == "agent":
        actor, target = _victims(s, i, actor, target, world)
    return Roles(actor, target, weapon)


def _victims(s: Sentence, i: int, actor: int | None, target: int | None, world: World) -> tuple[int | None, int | None]:
    """Headlines drop "were": in "Two killed, 6 injured" the one before the participle is the victim."""
    if i and s.tags[i - 1] == "CD" and s.tags[i] in ("VBN", "VBD", "JJ"):
        return None, i - 1
    if target is None and s.child(i, "nummod") is not None:
        return actor, i
    counted = actor is not None and (
        s.tags[actor] == "CD" or s.child(actor, "nummod") is not None or world.lexicon.is_a(s.lower[actor], "person")
    )
    if counted and actor is not None and not world.lexicon.is_a(s.lower[actor], "force") and s.child(i, "aux") is None:
        if target is None or s.tags[target] == "CD":
            return None, actor
    return actor, target


def _is_weapon(s: Sentence, i: int, world: World) -> bool:
    if world.lexicon.is_a(s.lower[i], "projectile") or world.lexicon.is_a(s.lower[i], "weapon"):
        return True
    of = clauses.company(s, i, "of")
    return of is not None and world.lexicon.is_a(s.lower[of], "projectile")


def _qualifier(s: Sentence, i: int, world: World) -> int | None:
    """A party named before the noun: "Israeli attack", "regime air strikes", "U.S.-led coalition strikes"."""
    for j in s.children[i]:
        if s.relations[j] not in ("amod", "compound", "nmod:poss", "nmod") or j > i:
            continue
        token = s.tokens[j]
        if s.relations[j] == "nmod:poss":
            if s.lower[j] not in ("this", "that"):
                return j
            continue
        if s.child(j, "case") is not None:
            continue
        word = s.lower[j]
        if word in _PARTY_NOUNS or word.rstrip("s") in _PARTY_NOUNS:
            return j
        inner = next(
            (k for k in s.children[j] if s.lower[k] in _PARTY_NOUNS or world.is_party_name(s.tokens[k].start)), None
        )
        if inner is not None and not world.is_party_name(token.start):
            return inner
        if world.is_party_name(token.start) or (
            token.text[:1].isupper() and s.tags[j] in ("JJ", "NNP", "NNPS") and word not in clauses.CALENDAR
            and not (s.tags[j] == "NNP" and world.is_place_name(token.start) and not token.text.isupper()
                     and "." not in token.text)
            and not world.lexicon.is_a(word, "weapon")
        ):  # fmt: skip
            return j
    return None


def _noun_roles(s: Sentence, event: Event, world: World) -> Roles:
    i, sense = event.head, event.sense
    if sense.part == "adjective":
        return _adjective_roles(s, event, world)
    of = clauses.company(s, i, "of")
    by = clauses.company(s, i, "by", "from")
    if (
        event.type == "ceasefire"
        and sense.of == "none"
        and (over := clauses.company(s, i, "to", "in", "of")) is not None
    ):
        return Roles(clauses.holder(s, over, 0), over, None)
    if by is None:
        by = clauses.next_behind(s, i, ("by",), 7)
        by = by if by is not None and not s.tags[by].startswith("VB") else None
    at = clauses.company(s, i, *_TARGET_AT) if event.type not in ("killing", "injury", "ceasefire", "aid") else None
    if at is None and sense.attack:
        at = clauses.company(s, i, "near", "across")
    if event.type == "aid":
        at = clauses.company(s, i, "for")
        if (
            at is None
            and s.heads[i] >= 0
            and s.lower[s.heads[i]] in ("given", "granted", "allowed", "denied", "receive", "received")
        ):
            at = clauses.subject(s, s.heads[i])
    if event.type == "destruction":
        at = clauses.company(s, i, "to")
    named = _qualifier(s, i, world)
    actor, target = by, at
    victims = sense.of == "target" and event.type in (
        "killing", "injury", "detention", "abduction", "execution", "torture", "evacuation", "displacement",
        "sexual_violence", "territory_taken", "siege", "mass_grave", "destruction", "territory_held",
    )  # fmt: skip
    if victims:
        target = of if of is not None else target
        if event.type == "territory_held":
            if named is not None:
                actor = named
        elif named is not None and target is None:
            target = named
        elif named is not None:
            actor = actor if actor is not None else named
        if target is None:
            target = next(
                (j for j in s.children[i] if s.relations[j] in ("compound", "amod")
                 and world.lexicon.is_a(s.lower[j], "person")), None,
            )  # fmt: skip
    else:
        actor = actor if actor is not None else named
        if of is not None and not world.lexicon.is_a(s.lower[of], "weapon"):
            if sense.of == "actor" and actor is None:
                actor = of
            elif sense.of == "target" and target is None:
                target = of
    if sense.between:
        pair = clauses.company(s, i, "between", "among")
        if pair is None:
            pair = next((s.heads[k] for k in range(i + 1, min(i + 9, len(s.tokens))) if s.lower[k] == "between"), None)
        if pair is not None and pair > i:
            second = s.child(pair, "conj")
            return Roles(pair, second, None)
        other = clauses.company(s, i, *_WITH)
        target = other if other is not None else target
    if event.type == "territory_held" and any(s.lower[j] == "under" for j in s.children[i] if s.relations[j] == "case"):
        held = s.child(i, "nsubj", "nsubj:pass")
        if held is None and s.heads[i] >= 0 and clauses.is_verb(s, s.heads[i]):
            held = clauses.subject(s, s.heads[i])
        return Roles(actor, held if held is not None else target, None)
    roles = _governed(s, event, world, Roles(actor, target, None))
    if roles.target is None and event.sense.attack and i + 1 < len(s.tokens) and s.lower[i + 1] in ("on", "against"):
        return Roles(roles.actor, clauses.noun_after(s, i + 1), roles.weapon)
    return roles


def _governed(s: Sentence, event: Event, world: World, roles: Roles) -> Roles:
    """Completes a noun's roles from the verb it belongs to: "carried out strikes", "came under fire", "strikes hit"."""
    i = event.head
    actor, target, weapon = roles.actor, roles.target, roles.weapon
    head, relation = s.heads[i], s.relations[i]
    while head >= 0 and relation == "conj" and not clauses.is_verb(s, head):
        relation, head = s.relations[head], s.heads[head]
    for j in s.children[i]:  # "strikes targeting the base", "attack carried out by"
        if s.relations[j] in ("acl", "acl:relcl") and clauses.is_verb(s, j):
            if clauses.is_passive(s, j):
                if actor is None and _starts(s.lower[j], _LIGHT):
                    actor = clauses.doer(s, j)
                target = target if target is not None else clauses.company(s, j, *_TARGET_AT)
            elif target is None and _starts(s.lower[j], _HIT):
                target = clauses.done_to(s, j)
                target = target if target != i else None
            elif (
                target is None
                and s.child(j, "mark", "case") is not None
                and event.type in ("ground_attack", "airstrike")
            ):
                target = clauses.done_to(s, j)
    if head < 0 or not clauses.is_verb(s, head):
        return Roles(actor, target, weapon)
    verb = s.lower[head]
    passive = clauses.is_passive(s, head)
    if verb.startswith("subject") and relation in ("obl", "xcomp", "conj"):
        target = target if target is not None else clauses.done_to(s, head)
        if actor is None:
            actor = clauses.doer(s, head)
        if actor is None:
            actor = next((b for j in s.children[i] if (b := clauses.company(s, j, "by")) is not None), None)
    elif relation in ("obj", "nsubj:pass", "xcomp") or (relation == "obl" and verb.startswith(("step", "us"))):
        if _starts(verb, _SUFFER) and not passive:
            target = target if target is not None else clauses.subject(s, head)
        elif _starts(verb, _LIGHT):
            if actor is None:
                actor = clauses.doer(s, head)
            if target is None:
                target = clauses.company(s, head, *_TARGET_AT)
        elif event.type in ("movement",) and actor is None:
            actor = clauses.doer(s, head)
    elif relation in ("nsubj",) and not passive:
        if target is None and _starts(verb, _HIT):
            target = clauses.done_to(s, head)
            if target is None:
                target = clauses.company(s, head, "on", "in", "at")
    elif relation == "obl":
        case = {s.lower[j] for j in s.children[i] if s.relations[j] == "case"}
        if case & {"for"} and actor is None and _starts(verb, _LIGHT):
            actor = clauses.doer(s, head)
        if case & {"with"} and actor is None and not passive:
            actor = clauses.doer(s, head)
        if case & {"under"} and target is None:
            target = clauses.subject(s, head)
        if _starts(verb, _BLAME) and actor is None and event.sense.attack:
            actor = s.child(head, "obj", "nsubj:pass")
        if verb.startswith(("claim", "admit")) and actor is None:
            actor = clauses.subject(s, head)
    return Roles(actor, target, weapon)


def _adjective_roles(s: Sentence, event: Event, world: World) -> Roles:
    i = event.head
    head = s.heads[i]
    noun = head if s.relations[i] in ("amod", "compound") and head >= 0 else None
    if "-" in s.tokens[i].text and event.type in ("territory_held", "siege"):
        return Roles(i, noun, None)
    if noun is None:
        noun = s.child(i, "nsubj", "nsubj:pass")
    if noun is None and head >= 0 and s.relations[i] in ("xcomp", "acl", "obl", "conj", "advmod", "dep", "amod"):
        if clauses.is_verb(s, head):
            noun = s.child(head, "obj")
            noun = noun if noun is not None else clauses.subject(s, head)
        else:
            noun = head
    if noun is None and s.child(i, "nummod") is not None:
        noun = i
    return Roles(
        clauses.company(s, i, "by"), noun if noun is not None else i if s.tags[i].startswith("NN") else None, None
    )


def _tidy(s: Sentence, event: Event, world: World, roles: Roles, others: dict[int, Event]) -> Roles:
    """An attack, a weapon or a number is no doer: its own doer is taken instead, where it has one."""
    actor, target, weapon = roles.actor, roles.target, roles.weapon
    if actor is not None and actor in others and actor != event.head:
        inner = others[actor]
        actor = find_roles(s, inner, world, {}).actor if not inner.verbal else None
    elif actor is not None and world.lexicon.is_a(s.lower[actor], "projectile"):
        weapon = actor if weapon is None else weapon
        actor = _qualifier(s, actor, world)
        of = clauses.company(s, weapon, "by", "from")
        actor = of if actor is None and of is not None else actor
    elif actor is not None and world.lexicon.is_a(s.lower[actor], "event"):
        actor = _qualifier(s, actor, world)
    if actor is None and event.verbal and event.type in ("killing", "injury", "destruction"):
        for j in s.children[event.head]:  # "wounded in the regime's attack": its doer did both
            if (
                j in others
                and not others[j].verbal
                and others[j].sense.attack
                and s.relations[j] in ("obl", "obl:agent")
            ):
                actor = find_roles(s, others[j], world, {}).actor
    if actor is not None and (s.lower[actor] in _ABSTRACT or s.lower[actor] in clauses.CALENDAR):
        actor = None
    own = target == event.head and event.verbal and s.child(event.head, "nummod") is None
    if target is not None and (s.lower[target] in clauses.CALENDAR or own):
        target = None
    if target is not None and target == actor:
        target = None
    return Roles(actor, target, weapon)


_DOUBT = {"suspected", "alleged", "thought", "believed", "presumed", "possible"}
_HARM = {"killing", "injury", "destruction", "displacement", "execution"}


def _group(s: Sentence, i: int) -> int:
    """The first word of the coordination that a word stands in."""
    while s.relations[i] == "conj" and s.heads[i] >= 0:
        i = s.heads[i]
    return i


def _claimant(s: Sentence) -> int | None:
    """Who "claimed responsibility" in this sentence."""
    for i, word in enumerate(s.lower):
        if (
            word == "responsibility"
            and s.relations[i] == "obj"
            and s.lower[s.heads[i]].startswith(("claim", "admit", "accept"))
        ):
            subject = clauses.subject(s, s.heads[i])
            return subject if subject is not None and s.lower[subject] not in ("no", "nobody", "one") else None
    return None


def share_actors(s: Sentence, events: list[Event], roles: dict[int, Roles]) -> dict[int, Roles]:
    """The doer of an attack is that of the harm it did, and of what is coordinated with it ("killings and arrests by X").

    Not where the attack's doer is only suspected: the toll is asserted all the same.
    """
    out = dict(roles)
    claimant = _claimant(s)
    if claimant is not None:
        for event in events:
            if out[event.head].actor is None and (event.sense.attack or event.type in _HARM or event.type == "bombing"):
                out[event.head] = Roles(claimant, out[event.head].target, out[event.head].weapon)
    for event in events:
        if out[event.head].actor is not None:
            continue
        mine = _group(s, event.head)
        for other in events:
            actor = out[other.head].actor
            if actor is None or other.head == event.head or actor == event.head:
                continue
            theirs = {_group(s, k) for k in s.chain(other.head)}
            below = mine in theirs and other.sense.attack and not other.verbal and event.type in _HARM
            above = (
                other.type in _HARM and event.sense.attack and not event.verbal
                and s.heads[event.head] == other.head and s.relations[event.head] == "obl"
            )  # fmt: skip
            beside = mine == _group(s, other.head) and not event.verbal and not other.verbal
            doubted = any(s.lower[j] in _DOUBT for j in s.children[other.head])
            if (below or above or beside) and not doubted and actor != roles[event.head].target:
                out[event.head] = Roles(actor, roles[event.head].target, roles[event.head].weapon)
                break
    return out
