"""Whether an origin can know it itself, by the ledger's section 3: its own acts and ground, not another's."""

from evenhand.assessing.bodies import is_field
from evenhand.assessing.identity import Identity
from evenhand.assessing.scene import Scene, is_elsewhere, tied_to_ground
from evenhand.assessing.voices import Voice
from evenhand.model.profile import Profile

_AWAY = frozenset({"parliament", "office"})


def own_knowledge(voices: list[Voice], scene: Scene, profile: Profile, *, of_act: bool) -> tuple[bool, str]:
    """Whether an origin can know it itself, and why that is held; `of_act`: it speaks of its own act."""
    knowing = [voice.who for voice in voices if not (voice.own_voice and voice.who.own is False)]
    if why := _tells_nothing(voices):
        return False, why
    if not knowing:
        return False, "in its own voice, beside informants that it names or without saying how it knows"
    who = next((one for one in knowing if one.own), knowing[0])
    if who.party is not None and of_act:
        return True, "a party knows its own acts"
    political = is_political(who, profile)
    if who.party is not None and not political and any(who.party in v.forces and v.causal for v in voices):
        return True, "a party knows its own losses"
    if all(voice.own_voice for voice in voices) and _is_stranger(who.party, scene, profile):
        return False, "an outlet from another country in its own voice, which does not say how it knows"
    if who.own is not None:
        return who.own, "saw, treated or counted it, by its own account" if who.own else "does not say how it knows"
    if any(voice.who.field for voice in voices if voice.causal and not voice.opinion):
        return True, "an organ in the field"
    return _knowledge_of_party(who.party or "", who.organ, scene, profile)


def _is_stranger(party_id: str | None, scene: Scene, profile: Profile) -> bool:
    """Whether a party is of another country and does not fight there: a government, or who has nobody's tie there."""
    party = profile.party(party_id or "")
    if party is None or not is_elsewhere(party.id, scene, profile):
        return False
    return party.kind == "government" or not tied_to_ground(party.id, scene, profile)


def _tells_nothing(voices: list[Voice]) -> str:
    """Why an origin, though heard, gives no account of the incident itself; empty where it does."""
    if not all(voice.opinion or not voice.causal for voice in voices):
        return ""
    if any(voice.aside for voice in voices):
        return "; ".join(sorted({voice.aside for voice in voices if voice.aside}))
    if not any(voice.opinion for voice in voices):
        return "tells of something beside it, not of the incident itself"
    return "speaks of what it believes, fears or wants, not of what it knows"


def is_political(who: Identity, profile: Profile) -> bool:
    """Whether it is a political body of a party that is no government: it has no ranks whose dead it could count."""
    party = profile.party(who.party or "")
    if party is None or party.kind == "government":
        return False
    return any(organ.id == who.organ and organ.kind in _AWAY for organ in party.organs)


def _knowledge_of_party(party_id: str, organ_id: str | None, scene: Scene, profile: Profile) -> tuple[bool, str]:
    party = profile.party(party_id)
    found = next((one for one in party.organs if one.id == organ_id), None) if party else None
    organ = found.kind if found else None
    if found is not None and is_field(organ, found.name):
        return True, f"an organ in the field ({organ})"
    if party is not None and party.kind == "government":
        home = party.country is None or party.is_at_home(scene.country)
        away = "a government abroad" if scene.country else "a government, and it is not known on whose ground it was"
        return home, "a government knows what happens on its own ground" if home else away
    if organ in _AWAY:
        return False, f"a political body ({organ}), not on the spot"
    if party is not None and party.kind == "international" and party_id in scene.actors:
        return True, "a party to the fighting"  # an alliance whose aircraft did it
    if party is not None and party.kind in {"international", "organisation"}:
        return False, "a political body, not on the spot"
    return True, "a party to the fighting"
