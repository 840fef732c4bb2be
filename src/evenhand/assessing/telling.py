"""Who the facts of one report come from: its informants, before any other report is looked at."""

from collections import Counter

from evenhand.assessing.naming import Namer
from evenhand.assessing.onlookers import accounts_of, with_onlookers
from evenhand.assessing.origins import standings
from evenhand.assessing.resting import resting
from evenhand.assessing.scene import scene_of
from evenhand.assessing.settings import AssessmentSettings
from evenhand.assessing.voices import Incoming, voices_of
from evenhand.model.incident import Origin
from evenhand.model.profile import Profile
from evenhand.model.reading import ClaimType, Reading

_EFFECTS = frozenset({"killing", "injury", "destruction"})
_DEEDS = frozenset({
    "airstrike", "shelling", "bombing", "chemical_attack", "execution", "torture", "abduction", "sexual_violence",
    "mass_grave", "mines_or_explosives", "armed_clash", "ground_attack",
})  # fmt: skip
"""What is done to people, beside which a report tells of who holds what, of aid and of talks."""
_MADE_OUT = "name:"


def informants_of(
    reading: Reading, profile: Profile, settings: AssessmentSettings, country: str | None = None
) -> tuple[Origin, ...]:
    """Origins with own knowledge of what the report mostly tells, in order of family and name.

    A side's political body that asserts it is its report's informant, too, though it counts for no grade. A name that
    neither the profile nor the report makes out is none: nothing shows how it knows. `country`: of the ground that is
    spoken of, where the claims do not say.
    """
    refs = [(reading.report.id, claim.id) for claim in reading.claims]
    if not refs:
        return ()
    incoming = Incoming(readings={reading.report.id: reading}, groups=())
    namer = Namer(profile, settings)
    voices = resting(voices_of(refs, _kind(reading), incoming, namer), namer)
    ground = Counter(claim.place.country for claim in reading.claims if claim.place and claim.place.country)
    where = country or (ground.most_common(1)[0][0] if ground else None)
    seen = accounts_of(voices, incoming.readings, namer, where)
    heard = with_onlookers(standings(voices, scene_of(voices, where, reading.report.published), profile), seen)
    return tuple(
        one.origin
        for one in heard
        if (one.origin.own_knowledge or (one.political and one.asserts)) and not one.family.startswith(_MADE_OUT)
    )  # fmt: skip


def _kind(reading: Reading) -> ClaimType:
    """What is told most often; an effect only where no cause is told, and who holds what only where no deed is."""
    kinds = Counter(claim.type for claim in reading.claims)
    causes = {kind: count for kind, count in kinds.items() if kind not in _EFFECTS}
    causes = {kind: count for kind, count in causes.items() if kind in _DEEDS} or causes
    return min(causes or kinds, key=lambda kind: (-kinds[kind], kind))
