"""How a speaker stands to an event: affirmed or denied; asserted, possible, planned, hoped, hypothetical, called for.

Read off the words on the event and on the verbs and nouns above it in the tree, up to the edge of what the
speaker takes for granted (a relative clause, "when …", "after …"), then the attitude of the statement.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from evenhand.model.evidence import Span
from evenhand.model.reading import Attitude, Modality, Polarity
from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event
from evenhand.reading.syntax.parser import Sentence

_DOUBTED = {"thought", "believed", "suspected", "alleged", "reported", "presumed"}
_FACTIVE = (
    "condemn", "denounc", "regret", "mourn", "deplor", "blam", "accus", "investigat", "halt", "stop", "end", "ceas",
    "decr", "criticiz", "criticis", "protest", "welcom", "document", "aveng", "monitor", "observ",
)  # fmt: skip
_ENDINGS = {"end", "halt", "stop", "cessation", "pause", "suspension", "investigation", "inquiry"}
_OCCUR = (
    "beg",
    "start",
    "tak",
    "occur",
    "happen",
    "continu",
    "resum",
    "erupt",
    "break",
    "last",
    "be",
    "rise",
    "intensif",
)
_CLAUSAL = ("xcomp", "ccomp", "advcl", "acl", "csubj")
_ATTITUDE: dict[str, Modality] = {
    "hopes": "hoped", "intends": "planned", "demands": "called_for", "asks": "called_for",
}  # fmt: skip


@dataclass(frozen=True)
class Stance:
    """Polarity and modality of one claim."""

    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((files("evenhand.reading.claims") / "data" / "stance.toml").read_text("utf-8"))
    return {k: tuple(v) for k, v in table.items()}


def _is(word: str, name: str) -> bool:
    return word in _words()[name]


def _begins(word: str, name: str) -> bool:
    return word.startswith(_words()[name])


def stance(s: Sentence, event: Event, attitude: Attitude | None, content: Span | None) -> Stance:
    """The stance of an event; `attitude` and `content` are those of the innermost statement that holds it."""
    walk = _Walk(s, event, content)
    modality = walk.modality
    denied = walk.denied
    if attitude is not None and not walk.granted:
        if attitude == "denies":
            denied = True
        elif modality == "asserted" and attitude in _ATTITUDE:
            modality = _ATTITUDE[attitude]
    return Stance("denied" if denied else "affirmed", modality)


class _Walk:
    """Climbs from an event to the root of its sentence (or the edge of its statement) and notes what it meets."""

    def __init__(self, s: Sentence, event: Event, content: Span | None) -> None:
        self.s = s
        self.denied = False
        self.modality: Modality = "asserted"
        self.granted = False
        i = event.head
        self._own_words(i, event.verbal)
        if self._doubted(i, event.verbal):
            self._set("possible")
        while True:
            head, relation = s.heads[i], s.relations[i]
            if relation == "advcl" and self._marks(i) & set(_words()["past_marks"]) and s.tags[i] != "VB":
                self.granted = True
                break
            if head < 0 or (content is not None and not content[0] <= s.tokens[head].start < content[1]):
                break
            if not self._climb(i, head, relation):
                break
            i = head

    def _doubted(self, i: int, verbal: bool) -> bool:
        """ "strikes thought to be by …", "jets believed to belong to … struck"."""
        s = self.s
        who = clauses.doer(s, i) if verbal else i
        if who is None:
            return False
        after = s.lower[who + 1 : who + 4]
        return any(w in _DOUBTED for w in after) and "to" in s.lower[who + 2 : who + 6]

    def _set(self, modality: Modality) -> None:
        if self.modality == "asserted" and not self.granted:
            self.modality = modality

    def _own_words(self, i: int, verbal: bool) -> None:
        s = self.s
        for j in s.children[i]:
            word, relation = s.lower[j], s.relations[j]
            if relation in ("advmod", "aux", "det", "cc", "case", "neg") and _is(word, "negations"):
                self.denied = not self.denied
            elif (
                (word == "no" and j + 1 < len(s.lower) and s.lower[j + 1] != "longer")
                or (relation == "det" and _is(word, "no"))
                or (relation == "case" and word == "without")
            ):
                self.denied = True
            elif relation == "aux":
                self._modal(word)
            elif relation in ("advmod", "amod", "dep"):
                self._adverb(word)
            elif relation == "mark" and _is(word, "if_marks"):
                self._set("hypothetical")
            elif relation == "mark" and _is(word, "whether_marks"):
                self._set("possible")
            elif relation in ("obj", "nsubj", "nsubj:pass") and verbal:
                if (
                    any(s.lower[k] == "no" and s.relations[k] in ("det", "advmod") for k in s.children[j])
                    or word in ("nobody", "none", "nothing")
                    or (relation != "obj" and word == "one" and s.lower[max(0, j - 1)] == "no")
                ):
                    self.denied = True
            elif relation == "acl" and not verbal and word in _DOUBTED:
                self._set("possible")
            elif relation in ("amod", "compound", "nmod") and not verbal:
                for k in s.children[j]:
                    if s.relations[k] in ("amod", "advmod"):
                        self._adverb(s.lower[k])
        if s.child(i, "cop") is not None or verbal:
            self._longer(i)

    def _longer(self, i: int) -> None:
        """ "no longer controls"."""
        s = self.s
        for j in s.children[i]:
            if s.lower[j] == "longer" and j and s.lower[j - 1] == "no":
                self.denied = True

    def _modal(self, word: str) -> None:
        if _is(word, "possible_modals"):
            self._set("possible")
        elif _is(word, "hypothetical_modals"):
            self._set("hypothetical")
        elif _is(word, "planned_modals"):
            self._set("planned")
        elif _is(word, "required_modals"):
            self._set("called_for")

    def _adverb(self, word: str) -> None:
        if _is(word, "possible_adverbs") or _is(word, "possible_adjectives"):
            self._set("possible")
        elif _is(word, "planned_adjectives"):
            self._set("planned")

    def _marks(self, i: int) -> set[str]:
        s = self.s
        return {s.lower[j] for j in s.children[i] if s.relations[j] in ("mark", "advmod", "case")}

    def _climb(self, i: int, head: int, relation: str) -> bool:
        """Note what the governor says of word i; False when the event is taken for granted from here on."""
        s = self.s
        word = s.lower[head]
        marks = self._marks(i)
        if relation == "acl:relcl" or relation == "parataxis":
            self.granted = relation == "acl:relcl"
            return False
        if relation in ("amod", "compound", "nmod:poss") or (relation == "acl" and "to" not in marks):
            self.granted = True
            return False
        if relation == "conj":
            if not clauses.is_verb(s, i) or s.child(i, "nsubj", "nsubj:pass") is None:
                self._conjoined(i, head)
            return True
        infinitive = "to" in marks and s.tags[i] in ("VB", "VBP")
        if relation in _CLAUSAL or relation in ("obj", "obl", "nsubj", "nsubj:pass", "nmod", "appos", "root"):
            return self._governor(i, head, relation, word, infinitive)
        return True

    def _conjoined(self, i: int, head: int) -> None:
        for j in self.s.children[head]:
            if self.s.relations[j] == "aux" and self.s.tags[i] in ("VB", "VBN", "VBG"):
                self._modal(self.s.lower[j])

    def _governor(self, i: int, head: int, relation: str, word: str, infinitive: bool) -> bool:
        s = self.s
        if relation in ("nmod", "obl", "nsubj") and not self._led_by(i, ("for", "of", "to", "against", "by")):
            if relation == "nmod" or relation == "obl":
                self._above(head)
                self.granted = True
                return False
        verbal = clauses.is_verb(s, i)
        if not verbal and relation == "nmod" and word in _ENDINGS:
            self.granted = True
            return False
        if not verbal and relation in ("obj", "obl") and word.startswith(_FACTIVE):
            self.granted = True
            return False
        if not verbal and relation == "nsubj" and not word.startswith(_OCCUR):
            self.granted = True
            return False
        if _is(word, "saying") and relation in ("ccomp", "obj", "parataxis"):
            return False
        if relation in ("xcomp", "ccomp", "acl", "advcl", "obj", "csubj") or self._led_by(i, ("for", "to")):
            self._bearing(word, relation, infinitive)
        if relation == "advcl" and infinitive:
            self._set("planned")
        if relation in ("nmod",) and self._led_by(i, ("of", "by", "against")):
            self.granted = True
            return False
        self._above(head)
        return True

    def _led_by(self, i: int, words: tuple[str, ...]) -> bool:
        return any(self.s.relations[j] in ("case", "mark") and self.s.lower[j] in words for j in self.s.children[i])

    def _bearing(self, word: str, relation: str, infinitive: bool) -> None:
        if _begins(word, "denied") or (_begins(word, "failed") and (relation in ("xcomp", "obj") or infinitive)):
            self.denied = not self.denied
        elif _is(word, "hoped"):
            self._set("hoped")
        elif _begins(word, "called_for"):
            self._set("called_for")
        elif _begins(word, "planned") and (infinitive or relation in ("obj", "obl", "xcomp")):
            self._set("planned")
        elif _begins(word, "possible") and relation in ("ccomp", "xcomp", "csubj"):
            self._set("possible")

    def _above(self, head: int) -> None:
        """What the words on the governing verb say of its object: "did not cause", "may carry out"."""
        s = self.s
        if not clauses.is_verb(s, head) and s.child(head, "cop", "aux") is None:
            return
        for j in s.children[head]:
            word, relation = s.lower[j], s.relations[j]
            if relation in ("advmod", "aux") and _is(word, "negations"):
                self.denied = not self.denied
            elif relation == "aux":
                self._modal(word)
            elif relation == "advmod":
                self._adverb(word)
            elif relation == "mark" and _is(word, "if_marks"):
                self._set("hypothetical")
            elif relation == "mark" and _is(word, "whether_marks"):
                self._set("possible")
