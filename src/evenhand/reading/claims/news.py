"""Which events are news: a bare mention of something told before ("the attacks") is no claim of its own."""

from __future__ import annotations

from evenhand.model.evidence import Span
from evenhand.reading.claims import clauses
from evenhand.reading.claims.attacks import GENERIC
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.participants import Roles
from evenhand.reading.syntax.parser import Sentence

_DEFINITE = {"the", "this", "these", "those", "such", "that", "its", "their", "his", "her", "both"}
_OCCUR = ("beg", "start", "tak", "took", "occur", "happen", "continu", "end", "stop", "resum", "intensif", "erupt", "broke",
          "break", "last", "caus", "inflict", "carri", "launch", "unfold", "rage", "announc")  # fmt: skip
_WHERE = {"in", "from", "on", "at", "of", "near", "against", "between", "around"}
_SHORT = 45
"""A statement whose content is no longer than this is about the event it names, however briefly."""
_AGREEING = {"agreement", "ceasefire"}
_SAME = GENERIC | {"chemical_attack"}


def is_news(s: Sentence, event: Event, roles: Roles, others: dict[int, Event], segment: Span | None) -> bool:
    """Whether an event is worth a claim of its own beside the sentence's other events."""
    i = event.head
    head = s.heads[i]
    if event.sense.weak and any(
        not o.sense.weak and o.head != i and (o.type in _SAME or o.type == "bombing") for o in others.values()
    ):
        return False
    above = others.get(head) if head >= 0 else None
    if event.type in ("injury", "killing") and event.verbal and s.child(i, "det") is not None:
        return _counted(s, i)  # not "the wounded", but "five of the wounded"
    if event.type in ("injury", "destruction") and s.relations[i] != "conj":
        if any(others[k].type == "injury" for k in s.chain(head) if k in others):
            return False
    if event.verbal:
        linked = [o for k, o in others.items() if k != i and (s.heads[k] == i or head == k) and not o.verbal]
        if event.type == "agreement" and any(o.type in _AGREEING for o in linked):
            return False
        if above is not None and above.type == "ceasefire" and event.type in _SAME | {"armed_clash"}:
            return False
        if event.sense.attack and s.relations[i] in ("acl", "advcl") and _SAME & {event.type}:
            ring = {head, *(s.children[head] if head >= 0 else ())}
            if any(k in others and k != i and not others[k].verbal and others[k].type in _SAME for k in ring):
                return False
        subject = clauses.doer(s, i)
        if event.type in _SAME and subject in others and subject is not None and not others[subject].verbal:
            return (others[subject].type not in _SAME and others[subject].type != "bombing") or others[
                subject
            ].sense.weak
        return True
    definite = any(s.relations[j] in ("det", "nmod:poss") and s.lower[j] in _DEFINITE for j in s.children[i])
    if event.sense.part == "adjective":
        return not definite or s.child(i, "nsubj", "cop") is not None or s.relations[i] == "amod" or _counted(s, i)
    if event.type == "aid" and above is not None and above.type == "aid_obstruction":
        return False
    if above is not None and _alike(above, event) and s.relations[i] not in ("conj", "nsubj"):
        return False
    if head >= 0 and s.relations[i] in ("compound", "nmod:poss"):
        return False
    described = any(
        s.relations[j] in ("amod", "compound", "nmod", "nummod", "acl", "acl:relcl", "appos") for j in s.children[i]
    )
    if above is not None and above.type == "ceasefire" and event.type in ("armed_clash", "ceasefire"):
        return False
    if not definite:
        return True
    described = described or (i + 1 < len(s.lower) and s.lower[i + 1] in _WHERE)
    if described or roles.actor is not None or roles.target is not None:
        return True
    if s.relations[i] in ("nsubj", "nsubj:pass") and head >= 0 and s.lower[head].startswith(_OCCUR):
        return True
    return segment is not None and segment[1] - segment[0] < _SHORT


def _counted(s: Sentence, i: int) -> bool:
    """ "20 wounded", "five of the injured", "more than half of the dead"."""
    if s.child(i, "nummod") is not None:
        return True
    head = s.heads[i]
    return head >= 0 and s.relations[i] == "nmod" and (s.tags[head] == "CD" or s.lower[head] in _PARTS)


_PARTS = {
    "half",
    "most",
    "many",
    "some",
    "third",
    "quarter",
    "majority",
    "number",
    "all",
    "several",
    "dozens",
    "hundreds",
}


def _alike(a: Event, b: Event) -> bool:
    return a.type == b.type or (a.type in _SAME and b.type in _SAME)
