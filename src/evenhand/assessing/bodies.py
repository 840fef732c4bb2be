"""Identities of the bodies that a profile knows: organisations, parties and their organs."""

from evenhand.assessing.identity import Identity, family_of
from evenhand.assessing.informants import informant_class, words_of
from evenhand.model.name_key import ARTICLES, name_words
from evenhand.model.profile import Membership, Organisation, Party, Profile

_DIPLOMATS = frozenset({"envoy", "council", "secretariat"})
"""Words in the name of a body that speaks for others and is not on the spot itself."""
_ON_THE_GROUND = frozenset({"army", "police", "hospital authority"})
_FIELD_WORDS = frozenset({"defence", "defense", "health", "military", "emergency", "emergencies", "rescue"})


def is_field(kind: str | None, name: str) -> bool:
    """Whether an organ, by its kind and name, is on the spot: it fights, guards or treats, or leads those who do."""
    return kind in _ON_THE_GROUND or (kind is not None and not _FIELD_WORDS.isdisjoint(words_of(name)))


def is_government(party: Party | None) -> bool:
    """Whether a party is a government."""
    return party is not None and party.kind == "government"


def organisation_in(words: str, profile: Profile) -> Organisation | None:
    """The organisation named by these words or by a run of them, the longest first; of a family a member first."""
    parts, whole = words.split()[:16], None
    begins = _beginnings(parts, profile)
    if not begins:
        return None
    for size in range(len(parts), 0, -1):
        for start in begins:
            if start + size > len(parts):
                break
            run = " ".join(parts[start : start + size])
            if size == 1 and not any(char.isupper() for char in run):
                continue
            body = profile.organisation_named(run)
            if body is not None and body.id == body.family:  # "the UN children's agency X" is X, not the UN
                whole = whole or body
            elif body is not None:
                return body
    return whole


def _beginnings(parts: list[str], profile: Profile) -> list[int]:
    """The words at which the name of an organisation may begin, an article before it included."""
    found, may = [], False
    for start in range(len(parts) - 1, -1, -1):
        words = name_words(parts[start])
        if not ARTICLES.issuperset(words.strict):
            may = profile.may_begin_organisation(words)
        if may:
            found.append(start)
    return found[::-1]


def of_organisation(body: Organisation, words: str) -> Identity:
    """An organisation, called by these words; one of a partisan class counts with its class."""
    counted = f"; counted with {body.party}: {body.reason}" if body.party else ""
    kind = informant_class(body.name)
    family = f"class:{kind.id}" if kind is not None and kind.partisan else body.family or body.id
    return Identity(
        name=body.name, family=family, party=body.party, kind=body.kind,
        own=not body.afar and not _DIPLOMATS.intersection((*words_of(body.name), *words_of(words))),
        neutral=body.party is None, why=f"{body.name}: {body.kind}{counted}",
    )  # fmt: skip


def of_party(owner: Membership, how: str, profile: Profile) -> Identity:
    """The party, by its organ where it is one; `how`: what shows it, before the profile's reason."""
    party = profile.party(owner.party)
    organ = next((one for one in party.organs if one.id == owner.organ), None) if party else None
    return Identity(
        name=organ.name if organ else owner.name, family=family_of(owner.party, profile), party=owner.party,
        organ=owner.organ, governs=is_government(party),
        field=is_field(owner.kind, organ.name if organ else owner.matched),
        why=f"{how}{owner.why} ({owner.source})",
    )  # fmt: skip


def of_entity(name: str, party_id: str, profile: Profile) -> Identity:
    """Somebody whom the report itself makes out as of a party."""
    party = profile.party(party_id)
    why = f"{name}: of {party.name if party else party_id} in the report"
    return Identity(
        name=name, family=family_of(party_id, profile), party=party_id, why=why, governs=is_government(party)
    )
