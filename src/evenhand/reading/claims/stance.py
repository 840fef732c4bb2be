"""How a speaker stands to an event: affirmed or denied; asserted, possible, planned, hoped, hypothetical, called for.

Read off the words on the event and on the verbs and nouns above it in the tree, up to the edge of what the
speaker takes for granted (a relative clause, "when …", "after …"), then the attitude of the statement.
"""

from __future__ import annotations

import msgspec

from evenhand.model.evidence import Span
from evenhand.model.reading import Attitude, Modality, Polarity
from evenhand.reading.claims import clauses
from evenhand.reading.claims.events import Event
from evenhand.reading.claims.shades import (
    AHEAD,
    ALLEGED,
    ASKED,
    ATTITUDE,
    BACKGROUND,
    CLAIMED,
    CLAUSAL,
    DOUBTED,
    ENDINGS,
    FACTIVE,
    KNOWN,
    NEAR_CLAUSE,
    NOMINAL,
    OCCURRING,
    REPORTS,
    SHADES,
    STILL_TO_COME,
    begins_in,
    is_in,
    listed,
)
from evenhand.reading.claims.words import words
from evenhand.reading.syntax.parser import Sentence


class Stance(msgspec.Struct, frozen=True):
    """Polarity and modality of one claim."""

    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"


def stance(s: Sentence, event: Event, attitude: Attitude | None, content: Span | None) -> Stance:
    """The stance of an event; `attitude` and `content` are those of the innermost statement that holds it."""
    walk = _Walk(s, event, content)
    modality = walk.modality
    denied = walk.denied
    if attitude is not None and not walk.granted:
        if attitude == "denies":
            denied = True
        elif attitude in ATTITUDE and (modality == "asserted" or (modality == "planned" and attitude != "intends")):
            modality = ATTITUDE[attitude]  # "hopes that they will leave" is a hope
    return Stance("denied" if denied else "affirmed", modality)


class _Walk:
    """Climbs from an event to the root of its sentence (or the edge of its statement) and notes what it meets.

    `granted`: the speaker takes the event for granted, so that what is above it says nothing of it.
    """

    def __init__(self, s: Sentence, event: Event, content: Span | None) -> None:
        self.s = s
        self.denied = False
        self.modality: Modality = "asserted"
        self.granted = False
        i = event.head
        self._own_words(i, event.verbal)
        if event.verbal and self._is_background(i):
            self.granted = True
        while not self.granted:
            head = s.heads[i]
            marks = self._marks(i) if s.relations[i] in ("advcl", "ccomp") and s.tags[i] != "VB" else set()
            if marks & STILL_TO_COME and head >= 0 and s.relations[i] == "advcl" and self._lies_ahead(head):
                self._set("hypothetical")
            if marks & set(listed()["past_marks"]) and (s.relations[i] == "advcl" or "when" in marks):
                self.granted = True
            if head < 0 or (content is not None and not content[0] <= s.tokens[head].start < content[1]):
                break
            if self.granted or not self._climb(i, head):
                break
            i = head

    def _is_background(self, i: int) -> bool:
        """Whether a past act stands behind "after", "when", "because", read off the words: it is taken for granted.

        "Hope that talks resume after gunmen killed three": the tree likes to hang "after" on the gunmen.
        """
        s = self.s
        if s.tags[i] not in ("VBD", "VBN"):
            return False
        for k in range(i - 1, max(-1, i - NEAR_CLAUSE), -1):
            if s.tags[k].startswith("VB") or s.tags[k] in ("MD", "TO", "PUNCT"):
                return False
            if s.lower[k] in BACKGROUND:
                return k + 1 < i
        return False

    def _lies_ahead(self, head: int) -> bool:
        """Whether the main clause speaks of what is to come: "should not go home until the streets are cleared"."""
        s = self.s
        return any(s.relations[j] == "aux" and s.lower[j] in AHEAD for j in s.children[head])

    def _set(self, modality: Modality) -> None:
        if self.modality == "asserted" and not self.granted:
            self.modality = modality

    def _grant(self) -> bool:
        self.granted = True
        return False

    # -- words on the event itself ----------------------------------------------------------------------
    def _own_words(self, i: int, verbal: bool) -> None:
        s = self.s
        for j in s.children[i]:
            if s.relations[j] == "advcl" and any(is_in(s.lower[k], "if_marks") for k in s.children[j]):
                self._set("hypothetical")
        for j in s.children[i]:
            word, relation = s.lower[j], s.relations[j]
            if relation in ("advmod", "aux", "det", "cc", "case", "neg") and is_in(word, "negations"):
                self.denied = not self.denied
            elif self._is_no(j) or (relation == "case" and word == "without"):
                self.denied = True
            elif relation in ("aux", "mark", "advmod", "amod", "dep"):
                self._shade(word, relation)
            elif verbal and relation in ("obj", "nsubj", "nsubj:pass"):
                self.denied = self.denied or self._nobody(j, relation)
            elif not verbal and relation == "acl" and word in DOUBTED:
                self._set("possible")
            elif not verbal and relation in ("compound", "nmod"):
                for k in s.children[j]:
                    if s.relations[k] in ("amod", "advmod"):
                        self._shade(s.lower[k], "amod")
        self._particular_words(i, verbal)
        if self._thought(i, verbal):
            self._set("possible")

    def _particular_words(self, i: int, verbal: bool) -> None:
        s = self.s
        if any(s.lower[j] == "longer" and j and s.lower[j - 1] == "no" for j in s.children[i]):  # "no longer controls"
            self.denied = self.denied or verbal or s.child(i, "cop") is not None
        if s.lower[max(0, i - 2) : i] == ("yet", "to") or any(s.lower[j] == "neither" for j in s.children[i]):
            self.denied = True

    def _is_no(self, j: int) -> bool:
        s = self.s
        if s.relations[j] == "det" and is_in(s.lower[j], "no"):
            return True
        return s.lower[j] == "no" and j + 1 < len(s.lower) and s.lower[j + 1] != "longer"

    def _nobody(self, j: int, relation: str) -> bool:
        """Whether subject or object says that there was none: "no civilians", "nobody", "no one"."""
        s = self.s
        if any(s.lower[k] == "no" and s.relations[k] in ("det", "advmod") for k in s.children[j]):
            return True
        if s.lower[j] in ("nobody", "none", "nothing"):
            return True
        return relation != "obj" and s.lower[j] == "one" and j > 0 and s.lower[j - 1] == "no"

    def _thought(self, i: int, verbal: bool) -> bool:
        """Whether the doer is only thought to be it: "strikes thought to be by …", "jets believed to belong to …"."""
        s = self.s
        who = clauses.doer(s, i) if verbal else i
        if who is None:
            return False
        return any(w in DOUBTED for w in s.lower[who + 1 : who + 4]) and "to" in s.lower[who + 2 : who + 6]

    def _shade(self, word: str, relation: str) -> None:
        """What an auxiliary, a conjunction, an adverb or an adjective says of the event."""
        for name, modality in SHADES.get(relation, SHADES["advmod"]):
            if is_in(word, name):
                self._set(modality)
                return

    def _marks(self, i: int) -> set[str]:
        s = self.s
        return {s.lower[j] for j in s.children[i] if s.relations[j] in ("mark", "advmod", "case")}

    # -- the words above --------------------------------------------------------------------------------
    def _climb(self, i: int, head: int) -> bool:
        """Note what the governor says of word i; False when nothing further up bears on it."""
        s, relation = self.s, self.s.relations[i]
        marks = self._marks(i)
        if relation == "parataxis":
            return False
        if (
            relation in ("acl", "acl:relcl")
            and "that" in marks
            and (s.lower[head].startswith(ALLEGED) or s.lower[head] in REPORTS)
        ):
            self._set("possible")  # "the allegation that"
            return True
        if relation in ("acl:relcl", "amod", "compound", "nmod:poss") or (relation == "acl" and "to" not in marks):
            return self._grant()
        if relation == "ccomp" and any(s.lower[j] in ASKED and s.relations[j] != "mark" for j in s.children[i]):
            return self._grant()  # "it was not clear who carried out the raid": there was one
        if relation == "conj":
            if s.tags[i] in ("VB", "VBN", "VBG") and s.child(i, "nsubj", "nsubj:pass") is None:
                for j in s.children[head]:
                    if s.relations[j] == "aux":
                        self._shade(s.lower[j], "aux")
            return True
        if relation in CLAUSAL or relation in NOMINAL:
            return self._governor(i, head, infinitive="to" in marks and s.tags[i] in ("VB", "VBP"))
        return True

    def _governor(self, i: int, head: int, *, infinitive: bool) -> bool:
        relation, word = self.s.relations[i], self.s.lower[head]
        if relation == "nmod" and word in REPORTS and any(self._is_no(j) for j in self.s.children[head]):
            self.denied = True  # "no reports of casualties"
        elif relation == "nmod" and (word.startswith(CLAIMED) or (word in REPORTS and self._unconfirmed(head))):
            self._set("possible")  # "allegations of torture", "the reports of an attack were not confirmed"
            return True
        if relation in ("nmod", "obl") and not self._led_by(i, ("for", "of", "to", "against", "by")):
            if not self._definite(i):  # "did not comment on the strike": there was one
                self._above(head)
            return self._grant()
        if relation in ("nsubj", "nsubj:pass") and not clauses.is_verb(self.s, i) and not self._definite(i):
            for j in self.s.children[head]:  # "an assault would put thousands at risk"
                if self.s.relations[j] == "aux" and word not in words("perceived"):
                    self._shade(self.s.lower[j], "aux")
        if relation == "obj" and word.startswith("fear") and not self._definite(i):
            self._set("possible")
        if not clauses.is_verb(self.s, i) and self._takes_for_granted(relation, word):
            return self._grant()
        if is_in(word, "saying") and relation in ("ccomp", "obj"):
            return False
        if relation in ("xcomp", "ccomp", "acl", "advcl", "obj", "csubj") or self._led_by(i, ("for", "to")):
            self._bearing(word, relation, infinitive, noun=self.s.tags[head].startswith("NN"))
        if relation == "advcl" and infinitive and not begins_in(word, "brought_about"):
            self._set("planned")
        if relation == "nmod" and self._led_by(i, ("of", "by", "against")):
            return self._grant()
        self._above(head)
        return True

    def _takes_for_granted(self, relation: str, word: str) -> bool:
        """Whether a noun's governor presupposes it: "condemned the strikes", "an end to the siege"."""
        if relation == "nmod":
            return word in ENDINGS
        if relation in ("obj", "obl"):
            return word.startswith(FACTIVE)
        return relation == "nsubj" and not word.startswith(OCCURRING)

    def _definite(self, i: int) -> bool:
        s = self.s
        return any(s.lower[j] in words("definite") or s.relations[j] == "nmod:poss" for j in s.children[i] if j < i)

    def _unconfirmed(self, i: int) -> bool:
        """Whether reports are said not to be confirmed."""
        s = self.s
        head = s.heads[i]
        negated = head >= 0 and any(is_in(s.lower[j], "negations") for j in s.children[head])
        return any(s.lower[j] in ("unconfirmed", "conflicting", "alleged") for j in s.children[i]) or (
            negated and s.lower[head].startswith(("confirm", "verif", "corrobor"))
        )

    def _led_by(self, i: int, prepositions: tuple[str, ...]) -> bool:
        s = self.s
        return any(s.relations[j] in ("case", "mark") and s.lower[j] in prepositions for j in s.children[i])

    def _bearing(self, word: str, relation: str, infinitive: bool, *, noun: bool) -> None:
        participle = relation == "xcomp" and noun  # "were exchanging vows, killing 32": nobody vowed to kill
        if (begins_in(word, "denied") and relation != "advcl") or (
            begins_in(word, "failed") and (relation in ("xcomp", "obj") or infinitive)
        ):
            self.denied = not self.denied
        elif is_in(word, "hoped"):
            self._set("hoped")
        elif begins_in(word, "called_for"):
            self._set("called_for")
        elif begins_in(word, "planned") and (infinitive or (relation in ("obj", "obl", "xcomp") and not participle)):
            self._set("planned")
        elif begins_in(word, "possible") and relation in ("ccomp", "xcomp", "csubj"):
            self._set("possible")

    def _above(self, head: int) -> None:
        """What the words on the governing verb say of its object: "did not cause", "may carry out"."""
        s = self.s
        if not clauses.is_verb(s, head) and s.child(head, "cop", "aux") is None:
            return
        for j in s.children[head]:
            word, relation = s.lower[j], s.relations[j]
            if s.lower[head] in words("perceived") and relation == "aux" and word in ("could", "can"):
                continue  # "gunfire could be heard": it was
            if relation in ("advmod", "aux") and is_in(word, "negations"):
                if s.lower[head] in KNOWN:
                    self._set("possible")  # "could not confirm", "not clear whether"
                else:
                    self.denied = not self.denied
            elif relation in ("aux", "advmod", "mark"):
                self._shade(word, relation)
