"""Which events are news: a bare mention of something told before ("the attacks") is no claim of its own."""

from __future__ import annotations

from evenhand.model.evidence import Span
from evenhand.reading.claims import clauses
from evenhand.reading.claims.attacks import ATTACKS, GENERIC
from evenhand.reading.claims.company import cases
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.roles import Roles
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

_BESIDE = 3
_SHORT = 45
"""A statement whose content is no longer than this is about the event it names, however briefly."""
_AGREEING = {"agreement", "ceasefire"}
_ATTACKS = ATTACKS
_DESCRIBING = ("amod", "compound", "nmod", "nummod", "acl", "acl:relcl", "appos")


def is_news(s: Sentence, event: Event, roles: Roles, others: dict[int, Event], segment: Span | None) -> bool:
    """Whether an event is worth a claim of its own beside the sentence's other events."""
    if _outdone(s, event, others):
        return False
    above = others.get(s.heads[event.head])
    if event.verbal:
        return _verb_is_news(s, event, others, above)
    return _noun_is_news(s, event, roles, others, segment)


def _outdone(s: Sentence, event: Event, others: dict[int, Event]) -> bool:
    """Whether another event of the sentence tells the same better (an injury and its symptoms), or nothing is told."""
    if s.lower[event.head] == "toll" and any(s.lower[j] == "no" for j in s.children[event.head]):
        return True  # "had no immediate toll": nothing is said of the dead
    if event.type == "ceasefire" and event.verbal and _ends_in(s, event.head):
        return True  # "the clashes ended with the death of": an outcome, no truce
    if event.type == "movement" and event.verbal and s.relations[event.head] == "amod":
        return True  # "at the deployed location"
    if event.sense.weak:
        return any(o.head != event.head and o.type in GENERIC and not o.sense.weak for o in others.values())
    head = s.heads[event.head]
    if event.type not in ("injury", "destruction") or s.relations[event.head] == "conj" or head < 0:
        return False
    return any(others[k].type == "injury" for k in s.chain(head) if k in others)


def _is_withheld(s: Sentence, i: int) -> bool:
    """Whether a noun tells what is not done: "a halt on air strikes", "an absence of attacks"."""
    over = s.heads[i]
    return over >= 0 and s.lower[over] in words("withholding") and bool(cases(s, i) & {"on", "of", "to", "in"})


def _ends_in(s: Sentence, i: int) -> bool:
    return s.lower[i].startswith("end") and s.lower[i + 1 : i + 2] in (("with",), ("in",))


def _noun_is_news(s: Sentence, event: Event, roles: Roles, others: dict[int, Event], segment: Span | None) -> bool:
    above = others.get(s.heads[event.head])
    i = event.head
    if event.type == "agreement" and any(o.type == "ceasefire" and 0 < i - o.head <= _BESIDE for o in others.values()):
        return False  # "the cessation of hostilities agreement"
    if event.type == "killing" and _put_at(s, i):
        return True
    definite = any(s.relations[j] in ("det", "nmod:poss") and s.lower[j] in words("definite") for j in s.children[i])
    if event.sense.part == "adjective":
        told = s.child(i, "nsubj", "cop") is not None or s.relations[i] == "amod"
        return not definite or told or _counted(s, i) or _numbered(s, i)
    if _part_of_another(s, event, above) or _is_withheld(s, i) or (definite and _is_observed(s, event)):
        return False
    if not definite or roles.actor is not None or roles.target is not None:
        return True
    located = i + 1 < len(s.lower) and s.lower[i + 1] in words("located")
    if located or event.type == "other":
        return located  # not "this independent inquiry", "the worst violence": spoken of, not told
    began = s.relations[i] in ("nsubj", "nsubj:pass") and s.heads[i] >= 0 and begins(s.lower[s.heads[i]], "occurring")
    if began or any(s.relations[j] in _DESCRIBING for j in s.children[i]):
        return True
    return segment is not None and segment[1] - segment[0] < _SHORT


def _is_observed(s: Sentence, event: Event) -> bool:
    """Whether a treaty is only named as what one keeps or breaks: "disregard for the truce", "honoured the accord"."""
    head = s.heads[event.head]
    return event.type in _AGREEING and head >= 0 and begins(s.lower[head], "observing")


def _verb_is_news(s: Sentence, event: Event, others: dict[int, Event], above: Event | None) -> bool:
    i, head = event.head, s.heads[event.head]
    if event.type in ("injury", "killing") and s.child(i, "det") is not None:
        return _counted(s, i)  # not "the wounded", but "five of the wounded"
    linked = [o for k, o in others.items() if k != i and (s.heads[k] == i or head == k) and not o.verbal]
    if event.type == "agreement" and any(o.type in _AGREEING for o in linked):
        return False
    if above is not None and above.type == "ceasefire" and event.type in _ATTACKS | {"armed_clash"}:
        return False
    if event.type not in _ATTACKS:
        return True
    if event.sense.attack and s.relations[i] in ("acl", "advcl"):  # "carried out a strike to target"
        ring = {head, *(s.children[head] if head >= 0 else ())} - {i}
        if any(k in others and not others[k].verbal and others[k].type in _ATTACKS for k in ring):
            return False
    subject = clauses.doer(s, i)
    attack = others.get(subject) if subject is not None else None
    if attack is None or attack.verbal or attack.sense.weak:  # "the strikes hit": told by "strikes"
        return True
    return attack.type not in _ATTACKS


def _part_of_another(s: Sentence, event: Event, above: Event | None) -> bool:
    """Whether a noun only fills out the event it hangs on: "planted an IED", "a halt to hostilities"."""
    relation = s.relations[event.head]
    if s.heads[event.head] >= 0 and relation in ("compound", "nmod:poss"):
        return True
    if above is None:
        return False
    if event.type in _AGREEING and above.verbal:
        return False
    if event.type == "bombing" and above.verbal and relation == "obj":
        return True
    if event.type == "aid" and above.type == "aid_obstruction":
        return True
    if above.type == "ceasefire" and event.type in ("armed_clash", "ceasefire"):
        return True
    alike = above.type == event.type or (above.type in _ATTACKS and event.type in _ATTACKS)
    return alike and relation not in ("conj", "nsubj")


def _put_at(s: Sentence, i: int) -> bool:
    """Whether a number of them follows at once: "the dead at 252", "the toll above 100"."""
    return s.lower[i + 1 : i + 2] in (("at",), ("above",), ("over",)) and "CD" in s.tags[i + 2 : i + 2 + _BESIDE]


def _numbered(s: Sentence, i: int) -> bool:
    """Whether its verb gives their number: "the dead numbered 34"."""
    verb = s.heads[i]
    if verb < 0 or s.relations[i] != "nsubj" or not begins(s.lower[verb], "numbering"):
        return False
    return "CD" in s.tags[verb + 1 : verb + 1 + _BESIDE]


def _counted(s: Sentence, i: int) -> bool:
    """Whether a number goes with it: "20 wounded", "five of the injured", "more than half of the dead"."""
    if s.child(i, "nummod") is not None:
        return True
    head = s.heads[i]
    return head >= 0 and s.relations[i] == "nmod" and (s.tags[head] == "CD" or s.lower[head] in words("parts"))
