"""Who an origin is: one name and one family for all spellings, offices and outlets, with the reason.

Everything that depends on a side comes from the profile and the case file; nothing here names one.
"""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.assessing.bodies import of_entity, of_organisation, of_party, organisation_in
from evenhand.assessing.called import UNNAMED, bare, both, is_named, runs, texts
from evenhand.assessing.decided import Decisions
from evenhand.assessing.forces import ARTICLES, is_office, names_rebels, names_the_state, without_deed
from evenhand.assessing.grounds import (
    at_home,
    coalition_on,
    forces_in,
    ground_of,
    named_so,
    people_at_home,
    state_hospital,
    state_media,
    state_office,
)
from evenhand.assessing.groups import AGAIN, group_named, groups_of
from evenhand.assessing.identity import Identity, Source, with_changes
from evenhand.assessing.informants import InformantClass, informant_class, words_of
from evenhand.assessing.organs import hint_of, is_adverse, is_engaged, is_from_elsewhere
from evenhand.assessing.relevance import day_of
from evenhand.assessing.reporters import reporter
from evenhand.assessing.settings import AssessmentSettings
from evenhand.assessing.unlisted import unlisted
from evenhand.assessing.unowned import Unowned
from evenhand.model.profile import Profile, in_force
from evenhand.model.reading import Reading

_GUIDED = re.compile(
    r" (?:who (?:was|were) )?(?:taken|brought|escorted|accompanied|led|flown|driven|invited|embedded|guided|shown)\b"
)
"""Behind this stands who took a reporter to the place ("a reporter taken there by the army"), and not whose he is."""
_SHORTEST = 5
"""Letters of a word that may stand alone for a group's name."""
_WITNESS = re.compile(r"\bwitness(?:es)?\b")
_POSSESSOR = re.compile(r"(?:[Tt]he )?(?P<who>[A-Z][\w-]{2,25})(?:s['’]|['’]s) \w")
"""Whose a body is, by a word that the report may have named somebody by."""
_ANY = re.compile(r"an? (?:government|regime|army|state|military|junta)", re.IGNORECASE)
"""A state that is not pointed at."""
_LED = re.compile(
    r"\b(?:mainly |mostly |largely )?[A-Z]\w{2,20}-(?:led|dominated|majority|run) (?=[A-Z])"
    r"|\b(?:mainly|mostly|largely) [A-Z]\w{2,20} (?=[A-Z])"
)
"""Who leads an army or of whom it mostly is, before whose it is."""
_OTHERS = re.compile(
    r"\b(?:opponents?|critics?|enem(?:y|ies)|foes?|adversar(?:y|ies)) of\b"
    r"|\b(?:representative|ambassador|envoy|delegate|mission)(?: \w+){0,4} (?:to|at) (?:the )?[A-Z]"
    r"|\b(?:UN|U\.N\.?|United Nations) (?:ambassador|representative|delegate)\b"
    r"|(?:['’]s?|(?!The\b|Joint\b)\b[A-Z][a-z]+) (?:UN|U\.N\.?|United Nations) mission(?! in\b)\b",
)
"""Words after which a name is not the speaker's: "opponents of X" are not X, nor is a country's envoy to a body.

"The UN mission" is on the spot and speaks for itself, "X's UN mission" is X's.
"""


class Namer(Unowned):
    """Finds identities under one profile and the user's decisions; it meets one reading of each report."""

    def __init__(self, profile: Profile, settings: AssessmentSettings) -> None:
        super().__init__(profile)
        self._decisions = Decisions(settings)
        self._known: dict[Source, Identity] = {}
        self._parties: dict[Source, str | None] = {}
        self.made_out: dict[tuple[str, str, str, Source], Identity] = {}
        """Sources by report and statements (see `tellers.py`)."""
        self.bodies: dict[tuple[str, date | None, str | None], tuple[tuple[str, Identity], ...]] = {}
        """The bodies that a report names, by report, day and country (see `shortened.py`)."""
        self._so: dict[tuple[str, str], str | None] = {}
        self._groups: dict[str, Mapping[tuple[str, ...], str]] = {}

    def are_allied(self, one: str, other: str, on: date | None) -> bool:
        """Whether two parties are allies on a day."""
        return self._profile.allied(one, other, on=on) is not None

    def adversary_named(self, party_id: str | None, reading: Reading, on: date | None) -> str | None:
        """The one adversary of a party that a report names: whom it calls "the enemy"."""
        named = {entity.party for entity in reading.entities if entity.party is not None} - {party_id}
        found = {one for one in named if party_id is not None and one and self._profile.opposed(party_id, one, on=on)}
        return found.pop() if len(found) == 1 else None

    def is_a_body(self, name: str, on: date | None) -> bool:
        """Whether a name is a party's or an organ's own."""
        owner = self._profile.owner_of(name, on=on)
        return owner is not None and owner.basis in ("party", "organ")

    def land_of(self, seat: str | None, on: date | None) -> str | None:
        """The country of the government of which a town is the seat; None of any other town."""
        owner = self._profile.owner_of(seat, on=on) if seat is not None else None
        party = self._profile.party(owner.party) if owner is not None and owner.basis == "seat" else None
        return party.country if party is not None else None

    def identify(self, source: Source) -> Identity:
        """The identity of a source; always the same for the same source."""
        found = self._known.get(source)
        if found is None:
            found = self._known[source] = self._decisions.over(source, self._find(source))
        return found

    def named_so(self, name: str, reading: Reading) -> str | None:
        """The party that a report itself names by the words "the rebels", "the coalition", if it names one."""
        key = (reading.report.id, bare(name))
        if key not in self._so:
            on = day_of(reading.report.published)
            self._so[key] = (
                named_so(key[1], reading.report.text, on, self._profile)
                or self._group(key[1], reading)
                or self._short(key[1], reading)
            )
        return self._so[key]

    def _group(self, name: str, reading: Reading) -> str | None:
        """The group that the profile does not list and the report names so; of "the rebels" the only one it names."""
        groups = self._groups.get(reading.report.id)
        if groups is None:
            groups = self._groups[reading.report.id] = self._unlisted_groups(reading)
        if (found := group_named(name, groups)) is not None:
            return found
        plain = [word for word in words_of(name) if word not in ARTICLES]
        source = Source(name=name, on=day_of(reading.report.published), country=ground_of(reading))
        if len(plain) != 1 or plain[0] not in AGAIN or at_home(plain[0], source, self._profile) is not None:
            return None
        named = {entity.party for entity in reading.entities if self._is_group(entity.party)} | set(groups.values())
        return named.pop() if len(named) == 1 else None

    def _short(self, name: str, reading: Reading) -> str | None:
        """The one armed group named in a report of whose name one word alone stands here: "the Tigers" of "X Tigers".

        The word that its name turns on: the last, or the one before "of".
        """
        words = name.removeprefix("the ").removeprefix("The ").split()
        if len(words) != 1 or not words[0][:1].isupper() or len(words[0]) < _SHORTEST:
            return None
        found = {
            entity.party
            for entity in reading.entities
            if self._is_group(entity.party) and words[0] in (part.split()[-1] for part in entity.name.split(" of "))
        }
        return found.pop() if len(found) == 1 else None

    def _unlisted_groups(self, reading: Reading) -> Mapping[tuple[str, ...], str]:
        on = day_of(reading.report.published)
        found = groups_of(reading)
        return {
            words: name
            for words, name in found.items()
            if self._profile.owner_of(" ".join(words), on=on) is None
            and self._profile.owner_of(name, on=on) is None
            and self._profile.owner_of(f"{name} forces", on=on) is None
            and self._profile.organisation_named(name) is None
        }

    def _is_group(self, party_id: str | None) -> bool:
        party = self._profile.party(party_id or "")
        return party is not None and party.kind == "armed_group"

    def identify_in(self, source: Source, reading: Reading) -> Identity:
        """The identity of a source; of one without a name that the report itself names so, the party's."""
        found = self.identify(source)
        if found.party is not None and self.is_a_namesake(source, found, reading):
            office = f"{UNNAMED} {source.org} {source.role or 'official'}"
            source = with_changes(source, name=office, written=None, beside=None, called=None, party=None)
            found = self.identify(source)
        if found.party is None and source.name.startswith(UNNAMED) and (party := self.named_so(source.name, reading)):
            return of_entity(bare(source.name), party, self._profile)
        if found.party is None and found.kind is None and found.own is not True:
            for words in texts(source.name, source.org):
                if (party := self._group(bare(words), reading)) is not None:
                    return of_entity(bare(source.name), party, self._profile)
        body = _POSSESSOR.match(bare(source.name)) if found.party is None and found.own is not True else None
        if body is not None and (party := self.named_so(body["who"], reading)) is not None:
            return of_entity(bare(source.name), party, self._profile)  # "the Tigers' peace secretariat"
        return self._of_the_army_named(found, source, reading) if found.by_ground else found

    def army_at_home(self, source: Source, reading: Reading) -> Identity | None:
        """Whose "the army" is without an owner: the country's, save where the report names another's forces only."""
        found = self.forces_at_home(source)
        return self._of_the_army_named(found, source, reading) if found is not None else None

    def _of_the_army_named(self, found: Identity, source: Source, reading: Reading) -> Identity:
        """Whose "an army spokesman" is: the ground's army's, save where the report names only another's forces.

        Who has no name is taken for another's only where its army is named, not by its deeds alone: then nobody's.
        """
        named = forces_in(reading.report.text, source.on, self._profile, deeds=True) - {""}
        if not named or found.party in named:
            return found
        if source.name.startswith(UNNAMED) and len(named) == 1:
            named = forces_in(reading.report.text, source.on, self._profile) - {""}
        if len(named) == 1:
            return of_entity(bare(source.name), named.pop(), self._profile)
        whose = unlisted(bare(source.name), source, informant_class("officials"), self._profile)
        return with_changes(whose, nobodys=True)

    def outlet(self, outlet: str | None, on: date | None, country: str | None = None) -> Identity:
        """An outlet in its own voice: its party's, or its own with nothing said of how it knows."""
        owner = self._profile.party_of_outlet(outlet, on=on)
        if owner is not None:
            source = Source(name=outlet or "", on=on, country=country)
            found = self._decisions.over(source, of_party(owner, "in its own voice: ", self._profile))
            return with_changes(found, engaged=is_engaged(owner.party, source, self._profile))
        known = self._profile.outlet_named(outlet) if outlet else None
        name = self._profile.outlet_in_print(outlet) if outlet else "an outlet that is not named"
        page = known.name if known is not None else outlet or ""
        for called in dict.fromkeys((page.replace("-", " "), name)) if page else ():
            if (body := self._profile.organisation_named(called)) is not None:
                found = of_organisation(body, body.name)
                return with_changes(found, why=f"on its own page: {found.why}")
        family = known.id if known else "-".join(words_of(outlet or name))
        return Identity(
            name=name, family=f"outlet:{family}", own=False, neutral=True,
            why=f"{name} in its own voice; it does not say how it knows",
        )  # fmt: skip

    def party_of(self, source: Source) -> str | None:
        """The party that an actor or target is of, by the user's decision or the profile; the same for the same."""
        if source not in self._parties:
            self._parties[source] = self._party_of(source)
        return self._parties[source]

    def _party_of(self, source: Source) -> str | None:
        decided = self._decisions.party_of(source.name)
        if decided is not None:
            return decided.party
        hint = hint_of(source, self._profile) or coalition_on(source, self._profile)
        whose = without_deed(source.name)
        for words in dict.fromkeys((source.name, f"{source.name} forces", f"{whose} forces" if whose else source.name)):
            owner = self._profile.owner_of(
                words, on=source.on, hint=hint
            )  # "Xian" of "Xian air strikes": the forces of X
            if owner is not None:
                return owner.party
        plain_name = _LED.sub("", source.name)
        if plain_name != source.name and (owner := self._profile.owner_of(plain_name, on=source.on, hint=hint)):
            return owner.party  # "the Xian-dominated Yan army" is the army of Y
        for words in dict.fromkeys((source.name, f"{whose} forces" if whose else source.name)):
            if (people := people_at_home(words, source, self._profile)) is not None:
                return people.party
        plain = [word for word in words_of(whose or source.name) if word not in ARTICLES]
        if _ANY.fullmatch(source.name) is not None:
            return None  # "a government that kills": of any country
        if names_the_state([word for word in plain if word != "of"]):  # "the air force of the army"
            return at_home("government", source, self._profile)
        if names_rebels(plain):
            return at_home("rebels", source, self._profile)
        leader = self.led_by(source.name, source)
        return leader.party if leader is not None else None

    def called(self, name: str, on: date | None) -> str | None:
        """The party that is called so itself, or by a person of it or its seat: not by an adjective or an organ."""
        owner = self._profile.owner_of(name, on=on)
        if owner is not None:
            return owner.party if owner.basis in {"person", "party", "seat"} else None
        found = {
            party.id
            for party in self._profile.parties
            for person in party.persons
            if person.name.split()[-1] in (name, f"al-{name}") and in_force(person.since, person.until, on)
        }
        return found.pop() if len(found) == 1 else None

    def side_at_home(self, word: str, source: Source) -> str | None:
        """Whose "the rebels", "the opposition" is in the country that is spoken of, if it has one side so called."""
        words = (word, "rebels", "opposition") if word in ("opponents", "rebel") else (word,)
        return next((party for one in words if (party := at_home(one, source, self._profile)) is not None), None)

    def known_as(self, name: str, on: date | None) -> tuple[str, ...]:
        """All names of the organisation, or of the body of states, that a name is one of; else none."""
        body = organisation_in(name, self._profile)
        if body is not None:
            return (body.name, *body.names)
        owner = self._profile.owner_of(name, on=on)
        party = self._profile.party(owner.party) if owner is not None and owner.basis == "party" else None
        return (party.name, *party.names) if party is not None and party.kind == "international" else ()

    def _class_of(self, name: str, source: Source) -> InformantClass | None:
        """The class of people its words name; "a Reuters witness" is a reporter of Reuters."""
        if _WITNESS.search(name) and any(self._profile.outlet_named(words) for words in runs(name)):
            return informant_class("reporter")
        beside = (
            None if source.name.startswith(UNNAMED) else source.beside
        )  # "wounded when contractors" are not wounded
        return informant_class(name, source.written, source.role, source.org, beside)

    def _find(self, source: Source) -> Identity:
        name = bare(source.name)
        if is_from_elsewhere(name, source, self._profile):
            source = with_changes(source, party=None, org=None)
        head = _GUIDED.split(name, maxsplit=1)[0]
        if head != name and informant_class(head) == informant_class("reporter"):
            name, source = head, with_changes(source, name=head, written=None, beside=None, org=None)
        kind = self._class_of(name, source)
        if kind is not None and kind.id == "hearsay" and any(word.istitle() for word in name.split()[1:]):
            kind = None  # "the X Media Centre" is a body with a name, not what the media say
        if _OTHERS.search(source.written or "") and not _OTHERS.search(name) and is_named(f"a {name}"):
            source = with_changes(source, written=None, beside=None, org=None)  # "X's UN ambassador N" is N
        if _OTHERS.search(name) or _OTHERS.search(source.written or ""):
            return unlisted(name, source, kind, self._profile)
        for words in texts(name, source.written, source.org):
            body = organisation_in(words, self._profile)
            if body is not None:
                return of_organisation(body, words)
        printed = self._profile.party_of_outlet(source.outlet, on=source.on)
        hint = (
            None if printed is not None and is_adverse(name, printed, self._profile) else hint_of(source, self._profile)
        )
        hint = coalition_on(source, self._profile) or hint
        if (of_a_side := self._of_a_side(name, source, kind, hint)) is not None:
            return of_a_side
        if kind is not None and kind.id == "reporter":
            return reporter(name, source, kind, self._profile)
        if source.party is not None and not source.name.startswith(UNNAMED):
            return of_entity(name, source.party, self._profile)
        outlet = self._profile.outlet_named(name)
        if outlet is not None:
            return self.outlet(outlet.id, source.on, source.country)
        return unlisted(name, source, kind, self._profile)

    def _of_a_side(self, name: str, source: Source, kind: InformantClass | None, hint: str | None) -> Identity | None:
        """The party that a source is of by its name or body, by its people's name there, or by an office of a state."""
        for words in texts(name, source.org, source.written, both(source.role, source.org), source.called):
            owner = self._profile.owner_of(words, on=source.on, hint=hint)
            if owner is not None:
                body = self._profile.organisation_named(owner.name) if owner.basis == "organisation" else None
                how = "" if owner.name == words else f"{words}: "
                return of_party(owner, how, self._profile) if body is None else of_organisation(body, words)
        if (people := people_at_home(name, source, self._profile)) is not None:
            return of_party(people, f"{name}, told of that country: ", self._profile)
        if (leader := self.led_by(name, source)) is not None:
            return of_party(leader, f"{name}, counted with who leads it: ", self._profile)
        of_state = state_media(name, source, self._profile) or state_hospital(name, source, self._profile)
        official = _is_official(kind) or (kind is None and is_office(name))
        return of_state or (state_office(name, source, self._profile) if official else None)


def _is_official(kind: InformantClass | None) -> bool:
    return kind is not None and kind.id in {"officials", "fighters", "courts"}  # "the army's commander", too
