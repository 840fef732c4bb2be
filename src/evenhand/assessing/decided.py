"""What the user's case file decides on who an origin is, put over what the profile says."""

from evenhand.assessing.called import bare
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.settings import AssessmentSettings, PartyOf


class Decisions:
    """The rows of a case file by the names they are about."""

    def __init__(self, settings: AssessmentSettings) -> None:
        self._party_of = {words_of(row.name): row for row in settings.party_of}
        self._merged = {words_of(name): row for row in settings.same_origin for name in row.names}
        self._apart = {words_of(name): row for row in settings.not_same_origin for name in row.names}

    def party_of(self, name: str) -> PartyOf | None:
        """The decision on whose a name is, if there is one."""
        return self._party_of.get(words_of(name))

    def over(self, source: Source, found: Identity) -> Identity:
        """An identity with what is decided of its source's name or its own."""
        keys = (words_of(bare(source.name)), words_of(found.name))
        changes: dict[str, object] = {}
        for key in keys:
            if key in self._party_of:
                row = self._party_of[key]
                changes |= {"party": row.party, "family": row.party or found.family, "neutral": row.party is None,
                            "why": f"{found.why}; by decision of the case file: {row.why}"}  # fmt: skip
            if key in self._merged:
                merge = self._merged[key]
                changes |= {"name": merge.names[0], "family": f"case:{' '.join(words_of(merge.names[0]))}",
                            "why": f"{found.why}; one origin by decision of the case file: {merge.why}"}  # fmt: skip
            if key in self._apart:
                merge = self._apart[key]
                own_name = next(name for name in merge.names if words_of(name) == key)
                changes |= {"name": own_name, "family": f"case:{' '.join(key)}",
                            "why": f"{found.why}; apart by decision of the case file: {merge.why}"}  # fmt: skip
        return with_changes(found, **changes)
