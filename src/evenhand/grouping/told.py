"""How a claim is told in its report: as a sum, compared, as known before, beside its cause, under another name."""

import re
import tomllib
from pathlib import Path

from evenhand.model.reading import Claim, ClaimType, Reading, Time

_SENTENCE_LENGTH = 600  # code points of a sentence that are looked at
_DEEDS = frozenset({"airstrike", "bombing", "shelling", "chemical_attack", "mines_or_explosives", "execution"})
_ONE_DEED = _DEEDS | {"ground_attack"}
_A_MONTH, _A_TOWN = 4, 2  # UCDP's date_prec of a month, and where_prec up to a town and its surroundings
_TOLD_BEFORE = re.compile(
    r"\b(?:tolls?|number of (?:\w+ )?(?:killed|dead|deaths|victims|fatalities))\b[^.;]{0,100}?"
    r"\b(?:risen|rose|rises|climbed|climbs|increased|revised|jumped|reached|now stands|lowered)\b"
    r"|\b(?:inquiry|investigation|probe|findings|report) (?:into|on) (?:the|last)\b|\blooking into (?:the|last)\b"
    r"|\b(?:inquiry|investigation|probe|review|commission|committee|panel|tribunal|court|jury|judges?)\b[^.;]{0,80}?"
    r"\b(?:found|finds|concluded|concludes|determined|established|ruled|convicted|sentenced|heard)\b"
    r"|\b(?:convicted|sentenced|acquitted|charged|indicted|jailed)\b[^.;]{0,60}?\b(?:over|for|of|in)\b"
    r"|\banniversary\b|\bcommemorat|\bas (?:was )?(?:claimed|reported|stated|said) (?:at the time|earlier|by)\b"
    r"|\b(?:claim(?:ed|s|ing)?|denie[ds]|denying|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?)\b[^.;]{0,40}?"
    r"\b(?:responsib|reports?\b|claims?\b|accusations?\b|allegations?\b)",
    re.IGNORECASE,
)
"""Words of what is known already: a toll that is revised, an inquiry, an answer to what others reported."""
_CALLED: frozenset[ClaimType] = frozenset({"airstrike", "shelling", "ground_attack", "bombing"})
"""Attacks that one word ("the strike", "the attack") may stand for."""
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_TABLE = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
_WORST_SINCE = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, _TABLE['compared']['most']))})\b[^.;]{{0,60}}?\bsince\b", re.IGNORECASE
)
"""What is compared with an earlier deed: "the worst fighting since the battle for X" was not at X."""
_DATED = re.compile(r"[\d,]")
_SINCE_LENGTH = 60


def is_compared(reading: Reading, claim: Claim) -> bool:
    """Whether its place is that of an earlier deed, with which this one is only compared."""
    if claim.place is None or claim.place.span is None:
        return False
    where, text = claim.place.span[0], reading.report.text
    first = max((start for start, _ in reading.sentences if start <= where), default=0)
    since = [found.end() for found in _WORST_SINCE.finditer(text, first, where)]
    return bool(since) and len(between := text[since[-1] : where]) <= _SINCE_LENGTH and not _DATED.search(between)


def looks_back(reading: Reading, claim: Claim, at: int) -> bool:
    """Whether its sentence, the one at `at`, speaks of what is known already."""
    first, last = reading.sentences[at] if at >= 0 else claim.trigger
    return _TOLD_BEFORE.search(reading.report.text, first, min(last, first + _SENTENCE_LENGTH)) is not None


def counts_since(reading: Reading, claim: Claim, at: int) -> bool:
    """Whether it is a sum of days ("213 have been killed since the truce ended on Monday"), however few they are."""
    start = claim.trigger[1]
    last = reading.sentences[at][1] if at >= 0 else start
    said = claim.time.span if claim.time is not None else None
    if said is not None and start <= said[1] <= last:
        last = said[1]  # "on Monday, the worst day since …" is told of Monday
    return _SINCE.search(reading.report.text, start, min(last, start + _SENTENCE_LENGTH)) is not None


def kind(reading: Reading, claim: Claim) -> ClaimType:
    """The type of a claim; of a denied attack that of the attack told last: whatever it is called, that is denied."""
    if claim.type not in _CALLED:
        return claim.type
    attitude = next((one.attitude for one in reading.statements if one.id == claim.statement), "")
    if attitude != "denies":
        return claim.type
    before = [one for one in reading.claims if one.type in _CALLED and one.polarity == "affirmed"]
    return max(
        (one for one in before if one.trigger < claim.trigger), key=lambda one: (one.trigger, one.id), default=claim
    ).type


def in_a_month(reading: Reading, claim: Claim, *, named: bool) -> bool:
    """Whether a month or a year is all that is said of the day of one deed ("the 2014 bombing of X, in which 71 died").

    `named`: its place has a name of its own. "Air strikes killed 3,000 in September" is a sum: of many deeds, or
    of no one town.
    """
    time, place, text = claim.time, claim.place, reading.report.text
    if time is None or place is None or not named or not (time.precision == _A_MONTH or _is_a_year(time)):
        return False
    if place.precision is not None and place.precision > _A_TOWN:
        return False
    first, last = next((s for s in reading.sentences if s[0] <= claim.trigger[0] < s[1]), claim.trigger)
    deeds = [one for one in reading.claims if one.type in _ONE_DEED and first <= one.trigger[0] < last]
    return any(not text[slice(*one.trigger)].endswith("s") for one in deeds)


def _is_a_year(time: Time) -> bool:
    return (
        time.start is not None
        and time.end is not None
        and (time.start[4:], time.end) == ("-01-01", f"{time.start[:4]}-12-31")
    )


def beside_its_cause(reading: Reading, claim: Claim) -> bool:
    """Whether the claim's own sentence names one deed ("the death toll of the strike on X has risen to N").

    A killing without a number of its own is one, too ("the massacre").
    """
    first, last = next((s for s in reading.sentences if s[0] <= claim.trigger[0] < s[1]), claim.trigger)
    return any(
        (other.type in _DEEDS or (other.type == "killing" and other.id != claim.id and not other.quantities))
        and other.polarity == "affirmed"
        and first <= other.trigger[0] < last
        for other in reading.claims
    )
