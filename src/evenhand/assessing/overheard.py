"""Who tells a claim that stands in the outlet's own words though they say whose it is.

Four ways in which news prose gives somebody's word without a verb of saying: "X claimed responsibility for the blast",
"X denied it", "X gave a toll of 31 dead", "a photographer of X saw". Each returns the source, or None; nothing is
guessed: a source must stand in the same sentence, before the verb.
"""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.assessing.identity import Source
from evenhand.assessing.informants import informant_class
from evenhand.assessing.phrases import patterns
from evenhand.model.evidence import Record, Span
from evenhand.model.reading import Claim, ClaimType, Entity, Reading

_CREDIT = re.compile(
    r"\b(?:claim(?:ed|s|ing)?|took|taken|takes|taking|accept(?:ed|s|ing)?|assum(?:e|ed|es|ing)) (?:the |full |sole )?"
    r"(?:responsibility|credit|authorship|paternity)\b",
    re.IGNORECASE,
)
_CREDITED = frozenset({"responsibility", "credit", "authorship", "paternity"})
_TURN = re.compile(
    r"\b(?:no|not|none|never|after|before|when|while|but|where|who|which|since|as|because)\b", re.IGNORECASE
)
_REPORTERS = (
    r"(?:correspondents?|photographers?|reporters?|journalists?|cameram[ae]n"
    r"|(?:television|tv|camera|news) crews?|\b(?-i:[A-Z][A-Za-z]+) witness(?:es)?)"
)
_REPORTER = re.compile(_REPORTERS, re.IGNORECASE)
"""Asked first: what may stand before it begins at every word."""
_SAW = re.compile(
    rf"\b(?P<who>(?:[^\W\d_]+(?:-[^\W\d_]+)? ){{0,4}}{_REPORTERS}"
    r"(?: [^\W\d_]+){0,14}?)"
    r" (?:saw|have seen|had seen|witnessed|observed|heard|watched|counted|filmed|found|photographed|was shown"
    r"|were shown)\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(r"\bclaim(?:ed|s) (?:the|this|that|both|all) (?:[\w’'-]{1,20} ){0,2}$", re.IGNORECASE)
_IT_ENDS = re.compile(
    r"\W{0,2}$|[.,;]| (?:in|on|at|against|that|which|through|via|as|by|near|outside)\b", re.IGNORECASE
)
"""What follows "claimed the attack" where no clause does: "claimed the attack killed 20" claims the number."""
_CLAIMED_BY = re.compile(
    r"[^.;:]{0,60}?\b(?:was|were|been) (?:later |also |quickly |swiftly )?claimed (?:on \w+ |late \w+ )?by (?:the )?",
    re.IGNORECASE,
)
_NEXT_TO = 25
_DENIES = re.compile(
    r" (?:has |have |had |later |also |again |[\"“]?\w{3,14}ly[\"”]? )*"
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|disclaim(?:s|ed)?|refut(?:es?|ed)|disavow(?:s|ed)?)"
    r"(?: any| all| the| such| these| those| having any| having had any)* ",
    re.IGNORECASE,
)
"""All that stands between who denies and the word for what is denied: "X has denied any | role"."""
_NOT = re.compile(r"\b(?:no|not|none|nobody|never|neither|nor|without|yet)\b", re.IGNORECASE)
_REACH = 90
_FAR = 150
"""Code points before a number in which the verb that gives it stands."""
_FEW_WORDS = 5
_AUXILIARIES = re.compile(r"(?:\b(?:has|have|had|also|later|now|so|far|since|already)\s{1,3})+\Z")
_ATTACKS: frozenset[ClaimType] = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "ground_attack", "execution", "killing", "injury",
    "mines_or_explosives", "abduction",
})  # fmt: skip


_SPEAK = frozenset({"government", "armed_group", "organisation", "person"})
_RIGHT_BEFORE = re.compile(r"(?: (?:has |have |had |also |later |again |quickly |formally |publicly )*)?")
"""All that stands between who speaks and the verb."""


class Overheard(Record, frozen=True, kw_only=True):
    """A source without a verb of saying; `claims_it`: it says that it did it; `denies_it`: that it did not."""

    source: Source
    claims_it: bool = False
    denies_it: bool = False


def overheard(reading: Reading, claim: Claim, sentence: Span, on: date | None, country: str | None) -> Overheard | None:
    """Whose word a claim of the outlet's own voice is, if its sentence says so in one of the four ways."""
    text = reading.report.text
    about = Source(name="", outlet=reading.report.outlet, on=on, country=country)
    told = text[sentence[0] : claim.trigger[1]]  # "a photographer counted | 20 bodies": the verb is the trigger
    if (denier := _denier(reading, claim, about)) is not None:
        return Overheard(source=denier, denies_it=True)
    if claim.type in _ATTACKS and (who := claimant(reading, claim, sentence)) is not None:
        return Overheard(source=source_named(who, reading, about), claims_it=True)
    if (words := who_saw(told)) is not None:
        said = Source(name=f"unnamed: {words}", written=words, outlet=about.outlet, on=on, country=country)
        return Overheard(source=said)
    if claim.quantities and patterns("overheard")["issued"].match(told):
        issuer = _last_speaker(reading, sentence[0])
        return Overheard(source=source_named(issuer, reading, about)) if issuer is not None else None
    for quantity in claim.quantities:
        if quantity.role not in {"killed", "injured"}:
            continue
        start = quantity.span[0]
        given = patterns("overheard")["gives"].search(text[max(sentence[0], start - _FAR) : start])
        if given is None or _TURN.search(given[0]):
            continue
        verb = start - len(given[0])
        until = _before_aside(text, sentence[0], verb)
        who = _subject(reading, (sentence[0], until))
        if who is not None:
            return Overheard(source=source_named(who, reading, about))
        words = _AUXILIARIES.sub("", text[sentence[0] : until]).strip()
        if words.casefold() in _PRONOUNS and (before := _last_speaker(reading, sentence[0])) is not None:
            return Overheard(source=source_named(before, reading, about))
        if len(words.split()) <= _FEW_WORDS and informant_class(words) is not None:  # "Town officials put the toll"
            said = Source(name=f"unnamed: {words}", written=words, outlet=about.outlet, on=on, country=country)
            return Overheard(source=said)
    return None


def _last_speaker(reading: Reading, until: int) -> Entity | None:
    """Who spoke last before a sentence, close to it: whom "it" stands for in "It has collected the names of"."""
    told = [one for one in reading.statements if one.cue and until - _BACK <= one.cue[0] < until and not one.parent]
    last = max(told, key=lambda one: one.cue or (0, 0), default=None)
    who = next((one for one in reading.entities if last is not None and one.id == last.speaker), None)
    return who if who is not None and who.kind in _SPEAK and not who.name.startswith("unnamed:") else None


_PRONOUNS = frozenset({"it", "he", "she", "they"})
_BACK = 400
"""Code points before a sentence in which whoever its pronoun stands for has spoken."""


def _before_aside(text: str, start: int, verb: int) -> int:
    """Where the words before a verb end without an aside: "the Front, | which fights the army, has put"."""
    told = _AUXILIARIES.sub("", text[start:verb]).rstrip()
    opens = told.rfind(",", 0, len(told) - 1) if told.endswith(",") else -1
    return start + opens if opens > 0 else verb


_AMONG = re.compile(
    rf"\b(?:among them|including) (?P<who>(?:[^\W\d_]+ ){{0,4}}{_REPORTERS}),"
    r" (?:saw|were shown|counted|found|visited)\b",
    re.IGNORECASE,
)
"""One of several who saw it: "journalists taken there by the army, among them a reporter of X, saw"."""


def who_saw(told: str) -> str | None:
    """Who is said to have seen it, where that is a reporter: "a photographer of X" of "a photographer of X saw"."""
    if (one := _AMONG.search(told) if _REPORTER.search(told) else None) is not None:
        return one["who"].strip()
    seen = _SAW.search(told) if _REPORTER.search(told) else None
    return seen["who"].strip() if seen is not None and not _NOT.search(seen[0]) else None


def speaker_before(reading: Reading, cue: Span, on: date | None, country: str | None) -> Source | None:
    """Who stands right before the verb of a statement without a source: "X | apologised for the shelling"."""
    about = Source(name="", outlet=reading.report.outlet, on=on, country=country)
    named = [
        (mention.span, entity)
        for entity in reading.entities
        if entity.kind in _SPEAK
        for mention in entity.mentions
        if mention.form == "name" and mention.span[1] <= cue[0]
    ]
    span, who = max(named, key=lambda one: one[0][1], default=(None, None))
    if span is None or who is None or not _RIGHT_BEFORE.fullmatch(reading.report.text[span[1] : cue[0]]):
        return None
    return source_named(who, reading, about)


def credit_in(text: str, since: int, until: int) -> Span | None:
    """Where "claimed responsibility" or "took credit" stands between two positions, if it is not denied."""
    found = _CREDIT.search(text, since, until)
    if found is None or _NOT.search(text, max(0, found.start() - 30), found.start()):
        return None
    return found.span()


def claimant(reading: Reading, claim: Claim, sentence: Span) -> Entity | None:
    """Who "claimed responsibility for" it, "claimed the attack", or by whom it "was claimed"."""
    text = reading.report.text
    told = text[slice(*claim.trigger)].casefold() in _CREDITED  # the trigger of a deed that is claimed and not named
    before = text[sentence[0] : claim.trigger[1 if told else 0]]
    after = text[claim.trigger[1] : sentence[1]]
    found = _CREDIT.search(before) or (_CLAIMED.search(before) if _IT_ENDS.match(after) else None)
    if found is not None:
        return _subject(reading, (sentence[0], sentence[0] + found.start()))
    by = _CLAIMED_BY.match(after)
    if by is None or _NOT.search(by[0]):
        return None
    start = claim.trigger[1] + by.end()
    named = ((mention.span, one) for one in reading.entities for mention in one.mentions)
    return next((one for span, one in sorted(named, key=lambda n: n[0]) if start <= span[0] < start + _NEXT_TO), None)


def _denier(reading: Reading, claim: Claim, about: Source) -> Source | None:
    """Who "denied it", "rejected the accusation": the claim's own actor, with only a verb of denying between."""
    actor = claim.actor
    if claim.polarity != "denied" or actor is None or actor.span is None or actor.span[1] > claim.trigger[0]:
        return None
    if not _DENIES.fullmatch(reading.report.text[actor.span[1] : claim.trigger[0]]):
        return None
    entity = next((one for one in reading.entities if one.id == actor.entity), None)
    if entity is not None:
        return source_named(entity, reading, about)
    return Source(name=actor.name, written=actor.name, outlet=about.outlet, on=about.on, country=about.country)


def claims_the_deed(text: str, since: int, claim: Claim) -> bool:
    """Whether a deed itself is what somebody claims: "claimed | the massacre at X", and not what it did."""
    start, end = claim.trigger
    named = claim.type in _ATTACKS and _CLAIMED.search(text[since:start]) is not None
    return named and _IT_ENDS.match(text[end : end + _REACH]) is not None


def _subject(reading: Reading, before: Span) -> Entity | None:
    """The last one named in a stretch of text, if near its end and nothing is denied on the way."""
    found: tuple[Span, Entity] | None = None
    for entity in reading.entities:
        for mention in entity.mentions:
            inside = before[0] <= mention.span[0] and mention.span[1] <= before[1]
            speaks = entity.kind not in {"place", "weapon", "facility"}
            if inside and speaks and (found is None or _rank(mention.span, entity) > _rank(*found)):
                found = mention.span, entity
    if found is None or before[1] - found[0][1] > _REACH:
        return None
    return None if _NOT.search(reading.report.text, max(before[0], found[0][0] - 12), before[1]) else found[1]


def _rank(span: Span, entity: Entity) -> tuple[bool, int]:
    """Named ones before nouns that stand beside them ("the Observatory, a monitoring group, gave")."""
    return not entity.name.startswith("unnamed:"), span[1]


def source_named(entity: Entity, reading: Reading, about: Source) -> Source:
    """Somebody whom a report names, as a source of what it tells."""
    others: Mapping[str, Entity] = {one.id: one for one in reading.entities}
    org = others.get(entity.org or "")
    return Source(
        name=entity.name, org=org.name if org else None, role=entity.role, party=entity.party,
        outlet=about.outlet, on=about.on, country=about.country,
    )  # fmt: skip
