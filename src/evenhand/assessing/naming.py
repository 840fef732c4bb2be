"""Who an origin is: one name and one family for all spellings, offices and outlets, with the reason.

Everything that depends on a side comes from the profile and the case file; nothing here names one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evenhand.assessing.forces import ARTICLES, names_rebels, names_the_state, without_deed
from evenhand.assessing.grounds import at_home, coalition_on, named_so, people_at_home, state_media, state_office
from evenhand.assessing.identity import Identity, Source, family_of, with_changes
from evenhand.assessing.informants import InformantClass, informant_class, words_of
from evenhand.assessing.relevance import day_of
from evenhand.assessing.settings import AssessmentSettings
from evenhand.model.profile import Membership, Organisation, Profile
from evenhand.model.reading import Reading

_UNNAMED = "unnamed:"
_FEW_WORDS = 5
_SIDES = frozenset({"opposition", "rebel", "rebels", "insurgent", "insurgents"})
"""Words for a side without a name, which is not the side whose organ speaks of it."""
_IS_A_PLACE = re.compile(
    r"(?:an?|the|in|at|near|of|some)\b(?: [^\W\d_]+){0,2}"
    r" (?:villages?|towns?|city|districts?|suburbs?|areas?|provinces?)\b"
    r"(?! (?:council|officials?|elders?|residents?|mayor|sources?))",
    re.IGNORECASE,
)
"""A place that was taken for who says it ("a village south of X") is nobody's word."""
_STATES_SIDE = frozenset({"government", "regime"})
_NOT_OF_A_SIDE = frozenset({"hearsay", "monitors", "fighters"})
"""Classes of people whom a party's organ does not mean by its own: who monitors it, fights it, or is only heard of."""
_DIPLOMATS = frozenset({"envoy", "council", "secretariat"})
"""Words in the name of a body that speaks for others and is not on the spot itself."""
_STAFF = frozenset({
    "director", "researcher", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson", "coordinator", "chief",
    "head", "commissioner", "president", "secretary", "manager", "representative",
})  # fmt: skip
"""Offices that an organisation's own people hold, of whom its page says no more."""
_OWNER = re.compile(r"(?:(?<=[A-Z])['’]?s|(?<=[a-z])['’]s)\b")
"""The ending of an owner ("SANA's", or "SANAs" where the apostrophe was lost)."""
_GUIDED = re.compile(
    r" (?:who (?:was|were) )?(?:taken|brought|escorted|accompanied|led|flown|driven|invited|embedded|guided|shown)\b"
)
"""Behind this stands who took a reporter to the place ("a reporter taken there by the army"), and not whose he is."""
_WITNESS = re.compile(r"\bwitness(?:es)?\b")
_OTHERS = re.compile(
    r"\b(?:opponents?|critics?|enem(?:y|ies)|foes?|adversar(?:y|ies)) of\b"
    r"|\b(?:representative|ambassador|envoy|delegate|mission)(?: \w+){0,4} (?:to|at) (?:the )?[A-Z]"
    r"|\b(?:UN|U\.N\.?|United Nations) (?:ambassador|representative|delegate)\b"
    r"|(?:['’]s?|(?!The\b|Joint\b)\b[A-Z][a-z]+) (?:UN|U\.N\.?|United Nations) mission(?! in\b)\b",
)
"""Words after which a name is not the speaker's: "opponents of X" are not X, nor is a country's envoy to a body.

"The UN mission" is on the spot and speaks for itself, "X's UN mission" is X's.
"""


class Namer:
    """Finds identities under one profile and the user's decisions."""

    def __init__(self, profile: Profile, settings: AssessmentSettings) -> None:
        self._profile = profile
        self._settings = settings
        self._decided = {words_of(row.name): row for row in settings.party_of}
        self._merged = {words_of(name): row for row in settings.same_origin for name in row.names}
        self._apart = {words_of(name): row for row in settings.not_same_origin for name in row.names}
        self._known: dict[Source, Identity] = {}
        self._so: dict[tuple[str, str], str | None] = {}

    def are_allied(self, one: str, other: str, on: date | None) -> bool:
        """Whether two parties are allies on a day."""
        return self._profile.allied(one, other, on=on) is not None

    def identify(self, source: Source) -> Identity:
        """The identity of a source; always the same for the same source."""
        found = self._known.get(source)
        if found is None:
            found = self._known[source] = self._overridden(source, self._find(source))
        return found

    def named_so(self, name: str, reading: Reading) -> str | None:
        """The party that a report itself names by the words "the rebels", "the coalition", if it names one."""
        key = (reading.report.id, _bare(name))
        if key not in self._so:
            on = day_of(reading.report.published)
            self._so[key] = named_so(key[1], reading.report.text, on, self._profile)
        return self._so[key]

    def identify_in(self, source: Source, reading: Reading) -> Identity:
        """The identity of a source; of one without a name that the report itself names so, the party's."""
        found = self.identify(source)
        if found.party is None and source.name.startswith(_UNNAMED) and (party := self.named_so(source.name, reading)):
            return self._of_entity(_bare(source.name), party)
        return found

    def outlet(self, outlet: str | None, on: date | None, country: str | None = None) -> Identity:
        """An outlet in its own voice: its party's, or its own with nothing said of how it knows."""
        owner = self._profile.party_of_outlet(outlet, on=on)
        if owner is not None:
            source = Source(name=outlet or "", on=on, country=country)
            found = self._overridden(source, self._of_party(owner, "in its own voice: "))
            return with_changes(found, engaged=self._engaged(owner.party, source))
        known = self._profile.outlet_named(outlet) if outlet else None
        name = known.name if known else outlet or "an outlet that is not named"
        if known is not None and (body := self._profile.organisation_named(known.name)) is not None:
            found = self._of_organisation(body, body.name)
            return with_changes(found, why=f"on its own page: {found.why}")
        return Identity(
            name=name, family=f"outlet:{known.id if known else '-'.join(words_of(name))}", own=False, neutral=True,
            why=f"{name} in its own voice; it does not say how it knows",
        )  # fmt: skip

    def party_of(self, source: Source) -> str | None:
        """The party that an actor or target is of, by the user's decision or the profile."""
        decided = self._decided.get(words_of(source.name))
        if decided is not None:
            return decided.party
        hint = self._hint(source) or coalition_on(source, self._profile)
        bare = without_deed(source.name)
        for words in dict.fromkeys((source.name, f"{source.name} forces", f"{bare} forces" if bare else source.name)):
            owner = self._profile.owner_of(
                words, on=source.on, hint=hint
            )  # "Xian" of "Xian air strikes": the forces of X
            if owner is not None:
                return owner.party
        for words in dict.fromkeys((source.name, f"{bare} forces" if bare else source.name)):
            if (people := people_at_home(words, source, self._profile)) is not None:
                return people.party
        plain = [word for word in words_of(bare or source.name) if word not in ARTICLES]
        if names_the_state(plain):
            return at_home("government", source, self._profile)
        if names_rebels(plain):
            return at_home("rebels", source, self._profile)
        return None

    def known_as(self, name: str, on: date | None) -> tuple[str, ...]:
        """All names of the organisation, or of the body of states, that a name is one of; else none."""
        body = self._organisation(name)
        if body is not None:
            return (body.name, *body.names)
        owner = self._profile.owner_of(name, on=on)
        party = self._profile.party(owner.party) if owner is not None and owner.basis == "party" else None
        return (party.name, *party.names) if party is not None and party.kind == "international" else ()

    def forces_at_home(self, source: Source) -> Identity | None:
        """Whose "the army" is that a report of no party names without an owner: the country's that is spoken of."""
        plain = [word for word in words_of(_bare(source.name)) if word not in ARTICLES]
        if not names_the_state(plain) or self._organ_of(source) is not None:
            return None
        home = self._profile.party(at_home("government", source, self._profile) or "")
        if home is None or not any(organ.kind == "army" for organ in home.organs):
            return None
        why = f"{_bare(source.name)}: without an owner, that of the country that is spoken of"
        return Identity(name=home.name, family=family_of(home.id, self._profile), party=home.id, why=why)

    def staff_of(self, source: Source) -> Identity | None:
        """The organisation on whose own page a person speaks by an office that is not said to be of another body."""
        outlet = self._profile.outlet_named(source.outlet) if source.outlet else None
        body = self._profile.organisation_named(outlet.name) if outlet is not None else None
        if body is None or source.org or not _STAFF.intersection(words_of(source.role or "")):
            return None
        found = self._of_organisation(body, body.name)
        return with_changes(found, why=f"{source.name}, {source.role}, on a page of {found.why}")

    def is_of(self, party_id: str | None, country: str | None) -> bool:
        """Whether a party is of this country."""
        party = self._profile.party(party_id or "")
        return party is not None and party.is_at_home(country)

    def _organ_of(self, source: Source) -> str | None:
        """The party whose organ prints it: a government's only in reports from its own ground."""
        owner = self._profile.party_of_outlet(source.outlet, on=source.on)
        party = self._profile.party(owner.party) if owner else None
        if party is None:
            return None
        home = party.is_at_home(source.country) or party.country == source.country  # neither is known: not abroad
        return party.id if party.kind != "government" or home else None

    def _hint(self, source: Source) -> str | None:
        """The party whose army "the army" is: that of the outlet's party, where it reports from that party's ground.

        In the organ of a group that fights abroad "the army" is the army of the country.
        """
        found = self._organ_of(source)
        party = self._profile.party(found) if found is not None else None
        if party is None or (source.country and party.country and not party.is_at_home(source.country)):
            return None
        return party.id

    def _engaged(self, party_id: str, source: Source) -> bool:
        """Whether a party is one of the conflict's: of the country, no government, or tied to one of the country."""
        party = self._profile.party(party_id)
        if party is None or party.kind != "government" or source.country is None or party.is_at_home(source.country):
            return True
        here = [one.id for one in self._profile.parties if one.is_at_home(source.country)]
        ties = (self._profile.opposed, self._profile.allied)
        return any(tie(party_id, other, on=source.on) for other in here for tie in ties)

    def _class_of(self, name: str, source: Source) -> InformantClass | None:
        """The class of people its words name; "a Reuters witness" is a reporter of Reuters."""
        if _WITNESS.search(name) and any(self._profile.outlet_named(words) for words in _runs(name)):
            return informant_class("reporter")
        return informant_class(name, source.written, source.role, source.org, source.beside)

    def _find(self, source: Source) -> Identity:
        name = _bare(source.name)
        if self._is_from_elsewhere(name, source):
            source = with_changes(source, party=None, org=None)
        head = _GUIDED.split(name, maxsplit=1)[0]
        if head != name and informant_class(head) == informant_class("reporter"):
            name, source = head, with_changes(source, name=head, written=None, beside=None, org=None)
        kind = self._class_of(name, source)
        if kind is not None and kind.id == "hearsay" and any(word.istitle() for word in name.split()[1:]):
            kind = None  # "the X Media Centre" is a body with a name, not what the media say
        if _OTHERS.search(source.written or "") and not _OTHERS.search(name) and _named(f"a {name}"):
            source = with_changes(source, written=None, beside=None, org=None)  # "X's UN ambassador N" is N
        if _OTHERS.search(name) or _OTHERS.search(source.written or ""):
            return self._unlisted(name, source, kind)
        for words in _texts(name, source.written, source.org):
            body = self._organisation(words)
            if body is not None:
                return self._of_organisation(body, words)
        printed = self._profile.party_of_outlet(source.outlet, on=source.on)
        hint = None if printed is not None and self._is_adverse(name, printed) else self._hint(source)
        hint = coalition_on(source, self._profile) or hint
        if (of_a_side := self._of_a_side(name, source, kind, hint)) is not None:
            return of_a_side
        if kind is not None and kind.id == "reporter":
            return self._reporter(name, source, kind)
        if source.party is not None and not source.name.startswith(_UNNAMED):
            return self._of_entity(name, source.party)
        outlet = self._profile.outlet_named(name)
        if outlet is not None:
            return self.outlet(outlet.id, source.on, source.country)
        return self._unlisted(name, source, kind)

    def _of_a_side(self, name: str, source: Source, kind: InformantClass | None, hint: str | None) -> Identity | None:
        """The party that a source is of by its name or body, by its people's name there, or by an office of a state."""
        for words in _texts(name, source.org, source.written, _both(source.role, source.org)):
            owner = self._profile.owner_of(words, on=source.on, hint=hint)
            if owner is not None:
                body = self._profile.organisation_named(owner.name) if owner.basis == "organisation" else None
                how = "" if owner.name == words else f"{words}: "
                return self._of_party(owner, how) if body is None else self._of_organisation(body, words)
        if (people := people_at_home(name, source, self._profile)) is not None:
            return self._of_party(people, f"{name}, told of that country: ")
        of_state = state_media(name, source, self._profile)
        return of_state or (state_office(name, source, self._profile) if _is_official(kind) else None)

    def _is_from_elsewhere(self, name: str, source: Source) -> bool:
        """Whether "the army" was read as of the outlet's own government in a report from another country."""
        owner = self._profile.party_of_outlet(source.outlet, on=source.on)
        if owner is None or owner.party != source.party or source.country is None:
            return False
        party = self._profile.party(owner.party)
        plain = [word for word in words_of(name) if word not in ARTICLES]
        abroad = party is not None and party.kind == "government" and not party.is_at_home(source.country)
        return abroad and names_the_state(plain)

    def _unlisted(self, name: str, source: Source, kind: InformantClass | None) -> Identity:
        """Somebody the profile does not know: an unnamed source of a party's own organ is of that party.

        So is an official whose side is not given, named or not, whom the organ of the government of the ground quotes.
        """
        if kind is None and _SIDES.intersection(words_of(name)):
            kind = informant_class("rebels")
        owner = self._profile.party_of_outlet(source.outlet, on=source.on)
        bare = kind is None or (kind.id not in _NOT_OF_A_SIDE and self._organ_of(source) is not None)
        bare = (bare or kind == informant_class("rebels")) and owner is not None and not self._is_adverse(name, owner)
        bare = bare and not _IS_A_PLACE.match(name)
        unnamed = not _named(source.name) or (kind is not None and kind.id == "officials")
        if owner is not None and bare and unnamed and self._engaged(owner.party, source):
            found = self._of_party(owner, f"{name or 'no source'}, not named, in a report of ")
            return with_changes(found, own=(kind.own or None) if kind is not None else found.own, unnamed=True)
        if kind is not None:
            return of_class(name, kind)
        written = source.written or ""
        if len(name.split()) == 1 and name in written.split() and len(written.split()) <= _FEW_WORDS:
            name = written  # "Western" of "Western states"
        return Identity(
            name=name or "a source that is not named",
            family=f"name:{' '.join(words_of(name)) or '-'}",
            own=False,
            why="neither the profile nor the report says what it is or how it knows",
        )

    def _is_adverse(self, name: str, owner: Membership) -> bool:
        """Whether a side without a name is the other side of the party whose organ quotes it."""
        party, words = self._profile.party(owner.party), frozenset(words_of(name))
        governs = party is not None and party.kind == "government"
        return bool(words & (_SIDES if governs else _STATES_SIDE))

    def _organisation(self, words: str) -> Organisation | None:
        """The organisation named by these words or by a run of them, the longest first; of a family a member first."""
        parts, whole = words.split()[:16], None
        for size in range(len(parts), 0, -1):
            for start in range(len(parts) - size + 1):
                run = " ".join(parts[start : start + size])
                if size == 1 and not any(char.isupper() for char in run):
                    continue
                body = self._profile.organisation_named(run)
                if body is not None and body.id == body.family:  # "the UN children's agency X" is X, not the UN
                    whole = whole or body
                elif body is not None:
                    return body
        return whole

    def _of_organisation(self, body: Organisation, words: str) -> Identity:
        counted = f"; counted with {body.party}: {body.reason}" if body.party else ""
        kind = informant_class(body.name)
        family = f"class:{kind.id}" if kind is not None and kind.partisan else body.family or body.id
        return Identity(
            name=body.name, family=family, party=body.party, kind=body.kind,
            own=not body.afar and not _DIPLOMATS.intersection((*words_of(body.name), *words_of(words))),
            neutral=body.party is None, why=f"{body.name}: {body.kind}{counted}",
        )  # fmt: skip

    def _of_party(self, owner: Membership, how: str) -> Identity:
        party = self._profile.party(owner.party)
        organ = next((one for one in party.organs if one.id == owner.organ), None) if party else None
        return Identity(
            name=organ.name if organ else owner.name, family=family_of(owner.party, self._profile), party=owner.party,
            organ=owner.organ,
            why=f"{how}{owner.why} ({owner.source})",
        )  # fmt: skip

    def _of_entity(self, name: str, party_id: str) -> Identity:
        party = self._profile.party(party_id)
        why = f"{name}: of {party.name if party else party_id} in the report"
        return Identity(name=name, family=family_of(party_id, self._profile), party=party_id, why=why)

    def _reporter_of_party(self, outlet: str | None, source: Source) -> Identity | None:
        """A reporter of a party's own organ is that party's, where it is a party of the conflict."""
        owner = self._profile.party_of_outlet(outlet, on=source.on)
        if owner is None or not self._engaged(owner.party, source):
            return None
        return with_changes(self._of_party(owner, "a reporter on the spot: "), own=True)

    def _reporter(self, name: str, source: Source, kind: InformantClass) -> Identity:
        for words in _runs(_OWNER.sub("", f"{name} {source.written or ''} {source.org or ''}")):
            outlet = self._profile.outlet_named(words)
            if outlet is not None and (of_party := self._reporter_of_party(outlet.id, source)) is not None:
                return of_party
            if outlet is not None:
                why = f"a reporter of {outlet.name} on the spot"
                called = f"{outlet.name}, {kind.name}"
                return Identity(name=called, family=f"outlet:{outlet.id}", own=True, neutral=True, why=why)
        if (of_party := self._reporter_of_party(source.outlet, source)) is not None:
            return of_party
        known = self._profile.outlet_named(source.outlet) if source.outlet else None
        where = known.id if known else source.outlet or "-"
        return Identity(
            name=f"{known.name if known else where}, {kind.name}", family=f"outlet:{where}", own=True, neutral=True,
            why="a reporter on the spot, taken to be of the outlet that prints it",
        )  # fmt: skip

    def _overridden(self, source: Source, found: Identity) -> Identity:
        keys = (words_of(_bare(source.name)), words_of(found.name))
        changes: dict[str, object] = {}
        for key in keys:
            if key in self._decided:
                row = self._decided[key]
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


def _is_official(kind: InformantClass | None) -> bool:
    return kind is not None and kind.id in {"officials", "fighters"}  # "the army's commander", too


def _named(name: str) -> bool:
    """Whether a source has a name of its own: not marked unnamed, and with a capital after its first word."""
    return not name.startswith(_UNNAMED) and any(word[:1].isupper() for word in name.split()[1:])


def of_class(name: str, kind: InformantClass, why: str = "") -> Identity:
    """Somebody of a class of people; `why`: what shows it, where that is not the name."""
    return Identity(
        name=kind.name, family=f"class:{kind.id}", own=kind.own, partisan=kind.partisan, neutral=not kind.partisan,
        why=f"{why or name}: {kind.name}; unnamed people of one kind in one incident count as one origin",
    )  # fmt: skip


def _bare(name: str) -> str:
    return name[len(_UNNAMED) :].strip() if name.startswith(_UNNAMED) else name.strip()


def _texts(*candidates: str | None) -> Iterator[str]:
    yield from dict.fromkeys(text for text in candidates if text)


def _both(role: str | None, org: str | None) -> str | None:
    return f"{role} of {org}" if role and org else None


def _runs(words: str) -> Sequence[str]:
    parts = words.split()[:12]
    return [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(len(parts), i, -1)]
