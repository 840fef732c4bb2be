"""People who were there and tell it in words that hold no claim of a kind: "I heard a whistle, then it went dark".

A resident, a doctor or a reporter on the spot who tells of an attack or of what it left is an informant of the
incident of which the report tells right there, though the words name no deed, number or place. Such an account makes
an origin; it moves no figure and blames nobody.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from evenhand.assessing.described import was_there
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.making_out import tells_first_hand
from evenhand.assessing.naming import Namer
from evenhand.assessing.origins import Standing
from evenhand.assessing.overheard import who_saw
from evenhand.assessing.phrases import patterns
from evenhand.assessing.relevance import day_of
from evenhand.assessing.resting import kinds_of
from evenhand.assessing.tellers import is_opinion, tellers_of, text_of
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record, Span
from evenhand.model.incident import CopyGroup, Evidence, Origin, Stance
from evenhand.model.reading import Claim, ClaimType, Reading, Statement

_DEEDS: frozenset[ClaimType] = frozenset({
    "killing", "injury", "airstrike", "shelling", "armed_clash", "ground_attack", "bombing", "chemical_attack",
    "execution", "mass_grave", "destruction", "mines_or_explosives", "torture", "abduction", "sexual_violence",
})  # fmt: skip
_NEAR = 600
"""Code points from an account to the claim that shows of what it is: a paragraph or two."""
_MOSTLY = 0.5
"""Of the deeds of a report that does not begin with the incident, how many must be its: what is seen may be another."""
_LONGEST = 3
_WITNESSES = frozenset({"witness", "witnesses", "eyewitness", "eyewitnesses", "survivor", "survivors"})
_WHY = "was there and tells of it, in words that name no deed of a kind"


class Account(Record, frozen=True, kw_only=True):
    """Who tells of the scene, and where."""

    who: Identity
    report: str
    span: Span


@cache
def _scene() -> frozenset[tuple[str, ...]]:
    rows = tomllib.loads((Path(__file__).parent / "onlookers.toml").read_text("utf-8"))
    return frozenset(tuple(phrase.split()) for phrase in rows["scene"])


def tells_of_the_scene(words: str) -> bool:
    """Whether words tell of an attack or of what it left."""
    told = words_of(words)
    runs = (told[at : at + size] for size in range(1, _LONGEST + 1) for at in range(len(told) - size + 1))
    return not _scene().isdisjoint(runs)


def accounts_of(
    voices: Iterable[Voice],
    readings: Mapping[str, Reading],
    namer: Namer,
    country: str | None,
    copies: Iterable[CopyGroup] = (),
) -> tuple[Account, ...]:
    """Accounts of the scene in the reports of an incident, by report and place in it.

    `country`: where the incident is; `copies`: the groups of its reports.
    Nobody is an onlooker beside a body whose own he or she may be.
    """
    heard = list(voices)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for voice in heard:
        if voice.causal and not voice.aside:
            told[voice.report].add(voice.claim.id)
    named = {voice.who.kind for voice in heard if voice.who.kind is not None}
    group_of = {report: group for group in copies for report in group.reports}
    whose = {key: text_of(readings[key].report, group_of.get(key), readings) for key in told}
    return tuple(
        account
        for report in sorted(told)
        for account in _in_report(readings[report], told[report], namer, (country, whose[report]))
        if named.isdisjoint(kinds_of(account.who))
    )


def _in_report(
    reading: Reading, told: set[str], namer: Namer, about: tuple[str | None, str | None]
) -> Iterator[Account]:
    """`about`: the country of the incident, and whose text the report prints, where it is another's."""
    deeds = sorted((claim for claim in reading.claims if claim.type in _DEEDS), key=lambda claim: claim.trigger)
    if not deeds or not (deeds[0].id in told or sum(one.id in told for one in deeds) >= _MOSTLY * len(deeds)):
        return
    yield from _reporters(reading, deeds, told, namer, about)
    holding = {claim.statement for claim in deeds}
    for statement in reading.statements:
        if statement.id in holding or statement.attitude == "denies":
            continue
        if not _beside(statement.content[0][0], deeds, told):
            continue
        scene = tells_of_the_scene(_words(statement, reading))
        if not scene and not _tells_as_a_witness(statement, reading):
            continue
        for teller in tellers_of(reading, _nothing(statement), None, {}, namer, about[0]):
            if is_opinion(teller):
                continue
            if _was_there(teller.who) or (scene and _has_perceived(teller.who, statement, reading)):
                yield Account(who=teller.who, report=reading.report.id, span=teller.span)


def _words(statement: Statement, reading: Reading) -> str:
    return " ".join(reading.report.text[start:end] for start, end in statement.content)


def _tells_as_a_witness(statement: Statement, reading: Reading) -> bool:
    """Whether words that name nothing of an attack are told by one who is called, or described as, a witness of it.

    So are those of who tells in a quotation what he or she did and felt there: "I was buying matches".
    """
    text = reading.report.text
    source = text[slice(*statement.source)] if statement.source is not None else ""
    if not _WITNESSES.isdisjoint(words_of(source)) or was_there(statement, reading):
        return True
    return statement.kind != "indirect" and tells_first_hand(_words(statement, reading))


def _has_perceived(who: Identity, statement: Statement, reading: Reading) -> bool:
    """Whether a body of no side says that its people saw, carried or treated what the attack left."""
    if who.kind is None or not who.own or who.party is not None:
        return False
    cue = reading.report.text[slice(*statement.cue)] if statement.cue is not None else ""
    return patterns("first_hand")["of_a_body"].search(f"{cue} {_words(statement, reading)}") is not None


def _reporters(
    reading: Reading, deeds: list[Claim], told: set[str], namer: Namer, about: tuple[str | None, str | None]
) -> Iterator[Account]:
    """Reporters who are said to have seen it, in sentences that hold no claim: "a photographer of X saw bodies"."""
    report = reading.report
    for start, end in reading.sentences:
        held = any(start <= claim.trigger[0] < end and claim.statement is None for claim in reading.claims)
        words = None if held else who_saw(report.text[start:end])
        if words is None or not tells_of_the_scene(report.text[start:end]) or not _beside(start, deeds, told):
            continue
        on = day_of(report.published)
        source = Source(
            name=f"unnamed: {words}", written=words, outlet=report.outlet, on=on, country=about[0], text_of=about[1]
        )
        if _was_there(who := namer.identify(source)):
            yield Account(who=who, report=report.id, span=(start, end))


def _beside(start: int, deeds: list[Claim], told: set[str]) -> bool:
    """Whether the deed told right before an account, or right after it, is the incident's.

    Both must be, where the report begins with another incident.
    """
    before = [claim for claim in deeds if start - _NEAR <= claim.trigger[0] < start]
    after = [claim for claim in deeds if start <= claim.trigger[0] <= start + _NEAR]
    beside = [claim.id in told for claim in (*before[-1:], *after[:1])]
    return any(beside) and (deeds[0].id in told or all(beside))


def _nothing(statement: Statement) -> Claim:
    """A claim of nothing, for whoever a statement is from."""
    return Claim(id="", type="other", statement=statement.id, trigger=statement.content[0], evidence=statement.content)


def _was_there(who: Identity) -> bool:
    """Whether it is somebody on the spot who acts for no side: a resident, a doctor, a rescuer, a reporter."""
    return who.own is True and who.neutral and who.party is None and who.kind is None


def with_onlookers(heard: tuple[Standing, ...], accounts: Iterable[Account]) -> tuple[Standing, ...]:
    """The same standings with those who tell of the scene: new ones, and those heard of something else only."""
    by_name: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        by_name.setdefault((account.who.family, account.who.name), []).append(account)
    found = {(one.family, one.origin.name): one for one in heard}
    for key, told in sorted(by_name.items(), key=lambda item: item[0]):
        known = found.get(key)
        if known is None:
            found[key] = _standing(told)
        elif not (known.origin.own_knowledge and known.asserts):
            found[key] = _joined(known, told)
    return tuple(found[key] for key in sorted(found))


def _standing(told: list[Account]) -> Standing:
    who = told[0].who
    origin = Origin(
        name=who.name, family=who.family, interest="neutral", own_knowledge=True,
        stance=Stance(occurrence="asserts", responsibility="silent"),
        reports=tuple(sorted({one.report for one in told})), evidence=_evidence(told),
        why=(*dict.fromkeys(one.who.why for one in told), _WHY, "of no party"),
    )  # fmt: skip
    return Standing(origin=origin, blamed=frozenset(), asserts=True, denies=False, admits=False, denies_act=False,
                    organ=False)  # fmt: skip


def _joined(known: Standing, told: list[Account]) -> Standing:
    origin = with_changes(
        known.origin, own_knowledge=True, interest="neutral",
        stance=Stance(occurrence="asserts", responsibility=known.origin.stance.responsibility),
        reports=tuple(sorted({*known.origin.reports, *(one.report for one in told)})),
        evidence=tuple(dict.fromkeys((*known.origin.evidence, *_evidence(told)))),
        why=tuple(dict.fromkeys((*known.origin.why, *(one.who.why for one in told), _WHY))),
    )  # fmt: skip
    return with_changes(known, origin=origin, asserts=True)


def _evidence(told: list[Account]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(Evidence(report=one.report, span=one.span) for one in told))
