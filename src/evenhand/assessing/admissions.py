"""Whether an origin says that its own side did it, and what it tells only as its reason for that."""

from evenhand.assessing.forces import THINGS
from evenhand.assessing.informants import words_of
from evenhand.assessing.voices import Voice
from evenhand.model.reading import ClaimType

_AIMED: frozenset[ClaimType] = frozenset({"airstrike", "shelling"})
"""Attacks from afar, of which who made them says at whom."""


def provoked_of(voices: list[Voice], side: frozenset[str]) -> list[Voice]:
    """What a side says was done to it where it tells its own deed: "struck fighters who were firing on its troops".

    That is its reason for the deed, and names nobody else as having done it.
    """
    own = {(one.report, one.claim.statement) for one in voices if one.causal and side & one.actors}
    return [
        one for one in voices
        if (one.report, one.claim.statement) in own and not side & one.actors and side & (one.targets | one.forces)
    ]  # fmt: skip


def admits_it(voices: list[Voice], side: frozenset[str], *, abroad: bool, accused: bool) -> bool:
    """Whether it says that its own side did it: plainly, of this deed, and not while it tells that others did.

    Who only counts with a side (its activists, its rescuers) does not speak for those who fight for it. What is said
    of others in a charge ("attacked the troops as they advanced"), of all that one does ("it only strikes fighters")
    or beside more that others did is no admission; "admitted that" is one in any case. Who is `accused` of the deed,
    and nobody else is, owns it by calling it a mistake, or by telling which armed men it was aimed at. `abroad`: it is
    of another country and nobody else lays the deed to it: then its organ in its own voice owns nothing.
    """
    party = voices[0].who.party
    if party is None or voices[0].who.kind is not None:
        return False
    owned = [one for one in voices if one.admitted and one.specific and not one.denied and one.causal]
    if any(side & voice.actors or (accused and not voice.actors) for voice in owned):
        return True
    if accused and any(_tells_its_aim(voice, side) for voice in voices):
        return True
    if any(voice.foiled for voice in voices):
        return False  # "foiled the attack, killing ten of the attackers": the attack was theirs
    telling = [one for one in voices if not one.denied and one.causal and not one.opinion and not one.hedged]
    own = [
        voice for voice in telling
        if not voice.charging and voice.specific and not (abroad and voice.own_voice)
        and (party in voice.actors or (side & voice.actors and _tells_of_people(voice)))
    ]  # fmt: skip
    others = [one for one in telling if one.claim.actor is not None and not side & one.actors and not is_thing(one)]
    return len(own) > 0 and len(own) >= len(others)


def _tells_its_aim(voice: Voice, side: frozenset[str]) -> bool:
    """Whether it tells of the attack, which it lays to nobody, that it hit armed men who are not its own."""
    return (
        voice.claim.type in _AIMED
        and voice.claim.actor is None
        and voice.causal
        and voice.specific
        and voice.armed
        and not (voice.targets & side or voice.denied or voice.opinion or voice.hedged or voice.own_voice)
    )


def is_thing(voice: Voice) -> bool:
    """Whether the actor read is what did it and not who: "the blast killed"."""
    actor = voice.claim.actor
    return actor is not None and not voice.actors and bool(THINGS.intersection(words_of(actor.name)[-2:]))


def _tells_of_people(voice: Voice) -> bool:
    """Whether a voice tells of dead or wounded: only so does one of a coalition admit what the coalition did."""
    return voice.claim.type in {"killing", "injury", "execution"}
