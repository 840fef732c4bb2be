"""All readings with the lookups the views need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from evenhand.dossier import words
from evenhand.dossier.lending import HELD
from evenhand.dossier.links import Links, span_anchor
from evenhand.model.evidence import Span
from evenhand.model.incident import Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Participant, Reading, Statement


class Cite(NamedTuple):
    """A report as it is cited: the outlet's name, the day of publication in words, and the link."""

    outlet: str
    day: str
    href: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All readings by report id, with the lookups the views need; `links` says where their pages are."""

    readings: Mapping[str, Reading]
    profile: Profile
    links: Links = field(default_factory=Links)
    claims: Callable[[str], Mapping[str, Claim]] = lambda report: {}

    @classmethod
    def of(cls, readings: Iterable[Reading], profile: Profile, links: Links | None = None) -> Shelf:
        """A shelf of these readings."""
        return cls.over({reading.report.id: reading for reading in readings}, profile, links)

    @classmethod
    def over(cls, readings: Mapping[str, Reading], profile: Profile, links: Links | None = None) -> Shelf:
        """A shelf over readings by report id, that may be lent."""

        @lru_cache(HELD)
        def claims(report: str) -> dict[str, Claim]:
            return {claim.id: claim for claim in readings[report].claims} if report in readings else {}

        return cls(readings=readings, profile=profile, links=links or Links(), claims=claims)

    def seen_from(self, base: str) -> Shelf:
        """The same shelf for a page in a folder: `base` leads back to the dossier's own ("../")."""
        return replace(self, links=replace(self.links, base=base))

    def outlet(self, report: str) -> str:
        """The outlet's name as the profile has it, or the file's name."""
        about = self.readings[report].report
        if about.outlet is None:
            return f"outlet not known ({about.file})" if about.file else "outlet not known"
        return self.profile.outlet_in_print(about.outlet)

    def cite(self, report: str, anchor: str = "") -> Cite:
        """A report with a link to it, or to a point in its text."""
        about = self.readings[report].report
        return Cite(self.outlet(report), words.day(about.published), self.links.to_report(report, anchor))

    def to_span(self, report: str, span: Span) -> str:
        """The link to a span in a report's text."""
        return self.links.to_report(report, span_anchor(span))

    def words(self, report: str, span: Span) -> str:
        """The exact words of a span."""
        return self.readings[report].report.text[span[0] : span[1]]

    def claim(self, report: str, claim: str) -> Claim | None:
        """A claim by its name, if the reading has it."""
        return self.claims(report).get(claim)

    def statement(self, report: str, statement: str | None) -> Statement | None:
        """A statement by its name."""
        return next((s for s in self.readings[report].statements if s.id == statement), None)

    def sentence(self, report: str, at: Span) -> Span:
        """The sentence that holds a span, or the span."""
        return next((s for s in self.readings[report].sentences if s[0] <= at[0] and at[1] <= s[1]), at)

    def party_of(self, report: str, participant: Participant) -> str | None:
        """The id of the party an actor or target belongs to, as the reading has it."""
        if participant.entity is None:
            return None
        entities = self.readings[report].entities
        return next((entity.party for entity in entities if entity.id == participant.entity), None)

    def party(self, party: str) -> str:
        """A party's name, as the profile has it."""
        known = self.profile.party(party)
        return known.name if known else party

    def claims_of(self, incident: Incident) -> list[tuple[str, Claim]]:
        """The incident's claims that the readings have, each with its report."""
        return [(ref.report, claim) for ref in incident.claims if (claim := self.claim(ref.report, ref.claim))]

    def stance(self, responsibility: str, *, many: bool = False) -> str:
        """A stance in words, of one or of many: `blames:a/b` names the parties as the profile does."""
        verb, _, parties = responsibility.partition(":")
        if verb != "blames":
            one, more = {"admits": ("admits", "admit"), "denies": ("denies", "deny")}.get(verb, (verb, verb))
            return f"{more if many else one} having done it"
        return f"{'blame' if many else 'blames'} {' or '.join(self.party(one) for one in parties.split('/'))}"
