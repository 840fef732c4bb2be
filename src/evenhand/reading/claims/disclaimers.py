"""Who says that the deed was not theirs: "denied any involvement", "was not involved in", "has nothing to do with".

Such words name no act of their own. They stand against the act they mention, or, where they mention none, against the
last one told: a claim of that kind, by whoever disclaims it, denied. So does who rejects a charge ("the accusations
are baseless") and who says that nothing of theirs was there ("our planes flew no missions in the area").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evenhand.model.evidence import Span
from evenhand.reading.claims import clauses
from evenhand.reading.claims.answerable import pointed_at
from evenhand.reading.claims.company import cases, company, noun_after
from evenhand.reading.claims.events import Event, World
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

_NEAR = 8
"""Words between a charge and what is said of it."""
_IT = ("it", "this", "that")
NOBODY = ("no", "nobody", "one", "none", "who", "which", "what", "that", "this", "it", "other", "each")


@dataclass(frozen=True)
class Disclaimer:
    """The word that disclaims, who does, and the event of the sentence that is disclaimed (None: one told before)."""

    word: int
    actor: int | None
    event: Event | None


def disclaimers(s: Sentence, events: Sequence[Event], refused: Sequence[Span] = ()) -> list[Disclaimer]:
    """Every disclaimer of a sentence; `events` are those found in it, `refused` what in it is said by who denies it."""
    found: list[Disclaimer] = []
    signs = _signs()
    for i, word in enumerate(s.lower):
        if word not in signs and not refused:
            continue
        start = s.tokens[i].start
        actor = _who(s, i, word)
        if actor is None and any(first <= start < last for first, last in refused):
            actor = _sharer(s, i, word)
        if actor is None or s.lower[actor] in ("no", "nobody", "one", "none"):
            continue
        if s.lower[actor] in words("relative") and not _names_side(s, actor):
            continue  # "regrets the harm to people who were not involved" denies nothing
        found.append(Disclaimer(i, actor, _act(s, i, events)))
    return found


def told_apart(s: Sentence, events: Sequence[Event], refused: Sequence[Span]) -> list[Disclaimer]:
    """The disclaimer that the words of one who denies are where they stand alone: "rejected | the accusations".

    `refused`: the words of those who deny.
    """
    if events:
        return []
    for i, word in enumerate(s.lower):
        told = next((span for span in refused if span[0] <= s.tokens[i].start < span[1]), None)
        if told is None or not (word in words("charges") or word in words("shares") or word in words("accounts")):
            continue
        if word in words("accounts") and _is_told(s, i):
            continue
        return [Disclaimer(i, None, None)]
    return []


def refuted(s: Sentence) -> list[Disclaimer]:
    """The charge that a sentence says to be baseless, and no more: "the accusations are lies", "called it a smear"."""
    charges_or_accounts = words("charges") | words("accounts")
    for i, word in enumerate(s.lower):
        if word not in charges_or_accounts:
            continue
        behind = s.lower[i + 1 : i + 1 + _NEAR]
        if any(w in words("baseless") for w in behind) and not _is_told(s, i):
            negated = any(w in ("not", "n't", "never") for w in behind)
            return [] if negated else [Disclaimer(i, None, None)]
        if any(w.startswith("correspond") for w in behind) and any(w in ("not", "n't") for w in behind):
            return [Disclaimer(i, None, None)]
    return []


def absent(s: Sentence, events: Sequence[Event], world: World, refused: Sequence[Span] = ()) -> list[Disclaimer]:
    """Who says that none of its means was there: "none of its aircraft were flying", "had no forces in the town".

    `refused`: the words of those who deny ("denied | that its planes were active"). Only of what is one's own or of a
    named side: that no planes were seen at all denies nobody's deed.
    """
    found: list[Disclaimer] = []
    means = words("means")
    for i, word in enumerate(s.lower):
        if word not in means:
            continue
        of_none = s.relations[i] == "nmod" and s.heads[i] >= 0 and s.lower[s.heads[i]] == "none"
        noun = s.heads[i] if of_none else i
        head = s.heads[noun]
        denied = any(first <= s.tokens[i].start < last for first, last in refused)
        none = _is_none(s, noun) or (head >= 0 and _is_negated(s, head))
        if head < 0 or none == denied or not _is_about(s, head):
            continue
        if any(event.head in s.subtree(head) for event in events):
            continue  # "did not carry out strikes": told by the strikes
        who = _whose(s, noun, head, world)
        if who is None and denied and s.relations[noun] == "nsubj" and _is_definite(s, noun):
            who = noun  # "denied the air force was active in the area"
        if who is not None:
            found.append(Disclaimer(noun, who, None))
            break
    return found


def _is_definite(s: Sentence, i: int) -> bool:
    return any(s.lower[j] in words("definite") for j in s.children[i] if j < i)


def _is_none(s: Sentence, i: int) -> bool:
    return s.lower[i] == "none" or any(
        s.lower[j] == "no" and s.relations[j] in ("det", "advmod") for j in s.children[i]
    )


def _is_negated(s: Sentence, i: int) -> bool:
    return any(s.lower[j] in ("not", "n't", "never") for j in s.children[i])


def _is_about(s: Sentence, head: int) -> bool:
    """Whether it is said that something is somewhere, flies or is at work: "active", "in the area", "had … there".

    "The rebels have no air force" says nothing of one place or time, nor does "was not available".
    """
    within = set(s.subtree(head))
    placed = any(s.lower[k] in words("whereabouts") for k in within)
    if s.relations[head] == "root" and s.child(head, "cop") is not None:
        return s.lower[head] in words("present") or bool(cases(s, head))
    return placed and (s.lower[head] in words("present") or s.child(head, "expl") is not None or bool(cases(s, head)))


def _whose(s: Sentence, i: int, head: int, world: World) -> int | None:
    """Whose means they are: "its aircraft" and "coalition planes" as printed, "the army had no men there" the army."""
    noun = next((j for j in s.children[i] if s.relations[j] == "nmod"), i) if s.lower[i] == "none" else i
    for j in s.children[noun]:
        if s.relations[j] == "nmod:poss":
            return noun
        if s.relations[j] in ("amod", "compound") and is_side(s, j, world):
            return j
    if s.relations[i] == "obj" and s.lower[head] in words("present"):
        who = clauses.subject(s, head)
        own = who is not None and (s.lower[who] in words("themselves") or is_side(s, who, world))
        return who if own else None
    return None


def _is_told(s: Sentence, i: int) -> bool:
    """Whether a clause or phrase on a charge or a report says of what it is: "reports that 200 had died"."""
    told = [j for j in s.children[i] if s.relations[j] in ("acl", "acl:relcl", "nmod", "ccomp")]
    return any("as" not in cases(s, j) for j in told)


def _names_side(s: Sentence, relative: int) -> bool:
    """Whether "who" or "which" stands for somebody with a name: "X, which was not involved"."""
    clause = s.heads[relative]
    before = s.heads[clause] if clause >= 0 else -1
    return before >= 0 and s.tags[before] in ("NNP", "NNPS")


def _sharer(s: Sentence, i: int, word: str) -> int | None:
    """Whose part in a deed is denied by who says so: "denied | that its troops took part in the killings"."""
    head = s.heads[i]
    if word in words("shares") and head >= 0 and s.relations[i] == "obj" and s.lower[head] in words("having"):
        return clauses.subject(s, head)
    if word in words("sharing") and not _is_negated(s, i):
        at = s.heads[i] if word == "behind" and s.relations[i] == "case" else i
        return s.child(at, "nsubj", "nsubj:pass") if at >= 0 else None
    return None


_CHARGED = 12
"""Words behind "accused" within which "of" tells of what, where it stands in no name."""


def charges(s: Sentence, events: Sequence[Event], world: World) -> list[Disclaimer]:
    """Whom a sentence blames without a word for the deed: "officials blamed the rebels", "said X was responsible"."""
    if events:
        return []
    found: list[Disclaimer] = []
    for i, word in enumerate(s.lower):
        who = pointed_at(s, i)
        if who is not None:
            of = company(s, who, "of")
            who = who if is_side(s, who, world) or of is None else of
        elif _blames(s, i, word, world) and clauses.is_verb(s, i) and not clauses.is_passive(s, i):
            who = s.child(i, "obj")
            who = who if who is not None else noun_after(s, i)
        elif (
            word == "responsible"
            and s.child(i, "cop") is not None
            and not _is_refused(s, i)
            and not company(s, i, "for")
        ):
            who = s.child(i, "nsubj")
        if who is not None and s.lower[who] not in NOBODY and is_side(s, who, world):
            found.append(Disclaimer(who if word != "responsible" else i, who, None))
    return found


def _blames(s: Sentence, i: int, word: str, world: World) -> bool:
    """Whether a verb blames for what was told before: "blamed X", "accused X" of nothing that is said here."""
    said = (j for j in range(i, min(i + _CHARGED, len(s.tokens))) if s.lower[j] == "of")
    return word.startswith("blam") or (
        word.startswith("accus") and all(world.is_party_name(s.tokens[j].start) for j in said)
    )


def is_side(s: Sentence, who: int, world: World) -> bool:
    """Whether a word names who fights or a country: nobody else makes an attack."""
    start = s.tokens[who].start
    return world.is_a(s, who, "force") or world.is_party_name(start) or world.is_place_name(start)


def _is_refused(s: Sentence, i: int) -> bool:
    head = s.heads[i]
    shaded = any(s.relations[j] == "aux" or s.lower[j] in ("not", "n't", "never") for j in s.children[i])
    return shaded or (head >= 0 and s.relations[i] != "ccomp")


@cache
def _signs() -> frozenset[str]:
    """The words by which `_who` knows a disclaimer."""
    return words("shares") | words("sharing") | words("charges") | words("accounts") | {"nothing", *_IT}


def _who(s: Sentence, i: int, word: str) -> int | None:
    """Who disclaims by word i; None where it is no word of a disclaimer or nobody does."""
    if word in words("shares"):
        return _of_noun(s, i)
    if word in words("sharing"):
        return _of_adjective(s, i)
    if word == "nothing" and s.lower[i + 1 : i + 4] == ("to", "do", "with"):
        return _of_having(s, i)
    if word == "that" and i + 1 < len(s.tokens) and s.tags[i + 1] != "PUNCT":
        return None  # "denied that militants had stored arms"
    if word in words("charges") or word in words("accounts") or word in _IT:
        return _of_object(s, i)
    return None


def _of_having(s: Sentence, i: int) -> int | None:
    """Who "has nothing to do with" it."""
    head = s.heads[i]
    having = next((k for k in (head, i - 1) if k >= 0 and s.lower[k] in words("having")), None)
    return clauses.subject(s, having) if having is not None else None


def _of_object(s: Sentence, i: int) -> int | None:
    """Who "denied it", "rejected the accusations", where these words say nothing of what it is."""
    head = s.heads[i]
    if head < 0 or s.relations[i] not in ("obj", "ccomp", "nsubj:pass") or not begins(s.lower[head], "disclaiming"):
        return None
    if _is_told(s, i):
        return None  # "denied the allegations that it had …": what is denied is told; not "rejected them as lies"
    if any(s.relations[j] in ("ccomp", "xcomp") and j != i for j in s.children[head]):
        return None
    return clauses.doer(s, head)


def _of_noun(s: Sentence, i: int) -> int | None:
    """Who "denies involvement", "denies that it played a part", "had no role"."""
    head = s.heads[i]
    if head < 0 or not clauses.is_verb(s, head) or s.relations[i] not in ("obj", "xcomp", "ccomp", "nsubj:pass"):
        return None
    none = any(s.lower[j] in ("no", "any") and s.relations[j] == "det" for j in s.children[i])
    if begins(s.lower[head], "disclaiming"):
        return clauses.doer(s, head)
    no = any(s.lower[j] == "no" for j in s.children[i])
    negated = any(s.lower[j] in ("not", "n't", "never") for j in s.children[head])
    if s.lower[head] in words("having") and (no or (negated and none)):
        return clauses.doer(s, head)
    return None


def _of_adjective(s: Sentence, i: int) -> int | None:
    """Who "was not involved", "is not responsible", "is not behind it", "denies that it was responsible"."""
    if s.lower[i] == "behind" and s.relations[i] == "case":
        i = s.heads[i]
        if s.child(i, "cop") is None:
            return None
    head = s.heads[i]
    refused = head >= 0 and s.relations[i] == "ccomp" and begins(s.lower[head], "disclaiming")
    if not refused and not any(s.lower[j] in ("not", "n't", "never", "neither") for j in s.children[i]):
        return None
    found = s.child(i, "nsubj", "nsubj:pass")
    return found if found is not None else clauses.subject(s, i)


def _act(s: Sentence, i: int, events: Sequence[Event]) -> Event | None:
    """The act disclaimed: what stands behind "in", "for", "of" the word, or behind the verb it belongs to."""
    done = next((k for k in s.children[i] if s.lower[k] == "do"), i)  # "nothing to do with the raid"
    behind = s.heads[i] if s.lower[i] == "behind" and s.relations[i] == "case" else None
    told = next((e for e in events if e.head == behind), None)
    if told is not None:
        return told
    for at in (i, done, s.heads[i]):
        behind = company(s, at, "in", "for", "of", "with") if at >= 0 else None
        if behind is not None and behind > i:
            below = set(s.subtree(behind))
            act = next((e for e in events if e.head in below), None)
            if act is not None:
                return act
    return None
