"""Who rests on whom within an incident: an outlet's own words on its informants, the unnamed on the named."""

from collections.abc import Collection, Iterable, Mapping

from evenhand.assessing.identity import Identity, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.naming import Namer
from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice

_KINDS: Mapping[str, tuple[str, ...]] = {
    "class:rescuers": ("rescue", "relief"), "class:medics": ("medical", "relief", "health"),
    "class:aid_workers": ("relief", "medical", "ngo"),
    "class:activists": ("activists",), "class:monitors": ("monitor",), "class:peacekeepers": ("un", "monitor"),
}  # fmt: skip
"""The kinds of bodies that people without a name are not shown to be apart from."""
_LOCAL = "class:local_sources"
_OFFICIALS = frozenset({"class:local_officials", "class:health_officials", "class:courts"})
_ANY_OFFICIALS = frozenset({"class:officials"})
_LEAD = 600
"""Code points: as far as the opening of a report goes (`grouping/happenings.py` has the same)."""


def resting(voices: Iterable[Voice], namer: Namer) -> tuple[Voice, ...]:
    """What a report says in its own voice of an incident for which it names its informants rests on them.

    A lead sums up what the body attributes. Of an outlet that is of no party of the conflict and names one informant,
    its own words are taken as that informant's; any other own voice stays the outlet's, without own knowledge. No
    party is given words that it did not say, and what an outlet itself calls only possible is nobody's knowledge.
    Nor is a number the informant's who gives another one there, nor blame that the informant does not utter there, nor
    anything of a body which this report does not name.
    """
    told = list(voices)
    heard = _none_twice(told, namer)
    informants: dict[str, dict[str, Identity]] = {}
    tolls: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    blamed: dict[tuple[str, str], frozenset[str]] = {}
    named_here = {(voice.report, voice.who.family) for voice in told}
    for voice in heard:
        key = (voice.report, voice.who.family)
        if not voice.own_voice:
            blamed[key] = blamed.get(key, frozenset()) | voice.actors
        if not voice.own_voice and not voice.opinion and (voice.who.own or voice.who.party is not None):
            informants.setdefault(voice.report, {}).setdefault(voice.who.family, voice.who)
        if not voice.own_voice:
            tolls.setdefault((voice.report, voice.who.family), set()).update(_tolls(voice))
    return tuple(_rested(voice, informants.get(voice.report, {}), tolls, blamed, named_here) for voice in heard)


def _tolls(voice: Voice) -> frozenset[tuple[object, ...]]:
    """The numbers of dead that a voice gives, as bounds."""
    return frozenset((one.low, one.best, one.high) for one in voice.claim.quantities if one.role == "killed")


def _none_twice(voices: list[Voice], namer: Namer) -> list[Voice]:
    """Who has no name is not shown to be another than the one of its kind that is named beside it.

    Rescuers are taken to be of the one rescue service that is named, medical staff of the one medical body, a monitor
    of the one monitor, activists of the one body of activists of a side, and a source without a name in a party's organ
    to be of the one ally of that party that is named: first of those that the same report names, then of those of the
    incident. Where several are named it cannot be said which of them it is, and it counts for none: to count it apart
    would be to count one origin twice.
    """
    everywhere = _named_by_kind(voices)
    of_report = {report: _named_by_kind([one for one in voices if one.report == report]) for report in _reports(voices)}
    leads = _only_in_leads(voices)
    joined: list[Voice] = []
    for voice in voices:
        kinds = kinds_of(voice.who)
        if not kinds:
            others = _allies(voice, voices, namer)
            joined.append(_none_more(voice, others) if len(others) == 1 else voice)
            continue
        others = _of_kinds(of_report[voice.report], kinds) or _of_kinds(everywhere, kinds)
        if not others and (voice.report, voice.who.family) in leads:
            others = of_report[voice.report].get("monitor", {})
        if len(others) == 1 and not _blames_alone(voice, next(iter(others)), voices):
            joined.append(_as(voice, others))
        else:
            joined.append(_none_more(voice, others) if others else voice)
    joined = [_counting_for(voice, joined, namer) for voice in joined]
    return [_not_beside(_of_no_side_more(voice, joined, namer), joined) for voice in joined]


def kinds_of(who: Identity) -> tuple[str, ...]:
    """The kinds of bodies that somebody is not shown to be apart from.

    A doctor with a name, or one of a hospital, is no relief society's man; an activist with a name is no network's.
    """
    kinds = _KINDS.get(who.family, ())
    return tuple(kind for kind in kinds if kind not in {"relief", "health", "activists"}) if who.posted else kinds


def _of_kinds(named: Mapping[str, Mapping[str, Identity]], kinds: Iterable[str]) -> dict[str, Identity]:
    return {family: who for kind in kinds for family, who in named.get(kind, {}).items()}


def _blames_alone(voice: Voice, body: str, voices: list[Voice]) -> bool:
    """Whether somebody without a name blames whom the named body of that kind does not: no body is given that word."""
    said = frozenset[str]().union(*(one.actors for one in voices if one.who.family == body))
    return voice.causal and not voice.denied and not voice.actors <= said


def _as(voice: Voice, others: Mapping[str, Identity]) -> Voice:
    (other,) = others.values()
    why = f"{other.why}; {voice.who.name}, without a name beside it, is not shown to be another"
    return with_changes(voice, who=with_changes(other, why=why))


def _none_more(voice: Voice, others: Mapping[str, Identity]) -> Voice:
    names = ", ".join(sorted(one.name for one in others.values()))
    why = f"{voice.who.why}; not shown to be others than one of {names}"
    return with_changes(voice, who=with_changes(voice.who, own=False, why=why))


def _named_by_kind(voices: list[Voice]) -> dict[str, dict[str, Identity]]:
    """Bodies with a name by what they are, then by family; a monitor that acts for a side is a body of activists."""
    named: dict[str, dict[str, Identity]] = {}
    for who in (voice.who for voice in voices):
        if who.kind is not None and not who.family.startswith("class:"):
            named.setdefault(who.kind, {})[who.family] = who
            if who.kind == "monitor" and who.party is not None:
                named.setdefault("activists", {})[who.family] = who
        if who.party is not None and who.field and "health" in words_of(who.name):
            named.setdefault("health", {})[who.family] = who  # a side's ministry of health, whose medics they may be
    return named


def _reports(voices: list[Voice]) -> frozenset[str]:
    return frozenset(voice.report for voice in voices)


def _only_in_leads(voices: list[Voice]) -> frozenset[tuple[str, str]]:
    """Activists whom only the opening of a report names, before a monitor: a lead sums up what its body attributes."""
    last: dict[tuple[str, str], int] = {}
    monitors: dict[str, int] = {}
    for voice in voices:
        key, start = (voice.report, voice.who.family), voice.span[0]
        if voice.who.family == "class:activists":
            last[key] = max(last.get(key, 0), start)
        elif voice.who.kind == "monitor":
            monitors[voice.report] = min(monitors.get(voice.report, start), start)
    return frozenset(key for key, start in last.items() if start < min(_LEAD, monitors.get(key[0], 0)))


def _of_no_side_more(voice: Voice, voices: list[Voice], namer: Namer) -> Voice:
    """A mayor or governor whose side is not given is not shown to be of another than a side of the country that speaks.

    Of which one is not guessed: where one of them gives an account, the office-holder counts for nobody more.
    """
    if voice.who.family not in _OFFICIALS:
        return voice
    others = {
        one.who.family: one.who
        for one in voices
        if not (one.own_voice and one.who.party is None)  # a side's organ in its own voice is that side
        and not one.denied
        and any(namer.is_of(one.who.party, country) for country in (_where(voice), _where(one)))
    }
    return _none_more(voice, others) if others else voice


def _counting_for(voice: Voice, voices: list[Voice], namer: Namer) -> Voice:
    """What officials of no given side count goes on what the one side of that country that speaks has counted.

    Only a side that nobody says did it: whose number the dead of its own deed are is another's matter.
    """
    if voice.own_voice or voice.who.family not in _OFFICIALS | _ANY_OFFICIALS:
        return voice
    blamed = frozenset().union(*(one.actors for one in voices))
    sides = {
        one.who.family
        for one in voices
        if not one.own_voice
        and one.who.party not in blamed
        and namer.is_of(one.who.party, _where(voice) or _where(one))
    }
    return with_changes(voice, counts_for=next(iter(sides))) if len(sides) == 1 else voice


def _where(voice: Voice) -> str | None:
    return voice.claim.place.country if voice.claim.place is not None else None


def _not_beside(voice: Voice, voices: list[Voice]) -> Voice:
    """Sources of which nothing is said but that they are there are not shown to be others than any other there."""
    if voice.who.family != _LOCAL:
        return voice
    others = {one.who.name for one in voices if one.who.own and not one.own_voice and one.who.family != _LOCAL}
    if not others:
        return voice
    why = f"{voice.who.why}; not shown to be others than {', '.join(sorted(others))}"
    return with_changes(voice, who=with_changes(voice.who, own=False, why=why))


def _allies(voice: Voice, voices: list[Voice], namer: Namer) -> dict[str, Identity]:
    """By family, the named allies of the party as whose a source without a name is counted."""
    who, on = voice.who, day_of(voice.published)
    if not who.unnamed or who.party is None:
        return {}
    return {
        other.who.family: other.who
        for other in voices
        if other.who.party is not None and not other.who.unnamed and not other.own_voice
        and other.who.family != who.family and namer.are_allied(who.party, other.who.party, on)
    }  # fmt: skip


def _rested(
    voice: Voice,
    informants: Mapping[str, Identity],
    tolls: Mapping[tuple[str, str], set[tuple[object, ...]]],
    blamed: Mapping[tuple[str, str], frozenset[str]],
    named_here: Collection[tuple[str, str]],
) -> Voice:
    others = {family: who for family, who in informants.items() if family != voice.who.family}
    if not voice.own_voice or not others:
        return voice
    if not voice.who.engaged and len(others) == 1 and not voice.hedged and not voice.of_another:
        (who,) = others.values()
        key = (voice.report, who.family)
        mine, theirs = _tolls(voice), tolls.get(key, set())
        utters = key in named_here and (not voice.causal or voice.actors <= blamed.get(key, frozenset()))
        if who.party is None and utters and (not mine or not theirs or mine & theirs):
            return with_changes(voice, who=who)
    named = ", ".join(sorted({who.name for who in others.values()}))
    why = f"{voice.who.why}; what it says rests on the informants it names: {named}"
    return with_changes(voice, who=with_changes(voice.who, own=False, why=why))
