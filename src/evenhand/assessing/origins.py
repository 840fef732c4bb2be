"""Voices to origins: what each origin says of the incident, whether it can know, and whom that serves.

The rules are those of the ledger, section 3. They look only at how an origin stands to the parties named in the
incident (same, allied, opposed, none), never at which party it is.
"""

from collections import defaultdict
from collections.abc import Iterable

from evenhand.assessing.identity import Identity, family_of, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.relevance import day_of
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record
from evenhand.model.incident import ClaimRef, Evidence, Interest, OccurrenceStance, Origin, Stance
from evenhand.model.profile import Profile

_AWAY = frozenset({"parliament", "office"})
_ON_THE_GROUND = frozenset({"army", "police", "hospital authority"})
_FIELD_WORDS = frozenset({"defence", "defense", "health", "military"})
_EVIDENCE = 12


class Scene(Record, frozen=True, kw_only=True):
    """What all voices together name: parties said to act or to be harmed, and the country it lies in."""

    actors: frozenset[str]
    targets: frozenset[str]
    country: str | None
    day: str | None


class Standing(Record, frozen=True, kw_only=True):
    """An origin with what the rules need: the sets it blames, and whether it admits, denies or asserts.

    `outright`: it admits in so many words ("admitted that"), not only by naming its own side as an actor.
    `knows_beside`: it has own knowledge even if it does not speak of its own act. `political`: a side's political body.
    """

    origin: Origin
    blamed: frozenset[str]
    asserts: bool
    denies: bool
    admits: bool
    denies_act: bool
    organ: bool
    outright: bool = False
    knows_beside: bool = False
    political: bool = False

    @property
    def family(self) -> str:
        """What counts once."""
        return self.origin.family or self.origin.name


def scene_of(voices: Iterable[Voice], country: str | None, day: str | None) -> Scene:
    """The parties of an incident, whoever names them."""
    heard = [voice for voice in voices if not voice.aside]
    return Scene(
        actors=frozenset().union(*(voice.actors for voice in heard if voice.causal)),
        targets=frozenset().union(*(voice.targets for voice in heard)),
        country=country,
        day=day,
    )


def standings(voices: Iterable[Voice], scene: Scene, profile: Profile) -> tuple[Standing, ...]:
    """One standing per origin, in order of family and name."""
    by_origin: defaultdict[tuple[str, str], list[Voice]] = defaultdict(list)
    for voice in voices:
        by_origin[voice.who.family, voice.who.name].append(voice)
    found = [_standing(by_origin[key], scene, profile) for key in sorted(by_origin)]
    other = {one.family for one in found if one.denies_act or (one.blamed and one.organ)}
    return tuple(_settled(one) if one.family in other else one for one in found)


def _settled(one: Standing) -> Standing:
    """An organ of a party that denies the act or blames another has not admitted it: the party's word is that."""
    if not one.admits or one.outright:
        return one
    blamed = f"blames:{'/'.join(sorted(one.blamed))}" if one.blamed else "silent"
    stance = Stance(occurrence=one.origin.stance.occurrence, responsibility=blamed)
    why = (*one.origin.why, "names its own side as an actor, though its side denies it or blames another: no admission")
    origin = with_changes(one.origin, stance=stance, interest="interested", why=why, own_knowledge=one.knows_beside)
    return with_changes(one, admits=False, origin=origin)


def _standing(voices: list[Voice], scene: Scene, profile: Profile) -> Standing:
    who = voices[0].who
    affirmed = [voice for voice in voices if not voice.denied]
    party, side = who.party, _side(who.party, scene, profile)
    provoked = _provoked(affirmed, side)
    named = frozenset().union(*(one.actors for one in affirmed if one.causal and one not in provoked))
    admits = _admits(
        [one for one in voices if one not in provoked],
        side,
        abroad=party is not None and _from_elsewhere(party, scene, profile),
    )
    blamed = named - side
    outright = any(voice.admitted and voice.specific for voice in voices)
    admits = admits and (outright or not blamed)  # who blames another has not admitted it by naming itself somewhere
    refuted = [voice for voice in voices if voice.denied and voice.causal]
    accused = bool(side & scene.actors)
    of_act = [voice for voice in refuted if not voice.foiled]  # who foils an attack denies none of its own
    denies_act = any(side & voice.actors or (accused and not voice.actors) for voice in of_act)
    outright_no = any(voice.refutes for voice in refuted)
    denies = outright_no and not affirmed and not denies_act and not any(voice.actors for voice in refuted)
    known, how = _own_knowledge(voices, scene, profile, of_act=admits or denies_act)
    interest, serves = _interest(voices, blamed, admits, scene, profile)
    telling = [voice for voice in affirmed if voice.causal]
    asserts = bool(telling) and (not denies_act or any(_tells_harm(voice) for voice in telling))
    occurrence: OccurrenceStance = "asserts" if asserts else "denies" if denies else "silent"
    responsibility = (
        "admits" if admits else "denies" if denies_act
        else f"blames:{'/'.join(sorted(blamed))}" if blamed else "silent"
    )  # fmt: skip
    origin = Origin(
        name=who.name, family=who.family, party=party, interest=interest,
        stance=Stance(occurrence=occurrence, responsibility=responsibility), own_knowledge=known,
        reports=tuple(sorted({voice.report for voice in voices})), evidence=_evidence(voices),
        claims=tuple(ClaimRef(report=report, claim=claim) for report, claim in sorted(
            {(voice.report, voice.claim.id) for voice in voices})),
        why=tuple(dict.fromkeys([*sorted({voice.who.why for voice in voices}), how, serves])),
    )  # fmt: skip
    return Standing(
        origin=origin, blamed=blamed | {family_of(one, profile) for one in blamed}, asserts=asserts,
        denies=denies, admits=admits, denies_act=denies_act and not admits,
        organ=party is not None and who.family == family_of(party, profile),
        outright=outright, political=party is not None and _is_political(who, profile),
        knows_beside=known and _own_knowledge(voices, scene, profile, of_act=denies_act)[0],
    )  # fmt: skip


def _provoked(voices: list[Voice], side: frozenset[str]) -> list[Voice]:
    """What a side says was done to it where it tells its own deed: "struck fighters who were firing on its troops".

    That is its reason for the deed, and names nobody else as having done it.
    """
    own = {(one.report, one.claim.statement) for one in voices if one.causal and side & one.actors}
    return [
        one for one in voices
        if (one.report, one.claim.statement) in own and not side & one.actors and side & (one.targets | one.forces)
    ]  # fmt: skip


def _admits(voices: list[Voice], side: frozenset[str], *, abroad: bool) -> bool:
    """Whether it says that its own side did it: plainly, of this deed, and not while it tells that others did.

    Who only counts with a side (its activists, its rescuers) does not speak for those who fight for it. What is said
    of others in a charge ("attacked the troops as they advanced"), of all that one does ("it only strikes fighters")
    or beside more that others did is no admission; "admitted that" is one in any case.
    """
    party = voices[0].who.party
    if party is None or voices[0].who.kind is not None:
        return False
    owned = (one for one in voices if one.admitted and one.specific and not one.denied and one.causal)
    if any(side & voice.actors for voice in owned):
        return True
    if any(voice.foiled for voice in voices):
        return False  # "foiled the attack, killing ten of the attackers": the attack was theirs
    telling = [one for one in voices if not one.denied and one.causal and not one.opinion and not one.hedged]
    own = [
        voice for voice in telling
        if not voice.charging and voice.specific and not (abroad and voice.own_voice)
        and (party in voice.actors or (side & voice.actors and _tells_of_people(voice)))
    ]  # fmt: skip
    others = [one for one in telling if one.claim.actor is not None and not side & one.actors and not _is_thing(one)]
    return len(own) > 0 and len(own) >= len(others)


_THINGS = frozenset({
    "bomb", "bombs", "car", "blast", "explosion", "attack", "strike", "strikes", "raid", "raids", "jet", "jets",
    "plane", "planes", "warplane", "warplanes", "aircraft", "helicopter", "helicopters", "drone", "drones",
    "gunship", "missile", "missiles", "rocket", "rockets", "shell", "shells", "artillery", "tanks", "mortar", "mortars",
})  # fmt: skip


def _is_thing(voice: Voice) -> bool:
    """Whether the actor read is what did it and not who: "the blast killed"."""
    actor = voice.claim.actor
    return actor is not None and not voice.actors and bool(_THINGS.intersection(words_of(actor.name)[-2:]))


def _side(party: str | None, scene: Scene, profile: Profile) -> frozenset[str]:
    """The parties that count as one with this: itself, and among those named its coalition or that one's leader."""
    if party is None:
        return frozenset()
    family = family_of(party, profile)
    return frozenset({party, *(one for one in scene.actors | scene.targets if family_of(one, profile) == family)})


def _tells_harm(voice: Voice) -> bool:
    """Whether a voice tells what was done to whom: a party that denies its act and only blames tells nothing more."""
    return voice.claim.type in {"killing", "injury", "destruction"} or bool(voice.claim.quantities)


def _tells_of_people(voice: Voice) -> bool:
    """Whether a voice tells of dead or wounded: only so does one of a coalition admit what the coalition did."""
    return voice.claim.type in {"killing", "injury", "execution"}


def _own_knowledge(voices: list[Voice], scene: Scene, profile: Profile, *, of_act: bool) -> tuple[bool, str]:
    """Whether an origin can know it itself, and why that is held; `of_act`: it speaks of its own act."""
    knowing = [voice.who for voice in voices if not (voice.own_voice and voice.who.own is False)]
    if why := _tells_nothing(voices):
        return False, why
    if not knowing:
        return False, "in its own voice, beside informants that it names or without saying how it knows"
    who = knowing[0]
    if who.party is not None and of_act:
        return True, "a party knows its own acts"
    political = _is_political(who, profile)
    if who.party is not None and not political and any(who.party in v.forces and v.causal for v in voices):
        return True, "a party knows its own losses"
    if (
        who.party is not None
        and all(voice.own_voice for voice in voices)
        and _from_elsewhere(who.party, scene, profile)
    ):
        return False, "an outlet from another country in its own voice, which does not say how it knows"
    if who.own is not None:
        return who.own, "saw, treated or counted it, by its own account" if who.own else "does not say how it knows"
    return _knowledge_of_party(who.party or "", who.organ, scene, profile)


def _tells_nothing(voices: list[Voice]) -> str:
    """Why an origin, though heard, gives no account of the incident itself; empty where it does."""
    if not all(voice.opinion or not voice.causal for voice in voices):
        return ""
    if any(voice.aside for voice in voices):
        return "; ".join(sorted({voice.aside for voice in voices if voice.aside}))
    if not any(voice.opinion for voice in voices):
        return "tells of something beside it, not of the incident itself"
    return "speaks of what it believes, fears or wants, not of what it knows"


def _is_political(who: Identity, profile: Profile) -> bool:
    """Whether it is a political body of a party that is no government: it has no ranks whose dead it could count."""
    party = profile.party(who.party or "")
    if party is None or party.kind == "government":
        return False
    return any(organ.id == who.organ and organ.kind in _AWAY for organ in party.organs)


def _from_elsewhere(party_id: str, scene: Scene, profile: Profile) -> bool:
    party = profile.party(party_id)
    return bool(party and scene.country and party.country and not party.is_at_home(scene.country))


def _knowledge_of_party(party_id: str, organ_id: str | None, scene: Scene, profile: Profile) -> tuple[bool, str]:
    party = profile.party(party_id)
    found = next((one for one in party.organs if one.id == organ_id), None) if party else None
    organ = found.kind if found else None
    if organ in _ON_THE_GROUND or (found is not None and _FIELD_WORDS.intersection(words_of(found.name))):
        return True, f"an organ in the field ({organ})"
    if party is not None and party.kind == "government":
        home = party.country is None or party.is_at_home(scene.country)
        away = "a government abroad" if scene.country else "a government, and it is not known on whose ground it was"
        return home, "a government knows what happens on its own ground" if home else away
    if organ in _AWAY:
        return False, f"a political body ({organ}), not on the spot"
    if party is not None and party.kind in {"international", "organisation"}:
        return False, "a political body, not on the spot"
    return True, "a party to the fighting"


def _interest(
    voices: list[Voice], blamed: frozenset[str], admits: bool, scene: Scene, profile: Profile
) -> tuple[Interest, str]:
    """Whom what it says serves, by the ledger's rule: its own side, its adversary, or neither."""
    who = voices[0].who
    if who.party is None:
        if who.partisan:
            return "interested", "acts for a side by its own name"
        return ("neutral", "of no party") if who.neutral else ("unknown", "it is not known for whom it speaks")
    forces = frozenset().union(*(voice.forces for voice in voices if not voice.denied))
    own = {who.party} | _tied(who.party, scene.actors | scene.targets, scene, profile, opposed=False)
    harmed = frozenset().union(*(voice.targets for voice in voices if not voice.denied and voice.causal))
    if admits and (any(voice.admitted for voice in voices) or harmed & own):
        return "against_interest", "says that its own side did harm"
    if admits:
        return "interested", "tells of its own side's act"
    told = (voice for voice in voices if not voice.denied and (who.party in voice.forces or voice.causal))
    charged = any(one.claim.actor is not None and not _is_thing(one) and not one.actors & own for one in told)
    if who.party in forces and not blamed and not charged:
        return "against_interest", "speaks of its own side's losses and blames nobody"
    return _stake(who.party, scene.actors | scene.targets | blamed, own, scene, profile)


def _stake(party_id: str, named: frozenset[str], own: set[str], scene: Scene, profile: Profile) -> tuple[Interest, str]:
    party = profile.party(party_id)
    if party is not None and party.kind == "international" and party_id not in named:
        return "neutral", "a body of states that is neither actor nor harmed"
    if named & own or _tied(party_id, named, scene, profile, opposed=True):
        return "interested", "a party with a stake: itself, an ally or an adversary acts or is harmed"
    if party is None or party.kind != "government" or party.country is None or party.is_at_home(scene.country):
        return "interested", "a party to the conflict; nothing shows that this is not to its interest"
    if _tied_to_ground(party_id, scene, profile):
        return "interested", "has an ally or an adversary among the parties of the country"
    return "neutral", "a party from elsewhere; neither it nor an ally or adversary is named"


def _tied_to_ground(party_id: str, scene: Scene, profile: Profile) -> bool:
    here = frozenset(one.id for one in profile.parties if one.is_at_home(scene.country))
    return any(_tied(party_id, here, scene, profile, opposed=opposed) for opposed in (False, True))


def _tied(party_id: str, named: frozenset[str], scene: Scene, profile: Profile, *, opposed: bool) -> set[str]:
    """Those of the named that are allies, or adversaries, of a party on the day."""
    tie = profile.opposed if opposed else profile.allied
    on = day_of(scene.day)
    return {other for other in named if other != party_id and tie(party_id, other, on=on)}


def _evidence(voices: list[Voice]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys((voice.report, voice.span) for voice in voices)
    return tuple(Evidence(report=report, span=span) for report, span in sorted(spans)[:_EVIDENCE])
