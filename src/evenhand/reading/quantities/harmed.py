"""What befell those whom a number counts, told by what they are called or by the word right before the number."""

from collections.abc import Sequence

from evenhand.model.reading import QuantityRole
from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.tokens import Token, word_at

REACH = 14
"""A word of harm is looked for so many tokens after a number,"""
REACH_BACK = 22
"""and so many before it ("the toll of … has risen to 86")."""
PASSIVE = word_set("was were been is are be had have has also got being reportedly")
_DEAD = ("bodies", "corpses", "martyrs", "deaths", "fatalities")
_DESTROYED = word_set("destroyed annihilated exterminated destroying annihilating exterminating")
_BURIED = word_set("buried burying bury buries")
_UNDER = word_set("under beneath underneath alive by")
"""After those who are "buried", where no one says that they were dead: "burying 12 people under rubble"."""
_NAMED = word_set("identified identify identifying identifies verified verify verifying verifies named naming")
_NAMES_OF = ("names", "of")
_DETERMINERS = word_set("the these those its his her their our all some another")


def by_the_counted(
    tokens: Sequence[Token], mention: QuantityMention, at: tuple[int, int], counted: Sequence[str]
) -> tuple[QuantityRole, int | None] | None:
    """The role of bodies, "the names of 12 victims", "the murder of six novices"; None where nothing of this tells.

    `at`: the number's first token and the one after its last; `counted`: the words of what is counted. Beside the
    role stands the token of the word that tells it, if one does.
    """
    head, first = counted[-1] if counted else "", at[0]
    if head in _DEAD:
        return "killed", None
    if head == "victims" and _are_named(tokens, first, counted):
        return "killed", None
    if head in w.PERSONS and (_are_destroyed(tokens, mention, first) or _are_buried(tokens, mention, at)):
        return "killed", None
    if not head and _are_buried(tokens, mention, at):
        return "killed", None
    return _number_of_harmed(tokens, mention, first, head) or _object_of_a_deed(tokens, first, head)


def _are_named(tokens: Sequence[Token], first: int, counted: Sequence[str]) -> bool:
    """Whether victims are told by their names, as the dead are: "the names of 12 victims", "identified 104 victims"."""
    alone = len(counted) == 1 and (word_at(tokens, first - 2), word_at(tokens, first - 1)) == _NAMES_OF
    return alone or word_at(tokens, first - 1) in _NAMED


def _are_destroyed(tokens: Sequence[Token], mention: QuantityMention, first: int) -> bool:
    """Whether persons are "destroyed", as armies say: "destroyed 130 fighters", "40 raiders were annihilated"."""
    if word_at(tokens, first - 1) in _DESTROYED:
        return True
    told = _told_after(tokens, mention, first)
    verb = next((word for word in told if word not in PASSIVE), "")
    return bool(told) and told[0] in PASSIVE and verb in _DESTROYED


def _are_buried(tokens: Sequence[Token], mention: QuantityMention, at: tuple[int, int]) -> bool:
    """Whether persons were laid in the earth as dead: "buried 41 people", "19 were buried", not "under the rubble"."""
    told = _told_after(tokens, mention, at[0] if mention.of_span else at[1])
    passive = bool(told) and told[0] in PASSIVE and next((t for t in told if t not in PASSIVE), "") in _BURIED
    if word_at(tokens, at[0] - 1) in _BURIED:
        return not _UNDER.intersection(told)
    if not passive:
        return False
    stop = next(i for i in range(at[1], min(len(tokens), at[1] + REACH)) if tokens[i].word in _BURIED)
    return word_at(tokens, stop + 1) not in _UNDER and word_at(tokens, stop - 1) != "being"


def _told_after(tokens: Sequence[Token], mention: QuantityMention, first: int) -> list[str]:
    """The three words after what is counted."""
    stop = mention.of_span[1] if mention.of_span else mention.span[1]
    after = next((i for i in range(first, min(len(tokens), first + REACH)) if tokens[i].start >= stop), len(tokens))
    return [t.word for t in tokens[after : after + 3]]


def _number_of_harmed(
    tokens: Sequence[Token], mention: QuantityMention, first: int, head: str
) -> tuple[QuantityRole, int | None] | None:
    """Reads "the number of people killed in the raid on a displaced persons' camp rose to 31": what stands after it.

    The number of victims that rises is that of the dead, unless they are said to be hurt.
    """
    if mention.of_span is None or mention.of_span[1] > mention.span[0]:
        return None
    stop = mention.of_span[1]
    after = next((i for i in range(max(0, first - 2 * REACH_BACK), first) if tokens[i].start >= stop), None)
    if after is not None and tokens[after].word in w.CUES:
        return joined_role(tokens, after), after
    return ("killed", None) if head in ("victims", "martyrs") else None


def _object_of_a_deed(tokens: Sequence[Token], first: int, head: str) -> tuple[QuantityRole, int | None] | None:
    """The role of whoever stands behind a noun of harm, whatever they are called: "the murder of the six novices".

    Animals and things die, too, and are no one's toll.
    """
    if not head or head in w.PERSONS or head in w.NOT_PERSONS:
        return None
    at = first - 2 if word_at(tokens, first - 1) in _DETERMINERS else first - 1
    if word_at(tokens, at) != "of" or word_at(tokens, at - 1) not in w.DEEDS_ON_PERSONS:
        return None
    return w.DEEDS_ON_PERSONS[tokens[at - 1].word], at - 1


def joined_role(tokens: Sequence[Token], cue: int) -> QuantityRole:
    """The role of a word of harm; "people" where two are joined: "60 killed and injured"."""
    if tokens[cue].word == "lost" and not _lives(tokens, cue):  # killed, wounded, taken or run away
        return "people"
    role = w.CUES[tokens[cue].word]
    joined = word_at(tokens, cue + 2) if word_at(tokens, cue + 1) in ("and", "or") else ""
    return role if w.CUES.get(joined, role) == role else "people"


def _lives(tokens: Sequence[Token], cue: int) -> bool:
    """Whether it is lives that were lost."""
    return any(t.word in ("life", "lives") for t in tokens[max(0, cue - 4) : cue + 5])
