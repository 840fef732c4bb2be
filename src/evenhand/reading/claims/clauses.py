"""Who does what to whom in a parsed sentence: subjects, objects, agents and prepositional company of a word.

Follows a verb's subject through conjunction, control ("forces began to shell"), participles ("killing dozens"),
relative clauses ("the group that holds the town") and reduced ones ("positions held by").
"""

from __future__ import annotations

from evenhand.reading.claims.inflection import singular
from evenhand.reading.syntax.parser import Sentence

RELATIVE = {"who", "which", "that", "whom", "whose"}
_OBJECT_CONTROL = {
    "accuse", "accuses", "accused", "accusing", "blame", "blames", "blamed", "blaming", "urge", "urged", "urges",
    "urging", "ask", "asked", "asks", "asking", "order", "ordered", "orders", "force", "forced", "forces", "forcing",
    "allow", "allowed", "allows", "allowing", "help", "helped", "let", "tell", "told", "tells", "call", "called",
    "calls", "calling", "suspect", "suspected", "suspects", "condemn", "condemned", "condemns", "condemning", "charge",
    "charged", "prevent", "prevented", "prevents", "stop", "stopped", "see", "saw", "seen", "prompting", "prompted",
    "enable", "enabled", "enabling", "push", "pushed", "demand", "demands", "demanded", "demanding", "expect",
}  # fmt: skip


def is_verb(s: Sentence, i: int) -> bool:
    """Whether word i is used as a verb (participles as adjectives included)."""
    return s.tags[i].startswith("VB") or (s.tags[i] == "JJ" and s.lower[i].endswith(("ed", "ing")))


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb's grammatical subject, or the noun it is attached to, is the one done to."""
    if s.child(i, "aux:pass", "nsubj:pass") is not None:
        return True
    participle = s.tags[i] in ("VBN", "JJ") or (s.tags[i] == "VBD" and s.relations[i] in ("acl", "amod"))
    if not participle or s.lower[i].endswith("ing"):
        return False
    if s.relations[i] in ("acl", "amod"):
        return True
    if s.child(i, "aux", "nsubj") is not None:
        return False
    head = s.heads[i]
    if s.relations[i] == "conj" and head >= 0 and is_verb(s, head):
        return is_passive(s, head)
    return s.child(i, "obj") is None and s.relations[i] in ("root", "advcl", "xcomp", "parataxis", "dep", "ccomp")


def _own_subject(s: Sentence, i: int) -> int | None:
    return s.child(i, "nsubj", "nsubj:pass", "csubj")


def subject(s: Sentence, i: int, depth: int = 4) -> int | None:
    """The head word of the verb's grammatical subject, however far it must be sought; None if there is none."""
    own = _own_subject(s, i)
    head, relation = s.heads[i], s.relations[i]
    if own is not None:
        if s.lower[own] in RELATIVE and relation.startswith("acl") and head >= 0:
            return head
        return own
    if head < 0 or depth == 0:
        return None
    if relation in ("acl:relcl", "acl"):
        if s.child(i, "mark") is not None and s.tags[i] in ("VB", "VBP"):
            return holder(s, head, depth - 1)
        if is_passive(s, i):
            return head
        return head if relation == "acl" or s.child(i, "obj") is not None else None
    if relation == "amod":
        return head
    if relation in ("conj", "xcomp", "advcl", "parataxis", "dep", "ccomp") and (
        is_verb(s, head) or s.child(head, "cop") is not None
    ):
        if relation == "ccomp" and s.tags[i] not in ("VBG", "VB"):
            return None
        if relation in ("xcomp", "advcl", "ccomp") and s.lower[head] in _OBJECT_CONTROL:
            controlled = s.child(head, "obj", "iobj", "nsubj:pass")
            if controlled is not None:
                return controlled
        return subject(s, head, depth - 1)
    if relation in ("obl", "nmod", "csubj", "obj") and is_verb(s, head) and s.tags[i] == "VBG":
        if s.lower[head] in _OBJECT_CONTROL and (controlled := s.child(head, "obj")) is not None:
            return controlled
        return subject(s, head, depth - 1)
    return None


def holder(s: Sentence, noun: int, depth: int = 3) -> int | None:
    """Whose a noun is: "its", "Russia's", "by X"; else the subject of the verb whose object the noun is."""
    poss = s.child(noun, "nmod:poss")
    if poss is not None:
        return poss
    by = company(s, noun, "by")
    if by is not None:
        return by
    head = s.heads[noun]
    if head >= 0 and s.relations[noun] in ("obj", "obl", "conj") and is_verb(s, head) and depth:
        return subject(s, head, depth - 1) if not is_passive(s, head) else None
    return None


def done_to(s: Sentence, i: int) -> int | None:
    """The head word of what the verb is done to: object, passive subject, or the noun that it qualifies."""
    if is_passive(s, i):
        return subject(s, i)
    obj = s.child(i, "obj")
    if obj is not None and s.tags[obj] == "CD":  # "cleared 15 to 20 percent"
        obj = next((j for j in reversed(s.children[i]) if s.relations[j] == "obj"), obj)
    if obj is not None:
        if s.lower[obj] in RELATIVE and s.relations[i].startswith("acl"):
            return s.heads[i]
        return obj
    if s.relations[i] == "acl:relcl" and _own_subject(s, i) is not None:
        own = _own_subject(s, i)
        if own is not None and s.lower[own] not in RELATIVE:
            return s.heads[i]
    for sibling in s.children[i]:  # "shelled and destroyed the house": the object stands with the last verb
        if s.relations[sibling] == "conj" and is_verb(s, sibling) and _own_subject(s, sibling) is None:
            shared = s.child(sibling, "obj")
            if shared is not None and s.child(i, "obl", "xcomp", "ccomp") is None:
                return shared
    return None


def doer(s: Sentence, i: int) -> int | None:
    """The head word of who does the verb: the active subject or the one behind "by"."""
    if is_passive(s, i):
        agent = s.child(i, "obl:agent")
        return agent if agent is not None else company(s, i, "by")
    return subject(s, i)


def company(s: Sentence, i: int, *prepositions: str) -> int | None:
    """The head word of the first phrase on word i that begins with one of the prepositions."""
    for j in s.children[i]:
        if s.relations[j] in ("obl", "nmod", "obl:agent", "advcl", "acl", "dep", "xcomp", "conj"):
            for c in s.children[j]:
                if s.relations[c] in ("case", "mark") and s.lower[c] in prepositions:
                    return j
    return None


def modifiers(s: Sentence, i: int) -> list[int]:
    """Adjectives and nouns that qualify word i, nearest layers only."""
    found = [j for j in s.children[i] if s.relations[j] in ("amod", "compound", "nmod:poss", "nummod", "advmod", "det")]
    for j in list(found):
        found += [k for k in s.children[j] if s.relations[k] in ("amod", "compound", "conj", "advmod")]
    return found


def words_about(s: Sentence, i: int, wide: bool) -> set[str]:
    """Words (as printed and in the singular) that decide a sense: modifiers, subject, object; wide: obliques too."""
    near = {"nsubj", "nsubj:pass", "obj", "compound", "amod", "nmod", "compound:prt", "nmod:poss", "iobj"}
    if wide:
        near |= {"obl", "obl:agent", "xcomp", "advmod", "nummod", "acl", "advcl", "conj"}
    found: set[str] = set()
    for j in s.children[i]:
        if s.relations[j] not in near:
            continue
        found |= {s.lower[j], singular(s.lower[j])}
        for k in s.children[j]:
            if s.relations[k] in ("compound", "amod", "nmod", "conj", "case", "nmod:poss", "obj", "advmod"):
                if not wide and s.relations[k] in ("conj", "case", "obj", "advmod"):
                    continue
                found |= {s.lower[k], singular(s.lower[k])}
                if wide:
                    for m in s.children[k]:
                        if s.relations[m] in ("compound", "amod", "nmod"):
                            found |= {s.lower[m], singular(s.lower[m])}
    done = done_to(s, i) if is_verb(s, i) else None
    if done is not None:
        found |= {s.lower[done], singular(s.lower[done])}
        found |= {w for k in modifiers(s, done) for w in (s.lower[k], singular(s.lower[k]))}
    return found
