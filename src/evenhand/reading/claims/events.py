"""Which words of a sentence tell a claim, and of what type.

Every candidate word is matched with the senses of the lexicon; the first sense whose demands on the words
around it are met gives the type. An attack that does not say how it was made gets its kind from `attacks`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from evenhand.model.evidence import Span
from evenhand.reading.claims import clauses
from evenhand.reading.claims.clauses import words_about
from evenhand.reading.claims.company import cases, company
from evenhand.reading.claims.inflection import singular
from evenhand.reading.claims.lexicon import Lexicon, Sense
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import Sentence

_BEFORE_NOUN = ("IN", "DT", "JJ", "PRP$", "CD", "POS", "NN", "NNP")
_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "VBG", "JJ", "FW")
_SOMEONE = {"them", "him", "her", "us", "me", "nobody", "none", "anyone", "someone", "everyone", "anybody", "one"}
_SHORT_WORD, _HEADLINE = 3, 0.7
_PHRASE = 3
"""The words to point at take a phrasal verb's last word in when it stands no farther off than this."""


@dataclass(frozen=True)
class Event:
    """A word that tells a claim: its place in the sentence, its sense, its type, the words to point at."""

    head: int
    sense: Sense
    type: str
    trigger: Span
    verbal: bool


class World:
    """What is known of the words of one report: which are names of parties or places. Positions in code points."""

    def __init__(
        self, lexicon: Lexicon, armed: tuple[Span, ...], places: tuple[Span, ...], towns: tuple[Span, ...] = ()
    ) -> None:
        self.lexicon = lexicon
        self._armed = _Spans(armed)
        self._places = _Spans(places)
        self._towns = _Spans(towns)

    def is_a(self, s: Sentence, i: int, name: str) -> bool:
        """Whether word i, as used here, is of a class of the lexicon."""
        word = s.lower[i]
        if self.lexicon.is_a(word, name):
            return True
        if s.tags[i] == "CD" and i and s.relations[i - 1] in ("compound", "nmod"):  # "Base 46"
            return self.lexicon.is_a(s.lower[i - 1], name)
        token = s.tokens[i]
        proper = s.tags[i].startswith("NNP") or (token.text[:1].isupper() and i > 0)
        if name == "place":
            return self._places.holds(token.start)
        if name == "force":
            if self._armed.holds(token.start):  # "2,000 people marched on the square": no force, whoever lists them
                return proper or not self.lexicon.is_a(word, "person")
            return proper and not (self._places.holds(token.start) and company(s, i, "of") is not None)
        return False

    def may_be_place(self, s: Sentence, i: int) -> bool:
        """Whether word i is a name that is no party's, so that what is captured is likely a place."""
        return s.tags[i].startswith("NNP") and i > 0 and not self._armed.holds(s.tokens[i].start)

    def is_place_name(self, token_start: int) -> bool:
        """Whether a place is named at this position."""
        return self._places.holds(token_start)

    def is_town(self, s: Sentence, i: int) -> bool:
        """Whether word i is a town's name before a noun: "the Xtown bombing" was not made by its government."""
        return s.tags[i].startswith("NNP") and self._towns.holds(s.tokens[i].start)

    def is_party_name(self, token_start: int) -> bool:
        """Whether a party, organisation or group is named at this position."""
        return self._armed.holds(token_start)


class _Spans:
    def __init__(self, spans: tuple[Span, ...]) -> None:
        held = sorted((s, min(e, s + 200)) for s, e in spans)
        self._starts = [s for s, _ in held]
        self._reach = [*accumulate((e for _, e in held), max)]  # how far those that begin so far go

    def holds(self, position: int) -> bool:
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._reach[at]


def find_events(s: Sentence, world: World) -> list[Event]:
    """The claim-telling words of one sentence in text order, at most one claim a word."""
    found: list[Event] = []
    taken: set[int] = set()
    for i, word in enumerate(s.lower):
        if i in taken or not (word in world.lexicon.told_by or "-" in word):
            continue
        gerund = s.tags[i] == "VBG" and i > 0 and s.tags[i - 1] in _BEFORE_NOUN and s.child(i, "obj") is None
        first, second = (_noun, _verb) if gerund else (_verb, _noun)
        event = _adjective(s, i, world) or first(s, i, world) or second(s, i, world)
        if event is not None:
            found.append(event)
            taken |= {k for k, t in enumerate(s.tokens) if event.trigger[0] <= t.start < event.trigger[1]}
    return found


def _verb(s: Sentence, i: int, world: World) -> Event | None:
    senses = world.lexicon.verbs.get(s.lower[i])
    if not senses or not _verbal(s, i) or s.relations[i] in ("aux", "aux:pass", "cop", "det", "case"):
        return None
    if s.lower[i] == "armed" and s.relations[i] == "amod":  # "the armed forces"
        return None
    for sense in senses:
        rest = _rest_at(s, i, sense.rest)
        if rest is None or not _fits(s, i, sense, world):
            continue
        type_ = _verb_type(s, i, sense, world)
        if type_:
            start = s.tokens[i].start
            end = s.tokens[rest].end if 0 < rest - i <= _PHRASE else s.tokens[i].end
            head = s.heads[i]
            if type_ == "territory_taken" and s.relations[i] == "xcomp" and begins(s.lower[head], "trying"):
                type_, start = "ground_attack", min(start, s.tokens[head].start)  # tried to seize: an attack
            return Event(i, sense, type_, (start, end), verbal=True)
    return None


def _verbal(s: Sentence, i: int) -> bool:
    tag, word = s.tags[i], s.lower[i]
    if tag.startswith("VB"):
        return s.relations[i] != "compound"
    if tag.startswith("NN") and s.child(i, "obj") is not None:  # a verb that was taken for a noun: "if the army bombs"
        return s.child(i, "nsubj", "mark", "aux") is not None
    if tag == "NN" and _looks_verbal(s, i):
        return True
    if tag == "JJ" and s.child(i, "cop", "aux:pass") is not None and word in words("participles"):
        return True
    if word.endswith("ed") and tag in ("JJ", "NN", "NNP", "RB", "IN"):
        return s.child(i, "det") is None
    return word.endswith("ing") and tag in ("JJ", "NN") and s.child(i, "obj") is not None


def _looks_verbal(s: Sentence, i: int) -> bool:
    """A verb that was taken for a noun between a plural and what it acts on: "The rebels control most of"."""
    if not i or i + 1 == len(s.tokens) or s.relations[i] in ("compound", "obj", "obl", "nmod"):
        return False
    held = s.heads[i - 1] == i and s.relations[i - 1] in ("nmod:poss", "compound", "nsubj")
    plural = s.tags[i - 1] in ("NNS", "NNPS") or (s.tags[i - 1] == "NNP" and s.lower[i - 1].endswith("s"))
    return held and plural and (s.tags[i + 1] in ("DT", "PRP$", "JJS") or s.lower[i + 1] in words("parts"))


def _rest_at(s: Sentence, i: int, rest: tuple[str, ...]) -> int | None:
    """Where the further words of a phrasal verb end, `i` when there are none, None when they are missing."""
    at = i
    for word in rest:
        window = range(at + 1, min(at + 5, len(s.tokens)))
        match = next((k for k in window if s.lower[k] == word or singular(s.lower[k]) == word), None)
        if match is None:
            return None
        at = match
    return at


def _fits(s: Sentence, i: int, sense: Sense, world: World) -> bool:
    """Whether the words around a verb are those its sense asks for."""
    if sense.not_with & words_about(s, i, wide=sense.only_counted):
        return False
    if sense.not_particle & {s.lower[j] for j in s.children[i] if s.relations[j] in ("compound:prt", "advmod")}:
        return False
    if (sense.only_with and not sense.only_with & words_about(s, i, wide=True)) or _is_for_ones_life(s, i):
        return False
    if sense.only_at and company(s, i, "at", "on", "upon", "into", "toward", "towards", "against") is None:
        way = company(s, i, "in")
        if (
            way is None or s.lower[way] != "direction" or company(s, way, "of") is None
        ):  # "fired in the direction of the town"
            return False
    if sense.only_counted and not _with_a_number(s, i):
        return False
    if not sense.only_force:
        return True
    does = clauses.doer(s, i)
    if does is None:
        return sense.roles != "at" or s.tags[i] == "VBG" or clauses.done_to(s, i) is not None
    return s.lower[does] in words("pronouns") or world.is_a(s, does, "force") or world.is_a(s, does, "weapon")


def _with_a_number(s: Sentence, i: int) -> bool:
    """Whether a verb's object, or else its subject, is counted: "buried 41 people", "19 were buried"."""
    told = clauses.done_to(s, i)
    told = told if told is not None else clauses.subject(s, i)
    return told is not None and (s.tags[told] == "CD" or any(s.tags[j] == "CD" for j in s.children[told]))


def _is_for_ones_life(s: Sentence, i: int) -> bool:
    """Whether nobody is fought: "three of the wounded were fighting for their lives"."""
    aim = company(s, i, "for") if s.lower[i].startswith(("fight", "battl", "fought")) else None
    return aim is not None and s.lower[aim] in ("life", "lives", "survival")


def _verb_type(s: Sentence, i: int, sense: Sense, world: World) -> str | None:
    """The type by the class of the subject, then of the object; None where the sense does not apply."""
    if sense.subject:
        mapped = _class_type(s, clauses.subject(s, i), sense.subject, world)
        if mapped or not sense.object:
            return mapped
    if not sense.object:
        return sense.type or None
    done = clauses.done_to(s, i)
    mapped = _class_type(s, done, sense.object, world)
    if done is not None and "place" in sense.object and not sense.only_force and world.may_be_place(s, done):
        mapped = sense.object["place"]  # "captured Leramun"
    if mapped is None and done is not None and s.lower[done] in ("it", "them", "that", "which"):
        mapped = next(iter(sense.object.values())) if sense.type or sense.only_force else None
    if mapped is None and done is not None and (s.lower[done] in _SOMEONE or s.tags[done] == "CD"):
        mapped = sense.object.get("person")
    if mapped:
        return mapped
    return sense.type if sense.type and sense.otherwise is None else None


def _class_type(s: Sentence, i: int | None, table: Mapping[str, str], world: World) -> str | None:
    if i is None:
        return None
    candidates = [i, *(j for j in s.children[i] if s.relations[j] == "conj")]
    of = company(s, i, "of")
    if of is not None and s.lower[i] not in ("head", "leader", "chief"):
        candidates.append(of)
    return next((type_ for name, type_ in table.items() if any(world.is_a(s, c, name) for c in candidates)), None)


def _noun(s: Sentence, i: int, world: World) -> Event | None:
    senses = world.lexicon.nouns.get(s.lower[i])
    if not senses or s.tags[i] not in _NOUN_TAGS or s.relations[i] in ("compound", "amod", "case"):
        return None
    if (s.tags[i] == "VBG" and s.child(i, "obj") is not None) or _is_part_of_name(s, i):
        return None
    head = s.heads[i]
    governed = head >= 0 and s.relations[i] in ("nsubj", "obj", "nsubj:pass", "nmod", "obl", "conj")
    about = words_about(s, i, wide=False) | ({s.lower[head], singular(s.lower[head])} if governed else set())
    if i + 1 < len(s.tokens) and s.lower[i + 1] == "against":
        about |= {"against"}
    if i + 1 < len(s.tokens) and s.lower[i + 1] == "of":  # whatever the tree has made of it
        about |= {w for k in range(i + 2, min(i + 5, len(s.tokens))) for w in (s.lower[k], singular(s.lower[k]))}
    named = _noun_trigger(s, i)[0] < s.tokens[i].start  # an "air strike" is no doctors' strike, whoever stands beside
    for sense in senses if not _is_for_ones_life(s, i) else ():
        if sense.not_with & about and not (named or (sense.attack and _aimed(s, i))):
            continue
        if sense.only_with and not sense.only_with & (words_about(s, i, wide=True) | about | cases(s, i)):
            continue
        if sense.only_governor and not _governed(s, i, sense):
            continue
        if sense.only_counted and not any(s.tags[j] == "CD" for j in s.children[i]):
            continue
        if sense.only_at and company(s, i, "on", "against", "upon", "in") is None and not _aimed(s, i):
            continue
        of = company(s, i, "of") if sense.only_place else None
        if not sense.only_place or (of is not None and world.is_a(s, of, "place")):
            return Event(i, sense, sense.type, _noun_trigger(s, i), verbal=False)
    return None


def _aimed(s: Sentence, i: int) -> bool:
    """Whether a noun of attack says at what: "the strike on the railway station" is no railwaymen's strike."""
    if i + 2 >= len(s.tokens) or s.lower[i + 1] != "on":
        return False
    return not any(
        s.lower[k] in words("calendar") or s.tokens[k].text[0].isdigit() for k in (i + 2, i + 3) if k < len(s.tokens)
    )


def _is_part_of_name(s: Sentence, i: int) -> bool:
    """A name such as "Ramadi Barrage": capitalised behind a capitalised name, in a sentence that is no headline."""
    if i == 0 or not s.tokens[i].text[0].isupper() or s.lower[i] in words("treaties"):
        return False
    named = any(s.relations[j] == "compound" and s.tokens[j].text[0].isupper() for j in s.children[i])
    long = [t.text for t in s.tokens if len(t.text) > _SHORT_WORD]
    return named and sum(w[0].isupper() for w in long) < len(long) * _HEADLINE


def _governed(s: Sentence, i: int, sense: Sense) -> bool:
    """Whether the noun belongs to one of the verbs that its sense asks for, in any form."""
    if "be" in sense.only_governor and s.child(i, "cop") is not None:
        return True
    head = s.heads[i]
    if head < 0:
        return False
    word = s.lower[head]
    if word in sense.only_governor:
        return True
    return clauses.is_verb(s, head) and any(word.startswith(g[:4]) and len(g) > 3 for g in sense.only_governor)


def _noun_trigger(s: Sentence, i: int) -> Span:
    start = i
    while start > 0 and s.lower[start - 1] in words("leading") and s.relations[start - 1] in ("compound", "amod"):
        start -= 1
    return s.tokens[start].start, s.tokens[i].end


def _adjective(s: Sentence, i: int, world: World) -> Event | None:
    word, whole = s.lower[i], (s.tokens[i].start, s.tokens[i].end)
    for ending, sense in world.lexicon.suffixes if "-" in word else ():
        if word.endswith(ending) and len(word) > len(ending):
            return Event(i, sense, sense.type, whole, verbal=False)
    senses = world.lexicon.adjectives.get(word)
    if not senses or s.child(i, "aux:pass", "nsubj:pass") is not None:
        return None
    head = s.heads[i]
    around = words_about(s, i, wide=False) | ({s.lower[head]} if head >= 0 else set())
    for sense in senses:
        verbal = s.tags[i].startswith("VB") and sense.type not in ("killing", "other")
        if not verbal and not sense.not_with & around:
            return Event(i, sense, sense.type, whole, verbal=False)
    return None
