"""Voices to origins: what each origin says of the incident, whether it can know, and whom that serves.

The rules are those of the ledger, section 3. They look only at how an origin stands to the parties named in the
incident (same, allied, opposed, none), never at which party it is.
"""

from collections import defaultdict
from collections.abc import Iterable

from evenhand.assessing.admissions import admits_it, provoked_of
from evenhand.assessing.identity import family_of, with_changes
from evenhand.assessing.interest import interest_of
from evenhand.assessing.knowledge import is_political, own_knowledge
from evenhand.assessing.scene import Scene, is_elsewhere, side_of
from evenhand.assessing.voices import Voice
from evenhand.model.evidence import Record, Span
from evenhand.model.incident import ClaimRef, Evidence, OccurrenceStance, Origin, Stance
from evenhand.model.profile import Profile

_SHORTEST = 15
"""Code points from which on what is said is shown alone."""
_EVIDENCE = 12


class Standing(Record, frozen=True, kw_only=True):
    """An origin with what the rules need: the sets it blames, and whether it admits, denies or asserts.

    `outright`: it admits in so many words ("admitted that"), not only by naming its own side as an actor.
    `knows_beside`: it has own knowledge even if it does not speak of its own act. `political`: a side's political body.
    `by_organ`: an organ of the party speaks, and not the party by its bare name.
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
    by_organ: bool = False

    @property
    def family(self) -> str:
        """What counts once."""
        return self.origin.family or self.origin.name


def standings(voices: Iterable[Voice], scene: Scene, profile: Profile) -> tuple[Standing, ...]:
    """One standing per origin, in order of family and name."""
    by_origin: defaultdict[tuple[str, str], list[Voice]] = defaultdict(list)
    heard = list(voices)
    for voice in heard:
        by_origin[voice.who.family, voice.who.name].append(voice)
    laid = {(one.who.family, party) for one in heard if one.causal and not one.aside for party in one.actors}
    found = [_standing(by_origin[key], scene, profile, laid) for key in sorted(by_origin)]
    found = [_knowing_by_organ(one, found) for one in found]
    other = {one.family for one in found if one.denies_act or (one.blamed and one.organ)}
    return tuple(_settled(one) if one.family in other else one for one in found)


def _knowing_by_organ(one: Standing, found: list[Standing]) -> Standing:
    """A government's bare name is its organ that speaks of it in the same report: what the one knows it knows."""
    if not one.blamed or one.origin.own_knowledge or not one.organ or one.by_organ:
        return one
    knows = any(
        other.by_organ and other.family == one.family and other.asserts and other.origin.own_knowledge
        and not set(one.origin.reports).isdisjoint(other.origin.reports)
        for other in found
    )  # fmt: skip
    if not knows:
        return one
    why = (*one.origin.why, "its organ in the field tells of it in the same report")
    return with_changes(one, origin=with_changes(one.origin, own_knowledge=True, why=why))


def _settled(one: Standing) -> Standing:
    """An organ of a party that denies the act or blames another has not admitted it: the party's word is that."""
    if not one.admits or one.outright:
        return one
    blamed = f"blames:{'/'.join(sorted(one.blamed))}" if one.blamed else "silent"
    stance = Stance(occurrence=one.origin.stance.occurrence, responsibility=blamed)
    why = (*one.origin.why, "names its own side as an actor, though its side denies it or blames another: no admission")
    origin = with_changes(one.origin, stance=stance, interest="interested", why=why, own_knowledge=one.knows_beside)
    return with_changes(one, admits=False, origin=origin)


def _standing(voices: list[Voice], scene: Scene, profile: Profile, laid: set[tuple[str, str]]) -> Standing:
    """`laid`: families with the parties to which they lay the deed."""
    who = voices[0].who
    affirmed = [voice for voice in voices if not voice.denied]
    party, side = who.party, side_of(who.party, scene, profile)
    provoked = provoked_of(affirmed, side)
    named = frozenset().union(*(one.actors for one in affirmed if one.causal and one not in provoked))
    admits = admits_it(
        [one for one in voices if one not in provoked],
        side,
        abroad=party is not None
        and is_elsewhere(party, scene, profile)
        and not any(family != who.family and whom in side for family, whom in laid),
        accused=bool(scene.named) and all(named <= side for named in scene.named),
    )
    blamed = named - side
    outright = any(voice.admitted and voice.specific for voice in voices)
    refuted = [voice for voice in voices if voice.denied and voice.causal]
    accused = bool(side & scene.actors)
    of_act = [voice for voice in refuted if not voice.foiled]  # who foils an attack denies none of its own
    admits = admits and (outright or not (blamed or _only_beside_a_denial(affirmed, of_act, side)))
    denies_act = any(side & voice.actors or (accused and not voice.actors) for voice in of_act)
    outright_no = any(voice.refutes for voice in refuted)
    denies = outright_no and not affirmed and not denies_act and not any(voice.actors for voice in refuted)
    known, how = own_knowledge(voices, scene, profile, of_act=admits or denies_act)
    interest, serves = interest_of(voices, blamed, admits, scene, profile)
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
        by_organ=any(voice.who.organ is not None for voice in voices),
        outright=outright, political=party is not None and is_political(who, profile),
        knows_beside=known and own_knowledge(voices, scene, profile, of_act=denies_act)[0],
    )  # fmt: skip


def _only_beside_a_denial(affirmed: list[Voice], denied: list[Voice], side: frozenset[str]) -> bool:
    """Whether it names its side as an actor only where it denies the deed in the same breath, of something else it hit.

    "Denied that it hit the school: we struck a camp nearby". Nor has who blames another admitted it in such words.
    """
    named = {voice.report for voice in affirmed if voice.causal and side & voice.actors}
    return bool(named) and named <= {voice.report for voice in denied if not voice.actors or side & voice.actors}


def _tells_harm(voice: Voice) -> bool:
    """Whether a voice tells what was done to whom: a party that denies its act and only blames tells nothing more.

    Nor does one that gives it a name: "it is murder, and we did not do it".
    """
    harm = voice.claim.type in {"killing", "injury", "destruction"} and voice.claim.target is not None
    return harm or bool(voice.claim.quantities)


def _shown(voice: Voice) -> Span:
    """What is said, or the claim's sentence where that is a few words that nobody could judge by: "which"."""
    short = voice.span[1] - voice.span[0] < _SHORTEST
    return voice.claim.evidence[0] if short and voice.claim.evidence else voice.span


def _evidence(voices: list[Voice]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys((voice.report, _shown(voice)) for voice in voices)
    return tuple(Evidence(report=report, span=span) for report, span in sorted(spans)[:_EVIDENCE])
