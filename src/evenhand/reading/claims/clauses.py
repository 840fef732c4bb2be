"""Who does what to whom in a parsed sentence: subjects, objects, agents and prepositional company of a word.

Follows a verb's subject through conjunction, control ("forces began to shell"), participles ("killing dozens"),
relative clauses ("the group that holds the town") and reduced ones ("positions held by").
"""

from __future__ import annotations

from evenhand.reading.claims.inflection import singular
from evenhand.reading.syntax.parser import Sentence

RELATIVE = {"who", "which", "that", "whom", "whose"}
CALENDAR = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "mondays", "tuesdays",
    "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.",
    "sep.", "sept.", "oct.", "nov.", "dec.", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "today", "yesterday", "tomorrow", "week", "month", "year", "day",
    "weekend", "morning", "evening", "night", "afternoon", "hours", "days", "weeks", "months", "years", "midnight", "dawn",
}  # fmt: skip
_FINITE = ("VBD", "VBZ", "VBP")
_ROUND = {"about", "around", "over", "than", "least", "at", "nearly", "almost", "some", "up", "to", "under", "more"}
_OBJECT_CONTROL = {
    "accuse", "accuses", "accused", "accusing", "blame", "blames", "blamed", "blaming", "urge", "urged", "urges",
    "urging", "ask", "asked", "asks", "asking", "order", "ordered", "orders", "force", "forced", "forces", "forcing",
    "allow", "allowed", "allows", "allowing", "help", "helped", "let", "tell", "told", "tells", "call", "called",
    "calls", "calling", "suspect", "suspected", "suspects", "condemn", "condemned", "condemns", "condemning", "charge",
    "charged", "prevent", "prevented", "prevents", "stop", "stopped", "see", "saw", "seen", "prompting", "prompted",
    "press", "presses", "pressed", "pressing", "persuade", "persuaded", "persuading", "pressure", "instruct", "instructed",
    "oblige", "obliged", "require", "requires", "required", "compel", "compelled", "invite", "invited", "encourage",
    "encouraged", "encouraging", "warn", "warned", "permit", "permitted", "request", "requested", "requests",
    "appeal", "appealed", "appeals", "appealing", "enable", "enabled", "enabling", "push", "pushed", "demand", "demands", "demanded", "demanding", "expect",
}  # fmt: skip


def is_verb(s: Sentence, i: int) -> bool:
    """Whether word i is used as a verb (participles as adjectives included)."""
    return s.tags[i].startswith("VB") or (s.tags[i] == "JJ" and s.lower[i].endswith(("ed", "ing")))


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb's grammatical subject, or the noun it is attached to, is the one done to."""
    if s.child(i, "aux:pass", "nsubj:pass") is not None:
        return True
    if _true_subject(s, i) is not None:
        return False
    participle = s.tags[i] in ("VBN", "JJ") or (s.tags[i] == "VBD" and s.relations[i] in ("acl", "amod", "conj"))
    if not participle or s.lower[i].endswith("ing"):
        return False
    if s.relations[i] in ("acl", "amod"):
        return not any(s.relations[j] == "obj" and j > i for j in s.children[i])
    head = s.heads[i]
    if s.child(i, "aux") is None and s.relations[i] == "conj" and head >= 0 and is_verb(s, head):
        return s.child(i, "obj") is None and is_passive(s, head)
    if s.child(i, "aux", "nsubj") is not None:
        return False
    return s.child(i, "obj") is None and s.relations[i] in ("root", "advcl", "xcomp", "parataxis", "dep", "ccomp")


def _own_subject(s: Sentence, i: int) -> int | None:
    auxiliaries = [j for j in s.children[i] if s.relations[j] in ("aux", "aux:pass")]
    near = [*s.children[i], *(k for j in auxiliaries for k in s.children[j])]
    before = [j for j in near if s.relations[j] in ("nsubj", "nsubj:pass") and s.lower[j] not in CALENDAR]
    left = [j for j in before if j < i]
    if left:
        return left[-1]
    if before:
        return before[0]
    if s.tags[i] in _FINITE or s.child(i, "aux") is not None:
        for j in s.children[i]:  # an active verb's object never stands before it: it was its subject
            if j < i and s.relations[j] == "obj" and s.lower[j] not in RELATIVE and s.tags[j].startswith(("NN", "PR")):
                return j
    return None


def _true_subject(s: Sentence, i: int) -> int | None:
    """ "Groups tied to X targeted Y": the tree made "tied" the main verb; the later participle is, with its subject."""
    if (
        s.relations[i] != "acl"
        or s.tags[i] not in ("VBN", "VBD")
        or s.child(i, "aux", "aux:pass", "obl:agent") is not None
    ):
        return None
    for k in s.chain(s.heads[i]):
        if s.heads[k] < 0 or s.relations[k] in ("ccomp", "parataxis"):
            bare = s.tags[k] == "VBN" and s.child(k, "aux", "aux:pass") is None and k < i
            return s.child(k, "nsubj", "nsubj:pass") if bare else None
    return None


def _beside(s: Sentence, i: int) -> int | None:
    """The noun straight before the verb group, where the tree knows no subject."""
    start = min([i, *(j for j in s.children[i] if s.relations[j] in ("aux", "aux:pass", "advmod"))]) - 1
    if start >= 0 and s.tags[start].startswith("NN") and s.lower[start] not in CALENDAR:
        at = start
        while s.relations[at] in ("conj", "compound") and 0 <= s.heads[at] < start + 1:
            at = s.heads[at]
        return at
    return None


def noun_after(s: Sentence, i: int) -> int | None:
    """The head of the noun phrase that begins straight after word i, read off the words alone."""
    last = None
    if i + 2 < len(s.tokens) and s.lower[i + 1] == "on" and s.lower[i + 2] in CALENDAR:
        i += 2  # "targeted on Sunday the town"
    for j in range(i + 1, min(i + 14, len(s.tokens))):
        tag = s.tags[j]
        if tag.startswith("NN"):
            last = j
        elif last is not None and tag != "POS":
            break
        elif not (
            tag in ("DT", "PRP$", "CD", "PDT", "POS", "RB", "RBR", "JJR") or tag.startswith("JJ") or tag == "VBN"
        ):
            if s.lower[j] not in (
                "more",
                "than",
                "at",
                "least",
                "about",
                "around",
                "over",
                "some",
                "nearly",
                "up",
                "to",
            ):
                break
            if last is not None or j + 1 >= len(s.tokens):
                break
    if last is None or s.lower[last] in CALENDAR:
        return None
    return last


def subject(s: Sentence, i: int, depth: int = 4) -> int | None:
    """The head word of the verb's grammatical subject, however far it must be sought; None if there is none."""
    own = _own_subject(s, i)
    head, relation = s.heads[i], s.relations[i]
    if own is not None:
        if s.lower[own] in RELATIVE and relation.startswith("acl") and head >= 0:
            return head
        return own
    if head < 0 or depth == 0:
        return _beside(s, i) if depth else None
    if s.tags[i] == "VBG" and any(s.lower[j] == "of" for j in s.children[i] if s.relations[j] in ("mark", "case")):
        for k in s.chain(head):  # "accused X, a member of …, of killing"
            if s.lower[k] in _OBJECT_CONTROL:
                accused = s.child(k, "iobj", "obj", "nsubj:pass")
                return accused if accused is not None else subject(s, head, depth - 1)
    led = _true_subject(s, i)
    if led is not None:
        return led
    if relation in ("acl:relcl", "acl"):
        if s.child(i, "mark") is not None and s.tags[i] in ("VB", "VBP"):
            return holder(s, head, depth - 1)
        if is_passive(s, i):
            return head
        return head if relation == "acl" or s.child(i, "obj") is not None else None
    if relation == "amod":
        if s.tags[i] == "VBN" and not is_passive(s, i):  # one more verb of a series
            return None
        if s.tags[i] == "VBG" and i and s.tags[i - 1] == "IN":  # "progress in clearing areas"
            return holder(s, s.heads[head], depth - 1) if s.heads[head] >= 0 else None
        return head
    if relation in ("conj", "xcomp", "advcl", "parataxis", "dep", "ccomp") and (
        is_verb(s, head) or s.child(head, "cop") is not None
    ):
        if relation == "ccomp" and s.tags[i] not in ("VBG", "VB"):
            return None
        if relation in ("xcomp", "advcl", "ccomp") and s.lower[head] in _OBJECT_CONTROL:
            controlled = s.child(head, "obj", "iobj", "nsubj:pass")
            if s.lower[head].startswith(("call", "appeal", "press")):
                asked = company(s, head, "on", "upon", "to")
                controlled = asked if asked is not None and asked < i else controlled
            if controlled is not None:
                return controlled
        if relation != "xcomp" and s.tags[i] in _FINITE and (near := _beside(s, i)) is not None:
            return near
        return subject(s, head, depth - 1)
    if relation in ("obl", "nmod", "acl", "advcl") and s.tags[i] == "VBG" and s.tags[head].startswith("NN"):
        return holder(s, head, depth - 1)
    if relation in ("obl", "nmod", "csubj", "obj") and is_verb(s, head) and s.tags[i] == "VBG":
        if s.lower[head] in _OBJECT_CONTROL and (controlled := s.child(head, "obj")) is not None:
            return controlled
        return subject(s, head, depth - 1)
    return _beside(s, i) if s.tags[i] in (*_FINITE, "VBN") else None


def holder(s: Sentence, noun: int, depth: int = 3) -> int | None:
    """Whose a noun is: "its", "Russia's", "by X"; else the subject of the verb whose object the noun is."""
    poss = s.child(noun, "nmod:poss")
    if poss is not None:
        return poss
    by = company(s, noun, "by")
    if by is not None:
        return by
    named = [j for j in s.children[noun] if s.relations[j] == "compound" and s.tokens[j].text[:1].isupper()]
    if named:
        return named[-1]
    head = s.heads[noun]
    if head >= 0 and s.relations[noun] in ("obj", "obl", "conj", "xcomp") and is_verb(s, head) and depth:
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
    if s.relations[i] == "amod" and s.tags[i] == "VBG" and i and s.tags[i - 1] == "IN":
        return s.heads[i]
    for sibling in s.children[i]:  # "shelled and destroyed the house": the object stands with the last verb
        if s.relations[sibling] == "conj" and is_verb(s, sibling) and _own_subject(s, sibling) is None:
            shared = s.child(sibling, "obj")
            if shared is not None and s.child(i, "obl", "xcomp", "ccomp") is None:
                return shared
    for j in s.children[i]:  # a number's "about" or "more than" is no preposition
        if s.relations[j] == "obl" and j > i and s.lower[j] not in CALENDAR:
            cases = {s.lower[k] for k in s.children[j] if s.relations[k] == "case"}
            if cases <= _ROUND and s.child(j, "nummod") is not None and s.tags[i + 1] != "TO":
                return j
    own = _own_subject(s, i)
    if (
        own is not None
        and s.lower[own] not in RELATIVE
        and not any(s.lower[j] in ("where", "when", "while", "as") for j in s.children[i])
    ):
        if s.relations[i] == "acl:relcl":  # "areas that rebels control"
            return s.heads[i]
        if own > 0 and s.tags[own] == "PRP" and s.tags[own - 1].startswith("NN") and own + 1 == i:
            return own - 1  # "territory they hold"
    after = noun_after(s, i)
    if after is not None and s.relations[i] != "acl:relcl" and s.relations[after] not in ("nsubj", "nsubj:pass"):
        return after
    return None


def doer(s: Sentence, i: int) -> int | None:
    """The head word of who does the verb: the active subject or the one behind "by"."""
    if is_passive(s, i):
        agent = s.child(i, "obl:agent")
        return agent if agent is not None else company(s, i, "by")
    found = subject(s, i)
    if found is None and s.tags[i] in ("VBD", "VBN", "VBZ", "VBP") and i and s.lower[i - 1] in (",", "and", ";"):
        for j in range(i - 1, -1, -1):  # one more verb of a series whose first the tree has put elsewhere
            if s.tags[j] in _FINITE and (shared := _own_subject(s, j)) is not None:
                return shared
    return found


def company(s: Sentence, i: int, *prepositions: str) -> int | None:
    """The head word of the first phrase on word i that begins with one of the prepositions; no days or months."""
    for j in s.children[i]:
        if s.lower[j] not in CALENDAR and s.relations[j] in (
            "obl",
            "nmod",
            "obl:agent",
            "advcl",
            "acl",
            "dep",
            "xcomp",
            "conj",
        ):
            for c in s.children[j]:
                if s.relations[c] in ("case", "mark") and s.lower[c] in prepositions:
                    return j
    return None


def next_behind(s: Sentence, i: int, prepositions: tuple[str, ...], reach: int = 10) -> int | None:
    """The head of the first phrase after word i that begins with a preposition, wherever the tree has hung it."""
    for k in range(i + 1, min(i + 1 + reach, len(s.tokens))):
        if s.lower[k] in prepositions and s.relations[k] == "case" and s.lower[s.heads[k]] not in CALENDAR:
            return s.heads[k] if s.heads[k] > k else None
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
