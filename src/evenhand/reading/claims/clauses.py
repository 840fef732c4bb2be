"""Who does what to whom in a parsed sentence: subject, object and doer of a verb.

Follows a verb's subject through conjunction, control ("forces began to shell"), participles ("killing dozens"),
relative clauses ("the group that holds the town") and reduced ones ("positions held by"). Where the tree is
plainly wrong the words beside the verb are asked.
"""

from __future__ import annotations

from evenhand.reading.claims.company import CALENDAR, cases, company, names_of, noun_after, words_near
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

RELATIVE = words("relative")
_CONTROLLING = words("controlling")
_FINITE = ("VBD", "VBZ", "VBP")
_FINITE_OR_PARTICIPLE = (*_FINITE, "VBN")
_CHAINED = ("conj", "xcomp", "advcl", "parataxis", "dep", "ccomp")
_DEEPEST = 4
_FAR = 25


def is_verb(s: Sentence, i: int) -> bool:
    """Whether word i is used as a verb (participles as adjectives included)."""
    return s.tags[i].startswith("VB") or (s.tags[i] == "JJ" and s.lower[i].endswith(("ed", "ing")))


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb's grammatical subject, or the noun it is attached to, is the one done to."""
    if s.child(i, "aux:pass", "nsubj:pass") is not None or (s.tags[i] == "JJ" and s.child(i, "cop") is not None):
        return True
    relation, head = s.relations[i], s.heads[i]
    participle = s.tags[i] in ("VBN", "JJ") or (s.tags[i] == "VBD" and relation in ("acl", "amod", "conj"))
    participle = participle or (s.tags[i] == "VB" and relation == "conj")  # "were lined up and shot"
    if not participle or s.lower[i].endswith("ing") or _late_subject(s, i) is not None:
        return False
    if relation in ("acl", "amod"):
        return not any(s.relations[j] == "obj" and j > i for j in s.children[i])
    if relation in ("ccomp", "xcomp", "conj") and head >= 0 and s.lower[head] in words("seeing") and s.tags[i] == "VBN":
        return s.child(i, "aux", "obj") is None  # "fighting that saw 120 soldiers killed"
    if s.child(i, "aux") is None and relation == "conj" and head >= 0 and is_verb(s, head):
        return s.child(i, "obj") is None and is_passive(s, head)
    if s.child(i, "aux", "nsubj", "obj") is not None:
        return False
    return relation in ("root", "advcl", "xcomp", "parataxis", "dep", "ccomp")


def own_subject(s: Sentence, i: int) -> int | None:
    """The subject that hangs on the verb (or its auxiliary) itself, the nearest before it first."""
    auxiliaries = [j for j in s.children[i] if s.relations[j] in ("aux", "aux:pass")]
    near = [*s.children[i], *(k for j in auxiliaries for k in s.children[j])]
    found = [j for j in near if s.relations[j] in ("nsubj", "nsubj:pass") and s.lower[j] not in CALENDAR]
    if found:
        left = [j for j in found if j < i]
        if len(left) > 1 and {"including", "among"} & set(s.lower[left[0] : left[-1]]):
            return left[0]  # "five civilians including three children were killed"
        return _including(s, left[-1]) if left else found[0]
    if s.tags[i] in _FINITE or s.child(i, "aux") is not None:
        for j in s.children[i]:  # an active verb's object never stands before it: it was its subject
            if j < i and s.relations[j] == "obj" and s.lower[j] not in RELATIVE and s.tags[j].startswith(("NN", "PR")):
                return j
    return None


def _including(s: Sentence, i: int) -> int:
    """The whole where the tree took the part for the subject: "five civilians including three children were …"."""
    for j in s.children[i]:
        if s.lower[j] == "including" and 0 < j < i and s.tags[j - 1].startswith("NN"):
            return j - 1
    return i


def _late_subject(s: Sentence, i: int) -> int | None:
    """In "groups tied to X targeted Y" the tree takes "tied" for the main verb; "targeted" is, with its subject."""
    if s.relations[i] != "acl" or s.tags[i] not in ("VBN", "VBD"):
        return None
    if s.child(i, "aux", "aux:pass", "obl:agent") is not None:
        return None
    for k in s.chain(s.heads[i]):
        if s.heads[k] < 0 or s.relations[k] in ("ccomp", "parataxis"):
            bare = s.tags[k] == "VBN" and s.child(k, "aux", "aux:pass") is None and k < i
            return s.child(k, "nsubj", "nsubj:pass") if bare else None
    return None


def _beside(s: Sentence, i: int) -> int | None:
    """The noun straight before the verb group, where the tree knows no subject."""
    start = min([i, *(j for j in s.children[i] if s.relations[j] in ("aux", "aux:pass", "advmod"))]) - 1
    if start < 0 or not s.tags[start].startswith(("NN", "CD")) or s.lower[start] in CALENDAR:
        return None
    at = start
    while s.relations[at] in ("nmod", "obl") and cases(s, at) and 0 <= s.heads[at] < at:
        at = s.heads[at]  # "a raid on a house in the village of X killed five": neither X nor the house did
    while s.relations[at] in ("conj", "compound") and 0 <= s.heads[at] <= start:
        if s.relations[at] == "conj" and cases(s, s.heads[at]):
            break  # "was cleared of rebels and order was restored"
        at = s.heads[at]
    return at


def subject(s: Sentence, i: int, depth: int = _DEEPEST) -> int | None:
    """The head word of the verb's grammatical subject, however far it must be sought; None if there is none."""
    own = own_subject(s, i)
    head, relation = s.heads[i], s.relations[i]
    if own is not None:
        return head if s.lower[own] in RELATIVE and relation.startswith("acl") and head >= 0 else own
    return _governed_subject(s, i, head, depth) if head >= 0 and depth else _beside(s, i) if depth else None


def _governed_subject(s: Sentence, i: int, head: int, depth: int) -> int | None:
    """The subject of a verb that has none of its own, sought by what the verb hangs on."""
    relation = s.relations[i]
    if s.tags[i] == "VBG" and any(s.lower[j] == "of" for j in s.children[i] if s.relations[j] in ("mark", "case")):
        blamed = next((k for k in s.chain(head) if s.lower[k] in _CONTROLLING), None)
        if blamed is not None:  # "accused X, a member of …, of killing"
            accused = s.child(blamed, "iobj", "obj", "nsubj:pass")
            return accused if accused is not None else subject(s, head, depth - 1)
    if relation in ("acl:relcl", "acl"):
        return _of_relative(s, i, head, depth)
    if relation == "amod":
        return _of_participle(s, i, head, depth)
    if relation in _CHAINED and (is_verb(s, head) or s.child(head, "cop") is not None):
        return _of_chain(s, i, head, depth)
    if relation in ("obl", "nmod", "csubj", "obj", "advcl") and s.tags[i] == "VBG":
        if s.tags[head].startswith("NN") and relation not in ("csubj", "obj"):
            return holder(s, head, depth - 1)
        if is_verb(s, head) and relation != "advcl":
            controlled = s.child(head, "obj") if s.lower[head] in _CONTROLLING else None
            return controlled if controlled is not None else subject(s, head, depth - 1)
    return _beside(s, i) if s.tags[i] in _FINITE_OR_PARTICIPLE else None


def _of_relative(s: Sentence, i: int, head: int, depth: int) -> int | None:
    late = _late_subject(s, i)
    if late is not None:
        return late
    if s.child(i, "mark") is not None and s.tags[i] in ("VB", "VBP"):
        return holder(s, head, depth - 1)  # "an operation to take"
    if is_passive(s, i) or s.relations[i] == "acl" or s.child(i, "obj") is not None:
        return head
    return None


def _of_participle(s: Sentence, i: int, head: int, depth: int) -> int | None:
    if s.tags[i] == "VBN" and not is_passive(s, i):  # one more verb of a series
        return None
    if s.tags[i] == "VBG" and i and s.tags[i - 1] == "IN":  # "progress in clearing areas"
        return holder(s, s.heads[head], depth - 1) if s.heads[head] >= 0 else None
    return head


def _of_chain(s: Sentence, i: int, head: int, depth: int) -> int | None:
    relation = s.relations[i]
    if relation == "ccomp" and s.tags[i] not in ("VBG", "VB"):
        between = [j for j in s.children[head] if s.relations[j] == "obj" and head < j < i]
        told = s.lower[head] in words("telling")  # "told reporters"; but "said 30 soldiers had been killed"
        return between[-1] if between and not told else None
    if relation in ("xcomp", "advcl", "ccomp") and s.lower[head] in _CONTROLLING:
        controlled = s.child(head, "obj", "iobj", "nsubj:pass")
        if begins(s.lower[head], "asking_on"):  # "calling on X to stop"
            asked = company(s, head, "on", "upon", "to")
            controlled = asked if asked is not None and asked < i else controlled
        if controlled is not None:
            return controlled
    finite = s.tags[i] in _FINITE or s.child(i, "aux") is not None
    if relation != "xcomp" and finite and (near := _beside(s, i)) is not None and near != head:
        return near
    if relation == "conj" and s.tags[i] == "VBN" and (near := _gapped(s, i, head)) is not None:
        return near
    return subject(s, head, depth - 1)


def _gapped(s: Sentence, i: int, head: int) -> int | None:
    """The subject where the auxiliary is not said again: "20 men had been killed and several trucks seized"."""
    return i - 1 if i - 1 > head and s.tags[i - 1] in ("NNS", "NNPS") else None


def holder(s: Sentence, noun: int, depth: int = 3) -> int | None:
    """Whose a noun is: "its", "Russia's", "by X"; else the subject of the verb whose object the noun is."""
    for found in (s.child(noun, "nmod:poss"), company(s, noun, "by")):
        if found is not None and s.lower[found] not in CALENDAR:
            return found
    if s.heads[noun] >= 0 and begins(s.lower[s.heads[noun]], "warding"):
        return None  # "troops foiled an attempt to kidnap": not theirs
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
    objects = [j for j in s.children[i] if s.relations[j] == "obj"]
    if objects:
        obj = objects[-1] if s.tags[objects[0]] == "CD" else objects[0]  # "cleared 15 to 20 percent"
        return s.heads[i] if s.lower[obj] in RELATIVE and s.relations[i].startswith("acl") else obj
    if s.relations[i] == "amod" and s.tags[i] == "VBG" and i and s.tags[i - 1] == "IN":
        return s.heads[i]
    for found in (_shared_object(s, i), _counted_object(s, i), _antecedent(s, i)):
        if found is not None:
            return found
    after = noun_after(s, i)
    if after is not None and s.relations[i] != "acl:relcl" and s.relations[after] not in ("nsubj", "nsubj:pass"):
        return after
    return None


def _shared_object(s: Sentence, i: int) -> int | None:
    """In "shelled and destroyed the house" the object stands with the last verb."""
    if s.child(i, "obl", "xcomp", "ccomp") is not None:
        return None
    for j in s.children[i]:
        if s.relations[j] == "conj" and is_verb(s, j) and own_subject(s, j) is None:
            shared = s.child(j, "obj")
            if shared is not None:
                return shared
    return None


def _counted_object(s: Sentence, i: int) -> int | None:
    """A number's "about" or "more than" is no preposition: "killed more than 20 militants"."""
    for j in s.children[i]:
        number = s.child(j, "nummod") is not None or s.tags[j] == "CD"  # "shot more than 30"
        counted = s.relations[j] == "obl" and j > i and number
        if counted and s.lower[j] not in CALENDAR and cases(s, j) <= words("round") and s.tags[i + 1] != "TO":
            return j
    return None


def _antecedent(s: Sentence, i: int) -> int | None:
    """In "areas that rebels control" and "territory they hold" the object stands before."""
    own = own_subject(s, i)
    if own is None or s.lower[own] in RELATIVE or any(s.lower[j] in words("where") for j in s.children[i]):
        return None
    if s.relations[i] == "acl:relcl":
        return s.heads[i]
    if own > 0 and s.tags[own] == "PRP" and s.tags[own - 1].startswith("NN") and own + 1 == i:
        return own - 1
    return None


def doer(s: Sentence, i: int) -> int | None:
    """The head word of who does the verb: the active subject or the one behind "by"."""
    if is_passive(s, i):
        passives = [i, *(j for j in s.children[i] if s.relations[j] == "conj" and is_verb(s, j) and is_passive(s, j))]
        for j in passives:  # "were beaten and dragged away by the police"
            agent = _agent(s, j)
            if agent is not None:
                return agent
        return None
    if s.tags[i] == "VBG" and own_subject(s, i) is None and (blamed := accused(s, i)) is not None:
        return blamed
    if (over := _passive_over(s, i)) is not None:
        return doer(s, over)
    found = subject(s, i)
    if found is None and s.tags[i] in _FINITE_OR_PARTICIPLE and i and s.lower[i - 1] in (",", "and", ";"):
        for j in range(i - 1, -1, -1):  # one more verb of a series whose first the tree has put elsewhere
            if s.tags[j] in _FINITE and (shared := own_subject(s, j)) is not None:
                return shared
    return found


def _passive_over(s: Sentence, i: int) -> int | None:
    """The passive verb whose outcome an "-ing" form tells: "a helicopter was shot down, killing five", not by it."""
    over = s.heads[i]
    if s.tags[i] != "VBG" or s.relations[i] != "advcl" or not 0 <= over < i or s.lower[i] not in words("outcomes"):
        return None
    marked = s.child(i, "mark", "case", "nsubj") is not None  # "was held after killing five"
    return None if marked or not (is_verb(s, over) and is_passive(s, over)) else over


def _agent(s: Sentence, i: int) -> int | None:
    """Who stands behind a passive verb's "by"; not how it was done: "struck by mistake by a gunship"."""
    agents = [j for j in s.children[i] if s.relations[j] == "obl:agent"]
    agents += [j for j in s.children[i] if j not in agents and "by" in cases(s, j) and s.relations[j] == "obl"]
    found = next((j for j in agents if not _is_manner(s, j)), None)
    if found is not None or agents:
        return found
    by = company(s, i, "by")
    return by if by is None or not _is_manner(s, by) else None


def _is_manner(s: Sentence, j: int) -> bool:
    """Whether a bare noun behind "by" tells how: "by force", "by mistake"; not "by the air force"."""
    qualified = any(s.relations[k] in ("det", "amod", "compound", "nmod:poss") for k in s.children[j])
    return s.lower[j] in words("manner") and not qualified


def accused(s: Sentence, i: int) -> int | None:
    """Who is blamed for an act told by a noun or an "-ing" form: "accused X of the raid and of burning huts"."""
    blaming = next(
        (k for k in range(i - 1, max(-1, i - _FAR), -1) if begins(s.lower[k], "blaming") and is_verb(s, k)), None
    )
    if blaming is None:
        return None
    who = s.child(blaming, "nsubj:pass") if is_passive(s, blaming) else s.child(blaming, "iobj", "obj")
    who = who if who is not None else noun_after(s, blaming)
    if who is None or who >= i or not {"of", "for"} & set(s.lower[max(who, blaming) + 1 : i]):
        return None
    for k in range(max(who, blaming) + 1, i):
        if s.tags[i].startswith("NN") and s.tags[k] == "VBG" and k in s.chain(i) and s.heads[i] != k:
            return None  # "accused X of threatening a witness of the murder"
        if (s.tags[k] == "TO" and not s.tags[k + 1].startswith(("CD", "NN", "DT"))) or (
            s.tags[k] in _FINITE and s.child(k, "nsubj", "nsubj:pass") is not None
        ):
            return None  # another clause stands between
    return who


def words_about(s: Sentence, i: int, *, wide: bool) -> set[str]:
    """The words that decide the sense of word i: those near it in the tree and what it is done to."""
    found = words_near(s, i, wide=wide)
    done = done_to(s, i) if is_verb(s, i) else None
    return found if done is None else found | names_of(s, done)
