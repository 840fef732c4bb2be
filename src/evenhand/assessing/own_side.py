"""Whether who tells a deed tells it as the own side's: "we", "its artillery", an admission that names nobody."""

import re

from evenhand.assessing.forces import ARMED, ARMS, ARTICLES, MEN_OF_ARMIES, MEN_OF_GROUPS, NEVER_OWN, OWN_GROUP, UNOWNED
from evenhand.assessing.informants import words_of
from evenhand.assessing.phrases import patterns
from evenhand.assessing.relevance import is_of_itself
from evenhand.assessing.tellers import OWN_WORDS, Teller
from evenhand.model.reading import Claim, ClaimType, Participant

_BACK_WORDS = frozenset({"its", "it", "their", "they", "his", "her"})
_OF_A_BODY = frozenset({"its", "it"})
_ONE_OF = re.compile(r"^(?:at least |some )?[\w-]+ of (?=its\b|their\b|our\b|the groups?['’]?s?\b)", re.IGNORECASE)
_QUOTES = '"“”„«»'
_LEADS = re.compile(r"\W{0,3}(?:that\W|(?:none|some|one|all|most|both|any) of )?.{0,3}", re.IGNORECASE)
"""All that stands between the beginning of what is said and "its", "they" of the speaker."""
_BEFORE_MORE = re.compile(r"[,;(]| with | under | who | which | that | from | in | at ")
"""Where a name ends, and what more is said of it begins: "a unit of the mujahideen, | with one missile"."""
_OF_OURS = re.compile(r" of (?:our|my)\b", re.IGNORECASE)
_REGRETS = patterns("tellers")["regrets"]
_OWNED_BY_OWNING: frozenset[ClaimType] = frozenset({"armed_clash", "territory_held", "siege", "ceasefire"})
"""What two sides do, or what goes on: who admits it has admitted no deed of the own side."""
_FORCES = ARMED | UNOWNED | {"rebels", "guerrillas", "militia", "regime", "government", "force"}
_THINGS = frozenset(
    {"bomb", "device", "explosive", "car", "truck", "vehicle", "mine", "grenade", "missile", "rocket", "shell"}
)
"""Of these "it" may be said: it exploded."""
_ITS = frozenset({"its", "their", "our", "his", "her", "own"})


def own_side(
    actor: Participant | None, claim: Claim, teller: Teller, text: str, *, person: bool = False
) -> frozenset[str]:
    """The speaker's own party where it tells its own act: "we", an admission that names nobody, "its artillery".

    "Its" and "it" may be another's: they are the speaker's only where what is said begins with them ("the army said
    it had struck"), and not in a quotation. So is "the group" of one who speaks for no state. `person`: who speaks is
    one, whom "it" never means ("the president noted that it had killed people").
    """
    who = teller.who
    if who.party is None:
        return frozenset()
    if teller.boasts:
        return frozenset({who.party})
    if actor is None:
        denied = teller.attitude == "denies" and is_of_itself(text, teller.span, claim)
        return frozenset({who.party}) if denied or _owns_unnamed(teller, claim) else frozenset()
    if teller.statement is not None and actor.entity is not None and actor.entity == teller.statement.speaker:
        return frozenset({who.party})  # "the army said it had fired": the reader has made out whose "it" is
    named = _ONE_OF.sub("", actor.name).split()
    words = [word.casefold() if len(word) == 1 or not word.isupper() else word for word in named]  # "US" is not "us"
    words = words[words[:1] == ["the"] :] or [""]
    begins = actor.span is not None and _LEADS.fullmatch(text[teller.span[0] : max(teller.span[0], actor.span[0])])
    group = not who.governs and words[0].rstrip("s").rstrip("'’") in OWN_GROUP  # a government's "group" is another's
    back = (words[0] in _BACK_WORDS and not (person and words[0] in _OF_A_BODY)) or group
    ours = _OF_OURS.search(actor.name) is not None  # "the commandos of our organisation"
    own = words[0] in OWN_WORDS or ours or (back and begins and not _is_quoted(actor, teller, text))
    return frozenset({who.party}) if own else frozenset()


def _is_quoted(actor: Participant, teller: Teller, text: str) -> bool:
    """Whether an actor stands within quotation marks of what is said: "they" there are others."""
    if teller.statement is None or teller.statement.kind == "indirect" or actor.span is None:
        return False
    if teller.statement.kind == "direct":
        return True
    start = teller.span[0]
    before = text[max(0, start - 1) : actor.span[0]]
    return sum(before.count(mark) for mark in _QUOTES) % 2 == 1


def _owns_unnamed(teller: Teller, claim: Claim) -> bool:
    """Whether who admits a deed of which nobody is named thereby says that the own side did it.

    Not by regret alone, which anybody feels, and not of fighting that goes on.
    """
    return teller.attitude == "admits" and _REGRETS.search(teller.cue) is None and claim.type not in _OWNED_BY_OWNING


def may_be_anothers(actor: Participant, teller: Teller, text: str) -> bool:
    """Whether "it" in what is said, read as who says it, may be another: where other forces were named in it before.

    "The radio said that the air force was strafing the village, where it killed three". "Its troops" are no others.
    """
    if teller.statement is None or actor.entity is None or actor.entity != teller.statement.speaker:
        return False
    if actor.span is None or text[slice(*actor.span)].casefold() not in _OF_A_BODY:
        return False
    words = words_of(text[teller.span[0] : max(teller.span[0], actor.span[0])])
    if _THINGS.intersection(words):
        return True  # "a bomb was defused before it exploded"
    return any(word in _FORCES and not _ITS.intersection(words[max(0, at - 3) : at]) for at, word in enumerate(words))


def of_the_speakers_men(actor: Participant | None, teller: Teller) -> frozenset[str]:
    """Whose men are who have no owner in the words of one that fights: the speaker's own.

    "Soldiers" and "units" of an army's spokesman, "fighters" and "a unit of the mujahideen" of an armed group's voice.
    An armed group's "soldiers" are its enemy's, and so are an army's "fighters".
    """
    who = teller.who
    if actor is None or who.party is None or actor.name.startswith("unnamed:"):
        return frozenset()
    words = [word for word in words_of(_BEFORE_MORE.split(actor.name, maxsplit=1)[0]) if word not in ARTICLES]
    if not words or NEVER_OWN.intersection(words):
        return frozenset()
    if who.governs:
        own = who.field and not teller.own_voice and UNOWNED.issuperset(words)
        own = own or (who.field and not teller.own_voice and _are(words, MEN_OF_ARMIES))
    else:
        own = (who.engaged or who.organ is not None or teller.statement is not None) and _are(words, MEN_OF_GROUPS)
    return frozenset({who.party}) if own else frozenset()


def _are(words: list[str], men: frozenset[str]) -> bool:
    """Whether words name men and say nothing of whose: all of them are of the list, but what tells of which arm."""
    head = [word for word in words if word not in {"of", "with"}]
    return bool(men.intersection(head)) and all(word in men or word in ARMS for word in head)
