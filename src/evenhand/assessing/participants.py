"""The parties that a claim names: who is said to have done it, who was harmed, and whether those were armed."""

import re
from collections.abc import Mapping

from evenhand.assessing.forces import ARMED, BEFORE_A_DEED, BESIDE_A_DEED, ENEMIES, are_men_of_a_state
from evenhand.assessing.identity import Source
from evenhand.assessing.informants import words_of
from evenhand.assessing.naming import Namer
from evenhand.assessing.own_side import may_be_anothers, of_the_speakers_men, own_side
from evenhand.assessing.relevance import LABELLED, LABELS
from evenhand.assessing.tellers import CLAIMED, OWN_WORDS, Teller
from evenhand.model.evidence import Span, overlaps
from evenhand.model.reading import Claim, ClaimType, Entity, Participant, Reading, Statement

_FORCES = frozenset({"armed_group", "government", "weapon"})
_CHARGES = re.compile(r"\b(?:accus|blam|charg)", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s*(?P<who>[^.;:,]{2,60}?) (?:of|for) ")
_ON_WHOM = re.compile(
    r"[^.;:]{0,20}? on (?P<who>[^.;:,]{2,40}?)(?= who\b| which\b| that\b| saying\b| after\b|[.;:,\"]|$)"
)
_LABEL = re.compile(r"[^\W_]+")
_GLOSS = re.compile(
    r"[\"”']?[ ,(–—-]{1,4}(?:which is |as )?(?:an?|the|its|his|their)? ?(?:[\w-]{1,12} ){0,3}"
    r"(?:term|word|label|name|shorthand|phrase)\b[^.;:]{0,90}"
)
"""What explains a label right behind it: "– a catch-all term for its opponents"."""
_OR = re.compile(r" or (?:the )?(?P<who>(?:[A-Z][\w-]{1,20} ?){1,3})")
"""The other of two that are not told apart, behind the first."""
_BEFORE = 60
_WORDS_BEFORE = 4
_ARTICLES = frozenset({"the", "a", "an", "this", "these", "that", "those", "its", "their", "his"})
_OWNERS = BEFORE_A_DEED
_OF_FORCES = _OWNERS | BESIDE_A_DEED
_DEEDS_TOLD = (
    "strike", "raid", "attack", "shelling", "bombing", "bombardment", "fire", "assault", "offensive", "ambush",
    "operation", "massacre", "missile", "barrage", "incursion",
)  # fmt: skip
"""How nouns of an attack end."""
_ATTACKS: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "ground_attack", "execution",
})  # fmt: skip


def actors_of(reading: Reading, claim: Claim, teller: Teller, namer: Namer, about: Source) -> frozenset[str]:
    """The parties that a teller says did it: by the actor read, by the report's own words, else by a charge or a name.

    `about`: outlet, day and country of what is told.
    """
    text, entities = reading.report.text, {entity.id: entity for entity in reading.entities}
    actor = None if _is_only_the_speaker(claim.actor, teller.statement, teller.cue) else claim.actor
    if actor is not None and not teller.own_voice and may_be_anothers(actor, teller, text):
        return frozenset()
    found = (
        (
            frozenset()
            if teller.own_voice and not _is_ours(actor)
            else own_side(actor, claim, teller, text, person=_is_person(teller, entities, namer, about))
        )
        or parties_of(actor, entities, namer, about)
        or _named_so(actor, reading, namer)
        or _charged(text, claim, teller, namer, about)
        or _named_before(text, claim, teller.span, namer, about)
        or _glossed(text, actor, namer, about)
        or of_the_speakers_men(actor, teller)
        or _of_the_enemy(actor, teller, reading, namer, about)
    )
    return found | _or_other(text, actor, namer, about) if found else found


def _is_ours(actor: Participant | None) -> bool:
    """Whether an outlet in its own voice speaks of its own side: "our units", in the organ of a party."""
    return actor is not None and actor.name.split()[0].casefold() in OWN_WORDS


def _is_person(teller: Teller, entities: Mapping[str, Entity], namer: Namer, about: Source) -> bool:
    """Whether who speaks is one person by name, and not as the voice of a body: its spokesman's "it" is the body.

    A listed body whose name the reader took for a person's is none.
    """
    speaker = entities.get(teller.statement.speaker or "") if teller.statement is not None else None
    if speaker is None or speaker.kind != "person" or speaker.name.startswith("unnamed:"):
        return False
    return not (speaker.role or "").startswith("spokes") and not namer.is_a_body(speaker.name, about.on)


def parties_of(
    participant: Participant | None, entities: Mapping[str, Entity], namer: Namer, about: Source
) -> frozenset[str]:
    """The parties that an actor or target may be; "A or B" are two that are not told apart."""
    if participant is None or participant.name.startswith("unnamed:"):
        return frozenset()  # a source that is not named is no actor

    def party_of(name: str) -> str | None:
        return namer.party_of(Source(name=name, outlet=about.outlet, on=about.on, country=about.country))

    entity = entities.get(participant.entity or "")
    if entity is not None and entity.kind == "outlet":
        return frozenset()  # who reports a deed has not done it, whoever owns the outlet
    found = {party for name in _alternatives(participant.name) if (party := party_of(name)) is not None}
    if not found and entity is not None:
        party = entity.party or party_of(entity.name)
        return frozenset({party} if party else ())
    return frozenset(found)


def _named_so(actor: Participant | None, reading: Reading, namer: Namer) -> frozenset[str]:
    """The party that the report names by the words for an actor without an owner: "the rebels"."""
    party = namer.named_so(actor.name, reading) if actor is not None else None
    return frozenset({party} if party else ())


def _of_the_enemy(
    actor: Participant | None, teller: Teller, reading: Reading, namer: Namer, about: Source
) -> frozenset[str]:
    """Whom a party means by "the enemy", "the occupiers": its one adversary that the report names."""
    if actor is None or not ENEMIES.intersection(words_of(actor.name)[:2]):
        return frozenset()
    party = namer.adversary_named(teller.who.party, reading, about.on)
    return frozenset({party} if party else ())


def own_men(claim: Claim, teller: Teller) -> frozenset[str]:
    """Whose the dead "soldiers" or "sailors" without an owner are in the words of an office of a state: its own."""
    who, target = teller.who, claim.target
    if who.party is None or not who.governs or teller.own_voice or claim.type not in {"killing", "injury"}:
        return frozenset()
    if target is None or not are_men_of_a_state(target.name):
        return frozenset()
    return frozenset({who.party})


def _glossed(text: str, actor: Participant | None, namer: Namer, about: Source) -> frozenset[str]:
    """Whom a label stands for, where the report explains it: "terrorists, the term it uses for the rebels"."""
    if actor is None or actor.span is None or not LABELS.intersection(words_of(actor.name)):
        return frozenset()
    ends = (at.end() for at in _LABEL.finditer(text, *actor.span) if at[0].casefold() in LABELS)
    found = next((gloss for end in (*ends, actor.span[1]) if (gloss := _GLOSS.match(text, end))), None)
    words = words_of(found[0]) if found is not None else ()
    for word in words:
        party = namer.side_at_home(word, about) if word in LABELLED else None
        if party is not None:
            return frozenset({party})
    return frozenset()


def _or_other(text: str, actor: Participant | None, namer: Namer, about: Source) -> frozenset[str]:
    """The other of two that are not told apart, where only the first was taken for the actor: "X | or Y was"."""
    other = _OR.match(text, actor.span[1]) if actor is not None and actor.span is not None else None
    if other is None:
        return frozenset()
    party = namer.party_of(Source(name=other["who"], outlet=about.outlet, on=about.on, country=about.country))
    return frozenset({party} if party else ())


def _charged(text: str, claim: Claim, teller: Teller, namer: Namer, about: Source) -> frozenset[str]:
    """The party charged where no actor was made out: "accused X of", "blamed X for", "blamed the attack on X"."""
    statement = teller.statement
    if claim.actor is not None or statement is None or statement.cue is None or not _CHARGES.search(teller.cue):
        return frozenset()
    start, end = claim.trigger
    found = _OF_WHAT.match(text[statement.cue[1] : start]) if statement.cue[1] <= start else None
    found = found or _ON_WHOM.match(text[end : end + _BEFORE])
    if found is None:
        return frozenset()
    party = namer.party_of(Source(name=found["who"].strip(), outlet=about.outlet, on=about.on, country=about.country))
    return frozenset({party} if party else ())


def _named_before(text: str, claim: Claim, content: Span, namer: Namer, about: Source) -> frozenset[str]:
    """The party in the words right before an attack, where no actor was made out: "X army shelling", "Y air strikes".

    Only names and words for forces that stand within what is said are read so; the speaker stands before it.
    """
    if claim.type not in _ATTACKS:
        return frozenset()
    start = claim.trigger[0]
    since = max(0, start - _BEFORE, content[0] if content[0] <= start else 0)
    named: list[str] = []
    for word in reversed(re.split(r"[.,;:!?\n\"]", text[since:start])[-1].split()[-_WORDS_BEFORE:]):
        if word.casefold() in _ARTICLES or not (
            word[:1].isupper() or word.endswith("-led") or word.casefold() in _OF_FORCES
        ):
            break
        named.insert(0, word)
    if not any(word[:1].isupper() or word.casefold() in _OWNERS for word in named):
        return frozenset()
    told = text[claim.trigger[0] : claim.trigger[1]].rsplit(maxsplit=1)[-1].casefold()
    if not told.rstrip("s").endswith(_DEEDS_TOLD) and not any(word.casefold() in _OF_FORCES for word in named):
        # before a verb an adjective alone is not who does it ("the words in Xian lay on the grass"); a name that begins
        # a headline is: "X: Y Used Gas"
        begins = text[since:start].rstrip().removesuffix(" ".join(named)).rstrip()
        party = namer.called(" ".join(named), about.on) if not begins or begins[-1] in ".:!?\n" else None
        return frozenset({party} if party else ())
    party = namer.party_of(Source(name=" ".join(named), outlet=about.outlet, on=about.on, country=about.country))
    return frozenset({party} if party else ())


def _is_only_the_speaker(actor: Participant | None, statement: Statement | None, cue: str) -> bool:
    """Whether an actor stands outside the words said, where only the speaker stands.

    Who says something is not thereby who did it, save where it denies, admits or claims the deed.
    """
    if actor is None or actor.span is None or statement is None:
        return False
    if statement.attitude in {"denies", "admits"} or CLAIMED.search(cue):
        return False
    return not any(start <= actor.span[0] < end for start, end in statement.content) and (
        actor.entity == statement.speaker or (statement.source is not None and overlaps(actor.span, statement.source))
    )


def _alternatives(name: str) -> list[str]:
    parts = [name]
    for separator in (" and/or ", " or ", " and ", "/"):
        parts = [piece for part in parts for piece in part.split(separator)]
    stripped = [part.strip() for part in parts if part.strip()]
    head = stripped[-1].split()[-1] if len(stripped) > 1 and len(stripped[-1].split()) > 1 else ""
    spelt = [part if not head or part.endswith(head) else f"{part} {head}" for part in stripped]
    return list(dict.fromkeys((name, *stripped, *spelt)))


def is_armed(target: Participant | None, entities: Mapping[str, Entity]) -> bool:
    """Whether a target is armed men or works of a party rather than its people."""
    if target is None:
        return False
    entity = entities.get(target.entity or "")
    if entity is not None and entity.kind in _FORCES:
        return True
    return bool(ARMED.intersection(words_of(target.name)))
