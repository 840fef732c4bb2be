"""All readings with the lookups the views need."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.dossier import words
from evenhand.model.evidence import Span
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Reading, Statement


@dataclass(frozen=True, slots=True)
class Shelf:
    """All readings with the lookups the views need."""

    readings: dict[str, Reading]
    profile: Profile

    def outlet(self, report: str) -> str:
        """The outlet's name as the profile has it, or the file's name."""
        about = self.readings[report].report
        if about.outlet is None:
            return f"outlet not known ({about.file})" if about.file else "outlet not known"
        known = self.profile.outlet_named(about.outlet)
        return known.name if known else about.outlet

    def cite(self, report: str, anchor: str | None = None) -> tuple[str, str, str]:
        """(outlet, date, link) of a report."""
        about = self.readings[report].report
        return self.outlet(report), words.day(about.published), f"#{anchor or f'r-{report}'}"

    def words(self, report: str, span: Span) -> str:
        """The exact words of a span."""
        return self.readings[report].report.text[span[0] : span[1]]

    def claim(self, report: str, claim: str) -> Claim | None:
        """A claim by its name, if the reading has it."""
        return next((c for c in self.readings[report].claims if c.id == claim), None)

    def statement(self, report: str, statement: str | None) -> Statement | None:
        """A statement by its name."""
        return next((s for s in self.readings[report].statements if s.id == statement), None)

    def sentence(self, report: str, at: Span) -> Span:
        """The sentence that holds a span, or the span."""
        return next((s for s in self.readings[report].sentences if s[0] <= at[0] and at[1] <= s[1]), at)

    def stance(self, responsibility: str) -> str:
        """A stance in words: `blames:a/b` names the parties as the profile does."""
        verb, _, parties = responsibility.partition(":")
        if verb != "blames":
            return {"admits": "admits having done it", "denies": "denies having done it"}.get(verb, verb)
        named = [party.name if (party := self.profile.party(one)) else one for one in parties.split("/")]
        return f"blames {' or '.join(named)}"
