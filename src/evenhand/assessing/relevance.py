"""Whether a claim tells of an incident of one kind: who did it, what harm, or something beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from evenhand.assessing.phrases import patterns, table
from evenhand.model.evidence import Span, contains
from evenhand.model.reading import Claim, ClaimType
from evenhand.model.wordlist import word_set

_HARM: frozenset[ClaimType] = frozenset({"killing", "injury", "destruction"})
_ATTACKS: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "mines_or_explosives", "ground_attack", "execution",
    "killing", "injury", "destruction",
})  # fmt: skip
_FROM_AFAR: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "mines_or_explosives",
})  # fmt: skip
_AT_A_DISTANCE: frozenset[ClaimType] = frozenset({"airstrike", "shelling"})
_FACE_TO_FACE: frozenset[ClaimType] = frozenset({"ground_attack", "execution"})
_SAID = patterns("relevance")
_BARE = frozenset(table("relevance")["alone"]["bare"])
_VERDICTS = frozenset(table("relevance")["alone"]["verdicts"])
_MADE_SAFE = frozenset(table("relevance")["alone"]["made_safe"])
_OF_THE_BURIED: frozenset[ClaimType] = frozenset({"killing", "execution"})
"""Who lies in a grave was killed: who is said to have done that is who is asked for."""
_BATTLES: frozenset[ClaimType] = frozenset({"armed_clash", "territory_taken"})
"""What is told of as fighting: the dead of it are its dead, though to have fought is to have killed no one."""
_WEEKS = 42
"""Days. Longer than the battles and massacres that are told as one incident; a choice, not a finding."""
_TAKEN_OVER = "not said here"
"""How a day that a claim takes over from another begins to say why (`reading/claims/records.py`)."""
_ANSWERS: Mapping[str, str] = table("answers")
_TAKES_UP = word_set(_ANSWERS["taken_up"])
"""Words that tell of no deed but the one told before: "said they were | responsible"."""
_ANYBODY = word_set(_ANSWERS["anybody"])
LABELS, LABELLED = word_set(_ANSWERS["labels"]), word_set(_ANSWERS["sides"])
"""Labels that a report may explain, and words for the sides that they are explained by."""
_SHARES = word_set(_ANSWERS["shares"])
_ACCUSED_OF = _SHARES | word_set(_ANSWERS["charges"])


@lru_cache(maxsize=1 << 12)  # the days of a case return in report after report
def day_of(text: str | None) -> date | None:
    """An ISO date, or None where there is none or it is not one."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def is_bare_attack(text: str, claim: Claim) -> bool:
    """Whether a claim's word is "attack" alone, which does not say how: a missile's is one as much as a column's.

    Nor does "returned fire".
    """
    if text[slice(*claim.trigger)].casefold() in _BARE:
        return True
    return claim.polarity == "affirmed" and _SAID["returned_fire"].match(text, claim.trigger[0]) is not None


def is_owned_fault(text: str, content: Span, claim: Claim) -> bool:
    """Whether what is said calls the deed a fault ("wrongly targeted", "hit by mistake"): who says so of it owns it."""
    start, end = claim.trigger
    if not content[0] <= start < content[1]:
        return False
    return bool(
        _SAID["fault"].search(text[max(content[0], start - 40) : start])
        or _SAID["by_fault"].match(text[end : content[1]])
    )


def is_causal(claim: Claim, kind: ClaimType, attitude: str, *, bare: bool = False, taken_up: bool = False) -> bool:
    """Whether the actor of a claim is who is said to have done the incident, and its teller tells of the incident.

    `bare`: its word is "attack" alone; `taken_up`: it is "it" or a charge, of whatever was told.
    """
    if taken_up and claim.polarity == "denied":
        return True
    bare = bare or attitude == "denies"  # whatever one is accused of, to have done that is denied
    return _of_kind(claim.type, kind, bare=bare) and not _spares(claim, kind, attitude) and not _sums_up(claim, kind)


def _of_kind(claimed: ClaimType, kind: ClaimType, *, bare: bool) -> bool:
    """Whether who did what is claimed is who is said to have done the incident: its own kind, its like, its harm."""
    if claimed == kind:
        return True
    if kind == "mass_grave":
        return claimed in _OF_THE_BURIED
    if bare and kind in _ATTACKS:
        return True
    if (kind in _BATTLES and claimed in _HARM) or (kind, claimed) == ("armed_clash", "ground_attack"):
        return True  # who attacks fights: what one side calls a battle another calls an attack
    if {kind, claimed} == {"shelling", "ground_attack"}:
        return True  # who opens fire on a crowd shells it as much as he attacks it
    if kind in _AT_A_DISTANCE and claimed == "mines_or_explosives":
        return False  # who laid explosives in a house did not strike it
    if (kind in _FROM_AFAR and claimed in _FACE_TO_FACE) or (kind in _FACE_TO_FACE and claimed in _FROM_AFAR):
        return False
    return kind in _ATTACKS and claimed in (_HARM | _ATTACKS)


def is_rejected(text: str, content: Span, claim: Claim) -> bool:
    """Whether what is said rejects a report of the claim: "reports of X are totally unfounded"."""
    if not content[0] <= claim.trigger[0] < content[1]:
        return False
    before, after = text[content[0] : claim.trigger[0]], text[claim.trigger[1] : content[1]]
    return bool(_SAID["reports_of"].search(before) and _SAID["unfounded"].search(after))


def is_told_not_to_be(text: str, content: Span, claim: Claim) -> bool:
    """Whether a claim is denied as a fact ("there was no attack") and not only not seen ("no sign yet of")."""
    return claim.polarity == "denied" and not _SAID["not_seen"].search(text[content[0] : claim.trigger[0]])


def is_of_itself(text: str, content: Span, claim: Claim) -> bool:
    """Whether a denial that names nobody is of the speaker's own act: "denied | having shelled the clinic", "any role".

    "Has denied using gas" is of everything and answers no one charge: it must name this deed or what was hit.
    """
    start, end = claim.trigger
    if text[start:end].casefold() in _SHARES:
        return True
    before = text[content[0] : start]
    hit = text[slice(*claim.target.span)] if claim.target is not None and claim.target.span is not None else ""
    this = _SAID["this"].search(before) or hit.casefold().startswith(("the ", "this ", "that ", "these ", "those "))
    return content[0] <= start and bool(this) and _SAID["of_itself"].fullmatch(before) is not None


def takes_up(text: str, claim: Claim) -> bool:
    """Whether a claim's own word tells of no deed but the one told before: "denied | it", "the | accusations"."""
    return text[slice(*claim.trigger)].casefold() in _TAKES_UP | _ACCUSED_OF


def answers_a_charge(text: str, claim: Claim) -> bool:
    """Whether what is denied is a share in the deed, or the charge of it, and not that it happened."""
    return text[slice(*claim.trigger)].casefold() in _ACCUSED_OF


def is_foiled(text: str, content: Span, claim: Claim) -> bool:
    """Whether what is said tells of an attack that did not come about: foiled, or stopped before it reached its aim."""
    if not content[0] <= claim.trigger[0] < content[1]:
        return False
    before, after = text[content[0] : claim.trigger[0]], text[claim.trigger[0] : content[1]]
    return bool(_SAID["foiled"].search(before) or _SAID["before_its_aim"].search(after))


def is_repelled(text: str, claim: Claim) -> bool:
    """Whether the same sentence goes on that the attack was beaten back: who says so tells of another's attack."""
    return _SAID["repelled"].match(text, claim.trigger[1]) is not None


def goes_over(text: str, sentence: Span) -> bool:
    """Whether a sentence goes over to another deed: "The same week, nine were killed in", "Elsewhere, a mine"."""
    told = text[slice(*sentence)]
    return _SAID["goes_over"].match(told) is not None and _SAID["comes_back"].search(told) is None


def said_on(text: str, sentence: Span, claim: Claim, published: date | None) -> date | None:
    """The day on which what is said was said, where it is printed before it: "on October 13 the agency reported that".

    Without a year it is the last such day before the report. None where no day is printed, or there is no such day.
    """
    found = _SAID["said_on"].search(text, sentence[0], claim.trigger[0])
    if found is None or published is None:
        return None
    month = _MONTHS.index((found["m1"] or found["m2"]).casefold()) + 1
    number, year = int(found["d1"] or found["d2"]), int(found["year"] or published.year)
    try:
        day = date(year, month, number)
        return day if found["year"] or day <= published else date(year - 1, month, number)
    except ValueError:
        return None


_MONTHS: Sequence[str] = [month.casefold() for month in table("relevance")["words"]["months"]]


def is_of_one_deed(text: str, sentence: Span) -> bool:
    """Whether a sentence names one deed: "after a mine attack on a bus", "the raid"."""
    return _SAID["one_deed"].search(text, *sentence) is not None


def is_answered(text: str, claim: Claim) -> bool:
    """Whether a claim is the reason of another deed, or dates it: "in retaliation for", "a week after a raid"."""
    before = text[max(0, claim.trigger[0] - 180) : claim.trigger[0]]
    dated = _SAID["after_another"].search(before)
    if dated is not None and _SAID["a_deed"].search(dated["what"]):
        return True
    return _SAID["answer_to"].search(before[-120:]) is not None


def is_left_open(text: str, content: Span, claim: Claim) -> bool:
    """Whether what is said leaves the claim open: "it had begun to investigate whether its strikes killed"."""
    return content[0] <= claim.trigger[0] < content[1] and bool(
        _SAID["left_open"].search(text[content[0] : claim.trigger[0]])
    )


def is_judged(text: str, content: Span, claim: Claim) -> bool:
    """Whether what is said only judges the deed: "the attack was intentional" tells nothing of it."""
    return (
        content[0] <= claim.trigger[0] < content[1]
        and not claim.quantities
        and _SAID["judged"].match(text[claim.trigger[1] : min(content[1], claim.trigger[1] + 80)]) is not None
    )


def is_made_safe(text: str, claim: Claim) -> bool:
    """Whether a claim tells that an explosive was made safe: who did that has not laid it."""
    return claim.type == "mines_or_explosives" and text[slice(*claim.trigger)].casefold() in _MADE_SAFE


def is_unsaid(text: str, content: Span, claim: Claim) -> bool:
    """Whether a claim stands behind "to say that" of what somebody does not say: "it would be rash to say that"."""
    return content[0] <= claim.trigger[0] < content[1] and bool(
        _SAID["unsaid"].search(text[content[0] : claim.trigger[0]])
    )


def is_verdict(text: str, claim: Claim) -> bool:
    """Whether its word only says what law calls it ("crimes amounting to genocide"), of nobody and no number."""
    word = text[claim.trigger[0] : claim.trigger[1]].casefold()
    return word in _VERDICTS and claim.target is None and not claim.quantities


def is_only_named(text: str, cue: Span, claim: Claim) -> bool:
    """Whether a source only says what it thinks of a deed that it takes as known: "called the strike a provocation"."""
    if cue[1] > claim.trigger[0] or not _SAID["calls"].search(text[cue[0] : cue[1]]):
        return False
    between = text[cue[1] : claim.trigger[0]]
    unsaid = claim.actor is None and not claim.quantities
    return bool(_SAID["taken_up"].fullmatch(between) or (unsaid and _SAID["it_a"].fullmatch(between)))


def is_general_denial(sentence: str, claim: Claim, attitude: str) -> bool:
    """Whether a denial is of what went before or of everything ("has denied previous accusations of using gas")."""
    time = claim.time
    named = time is not None and time.span is not None and not (time.why or "").startswith(_TAKEN_OVER)
    return attitude == "denies" and not named and bool(_SAID["general"].search(sentence))


def is_denied_as_a_rule(text: str, claim: Claim, attitude: str = "") -> bool:
    """Whether what is denied is what one does as a rule: "we do not target civilians" answers no one charge.

    Nor does who "denied targeting civilians", of no place, or says that "nobody shells a school".
    """
    start, end = claim.trigger
    if attitude == "denies" and text[start:end].casefold().endswith("ing") and _SAID["at_anybody"].match(text, end):
        return True
    if text[start:end].endswith("s") and _SAID["nobody_does"].search(text[max(0, start - 40) : start]):
        return True
    rule = _SAID["as_a_rule"].search(text[max(0, start - 40) : start])
    past = text[start:end].casefold().endswith("ed")
    return claim.polarity == "denied" and rule is not None and not (past and rule["never"])


def is_by_anybody(claim: Claim) -> bool:
    """Whether a claim is of whoever may do it: "the use of gas by anyone is reprehensible" tells of no one deed."""
    first = claim.actor.name.casefold().split(maxsplit=1)[:1] if claim.actor is not None else []
    return not _ANYBODY.isdisjoint(first)


def is_general_charge(text: str, sentence: Span, claim: Claim, attitude: str) -> bool:
    """Whether a charge is of everything ("have accused the rebels of using gas"), with no word of this one deed."""
    if attitude != "blames" or claim.quantities:
        return False
    own = [part.span for part in (claim.time, claim.place) if part is not None and part.span is not None]
    if any(contains(sentence, span) for span in own):
        return False
    before = text[sentence[0] : claim.trigger[0]]
    return bool(_SAID["has_charged"].search(before)) and not _SAID["this"].search(before)


def is_specific(text: str, sentence: Span, claim: Claim, said: Span | None = None) -> bool:
    """Whether a claim is told as one deed: when, where, how many or which thing, and not that it is the rule.

    "The building" is the one told of; "the enemy" is anywhere. `said`: the words said; where the claim stands in them,
    only they say what is the rule.
    """
    within = said if said is not None and contains(said, claim.trigger) else sentence
    words = text[max(within[0], sentence[0]) : min(within[1], sentence[1])]
    before = text[max(0, claim.trigger[0] - 40) : claim.trigger[0]]
    done = _SAID["had"].search(before) or _SAID["did"].search(before)
    if _SAID["habit"].search(words) or (_SAID["limit"].search(words) and not done):
        return False
    if text[slice(*claim.trigger)].casefold() in _TAKES_UP:
        return True
    where = [part.span for part in (claim.time, claim.place) if part is not None]
    own = claim.actor is not None and _SAID["one_of_them"].match(claim.actor.name) is not None
    if own or _SAID["pointing"].match(text[claim.trigger[1] : sentence[1]]):
        return True
    counted = any(quantity.role in {"killed", "injured"} for quantity in claim.quantities)
    this = _SAID["this"].search(before) or done
    hit = text[slice(*claim.target.span)] if claim.target is not None and claim.target.span is not None else ""
    return (
        counted
        or this is not None
        or _SAID["the_thing"].fullmatch(hit) is not None
        or any(span is None or contains(sentence, span) for span in where)
    )


def _sums_up(claim: Claim, kind: ClaimType) -> bool:
    """Whether a claim is of weeks and months ("since September 2014"): a sum of a war tells of no one attack."""
    if kind not in _ATTACKS:
        return False
    start, end = (day_of(claim.time.start), day_of(claim.time.end)) if claim.time else (None, None)
    return start is not None and end is not None and (end - start).days > _WEEKS


def _spares(claim: Claim, kind: ClaimType, attitude: str) -> bool:
    """Whether a claim says that nobody was hurt: "without casualties" denies neither the attack nor who did it."""
    return claim.polarity == "denied" and attitude != "denies" and claim.type in _HARM and kind not in _HARM
