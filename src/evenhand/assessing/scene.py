"""The scene of an incident: who acts, who is harmed, where; and how the parties stand to one another there."""

from collections.abc import Iterable

from evenhand.assessing.identity import family_of
from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record
from evenhand.model.profile import Profile


class Scene(Record, frozen=True, kw_only=True):
    """What all voices together name: parties said to act or to be harmed, and the country it lies in.

    `named`: the sets of parties said to have done it; one that is not told apart from others is in a set with them.
    """

    actors: frozenset[str]
    targets: frozenset[str]
    country: str | None
    day: str | None
    named: frozenset[frozenset[str]] = frozenset()


def scene_of(voices: Iterable[Voice], country: str | None, day: str | None) -> Scene:
    """The parties of an incident, whoever names them."""
    heard = [voice for voice in voices if not voice.aside]
    return Scene(
        actors=frozenset().union(*(voice.actors for voice in heard if voice.causal)),
        targets=frozenset().union(*(voice.targets for voice in heard)),
        country=country,
        day=day,
        named=frozenset(voice.actors for voice in heard if voice.causal and voice.actors),
    )


def side_of(party: str | None, scene: Scene, profile: Profile) -> frozenset[str]:
    """The parties that count as one with this: itself, and among those named its coalition or that one's leader."""
    if party is None:
        return frozenset()
    family = family_of(party, profile)
    return frozenset({party, *(one for one in scene.actors | scene.targets if family_of(one, profile) == family)})


def is_elsewhere(party_id: str, scene: Scene, profile: Profile) -> bool:
    """Whether a party is of another country than the one it lies in."""
    party = profile.party(party_id)
    return bool(party and scene.country and party.country and not party.is_at_home(scene.country))


def tied(party_id: str, named: frozenset[str], scene: Scene, profile: Profile, *, opposed: bool) -> set[str]:
    """Those of the named that are allies, or adversaries, of a party on the day."""
    tie = profile.opposed if opposed else profile.allied
    on = day_of(scene.day)
    return {other for other in named if other != party_id and tie(party_id, other, on=on)}


def tied_to_ground(party_id: str, scene: Scene, profile: Profile) -> bool:
    """Whether a party is an ally or an adversary of one of the country it lies in, on the day."""
    here = frozenset(one.id for one in profile.at_home(scene.country))
    return any(tied(party_id, here, scene, profile, opposed=opposed) for opposed in (False, True))
