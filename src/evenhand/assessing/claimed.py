"""Who claims a deed as theirs where somebody else tells that they do: "X claimed responsibility, the police said".

Whoever reports a claim of responsibility has not made it. The word is that of who claims, under a name that a profile
lists or not: a body that says it did it is a party to what it did.
"""

import re

from evenhand.assessing.forces import ARTICLES, OWN_GROUP
from evenhand.assessing.groups import is_group_word
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.overheard import claimant, credit_in
from evenhand.assessing.shortened import is_unmade
from evenhand.model.evidence import Span, contains, overlaps
from evenhand.model.reading import Claim, Entity, Reading, Statement

_OWN = re.compile(
    rf"\W*(?:that )?(?:it|they|we|he|she|I|(?:the|our|its|their) (?:{'|'.join(sorted(OWN_GROUP))}))"
    r"(?: (?:has|have|had|was|were|would|fully|also|hereby|\w{2,12}ly)){0,3} ?",
    re.IGNORECASE,
)
"""All that stands between what is said and "claimed responsibility" where who says it claims it."""
_FOR = re.compile(
    r" (?:for|in) (?:(?!after\b|before\b|when\b|while\b|which\b|that\b|to\b|and\b|as\b|in\b|of\b)[\w'’-]{1,20} ){0,6}"
)
"""All that stands between "claimed responsibility" and the deed that is claimed, where no clause does."""
_NOBODYS = frozenset(
    {"nobody", "none", "no", "one", "anyone", "someone", "who", "source", "sources", "reports", "report"}
)


def owned_in(reading: Reading, claim: Claim) -> Statement | None:
    """The statement in whose word of owning the claim's own word stands: "X | claimed credit for | the act".

    Around it may stand who reports that ("according to the police"), to whose words the claim was given.
    """
    told = [
        one for one in reading.statements
        if one.cue is not None and one.attitude == "admits" and overlaps(one.cue, claim.trigger)
    ]  # fmt: skip
    return max(told, key=lambda one: len(one.chain), default=None)


def claims_it_itself(text: str, statement: Statement, since: int, until: int) -> bool:
    """Whether who makes a statement claims in it what stands before a position: by its cue, or as "it" in its words."""
    found = credit_in(text, since, until)
    if found is None:
        return False
    if statement.cue is not None and overlaps(statement.cue, found):
        return True
    within = next((span for span in statement.content if contains(span, found)), None)
    return within is None or _OWN.fullmatch(text[within[0] : found[0]]) is not None


def claimed_by_another(reading: Reading, claim: Claim, sentence: Span, statement: Statement) -> Entity | None:
    """Who is told within somebody's words to have claimed the deed: "it was reported that | X has claimed"."""
    text = reading.report.text
    found = credit_in(text, sentence[0], claim.trigger[1])
    if found is None or not any(contains(span, found) for span in statement.content):
        return None
    if not contains(found, claim.trigger) and _FOR.fullmatch(text[found[1] : claim.trigger[0]]) is None:
        return None
    who = claimant(reading, claim, sentence)
    return who if who is not None and who.id != statement.speaker else None


def as_a_party(who: Identity, source: Source, *, body: bool) -> Identity:
    """Who claims a deed, as a party to it under its own name, where no profile and no report makes it out as another.

    `body`: the report names it as a body. A person, a source or a paper that was found is none.
    """
    words = words_of(who.body or source.name.removeprefix("unnamed:"))
    if not is_unmade(who) or who.own or _NOBODYS.intersection(words):
        return who
    if not (who.body or body or any(is_group_word(word) for word in words)):
        return who
    name = " ".join(word for word in words if word not in ARTICLES)
    why = f"{who.name}: claims the deed, and is a party to it under its own name; {who.why}"
    shown = who.body or (who.name if who.family.startswith("name:") else name)
    return with_changes(who, name=shown, family=f"name:{name}", party=name, own=None, why=why)
