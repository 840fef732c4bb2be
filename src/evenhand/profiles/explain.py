"""Why a source is held to be of a party, in words and with the citation: what `evenhand who NAME` prints."""

from __future__ import annotations

from datetime import date

from evenhand.model.profile import Organisation, Outlet, Profile, Tie, in_force


def explain(profile: Profile, name: str, on: date | None = None) -> str:
    """What the profile knows of `name` on the day `on` (None: any day), one fact a line, each with its source."""
    day = f" on {on.isoformat()}" if on else ""
    member = profile.owner_of(name, on=on)
    known = _known(profile, name)
    if member is None:
        lines = [f"{name}: held to be of no party{day}.", *known]
        if not known:
            lines.append("  The profile does not know this name, or it fits more than one party; name the office,")
            lines.append("  give the day with --on, or add it in a case file (--case FILE.toml).")
        return "\n".join(lines)
    party = profile.party(member.party)
    assert party is not None, "a membership names a party of its own profile"
    lines = [f"{name}: of {party.name} ({party.id}){day}.", f"  Why: {member.why}.", f"  Source: {member.source}"]
    lines += known
    for kind, label in (("allies", "Allies"), ("adversaries", "Adversaries")):
        ties = [tie for tie in profile.ties if tie.kind == kind and party.id in tie.between]
        ties = [tie for tie in ties if in_force(tie.since, tie.until, on)]
        lines += [f"  {label}{day}:"] * bool(ties) + [_tie(profile, tie, party.id) for tie in ties]
    return "\n".join(lines)


def _known(profile: Profile, name: str) -> list[str]:
    outlet = profile.outlet_named(name)
    body = profile.organisation_named(name)
    return [*(_outlet(outlet) if outlet else ()), *(_organisation(body) if body else ())]


def _outlet(outlet: Outlet) -> list[str]:
    owner = f"; owner: {outlet.owner}" if outlet.owner else ""
    wire = ", issues copy that others print" if outlet.wire else ""
    return [f"  Outlet {outlet.id}: {outlet.name}, {outlet.kind}{wire}{owner}.", f"  Source: {outlet.source}"]


def _organisation(body: Organisation) -> list[str]:
    reason = f"; {body.reason}" if body.reason else ""
    return [f"  Organisation {body.id}: {body.name}, {body.kind}{reason}.", f"  Source: {body.source}"]


def _tie(profile: Profile, tie: Tie, party: str) -> str:
    other = profile.party(tie.between[1] if tie.between[0] == party else tie.between[0])
    span = "–".join((tie.since or "", tie.until or "")) if tie.since or tie.until else ""
    return f"    {other.name if other else '?'}{f' ({span})' if span else ''}: {tie.source}"
