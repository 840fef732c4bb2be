"""Whose an office is that a report gives without an owner, or with one that no profile lists under that name."""

from evenhand.assessing.bodies import of_entity, of_organisation
from evenhand.assessing.called import UNNAMED, bare, texts
from evenhand.assessing.forces import ARTICLES, is_state_agency, names_the_state, opponents_in
from evenhand.assessing.grounds import (
    at_home,
    countries_in,
    country_named,
    followers_of,
)
from evenhand.assessing.identity import Identity, Source, family_of, with_changes
from evenhand.assessing.informants import words_of
from evenhand.assessing.organs import organ_of
from evenhand.assessing.phrases import patterns
from evenhand.model.profile import Membership, Profile
from evenhand.model.reading import Reading

_STAFF = frozenset({
    "director", "researcher", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson", "coordinator", "chief",
    "head", "commissioner", "president", "secretary", "manager", "representative",
})  # fmt: skip
"""Offices that an organisation's own people hold, of whom its page says no more."""


class Unowned:
    """Finds the owners of offices under one profile, by the ground, the report's words or the page."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._named_in: dict[str, frozenset[str]] = {}

    def forces_at_home(self, source: Source) -> Identity | None:
        """Whose "the army" is that a report of no party names without an owner: the country's that is spoken of."""
        named, written = words_of(bare(source.name)), words_of(source.written or "")
        called: tuple[tuple[str, ...], ...] = (
            (written, named) if set(named) < set(written) else (named,)
        )  # "headquarters": "the army headquarters"
        called += tuple(words_of(part) for part in (source.written or "").split(",")[:1])  # "commander of the army, N"
        plain = [[word for word in words if word not in ARTICLES] for words in called]
        plain += [
            words[at + 1 :] for words in plain for at, word in enumerate(words) if word == "of"
        ]  # "staff of the X"
        agency = any(is_state_agency(part) for part in (bare(source.name), source.org or ""))
        if not (agency or any(map(names_the_state, plain))) or organ_of(source, self._profile) is not None:
            return None
        home = self._profile.party(at_home("government", source, self._profile) or "")
        if home is None or home.kind != "government":
            return None
        why = f"{bare(source.name)}: without an owner, that of the country that is spoken of"
        return Identity(name=home.name, family=family_of(home.id, self._profile), party=home.id, why=why, governs=True)

    def follower(self, source: Source) -> Identity | None:
        """Of which side "a spokesman for N's forces" is."""
        for words in texts(source.written, source.name, source.org):
            party = followers_of(words, source, self._profile)
            if party is not None:
                return of_entity(bare(source.name), party, self._profile)
        return None

    def opponents_at_home(self, source: Source) -> Identity | None:
        """Whose "the rebels' spokesman", "an opposition official" is: of the one side of the country so called."""
        for word in opponents_in(source):
            party = at_home(word, source, self._profile)
            if party is not None:
                return of_entity(bare(source.name), party, self._profile)
        return None

    def head_of_state(self, source: Source, reading: Reading) -> Identity | None:
        """Of which government "President N" is whom no profile lists: of the only country that a report names."""
        if (
            source.org
            or source.name.startswith(UNNAMED)
            or not patterns("offices")["head_of_state"].match(source.written or "")
        ):
            return None
        if self._organ_of_another(source) or self._countries(reading) != {source.country}:
            return None
        party = at_home("government", source, self._profile)
        return of_entity(source.name, party, self._profile) if party is not None else None

    def _organ_of_another(self, source: Source) -> bool:
        printed = self._profile.party_of_outlet(source.outlet, on=source.on)
        return printed is not None and printed.party != at_home("government", source, self._profile)

    def held_by(self, whom: str, source: Source) -> Identity | None:
        """The party that appoints or runs it, by its name or by "the government", "the rebels" of the country."""
        plain = [word for word in words_of(whom) if word not in ARTICLES]
        owner = self._profile.owner_of(whom, on=source.on) or self._profile.owner_of(f"{whom} officials", on=source.on)
        party = owner.party if owner is not None else None
        if party is None and len(plain) == 1:
            word = "government" if names_the_state(plain) else plain[0]
            party = at_home(word, source, self._profile) or at_home(f"{word}s", source, self._profile)
        return of_entity(bare(source.name), party, self._profile) if party is not None else None

    def is_a_namesake(self, source: Source, found: Identity, reading: Reading) -> bool:
        """Whether a person only bears the name of one who is listed: of a country and a side of which nothing is told.

        The report gives the office as another body's, is of another country, and names nobody else of that side.
        """
        owner = self._profile.owner_of(bare(source.name), on=source.on)
        if owner is None or owner.basis != "person" or not source.org or self.is_of(found.party, source.country):
            return False
        whose = self._profile.owner_of(source.org, on=source.on)
        if whose is not None and whose.party == found.party:
            return False
        beside = (one.party for one in reading.entities if one.name != source.name)
        return source.country is not None and found.party not in beside

    def led_by(self, words: str, source: Source) -> Membership | None:
        """The government that leads it, of a coalition that no list has: "Xian-led coalition forces" count with X."""
        found = patterns("offices")["led"].search(words)
        owner = self._profile.owner_of(f"{found['leader']} forces", on=source.on) if found is not None else None
        party = self._profile.party(owner.party) if owner is not None else None
        return owner if party is not None and party.kind == "government" else None

    def staff_of(self, source: Source) -> Identity | None:
        """The organisation on whose own page a person speaks by an office that is not said to be of another body."""
        outlet = self._profile.outlet_named(source.outlet) if source.outlet else None
        body = self._profile.organisation_named(outlet.name) if outlet is not None else None
        if body is None or source.org or not _STAFF.intersection(words_of(source.role or "")):
            return None
        found = of_organisation(body, body.name)
        return with_changes(found, why=f"{source.name}, {source.role}, on a page of {found.why}")

    def country_named(self, reading: Reading, placed: set[str]) -> str | None:
        """The country that a report names which places nothing itself; `placed`: where others of it place it."""
        return country_named(reading, self._countries(reading), placed, self._profile)

    def _countries(self, reading: Reading) -> frozenset[str]:
        """The countries that a report names; looked for once."""
        found = self._named_in.get(reading.report.id)
        if found is None:
            found = self._named_in[reading.report.id] = countries_in(reading.report.text, self._profile)
        return found

    def is_of(self, party_id: str | None, country: str | None) -> bool:
        """Whether a party is of this country."""
        party = self._profile.party(party_id or "")
        return party is not None and party.is_at_home(country)
