"""The attitude of a statement, from its cue's words, the network's polarity and the content's opening."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, get_args

from evenhand.model.evidence import Span
from evenhand.model.reading import Attitude

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_BORDER = re.compile(r"[.!?…][\"”’']?\s+[\"“‘']?[A-Z]")
_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "find": "found", "show": "showed shown",
    "think": "thought", "see": "saw seen", "feel": "felt", "understand": "understood", "hold": "held",
    "know": "knew known", "mean": "meant", "swear": "swore sworn", "seek": "sought", "foresee": "foresaw foreseen",
    "begin": "began", "take": "took taken", "make": "made", "draw": "drew drawn", "lay": "laid", "put": "put",
    "be": "is are was were been being am", "give": "gave given", "undertake": "undertook undertaken",
    "deny": "denied denies denying", "plan": "planned planning", "beg": "begged begging", "pin": "pinned",
    "hit": "hitting", "commit": "committing committed", "admit": "admitted admitting", "rebut": "rebutted rebutting",
    "refer": "referred",
}  # fmt: skip
_DENIAL_LIKELY = 0.5
_OTHERS = ("he", "she", "it", "they")
_NAMED_BETWEEN, _ACCOUNT_WITHIN, _NAME_WITHIN = 200, 4, 5  # code points; words from the beginning, from the end
_REGRET_WITHIN = 3  # words: "its deep sorrow"
_CLOSE = 4  # words from "it" to its verb: "it had by mistake hit"
_NO_DEED = frozenset(("the", "and", "or", "of", "no", "was", "were", "been", "being", "are", "is", "some", "many"))


@dataclass(frozen=True, slots=True)
class _Lists:
    phrases: tuple[tuple[tuple[frozenset[str], ...], Attitude], ...]
    words: dict[str, Attitude]
    opening: frozenset[str]
    adverbs: frozenset[str]
    opening_not: frozenset[str]
    own: frozenset[str]
    deeds: frozenset[str]
    harm: frozenset[str]
    of: frozenset[str]
    plan_cues: frozenset[str]
    plan_nouns: frozenset[str]
    negation: frozenset[str]
    voicing: frozenset[str]
    regret: frozenset[str]
    naming: frozenset[str]
    accounts: frozenset[str]
    untrue: frozenset[str]


def forms(lemma: str) -> set[str]:
    """A verb's written forms by English spelling, with the irregular ones listed above."""
    out = {lemma, lemma + "s", lemma + "ed", lemma + "ing", *_IRREGULAR.get(lemma, "").split()}
    if lemma.endswith("e"):
        out |= {lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2:-1] not in tuple("aeou"):
        out |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    if lemma.endswith(("s", "sh", "ch", "x")):
        out.add(lemma + "es")
    return out


@cache
def _lists() -> _Lists:
    raw: dict[str, Any] = tomllib.loads((files(__package__) / "attitudes.toml").read_text(encoding="utf-8"))
    words: dict[str, Attitude] = {}
    phrases: list[tuple[tuple[frozenset[str], ...], Attitude]] = []
    for attitude in get_args(Attitude):
        for lemma in raw[attitude]["words"].split():
            for form in forms(lemma):
                words.setdefault(form, attitude)
        phrases += [(tuple(frozenset(forms(w)) for w in p.split()), attitude) for p in raw[attitude]["phrases"]]
    phrases.sort(key=lambda p: -len(p[0]))
    cues = frozenset(f for lemma in raw["plans"]["cues"].split() for f in forms(lemma))

    def listed(table: str, key: str) -> frozenset[str]:
        return frozenset(raw[table][key].split())

    opening_not = frozenset(f for w in raw["opening"]["not_words"].split() for f in forms(w))
    return _Lists(
        phrases=tuple(phrases),
        words=words,
        opening=frozenset(raw["opening"]["attitudes"]),
        adverbs=listed("opening", "adverbs"),
        opening_not=opening_not,
        own=listed("own_harm", "own"),
        deeds=listed("own_harm", "deeds"),
        harm=listed("own_harm", "harm"),
        of=listed("own_harm", "of"),
        plan_cues=cues,
        plan_nouns=listed("plans", "nouns"),
        negation=listed("negation", "words"),
        voicing=frozenset(form for lemma in raw["regret"]["cues"].split() for form in forms(lemma)),
        regret=listed("regret", "names"),
        naming=frozenset(form for lemma in raw["untrue"]["cues"].split() for form in forms(lemma)),
        accounts=listed("untrue", "accounts"),
        untrue=listed("untrue", "names"),
    )


@lru_cache(maxsize=8192)
def of_cue(cue: str) -> Attitude:
    """The attitude of a cue's words alone; "asserts" where no word of it is listed."""
    lists = _lists()
    low = [w.lower().replace("’", "'") for w in _WORD.findall(cue)]
    for phrase, attitude in lists.phrases:
        if _find(low, phrase):
            return attitude
    for word in low:
        if word in lists.words and word not in ("do", "did"):
            return lists.words[word]
    return "asserts"


def _find(words: list[str], phrase: tuple[frozenset[str], ...]) -> bool:
    """Whether the phrase's words occur in order with at most one word between."""
    for i, word in enumerate(words):
        if word not in phrase[0]:
            continue
        at = i
        for part in phrase[1:]:
            hit = next((k for k in range(at + 1, min(at + 3, len(words))) if words[k] in part), None)
            if hit is None:
                break
            at = hit
        else:
            return True
    return False


def attitude(text: str, cue: Span | None, content: Sequence[Span], *, quoted: bool, denial: float = 0.0) -> Attitude:
    """The attitude of one statement.

    `quoted`: the content is the speaker's own words; `denial`: the network's
    probability that the cue denies.
    """
    lists = _lists()
    said = text[slice(*cue)] if cue else ""
    found = of_cue(said)
    low = {w.lower().replace("’", "'") for w in _WORD.findall(said)}
    negated = bool(low & lists.negation) or any(w.endswith("n't") for w in low)
    if negated and (found == "denies" or ("neither" in low and found in ("asserts", "admits"))):
        return "asserts"  # "did not rule out", "did not deny", "neither confirmed nor denied"
    if negated and found in ("asserts", "admits"):
        return "denies" if found == "admits" or denial >= _DENIAL_LIKELY else found
    if found == "asserts" and denial >= _DENIAL_LIKELY and said and not low & set(_asserting()):
        return "denies"
    untrue = bool(low & lists.naming and content and not negated) and _calls_untrue(text, cue, content, lists)
    if untrue or found != "asserts" or not content:
        return "denies" if untrue else found
    words = [w.lower() for w in _WORD.findall(text[content[0][0] : min(content[0][0] + 400, content[-1][1])])]
    if low & lists.plan_cues and _is_plan(words, lists):
        return "intends"
    if len(content) == 1 and not _SENTENCE_BORDER.search(text, *content[0]):
        if quoted:
            return _opening(words, lists)
        if (attitude := _opening(words, lists, _OTHERS)) in ("hopes", "believes"):
            return attitude  # "he said he hoped …"
    regretted = bool(low & lists.voicing) and not lists.regret.isdisjoint(words[:_REGRET_WITHIN])
    return "admits" if regretted or _own_harm(words, lists) else found


def _calls_untrue(text: str, cue: Span | None, content: Sequence[Span], lists: _Lists) -> bool:
    """As in "called the reports of … totally false": an account, and at the end a name for what does not hold.

    The account stands in the content, or between it and the cue ("called the reports "a lie"").
    """
    start = min(content[0][0], cue[1]) if cue is not None else content[0][0]
    start = start if content[0][0] - start <= _NAMED_BETWEEN else content[0][0]
    words = [w.lower() for w in _WORD.findall(text[start : content[-1][1]])]
    return bool(
        lists.accounts.intersection(words[:_ACCOUNT_WITHIN]) and lists.untrue.intersection(words[-_NAME_WITHIN:])
    )


@cache
def _asserting() -> frozenset[str]:
    return frozenset(w for w, a in _lists().words.items() if a == "asserts")


def _opening(words: list[str], lists: _Lists, who: tuple[str, ...] = ("we", "i")) -> Attitude:
    """As in "We (strongly) hope …": the verb after a first person."""
    if len(words) < 3 or words[0] not in who:
        return "asserts"
    at = 1
    while at < min(4, len(words) - 1) and words[at] in lists.adverbs:
        at += 1
    verb = words[at]
    if {"saw", "seen"} & set(words[at : at + 2]):
        return "asserts"  # "they had seen men being taken away"
    if verb in lists.opening_not and words[at + 1] not in ("on", "upon", "for"):
        return "asserts"
    phrase = of_cue(" ".join(words[at : at + 2]))
    return phrase if phrase in lists.opening and of_cue(verb) in (phrase, "asserts", "demands", "asks") else "asserts"


def _is_plan(words: list[str], lists: _Lists) -> bool:
    """A bare noun phrase that names a plan, not a clause: "the operation", "a new offensive"."""
    clause = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "to", "could", "may"}
    return len(words) <= 4 and any(w in lists.plan_nouns for w in words) and not clause & set(words)


def _own_harm(words: list[str], lists: _Lists) -> bool:
    """As in "its raids … unintentionally killed at least 220 civilians": harm by the own side, conceded."""
    if not words or words[0] not in lists.own:
        return False
    harm = next((i for i, w in enumerate(words[:16]) if i and w in lists.harm and words[i - 1] not in _NO_DEED), None)
    if harm is None or not any(w in lists.of for w in words[max(0, harm - 3) : harm + 8]):
        return False
    if words[0] in ("we", "it", "they"):
        return harm <= _CLOSE
    return any(w in lists.deeds for w in words[1:4])
