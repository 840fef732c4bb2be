"""Reporters on the spot: of the outlet that they are named of, else of the one whose text it is."""

import re

from evenhand.assessing.bodies import of_party
from evenhand.assessing.called import runs
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import InformantClass
from evenhand.assessing.organs import is_engaged
from evenhand.model.profile import Profile

_OWNER = re.compile(r"(?:(?<=[A-Z])['’]?s|(?<=[a-z])['’]s)\b")
"""The ending of an owner ("SANA's", or "SANAs" where the apostrophe was lost)."""


def reporter(name: str, source: Source, kind: InformantClass, profile: Profile) -> Identity:
    """Who a reporter is; a reporter of a party's own organ is that party's."""
    for words in runs(_OWNER.sub("", f"{name} {source.written or ''} {source.org or ''}")):
        outlet = profile.outlet_named(words)
        if outlet is not None and (partys := _of_partys_organ(outlet.id, source, profile)) is not None:
            return partys
        if outlet is not None:
            why = f"a reporter of {outlet.name} on the spot"
            called = f"{outlet.name}, {kind.name}"
            return Identity(name=called, family=f"outlet:{outlet.id}", own=True, neutral=True, why=why)
    of = source.text_of or source.outlet
    if (partys := _of_partys_organ(of, source, profile)) is not None:
        return partys
    known = profile.outlet_named(of) if of else None
    where = known.id if known else of or "-"
    called = profile.outlet_in_print(of) if of else "an outlet that is not named"
    whose = "whose text it is" if source.text_of else "that prints it"
    return Identity(
        name=f"{called}, {kind.name}", family=f"outlet:{where}", own=True, neutral=True,
        why=f"a reporter on the spot, taken to be of the outlet {whose}",
    )  # fmt: skip


def _of_partys_organ(outlet: str | None, source: Source, profile: Profile) -> Identity | None:
    """A reporter of a party's own organ is that party's, where it is a party of the conflict."""
    owner = profile.party_of_outlet(outlet, on=source.on)
    if owner is None or not is_engaged(owner.party, source, profile):
        return None
    return with_changes(of_party(owner, "a reporter on the spot: ", profile), own=True)
