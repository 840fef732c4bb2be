"""Somebody whom the profile does not know: the party's whose organ quotes him, a class of people, or only a name."""

import re
import unicodedata

from evenhand.assessing.bodies import of_party
from evenhand.assessing.called import is_named
from evenhand.assessing.forces import NEVER_OWN
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import InformantClass, informant_class, words_of
from evenhand.assessing.organs import SIDES, is_adverse, is_engaged, organ_of
from evenhand.assessing.phrases import patterns
from evenhand.model.name_key import name_words
from evenhand.model.profile import Profile

_FEW_WORDS = 5
_IS_A_PLACE = re.compile(
    r"(?:an?|the|in|at|near|of|some)\b(?: [^\W\d_]+){0,2}"
    r" (?:villages?|towns?|city|districts?|suburbs?|areas?|provinces?)\b"
    r"(?! (?:council|officials?|elders?|residents?|mayor|sources?))",
    re.IGNORECASE,
)
"""A place that was taken for who says it ("a village south of X") is nobody's word."""
_POSSESSIVE = re.compile(r"['’]s?(?: |$)")
_POSTS = frozenset({"hospital", "hospitals", "clinic", "morgue", "surgeon", "surgeons"})
_NOT_OF_A_SIDE = frozenset({"hearsay", "monitors", "fighters"})
"""Classes of people whom a party's organ does not mean by its own: who monitors it, fights it, or is only heard of."""


def unlisted(name: str, source: Source, kind: InformantClass | None, profile: Profile) -> Identity:
    """Somebody the profile does not know: an unnamed source of a party's own organ is of that party.

    So is an official whose side is not given, named or not, whom the organ of the government of the ground quotes.
    """
    if kind is None and SIDES.intersection(words_of(name)):
        kind = informant_class("rebels")
    owner = profile.party_of_outlet(source.outlet, on=source.on)
    plain = (
        kind is None
        or kind.id == "local_sources"
        or (kind.id not in _NOT_OF_A_SIDE and organ_of(source, profile) is not None)
    )
    plain = (plain or kind == informant_class("rebels")) and owner is not None and not is_adverse(name, owner, profile)
    plain = plain and not _IS_A_PLACE.match(name) and NEVER_OWN.isdisjoint(words_of(name))
    page = owner is not None and profile.outlet_named(source.outlet or "") is None  # of a ministry or a force
    officer = page and kind is None and patterns("offices")["rank"].match(source.written or "") is not None
    unnamed = not is_named(source.name) or officer or (kind is not None and kind.id == "officials")
    if owner is not None and plain and unnamed and is_engaged(owner.party, source, profile):
        found = of_party(owner, f"{name or 'no source'}, not named, in a report of ", profile)
        return with_changes(found, own=(kind.own or None) if kind is not None else found.own, unnamed=True)
    if kind is not None:
        return of_class(name, kind)
    written = source.written or ""
    if len(name.split()) == 1 and name in written.split() and len(written.split()) <= _FEW_WORDS:
        name = written  # "Western" of "Western states"
    body = _body_of(source)
    return Identity(
        name=name or "a source that is not named",
        family=f"name:{_spelled(body or name) or '-'}",
        body=body,
        own=False,
        why="neither the profile nor the report says what it is or how it knows",
    )


def _spelled(name: str) -> str:
    """The words of a name without accents, articles and capitals, which make nobody another."""
    plain = unicodedata.normalize("NFKD", " ".join(name_words(name).strict).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _body_of(source: Source) -> str:
    """The body for which a source speaks, where it has a name: so all that speak for one body are one."""
    org = (source.org or "").strip()
    named = any(word[:1].isupper() for word in org.split())
    somebodys = _POSSESSIVE.search(org) is not None  # "Ilun's men" are nobody's body but Ilun's
    return org if named and not somebodys and informant_class(org) is None and not source.name.startswith(org) else ""


def of_class(name: str, kind: InformantClass, why: str = "") -> Identity:
    """Somebody of a class of people; `why`: what shows it, where that is not the name."""
    return Identity(
        name=kind.name, family=f"class:{kind.id}", own=kind.own, partisan=kind.partisan, neutral=not kind.partisan,
        posted=(is_named(f"a {name}") and informant_class(name) is None) or not _POSTS.isdisjoint(words_of(name)),
        why=f"{why or name}: {kind.name}; unnamed people of one kind in one incident count as one origin",
    )  # fmt: skip
