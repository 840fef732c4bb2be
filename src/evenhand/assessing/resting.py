"""Who rests on whom within an incident: an outlet's own words on its informants, the unnamed on the named."""

from collections.abc import Iterable, Mapping

from evenhand.assessing.naming import Identity, Namer, with_changes
from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice

_KINDS = {"class:rescuers": "rescue", "class:medics": "medical", "class:activists": "activists"}


def resting(voices: Iterable[Voice], namer: Namer) -> tuple[Voice, ...]:
    """What a report says in its own voice of an incident for which it names its informants rests on them.

    A lead sums up what the body attributes. Of an outlet that is of no party of the conflict and names one informant,
    its own words are taken as that informant's; any other own voice stays the outlet's, without own knowledge. No
    party is given words that it did not say, and what an outlet itself calls only possible is nobody's knowledge.
    """
    heard = _none_twice(list(voices), namer)
    informants: dict[str, dict[str, Identity]] = {}
    for voice in heard:
        if not voice.own_voice and not voice.opinion and (voice.who.own or voice.who.party is not None):
            informants.setdefault(voice.report, {}).setdefault(voice.who.family, voice.who)
    return tuple(_rested(voice, informants.get(voice.report, {})) for voice in heard)


def _none_twice(voices: list[Voice], namer: Namer) -> list[Voice]:
    """Who has no name is not shown to be another than the one of its kind that is named beside it.

    Rescuers are taken to be of the one rescue service that is named, medical staff of the one medical body, activists
    of the one body of activists of a side, and a source without a name in a party's organ to be of the one ally of
    that party that is named. To count them apart would be to count one origin twice.
    """
    named: dict[str, dict[str, Identity]] = {}
    for who in (voice.who for voice in voices):
        if who.kind is not None:
            sided = who.kind == "monitor" and who.party is not None
            named.setdefault("activists" if sided else who.kind, {})[who.family] = who
    joined: list[Voice] = []
    for voice in voices:
        kind = _KINDS.get(voice.who.family)
        others = named.get(kind, {}) if kind else _allies(voice, voices, namer)
        if len(others) != 1:
            joined.append(voice)
            continue
        (other,) = others.values()
        why = f"{other.why}; {voice.who.name}, without a name beside it, is not shown to be another"
        joined.append(with_changes(voice, who=with_changes(other, why=why)))
    return joined


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


def _rested(voice: Voice, informants: Mapping[str, Identity]) -> Voice:
    others = {family: who for family, who in informants.items() if family != voice.who.family}
    if not voice.own_voice or not others:
        return voice
    if not voice.who.engaged and len(others) == 1 and not voice.hedged:
        (who,) = others.values()
        if who.party is None:
            return with_changes(voice, who=who)
    why = f"{voice.who.why}; what it says rests on the informants it names: {', '.join(sorted(others))}"
    return with_changes(voice, who=with_changes(voice.who, own=False, why=why))
