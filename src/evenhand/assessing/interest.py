"""Whom what an origin says serves, by the ledger's rule: its own side, its adversary, or neither."""

from evenhand.assessing.admissions import is_thing
from evenhand.assessing.scene import Scene, tied, tied_to_ground
from evenhand.assessing.voices import Voice
from evenhand.model.incident import Interest
from evenhand.model.profile import Profile


def interest_of(
    voices: list[Voice], blamed: frozenset[str], admits: bool, scene: Scene, profile: Profile
) -> tuple[Interest, str]:
    """Whom what it says serves, by the ledger's rule: its own side, its adversary, or neither."""
    who = voices[0].who
    if who.party is None:
        if who.partisan:
            return "interested", "acts for a side by its own name"
        return ("neutral", "of no party") if who.neutral else ("unknown", "it is not known for whom it speaks")
    forces = frozenset().union(*(voice.forces for voice in voices if not voice.denied))
    own = {who.party} | tied(who.party, scene.actors | scene.targets, scene, profile, opposed=False)
    acts = [voice for voice in voices if not voice.denied and voice.causal and voice.actors & own]
    harmed = frozenset().union(*(voice.targets for voice in acts))
    aimed = {voice.report for voice in acts if voice.armed and not voice.targets & own}  # tells there whom it was for
    owned = any(voice.fault or (voice.admitted and voice.report not in aimed) for voice in voices)
    if admits and (owned or harmed & own):
        return "against_interest", "says that its own side did harm"
    if admits:
        return "interested", "tells of its own side's act"
    if blamed and blamed <= own - {who.party}:
        return "neutral", "lays it to none but an ally of its own side"
    told = (voice for voice in voices if not voice.denied and (who.party in voice.forces or voice.causal))
    charged = any(one.claim.actor is not None and not is_thing(one) and not one.actors & own for one in told)
    if who.party in forces and not blamed and not charged:
        return "against_interest", "speaks of its own side's losses and blames nobody"
    return _stake(who.party, scene.actors | scene.targets | blamed, own, scene, profile)


def _stake(party_id: str, named: frozenset[str], own: set[str], scene: Scene, profile: Profile) -> tuple[Interest, str]:
    party = profile.party(party_id)
    if party is not None and party.kind == "international" and party_id not in named:
        return "neutral", "a body of states that is neither actor nor harmed"
    if named & own or tied(party_id, named, scene, profile, opposed=True):
        return "interested", "a party with a stake: itself, an ally or an adversary acts or is harmed"
    if party is None or party.kind != "government" or party.country is None or party.is_at_home(scene.country):
        return "interested", "a party to the conflict; nothing shows that this is not to its interest"
    if tied_to_ground(party_id, scene, profile):
        return "interested", "has an ally or an adversary among the parties of the country"
    return "neutral", "a party from elsewhere; neither it nor an ally or adversary is named"
